// test_controls.c: what the README's table of keys promises.

#include "test.h"

#include "museum/controls.h"
#include "museum/magnifier.h"

#include <math.h>

static const ControlsContext walking = {.fov_y = 0.9f, .step_s = 1.0 / 60};
static const ControlsContext leant_in = {.is_close = true, .fov_y = 0.6f, .step_s = 1.0 / 60};
static const ControlsContext with_lens = {
    .is_close = true, .has_lens = true, .fov_y = 0.6f, .step_s = 1.0 / 60};

static Input blank(void)
{
    return (Input){.width = 1280, .height = 720, .has_focus = true};
}

static Wishes press_key(Key key, const ControlsContext *context)
{
    Controls controls = {0};
    Input input = blank();
    input.keys[key] = (InputButton){.is_down = true, .was_pressed = true};
    return controls_read(&controls, &input, context);
}

static void keys_do_what_the_readme_says(void **state)
{
    (void)state;
    assert_true(press_key(KEY_W, &walking).visitor.move[1] == 1);
    assert_true(press_key(KEY_S, &walking).visitor.move[1] == -1);
    assert_true(press_key(KEY_A, &walking).visitor.move[0] == -1);
    assert_true(press_key(KEY_D, &walking).visitor.move[0] == 1);
    assert_true(press_key(KEY_UP, &walking).visitor.move[1] == 1);
    assert_true(press_key(KEY_LEFT, &walking).visitor.turn_rad[0] > 0);
    assert_true(press_key(KEY_SHIFT, &walking).visitor.is_running);
    assert_true(press_key(KEY_E, &walking).leans_in);
    assert_true(press_key(KEY_G, &leant_in).toggles_lens);
    assert_true(press_key(KEY_P, &with_lens).toggles_pin);
    assert_true(press_key(KEY_I, &leant_in).toggles_story);
    assert_false(press_key(KEY_TAB, &leant_in).toggles_story); // it goes through buttons
    assert_true(press_key(KEY_ESCAPE, &leant_in).goes_back);
    assert_true(press_key(KEY_F1, &walking).toggles_help);
    assert_true(press_key(KEY_F11, &walking).toggles_fullscreen);
    assert_true(press_key(KEY_F12, &walking).takes_picture);
    assert_true(press_key(KEY_M, &walking).toggles_map);
    for (int i = 0; i < MAGNIFIER_MODE_COUNT; i++)
        assert_int_equal(press_key((Key)(KEY_1 + i), &with_lens).lens_mode, i + 1);
}

// Space goes down, stays for some frames, and comes up.
static Wishes let_go_of_space(double held_s, int frames, Wishes *first)
{
    Controls controls = {0};
    Input input = blank();
    input.keys[KEY_SPACE] = (InputButton){.is_down = true, .was_pressed = true};
    *first = controls_read(&controls, &input, &leant_in);
    input.keys[KEY_SPACE].was_pressed = false;
    for (int i = 1; i < frames; i++) {
        input.time_s = held_s * i / frames;
        assert_true(controls_read(&controls, &input, &with_lens).holds_lens);
    }
    input.time_s = held_s;
    input.keys[KEY_SPACE] = (InputButton){.was_released = true};
    return controls_read(&controls, &input, &with_lens);
}

static void space_pressed_keeps_the_lens_and_held_has_it_meanwhile(void **state)
{
    (void)state;
    Wishes first, last = let_go_of_space(0.1, 6, &first);
    assert_true(first.holds_lens && !first.toggles_lens);
    assert_true(!last.holds_lens && last.keeps_lens);
    last = let_go_of_space(0.8, 48, &first);
    assert_true(first.holds_lens && !last.holds_lens && !last.keeps_lens);
    // A second in two frames is a slow picture, not a patient hand.
    last = let_go_of_space(1, 2, &first);
    assert_true(last.keeps_lens);
    // The next press puts it away; down and up within one frame are a press, too.
    Wishes again = press_key(KEY_SPACE, &with_lens);
    assert_true(again.toggles_lens && !again.holds_lens);
    Controls controls = {0};
    Input input = blank();
    input.keys[KEY_SPACE] = (InputButton){.was_pressed = true, .was_released = true};
    Wishes at_once = controls_read(&controls, &input, &leant_in);
    assert_true(at_once.toggles_lens && !at_once.holds_lens && !at_once.keeps_lens);
    // Where keys go through buttons it is theirs.
    ControlsContext in_list = leant_in;
    in_list.ui_has_keys = true;
    Wishes listed = press_key(KEY_SPACE, &in_list);
    assert_true(!listed.toggles_lens && !listed.holds_lens);
}

