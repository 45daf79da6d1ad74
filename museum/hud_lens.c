// hud_lens.c: what is written on and around the lens: its dial, its figures, its bar.

#include "museum/hud_lens.h"

#include "museum/hud_words.h"

#include <math.h>
#include <string.h>

#define EDGE 12.0f // between the plate and what it stays within
#define PAD 14.0f  // inside the plate
#define APART 12.0f
#define KNOB_REACH 12.0f // of fingers and pointers, around what they take hold of
#define CONTROL 28.0f    // the height of the plate's buttons
#define ARROW 32.0f      // how wide its arrows are
#define WIDEST 460.0f

enum { LINE_COUNT = 4, LEAST_LINES = 2, PLACE_COUNT = 4 };

// ---- words

static HudWord mode_word(MagnifierMode mode)
{
    static const HudWord table[MAGNIFIER_MODE_COUNT] = {
        [MAGNIFIER_BEAUTY] = WORD_BEAUTY,     [MAGNIFIER_RAKING] = WORD_RAKING,
        [MAGNIFIER_ALBEDO] = WORD_ALBEDO,     [MAGNIFIER_NORMALS] = WORD_NORMALS,
        [MAGNIFIER_RELIEF] = WORD_RELIEF,     [MAGNIFIER_HEIGHT] = WORD_HEIGHT,
        [MAGNIFIER_SPECULAR] = WORD_SPECULAR,
    };
    return table[mode];
}

// What the mode shows, in one sentence.
static HudWord mode_sentence(MagnifierMode mode)
{
    static const HudWord table[MAGNIFIER_MODE_COUNT] = {
        [MAGNIFIER_BEAUTY] = WORD_ABOUT_BEAUTY,     [MAGNIFIER_RAKING] = WORD_ABOUT_RAKING,
        [MAGNIFIER_ALBEDO] = WORD_ABOUT_ALBEDO,     [MAGNIFIER_NORMALS] = WORD_ABOUT_NORMALS,
        [MAGNIFIER_RELIEF] = WORD_ABOUT_RELIEF,     [MAGNIFIER_HEIGHT] = WORD_ABOUT_HEIGHT,
        [MAGNIFIER_SPECULAR] = WORD_ABOUT_SPECULAR,
    };
    return table[mode];
}

const char *hud_sample_word(const Exhibit *piece)
{
    return hud_word(piece && exhibit_has_texels(piece) ? WORD_PER_TEXEL : WORD_PER_SAMPLE);
}

static const char *length_text(double um, Arena *arena)
{
    return hud_figures(magnifier_length_text(um, arena), arena);
}

// Where the mode's dial stands.
static const char *dial_figures(const Magnifier *lens, Arena *arena)
{
    if (lens->mode == MAGNIFIER_RELIEF)
        return str_format(
            arena, "%s %s", hud_word(WORD_STRENGTH),
            hud_figures(str_format(arena, "%.1f", (double)lens->relief_strength), arena));
    if (lens->mode == MAGNIFIER_HEIGHT)
        return lens->band_um > 0 ? str_format(arena, "%s %s", hud_word(WORD_BANDS_OF),
                                              length_text(lens->band_um, arena))
                                 : "";
    if (!magnifier_has_dial(lens->mode))
        return "";
    const char *from = str_format(arena, "%.0f°", (double)lens->azimuth_deg),
               *high = str_format(arena, "%.0f°", (double)lens->elevation_deg);
    return str_format(arena, "%s %s  ·  %s %s", hud_word(WORD_LIGHT_FROM),
                      hud_figures(from, arena), hud_word(WORD_LIGHT_HIGH),
                      hud_figures(high, arena));
}

static const char *strength_figures(const HudLens *view, Arena *arena)
{
    const Magnifier *lens = view->lens;
    double times =
        lens->um_per_pixel > 0 ? view->size->pixel_mm * 1000 / lens->um_per_pixel : 0;
    const char *text = hud_figures(
        str_format(arena, lens->zoom < 9.95 ? "%.1f×" : "%.0f×", lens->zoom), arena);
    if (times > 0)
        text = str_format(arena, "%s  ·  %s", text, hud_times(view->size, times, arena));
    if (!view->is_within_reach) // else its buttons say it
        text = str_format(arena, "%s  ·  %s", text, hud_word(mode_word(lens->mode)));
    return text;
}

