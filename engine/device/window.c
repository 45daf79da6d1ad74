// window.c: the window, its GL context, and what people do: one Input value a frame.

#include "device/window_parts.h"

#include "base/log.h"

#include <math.h>
#include <string.h>

static void set_hints(const WindowDesc *desc)
{
    if (desc->is_headless)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, desc->holds_keys ? "0" : "1");
    if (desc->holds_keys) {
        SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1");
        SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
        SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); // the service manager speaks to us
    }
    SDL_SetHint(SDL_HINT_APP_NAME, desc->title ? desc->title : "");
}

static void set_context_wishes(const WindowDesc *desc)
{
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS,
                        SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG |
                            (desc->has_debug ? SDL_GL_CONTEXT_DEBUG_FLAG : 0));
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
}

NODISCARD static Status start_video(const WindowDesc *desc)
{
    set_hints(desc);
    // Without a display SDL silently takes its offscreen driver; only who asks for it gets it.
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return FAIL(ERR_DEVICE, "no video driver: %s", SDL_GetError());
    const char *driver = SDL_GetCurrentVideoDriver();
    bool is_offscreen = !strcmp(driver, "offscreen") || !strcmp(driver, "dummy");
    if (is_offscreen != desc->is_headless) {
        Status status =
            FAIL(ERR_DEVICE,
                 desc->is_headless ? "SDL chose the video driver %s instead of offscreen"
                                   : "no display was found (SDL chose the video driver %s)",
                 driver);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return status;
    }
    return OK;
}

NODISCARD static Status make_window(Window *window, const WindowDesc *desc)
{
    uint32_t flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (desc->is_fullscreen)
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    window->window = SDL_CreateWindow(desc->title ? desc->title : "", SDL_WINDOWPOS_CENTERED,
                                      SDL_WINDOWPOS_CENTERED, window->headless_width,
                                      window->headless_height, flags);
    if (!window->window)
        return FAIL(ERR_DEVICE, "no window: %s", SDL_GetError());
    window->context = SDL_GL_CreateContext(window->window);
    if (!window->context)
        return FAIL(ERR_DEVICE, "no OpenGL 3.3 core context: %s", SDL_GetError());
    SDL_GL_SetSwapInterval(window->is_headless ? 0 : 1);
    if (desc->holds_keys && !desc->is_headless) {
        SDL_SetWindowKeyboardGrab(window->window, SDL_TRUE);
        SDL_SetWindowMouseGrab(window->window, SDL_TRUE);
    }
    return OK;
}

void window_open_pad(Window *window)
{
    // Pads are a convenience: without them everything works.
    if (SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) != 0)
        return;
    for (int i = 0; i < SDL_NumJoysticks() && !window->pad; i++) {
        if (SDL_IsGameController(i))
            window->pad = SDL_GameControllerOpen(i);
    }
}

Status window_open(Arena *arena, const WindowDesc *desc, Window **out)
{
    TRY(start_video(desc));
    Window *window = ARENA_NEW(arena, Window);
    window->is_headless = desc->is_headless;
    window->headless_width = desc->width > 0 ? desc->width : 1280;
    window->headless_height = desc->height > 0 ? desc->height : 720;
    set_context_wishes(desc);
    Status status = make_window(window, desc);
    if (status) {
        window_close(window);
        return status;
    }
    if (!desc->is_headless)
        window_open_pad(window);
    window->opened_at = SDL_GetPerformanceCounter();
    window->held.has_focus = true;
    *out = window;
    return OK;
}

void window_close(Window *window)
{
    if (!window)
        return;
    if (window->pad)
        SDL_GameControllerClose(window->pad);
    if (window->context)
        SDL_GL_DeleteContext(window->context);
    if (window->window)
        SDL_DestroyWindow(window->window);
    SDL_Quit();
}

// ---- input

static void set_button(InputButton *button, bool is_down)
{
    button->was_pressed |= is_down;
    button->was_released |= !is_down;
    button->is_down = is_down;
}

static void forget_edges(InputButton *buttons, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buttons[i].was_pressed = buttons[i].was_released = false;
}

static void begin_frame(Input *held)
{
    forget_edges(held->keys, KEY_COUNT);
    forget_edges(held->mouse, MOUSE_BUTTON_COUNT);
    forget_edges(held->pad, PAD_BUTTON_COUNT);
    held->mouse_dx = held->mouse_dy = held->wheel = 0;
    held->wants_quit = held->was_resized = false;
    held->text[0] = 0;
    int kept = 0;
    for (int i = 0; i < held->touch_count; i++) {
        InputTouch touch = held->touches[i];
        if (!touch.is_down)
            continue;
        touch.dx = touch.dy = 0;
        touch.was_pressed = false;
        held->touches[kept++] = touch;
    }
    held->touch_count = kept;
}

