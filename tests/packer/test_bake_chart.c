// test_bake_chart.c: every triangle in one chart, every texel of one triangle.

#include "chart_check.h"

typedef void ChartFn(const ChartDesc *desc, Arena *arena, ChartSet *out);

static ChartSet run(ChartFn *chart, const ChartMesh *mesh, Arena *arena)
{
    ChartSet set;
    chart(&mesh->desc, arena, &set);
    check_charts(&mesh->desc, &set);
    return set;
}

static void test_nothing_and_one_triangle(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartSet set;
    ChartDesc nothing = {0};
    bake_chart_copy(&nothing, &arena, &set);
    assert_int_equal(set.chart_count, 0);
    bake_chart_flatten(&nothing, &arena, &set);
    assert_int_equal(set.chart_count, 0);
    ChartMesh mesh = make_sheet(1, 1, flat_surface, 10, &arena);
    mesh.desc.triangle_count = 1;
    set = run(bake_chart_copy, &mesh, &arena);
    assert_int_equal(set.chart_count, 1);
    assert_true(set.charts[0].axis[2] > 0.99f);
    assert_true(fabs(set.owned_texels - 50) < 6);
    set = run(bake_chart_flatten, &mesh, &arena);
    assert_int_equal(set.chart_count, 1);
    assert_true(set.charts[0].axis[2] > 0.99f);
    assert_true(fabs(set.owned_texels - 5000) < 60);
    arena_drop(&arena);
}

// ---- copied

static void test_an_island_moves_by_whole_texels(void **state)
{
    (void)state;
    static const double shifts[][2] = {
        {0, 0}, {0.3, 0.7}, {-1234.5, 70000.015625}, {511.99, -3}};
    for (size_t i = 0; i < COUNT_OF(shifts); i++) {
        Arena arena = {0};
        ChartMesh mesh = make_sheet(9, 7, wavy_surface, 100, &arena);
        for (uint32_t c = 0; c < 6 * mesh.desc.triangle_count; c++)
            mesh.texels[c / 6][c / 2 % 3][c % 2] += shifts[i][c % 2];
        ChartSet set = run(bake_chart_copy, &mesh, &arena);
        check_copied(&mesh.desc, &set);
        assert_int_equal(set.chart_count, 1);
        assert_in_range(set.charts[0].width, 104, 105);
        assert_true(set.owned_texels == 100 * 100);
        arena_drop(&arena);
    }
}

// Two halves of a sheet, each with the same place on the picture, mirrored or not.
static void test_texels_used_twice_are_copied_twice(void **state)
{
    (void)state;
    for (int is_mirrored = 0; is_mirrored < 2; is_mirrored++) {
        Arena arena = {0};
        ChartMesh mesh = make_sheet(20, 5, flat_surface, 200, &arena);
        for (uint32_t t = 0; t < mesh.desc.triangle_count; t++) {
            bool is_right = t / 2 % 20 >= 10;
            for (int i = 0; i < 3 && is_right; i++) {
                double *u = &mesh.texels[t][i][0];
                *u = is_mirrored ? 200 - *u : *u - 100;
            }
        }
        ChartSet set = run(bake_chart_copy, &mesh, &arena);
        check_copied(&mesh.desc, &set);
        assert_int_equal(set.chart_count, 2);
        assert_int_equal(set.charts[0].triangle_count, 100);
        arena_drop(&arena);
    }
}

static void test_pictures_are_kept_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 100, &arena);
    for (uint32_t t = 0; t < mesh.desc.triangle_count; t++)
        mesh.sources[t] = t < 100 ? 7 : 3;
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    assert_int_equal(set.chart_count, 2);
    assert_int_equal(set.charts[0].source + set.charts[1].source, 10);
    arena_drop(&arena);
}

// Islands of one square each, `gap` texels from one another on the picture.
static ChartMesh make_crumbs(double gap, Arena *arena)
{
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 100, arena);
    for (uint32_t c = 0; c < 6 * mesh.desc.triangle_count; c++) {
        uint32_t square = c / 12, axis = c % 2;
        mesh.texels[c / 6][c / 2 % 3][axis] += gap * (axis ? square / 10 : square % 10);
    }
    return mesh;
}

static void test_neighbours_on_the_picture_share_a_chart(void **state)
{
    (void)state;
    static const struct {
        double gap;
        uint32_t charts;
    } cases[] = {{1, 1}, {3, 1}, {9, 100}, {1000, 100}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        ChartMesh mesh = make_crumbs(cases[i].gap, &arena);
        ChartSet set = run(bake_chart_copy, &mesh, &arena);
        check_copied(&mesh.desc, &set);
        assert_int_equal(set.chart_count, cases[i].charts);
        arena_drop(&arena);
    }
}

