// charts.c: the flat pieces of a mesh, and a rectangle of texels for each.

#include "data/charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TOUCHING_M 0.01f
#define SAME_PLANE_M 0.001f
#define SAME_PLANE_COS 0.9999f
#define MOST_EMPTY 1.6f // a chart is at most so many times as large as its pieces

typedef struct Finder {
    const ChartsMesh *mesh;
    uint32_t *roots; // by vertex: a vertex of the same flat piece; nearer to the first one
    Charts *charts;
    Arena *arena;
} Finder;

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static const float *at_vertex(const float *first, const ChartsMesh *mesh, uint32_t vertex)
{
    return (const float *)((const char *)first + (size_t)vertex * mesh->stride_bytes);
}

// ---- flat pieces

static uint32_t root_of(Finder *finder, uint32_t vertex)
{
    uint32_t *roots = finder->roots;
    while (roots[vertex] != vertex)
        vertex = roots[vertex] = roots[roots[vertex]];
    return vertex;
}

static void join_corners(Finder *finder, const ChartsPart *part)
{
    const uint32_t *indices = finder->mesh->indices + part->first_index;
    for (uint32_t i = 0; i + 2 < part->index_count; i += 3) {
        uint32_t a = root_of(finder, indices[i]);
        finder->roots[root_of(finder, indices[i + 1])] = a;
        finder->roots[root_of(finder, indices[i + 2])] = a;
    }
}

Chart charts_plane(const float position[3], const float normal[3])
{
    Chart chart = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    memcpy(chart.normal, normal, sizeof chart.normal);
    const float *n = chart.normal;
    chart.distance = dot(n, position);
    // Level lines of walls run along u.
    bool is_level = fabsf(n[1]) > 0.7f;
    float length = is_level ? hypotf(n[0], n[1]) : hypotf(n[0], n[2]);
    float u_level[3] = {n[1] / length, -n[0] / length, 0};
    float u_upright[3] = {n[2] / length, 0, -n[0] / length};
    memcpy(chart.u, is_level ? u_level : u_upright, sizeof chart.u);
    for (int k = 0; k < 3; k++) {
        int a = (k + 1) % 3, b = (k + 2) % 3;
        chart.v[k] = n[a] * chart.u[b] - n[b] * chart.u[a];
    }
    return chart;
}

static void widen(Chart *chart, const float position[3])
{
    float at[2] = {dot(chart->u, position), dot(chart->v, position)};
    for (int k = 0; k < 2; k++) {
        chart->low[k] = MIN(chart->low[k], at[k]);
        chart->high[k] = MAX(chart->high[k], at[k]);
    }
}

// Of two charts of one group.
static bool are_one(const Chart *a, const Chart *b)
{
    bool is_one = dot(a->normal, b->normal) > SAME_PLANE_COS &&
                  fabsf(a->distance - b->distance) < SAME_PLANE_M;
    for (int k = 0; k < 2; k++)
        is_one &= a->low[k] < b->high[k] + TOUCHING_M && b->low[k] < a->high[k] + TOUCHING_M;
    if (!is_one)
        return false;
    // Boards around a room would share a rectangle with all of its floor.
    float whole = 1;
    for (int k = 0; k < 2; k++)
        whole *= MAX(a->high[k], b->high[k]) - MIN(a->low[k], b->low[k]);
    return whole <= (a->area_m2 + b->area_m2) * MOST_EMPTY + 1e-4f;
}

// ---- pieces that are one

static uint32_t final_of(const uint32_t *merged, uint32_t chart)
{
    while (merged[chart] != chart)
        chart = merged[chart];
    return chart;
}

static int by_plane(const void *a, const void *b)
{
    const Chart *x = *(Chart *const *)a, *y = *(Chart *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->distance < y->distance || x->distance > y->distance)
        return x->distance < y->distance ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_number(const void *a, const void *b)
{
    const Chart *x = *(Chart *const *)a, *y = *(Chart *const *)b;
    return x < y ? -1 : x > y;
}

// One round: every chart takes in those after it that touch it. True if there were some: what
// grew may touch others now.
static bool merge_round(Chart *const *some, size_t count, const Chart *first, uint32_t *merged)
{
    bool has_merged = false;
    for (size_t i = 0; i < count; i++) {
        Chart *into = some[i];
        if (merged[into - first] != (uint32_t)(into - first))
            continue;
        for (size_t k = i + 1; k < count; k++) {
            const Chart *from = some[k];
            if (!are_one(into, from) || merged[from - first] != (uint32_t)(from - first))
                continue;
            for (int side = 0; side < 2; side++) {
                into->low[side] = MIN(into->low[side], from->low[side]);
                into->high[side] = MAX(into->high[side], from->high[side]);
            }
            into->area_m2 += from->area_m2;
            merged[from - first] = (uint32_t)(into - first);
            has_merged = true;
        }
    }
    return has_merged;
}

// Sorted by their planes, charts that may be one stand together: all of a room against all
// takes ten times as long.
static void merge_planes(Charts *charts, uint32_t *merged)
{
    Scratch scratch = scratch_begin(NULL);
    Chart **order = ARENA_ARRAY(scratch.arena, Chart *, (size_t)charts->count + 1);
    for (uint32_t i = 0; i < charts->count; i++)
        order[i] = &charts->charts[i];
    qsort(order, charts->count, sizeof(Chart *), by_plane);
    for (size_t from = 0, to = 0; from < charts->count; from = to) {
        for (to = from + 1; to < charts->count && order[to]->group == order[from]->group &&
                            order[to]->distance - order[to - 1]->distance < SAME_PLANE_M;)
            to++;
        qsort(order + from, to - from, sizeof(Chart *), by_number);
        while (merge_round(order + from, to - from, charts->charts, merged))
            continue;
    }
    scratch_end(scratch);
}

static void merge(Finder *finder)
{
    Charts *charts = finder->charts;
    Scratch scratch = scratch_begin(finder->arena);
    uint32_t *merged = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)charts->count + 1);
    uint32_t *names = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)charts->count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < charts->count; i++)
        merged[i] = i;
    for (uint32_t i = 0; i < charts->count; i++) {
        Chart *chart = &charts->charts[i];
        chart->area_m2 = (chart->high[0] - chart->low[0]) * (chart->high[1] - chart->low[1]);
    }
    merge_planes(charts, merged);
    for (uint32_t i = 0; i < charts->count; i++) {
        if (merged[i] != i)
            continue;
        charts->charts[count] = charts->charts[i];
        names[i] = count++;
    }
    for (uint32_t i = 0; i < finder->mesh->vertex_count; i++)
        if (charts->chart_of[i] != UINT32_MAX)
            charts->chart_of[i] = names[final_of(merged, charts->chart_of[i])];
    charts->count = count;
    scratch_end(scratch);
}

