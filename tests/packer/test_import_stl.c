// test_import_stl.c: STL files of both kinds, whatever their headers say.

#include "import_check.h"

static const char ascii[] = "solid tetrahedron\n"
                            "facet normal 0 0 -1\n outer loop\n  vertex 0 0 0\n"
                            "  vertex 0 1 0\n  vertex 1 0 0\n endloop\nendfacet\n"
                            "facet normal 0 -1 0\n outer loop\n  vertex 0 0 0\n"
                            "  vertex 1 0 0\n  vertex -0 0 1e0\n endloop\nendfacet\n"
                            "endsolid tetrahedron\n";

// Two triangles with a common edge; `header` is what stands in the first 80 bytes.
static Bytes binary(Arena *arena, const char *header, uint32_t count, const uint16_t bits[2])
{
    static const float facets[2][4][3] = {
        {{0, 0, 1}, {0, 0, 0}, {1, 0, 0}, {1, 1, 0}},
        {{0, 0, 1}, {-0.0f, 0, 0}, {1, 1, 0}, {0, 1, 0}},
    };
    uint8_t *bytes = arena_alloc(arena, 84 + 100, 4);
    memcpy(bytes, header, strlen(header));
    memcpy(bytes + 80, &count, 4);
    for (int i = 0; i < 2; i++) {
        memcpy(bytes + 84 + i * 50, facets[i], 48);
        memcpy(bytes + 84 + i * 50 + 48, &bits[i], 2);
    }
    return (Bytes){bytes, 184};
}

static const uint16_t no_bits[2] = {0, 0};

static void test_reads_ascii(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_text("a.stl", ascii, &arena, &scan));
    assert_int_equal(scan.triangle_count, 2);
    assert_int_equal(scan.vertex_count, 4);
    assert_string_equal(scan.format, "STL (ASCII)");
    assert_ok(import_text("no-name-at-all", ascii, &arena, &scan)); // told by its contents
    ImportOptions none = {0};
    assert_status(import_bytes("a.stl", bytes_of(ascii), &none, &arena, &scan), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "STL"));
    arena_drop(&arena);
}

static void test_reads_binary_whatever_its_header_says(void **state)
{
    (void)state;
    static const char *const headers[] = {"", "solid made by a program", "solid facet normal",
                                          "solid \n facet normal 0 0 0"};
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        Scan scan;
        assert_ok(import_bytes("a.stl", binary(&arena, headers[i], 2, no_bits), &metres, &arena,
                               &scan));
        assert_string_equal(scan.format, "STL (binary)");
        assert_int_equal(scan.triangle_count, 2);
        assert_int_equal(scan.vertex_count, 4); // welded, -0 and 0 too
        assert_null(scan.colors);
    }
    arena_drop(&arena);
}

static void test_reads_facet_colors(void **state)
{
    (void)state;
    static const uint16_t bits[2] = {31 | 31 << 10, 0x8000};
    Arena arena = {0};
    Scan scan;
    assert_ok(import_bytes("a.stl", binary(&arena, "x COLOR=\x0a\x14\x1e\xff,", 2, bits),
                           &metres, &arena, &scan));
    assert_int_equal(scan.vertex_count, 6); // the edge has two colours
    const uint8_t *first = scan.colors[scan.triangles[0][0]];
    const uint8_t *second = scan.colors[scan.triangles[1][0]];
    assert_true(first[0] == 255 && first[1] == 0 && first[2] == 255);
    assert_true(second[0] == 10 && second[1] == 20 && second[2] == 30);
    arena_drop(&arena);
}

static void test_counts_are_not_believed(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_status(
        import_bytes("a.stl", binary(&arena, "", 0xffffffff, no_bits), &metres, &arena, &scan),
        ERR_CORRUPT);
    // Fewer than there is room for: what is behind them is nobody's.
    assert_ok(import_bytes("a.stl", binary(&arena, "", 1, no_bits), &metres, &arena, &scan));
    assert_int_equal(scan.triangle_count, 1);
    assert_status(import_bytes("a.stl", binary(&arena, "", 0, no_bits), &metres, &arena, &scan),
                  ERR_NOT_FOUND);
    arena_drop(&arena);
}

