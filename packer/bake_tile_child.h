// bake_tile_child.h: paints charts of simplified triangles from the group they were made from.
//
//        . : the child's triangles       Seen along the chart's axis, each quarter of a texel
//      .-' `.          _.-'`             shows the triangle of the child that is nearest to the
//   .-'______`.____.-'____               chart's own surface and does not face away; there the
//      chart's surface                   child's tile (or its vertices) are read.
//
// The gutter shows what lies beyond the chart, if the child goes on there. What nothing lies
// under takes the nearest texel.

#pragma once
#include "packer/bake_tile_keep.h"

typedef struct TileChildDesc {
    const TileScan *scan;
    const TileChild *child;
    TileCanvas *canvas;
    Arena *temporary; // rewound
} TileChildDesc;

void tile_paint_child(const TileChildDesc *desc, const TileGroup *group,
                      const TileChart *chart);
