// solid.h: from loose triangles to a body that a printer can fill.
//
// A body is closed: every edge lies between two triangles that run along it in opposite ways,
// outside is where they face. What a scan lacks for that is mended in this order, and counted:
//
//   corners that coincide become one; triangles without area, or met twice, go
//   triangles that face against their neighbours are turned
//   where more than two triangles meet at an edge, they are parted in pairs
//   each rim of what is left is a hole: it is closed
//   closed parts that enclose next to nothing (sheets) go
//
// Parts may pass through one another: whoever prints unites them. Pure; any thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

enum { SOLID_MAX_TRIANGLES = 24000000 };

typedef struct Solid {
    uint32_t vertex_count, triangle_count;
    float (*positions)[3];
    uint32_t (*triangles)[3]; // counter-clockwise from outside
} Solid;

typedef struct SolidCounts {
    uint32_t dropped_triangles;
    uint32_t turned_triangles;
    bool was_inside_out; // all of it
    uint32_t parted_edges;
    uint32_t holes;
    double widest_hole; // across, in the positions' unit
    uint32_t sheets;
    uint32_t parts; // that are left
    double volume;  // of them; those inside of others count against it
} SolidCounts;

// `corners`: three a triangle. `least_thickness`: a part that is thinner on the mean is a
// sheet. Everything in *out lives in `arena`. ERR_INVALID if nothing is left, ERR_LIMIT above
// SOLID_MAX_TRIANGLES.
NODISCARD Status solid_make(const float (*corners)[3], uint32_t triangle_count,
                            double least_thickness, Arena *arena, Solid *out,
                            SolidCounts *counts);

// How many edges are not between two triangles in opposite ways: 0 of a body.
uint64_t solid_count_open_edges(const Solid *solid);
