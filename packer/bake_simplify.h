// bake_simplify.h: fewer triangles for a small mesh, by collapsing edges.
//
// Vertices only vanish or stay: none moves, so positions on a grid remain on it, and what is
// locked (the border to other groups) stays to the bit, with its edges. A collapse costs how
// far the vanished planes are from the vertex that stays, rms, squared (Garland, Heckbert
// 1997).
//
// Pure; any thread.

#pragma once
#include "base/arena.h"

typedef struct SimplifyMesh {
    uint32_t vertex_count, triangle_count;
    const float (*positions)[3]; // of the order of 1 in size, about the origin
    const uint8_t *is_locked;    // a vertex each
    uint32_t (*triangles)[3];    // replaced by what is left
} SimplifyMesh;

typedef enum SimplifyCare {
    SIMPLIFY_CAREFUL,   // nothing folds over, the topology stays, borders move along themselves
    SIMPLIFY_LOOSE,     // handles may close and surfaces meet; borders as above
    SIMPLIFY_DESPERATE, // anything, for what nothing else reduces
} SimplifyCare;

typedef struct SimplifyOptions {
    uint32_t target_triangles;
    SimplifyCare care;
    // With no more than these left, a step that costs more than `dear` (an error, not squared)
    // is not taken for the target's sake.
    uint32_t enough_triangles;
    float dear;
} SimplifyOptions;

// Gives the largest distance of any collapse, in the unit of positions.
// Sets mesh->triangle_count to what it reached: the target, or more where no collapse is left.
// Pieces that touch no locked vertex may vanish whole when they are smaller than the error.
// `arena` holds what is needed meanwhile, about 150 bytes a vertex, and is rewound.
float bake_simplify(SimplifyMesh *mesh, const SimplifyOptions *options, Arena *arena);
