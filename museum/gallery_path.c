// gallery_path.c: the part of gallery.h that finds ways.

#include "museum/gallery_path.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELL_M 0.1
#define NEAR_WAY_M 1.5
#define PACE_M 0.05
#define SPARE_M 0.03 // ways keep this much further away from things than feet must

#define STAIRS_COST 1.25f // as long as they take
#define AVOIDED_COST 40.0f

enum { MAX_CELLS = 1 << 20, MAX_PACES = 60 };
enum { CELL_FREE = 1, CELL_STAIRS }; // of GalleryGrid.is_free

typedef struct Cell {
    float cost; // from the start
    int32_t from;
    bool is_done;
} Cell;

typedef struct HeapItem {
    float estimate;
    int32_t cell;
} HeapItem;

typedef struct Search {
    const GalleryGrid *grid;
    float stairs_cost; // of a cell on stairs
    Cell *cells;
    HeapItem *heap;
    uint32_t heap_count, heap_capacity;
    Arena *arena;
    int32_t goal;
} Search;

// ---- the grid

static void cell_middle(const GalleryGrid *grid, int32_t cell, double out[2])
{
    out[0] = grid->low[0] + (cell % grid->width + 0.5) * grid->cell_m;
    out[1] = grid->low[1] + (cell / grid->width + 0.5) * grid->cell_m;
}

// -1 outside the grid.
static int32_t cell_at(const GalleryGrid *grid, const double spot[2])
{
    double x = floor((spot[0] - grid->low[0]) / grid->cell_m);
    double z = floor((spot[1] - grid->low[1]) / grid->cell_m);
    if (!(x >= 0 && z >= 0 && x < grid->width && z < grid->depth))
        return -1;
    return (int32_t)z * grid->width + (int32_t)x;
}

static void grow(double low[2], double high[2], double x, double z)
{
    low[0] = MIN(low[0], x);
    low[1] = MIN(low[1], z);
    high[0] = MAX(high[0], x);
    high[1] = MAX(high[1], z);
}

static void lay_out_grid(Gallery *gallery)
{
    double low[2] = {DBL_MAX, DBL_MAX}, high[2] = {-DBL_MAX, -DBL_MAX};
    for (uint32_t i = 0; i < gallery->wall_count; i++) {
        const GalleryWall *wall = &gallery->walls[i];
        grow(low, high, wall->a[0], wall->a[1]);
        grow(low, high, wall->b[0], wall->b[1]);
    }
    if (!gallery->wall_count)
        low[0] = low[1] = high[0] = high[1] = 0;
    double area = (high[0] - low[0]) * (high[1] - low[1]);
    GalleryGrid *grid = &gallery->grid;
    grid->cell_m = MAX(CELL_M, sqrt(area / MAX_CELLS));
    memcpy(grid->low, low, sizeof low);
    grid->width = (int32_t)((high[0] - low[0]) / grid->cell_m) + 1;
    grid->depth = (int32_t)((high[1] - low[1]) / grid->cell_m) + 1;
}

typedef struct Span {
    int32_t low[2], high[2]; // cells, both ends belong to it
} Span;

static Span span_of(const GalleryGrid *grid, const double low[2], const double high[2])
{
    int32_t size[2] = {grid->width, grid->depth};
    Span span;
    for (int i = 0; i < 2; i++) {
        double from = floor((low[i] - grid->low[i]) / grid->cell_m);
        double to = floor((high[i] - grid->low[i]) / grid->cell_m);
        span.low[i] = (int32_t)CLAMP(from, 0, size[i] - 1);
        span.high[i] = (int32_t)CLAMP(to, 0, size[i] - 1);
    }
    return span;
}

// Sets every cell of a span by what gallery_is_inside or is_clear says of its middle.
static void mark_inside(Gallery *gallery, Span span)
{
    GalleryGrid *grid = &gallery->grid;
    for (int32_t z = span.low[1]; z <= span.high[1]; z++) {
        for (int32_t x = span.low[0]; x <= span.high[0]; x++) {
            int32_t cell = z * grid->width + x;
            double middle[2];
            cell_middle(grid, cell, middle);
            if (!grid->is_free[cell])
                grid->is_free[cell] = gallery_is_inside(gallery, middle);
        }
    }
}

