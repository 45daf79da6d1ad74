// unwrap.c: texture coordinates for a mesh that has none.

#include "bench/unwrap.h"

#include "bench/known.h"
#include "io/thread.h"
#include "packer/bake_split.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GUTTER = 2 };

static const float FOLDED = 0.35f; // cosine to a chart's plane from which a triangle lies in it

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const float a[3], const float b[3], float out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

static float normalize(float v[3])
{
    float size = sqrtf(dot(v, v));
    for (int k = 0; k < 3 && size > 0; k++)
        v[k] /= size;
    return size;
}

// As long as twice its area.
static void triangle_normal(const ReliefMesh *mesh, uint32_t triangle, float out[3])
{
    const uint32_t *v = mesh->triangles[triangle];
    float a[3], b[3];
    for (int k = 0; k < 3; k++) {
        a[k] = mesh->positions[v[1]][k] - mesh->positions[v[0]][k];
        b[k] = mesh->positions[v[2]][k] - mesh->positions[v[0]][k];
    }
    cross(a, b, out);
}

// ---- charts: patches without those of their triangles that face elsewhere

typedef struct Charter {
    const ReliefMesh *mesh;
    Arena *arena;
    uint32_t *order; // triangles, chart after chart
    UnwrapChart *charts;
    uint32_t chart_count, chart_capacity;
} Charter;

static void mean_normal(const Charter *charter, uint32_t first, uint32_t count, float out[3])
{
    memset(out, 0, 3 * sizeof *out);
    for (uint32_t i = first; i < first + count; i++) {
        float normal[3];
        triangle_normal(charter->mesh, charter->order[i], normal);
        for (int k = 0; k < 3; k++)
            out[k] += normal[k];
    }
    if (normalize(out) <= 0)
        triangle_normal(charter->mesh, charter->order[first], out);
    if (normalize(out) <= 0)
        out[0] = 1;
}

// Along the patch's longest way, so that its rectangle is tight.
static void choose_frame(const Charter *charter, const float normal[3], UnwrapChart *chart)
{
    const ReliefMesh *mesh = charter->mesh;
    float u[3] = {0}, v[3], mean[2] = {0}, spread[3] = {0};
    u[fabsf(normal[0]) < 0.7f ? 0 : 1] = 1;
    float along = dot(u, normal);
    for (int k = 0; k < 3; k++)
        u[k] -= along * normal[k];
    normalize(u);
    cross(normal, u, v);
    uint32_t count = 3 * chart->count;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t triangle = charter->order[chart->first + i / 3];
            const float *at = mesh->positions[mesh->triangles[triangle][i % 3]];
            float x = dot(at, u) - mean[0], y = dot(at, v) - mean[1];
            if (pass == 0) {
                spread[0] += x;
                spread[1] += y;
                continue;
            }
            spread[0] += x * x;
            spread[1] += x * y;
            spread[2] += y * y;
        }
        if (pass == 0) {
            mean[0] = spread[0] / (float)count;
            mean[1] = spread[1] / (float)count;
            memset(spread, 0, sizeof spread);
        }
    }
    float turn = 0.5f * atan2f(2 * spread[1], spread[0] - spread[2]);
    for (int k = 0; k < 3; k++) {
        chart->right[k] = cosf(turn) * u[k] + sinf(turn) * v[k];
        chart->down[k] = -sinf(turn) * u[k] + cosf(turn) * v[k];
    }
}

static void measure_chart(const Charter *charter, UnwrapChart *chart)
{
    float low[2] = {FLT_MAX, FLT_MAX}, high[2] = {-FLT_MAX, -FLT_MAX};
    for (uint32_t i = 0; i < 3 * chart->count; i++) {
        uint32_t triangle = charter->order[chart->first + i / 3];
        const float *at = charter->mesh->positions[charter->mesh->triangles[triangle][i % 3]];
        float place[2] = {dot(at, chart->right), dot(at, chart->down)};
        for (int k = 0; k < 2; k++) {
            low[k] = MIN(low[k], place[k]);
            high[k] = MAX(high[k], place[k]);
        }
    }
    for (int k = 0; k < 2; k++) {
        chart->low_m[k] = low[k];
        chart->size_m[k] = high[k] - low[k];
    }
}

