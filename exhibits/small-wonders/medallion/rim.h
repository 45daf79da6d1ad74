// rim.h: what is engraved on the medallion's rim: hours, degrees, the table of the stars, words
// around the edge.

#pragma once
#include "base/arena.h"
#include "exhibits/small-wonders/medallion/sky.h"

#define RIM_TABLE_MM 10.01f // radius of the line of the table
#define RIM_TABLE_HIGH_MM 0.060f
#define RIM_OUTER_MM 12.0f

typedef struct Rim Rim;
Rim *rim_make(Arena *arena);

typedef struct RimInk {
    float black; // share of the place that is filled with niello
    float depth_mm;
} RimInk;
// On the face; places as in sky.h.
RimInk rim_face(const Rim *rim, SkySide side, float x, float y);
// On the edge: mm along it, clockwise from the top as seen from the north; mm towards the
// north.
RimInk rim_edge(float along_mm, float north_mm);
// What the line of the table says on a side.
const char *rim_table(const Rim *rim, SkySide side);
