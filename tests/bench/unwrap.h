// unwrap.h: texture coordinates for a mesh that has none.
//
// An atlas is made as photogrammetry makes it: the surface is cut into patches, each is laid
// flat and has a place of its own in one square picture. A projection throws the picture onto
// the mesh from one side or from six. Deterministic; one thread, painting takes all cores.

#pragma once
#include "bench/relief.h"

typedef struct UnwrapChart {
    uint32_t first, count; // of triangles
    float right[3], down[3];
    float low_m[2], size_m[2]; // of its rectangle, along right and down
    uint32_t at[2], size[2];   // its place in the picture, gutter included
} UnwrapChart;

typedef struct Unwrap {
    ReliefMesh mesh; // vertices are doubled where charts meet; unit normals
    float (*uvs)[2];
    uint32_t side;
    float texel_m;
    UnwrapChart *charts; // of atlases
    uint32_t chart_count;
} Unwrap;

// About `chart_count` charts, more where patches would fold over themselves. In `arena`.
// ERR_LIMIT if they do not fit.
NODISCARD Status unwrap_atlas(const ReliefMesh *mesh, uint32_t chart_count, uint32_t side,
                              Arena *arena, Unwrap *out);

// From 6 sides, or from 1. Places behind one another share texels. In `arena`.
Unwrap unwrap_project(const ReliefMesh *mesh, int sides, uint32_t side, Arena *arena);

typedef struct UnwrapPicture {
    uint8_t (*rgb)[3];      // side x side
    uint64_t used_texels;   // that the surface takes
    uint64_t shared_texels; // by two places: their colour is the later one's
} UnwrapPicture;

// What known_place says of every place, in texels as units; two texels more around each chart.
NODISCARD Status unwrap_paint(const Unwrap *unwrap, Arena *arena, UnwrapPicture *out);
