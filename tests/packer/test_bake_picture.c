// test_bake_picture.c: tiles show the scan's pictures, texel by texel.

#include "tile_check.h"

#include "packer/bake_graph.h"
#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_tessellate.h"
#include "packer/bake_tile.h"
#include "packer/bake_tile_child.h"
#include "packer/bake_tile_own.h"
#include "packer/bake_weld.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static uint32_t *random_texels(uint32_t count, Arena *arena)
{
    uint32_t *texels = ARENA_ARRAY(arena, uint32_t, count), state = 7;
    for (uint32_t i = 0; i < count; i++)
        texels[i] = next_random(&state) & 0xffffff;
    return texels;
}

// ---- the finest level, before the codec

typedef struct Painted {
    BakeMesh mesh;
    BakeGraph graph;
    TileBake bake;
    TexelStore *store;
    TexelReader *reader;
} Painted;

static void begin_painting(const Scan *scan, Arena *arena, Painted *out)
{
    WeldCounts counts;
    *out = (Painted){0};
    BakeMesh *mesh = &out->mesh;
    bool *is_used = bake_used_materials(scan, arena);
    assert_ok(bake_weld(scan, bake_choose_grid(scan, 0), arena, mesh, &counts));
    bake_normals(scan, mesh, arena);
    out->bake.scan = (TileScan){.scan = scan,
                                .mesh = mesh,
                                .graph = &out->graph,
                                .texels = bake_texels_find(scan, is_used, arena),
                                .has_surface = true,
                                .is_copied = true};
    mesh->texel_areas = bake_texel_areas(&out->bake.scan.texels, mesh, arena);
    assert_ok(bake_graph(&(GraphDesc){.mesh = mesh}, arena, &out->graph));
    assert_ok(texel_store_make(&(TexelStoreDesc){.scan = scan}, &out->store));
    out->bake.scan.store = out->store;
    out->reader = texel_reader_make(out->store, arena);
    tile_tables_fill(&out->bake.tables);
}

static void end_painting(Painted *painted)
{
    texel_store_drop(painted->store);
    bake_graph_drop(&painted->graph);
}

static TileCanvas paint_group(const Painted *painted, const BakeGroup *group, Arena *arena,
                              TileGroup *out)
{
    uint32_t rows;
    tile_plan_group(&painted->bake.scan, group, 1, arena, out);
    assert_true(tile_pack_groups(out, 1, &rows));
    TileCanvas canvas = tile_canvas_make(rows, tile_own_maps(&painted->bake.scan, out),
                                         &painted->bake.tables, arena);
    for (uint32_t c = 0; c < out->chart_count; c++)
        assert_ok(tile_paint_own(&(TileOwnDesc){.scan = &painted->bake.scan,
                                                .reader = painted->reader,
                                                .canvas = &canvas,
                                                .temporary = arena},
                                 out, &out->charts[c]));
    return canvas;
}

// Every texel that a triangle's samples touch is the one of the picture, and used.
static uint32_t check_copies(const Painted *painted, const TileGroup *group,
                             const TileCanvas *canvas, const uint32_t *texels, int side)
{
    uint32_t checked = 0;
    for (uint32_t t = 0; t < group->group->triangle_count; t++) {
        double at[3][2];
        assert_true(bake_texels_of(&painted->bake.scan.texels, &painted->mesh,
                                   group->group->sources[t], at));
        for (int i = 0; i < 60; i++) {
            float b = (float)(i % 8) / 7, c = (1 - b) * (float)(i / 8) / 7;
            float shares[3] = {1 - b - c, b, c}, from[2] = {0, 0}, to[2] = {0, 0};
            for (int k = 0; k < 6; k++) {
                const TileVertex *vertex = &group->vertices[group->indices[t][k / 2]];
                MeshTexel texel = tile_vertex_texel(&painted->bake.scan, group, vertex);
                from[k % 2] += shares[k / 2] * (float)at[k / 2][k % 2];
                to[k % 2] += shares[k / 2] * (float)texel.place[k % 2] / MESH_TEXEL_STEPS;
            }
            int beside[2] = {i % 3 - 1, i / 3 % 3 - 1}; // neighbours too
            int u = (int)floorf(from[0]) + beside[0], v = (int)floorf(from[1]) + beside[1];
            size_t place = (size_t)((int)floorf(to[1]) + beside[1]) * SURFACE_TILE_WIDTH +
                           (size_t)((int)floorf(to[0]) + beside[0]);
            if (fabsf(from[0] - roundf(from[0])) < 0.05f ||
                fabsf(from[1] - roundf(from[1])) < 0.05f)
                continue; // 64ths may round to the neighbour
            uint32_t wanted = texels[((v + side) % side) * side + (u + side) % side];
            const uint8_t *found = canvas->tile.color[place];
            assert_true(canvas->is_used[place]);
            assert_int_equal(found[0] << 16 | found[1] << 8 | found[2], wanted);
            checked++;
        }
    }
    return checked;
}