static const char *length_figures(const HudLens *view, Arena *arena)
{
    const Magnifier *lens = view->lens;
    if (!(lens->um_per_pixel > 0))
        return "";
    const char *pixel = str_format(arena, "%s %s", length_text(lens->um_per_pixel, arena),
                                   hud_word(WORD_PER_PIXEL));
    if (!(lens->um_per_sample > 0))
        return pixel;
    return str_format(arena, "%s %s  ·  %s", length_text(lens->um_per_sample, arena),
                      hud_sample_word(view->piece), pixel);
}

// What else there is to know: why it gets no stronger, where its dial stands.
static const char *lens_note(const HudLens *view, Arena *arena)
{
    const Magnifier *lens = view->lens;
    const char *dial = dial_figures(lens, arena);
    if (!lens->is_at_limit)
        return dial;
    // Pictures may be finer than what carries them here, by more than they differ in
    // themselves.
    double texel_um = view->piece ? view->piece->record.measured.texel_median_um : 0;
    const char *limit = hud_word(WORD_LENS_LIMIT);
    if (texel_um > 0 && texel_um < 0.75 * lens->um_per_sample)
        limit = str_format(arena, "%s (%s %s)", hud_word(WORD_PACK_LIMIT),
                           length_text(texel_um, arena), hud_word(WORD_TEXEL_DISTANCE));
    return str_format(arena, "%s%s%s", dial, *dial ? "  ·  " : "", limit);
}

// ---- bar and badge

static UiTextDesc bar_text(const MagnifierBar *bar, Arena *arena)
{
    return (UiTextDesc){
        .text = hud_figures(bar->text, arena), .type = UI_NUMBER, .color = UI_ON_PICTURE};
}

// All of it, around the middle of its line.
static UiRect bar_around(Ui *ui, const MagnifierBar *bar)
{
    Scratch scratch = scratch_begin(NULL);
    UiTextDesc text = bar_text(bar, scratch.arena);
    float length = (float)bar->length_px / ui_px(ui, 1), high = ui_measure(ui, &text).height;
    scratch_end(scratch);
    return (UiRect){-length / 2 - 10, -high - 6, length + 20, high + 16};
}

// Its length is exact, not rounded to pixels.
void hud_draw_bar(Ui *ui, double um_per_pixel, float x, float y)
{
    MagnifierBar bar = magnifier_bar(um_per_pixel);
    if (bar.length_um <= 0)
        return;
    Scratch scratch = scratch_begin(NULL);
    UiTextDesc text = bar_text(&bar, scratch.arena);
    UiRect at = bar_around(ui, &bar), size = ui_measure(ui, &text);
    float white[4], shade[4], length = (float)bar.length_px / ui_px(ui, 1);
    ui_color(ui, UI_ON_PICTURE, 1, white);
    ui_color(ui, UI_SHADE, 1, shade);
    ui_box(ui, (UiRect){x + at.x, y + at.y, at.width, at.height}, shade, 6);
    ui_text(ui, x - size.width / 2, y - size.height - 2, &text);
    ui_box(ui, (UiRect){x - length / 2, y, length, 2}, white, 0);
    ui_box(ui, (UiRect){x - length / 2, y - 4, 1.5f, 10}, white, 0);
    ui_box(ui, (UiRect){x + length / 2 - 1.5f, y - 4, 1.5f, 10}, white, 0);
    scratch_end(scratch);
}

// Where there is no room at or around the lens: the lowest place there is.
static UiRect find_any_place(Ui *ui, const HudRoom *room, UiRect place, const float xs[2])
{
    enum { STEP = 8 };
    UiRect screen = ui_screen(ui), lowest = place;
    lowest.y = MIN(place.y, screen.height - place.height - EDGE);
    float columns[] = {place.x, xs[0], xs[1]};
    for (place.y = screen.height - place.height - EDGE; place.y >= EDGE; place.y -= STEP) {
        for (size_t i = 0; i < COUNT_OF(columns); i++) {
            place.x = columns[i];
            if (hud_is_free(room, place))
                return place;
        }
    }
    return lowest;
}

