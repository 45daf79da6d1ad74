// bake_weld.h: points of a scan that coincide become one, on one grid for the whole sculpture.
//
// The step is about a thirty-second of the mean edge (finer where many edges are much shorter,
// or where texels are), a power of two. Triangles that have lost a corner and triangles met
// twice are dropped, points nobody uses too. Vertices are numbered in the order their first
// triangle uses them. Any thread.

#pragma once
#include "io/thread.h"
#include "packer/bake_mesh.h"
#include "packer/scan.h"

typedef struct WeldCounts {
    uint64_t dropped_triangles, duplicate_triangles;
} WeldCounts;

// `texel_m`: how wide the texels of its pictures are, or 0.
BakeGrid bake_choose_grid(const Scan *scan, float texel_m);

// Everything in *out lives in `arena`. ERR_INVALID if no triangle is left.
NODISCARD Status bake_weld(const Scan *scan, BakeGrid grid, Arena *arena, BakeMesh *out,
                           WeldCounts *counts);
