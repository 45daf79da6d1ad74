// sky.h: both halves of the sky as they are drawn on enamel: stars, figures, circles, the Milky
// Way.
//
// Each half is a stereographic picture around its pole, as one sees it standing under it; it
// reaches 25 degrees beyond the equator, so that the whole ecliptic lies on both. Millimetres
// from the pole, x to the right, y up.

#pragma once
#include "base/arena.h"
#include "exhibits/sculptor/vec.h"

#define SKY_RADIUS_MM 9.15f

typedef enum SkySide { SKY_NORTH, SKY_SOUTH, SKY_SIDES } SkySide;

typedef struct Sky Sky;
Sky *sky_make(Arena *arena);

// Where a direction lies; hours and degrees.
Vec3 sky_place(SkySide side, float right_ascension_h, float declination_deg);
// Clockwise from the top, in radians, where an hour circle runs.
float sky_hour_angle(SkySide side, float right_ascension_h);

// What a graver and a brush left at a place. Any thread.
typedef struct SkyInk {
    float metal; // share of the place that is covered
    Vec3 colour; // of the metal
    float height_mm;
} SkyInk;
SkyInk sky_ink(const Sky *sky, SkySide side, float x, float y);
