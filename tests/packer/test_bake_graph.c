// test_bake_graph.c: cuts without cracks, errors that grow and are true, the same bytes always,
// and scans that are not what one would wish.

#include "bake_check.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// Any set of groups whose parents are all in it, roots included.
static CutMesh random_cut(const Sculpture *s, uint32_t share, uint32_t *random, Arena *arena)
{
    bool *is_expanded = ARENA_ARRAY(arena, bool, s->graph.group_count);
    for (uint32_t g = 0; g < s->graph.group_count; g++)
        is_expanded[g] = g < s->graph.root_count || next_random(random) % 100 < share;
    for (uint32_t g = 0; g < s->graph.group_count; g++) {
        const MeshGroup *group = &s->graph.groups[g];
        for (uint32_t c = 0; c < group->child_count; c++)
            is_expanded[s->graph.children[group->first_child + c]] &= is_expanded[g];
    }
    return draw_cut(s, is_expanded, arena);
}

static void check_cuts(BakeOptions options)
{
    Arena arena = {0}, temporary = {0};
    Scan scan = make_torus(240, 120, 0.01f, &arena);
    Sculpture s;
    assert_ok(bake(&scan, options, &arena, &s));
    assert_true(s.graph.level_count >= 5);
    uint32_t random = 7, fewest = UINT32_MAX, most = 0;
    for (int i = 0; i < 60; i++) {
        CutMesh cut = random_cut(&s, 40 + (uint32_t)i, &random, &temporary);
        assert_true(cut.count > 0);
        assert_int_equal(count_open_edges(&cut, &temporary), 0);
        fewest = MIN(fewest, cut.count);
        cut.count--; // the test sees a hole
        assert_true(count_open_edges(&cut, &temporary) >= 1);
        cut.count++;
        most = MAX(most, cut.count);
        arena_reset(&temporary);
    }
    assert_true(most > 10 * fewest); // they were different ones
    arena_drop(&temporary);
    arena_drop(&arena);
}

static void test_random_cuts_have_no_cracks(void **state)
{
    (void)state;
    check_cuts((BakeOptions){0});
}

// A second, tiny torus makes the grid so fine that pages of the large one are too wide for it.
static void test_wide_pages_have_no_cracks(void **state)
{
    (void)state;
    Arena arena = {0}, temporary = {0};
    Scan torus = make_torus(240, 120, 0.01f, &arena);
    Scan scan = make_scan(2 * torus.vertex_count, 2 * torus.triangle_count, &arena);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        bool is_tiny = v >= torus.vertex_count;
        for (int axis = 0; axis < 3; axis++)
            scan.positions[v][axis] =
                torus.positions[v % torus.vertex_count][axis] * (is_tiny ? 0.005f : 1);
    }
    for (uint32_t t = 0; t < scan.triangle_count; t++) {
        uint32_t first = t < torus.triangle_count ? 0 : torus.vertex_count;
        for (int i = 0; i < 3; i++)
            scan.triangles[t][i] = torus.triangles[t % torus.triangle_count][i] + first;
    }
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.result.stats.wide_pages > 0);
    uint32_t random = 5;
    for (int i = 0; i < 30; i++) {
        CutMesh cut = random_cut(&s, 50 + (uint32_t)i, &random, &temporary);
        assert_int_equal(count_open_edges(&cut, &temporary), 0);
        arena_reset(&temporary);
    }
    arena_drop(&temporary);
    arena_drop(&arena);
}

static void check_nesting(BakeOptions options)
{
    Arena arena = {0};
    Scan scan = make_torus(200, 100, 0.02f, &arena);
    Sculpture s;
    assert_ok(bake(&scan, options, &arena, &s));
    for (uint32_t g = 0; g < s.graph.group_count; g++) {
        const MeshGroup *group = &s.graph.groups[g];
        assert_true(group->error_m > 0);
        for (uint32_t c = 0; c < group->child_count; c++) {
            const MeshGroup *child = &s.graph.groups[s.graph.children[group->first_child + c]];
            assert_true(group->error_m >= child->error_m);
            assert_true(group->level > child->level);
            for (int axis = 0; axis < 3; axis++) {
                assert_true(group->reach.low[axis] <= child->reach.low[axis]);
                assert_true(group->reach.high[axis] >= child->reach.high[axis]);
            }
            assert_true(mesh_cone_holds(&group->cone, &child->cone));
        }
    }
    arena_drop(&arena);
}

static void test_errors_reaches_and_cones_grow(void **state)
{
    (void)state;
    check_nesting((BakeOptions){0});
}

static const float wave_m = 0.03f;