static void find_pieces(Finder *finder, const ChartsPart *part)
{
    const ChartsMesh *mesh = finder->mesh;
    Charts *charts = finder->charts;
    if (part->group == CHARTS_NONE)
        return;
    join_corners(finder, part);
    for (uint32_t i = 0; i < part->index_count; i++) {
        uint32_t vertex = mesh->indices[part->first_index + i];
        uint32_t root = root_of(finder, vertex);
        if (charts->chart_of[root] == UINT32_MAX) {
            charts->chart_of[root] = charts->count;
            Chart *chart =
                ARENA_PUSH(finder->arena, charts->charts, charts->count, charts->capacity);
            *chart = charts_plane(at_vertex(mesh->position, mesh, root),
                                  at_vertex(mesh->normal, mesh, root));
            chart->group = part->group;
        }
        charts->chart_of[vertex] = charts->chart_of[root];
        widen(&charts->charts[charts->chart_of[root]], at_vertex(mesh->position, mesh, vertex));
    }
}

void charts_find(const ChartsMesh *mesh, Arena *arena, Charts *out)
{
    *out = (Charts){.chart_of = ARENA_ARRAY(arena, uint32_t, (size_t)mesh->vertex_count + 1)};
    Scratch scratch = scratch_begin(arena);
    Finder finder = {mesh, ARENA_ARRAY(scratch.arena, uint32_t, (size_t)mesh->vertex_count + 1),
                     out, arena};
    for (uint32_t i = 0; i < mesh->vertex_count; i++) {
        finder.roots[i] = i;
        out->chart_of[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < mesh->part_count; i++)
        find_pieces(&finder, &mesh->parts[i]);
    if (!mesh->keeps_pieces)
        merge(&finder);
    scratch_end(scratch);
}

// ---- their places

static int higher_first(const void *a, const void *b)
{
    const Chart *x = *(Chart *const *)a, *y = *(Chart *const *)b;
    if (x->size[1] != y->size[1])
        return y->size[1] - x->size[1];
    return x < y ? -1 : x > y;
}

void charts_place(Charts *charts, int width)
{
    Scratch scratch = scratch_begin(NULL);
    Chart **order = ARENA_ARRAY(scratch.arena, Chart *, (size_t)charts->count + 1);
    for (uint32_t i = 0; i < charts->count; i++)
        order[i] = &charts->charts[i];
    qsort(order, charts->count, sizeof(Chart *), higher_first);
    int x = 0, y = 0, row = 0;
    for (uint32_t i = 0; i < charts->count; i++) {
        if (x + order[i]->size[0] > width) {
            x = 0;
            y += row;
            row = 0;
        }
        order[i]->x = x;
        order[i]->y = y;
        x += order[i]->size[0];
        row = MAX(row, order[i]->size[1]);
    }
    charts->height = y + row;
    scratch_end(scratch);
}

void charts_texel(const Chart *chart, const float position[3], float out[2])
{
    const float at[2] = {dot(chart->u, position), dot(chart->v, position)};
    const int corner[2] = {chart->x, chart->y};
    for (int k = 0; k < 2; k++) {
        float size = MAX(chart->high[k] - chart->low[k], 1e-6f);
        float inner = (float)(chart->size[k] - 2 * CHARTS_BORDER - 1);
        out[k] =
            (float)(corner[k] + CHARTS_BORDER) + 0.5f + (at[k] - chart->low[k]) / size * inner;
    }
}

void charts_point(const Chart *chart, const float texel[2], float inset_m, float out[3])
{
    float at[2];
    for (int k = 0; k < 2; k++) {
        float size = chart->high[k] - chart->low[k], inset = MIN(inset_m, size * 0.1f);
        float inner = MAX((float)(chart->size[k] - 2 * CHARTS_BORDER - 1), 1.0f);
        float along = chart->low[k] + (texel[k] - (float)CHARTS_BORDER - 0.5f) / inner * size;
        at[k] = CLAMP(along, chart->low[k] + inset, chart->high[k] - inset);
    }
    for (int k = 0; k < 3; k++)
        out[k] = chart->normal[k] * chart->distance + chart->u[k] * at[0] + chart->v[k] * at[1];
}
