// test_import_obj.c: OBJ files, their material libraries, and what assimp reads for us.

#include "import_check.h"

#include <sys/stat.h>

#include "data/image.h"
#include "packer/import_assimp.h"
#include "packer/texel_source.h"

static const char cube_corner[] = "# Blender v2.82 OBJ File: ''\n"
                                  "mtllib a.mtl\no corner\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"
                                  "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nvn 0 0 1\n"
                                  "usemtl red\nf 1/1/1 2/2/1 3/3/1 4/4/1\n";

static const char red_library[] = "newmtl red\nKd 1 0.5 0.25\nNs 30\nd 1\n";

static void put_picture(Arena *arena, const char *name, uint8_t level)
{
    uint8_t texels[4 * 4] = {level, level, level, 255, level, level, level, 255,
                             level, level, level, 255, 10,    20,    level, 255};
    Image image = {2, 2, texels};
    Bytes png;
    assert_ok(image_encode_png(&image, 1, arena, &png));
    put_file(arena, name, png);
}

static void test_reads_faces(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    put_file(&arena, "a.mtl", bytes_of(red_library));
    assert_ok(import_text("a.obj", cube_corner, &arena, &scan));
    assert_int_equal(scan.triangle_count, 2);
    assert_int_equal(scan.vertex_count, 4);
    assert_int_equal(scan.material_count, 1);
    assert_string_equal(scan.materials[0].name, "red");
    assert_true(scan.materials[0].base_color[1] == 0.5f);
    assert_float_equal(scan.materials[0].roughness, 0.25, 1e-6);
    assert_true(scan.normals[0][2] == 1);
    assert_true(scan.uvs[0][0][1] == 1 && scan.uvs[0][2][1] == 0); // counted from above
    assert_string_equal(scan.companions[0], "a.mtl");
    assert_non_null(strstr(scan.generator, "Blender"));
    ImportOptions none = {0};
    assert_status(import_bytes("a.obj", bytes_of(cube_corner), &none, &arena, &scan),
                  ERR_INVALID);
    arena_drop(&arena);
}

static void test_numbers_may_be_negative_or_absent(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("n.obj",
                          "v 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0.5 0.5\nvn 0 0 2\n"
                          "f -3 -2 -1\nv 0 1 0\nf 1//1 3/1/1 4/1 \n"
                          "f 1 \\\n 2 \\\n 4\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 3);
    assert_true(scan.normals[scan.triangles[1][0]][2] == 1);
    assert_true(scan.uvs[0][scan.triangles[1][2]][0] == 0.5f);
    static const char *const wrong[] = {
        "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 0 1 2\n",
        "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 4\n",
        "v 0 0 0\nv 1 0 0\nv 1 1 0\nf -4 1 2\n",
        "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 x\n",
        "v 0 0 0\nv 1 0\nf 1 1 1\n",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_status(import_text("w.obj", wrong[i], &arena, &scan), ERR_CORRUPT);
        assert_non_null(strstr(fault_last()->text, "line "));
    }
    arena_drop(&arena);
}

static void test_values_may_come_later_or_never(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("l.obj",
                          "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1/1/9 2/1/9 3/2/1\nvt 0.25 0\n"
                          "vt 0.75 0\nvn 0 0 1\n",
                          &arena, &scan));
    assert_true(scan.uvs[0][1][0] == 0.25f && scan.uvs[0][2][0] == 0.75f);
    assert_true(scan.normals[0][2] == 0 && scan.normals[2][2] == 1);
    arena_drop(&arena);
}

