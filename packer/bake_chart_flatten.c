// bake_chart_flatten.c: charts of triangles that face about the same way, seen from there.
//
// Grown from the largest triangle left, always by the neighbour that faces most as the chart
// does; what lies over something else, seen from there, is left for the next round. Every round
// places at least one triangle of each chart, so rounds end.

#include "packer/bake_chart_parts.h"
#include "packer/bake_heap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Cosines between what a triangle and its chart face.
static const float GROWN_MIN = 0.64f;  // 50 degrees
static const float MERGED_MIN = 0.35f; // small charts go where they can
static const float SEEN_MIN = 0.2f;    // flatter, and there is nothing to see of it

enum { SMALL_CHART = 12, ROTATIONS = 18, NO_TRIANGLE = -1 };
static const uint32_t NO_CHART = UINT32_MAX;

typedef struct Plane {
    uint32_t first, last, count; // a list: Flattening.next
    float sum[3], axis[3];
    double across[2][3]; // directions of the chart's x and y, as long as 64ths in a metre
    ChartBox box;
    int32_t origin[2]; // the texel that is the cover's (0, 0)
    Cover cover;
} Plane;

typedef struct Flattening {
    const ChartDesc *desc;
    Arena *temporary;
    ChartNormals normals;
    ChartStars stars;
    uint32_t *chart_of; // of a triangle, or NO_CHART
    uint32_t *next;     // in its chart, or UINT32_MAX
    int32_t (*at)[3][2];
    uint32_t *pending; // triangles without a chart, the largest first
    uint32_t pending_count;
    Heap heap;
    Plane *planes;
    uint32_t plane_count, plane_capacity;
    double owned_texels;
} Flattening;

static bool may_share(const ChartDesc *desc, uint32_t a, uint32_t b)
{
    return desc->texels_m[a] == desc->texels_m[b] &&
           (!desc->sources || desc->sources[a] == desc->sources[b]);
}

// ---- growing

static bool has_vertex(const uint32_t triangle[3], uint32_t vertex)
{
    return triangle[0] == vertex || triangle[1] == vertex || triangle[2] == vertex;
}

typedef void NeighbourFn(void *context, uint32_t triangle, uint32_t neighbour);

// Those that share an edge, and whatever must be the same in a chart.
static void each_neighbour(const Flattening *flat, uint32_t t, NeighbourFn *visit,
                           void *context)
{
    const uint32_t *corners = flat->desc->triangles[t];
    for (int i = 0; i < 3; i++) {
        uint32_t from = corners[i], to = corners[(i + 1) % 3];
        for (uint32_t s = flat->stars.firsts[from]; s < flat->stars.firsts[from + 1]; s++) {
            uint32_t other = flat->stars.corners[s] / 3;
            if (other != t && has_vertex(flat->desc->triangles[other], to) &&
                may_share(flat->desc, t, other))
                visit(context, t, other);
        }
    }
}

static void add_triangle(Flattening *flat, uint32_t chart, uint32_t t)
{
    Plane *plane = &flat->planes[chart];
    flat->chart_of[t] = chart;
    flat->next[t] = UINT32_MAX;
    if (plane->count++)
        flat->next[plane->last] = t;
    else
        plane->first = t;
    plane->last = t;
    for (int axis = 0; axis < 3; axis++)
        plane->sum[axis] += flat->normals.sums[t][axis];
    chart_unit(plane->sum, plane->axis);
}

// A triangle without area faces wherever it is wanted.
static bool faces(const Flattening *flat, uint32_t t, const float axis[3], float least)
{
    const float *unit = flat->normals.units[t];
    return chart_dot(unit, axis) >= least || chart_dot(unit, unit) < 0.5f;
}

static void offer(void *context, uint32_t triangle, uint32_t neighbour)
{
    Flattening *flat = context;
    const Plane *plane = &flat->planes[flat->chart_of[triangle]];
    if (flat->chart_of[neighbour] == NO_CHART && faces(flat, neighbour, plane->axis, GROWN_MIN))
        heap_set(&flat->heap, neighbour,
                 1.0f - chart_dot(flat->normals.units[neighbour], plane->axis));
}

