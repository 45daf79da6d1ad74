// test_spots.c: marks of details are apart from each other, and each detail has one.

#include "museum/spots.h"
#include "test.h"

#include <math.h>
#include <string.h>

#define APART 34.0f

enum { MANY = 256 };

static float gap(const float a[2], const float b[2])
{
    return hypotf(a[0] - b[0], a[1] - b[1]);
}

static uint32_t scatter(SpotPoint *points, uint32_t count, float width, float height,
                        uint32_t seed)
{
    for (uint32_t i = 0; i < count; i++) {
        points[i] = (SpotPoint){.index = i, .strength = 1};
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525 + 1013904223;
            points[i].px[k] = (float)(seed >> 8) / 16777216.0f * (k ? height : width);
        }
        points[i].is_hidden = seed >> 30 == 0;
    }
    return count;
}

static void far_ones_stand_alone(void **state)
{
    (void)state;
    const SpotPoint points[] = {{0, {100, 100}, false, 1}, {1, {200, 100}, false, 0.5f}};
    SpotMark marks[SPOTS_MOST_MARKS];
    uint16_t mark_of[2];
    assert_int_equal(spots_gather(points, 2, APART, marks, mark_of), 2);
    assert_int_equal(marks[1].first, 1);
    assert_int_equal(marks[1].count, 1);
    assert_true(marks[1].strength == 0.5f);
    assert_true(marks[1].px[0] == 200);
}

static void near_ones_are_one_mark_with_their_number(void **state)
{
    (void)state;
    const SpotPoint points[] = {{4, {100, 100}, false, 0.2f},
                                {7, {120, 110}, false, 1},
                                {9, {300, 100}, false, 1},
                                {11, {90, 95}, false, 0.1f}};
    SpotMark marks[SPOTS_MOST_MARKS];
    uint16_t mark_of[4];
    assert_int_equal(spots_gather(points, 4, APART, marks, mark_of), 2);
    assert_int_equal(marks[0].count, 3);
    assert_true(marks[0].strength == 1);
    const uint16_t expected[] = {0, 0, 1, 0};
    assert_memory_equal(mark_of, expected, sizeof expected);
    // So much nearer, the two that are farthest from each other are two marks.
    float nearer = spots_part(points, mark_of, 4, 0, APART);
    assert_true(fabsf(nearer - APART / gap(points[1].px, points[3].px)) < 1e-5f);
}

static void hidden_ones_make_way(void **state)
{
    (void)state;
    const SpotPoint points[] = {{0, {100, 100}, true, 1},
                                {1, {110, 100}, false, 1},
                                {2, {400, 100}, true, 1},
                                {3, {410, 100}, true, 1}};
    SpotMark marks[SPOTS_MOST_MARKS];
    uint16_t mark_of[4];
    assert_int_equal(spots_gather(points, 4, APART, marks, mark_of), 2);
    assert_false(marks[0].is_hidden);
    assert_int_equal(marks[0].count, 1);
    assert_true(marks[1].is_hidden);
    assert_int_equal(marks[1].count, 2);
    assert_int_equal(mark_of[0], UINT16_MAX);
    assert_int_equal(mark_of[2], 1);
}

static void what_is_one_place_does_not_part(void **state)
{
    (void)state;
    const SpotPoint points[] = {{0, {50, 50}, false, 1}, {1, {50, 50}, false, 1}};
    SpotMark marks[SPOTS_MOST_MARKS];
    uint16_t mark_of[2];
    assert_int_equal(spots_gather(points, 2, APART, marks, mark_of), 1);
    assert_true(spots_part(points, mark_of, 2, 0, APART) == 0);
    assert_int_equal(spots_gather(points, 0, APART, marks, mark_of), 0);
}

// As many as a story may tell of, in pictures of all sizes.
static void many_keep_apart(void **state)
{
    (void)state;
    static SpotPoint points[MANY];
    SpotMark marks[SPOTS_MOST_MARKS], again[SPOTS_MOST_MARKS];
    uint16_t mark_of[MANY], mark_of_again[MANY];
    for (uint32_t seed = 1; seed < 40; seed++) {
        float size = 20 + 90 * (float)seed;
        scatter(points, MANY, size, size * 0.6f, seed);
        uint32_t count = spots_gather(points, MANY, APART, marks, mark_of), members = 0;
        assert_true(count > 0 && count <= SPOTS_MOST_MARKS);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t own = 0;
            for (uint32_t k = 0; k < i; k++)
                assert_true(gap(marks[i].px, marks[k].px) >= APART);
            for (uint32_t k = 0; k < MANY; k++)
                own += mark_of[k] == i;
            assert_int_equal(own, marks[i].count);
            members += own;
            assert_int_equal(mark_of[marks[i].first], i);
        }
        for (uint32_t k = 0; k < MANY; k++) // none is lost but hints
            members += mark_of[k] == UINT16_MAX && points[k].is_hidden;
        assert_int_equal(members, MANY);
        assert_int_equal(spots_gather(points, MANY, APART, again, mark_of_again), count);
        assert_memory_equal(mark_of, mark_of_again, sizeof mark_of);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(far_ones_stand_alone),
        cmocka_unit_test(near_ones_are_one_mark_with_their_number),
        cmocka_unit_test(hidden_ones_make_way),
        cmocka_unit_test(what_is_one_place_does_not_part),
        cmocka_unit_test(many_keep_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
