// test_widget.c: trees of controls: layout at all sizes, focus by all devices, values, and that
// nothing is done where nothing changed. No GPU: texts are measured, not painted.

#include "test.h"

#include "draw/widget_check.h"

#include <math.h>

static Arena fonts, building;
static Text *text;

static int set_up(void **state)
{
    (void)state;
    return text_make(&fonts, NULL, NULL, &text) != OK;
}

static int tear_down(void **state)
{
    (void)state;
    text_drop(text);
    arena_drop(&fonts);
    arena_drop(&building);
    return 0;
}

static WidgetFrame frame_of(float width, float height, float text_scale, bool is_mirrored)
{
    float scale = MAX(MIN(width, height) / 720, 1.0f);
    return (WidgetFrame){.width_px = width,
                         .height_px = height,
                         .scale = scale,
                         .text_scale = text_scale,
                         .target_px = widget_target_px(scale, false, 0),
                         .is_mirrored = is_mirrored,
                         .lang = "en"};
}

// ---- a tree with everything

static const char *const sizes[] = {"automatisch", "so fein wie möglich", "sparsam"};

static void add_controls(Widgets *tree, WidgetId page)
{
    (void)widget_add(tree, page,
                     &(WidgetDesc){.kind = WIDGET_TOGGLE,
                                   .name = "motion",
                                   .text = "Bewegungen der Benutzeroberfläche verringern"});
    (void)widget_add(tree, page,
                     &(WidgetDesc){.kind = WIDGET_CHOICE,
                                   .name = "quality",
                                   .text = "Darstellungsqualität",
                                   .options = sizes,
                                   .option_count = COUNT_OF(sizes)});
    (void)widget_add(tree, page,
                     &(WidgetDesc){.kind = WIDGET_SLIDER,
                                   .name = "eyes",
                                   .text = "Augenhöhe",
                                   .note = "1,62 m",
                                   .least = 1,
                                   .most = 2,
                                   .step = 0.1f,
                                   .value = 1.6f});
    (void)widget_add(tree, page,
                     &(WidgetDesc){.kind = WIDGET_PROGRESS, .text = "Laden", .value = 0.4f});
    (void)widget_add(tree, page,
                     &(WidgetDesc){.kind = WIDGET_FIELD, .name = "words", .note = "Suchen"});
}

static void add_rows(Widgets *tree, WidgetId list, int count)
{
    for (int i = 0; i < count; i++) {
        char name[16], title[64];
        snprintf(name, sizeof name, "row-%d", i);
        snprintf(title, sizeof title, "Schiffsmodell der Fregatte Nummer %d", i);
        (void)widget_add(tree, list,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = name,
                                       .look = WIDGET_ENTRY,
                                       .text = title,
                                       .note = "Elfenbein"});
    }
}

static Widgets *build(void)
{
    arena_reset(&building);
    Widgets *tree = widgets_make(&building);
    WidgetId sheet = widget_add(tree, WIDGET_ROOT,
                                &(WidgetDesc){.look = WIDGET_SHEET,
                                              .pad = STYLE_BROAD,
                                              .gap = STYLE_APART,
                                              .most_width = 640,
                                              .align = WIDGET_CENTER,
                                              .align_y = WIDGET_CENTER});
    (void)widget_add(
        tree, sheet,
        &(WidgetDesc){.kind = WIDGET_TEXT, .text = "Einstellungen", .type = STYLE_DISPLAY});
    (void)widget_add(tree, sheet, &(WidgetDesc){.kind = WIDGET_RULE});
    WidgetId tabs = widget_add(
        tree, sheet, &(WidgetDesc){.kind = WIDGET_TABS, .name = "tabs", .grows = true});
    WidgetId first = widget_add(
        tree, tabs,
        &(WidgetDesc){.name = "tab-a", .text = "Darstellung", .scrolls = true, .grows = true});
    add_controls(tree, first);
    WidgetId second = widget_add(
        tree, tabs,
        &(WidgetDesc){.kind = WIDGET_LIST, .name = "tab-b", .text = "Stücke", .grows = true});
    add_rows(tree, second, 30);
    WidgetId foot =
        widget_add(tree, sheet,
                   &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_NEAR, .align = WIDGET_END});
    (void)widget_add(
        tree, foot,
        &(WidgetDesc){.kind = WIDGET_BUTTON, .name = "reset", .text = "Zurücksetzen"});
    (void)widget_add(tree, foot,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "close",
                                   .look = WIDGET_STRONG,
                                   .text = "Schließen"});
    return tree;
}