static void test_several_materials(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    put_file(&arena, "two words.mtl",
             bytes_of("newmtl  glass \n d 0.5\nnewmtl never used\nKd 1 1 1\n"
                      "newmtl pbr\nPr 0.2\nPm 0.3\nKe 0.1 0.2 0.3\n"));
    assert_ok(import_text("m.obj",
                          "mtllib two words.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"
                          "f 1 2 3\nusemtl  glass \nf 1 3 4\nusemtl pbr\nf 2 3 4\n"
                          "usemtl unknown\nf 1 2 4\nusemtl glass\nf 4 3 2\n",
                          &arena, &scan));
    assert_int_equal(scan.material_count, 4);
    static const uint16_t expected[5] = {0, 1, 2, 3, 1};
    assert_memory_equal(scan.triangle_materials, expected, sizeof expected);
    assert_int_equal(scan.materials[1].alpha, SCAN_ALPHA_BLEND);
    assert_true(scan.materials[2].roughness == 0.2f && scan.materials[2].metallic == 0.3f);
    assert_string_equal(scan.materials[3].name, "unknown");
    arena_drop(&arena);
}

static void test_maps_and_their_options(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    put_picture(&arena, "color map.png", 200);
    put_picture(&arena, "bump.png", 128);
    put_picture(&arena, "rough.png", 100);
    put_picture(&arena, "metal.png", 50);
    put_file(&arena, "o.mtl",
             bytes_of("newmtl a\nKd 0.5 0.5 0.5\n"
                      "map_Kd -blendu on -o 0.1 0.2 -s 2 4 -clamp on color map.png\n"
                      "map_Bump -imfchan r bump.png -bm 0.5\n"
                      "map_Pr rough.png\nmap_Pm -texres 512 metal.png\nmap_Ke .\\rough.png\n"));
    assert_ok(import_text("o.obj",
                          "mtllib o.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nusemtl a\nf 1 2 3\n",
                          &arena, &scan));
    const ScanMaterial *material = &scan.materials[0];
    assert_true(material->base_color[0] == 1); // the picture says it all
    const ScanTexture *map = &material->base_color_map;
    assert_string_equal(scan.images[map->image].name, "color map.png");
    assert_int_equal(map->wrap_u, SCAN_WRAP_CLAMP);
    const float expected[6] = {2, 0, 0.1f, 0, 4, -3.2f};
    for (int i = 0; i < 6; i++)
        assert_float_equal(map->uv_matrix[i], expected[i], 1e-6);
    assert_true(material->normal_map.image != SCAN_NONE && material->normal_scale == 0.5f);
    assert_true(material->emissive_map.image != SCAN_NONE && material->emissive[0] == 1);
    assert_true(material->roughness == 1 && material->metallic == 1);
    Image joined;
    assert_ok(image_decode(scan.images[material->metal_rough_map.image].encoded, NULL, &arena,
                           &joined));
    assert_int_equal(joined.rgba[1], 100);
    assert_int_equal(joined.rgba[2], 50);
    arena_drop(&arena);
}

// A picture of many bytes is not copied: the scan says where it lies, and it can be read there.
static void test_large_pictures_stay_in_their_files(void **state)
{
    (void)state;
    enum { LARGE_BYTES = 33 << 20 };
    Arena arena = {0};
    Scan scan;
    put_picture(&arena, "large.png", 70);
    const char *path = path_join(&arena, import_check_folder(), "large.png");
    assert_int_equal(truncate(path, LARGE_BYTES), 0);
    put_file(&arena, "l.mtl", bytes_of("newmtl a\nmap_Kd large.png\n"));
    assert_ok(import_text("l.obj",
                          "mtllib l.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nusemtl a\nf 1 2 3\n",
                          &arena, &scan));
    const ScanImage *image = &scan.images[scan.materials[0].base_color_map.image];
    assert_int_equal(image->encoded.len, 0);
    assert_int_equal(image->size_bytes, LARGE_BYTES);
    TexelSource source;
    Image decoded;
    assert_ok(texel_source_open(image, &source));
    assert_ok(image_decode(source.bytes, NULL, &arena, &decoded));
    assert_int_equal(decoded.rgba[0], 70);
    texel_source_close(&source);
    assert_int_equal(unlink(path), 0);
    arena_drop(&arena);
}

