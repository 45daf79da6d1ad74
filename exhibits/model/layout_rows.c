// layout_rows.c: how pieces stand in a room: rows that face the door one enters by.
//
//      +-----------------+ back
//      |   o    O    o   |   the last row, with what is largest on the axis of the doors
//      |   o         o   |   other rows leave an aisle between their halves, so that one sees
//      | o o         o   |   it from the room before
//      +-------   -------+ front

#include "exhibits/model/layout_parts.h"

#include <math.h>

enum { MAX_ROWS = 3, MAX_IN_ROW = 4 };

static const float between_m = 1.9f;  // from stand to stand in a row
static const float rows_m = 2.0f;     // from row to row
static const float side_m = 1.7f;     // from stand to side wall
static const float back_m = 1.7f;     // from the last row to the back wall
static const float front_m = 2.7f;    // from the first row to the door
static const float outshines = 1.15f; // so much larger, and it takes the place on the axis

// Left and right of the aisle, or in the middle.
typedef struct Row {
    uint32_t left, right, middle;
} Row;

typedef struct Rows {
    uint32_t count;
    Row rows[MAX_ROWS];
} Rows;

static const Rows *rows_of(uint32_t count)
{
    static const Rows table[LAYOUT_ROOM_PIECES + 1] = {
        {0, {{0, 0, 0}}},
        {1, {{0, 0, 1}}},
        {1, {{0, 0, 2}}},
        {2, {{1, 1, 0}, {0, 0, 1}}},
        {2, {{1, 2, 0}, {0, 0, 1}}},
        {2, {{1, 1, 0}, {0, 0, 3}}},
        {2, {{1, 2, 0}, {0, 0, 3}}},
        {3, {{1, 1, 0}, {1, 1, 0}, {0, 0, 3}}},
        {3, {{1, 1, 0}, {2, 1, 0}, {0, 0, 3}}},
        {3, {{1, 2, 0}, {2, 1, 0}, {0, 0, 3}}},
    };
    return &table[count];
}

static uint32_t row_count(const Row *row)
{
    return row->left + row->right + row->middle;
}

// How far from its neighbours a piece wants to be seen: large ones from farther away.
static float air_of(const Layout *l, uint32_t piece)
{
    float size = layout_largest_m(&l->pieces[piece]);
    return size > 1 ? (size - 1) * 0.55f : 0;
}

typedef struct RowSize {
    float depth_m, air_m;
} RowSize;

static RowSize row_size(const Layout *l, uint32_t first, const Row *row)
{
    RowSize size = {0};
    for (uint32_t i = 0; i < row_count(row); i++) {
        uint32_t piece = l->order[first + i];
        size.depth_m = fmaxf(size.depth_m, l->plan->places[piece].size_m[2]);
        size.air_m = fmaxf(size.air_m, air_of(l, piece));
    }
    return size;
}

static float stand_width(const Layout *l, uint32_t at)
{
    return l->plan->places[l->order[at]].size_m[0];
}

// Where the middles of its stands are; returns how far it reaches to the farther side.
static float row_places(const Layout *l, uint32_t first, const Row *row, float gap, float *x)
{
    float left = 0, right = 0;
    if (row->middle) {
        float width = (float)(row->middle - 1) * gap;
        for (uint32_t i = 0; i < row->middle; i++)
            width += stand_width(l, first + i);
        float at = -width / 2;
        for (uint32_t i = 0; i < row->middle; i++) {
            float wide = stand_width(l, first + i);
            x[i] = at + wide / 2;
            at += wide + gap;
        }
        return width / 2;
    }
    left = right = gap / 2;
    for (uint32_t i = row->left; i-- > 0;) { // from the aisle outwards
        float wide = stand_width(l, first + i);
        x[i] = -left - wide / 2;
        left += wide + (i ? gap : 0);
    }
    for (uint32_t i = row->left; i < row->left + row->right; i++) {
        float wide = stand_width(l, first + i);
        x[i] = right + wide / 2;
        right += wide + (i + 1 < row->left + row->right ? gap : 0);
    }
    return fmaxf(left, right);
}

