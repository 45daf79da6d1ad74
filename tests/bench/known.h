// known.h: pictures that are known by formula: what any texel of any size of picture must be.
//
// Smooth colours of all sizes tell places apart, numbers in squares of 64 texels name them, and
// single texels of noise are what a blur would lose. Whole numbers only where it matters, so
// that a picture is the same on every machine. Pure; any thread.

#pragma once
#include "base/base.h"

enum { KNOWN_SQUARE = 64 };

// The texel at column x, row y of a picture however large, sRGB.
void known_texel(uint32_t x, uint32_t y, uint8_t rgb[3]);

// The colour of a place in space; the finest waves of it are four units long.
void known_place(const float place[3], uint8_t rgb[3]);