static void grow(Flattening *flat, uint32_t seed)
{
    uint32_t chart = flat->plane_count;
    Plane *plane =
        ARENA_PUSH(flat->temporary, flat->planes, flat->plane_count, flat->plane_capacity);
    plane->axis[2] = 1;
    add_triangle(flat, chart, seed);
    each_neighbour(flat, seed, offer, flat);
    for (uint32_t t; (t = heap_first(&flat->heap)) != HEAP_NONE;) {
        heap_remove(&flat->heap, t);
        if (!faces(flat, t, flat->planes[chart].axis, GROWN_MIN))
            continue;
        add_triangle(flat, chart, t);
        each_neighbour(flat, t, offer, flat);
    }
}

// ---- merging

typedef struct Search {
    Flattening *flat;
    uint32_t chart, best;
    float most;
} Search;

static bool all_face(const Flattening *flat, uint32_t chart, const float axis[3], float least)
{
    for (uint32_t t = flat->planes[chart].first; t != UINT32_MAX; t = flat->next[t]) {
        if (!faces(flat, t, axis, least))
            return false;
    }
    return true;
}

static void consider(void *context, uint32_t triangle, uint32_t neighbour)
{
    (void)triangle;
    Search *search = context;
    const Flattening *flat = search->flat;
    uint32_t other = flat->chart_of[neighbour];
    if (other == NO_CHART || other == search->chart || other == search->best)
        return;
    const Plane *plane = &flat->planes[other];
    float alike = chart_dot(flat->planes[search->chart].axis, plane->axis);
    if (alike > search->most && all_face(flat, search->chart, plane->axis, MERGED_MIN)) {
        search->most = alike;
        search->best = other;
    }
}

static uint32_t find_host(Flattening *flat, uint32_t chart, uint32_t first_chart)
{
    Search search = {flat, chart, NO_CHART, -1};
    for (uint32_t t = flat->planes[chart].first; t != UINT32_MAX; t = flat->next[t])
        each_neighbour(flat, t, consider, &search);
    return search.best != NO_CHART && search.best >= first_chart ? search.best : NO_CHART;
}

static void merge_small(Flattening *flat, uint32_t first_chart)
{
    for (uint32_t size = 1; size <= SMALL_CHART; size++) {
        for (uint32_t i = first_chart; i < flat->plane_count; i++) {
            Plane *small = &flat->planes[i];
            uint32_t host = small->count == size ? find_host(flat, i, first_chart) : NO_CHART;
            if (host == NO_CHART)
                continue;
            for (uint32_t t = small->first, next; t != UINT32_MAX; t = next) {
                next = flat->next[t];
                add_triangle(flat, host, t);
            }
            *small = (Plane){.first = UINT32_MAX};
        }
    }
}

// ---- seen from there

typedef struct View {
    double x[3], y[3]; // unit length, across the axis
} View;

// Any two directions across a third (Duff et al., "Building an Orthonormal Basis, Revisited").
static View look_along(const float axis[3])
{
    double x = (double)axis[0], y = (double)axis[1], z = (double)axis[2];
    double sign = copysign(1.0, z), a = -1.0 / (sign + z), b = x * y * a;
    return (View){{1.0 + sign * x * x * a, sign * b, -sign * x}, {b, sign + y * y * a, -y}};
}

static double along(const double direction[3], const float point[3])
{
    return direction[0] * (double)point[0] + direction[1] * (double)point[1] +
           direction[2] * (double)point[2];
}

typedef struct Extent {
    double low[2], high[2];
} Extent;

static Extent measure(const Flattening *flat, const Plane *plane, const double across[2][3])
{
    Extent extent = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t]) {
        for (int i = 0; i < 6; i++) {
            const float *point = flat->desc->positions_m[flat->desc->triangles[t][i / 2]];
            double at = along(across[i % 2], point);
            extent.low[i % 2] = MIN(extent.low[i % 2], at);
            extent.high[i % 2] = MAX(extent.high[i % 2], at);
        }
    }
    return extent;
}

static void turn(const View *view, double angle, double across[2][3])
{
    for (int i = 0; i < 3; i++) {
        across[0][i] = cos(angle) * view->x[i] + sin(angle) * view->y[i];
        across[1][i] = cos(angle) * view->y[i] - sin(angle) * view->x[i];
    }
}