static Wishes press_pad(int button, const ControlsContext *context)
{
    Controls controls = {0};
    Input input = blank();
    input.has_pad = true;
    input.pad[button] = (InputButton){.is_down = true, .was_pressed = true};
    return controls_read(&controls, &input, context);
}

static void comparing_is_reached_by_keys_and_by_the_pad(void **state)
{
    (void)state;
    assert_true(press_key(KEY_V, &leant_in).toggles_compare);
    assert_true(press_key(KEY_K, &leant_in).toggles_link);
    assert_true(press_key(KEY_J, &leant_in).switches_half);
    assert_true(press_pad(PAD_BACK, &leant_in).toggles_focus);
    assert_true(press_pad(PAD_UP, &leant_in).toggles_compare);
    assert_true(press_pad(PAD_Y, &leant_in).toggles_link);
    assert_true(press_pad(PAD_LEFT_STICK, &leant_in).switches_half);
    // Up and down are modes with the lens, steps through a list that has the focus, and nothing
    // while walking.
    ControlsContext in_list = leant_in;
    in_list.ui_has_keys = true;
    assert_false(press_pad(PAD_UP, &with_lens).toggles_compare);
    assert_false(press_pad(PAD_UP, &in_list).toggles_compare);
    assert_false(press_pad(PAD_DOWN, &in_list).toggles_tape);
    assert_false(press_pad(PAD_UP, &walking).toggles_compare);
    // Walking, up is the floor plan; within it, what is above.
    ControlsContext on_plan = walking;
    on_plan.has_map = true;
    assert_true(press_pad(PAD_UP, &walking).toggles_map);
    assert_false(press_pad(PAD_UP, &leant_in).toggles_map);
    assert_false(press_pad(PAD_UP, &on_plan).toggles_map);
}

static const ControlsContext with_tape = {.is_close = true,
                                          .has_tape = true,
                                          .has_lens = true,
                                          .lens_has_dial = true,
                                          .fov_y = 0.6f,
                                          .step_s = 1.0 / 60};

static void the_tape_is_reached_by_keys_alone(void **state)
{
    (void)state;
    assert_true(press_key(KEY_T, &leant_in).toggles_tape);
    assert_true(press_key(KEY_ENTER, &with_tape).sets_point);
    assert_true(press_key(KEY_BACKSPACE, &with_tape).takes_point_back);
    assert_false(press_key(KEY_BACKSPACE, &with_tape).goes_back);
    assert_true(press_key(KEY_BACKSPACE, &leant_in).goes_back);
    assert_int_equal(press_key(KEY_N, &with_tape).tape_kind_step, 1);
    assert_true(press_key(KEY_ESCAPE, &with_tape).goes_back);
    // The reticle moves, the piece and the light stay.
    static const struct {
        Key key;
        float right, down;
    } arrows[] = {{KEY_LEFT, -1, 0}, {KEY_RIGHT, 1, 0}, {KEY_UP, 0, -1}, {KEY_DOWN, 0, 1}};
    for (size_t i = 0; i < COUNT_OF(arrows); i++) {
        Wishes wishes = press_key(arrows[i].key, &with_tape);
        assert_true(wishes.reticle[0] * arrows[i].right >= 0 &&
                    wishes.reticle[1] * arrows[i].down >= 0);
        assert_true((wishes.reticle[0] != 0) == (arrows[i].right != 0));
        assert_true((wishes.reticle[1] != 0) == (arrows[i].down != 0));
        assert_true(wishes.visitor.orbit_rad[0] == 0 && wishes.visitor.orbit_rad[1] == 0);
        assert_true(wishes.lens_dial[0] == 0 && wishes.lens_dial[1] == 0);
    }
    // Slower in the lens, and finely with Shift; all points go with Shift.
    ControlsContext magnified = with_tape;
    magnified.reticle_scale = 0.1f;
    assert_true(press_key(KEY_RIGHT, &magnified).reticle[0] <
                press_key(KEY_RIGHT, &with_tape).reticle[0] / 9);
    Controls controls = {0};
    Input input = blank();
    input.keys[KEY_SHIFT].is_down = input.keys[KEY_RIGHT].is_down = true;
    input.keys[KEY_BACKSPACE].was_pressed = true;
    Wishes fine = controls_read(&controls, &input, &with_tape);
    assert_true(fine.reticle[0] < press_key(KEY_RIGHT, &with_tape).reticle[0] / 5);
    assert_true(fine.clears_points && !fine.takes_point_back);
}

