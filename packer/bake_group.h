// bake_group.h: one group of clusters: kept as it is for the pages, then simplified.
//
// Groups of one level may be worked on by several threads at once: each reads the whole mesh
// and writes only the attributes of vertices that no other group uses.

#pragma once
#include "packer/bake_cluster.h"
#include "packer/bake_partition.h"

// Tries after which a group is simplified at any price. One earlier its topology may change.
enum { BAKE_GROUP_PATIENCE = 2 };
#define BAKE_NO_SOURCE UINT32_MAX

typedef struct BakeGroupCluster {
    uint32_t first_triangle, triangle_count; // into BakeGroup.indices
    uint32_t refined_by;                     // number of a BakeGroup
    float center[3], radius, cone_axis[3], cone_cutoff;
    float texel_m; // width of the texels of the tile it is drawn with; 0: vertices hold all
} BakeGroupCluster;

// What a page will hold of it.
typedef struct BakeGroup {
    uint32_t level;
    uint32_t cluster_count, triangle_count, vertex_count;
    BakeGroupCluster *clusters;
    uint32_t *vertices; // of the BakeMesh
    uint8_t (*normals)[2];
    MeshSurface *surfaces;     // NULL without
    uint16_t (*indices)[3];    // into `vertices`
    uint32_t *sources;         // the mesh's triangle of each, BAKE_NO_SOURCE of what was
                               // simplified; NULL if all was
    MeshBox box;               // around all its vertices
    MeshCone cone;             // around what is of the finest level
    float error_m, distance_m; // of what it was simplified to
    float texel_m;             // of the same; 0: vertices hold all, or it is a root
} BakeGroup;

typedef struct GroupJob {
    BakeMesh *mesh;
    const VertexUse *use;
    const BakeCluster *clusters; // of the level
    const uint32_t *members;
    uint32_t member_count;
    uint32_t level;
    bool is_root;  // not simplified
    Arena *keep;   // the group
    Arena *coming; // the new clusters
    Arena *temporary;
} GroupJob;

typedef struct GroupResult {
    BakeGroup *group;      // NULL: could not be simplified; its clusters go on as they are
    BakeCluster *clusters; // what it was simplified to; refined_by is the caller's to set
    uint32_t cluster_count;
} GroupResult;

GroupResult bake_make_group(const GroupJob *job);