// A window that loses the focus never hears of keys going up.
static void release_everything(Input *held)
{
    for (int i = 0; i < KEY_COUNT; i++) {
        if (held->keys[i].is_down)
            set_button(&held->keys[i], false);
    }
    for (int i = 0; i < MOUSE_BUTTON_COUNT; i++) {
        if (held->mouse[i].is_down)
            set_button(&held->mouse[i], false);
    }
}

static void take_window_event(Window *window, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window->held.was_resized = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        window->held.was_uncovered = true;
        break;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        window->held.has_focus = true;
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        window->held.has_focus = false;
        release_everything(&window->held);
        break;
    default: // SDL has many more that do not concern us
        break;
    }
}

// Window coordinates to pixels, on displays where they differ.
static float pixel_scale(const Window *window)
{
    int width_points = 0, width_px = 0, height = 0;
    SDL_GetWindowSize(window->window, &width_points, &height);
    SDL_GL_GetDrawableSize(window->window, &width_px, &height);
    return width_points > 0 ? (float)width_px / (float)width_points : 1;
}

static void take_motion(Window *window, const SDL_MouseMotionEvent *event)
{
    if (event->which == SDL_TOUCH_MOUSEID)
        return;
    float scale = pixel_scale(window);
    window->held.mouse_x = (float)event->x * scale;
    window->held.mouse_y = (float)event->y * scale;
    window->held.mouse_dx += (float)event->xrel * scale;
    window->held.mouse_dy += (float)event->yrel * scale;
}

static void take_mouse_button(Input *held, const SDL_MouseButtonEvent *event)
{
    static const uint8_t codes[MOUSE_BUTTON_COUNT] = {
        [MOUSE_LEFT] = SDL_BUTTON_LEFT,
        [MOUSE_RIGHT] = SDL_BUTTON_RIGHT,
        [MOUSE_MIDDLE] = SDL_BUTTON_MIDDLE,
    };
    if (event->which == SDL_TOUCH_MOUSEID)
        return;
    for (int i = 0; i < MOUSE_BUTTON_COUNT; i++) {
        if (codes[i] == event->button)
            set_button(&held->mouse[i], event->state == SDL_PRESSED);
    }
}

static InputTouch *find_touch(Input *held, int64_t id)
{
    for (int i = 0; i < held->touch_count; i++) {
        if (held->touches[i].id == id && held->touches[i].is_down)
            return &held->touches[i];
    }
    return NULL;
}

static void take_finger(Window *window, const SDL_TouchFingerEvent *event)
{
    Input *held = &window->held;
    int width, height;
    window_size(window, &width, &height);
    float x = event->x * (float)width, y = event->y * (float)height;
    InputTouch *touch = find_touch(held, event->fingerId);
    if (!touch) {
        if (event->type != SDL_FINGERDOWN || held->touch_count == INPUT_MAX_TOUCHES)
            return;
        touch = &held->touches[held->touch_count++];
        *touch = (InputTouch){.id = event->fingerId, .is_down = true, .was_pressed = true};
    } else {
        touch->dx += x - touch->x;
        touch->dy += y - touch->y;
    }
    touch->x = x;
    touch->y = y;
    if (event->type == SDL_FINGERUP) {
        touch->is_down = false;
        touch->was_released = true;
    }
}

static void take_text(Input *held, const char *text)
{
    size_t used = strlen(held->text), more = strlen(text);
    if (used + more < sizeof held->text) // whole characters or none
        memcpy(held->text + used, text, more + 1);
}

static void take_pad_button(Input *held, const SDL_ControllerButtonEvent *event)
{
    for (int i = 0; i < PAD_BUTTON_COUNT; i++) {
        if (window_pad_codes[i] == (SDL_GameControllerButton)event->button)
            set_button(&held->pad[i], event->state == SDL_PRESSED);
    }
}

// Devices come by their place in SDL's list and go by the number they had while they were
// there.
static bool is_our_pad(const Window *window, SDL_JoystickID number)
{
    return window->pad &&
           SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(window->pad)) == number;
}

static void take_pad_change(Window *window, const SDL_Event *event)
{
    if (event->type == SDL_CONTROLLERDEVICEADDED && !window->pad) {
        window->pad = SDL_GameControllerOpen(event->cdevice.which);
    } else if (event->type == SDL_CONTROLLERDEVICEREMOVED &&
               is_our_pad(window, event->cdevice.which)) {
        SDL_GameControllerClose(window->pad);
        window->pad = NULL;
        memset(window->held.pad, 0, sizeof window->held.pad);
        window_open_pad(window);
    }
}

