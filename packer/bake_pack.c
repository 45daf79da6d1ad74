// bake_pack.c: charts side by side in one tile.
//
// Where a shape fits is found for a whole row of the tile at once: a bit for each column, taken
// away by the runs of the shape's rows. For that the tile knows, for each length 2^k, at which
// columns a run of it would meet something; any run is two of these, overlapping.
//
//       taken         ...##....#....
//       length 2      ..###...##....
//       length 4      ####..####....      a run of 5 at x: length 4 at x, and at x + 1

#include "packer/bake_pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = TILE_WIDTH / PACK_CELL,
    ROWS = TILE_MAX_HEIGHT / PACK_CELL,
    WORDS = COLUMNS / 64,
    LENGTHS = PACK_CELL == 4   ? 8
              : PACK_CELL == 2 ? 9
                               : 10, // 2^0 to COLUMNS
};

typedef struct Line {
    uint64_t words[WORDS];
} Line;

typedef struct Tile {
    Line meets[ROWS][LENGTHS]; // [0]: taken
    uint8_t room[ROWS];        // so many of the lengths find a place in the row
    uint32_t full_rows;        // the first so many have none left
} Tile;

// ---- shapes

// How far the part of a triangle between two heights reaches across. False if there is none.
static bool reach(const float corners[3][2], float low_y, float high_y, float *left,
                  float *right)
{
    *left = INFINITY;
    *right = -INFINITY;
    for (int i = 0; i < 3; i++) {
        const float *a = corners[i], *b = corners[(i + 1) % 3];
        if (a[1] > b[1]) {
            const float *swap = a;
            a = b;
            b = swap;
        }
        if (b[1] < low_y || a[1] > high_y)
            continue;
        float slope = b[1] > a[1] ? (b[0] - a[0]) / (b[1] - a[1]) : 0;
        float x = a[1] < low_y ? a[0] + (low_y - a[1]) * slope : a[0];
        float y = b[1] > high_y ? b[0] - (b[1] - high_y) * slope : b[0];
        *left = MIN(*left, MIN(x, y));
        *right = MAX(*right, MAX(x, y));
    }
    return *left <= *right;
}

// The columns first <= x < end of a line.
static void take(Line *line, uint32_t first, uint32_t end)
{
    for (uint32_t word = first / 64; word * 64 < end; word++) {
        uint32_t from = MAX(first, 64 * word) - 64 * word, to = MIN(end - 64 * word, 64);
        line->words[word] |= (UINT64_MAX << from) & (UINT64_MAX >> (64 - to));
    }
}

// A cell is claimed if the middle of one of its texels is within the gutter of the triangle.
static void claim_triangle(const float corners[3][2], const PackShape *shape, Line *lines)
{
    const float before = CHART_GUTTER - 0.5f, after = PACK_CELL + CHART_GUTTER - 0.5f;
    float low = MIN(corners[0][1], MIN(corners[1][1], corners[2][1]));
    float high = MAX(corners[0][1], MAX(corners[1][1], corners[2][1]));
    int first = (int)ceilf((low - after) / PACK_CELL);
    int last = (int)floorf((high + before) / PACK_CELL);
    for (int row = MAX(first, 0); row <= MIN(last, shape->rows - 1); row++) {
        float y = (float)(row * PACK_CELL), left, right;
        if (!reach(corners, y - before, y + after, &left, &right))
            continue;
        int from = MAX((int)ceilf((left - after) / PACK_CELL), 0);
        int to = MIN((int)floorf((right + before) / PACK_CELL), shape->columns - 1);
        if (from <= to)
            take(&lines[row], (uint32_t)from, (uint32_t)to + 1);
    }
}

// From `at` on, the next column whose bit is `bit`, or COLUMNS.
static uint32_t find_bit(const Line *line, uint32_t at, bool bit)
{
    while (at < COLUMNS) {
        uint64_t word = (bit ? line->words[at / 64] : ~line->words[at / 64]) >> (at % 64);
        if (word)
            return at + (uint32_t)__builtin_ctzll(word);
        at = (at / 64 + 1) * 64;
    }
    return COLUMNS;
}

