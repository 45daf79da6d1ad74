// test_import_ply.c: PLY files in all their dialects.

#include "import_check.h"

#define TETRAHEDRON_VERTICES "0 0 0\n1 0 0\n0 1 0\n0 0 1\n"
#define HEADER_XYZ "property float x\nproperty float y\nproperty float z\n"

static const char tetrahedron[] =
    "ply\nformat ascii 1.0\ncomment VCGLIB generated\nelement vertex 4\n" HEADER_XYZ
    "element face 4\nproperty list uchar int vertex_indices\nend_header\n" TETRAHEDRON_VERTICES
    "3 0 2 1\n3 0 1 3\n3 0 3 2\n3 1 2 3\n";

static void test_reads_ascii(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("a.ply", tetrahedron, &arena, &scan));
    assert_int_equal(scan.vertex_count, 4);
    assert_int_equal(scan.triangle_count, 4);
    assert_true(scan.positions[1][0] == 1 && scan.positions[3][2] == 1);
    assert_string_equal(scan.format, "PLY");
    assert_string_equal(scan.generator, "VCGLIB generated");
    assert_null(scan.colors);
    arena_drop(&arena);
}

static void test_wants_a_unit(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    ImportOptions none = {0};
    assert_status(import_bytes("a.ply", bytes_of(tetrahedron), &none, &arena, &scan),
                  ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "--unit"));
    for (int i = IMPORT_UNIT_MM; i < IMPORT_UNIT_COUNT; i++) {
        ImportOptions options = {.unit = (ImportUnit)i};
        assert_ok(import_bytes("a.ply", bytes_of(tetrahedron), &options, &arena, &scan));
        assert_float_equal(scan.positions[1][0], import_unit_metres((ImportUnit)i), 1e-9);
        ImportUnit parsed;
        assert_true(import_unit_parse(import_unit_name((ImportUnit)i), &parsed));
        assert_int_equal(parsed, i);
    }
    ImportUnit unit;
    assert_false(import_unit_parse("ft", &unit));
    arena_drop(&arena);
}

static void test_turns_z_up(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    ImportOptions options = {.unit = IMPORT_UNIT_M, .up = IMPORT_UP_Z};
    assert_ok(import_bytes("a.ply", bytes_of(tetrahedron), &options, &arena, &scan));
    assert_true(scan.positions[3][1] == 1 && scan.positions[2][2] == -1);
    arena_drop(&arena);
}

// Two vertices' worth of every type, with colours and surfaces, written in both byte orders.
typedef struct Writer {
    uint8_t bytes[1024];
    size_t len;
    bool is_big;
} Writer;

static void put_text(Writer *writer, const char *text)
{
    memcpy(writer->bytes + writer->len, text, strlen(text));
    writer->len += strlen(text);
}

static void put_bits(Writer *writer, const void *value, size_t size)
{
    const uint8_t *bytes = value; // the machine is little endian
    for (size_t i = 0; i < size; i++)
        writer->bytes[writer->len++] = bytes[writer->is_big ? size - 1 - i : i];
}

static void put_float(Writer *writer, float value)
{
    put_bits(writer, &value, sizeof value);
}

static void put_int(Writer *writer, int64_t value, size_t size)
{
    put_bits(writer, &value, size); // the low bytes come first in memory
}

static Writer binary_square(bool is_big)
{
    Writer writer = {.is_big = is_big};
    put_text(&writer, is_big ? "ply\nformat binary_big_endian 1.0\n"
                             : "ply\nformat binary_little_endian 1.0\n");
    put_text(&writer,
             "element vertex 4\nproperty uchar blue\nproperty double y\n"
             "property short z\nproperty ushort green\nproperty float x\n"
             "property float red\nproperty float nz\nproperty char nx\n"
             "property int ny\nproperty uchar roughness\nproperty list uchar int junk\n"
             "element junk 2\nproperty uint a\nproperty list ushort double b\n"
             "element face 1\nproperty uchar flag\n"
             "property list ushort uint vertex_index\nend_header\n");
    for (int i = 0; i < 4; i++) {
        double y = i / 2 ? 1 : 0;
        put_int(&writer, 255 - i, 1);
        put_bits(&writer, &y, sizeof y);
        put_int(&writer, -2, 2);
        put_int(&writer, 257 * 10, 2);
        put_float(&writer, i == 1 || i == 2 ? 1 : 0);
        put_float(&writer, 1);
        put_float(&writer, 2);
        put_int(&writer, 0, 1);
        put_int(&writer, 0, 4);
        put_int(&writer, 100 + i, 1);
        put_int(&writer, i, 1);
        for (int k = 0; k < i; k++)
            put_int(&writer, 7, 4);
    }
    for (int i = 0; i < 2; i++) {
        double junk = 3;
        put_int(&writer, 9, 4);
        put_int(&writer, 1, 2);
        put_bits(&writer, &junk, sizeof junk);
    }
    put_int(&writer, 1, 1);
    put_int(&writer, 4, 2);
    for (int i = 0; i < 4; i++)
        put_int(&writer, i, 4);
    return writer;
}