static void take_event(Window *window, const SDL_Event *event)
{
    Input *held = &window->held;
    switch (event->type) {
    case SDL_QUIT:
        held->wants_quit = true;
        break;
    case SDL_WINDOWEVENT:
        take_window_event(window, &event->window);
        break;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        if (!event->key.repeat)
            set_button(&held->keys[window_key_of(event->key.keysym.scancode)],
                       event->type == SDL_KEYDOWN);
        break;
    case SDL_TEXTINPUT:
        take_text(held, event->text.text);
        break;
    case SDL_MOUSEMOTION:
        take_motion(window, &event->motion);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        take_mouse_button(held, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        held->wheel += event->wheel.preciseY;
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        take_finger(window, &event->tfinger);
        break;
    case SDL_CONTROLLERBUTTONDOWN:
    case SDL_CONTROLLERBUTTONUP:
        take_pad_button(held, &event->cbutton);
        break;
    case SDL_CONTROLLERDEVICEADDED:
    case SDL_CONTROLLERDEVICEREMOVED:
        take_pad_change(window, event);
        break;
    default: // not ours
        break;
    }
}

static float pad_axis(const Window *window, SDL_GameControllerAxis axis)
{
    return (float)SDL_GameControllerGetAxis(window->pad, axis) / 32767.0f;
}

// Inside the dead zone a stick rests; outside it starts from 0 again, in any direction alike.
static void read_stick(const Window *window, SDL_GameControllerAxis x, float out[2])
{
    static const float DEAD_ZONE = 0.18f;
    out[0] = pad_axis(window, x);
    out[1] = pad_axis(window, x + 1);
    float length = sqrtf(out[0] * out[0] + out[1] * out[1]);
    float wanted = MIN((length - DEAD_ZONE) / (1 - DEAD_ZONE), 1);
    float scale = wanted > 0 ? wanted / length : 0;
    out[0] *= scale;
    out[1] *= scale;
}

static void read_pad(Window *window)
{
    Input *held = &window->held;
    held->has_pad = window->pad != NULL;
    memset(held->pad_left, 0, sizeof held->pad_left);
    memset(held->pad_right, 0, sizeof held->pad_right);
    memset(held->pad_triggers, 0, sizeof held->pad_triggers);
    if (!window->pad)
        return;
    read_stick(window, SDL_CONTROLLER_AXIS_LEFTX, held->pad_left);
    read_stick(window, SDL_CONTROLLER_AXIS_RIGHTX, held->pad_right);
    held->pad_triggers[0] = pad_axis(window, SDL_CONTROLLER_AXIS_TRIGGERLEFT);
    held->pad_triggers[1] = pad_axis(window, SDL_CONTROLLER_AXIS_TRIGGERRIGHT);
}

void window_poll(Window *window, Input *out)
{
    Input *held = &window->held;
    begin_frame(held);
    SDL_Event event;
    while (SDL_PollEvent(&event))
        take_event(window, &event);
    read_pad(window);
    int width, height;
    window_size(window, &width, &height);
    held->was_resized |= held->width != width || held->height != height;
    held->width = width;
    held->height = height;
    held->time_s = (double)(SDL_GetPerformanceCounter() - window->opened_at) /
                   (double)SDL_GetPerformanceFrequency();
    *out = *held;
}

// ---- the rest

void window_present(Window *window)
{
    SDL_GL_SwapWindow(window->window);
}

void window_size(const Window *window, int *width, int *height)
{
    *width = window->headless_width;
    *height = window->headless_height;
    if (!window->is_headless)
        SDL_GL_GetDrawableSize(window->window, width, height);
}

void window_resize(Window *window, int width, int height)
{
    if (window->is_headless) {
        window->headless_width = width;
        window->headless_height = height;
        return;
    }
    float scale = pixel_scale(window);
    SDL_SetWindowSize(window->window, (int)((float)width / scale),
                      (int)((float)height / scale));
}

void window_set_fullscreen(Window *window, bool is_fullscreen)
{
    if (!window->is_headless)
        SDL_SetWindowFullscreen(window->window,
                                is_fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

void window_capture_mouse(Window *window, bool is_captured)
{
    if (!window->is_headless)
        SDL_SetRelativeMouseMode(is_captured ? SDL_TRUE : SDL_FALSE);
}

bool window_is_headless(const Window *window)
{
    return window->is_headless;
}

double window_refresh_hz(const Window *window)
{
    SDL_DisplayMode mode = {0};
    int display = window->is_headless ? -1 : SDL_GetWindowDisplayIndex(window->window);
    return display >= 0 && !SDL_GetCurrentDisplayMode(display, &mode) ? mode.refresh_rate : 0;
}

const char *window_driver_name(const Window *window)
{
    (void)window;
    const char *name = SDL_GetCurrentVideoDriver();
    return name ? name : "none";
}

void *window_gl_function(const char *name)
{
    return SDL_GL_GetProcAddress(name);
}
