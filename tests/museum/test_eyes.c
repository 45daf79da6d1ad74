// test_eyes.c: the picture's exposure while walking: it follows the light of rooms, gently, in
// part, and comes to rest.

#include "museum/eyes.h"
#include "test.h"

#include <math.h>

static const double step_s = 1.0 / 60;

static void brighter_rooms_look_brighter_but_not_by_as_much(void **state)
{
    (void)state;
    assert_float_equal(eyes_white(0), 1, 0);
    assert_float_equal(eyes_white(100), 1, 1e-6f);
    for (float lux = 40; lux < 240; lux *= 1.1f) {
        float more = eyes_white(lux * 1.1f) / eyes_white(lux);
        assert_true(more > 1.0f && more < 1.1f);
    }
    // What is darker or brighter still, eyes cannot make up for.
    assert_true(eyes_white(1) == eyes_white(10) && eyes_white(1) > 0.5f);
    assert_true(eyes_white(1000) == eyes_white(100000) && eyes_white(1000) < 2);
}

// Through a door from a dark room into a bright one and back: no step that one would notice, no
// overshoot, and rest, exactly.
static void eyes_follow_gently_and_arrive(void **state)
{
    (void)state;
    static const float rooms[] = {400, 20, 90};
    float white = eyes_follow(0, eyes_white(20), step_s, false);
    assert_float_equal(white, eyes_white(20), 0); // the first look
    for (int room = 0; room < 3; room++) {
        float wanted = eyes_white(rooms[room]), way = fabsf(wanted - white);
        int frames = 0;
        for (; white != wanted && frames < 1000; frames++) {
            float next = eyes_follow(white, wanted, step_s, false);
            assert_true(fabsf(next - white) < 0.02f * white);
            assert_true(fabsf(wanted - next) < fabsf(wanted - white));
            white = next;
        }
        assert_true(white == wanted);
        assert_true(way < 0.3f || (frames * step_s > 0.5 && frames * step_s < 4));
    }
}

// As far in two half steps as in one, so that it does not depend on the frames.
static void halves_of_a_step_are_a_step(void **state)
{
    (void)state;
    float one = eyes_follow(0.7f, 1.5f, 0.1, false);
    float two = eyes_follow(eyes_follow(0.7f, 1.5f, 0.05, false), 1.5f, 0.05, false);
    assert_float_equal(one, two, 1e-6f);
    assert_float_equal(eyes_follow(0.7f, 1.5f, 0, true), 1.5f, 0); // reduced motion
    assert_float_equal(eyes_follow(0.7f, 1.5f, 0, false), 0.7f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brighter_rooms_look_brighter_but_not_by_as_much),
        cmocka_unit_test(eyes_follow_gently_and_arrive),
        cmocka_unit_test(halves_of_a_step_are_a_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
