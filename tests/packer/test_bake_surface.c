// test_bake_surface.c: what pictures and materials say arrives on the vertices.

#include "bake_check.h"

// The vertex of the finest level nearest to a point.
static CutVertex vertex_near(const Sculpture *s, float x, float y, float z, Arena *arena)
{
    CutMesh cut = cut_at_error(s, -1, arena);
    CutVertex best = {{FLT_MAX, 0, 0}, {0}, {{0}, 0, 0, 0, 0, 0}};
    float nearest = FLT_MAX;
    for (uint32_t i = 0; i < 3 * cut.count; i++) {
        const CutVertex *v = &cut.triangles[i / 3][i % 3];
        float distance =
            hypotf(hypotf(v->position[0] - x, v->position[1] - y), v->position[2] - z);
        if (distance < nearest) {
            nearest = distance;
            best = *v;
        }
    }
    return best;
}

static void assert_color(const MeshSurface *surface, uint32_t rgb, int tolerance)
{
    for (int c = 0; c < 3; c++) {
        int expected = (int)(rgb >> (16 - 8 * c) & 255);
        if (abs(surface->color[c] - expected) > tolerance)
            fail_msg("colour %02x%02x%02x; expected %06x", surface->color[0], surface->color[1],
                     surface->color[2], rgb);
    }
}