// ---- tests

static void every_theme_has_contrast(void **state)
{
    (void)state;
    const float black[3] = {0, 0, 0}, white[3] = {1, 1, 1};
    assert_true(fabs(style_contrast(black, white) - 21) < 0.01);
    for (int theme = 0; theme < STYLE_THEME_COUNT; theme++) {
        for (size_t i = 0; i < style_pair_count; i++) {
            const StylePair *pair = &style_pairs[i];
            const float *back = style_color(theme, pair->back);
            float under[3];
            // Whatever is seen through it: a white picture is the worst for pale letters.
            for (int c = 0; c < 3; c++)
                under[c] =
                    back[c] * back[3] + (1 - back[3]) * (pair->front == STYLE_ON_PICTURE ||
                                                                 pair->front == STYLE_WARNING
                                                             ? 1.0f
                                                             : 0.0f);
            double least = pair->is_text ? STYLE_LEAST_CONTRAST : STYLE_LEAST_EDGE;
            double contrast = style_contrast(style_color(theme, pair->front), under);
            if (contrast < least)
                fail_msg("%s: %d on %d is %.2f : 1", style_theme_name(theme), pair->front,
                         pair->back, contrast);
        }
    }
}

static void nothing_is_laid_out_twice(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    assert_true(widgets_layout(tree, text, &frame));
    size_t bytes = building.reserved_bytes;
    for (int i = 0; i < 50; i++) {
        Input input = check_quiet_input(&frame);
        (void)widgets_hear(tree, &input);
        assert_false(widgets_layout(tree, text, &frame));
    }
    WidgetId eyes = widget_find(tree, "eyes");
    widget_set_note(tree, eyes, "1,62 m");
    widget_set_value(tree, eyes, 1.7f);
    widget_set_hidden(tree, eyes, false);
    assert_false(widgets_layout(tree, text, &frame));
    widget_set_note(tree, eyes, "1,70 m");
    assert_true(widgets_layout(tree, text, &frame));
    frame.theme = STYLE_DARK; // another colour is as large
    assert_false(widgets_layout(tree, text, &frame));
    frame.text_scale = 1.5f;
    assert_true(widgets_layout(tree, text, &frame));
    assert_int_equal(widgets_layout_count(tree), 3);
    assert_int_equal(building.reserved_bytes, bytes);
}

static const float pictures[][2] = {
    {1280, 720}, {1920, 1080}, {800, 600}, {600, 1024}, {3840, 2160}};

static void it_fits_at_every_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pictures); i++) {
        for (int j = 0; j < 12; j++) {
            float text_scale = 1 + (float)(j % 3) * 0.5f;
            Widgets *tree = build();
            WidgetFrame frame =
                frame_of(pictures[i][0], pictures[i][1], text_scale, j / 3 % 2 == 1);
            char what[64];
            snprintf(what, sizeof what, "%.0f x %.0f at %.1f, page %d", (double)frame.width_px,
                     (double)frame.height_px, (double)text_scale, j / 6);
            widget_set_value(tree, widget_find(tree, "tabs"), (float)(j / 6));
            (void)widgets_layout(tree, text, &frame);
            check_layout(tree, text, &frame, what);
            check_focus(tree, &frame, what);
        }
    }
}

static void a_finger_is_wider_than_a_pointer(void **state)
{
    (void)state;
    assert_true(widget_target_px(1, false, 0.1) == 44);
    assert_true(widget_target_px(2, false, 0) == 88);
    assert_true(widget_target_px(1, true, 0) == 44); // nobody knows how large pixels are
    assert_true(fabsf(widget_target_px(1, true, 0.25) - 60) < 0.01f);
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1920, 1080, 1, false);
    frame.target_px = widget_target_px(frame.scale, true, 0.2);
    (void)widgets_layout(tree, text, &frame);
    check_layout(tree, text, &frame, "kiosk");
    assert_true(widget_info(tree, widget_find(tree, "close")).box.height >= 75);
}

static void the_mirror_turns_places_and_directions(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    (void)widgets_layout(tree, text, &frame);
    WidgetId eyes = widget_find(tree, "eyes"), close = widget_find(tree, "close");
    WidgetBox before = widget_info(tree, close).box;
    widgets_focus(tree, eyes);
    widgets_show_focus(tree, true);
    (void)check_press_key(tree, &frame, KEY_RIGHT);
    assert_true(fabsf(widget_value(tree, eyes) - 1.7f) < 1e-4f);
    frame.is_mirrored = true;
    assert_false(widgets_layout(tree, text, &frame));
    WidgetBox after = widget_info(tree, close).box;
    assert_true(fabsf(after.x - (1280 - before.x - before.width)) < 0.01f);
    (void)check_press_key(tree, &frame, KEY_RIGHT);
    assert_true(fabsf(widget_value(tree, eyes) - 1.6f) < 1e-4f);
    // A finger far to the right chooses the least.
    WidgetBox box = widget_info(tree, eyes).box;
    (void)check_tap(tree, &frame, box.x + box.width - 2, box.y + box.height - 10);
    assert_true(widget_value(tree, eyes) == 1);
}

