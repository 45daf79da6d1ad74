// bake_sheet.h: one page: groups on the page's own grid, with vertices as triangles need them.
//
// Pure; any thread.

#pragma once
#include "packer/bake_tile_plan.h"

// The grid pages stand on, wide ones on coarser steps of it.
typedef struct SheetGrid {
    const BakeMesh *mesh;
    const uint8_t *vertex_shifts; // a vertex of the mesh each; NULL: no page is that wide
    float slack_m;                // how far that moves a vertex
} SheetGrid;

typedef struct SheetDesc {
    const SheetGrid *grid;
    const uint32_t *new_numbers; // of groups
    uint32_t shift;
    uint32_t group_count;
    const BakeGroup *const *groups;
    // Where the page has a tile:
    const TileScan *scan;
    const TileGroup *tiles; // one for each group; NULL: it has none
    uint32_t tile_rows;
    Bytes tile; // encoded
} SheetDesc;

// In `arena`.
MeshPage bake_sheet(const SheetDesc *desc, Arena *arena);