static void the_tape_is_reached_by_the_pad_alone(void **state)
{
    (void)state;
    Controls controls = {0};
    Input input = blank();
    input.has_pad = true;
    input.pad[PAD_DOWN].was_pressed = true;
    assert_true(controls_read(&controls, &input, &leant_in).toggles_tape);
    assert_false(controls_read(&controls, &input, &with_lens).toggles_tape); // a mode
    input = blank();
    input.has_pad = true;
    input.pad_right[0] = 0.5f;
    input.pad[PAD_A].was_pressed = input.pad[PAD_LEFT].was_pressed = true;
    input.pad[PAD_RIGHT].was_pressed = true;
    ControlsContext bare = with_tape;
    bare.has_lens = false;
    Wishes wishes = controls_read(&controls, &input, &bare);
    assert_true(wishes.reticle[0] > 0 && wishes.visitor.pan[0] == 0);
    assert_true(wishes.sets_point && wishes.takes_point_back && !wishes.toggles_label);
    assert_int_equal(wishes.tape_kind_step, 1);
}

static void arrows_turn_the_piece_unless_one_reads(void **state)
{
    (void)state;
    assert_true(press_key(KEY_RIGHT, &leant_in).visitor.orbit_rad[0] > 0);
    ControlsContext reading = leant_in;
    reading.is_reading = true;
    Wishes wishes = press_key(KEY_DOWN, &reading);
    assert_true(wishes.visitor.orbit_rad[0] == 0 && wishes.visitor.orbit_rad[1] == 0);
}

// Presses at a place, moves, lets go; what the last frame wishes.
static Wishes use_mouse(MouseButton button, float moved_px, const ControlsContext *context,
                        float *turned)
{
    Controls controls = {0};
    Input input = blank();
    input.mouse_x = 640;
    input.mouse_y = 360;
    input.mouse[button] = (InputButton){.is_down = true, .was_pressed = true};
    controls_read(&controls, &input, context);
    input.mouse[button] = (InputButton){.is_down = true};
    input.mouse_dx = moved_px;
    Wishes dragged = controls_read(&controls, &input, context);
    *turned = fabsf(dragged.visitor.turn_rad[0]) + fabsf(dragged.visitor.orbit_rad[0]) +
              fabsf(dragged.visitor.pan[0]);
    input.mouse_dx = 0;
    input.mouse[button] = (InputButton){.was_released = true};
    return controls_read(&controls, &input, context);
}

static void a_drag_looks_and_a_click_points(void **state)
{
    (void)state;
    float turned;
    assert_false(use_mouse(MOUSE_LEFT, 80, &walking, &turned).taps);
    assert_true(turned > 0);
    Wishes click = use_mouse(MOUSE_LEFT, 2, &walking, &turned);
    assert_true(click.taps && turned == 0);
    assert_float_equal(click.tap[0], 0.5, 1e-6);
    use_mouse(MOUSE_LEFT, 80, &leant_in, &turned);
    assert_true(turned > 0);
    use_mouse(MOUSE_MIDDLE, 80, &leant_in, &turned);
    assert_true(turned > 0);
}

