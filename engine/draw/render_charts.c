// render_charts.c: where the light on walls, floors and furniture is kept.
//
// What stands still is lit once, into a texture of the mesh, and again only when a lamp's
// shadows change. The texture's places are charts: flat pieces of the mesh, laid out side by
// side.
//
//   mesh                          texture of light
//    ____________                 +--------------+------+   A flat piece is all triangles of a
//   |\  ceiling  \                | ceiling      | wall |   part that hang together; pieces of
//   | \___________\     ->        |              |      |   one plane that touch are one chart,
//   |wall  wall   |               +----+----+----+      |   so that light has no seams in it.
//                                 | .. | .. |    |      |
//
// Around a chart lies one more texel than it needs, so that filtering stays inside it.

#include "draw/render_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BORDER = 1, WIDTH = 1024, LEAST_HEIGHT = 256, MOST_HEIGHT = 2048 };

#define COARSEST_SCALE 64.0f

#define TOUCHING_M 0.01f
#define FINEST_TEXEL_M 0.004f
#define COARSEST_TEXEL_M 0.05f
#define TEXELS_ACROSS 96.0f // of a piece, unless that is finer or coarser than the above
#define INSET_M \
    0.012f // light is asked for this far inside a piece's edges: just there the
           // next wall's own shadow begins

typedef struct Chart {
    float normal[3], u[3], v[3], distance; // of the plane from the origin
    float low[2], high[2];                 // along u and v
    uint32_t part;
    int x, y, size[2]; // in texels, with the border
} Chart;

typedef struct LightUv {
    float at[2];
} LightUv;

typedef struct Charts {
    const RenderMeshDesc *desc;
    uint32_t *roots;    // by vertex: a vertex of the same flat piece; nearer to the first one
    uint32_t *chart_of; // by root, then by vertex
    Chart *charts;
    uint32_t count, capacity;
    Arena *arena;
    int height;
} Charts;

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// ---- flat pieces

static uint32_t root_of(Charts *charts, uint32_t vertex)
{
    while (charts->roots[vertex] != vertex)
        vertex = charts->roots[vertex] = charts->roots[charts->roots[vertex]];
    return vertex;
}

static void join_corners(Charts *charts, const RenderMeshPart *part)
{
    const uint32_t *indices = charts->desc->indices + part->first_index;
    for (uint32_t i = 0; i + 2 < part->index_count; i += 3) {
        uint32_t a = root_of(charts, indices[i]);
        charts->roots[root_of(charts, indices[i + 1])] = a;
        charts->roots[root_of(charts, indices[i + 2])] = a;
    }
}