// Within the glass: as near as may be to `from`, in parts of its radius below its middle, on
// the way to the other side. Where the picture ends it stays in it; what finds the glass
// written full stands below, or above.
static UiRect find_in_glass(Ui *ui, const HudLens *view, const HudRoom *room, UiRect rect,
                            float from)
{
    enum { STEPS = 24 };
    UiRect screen = ui_screen(ui), first = {0};
    float unit_px = ui_px(ui, 1), radius = view->radius_px / unit_px, top = rect.y;
    float left = view->left_px / unit_px + 4, right = view->right_px / unit_px - 4 - rect.width;
    rect.x = CLAMP(view->center_px[0] / unit_px - rect.width / 2, left, MAX(right, left));
    // What one looks at is in the middle.
    HudRoom clear = *room;
    float middle = 0.3f * radius;
    hud_take(&clear, (UiRect){view->center_px[0] / unit_px - middle,
                              view->center_px[1] / unit_px - middle, 2 * middle, 2 * middle});
    for (int i = 0; i < STEPS; i++) {
        float down = radius * from * (1 - 2 * (float)i / STEPS);
        float y = view->center_px[1] / unit_px + down + top;
        rect.y = CLAMP(y, 4, screen.height - rect.height - 4);
        first = i ? first : rect;
        if (hud_is_free(&clear, rect))
            return rect;
    }
    UiRect place = find_any_place(ui, &clear, first, (const float[]){left, MAX(right, left)});
    return hud_is_free(&clear, place) ? place : first;
}

static void draw_lens_bar(Ui *ui, const HudLens *view, HudRoom *room)
{
    MagnifierBar bar = magnifier_bar(view->lens->um_per_pixel);
    if (bar.length_um <= 0)
        return;
    UiRect around = bar_around(ui, &bar);
    UiRect at = find_in_glass(ui, view, room, around, 0.76f);
    hud_take(room, at);
    hud_draw_bar(ui, view->lens->um_per_pixel, at.x - around.x, at.y - around.y);
}

// On the rim, above; where something else is written there, or the picture ends, within the
// glass.
static UiRect find_badge(Ui *ui, const HudLens *view, const HudRoom *room, UiRect text)
{
    float unit_px = ui_px(ui, 1), x = view->center_px[0] / unit_px;
    RenderRim rim = render_rim(view->radius_px);
    float y = (view->center_px[1] - view->radius_px - rim.bevel_px - rim.ring_px / 2) / unit_px;
    UiRect rect = {x - text.width / 2 - 12, y - (text.height + 6) / 2, text.width + 24,
                   text.height + 6};
    bool is_within = rect.y >= 4 && rect.x >= view->left_px / unit_px &&
                     rect.x + rect.width <= view->right_px / unit_px;
    if (is_within && hud_is_free(room, rect))
        return rect;
    rect.y = 0;
    return find_in_glass(ui, view, room, rect, -0.84f);
}

void hud_draw_badge(Ui *ui, const HudLens *view, HudRoom *room)
{
    const Magnifier *lens = view->lens;
    if (!lens->is_enlarged && !lens->is_native)
        return;
    UiTextDesc text = {
        .text = hud_word(lens->is_enlarged ? WORD_ENLARGED : WORD_NATIVE),
        .type = UI_NUMBER,
        .color = lens->is_enlarged ? UI_WARNING : UI_ON_PICTURE,
    };
    float plate[4] = {0.085f, 0.080f, 0.074f, 1}, edge[4];
    UiRect rect = find_badge(ui, view, room, ui_measure(ui, &text));
    hud_take(room, rect);
    ui_color(ui, lens->is_enlarged ? UI_WARNING : UI_ON_PICTURE, 0.65f, edge);
    ui_box(ui, rect, edge, rect.height / 2);
    ui_box(ui, (UiRect){rect.x + 1, rect.y + 1, rect.width - 2, rect.height - 2}, plate,
           rect.height / 2 - 1);
    ui_text(ui, rect.x + 12, rect.y + 3, &text);
}

// ---- the dial

