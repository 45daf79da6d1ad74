// test_ui.c: buttons by pointer and by keys, columns that scroll, and sizes from 100 to 200 %.

#include "gl/stage.h"

#include "draw/ui.h"

#include <math.h>

static Stage stage;
static Ui *ui;

static const UiRect rects[3] = {{10, 10, 80, 30}, {10, 50, 80, 30}, {110, 10, 80, 30}};
static const char *const names[3] = {"first", "second", "third"};

// One frame with the three buttons: which of them was clicked, or -1.
static int buttons_frame(const Input *input, float units_to_px)
{
    int clicked = -1;
    uint32_t count;
    arena_reset(&stage.frame);
    ui_begin(ui, &(UiFrame){.input = input, .units_to_px = units_to_px, .arena = &stage.frame});
    for (int i = 0; i < 3; i++) {
        if (ui_button(ui, names[i], rects[i], names[i]))
            clicked = i;
    }
    (void)ui_end(ui, &count);
    return clicked;
}

static Input quiet_input(void)
{
    return (Input){.width = stage.width,
                   .height = stage.height,
                   .mouse_x = -1,
                   .mouse_y = -1,
                   .has_focus = true};
}

static int press(Key key, bool with_shift)
{
    Input input = quiet_input();
    input.keys[key] = (InputButton){.is_down = true, .was_pressed = true};
    input.keys[KEY_SHIFT].is_down = with_shift;
    int clicked = buttons_frame(&input, 1);
    input = quiet_input();
    input.keys[key].was_released = true;
    int late = buttons_frame(&input, 1);
    return clicked >= 0 ? clicked : late;
}

// Presses and releases at a place, in pixels.
static int click(float x, float y, float units_to_px)
{
    Input input = quiet_input();
    input.mouse_x = x;
    input.mouse_y = y;
    (void)buttons_frame(&input, units_to_px);
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = true};
    int clicked = buttons_frame(&input, units_to_px);
    input.mouse[MOUSE_LEFT] = (InputButton){.was_released = true};
    int released = buttons_frame(&input, units_to_px);
    Input away = quiet_input();
    (void)buttons_frame(&away, units_to_px);
    return clicked >= 0 ? clicked : released;
}

// Right where it would stand left, and it answers there; out of the mirror all is as ever.
static void a_mirror_moves_what_is_drawn_and_what_answers(void **state)
{
    (void)state;
    const UiRect rect = {10, 20, 60, 24}, away = ui_mirrored(ui, rect);
    for (int frame = 0; frame < 2; frame++) {
        Input input = quiet_input();
        uint32_t count;
        input.mouse_x = (float)stage.width - 40;
        input.mouse_y = 30;
        input.mouse[MOUSE_LEFT] = frame ? (InputButton){.was_released = true}
                                        : (InputButton){.is_down = true, .was_pressed = true};
        arena_reset(&stage.frame);
        ui_begin(ui, &(UiFrame){.input = &input, .arena = &stage.frame});
        ui_mirror(ui, true);
        assert_int_equal(ui_button(ui, "mirrored", rect, "m"), frame == 1);
        float contents = ui_scroll_begin(ui, "column", (UiRect){10, 60, 50, 40});
        ui_text(ui, 10, contents, &(UiTextDesc){.text = "l", .type = UI_TEXT});
        ui_scroll_end(ui, contents + 20);
        ui_mirror(ui, false);
        assert_false(ui_button(ui, "straight", rect, "s"));
        const RenderQuad *quads = ui_end(ui, &count);
        assert_int_equal(count, 5);
        assert_true(fabsf(quads[0].x - (float)stage.width + 70) < 0.01f);
        // What is clipped is clipped there, and its text ends where it would begin.
        assert_true(fabsf(quads[2].clip[0] - (float)stage.width + 60) < 0.01f);
        assert_true(quads[2].x > (float)stage.width - 60);
        assert_true(fabsf(quads[3].x - 10) < 0.01f);
        assert_true(ui_covers(ui, (float)stage.width - 40, 30) && ui_covers(ui, 40, 30));
        assert_false(ui_covers(ui, 40, 70));
    }
    assert_true(away.width == rect.width && away.y == rect.y);
}