static void the_wheel_serves_the_lens_first(void **state)
{
    (void)state;
    Controls controls = {0};
    Input input = blank();
    input.wheel = 1;
    Wishes wishes = controls_read(&controls, &input, &leant_in);
    assert_true(wishes.visitor.zoom > 1 && wishes.lens_zoom == 0);
    wishes = controls_read(&controls, &input, &with_lens);
    assert_true(wishes.visitor.zoom == 0 && wishes.lens_zoom > 1);
}

static void put_finger(Input *input, int index, float x, float dx)
{
    input->touches[index] =
        (InputTouch){.id = index + 1, .x = x, .y = 300, .dx = dx, .is_down = true};
    input->touch_count = MAX(input->touch_count, index + 1);
}

// Two fingers go down, move, and leave one after the other.
static Wishes use_two_fingers(float moved_px, const ControlsContext *context, float *zoomed)
{
    Controls controls = {0};
    Input input = blank();
    put_finger(&input, 0, 400, 0);
    controls_read(&controls, &input, context);
    put_finger(&input, 1, 600, 0);
    controls_read(&controls, &input, context);
    put_finger(&input, 1, 600 + moved_px, moved_px);
    *zoomed = controls_read(&controls, &input, context).visitor.zoom;
    input.touch_count = 1;
    put_finger(&input, 0, 400, 0);
    input.touches[0].was_released = true;
    assert_false(controls_read(&controls, &input, context).taps);
    input = blank();
    return controls_read(&controls, &input, context);
}

static void two_fingers_tap_for_the_lens_and_pinch(void **state)
{
    (void)state;
    float zoomed;
    Wishes tap = use_two_fingers(1, &leant_in, &zoomed);
    assert_true(tap.toggles_lens && tap.has_pointer);
    assert_float_equal(tap.pointer[0], 500.5 / 1280, 1e-4);
    assert_false(use_two_fingers(100, &leant_in, &zoomed).toggles_lens);
    assert_float_equal(zoomed, 1.5, 1e-4);
}

static void one_finger_taps_and_drags(void **state)
{
    (void)state;
    Controls controls = {0};
    Input input = blank();
    put_finger(&input, 0, 320, 0);
    input.touches[0].was_pressed = true;
    controls_read(&controls, &input, &walking);
    input.touches[0].was_pressed = false;
    input.touches[0].was_released = true;
    Wishes wishes = controls_read(&controls, &input, &walking);
    assert_true(wishes.taps && wishes.tap_is_finger);
    assert_int_equal(controls.device, CONTROLS_TOUCH);
}

static void the_pad_reaches_everything(void **state)
{
    (void)state;
    static const PadButton buttons[] = {PAD_A, PAD_B, PAD_X, PAD_Y, PAD_START, PAD_DOWN};
    for (size_t i = 0; i < COUNT_OF(buttons); i++) {
        Controls controls = {0};
        Input input = blank();
        input.has_pad = true;
        input.pad[buttons[i]] = (InputButton){.is_down = true, .was_pressed = true};
        Wishes wishes = controls_read(&controls, &input, &with_lens);
        const bool done[] = {wishes.leans_in,     wishes.goes_back,
                             wishes.toggles_lens, wishes.toggles_story,
                             wishes.toggles_menu, wishes.lens_mode_step == 1};
        for (size_t k = 0; k < COUNT_OF(done); k++)
            assert_int_equal(done[k], k == i);
        assert_int_equal(controls.device, CONTROLS_PAD);
    }
}

// ---- the lens in one's hand

static ControlsContext lens_at(float x, float y)
{
    ControlsContext context = with_lens;
    const float px[3] = {x * 1280, y * 720, 190};
    memcpy(context.lens_px, px, sizeof px);
    return context;
}

static Wishes push_stick(const ControlsContext *context, float right, float down)
{
    Controls controls = {0};
    Input input = blank();
    input.has_pad = true;
    input.pad_right[0] = right;
    input.pad_right[1] = down;
    return controls_read(&controls, &input, context);
}

