// test_hud.c: what the lens says stays clear of buttons and of the tape's bar, in every
// language, in small and upright windows and with large texts; its dial and its rim can be
// taken hold of; what is written from the right stands right.

#include "gl/stage.h"

#include "museum/hud.h"
#include "museum/hud_detail.h"
#include "museum/hud_lens.h"
#include "museum/hud_words.h"

#include <math.h>

static Stage stage;
static Ui *ui;

typedef struct Shape {
    int width, height;
    float text;
} Shape;

static const Shape shapes[] = {{1280, 720, 1},   {1280, 720, 2},    {800, 600, 1},
                               {800, 600, 1.5f}, {640, 480, 1},     {720, 1280, 1},
                               {720, 1280, 2},   {1920, 1080, 1.5f}};
static const char *const tongues[] = {"en", "fr", "de", "es", "ar", "ja"};

static void begin(const Shape *shape, Input *input)
{
    arena_reset(&stage.frame);
    input->width = shape->width;
    input->height = shape->height;
    ui_begin(ui, &(UiFrame){.input = input, .units_to_px = shape->text, .arena = &stage.frame});
}

static void end(void)
{
    uint32_t count;
    (void)ui_end(ui, &count);
}

static Magnifier measured_lens(float x, float y, MagnifierMode mode)
{
    Magnifier lens = magnifier_make();
    magnifier_turn_on(&lens, x, y);
    lens.mode = mode;
    lens.wanted_zoom = 1000;
    magnifier_measure(&lens, &(MagnifierSight){true, 0.3, 20e-6, 1500});
    return lens;
}

static HudLens shown_lens(const Magnifier *lens, const Shape *shape, const HudSize *size)
{
    float width = (float)shape->width, height = (float)shape->height;
    return (HudLens){.lens = lens,
                     .size = size,
                     .dial = dial_of(lens, false),
                     .id = "lens",
                     .center_px = {lens->at[0] * width, lens->at[1] * height},
                     .radius_px = magnifier_radius_px(lens, width, height),
                     .right_px = width,
                     .foot = 64,
                     .is_within_reach = true};
}

static bool is_apart(UiRect a, UiRect b)
{
    return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y ||
           b.y + b.height <= a.y;
}

static UiRect add_tape_bar(HudRoom *room)
{
    UiRect screen = ui_screen(ui), bar = {24, 12, MIN(620, screen.width - 32), 50};
    while (!hud_is_free(room, hud_place(ui, bar)))
        bar.y += 10;
    hud_take(room, hud_place(ui, bar));
    return hud_place(ui, bar);
}

// Plate, bar and badge: none over another, nor over the buttons, and all in the picture.
static void check_apart(const HudRoom *room, const Shape *shape, int place)
{
    UiRect screen = ui_screen(ui);
    static const char *const names[] = {"buttons", "tape", "plate", "bar", "badge"};
    assert_int_equal(room->count, COUNT_OF(names));
    for (int i = 2; i < room->count; i++) {
        UiRect rect = room->taken[i];
        assert_true(rect.x >= 0 && rect.x + rect.width <= screen.width + 0.5f);
        assert_true(rect.y >= 0 && rect.y + rect.height <= screen.height);
        for (int k = 0; k < i; k++) {
            if (!is_apart(room->taken[k], rect))
                fail_msg("%d x %d, text %g, %s: the lens at %d writes its %s over the %s",
                         shape->width, shape->height, (double)shape->text, hud_spoken(), place,
                         names[i], names[k]);
        }
    }
}

static void check_places(const Shape *shape, MagnifierMode mode)
{
    const HudSize size = {
        .source = DISPLAY_TOLD, .pixel_mm = 0.28, .times = 0.42, .has_details = true};
    for (int i = 0; i < 25; i++) {
        Input input = {.mouse_x = -1, .mouse_y = -1};
        HudRoom room = {0};
        HudSizeClicks size_clicks = {0};
        HudLensClicks clicks = {0};
        Magnifier lens = measured_lens((float)(i % 5) / 4, 0.1f + 0.2f * (float)(i / 5), mode);
        begin(shape, &input);
        HudLens shown = shown_lens(&lens, shape, &size);
        hud_draw_size(ui, &size, true, &room, &size_clicks);
        UiRect buttons = room.taken[0], screen = ui_screen(ui);
        assert_int_equal(room.count, 1);
        assert_true(buttons.x >= 0 && buttons.x + buttons.width <= screen.width);
        (void)add_tape_bar(&room);
        hud_draw_lens(ui, &shown, &room, &clicks);
        check_apart(&room, shape, i);
        end();
    }
}

