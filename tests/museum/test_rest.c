// test_rest.c: a view at rest becomes a mean and is then left alone; new detail fades in; what
// moves never shows what was.

#include <math.h>

#include "museum/rest.h"
#include "test.h"

enum { MEAN = 9 };

static RestInput still(void)
{
    return (RestInput){.place = 1, .look = 2, .detail = 3, .mean_count = MEAN, .scale = 0.7f};
}

// At rest, with the whole mean.
static Rest rested(void)
{
    Rest rest = {0};
    RestInput input = still();
    for (int i = 0; i < MEAN + 1; i++)
        rest_next(&rest, &input);
    assert_true(rest_is_done(&rest, MEAN));
    return rest;
}

static void what_moves_is_drawn_plainly(void **state)
{
    (void)state;
    Rest rest = {0};
    RestInput input = still();
    for (uint64_t i = 0; i < 20; i++) {
        input.place = i;
        RestFrame frame = rest_next(&rest, &input);
        assert_true(frame.is_needed && !frame.is_kept && frame.scale == 0.7f);
        assert_true(frame.shift_px[0] == 0 && frame.shift_px[1] == 0);
        assert_false(rest_is_done(&rest, MEAN));
    }
}

static void a_view_at_rest_is_a_mean(void **state)
{
    (void)state;
    Rest rest = {0};
    RestInput input = still();
    rest_next(&rest, &input);
    double weights[MEAN] = {0}, middle[2] = {0};
    for (int i = 0; i < MEAN; i++) {
        assert_false(rest_is_done(&rest, MEAN));
        RestFrame frame = rest_next(&rest, &input);
        assert_true(frame.is_needed && frame.is_kept && frame.scale == 1);
        assert_true((i == 0) == (frame.share == 1));
        assert_true(frame.is_half == (fabs(middle[0] + (double)frame.shift_px[0]) > 1e-6));
        for (int k = 0; k < i; k++)
            weights[k] *= 1 - (double)frame.share;
        weights[i] = (double)frame.share;
        for (int k = 0; k < 2; k++) {
            assert_true(fabsf(frame.shift_px[k]) <= 0.5f);
            middle[k] += (double)frame.shift_px[k];
        }
    }
    for (int i = 0; i < MEAN; i++)
        assert_true(fabs(weights[i] - 1.0 / MEAN) < 1e-6);
    assert_true(fabs(middle[0]) < 1e-6 && fabs(middle[1]) < 1e-6); // it stays where it is
    assert_true(rest_is_done(&rest, MEAN));
}

static void a_finished_view_is_left_alone(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    for (int i = 0; i < 100; i++) {
        RestFrame frame = rest_next(&rest, &input);
        assert_true(!frame.is_needed && frame.is_kept && frame.share == 0);
    }
}

static void new_detail_is_faded_in(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    input.fade_s = 0.15;
    input.passed_s = 0.016;
    input.detail = 4;
    double old = 1, last_step = 0;
    int count = 0;
    for (; old > 0; count++) {
        RestFrame frame = rest_next(&rest, &input);
        assert_true(frame.is_needed && frame.is_kept && frame.share > 0);
        assert_true(frame.shift_px[0] == 0 && frame.shift_px[1] == 0);
        double step = old * (double)frame.share; // of the way, evenly
        assert_true(count == 0 || frame.share == 1 || fabs(step - last_step) < 1e-4);
        last_step = step;
        old *= 1 - (double)frame.share;
        assert_false(rest_is_done(&rest, MEAN));
    }
    assert_true(count == 10);
    for (int i = 1; i < MEAN; i++)
        assert_true(rest_next(&rest, &input).share == 1 / (float)(i + 1));
    assert_true(rest_is_done(&rest, MEAN));
}

static void without_fading_detail_is_there_at_once(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    input.passed_s = 0.016;
    input.detail = 4;
    RestFrame frame = rest_next(&rest, &input);
    assert_true(frame.is_kept && frame.share == 1 && !rest_is_done(&rest, MEAN));
}

static void unfinished_pictures_are_not_meaned(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    input.is_unfinished = true;
    for (int i = 0; i < 5; i++) {
        assert_true(rest_next(&rest, &input).share == 1);
        assert_false(rest_is_done(&rest, MEAN));
    }
}

// While more is about to come nothing is drawn of a view that does not move, at rest or not
// yet; then all of it is taken at once.
static void what_awaits_more_stands(void **state)
{
    (void)state;
    for (int was_rested = 0; was_rested < 2; was_rested++) {
        Rest rest = was_rested ? rested() : (Rest){0};
        RestInput input = still();
        input.awaits_more = true;
        input.is_unfinished = true;
        if (!was_rested) // the first frame of a view has nothing to stand for it
            assert_true(rest_next(&rest, &input).is_needed);
        for (int i = 0; i < 20; i++) {
            input.detail++;
            RestFrame frame = rest_next(&rest, &input);
            assert_false(frame.is_needed || frame.is_half);
            assert_true(frame.is_kept == (was_rested == 1));
        }
        RestInput elsewhere = input; // who moves sees where to
        elsewhere.place = 77;
        Rest moved = rest;
        assert_true(rest_next(&moved, &elsewhere).is_needed);
        input.awaits_more = input.is_unfinished = false;
        for (int i = 0; i < MEAN; i++) {
            RestFrame frame = rest_next(&rest, &input);
            assert_true(frame.is_needed && frame.is_kept && (i == 0) == (frame.share == 1));
        }
        assert_false(rest_next(&rest, &input).is_needed);
    }
}

static void a_new_look_is_there_at_once(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    input.fade_s = 0.15;
    input.passed_s = 0.016;
    input.detail = input.look = 7;
    assert_true(rest_next(&rest, &input).share == 1);
}

static void a_moment_is_not_yet_rest(void **state)
{
    (void)state;
    Rest rest = {0};
    RestInput input = still();
    input.wait_s = 0.1;
    input.passed_s = 0.03;
    assert_true(rest_next(&rest, &input).is_needed);
    for (int i = 0; i < 3; i++) {
        RestFrame frame = rest_next(&rest, &input);
        assert_true(!frame.is_needed && !frame.is_kept);
    }
    RestFrame frame = rest_next(&rest, &input);
    assert_true(frame.is_needed && frame.is_kept && frame.share == 1);
}

static void moving_leaves_nothing_behind(void **state)
{
    (void)state;
    Rest rest = rested();
    RestInput input = still();
    input.fade_s = 0.15;
    input.passed_s = 0.016;
    input.detail = 4;
    rest_next(&rest, &input); // fading
    input.place = 5;
    RestFrame frame = rest_next(&rest, &input);
    assert_true(!frame.is_kept && frame.share == 1);
    frame = rest_next(&rest, &input); // at rest elsewhere: from the start
    assert_true(frame.is_kept && frame.share == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_moves_is_drawn_plainly),
        cmocka_unit_test(a_view_at_rest_is_a_mean),
        cmocka_unit_test(a_finished_view_is_left_alone),
        cmocka_unit_test(new_detail_is_faded_in),
        cmocka_unit_test(without_fading_detail_is_there_at_once),
        cmocka_unit_test(unfinished_pictures_are_not_meaned),
        cmocka_unit_test(what_awaits_more_stands),
        cmocka_unit_test(a_new_look_is_there_at_once),
        cmocka_unit_test(a_moment_is_not_yet_rest),
        cmocka_unit_test(moving_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
