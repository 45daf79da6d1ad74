// chart_check.h: meshes for the tests of charts and packing, and what must hold of any chart.

#pragma once
#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "packer/bake_pack.h"
#include "packer/bake_raster.h"

typedef struct ChartMesh {
    ChartDesc desc;
    uint32_t (*triangles)[3];
    float (*positions)[3];
    double (*texels)[3][2];
    uint32_t *sources;
    float *texels_m;
} ChartMesh;

static inline ChartMesh make_chart_mesh(uint32_t vertex_count, uint32_t triangle_count,
                                        Arena *arena)
{
    ChartMesh mesh = {
        .triangles = arena_alloc(arena, triangle_count * sizeof *mesh.triangles, 16),
        .positions = arena_alloc(arena, vertex_count * sizeof *mesh.positions, 16),
        .texels = arena_alloc(arena, triangle_count * sizeof *mesh.texels, 16),
        .sources = ARENA_ARRAY(arena, uint32_t, triangle_count),
        .texels_m = ARENA_ARRAY(arena, float, triangle_count)};
    for (uint32_t t = 0; t < triangle_count; t++)
        mesh.texels_m[t] = 0.01f;
    mesh.desc = (ChartDesc){.vertex_count = vertex_count,
                            .triangle_count = triangle_count,
                            .triangles = (const uint32_t(*)[3])mesh.triangles,
                            .positions_m = (const float(*)[3])mesh.positions,
                            .sources = mesh.sources,
                            .texels = (const double(*)[3][2])mesh.texels,
                            .texels_m = mesh.texels_m};
    return mesh;
}

// A point of a surface over the unit square.
typedef void SurfaceFn(float u, float v, float out[3]);

static inline void flat_surface(float u, float v, float out[3])
{
    out[0] = u, out[1] = v, out[2] = 0;
}

static inline void wavy_surface(float u, float v, float out[3])
{
    out[0] = u, out[1] = v, out[2] = 0.3f * sinf(9 * u) * cosf(8 * v);
}

// Not closed at the poles and where it meets itself: vertices are not shared there.
static inline void ball_surface(float u, float v, float out[3])
{
    float a = 6.2831853f * u, b = 3.1415927f * v;
    out[0] = sinf(b) * cosf(a), out[1] = -cosf(b), out[2] = -sinf(b) * sinf(a);
}

// across x down squares of two triangles, on a picture of `width` texels; facing +z where flat.
static inline ChartMesh make_sheet(uint32_t across, uint32_t down, SurfaceFn *surface,
                                   double width, Arena *arena)
{
    ChartMesh mesh = make_chart_mesh((across + 1) * (down + 1), 2 * across * down, arena);
    for (uint32_t i = 0; i < mesh.desc.vertex_count; i++)
        surface((float)(i % (across + 1)) / (float)across,
                (float)(i / (across + 1)) / (float)down, mesh.positions[i]);
    for (uint32_t i = 0; i < across * down; i++) {
        uint32_t a = i / across * (across + 1) + i % across, b = a + 1, c = a + across + 1;
        uint32_t corners[6] = {a, b, c + 1, a, c + 1, c};
        memcpy(mesh.triangles[2 * i], corners, sizeof corners);
    }
    for (uint32_t i = 0; i < 3 * mesh.desc.triangle_count; i++) {
        uint32_t vertex = mesh.triangles[i / 3][i % 3];
        mesh.texels[i / 3][i % 3][0] = width * (vertex % (across + 1)) / across;
        mesh.texels[i / 3][i % 3][1] = width * (vertex / (across + 1)) / down;
    }
    return mesh;
}

// ---- what must hold of any charts

static inline void check_each_triangle_once(const ChartDesc *desc, const ChartSet *set)
{
    uint8_t *seen = calloc(desc->triangle_count + 1, 1);
    uint32_t next = 0;
    assert_int_equal(set->triangle_count, desc->triangle_count);
    for (uint32_t i = 0; i < set->chart_count; i++) {
        assert_int_equal(set->charts[i].first_triangle, next);
        assert_true(set->charts[i].triangle_count > 0);
        next += set->charts[i].triangle_count;
    }
    assert_int_equal(next, desc->triangle_count);
    for (uint32_t i = 0; i < next; i++) {
        assert_in_range(set->triangles[i], 0, desc->triangle_count - 1);
        assert_int_equal(seen[set->triangles[i]]++, 0);
    }
    free(seen);
}

