// bake_mesh.h: the mesh between the baker's steps: welded, on the sculpture's grid.

#pragma once
#include "data/mesh.h"

// position_m = origin_m + step_m * steps, exact in float (see mesh.h).
typedef struct BakeGrid {
    float origin_m[3], step_m;
} BakeGrid;

// A unit vector, 32,767 being 1.
typedef struct BakeNormal {
    int16_t xyz[3];
} BakeNormal;

// Where a corner of a split triangle lies in the triangle of the scan it came from: shares of
// its second and third corner.
typedef struct BakeCorner {
    float second, third;
} BakeCorner;

typedef struct BakeMesh {
    BakeGrid grid;
    uint32_t vertex_count, triangle_count;
    int32_t (*positions)[3]; // steps, not negative
    uint32_t (*triangles)[3];
    uint32_t *sources;        // the scan's triangle of each
    BakeCorner (*corners)[3]; // NULL: triangles are the scan's own, corner for corner
    BakeNormal *normals;      // NULL until bake_normals
    MeshSurface *surfaces;    // NULL without colours
    uint8_t *reliefs;         // of vertices of the finest level; NULL until bake_relief
    // How many texels of the scan's pictures each triangle covers, where tiles will hold the
    // surface; 0 for one without a picture. NULL: vertices hold it at the finest level.
    float *texel_areas;
} BakeMesh;

static inline void bake_position(const BakeMesh *mesh, uint32_t vertex, float out_m[3])
{
    for (int axis = 0; axis < 3; axis++)
        out_m[axis] = mesh->grid.origin_m[axis] +
                      mesh->grid.step_m * (float)mesh->positions[vertex][axis];
}

static inline BakeNormal bake_normal_of(const float unit[3])
{
    BakeNormal normal;
    for (int axis = 0; axis < 3; axis++) {
        float scaled = unit[axis] * 32767.0f;
        normal.xyz[axis] = (int16_t)(scaled + (scaled < 0.0f ? -0.5f : 0.5f));
    }
    return normal;
}