static void test_survives_truncation_and_bit_flips(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes text = bytes_of(ascii), good = binary(&arena, "solid", 2, no_bits);
    check_truncations("a.stl", text, text.len - strlen(" tetrahedron\n"));
    check_bit_flips("a.stl", text, 1);
    check_truncations("a.stl", good, good.len);
    check_bit_flips("a.stl", good, 1);
    arena_drop(&arena);
}

// More vertices than the table of places had at first.
static void test_welds_many(void **state)
{
    (void)state;
    enum { SIDE = 150 };
    Arena arena = {0};
    Scan scan;
    uint32_t count = SIDE * SIDE * 2;
    uint8_t *bytes = arena_alloc(&arena, 84 + (size_t)count * 50, 4), *at = bytes + 84;
    memcpy(bytes + 80, &count, 4);
    for (int i = 0; i < SIDE * SIDE; i++)
        for (int half = 0; half < 2; half++, at += 50) {
            float x = (float)(i % SIDE), y = (float)(i / SIDE);
            const float facet[4][3] = {{0, 0, 1},
                                       {x, y, 0},
                                       {x + 1, half ? y + 1 : y, 0},
                                       {half ? x : x + 1, y + 1, 0}};
            memcpy(at, facet, sizeof facet);
        }
    assert_ok(
        import_bytes("a.stl", (Bytes){bytes, 84 + (size_t)count * 50}, &metres, &arena, &scan));
    assert_int_equal(scan.triangle_count, count);
    assert_int_equal(scan.vertex_count, (SIDE + 1) * (SIDE + 1));
    arena_drop(&arena);
}

static const ImportExpectation expectations[] = {
    {"triangle_with_two_solids.stl", OK, 2},
    {"triangle_with_empty_solid.stl", OK, 1},
    {"formatDetection", OK, 1},
    {"cube_meshlab_binary.stl", OK, 12},
    {"stl_ascii.stl", OK, 572},
    {"two_triangles.stl", OK, 2},
    {"single_triangle_no_normal.stl", OK, 1},
    {"cube_meshlab_ascii.stl", OK, 12},
    {"stl_binary.stl", OK, 728},
    {"single_triangle.stl", OK, 1},
    {"single_triangle_with_comments.stl", OK, 1},
    {"count_too_big.stl", ERR_CORRUPT, 0},
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
    visit_shared("conformance/stl", "", check_expectation);
    visit_shared("broken/stl", "", check_expectation);
}

// The same bust in metres and in millimetres.
static void test_sizes_agree_across_formats(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan glb, stl;
    ImportOptions mm = {.unit = IMPORT_UNIT_MM}, as_is = {0};
    const char *folder = shared_file(&arena, "scans/man-with-wreath");
    assert_ok(import_scan(path_join(&arena, folder, "man_wearing_a_wreath.glb"), &as_is, &arena,
                          &glb));
    assert_ok(import_scan(path_join(&arena, folder, "man_wearing_a_wreath_mm.stl"), &mm, &arena,
                          &stl));
    assert_int_equal(stl.triangle_count + stl.dropped_triangles, 31514);
    float low[2][3], high[2][3];
    scan_bounds(&glb, low[0], high[0]);
    scan_bounds(&stl, low[1], high[1]);
    for (int axis = 0; axis < 3; axis++)
        assert_float_equal((high[1][axis] - low[1][axis]) / (high[0][axis] - low[0][axis]), 1,
                           0.001);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_ascii),
        cmocka_unit_test(test_reads_binary_whatever_its_header_says),
        cmocka_unit_test(test_reads_facet_colors),
        cmocka_unit_test(test_counts_are_not_believed),
        cmocka_unit_test(test_survives_truncation_and_bit_flips),
        cmocka_unit_test(test_welds_many),
        cmocka_unit_test(test_reads_what_others_wrote),
        cmocka_unit_test(test_sizes_agree_across_formats),
    };
    return cmocka_run_group_tests(tests, import_check_begin, import_check_end);
}
