// solid_parts.h: what solid.c and solid_close.c share: corners, and who is whose neighbour.
//
// A *corner* is a triangle's number times 3 plus 0 to 2. The edge of a corner runs from it to
// the triangle's next corner.

#pragma once
#include "packer/solid.h"

#define SOLID_NONE UINT32_MAX

typedef struct Rims {
    Solid *solid;
    uint32_t *twins; // by corners' edges: the edge that runs the other way, or SOLID_NONE
    uint32_t vertex_capacity, triangle_capacity;
    Arena *arena;
} Rims;

// Of what hangs together the first is the root.
uint32_t solid_find_root(uint32_t *parents, uint32_t at);
void solid_join(uint32_t *parents, uint32_t a, uint32_t b);

static inline void solid_turn(uint32_t triangle[3])
{
    uint32_t kept = triangle[1];
    triangle[1] = triangle[2];
    triangle[2] = kept;
}

static inline uint32_t solid_next_corner(uint32_t corner)
{
    return corner % 3 == 2 ? corner - 2 : corner + 1;
}

// Closes every rim. Afterwards all edges are closed, but twins know of the old ones only.
void solid_close_rims(Rims *rims, SolidCounts *counts);
// Drops sheets, turns all where the whole is inside out, fills in parts and volume.
void solid_keep_bodies(Solid *solid, double least_thickness, SolidCounts *counts);
