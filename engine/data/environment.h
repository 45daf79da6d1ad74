// environment.h: what is seen from the middle of a room in every direction: sharp, and as ever
// rougher surfaces mirror it.
//
// Octahedral maps: x and z of a direction, the lower half folded outwards over the square's
// edges. Level 0 is sharp; each further one is of a quarter more roughness (its square is GGX's
// alpha) and half as wide. All are in one picture. Each has a border of one texel that
// continues it across its edges, so that it can be sampled between texels:
//
//     +---------------+
//     |               |
//     |       0       |
//     |               |
//     +-------+---+-+++
//     |   1   | 2 |3|4
//     |       +---+-+
//     +-------+
//
// A room is taken for a box: a ray from anywhere in it is looked up where it meets the box,
// seen from the box's middle (shaders/lib/room_light.glsl). Pure functions; any thread.

#pragma once
#include "base/arena.h"

enum {
    ENVIRONMENT_LEVELS = 5,
    ENVIRONMENT_SIDE = 128, // of level 0, with its border
    ENVIRONMENT_WIDTH = ENVIRONMENT_SIDE,
    ENVIRONMENT_HEIGHT = ENVIRONMENT_SIDE * 3 / 2,
    ENVIRONMENT_TEXELS = ENVIRONMENT_WIDTH * ENVIRONMENT_HEIGHT,
};

typedef struct EnvironmentLevel {
    int x, y, side; // in the picture, with its border
} EnvironmentLevel;

EnvironmentLevel environment_level(int level);
// Towards a place of level 0, in texels of the picture; border texels lie where they continue.
void environment_direction(float x, float y, float out[3]);

// From level 0 without its border, as light: the border and all other levels. `samples`: of a
// texel; 24 is enough where nothing is much brighter than what is around it.
void environment_blur(float (*texels)[3], int samples);
// One of these levels, 1 and on, of the one before.
void environment_blur_level(float (*texels)[3], int level, int samples);

// Turned around y by quarters, exactly: what was seen along x is then seen along -z, z, ... as
// `quarters` says (1: x to -z, z to x). RGB9E5 or anything else of four bytes.
void environment_turn(const uint32_t *from, int quarters, uint32_t *out);
