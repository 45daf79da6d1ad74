// visit_hands.c: what a script does with devices themselves: keyboard, glass and gamepad, each
// heard through SDL as a real one is.

#include "museum/visit.h"

#include "museum/bindings.h"

#include <string.h>

enum { FIRST_FINGER = 1 };

NODISCARD static Status use_key(Museum *m, const ScriptCommand *command)
{
    Key key = binding_find_key(command->second_text);
    if (key == KEY_NONE)
        return FAIL(ERR_NOT_FOUND, "no key is called '%s'", command->second_text);
    window_push_key(m->window, key, !strcmp(command->text, "down"));
    return OK;
}

// In the middle of what the finger is to press.
NODISCARD static Status touch(Visit *visit, Museum *m, const char *name)
{
    int width, height;
    WidgetBox box;
    window_size(m->window, &width, &height);
    TRY(museum_find_button(m, name, &box));
    visit->finger[0] = (box.x + box.width / 2) / (float)MAX(width, 1);
    visit->finger[1] = (box.y + box.height / 2) / (float)MAX(height, 1);
    window_push_finger(m->window, FINGER_DOWN, FIRST_FINGER, visit->finger);
    return OK;
}

void visit_lift_finger(const Visit *visit, Museum *m)
{
    window_push_finger(m->window, FINGER_UP, FIRST_FINGER, visit->finger);
}

NODISCARD Status visit_use_hands(Visit *visit, Museum *m, const ScriptCommand *command)
{
    const double *numbers = command->numbers;
    bool is_down = command->text && !strcmp(command->text, "down");
    int side = command->text && !strcmp(command->text, "right");
    if (command->verb == SCRIPT_KEY)
        return use_key(m, command);
    if (command->verb == SCRIPT_TOUCH)
        return touch(visit, m, command->text);
    PadButton button = PAD_A;
    if (command->verb == SCRIPT_BUTTON && binding_find_pad(command->second_text, &button))
        return window_push_pad_button(m->window, button, is_down);
    if (command->verb == SCRIPT_STICK)
        return window_push_pad_stick(m->window, side,
                                     (float[2]){(float)numbers[0], (float)numbers[1]});
    if (command->verb == SCRIPT_TRIGGER)
        return window_push_pad_trigger(m->window, side, (float)numbers[0]);
    bool is_up = command->verb == SCRIPT_FINGER_UP;
    int64_t finger = (int64_t)numbers[0];
    if (!is_up) {
        visit->finger[0] = (float)numbers[1];
        visit->finger[1] = (float)numbers[2];
    }
    window_push_finger(m->window,
                       is_up     ? FINGER_UP
                       : is_down ? FINGER_DOWN
                                 : FINGER_MOVES,
                       finger, visit->finger);
    return OK;
}
