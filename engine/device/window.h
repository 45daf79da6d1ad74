// window.h: the window, its GL context, and what people do: one Input value a frame.
//
// Main thread only. One window at a time. Without a display (`is_headless`) SDL's offscreen
// driver gives a context through EGL; nothing appears anywhere.

#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef struct Window Window;

typedef struct WindowDesc {
    const char *title;
    int width, height; // of the picture in pixels; 0: 1280 x 720
    bool is_headless;  // no display needed
    bool is_fullscreen;
    bool holds_keys; // also those by which one leaves a window; the screen never sleeps
    bool has_debug; // the driver checks and explains
} WindowDesc;

// ERR_DEVICE with SDL's words. Without is_headless, a machine without a display is an error.
NODISCARD Status window_open(Arena *arena, const WindowDesc *desc, Window **out);
void window_close(Window *window); // NULL is fine

// ---- input

// Keys by their place on the keyboard (as USB numbers them), so WASD is WASD everywhere.
typedef enum Key {
    KEY_NONE,
    KEY_A,
    KEY_B,
    KEY_C,
    KEY_D,
    KEY_E,
    KEY_F,
    KEY_G,
    KEY_H,
    KEY_I,
    KEY_J,
    KEY_K,
    KEY_L,
    KEY_M,
    KEY_N,
    KEY_O,
    KEY_P,
    KEY_Q,
    KEY_R,
    KEY_S,
    KEY_T,
    KEY_U,
    KEY_V,
    KEY_W,
    KEY_X,
    KEY_Y,
    KEY_Z,
    KEY_0,
    KEY_1,
    KEY_2,
    KEY_3,
    KEY_4,
    KEY_5,
    KEY_6,
    KEY_7,
    KEY_8,
    KEY_9,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_SPACE,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_SHIFT,
    KEY_CONTROL,
    KEY_ALT,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_PLUS,
    KEY_MINUS,
    KEY_COMMA,
    KEY_PERIOD,
    KEY_F1,
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F5,
    KEY_F6,
    KEY_F7,
    KEY_F8,
    KEY_F9,
    KEY_F10,
    KEY_F11,
    KEY_F12,
    KEY_COUNT
} Key;

typedef enum MouseButton {
    MOUSE_LEFT,
    MOUSE_RIGHT,
    MOUSE_MIDDLE,
    MOUSE_BUTTON_COUNT
} MouseButton;

typedef enum PadButton {
    PAD_A,
    PAD_B,
    PAD_X,
    PAD_Y,
    PAD_LEFT_SHOULDER,
    PAD_RIGHT_SHOULDER,
    PAD_BACK,
    PAD_START,
    PAD_UP,
    PAD_DOWN,
    PAD_LEFT,
    PAD_RIGHT,
    PAD_LEFT_STICK,
    PAD_RIGHT_STICK,
    PAD_BUTTON_COUNT
} PadButton;

enum { INPUT_MAX_TOUCHES = 4, INPUT_TEXT_BYTES = 64 };

// A button over one frame: it may go down and up within it.
typedef struct InputButton {
    bool is_down;                   // at the end of the frame
    bool was_pressed, was_released; // in this frame
} InputButton;

typedef struct InputTouch {
    int64_t id;
    float x, y;   // pixels
    float dx, dy; // since the last frame
    bool was_pressed, was_released, is_down;
} InputTouch;

typedef struct Input {
    int width, height; // of the picture in pixels, now
    double time_s;     // since the window opened
    bool wants_quit, was_resized, has_focus;
    bool was_uncovered; // what stood in the window may be lost: draw it again
    InputButton keys[KEY_COUNT];
    InputButton mouse[MOUSE_BUTTON_COUNT];
    float mouse_x, mouse_y;   // pixels from the top left
    float mouse_dx, mouse_dy; // moved, also while captured
    float wheel;              // notches, away from the person is positive
    InputTouch touches[INPUT_MAX_TOUCHES];
    int touch_count;
    bool has_pad;
    InputButton pad[PAD_BUTTON_COUNT];
    float pad_left[2], pad_right[2]; // -1 to 1, right and down positive, dead zone removed
    float pad_triggers[2];           // 0 to 1
    char text[INPUT_TEXT_BYTES];     // UTF-8 typed in this frame, whole characters
} Input;

// Everything since the last call.
void window_poll(Window *window, Input *out);

// ---- hands that are none: events like those of devices, for scripts and tests. The next
// window_poll takes them in as it does all others.

typedef enum WindowFinger { FINGER_DOWN, FINGER_MOVES, FINGER_UP } WindowFinger;

void window_push_key(Window *window, Key key, bool is_down);
// A place in parts of the picture; fingers are told apart by their number.
void window_push_finger(Window *window, WindowFinger what, int64_t id, const float at[2]);
// What follows is of a gamepad that exists only here; it is plugged in when it is first used.
// ERR_DEVICE where SDL cannot, or another one is in use.
NODISCARD Status window_push_pad_button(Window *window, PadButton button, bool is_down);
// 0 the left stick, 1 the right one: -1 to 1, right and down positive.
NODISCARD Status window_push_pad_stick(Window *window, int stick, const float at[2]);
NODISCARD Status window_push_pad_trigger(Window *window, int trigger, float pull); // 0 to 1

// Shows what was drawn. Waits for the display where there is one.
void window_present(Window *window);

void window_size(const Window *window, int *width, int *height); // pixels
void window_resize(Window *window, int width, int height);
void window_set_fullscreen(Window *window, bool is_fullscreen); // nothing when headless
// Holds the pointer for looking around: hidden, only its motion counts.
void window_capture_mouse(Window *window, bool is_captured);
double window_refresh_hz(const Window *window); // of its display; 0: not known
bool window_is_headless(const Window *window);
const char *window_driver_name(const Window *window); // "x11", "wayland", "offscreen"
// For the gpu module: the address of a GL function, NULL if there is none.
void *window_gl_function(const char *name);
