// capitals.h: Roman capitals and figures, thick and thin, with serifs: for what is read with
// the naked eye.
//
// A E I O P R S T V, 2 and 5, blank: what this stamp needs.

#pragma once
#include "exhibits/small-wonders/stamp/plate.h"

typedef struct Capitals {
    const char *text;
    float x, y;      // middle of the line, and its foot
    float height_mm; // of a capital
    float spacing;   // between letters, in heights
} Capitals;

// Cuts them into a plate.
void capitals_cut(const Capitals *capitals, Plate *plate);
// How far a place is from the nearest line among `count` cuts; negative inside.
float capitals_distance(const PlateCut *cuts, size_t count, float x, float y);