static void mark_wall(GalleryGrid *grid, const GalleryWall *wall)
{
    double reach = GALLERY_RADIUS_M + SPARE_M;
    double low[2], high[2];
    for (int i = 0; i < 2; i++) {
        low[i] = MIN(wall->a[i], wall->b[i]) - reach;
        high[i] = MAX(wall->a[i], wall->b[i]) + reach;
    }
    Span span = span_of(grid, low, high);
    double edge[2] = {wall->b[0] - wall->a[0], wall->b[1] - wall->a[1]};
    double square = edge[0] * edge[0] + edge[1] * edge[1];
    for (int32_t z = span.low[1]; z <= span.high[1]; z++) {
        for (int32_t x = span.low[0]; x <= span.high[0]; x++) {
            double at[2];
            cell_middle(grid, z * grid->width + x, at);
            double to[2] = {at[0] - wall->a[0], at[1] - wall->a[1]};
            double t = CLAMP((to[0] * edge[0] + to[1] * edge[1]) / square, 0, 1);
            if (hypot(to[0] - t * edge[0], to[1] - t * edge[1]) < reach)
                grid->is_free[z * grid->width + x] = 0;
        }
    }
}

static void mark_box(GalleryGrid *grid, const GalleryBox *box)
{
    double reach = GALLERY_RADIUS_M + SPARE_M;
    double far = hypot(box->half[0], box->half[1]) + reach;
    Span span = span_of(grid, (double[2]){box->center[0] - far, box->center[1] - far},
                        (double[2]){box->center[0] + far, box->center[1] + far});
    for (int32_t z = span.low[1]; z <= span.high[1]; z++) {
        for (int32_t x = span.low[0]; x <= span.high[0]; x++) {
            double at[2];
            cell_middle(grid, z * grid->width + x, at);
            double dx = at[0] - box->center[0], dz = at[1] - box->center[1];
            double past_x = fabs(dx * box->cos_yaw - dz * box->sin_yaw) - box->half[0];
            double past_z = fabs(dx * box->sin_yaw + dz * box->cos_yaw) - box->half[1];
            if (hypot(MAX(past_x, 0), MAX(past_z, 0)) < reach)
                grid->is_free[z * grid->width + x] = 0;
        }
    }
}

static void mark_stairs(Gallery *gallery, const PlanFlight *flight)
{
    GalleryGrid *grid = &gallery->grid;
    double far = hypot((double)flight->size_m[0], (double)flight->size_m[1]) / 2;
    double x = (double)flight->position[0], z = (double)flight->position[1];
    Span span = span_of(grid, (double[2]){x - far, z - far}, (double[2]){x + far, z + far});
    for (int32_t row = span.low[1]; row <= span.high[1]; row++) {
        for (int32_t column = span.low[0]; column <= span.high[0]; column++) {
            double at[2];
            int32_t cell = row * grid->width + column;
            cell_middle(grid, cell, at);
            if (grid->is_free[cell] && gallery_is_on_stairs(gallery, at))
                grid->is_free[cell] = CELL_STAIRS;
        }
    }
}

void gallery_make_grid(Gallery *gallery, Arena *arena)
{
    lay_out_grid(gallery);
    GalleryGrid *grid = &gallery->grid;
    grid->is_free = arena_alloc(arena, (size_t)grid->width * (size_t)grid->depth, 1);
    mark_inside(gallery, (Span){{0, 0}, {grid->width - 1, grid->depth - 1}});
    for (uint32_t i = 0; i < gallery->wall_count; i++)
        mark_wall(grid, &gallery->walls[i]);
    for (uint32_t i = 0; i < gallery->box_count; i++)
        mark_box(grid, &gallery->boxes[i]);
    for (uint32_t i = 0; i < gallery->plan->flight_count; i++)
        if (gallery->plan->flights[i].kind == PLAN_STAIRS)
            mark_stairs(gallery, &gallery->plan->flights[i]);
}

static int32_t nearest_free_cell(const GalleryGrid *grid, const double spot[2])
{
    int32_t cell = cell_at(grid, spot), found = -1;
    if (cell >= 0 && grid->is_free[cell])
        return cell;
    double best = DBL_MAX;
    for (int32_t i = 0; i < grid->width * grid->depth; i++) {
        double middle[2];
        if (!grid->is_free[i])
            continue;
        cell_middle(grid, i, middle);
        double distance = hypot(middle[0] - spot[0], middle[1] - spot[1]);
        if (distance < best) {
            best = distance;
            found = i;
        }
    }
    return found;
}

bool gallery_nearest_free(const Gallery *gallery, const double spot[2], double out[2])
{
    int32_t cell = nearest_free_cell(&gallery->grid, spot);
    if (cell < 0)
        return false;
    cell_middle(&gallery->grid, cell, out);
    return true;
}