static void what_is_said_stays_clear_of_buttons(void **state)
{
    (void)state;
    for (size_t t = 0; t < COUNT_OF(tongues); t++) {
        hud_speak(tongues[t]);
        ui_speak(ui, hud_spoken());
        for (size_t i = 0; i < COUNT_OF(shapes); i++) {
            check_places(&shapes[i], MAGNIFIER_RAKING);
            check_places(&shapes[i], MAGNIFIER_BEAUTY);
        }
    }
    hud_speak(NULL);
    ui_speak(ui, hud_spoken());
}

// Where a piece may be seen on leaning in is known before any of it is drawn.
static void buttons_are_where_they_were_measured(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tongues) * COUNT_OF(shapes); i++) {
        const Shape *shape = &shapes[i % COUNT_OF(shapes)];
        HudSize size = {.source = DISPLAY_TOLD,
                        .pixel_mm = 0.28,
                        .times = i % 2 ? 4.6 : 0,
                        .has_details = i % 3 > 0};
        Input input = {.mouse_x = -1, .mouse_y = -1};
        HudRoom room = {0};
        HudSizeClicks clicks = {0};
        hud_speak(tongues[i / COUNT_OF(shapes)]);
        ui_speak(ui, hud_spoken());
        begin(shape, &input);
        hud_draw_size(ui, &size, false, &room, &clicks);
        UiRect drawn = room.taken[0];
        end();
        UiRect told = hud_measure_size(ui, &size);
        assert_float_equal(told.width, drawn.width, 0.01);
        assert_float_equal(told.y, drawn.y, 0.01);
        assert_float_equal(told.height, drawn.height, 0.01);
        VisitorFrame frames[VISITOR_FRAMES];
        const Exhibit plain = {.id = "plain"};
        uint32_t count = hud_free_frames(ui, &size, &plain, "en", true, frames);
        assert_true(count <= VISITOR_FRAMES);
        UiRect screen = ui_screen(ui);
        assert_true(count > 0 || screen.height < 560 || screen.width < 560 ||
                    drawn.y + drawn.height > 0.3f * screen.height);
        for (uint32_t k = 0; k < count; k++) {
            assert_true(frames[k].left >= 0 && frames[k].right <= 1 && frames[k].bottom < 1);
            assert_true(frames[k].top * ui_screen(ui).height > drawn.y + drawn.height);
        }
    }
    hud_speak(NULL);
    ui_speak(ui, hud_spoken());
}

// ---- what is taken hold of

static HudLensClicks point(const Magnifier *lens, float angle, float away_px, bool is_pressed,
                           bool is_pinned)
{
    const HudSize size = {0};
    const Shape shape = shapes[0];
    HudRoom room = {0};
    HudLensClicks clicks = {0};
    HudLens shown = shown_lens(lens, &shape, &size);
    shown.is_within_reach = is_pinned;
    Input input = {.mouse_x = shown.center_px[0] + cosf(angle) * away_px,
                   .mouse_y = shown.center_px[1] - sinf(angle) * away_px};
    input.mouse[MOUSE_LEFT] = (InputButton){.is_down = true, .was_pressed = is_pressed};
    begin(&shape, &input);
    hud_draw_lens(ui, &shown, &room, &clicks);
    end();
    return clicks;
}

static void let_go(void)
{
    Input input = {.mouse_x = -1, .mouse_y = -1};
    begin(&shapes[0], &input);
    end();
}

static void the_dial_is_turned(void **state)
{
    (void)state;
    Magnifier lens = measured_lens(0.5f, 0.5f, MAGNIFIER_BEAUTY);
    Dial dial = dial_of(&lens, false);
    RenderRim rim = render_rim(lens.radius * 720);
    float collar = lens.radius * 720 + rim.bevel_px + rim.ring_px + rim.collar_px / 2;
    assert_true(dial.native > dial.least);
    float native = dial_angle(&dial, dial.native);
    HudLensClicks clicks = point(&lens, native, collar, true, true);
    assert_true(fabs(clicks.zoom / dial.native - 1) < 1e-3 && clicks.radius_px == 0);
    assert_true(ui_wants_pointer(ui)); // the piece is not turned meanwhile
    // Dragged on, anywhere, it goes on turning, to its end and no further.
    clicks = point(&lens, native + 0.1f, collar * 1.4f, false, true);
    assert_true(clicks.zoom > dial.native * 1.05 && clicks.zoom < dial.most);
    clicks = point(&lens, dial.to + 0.4f, collar * 0.5f, false, true);
    assert_true(fabs(clicks.zoom / dial.most - 1) < 1e-6);
    let_go();
    // Not while the lens follows the pointer, and not from elsewhere.
    assert_true(point(&lens, native, collar, true, false).zoom == 0);
    let_go();
    assert_true(point(&lens, native, collar * 0.5f, true, true).zoom == 0);
    let_go();
}