static void values_stay_in_their_range(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    (void)widgets_layout(tree, text, &frame);
    WidgetId eyes = widget_find(tree, "eyes"), quality = widget_find(tree, "quality");
    widgets_show_focus(tree, true);
    widgets_focus(tree, eyes);
    for (int i = 0; i < 9; i++)
        (void)check_press_pad(tree, &frame, PAD_RIGHT);
    assert_true(widget_value(tree, eyes) == 2);
    assert_int_equal(check_press_pad(tree, &frame, PAD_RIGHT).kind, WIDGET_NOTHING);
    widgets_focus(tree, quality);
    assert_int_equal(check_press_key(tree, &frame, KEY_LEFT).kind, WIDGET_CHANGED);
    assert_true(widget_value(tree, quality) == 2);
    assert_int_equal(check_press_key(tree, &frame, KEY_ENTER).kind, WIDGET_CHANGED);
    assert_true(widget_value(tree, quality) == 0);
    WidgetId motion = widget_find(tree, "motion");
    widgets_focus(tree, motion);
    WidgetEvent event = check_press_key(tree, &frame, KEY_SPACE);
    assert_int_equal(event.kind, WIDGET_CHANGED);
    assert_string_equal(event.name, "motion");
    assert_true(event.value == 1);
}

static void a_field_takes_what_is_typed(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    (void)widgets_layout(tree, text, &frame);
    WidgetId words = widget_find(tree, "words");
    Input input = check_quiet_input(&frame);
    strcpy(input.text, "hä");
    assert_int_equal(widgets_hear(tree, &input).kind, WIDGET_CHANGED);
    assert_string_equal(widget_text(tree, words), "hä");
    assert_int_equal(widgets_focused(tree), words);
    strcpy(input.text, " ");
    (void)widgets_hear(tree, &input);
    assert_string_equal(widget_text(tree, words), "hä ");
    (void)check_press_key(tree, &frame, KEY_BACKSPACE);
    (void)check_press_key(tree, &frame, KEY_BACKSPACE);
    assert_string_equal(widget_text(tree, words), "h");
    for (int i = 0; i < 200; i++) {
        strcpy(input.text, "日本");
        (void)widgets_hear(tree, &input);
    }
    assert_true(utf8_is_valid(str_of(widget_text(tree, words))));
    assert_int_equal(check_press_key(tree, &frame, KEY_ENTER).kind, WIDGET_PRESSED);
    assert_int_equal(check_press_key(tree, &frame, KEY_ESCAPE).kind, WIDGET_BACK);
}

static void a_dialog_keeps_the_focus(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    WidgetId dialog = widget_add(tree, WIDGET_ROOT,
                                 &(WidgetDesc){.kind = WIDGET_DIALOG,
                                               .pad = STYLE_WIDE,
                                               .gap = STYLE_WIDE,
                                               .width = 360,
                                               .align = WIDGET_CENTER,
                                               .align_y = WIDGET_CENTER});
    (void)widget_add(tree, dialog, &(WidgetDesc){.kind = WIDGET_TEXT, .text = "Wirklich?"});
    WidgetId yes = widget_add(
        tree, dialog, &(WidgetDesc){.kind = WIDGET_BUTTON, .name = "yes", .text = "Ja"});
    (void)widgets_layout(tree, text, &frame);
    check_layout(tree, text, &frame, "dialog");
    WidgetId close = widget_find(tree, "close");
    assert_false(widget_info(tree, close).can_focus);
    assert_int_equal(widgets_press(tree, close).kind, WIDGET_NOTHING);
    (void)check_press_key(tree, &frame, KEY_TAB);
    assert_int_equal(widgets_focused(tree), yes);
    WidgetBox box = widget_info(tree, close).box;
    assert_int_equal(check_tap(tree, &frame, box.x + 5, box.y + 5).kind, WIDGET_NOTHING);
    widget_set_hidden(tree, dialog, true);
    (void)widgets_layout(tree, text, &frame);
    box = widget_info(tree, close).box;
    WidgetEvent event = check_tap(tree, &frame, box.x + 5, box.y + 5);
    assert_int_equal(event.kind, WIDGET_PRESSED);
    assert_string_equal(event.name, "close");
}

