// sample_mesh.h: a small sculpture in the format of mesh.h, for tests that need one.
//
// A hilly square of 2^depth x 2^depth tiles of 8 x 8 quads, one tile a cluster. Four tiles of a
// level are a group, simplified into one tile twice as wide. Valid in every number; only its
// borders are not locked, so neighbours of different levels do not meet to the bit.

#pragma once
#include "data/mesh.h"

enum { SAMPLE_BLOCK_GROUPS = 8 }; // so that there are several blocks

typedef struct SampleMesh {
    Bytes graph, pages;
} SampleMesh;

// `depth` 1 to 6, `side_m` the length of the whole square, which lies in y = 0 about the
// origin.
SampleMesh sample_mesh_build(int depth, float side_m, bool has_surface, Arena *arena);
// The same with texels instead of surfaces: every page has a tile of SAMPLE_TILE_ROWS rows,
// whose bytes are `tile` (mesh.h does not look into them).
enum { SAMPLE_TILE_ROWS = 32 };
SampleMesh sample_mesh_build_tiled(int depth, float side_m, Bytes tile, Arena *arena);