static void the_rim_is_pulled(void **state)
{
    (void)state;
    Magnifier lens = measured_lens(0.5f, 0.5f, MAGNIFIER_BEAUTY);
    float radius = lens.radius * 720;
    RenderRim rim = render_rim(radius);
    float ring = rim.bevel_px + rim.ring_px / 2;
    HudLensClicks clicks = point(&lens, 2.5f, radius + ring, true, true);
    assert_true(fabsf(clicks.radius_px - radius) < 0.1f && clicks.zoom == 0);
    clicks = point(&lens, 2.0f, radius + ring + 40, false, true);
    assert_true(fabsf(clicks.radius_px - radius - 40) < 0.1f);
    let_go();
    // Fingers that come down there are not for the lens to follow.
    (void)point(&lens, 0, 0, false, true);
    assert_true(
        ui_covers(ui, 640 + cosf(2.5f) * (radius + ring), 360 - sinf(2.5f) * (radius + ring)));
    assert_false(ui_covers(ui, 640, 360));
    let_go();
}

// ---- from the right

typedef struct Clicked {
    HudSizeClicks size;
    HudLensClicks lens;
    HudDetailClicks detail;
    HudRoom room;
} Clicked;

// Pressed and released at a place, in the picture with all three.
static Clicked click_at(float x, float y)
{
    const HudSize size = {.pixel_mm = 0.28, .times = 0.42};
    const StoryHotspot spot = {.id = "spot"};
    const Exhibit exhibit = {.id = "piece"};
    const HudDetail detail = {
        .spot = &spot, .exhibit = &exhibit, .count = 3, .clear = {440, 160, 400, 400}};
    Magnifier lens = measured_lens(0.5f, 0.5f, MAGNIFIER_BEAUTY);
    HudLens shown = shown_lens(&lens, &shapes[0], &size);
    Clicked clicked = {0};
    for (int frame = 0; frame < 2; frame++) {
        Input input = {.mouse_x = x, .mouse_y = y};
        input.mouse[MOUSE_LEFT] = frame ? (InputButton){.was_released = true}
                                        : (InputButton){.is_down = true, .was_pressed = true};
        clicked = (Clicked){0};
        begin(&shapes[0], &input);
        hud_draw_size(ui, &size, false, &clicked.room, &clicked.size);
        hud_draw_detail(ui, &detail, "en", &clicked.room, &clicked.detail);
        hud_draw_lens(ui, &shown, &clicked.room, &clicked.lens);
        end();
    }
    let_go();
    return clicked;
}

// Order and place: what begins at the left for some begins at the right for others. The scale
// bar stands below the lens for all.
static void who_reads_from_the_right_finds_it_there(void **state)
{
    (void)state;
    UiRect bars[2];
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        hud_speak(mirrored ? "ar" : "en");
        ui_speak(ui, hud_spoken());
        Clicked at = click_at(-1, -1);
        UiRect buttons = at.room.taken[0], detail = at.room.taken[1], plate = at.room.taken[2];
        bars[mirrored] = at.room.taken[3];
        assert_true(mirrored ? buttons.x < 30 : buttons.x + buttons.width > 1250);
        // In parts of their width from where a reader begins.
        float first = mirrored ? 0.99f : 0.01f, last = 1 - first;
        assert_true(click_at(buttons.x + buttons.width * last, buttons.y + 15).size.picture);
        float foot = detail.y + detail.height - 36; // of the card, where its buttons are
        float begins = detail.x + (mirrored ? detail.width - 36 : 36);
        float ends = begins + (mirrored ? -78 : 78);
        assert_true(mirrored ? detail.x > 840 : detail.x + detail.width < 440);
        assert_int_equal(click_at(begins, foot).detail.step, -1);
        assert_true(click_at(ends, foot).detail.leaves);
        float low = plate.y + plate.height - 20;
        begins = plate.x + (mirrored ? plate.width - 24 : 24);
        ends = plate.x + (mirrored ? 24 : plate.width - 24);
        assert_int_equal(click_at(begins, low).lens.mode_step, -1);
        assert_true(click_at(ends, low).lens.toggles_pin);
    }
    assert_memory_equal(&bars[0], &bars[1], sizeof bars[0]);
    assert_string_equal(hud_arrow_back(), "›"); // it points to where one came from
    hud_speak(NULL);
    ui_speak(ui, hud_spoken());
    assert_string_equal(hud_arrow_back(), "‹");
}

int main(void)
{
    if (!stage_open(&stage, 240, 180))
        return 77;
    if (ui_make(&stage.arena, stage.gpu, &(TextDesc){0}, &ui)) {
        print_message("skipped: %s\n", fault_last()->text);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_stays_clear_of_buttons),
        cmocka_unit_test(buttons_are_where_they_were_measured),
        cmocka_unit_test(the_dial_is_turned),
        cmocka_unit_test(the_rim_is_pulled),
        cmocka_unit_test(who_reads_from_the_right_finds_it_there),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ui_drop(ui);
    stage_close(&stage);
    return failed;
}