// From the torus that the scan is samples of; a few percent too much on its slopes.
static float distance_to_torus(const float p[3])
{
    float out = sqrtf(p[0] * p[0] + p[2] * p[2]) - 1;
    float a = atan2f(p[2], p[0]), b = atan2f(p[1], out);
    return fabsf(sqrtf(out * out + p[1] * p[1]) - 0.4f - wave_m * sinf(9 * a) * cosf(5 * b));
}

static void check_errors(const Scan *scan, BakeOptions options)
{
    Arena arena = {0}, temporary = {0};
    Sculpture s;
    assert_ok(bake(scan, options, &arena, &s));
    float own = s.graph.step_m; // the scan's own deviation: flat triangles on the grid
    for (uint32_t t = 0; t < scan->triangle_count; t++) {
        float middle[3] = {0};
        for (int i = 0; i < 9; i++)
            middle[i % 3] += scan->positions[scan->triangles[t][i / 3]][i % 3] / 3;
        own = MAX(own, distance_to_torus(middle) + s.graph.step_m);
    }
    for (float error_m = 0.001f; error_m < 0.1f; error_m *= 1.5f) {
        CutMesh cut = cut_at_error(&s, error_m, &temporary);
        float worst = 0;
        for (uint32_t t = 0; t < cut.count; t++) {
            for (int i = 0; i < 36; i++) { // points all over the triangle
                float a = (float)(i % 6) / 5, b = (float)(i / 6) / 5 * (1 - a), at[3];
                for (int k = 0; k < 3; k++)
                    at[k] = cut.triangles[t][0].position[k] * (1 - a - b) +
                            cut.triangles[t][1].position[k] * a +
                            cut.triangles[t][2].position[k] * b;
                worst = MAX(worst, distance_to_torus(at));
            }
        }
        // Levels add up as squares: a quarter more is the most that was seen.
        if (worst > 1.25f * error_m + own)
            fail_msg("a cut at %g m is %g m off", (double)error_m, (double)worst);
        arena_reset(&temporary);
    }
    arena_drop(&temporary);
    arena_drop(&arena);
}

static void test_error_is_true(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(600, 300, wave_m, &arena);
    check_errors(&scan, (BakeOptions){0});
    arena_drop(&arena);
}

static void test_same_bytes_for_any_number_of_threads(void **state)
{
    (void)state;
    Arena arena = {0};
    static const uint32_t texels[4] = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};
    Scan scans[2] = {make_torus(150, 80, 0.01f, &arena), make_square(6, &arena)};
    paint(&scans[1], 2, 2, texels, &arena);
    for (int i = 0; i < 2; i++) {
        Sculpture first, other;
        assert_ok(bake(&scans[i], (BakeOptions){.worker_limit = 1}, &arena, &first));
        for (int workers = 2; workers <= 5; workers++) {
            assert_ok(bake(&scans[i], (BakeOptions){.worker_limit = workers}, &arena, &other));
            assert_int_equal(first.pages_bytes.len, other.pages_bytes.len);
            assert_memory_equal(first.bytes, other.bytes, other.pages_bytes.len);
            assert_int_equal(first.result.graph_bytes.len, other.result.graph_bytes.len);
            assert_memory_equal(first.result.graph_bytes.ptr, other.result.graph_bytes.ptr,
                                other.result.graph_bytes.len);
        }
    }
    arena_drop(&arena);
}

// ---- scans that are not what one would wish

static void test_single_triangle(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_scan(3, 1, &arena);
    set3(scan.positions[1], 0.1f, 0, 0);
    set3(scan.positions[2], 0, 0.1f, 0);
    memcpy(scan.triangles[0], (uint32_t[3]){0, 1, 2}, 12);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_int_equal(s.graph.triangle_count, 1);
    assert_int_equal(s.graph.level_count, 1);
    assert_float_equal(s.graph.high_m[0], 0.1f, 1e-4f);
    arena_drop(&arena);
}

static void test_nothing_of_any_area_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan empty = make_scan(3, 0, &arena), line = make_scan(3, 1, &arena);
    memcpy(line.triangles[0], (uint32_t[3]){0, 1, 2}, 12); // all at one point
    Sculpture s;
    assert_status(bake(&empty, (BakeOptions){0}, &arena, &s), ERR_INVALID);
    assert_status(bake(&line, (BakeOptions){0}, &arena, &s), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "triangles"));
    arena_drop(&arena);
}

