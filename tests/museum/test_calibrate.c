// test_calibrate.c: an outline is made as large as a card, by mouse, finger, keys and pad.

#include "test.h"

#include "museum/calibrate.h"
#include "museum/display.h"

static Calibration begin(const Input *input)
{
    Calibration calibration;
    calibration_begin(&calibration, 0.25, input);
    assert_float_equal(calibration.card_px, 85.60 / 0.25, 1e-9);
    return calibration;
}

static Input quiet(void)
{
    return (Input){.width = 1200, .height = 800};
}

static void the_edge_follows_the_pointer(void **state)
{
    (void)state;
    Input input = quiet();
    Calibration calibration = begin(&input);
    double edge = 600 + calibration.card_px / 2;
    input.mouse_x = (float)edge + 3; // a little beside it
    input.mouse_y = 420;
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = true};
    calibration_step(&calibration, &input, false, 0.01);
    input.mouse[MOUSE_LEFT].was_pressed = false;
    input.mouse_x += 40;
    calibration_step(&calibration, &input, false, 0.01);
    assert_float_equal(calibration.card_px, 85.60 / 0.25 + 80, 0.01);
    // Over a button nothing is taken hold of.
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = true};
    calibration.is_held = false;
    calibration_step(&calibration, &input, true, 0.01);
    input.mouse_x += 40;
    calibration_step(&calibration, &input, true, 0.01);
    assert_float_equal(calibration.card_px, 85.60 / 0.25 + 80, 0.01);
}

static void a_finger_holds_it_and_two_stretch_it(void **state)
{
    (void)state;
    Input input = quiet();
    Calibration calibration = begin(&input);
    input.touch_count = 1;
    input.touches[0] = (InputTouch){.x = 700, .y = 400, .is_down = true, .was_pressed = true};
    calibration_step(&calibration, &input, false, 0.01);
    input.touches[0] = (InputTouch){.x = 710, .y = 400, .is_down = true};
    calibration_step(&calibration, &input, false, 0.01);
    assert_float_equal(calibration.card_px, 85.60 / 0.25 + 20, 0.01);
    input.touch_count = 2;
    input.touches[1] = (InputTouch){.x = 500, .y = 400, .is_down = true};
    calibration_step(&calibration, &input, false, 0.01);
    input.touches[1].x = 470;
    calibration_step(&calibration, &input, false, 0.01);
    assert_float_equal(calibration.card_px, 85.60 / 0.25 + 50, 0.01);
}

static void keys_go_by_a_pixel_and_held_on_and_on(void **state)
{
    (void)state;
    Input input = quiet();
    Calibration calibration = begin(&input);
    input.keys[KEY_RIGHT] = (InputButton){.is_down = true, .was_pressed = true};
    calibration_step(&calibration, &input, false, 0.01);
    assert_float_equal(calibration.card_px, 85.60 / 0.25 + 1, 1e-9);
    input.keys[KEY_RIGHT].was_pressed = false;
    for (int i = 0; i < 100; i++)
        calibration_step(&calibration, &input, false, 0.01);
    assert_true(calibration.card_px > 85.60 / 0.25 + 30);
    double before = calibration.card_px;
    input = quiet();
    input.pad[PAD_LEFT] = (InputButton){.was_pressed = true};
    calibration_step(&calibration, &input, false, 0.01);
    assert_float_equal(calibration.card_px, before - 1, 1e-9);
}

static void ends_by_a_word(void **state)
{
    (void)state;
    Input input = quiet();
    Calibration calibration = begin(&input);
    assert_int_equal(calibration_step(&calibration, &input, false, 0), CALIBRATION_GOES_ON);
    input.keys[KEY_ENTER].was_pressed = true;
    assert_int_equal(calibration_step(&calibration, &input, false, 0), CALIBRATION_FITS);
    input.keys[KEY_ESCAPE].was_pressed = true;
    assert_int_equal(calibration_step(&calibration, &input, false, 0), CALIBRATION_NOT_NOW);
}

static void stays_in_the_picture(void **state)
{
    (void)state;
    Input input = quiet();
    Calibration calibration = begin(&input);
    input.wheel = 5000;
    calibration_step(&calibration, &input, false, 0.01);
    assert_true(calibration.card_px < 1200);
    input.wheel = -5000;
    calibration_step(&calibration, &input, false, 0.01);
    assert_true(calibration.card_px >= 10);
    assert_true(calibration_pixel_mm(&calibration) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_edge_follows_the_pointer),
        cmocka_unit_test(a_finger_holds_it_and_two_stretch_it),
        cmocka_unit_test(keys_go_by_a_pixel_and_held_on_and_on),
        cmocka_unit_test(ends_by_a_word),
        cmocka_unit_test(stays_in_the_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