void layout_put_largest_last(Layout *l, const Cell *cell)
{
    const Rows *rows = rows_of(cell->count);
    if (!rows->count)
        return;
    uint32_t last = row_count(&rows->rows[rows->count - 1]);
    uint32_t *axis = &l->order[cell->first + cell->count - last + last / 2], *best = axis;
    for (uint32_t i = 0; i < cell->count; i++) {
        uint32_t *it = &l->order[cell->first + i];
        if (layout_largest_m(&l->pieces[*it]) > layout_largest_m(&l->pieces[*best]) * outshines)
            best = it;
    }
    uint32_t piece = *axis;
    *axis = *best;
    *best = piece;
}

void layout_measure_rows(const Layout *l, Cell *cell)
{
    const Rows *rows = rows_of(cell->count);
    float half = 0, depth = 0, air = 0, x[MAX_IN_ROW];
    uint32_t first = cell->first;
    for (uint32_t r = 0; r < rows->count; first += row_count(&rows->rows[r++])) {
        RowSize size = row_size(l, first, &rows->rows[r]);
        float reach = row_places(l, first, &rows->rows[r], between_m + size.air_m, x);
        half = fmaxf(half, reach);
        depth += size.depth_m + (r ? rows_m + size.air_m : 0);
        air = fmaxf(air, size.air_m);
    }
    // One piece has a cabinet to itself; halls begin where there is more to walk around.
    float least = cell->count <= 1 ? 4.4f : cell->count <= 2 ? 5.4f : 7.0f;
    cell->width_m = fmaxf(least, 2 * (half + side_m + air));
    cell->depth_m = fmaxf(least, depth + front_m + back_m + 2 * air);
    cell->width_m = fmaxf(cell->width_m, cell->depth_m * 0.7f);
    cell->depth_m = fmaxf(cell->depth_m, cell->width_m * 0.7f);
}

// What the room gives beyond its need goes in equal parts between the rows and around.
static void place_row(Layout *l, const Frame *frame, uint32_t first, const Row *row, float z)
{
    RowSize size = row_size(l, first, row);
    float gap = between_m + size.air_m, x[MAX_IN_ROW];
    uint32_t count = row_count(row);
    float spare = frame->width_m - 2 * (row_places(l, first, row, gap, x) + side_m);
    float more = count > 1 ? fmaxf(0, fminf(spare / (float)(count + 1), gap * 0.5f)) : 0;
    (void)row_places(l, first, row, gap + more, x);
    for (uint32_t i = 0; i < count; i++) {
        PlanPlace *place = &l->plan->places[l->order[first + i]];
        layout_from_frame(frame, x[i], z - size.depth_m / 2, place->position);
        place->yaw = frame->yaw;
        layout_make_label(place);
    }
}

// With those that share its stand.
static void add_to_route(Layout *l, uint32_t stand)
{
    bool is_shared = l->plan->places[stand].tray_m[0] > 0;
    for (uint32_t i = stand; i < (is_shared ? l->count : stand + 1); i++)
        if (plan_stand_of(l->plan, i) == stand)
            l->plan->route[l->plan->route_count++] = i;
}

void layout_place_pieces(Layout *l, uint32_t index)
{
    const Cell *cell = &l->cells[index];
    Frame frame = layout_frame(cell);
    const Rows *rows = rows_of(cell->count);
    float needed = front_m + back_m, air = 0;
    uint32_t first = cell->first;
    for (uint32_t r = 0; r < rows->count; first += row_count(&rows->rows[r++])) {
        RowSize size = row_size(l, first, &rows->rows[r]);
        needed += size.depth_m + (r ? rows_m + size.air_m : 0);
        air = fmaxf(air, size.air_m);
    }
    float more = fmaxf(0, frame.depth_m - needed - 2 * air) / (float)(rows->count + 1);
    float z = frame.depth_m / 2 - front_m - air - more;
    first = cell->first;
    for (uint32_t r = 0; r < rows->count; first += row_count(&rows->rows[r++])) {
        RowSize size = row_size(l, first, &rows->rows[r]);
        if (r)
            z -= rows_m + size.air_m + more;
        place_row(l, &frame, first, &rows->rows[r], z);
        z -= size.depth_m;
        for (uint32_t i = 0; i < row_count(&rows->rows[r]); i++) {
            l->plan->places[l->order[first + i]].room = index;
            add_to_route(l, l->order[first + i]);
        }
    }
}