// Whether who stands there and goes towards another spot, sliding along what is in the way,
// gets to it.
static bool leads_to(const Gallery *gallery, const double from[2], const double to[2])
{
    double at[2] = {from[0], from[1]};
    for (int i = 0; i < MAX_PACES; i++) {
        double left[2] = {to[0] - at[0], to[1] - at[1]}, next[2];
        double distance = hypot(left[0], left[1]), part = MIN(1, PACE_M / MAX(distance, 1e-9));
        if (distance < 1e-4)
            return true;
        gallery_move(gallery, at, (double[2]){left[0] * part, left[1] * part}, next);
        if (hypot(next[0] - at[0], next[1] - at[1]) < PACE_M * 1e-3)
            return false;
        memcpy(at, next, sizeof at);
    }
    return false;
}

// Where a way may begin: the nearest free cell that one gets to. Between things that stand
// close together the nearest of all may be on their other side.
static int32_t nearest_way(const Gallery *gallery, const double spot[2])
{
    const GalleryGrid *grid = &gallery->grid;
    Span span = span_of(grid, (double[2]){spot[0] - NEAR_WAY_M, spot[1] - NEAR_WAY_M},
                        (double[2]){spot[0] + NEAR_WAY_M, spot[1] + NEAR_WAY_M});
    int32_t cell = cell_at(grid, spot), found = -1;
    if (cell >= 0 && grid->is_free[cell])
        return cell;
    double best = DBL_MAX;
    for (int32_t z = span.low[1]; z <= span.high[1]; z++) {
        for (int32_t x = span.low[0]; x <= span.high[0]; x++) {
            double middle[2];
            int32_t at = z * grid->width + x;
            cell_middle(grid, at, middle);
            double distance = hypot(middle[0] - spot[0], middle[1] - spot[1]);
            if (!grid->is_free[at] || distance >= best || !leads_to(gallery, spot, middle))
                continue;
            best = distance;
            found = at;
        }
    }
    return found >= 0 ? found : nearest_free_cell(grid, spot);
}

// ---- A*

static void heap_push(Search *search, float estimate, int32_t cell)
{
    *ARENA_PUSH(search->arena, search->heap, search->heap_count, search->heap_capacity) =
        (HeapItem){estimate, cell};
    HeapItem *heap = search->heap;
    for (uint32_t at = search->heap_count - 1; at > 0;) {
        uint32_t up = (at - 1) / 2;
        if (heap[up].estimate <= heap[at].estimate)
            break;
        HeapItem item = heap[up];
        heap[up] = heap[at];
        heap[at] = item;
        at = up;
    }
}

static int32_t heap_pop(Search *search)
{
    HeapItem *heap = search->heap;
    int32_t cell = heap[0].cell;
    heap[0] = heap[--search->heap_count];
    for (uint32_t at = 0;;) {
        uint32_t least = at;
        for (uint32_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            if (child < search->heap_count && heap[child].estimate < heap[least].estimate)
                least = child;
        }
        if (least == at)
            return cell;
        HeapItem item = heap[least];
        heap[least] = heap[at];
        heap[at] = item;
        at = least;
    }
}

// Never more than the true way on the grid: eight directions.
static float guess(const Search *search, int32_t cell)
{
    int32_t width = search->grid->width;
    float x = (float)abs(cell % width - search->goal % width);
    float z = (float)abs(cell / width - search->goal / width);
    return MAX(x, z) + 0.41421356f * MIN(x, z);
}

static void visit_neighbours(Search *search, int32_t cell)
{
    const GalleryGrid *grid = search->grid;
    int32_t x = cell % grid->width, z = cell / grid->width;
    for (int32_t dz = -1; dz <= 1; dz++) {
        for (int32_t dx = -1; dx <= 1; dx++) {
            int32_t nx = x + dx, nz = z + dz, next = nz * grid->width + nx;
            if ((!dx && !dz) || nx < 0 || nz < 0 || nx >= grid->width || nz >= grid->depth ||
                !grid->is_free[next] || search->cells[next].is_done)
                continue;
            // Around a corner, not across it.
            if (dx && dz &&
                (!grid->is_free[z * grid->width + nx] || !grid->is_free[nz * grid->width + x]))
                continue;
            float slow = grid->is_free[next] == CELL_STAIRS ? search->stairs_cost : 1;
            float cost = search->cells[cell].cost + (dx && dz ? 1.41421356f : 1.0f) * slow;
            Cell *to = &search->cells[next];
            if (to->from >= 0 && to->cost <= cost)
                continue;
            *to = (Cell){.cost = cost, .from = cell};
            heap_push(search, cost + guess(search, next), next);
        }
    }
}

