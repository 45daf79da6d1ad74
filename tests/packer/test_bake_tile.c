// test_bake_tile.c: tiles show what pictures, vertices and the levels below show.

#include "bake_check.h"

#include "packer/bake_graph.h"
#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_tessellate.h"
#include "packer/bake_tile.h"
#include "packer/bake_tile_child.h"
#include "packer/bake_tile_own.h"
#include "packer/bake_weld.h"

static const BakeOptions tiled = {0};

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

// ---- points on the triangles of a level

typedef struct Point {
    float position[3], normal[3];
    MeshSurface surface;
    uint32_t level;
} Point;

typedef struct Points {
    uint32_t count;
    Point *points;
} Points;

static Point point_on(const Sculpture *s, uint32_t p, const uint16_t corners[3],
                      const float shares[3])
{
    const MeshPage *page = &s->pages[p];
    Point point = {.level = s->graph.groups[s->graph.pages[p].first_group].level};
    float place[2] = {0, 0};
    for (int i = 0; i < 3; i++) {
        float normal[3];
        mesh_decode_normal(page->vertices[corners[i]].normal, normal);
        for (int axis = 0; axis < 3; axis++) {
            float at = page->origin_m[axis] +
                       page->step_m * (float)page->vertices[corners[i]].position[axis];
            point.position[axis] += shares[i] * at;
            point.normal[axis] += shares[i] * normal[axis];
        }
        for (int k = 0; k < 2; k++)
            place[k] += shares[i] * (float)page->texels[corners[i]].place[k] / MESH_TEXEL_STEPS;
    }
    sample_tile(&s->tiles[p], place, page->texels[corners[0]].axis, &point.surface,
                point.normal);
    return point;
}

// Several on each triangle of each page with a tile.
static Points find_points(const Sculpture *s, Arena *arena)
{
    static const float shares[4][3] = {{0.34f, 0.33f, 0.33f},
                                       {0.9f, 0.06f, 0.04f},
                                       {0.05f, 0.5f, 0.45f},
                                       {0.4f, 0.01f, 0.59f}};
    Points out = {
        .points = ARENA_ARRAY(arena, Point, COUNT_OF(shares) * s->result.stats.all_triangles)};
    for (uint32_t p = 0; p < s->graph.page_count; p++) {
        for (uint32_t i = 0; s->pages[p].texels && i < s->pages[p].index_count; i += 3) {
            for (size_t k = 0; k < COUNT_OF(shares); k++)
                out.points[out.count++] = point_on(s, p, &s->pages[p].indices[i], shares[k]);
        }
    }
    return out;
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

// ---- known functions

static void torus_color(const float at[3], float out[3])
{
    out[0] = 0.5f + 0.3f * sinf(3 * at[0]);
    out[1] = 0.5f + 0.3f * sinf(4 * at[1] + 1);
    out[2] = 0.5f + 0.3f * sinf(3 * at[2] + 2);
}

static void torus_normal(const float at[3], float out[3])
{
    float ring = hypotf(at[0], at[2]);
    float way[3] = {at[0] - at[0] / ring, at[1], at[2] - at[2] / ring};
    float size = sqrtf(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
    for (int axis = 0; axis < 3; axis++)
        out[axis] = way[axis] / size;
}

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

typedef struct Means {
    double color, normal_deg;
    uint32_t count;
} Means;

static Means compare_to_torus(const Points *points, uint32_t level)
{
    Means means = {0};
    for (uint32_t i = 0; i < points->count; i++) {
        const Point *point = &points->points[i];
        float color[3], normal[3], dot = 0;
        if (point->level != level)
            continue;
        torus_color(point->position, color);
        torus_normal(point->position, normal);
        for (int k = 0; k < 3; k++) {
            means.color += fabs((double)color[k] * 255 - point->surface.color[k]) / 3;
            dot += normal[k] * point->normal[k];
        }
        means.normal_deg += acos((double)CLAMP(dot, -1.0f, 1.0f)) * 57.29578;
        means.count++;
    }
    means.color /= MAX(means.count, 1u);
    means.normal_deg /= MAX(means.count, 1u);
    return means;
}

// Five levels up a few dozen triangles still shade and look like the torus.
static void test_coarse_tiles_are_near_the_surface(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = colored_torus(&arena);
    Sculpture s;
    assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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

// Sixteen fields of a colour each, in a picture that is fine enough for the codec.
static uint32_t *make_fields(uint32_t *fields, int side, Arena *arena)
{
    uint32_t *texels = ARENA_ARRAY(arena, uint32_t, (size_t)side * (size_t)side);
    for (int i = 0; i < 16; i++)
        fields[i] = 0x404040 + 0x200000u * (uint32_t)(i % 4) + 0x2000u * (uint32_t)(i / 4);
    for (int i = 0; i < side * side; i++)
        texels[i] = fields[i / side * 4 / side * 4 + i % side * 4 / side];
    return texels;
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_ok(bake(&scan, tiled, &arena, &s));
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
        assert_ok(bake(&scan, tiled, &arena, &s));
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
    assert_status(bake(&scan, tiled, &arena, &s), ERR_CORRUPT);
    assert_non_null(strstr(fault_last()->text, "paint.png"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finest_texels_are_the_pictures),
        cmocka_unit_test(test_coarse_tiles_are_near_the_surface),
        cmocka_unit_test(test_bare_scans_get_normals),
        cmocka_unit_test(test_pictures_lie_right),
        cmocka_unit_test(test_repeats_are_not_stored),
        cmocka_unit_test(test_scattered_islands),
        cmocka_unit_test(test_plates),
        cmocka_unit_test(test_two_materials),
        cmocka_unit_test(test_normal_maps),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_broken_pictures_are_named),
        cmocka_unit_test(test_painting_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