static void test_finest_texels_are_the_pictures(void **state)
{
    (void)state;
    enum { SIDE = 256 };
    Arena arena = {0};
    Scan scan = make_square(16, &arena);
    uint32_t *texels = random_texels(SIDE * SIDE, &arena);
    // The upper half is mirrored, the picture repeats, and nothing begins at a whole texel.
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        float *uv = scan.uvs[0][v];
        uv[0] = uv[0] * 1.13f + 0.7123f;
        uv[1] = fabsf(uv[1] - 0.5f) * 0.9f - 0.31f;
    }
    paint(&scan, SIDE, SIDE, texels, &arena);
    Painted painted;
    begin_painting(&scan, &arena, &painted);
    uint32_t checked = 0;
    for (uint32_t g = 0; g < painted.graph.group_count; g++) {
        const BakeGroup *group = painted.graph.groups[g];
        if (group->level > 0)
            continue;
        TileGroup plan;
        TileCanvas canvas = paint_group(&painted, group, &arena, &plan);
        checked += check_copies(&painted, &plan, &canvas, texels, SIDE);
    }
    assert_true(checked > 20000);
    end_painting(&painted);
    arena_drop(&arena);
}

// ---- pictures

// On the square's plane a point's place says which texel it shows.
static void check_square(const Sculpture *s, const uint32_t *texels, int columns, int rows,
                         int tolerance, Arena *arena)
{
    Points points = find_points(s, arena);
    uint32_t checked = 0;
    for (uint32_t i = 0; i < points.count; i++) {
        const Point *point = &points.points[i];
        float u = point->position[0] * (float)columns,
              v = (1 - point->position[1]) * (float)rows;
        float from_edge = MIN(fabsf(u - roundf(u)), fabsf(v - roundf(v)));
        if (from_edge < 0.3f || point->level > 1)
            continue;
        uint32_t texel =
            texels[CLAMP((int)v, 0, rows - 1) * columns + CLAMP((int)u, 0, columns - 1)];
        for (int c = 0; c < 3; c++)
            assert_true(abs((int)(texel >> (16 - 8 * c) & 255) - point->surface.color[c]) <=
                        tolerance);
        checked++;
    }
    assert_true(checked > 100);
}

static void test_pictures_lie_right(void **state)
{
    (void)state;
    enum { SIDE = 512 };
    Arena arena = {0};
    uint32_t fields[16];
    uint32_t *texels = make_fields(fields, SIDE, &arena);
    Scan scan = make_square(32, &arena);
    paint(&scan, SIDE, SIDE, texels, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    check_square(&s, fields, 4, 4, 6, &arena);
    assert_true(s.result.stats.tiles.finest_texels <= 1.01 * SIDE * SIDE);
    assert_true(s.result.stats.tiles.finest_texels >= 0.99 * SIDE * SIDE);
    arena_drop(&arena);
}

// A picture that is met a hundred times: what is stored stays within its size.
static void test_repeats_are_not_stored(void **state)
{
    (void)state;
    enum { SIDE = 128 };
    Arena arena = {0};
    Scan scan = make_square(32, &arena);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        scan.uvs[0][v][0] *= 10;
        scan.uvs[0][v][1] *= 10;
    }
    paint(&scan, SIDE, SIDE, random_texels(SIDE * SIDE, &arena), &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.result.stats.tiles.finest_texels < 1.5 * SIDE * SIDE);
    arena_drop(&arena);
}

