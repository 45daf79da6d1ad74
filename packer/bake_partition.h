// bake_partition.h: which clusters of a level are simplified together.
//
// About sixteen to a group, so that few of their vertices lie on borders (METIS, weighted by
// shared vertices). Clusters that hang together with few others are linked to those nearby, so
// that crumbs meet in groups too. METIS draws its random numbers from the C library's one
// generator: partitions are made by one thread at a time, and then they are repeatable.

#pragma once
#include "io/thread.h"
#include "packer/bake_cluster.h"

typedef struct Partition {
    uint32_t group_count;
    uint32_t *firsts;  // group_count + 1, into `members`
    uint32_t *members; // every cluster once
} Partition;

// Who uses each vertex of the mesh; what several groups use is locked.
typedef struct VertexUse {
    uint32_t vertex_count;
    uint32_t *users; // the group that uses it, USE_NOBODY or USE_SEVERAL
} VertexUse;

#define USE_NOBODY UINT32_MAX
#define USE_SEVERAL (UINT32_MAX - 1)

typedef struct PartitionDesc {
    const BakeCluster *clusters;
    uint32_t cluster_count;
    uint32_t vertex_count; // of the mesh
    int worker_limit;
    Cancel *cancel;
} PartitionDesc;

// In `arena`. ERR_CANCELLED; ERR_LIMIT where METIS gives up.
NODISCARD Status bake_partition(const PartitionDesc *desc, Arena *arena, Partition *out);

// Sets use->users for the clusters of a partition; all others are USE_NOBODY.
void bake_find_uses(const BakeCluster *clusters, const Partition *partition, VertexUse *use);
// Sets them back to USE_NOBODY.
void bake_forget_uses(const BakeCluster *clusters, const Partition *partition, VertexUse *use);
