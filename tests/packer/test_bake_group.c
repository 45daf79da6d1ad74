// test_bake_group.c: what tiles are promised: how wide their texels are, and that a group's are
// few enough for one.

#include "bake_check.h"

#include "packer/bake_graph.h"
#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_tessellate.h"
#include "packer/bake_weld.h"

typedef struct Fixture {
    BakeMesh mesh;
    BakeGraph graph;
} Fixture;

static Fixture make_graph(const Scan *scan, Arena *arena)
{
    Fixture f = {0};
    WeldCounts counts;
    Texels texels = bake_texels_find(scan, bake_used_materials(scan, arena), arena);
    TexelWidths widths = bake_texels_measure(&texels);
    float edge_m = BAKE_TILE_EDGE_TEXELS * widths.median_m;
    assert_ok(bake_weld(scan, bake_choose_grid(scan, edge_m), arena, &f.mesh, &counts));
    bake_normals(scan, &f.mesh, arena);
    assert_ok(bake_tessellate(&(TessellateDesc){.texels = &texels,
                                                .area_texels = widths.area_texels,
                                                .max_triangles = BAKE_TILE_MAX_TRIANGLES,
                                                .longest_texels = BAKE_TILE_EDGE_TEXELS,
                                                .mesh = &f.mesh},
                              arena));
    if (widths.area_texels > 0)
        f.mesh.texel_areas = bake_texel_areas(&texels, &f.mesh, arena);
    assert_ok(bake_graph(&(GraphDesc){.mesh = &f.mesh}, arena, &f.graph));
    return f;
}

static float triangle_area_m2(const Fixture *f, const BakeGroup *group, uint32_t t)
{
    float at[3][3];
    for (int i = 0; i < 3; i++)
        bake_position(&f->mesh, group->vertices[group->indices[t][i]], at[i]);
    return bake_triangle_area((const float(*)[3])at, (uint32_t[3]){0, 1, 2});
}

static float cluster_area_m2(const Fixture *f, const BakeGroup *group,
                             const BakeGroupCluster *cluster)
{
    float area = 0;
    for (uint32_t t = 0; t < cluster->triangle_count; t++)
        area += triangle_area_m2(f, group, cluster->first_triangle + t);
    return area;
}

// Of all clusters of more than one triangle; the number of texels of the finest level.
static double check_caps(const Fixture *f)
{
    double finest = 0;
    for (uint32_t g = 0; g < f->graph.group_count; g++) {
        const BakeGroup *group = f->graph.groups[g];
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            const BakeGroupCluster *cluster = &group->clusters[c];
            if (!(cluster->texel_m > 0))
                continue;
            float texels =
                cluster_area_m2(f, group, cluster) / (cluster->texel_m * cluster->texel_m);
            if (cluster->triangle_count > 1)
                assert_true(texels < 1.001f * BAKE_CLUSTER_MAX_TEXELS);
            finest += cluster->refined_by == BAKE_NO_GROUP ? (double)texels : 0;
        }
    }
    return finest;
}

// Texels never get finer towards the roots; and coarse texels are an error.
static void check_growth(const Fixture *f)
{
    for (uint32_t g = 0; g < f->graph.group_count; g++) {
        const BakeGroup *group = f->graph.groups[g];
        float finest = FLT_MAX;
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            const BakeGroupCluster *cluster = &group->clusters[c];
            finest = MIN(finest, cluster->texel_m);
            if (cluster->refined_by != BAKE_NO_GROUP)
                assert_true(cluster->texel_m >
                            0.999f * f->graph.groups[cluster->refined_by]->texel_m);
        }
        if (group->error_m == FLT_MAX)
            continue; // a root
        assert_true(group->texel_m > 0 && group->texel_m > 0.999f * finest);
        assert_true(group->error_m >= 0.69f * group->texel_m); // 1.4 pixels a texel
    }
}

