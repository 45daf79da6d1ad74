// test_stats.c: percentiles, the JSON's shape, finding values by path and by last part.

#include <jansson.h>

#include "museum/stats.h"
#include "test.h"

static void takes_percentiles(void **state)
{
    (void)state;
    Arena arena = {0};
    StatsFrames frames = {0};
    assert_true(stats_frame_times(&frames).count == 0);
    for (int i = 100; i >= 1; i--)
        stats_add_frame(&frames, (float)i, &arena);
    StatsFrameTimes times = stats_frame_times(&frames);
    assert_true(times.median_ms == 50 && times.p95_ms == 95 && times.p99_ms == 99);
    assert_true(times.max_ms == 100 && times.count == 100);
    stats_forget_frames(&frames);
    stats_add_frame(&frames, 7, &arena);
    times = stats_frame_times(&frames);
    assert_true(times.median_ms == 7 && times.p99_ms == 7 && times.count == 1);
    arena_drop(&arena);
}

static void writes_json_a_machine_can_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Stats stats = {.first_frame_ms = 312.5,
                   .resident_geometry_bytes = 67108864,
                   .magnifier_zoom = 12,
                   .um_per_texel = 1.0 / 0.0,
                   .magnifier_mode = "raking",
                   .magnifier_enlarged = true,
                   .exhibit = "a \"quoted\"\nhare\\"};
    json_t *root = json_loads(stats_write_json(&stats, &arena), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    static const char *const top[] = {
        "first_frame_ms", "frame_ms", "triangles_drawn", "draw_calls", "resident_bytes",
        "rss_peak_bytes", "loaded",   "pixel_error",     "magnifier",  "lens_pixel_error",
        "exhibit",        "settled",  "renderer"};
    for (size_t i = 0; i < COUNT_OF(top); i++)
        assert_non_null(json_object_get(root, top[i]));
    json_t *frame = json_object_get(root, "frame_ms");
    assert_int_equal(json_object_size(frame), 5);
    json_t *lens = json_object_get(root, "magnifier");
    assert_int_equal(json_object_size(lens), 18);
    assert_true(json_is_true(json_object_get(lens, "enlarged")));
    assert_true(json_number_value(json_object_get(lens, "um_per_texel")) == 0);
    assert_string_equal(json_string_value(json_object_get(root, "exhibit")),
                        "a \"quoted\"\nhare\\");
    json_decref(root);
    arena_drop(&arena);
}

static void finds_values(void **state)
{
    (void)state;
    Arena arena = {0};
    Stats stats = {.magnifier_zoom = 12.5, .exhibit = "hare", .is_settled = true};
    StatsValue value;
    assert_ok(stats_find(&stats, "magnifier.zoom", &arena, &value));
    assert_true(value.is_number && value.number == 12.5);
    assert_ok(stats_find(&stats, "zoom", &arena, &value));
    assert_string_equal(value.text, "12.5");
    assert_ok(stats_find(&stats, "exhibit", &arena, &value));
    assert_true(!value.is_number);
    assert_string_equal(value.text, "hare");
    assert_ok(stats_find(&stats, "settled", &arena, &value));
    assert_string_equal(value.text, "true");
    assert_ok(stats_find(&stats, "driver", &arena, &value));
    assert_string_equal(value.text, "");
    assert_status(stats_find(&stats, "frame_ms", &arena, &value), ERR_NOT_FOUND);
    assert_status(stats_find(&stats, "colour", &arena, &value), ERR_NOT_FOUND);
    arena_drop(&arena);
}

static void knows_its_memory(void **state)
{
    (void)state;
    assert_true(stats_peak_memory() > 100 * 1024);
    assert_true(stats_memory() > 100 * 1024 && stats_memory() <= stats_peak_memory() + 1e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_percentiles),
        cmocka_unit_test(writes_json_a_machine_can_read),
        cmocka_unit_test(finds_values),
        cmocka_unit_test(knows_its_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
