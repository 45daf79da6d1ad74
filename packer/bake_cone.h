// bake_cone.h: which way a patch of the scan faces.
//
// Scans are noisy: of a flat wall some triangles face far off, and one that is turned over must
// not make the wall face everywhere. So normals are those of vertices, means of the triangles
// around them, and what faces farthest off is left out as long as it is next to nothing of the
// area. Such triangles are behind the scan's front, or as small as its noise.
//
// Pure; any thread.

#pragma once
#include "base/arena.h"
#include "data/mesh_cone.h"

typedef struct ConeDesc {
    uint32_t vertex_count, triangle_count;
    const float (*positions)[3];
    const uint32_t (*triangles)[3];
} ConeDesc;

// MESH_CONE_NOTHING without triangles. `temporary` is rewound.
MeshCone bake_cone(const ConeDesc *desc, Arena *temporary);