// Two triangles and a picture: split until their graph is as deep as the picture's mips, and no
// level is further off than its texels are wide.
static void test_plate(void **state)
{
    (void)state;
    enum { SIDE = 2048 };
    Arena arena = {0};
    uint32_t *texels = ARENA_ARRAY(&arena, uint32_t, SIDE * SIDE);
    Scan scan = make_square(1, &arena);
    paint(&scan, SIDE, SIDE, texels, &arena);
    Fixture f = make_graph(&scan, &arena);
    assert_true(f.mesh.triangle_count >= SIDE * SIDE / 4096);
    assert_true(f.mesh.triangle_count <= SIDE * SIDE / 256);
    double sum = 0;
    for (uint32_t t = 0; t < f.mesh.triangle_count; t++) {
        assert_true(f.mesh.texel_areas[t] <= 4096);
        sum += (double)f.mesh.texel_areas[t];
    }
    assert_float_equal(sum / (SIDE * SIDE), 1, 1e-3);
    assert_float_equal(check_caps(&f) / (SIDE * SIDE), 1, 1e-2);
    check_growth(&f);
    for (uint32_t g = 0; g < f.graph.group_count; g++) {
        const BakeGroup *group = f.graph.groups[g];
        float texel_m = ldexpf(1.0f / SIDE, (int)group->level + 1);
        if (group->error_m < FLT_MAX)
            assert_true(group->error_m < 1.01f * texel_m);
    }
    assert_int_equal(f.graph.root_count, 1);
    assert_true(f.graph.groups[f.graph.group_count - 1]->triangle_count < 64);
    bake_graph_drop(&f.graph);
    arena_drop(&arena);
}

static float least_x(const Fixture *f, const BakeGroup *group, const BakeGroupCluster *cluster)
{
    float least = FLT_MAX, at[3];
    for (uint32_t t = 0; t < cluster->triangle_count; t++) {
        for (int i = 0; i < 3; i++) {
            uint16_t v = group->indices[cluster->first_triangle + t][i];
            bake_position(&f->mesh, group->vertices[v], at);
            least = MIN(least, at[0]);
        }
    }
    return least;
}

// What is finer than its neighbours is not blurred by them: where its texels began as `fine_m`,
// they are twice as wide on each level; once more where most around them is coarse.
static void check_fine_half(const Fixture *f, float from_x, float fine_m)
{
    uint32_t checked = 0;
    for (uint32_t g = 0; g < f->graph.group_count; g++) {
        const BakeGroup *group = f->graph.groups[g];
        for (uint32_t c = 0; c < group->cluster_count && group->level < 3; c++) {
            if (least_x(f, group, &group->clusters[c]) < from_x)
                continue;
            assert_true(group->clusters[c].texel_m < 2.0f * ldexpf(fine_m, (int)group->level));
            checked++;
        }
    }
    assert_true(checked > 16);
}

// One half of a surface has fifty times the texels of the other.
static void test_uneven_texels(void **state)
{
    (void)state;
    enum { SIDE = 1024, QUADS = 48 };
    Arena arena = {0};
    uint32_t *texels = ARENA_ARRAY(&arena, uint32_t, SIDE * SIDE);
    Scan scan = make_square(QUADS, &arena);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        float u = scan.uvs[0][v][0];
        scan.uvs[0][v][0] = u < 0.5f ? u * 0.04f : 0.02f + (u - 0.5f) * 1.96f;
    }
    paint(&scan, SIDE, SIDE, texels, &arena);
    Fixture f = make_graph(&scan, &arena);
    assert_int_equal(f.mesh.triangle_count, 2 * QUADS * QUADS); // none had to be split
    assert_float_equal(check_caps(&f) / (SIDE * SIDE), 1, 1e-2);
    check_growth(&f);
    uint32_t most = 0, fewest = UINT32_MAX;
    for (uint32_t g = 0; g < f.graph.group_count; g++) {
        for (uint32_t c = 0; c < f.graph.groups[g]->cluster_count; c++) {
            const BakeGroupCluster *cluster = &f.graph.groups[g]->clusters[c];
            most = MAX(most, cluster->triangle_count);
            fewest = MIN(fewest, cluster->triangle_count);
        }
    }
    assert_true(most > 60 && fewest < 20);
    check_fine_half(&f, 0.5f, sqrtf(0.5f / 0.98f) / SIDE);
    bake_graph_drop(&f.graph);
    arena_drop(&arena);
}

// Without pictures the finest level has no tile, and what is above has about two texels for
// each vertex that was there.
static void test_vertices_hold_the_finest(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(300, 150, 0.01f, &arena);
    Fixture f = make_graph(&scan, &arena);
    check_caps(&f);
    check_growth(&f);
    double texels = 0;
    for (uint32_t g = 0; g < f.graph.group_count; g++) {
        const BakeGroup *group = f.graph.groups[g];
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            const BakeGroupCluster *cluster = &group->clusters[c];
            assert_true((cluster->texel_m > 0) == (cluster->refined_by != BAKE_NO_GROUP));
            if (group->level == 1)
                texels += (double)(cluster_area_m2(&f, group, cluster) /
                                   (cluster->texel_m * cluster->texel_m));
        }
    }
    assert_true(texels > 1.5 * scan.vertex_count && texels < 2.5 * scan.vertex_count);
    bake_graph_drop(&f.graph);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plate),
        cmocka_unit_test(test_uneven_texels),
        cmocka_unit_test(test_vertices_hold_the_finest),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
