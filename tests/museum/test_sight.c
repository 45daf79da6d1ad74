// test_sight.c: rooms are seen through their doors, as much of them as the doors leave.

#include <math.h>

#include "museum/gallery.h"
#include "museum/sample_plan.h"
#include "museum/sight.h"
#include "test.h"

enum { A, B, C };

static const int32_t all_open[3] = {0, 0, 0};

static View look(double x, double z, double to_x, double to_z)
{
    Camera camera = {.position = {x, 1.6, z}, .fov_y = 0.9f, .near_m = 0.05f, .far_m = 60};
    camera_look_at(&camera, (double[3]){to_x, 1.6, to_z});
    Viewport viewport = {0, 0, 1280, 720};
    return camera_view(&camera, &viewport);
}

static void one_sees_the_room_one_is_in(void **state)
{
    (void)state;
    Arena arena = {0};
    Sight sight = sight_make(&sample_plan, &arena);
    View view = look(1, 1, 0, 1); // at a wall
    sight_look(&sight, &sample_plan, all_open, A, false, &view);
    assert_true(sight_sees(&sight, A) && !sight_sees(&sight, B) && !sight_sees(&sight, C));
    assert_true(sight_sees_sphere(&sight, A, (double[3]){5, 1, 4}, 0.1));
    arena_drop(&arena);
}

static void doors_narrow_what_is_seen(void **state)
{
    (void)state;
    Arena arena = {0};
    Sight sight = sight_make(&sample_plan, &arena);
    View view = look(1, 1, 6, 2.6);
    sight_look(&sight, &sample_plan, all_open, A, false, &view);
    // Through the first door, but not around the corner into the third room, although its door
    // is in the picture.
    assert_true(sight_sees(&sight, B) && !sight_sees(&sight, C));
    assert_true(sight_sees_sphere(&sight, B, (double[3]){10, 1, 3.8}, 0.1));
    assert_false(sight_sees_sphere(&sight, B, (double[3]){10, 1, 0.5}, 0.1));
    assert_true(sight.seen_count == 2 && sight.order[0] == A && sight.order[1] == B);
    // Right at the door one sees through both.
    view = look(5.7, 2.1, 8.6, 5);
    sight_look(&sight, &sample_plan, all_open, A, false, &view);
    assert_true(sight_sees(&sight, C) && sight.seen_count == 3 && sight.order[2] == C);
    int32_t closed[3] = {0, 0, -1};
    sight_look(&sight, &sample_plan, closed, A, false, &view);
    assert_true(sight_sees(&sight, B) && !sight_sees(&sight, C));
    arena_drop(&arena);
}

static void in_a_passage_one_sees_both_its_rooms(void **state)
{
    (void)state;
    Arena arena = {0};
    Sight sight = sight_make(&sample_plan, &arena);
    View view = look(6.15, 2.6, 7, 2.6);
    sight_look(&sight, &sample_plan, all_open, A, true, &view);
    assert_true(sight_sees(&sight, A) && sight_sees(&sight, B));
    assert_true(sight_sees_sphere(&sight, B, (double[3]){10, 1, 0.5}, 0.1));
    arena_drop(&arena);
}

// What a straight line reaches without meeting a wall is never said to be hidden.
static void nothing_that_is_seen_is_hidden(void **state)
{
    (void)state;
    Arena arena = {0};
    Gallery gallery;
    gallery_make(&sample_plan, NULL, &arena, &gallery);
    Sight sight = sight_make(&sample_plan, &arena);
    uint32_t seed = 1, seen = 0, hidden = 0;
    for (int i = 0; i < 4000; i++) {
        double spots[2][2];
        for (int k = 0; k < 4; k++) {
            seed = seed * 1664525u + 1013904223u;
            spots[k / 2][k % 2] = (seed >> 8) * (12.0 / (1 << 24));
        }
        int32_t room =
            plan_find_room(&sample_plan, (float[2]){(float)spots[0][0], (float)spots[0][1]});
        int32_t other =
            plan_find_room(&sample_plan, (float[2]){(float)spots[1][0], (float)spots[1][1]});
        if (room < 0 || other < 0)
            continue;
        View view = look(spots[0][0], spots[0][1], spots[1][0], spots[1][1]);
        sight_look(&sight, &sample_plan, all_open, (uint32_t)room, false, &view);
        bool is_said = sight_sees_sphere(&sight, (uint32_t)other,
                                         (double[3]){spots[1][0], 1.6, spots[1][1]}, 0.01);
        assert_true(is_said || !gallery_sees(&gallery, spots[0], spots[1]));
        seen += is_said;
        hidden += !is_said;
    }
    assert_true(seen > 200 && hidden > 200);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sees_the_room_one_is_in),
        cmocka_unit_test(doors_narrow_what_is_seen),
        cmocka_unit_test(in_a_passage_one_sees_both_its_rooms),
        cmocka_unit_test(nothing_that_is_seen_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
