// bake_graph.h: from a mesh to groups of clusters, level above level.
//
//   clusters of the mesh -> groups -> each simplified to a quarter -> clusters -> groups ...
//
// until one cluster is left. A group that would have to be bent for that keeps more, up to a
// half; one that keeps more than 85 % of its triangles is not made: its clusters join the next
// level's as they are, are grouped anew there, and after two such tries simplified at any
// price. Levels therefore shrink; where even that fails for all groups of a level, or after
// MESH_MAX_LEVELS, what is left becomes roots.
//
// Tiles hold the surface of all that is simplified, so that colours and normals do not weigh:
// errors are distances, and never below the width of the tiles' texels. New clusters get texels
// twice as wide as those they were made of, beginning with the mesh's texel_areas, or without
// them with about two for each vertex of the finest level, which one more level keeps.

#pragma once
#include "packer/bake.h"
#include "packer/bake_group.h"

typedef struct BakeGraph {
    uint32_t group_count;
    BakeGroup **groups; // level by level, the finest first; roots last
    uint32_t root_count;
    uint32_t level_count;
    Arena *stores; // where groups live, an arena for each worker
    int store_count;
} BakeGraph;

typedef struct GraphDesc {
    BakeMesh *mesh; // its triangles are no longer needed afterwards, attributes change
    int worker_limit;
    Cancel *cancel;
    BakeProgressFn *progress; // or NULL
    void *progress_context;
    double progress_first, progress_last; // the shares it reports between
} GraphDesc;

// The table of groups lives in `arena`; groups in stores, which bake_graph_drop gives back.
NODISCARD Status bake_graph(const GraphDesc *desc, Arena *arena, BakeGraph *out);
void bake_graph_drop(BakeGraph *graph); // a zeroed one is fine