// A torus of which every triangle is an island of its own, far from its neighbours'.
static Scan scattered_torus(Arena *arena)
{
    enum { SIDE = 1024, ISLAND = 8, ISLANDS = SIDE / ISLAND };
    Scan torus = make_torus(120, 60, 0, arena);
    Scan scan = make_scan(3 * torus.triangle_count, torus.triangle_count, arena);
    scan.uvs[0] = arena_alloc(arena, scan.vertex_count * 8, 4);
    uint32_t *texels = ARENA_ARRAY(arena, uint32_t, SIDE * SIDE);
    for (uint32_t t = 0; t < scan.triangle_count; t++) {
        uint32_t island = t * 7919 % (ISLANDS * ISLANDS), rgb = 0;
        uint32_t x = island % ISLANDS * ISLAND, y = island / ISLANDS * ISLAND;
        float middle[3] = {0}, color[3];
        for (uint32_t i = 0; i < 3; i++) {
            memcpy(scan.positions[3 * t + i], torus.positions[torus.triangles[t][i]], 12);
            scan.triangles[t][i] = 3 * t + i;
            scan.uvs[0][3 * t + i][0] = ((float)x + (i == 1 ? 6.5f : 1.5f)) / SIDE;
            scan.uvs[0][3 * t + i][1] = ((float)y + (i == 2 ? 6.5f : 1.5f)) / SIDE;
            for (int axis = 0; axis < 3; axis++)
                middle[axis] += scan.positions[3 * t + i][axis] / 3;
        }
        torus_color(middle, color);
        for (int c = 0; c < 3; c++)
            rgb = rgb << 8 | (uint32_t)(color[c] * 255 + 0.5f);
        for (uint32_t i = 0; i < ISLAND * ISLAND; i++)
            texels[(y + i / ISLAND) * SIDE + x + i % ISLAND] = rgb;
    }
    paint(&scan, SIDE, SIDE, texels, arena);
    return scan;
}

// Most groups would have more vertices than a page may: theirs are seen flat.
static void test_scattered_islands(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = scattered_torus(&arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.result.stats.tiles.coarser_groups > 0);
    for (float error_m = -1; error_m < 0.1f; error_m += 0.02f) {
        CutMesh cut = cut_at_error(&s, error_m, &arena);
        assert_int_equal(count_open_edges(&cut, &arena), 0);
    }
    Points points = find_points(&s, &arena);
    for (uint32_t level = 0; level < 3; level++) {
        Means means = compare_to_torus(&points, level);
        print_message("level %u: %u points, colour %.2f\n", level, means.count, means.color);
        assert_true(means.count > 0 && means.color < 3);
    }
    arena_drop(&arena);
}

