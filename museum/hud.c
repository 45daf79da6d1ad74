// hud.c: what is written over the picture: label, the lens's read-outs, hints, help. The story
// panel is in hud_story.c.

#include "museum/hud.h"

#include "museum/hud_story.h"
#include "museum/hud_words.h"

#include <math.h>
#include <string.h>

#define EDGE 24.0f         // units between panels and the picture's edge
#define PADDING 22.0f      // inside panels
#define LABEL_WIDTH 320.0f // of the label's panel
#define HELP_WIDTH 620.0f
#define LABEL_BUTTON_WIDTH 130.0f
#define BAR_ROOM 135.0f // from a bar's middle to its end, and some air
#define FOOT 64.0f      // the height of the row of hints, with air

// ---- hints

typedef struct Hint {
    const char *key; // NULL: this device has none
    HudWord word;
} Hint;

enum { HINT_MAX = 8 };

static uint32_t walking_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    static const char *const lean[] = {"E", "A", NULL}, *const help[] = {"F1", "Start", NULL};
    static const char *const story[] = {"Tab", "Y", NULL};
    if (view->focus) {
        hints[count++] = (Hint){lean[view->device], WORD_LEAN_IN};
        hints[count++] = (Hint){story[view->device], WORD_STORY};
    }
    hints[count++] = (Hint){help[view->device], WORD_HELP};
    return count;
}

// While one reads there is one thing to do.
static uint32_t reading_hints(const HudView *view, Hint *hints)
{
    static const char *const back[] = {"Esc", "B", NULL};
    hints[0] = (Hint){back[view->device], WORD_PUT_AWAY};
    return 1;
}

static uint32_t measuring_hints(const HudView *view, Hint *hints)
{
    static const char *const put[] = {"Esc", "B", NULL}, *const set[] = {"Enter", "A", NULL};
    static const char *const undo[] = {"Backspace", "Back", NULL};
    static const char *const kind[] = {"N", "Right", NULL}, *const lens[] = {"M", "X", NULL};
    uint32_t count = 0;
    hints[count++] = (Hint){put[view->device], WORD_PUT_TAPE_AWAY};
    hints[count++] = (Hint){set[view->device], WORD_SET_POINT};
    hints[count++] = (Hint){undo[view->device], WORD_UNDO};
    hints[count++] = (Hint){kind[view->device], WORD_TAPE_KIND};
    hints[count++] = (Hint){lens[view->device], WORD_MAGNIFIER};
    return count;
}

static uint32_t close_hints(const HudView *view, Hint *hints)
{
    static const char *const back[] = {"Esc", "B", NULL}, *const lens[] = {"M", "X", NULL};
    static const char *const story[] = {"Tab", "Y", NULL}, *const help[] = {"F1", "Start",
                                                                            NULL};
    static const char *const label[] = {"L", "Back", NULL};
    static const char *const tape[] = {"T", "Down", NULL};
    uint32_t count = 0;
    hints[count++] = (Hint){back[view->device], WORD_LEAN_OUT};
    hints[count++] = (Hint){lens[view->device], WORD_MAGNIFIER};
    hints[count++] = (Hint){tape[view->device], WORD_MEASURE};
    hints[count++] = (Hint){label[view->device], WORD_LABEL};
    hints[count++] = (Hint){story[view->device], WORD_STORY};
    hints[count++] = (Hint){help[view->device], WORD_HELP};
    return count;
}

// In one row on one dark plate: readable on any floor.
static void draw_hints(Ui *ui, const HudView *view)
{
    Hint hints[HINT_MAX];
    bool is_reading = view->is_story_open && (view->close || view->focus);
    uint32_t count = is_reading       ? reading_hints(view, hints)
                     : view->has_tape ? measuring_hints(view, hints)
                     : view->close    ? close_hints(view, hints)
                                      : walking_hints(view, hints);
    UiRect screen = ui_screen(ui);
    screen.width -= is_reading ? HUD_STORY_WIDTH : 0;
    float gap = 20, pad = 12, width = -gap, height = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!hints[i].key)
            continue;
        UiRect size = ui_key_hint(ui, 0, 0, hints[i].key, hud_word(hints[i].word), true);
        width += size.width + gap;
        height = MAX(height, size.height);
    }
    if (width <= 0 || width > screen.width)
        return;
    float x = (screen.width - width) / 2, y = screen.height - height - pad - 14;
    ui_panel(ui, (UiRect){x - pad, y - pad / 2, width + 2 * pad, height + pad}, UI_PANEL_SHADE,
             1);
    for (uint32_t i = 0; i < count; i++) {
        if (hints[i].key)
            x +=
                ui_key_hint(ui, x, y, hints[i].key, hud_word(hints[i].word), false).width + gap;
    }
}

