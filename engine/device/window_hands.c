// window_hands.c: hands that are none: events like those of devices, for scripts and tests.

#include "device/window_parts.h"

#define FINGERS_OF 1 // the touch device's number; SDL's own begin elsewhere

void window_push_key(Window *window, Key key, bool is_down)
{
    SDL_Event event = {.key = {.type = is_down ? SDL_KEYDOWN : SDL_KEYUP,
                               .windowID = SDL_GetWindowID(window->window),
                               .state = is_down ? SDL_PRESSED : SDL_RELEASED,
                               .keysym = {.scancode = window_key_codes[key]}}};
    SDL_PushEvent(&event);
}

void window_push_finger(Window *window, WindowFinger what, int64_t id, const float at[2])
{
    static const uint32_t types[] = {
        [FINGER_DOWN] = SDL_FINGERDOWN,
        [FINGER_MOVES] = SDL_FINGERMOTION,
        [FINGER_UP] = SDL_FINGERUP,
    };
    SDL_Event event = {.tfinger = {.type = types[what],
                                   .touchId = FINGERS_OF,
                                   .fingerId = id,
                                   .x = at[0],
                                   .y = at[1],
                                   .pressure = 1,
                                   .windowID = SDL_GetWindowID(window->window)}};
    SDL_PushEvent(&event);
}

// ---- a gamepad

static Status refuse(void)
{
    return FAIL(ERR_DEVICE, "there is no gamepad of the script's own: %s", SDL_GetError());
}

static SDL_Joystick *own_pad(const Window *window)
{
    SDL_Joystick *stick = window->pad ? SDL_GameControllerGetJoystick(window->pad) : NULL;
    int count = SDL_NumJoysticks();
    for (int i = 0; i < count && stick; i++)
        if (SDL_JoystickGetDeviceInstanceID(i) == SDL_JoystickInstanceID(stick) &&
            SDL_JoystickIsVirtual(i))
            return stick;
    return NULL;
}

NODISCARD static Status plug_in(Window *window, SDL_Joystick **out)
{
    *out = own_pad(window);
    if (*out)
        return OK;
    // Without a display no window ever has the focus, and pads would be silent.
    SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");
    if (SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) != 0 ||
        SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                  SDL_CONTROLLER_BUTTON_MAX, 0) < 0)
        return refuse();
    window_open_pad(window);
    *out = own_pad(window);
    if (!*out)
        return refuse();
    for (int i = 0; i < 2; i++) // triggers rest at the lower end
        SDL_JoystickSetVirtualAxis(*out, SDL_CONTROLLER_AXIS_TRIGGERLEFT + i, INT16_MIN);
    return OK;
}

Status window_push_pad_button(Window *window, PadButton button, bool is_down)
{
    SDL_Joystick *pad;
    TRY(plug_in(window, &pad));
    return SDL_JoystickSetVirtualButton(pad, (int)window_pad_codes[button], is_down) < 0
               ? refuse()
               : OK;
}

Status window_push_pad_stick(Window *window, int stick, const float at[2])
{
    SDL_Joystick *pad;
    TRY(plug_in(window, &pad));
    for (int i = 0; i < 2; i++)
        if (SDL_JoystickSetVirtualAxis(pad, 2 * stick + i,
                                       (Sint16)(CLAMP(at[i], -1.0f, 1.0f) * INT16_MAX)) < 0)
            return refuse();
    return OK;
}

Status window_push_pad_trigger(Window *window, int trigger, float pull)
{
    SDL_Joystick *pad;
    TRY(plug_in(window, &pad));
    float full = CLAMP(pull, 0.0f, 1.0f) * (INT16_MAX - INT16_MIN);
    return SDL_JoystickSetVirtualAxis(pad, SDL_CONTROLLER_AXIS_TRIGGERLEFT + trigger,
                                      (Sint16)(full + INT16_MIN)) < 0
               ? refuse()
               : OK;
}