// The rotation with the smallest box, lying on its longer side.
static void choose_view(const Flattening *flat, Plane *plane)
{
    View view = look_along(plane->axis);
    double texel_m = (double)flat->desc->texels_m[plane->first], least = INFINITY;
    for (int i = 0; i < ROTATIONS; i++) {
        double across[2][3];
        double angle = i * (1.57079632679489662 / ROTATIONS);
        turn(&view, angle, across);
        Extent extent = measure(flat, plane, (const double(*)[3])across);
        double width = extent.high[0] - extent.low[0] + 5 * texel_m;
        double height = extent.high[1] - extent.low[1] + 5 * texel_m;
        if (!(width * height < least))
            continue;
        least = width * height;
        if (height > width)
            turn(&view, angle + 1.57079632679489662, across);
        memcpy(plane->across, across, sizeof plane->across);
    }
    for (int i = 0; i < 6; i++)
        plane->across[i / 3][i % 3] *= CHART_UNIT / texel_m;
}

// ---- placing

typedef bool IsKeptFn(Flattening *flat, Plane *plane, uint32_t triangle);

// Keeps the triangles that pass, at least one; the others wait for the next round. False if all
// were kept.
static bool sift(Flattening *flat, uint32_t chart, IsKeptFn *is_kept)
{
    Plane *plane = &flat->planes[chart];
    uint32_t first = plane->first, before = plane->count;
    plane->count = 0;
    for (uint32_t t = first, next; t != UINT32_MAX; t = next) {
        next = flat->next[t];
        flat->next[t] = UINT32_MAX;
        flat->chart_of[t] = NO_CHART;
        if (!is_kept(flat, plane, t))
            continue;
        flat->chart_of[t] = chart;
        if (plane->count++)
            flat->next[plane->last] = t;
        else
            plane->first = t;
        plane->last = t;
    }
    if (!plane->count) {
        plane->first = plane->last = first;
        plane->count = 1;
        flat->chart_of[first] = chart;
    }
    return plane->count < before;
}

static bool is_seen(Flattening *flat, Plane *plane, uint32_t triangle)
{
    return faces(flat, triangle, plane->axis, SEEN_MIN);
}

// Rounded to 64ths, the first row and column of middles as near as they may be.
static void place_corners(Flattening *flat, Plane *plane)
{
    Extent extent = measure(flat, plane, (const double(*)[3])plane->across);
    plane->box = chart_box_empty();
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t]) {
        for (int i = 0; i < 6; i++) {
            const float *point = flat->desc->positions_m[flat->desc->triangles[t][i / 2]];
            double at = along(plane->across[i % 2], point) - extent.low[i % 2];
            flat->at[t][i / 2][i % 2] = (int32_t)floor(MIN(at, 1e9) + 0.5) + CHART_UNIT / 2;
        }
        chart_box_add(&plane->box, (const int32_t(*)[2])flat->at[t]);
    }
}

static bool is_in_lower_half(Flattening *flat, Plane *plane, uint32_t triangle)
{
    const ChartBox *box = &plane->box;
    int axis = box->high[1] - box->low[1] > box->high[0] - box->low[0];
    const int32_t(*at)[2] = (const int32_t(*)[2])flat->at[triangle];
    int64_t sum = (int64_t)at[0][axis] + at[1][axis] + at[2][axis];
    return 2 * sum < 3 * ((int64_t)box->low[axis] + box->high[axis]);
}

static bool is_first(Flattening *flat, Plane *plane, uint32_t triangle)
{
    (void)flat, (void)triangle;
    return plane->count == 0;
}

// A single triangle that is wider than a chart may be gets wider texels.
static void scale_down(Flattening *flat, Plane *plane)
{
    const double room = (CHART_MAX_SIDE - 2 * CHART_GUTTER - 2) * CHART_UNIT;
    Extent extent = measure(flat, plane, (const double(*)[3])plane->across);
    double size = MAX(extent.high[0] - extent.low[0], extent.high[1] - extent.low[1]);
    for (int i = 0; i < 6; i++)
        plane->across[i / 3][i % 3] *= room / size;
    place_corners(flat, plane);
}

static bool finds_texels_free(Flattening *flat, Plane *plane, uint32_t triangle)
{
    float corners[3][2];
    chart_corners((const int32_t(*)[2])flat->at[triangle], plane->origin, corners);
    int32_t texels = cover_take(&plane->cover, (const float(*)[2])corners);
    flat->owned_texels += MAX(texels, 0);
    return texels >= 0;
}