// Two triangles that are as wide as the picture.
static void test_plates(void **state)
{
    (void)state;
    enum { SIDE = 2048 };
    Arena arena = {0};
    uint32_t fields[16];
    Scan scan = make_square(1, &arena);
    paint(&scan, SIDE, SIDE, make_fields(fields, SIDE, &arena), &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    check_square(&s, fields, 4, 4, 6, &arena);
    assert_true(s.result.stats.tiles.finest_texels >= 0.99 * SIDE * SIDE);
    assert_int_equal(s.result.stats.tiles.coarser_groups, 0);
    arena_drop(&arena);
}

// Each half of the square has a material, with pictures of different sizes.
static void test_two_materials(void **state)
{
    (void)state;
    static const uint32_t gloss[4] = {0x004000, 0x00c000, 0x004000, 0x00c000};
    Arena arena = {0};
    uint32_t fields[16];
    uint32_t *texels = make_fields(fields, 256, &arena);
    Scan scan = make_square(32, &arena);
    ScanMaterial *materials = ARENA_ARRAY(&arena, ScanMaterial, 2);
    materials[0] = materials[1] = scan_default_material();
    scan.materials = materials;
    paint(&scan, 256, 256, texels, &arena);
    scan.material_count = 2;
    materials[1].base_color_map.image =
        add_image(&scan, make_png(64, 64, make_fields(fields, 64, &arena), &arena), &arena);
    materials[0].metal_rough_map.image = materials[1].metal_rough_map.image =
        add_image(&scan, make_png(2, 2, gloss, &arena), &arena);
    materials[0].roughness = materials[1].roughness = 1;
    scan.triangle_materials = ARENA_ARRAY(&arena, uint16_t, scan.triangle_count);
    for (uint32_t t = 0; t < scan.triangle_count; t++)
        scan.triangle_materials[t] = t / 2 / 32 >= 16;
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    check_square(&s, fields, 4, 4, 12, &arena);
    Points points = find_points(&s, &arena);
    for (uint32_t i = 0; i < points.count; i++) {
        float x = points.points[i].position[0];
        if (points.points[i].level == 0 && fabsf(x - 0.25f) < 0.1f)
            assert_in_range(points.points[i].surface.roughness, 0x3a, 0x46 + 20);
        if (points.points[i].level == 0 && fabsf(x - 0.75f) < 0.1f)
            assert_in_range(points.points[i].surface.roughness, 0xba - 20, 0xc6);
    }
    arena_drop(&arena);
}

// Up the picture is up the square, right is right; the square looks along +z.
static void test_normal_maps(void **state)
{
    (void)state;
    static const struct {
        uint32_t texel;
        bool is_mirrored;
        float expected[3];
    } cases[] = {
        {0xda80da, false, {0.707f, 0, 0.707f}},
        {0x80dada, false, {0, 0.707f, 0.707f}},
        {0xda80da, true, {-0.707f, 0, 0.707f}}, // u runs to the left there
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Scan scan = make_square(16, &arena);
        uint32_t texels[64 * 64];
        for (size_t k = 0; k < COUNT_OF(texels); k++)
            texels[k] = cases[i].texel;
        scan.materials[0].normal_map.image =
            add_image(&scan, make_png(64, 64, texels, &arena), &arena);
        for (uint32_t v = 0; v < scan.vertex_count && cases[i].is_mirrored; v++)
            scan.uvs[0][v][0] = 1 - scan.uvs[0][v][0];
        Sculpture s;
        assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
        assert_false(s.graph.has_surface); // a normal map says nothing of colour
        Points points = find_points(&s, &arena);
        for (uint32_t p = 0; p < points.count; p++) {
            for (int axis = 0; axis < 3; axis++)
                assert_float_equal(points.points[p].normal[axis], cases[i].expected[axis],
                                   0.03f);
        }
        assert_true(points.count > 1000);
        arena_drop(&arena);
    }
}

static void test_broken_pictures_are_named(void **state)
{
    (void)state;
    static const uint32_t texels[4] = {1, 2, 3, 4};
    Arena arena = {0};
    Scan scan = make_square(2, &arena);
    Bytes png = make_png(2, 2, texels, &arena);
    scan.materials[0].base_color_map.image =
        add_image(&scan, bytes_first(png, png.len - 20), &arena);
    Sculpture s;
    assert_status(bake(&scan, (BakeOptions){0}, &arena, &s), ERR_CORRUPT);
    assert_non_null(strstr(fault_last()->text, "paint.png"));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finest_texels_are_the_pictures),
        cmocka_unit_test(test_pictures_lie_right),
        cmocka_unit_test(test_repeats_are_not_stored),
        cmocka_unit_test(test_scattered_islands),
        cmocka_unit_test(test_plates),
        cmocka_unit_test(test_two_materials),
        cmocka_unit_test(test_normal_maps),
        cmocka_unit_test(test_broken_pictures_are_named),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