// ---- label

// Draws nothing but measures when `is_measured`. Gives the height.
static float label_text(Ui *ui, const Exhibit *exhibit, const char *language, UiRect at,
                        bool is_measured, Arena *arena)
{
    const char *lang = langtext_tag(&exhibit->record.title, language);
    const struct {
        const char *text;
        UiType type;
        UiColor color;
        float before;
    } runs[] = {
        {exhibit_title(exhibit, language), UI_HEADING, UI_INK, 0},
        {exhibit_caption(exhibit, language, arena), UI_SMALL, UI_INK_SOFT, 6},
        {exhibit->restoration ? hud_word(WORD_RESTORATION) : "", UI_TEXT, UI_ACCENT, 14},
        {exhibit_label(exhibit, language, arena), UI_BODY, UI_INK, 12},
    };
    float y = at.y;
    for (size_t i = 0; i < COUNT_OF(runs); i++) {
        if (!*runs[i].text)
            continue;
        UiTextDesc desc = {.text = runs[i].text,
                           .lang = lang,
                           .type = runs[i].type,
                           .color = runs[i].color,
                           .width = at.width};
        y += runs[i].before;
        y += is_measured ? ui_measure(ui, &desc).height : ui_text(ui, at.x, y, &desc).height;
    }
    return y - at.y;
}

static void draw_label(Ui *ui, const HudView *view, const Exhibit *exhibit, HudClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    float width = MIN(LABEL_WIDTH, screen.width - 2 * EDGE);
    UiRect text = {EDGE + PADDING, 0, width - 2 * PADDING, 0};
    float height = label_text(ui, exhibit, view->language, text, true, scratch.arena);
    float button = 32, foot = button + 14;
    float panel = MIN(height + 2 * PADDING + foot, screen.height - 4 * EDGE);
    UiRect rect = {EDGE, screen.height - panel - FOOT, width, panel};
    if (rect.y < EDGE)
        rect.y = EDGE;
    ui_panel(ui, rect, UI_PANEL_PAPER, 1);
    UiRect inside = {rect.x, rect.y + PADDING, rect.width, rect.height - 2 * PADDING - foot};
    float y = ui_scroll_begin(ui, "label", inside);
    text.y = y;
    ui_scroll_end(ui, y + label_text(ui, exhibit, view->language, text, false, scratch.arena));
    scratch_end(scratch);
    UiRect place = {rect.x + PADDING, rect.y + rect.height - PADDING - button,
                    LABEL_BUTTON_WIDTH, button};
    clicks->opens_story = ui_button(ui, "label-story", place, hud_word(WORD_READ_STORY));
    place.x += LABEL_BUTTON_WIDTH + 12;
    if (view->close && !view->has_tape)
        clicks->takes_tape = ui_button(ui, "label-tape", place, hud_word(WORD_TAKE_TAPE));
}

// Walking past: a name, no more.
static void draw_name(Ui *ui, const HudView *view)
{
    const Exhibit *exhibit = view->focus;
    UiRect screen = ui_screen(ui);
    UiTextDesc title = {.text = exhibit_title(exhibit, view->language),
                        .lang = langtext_tag(&exhibit->record.title, view->language),
                        .type = UI_HEADING,
                        .color = UI_ON_PICTURE};
    UiRect size = ui_measure(ui, &title);
    UiTextDesc note = {
        .text = hud_word(WORD_RESTORATION), .type = UI_SMALL, .color = UI_WARNING};
    UiRect note_size = exhibit->restoration ? ui_measure(ui, &note) : (UiRect){0};
    float width = MAX(size.width, note_size.width) + 2 * PADDING;
    float height = size.height + note_size.height + 20;
    UiRect rect = {(screen.width - width) / 2, screen.height - height - FOOT, width, height};
    ui_panel(ui, rect, UI_PANEL_SHADE, 1);
    ui_text(ui, (screen.width - size.width) / 2, rect.y + 10, &title);
    if (exhibit->restoration)
        ui_text(ui, (screen.width - note_size.width) / 2, rect.y + 10 + size.height, &note);
}

