// hud_size.c: what is written over the picture about size: one to one, the things beside the
// piece, the card that is held against the glass; and the buttons of who leans in.

#include "museum/hud_size.h"

#include "museum/hud_words.h"

#include <math.h>
#include <string.h>

#define EDGE 24.0f
#define BUTTON_HEIGHT 30.0f
#define BUTTON_PAD 14.0f // beside a button's word
#define GAP 8.0f
#define APART_MM 8.0 // between the piece and what lies beside it
#define FOOT 84.0f   // hints, and what is written below a thing

const char *hud_times(const HudSize *size, double times, Arena *arena)
{
    if (!(times > 0))
        return "";
    const char *about = size->source == DISPLAY_TOLD ? "≈ " : "";
    int digits = times >= 100 ? 0 : times >= 9.95 ? 0 : times >= 0.995 ? 1 : 2;
    const char *figures =
        hud_figures(str_format(arena, "%s%.*f×", about, digits, times), arena);
    return str_format(arena, "%s %s", figures, hud_word(WORD_LIFE_SIZE));
}

// ---- buttons, from the right

static bool button(HudRow *row, const char *id, HudWord word, bool is_on)
{
    return hud_row_button(row, id, hud_word(word), is_on);
}

static const HudWord thing_words[THING_COUNT] = {
    [THING_COIN] = WORD_COIN,
    [THING_STAMP] = WORD_STAMP,
    [THING_HAND] = WORD_HAND,
};

static HudWord source_word(DisplaySource source)
{
    static const HudWord table[] = {
        [DISPLAY_UNKNOWN] = WORD_SIZE_UNKNOWN,
        [DISPLAY_TOLD] = WORD_SIZE_TOLD,
        [DISPLAY_CARD] = WORD_SIZE_BY_CARD,
        [DISPLAY_SIMULATED] = WORD_SIZE_SIMULATED,
    };
    return table[source];
}

static void take_row(HudRoom *room, const HudRow *row, float top, float left)
{
    UiRect rect = {left, top, row->right - left, row->lowest - top};
    hud_take(room, hud_place(row->ui, rect));
}

static void draw_true_size(Ui *ui, const HudSize *size, HudRoom *room, HudSizeClicks *clicks,
                           float y)
{
    HudRow row = hud_row(ui, y);
    clicks->calibrates |= button(&row, "size-card", WORD_CARD, false);
    for (int i = THING_COUNT - 1; i >= 0; i--)
        clicks->beside[i] |=
            button(&row, thing_name((Thing)i), thing_words[i], size->is_beside[i]);
    UiTextDesc by = {.text = hud_word(source_word(size->source)),
                     .type = UI_SMALL,
                     .color = size->source == DISPLAY_TOLD ? UI_WARNING : UI_ON_PICTURE};
    UiRect text = ui_measure(ui, &by);
    if (text.width > row.right - row.left - 24) {
        by.width = row.right - row.left - 24;
        text = ui_measure(ui, &by);
        text.width = by.width;
    }
    UiRect plate = {row.right - text.width - 24, row.lowest + GAP, text.width + 24,
                    text.height + 10};
    ui_panel(ui, plate, UI_PANEL_SHADE, 1);
    ui_text(ui, plate.x + 12, plate.y + 5, &by);
    float left = MIN(row.x, plate.x);
    row.lowest = plate.y + plate.height;
    take_row(room, &row, y, left);
}

static void add_buttons(HudRow *row, const HudSize *size, bool has_lens, HudSizeClicks *clicks)
{
    clicks->picture |= button(row, "size-picture", WORD_PHOTOGRAPH, false);
    clicks->orthographic |= button(row, "size-parallel", WORD_PARALLEL, size->is_orthographic);
    clicks->mood |= button(row, "size-mood", WORD_MOOD, size->has_mood);
    clicks->compares |= button(row, "size-compare", WORD_COMPARE, false);
    clicks->label |= hud_row_button(row, "size-label", hud_say("Label"), size->has_label);
    clicks->true_size |= button(row, "size-true", WORD_TRUE_SIZE, size->is_true_size);
    clicks->magnifies |= button(row, "size-lens", WORD_LENS, has_lens);
    if (size->is_diorama)
        clicks->enters |= button(row, "size-enter", WORD_ENTER, false);
    if (size->has_details)
        clicks->shows_details |= button(row, "size-details", WORD_SHOW_DETAILS, false);
}

static void add_times(HudRow *row, const HudSize *size)
{
    Ui *ui = row->ui;
    Scratch scratch = scratch_begin(NULL);
    UiTextDesc times = {
        .text = size->is_true_size ? "1 : 1" : hud_times(size, size->times, scratch.arena),
        .type = UI_SMALL,
        .color = UI_ON_PICTURE};
    if (*times.text) {
        UiRect text = ui_measure(ui, &times);
        UiRect at = hud_row_place(row, text.width + 20);
        if (!row->is_measured) {
            ui_panel(ui, (UiRect){at.x, at.y + 2, at.width, at.height - 4}, UI_PANEL_SHADE, 1);
            ui_text(ui, at.x + 10, at.y + (at.height - text.height) / 2, &times);
        }
    }
    scratch_end(scratch);
}

