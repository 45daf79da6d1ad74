// bake_split.h: triangles into patches of equal size that hang together and have short borders.
//
// Halved again and again: two ends of a surface are found by walking over it, and the cut goes
// where both are equally far. Parts that hang together with nothing are kept by place.
// Pure; any thread.

#pragma once
#include "base/arena.h"

typedef struct SplitDesc {
    uint32_t vertex_count, triangle_count;
    const float (*positions)[3];
    const uint32_t (*triangles)[3];
    uint32_t max_triangles, max_vertices; // of a patch
    const float *loads;                   // of each triangle, or NULL
    float max_load;                       // of a patch of more than one triangle, all together
} SplitDesc;

typedef struct SplitPatches {
    uint32_t count;
    uint32_t *firsts;    // count + 1, into `triangles`
    uint32_t *triangles; // every one once
} SplitPatches;

// In `arena`.
SplitPatches bake_split(const SplitDesc *desc, Arena *arena);