// A place around the lens, in units: `away_px` from its middle.
static void around(const Ui *ui, const HudLens *view, float angle, float away_px, float out[2])
{
    float unit_px = ui_px(ui, 1);
    out[0] = (view->center_px[0] + cosf(angle) * away_px) / unit_px;
    out[1] = (view->center_px[1] - sinf(angle) * away_px) / unit_px;
}

static void draw_tick(Ui *ui, const HudLens *view, float angle, const float from_to_px[2],
                      float width, const float color[4])
{
    float from[2], to[2];
    around(ui, view, angle, from_to_px[0], from);
    around(ui, view, angle, from_to_px[1], to);
    ui_stroke(ui, from, to, width, color);
}

static void write_number(Ui *ui, const HudLens *view, float angle, float away_px, double zoom)
{
    Scratch scratch = scratch_begin(NULL);
    float at[2];
    UiTextDesc text = {.text =
                           hud_figures(str_format(scratch.arena, "%.0f", zoom), scratch.arena),
                       .type = UI_SMALL,
                       .color = UI_ON_PICTURE,
                       .opacity = 0.85f};
    UiRect size = ui_measure(ui, &text);
    around(ui, view, angle, away_px, at);
    ui_text(ui, at[0] - size.width / 2, at[1] - size.height / 2, &text);
    scratch_end(scratch);
}

// From native times ENLARGED to the end: a warning along the collar's outer edge.
static void draw_enlarged(Ui *ui, const HudLens *view, float away_px)
{
    enum { STEPS = 10 };
    const Dial *dial = &view->dial;
    float color[4], from[2], to[2];
    double least = dial->most * MAGNIFIER_ENLARGED / MAGNIFIER_MOST_ENLARGED;
    float begin = dial_angle(dial, least), step = (dial->to - begin) / STEPS;
    ui_color(ui, UI_WARNING, 1, color);
    for (int i = 0; i < STEPS && dial->has_limit; i++) {
        around(ui, view, begin + step * (float)i, away_px, from);
        around(ui, view, begin + step * (float)(i + 1), away_px, to);
        ui_stroke(ui, from, to, 2, color);
    }
}

static void draw_marks(Ui *ui, const HudLens *view, float inner_px, float outer_px)
{
    DialMark marks[DIAL_MAX_MARKS];
    const Dial *dial = &view->dial;
    float wide = outer_px - inner_px, white[4], soft[4], native[4];
    float written = -10; // the angle of the number before
    ui_color(ui, UI_ON_PICTURE, 0.9f, white);
    ui_color(ui, UI_ON_PICTURE, 0.45f, soft);
    int count = dial_marks(dial, marks);
    for (int i = 0; i < count; i++) {
        float angle = dial_angle(dial, marks[i].zoom);
        const float tick[2] = {inner_px + wide * 0.06f, inner_px + wide * 0.2f};
        draw_tick(ui, view, angle, tick, 1, soft);
        float apart_px = fabsf(angle - written) * outer_px;
        bool is_native = dial->native > 0 &&
                         fabsf(angle - dial_angle(dial, dial->native)) * outer_px < wide * 0.6f;
        if (marks[i].is_named && !is_native && wide > ui_px(ui, 14) &&
            apart_px > ui_px(ui, 22)) {
            write_number(ui, view, angle, inner_px + wide * 0.57f, marks[i].zoom);
            written = angle;
        }
    }
    draw_enlarged(ui, view, outer_px - wide * 0.12f);
    if (dial->native > 0) {
        // A pixel a sample: where the glass shows what was scanned, neither less nor more.
        const float mark[2] = {inner_px - wide * 0.35f, outer_px + wide * 0.25f};
        ui_color(ui, UI_ON_PICTURE, 1, native);
        draw_tick(ui, view, dial_angle(dial, dial->native), mark, 2, native);
    }
}

static void draw_knob(Ui *ui, const HudLens *view, float angle, float away_px, float wide_px)
{
    float at[2], side = wide_px * 0.62f / ui_px(ui, 1);
    const float dark[4] = {0.05f, 0.045f, 0.04f, 0.9f}, brass[4] = {0.87f, 0.68f, 0.38f, 1},
                light[4] = {0.99f, 0.92f, 0.76f, 1};
    around(ui, view, angle, away_px, at);
    const struct {
        float side, up;
        const float *color;
    } discs[] = {{side + 3, 0, dark}, {side, 0, brass}, {side * 0.42f, side * 0.14f, light}};
    for (size_t i = 0; i < COUNT_OF(discs); i++) {
        float d = discs[i].side;
        UiRect rect = {at[0] - d / 2 - discs[i].up, at[1] - d / 2 - discs[i].up, d, d};
        ui_box(ui, rect, discs[i].color, d / 2);
    }
}

