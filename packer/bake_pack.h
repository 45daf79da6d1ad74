// bake_pack.h: charts side by side in one tile, 512 texels wide and as low as they fit.
//
// Shapes are packed, not boxes: each chart claims texels, and fits wherever they are free, into
// the bays of others too. Charts are neither turned nor mirrored.
//
// Results depend on the contents only. Pure; any thread.

#pragma once
#include "packer/bake_chart.h"

enum {
    TILE_WIDTH = 512,
    TILE_MAX_HEIGHT = 1024,
    TILE_HEIGHT_STEP = 16, // heights are multiples of it
    PACK_CELL = 1,         // texels that are claimed together, a side
};

typedef struct PackRun {
    uint16_t row, first, count; // cells side by side
} PackRun;

// What a chart claims, in cells.
typedef struct PackShape {
    uint16_t columns, rows;
    uint32_t cell_count, run_count;
    PackRun *runs; // the longest first
} PackShape;

typedef struct PackPlace {
    uint16_t x, y; // texel of the tile where the chart's (0, 0) goes; multiples of PACK_CELL
} PackPlace;

// One for each chart, in `arena`. To be packed together they may be copied about.
PackShape *bake_pack_shapes(const ChartSet *set, Arena *arena);

// Fills places, one for each shape, and the height of the tile (0 for no shapes). False, and
// nothing is filled, if they do not fit.
bool bake_pack(const PackShape *shapes, uint32_t count, PackPlace *places, uint32_t *height);
