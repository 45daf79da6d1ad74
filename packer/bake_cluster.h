// bake_cluster.h: small patches of triangles, cut out of a mesh.
//
// Pure; any thread. Results depend on the contents only.

#pragma once
#include "packer/bake_mesh.h"

#define BAKE_NO_GROUP UINT32_MAX

// So many texels of sixteen clusters, with what charts waste, fill a tile of 512 x 448; those
// of the largest group fit one of 512 x 1024.
enum { BAKE_CLUSTER_MAX_TEXELS = 7000 };

// Up to 128 triangles on their way through the levels.
typedef struct BakeCluster {
    uint32_t *vertices;      // of the BakeMesh
    uint8_t (*triangles)[3]; // into `vertices`
    uint32_t *sources;       // the BakeMesh's triangle of each; NULL of what was simplified
    uint16_t vertex_count, triangle_count;
    uint8_t tries;             // how often its group could not be simplified
    uint32_t refined_by;       // number of the BakeGroup it was made from, or BAKE_NO_GROUP
    float error_m, distance_m; // that group's
    float center[3], radius;   // tight
    float cone_axis[3], cone_cutoff;
    float area_m2;
    float texel_m; // width of the texels its triangles are drawn with; 0: vertices hold all
} BakeCluster;

// Numbers from one space (vertices of the whole mesh) counted from 0 in the order met.
typedef struct LocalMap {
    uint32_t mask, count;
    uint32_t *keys, *values; // slots; keys UINT32_MAX is empty
    uint32_t *members;       // count of them: the keys in order
} LocalMap;

// For up to `capacity` different keys.
LocalMap local_map_make(uint32_t capacity, Arena *arena);
uint32_t local_map_add(LocalMap *map, uint32_t key);

// A part of a mesh with its own numbering of vertices.
typedef struct LocalMesh {
    uint32_t vertex_count, triangle_count;
    const uint32_t *vertices; // of the BakeMesh
    const float (*positions_m)[3];
    const uint32_t (*triangles)[3];
    const float *texels;     // of each triangle, or NULL
    const uint32_t *sources; // the BakeMesh's triangle of each, or NULL
} LocalMesh;

// Upright on a triangle, twice its area long.
void bake_triangle_normal(const float (*positions)[3], const uint32_t triangle[3],
                          float out[3]);
float bake_triangle_area(const float (*positions)[3], const uint32_t triangle[3]);

// Splits all triangles into clusters; `keep` holds them. With texels, texel_m is their mean
// width, and a cluster has at most BAKE_CLUSTER_MAX_TEXELS unless it is a single triangle.
// `temporary` is rewound.
BakeCluster *bake_build_clusters(const LocalMesh *mesh, Arena *keep, Arena *temporary,
                                 uint32_t *out_count);

// Triangles along a Hilbert curve: any run of them is a compact patch. In `arena`.
uint32_t *bake_order_triangles(const BakeMesh *mesh, Arena *arena);
// Where a point of the grid lies on the curve, 10 bits an axis.
uint32_t bake_hilbert(const uint32_t point[3]);
