// display.h: the display that the window is on, and where a visitor's preferences are kept.
//
// Main thread only, while a window is open.

#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef struct DeviceDisplay {
    const char *name;       // the window system's; "" where it has none. Valid for this frame
    int x, y;               // where it begins on the desktop: tells it from the others
    int width, height;      // in the window system's units
    double pixels_per_unit; // of the picture
} DeviceDisplay;

DeviceDisplay device_display(void);

// A folder of this program's own for this user, made if it was not there. ERR_IO where the
// system names none.
NODISCARD Status device_preference_folder(const char *program, Arena *arena, const char **out);