// ---- the lens

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

// What the mode shows, in one sentence; beauty speaks for itself.
static const char *mode_sentence(MagnifierMode mode)
{
    static const HudWord table[MAGNIFIER_MODE_COUNT] = {
        [MAGNIFIER_RAKING] = WORD_ABOUT_RAKING,   [MAGNIFIER_ALBEDO] = WORD_ABOUT_ALBEDO,
        [MAGNIFIER_NORMALS] = WORD_ABOUT_NORMALS, [MAGNIFIER_RELIEF] = WORD_ABOUT_RELIEF,
        [MAGNIFIER_HEIGHT] = WORD_ABOUT_HEIGHT,   [MAGNIFIER_SPECULAR] = WORD_ABOUT_SPECULAR,
    };
    return mode == MAGNIFIER_BEAUTY ? "" : hud_word(table[mode]);
}

// Where the mode's dial stands.
static const char *dial_figures(const Magnifier *lens, Arena *arena)
{
    if (lens->mode == MAGNIFIER_RELIEF)
        return str_format(arena, "%s %.1f", hud_word(WORD_STRENGTH),
                          (double)lens->relief_strength);
    if (lens->mode == MAGNIFIER_HEIGHT)
        return lens->band_um > 0 ? str_format(arena, "%s %s", hud_word(WORD_BANDS_OF),
                                              magnifier_length_text(lens->band_um, arena))
                                 : "";
    if (!magnifier_has_dial(lens->mode))
        return "";
    return str_format(arena, "%s %.0f°, %s %.0f°", hud_word(WORD_LIGHT_FROM),
                      (double)lens->azimuth_deg, hud_word(WORD_LIGHT_HIGH),
                      (double)lens->elevation_deg);
}

static const char *lens_figures(const HudView *view, Arena *arena)
{
    const Magnifier *lens = view->lens;
    double times =
        lens->um_per_pixel > 0 ? view->size->pixel_mm * 1000 / lens->um_per_pixel : 0;
    const char *text = str_format(arena, lens->zoom < 9.95 ? "%.1f×" : "%.0f×", lens->zoom);
    if (lens->um_per_sample > 0)
        text = str_format(arena, "%s  ·  %s %s", text,
                          magnifier_length_text(lens->um_per_sample, arena),
                          hud_word(WORD_PER_SAMPLE));
    if (times > 0)
        text = str_format(arena, "%s  ·  %s", text, hud_times(view->size, times, arena));
    text = str_format(arena, "%s  ·  %s", text, hud_word(mode_word(lens->mode)));
    return lens->is_pinned ? str_format(arena, "%s  ·  %s", text, hud_word(WORD_PINNED)) : text;
}

// What else there is to know: why it gets no stronger, where its dial stands.
static const char *lens_note(const HudView *view, Arena *arena)
{
    const Magnifier *lens = view->lens;
    const char *dial = dial_figures(lens, arena);
    if (!lens->is_at_limit)
        return dial;
    // Pictures may be finer than what carries them here, by more than they differ in
    // themselves.
    double texel_um = view->close ? view->close->record.measured.texel_median_um : 0;
    const char *limit = hud_word(WORD_LENS_LIMIT);
    if (texel_um > 0 && texel_um < 0.75 * lens->um_per_sample)
        limit =
            str_format(arena, "%s (%s %s)", hud_word(WORD_PACK_LIMIT),
                       magnifier_length_text(texel_um, arena), hud_word(WORD_TEXEL_DISTANCE));
    return str_format(arena, "%s%s%s", dial, *dial ? "  ·  " : "", limit);
}

