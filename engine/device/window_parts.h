// window_parts.h: what the files window*.c share; for them alone.

#pragma once
#include "device/window.h"

#include <SDL.h>

struct Window {
    SDL_Window *window;
    SDL_GLContext context;
    SDL_GameController *pad;
    bool is_headless;
    int headless_width, headless_height; // SDL's offscreen surface never changes its size
    uint64_t opened_at;
    Input held; // what stays from frame to frame: buttons, touches, axes, place of the pointer
};

extern const SDL_Scancode window_key_codes[KEY_COUNT];
extern const SDL_GameControllerButton window_pad_codes[PAD_BUTTON_COUNT];
Key window_key_of(SDL_Scancode code); // KEY_NONE: it is none of ours

void window_open_pad(Window *window); // the first there is, where none is held