static int compare_runs(const void *a, const void *b)
{
    const PackRun *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static void find_runs(const Line *lines, PackShape *shape, Arena *arena)
{
    uint32_t capacity = 0;
    for (uint32_t row = 0; row < shape->rows; row++) {
        uint32_t first = find_bit(&lines[row], 0, true);
        while (first < COLUMNS) {
            uint32_t end = find_bit(&lines[row], first, false);
            *ARENA_PUSH(arena, shape->runs, shape->run_count, capacity) =
                (PackRun){(uint16_t)row, (uint16_t)first, (uint16_t)(end - first)};
            shape->cell_count += end - first;
            first = find_bit(&lines[row], end, true);
        }
    }
    qsort(shape->runs, shape->run_count, sizeof *shape->runs, compare_runs);
}

static PackShape make_shape(const ChartSet *set, const Chart *chart, Arena *arena)
{
    PackShape shape = {.columns = (uint16_t)((chart->width + PACK_CELL - 1) / PACK_CELL),
                       .rows = (uint16_t)((chart->height + PACK_CELL - 1) / PACK_CELL)};
    Scratch scratch = scratch_begin(arena);
    Line *lines = ARENA_ARRAY(scratch.arena, Line, shape.rows);
    for (uint32_t i = 0; i < chart->triangle_count; i++)
        claim_triangle((const float(*)[2])set->corners[chart->first_triangle + i], &shape,
                       lines);
    find_runs(lines, &shape, arena);
    scratch_end(scratch);
    return shape;
}

PackShape *bake_pack_shapes(const ChartSet *set, Arena *arena)
{
    PackShape *shapes = ARENA_ARRAY_RAW(arena, PackShape, set->chart_count);
    for (uint32_t i = 0; i < set->chart_count; i++)
        shapes[i] = make_shape(set, &set->charts[i], arena);
    return shapes;
}

// ---- the tile

// Bit x becomes what bit x + shift was; from beyond the end come zeroes.
static Line shifted(const Line *line, uint32_t shift)
{
    Line out;
    uint32_t words = shift / 64, bits = shift % 64;
    for (uint32_t i = 0; i < WORDS; i++) {
        uint64_t low = i + words < WORDS ? line->words[i + words] : 0;
        uint64_t high = i + words + 1 < WORDS ? line->words[i + words + 1] : 0;
        out.words[i] = bits ? low >> bits | high << (64 - bits) : low;
    }
    return out;
}

// Bits of columns beyond the last are not set: a run that meets nothing may still stick out.
static void update_row(Tile *tile, uint32_t row)
{
    for (uint32_t k = 1; k < LENGTHS; k++) {
        Line *half = &tile->meets[row][k - 1];
        Line more = shifted(half, 1u << (k - 1));
        for (uint32_t i = 0; i < WORDS; i++)
            tile->meets[row][k].words[i] = half->words[i] | more.words[i];
    }
    uint32_t room = 0;
    while (room < LENGTHS &&
           find_bit(&tile->meets[row][room], 0, false) + (1u << room) <= COLUMNS)
        room++;
    tile->room[row] = (uint8_t)room;
}

static uint32_t log2_of(uint32_t length)
{
    return 31 - (uint32_t)__builtin_clz(length);
}

// Takes away the columns where a run would meet something. False if none are left.
static bool narrow(const Tile *tile, const PackRun *run, uint32_t y, Line *places)
{
    uint32_t k = log2_of(run->count);
    const Line *meets = &tile->meets[y + run->row][k];
    Line a = shifted(meets, run->first);
    Line b = shifted(meets, run->first + run->count - (1u << k));
    uint64_t left = 0;
    for (uint32_t i = 0; i < WORDS; i++)
        left |= places->words[i] &= ~(a.words[i] | b.words[i]);
    return left != 0;
}

// In rows below `limit` only.
static bool find_place(const Tile *tile, const PackShape *shape, uint32_t limit, uint32_t *x,
                       uint32_t *y)
{
    Line all = {{0}};
    take(&all, 0, COLUMNS - shape->columns + 1u);
    for (*y = tile->full_rows; *y + shape->rows <= limit; ++*y) {
        if (tile->room[*y + shape->runs[0].row] <= log2_of(shape->runs[0].count))
            continue;
        Line places = all;
        uint32_t i = 0;
        while (i < shape->run_count && narrow(tile, &shape->runs[i], *y, &places))
            i++;
        if (i < shape->run_count)
            continue;
        *x = find_bit(&places, 0, true);
        return true;
    }
    return false;
}

static void put(Tile *tile, const PackShape *shape, uint32_t x, uint32_t y)
{
    for (uint32_t i = 0; i < shape->run_count; i++) {
        const PackRun *run = &shape->runs[i];
        uint32_t first = x + run->first;
        take(&tile->meets[y + run->row][0], first, first + run->count);
    }
    for (uint32_t row = y; row < y + shape->rows; row++)
        update_row(tile, row);
    while (tile->full_rows < ROWS && !tile->room[tile->full_rows])
        tile->full_rows++;
}

// ---- packing

// Which shapes go first matters where there are few, and packing is cheap beside all else: with
// many shapes one order is tried, with some the first three, with few others too, by lot.
typedef enum PackOrder {
    BY_HEIGHT,
    BY_SIZE,
    BY_WIDTH,
    BY_LOT,
    PACK_ORDER_COUNT = 32
} PackOrder;

enum { SOME_SHAPES = 256, FEW_SHAPES = 128 };

typedef struct Ranked {
    uint32_t most, then, shape;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->most != right->most)
        return left->most > right->most ? -1 : 1;
    if (left->then != right->then)
        return left->then > right->then ? -1 : 1;
    return left->shape < right->shape ? -1 : left->shape > right->shape;
}