// Where the pointer is around the lens: the angle, and how far from the middle.
static float pointed(const Ui *ui, const HudLens *view, float *away_px)
{
    float at[2], unit_px = ui_px(ui, 1);
    ui_pointer(ui, at);
    float right = at[0] * unit_px - view->center_px[0],
          up = view->center_px[1] - at[1] * unit_px;
    *away_px = hypotf(right, up);
    return atan2f(up, right);
}

static bool is_along(const Dial *dial, float angle, float slack)
{
    float middle = (dial->from + dial->to) / 2, half = fabsf(dial->to - dial->from) / 2;
    return fabsf(remainderf(angle - middle, 6.28318531f)) < half + slack;
}

// Fingers that come down on the rim do not move the lens.
static void cover_rim(Ui *ui, const HudLens *view, float inner_px, float outer_px)
{
    enum { STEPS = 40 };
    float reach = ui_px(ui, KNOB_REACH), side = (outer_px - inner_px + 2 * reach);
    side /= ui_px(ui, 1);
    for (int i = 0; i < STEPS; i++) {
        float at[2];
        around(ui, view, 6.28318531f * (float)i / STEPS, (inner_px + outer_px) / 2, at);
        ui_cover(ui, (UiRect){at[0] - side / 2, at[1] - side / 2, side, side});
    }
}

static void hold_rim(Ui *ui, const HudLens *view, float outer_px, HudLensClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    RenderRim rim = render_rim(view->radius_px);
    float away, angle = pointed(ui, view, &away), reach = ui_px(ui, KNOB_REACH);
    float inner = view->radius_px + rim.bevel_px;
    bool is_on_dial = dial_has_choice(&view->dial) && is_along(&view->dial, angle, 0.12f) &&
                      away > inner && away < outer_px + reach;
    bool is_on_rim =
        !is_on_dial && away > inner - reach / 2 && away < inner + rim.ring_px + reach / 2;
    if (ui_hold(ui, str_format(scratch.arena, "%s-dial", view->id), is_on_dial))
        clicks->zoom = dial_zoom(&view->dial, angle);
    if (ui_hold(ui, str_format(scratch.arena, "%s-rim", view->id), is_on_rim))
        clicks->radius_px = away - rim.bevel_px - rim.ring_px / 2;
    cover_rim(ui, view, inner, outer_px);
    scratch_end(scratch);
}

static void draw_dial(Ui *ui, const HudLens *view, HudLensClicks *clicks)
{
    RenderRim rim = render_rim(view->radius_px);
    float inner = view->radius_px + rim.bevel_px + rim.ring_px, outer = inner + rim.collar_px;
    if (dial_has_choice(&view->dial)) {
        draw_marks(ui, view, inner, outer);
        draw_knob(ui, view, dial_angle(&view->dial, view->lens->zoom), inner, rim.collar_px);
    }
    if (view->is_within_reach)
        hold_rim(ui, view, outer, clicks);
}

// ---- the plate

typedef struct Plate {
    UiTextDesc lines[LINE_COUNT];
    float heights[LINE_COUNT];
    int line_count;
    float width, height; // inside
    bool is_narrow;      // the pin has a row of its own
} Plate;

static const char *pin_text(const Magnifier *lens, Arena *arena)
{
    return str_format(arena, lens->is_pinned ? "● %s" : "%s", hud_word(WORD_PIN));
}