static void test_triangles_without_area_on_the_picture(void **state)
{
    (void)state;
    Arena arena = {0};
    // A palette: every square is one point of the picture.
    ChartMesh mesh = make_sheet(10, 10, wavy_surface, 100, &arena);
    for (uint32_t c = 0; c < 6 * mesh.desc.triangle_count; c++)
        mesh.texels[c / 6][c / 2 % 3][c % 2] = 40.5 + 8 * (c / 12 % 4);
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    assert_in_range(set.chart_count, 1, 4);
    assert_true(set.owned_texels == 0);
    assert_in_range(set.charts[0].width, 4, 40);
    // Lines.
    for (uint32_t t = 0; t < mesh.desc.triangle_count; t++)
        mesh.texels[t][0][0] = mesh.texels[t][0][1] = 60.25;
    set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    arena_drop(&arena);
}

static void test_wide_islands_are_divided(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(40, 40, flat_surface, 2000, &arena);
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    assert_in_range(set.chart_count, 16, 64);
    arena_drop(&arena);
}

static void test_a_wide_triangle_is_scaled(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(1, 1, flat_surface, 5000, &arena);
    for (uint32_t c = 0; c < 6 * mesh.desc.triangle_count; c++)
        mesh.texels[c / 6][c / 2 % 3][c % 2] -= 1e15 * (c == 1); // nonsense is survived
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    assert_int_equal(set.chart_count, 2);
    assert_false(set.charts[0].is_copied || set.charts[1].is_copied);
    assert_true(MAX(set.charts[0].width, set.charts[0].height) > 500);
    arena_drop(&arena);
}

static void test_an_island_around_a_ball_is_divided(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(24, 16, ball_surface, 300, &arena);
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    assert_in_range(set.chart_count, 2, 6);
    arena_drop(&arena);
}

// ---- flattened

static void test_a_flat_sheet_is_one_chart(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 0, &arena);
    ChartSet set = run(bake_chart_flatten, &mesh, &arena);
    assert_int_equal(set.chart_count, 1);
    assert_false(set.charts[0].is_copied);
    assert_in_range(set.charts[0].width, 104, 105); // a metre in texels of a centimetre
    assert_in_range(set.charts[0].height, 104, 105);
    assert_true(set.owned_texels == 100 * 100);
    arena_drop(&arena);
}

// A long one lies straight, and on its side.
static void test_charts_are_turned_into_small_boxes(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(40, 4, flat_surface, 0, &arena);
    for (uint32_t v = 0; v < mesh.desc.vertex_count; v++) {
        float x = 4 * mesh.positions[v][0], y = 0.4f * mesh.positions[v][1];
        mesh.positions[v][0] = 0.6f * x - 0.8f * y;
        mesh.positions[v][1] = 0.8f * x + 0.6f * y;
    }
    ChartSet set = run(bake_chart_flatten, &mesh, &arena);
    assert_int_equal(set.chart_count, 1);
    assert_true(set.charts[0].width < 410 && set.charts[0].height < 70);
    arena_drop(&arena);
}

static void test_closed_and_wavy_surfaces(void **state)
{
    (void)state;
    static const struct {
        SurfaceFn *surface;
        uint32_t least, most;
    } cases[] = {{ball_surface, 4, 12}, {wavy_surface, 1, 30}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        ChartMesh mesh = make_sheet(40, 30, cases[i].surface, 0, &arena);
        ChartSet set = run(bake_chart_flatten, &mesh, &arena);
        assert_in_range(set.chart_count, cases[i].least, cases[i].most);
        arena_drop(&arena);
    }
}

// A screw of several turns: seen along its axis every turn lies over the next.
static void screw_surface(float u, float v, float out[3])
{
    float a = 6 * 6.2831853f * u;
    out[0] = (0.2f + v) * cosf(a), out[1] = (0.2f + v) * sinf(a), out[2] = 0.1f * a;
}

static void test_what_lies_over_itself_is_divided(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(200, 4, screw_surface, 0, &arena);
    ChartSet set = run(bake_chart_flatten, &mesh, &arena);
    assert_in_range(set.chart_count, 6, 14);
    arena_drop(&arena);
}

static void test_different_texels_and_sources_are_kept_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 0, &arena);
    for (uint32_t t = 0; t < mesh.desc.triangle_count; t++) {
        mesh.sources[t] = t % 20 < 10;
        mesh.texels_m[t] = t < 100 ? 0.01f : 0.02f;
    }
    ChartSet set = run(bake_chart_flatten, &mesh, &arena);
    assert_int_equal(set.chart_count, 4);
    for (uint32_t i = 0; i < 4; i++) {
        bool is_fine = set.triangles[set.charts[i].first_triangle] < 100;
        assert_in_range(set.charts[i].width, is_fine ? 54 : 29, is_fine ? 55 : 30);
    }
    arena_drop(&arena);
}

static void test_wide_planes_are_divided_and_wide_triangles_scaled(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 0, &arena);
    for (uint32_t t = 0; t < mesh.desc.triangle_count; t++)
        mesh.texels_m[t] = 0.001f;
    ChartSet set = run(bake_chart_flatten, &mesh, &arena);
    assert_in_range(set.chart_count, 4, 16);
    for (uint32_t t = 0; t < mesh.desc.triangle_count; t++)
        mesh.texels_m[t] = 1e-12f;
    set = run(bake_chart_flatten, &mesh, &arena);
    assert_in_range(set.chart_count, 100, 200); // two that make a square may share one
    arena_drop(&arena);
}

