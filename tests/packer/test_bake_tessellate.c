// test_bake_tessellate.c: triangles are split as far as pictures need it, and nothing else
// changes.

#include "bake_check.h"

#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_tessellate.h"
#include "packer/bake_weld.h"

enum { PICTURE = 128, LARGE_PICTURE = 1024 };

// A closed surface of four faces, each with an island of its own, of very different sizes on
// the picture: neighbours never agree by themselves how far to split.
static Scan make_tetrahedron(uint32_t side, Arena *arena)
{
    static const float corners[4][3] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    static const uint32_t faces[4][3] = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
    static const float sizes[4] = {0.9f, 0.4f, 0.05f, 0.2f};
    Scan scan = make_scan(12, 4, arena);
    scan.uvs[0] = arena_alloc(arena, 12 * 8, 4);
    for (uint32_t i = 0; i < 12; i++) {
        memcpy(scan.positions[i], corners[faces[i / 3][i % 3]], 12);
        scan.triangles[i / 3][i % 3] = i;
        scan.uvs[0][i][0] = i % 3 == 1 ? sizes[i / 3] : 0;
        scan.uvs[0][i][1] = i % 3 == 2 ? sizes[i / 3] : 0;
    }
    uint32_t *texels = ARENA_ARRAY(arena, uint32_t, (size_t)side * side);
    for (uint32_t i = 0; i < side * side; i++)
        texels[i] = i * 2654435761u >> 8;
    paint(&scan, side, side, texels, arena);
    return scan;
}

static BakeMesh split(const Scan *scan, uint64_t max_triangles, Texels *texels, Arena *arena)
{
    BakeMesh mesh = {0};
    WeldCounts counts;
    *texels = bake_texels_find(scan, bake_used_materials(scan, arena), arena);
    double area = bake_texels_measure(texels).area_texels;
    assert_ok(bake_weld(scan, bake_choose_grid(scan, 0.001f), arena, &mesh, &counts));
    bake_normals(scan, &mesh, arena);
    assert_ok(bake_tessellate(&(TessellateDesc){.texels = texels,
                                                .area_texels = area,
                                                .max_triangles = max_triangles,
                                                .longest_texels = 2,
                                                .mesh = &mesh},
                              arena));
    return mesh;
}

static CutMesh as_cut(const BakeMesh *mesh, Arena *arena)
{
    CutMesh cut = {mesh->triangle_count, NULL};
    cut.triangles = arena_alloc(arena, cut.count * sizeof *cut.triangles, 16);
    for (uint32_t i = 0; i < 3 * cut.count; i++)
        bake_position(mesh, mesh->triangles[i / 3][i % 3],
                      cut.triangles[i / 3][i % 3].position);
    return cut;
}

static void test_budget_is_kept_and_used(void **state)
{
    (void)state;
    static const uint64_t limits[] = {1, 4, 5, 50, 1000, 5000, 1000000};
    uint32_t before = 0;
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        Arena arena = {0};
        Texels texels;
        Scan scan = make_tetrahedron(PICTURE, &arena);
        BakeMesh mesh = split(&scan, limits[i], &texels, &arena);
        assert_true(mesh.triangle_count <= MAX(limits[i], 4));
        assert_true(mesh.triangle_count >= before);
        if (limits[i] >= 50 && limits[i] <= 5000)
            assert_true(mesh.triangle_count > limits[i] / 4);
        before = mesh.triangle_count;
        arena_drop(&arena);
    }
    // With room enough there are still no more vertices than texels.
    assert_in_range(before, 4000, PICTURE * PICTURE);
}

static void test_no_cracks_and_no_new_shape(void **state)
{
    (void)state;
    Arena arena = {0};
    Texels texels;
    Scan scan = make_tetrahedron(PICTURE, &arena);
    BakeMesh mesh = split(&scan, 6000, &texels, &arena);
    CutMesh cut = as_cut(&mesh, &arena);
    assert_true(cut.count > 1500);
    assert_int_equal(count_open_edges(&cut, &arena), 0);
    for (uint32_t i = 0; i < 3 * cut.count; i++) {
        const float *p = cut.triangles[i / 3][i % 3].position;
        float off = MIN(MIN(fabsf(p[0]), fabsf(p[1])), fabsf(p[2]));
        off = MIN(off, fabsf(p[0] + p[1] + p[2] - 1) / 1.7320508f);
        assert_true(off <= 2 * mesh.grid.step_m);
    }
    arena_drop(&arena);
}