// Takes a chart off the patch after the other until nothing is left of it.
static void chart_patch(Charter *charter, uint32_t first, uint32_t count)
{
    while (count) {
        float mean[3], normal[3];
        mean_normal(charter, first, count, mean);
        uint32_t kept = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t triangle = charter->order[first + i];
            triangle_normal(charter->mesh, triangle, normal);
            if (dot(normal, mean) < FOLDED * sqrtf(dot(normal, normal)))
                continue;
            charter->order[first + i] = charter->order[first + kept];
            charter->order[first + kept++] = triangle;
        }
        if (!kept) { // they face everywhere: the first one alone
            kept = 1;
            triangle_normal(charter->mesh, charter->order[first], mean);
            normalize(mean);
        }
        UnwrapChart chart = {.first = first, .count = kept};
        choose_frame(charter, mean, &chart);
        measure_chart(charter, &chart);
        *ARENA_PUSH(charter->arena, charter->charts, charter->chart_count,
                    charter->chart_capacity) = chart;
        first += kept;
        count -= kept;
    }
}

// ---- packing: rows of rectangles, the highest first

static int by_height(const void *a, const void *b)
{
    const UnwrapChart *left = *(UnwrapChart *const *)a, *right = *(UnwrapChart *const *)b;
    if (left->size_m[1] != right->size_m[1])
        return left->size_m[1] < right->size_m[1] ? 1 : -1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static bool pack(UnwrapChart *const *charts, uint32_t count, uint32_t side, float texel_m)
{
    uint32_t x = 0, y = 0, row = 0;
    for (uint32_t i = 0; i < count; i++) {
        UnwrapChart *chart = charts[i];
        for (int k = 0; k < 2; k++) {
            float texels = ceilf(chart->size_m[k] / texel_m);
            if (texels > (float)side)
                return false;
            chart->size[k] = (uint32_t)texels + 1 + 2 * GUTTER;
        }
        if (x + chart->size[0] > side) {
            x = 0;
            y += row;
            row = 0;
        }
        if (x + chart->size[0] > side || y + chart->size[1] > side)
            return false;
        chart->at[0] = x;
        chart->at[1] = y;
        x += chart->size[0];
        row = MAX(row, chart->size[1]);
    }
    return true;
}

// The finest texels with which all charts fit; 0 if none do.
static float pack_finest(UnwrapChart *charts, uint32_t count, uint32_t side)
{
    Scratch scratch = scratch_begin(NULL);
    UnwrapChart **order = ARENA_ARRAY_RAW(scratch.arena, UnwrapChart *, count);
    double area = 0;
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &charts[i];
        area += (double)charts[i].size_m[0] * (double)charts[i].size_m[1];
    }
    qsort(order, count, sizeof *order, by_height);
    float fine = (float)sqrt(area) / (float)side, coarse = fine * 1000;
    if (!pack(order, count, side, coarse))
        coarse = 0;
    for (int i = 0; i < 24 && coarse > 0; i++) {
        float middle = sqrtf(fine * coarse);
        if (pack(order, count, side, middle))
            coarse = middle;
        else
            fine = middle;
    }
    if (coarse > 0 && !pack(order, count, side, coarse))
        coarse = 0;
    scratch_end(scratch);
    return coarse;
}

// ---- a mesh whose vertices belong to one chart each

typedef struct Builder {
    const ReliefMesh *from;
    Unwrap *out;
    uint32_t *names, *stamps; // a vertex of the mesh each: what it is called in this chart
    uint32_t stamp;
} Builder;

static Builder begin_mesh(const ReliefMesh *from, uint32_t most, Arena *arena, Unwrap *out)
{
    ReliefMesh *mesh = &out->mesh;
    mesh->positions = arena_alloc_raw(arena, arena_size_of(12, most), 16);
    mesh->normals = arena_alloc_raw(arena, arena_size_of(12, most), 16);
    mesh->triangles = arena_alloc_raw(arena, arena_size_of(12, from->triangle_count), 16);
    out->uvs = arena_alloc_raw(arena, arena_size_of(8, most), 16);
    return (Builder){.from = from,
                     .out = out,
                     .names = ARENA_ARRAY_RAW(arena, uint32_t, from->vertex_count),
                     .stamps = ARENA_ARRAY(arena, uint32_t, from->vertex_count)};
}