static void test_no_surface_without_anything_to_say(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_square(4, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_false(s.graph.has_surface);
    assert_true(s.graph.texel_median_m == 0);
    assert_int_equal(s.graph.triangle_count, 32); // nor is anything split
    arena_drop(&arena);
}

static void test_two_texels(void **state)
{
    (void)state;
    static const uint32_t texels[2] = {0xff0000, 0x0000ff};
    Arena arena = {0};
    Scan scan = make_square(16, &arena);
    paint(&scan, 2, 1, texels, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    assert_true(s.graph.has_surface);
    CutVertex left = vertex_near(&s, 0.25f, 0.5f, 0, &arena);
    CutVertex right = vertex_near(&s, 0.75f, 0.5f, 0, &arena);
    CutVertex middle = vertex_near(&s, 0.5f, 0.5f, 0, &arena);
    assert_color(&left.surface, 0xff0000, 55); // a thirtieth of the neighbour's light
    assert_color(&right.surface, 0x0000ff, 55);
    assert_color(&middle.surface, 0xbc00bc, 6); // halves of light, not of bytes
    assert_true(fabsf(s.graph.texel_median_m - sqrtf(0.5f)) < 0.01f);
    arena_drop(&arena);
}

// Which way up a picture lies.
static void test_rows_run_down(void **state)
{
    (void)state;
    static const uint32_t texels[2] = {0xffffff, 0x000000};
    Arena arena = {0};
    Scan scan = make_square(8, &arena);
    paint(&scan, 1, 2, texels, &arena);
    scan.materials[0].base_color_map.wrap_v = SCAN_WRAP_CLAMP;
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    CutVertex top = vertex_near(&s, 0.5f, 1, 0, &arena);
    CutVertex bottom = vertex_near(&s, 0.5f, 0, 0, &arena);
    assert_true(top.surface.color[0] > 250);
    assert_true(bottom.surface.color[0] < 5);
    arena_drop(&arena);
}

static void test_wrapping_and_transform(void **state)
{
    (void)state;
    // Four texels, from left to right; u runs from 0 to 1 over the square.
    static const uint32_t texels[4] = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};
    static const struct {
        ScanWrap wrap;
        float matrix[6];
        float x;
        uint32_t expected;
    } cases[] = {
        {SCAN_WRAP_REPEAT, {1, 0, 0, 0, 1, 0}, 0.375f, 0x00ff00},
        {SCAN_WRAP_REPEAT, {1, 0, 1, 0, 1, 0}, 0.375f, 0x00ff00}, // one further, the same
        {SCAN_WRAP_CLAMP, {1, 0, 1, 0, 1, 0}, 0.375f, 0xffffff},  // the last texel goes on
        {SCAN_WRAP_CLAMP, {1, 0, -1, 0, 1, 0}, 0.375f, 0xff0000},
        {SCAN_WRAP_MIRROR, {1, 0, 1, 0, 1, 0}, 0.375f, 0x0000ff}, // backwards
        {SCAN_WRAP_REPEAT, {1, 0, 0.25f, 0, 1, 0}, 0.375f, 0x0000ff},
        {SCAN_WRAP_REPEAT, {0.5f, 0, 0, 0, 1, 0}, 0.75f, 0x00ff00},
        {SCAN_WRAP_REPEAT, {0, 1, 0, 1, 0, 0}, 0, 0xff0000}, // u' = v: turned
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Scan scan = make_square(64, &arena);
        paint(&scan, 4, 1, texels, &arena);
        ScanTexture *map = &scan.materials[0].base_color_map;
        map->wrap_u = map->wrap_v = cases[i].wrap;
        memcpy(map->uv_matrix, cases[i].matrix, sizeof map->uv_matrix);
        Sculpture s;
        assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
        CutVertex v = vertex_near(&s, cases[i].x, 0.875f, 0, &arena);
        assert_color(&v.surface, cases[i].expected, 40);
        arena_drop(&arena);
    }
}

static void test_factors_and_vertex_colours_multiply(void **state)
{
    (void)state;
    static const uint32_t white[1] = {0xffffff};
    Arena arena = {0};
    Scan scan = make_square(4, &arena);
    paint(&scan, 1, 1, white, &arena);
    scan.materials[0].base_color[1] = 0.5f; // linear
    scan.colors = arena_alloc(&arena, scan.vertex_count * 4, 1);
    for (uint32_t v = 0; v < scan.vertex_count; v++)
        memcpy(scan.colors[v], (uint8_t[4]){128, 255, 255, 255}, 4);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    CutVertex v = vertex_near(&s, 0.5f, 0.5f, 0, &arena);
    assert_color(&v.surface, 0x80bcff, 1);
    arena_drop(&arena);
}

static void test_all_channels(void **state)
{
    (void)state;
    static const uint32_t packed[1] = {0x4080ff}; // occlusion, roughness, metal
    static const uint32_t half[1] = {0x808080};
    Arena arena = {0};
    Scan scan = make_square(4, &arena);
    ScanMaterial *material = &scan.materials[0];
    int32_t image = add_image(&scan, make_png(1, 1, packed, &arena), &arena);
    material->metal_rough_map.image = material->occlusion_map.image = image;
    material->emissive_map.image = add_image(&scan, make_png(1, 1, half, &arena), &arena);
    material->roughness = 0.5f;
    material->metallic = 1;
    material->occlusion_strength = 0.5f;
    for (int c = 0; c < 3; c++)
        material->emissive[c] = 1;
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    MeshSurface surface = vertex_near(&s, 0.5f, 0.5f, 0, &arena).surface;
    assert_color(&surface, 0xffffff, 0);
    assert_int_equal(surface.roughness, 64);
    assert_int_equal(surface.metal, 255);
    assert_in_range(surface.occlusion, 159, 160); // halfway from open to a quarter
    assert_in_range(surface.emission, 54, 56);    // sRGB 128 is 0.216 in light
    arena_drop(&arena);
}

// Two islands whose surroundings in the picture are black: none of it may show.
static void test_seam_has_no_fringe(void **state)
{
    (void)state;
    enum { SIDE = 64, QUADS = 16 };
    uint32_t texels[SIDE * SIDE];
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint32_t x = i % SIDE;
        texels[i] = (x >= 3 && x < 29) || (x >= 35 && x < 61) ? 0xffffff : 0;
    }
    Arena arena = {0};
    // Each half of the square lies on an island of its own, its border a texel inside.
    Scan square = make_square(QUADS, &arena);
    Scan scan = make_scan(3 * square.triangle_count, square.triangle_count, &arena);
    scan.uvs[0] = arena_alloc(&arena, scan.vertex_count * 8, 4);
    for (uint32_t i = 0; i < scan.vertex_count; i++) {
        uint32_t triangle = i / 3, vertex = square.triangles[triangle][i % 3];
        float x = square.positions[vertex][0];
        bool is_right = triangle / 2 % QUADS >= QUADS / 2;
        memcpy(scan.positions[i], square.positions[vertex], 12);
        scan.triangles[triangle][i % 3] = i;
        scan.uvs[0][i][0] = (is_right ? 36 + (x - 0.5f) * 48 : 4 + x * 48) / SIDE;
        scan.uvs[0][i][1] = square.uvs[0][vertex][1];
    }
    paint(&scan, SIDE, SIDE, texels, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    for (float error_m = -1; error_m < 1; error_m += 0.05f) {
        CutMesh cut = cut_at_error(&s, error_m, &arena);
        for (uint32_t v = 0; v < 3 * cut.count; v++)
            assert_color(&cut.triangles[v / 3][v % 3].surface, 0xffffff, 6);
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
        {0x8080ff, false, {0, 0, 1}},
        {0xda80da, false, {0.707f, 0, 0.707f}},
        {0x80dada, false, {0, 0.707f, 0.707f}},
        {0xda80da, true, {-0.707f, 0, 0.707f}}, // u runs to the left there
        {0x80dada, true, {0, 0.707f, 0.707f}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Scan scan = make_square(8, &arena);
        scan.materials[0].normal_map.image =
            add_image(&scan, make_png(1, 1, &cases[i].texel, &arena), &arena);
        for (uint32_t v = 0; v < scan.vertex_count && cases[i].is_mirrored; v++)
            scan.uvs[0][v][0] = 1 - scan.uvs[0][v][0];
        Sculpture s;
        assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
        assert_false(s.graph.has_surface); // a normal map says nothing of colour
        CutVertex v = vertex_near(&s, 0.5f, 0.5f, 0, &arena);
        for (int axis = 0; axis < 3; axis++)
            assert_float_equal(v.normal[axis], cases[i].expected[axis], 0.03f);
        arena_drop(&arena);
    }
}

static void test_unlit_is_colour_alone(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_square(4, &arena);
    scan.materials[0].is_unlit = true;
    scan.materials[0].metallic = 1;
    scan.materials[0].roughness = 0;
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    MeshSurface surface = vertex_near(&s, 0.5f, 0.5f, 0, &arena).surface;
    assert_int_equal(surface.metal, 0);
    assert_int_equal(surface.roughness, 255);
    arena_drop(&arena);
}

static void test_materials_stay_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_square(16, &arena);
    scan.material_count = 2;
    scan.materials = ARENA_ARRAY(&arena, ScanMaterial, 2);
    scan.materials[0] = scan.materials[1] = scan_default_material();
    memcpy(scan.materials[0].base_color, (float[3]){1, 0, 0}, 12);
    memcpy(scan.materials[1].base_color, (float[3]){0, 0, 1}, 12);
    scan.triangle_materials = ARENA_ARRAY(&arena, uint16_t, scan.triangle_count);
    for (uint32_t t = 0; t < scan.triangle_count; t++)
        scan.triangle_materials[t] = t / 2 % 16 >= 8;
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    CutVertex left = vertex_near(&s, 0.375f, 0.5f, 0, &arena);
    CutVertex right = vertex_near(&s, 0.625f, 0.5f, 0, &arena);
    assert_color(&left.surface, 0xff0000, 0);
    assert_color(&right.surface, 0x0000ff, 0);
    arena_drop(&arena);
}

static void test_broken_and_enormous_pictures_are_named(void **state)
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
    uint8_t *bomb = arena_copy(&arena, png.ptr, png.len, 1);
    bomb[18] = bomb[22] = 0x4e; // 20,000 a side
    bomb[19] = bomb[23] = 0x20;
    scan.images[0].encoded.ptr = bomb;
    scan.images[0].encoded.len = png.len;
    assert_status(bake(&scan, (BakeOptions){0}, &arena, &s), ERR_LIMIT);
    assert_non_null(strstr(fault_last()->text, "paint.png"));
    assert_non_null(strstr(fault_last()->text, "20000"));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_surface_without_anything_to_say),
        cmocka_unit_test(test_two_texels),
        cmocka_unit_test(test_rows_run_down),
        cmocka_unit_test(test_wrapping_and_transform),
        cmocka_unit_test(test_factors_and_vertex_colours_multiply),
        cmocka_unit_test(test_all_channels),
        cmocka_unit_test(test_seam_has_no_fringe),
        cmocka_unit_test(test_normal_maps),
        cmocka_unit_test(test_unlit_is_colour_alone),
        cmocka_unit_test(test_materials_stay_apart),
        cmocka_unit_test(test_broken_and_enormous_pictures_are_named),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