static void a_drag_scrolls_and_presses_nothing(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    widget_set_value(tree, widget_find(tree, "tabs"), 1);
    (void)widgets_layout(tree, text, &frame);
    WidgetId row = widget_find(tree, "row-2");
    WidgetBox box = widget_info(tree, row).box;
    float x = box.x + 20, y = box.y + 20;
    const float ways[3] = {0, -60, -60};
    for (int phase = 0; phase < 3; phase++) {
        Input input = check_quiet_input(&frame);
        input.touch_count = 1;
        input.touches[0] = (InputTouch){.x = x,
                                        .y = y + ways[phase],
                                        .was_pressed = phase == 0,
                                        .is_down = phase < 2,
                                        .was_released = phase == 2};
        assert_int_equal(widgets_hear(tree, &input).kind, WIDGET_NOTHING);
    }
    assert_true(fabsf(widget_info(tree, row).box.y - (box.y - 60)) < 0.5f);
    assert_false(widgets_layout(tree, text, &frame)); // scrolling is no layout
    WidgetBox now = widget_info(tree, row).box;
    assert_string_equal(check_tap(tree, &frame, now.x + 20, now.y + 20).name, "row-2");
}

static void shoulders_turn_the_tabs(void **state)
{
    (void)state;
    Widgets *tree = build();
    WidgetFrame frame = frame_of(1280, 720, 1, false);
    (void)widgets_layout(tree, text, &frame);
    WidgetEvent event = check_press_pad(tree, &frame, PAD_RIGHT_SHOULDER);
    assert_int_equal(event.kind, WIDGET_CHANGED);
    assert_string_equal(event.name, "tab-b");
    assert_true(widget_info(tree, widget_find(tree, "row-0")).is_shown);
    assert_false(widget_info(tree, widget_find(tree, "motion")).is_shown);
    assert_int_equal(check_press_pad(tree, &frame, PAD_RIGHT_SHOULDER).kind, WIDGET_NOTHING);
    event = check_press_pad(tree, &frame, PAD_LEFT_SHOULDER);
    assert_string_equal(event.name, "tab-a");
}

static void long_texts_are_read_by_keys(void **state)
{
    (void)state;
    arena_reset(&building);
    Widgets *tree = widgets_make(&building);
    WidgetFrame frame = frame_of(800, 600, 1, false);
    WidgetId sheet =
        widget_add(tree, WIDGET_ROOT,
                   &(WidgetDesc){.look = WIDGET_SHEET, .pad = STYLE_WIDE, .grows = true});
    WidgetId column = widget_add(tree, sheet, &(WidgetDesc){.scrolls = true, .grows = true});
    for (int i = 0; i < 60; i++)
        (void)widget_add(tree, column, &(WidgetDesc){.kind = WIDGET_TEXT, .text = "Licence"});
    WidgetId close = widget_add(
        tree, sheet, &(WidgetDesc){.kind = WIDGET_BUTTON, .name = "close", .text = "Close"});
    (void)widgets_layout(tree, text, &frame);
    check_layout(tree, text, &frame, "licences");
    (void)check_press_key(tree, &frame, KEY_DOWN); // shows where one is
    assert_int_equal(widgets_focused(tree), column);
    int presses = 0;
    while (widgets_focused(tree) == column && presses < 100) {
        (void)check_press_key(tree, &frame, KEY_DOWN);
        presses++;
    }
    assert_int_equal(widgets_focused(tree), close);
    assert_in_range(presses, 5, 60);
    WidgetInfo last = widget_info(tree, close - 1);
    assert_true(last.visible.height > last.box.height - 1); // and all was read
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_has_contrast),
        cmocka_unit_test(nothing_is_laid_out_twice),
        cmocka_unit_test(it_fits_at_every_size),
        cmocka_unit_test(a_finger_is_wider_than_a_pointer),
        cmocka_unit_test(the_mirror_turns_places_and_directions),
        cmocka_unit_test(values_stay_in_their_range),
        cmocka_unit_test(a_field_takes_what_is_typed),
        cmocka_unit_test(a_dialog_keeps_the_focus),
        cmocka_unit_test(a_drag_scrolls_and_presses_nothing),
        cmocka_unit_test(shoulders_turn_the_tabs),
        cmocka_unit_test(long_texts_are_read_by_keys),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