// The vertex in the chart of this stamp; sets *is_new where its uv is still missing.
static uint32_t take_vertex(Builder *builder, uint32_t vertex, bool *is_new)
{
    ReliefMesh *mesh = &builder->out->mesh;
    *is_new = builder->stamps[vertex] != builder->stamp;
    if (*is_new) {
        uint32_t name = mesh->vertex_count++;
        builder->stamps[vertex] = builder->stamp;
        builder->names[vertex] = name;
        memcpy(mesh->positions[name], builder->from->positions[vertex], 12);
        memcpy(mesh->normals[name], builder->from->normals[vertex], 12);
        if (normalize(mesh->normals[name]) <= 0)
            mesh->normals[name][1] = 1;
    }
    return builder->names[vertex];
}

static void chart_place(const Unwrap *unwrap, const UnwrapChart *chart, const float at[3],
                        float texels[2])
{
    texels[0] = (dot(at, chart->right) - chart->low_m[0]) / unwrap->texel_m;
    texels[1] = (dot(at, chart->down) - chart->low_m[1]) / unwrap->texel_m;
    for (int k = 0; k < 2; k++)
        texels[k] += (float)chart->at[k] + GUTTER + 0.5f;
}

static void build_chart(Builder *builder, const uint32_t *order, UnwrapChart *chart)
{
    Unwrap *out = builder->out;
    builder->stamp++;
    for (uint32_t i = 0; i < chart->count; i++) {
        uint32_t *triangle = out->mesh.triangles[out->mesh.triangle_count++];
        for (int corner = 0; corner < 3; corner++) {
            uint32_t v = builder->from->triangles[order[chart->first + i]][corner];
            bool is_new;
            triangle[corner] = take_vertex(builder, v, &is_new);
            if (!is_new)
                continue;
            float texels[2];
            chart_place(out, chart, builder->from->positions[v], texels);
            for (int k = 0; k < 2; k++)
                out->uvs[triangle[corner]][k] = texels[k] / (float)out->side;
        }
    }
}

NODISCARD Status unwrap_atlas(const ReliefMesh *mesh, uint32_t chart_count, uint32_t side,
                              Arena *arena, Unwrap *out)
{
    uint32_t wanted = CLAMP(chart_count, 1u, mesh->triangle_count);
    uint32_t most = (mesh->triangle_count + wanted / 2) / wanted;
    Arena temporary = {0};
    SplitPatches patches =
        bake_split(&(SplitDesc){.vertex_count = mesh->vertex_count,
                                .triangle_count = mesh->triangle_count,
                                .positions = (const float(*)[3])mesh->positions,
                                .triangles = (const uint32_t(*)[3])mesh->triangles,
                                .max_triangles = MAX(most, 1u),
                                .max_vertices = UINT32_MAX},
                   &temporary);
    Charter charter = {.mesh = mesh, .arena = arena, .order = patches.triangles};
    for (uint32_t i = 0; i < patches.count; i++)
        chart_patch(&charter, patches.firsts[i], patches.firsts[i + 1] - patches.firsts[i]);
    *out = (Unwrap){.side = side, .charts = charter.charts, .chart_count = charter.chart_count};
    out->texel_m = pack_finest(out->charts, out->chart_count, side);
    if (out->texel_m > 0) {
        Builder builder = begin_mesh(mesh, 3 * mesh->triangle_count, arena, out);
        for (uint32_t i = 0; i < out->chart_count; i++)
            build_chart(&builder, charter.order, &out->charts[i]);
    }
    arena_drop(&temporary);
    return out->texel_m > 0 ? OK
                            : FAIL(ERR_LIMIT, "%u charts do not fit into a picture of %u x %u",
                                   charter.chart_count, side, side);
}

// ---- projections

static void find_box(const ReliefMesh *mesh, float low[3], float high[3])
{
    for (int k = 0; k < 3; k++) {
        low[k] = FLT_MAX;
        high[k] = -FLT_MAX;
    }
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        for (int k = 0; k < 3; k++) {
            low[k] = MIN(low[k], mesh->positions[v][k]);
            high[k] = MAX(high[k], mesh->positions[v][k]);
        }
    }
}

