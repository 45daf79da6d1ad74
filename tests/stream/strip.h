// strip.h: a sculpture for tests: a wavy strip along x, simple enough to check every cut of it.
//
// Its finest form has `columns` quads. A cluster of any level covers an interval of columns, so
// a cut is right if its intervals cover all columns once. Clusters are regrouped from level to
// level with odd offsets: many groups have two parents.

#pragma once
#include "data/mesh.h"

enum {
    STRIP_QUADS = 8,         // of a cluster
    STRIP_BLOCK_GROUPS = 12, // so that there are many blocks
};

typedef struct StripCluster {
    uint32_t first_column, column_count;
} StripCluster;

typedef struct Strip {
    MeshGraph graph;
    MeshPage *pages;
    StripCluster **clusters; // by page, then as in the page
    uint32_t column_count;
    Bytes graph_bytes, pages_bytes; // as written
} Strip;

// Of the finest form, at a column, in the middle of the strip.
void strip_point(const Strip *strip, float column, float out_m[3]);

// `leaf_count` clusters of the finest level; groups with at most `root_clusters` clusters in
// all are roots. The same seed gives the same strip.
Strip strip_make(uint32_t leaf_count, uint32_t root_clusters, uint32_t seed, Arena *arena);
// The same, where pages have tiles of so many rows; 0: none. `rows_told` is what the tile
// itself says, which ought to be the same.
typedef struct StripTile {
    uint32_t rows, rows_told;
} StripTile;
Strip strip_make_tiled(uint32_t leaf_count, uint32_t root_clusters, uint32_t seed,
                       StripTile (*tile_of)(uint32_t page), Arena *arena);
