// relief.h: makes a large mesh out of a small one, for measuring.
//
// Each step makes four triangles of one. New vertices are pushed in or out by a share of their
// edge, so that there is true relief at every size: flat additions would be simplified away at
// no cost and measure nothing. The same input gives the same mesh. One thread.

#pragma once
#include "packer/scan.h"

typedef struct ReliefMesh {
    uint32_t vertex_count, triangle_count;
    float (*positions)[3]; // metres
    float (*normals)[3];   // of any length
    uint32_t (*triangles)[3];
} ReliefMesh;

// Which point stands for each vertex: seams of pictures would tear open when they are moved.
// There is room for all in `positions` and `names`; returns how many are left.
uint32_t relief_weld(const Scan *scan, float (*positions)[3], uint32_t *names);
// The shape alone: points that coincide become one. In `arena`.
ReliefMesh relief_take(const Scan *scan, Arena *arena);
// `mesh` lives in arenas[0]; afterwards too. arenas[1] is used and left empty. ERR_LIMIT.
NODISCARD Status relief_grow(ReliefMesh *mesh, int steps, Arena arenas[2]);
// PLY, or STL where the name says so.
NODISCARD Status relief_write(const ReliefMesh *mesh, const char *path);