static void test_flat_triangles_without_area(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_sheet(10, 10, flat_surface, 0, &arena);
    for (uint32_t v = 0; v < mesh.desc.vertex_count; v += 3)
        memset(mesh.positions[v], 0, sizeof mesh.positions[v]);
    run(bake_chart_flatten, &mesh, &arena);
    for (uint32_t v = 0; v < mesh.desc.vertex_count; v++)
        mesh.positions[v][1] = mesh.positions[v][0];
    run(bake_chart_flatten, &mesh, &arena);
    for (uint32_t v = 0; v < mesh.desc.vertex_count; v++)
        memset(mesh.positions[v], 0, sizeof mesh.positions[v]);
    run(bake_chart_flatten, &mesh, &arena);
    arena_drop(&arena);
}

// The same triangles many times over, back to back and doubled.
static void test_heaps_of_triangles(void **state)
{
    (void)state;
    Arena arena = {0};
    ChartMesh mesh = make_chart_mesh(40, 600, &arena);
    uint32_t random = 1;
    for (uint32_t v = 0; v < 120; v++) {
        random = random * 1664525u + 1013904223u;
        mesh.positions[v / 3][v % 3] = (float)(random >> 8) / 16777216.0f;
    }
    for (uint32_t t = 0; t < 600; t++) {
        for (int i = 0; i < 3; i++) {
            random = random * 1664525u + 1013904223u;
            mesh.triangles[t][i] = (random >> 10) % 13 * 3 + (uint32_t)i;
            mesh.texels[t][i][0] = (double)mesh.positions[mesh.triangles[t][i]][0] * 90;
            mesh.texels[t][i][1] = (double)mesh.positions[mesh.triangles[t][i]][1] * 90;
        }
    }
    run(bake_chart_flatten, &mesh, &arena);
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    arena_drop(&arena);
}

// Fins around one edge: a crowd in which everybody is everybody's neighbour.
static void test_crowds_come_to_an_end(void **state)
{
    (void)state;
    enum { FINS = 3000 };
    Arena arena = {0};
    ChartMesh mesh = make_chart_mesh(FINS + 2, FINS, &arena);
    mesh.positions[1][1] = 1;
    for (uint32_t t = 0; t < FINS; t++) {
        uint32_t corners[3] = {0, 1, t + 2};
        memcpy(mesh.triangles[t], corners, sizeof corners);
        mesh.positions[t + 2][0] = cosf((float)t);
        mesh.positions[t + 2][2] = sinf((float)t);
        double texels[3][2] = {{0, 0}, {0, 50}, {50 + t % 7, 20}};
        memcpy(mesh.texels[t], texels, sizeof texels);
        mesh.texels_m[t] = 0.1f;
    }
    run(bake_chart_flatten, &mesh, &arena);
    ChartSet set = run(bake_chart_copy, &mesh, &arena);
    check_copied(&mesh.desc, &set);
    arena_drop(&arena);
}

static void test_results_repeat(void **state)
{
    (void)state;
    static ChartFn *const ways[] = {bake_chart_copy, bake_chart_flatten};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        Arena arena = {0};
        ChartMesh mesh = make_sheet(30, 30, ball_surface, 400, &arena);
        ChartSet a = run(ways[i], &mesh, &arena), b = run(ways[i], &mesh, &arena);
        assert_int_equal(a.chart_count, b.chart_count);
        assert_memory_equal(a.triangles, b.triangles, a.triangle_count * sizeof *a.triangles);
        assert_memory_equal(a.corners, b.corners, a.triangle_count * sizeof *a.corners);
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_and_one_triangle),
        cmocka_unit_test(test_an_island_moves_by_whole_texels),
        cmocka_unit_test(test_texels_used_twice_are_copied_twice),
        cmocka_unit_test(test_pictures_are_kept_apart),
        cmocka_unit_test(test_neighbours_on_the_picture_share_a_chart),
        cmocka_unit_test(test_triangles_without_area_on_the_picture),
        cmocka_unit_test(test_wide_islands_are_divided),
        cmocka_unit_test(test_a_wide_triangle_is_scaled),
        cmocka_unit_test(test_an_island_around_a_ball_is_divided),
        cmocka_unit_test(test_a_flat_sheet_is_one_chart),
        cmocka_unit_test(test_charts_are_turned_into_small_boxes),
        cmocka_unit_test(test_closed_and_wavy_surfaces),
        cmocka_unit_test(test_what_lies_over_itself_is_divided),
        cmocka_unit_test(test_different_texels_and_sources_are_kept_apart),
        cmocka_unit_test(test_wide_planes_are_divided_and_wide_triangles_scaled),
        cmocka_unit_test(test_flat_triangles_without_area),
        cmocka_unit_test(test_heaps_of_triangles),
        cmocka_unit_test(test_crowds_come_to_an_end),
        cmocka_unit_test(test_results_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