// Its mode between two arrows, and the pin, in one row if they fit.
static void add_controls(Ui *ui, const HudLens *view, float widest, Plate *plate, Arena *arena)
{
    UiTextDesc name = {.text = hud_word(mode_word(view->lens->mode)), .type = UI_TEXT},
               pin = {.text = pin_text(view->lens, arena), .type = UI_TEXT};
    float row = ui_measure(ui, &name).width + ui_measure(ui, &pin).width +
                4 * ui_target(ui, ARROW) + 74;
    plate->width = MAX(plate->width, MIN(MAX(row, 300), widest));
    plate->is_narrow = plate->width < row;
    plate->height += (ui_target(ui, CONTROL) + 8) * (plate->is_narrow ? 2 : 1);
}

static Plate make_plate(Ui *ui, const HudLens *view, int line_count, float widest, Arena *arena)
{
    Plate plate = {.lines =
                       {
                           {.text = strength_figures(view, arena), .type = UI_NUMBER},
                           {.text = length_figures(view, arena), .type = UI_SMALL},
                           {.text = lens_note(view, arena), .type = UI_SMALL},
                           {.text = hud_word(mode_sentence(view->lens->mode)),
                            .type = UI_SMALL,
                            .opacity = 0.72f},
                       },
                   .line_count = line_count};
    for (int i = 0; i < line_count; i++) {
        UiTextDesc *line = &plate.lines[i];
        line->color = UI_ON_PICTURE;
        UiRect size = ui_measure(ui, line);
        if (size.width > widest) {
            line->width = widest;
            line->align = TEXT_CENTER;
            size.height = ui_measure(ui, line).height;
        }
        plate.width = MAX(plate.width, MIN(size.width + 1, widest));
        plate.heights[i] = size.height;
        plate.height += size.height;
    }
    if (view->is_within_reach)
        add_controls(ui, view, widest, &plate, arena);
    return plate;
}

// Below the lens, above it, or beside it: the first place that is free. Where there is none
// `out` is the lowest one anywhere.
static bool find_place(Ui *ui, const HudLens *view, const Plate *plate, const HudRoom *room,
                       UiRect *out)
{
    float unit_px = ui_px(ui, 1);
    UiRect screen = ui_screen(ui);
    RenderRim rim = render_rim(view->radius_px);
    float reach = (view->radius_px + rim.bevel_px + rim.ring_px) / unit_px;
    float collar = dial_has_choice(&view->dial) ? rim.collar_px / unit_px : 0;
    bool is_dial_left = view->dial.from > 1.5707963f;
    float x = view->center_px[0] / unit_px, y = view->center_px[1] / unit_px;
    float width = plate->width + 2 * PAD, height = plate->height + 14;
    float left = view->left_px / unit_px + EDGE,
          right = MAX(view->right_px / unit_px - EDGE - width, left);
    float middle = CLAMP(x - width / 2, left, right);
    float beside = CLAMP(y - height / 2, EDGE, MAX(screen.height - height - EDGE, EDGE));
    const UiRect places[PLACE_COUNT] = {
        {middle, y + reach + APART, width, height},
        {middle, y - reach - APART - height, width, height},
        {x + reach + APART + (is_dial_left ? 0 : collar), beside, width, height},
        {x - reach - APART - width - (is_dial_left ? collar : 0), beside, width, height},
    };
    // Hints give way where there is no other room.
    for (int i = 0; i < 2 * PLACE_COUNT; i++) {
        const UiRect *place = &places[i % PLACE_COUNT];
        float foot = i < PLACE_COUNT ? MAX(view->foot, EDGE) : EDGE;
        if (place->x >= left - 1 && place->x <= right + 1 && place->y >= EDGE &&
            place->y + height <= screen.height - foot && hud_is_free(room, *place)) {
            *out = *place;
            return true;
        }
    }
    *out = find_any_place(ui, room, places[0], (const float[]){left, right});
    return false;
}

// In small windows it says less: figures come first.
static UiRect fit_plate(Ui *ui, const HudLens *view, const HudRoom *room, Plate *plate,
                        Arena *arena)
{
    float within = (view->right_px - view->left_px) / ui_px(ui, 1);
    float widest = MIN(MAX(within - 2 * EDGE - 2 * PAD, 120), WIDEST);
    UiRect place = {0};
    for (int count = LINE_COUNT; count >= LEAST_LINES; count--) {
        *plate = make_plate(ui, view, count, widest, arena);
        if (find_place(ui, view, plate, room, &place))
            return place;
    }
    for (int count = LINE_COUNT; count >= 1 && !hud_is_free(room, place); count--) {
        *plate = make_plate(ui, view, count, widest, arena);
        (void)find_place(ui, view, plate, room, &place);
    }
    return place;
}

