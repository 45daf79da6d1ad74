// test_import_gltf_files.c: glTF and GLB as others wrote them: the scans, the validator's files.

#include "import_check.h"

static const ImportExpectation expectations[] = {
    {"valid_triangle.glb", OK, 1},
    {"node_cycle.glb", ERR_CORRUPT, 0},
    {"index_out_of_range.glb", ERR_CORRUPT, 0},
    {"image_path_traversal.glb", ERR_INVALID, 0},
    {"accessor_count_overflow.glb", ERR_LIMIT, 0},
};

static void check_expectation(const char *path, const char *name, Status status,
                              const Scan *scan)
{
    (void)path;
    assert_expected(expectations, COUNT_OF(expectations), name, status, scan);
}

static int64_t number_after(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

// The validator's report stands beside each file: what it finds no error in must open, or hold
// no triangle. Two of them name files on the network, and are refused for that.
static void check_against_report(const char *path, const char *name, Status status,
                                 const Scan *scan)
{
    (void)scan;
    Fault fault = *fault_last();
    Arena arena = {0};
    Bytes report;
    assert_ok(file_read(str_format(&arena, "%s.report.json", path), 1 << 20, &arena, &report));
    const char *text = (const char *)report.ptr;
    bool is_valid = number_after(text, "\"numErrors\": ") == 0;
    bool is_remote = strcmp(name, "non_relative_uri.gltf") == 0;
    if (is_valid && !is_remote && status != OK && status != ERR_NOT_FOUND)
        fail_msg("%s: %s: %s", name, status_name(status), fault.text);
    arena_drop(&arena);
}

static void test_reads_what_others_wrote(void **state)
{
    (void)state;
    visit_shared("broken/glb", ".glb", check_expectation);
    visit_shared("conformance/gltf-validator", ".gltf", check_against_report);
    visit_shared("conformance/gltf-validator", ".glb", check_against_report);
}

static void test_reads_the_scans(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ImportUnit unit;
        uint32_t triangles, materials, images;
        double height_mm;
    } scans[] = {
        {"alto-saxophone/saxophone_draco.glb", 0, 100000, 1, 4, 664.6},
        {"flight-helmet/FlightHelmet.gltf", 0, 94722, 6, 15, 0},
        {"man-with-wreath/man_wearing_a_wreath.glb", 0, 31514, 1, 2, 605.15},
        {"pilot-whale-cranium/whale_cranium.glb", 0, 100000, 1, 2, 0},
        {"pilot-whale-cranium/whale_cranium_draco.glb", 0, 100000, 1, 2, 0},
        {"reclining-pan/pan_draco.glb", 0, 990772, 1, 0, 501.4},
        {"tea-set/tea_set_01_1k.gltf", 0, 40296, 1, 3, 0},
        {"venus-de-milo/venus.glb", IMPORT_UNIT_MM, 24058, 1, 2, 2118.9},
    };
    for (size_t i = 0; i < COUNT_OF(scans); i++) {
        Arena arena = {0};
        Scan scan;
        ImportOptions options = {.unit = scans[i].unit};
        const char *path = shared_file(&arena, str_format(&arena, "scans/%s", scans[i].name));
        assert_ok(import_scan(path, &options, &arena, &scan));
        check_scan(&scan);
        float low[3], high[3];
        scan_bounds(&scan, low, high);
        print_message("%s: %u triangles, %llu dropped, %.1f x %.1f x %.1f mm, %u materials, "
                      "%u pictures\n",
                      scans[i].name, scan.triangle_count,
                      (unsigned long long)scan.dropped_triangles, 1e3 * (high[0] - low[0]),
                      1e3 * (high[1] - low[1]), 1e3 * (high[2] - low[2]), scan.material_count,
                      scan.image_count);
        if (scans[i].triangles)
            assert_int_equal(scan.triangle_count + scan.dropped_triangles, scans[i].triangles);
        assert_int_equal(scan.material_count, scans[i].materials);
        assert_int_equal(scan.image_count, scans[i].images);
        if (scans[i].height_mm > 0)
            assert_float_equal(1e3 * (high[1] - low[1]) / scans[i].height_mm, 1, 0.001);
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_what_others_wrote),
        cmocka_unit_test(test_reads_the_scans),
    };
    return cmocka_run_group_tests(tests, import_check_begin, import_check_end);
}
