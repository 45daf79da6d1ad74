// display.c: the display that the window is on, and where a visitor's preferences are kept.

#include "device/display.h"

#include <SDL.h>

DeviceDisplay device_display(void)
{
    DeviceDisplay display = {.name = "", .pixels_per_unit = 1};
    SDL_Window *window = SDL_GL_GetCurrentWindow();
    int index = window ? SDL_GetWindowDisplayIndex(window) : -1;
    SDL_Rect rect;
    if (index < 0 || SDL_GetDisplayBounds(index, &rect))
        return display;
    const char *name = SDL_GetDisplayName(index);
    display = (DeviceDisplay){.name = name ? name : "",
                              .x = rect.x,
                              .y = rect.y,
                              .width = rect.w,
                              .height = rect.h,
                              .pixels_per_unit = 1};
    int points, pixels, unused;
    SDL_GetWindowSize(window, &points, &unused);
    SDL_GL_GetDrawableSize(window, &pixels, &unused);
    if (points > 0 && pixels > 0)
        display.pixels_per_unit = (double)pixels / points;
    return display;
}

NODISCARD Status device_preference_folder(const char *program, Arena *arena, const char **out)
{
    char *folder = SDL_GetPrefPath(NULL, program);
    if (!folder)
        return FAIL(ERR_IO, "no folder for preferences: %s", SDL_GetError());
    *out = arena_copy_text(arena, folder);
    SDL_free(folder);
    return OK;
}