static Chart plane_of(const RenderVertex *vertex, uint32_t part)
{
    Chart chart = {.part = part, .low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    memcpy(chart.normal, vertex->normal, sizeof chart.normal);
    const float *n = chart.normal;
    chart.distance = dot(n, vertex->position);
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

static bool are_one(const Chart *a, const Chart *b)
{
    bool is_one = a->part == b->part && dot(a->normal, b->normal) > 0.9999f &&
                  fabsf(a->distance - b->distance) < 0.001f;
    for (int k = 0; k < 2; k++)
        is_one &= a->low[k] < b->high[k] + TOUCHING_M && b->low[k] < a->high[k] + TOUCHING_M;
    return is_one;
}

// Makes `from` a part of `into`; the last chart takes its place.
static void merge(Charts *charts, uint32_t into, uint32_t from)
{
    Chart *chart = &charts->charts[into];
    const Chart *other = &charts->charts[from];
    for (int k = 0; k < 2; k++) {
        chart->low[k] = MIN(chart->low[k], other->low[k]);
        chart->high[k] = MAX(chart->high[k], other->high[k]);
    }
    charts->count--;
    charts->charts[from] = charts->charts[charts->count];
    for (uint32_t i = 0; i < charts->desc->vertex_count; i++) {
        if (charts->chart_of[i] == from)
            charts->chart_of[i] = into;
        else if (charts->chart_of[i] == charts->count)
            charts->chart_of[i] = from;
    }
}

static bool merge_some(Charts *charts, uint32_t first)
{
    for (uint32_t i = first; i < charts->count; i++) {
        for (uint32_t k = i + 1; k < charts->count; k++) {
            if (!are_one(&charts->charts[i], &charts->charts[k]))
                continue;
            merge(charts, i, k);
            return true;
        }
    }
    return false;
}

static void find_pieces(Charts *charts, uint32_t part)
{
    const RenderMeshDesc *desc = charts->desc;
    const RenderMeshPart *from = &desc->parts[part];
    uint32_t first = charts->count;
    if (from->material.kind == RENDER_EMISSIVE)
        return;
    join_corners(charts, from);
    for (uint32_t i = 0; i < from->index_count; i++) {
        uint32_t vertex = desc->indices[from->first_index + i], root = root_of(charts, vertex);
        if (charts->chart_of[root] == UINT32_MAX) {
            charts->chart_of[root] = charts->count;
            *ARENA_PUSH(charts->arena, charts->charts, charts->count, charts->capacity) =
                plane_of(&desc->vertices[root], part);
        }
        charts->chart_of[vertex] = charts->chart_of[root];
        widen(&charts->charts[charts->chart_of[root]], desc->vertices[vertex].position);
    }
    while (merge_some(charts, first))
        continue;
}

// ---- their places

static void measure(Chart *chart, float scale)
{
    float width = chart->high[0] - chart->low[0], height = chart->high[1] - chart->low[1];
    float texel =
        CLAMP(sqrtf(width * height) / TEXELS_ACROSS, FINEST_TEXEL_M, COARSEST_TEXEL_M);
    texel *= scale;
    float sides[2] = {width, height};
    for (int k = 0; k < 2; k++) {
        int count = MAX(2, (int)ceilf(sides[k] / texel) + 1);
        chart->size[k] = MIN(count, WIDTH - 2 * BORDER) + 2 * BORDER;
    }
}

static int higher_first(const void *a, const void *b)
{
    const Chart *x = *(Chart *const *)a, *y = *(Chart *const *)b;
    if (x->size[1] != y->size[1])
        return y->size[1] - x->size[1];
    return x < y ? -1 : x > y;
}

// Rows of charts, the highest first.
static void place(Charts *charts, float scale)
{
    Scratch scratch = scratch_begin(charts->arena);
    Chart **order = ARENA_ARRAY(scratch.arena, Chart *, charts->count);
    for (uint32_t i = 0; i < charts->count; i++) {
        order[i] = &charts->charts[i];
        measure(order[i], scale);
    }
    qsort(order, charts->count, sizeof(Chart *), higher_first);
    int x = 0, y = 0, row = 0;
    for (uint32_t i = 0; i < charts->count; i++) {
        if (x + order[i]->size[0] > WIDTH) {
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

// ---- for the card

// Texel centres of the innermost border run along the piece's edges.
static void light_uv(const Charts *charts, uint32_t vertex, float out[2])
{
    const Chart *chart = &charts->charts[charts->chart_of[vertex]];
    const float *position = charts->desc->vertices[vertex].position;
    const float at[2] = {dot(chart->u, position), dot(chart->v, position)};
    const int corner[2] = {chart->x, chart->y}, whole[2] = {WIDTH, charts->height};
    for (int k = 0; k < 2; k++) {
        float size = MAX(chart->high[k] - chart->low[k], 1e-6f);
        float inner = (float)(chart->size[k] - 2 * BORDER - 1);
        float texel =
            (float)(corner[k] + BORDER) + 0.5f + (at[k] - chart->low[k]) / size * inner;
        out[k] = texel / (float)whole[k];
    }
}

// The rectangle of a chart with its border, as two triangles: where in the world each corner
// is.
static void write_quad(const Charts *charts, const Chart *chart, RenderVertex *out)
{
    static const int corners[6][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 1}};
    const int corner[2] = {chart->x, chart->y}, whole[2] = {WIDTH, charts->height};
    for (int i = 0; i < 6; i++) {
        float at[2];
        memcpy(out[i].normal, chart->normal, sizeof out[i].normal);
        for (int k = 0; k < 2; k++) {
            float size = chart->high[k] - chart->low[k], inset = MIN(INSET_M, size * 0.1f);
            float step = (size - 2 * inset) / (float)(chart->size[k] - 2 * BORDER - 1);
            float texels = (float)(corners[i][k] * chart->size[k] - BORDER) - 0.5f;
            at[k] = chart->low[k] + inset + step * texels;
            out[i].uv_m[k] =
                (float)(corner[k] + corners[i][k] * chart->size[k]) / (float)whole[k];
        }
        for (int k = 0; k < 3; k++)
            out[i].position[k] =
                chart->normal[k] * chart->distance + chart->u[k] * at[0] + chart->v[k] * at[1];
    }
}

NODISCARD static Status make_objects(Render *render, const Charts *charts, MeshSlot *mesh)
{
    uint32_t vertex_count = charts->desc->vertex_count;
    LightUv *uvs = ARENA_ARRAY(charts->arena, LightUv, vertex_count);
    RenderVertex *quads = ARENA_ARRAY(charts->arena, RenderVertex, (size_t)charts->count * 6);
    for (uint32_t i = 0; i < vertex_count; i++) {
        if (charts->chart_of[i] != UINT32_MAX)
            light_uv(charts, i, uvs[i].at);
    }
    for (uint32_t i = 0; i < charts->count; i++) { // a part's charts lie side by side
        MeshPart *part = &mesh->parts[charts->charts[i].part];
        if (!part->quad_count)
            part->first_quad = i;
        part->quad_count++;
        write_quad(charts, &charts->charts[i], quads + (size_t)i * 6);
    }
    mesh->light_uvs =
        gpu_make_buffer(render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                                      .size_bytes = vertex_count * sizeof *uvs,
                                                      .data = uvs,
                                                      .label = charts->desc->label});
    mesh->quads = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                      .size_bytes = charts->count * 6 * sizeof *quads,
                                      .data = quads,
                                      .label = charts->desc->label});
    mesh->light_size[0] = WIDTH;
    mesh->light_size[1] = charts->height;
    return mesh->light_uvs.id && mesh->quads.id ? OK : fault_last()->status;
}

static int most_height(const Render *render)
{
    uint64_t rows = render->light_bytes / render->rooms_at_once / (WIDTH * CHARTS_TEXEL_BYTES);
    return (int)CLAMP(rows, LEAST_HEIGHT, MOST_HEIGHT);
}

Status charts_make(Render *render, const RenderMeshDesc *desc, MeshSlot *mesh)
{
    Scratch scratch = scratch_begin(NULL);
    Charts charts = {.desc = desc,
                     .arena = scratch.arena,
                     .roots = ARENA_ARRAY(scratch.arena, uint32_t, desc->vertex_count),
                     .chart_of = ARENA_ARRAY(scratch.arena, uint32_t, desc->vertex_count)};
    for (uint32_t i = 0; i < desc->vertex_count; i++) {
        charts.roots[i] = i;
        charts.chart_of[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < desc->part_count; i++)
        find_pieces(&charts, i);
    float scale = render->is_fine ? 0.5f : 1.3f;
    do {
        place(&charts, scale);
        scale *= 1.2f;
    } while (charts.height > most_height(render) && scale < COARSEST_SCALE);
    Status status = charts.count ? make_objects(render, &charts, mesh) : OK;
    scratch_end(scratch);
    return status;
}