static void tab_goes_in_the_order_of_calls(void **state)
{
    (void)state;
    ui_focus(ui, "first");
    Input quiet = quiet_input();
    (void)buttons_frame(&quiet, 1);
    assert_true(ui_wants_keys(ui));
    for (int i = 0; i < 5; i++) {
        assert_int_equal(press(KEY_ENTER, false), i % 3);
        assert_int_equal(press(KEY_TAB, false), -1);
    }
    (void)press(KEY_TAB, true); // back: 5 steps on, one back
    assert_int_equal(press(KEY_SPACE, false), 1);
    ui_focus(ui, NULL);
    assert_false(ui_wants_keys(ui));
    assert_int_equal(press(KEY_ENTER, false), -1); // nobody has the focus
}

static void pads_confirm_what_is_focused(void **state)
{
    (void)state;
    ui_focus(ui, "second");
    Input input = quiet_input();
    (void)buttons_frame(&input, 1);
    input.has_pad = true;
    input.pad[PAD_DOWN] = (InputButton){.is_down = true, .was_pressed = true};
    (void)buttons_frame(&input, 1);
    input.pad[PAD_DOWN] = (InputButton){0};
    input.pad[PAD_A] = (InputButton){.is_down = true, .was_pressed = true};
    assert_int_equal(buttons_frame(&input, 1), 2);
    ui_focus(ui, NULL);
}

static void focus_leaves_with_its_widget(void **state)
{
    (void)state;
    ui_focus(ui, "elsewhere");
    Input quiet = quiet_input();
    (void)buttons_frame(&quiet, 1);
    assert_false(ui_wants_keys(ui));
}

static void pointers_hit_what_they_are_over(void **state)
{
    (void)state;
    static const float scales[] = {1, 1.25f, 1.5f, 2};
    for (size_t i = 0; i < COUNT_OF(scales); i++) {
        float s = scales[i];
        for (int b = 0; b < 3; b++) {
            const UiRect *r = &rects[b];
            assert_int_equal(click((r->x + 1) * s, (r->y + 1) * s, s), b);
            assert_int_equal(click((r->x + r->width - 1) * s, (r->y + r->height - 1) * s, s),
                             b);
            assert_int_equal(click((r->x - 2) * s, (r->y + 1) * s, s), -1);
            assert_int_equal(click((r->x + 1) * s, (r->y + r->height + 2) * s, s), -1);
        }
    }
}

static void leaving_before_release_clicks_nothing(void **state)
{
    (void)state;
    Input input = quiet_input();
    input.mouse_x = 20;
    input.mouse_y = 20;
    (void)buttons_frame(&input, 1);
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = true};
    assert_int_equal(buttons_frame(&input, 1), -1);
    assert_true(ui_wants_pointer(ui));
    input.mouse[MOUSE_LEFT] = (InputButton){.was_released = true};
    input.mouse_x = 300;
    assert_int_equal(buttons_frame(&input, 1), -1);
    Input quiet = quiet_input();
    (void)buttons_frame(&quiet, 1);
    (void)buttons_frame(&quiet, 1);
    assert_false(ui_wants_pointer(ui));
}

static UiRect measured(float units_to_px, UiType type)
{
    Input quiet = quiet_input();
    uint32_t count;
    arena_reset(&stage.frame);
    ui_begin(ui,
             &(UiFrame){.input = &quiet, .units_to_px = units_to_px, .arena = &stage.frame});
    UiRect rect = ui_measure(
        ui, &(UiTextDesc){.text = "A museum of miniatures", .type = type, .color = UI_INK});
    assert_true(fabsf(ui_px(ui, 10) - 10 * units_to_px) < 0.01f);
    assert_true(fabsf(ui_screen(ui).width * units_to_px - (float)stage.width) < 0.01f);
    (void)ui_end(ui, &count);
    return rect;
}

static void texts_keep_their_size_in_units(void **state)
{
    (void)state;
    static const float scales[] = {1.25f, 1.5f, 1.75f, 2};
    for (int type = 0; type < UI_TYPE_COUNT; type++) {
        UiRect at_100 = measured(1, (UiType)type);
        assert_true(at_100.height >= 12); // letters one can read
        for (size_t i = 0; i < COUNT_OF(scales); i++) {
            UiRect rect = measured(scales[i], (UiType)type);
            assert_true(fabsf(rect.width / at_100.width - 1) < 0.05f);
            assert_true(fabsf(rect.height / at_100.height - 1) < 0.12f);
        }
    }
}