// Three squares of texture coordinates, two of them with pictures.
static void test_sets_of_pictures(void **state)
{
    (void)state;
    static const char *const names[2][2] = {{"s.1001.png", "s.1012.png"},
                                            {"s_u1_v1.png", "s_u2_v2.png"}};
    static const char *const libraries[2] = {"newmtl a\nmap_Kd s.<UDIM>.png\n",
                                             "newmtl a\nmap_Kd s_<UVTILE>.png\n"};
    for (int i = 0; i < 2; i++) {
        Arena arena = {0};
        Scan scan;
        put_picture(&arena, names[i][0], 10);
        put_picture(&arena, names[i][1], 20);
        put_file(&arena, "u.mtl", bytes_of(libraries[i]));
        assert_ok(import_text("u.obj",
                              "mtllib u.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"
                              "vt 0.1 0.1\nvt 0.9 0.1\nvt 0.5 0.9\n"
                              "vt 1.1 1.1\nvt 1.9 1.1\nvt 1.5 1.9\nvt 5.1 0.1\nvt 5.5 0.5\n"
                              "usemtl a\nf 1/1 2/2 3/3\nf 1/4 3/5 4/6\nf 1/1 2/2 4/3\n"
                              "f 2/7 3/8 4/8\n",
                              &arena, &scan));
        assert_int_equal(scan.triangle_count, 4);
        const ScanMaterial *first = &scan.materials[scan.triangle_materials[0]];
        const ScanMaterial *second = &scan.materials[scan.triangle_materials[1]];
        assert_string_equal(scan.images[first->base_color_map.image].name, names[i][0]);
        assert_string_equal(scan.images[second->base_color_map.image].name, names[i][1]);
        assert_int_equal(scan.triangle_materials[2], scan.triangle_materials[0]);
        const ScanMaterial *bare = &scan.materials[scan.triangle_materials[3]];
        assert_int_equal(bare->base_color_map.image, SCAN_NONE);
        arena_drop(&arena);
    }
}

static void test_stays_in_its_folder(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    static const char *const libraries[] = {"newmtl a\nmap_Kd ../x.png\n",
                                            "newmtl a\nmap_Kd C:\\pictures\\x.png\n",
                                            "newmtl a\nnorm -bm 2 /etc/x.png\n"};
    assert_status(import_text("t.obj",
                              "mtllib ../../etc/passwd\nv 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n",
                              &arena, &scan),
                  ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "../../etc/passwd"));
    for (size_t i = 0; i < COUNT_OF(libraries); i++) {
        put_file(&arena, "t.mtl", bytes_of(libraries[i]));
        assert_status(
            import_text("t.obj", "mtllib t.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nusemtl a\nf 1 2 3\n",
                        &arena, &scan),
            ERR_INVALID);
    }
    assert_ok(import_text("t.obj", "mtllib no.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n",
                          &arena,
                          &scan)); // missing: a warning
    arena_drop(&arena);
}

