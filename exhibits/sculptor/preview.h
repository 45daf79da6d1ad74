// preview.h: a quick look at a sculpture without a window: for whoever carves the next piece.

#pragma once
#include "exhibits/sculptor/sculpt.h"

typedef struct PreviewDesc {
    int width, height;
    Vec3 target_mm;           // what is looked at
    float width_mm;           // how much of it the picture's width shows
    float azimuth, elevation; // degrees; 0, 0 looks at the front
    bool is_grey;             // plain clay, for judging form
    int turns;                // 0: one picture; n: n views around, four a row
} PreviewDesc;

// Draws into an 8-bit sRGB PNG. ERR_IO if it cannot be written.
NODISCARD Status preview_write(const Sculpture *sculpture, const PreviewDesc *desc,
                               const char *path);
