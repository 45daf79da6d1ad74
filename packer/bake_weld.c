// bake_weld.c: points of a scan that coincide become one, on one grid for the whole sculpture.

#include "packer/bake_weld.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

enum {
    STEPS_PER_MEAN_EDGE = 32,
    STEPS_PER_SHORT_EDGE = 4, // of the shortest twentieth
    MAX_REFINEMENT = 16,      // however short those are
    STEPS_PER_TEXEL = 16,     // a picture follows its corners: at four pixels a texel an eighth
    STEPS_PER_SIZE = 32768,   // at least, however coarse the scan: outlines under the lens
    EDGE_SAMPLES = 1 << 16,
    MAX_STEPS_FROM_ZERO = 1 << 23, // half of what floats count exactly
};

// ---- the grid

static float edge_length(const Scan *scan, uint32_t a, uint32_t b)
{
    const float *p = scan->positions[a], *q = scan->positions[b];
    float x = p[0] - q[0], y = p[1] - q[1], z = p[2] - q[2];
    return sqrtf(x * x + y * y + z * z);
}

static int compare_floats(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

// Of evenly chosen triangles.
static float choose_step(const Scan *scan)
{
    Scratch scratch = scratch_begin(NULL);
    float *lengths = ARENA_ARRAY_RAW(scratch.arena, float, EDGE_SAMPLES);
    uint32_t stride = scan->triangle_count / (EDGE_SAMPLES / 3) + 1;
    uint32_t count = 0;
    double sum = 0;
    for (uint32_t t = 0; t < scan->triangle_count; t += stride) {
        const uint32_t *corners = scan->triangles[t];
        for (int i = 0; i < 3; i++) {
            float length = edge_length(scan, corners[i], corners[(i + 1) % 3]);
            if (length > 0.0f)
                lengths[count++] = length;
            sum += (double)length;
        }
    }
    float step = 0.0f;
    if (count) {
        qsort(lengths, count, sizeof *lengths, compare_floats);
        float mean = (float)(sum / count);
        float wanted =
            MIN(mean / STEPS_PER_MEAN_EDGE, lengths[count / 20] / STEPS_PER_SHORT_EDGE);
        step = MAX(wanted, mean / (STEPS_PER_MEAN_EDGE * MAX_REFINEMENT));
    }
    scratch_end(scratch);
    return step;
}

BakeGrid bake_choose_grid(const Scan *scan, float texel_m)
{
    float low[3], high[3], furthest = 0.0f, size = 0.0f;
    scan_bounds(scan, low, high);
    for (int axis = 0; axis < 3; axis++) {
        furthest = MAX(furthest, MAX(fabsf(low[axis]), fabsf(high[axis])));
        size = MAX(size, high[axis] - low[axis]);
    }
    float step = MIN(choose_step(scan), size / STEPS_PER_SIZE);
    if (texel_m > 0.0f)
        step = MIN(step, texel_m / STEPS_PER_TEXEL);
    step = MAX(step, furthest / MAX_STEPS_FROM_ZERO);
    if (!(step > 0.0f))
        step = 1.0f;
    BakeGrid grid = {.step_m = ldexpf(1.0f, (int)rintf(log2f(step)))};
    while (furthest / grid.step_m > MAX_STEPS_FROM_ZERO)
        grid.step_m *= 2.0f;
    for (int axis = 0; axis < 3; axis++)
        grid.origin_m[axis] = floorf(low[axis] / grid.step_m) * grid.step_m;
    return grid;
}

// ---- points

typedef struct PointTable {
    uint32_t mask;
    uint32_t *slots; // vertex, or NONE
} PointTable;

static PointTable make_table(uint32_t point_count, Arena *arena)
{
    uint32_t size = 64;
    while (size < point_count + point_count / 2)
        size *= 2;
    PointTable table = {size - 1, ARENA_ARRAY_RAW(arena, uint32_t, size)};
    memset(table.slots, 0xff, (size_t)size * sizeof *table.slots);
    return table;
}

static uint32_t hash_point(const int32_t point[3])
{
    uint64_t key = (uint64_t)(uint32_t)point[0] * 0x9e3779b97f4a7c15u;
    key = (key ^ (uint32_t)point[1]) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 29 ^ (uint32_t)point[2]) * 0x94d049bb133111ebu;
    return (uint32_t)(key >> 32);
}

static uint32_t find_or_add(PointTable *table, BakeMesh *mesh, const int32_t point[3])
{
    uint32_t at = hash_point(point) & table->mask;
    for (; table->slots[at] != NONE; at = (at + 1) & table->mask) {
        const int32_t *known = mesh->positions[table->slots[at]];
        if (known[0] == point[0] && known[1] == point[1] && known[2] == point[2])
            return table->slots[at];
    }
    memcpy(mesh->positions[mesh->vertex_count], point, sizeof mesh->positions[0]);
    table->slots[at] = mesh->vertex_count;
    return mesh->vertex_count++;
}