static void test_duplicates_and_loose_points_leave(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan torus = make_torus(40, 20, 0, &arena);
    Scan scan = make_scan(torus.vertex_count + 5, 2 * torus.triangle_count + 1, &arena);
    memcpy(scan.positions, torus.positions, torus.vertex_count * 12);
    for (uint32_t i = 0; i < 5; i++) // nobody uses them; the box must not grow
        set3(scan.positions[torus.vertex_count + i], 9, 9, (float)i);
    for (uint32_t t = 0; t < torus.triangle_count; t++) {
        const uint32_t *v = torus.triangles[t];
        memcpy(scan.triangles[2 * t], v, 12);
        memcpy(scan.triangles[2 * t + 1], (uint32_t[3]){v[1], v[2], v[0]}, 12);
    }
    scan.triangles[2 * torus.triangle_count][2] = 1; // 0, 0, 1
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_int_equal(s.graph.triangle_count, torus.triangle_count);
    assert_int_equal(s.result.stats.duplicate_triangles, torus.triangle_count);
    assert_int_equal(s.result.stats.dropped_triangles, 1);
    assert_true(s.graph.high_m[0] < 1.5f);
    arena_drop(&arena);
}

// Many pages of a book: one edge that all share.
static void test_non_manifold_edge(void **state)
{
    (void)state;
    enum { PAGES = 300 };
    Arena arena = {0};
    Scan scan = make_scan(2 + PAGES, PAGES, &arena);
    set3(scan.positions[1], 0, 1, 0);
    for (uint32_t i = 0; i < PAGES; i++) {
        float angle = 6.2831853f * (float)i / PAGES;
        set3(scan.positions[2 + i], cosf(angle), 0.5f, sinf(angle));
        memcpy(scan.triangles[i], (uint32_t[3]){0, 1, 2 + i}, 12);
    }
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_int_equal(s.graph.triangle_count, PAGES);
    arena_drop(&arena);
}

// Nothing hangs together with anything: levels get stuck unless crumbs may vanish.
static void test_crumbs(void **state)
{
    (void)state;
    enum { CRUMBS = 20000 };
    Arena arena = {0};
    Scan scan = make_scan(3 * CRUMBS, CRUMBS, &arena);
    uint32_t random = 3;
    for (uint32_t i = 0; i < CRUMBS; i++) {
        float at[3];
        for (int k = 0; k < 3; k++)
            at[k] = (float)(next_random(&random) % 10000) / 1e4f;
        for (uint32_t k = 0; k < 3; k++) {
            memcpy(scan.positions[3 * i + k], at, 12);
            scan.positions[3 * i + k][k] += 0.004f;
            scan.triangles[i][k] = 3 * i + k;
        }
    }
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_int_equal(s.graph.triangle_count, CRUMBS);
    assert_true(s.result.stats.root_triangles < CRUMBS / 20);
    arena_drop(&arena);
}

static void test_components_and_huge_places(void **state)
{
    (void)state;
    static const float places[] = {0, 1000, SCAN_MAX_COORDINATE_M - 2};
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        Scan torus = make_torus(30, 20, 0, &arena);
        Scan scan = make_scan(2 * torus.vertex_count, 2 * torus.triangle_count, &arena);
        for (uint32_t v = 0; v < scan.vertex_count; v++) {
            memcpy(scan.positions[v], torus.positions[v % torus.vertex_count], 12);
            scan.positions[v][0] += v < torus.vertex_count ? 0 : places[i];
        }
        for (uint32_t t = 0; t < scan.triangle_count; t++) {
            for (int k = 0; k < 3; k++)
                scan.triangles[t][k] = torus.triangles[t % torus.triangle_count][k] +
                                       (t < torus.triangle_count ? 0 : torus.vertex_count);
        }
        Sculpture s;
        assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
        assert_true(fabsf(s.graph.high_m[0] - (places[i] + 1.4f)) < 0.01f + 1e-6f * places[i]);
    }
    arena_drop(&arena);
}

static void test_cancelling(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(100, 50, 0, &arena);
    Cancel cancel = {0};
    cancel_request(&cancel);
    Sculpture s;
    assert_status(bake(&scan, (BakeOptions){.cancel = &cancel}, &arena, &s), ERR_CANCELLED);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_cuts_have_no_cracks),
        cmocka_unit_test(test_wide_pages_have_no_cracks),
        cmocka_unit_test(test_errors_reaches_and_cones_grow),
        cmocka_unit_test(test_error_is_true),
        cmocka_unit_test(test_same_bytes_for_any_number_of_threads),
        cmocka_unit_test(test_single_triangle),
        cmocka_unit_test(test_nothing_of_any_area_is_refused),
        cmocka_unit_test(test_duplicates_and_loose_points_leave),
        cmocka_unit_test(test_non_manifold_edge),
        cmocka_unit_test(test_crumbs),
        cmocka_unit_test(test_components_and_huge_places),
        cmocka_unit_test(test_cancelling),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
