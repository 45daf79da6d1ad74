// bake_chart_flatten.c: charts of triangles that face about the same way, seen from there.
//
// Grown from the largest triangle left, always by the neighbour that faces most as the chart
// does; what lies over something else, seen from there, is left for the next round. Every round
// places at least one triangle of each chart, so rounds end. At last small charts go into those
// beside them, wherever their texels are free there.

#include "packer/bake_chart_plane.h"

#include <stdlib.h>
#include <string.h>

// Cosines between what a triangle and its chart face.
static const float GROWN_MIN = 0.64f;  // 50 degrees
static const float MERGED_MIN = 0.35f; // small charts go where they can

// ---- growing

static void add_triangle(Flattening *flat, uint32_t chart, uint32_t t)
{
    Plane *plane = &flat->planes[chart];
    plane_append(flat, chart, t);
    for (int axis = 0; axis < 3; axis++)
        plane->sum[axis] += flat->normals.sums[t][axis];
    chart_unit(plane->sum, plane->axis);
}

static void offer(void *context, uint32_t triangle, uint32_t neighbour)
{
    Flattening *flat = context;
    const Plane *plane = &flat->planes[flat->chart_of[triangle]];
    if (flat->chart_of[neighbour] == NO_CHART &&
        plane_faces(flat, neighbour, plane->axis, GROWN_MIN))
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
    plane_each_neighbour(flat, seed, offer, flat);
    for (uint32_t t; (t = heap_first(&flat->heap)) != HEAP_NONE;) {
        heap_remove(&flat->heap, t);
        if (!plane_faces(flat, t, flat->planes[chart].axis, GROWN_MIN))
            continue;
        add_triangle(flat, chart, t);
        plane_each_neighbour(flat, t, offer, flat);
    }
}

// ---- merging

typedef struct Search {
    Flattening *flat;
    uint32_t chart, first_chart, best;
    float most;
} Search;

static bool all_face(const Flattening *flat, uint32_t chart, const float axis[3])
{
    for (uint32_t t = flat->planes[chart].first; t != UINT32_MAX; t = flat->next[t]) {
        if (!plane_faces(flat, t, axis, MERGED_MIN))
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
    if (other == NO_CHART || other == search->chart || other == search->best ||
        other < search->first_chart)
        return;
    const Plane *a = &flat->planes[search->chart], *b = &flat->planes[other];
    float alike = chart_dot(a->axis, b->axis);
    if (alike <= search->most)
        return;
    float sum[3], axis[3];
    for (int i = 0; i < 3; i++)
        sum[i] = a->sum[i] + b->sum[i];
    if (chart_unit(sum, axis) && all_face(flat, search->chart, axis) &&
        all_face(flat, other, axis)) {
        search->most = alike;
        search->best = other;
    }
}

static uint32_t find_host(Flattening *flat, uint32_t chart, uint32_t first_chart)
{
    Search search = {flat, chart, first_chart, NO_CHART, -1};
    for (uint32_t t = flat->planes[chart].first; t != UINT32_MAX; t = flat->next[t])
        plane_each_neighbour(flat, t, consider, &search);
    return search.best;
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
            plane_place(flat, i);
    }
    for (uint32_t i = 0; i < flat->pending_count; i++) {
        if (flat->chart_of[flat->pending[i]] == NO_CHART)
            flat->pending[left++] = flat->pending[i];
    }
    flat->pending_count = left;
}

// ---- what is still small

enum { MAX_HOSTS = 8 };

typedef struct Hosts {
    const Flattening *flat;
    uint32_t small, count, charts[MAX_HOSTS];
} Hosts;

static float likeness(const Hosts *hosts, uint32_t chart)
{
    return chart_dot(hosts->flat->planes[hosts->small].axis, hosts->flat->planes[chart].axis);
}

// The one that faces most as the small chart does comes first.
static void add_host(void *context, uint32_t triangle, uint32_t neighbour)
{
    (void)triangle;
    Hosts *hosts = context;
    uint32_t chart = hosts->flat->chart_of[neighbour], at = 0;
    if (chart == hosts->small)
        return;
    while (at < hosts->count && hosts->charts[at] != chart)
        at++;
    if (at < hosts->count || at == MAX_HOSTS)
        return;
    hosts->count++;
    for (; at > 0 && likeness(hosts, chart) > likeness(hosts, hosts->charts[at - 1]); at--)
        hosts->charts[at] = hosts->charts[at - 1];
    hosts->charts[at] = chart;
}

static void absorb_small(Flattening *flat)
{
    for (uint32_t size = 1; size <= LARGEST_GUEST; size++) {
        for (uint32_t i = 0; i < flat->plane_count; i++) {
            if (flat->planes[i].count != size)
                continue;
            Hosts hosts = {flat, .small = i};
            for (uint32_t t = flat->planes[i].first; t != UINT32_MAX; t = flat->next[t])
                plane_each_neighbour(flat, t, add_host, &hosts);
            for (uint32_t h = 0; h < hosts.count; h++) {
                if (plane_absorb(flat, hosts.charts[h], i))
                    break;
            }
        }
    }
}

// ---- results

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
        writer->set->owned_texels += plane->owned_texels;
    }
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
    absorb_small(&flat);
    ChartWriter writer = chart_writer(desc, arena, out);
    write_charts(&flat, &writer);
    scratch_end(scratch);
}
