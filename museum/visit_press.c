// visit_press.c: what a script presses, as hands would: over several frames.

#include "museum/visit.h"

#include <stdio.h>
#include <string.h>

Status visit_check_press(const ScriptCommand *command)
{
    if (binding_find_key(command->text) == KEY_NONE)
        return FAIL(ERR_NOT_FOUND, "no key is called '%s'", command->text);
    return OK;
}

static bool is_twice(const ScriptCommand *command)
{
    return command->verb == SCRIPT_DOUBLE_CLICK || command->verb == SCRIPT_DOUBLE_TAP;
}

static Key key_of_way(const char *way)
{
    return !strcmp(way, "ahead")  ? KEY_W
           : !strcmp(way, "back") ? KEY_S
           : !strcmp(way, "left") ? KEY_A
                                  : KEY_D;
}

// Down in the first frame, up in the second, over in the third; or once more.
void visit_press(const Visit *visit, const ScriptCommand *command, Input *input)
{
    uint32_t frame = is_twice(command) ? visit->frames % 2 : visit->frames;
    if (command->verb == SCRIPT_STROLL) {
        if (visit->seconds < command->numbers[0])
            input->keys[key_of_way(command->text)].is_down = true;
        return;
    }
    bool is_down = frame == 0, is_up = frame == 1;
    if ((!is_down && !is_up) || visit->frames > 3)
        return;
    InputButton button = {.is_down = is_down, .was_pressed = is_down, .was_released = is_up};
    float x = (float)command->numbers[0] * (float)input->width;
    float y = (float)command->numbers[1] * (float)input->height;
    if (command->verb == SCRIPT_PRESS) {
        input->keys[binding_find_key(command->text)] = button;
    } else if (command->verb == SCRIPT_PAD) {
        PadButton which = PAD_A;
        input->has_pad = binding_find_pad(command->text, &which);
        input->pad[which] = button;
    } else if (command->verb == SCRIPT_TYPE && is_down) {
        snprintf(input->text, sizeof input->text, "%s", command->text);
        input->text[utf8_valid_bytes(str_of(input->text))] = 0;
    } else if (command->verb == SCRIPT_CLICK || command->verb == SCRIPT_DOUBLE_CLICK) {
        input->mouse[MOUSE_LEFT] = button;
        input->mouse_x = x;
        input->mouse_y = y;
    } else if (command->verb == SCRIPT_TAP || command->verb == SCRIPT_DOUBLE_TAP) {
        input->touch_count = 1;
        input->touches[0] = (InputTouch){.id = 1,
                                         .x = x,
                                         .y = y,
                                         .was_pressed = is_down,
                                         .was_released = is_up,
                                         .is_down = is_down};
    }
}