static inline float edge_side(const float a[2], const float b[2], float x, float y)
{
    return (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
}

// Well inside: more than rounding could tell apart.
static inline bool is_inside(const float corners[3][2], float x, float y)
{
    float a = edge_side(corners[0], corners[1], x, y),
          b = edge_side(corners[1], corners[2], x, y),
          c = edge_side(corners[2], corners[0], x, y);
    return (a > 1e-3f && b > 1e-3f && c > 1e-3f) || (a < -1e-3f && b < -1e-3f && c < -1e-3f);
}

// No texel's middle lies in two triangles; counted without the code under test.
static inline uint32_t check_texels_owned_once(const ChartSet *set, const Chart *chart)
{
    uint8_t *taken = calloc((size_t)chart->width * chart->height, 1);
    uint32_t count = 0;
    for (uint32_t t = 0; t < chart->triangle_count; t++) {
        const float(*corners)[2] = (const float(*)[2])set->corners[chart->first_triangle + t];
        float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};
        for (int i = 0; i < 6; i++) {
            low[i % 2] = fminf(low[i % 2], corners[i / 2][i % 2]);
            high[i % 2] = fmaxf(high[i % 2], corners[i / 2][i % 2]);
        }
        assert_true(low[0] > 1.5f && low[1] > 1.5f);
        assert_true(high[0] < chart->width - 1.5f + 1e-6f);
        assert_true(high[1] < chart->height - 1.5f + 1e-6f);
        for (int y = (int)low[1]; y <= (int)high[1]; y++) {
            for (int x = (int)low[0]; x <= (int)high[0]; x++) {
                if (!is_inside(corners, (float)x + 0.5f, (float)y + 0.5f))
                    continue;
                assert_int_equal(taken[y * chart->width + x]++, 0);
                count++;
            }
        }
    }
    free(taken);
    return count;
}

static inline void check_charts(const ChartDesc *desc, const ChartSet *set)
{
    check_each_triangle_once(desc, set);
    double owned = 0;
    for (uint32_t i = 0; i < set->chart_count; i++) {
        const Chart *chart = &set->charts[i];
        const uint32_t *triangles = &set->triangles[chart->first_triangle];
        float length = chart->axis[0] * chart->axis[0] + chart->axis[1] * chart->axis[1] +
                       chart->axis[2] * chart->axis[2];
        assert_true(fabsf(length - 1) < 1e-4f);
        assert_in_range(chart->width, 1, CHART_MAX_SIDE);
        assert_in_range(chart->height, 1, CHART_MAX_SIDE);
        for (uint32_t t = 0; t < chart->triangle_count; t++)
            assert_int_equal(desc->sources ? desc->sources[triangles[t]] : 0, chart->source);
        owned += check_texels_owned_once(set, chart);
    }
    assert_true(owned <= set->owned_texels); // middles on edges are counted by the set only
}

// Corners are the picture's, moved by whole texels.
static inline void check_copied(const ChartDesc *desc, const ChartSet *set)
{
    for (uint32_t i = 0; i < set->chart_count; i++) {
        const Chart *chart = &set->charts[i];
        assert_true(chart->is_copied);
        for (uint32_t t = 0; t < chart->triangle_count; t++) {
            uint32_t at = chart->first_triangle + t;
            for (int c = 0; c < 6; c++) {
                double moved = (double)set->corners[at][c / 2][c % 2] + chart->offset[c % 2];
                double asked = desc->texels[set->triangles[at]][c / 2][c % 2];
                assert_true(fabs(moved - asked) <= 1.0 / 128);
            }
        }
    }
}

// Every texel that a chart claims is its own in the tile.
static inline void check_packed(const ChartSet *set, const PackPlace *places, uint32_t height)
{
    uint32_t *owners = calloc((size_t)TILE_WIDTH * TILE_MAX_HEIGHT, sizeof *owners);
    assert_int_equal(height % TILE_HEIGHT_STEP, 0);
    assert_true(height <= TILE_MAX_HEIGHT);
    for (uint32_t i = 0; i < set->chart_count; i++) {
        const Chart *chart = &set->charts[i];
        assert_int_equal(places[i].x % PACK_CELL, 0);
        assert_int_equal(places[i].y % PACK_CELL, 0);
        for (uint32_t t = 0; t < chart->triangle_count; t++) {
            const float(*corners)[2] =
                (const float(*)[2])set->corners[chart->first_triangle + t];
            // Along the edges and across, densely: every texel within two of such a point.
            for (int s = 0; s <= 20 * 20; s++) {
                float a = (float)(s % 20) / 20, b = (float)(s / 20) / 20 * (1 - a);
                float at[2];
                for (int axis = 0; axis < 2; axis++)
                    at[axis] = corners[0][axis] + a * (corners[1][axis] - corners[0][axis]) +
                               b * (corners[2][axis] - corners[0][axis]);
                for (int y = (int)ceilf(at[1] - 2.499f); y + 0.5f < at[1] + 1.999f; y++) {
                    for (int x = (int)ceilf(at[0] - 2.499f); x + 0.5f < at[0] + 1.999f; x++) {
                        assert_in_range(x, 0, chart->width - 1);
                        assert_in_range(y, 0, chart->height - 1);
                        assert_true((uint32_t)(y + places[i].y) < height);
                        assert_true(x + places[i].x < TILE_WIDTH);
                        uint32_t *owner =
                            &owners[(y + places[i].y) * TILE_WIDTH + x + places[i].x];
                        assert_true(*owner == 0 || *owner == i + 1);
                        *owner = i + 1;
                    }
                }
            }
        }
    }
    free(owners);
}
