// cut.h: a sculpture's shape, no finer than wanted: the triangles of one cut of its graph.
//
//     CutShape shape = {.arena = arena};
//     for each page
//         if (cut_wants(graph, page, error_m))
//             TRY(cut_add_page(graph, page, its bytes, error_m, &shape));
//
// Cuts are free of cracks (data/mesh.h): corners that meet are equal to the bit. Any thread.

#pragma once
#include "data/mesh.h"

typedef struct CutShape {
    Arena *arena;
    float (*corners)[3]; // three a triangle; metres, the sculpture's own
    uint32_t corner_count, corner_capacity;
} CutShape;

// Whether the page holds triangles of the cut that is at most `error_m` off; 0: the finest.
bool cut_wants(const MeshGraph *graph, uint32_t page, float error_m);
// The whole graph must be there. Errors as of mesh_parse_page.
NODISCARD Status cut_add_page(const MeshGraph *graph, uint32_t page, Bytes bytes, float error_m,
                              CutShape *shape);