static bool search_way(Search *search, int32_t start)
{
    size_t count = (size_t)search->grid->width * (size_t)search->grid->depth;
    search->cells = ARENA_ARRAY_RAW(search->arena, Cell, count);
    for (size_t i = 0; i < count; i++)
        search->cells[i] = (Cell){.from = -1};
    search->cells[start].from = start;
    heap_push(search, guess(search, start), start);
    while (search->heap_count) {
        int32_t cell = heap_pop(search);
        if (cell == search->goal)
            return true;
        if (search->cells[cell].is_done)
            continue;
        search->cells[cell].is_done = true;
        visit_neighbours(search, cell);
    }
    return false;
}

// ---- cutting corners

// Straight ways lead over stairs only where those are not to be avoided.
static bool can_walk(const Search *search, const double from[2], const double to[2])
{
    const GalleryGrid *grid = search->grid;
    int most = search->stairs_cost < AVOIDED_COST ? CELL_STAIRS : CELL_FREE;
    double length = hypot(to[0] - from[0], to[1] - from[1]);
    int steps = (int)(length / (grid->cell_m * 0.3)) + 1;
    for (int i = 0; i <= steps; i++) {
        double t = (double)i / steps;
        double spot[2] = {from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t};
        int32_t cell = cell_at(grid, spot);
        if (cell < 0 || !grid->is_free[cell] || grid->is_free[cell] > most)
            return false;
    }
    return true;
}

// From every corner the farthest one that can be walked to directly. `spots` is overwritten;
// returns how many are left.
static uint32_t cut_corners(const Search *search, const double from[2], double (*spots)[2],
                            uint32_t count)
{
    double at[2] = {from[0], from[1]};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count;) {
        uint32_t far = i;
        for (uint32_t j = i + 1; j < count; j++) {
            if (can_walk(search, at, spots[j]))
                far = j;
            else if (j > far + 40) // four metres of blocked sight: nothing will open again
                break;
        }
        memcpy(at, spots[far], sizeof at);
        memcpy(spots[kept++], at, sizeof at);
        i = far + 1;
    }
    return kept;
}

NODISCARD static Status find_path(const Gallery *gallery, const double from[2],
                                  const double to[2], Search search, double (**out)[2],
                                  uint32_t *out_count)
{
    Arena *arena = search.arena;
    const GalleryGrid *grid = &gallery->grid;
    int32_t start = nearest_way(gallery, from), goal = nearest_way(gallery, to);
    if (start < 0 || goal < 0)
        return FAIL(ERR_NOT_FOUND, "nowhere in the gallery is room to stand");
    Scratch scratch = scratch_begin(arena);
    search.grid = grid;
    search.arena = scratch.arena;
    search.goal = goal;
    if (!search_way(&search, start)) {
        scratch_end(scratch);
        return FAIL(ERR_NOT_FOUND, "no way leads from %.2f,%.2f to %.2f,%.2f", from[0], from[1],
                    to[0], to[1]);
    }
    uint32_t count = 1;
    for (int32_t cell = goal; cell != start; cell = search.cells[cell].from)
        count++;
    double(*spots)[2] = arena_alloc(arena, arena_size_of(sizeof *spots, count + 1), 8);
    uint32_t at = count;
    for (int32_t cell = goal; at > 0; cell = search.cells[cell].from)
        cell_middle(grid, cell, spots[--at]);
    // The goal itself instead of its cell's middle, where one gets there.
    if (gallery_is_free(gallery, to) && leads_to(gallery, spots[count - 1], to))
        memcpy(spots[count - 1], to, 2 * sizeof(double));
    *out = spots;
    *out_count = cut_corners(&search, from, spots, count);
    scratch_end(scratch);
    return OK;
}

NODISCARD Status gallery_find_path(const Gallery *gallery, const double from[2],
                                   const double to[2], Arena *arena, double (**out)[2],
                                   uint32_t *out_count)
{
    return find_path(gallery, from, to, (Search){.arena = arena, .stairs_cost = STAIRS_COST},
                     out, out_count);
}

NODISCARD Status gallery_find_ramps(const Gallery *gallery, const double from[2],
                                    const double to[2], Arena *arena, double (**out)[2],
                                    uint32_t *out_count)
{
    return find_path(gallery, from, to, (Search){.arena = arena, .stairs_cost = AVOIDED_COST},
                     out, out_count);
}