static void the_stick_moves_the_lens(void **state)
{
    (void)state;
    ControlsContext context = lens_at(0.5f, 0.5f);
    Wishes wishes = push_stick(&context, 1, -0.5f);
    assert_true(wishes.lens_move[0] > 0 && wishes.lens_move[1] < 0);
    assert_true(wishes.visitor.pan[0] == 0 && wishes.visitor.pan[1] == 0);
    // Pinned, it stays, and the stick is the piece's again.
    context.lens_is_pinned = true;
    wishes = push_stick(&context, 1, 0);
    assert_true(wishes.lens_move[0] == 0 && wishes.visitor.pan[0] != 0);
    // Walking, one looks around once it is far out, that way.
    context = lens_at(0.9f, 0.5f);
    context.is_close = false;
    wishes = push_stick(&context, 1, 0);
    assert_true(wishes.lens_move[0] == 0 && wishes.visitor.turn_rad[0] < 0);
    wishes = push_stick(&context, -1, 0);
    assert_true(wishes.lens_move[0] < 0 && wishes.visitor.turn_rad[0] == 0);
    // The tape's reticle comes first.
    assert_true(push_stick(&with_tape, 1, 0).lens_move[0] == 0);
}

static void the_lens_is_resized_and_pinned(void **state)
{
    (void)state;
    Controls controls = {0};
    Input input = blank();
    input.keys[KEY_CONTROL].is_down = input.keys[KEY_PLUS].is_down = true;
    Wishes wishes = controls_read(&controls, &input, &with_lens);
    assert_true(wishes.lens_size > 1 && wishes.lens_zoom == 0);
    input = blank();
    input.keys[KEY_CONTROL].is_down = true;
    input.wheel = -1;
    wishes = controls_read(&controls, &input, &with_lens);
    assert_true(wishes.lens_size > 0 && wishes.lens_size < 1 && wishes.lens_zoom == 0);
    input = blank();
    input.has_pad = true;
    input.pad_triggers[1] = 1;
    wishes = controls_read(&controls, &input, &with_lens);
    assert_true(wishes.lens_size > 1 && wishes.lens_zoom == 0 && wishes.visitor.zoom == 0);
    assert_true(press_pad(PAD_RIGHT_STICK, &with_lens).toggles_pin);
    assert_false(press_pad(PAD_RIGHT_STICK, &with_lens).toggles_true_size);
    assert_true(press_pad(PAD_RIGHT_STICK, &leant_in).toggles_true_size);
    assert_true(press_pad(PAD_RIGHT_SHOULDER, &with_lens).lens_zoom > 1);
}

static void keys_set_its_strength_while_walking_too(void **state)
{
    (void)state;
    ControlsContext context = with_lens;
    assert_true(press_key(KEY_PLUS, &context).lens_zoom > 1);
    context.is_close = false;
    assert_true(press_key(KEY_PLUS, &context).lens_zoom > 1);
    assert_true(press_key(KEY_MINUS, &context).lens_zoom < 1);
    assert_true(press_key(KEY_W, &context).lens_zoom == 0);
    assert_true(press_key(KEY_PLUS, &walking).lens_zoom == 0);
}

static void fingers_on_the_rim_resize_it(void **state)
{
    (void)state;
    const float middle = 500;
    ControlsContext context = with_lens;
    const float px[3] = {middle, 300, 190};
    memcpy(context.lens_px, px, sizeof px);
    for (int is_rim = 0; is_rim < 2; is_rim++) {
        float reach = is_rim ? 190 : 60;
        Controls controls = {0};
        Input input = blank();
        put_finger(&input, 0, middle - reach, 0);
        put_finger(&input, 1, middle + reach, 0);
        controls_read(&controls, &input, &context);
        put_finger(&input, 1, middle + reach * 1.5f, reach * 0.5f);
        Wishes wishes = controls_read(&controls, &input, &context);
        float other = is_rim ? wishes.lens_zoom : wishes.lens_size;
        assert_float_equal(is_rim ? wishes.lens_size : wishes.lens_zoom, 1.25f, 1e-4);
        assert_true(other == 0);
    }
}