typedef struct Controls {
    UiRect back, next, weaker, stronger, pin;
} Controls;

// ‹ mode ›  − + pin; what does not fit stands in a second row.
static Controls place_controls(Ui *ui, const Plate *plate, UiRect row, float pin_width)
{
    float high = ui_target(ui, CONTROL), wide = ui_target(ui, ARROW), gap = 10;
    float end = row.x + row.width, y = row.y + (plate->is_narrow ? high + 8 : 0);
    Controls at = {.back = {row.x, row.y, wide, high},
                   .pin = {end - pin_width, y, pin_width, high},
                   .stronger = {row.x + wide + gap, y, wide, high},
                   .weaker = {row.x, y, wide, high},
                   .next = {end - wide, row.y, wide, high}};
    if (!plate->is_narrow) {
        at.stronger.x = at.pin.x - wide - gap;
        at.weaker.x = at.stronger.x - wide - gap / 2;
        at.next.x = at.weaker.x - wide - gap;
    }
    return at;
}

static void draw_controls(Ui *ui, const HudLens *view, const Plate *plate, UiRect place,
                          HudLensClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    Arena *arena = scratch.arena;
    const char *id = view->id, *pin = pin_text(view->lens, arena);
    float pin_width = ui_measure(ui, &(UiTextDesc){.text = pin, .type = UI_TEXT}).width + 22;
    UiRect row = hud_place(ui, place);
    Controls at = place_controls(ui, plate, row, ui_target(ui, pin_width));
    UiTextDesc name = {.text = hud_word(mode_word(view->lens->mode)),
                       .type = UI_TEXT,
                       .color = UI_ON_PICTURE,
                       .max_lines = 1};
    UiRect size = ui_measure(ui, &name);
    float middle = (at.back.x + at.back.width + at.next.x) / 2;
    hud_mirror(ui, true);
    ui_text(ui, middle - size.width / 2, row.y + (at.back.height - size.height) / 2, &name);
    clicks->mode_step -= ui_symbol(ui, str_format(arena, "%s-back", id), at.back,
                                   hud_arrow_back(), hud_say("Previous mode"));
    clicks->mode_step += ui_symbol(ui, str_format(arena, "%s-next", id), at.next,
                                   hud_arrow_on(), hud_say("Next mode"));
    clicks->strength_step -=
        ui_symbol(ui, str_format(arena, "%s-weaker", id), at.weaker, "−", hud_say("Weaker"));
    clicks->strength_step += ui_symbol(ui, str_format(arena, "%s-stronger", id), at.stronger,
                                       "+", hud_say("Stronger"));
    clicks->toggles_pin |= ui_button(ui, str_format(arena, "%s-pin", id), at.pin, pin);
    hud_mirror(ui, false);
    scratch_end(scratch);
}

static void draw_plate(Ui *ui, const HudLens *view, HudRoom *room, HudLensClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    Plate plate;
    UiRect rect = fit_plate(ui, view, room, &plate, scratch.arena);
    hud_take(room, rect);
    ui_panel(ui, rect, UI_PANEL_SHADE, 1);
    float y = rect.y + 7;
    for (int i = 0; i < plate.line_count; i++) {
        const UiTextDesc *line = &plate.lines[i];
        float width = line->width > 0 ? plate.width : ui_measure(ui, line).width;
        ui_text(ui, rect.x + PAD + (plate.width - width) / 2, y, line);
        y += plate.heights[i];
    }
    UiRect row = {rect.x + PAD, y + 5, plate.width, ui_target(ui, CONTROL)};
    if (view->is_within_reach)
        draw_controls(ui, view, &plate, row, clicks);
    scratch_end(scratch);
}

void hud_draw_lens(Ui *ui, const HudLens *view, HudRoom *room, HudLensClicks *clicks)
{
    draw_dial(ui, view, clicks);
    draw_plate(ui, view, room, clicks);
    draw_lens_bar(ui, view, room);
    hud_draw_badge(ui, view, room);
}