// 0 to 5: the axis it faces most, and which way.
static int facing_side(const ReliefMesh *mesh, uint32_t triangle)
{
    float normal[3];
    triangle_normal(mesh, triangle, normal);
    int axis = fabsf(normal[1]) > fabsf(normal[0]) ? 1 : 0;
    axis = fabsf(normal[2]) > fabsf(normal[axis]) ? 2 : axis;
    return 2 * axis + (normal[axis] < 0);
}

Unwrap unwrap_project(const ReliefMesh *mesh, int sides, uint32_t side, Arena *arena)
{
    // In the picture: three columns and two rows of sides, or one that takes all of it.
    Unwrap out = {.side = side};
    float low[3], high[3], cell[2] = {(float)side, (float)side};
    find_box(mesh, low, high);
    cell[0] /= sides > 1 ? 3 : 1;
    cell[1] /= sides > 1 ? 2 : 1;
    for (int axis = sides > 1 ? 0 : 2; axis < 3; axis++) {
        int across = axis == 0 ? 2 : 0, down = axis == 1 ? 2 : 1;
        float texel_m = MAX((high[across] - low[across]) / (cell[0] - 2 * GUTTER),
                            (high[down] - low[down]) / (cell[1] - 2 * GUTTER));
        out.texel_m = MAX(out.texel_m, texel_m);
    }
    uint32_t most = MIN((uint32_t)sides * mesh->vertex_count, 3 * mesh->triangle_count);
    Builder builder = begin_mesh(mesh, most, arena, &out);
    for (int face = 0; face < sides; face++) {
        int axis = sides > 1 ? face / 2 : 2;
        int across = axis == 0 ? 2 : 0, down = axis == 1 ? 2 : 1;
        builder.stamp++;
        for (uint32_t t = 0; t < mesh->triangle_count; t++) {
            if (sides > 1 && facing_side(mesh, t) != face)
                continue;
            uint32_t *triangle = out.mesh.triangles[out.mesh.triangle_count++];
            for (int corner = 0; corner < 3; corner++) {
                uint32_t v = mesh->triangles[t][corner];
                const float *at = mesh->positions[v];
                bool is_new;
                triangle[corner] = take_vertex(&builder, v, &is_new);
                float *uv = out.uvs[triangle[corner]];
                uv[0] = (at[across] - low[across]) / out.texel_m + GUTTER;
                uv[1] = (high[down] - at[down]) / out.texel_m + GUTTER;
                uv[0] = (uv[0] + cell[0] * (float)(face % 3)) / (float)side;
                uv[1] = (uv[1] + cell[1] * (float)(face / 3)) / (float)side;
            }
        }
    }
    return out;
}

// ---- painting

typedef struct Painter {
    const Unwrap *unwrap;
    const uint32_t *firsts; // the first triangle of each chart in the new mesh
    uint8_t (*rgb)[3];
    uint8_t *marks;          // 0 nothing, 1 gutter, 2 surface
    uint64_t *used, *shared; // a chart each
} Painter;

enum { MARK_GUTTER = 1, MARK_SURFACE = 2 };

// Shares of a triangle's corners at a point of the picture; false where it has no area.
static bool find_shares(float texels[3][2], float x, float y, float shares[3])
{
    float area = (texels[1][0] - texels[0][0]) * (texels[2][1] - texels[0][1]) -
                 (texels[1][1] - texels[0][1]) * (texels[2][0] - texels[0][0]);
    if (fabsf(area) < 1e-9f)
        return false;
    for (int i = 0; i < 3; i++) {
        const float *a = texels[(i + 1) % 3], *b = texels[(i + 2) % 3];
        shares[i] = ((a[0] - x) * (b[1] - y) - (a[1] - y) * (b[0] - x)) / area;
    }
    return true;
}

