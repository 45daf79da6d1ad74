// stars.h: the brightest stars, and those that the figures need. J2000: where they stood at
// noon of the first of January 2000.

#pragma once
#include "base/base.h"

typedef struct Star {
    const char *key;
    const char *name; // as the rim writes it; NULL for those that only a figure needs
    float hour, minute, declination; // right ascension; degrees north
    float magnitude;                 // less is brighter
    char colour;                     // 'w' blue or white, 'y' yellow, 'r' orange or red
} Star;

enum { STARS_MOST_LINES = 256 };

const Star *stars_all(size_t *count);
// The lines of the figures, by the places of their ends in stars_all.
size_t stars_lines(uint16_t out[STARS_MOST_LINES][2]);