// Up to half as much again, the same every time.
static uint32_t raise_by_lot(uint32_t value, uint32_t shape, PackOrder order)
{
    uint32_t lot = (shape + 1) * 2654435761u ^ (uint32_t)order * 0x9e3779b9u;
    lot = (lot ^ lot >> 15) * 0x2c1b3c6du;
    return 16 * value + (8 * value * (lot >> 20) >> 12);
}

static void rank(const PackShape *shapes, uint32_t count, PackOrder order, Ranked *ranked)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t width = shapes[i].columns, height = shapes[i].rows;
        uint32_t size = shapes[i].cell_count + height * height;
        ranked[i] = (Ranked){size, height, i};
        if (order == BY_HEIGHT)
            ranked[i] = (Ranked){height, width, i};
        else if (order == BY_WIDTH)
            ranked[i] = (Ranked){width, height, i};
        else if (order >= BY_LOT)
            ranked[i].most = raise_by_lot(height, i, order);
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
}

static PackOrder order_count(uint32_t shape_count)
{
    if (shape_count > SOME_SHAPES)
        return BY_HEIGHT + 1;
    return shape_count > FEW_SHAPES ? BY_LOT : PACK_ORDER_COUNT;
}

// No order can do with fewer rows.
static uint32_t least_rows(const PackShape *shapes, uint32_t count)
{
    uint32_t cells = 0, rows = 0;
    for (uint32_t i = 0; i < count; i++) {
        cells += shapes[i].cell_count;
        rows = MAX(rows, shapes[i].rows);
    }
    return MAX(rows, (cells + COLUMNS - 1) / COLUMNS);
}

static bool may_fit(const PackShape *shapes, uint32_t count)
{
    uint64_t cells = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (shapes[i].columns > COLUMNS || shapes[i].rows > ROWS)
            return false;
        cells += shapes[i].cell_count;
    }
    return cells <= (uint64_t)COLUMNS * ROWS;
}

static uint32_t height_of(uint32_t rows)
{
    uint32_t texels = rows * PACK_CELL;
    return (texels + TILE_HEIGHT_STEP - 1) / TILE_HEIGHT_STEP * TILE_HEIGHT_STEP;
}

// False, and `places` are not all filled, if they need more rows than `limit`.
static bool try_order(const PackShape *shapes, uint32_t count, PackOrder order, uint32_t limit,
                      PackPlace *places, uint32_t *rows)
{
    Scratch scratch = scratch_begin(NULL);
    Tile *tile = ARENA_NEW(scratch.arena, Tile);
    memset(tile->room, LENGTHS, sizeof tile->room);
    Ranked *ranked = ARENA_ARRAY_RAW(scratch.arena, Ranked, count);
    rank(shapes, count, order, ranked);
    uint32_t i = 0, x, y;
    for (*rows = 0; i < count; i++) {
        const PackShape *shape = &shapes[ranked[i].shape];
        if (!find_place(tile, shape, limit, &x, &y))
            break;
        put(tile, shape, x, y);
        places[ranked[i].shape] =
            (PackPlace){(uint16_t)(x * PACK_CELL), (uint16_t)(y * PACK_CELL)};
        *rows = MAX(*rows, y + shape->rows);
    }
    scratch_end(scratch);
    return i == count;
}

bool bake_pack(const PackShape *shapes, uint32_t count, PackPlace *places, uint32_t *height)
{
    if (!may_fit(shapes, count))
        return false;
    Scratch scratch = scratch_begin(NULL);
    PackPlace *found = ARENA_ARRAY_RAW(scratch.arena, PackPlace, count);
    uint32_t limit = ROWS, least = least_rows(shapes, count), rows;
    bool fits = false;
    for (PackOrder order = 0; order < order_count(count) && limit >= MAX(least, 1); order++) {
        if (!try_order(shapes, count, order, limit, found, &rows))
            continue;
        fits = true;
        if (count)
            memcpy(places, found, count * sizeof *places);
        *height = height_of(rows);
        limit = (*height - MIN(*height, TILE_HEIGHT_STEP)) / PACK_CELL; // a step less
    }
    scratch_end(scratch);
    return fits;
}
