// test_bake_pack.c: charts find places of their own, close together.

#include "chart_check.h"

static ChartSet crumbs(uint32_t across, uint32_t down, double size, Arena *arena)
{
    ChartMesh mesh = make_sheet(across, down, flat_surface, 0, arena);
    for (uint32_t c = 0; c < 6 * mesh.desc.triangle_count; c++) {
        uint32_t square = c / 12;
        uint32_t corner = mesh.triangles[c / 6][c / 2 % 3];
        uint32_t first = mesh.triangles[2 * square][0];
        bool is_far =
            c % 2 ? corner > first + 1 : corner != first && corner != first + across + 1;
        mesh.texels[c / 6][c / 2 % 3][c % 2] = 1000.0 * square + (is_far ? size : 0);
    }
    ChartSet set;
    bake_chart_copy(&mesh.desc, arena, &set);
    assert_int_equal(set.chart_count, across * down);
    return set;
}

static void test_squares_lie_close(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartSet set = crumbs(10, 10, 28, &arena); // 32 or 33 wide with gutters
    PackShape *shapes = bake_pack_shapes(&set, &arena);
    PackPlace *places = ARENA_ARRAY(&arena, PackPlace, set.chart_count);
    uint32_t height;
    assert_true(bake_pack(shapes, set.chart_count, places, &height));
    assert_true(height <= 240); // 15 a row, 7 rows
    check_packed(&set, places, height);
    arena_drop(&arena);
}

static void test_nothing_needs_no_height(void **state)
{
    (void)state;
    uint32_t height = 7;
    assert_true(bake_pack(NULL, 0, NULL, &height));
    assert_int_equal(height, 0);
}

static void test_too_much_does_not_fit(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartSet set = crumbs(3, 3, 500, &arena);
    PackShape *shapes = bake_pack_shapes(&set, &arena);
    PackPlace places[9] = {{7, 7}};
    uint32_t height = 7;
    assert_false(bake_pack(shapes, 9, places, &height));
    assert_false(bake_pack(shapes, 3, places, &height));
    assert_int_equal(height, 7);
    assert_int_equal(places[0].x, 7);
    assert_true(bake_pack(shapes, 2, places, &height));
    assert_in_range(height, 1008, 1024);
    arena_drop(&arena);
}

// Triangles of all sizes and directions, lines and points among them.
static ChartSet litter(uint32_t count, Arena *arena)
{
    ChartMesh mesh = make_chart_mesh(3 * count, count, arena);
    uint32_t random = 5;
    for (uint32_t i = 0; i < 3 * count; i++) {
        mesh.triangles[i / 3][i % 3] = i;
        for (int axis = 0; axis < 2; axis++) {
            random = random * 1664525u + 1013904223u;
            double size = i / 3 % 50 == 0 ? 150 : i / 3 % 5 * 8;
            mesh.texels[i / 3][i % 3][axis] =
                1000.0 * (i / 3) + size * (double)(random >> 8) / 16777216.0;
            mesh.positions[i][axis] = (float)mesh.texels[i / 3][i % 3][axis];
        }
    }
    ChartSet set;
    bake_chart_copy(&mesh.desc, arena, &set);
    assert_int_equal(set.chart_count, count);
    return set;
}

static void test_claims_never_meet(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 17, 400};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        Arena arena = {0};
        ChartSet set = litter(counts[i], &arena);
        PackShape *shapes = bake_pack_shapes(&set, &arena);
        PackPlace *places = ARENA_ARRAY(&arena, PackPlace, set.chart_count);
        PackPlace *again = ARENA_ARRAY(&arena, PackPlace, set.chart_count);
        uint32_t height, height_again;
        assert_true(bake_pack(shapes, set.chart_count, places, &height));
        check_packed(&set, places, height);
        assert_true(bake_pack(shapes, set.chart_count, again, &height_again));
        assert_int_equal(height, height_again);
        assert_memory_equal(places, again, set.chart_count * sizeof *places);
        arena_drop(&arena);
    }
}

// Small charts find the bays of large ones: together no higher than those alone.
static void test_bays_are_used(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_chart_mesh(3 * 21, 21, &arena);
    for (uint32_t i = 0; i < 3 * 21; i++) {
        mesh.triangles[i / 3][i % 3] = i;
        double size = i < 3 ? 500 : 60;
        mesh.texels[i / 3][i % 3][0] = 1000.0 * (i / 3) + (i % 3 == 1 ? size : 0);
        mesh.texels[i / 3][i % 3][1] = i % 3 == 2 ? size : 0;
    }
    ChartSet set;
    bake_chart_copy(&mesh.desc, &arena, &set);
    assert_int_equal(set.chart_count, 21);
    PackShape *shapes = bake_pack_shapes(&set, &arena);
    PackPlace places[21];
    uint32_t height;
    assert_true(bake_pack(shapes, 21, places, &height));
    assert_in_range(height, 500, 512);
    check_packed(&set, places, height);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_squares_lie_close),
        cmocka_unit_test(test_nothing_needs_no_height),
        cmocka_unit_test(test_too_much_does_not_fit),
        cmocka_unit_test(test_claims_never_meet),
        cmocka_unit_test(test_bays_are_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
