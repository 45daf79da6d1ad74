// light_smooth.h: light in the texels of one chart, without the grain of few rays; for
// light*.c.

#pragma once
#include "base/arena.h"

// A rectangle of texels. `is_valid`: those that know; what the others hold does not matter.
typedef struct LightPicture {
    float (*lux)[3];
    const bool *is_valid;
    int width, height;
} LightPicture;

// À-trous wavelets; edges of light stay where they are.
void light_smooth(const LightPicture *picture, int rounds);
// Texels that do not know take what their neighbours know, from near to far. All zero where
// nobody knows.
void light_fill(const LightPicture *picture);