// Its length is exact, not rounded to pixels.
void hud_draw_bar(Ui *ui, double um_per_pixel, float x, float y)
{
    MagnifierBar bar = magnifier_bar(um_per_pixel);
    if (bar.length_um <= 0)
        return;
    float length = (float)bar.length_px / ui_px(ui, 1);
    float white[4], shade[4];
    ui_color(UI_ON_PICTURE, 1, white);
    ui_color(UI_SHADE, 1, shade);
    UiTextDesc text = {.text = bar.text, .type = UI_NUMBER, .color = UI_ON_PICTURE};
    UiRect size = ui_measure(ui, &text);
    ui_box(ui,
           (UiRect){x - length / 2 - 10, y - size.height - 6, length + 20, size.height + 16},
           shade, 6);
    ui_text(ui, x - size.width / 2, y - size.height - 2, &text);
    ui_box(ui, (UiRect){x - length / 2, y, length, 2}, white, 0);
    ui_box(ui, (UiRect){x - length / 2, y - 4, 1.5f, 10}, white, 0);
    ui_box(ui, (UiRect){x + length / 2 - 1.5f, y - 4, 1.5f, 10}, white, 0);
}

static void draw_badge(Ui *ui, const HudView *view, float unit_px)
{
    const Magnifier *lens = view->lens;
    if (!lens->is_enlarged && !lens->is_native)
        return;
    UiTextDesc text = {
        .text = hud_word(lens->is_enlarged ? WORD_ENLARGED : WORD_NATIVE),
        .type = UI_NUMBER,
        .color = lens->is_enlarged ? UI_WARNING : UI_ON_PICTURE,
    };
    UiRect size = ui_measure(ui, &text);
    float x = view->lens_px[0] / unit_px;
    float y = (view->lens_px[1] - view->lens_px[2] * 0.84f) / unit_px;
    ui_panel(ui, (UiRect){x - size.width / 2 - 10, y, size.width + 20, size.height + 6},
             UI_PANEL_SHADE, 1);
    ui_text(ui, x - size.width / 2, y + 3, &text);
}

void hud_draw_lens(Ui *ui, const HudView *view)
{
    Scratch scratch = scratch_begin(NULL);
    float unit_px = ui_px(ui, 1);
    UiRect screen = ui_screen(ui), sizes[3] = {{0}};
    const UiTextDesc lines[3] = {
        {.text = lens_figures(view, scratch.arena), .type = UI_NUMBER, .color = UI_ON_PICTURE},
        {.text = lens_note(view, scratch.arena), .type = UI_SMALL, .color = UI_ON_PICTURE},
        {.text = mode_sentence(view->lens->mode), .type = UI_SMALL, .color = UI_ON_PICTURE},
    };
    float width = 0, height = 0;
    for (int i = 0; i < 3; i++) {
        sizes[i] = ui_measure(ui, &lines[i]);
        width = MAX(width, sizes[i].width);
        height += sizes[i].height;
    }
    float x = view->lens_px[0] / unit_px - width / 2;
    float y = (view->lens_px[1] + view->lens_px[2]) / unit_px + 14;
    if (y + height + 14 > screen.height - MAX(view->foot, FOOT))
        y = MAX((view->lens_px[1] - view->lens_px[2]) / unit_px - height - 24, 8);
    x = CLAMP(x, 24, MAX(screen.width - width - 24, 24));
    ui_panel(ui, (UiRect){x - 14, y, width + 28, height + 12}, UI_PANEL_SHADE, 1);
    for (int i = 0; i < 3; i++) {
        ui_text(ui, x + (width - sizes[i].width) / 2, y + 6, &lines[i]);
        y += sizes[i].height;
    }
    hud_draw_bar(ui, view->lens->um_per_pixel, view->lens_px[0] / unit_px,
                 (view->lens_px[1] + view->lens_px[2] * 0.76f) / unit_px);
    draw_badge(ui, view, unit_px);
    scratch_end(scratch);
}

// ---- help and toast

static const char *help_control(const HudHelp *line, ControlsDevice device)
{
    return device == CONTROLS_PAD     ? line->pad
           : device == CONTROLS_TOUCH ? line->touch
                                      : line->keys;
}

