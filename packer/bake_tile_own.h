// bake_tile_own.h: paints charts of the scan's own triangles, from its pictures and vertices.
//
// A chart whose texels are the picture's is copied byte for byte, with what lies around it;
// other maps of the material alike where they are as large, else sampled between their texels.

#pragma once
#include "packer/bake_tile_paint.h"
#include "packer/texel_store.h"

typedef struct TileOwnDesc {
    const TileScan *scan;
    TexelReader *reader; // NULL without pictures
    TileCanvas *canvas;
    Arena *temporary; // rewound
} TileOwnDesc;

// The maps that a group's own triangles bring beyond what is the same all over them.
uint32_t tile_own_maps(const TileScan *scan, const TileGroup *group);

NODISCARD Status tile_paint_own(const TileOwnDesc *desc, const TileGroup *group,
                                const TileChart *chart);