UiRect hud_measure_size(Ui *ui, const HudSize *size)
{
    HudSizeClicks none = {0};
    HudRow row = hud_row(ui, MIN(EDGE, ui_screen(ui).width * 0.04f));
    float top = row.y;
    row.is_measured = true;
    add_buttons(&row, size, false, &none);
    add_times(&row, size);
    float left = row.lowest > top + ui_target(ui, BUTTON_HEIGHT) ? row.left : row.x;
    return (UiRect){left, top, row.right - left, row.lowest - top};
}

void hud_draw_size(Ui *ui, const HudSize *size, bool has_lens, HudRoom *room,
                   HudSizeClicks *clicks)
{
    HudRow row = hud_row(ui, MIN(EDGE, ui_screen(ui).width * 0.04f));
    hud_mirror(ui, true);
    float top = row.y;
    add_buttons(&row, size, has_lens, clicks);
    add_times(&row, size);
    float left = row.lowest > top + ui_target(ui, BUTTON_HEIGHT) ? row.left : row.x;
    take_row(room, &row, top, left);
    if (size->is_true_size)
        draw_true_size(ui, size, room, clicks, row.lowest + GAP);
    hud_mirror(ui, false);
}

// ---- things

// The words in a stamp's two bands, as large as they are on it.
static void letter_stamp(Ui *ui, const HudSize *size, UiRect rect)
{
    static const char *const words[] = {"POSTAGE", "ONE PENNY"};
    for (int i = 0; i < 2; i++) {
        TextParagraph paragraph = {
            .text = words[i],
            .lang = "en",
            .style = {.family = TEXT_SERIF,
                      .size_px = (float)(2.15 / size->pixel_mm),
                      .weight = TEXT_SEMIBOLD,
                      .line_height = 1,
                      .tracking_em = 0.08f},
        };
        TextPicture text =
            text_cached(ui_text_engine(ui), &(TextFlow){.paragraphs = &paragraph, .count = 1});
        float unit = 1 / ui_px(ui, 1), mm = (float)(unit / size->pixel_mm);
        float width = text.width_px * unit, height = text.height_px * unit;
        float middle = rect.y + (i ? rect.height - 2.0f * mm : 2.0f * mm);
        ui_picture(
            ui, (UiRect){rect.x + (rect.width - width) / 2, middle - height / 2, width, height},
            text.texture);
    }
}

// What is written below a thing.
static void name_thing(Ui *ui, const UiTextDesc *note, UiRect text, UiRect thing)
{
    UiRect screen = ui_screen(ui);
    float x = CLAMP(thing.x + (thing.width - text.width) / 2, 12,
                    MAX(screen.width - text.width - 12, 12));
    float y = MIN(thing.y + thing.height + 8, screen.height - FOOT + 8);
    ui_panel(ui, (UiRect){x - 8, y - 2, text.width + 16, text.height + 6}, UI_PANEL_SHADE, 1);
    ui_text(ui, x, y + 1, note);
}

// To the right of the piece, in a row; where there is no more room, to the left.
void hud_draw_beside(Ui *ui, const HudSize *size)
{
    static const HudWord notes[THING_COUNT] = {
        [THING_COIN] = WORD_COIN_SIZE,
        [THING_STAMP] = WORD_STAMP_SIZE,
        [THING_HAND] = WORD_HAND_SIZE,
    };
    UiRect screen = ui_screen(ui);
    float unit = 1 / ui_px(ui, 1), mm = (float)(unit / size->pixel_mm);
    float apart = (float)APART_MM * mm;
    float right = size->piece_px[2] * unit + apart, left = size->piece_px[0] * unit - apart;
    float foot = MIN(size->piece_px[3] * unit, screen.height - FOOT);
    for (int i = 0; i < THING_COUNT; i++) {
        if (!size->is_beside[i] || !size->things[i].id)
            continue;
        double own[2];
        thing_size_mm((Thing)i, own);
        UiTextDesc note = {
            .text = hud_word(notes[i]), .type = UI_SMALL, .color = UI_ON_PICTURE};
        UiRect text = ui_measure(ui, &note);
        float width = (float)own[0] * mm, height = (float)own[1] * mm;
        float room = MAX(width, text.width + 24), x = right;
        if (right + room < screen.width - 4)
            right += room + apart;
        else if (left - room >= 4)
            x = left = left - room - apart;
        else
            x = screen.width - room - 4;
        float y = MAX(foot - height, MIN(4.0f, screen.height - height));
        UiRect rect = {x + (room - width) / 2, y, width, height};
        ui_picture(ui, rect, size->things[i]);
        if (i == THING_STAMP)
            letter_stamp(ui, size, rect);
        name_thing(ui, &note, text, rect);
    }
}

