// likeness.h: how much one picture is like another, where both show something. Pure.

#pragma once
#include "base/arena.h"

// Rows from the top, sRGB.
typedef struct Picture {
    uint32_t width, height;
    uint8_t (*rgb)[3];
    uint8_t *covered; // 0 nothing to 255 whole; NULL: whole everywhere
} Picture;

typedef struct Likeness {
    uint64_t pixels; // compared
    double psnr_db;  // LIKENESS_SAME where nothing differs
    double ssim;     // of luma, windows of 11 x 11 with a deviation of 1.5, covered parts only
} Likeness;

#define LIKENESS_SAME 99.0

// `mask`: a byte for every pixel, 0 to leave it out. Both pictures are of one size.
Likeness likeness_measure(const Picture *a, const Picture *b, const uint8_t *mask);
