// bake_tile.h: the tile of one page: painted, encoded, and kept for the groups above.
//
//   plan    charts of each group, and vertices that lie in them       bake_tile_plan
//   own     charts of the scan's triangles, from its pictures         bake_tile_own
//   child   charts of simplified ones, from the groups below          bake_tile_child
//   keep    what those above it will look at                          bake_tile_keep
//
// The finest level comes first; tiles of one level may be baked by several threads at once.

#pragma once
#include "packer/bake.h"
#include "packer/bake_tile_keep.h"

typedef struct TileBake {
    TileScan scan;
    TileTables tables;
    TileKept *kept; // a group each
} TileBake;

typedef struct TileJob {
    const TileBake *bake;
    TexelReader *reader; // NULL without pictures
    TileGroup *groups;   // placed in a tile
    const uint32_t *numbers;
    uint32_t group_count, rows;
    BakeStore *store; // for those above; NULL: there are none
    Arena *arena;
} TileJob;

// Whether a group's surface goes into a tile.
bool tile_is_wanted(const TileScan *scan, const BakeGroup *group);

// The encoded tile, in the job's arena; kept[numbers[...]] is filled where there is a store.
NODISCARD Status tile_bake(const TileJob *job, TileStats *stats, Bytes *out);