bool hud_draw_help(Ui *ui, const HudView *view)
{
    UiRect screen = ui_screen(ui);
    float width = MIN(HELP_WIDTH, screen.width - 2 * EDGE), line_height = 25;
    int count = 0;
    for (const HudHelp *line = hud_help(); line->text; line++)
        count += help_control(line, view->device) != NULL;
    float height =
        MIN(2 * PADDING + 108 + (float)count * line_height, screen.height - 2 * EDGE);
    UiRect rect = {(screen.width - width) / 2, (screen.height - height) / 2, width, height};
    ui_panel(ui, rect, UI_PANEL_PAPER, 1);
    ui_text(
        ui, rect.x + PADDING, rect.y + PADDING,
        &(UiTextDesc){.text = hud_word(WORD_HELP_TITLE), .type = UI_HEADING, .color = UI_INK});
    UiRect inside = {rect.x, rect.y + PADDING + 44, rect.width, rect.height - 2 * PADDING - 96};
    float y = ui_scroll_begin(ui, "help", inside);
    for (const HudHelp *line = hud_help(); line->text; line++) {
        const char *control = help_control(line, view->device);
        if (!control)
            continue;
        ui_text(ui, rect.x + PADDING, y,
                &(UiTextDesc){.text = control, .type = UI_TEXT, .color = UI_ACCENT});
        ui_text(ui, rect.x + PADDING + 190, y,
                &(UiTextDesc){.text = line->text, .type = UI_TEXT, .color = UI_INK});
        y += line_height;
    }
    ui_scroll_end(ui, y);
    return ui_button(
        ui, "help-close",
        (UiRect){rect.x + width - PADDING - 110, rect.y + height - PADDING - 34, 110, 34},
        hud_word(WORD_CLOSE));
}

void hud_draw_toast(Ui *ui, const HudView *view)
{
    UiRect screen = ui_screen(ui);
    UiTextDesc text = {.text = view->toast,
                       .type = UI_TEXT,
                       .color = UI_ON_PICTURE,
                       .opacity = MAX(view->toast_opacity, 0.01f)};
    UiRect size = ui_measure(ui, &text);
    UiRect rect = {(screen.width - size.width) / 2 - 16, EDGE, size.width + 32,
                   size.height + 14};
    ui_panel(ui, rect, UI_PANEL_SHADE, view->toast_opacity);
    ui_text(ui, rect.x + 16, rect.y + 7, &text);
}

HudClicks hud_draw(Ui *ui, const HudView *view)
{
    HudClicks clicks = {0};
    if (view->size->calibration) {
        hud_draw_calibration(ui, view->size, &clicks.size);
        return clicks;
    }
    const Exhibit *shown = view->close ? view->close : view->focus;
    hud_draw_beside(ui, view->size);
    if (view->lens)
        hud_draw_lens(ui, view);
    else if (view->um_per_pixel > 0)
        hud_draw_bar(ui, view->um_per_pixel, ui_screen(ui).width - EDGE - BAR_ROOM,
                     ui_screen(ui).height - FOOT);
    // The story begins with all that the label says.
    if (shown && view->is_label_open && !view->is_story_open)
        draw_label(ui, view, shown, &clicks);
    else if (view->focus && !view->close && !view->lens && !view->is_label_seen &&
             !view->is_story_open)
        draw_name(ui, view);
    if (shown && view->is_story_open)
        clicks.closes_story = hud_draw_story(ui, shown, view->language);
    if (view->close && !view->is_story_open)
        hud_draw_size(ui, view->size, &clicks.size);
    if (view->detail.spot && !view->is_story_open)
        hud_draw_detail(ui, &view->detail, view->language, &clicks.detail);
    if (!view->is_help_open)
        draw_hints(ui, view);
    if (view->is_help_open)
        clicks.closes_help = hud_draw_help(ui, view);
    if (*view->toast)
        hud_draw_toast(ui, view);
    return clicks;
}

void hud_reset_story(Ui *ui)
{
    ui_scroll_reset(ui, HUD_STORY_COLUMN);
}