static void test_colors_polygons_and_points(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("c.obj",
                          "v 0 0 0 1 0 0\nv 1 0 0 0 0.5 0\nv 1 1 0 0 0 2\nv nan 0 0\n"
                          "f 1 2 3\nf 1 2\nf 1 2 4\nl 1 2\np 1\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 1);
    assert_int_equal(scan.dropped_triangles, 2);
    assert_int_equal(scan.colors[0][0], 255);
    assert_int_equal(scan.colors[1][1], 128);
    assert_int_equal(scan.colors[2][2], 255);

    // A comb: every fan of it would cover ground outside.
    assert_ok(import_text("c.obj",
                          "v 0 0 0\nv 7 0 0\nv 7 3 0\nv 6 1 0\nv 5 3 0\nv 4 1 0\nv 3 3 0\n"
                          "v 2 1 0\nv 1 3 0\nv 0 1 0\nf 1 2 3 4 5 6 7 8 9 10\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 8);
    double area = 0;
    for (uint32_t i = 0; i < scan.triangle_count; i++) {
        const float *a = scan.positions[scan.triangles[i][0]];
        const float *b = scan.positions[scan.triangles[i][1]];
        const float *c = scan.positions[scan.triangles[i][2]];
        double twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        assert_true(twice > 0);
        area += twice / 2;
    }
    assert_float_equal(area, 14, 1e-5);
    assert_status(import_text("c.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\n", &arena, &scan),
                  ERR_UNSUPPORTED);
    arena_drop(&arena);
}

static void test_survives_truncation_and_bit_flips(void **state)
{
    (void)state;
    static const char library[] = "newmtl red\nKd 1 0.5 0.25\nNs 30\nd 1\n"
                                  "map_Kd -o 1 2 -bm 3 x y.png\nbump -s 1 1 1 z.png -bm 1\n";
    Arena arena = {0};
    put_file(&arena, "a.mtl", bytes_of(library));
    check_truncations("a.obj", bytes_of(cube_corner), 0);
    check_bit_flips("a.obj", bytes_of(cube_corner), 1);
    Scan scan;
    uint8_t bytes[sizeof library];
    for (size_t bit = 0; bit < strlen(library) * 8; bit++) {
        memcpy(bytes, library, sizeof library);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        put_file(&arena, "a.mtl", (Bytes){bytes, strlen(library)});
        (void)!import_text("a.obj", cube_corner, &arena, &scan);
    }
    arena_drop(&arena);
}

static const ImportExpectation expectations[] = {
    {"cube.obj", OK, 12},
    {"cube-vertexcol.obj", OK, 12},
    {"cube-vertex-w-component.obj", OK, 12},
    {"cornell_box_multimaterial.obj", OK, 36},
    {"leading-zero-in-exponent-notation-issue-210.obj", OK, 1},
    {"leading-decimal-dot-issue-201.obj", OK, 1},
    {"usemtl-issue-68.obj", OK, 400},
    {"texture-options-issue-85.obj", OK, 1},
    {"norm-texopt.obj", OK, 1},
    {"pbr-mat-ext.obj", OK, 2},
    {"missing_material_file.obj", OK, 36},
    {"test-nan.obj", OK, 34},
    {"invalid-relative-vertex-index.obj", ERR_CORRUPT, 0},
    {"index_zero_and_huge.obj", ERR_CORRUPT, 0},
    {"mtl_traversal.obj", ERR_INVALID, 0},
};

static void check_expectation(const char *path, const char *name, Status status,
                              const Scan *scan)
{
    (void)path;
    if (getenv("VITRINE_VERBOSE"))
        print_message("%s: %s %u + %llu: %s\n", name, status_name(status), scan->triangle_count,
                      (unsigned long long)scan->dropped_triangles,
                      status ? fault_last()->text : "");
    assert_expected(expectations, COUNT_OF(expectations), name, status, scan);
}

static void test_reads_what_others_wrote(void **state)
{
    (void)state;
    visit_shared("conformance/obj", ".obj", check_expectation);
    visit_shared("broken/obj", ".obj", check_expectation);
}

static void test_reads_the_scans(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    float low[3], high[3];
    ImportOptions mm = {.unit = IMPORT_UNIT_MM};
    assert_ok(import_scan(shared_file(&arena, "scans/nefertiti/nefertiti-lowres.obj"), &mm,
                          &arena, &scan));
    check_scan(&scan);
    assert_int_equal(scan.triangle_count + scan.dropped_triangles, 70000);
    scan_bounds(&scan, low, high);
    assert_float_equal(high[1] - low[1], 0.4947, 0.0001);
    assert_ok(
        import_scan(shared_file(&arena, "scans/ycb-banana/textured_simple_reoriented.obj"),
                    &metres, &arena, &scan));
    check_scan(&scan);
    assert_int_equal(scan.triangle_count + scan.dropped_triangles, 15728);
    assert_int_equal(scan.image_count, 1);
    scan_bounds(&scan, low, high);
    assert_float_equal(high[0] - low[0], 0.1958, 0.0001);
    arena_drop(&arena);
}

static void test_other_formats_go_through_assimp(void **state)
{
    (void)state;
    static const char off[] = "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n"
                              "3 0 2 1\n3 0 1 3\n3 0 3 2\n3 1 2 3\n";
    Arena arena = {0};
    Scan scan;
    if (!import_assimp_is_installed()) {
        assert_status(import_text("a.off", off, &arena, &scan), ERR_UNSUPPORTED);
        assert_non_null(strstr(fault_last()->text, "assimp-utils"));
        print_message("skipped: the assimp program is not here\n");
        skip();
    }
    ImportOptions cm = {.unit = IMPORT_UNIT_CM}, none = {0};
    assert_ok(import_bytes("a.off", bytes_of(off), &cm, &arena, &scan));
    assert_int_equal(scan.triangle_count, 4);
    assert_string_equal(scan.format, "off (by assimp)");
    float low[3], high[3];
    scan_bounds(&scan, low, high);
    assert_float_equal(high[0] - low[0], 0.01, 1e-6);
    assert_status(import_bytes("a.off", bytes_of(off), &none, &arena, &scan), ERR_INVALID);
    assert_status(import_text("a.txt", "Dear reader, this is no scan.\n", &arena, &scan),
                  ERR_UNSUPPORTED);
    assert_status(import_text("a.bin", "", &arena, &scan), ERR_CORRUPT);
    assert_status(import_scan("/nowhere/a.obj", &none, &arena, &scan), ERR_NOT_FOUND);
    arena_drop(&arena);
}

// An assimp of our own making, which the next import finds.
static void put_program(Arena *arena, const char *script)
{
    assert_int_equal(chmod(put_file(arena, "assimp", bytes_of(script)), 0700), 0);
    const char *folders = str_format(arena, "%s:/usr/bin:/bin", import_check_folder());
    assert_int_equal(setenv("PATH", folders, 1), 0);
}

static void test_assimp_may_break(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        Status status;
        const char *sentence;
    } cases[] = {
        {"#!/bin/sh\nkill -SEGV $$\n", ERR_UNSUPPORTED, "broke down over it"},
        {"#!/bin/sh\nexec sleep 100\n", ERR_LIMIT, "was not done after 1 s"},
        {"#!/bin/sh\nexit 0\n", ERR_UNSUPPORTED, "cannot read it either"},
        {"#!/bin/sh\necho nonsense >\"$3\"\n", ERR_CORRUPT, ""},
        {"#!/nowhere/sh\n", ERR_UNSUPPORTED, "cannot read it either"},
    };
    Arena arena = {0};
    Scan scan;
    ImportOptions options = {.unit = IMPORT_UNIT_CM, .assimp_seconds = 1};
    const char *before = arena_copy_text(&arena, getenv("PATH"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        put_program(&arena, cases[i].script);
        assert_status(import_bytes("a.off", bytes_of("OFF\n"), &options, &arena, &scan),
                      cases[i].status);
        assert_non_null(strstr(fault_last()->text, cases[i].sentence));
    }
    setenv("PATH", before, 1);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_faces),
        cmocka_unit_test(test_numbers_may_be_negative_or_absent),
        cmocka_unit_test(test_values_may_come_later_or_never),
        cmocka_unit_test(test_several_materials),
        cmocka_unit_test(test_maps_and_their_options),
        cmocka_unit_test(test_sets_of_pictures),
        cmocka_unit_test(test_stays_in_its_folder),
        cmocka_unit_test(test_colors_polygons_and_points),
        cmocka_unit_test(test_survives_truncation_and_bit_flips),
        cmocka_unit_test(test_reads_what_others_wrote),
        cmocka_unit_test(test_large_pictures_stay_in_their_files),
        cmocka_unit_test(test_reads_the_scans),
        cmocka_unit_test(test_other_formats_go_through_assimp),
        cmocka_unit_test(test_assimp_may_break),
    };
    return cmocka_run_group_tests(tests, import_check_begin, import_check_end);
}
