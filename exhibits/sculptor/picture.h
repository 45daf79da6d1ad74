// picture.h: an 8-bit sRGB picture as a file.
//
// Any thread; the bytes depend on the pixels only.

#pragma once
#include "base/status.h"

#include <stdint.h>

typedef struct Picture {
    uint8_t *pixels; // three bytes each, rows from the top
    int width, height;
} Picture;

// A JPEG where `path` ends in .jpg, else a PNG. All or nothing; ERR_IO.
NODISCARD Status picture_write(const Picture *picture, const char *path);
