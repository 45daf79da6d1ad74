// bake_tile_keep.h: what is kept of a group that was painted, for those above it.
//
// A tile's texels as they were before they were encoded, and where the group's triangles lie in
// it. Any thread.

#pragma once
#include "packer/bake_store.h"
#include "packer/bake_tile_paint.h"

typedef struct TileKeptTriangle {
    uint16_t places[3][2]; // 64ths of a texel
    uint8_t axis[2];
} TileKeptTriangle;

// A group without: its vertices hold all there is.
typedef struct TileKept {
    BakeStore *store; // NULL: without
    BakeSpan triangles, planes;
    SurfaceTile tile; // its planes are gone; those it had are not NULL
} TileKept;

// Sets the used texels of a tile aside, for all groups in it.
NODISCARD Status tile_keep_planes(BakeStore *store, const SurfaceTile *tile,
                                  const uint8_t *is_used, TileKept *out);
// And where one of them lies.
NODISCARD Status tile_keep_triangles(const TileScan *scan, const TileGroup *group,
                                     TileKept *kept);

// A group below, ready to be looked at.
typedef struct TileChild {
    uint32_t number;
    const BakeGroup *group;
    float (*normals)[3];               // of its vertices
    const TileKeptTriangle *triangles; // NULL: vertices hold all
    SurfaceTile tile;
    float (*frames)[3][3]; // around each triangle's axis, where the tile tells normals
} TileChild;

// In `arena`. Planes of a tile that one of `others` has are not read again.
NODISCARD Status tile_load_child(const TileScan *scan, const TileKept *kept, uint32_t number,
                                 const TileChild *others, uint32_t other_count, Arena *arena,
                                 TileChild *out);