// A finger that comes down on a button, or on the dial, leaves the lens where it is.
static void fingers_on_buttons_leave_the_lens(void **state)
{
    (void)state;
    for (int is_button = 0; is_button < 2; is_button++) {
        Controls controls = {0};
        Input input = blank();
        ControlsContext context = with_lens;
        context.ui_has_pointer = is_button;
        put_finger(&input, 0, 320, 0);
        input.touches[0].was_pressed = true;
        assert_int_equal(controls_read(&controls, &input, &context).has_pointer, !is_button);
        input.touches[0].was_pressed = false;
        context.ui_has_pointer = false; // it has slid off
        assert_int_equal(controls_read(&controls, &input, &context).has_pointer, !is_button);
    }
}

static Wishes click_at(Controls *controls, float x, float y, double time_s)
{
    Input input = blank();
    input.mouse_x = x;
    input.mouse_y = y;
    input.time_s = time_s;
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = true};
    assert_true(controls_read(controls, &input, &leant_in).visitor.is_held);
    input.mouse[MOUSE_LEFT] = (InputButton){.was_released = true};
    input.time_s += 0.05;
    Wishes wishes = controls_read(controls, &input, &leant_in);
    assert_true(wishes.taps && !wishes.visitor.is_held);
    return wishes;
}

static void two_clicks_on_one_place_are_a_double_click(void **state)
{
    (void)state;
    Controls controls = {0};
    assert_false(click_at(&controls, 400, 300, 1).taps_twice);
    assert_true(click_at(&controls, 403, 298, 1.2).taps_twice);
    assert_false(click_at(&controls, 403, 298, 1.4).taps_twice); // the third is a first again
    assert_false(click_at(&controls, 600, 298, 1.5).taps_twice); // elsewhere
    assert_false(click_at(&controls, 600, 298, 2.5).taps_twice); // too late
}

static void details_and_shallow_focus_are_reached_by_keys_and_by_the_pad(void **state)
{
    (void)state;
    assert_int_equal(press_key(KEY_PERIOD, &leant_in).detail_step, 1);
    assert_int_equal(press_key(KEY_COMMA, &leant_in).detail_step, -1);
    assert_int_equal(press_key(KEY_COMMA, &walking).detail_step, 0);
    assert_int_equal(press_pad(PAD_RIGHT, &leant_in).detail_step, 1);
    assert_int_equal(press_pad(PAD_LEFT, &leant_in).detail_step, -1);
    assert_true(press_key(KEY_F, &leant_in).toggles_mood);
    assert_true(press_pad(PAD_LEFT_SHOULDER, &leant_in).toggles_mood);
    assert_false(press_pad(PAD_LEFT_SHOULDER, &with_lens).toggles_mood);
    // With the lens left and right are the dial's, unless a detail brought it.
    ControlsContext at_detail = with_lens;
    at_detail.has_detail = true;
    assert_int_equal(press_pad(PAD_RIGHT, &with_lens).detail_step, 0);
    assert_int_equal(press_pad(PAD_RIGHT, &at_detail).detail_step, 1);
    assert_int_equal(press_pad(PAD_RIGHT, &with_tape).detail_step, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_clicks_on_one_place_are_a_double_click),
        cmocka_unit_test(details_and_shallow_focus_are_reached_by_keys_and_by_the_pad),
        cmocka_unit_test(keys_do_what_the_readme_says),
        cmocka_unit_test(space_pressed_keeps_the_lens_and_held_has_it_meanwhile),
        cmocka_unit_test(comparing_is_reached_by_keys_and_by_the_pad),
        cmocka_unit_test(the_tape_is_reached_by_keys_alone),
        cmocka_unit_test(the_tape_is_reached_by_the_pad_alone),
        cmocka_unit_test(arrows_turn_the_piece_unless_one_reads),
        cmocka_unit_test(a_drag_looks_and_a_click_points),
        cmocka_unit_test(the_wheel_serves_the_lens_first),
        cmocka_unit_test(two_fingers_tap_for_the_lens_and_pinch),
        cmocka_unit_test(one_finger_taps_and_drags),
        cmocka_unit_test(the_pad_reaches_everything),
        cmocka_unit_test(the_stick_moves_the_lens),
        cmocka_unit_test(the_lens_is_resized_and_pinned),
        cmocka_unit_test(keys_set_its_strength_while_walking_too),
        cmocka_unit_test(fingers_on_the_rim_resize_it),
        cmocka_unit_test(fingers_on_buttons_leave_the_lens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
