// test_tour_record.c: a visit written down as a tour: stops, how long they were, what moves is
// no stop; the file is a tour that can be read.

#include "museum/tour_record.h"
#include "test.h"

static const TourStep hall = {
    .room = "hall", .piece = "", .hotspot = "", .stand = {true, {1, 2}, 0.5f, 0}};
static const TourStep hare = {.room = "",
                              .piece = "hare",
                              .hotspot = "",
                              .view = {true, 10, 5, 0.1f, true, {0, 0.02f, 0}}};
static const TourStep eye = {.room = "", .piece = "hare", .hotspot = "eye"};

static void stay(TourRecord *record, const TourStep *step, double seconds)
{
    for (double s = 0; s < seconds - 1e-9; s += 0.1)
        tour_record_see(record, step, 0.1);
}

static void stops_become_steps(void **state)
{
    (void)state;
    Arena arena = {0};
    TourRecord record = tour_record_make(&arena);
    stay(&record, &hall, 1); // just passing
    stay(&record, NULL, 10);
    TourStep aside = hall;
    aside.stand.position[0] += 3;
    stay(&record, &aside, 4);
    stay(&record, &hare, 6);
    stay(&record, NULL, 2);
    stay(&record, &eye, 8.5);
    TourStep lens = hare;
    lens.lens = STORY_LENS_RAKING;
    lens.magnification = 8;
    lens.has_lens_point = true;
    lens.light = (StoryLight){true, 40, 15};
    stay(&record, &lens, 5);
    lens.magnification = 12;
    stay(&record, &lens, 1); // on the way to a stronger one
    lens.magnification = 16;
    stay(&record, &lens, 3);
    assert_int_equal(record.tour.step_count, 5);
    const TourStep *steps = record.tour.steps;
    assert_true(steps[0].stand.position[0] == 4 && steps[0].dwell_s == 4);
    assert_true(steps[1].view.has_target && steps[1].dwell_s == 6);
    assert_string_equal(steps[2].hotspot, "eye");
    assert_true(steps[2].dwell_s == 8.5f);
    assert_true(steps[3].magnification == 8 && steps[4].magnification == 16);
    arena_drop(&arena);
}

static void little_movements_are_none(void **state)
{
    (void)state;
    Arena arena = {0};
    TourRecord record = tour_record_make(&arena);
    TourStep moved = hare;
    for (int i = 0; i < 20; i++) {
        moved.view.azimuth_deg = hare.view.azimuth_deg + (float)(i % 2);
        stay(&record, &moved, 0.5);
    }
    assert_int_equal(record.tour.step_count, 1);
    assert_true(record.tour.steps[0].dwell_s == 10);
    moved.view.azimuth_deg += 20;
    stay(&record, &moved, 2);
    assert_int_equal(record.tour.step_count, 2);
    arena_drop(&arena);
}

static void it_is_a_tour_with_questions(void **state)
{
    (void)state;
    Arena arena = {0};
    TourRecord record = tour_record_make(&arena);
    stay(&record, &hall, 5);
    stay(&record, &hare, 5);
    stay(&record, &eye, 5);
    Bytes file = tour_record_write(&record);
    Problems problems = {.arena = &arena};
    Tour tour;
    assert_ok(tour_parse(file, "walk.json", &arena, &problems, &tour));
    assert_int_equal(tour.step_count, 3);
    assert_int_equal(problems.error_count, 0);
    assert_true(problems.note_count >= 3); // what is told is still to be written
    assert_non_null(strstr((const char *)file.ptr, "FILL IN: what do you tell at 'hare'?"));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_become_steps),
        cmocka_unit_test(little_movements_are_none),
        cmocka_unit_test(it_is_a_tour_with_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
