// preview.h: a quick look at a sculpture without a window: for whoever carves the next piece.

#pragma once
#include "exhibits/sculptor/sculpt.h"

typedef enum PreviewLook {
    PREVIEW_COLOUR,
    PREVIEW_GREY,      // plain clay, for judging form
    PREVIEW_TRIANGLES, // flat, with their edges
} PreviewLook;

typedef struct PreviewDesc {
    int width, height;
    Vec3 target_mm;                     // what is looked at
    float width_mm;                     // how much of it the picture's width shows
    float azimuth, elevation;           // degrees; 0, 0 looks at the front
    float lamp_azimuth, lamp_elevation; // from the viewer's side; 0, 0: over the left shoulder
    PreviewLook look;
    int turns; // 0: one picture; n: n views around, four a row
} PreviewDesc;

// Draws a picture, as picture_write writes it. ERR_IO if it cannot be written.
NODISCARD Status preview_write(const Sculpture *sculpture, const PreviewDesc *desc,
                               const char *path);