static void paint_texel(const Painter *painter, uint32_t chart, const uint32_t v[3],
                        const float shares[3], size_t at)
{
    float place[3] = {0}, least = MIN(shares[0], MIN(shares[1], shares[2]));
    bool is_inside = least >= 0;
    if (is_inside && painter->marks[at] == MARK_SURFACE && least > 1e-3f)
        painter->shared[chart]++;
    if (!is_inside && painter->marks[at])
        return;
    if (is_inside && painter->marks[at] != MARK_SURFACE)
        painter->used[chart]++;
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            place[k] += shares[i] * painter->unwrap->mesh.positions[v[i]][k];
    }
    for (int k = 0; k < 3; k++)
        place[k] /= painter->unwrap->texel_m;
    known_place(place, painter->rgb[at]);
    painter->marks[at] = is_inside ? MARK_SURFACE : MARK_GUTTER;
}

static void paint_triangle(const Painter *painter, uint32_t chart, uint32_t triangle,
                           bool is_gutter)
{
    const Unwrap *unwrap = painter->unwrap;
    const uint32_t *v = unwrap->mesh.triangles[triangle];
    float texels[3][2], low[2] = {FLT_MAX, FLT_MAX}, high[2] = {0, 0};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 2; k++) {
            texels[i][k] = unwrap->uvs[v[i]][k] * (float)unwrap->side;
            low[k] = MIN(low[k], texels[i][k]);
            high[k] = MAX(high[k], texels[i][k]);
        }
    }
    // Neighbouring charts' texels are theirs.
    const UnwrapChart *own = &unwrap->charts[chart];
    uint32_t from[2], to[2];
    for (int k = 0; k < 2; k++) {
        float wider = is_gutter ? GUTTER + 0.5f : 0;
        from[k] = (uint32_t)MAX(low[k] - wider, (float)own->at[k]);
        to[k] = MIN((uint32_t)(high[k] + wider) + 1, own->at[k] + own->size[k]);
    }
    for (uint32_t y = from[1]; y < to[1]; y++) {
        for (uint32_t x = from[0]; x < to[0]; x++) {
            float shares[3];
            if (!find_shares(texels, (float)x + 0.5f, (float)y + 0.5f, shares))
                return;
            bool is_inside = shares[0] >= 0 && shares[1] >= 0 && shares[2] >= 0;
            if (is_inside != is_gutter)
                paint_texel(painter, chart, v, shares, (size_t)y * unwrap->side + x);
        }
    }
}

static Status paint_charts(void *context, size_t first, size_t count, int worker)
{
    const Painter *painter = context;
    (void)worker;
    for (size_t i = first; i < first + count; i++) {
        uint32_t from = painter->firsts[i], to = from + painter->unwrap->charts[i].count;
        for (uint32_t t = from; t < to; t++)
            paint_triangle(painter, (uint32_t)i, t, false);
        for (uint32_t t = from; t < to; t++)
            paint_triangle(painter, (uint32_t)i, t, true);
    }
    return OK;
}

NODISCARD Status unwrap_paint(const Unwrap *unwrap, Arena *arena, UnwrapPicture *out)
{
    size_t texels = (size_t)unwrap->side * unwrap->side;
    Arena temporary = {0};
    uint32_t *firsts = ARENA_ARRAY(&temporary, uint32_t, (size_t)unwrap->chart_count + 1);
    for (uint32_t i = 0; i < unwrap->chart_count; i++)
        firsts[i + 1] = firsts[i] + unwrap->charts[i].count;
    *out = (UnwrapPicture){.rgb = arena_alloc_raw(arena, arena_size_of(3, texels), 16)};
    memset(out->rgb, 128, texels * 3);
    Painter painter = {.unwrap = unwrap,
                       .firsts = firsts,
                       .rgb = out->rgb,
                       .marks = ARENA_ARRAY(&temporary, uint8_t, texels),
                       .used = ARENA_ARRAY(&temporary, uint64_t, unwrap->chart_count),
                       .shared = ARENA_ARRAY(&temporary, uint64_t, unwrap->chart_count)};
    Status status = parallel_for(&(ParallelDesc){
        .count = unwrap->chart_count, .grain = 64, .run = paint_charts, .context = &painter});
    for (uint32_t i = 0; i < unwrap->chart_count; i++) {
        out->used_texels += painter.used[i];
        out->shared_texels += painter.shared[i];
    }
    arena_drop(&temporary);
    return status;
}
