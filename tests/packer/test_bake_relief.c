// test_bake_relief.c: ridges stand out, hollows lie in, planes do neither.

#include "bake_check.h"

#include "packer/bake_normals.h"
#include "packer/bake_relief.h"
#include "packer/bake_weld.h"

enum { SIDE = 200 };

typedef struct Sample {
    Arena arena;
    BakeMesh mesh;
    uint8_t *relief;
} Sample;

static void find_relief(Sample *sample, const Scan *scan, int worker_limit)
{
    WeldCounts counts;
    assert_ok(
        bake_weld(scan, bake_choose_grid(scan, 0), &sample->arena, &sample->mesh, &counts));
    bake_normals(scan, &sample->mesh, &sample->arena);
    assert_ok(bake_relief(&(ReliefDesc){.mesh = &sample->mesh, .worker_limit = worker_limit},
                          &sample->arena, &sample->relief));
}

// The vertex nearest to a point.
static uint8_t relief_at(const Sample *sample, float x, float y, float z)
{
    float best = FLT_MAX;
    uint8_t found = 0;
    for (uint32_t v = 0; v < sample->mesh.vertex_count; v++) {
        float at[3], point[3] = {x, y, z}, away = 0;
        bake_position(&sample->mesh, v, at);
        for (int i = 0; i < 3; i++)
            away += (at[i] - point[i]) * (at[i] - point[i]);
        if (away < best) {
            best = away;
            found = sample->relief[v];
        }
    }
    return found;
}

// A plane in z with a groove along y at x = 0.3, and a rib at x = 0.7, of `width` quads.
static Scan make_furrow(float scale, float width, Arena *arena)
{
    Scan scan = make_square(SIDE, arena);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        float *at = scan.positions[v], groove = (at[0] - 0.3f) * SIDE / width,
              rib = (at[0] - 0.7f) * SIDE / width;
        at[2] = width / SIDE * 0.4f * (expf(-rib * rib) - expf(-groove * groove));
        for (int i = 0; i < 3; i++)
            at[i] *= scale;
    }
    return scan;
}

static void test_furrow(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        float width = i % 2 ? 2.0f : 6.0f, scale = i < 2 ? 1.0f : 0.02f;
        Sample sample = {0};
        Scan scan = make_furrow(scale, width, &sample.arena);
        find_relief(&sample, &scan, 1);
        int groove = relief_at(&sample, 0.3f * scale, 0.5f * scale, 0);
        int rib = relief_at(&sample, 0.7f * scale, 0.5f * scale, 0);
        int plane = relief_at(&sample, 0.5f * scale, 0.5f * scale, 0);
        assert_in_range(plane, MESH_RELIEF_FLAT - 2, MESH_RELIEF_FLAT + 2);
        assert_in_range(groove, 1, MESH_RELIEF_FLAT - 40);
        assert_in_range(rib, MESH_RELIEF_FLAT + 40, 255);
        arena_drop(&sample.arena);
    }
}

static void test_threads_agree(void **state)
{
    (void)state;
    Sample one = {0}, two = {0};
    Scan scan = make_torus(300, 120, 0.05f, &one.arena);
    find_relief(&one, &scan, 1);
    find_relief(&two, &scan, 3);
    assert_int_equal(one.mesh.vertex_count, two.mesh.vertex_count);
    assert_memory_equal(one.relief, two.relief, one.mesh.vertex_count);
    arena_drop(&one.arena);
    arena_drop(&two.arena);
}

static void test_cancelled(void **state)
{
    (void)state;
    Sample sample = {0};
    Scan scan = make_torus(30, 12, 0, &sample.arena);
    find_relief(&sample, &scan, 1);
    Cancel cancel = {0};
    cancel_request(&cancel);
    uint8_t *relief = NULL;
    assert_status(bake_relief(&(ReliefDesc){.mesh = &sample.mesh, .cancel = &cancel},
                              &sample.arena, &relief),
                  ERR_CANCELLED);
    assert_null(relief);
    arena_drop(&sample.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_furrow),
        cmocka_unit_test(test_threads_agree),
        cmocka_unit_test(test_cancelled),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