// ---- the card

static void draw_card(Ui *ui, const Calibration *calibration)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    float unit = 1 / ui_px(ui, 1);
    float mm = (float)(calibration->card_px / DISPLAY_CARD_WIDTH_MM) * unit;
    UiRect card = {0, 0, (float)DISPLAY_CARD_WIDTH_MM * mm, (float)DISPLAY_CARD_HEIGHT_MM * mm};
    card.x = (screen.width - card.width) / 2;
    card.y = (screen.height - card.height) / 2;
    float fill[4], chip[4], edge = 2;
    ui_color(ui, UI_ON_PICTURE, 0.09f, fill);
    ui_color(ui, UI_ON_PICTURE, 0.22f, chip);
    ui_box(ui, card, fill, (float)DISPLAY_CARD_CORNER_MM * mm);
    ui_outline(ui, card, (float)DISPLAY_CARD_CORNER_MM * mm, edge, UI_ON_PICTURE);
    // Where the chip of most cards is: one knows at once how to hold it.
    ui_box(ui, (UiRect){card.x + 10.2f * mm, card.y + 19.2f * mm, 12 * mm, 9.3f * mm}, chip,
           1.4f * mm);
    UiTextDesc size = {.text = hud_figures("85.60 × 53.98 mm", scratch.arena),
                       .type = UI_SMALL,
                       .color = UI_ON_PICTURE,
                       .opacity = 0.6f};
    UiRect text = ui_measure(ui, &size);
    ui_text(ui, card.x + card.width - text.width - 6 * mm,
            card.y + card.height - text.height - 5 * mm, &size);
    // The corner one takes hold of.
    float grip = 12;
    ui_box(ui,
           (UiRect){card.x + card.width - grip * 0.75f, card.y + card.height - grip * 0.75f,
                    grip, grip},
           (float[4]){1, 1, 1, 1}, grip / 2);
    scratch_end(scratch);
}

static void draw_result(Ui *ui, const HudSize *size, float y)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    double pixel_mm = calibration_pixel_mm(size->calibration);
    UiTextDesc text = {
        .text = str_format(
            scratch.arena, "%s  ·  %s %s  ·  %s", size->display,
            hud_figures(str_format(scratch.arena, "%.1f", 25.4 / pixel_mm), scratch.arena),
            hud_word(WORD_PIXELS_AN_INCH), hud_word(source_word(size->source))),
        .type = UI_SMALL,
        .color = UI_ON_PICTURE,
        .opacity = 0.8f,
    };
    UiRect rect = ui_measure(ui, &text);
    ui_text(ui, (screen.width - rect.width) / 2, y, &text);
    scratch_end(scratch);
}

static float answers_width(Ui *ui)
{
    static const HudWord answers[] = {WORD_NOT_NOW, WORD_CARD_FITS};
    float width = GAP;
    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        UiTextDesc text = {.text = hud_word(answers[i]), .type = UI_TEXT};
        width += ui_measure(ui, &text).width + 2 * BUTTON_PAD;
    }
    return width;
}

void hud_draw_calibration(Ui *ui, const HudSize *size, HudSizeClicks *clicks)
{
    UiRect screen = ui_screen(ui);
    // Nothing else is to be seen: the eye compares two edges.
    ui_box(ui, (UiRect){0, 0, screen.width, screen.height}, (float[4]){0.06f, 0.06f, 0.06f, 1},
           0);
    draw_card(ui, size->calibration);
    const UiTextDesc lines[] = {
        {.text = hud_word(WORD_CARD_TITLE), .type = UI_HEADING, .color = UI_ON_PICTURE},
        {.text = hud_word(WORD_CARD_HOW), .type = UI_TEXT, .color = UI_ON_PICTURE},
    };
    float y = EDGE;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        UiRect text = ui_measure(ui, &lines[i]);
        ui_text(ui, (screen.width - text.width) / 2, y, &lines[i]);
        y += text.height + 6;
    }
    float foot = screen.height - EDGE - ui_target(ui, BUTTON_HEIGHT);
    draw_result(ui, size, foot - 28);
    HudRow row = hud_row(ui, foot);
    row.x = (screen.width + answers_width(ui)) / 2;
    hud_mirror(ui, true);
    if (button(&row, "card-later", WORD_NOT_NOW, false))
        clicks->answer = CALIBRATION_NOT_NOW;
    if (button(&row, "card-fits", WORD_CARD_FITS, false))
        clicks->answer = CALIBRATION_FITS;
    hud_mirror(ui, false);
}