static void find_box(const Flattening *flat, Plane *plane)
{
    plane->box = chart_box_empty();
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t])
        chart_box_add(&plane->box, (const int32_t(*)[2])flat->at[t]);
}

static void place(Flattening *flat, uint32_t chart)
{
    Plane *plane = &flat->planes[chart];
    sift(flat, chart, is_seen);
    if (plane->count == 1)
        chart_unit(flat->normals.units[plane->first], plane->axis);
    choose_view(flat, plane);
    place_corners(flat, plane);
    while (plane->count > 1 && chart_is_too_wide(&plane->box)) {
        if (!sift(flat, chart, is_in_lower_half))
            sift(flat, chart, is_first); // wide ones over one another
        place_corners(flat, plane);
    }
    if (chart_is_too_wide(&plane->box))
        scale_down(flat, plane);
    int32_t end[2];
    chart_claim(&plane->box, plane->origin, end);
    plane->cover =
        cover_make((const int32_t[2]){0, 0},
                   (const int32_t[2]){end[0] - plane->origin[0], end[1] - plane->origin[1]},
                   flat->temporary);
    if (sift(flat, chart, finds_texels_free))
        find_box(flat, plane);
}

// ---- rounds

typedef struct Ranked {
    float area;
    uint32_t triangle;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->area != right->area)
        return left->area > right->area ? -1 : 1;
    return left->triangle < right->triangle ? -1 : left->triangle > right->triangle;
}

static void rank_triangles(Flattening *flat)
{
    uint32_t count = flat->desc->triangle_count;
    Ranked *ranked = ARENA_ARRAY_RAW(flat->temporary, Ranked, count);
    for (uint32_t t = 0; t < count; t++)
        ranked[t] = (Ranked){chart_dot(flat->normals.sums[t], flat->normals.sums[t]), t};
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (uint32_t i = 0; i < count; i++)
        flat->pending[i] = ranked[i].triangle;
    flat->pending_count = count;
}

static void run_round(Flattening *flat)
{
    uint32_t first_chart = flat->plane_count, left = 0;
    for (uint32_t i = 0; i < flat->pending_count; i++) {
        if (flat->chart_of[flat->pending[i]] == NO_CHART)
            grow(flat, flat->pending[i]);
    }
    merge_small(flat, first_chart);
    for (uint32_t i = first_chart; i < flat->plane_count; i++) {
        if (flat->planes[i].count)
            place(flat, i);
    }
    for (uint32_t i = 0; i < flat->pending_count; i++) {
        if (flat->chart_of[flat->pending[i]] == NO_CHART)
            flat->pending[left++] = flat->pending[i];
    }
    flat->pending_count = left;
}

static void write_charts(const Flattening *flat, ChartWriter *writer)
{
    for (uint32_t i = 0; i < flat->plane_count; i++) {
        const Plane *plane = &flat->planes[i];
        if (!plane->count)
            continue;
        Chart *chart = chart_begin(writer, &plane->box, plane->axis);
        chart->source = flat->desc->sources ? flat->desc->sources[plane->first] : 0;
        for (int k = 0; k < 6; k++)
            chart->across[k / 3][k % 3] = (float)(plane->across[k / 3][k % 3] / CHART_UNIT);
        for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t])
            chart_put(writer, t, (const int32_t(*)[2])flat->at[t]);
    }
    writer->set->owned_texels = flat->owned_texels;
}

void bake_chart_flatten(const ChartDesc *desc, Arena *arena, ChartSet *out)
{
    *out = (ChartSet){0};
    if (!desc->triangle_count)
        return;
    Scratch scratch = scratch_begin(arena);
    uint32_t count = desc->triangle_count;
    Flattening flat = {.desc = desc,
                       .temporary = scratch.arena,
                       .normals = chart_normals(desc, scratch.arena),
                       .stars = chart_stars(desc, scratch.arena),
                       .chart_of = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count),
                       .next = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count),
                       .pending = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count),
                       .heap = heap_make(count, scratch.arena)};
    flat.at = arena_alloc_raw(scratch.arena, count * sizeof *flat.at, 16);
    memset(flat.chart_of, 0xff, count * sizeof *flat.chart_of);
    rank_triangles(&flat);
    while (flat.pending_count)
        run_round(&flat);
    ChartWriter writer = chart_writer(desc, arena, out);
    write_charts(&flat, &writer);
    scratch_end(scratch);
}
