// noise.h: chance that repeats itself, for grain, wear and the unevenness of a hand.
//
// Pure functions, the same on every machine: integers are hashed, floats only interpolated.

#pragma once
#include "base/base.h"
#include "exhibits/sculptor/vec.h"

// A sequence of chances; copy it to repeat it. Zero is a valid start.
typedef struct Chance {
    uint32_t state;
} Chance;

uint32_t noise_hash(int32_t x, int32_t y, int32_t z, uint32_t seed);

float chance_next(Chance *chance);                           // 0 <= x < 1
float chance_between(Chance *chance, float low, float high); // uniform
float chance_around(Chance *chance, float spread);           // -spread..spread, mostly small

// A value for an index: 0 <= x < 1.
float noise_of(uint32_t index, uint32_t seed);

// Smooth, -1..1, features one unit wide.
float noise_value(Vec3 p, uint32_t seed);
// Sum of octaves, each half as strong and twice as fine; about -1..1.
float noise_octaves(Vec3 p, int octaves, uint32_t seed);
// Distance to the nearest of scattered points, one a unit cube, and that point's own chance.
float noise_cells(Vec3 p, uint32_t seed, float *chance_of_cell);