static void test_no_level_has_cracks(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_tetrahedron(LARGE_PICTURE, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.graph.level_count > 1);
    for (float error_m = 1e-5f; error_m < 1; error_m *= 1.3f) {
        CutMesh cut = cut_at_error(&s, error_m, &arena);
        assert_int_equal(count_open_edges(&cut, &arena), 0);
    }
    arena_drop(&arena);
}

// Every corner knows where it lies in the triangle of the scan it came from.
static void test_corners_are_where_they_say(void **state)
{
    (void)state;
    Arena arena = {0};
    Texels texels;
    Scan scan = make_tetrahedron(PICTURE, &arena);
    BakeMesh mesh = split(&scan, 6000, &texels, &arena);
    double area = 0;
    for (uint32_t t = 0; t < mesh.triangle_count; t++) {
        const uint32_t *source = scan.triangles[mesh.sources[t]];
        const BakeCorner *c = mesh.corners[t];
        for (int i = 0; i < 3; i++) {
            float position[3];
            bake_position(&mesh, mesh.triangles[t][i], position);
            for (int axis = 0; axis < 3; axis++) {
                float expected =
                    (1 - c[i].second - c[i].third) * scan.positions[source[0]][axis] +
                    c[i].second * scan.positions[source[1]][axis] +
                    c[i].third * scan.positions[source[2]][axis];
                assert_true(fabsf(position[axis] - expected) <= 4 * mesh.grid.step_m);
            }
        }
        double part = (double)(c[1].second - c[0].second) * (c[2].third - c[0].third) -
                      (double)(c[1].third - c[0].third) * (c[2].second - c[0].second);
        assert_true(part > 0); // none folds over
        area += part;
    }
    assert_true(fabs(area - 4) < 1e-4); // together they are the four
    arena_drop(&arena);
}

// Where the scan has normals, a hard edge stays hard: only vertices on it share both sides.
static void test_hard_edges_stay_hard(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_tetrahedron(LARGE_PICTURE, &arena);
    scan.normals = arena_alloc(&arena, 12 * 12, 4);
    for (uint32_t i = 3; i < 6; i++) // the second face, in y = 0
        set3(scan.normals[i], 0, -1, 0);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    CutMesh cut = cut_at_error(&s, -1, &arena);
    uint32_t inside = 0;
    for (uint32_t i = 0; i < 3 * cut.count; i++) {
        const CutVertex *v = &cut.triangles[i / 3][i % 3];
        if (v->position[1] != 0 || v->position[0] < 0.05f || v->position[2] < 0.05f ||
            v->position[0] + v->position[2] > 0.95f)
            continue;
        inside++;
        assert_true(v->normal[1] < -0.99f);
    }
    assert_true(inside > 20);
    arena_drop(&arena);
}

// ---- grid

// What a picture shows lies where the scan says, to a fraction of a texel, and outlines to a
// fraction of a pixel under the lens.
static void test_grid_is_finer_than_texels(void **state)
{
    (void)state;
    static const float widths_m[] = {0, 0.01f, 0.001f, 0.0002f, 0.00003f};
    Arena arena = {0};
    Scan scan = make_tetrahedron(PICTURE, &arena); // a metre
    for (size_t i = 0; i < COUNT_OF(widths_m); i++) {
        BakeGrid grid = bake_choose_grid(&scan, widths_m[i]);
        assert_true(grid.step_m < 1.5f / 32768);
        assert_true(widths_m[i] == 0 || grid.step_m < 1.5f / 16 * widths_m[i]);
        assert_true(grid.step_m >= 1.0f / (1 << 23));
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_budget_is_kept_and_used),
        cmocka_unit_test(test_no_cracks_and_no_new_shape),
        cmocka_unit_test(test_no_level_has_cracks),
        cmocka_unit_test(test_corners_are_where_they_say),
        cmocka_unit_test(test_hard_edges_stay_hard),
        cmocka_unit_test(test_grid_is_finer_than_texels),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