// A column 100 units high with contents of 300.
static float column_frame(const Input *input)
{
    static const UiRect rect = {0, 0, 100, 100};
    uint32_t count;
    arena_reset(&stage.frame);
    ui_begin(ui, &(UiFrame){.input = input, .units_to_px = 1, .arena = &stage.frame});
    float y = ui_scroll_begin(ui, "column", rect);
    ui_box(ui, (UiRect){0, y, 100, 300}, (float[4]){1, 1, 1, 1}, 0);
    ui_scroll_end(ui, y + 300);
    const RenderQuad *quads = ui_end(ui, &count);
    for (uint32_t i = 0; i < count && quads[i].height > 200; i++) { // clipped to its window
        assert_true(quads[i].clip[2] > 0);
        assert_true(quads[i].clip[3] <= 100);
    }
    return y;
}

static void columns_scroll_and_stop(void **state)
{
    (void)state;
    Input input = quiet_input();
    float top = column_frame(&input);
    assert_true(ui_scroll_position(ui, "column") < 0.01f);
    input.mouse_x = input.mouse_y = 50;
    input.wheel = -1;
    for (int i = 0; i < 100; i++)
        (void)column_frame(&input);
    input.wheel = 0;
    float bottom = column_frame(&input);
    assert_true(ui_scroll_position(ui, "column") > 0.99f);
    assert_true(fabsf(bottom - (top - 200)) < 30); // what is below may have a little air
    input.wheel = 1;
    for (int i = 0; i < 100; i++)
        (void)column_frame(&input);
    input.wheel = 0;
    assert_true(fabsf(column_frame(&input) - top) < 0.5f);
    ui_scroll_reset(ui, "column");
}

// From corner to corner of a square, both ways, and across it: there, thin and smooth.
static void strokes_go_where_they_are_drawn(void **state)
{
    (void)state;
    static const float lines[][4] = {{100, 50, 300, 250},
                                     {300, 50, 100, 250},
                                     {100, 150, 300, 150},
                                     {200, 250, 200, 50},
                                     {120, 240, 160, 60}};
    double eye[3] = {0, 0, 1}, at[3] = {0};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        const float *from = lines[i], *to = lines[i] + 2;
        Input input = quiet_input();
        RenderList list = {.fade = 1};
        ui_begin(ui, &(UiFrame){.input = &input, .units_to_px = 1, .arena = &stage.arena});
        ui_stroke(ui, from, to, 4, (float[4]){1, 1, 1, 1});
        list.quads = ui_end(ui, &list.quad_count);
        list.view.camera = stage_view(&stage, eye, at, 40);
        const uint8_t *rgba = stage_picture(&stage, &list);
        double sum = stage_brightness(&stage, rgba, 0, 0, 400, 300) * 400 * 300;
        double length = hypot((double)(to[0] - from[0]), (double)(to[1] - from[1]));
        // As long as it is and as wide, with a round end at each side.
        assert_true(fabs(sum / (4 * length + 12.6) - 1) < 0.06);
        for (int k = 1; k < 20; k++) {
            float x = from[0] + (to[0] - from[0]) * (float)k / 20;
            float y = from[1] + (to[1] - from[1]) * (float)k / 20;
            assert_true(stage_brightness(&stage, rgba, (int)x, (int)y, 1, 1) > 0.9);
        }
    }
}

static void colors_are_premultiplied(void **state)
{
    (void)state;
    for (int color = 0; color < UI_COLOR_COUNT; color++) {
        float whole[4], half[4];
        ui_color(ui, (UiColor)color, 1, whole);
        ui_color(ui, (UiColor)color, 0.5f, half);
        for (int k = 0; k < 4; k++) {
            assert_true(whole[k] >= 0 && whole[k] <= whole[3] + 1e-6f);
            assert_true(fabsf(half[k] - whole[k] / 2) < 1e-3f);
        }
    }
}

int main(void)
{
    if (!stage_open(&stage, 400, 300))
        return 77;
    stage_add_renderer(&stage, RENDER_ECONOMIC);
    if (ui_make(&stage.arena, stage.gpu, &(TextDesc){0}, &ui)) {
        print_message("skipped: %s\n", fault_last()->text);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_go_where_they_are_drawn),
        cmocka_unit_test(tab_goes_in_the_order_of_calls),
        cmocka_unit_test(a_mirror_moves_what_is_drawn_and_what_answers),
        cmocka_unit_test(pads_confirm_what_is_focused),
        cmocka_unit_test(focus_leaves_with_its_widget),
        cmocka_unit_test(pointers_hit_what_they_are_over),
        cmocka_unit_test(leaving_before_release_clicks_nothing),
        cmocka_unit_test(texts_keep_their_size_in_units),
        cmocka_unit_test(columns_scroll_and_stop),
        cmocka_unit_test(colors_are_premultiplied),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ui_drop(ui);
    stage_close(&stage);
    return failed;
}
