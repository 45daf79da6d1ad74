// layout_parts.h: what the files layout*.c share; for them alone.

#pragma once
#include "exhibits/model/layout_stand.h"

enum { LAYOUT_ROOM_PIECES = 9, LAYOUT_MAX_JOINED = 3 };

#define LAYOUT_WALL_M 0.4f // thickness between rooms

typedef struct Cell {
    uint32_t first, count; // of Layout.order
    uint32_t theme_count, themes[LAYOUT_MAX_JOINED];
    uint32_t part;          // of a theme that has several rooms, from 1; 0: it has one
    uint32_t column;        // from the west
    float yaw;              // where its front faces
    float width_m, depth_m; // of the room frame, what its pieces need
    float height_m;
    bool is_hall; // of large pieces
    // as built, along the house's axes
    float west, south, built_width, built_depth;
    float chamfer_m; // its corners are cut by so much; 0: they are not
} Cell;

typedef struct Layout {
    const LayoutDesc *desc;
    const LayoutPiece *pieces;
    uint32_t count;
    Arena *arena;
    Plan *plan;
    uint32_t *order; // pieces as the walk meets them
    uint32_t ordered;
    uint32_t cell_count, row_count; // rooms of a column
    Cell *cells;                    // in the order of the walk
} Layout;

// A room in a frame of its own: x to the right, z towards the door one enters by.
typedef struct Frame {
    float middle[2];        // of the room, in the gallery
    float yaw;              // where its front faces
    float width_m, depth_m; // of the room frame, as built
} Frame;

Frame layout_frame(const Cell *cell);
void layout_from_frame(const Frame *frame, float x, float z, float out[2]);

// layout_tray.c: gives small flat pieces compartments of one stand, where there are several, and
// lets them follow that stand when it has its place.
void layout_make_trays(Layout *l);
void layout_fill_trays(Layout *l);

// layout_rows.c: how pieces stand in a room.
void layout_put_largest_last(Layout *l, const Cell *cell);
void layout_measure_rows(const Layout *l, Cell *cell);
void layout_place_pieces(Layout *l, uint32_t cell);

// layout_doors.c: doors between rooms, then benches clear of them.
void layout_make_doors(Layout *l);
void layout_place_benches(Layout *l);
