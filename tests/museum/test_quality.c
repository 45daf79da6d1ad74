// test_quality.c: levels by name; auto holds the display's rate, does not swing, and leaves
// scripts alone.

#include "museum/quality.h"
#include "test.h"

static void finds_levels_by_name(void **state)
{
    (void)state;
    QualityLevel level;
    assert_true(quality_find("auto", &level) && level == QUALITY_AUTO);
    assert_true(quality_find("ultra", &level) && level == QUALITY_ULTRA);
    assert_false(quality_find("best", &level));
}

static void better_levels_are_better(void **state)
{
    (void)state;
    for (QualityLevel level = QUALITY_MEDIUM; level < QUALITY_COUNT; level++) {
        const QualityRow *row = quality_row(level), *worse = quality_row(level - 1);
        assert_true(row->pixel_error <= worse->pixel_error && row->scale >= worse->scale);
        assert_true(row->sample_count >= worse->sample_count);
        assert_true(row->shadow_side >= worse->shadow_side && row->is_fine >= worse->is_fine);
        assert_true(row->mean_count >= worse->mean_count);
        assert_true(row->lens_mean_count >= row->mean_count);
    }
}

static void what_was_asked_for_stays(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_ULTRA, true, 60);
    for (int i = 0; i < 1000; i++)
        assert_false(quality_note(&quality, &(QualityFrame){500, 0.5, true, true}));
    assert_true(quality.level == QUALITY_ULTRA && !quality.is_auto);
}

static void begins_with_the_driver(void **state)
{
    (void)state;
    assert_true(quality_make(QUALITY_AUTO, true, 0).level == QUALITY_MEDIUM);
    assert_true(quality_make(QUALITY_AUTO, false, 0).level == QUALITY_HIGH);
}

// `count` frames of this much work; how often something changed.
static int run(Quality *quality, int count, double work_ms)
{
    int changes = 0;
    for (int i = 0; i < count; i++)
        changes += quality_note(
            quality, &(QualityFrame){work_ms, MAX(work_ms / 1000, 1.0 / 60), true, true});
    return changes;
}

static void scripts_and_resting_views_change_nothing(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_AUTO, false, 60);
    for (int i = 0; i < 1000; i++) {
        assert_false(quality_note(&quality, &(QualityFrame){90, 0.1, true, false}));
        assert_false(quality_note(&quality, &(QualityFrame){90, 0.1, false, true}));
    }
}

static void slow_frames_lower_the_scale_first(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_AUTO, false, 60);
    assert_int_equal(run(&quality, 32, 40), 1);
    assert_true(quality.level == QUALITY_HIGH && quality.scale < 1);
    run(&quality, 2000, 40);
    assert_true(quality.level == QUALITY_LOW && quality.scale >= 0.5f);
    assert_int_equal(run(&quality, 2000, 40), 0); // there is nothing below
}

static void a_hitch_is_no_reason(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_AUTO, false, 60);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(run(&quality, 6, 12), 0);
        assert_int_equal(run(&quality, 1, 200), 0);
    }
}

static void room_is_used_slowly(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_AUTO, false, 60);
    run(&quality, 32, 40);
    int step = quality.step;
    assert_int_equal(run(&quality, 120, 4), 0); // two seconds
    run(&quality, 60 * 60, 4);
    assert_true(quality.step < step && quality.level == QUALITY_ULTRA);
    Quality software = quality_make(QUALITY_AUTO, true, 60);
    assert_int_equal(run(&software, 60 * 600, 1), 0); // never better than its driver
}

// A machine on which one step is too slow and the next leaves plenty of room.
static void it_does_not_swing(void **state)
{
    (void)state;
    Quality quality = quality_make(QUALITY_AUTO, false, 60);
    int changes = 0;
    for (int second = 0; second < 600; second++)
        changes += run(&quality, 60, quality.step <= 1 ? 20 : 5);
    assert_true(changes <= 10); // in ten minutes
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_levels_by_name),
        cmocka_unit_test(better_levels_are_better),
        cmocka_unit_test(what_was_asked_for_stays),
        cmocka_unit_test(begins_with_the_driver),
        cmocka_unit_test(scripts_and_resting_views_change_nothing),
        cmocka_unit_test(slow_frames_lower_the_scale_first),
        cmocka_unit_test(a_hitch_is_no_reason),
        cmocka_unit_test(room_is_used_slowly),
        cmocka_unit_test(it_does_not_swing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
