// test_bake_tile.c: tiles of coarse levels show what vertices and the levels below show.

#include "tile_check.h"

#include "packer/bake_store.h"

static Scan colored_torus(Arena *arena)
{
    Scan scan = make_torus(400, 160, 0, arena);
    scan.colors = arena_alloc(arena, scan.vertex_count * 4, 1);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        float color[3];
        torus_color(scan.positions[v], color);
        for (int c = 0; c < 3; c++)
            scan.colors[v][c] = (uint8_t)(color[c] * 255 + 0.5f);
        scan.colors[v][3] = 255;
    }
    return scan;
}

// Five levels up a few dozen triangles still shade and look like the torus.
static void test_coarse_tiles_are_near_the_surface(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = colored_torus(&arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.graph.has_surface && s.graph.level_count > 4);
    Points points = find_points(&s, &arena);
    assert_int_equal(compare_to_torus(&points, 0).count, 0); // vertices hold the finest
    for (uint32_t level = 1; level < s.graph.level_count; level++) {
        Means means = compare_to_torus(&points, level);
        print_message("level %u: %u points, colour %.2f, normal %.2f degrees\n", level,
                      means.count, means.color, means.normal_deg);
        assert_true(means.count > 0);
        assert_true(means.color < (level < 4 ? 3 : 8));
        assert_true(means.normal_deg < (level < 4 ? 2.5 : 8));
    }
    arena_drop(&arena);
}

static void test_bare_scans_get_normals(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(300, 120, 0, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_false(s.graph.has_surface);
    Points points = find_points(&s, &arena);
    Means root = compare_to_torus(&points, s.graph.level_count - 1);
    print_message("root: %u points, normal %.2f degrees\n", root.count, root.normal_deg);
    assert_true(root.count > 0 && root.normal_deg < 12);
    for (uint32_t p = 0; p < s.graph.page_count; p++) {
        assert_int_equal(s.tiles[p].maps & 1u << SURFACE_COLOR, 0);
        assert_true(s.pages[p].tile_rows || s.pages[p].surfaces); // for relief
        assert_int_equal(s.pages[p].tile_rows > 0,
                         s.graph.groups[s.graph.pages[p].first_group].level > 0);
    }
    arena_drop(&arena);
}

// Which vertex of a torus a point is nearest to.
static uint32_t torus_vertex(const float at[3], uint32_t around, uint32_t across)
{
    float a = atan2f(at[2], at[0]) / 6.2831853f;
    float b = atan2f(at[1], hypotf(at[0], at[2]) - 1) / 6.2831853f;
    uint32_t i = (uint32_t)lrintf((a + 1) * (float)around) % around;
    return i * across + (uint32_t)lrintf((b + 1) * (float)across) % across;
}

// Waves are ridges and hollows at every level.
static void test_relief_is_passed_on(void **state)
{
    (void)state;
    enum { AROUND = 300, ACROSS = 120 };
    Arena arena = {0};
    Scan scan = make_torus(AROUND, ACROSS, 0.04f, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    uint8_t *reliefs = ARENA_ARRAY(&arena, uint8_t, AROUND * ACROSS);
    int least = 255, most = 0;
    for (uint32_t p = 0; p < s.graph.page_count; p++) {
        const MeshPage *page = &s.pages[p];
        for (uint32_t v = 0; page->surfaces && v < page->vertex_count; v++) {
            float at[3];
            for (int axis = 0; axis < 3; axis++)
                at[axis] = page->origin_m[axis] +
                           page->step_m * (float)page->vertices[v].position[axis];
            uint8_t relief = page->surfaces[v].relief;
            reliefs[torus_vertex(at, AROUND, ACROSS)] = relief;
            least = MIN(least, relief);
            most = MAX(most, relief);
        }
    }
    assert_true(most - least > 40);
    Points points = find_points(&s, &arena);
    double off = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < points.count; i++) {
        const Point *point = &points.points[i];
        if (point->level != 1 && point->level != 2)
            continue;
        off +=
            abs(point->surface.relief - reliefs[torus_vertex(point->position, AROUND, ACROSS)]);
        count++;
    }
    print_message("reliefs %d to %d; %u points are %.2f off\n", least, most, count,
                  off / MAX(count, 1u));
    assert_true(count > 1000 && off / count < 0.06 * (most - least));
    arena_drop(&arena);
}

// ---- the whole

static void test_threads_change_nothing(void **state)
{
    (void)state;
    Arena arena = {0};
    uint32_t fields[16];
    Scan scan = make_torus(120, 60, 0.02f, &arena);
    scan.uvs[0] = arena_alloc(&arena, scan.vertex_count * 8, 4);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        scan.uvs[0][v][0] = scan.positions[v][0] * 0.3f + 0.5f;
        scan.uvs[0][v][1] = scan.positions[v][2] * 0.3f + 0.5f;
    }
    paint(&scan, 512, 512, make_fields(fields, 512, &arena), &arena);
    Sculpture one, two;
    assert_ok(bake(&scan, (BakeOptions){.worker_limit = 1}, &arena, &one));
    assert_ok(bake(&scan, (BakeOptions){.worker_limit = 2}, &arena, &two));
    assert_int_equal(one.count, two.count);
    assert_memory_equal(one.bytes, two.bytes, one.count);
    assert_memory_equal(one.result.graph_bytes.ptr, two.result.graph_bytes.ptr,
                        one.result.graph_bytes.len);
    arena_drop(&arena);
}

typedef struct Stopper {
    Cancel cancel;
    bool was_painting;
} Stopper;

static void stop_painting(void *context, const char *doing, double share)
{
    Stopper *stopper = context;
    (void)share;
    if (strcmp(doing, "painting tiles") != 0)
        return;
    stopper->was_painting = true;
    cancel_request(&stopper->cancel);
}

static void test_painting_can_be_stopped(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(60, 30, 0, &arena);
    Stopper stopper = {0};
    Sculpture s;
    BakeOptions options = {
        .cancel = &stopper.cancel, .progress = stop_painting, .progress_context = &stopper};
    assert_status(bake(&scan, options, &arena, &s), ERR_CANCELLED);
    assert_true(stopper.was_painting);
    arena_drop(&arena);
}

// What does not fit in memory lies in a file, and comes back the same.
static void test_stores_spill(void **state)
{
    (void)state;
    enum { PIECES = 50, LIMIT = 3000 };
    Arena arena = {0};
    BakeStore store = bake_store_make(LIMIT, NULL);
    BakeSpan spans[PIECES];
    uint8_t piece[PIECES * 10];
    uint32_t in_memory = 0;
    for (size_t i = 0; i < PIECES; i++) {
        memset(piece, (int)i, sizeof piece);
        assert_ok(bake_store_put(&store, (Bytes){piece, 10 * i}, &spans[i]));
        in_memory += spans[i].memory != NULL;
    }
    assert_in_range(in_memory, 10, PIECES - 10);
    for (size_t i = PIECES; i-- > 0;) {
        Bytes bytes;
        assert_ok(bake_store_get(&store, spans[i], &arena, &bytes));
        assert_int_equal(bytes.len, 10 * i);
        for (size_t k = 0; k < bytes.len; k++)
            assert_int_equal(bytes.ptr[k], i);
    }
    bake_store_drop(&store);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coarse_tiles_are_near_the_surface),
        cmocka_unit_test(test_bare_scans_get_normals),
        cmocka_unit_test(test_relief_is_passed_on),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_painting_can_be_stopped),
        cmocka_unit_test(test_stores_spill),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
