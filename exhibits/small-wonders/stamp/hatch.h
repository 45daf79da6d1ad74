// hatch.h: lines that follow form and swell with the shade, evenly apart.

#pragma once
#include "exhibits/small-wonders/stamp/plate.h"
#include "exhibits/small-wonders/stamp/scene.h"

typedef struct Hatch {
    const Scene *scene;
    SceneKind kind;
    float apart_mm;  // between two lines
    float turn;      // of the lines against the form, radians
    float from_tone; // lighter places get none
    float full_half; // half width of a line at tone 1, of `apart_mm`
    float long_mm;   // the longest line
    uint32_t seed;
} Hatch;

void hatch_cut(const Hatch *hatch, Plate *plate);
