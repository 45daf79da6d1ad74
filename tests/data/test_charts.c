// test_charts.c: flat pieces become charts, charts get places of their own.

#include "test.h"

#include "data/charts.h"

#include <math.h>

enum { WIDTH = 64 };

// Two squares of a floor side by side, 2 m each, and a wall behind the first.
static const float positions[12][3] = {
    {0, 0, 0}, {2, 0, 0}, {2, 0, 2}, {0, 0, 2}, {2, 0, 0}, {4, 0, 0},
    {4, 0, 2}, {2, 0, 2}, {0, 0, 0}, {2, 0, 0}, {2, 3, 0}, {0, 3, 0},
};
static const float normals[12][3] = {
    {0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0},
    {0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1},
};
static const uint32_t indices[18] = {0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7, 8, 9, 10, 8, 10, 11};

static Charts find(const int groups[3], Arena *arena)
{
    ChartsPart parts[3];
    for (uint32_t i = 0; i < 3; i++)
        parts[i] = (ChartsPart){.first_index = i * 6, .index_count = 6, .group = groups[i]};
    Charts charts;
    charts_find(&(ChartsMesh){.position = positions[0],
                              .normal = normals[0],
                              .stride_bytes = sizeof positions[0],
                              .vertex_count = 12,
                              .indices = indices,
                              .parts = parts,
                              .part_count = 3},
                arena, &charts);
    return charts;
}

static void test_one_plane_is_one_chart(void **state)
{
    (void)state;
    Arena arena = {0};
    Charts charts = find((int[3]){0, 0, 0}, &arena);
    assert_int_equal(charts.count, 2);
    assert_int_equal(charts.chart_of[0], charts.chart_of[6]);
    assert_int_not_equal(charts.chart_of[0], charts.chart_of[8]);
    const Chart *floor = &charts.charts[charts.chart_of[0]];
    float area = (floor->high[0] - floor->low[0]) * (floor->high[1] - floor->low[1]);
    assert_float_equal(area, 8, 1e-4);
    arena_drop(&arena);
}

static void test_groups_stay_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    Charts charts = find((int[3]){0, 1, CHARTS_NONE}, &arena);
    assert_int_equal(charts.count, 2);
    assert_int_equal(charts.charts[charts.chart_of[0]].group, 0);
    assert_int_equal(charts.charts[charts.chart_of[4]].group, 1);
    assert_int_equal(charts.chart_of[8], UINT32_MAX);
    arena_drop(&arena);
}

static void test_places_are_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    Charts charts = find((int[3]){0, 1, 2}, &arena);
    uint8_t used[WIDTH * 128] = {0};
    for (uint32_t i = 0; i < charts.count; i++) {
        charts.charts[i].size[0] = 20 + 7 * (int)i;
        charts.charts[i].size[1] = 30 - 5 * (int)i;
    }
    charts_place(&charts, WIDTH);
    assert_true(charts.height <= 128);
    for (uint32_t i = 0; i < charts.count; i++) {
        const Chart *chart = &charts.charts[i];
        assert_true(chart->x + chart->size[0] <= WIDTH);
        assert_true(chart->y + chart->size[1] <= charts.height);
        for (int y = chart->y; y < chart->y + chart->size[1]; y++)
            for (int x = chart->x; x < chart->x + chart->size[0]; x++)
                assert_int_equal(used[y * WIDTH + x]++, 0);
    }
    arena_drop(&arena);
}

// Edges lie on texel centres; texel -> place -> texel comes back.
static void test_texels_and_places(void **state)
{
    (void)state;
    Arena arena = {0};
    Charts charts = find((int[3]){0, 0, 0}, &arena);
    for (uint32_t i = 0; i < charts.count; i++) {
        charts.charts[i].size[0] = 23;
        charts.charts[i].size[1] = 17;
    }
    charts_place(&charts, WIDTH);
    for (uint32_t i = 0; i < 12; i++) {
        const Chart *chart = &charts.charts[charts.chart_of[i]];
        float texel[2], own[2], point[3];
        charts_texel(chart, positions[i], texel);
        own[0] = texel[0] - (float)chart->x;
        own[1] = texel[1] - (float)chart->y;
        for (int k = 0; k < 2; k++) {
            assert_true(own[k] > 1.4f && own[k] < (float)chart->size[k] - 1.4f);
        }
        charts_point(chart, own, 0, point);
        for (int k = 0; k < 3; k++)
            assert_float_equal(point[k], positions[i][k], 1e-4);
    }
    arena_drop(&arena);
}

// Tiles of two floors, one 2 cm over the other, in no order: what touches and lies in one plane
// is one chart, however many stand between.
static void test_tiles_find_each_other(void **state)
{
    (void)state;
    enum { SIDE = 12, TILES = 2 * SIDE * SIDE };
    Arena arena = {0};
    float(*at)[3] = arena_alloc(&arena, TILES * 4 * sizeof *at, 4);
    float(*up)[3] = arena_alloc(&arena, TILES * 4 * sizeof *up, 4);
    uint32_t *corners = ARENA_ARRAY(&arena, uint32_t, TILES * 6);
    for (uint32_t i = 0; i < TILES; i++) {
        static const uint32_t quad[6] = {0, 1, 2, 0, 2, 3};
        uint32_t tile = i * 101 % TILES, x = tile % SIDE, z = tile / SIDE % SIDE;
        for (uint32_t k = 0; k < 4; k++) {
            at[i * 4 + k][0] = (float)(x + (k == 1 || k == 2));
            at[i * 4 + k][1] = tile >= SIDE * SIDE ? 0.02f : 0;
            at[i * 4 + k][2] = (float)(z + k / 2);
            up[i * 4 + k][1] = 1;
        }
        for (uint32_t k = 0; k < 6; k++)
            corners[i * 6 + k] = i * 4 + quad[k];
    }
    ChartsPart part = {.index_count = TILES * 6};
    Charts charts;
    charts_find(&(ChartsMesh){.position = at[0],
                              .normal = up[0],
                              .stride_bytes = sizeof *at,
                              .vertex_count = TILES * 4,
                              .indices = corners,
                              .parts = &part,
                              .part_count = 1},
                &arena, &charts);
    assert_int_equal(charts.count, 2);
    for (uint32_t i = 0; i < TILES; i++)
        assert_int_equal(charts.chart_of[i * 4] == charts.chart_of[0],
                         at[i * 4][1] == at[0][1]);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_plane_is_one_chart),
        cmocka_unit_test(test_tiles_find_each_other),
        cmocka_unit_test(test_groups_stay_apart),
        cmocka_unit_test(test_places_are_apart),
        cmocka_unit_test(test_texels_and_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