static void test_reads_binary_of_any_order(void **state)
{
    (void)state;
    Arena arena = {0};
    for (int is_big = 0; is_big < 2; is_big++) {
        Writer writer = binary_square(is_big);
        Scan scan;
        assert_ok(
            import_bytes("b.ply", (Bytes){writer.bytes, writer.len}, &metres, &arena, &scan));
        assert_int_equal(scan.triangle_count, 2);
        assert_true(scan.positions[2][0] == 1 && scan.positions[2][1] == 1 &&
                    scan.positions[2][2] == -2);
        assert_int_equal(scan.colors[3][0], 255);
        assert_int_equal(scan.colors[3][1], 10);
        assert_int_equal(scan.colors[3][2], 252);
        assert_int_equal(scan.colors[3][3], 255);
        assert_int_equal(scan.surfaces[3][0], 103);
        assert_int_equal(scan.surfaces[3][1], 0);
        assert_true(scan.normals[0][2] == 1);
    }
    arena_drop(&arena);
}

static void test_survives_truncation_and_bit_flips(void **state)
{
    (void)state;
    Bytes text = bytes_of(tetrahedron);
    check_truncations("t.ply", text, text.len - 1);
    check_bit_flips("t.ply", text, 1);
    for (int is_big = 0; is_big < 2; is_big++) {
        Writer writer = binary_square(is_big);
        Bytes binary = {writer.bytes, writer.len};
        check_truncations("t.ply", binary, binary.len);
        check_bit_flips("t.ply", binary, 1);
    }
}