static uint32_t weld_point(const Scan *scan, uint32_t vertex, PointTable *table, BakeMesh *mesh)
{
    int32_t point[3];
    for (int axis = 0; axis < 3; axis++)
        point[axis] = (int32_t)rintf(
            (scan->positions[vertex][axis] - mesh->grid.origin_m[axis]) / mesh->grid.step_m);
    return find_or_add(table, mesh, point);
}

static void weld_triangles(const Scan *scan, PointTable *table, uint32_t *remap, BakeMesh *mesh)
{
    for (uint32_t t = 0; t < scan->triangle_count; t++) {
        uint32_t corners[3];
        for (int i = 0; i < 3; i++) {
            uint32_t vertex = scan->triangles[t][i];
            if (remap[vertex] == NONE)
                remap[vertex] = weld_point(scan, vertex, table, mesh);
            corners[i] = remap[vertex];
        }
        if (corners[0] == corners[1] || corners[1] == corners[2] || corners[2] == corners[0])
            continue;
        memcpy(mesh->triangles[mesh->triangle_count], corners, sizeof corners);
        mesh->sources[mesh->triangle_count++] = t;
    }
}

// ---- duplicates

static uint32_t first_corner(const uint32_t triangle[3])
{
    uint32_t first = triangle[1] < triangle[0] ? 1 : 0;
    return triangle[2] < triangle[first] ? 2 : first;
}

static bool is_same(const uint32_t a[3], const uint32_t b[3])
{
    uint32_t i = first_corner(a), j = first_corner(b);
    return a[i] == b[j] && a[(i + 1) % 3] == b[(j + 1) % 3] && a[(i + 2) % 3] == b[(j + 2) % 3];
}

// Triangles by their lowest vertex: chains of a few each.
static void drop_duplicates(BakeMesh *mesh, Arena *temporary)
{
    uint32_t *heads = ARENA_ARRAY_RAW(temporary, uint32_t, mesh->vertex_count);
    uint32_t *next = ARENA_ARRAY_RAW(temporary, uint32_t, mesh->triangle_count);
    memset(heads, 0xff, (size_t)mesh->vertex_count * sizeof *heads);
    uint32_t kept = 0;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        const uint32_t *triangle = mesh->triangles[t];
        uint32_t lowest = triangle[first_corner(triangle)];
        uint32_t other = heads[lowest];
        while (other != NONE && !is_same(mesh->triangles[other], triangle))
            other = next[other];
        if (other != NONE)
            continue;
        memmove(mesh->triangles[kept], triangle, sizeof mesh->triangles[0]);
        mesh->sources[kept] = mesh->sources[t];
        next[kept] = heads[lowest];
        heads[lowest] = kept++;
    }
    mesh->triangle_count = kept;
}

// Corners whose every triangle was dropped leave with them.
static void drop_unused(BakeMesh *mesh, Arena *temporary)
{
    uint32_t *renumbered = ARENA_ARRAY_RAW(temporary, uint32_t, mesh->vertex_count);
    memset(renumbered, 0xff, (size_t)mesh->vertex_count * sizeof *renumbered);
    bool *is_used = ARENA_ARRAY(temporary, bool, mesh->vertex_count);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        for (int i = 0; i < 3; i++)
            is_used[mesh->triangles[t][i]] = true;
    }
    uint32_t kept = 0;
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        if (!is_used[v])
            continue;
        memmove(mesh->positions[kept], mesh->positions[v], sizeof mesh->positions[0]);
        renumbered[v] = kept++;
    }
    mesh->vertex_count = kept;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        for (int i = 0; i < 3; i++)
            mesh->triangles[t][i] = renumbered[mesh->triangles[t][i]];
    }
}

Status bake_weld(const Scan *scan, BakeGrid grid, Arena *arena, BakeMesh *out,
                 WeldCounts *counts)
{
    BakeMesh mesh = {.grid = grid};
    mesh.positions = arena_alloc_raw(
        arena, arena_size_of(sizeof *mesh.positions, MAX(scan->vertex_count, 1u)), 16);
    mesh.triangles = arena_alloc_raw(
        arena, arena_size_of(sizeof *mesh.triangles, MAX(scan->triangle_count, 1u)), 16);
    mesh.sources = ARENA_ARRAY_RAW(arena, uint32_t, MAX(scan->triangle_count, 1u));
    Arena temporary = {0};
    uint32_t *remap = ARENA_ARRAY_RAW(&temporary, uint32_t, MAX(scan->vertex_count, 1u));
    memset(remap, 0xff, (size_t)scan->vertex_count * sizeof *remap);
    PointTable table = make_table(scan->vertex_count, &temporary);
    weld_triangles(scan, &table, remap, &mesh);
    arena_drop(&temporary);
    counts->dropped_triangles = scan->triangle_count - mesh.triangle_count;
    drop_duplicates(&mesh, &temporary);
    counts->duplicate_triangles =
        scan->triangle_count - counts->dropped_triangles - mesh.triangle_count;
    drop_unused(&mesh, &temporary);
    arena_drop(&temporary);
    if (!mesh.triangle_count)
        return FAIL(ERR_INVALID, "none of the scan's %u triangles has an area",
                    scan->triangle_count);
    *out = mesh;
    return OK;
}