static void test_cuts_polygons(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    // An arrow head: its fourth corner is inside, so that a fan from corner 0 would cover
    // ground outside.
    assert_ok(import_text("p.ply",
                          "ply\nformat ascii 1.0\nelement vertex 4\n" HEADER_XYZ
                          "element face 1\nproperty list uchar int vertex_indices\nend_header\n"
                          "2 0 0\n0 2 0\n-2 0 0\n0 1 0\n4 0 1 2 3\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 2);
    double area = 0;
    for (uint32_t i = 0; i < 2; i++) {
        const float *a = scan.positions[scan.triangles[i][0]];
        const float *b = scan.positions[scan.triangles[i][1]];
        const float *c = scan.positions[scan.triangles[i][2]];
        double twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        assert_true(twice > 0);
        area += twice / 2;
    }
    assert_float_equal(area, 2, 1e-6);
    arena_drop(&arena);
}

static void test_reads_faces_before_vertices(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("f.ply",
                          "ply\r\nformat ascii 1.0\r\nelement face 1\r\n"
                          "property list uchar int vertex_indices\r\nelement vertex 4\r\n"
                          "property float x\r\nproperty float y\r\nproperty float z\r\n"
                          "end_header\r\n4 0 1 2 3\r\n0 0 0\r\ncomment here too\r\n"
                          "1 0 0\r\n1 1 0\r\n0 1 0\r\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 2);
    arena_drop(&arena);
}

static void test_reads_strips(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(
        import_text("s.ply",
                    "ply\nformat ascii 1.0\nelement vertex 5\n" HEADER_XYZ
                    "element tristrips 1\nproperty list int int vertex_indices\nend_header\n"
                    "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 2 0\n8 0 1 2 3 -1 2 3 4\n",
                    &arena, &scan));
    assert_int_equal(scan.triangle_count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        const float *a = scan.positions[scan.triangles[i][0]];
        const float *b = scan.positions[scan.triangles[i][1]];
        const float *c = scan.positions[scan.triangles[i][2]];
        assert_true((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0);
    }
    arena_drop(&arena);
}

static void test_splits_corners(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    // Two faces share an edge; one corner of it has other texture coordinates in each.
    assert_ok(import_text(
        "c.ply",
        "ply\nformat ascii 1.0\nelement vertex 4\n" HEADER_XYZ
        "element face 2\nproperty list uchar int vertex_indices\n"
        "property list uchar float texcoord\nend_header\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
        "3 0 1 2 6 0 0 1 0 1 1\n3 0 2 3 6 0.5 0 1 1 0 1\n",
        &arena, &scan));
    assert_int_equal(scan.vertex_count, 5);
    const float *first = scan.uvs[0][scan.triangles[0][0]];
    const float *second = scan.uvs[0][scan.triangles[1][0]];
    assert_true(first[0] == 0 && first[1] == 1 && second[0] == 0.5f && second[1] == 1);
    assert_int_equal(scan.triangles[0][2], scan.triangles[1][1]);

    assert_ok(import_text("c.ply",
                          "ply\nformat ascii 1.0\nelement vertex 4\n" HEADER_XYZ
                          "element face 2\nproperty list uchar int vertex_indices\n"
                          "property uchar red\nproperty uchar green\nproperty uchar blue\n"
                          "end_header\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
                          "3 0 1 2 255 0 0\n3 0 2 3 0 255 0\n",
                          &arena, &scan));
    assert_int_equal(scan.vertex_count, 6);
    assert_int_equal(scan.colors[scan.triangles[0][0]][0], 255);
    assert_int_equal(scan.colors[scan.triangles[1][0]][1], 255);
    arena_drop(&arena);
}

static const char textured[] =
    "ply\nformat ascii 1.0\ncomment TextureFile skin.png\nelement vertex 3\n" HEADER_XYZ
    "property float s\nproperty float t\nelement face 1\n"
    "property list uchar int vertex_indices\nend_header\n0 0 0 0 0\n1 0 0 1 0\n0 1 0 0 1\n"
    "3 0 1 2\n";

static void test_reads_texture_files(void **state)
{
    (void)state;
    static const uint8_t picture[] = {
        0x89, 'P',  'N',  'G',  13,   10,   26,   10,   0,    0,    0,    13,   'I',  'H',
        'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
        0,    0x3a, 0x7e, 0x9b, 0x55, 0,    0,    0,    10,   'I',  'D',  'A',  'T',  0x78,
        0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00, 0x1b, 0xb6, 0xee, 0x56, 0,
        0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("x.ply", textured, &arena, &scan)); // missing: left out
    assert_int_equal(scan.image_count, 0);
    assert_int_equal(scan.materials[0].base_color_map.image, SCAN_NONE);
    put_file(&arena, "skin.png", (Bytes){picture, sizeof picture});
    assert_ok(import_text("x.ply", textured, &arena, &scan));
    assert_int_equal(scan.image_count, 1);
    assert_int_equal(scan.images[0].encoded.len, sizeof picture);
    assert_string_equal(scan.images[0].name, "skin.png");
    assert_int_equal(scan.companion_count, 1);
    assert_int_equal(scan.materials[0].base_color_map.image, 0);
    assert_true(scan.uvs[0][0][1] == 1 && scan.uvs[0][2][1] == 0); // counted from above
    arena_drop(&arena);
}

static void test_stays_in_its_folder(void **state)
{
    (void)state;
    static const char *const outside[] = {"../skin.png", "/etc/passwd",  "http://x/skin.png",
                                          "a/../../b",   "C:\\skin.png", "link.png"};
    Arena arena = {0};
    const char *link = path_join(&arena, import_check_folder(), "link.png");
    assert_int_equal(symlink("/etc/hostname", link), 0);
    for (size_t i = 0; i < COUNT_OF(outside); i++) {
        Scan scan;
        const char *text = str_format(&arena,
                                      "ply\nformat ascii 1.0\ncomment TextureFile %s\n"
                                      "element vertex 3\n" HEADER_XYZ "element face 1\n"
                                      "property list uchar int vertex_indices\nend_header\n"
                                      "0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n",
                                      outside[i]);
        assert_status(import_text("o.ply", text, &arena, &scan), ERR_INVALID);
        assert_non_null(strstr(fault_last()->text, outside[i]));
    }
    unlink(link);
    arena_drop(&arena);
}

static void test_drops_what_is_no_triangle(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("d.ply",
                          "ply\nformat ascii 1.0\nelement vertex 6\n" HEADER_XYZ
                          "element face 6\nproperty list uchar int vertex_indices\nend_header\n"
                          "0 0 0\n1 0 0\n0 1 0\nnan 0 0\n0 0 0\n1e9 0 0\n"
                          "3 0 1 2\n3 0 0 2\n3 0 1 3\n3 0 4 2\n2 0 1\n3 0 1 5\n",
                          &arena, &scan));
    assert_int_equal(scan.triangle_count, 1);
    assert_int_equal(scan.vertex_count, 3);
    assert_int_equal(scan.dropped_triangles, 5);
    arena_drop(&arena);
}

static void count_progress(void *context, float done)
{
    assert_true(done >= 0 && done <= 1);
    (*(int *)context)++;
}

static void test_tells_progress_and_stops(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    int calls = 0;
    Cancel cancel = {0};
    ImportOptions options = {.unit = IMPORT_UNIT_M,
                             .progress = count_progress,
                             .progress_context = &calls,
                             .cancel = &cancel};
    assert_ok(import_bytes("a.ply", bytes_of(tetrahedron), &options, &arena, &scan));
    assert_true(calls > 0);
    cancel_request(&cancel);
    assert_status(import_bytes("a.ply", bytes_of(tetrahedron), &options, &arena, &scan),
                  ERR_CANCELLED);
    arena_drop(&arena);
}

static const ImportExpectation expectations[] = {
    {"float-color.ply", OK, 1},
    {"cube_uv.ply", OK, 12},
    {"cube_binary_header_with_RN_newline.ply", OK, 12},
    {"cube_binary_starts_with_nl.ply", OK, 12},
    {"points.ply", ERR_UNSUPPORTED, 0},
    {"cube.ply", OK, 12},
    {"cube_meshlab_ascii.ply", OK, 12},
    {"cube_meshlab_binary.ply", OK, 12},
    {"cube_rgb.ply", OK, 12},
    {"cube_rgb_binary.ply", OK, 12},
    {"single_rectangle.ply", OK, 2},
    {"single_triangle.ply", OK, 1},
    {"single_triangle_with_comments.ply", OK, 1},
    {"two_triangles.ply", OK, 2},
    {"platonic_shelf.ply", OK, 80},
    {"platonic_shelf_ascii.ply", OK, 80},
    {"platonic_shelf_big_endian.ply", OK, 80},
    {"index_out_of_range.ply", ERR_CORRUPT, 0},
    {"claims_four_billion.ply", ERR_CORRUPT, 0},
    {"nan_inf.ply", ERR_NOT_FOUND, 0},
};

static void check_expectation(const char *path, const char *name, Status status,
                              const Scan *scan)
{
    (void)path;
    assert_expected(expectations, COUNT_OF(expectations), name, status, scan);
}

static void test_reads_what_others_wrote(void **state)
{
    (void)state;
    visit_shared("conformance/ply", ".ply", check_expectation);
    visit_shared("broken/ply", ".ply", check_expectation);
}

static void test_reads_the_scans(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    float low[3], high[3];
    assert_ok(import_scan(shared_file(&arena, "scans/reclining-pan/pan.ply"), &metres, &arena,
                          &scan));
    check_scan(&scan);
    assert_int_equal(scan.triangle_count + scan.dropped_triangles, 990772);
    scan_bounds(&scan, low, high);
    assert_float_equal(high[2] - low[2], 1, 0.001);
    assert_ok(
        import_scan(shared_file(&arena, "scans/alto-saxophone/saxophone_vertexcolour.ply"),
                    &metres, &arena, &scan));
    check_scan(&scan);
    assert_int_equal(scan.triangle_count + scan.dropped_triangles, 100000);
    assert_non_null(scan.colors);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_ascii),
        cmocka_unit_test(test_wants_a_unit),
        cmocka_unit_test(test_turns_z_up),
        cmocka_unit_test(test_reads_binary_of_any_order),
        cmocka_unit_test(test_survives_truncation_and_bit_flips),
        cmocka_unit_test(test_cuts_polygons),
        cmocka_unit_test(test_reads_faces_before_vertices),
        cmocka_unit_test(test_reads_strips),
        cmocka_unit_test(test_splits_corners),
        cmocka_unit_test(test_reads_texture_files),
        cmocka_unit_test(test_stays_in_its_folder),
        cmocka_unit_test(test_drops_what_is_no_triangle),
        cmocka_unit_test(test_tells_progress_and_stops),
        cmocka_unit_test(test_reads_what_others_wrote),
        cmocka_unit_test(test_reads_the_scans),
    };
    return cmocka_run_group_tests(tests, import_check_begin, import_check_end);
}
