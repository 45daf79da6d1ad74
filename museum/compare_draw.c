// compare_draw.c: what is written over a comparison, and the list of what there is to compare.

#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <string.h>

#define EDGE 24.0f
#define PAD 12.0f
#define GAP 8.0f
#define BUTTON 30.0f
#define LIST_WIDTH 460.0f
#define LIST_PAD 22.0f
#define ROW 38.0f
#define BAR_ABOVE 22.0f // the foot, as much
#define TOAST_FADE_S 0.6

// ---- the list

static void draw_row_text(Museum *m, UiRect rect, const Exhibit *exhibit, const char *title)
{
    UiTextDesc size = {.text = exhibit_size(exhibit, m->language, &m->frame),
                       .type = UI_SMALL,
                       .color = UI_INK_SOFT};
    UiRect wide = ui_measure(m->ui, &size);
    UiTextDesc name = {.text = title,
                       .lang = langtext_tag(&exhibit->record.title, m->language),
                       .type = UI_TEXT,
                       .color = UI_INK,
                       .width = rect.width - wide.width - 3 * PAD,
                       .max_lines = 1};
    UiRect high = ui_measure(m->ui, &name);
    ui_text(m->ui, rect.x + PAD, rect.y + (rect.height - high.height) / 2, &name);
    ui_text(m->ui, rect.x + rect.width - PAD - wide.width,
            rect.y + (rect.height - wide.height) / 2, &size);
}

// The same piece first, then all that can be shown. Gives how many.
static uint32_t list_pieces(const Museum *m, uint32_t *pieces)
{
    uint32_t count = 0,
             same = m->compare.is_on ? m->compare.halves[0].exhibit : (uint32_t)m->close;
    pieces[count++] = same;
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        const Exhibit *exhibit = &m->collection.exhibits[i];
        if (i != same && exhibit->place != PLAN_NONE && exhibit->phase != EXHIBIT_RESTORATION)
            pieces[count++] = i;
    }
    return count;
}

static void draw_pieces(Museum *m, UiRect at, const uint32_t *pieces, uint32_t first,
                        uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const Exhibit *exhibit = &m->collection.exhibits[pieces[i]];
        const char *title = i ? exhibit_title(exhibit, m->language) : hud_word(WORD_SAME_PIECE);
        const char *id = str_format(&m->frame, "compare-%u", (unsigned)pieces[i]);
        if (ui_symbol(m->ui, id, at, "", title)) {
            m->compare.has_chosen = true;
            m->compare.chosen = pieces[i];
        }
        draw_row_text(m, at, exhibit, title);
        if (m->compare.takes_focus && i == first)
            ui_focus(m->ui, id);
        at.y += ui_target(m->ui, ROW - 6) + 6;
    }
    m->compare.takes_focus = false;
}

void compare_draw_choice(Museum *m)
{
    UiRect screen = ui_screen(m->ui);
    uint32_t *pieces =
        ARENA_ARRAY(&m->frame, uint32_t, (size_t)m->collection.exhibit_count + 1);
    uint32_t count = list_pieces(m, pieces);
    float around = 2 * LIST_PAD + 34 + ui_target(m->ui, BUTTON) + PAD;
    uint32_t rows =
        (uint32_t)MAX((screen.height - 2 * EDGE - around) / (ui_target(m->ui, ROW - 6) + 6), 1);
    uint32_t shown = MIN(rows, count), pages = (count + rows - 1) / rows;
    uint32_t first = m->compare.page % pages * rows;
    float height = around + (float)shown * (ui_target(m->ui, ROW - 6) + 6),
          width = MIN(LIST_WIDTH, screen.width - 2 * EDGE);
    UiRect rect = {(screen.width - width) / 2, (screen.height - height) / 2, width, height};
    hud_mirror(m->ui, true);
    ui_panel(m->ui, rect, UI_PANEL_PAPER, 1);
    UiTextDesc title = {
        .text = hud_word(WORD_COMPARE_WITH), .type = UI_HEADING, .color = UI_INK};
    ui_text(m->ui, rect.x + LIST_PAD, rect.y + LIST_PAD - 4, &title);
    UiRect row = {rect.x + LIST_PAD, rect.y + LIST_PAD + 34, width - 2 * LIST_PAD,
                  ui_target(m->ui, ROW - 6)};
    draw_pieces(m, row, pieces, first, MIN(first + rows, count));
    UiRect button = {rect.x + width - LIST_PAD - 110,
                     rect.y + height - LIST_PAD - ui_target(m->ui, BUTTON), 110,
                     ui_target(m->ui, BUTTON)};
    if (ui_button(m->ui, "compare-close", button, hud_word(WORD_CLOSE)))
        compare_choose(m, false);
    button.x -= 110 + GAP;
    if (pages > 1 && ui_button(m->ui, "compare-more", button, hud_word(WORD_MORE_PIECES)))
        m->compare.page++;
    hud_mirror(m->ui, false);
}

// ---- below the halves

typedef struct Line {
    const char *text;
    UiType type;
    float opacity;
    int max_lines;
} Line;

enum { LINE_COUNT = 3 };

static UiTextDesc line_text(const Museum *m, const Exhibit *exhibit, const Line *line,
                            float width)
{
    return (UiTextDesc){.text = line->text,
                        .lang = langtext_tag(&exhibit->record.title, m->language),
                        .type = line->type,
                        .color = UI_ON_PICTURE,
                        .align = TEXT_CENTER,
                        .width = width,
                        .max_lines = line->max_lines,
                        .opacity = line->opacity};
}

static void fill_lines(Museum *m, const Exhibit *exhibit, Line lines[LINE_COUNT])
{
    const Record *record = &exhibit->record;
    const char *thanks = langtext_find(&record->required_statement, m->language);
    if (!*thanks)
        thanks = langtext_find(&record->credit_line, m->language);
    if (!*thanks && record->rights)
        thanks = record->rights;
    lines[0] = (Line){exhibit_title(exhibit, m->language), UI_HEADING, 1, 1};
    lines[1] = (Line){exhibit->phase == EXHIBIT_RESTORATION
                          ? hud_word(WORD_RESTORATION)
                          : exhibit_size(exhibit, m->language, &m->frame),
                      UI_SMALL, 1, 1};
    lines[2] = (Line){thanks, UI_SMALL, 0.75f, 2};
}

// A piece's name, size, and whom one has to thank. Gives its height; without `room` it is only
// measured.
static float draw_name(Museum *m, int index, float height, HudRoom *room)
{
    const Compare *compare = &m->compare;
    const Exhibit *exhibit = &m->collection.exhibits[compare->halves[index].exhibit];
    UiRect screen = ui_screen(m->ui);
    float half = screen.width / 2, width = half - 2 * EDGE, wide = 0, used = 0;
    Line lines[LINE_COUNT];
    UiRect sizes[LINE_COUNT] = {{0}};
    fill_lines(m, exhibit, lines);
    for (int i = 0; i < LINE_COUNT; i++) {
        UiTextDesc text = line_text(m, exhibit, &lines[i], width - 2 * PAD);
        sizes[i] = ui_measure(m->ui, &text);
        text.width = 0; // as long as it is
        wide = MAX(wide, ui_measure(m->ui, &text).width + 4);
        used += sizes[i].height;
    }
    if (!room)
        return used + 14;
    wide = MIN(wide + 2 * PAD, width);
    UiRect rect = {(float)index * half + (half - wide) / 2, screen.height - EDGE / 2 - height,
                   wide, height};
    if (!hud_is_free(room, rect))
        return 0; // in small windows: what the lens says is there
    hud_take(room, rect);
    ui_panel(m->ui, rect, UI_PANEL_SHADE, 1);
    float y = rect.y + 7;
    for (int i = 0; i < LINE_COUNT; i++) {
        UiTextDesc text = line_text(m, exhibit, &lines[i], wide - 2 * PAD);
        ui_text(m->ui, rect.x + PAD, y, &text);
        y += sizes[i].height;
    }
    // Whose half it is that listens.
    bool is_marked =
        compare->active == index && (compare->is_free || compare->halves[0].lens.is_on);
    float accent[4];
    ui_color(m->ui, UI_ACCENT, 1, accent);
    if (is_marked)
        ui_box(m->ui, (UiRect){rect.x, rect.y, rect.width, 3}, accent, 1.5f);
    return height;
}

// ---- above

static void draw_buttons(Museum *m, HudRoom *room)
{
    Compare *compare = &m->compare;
    HudRow row = hud_row(m->ui, EDGE);
    hud_mirror(m->ui, true);
    compare->leaves |=
        hud_row_button(&row, "compare-leave", hud_word(WORD_LEAVE_COMPARISON), false);
    if (hud_row_button(&row, "compare-link", hud_word(WORD_LINKED), !compare->is_free))
        compare->is_free = !compare->is_free;
    if (hud_row_button(&row, "compare-other", hud_word(WORD_ANOTHER_PIECE), false))
        compare_choose(m, true);
    hud_mirror(m->ui, false);
    float left = row.lowest > EDGE + ui_target(m->ui, BUTTON) ? row.left : row.x;
    UiRect rect = {left, EDGE, row.right - left, row.lowest - EDGE};
    hud_take(room, hud_place(m->ui, rect));
}

static void draw_hints(Museum *m, HudRoom *room)
{
    static const struct {
        const char *keys[3]; // by device
        HudWord word;
    } hints[] = {
        {{"Esc", "B", NULL}, WORD_LEAVE_COMPARING},
        {{"G", "X", NULL}, WORD_MAGNIFIER},
        {{"K", "Y", NULL}, WORD_LINK},
        {{"J", "Back", NULL}, WORD_OTHER_HALF},
    };
    ControlsDevice device = m->controls.device;
    float x = EDGE, width = 0;
    for (size_t i = 0; i < COUNT_OF(hints) && hints[i].keys[device]; i++)
        width += ui_key_hint(m->ui, 0, 0, hints[i].keys[device], hud_word(hints[i].word), true)
                     .width +
                 20;
    UiRect plate = {x, EDGE - 2, width + 4, ui_target(m->ui, BUTTON) + 4};
    UiRect at = hud_place(m->ui, plate);
    if (width <= 0 || x + width > ui_screen(m->ui).width || !hud_is_free(room, at))
        return;
    hud_take(room, at);
    hud_mirror(m->ui, true);
    ui_panel(m->ui, plate, UI_PANEL_SHADE, 1);
    x += PAD;
    for (size_t i = 0; i < COUNT_OF(hints); i++) {
        const char *word = hud_word(hints[i].word);
        UiRect size = ui_key_hint(m->ui, 0, 0, hints[i].keys[device], word, true);
        ui_key_hint(m->ui, x, EDGE + (ui_target(m->ui, BUTTON) - size.height) / 2,
                    hints[i].keys[device], word, false);
        x += size.width + 20;
    }
    hud_mirror(m->ui, false);
}

// ---- all of it

static void draw_lens(Museum *m, int index, const RenderLens *shown, const HudSize *size,
                      float foot, HudRoom *room)
{
    CompareHalf *half = &m->compare.halves[index];
    if (!half->lens.is_on)
        return;
    const Viewport *port = &half->view.viewport;
    const float sides_px[2] = {port->x, port->x + port->width};
    HudLens view = museum_hud_lens(m, &half->lens, shown, size, sides_px);
    HudLensClicks clicks = {0};
    view.foot = foot;
    hud_draw_lens(m->ui, &view, room, &clicks);
    museum_hear_lens(&half->lens, &clicks, shown->radius_px);
}

// A lens held low is looked at, and what is written below it steps aside.
static bool is_lens_over(const Museum *m, const RenderLens *lens, float foot)
{
    float end = ui_px(m->ui, ui_screen(m->ui).height - foot);
    return lens->radius_px > 0 && lens->center_px[1] + lens->radius_px > end;
}

static void draw_halves(Museum *m, const RenderList *list, HudRoom *room)
{
    UiRect screen = ui_screen(m->ui);
    HudSize size = museum_hud_size(m);
    float high = MAX(draw_name(m, 0, 0, NULL), draw_name(m, 1, 0, NULL)), line[4];
    float foot = high + EDGE / 2;
    ui_color(m->ui, UI_ON_PICTURE, 0.3f, line);
    ui_box(m->ui, (UiRect){screen.width / 2 - 0.5f, 0, 1, screen.height}, line, 0);
    draw_lens(m, 0, &list->lens, &size, foot, room);
    draw_lens(m, 1, &list->other_lens, &size, foot, room);
    if (!is_lens_over(m, &list->lens, foot))
        (void)draw_name(m, 0, high, room);
    if (!is_lens_over(m, &list->other_lens, foot))
        (void)draw_name(m, 1, high, room);
    float length = (float)magnifier_bar(m->um_per_pixel).length_px / ui_px(m->ui, 1) + 20;
    UiRect bar = {(screen.width - length) / 2, screen.height - foot - BAR_ABOVE - 22, length,
                  32};
    if (hud_is_free(room, bar))
        hud_draw_bar(m->ui, m->um_per_pixel, screen.width / 2,
                     screen.height - foot - BAR_ABOVE);
}

void compare_write_over(Museum *m, const Input *input, RenderList *list)
{
    museum_begin_ui(m, input);
    museum_draw_backdrop(m);
    HudView view = {.device = m->controls.device,
                    .toast = m->toast.left_s > 0 ? m->toast.text : "",
                    .toast_opacity = (float)MIN(m->toast.left_s / TOAST_FADE_S, 1)};
    HudRoom room = {0};
    if (!m->compare.is_choosing)
        draw_buttons(m, &room);
    draw_hints(m, &room);
    draw_halves(m, list, &room);
    if (m->compare.is_choosing)
        compare_draw_choice(m);
    if (*view.toast)
        hud_draw_toast(m->ui, &view, &room);
    if (m->overlay.is_open)
        museum_draw_overlay(m);
    museum_draw_screens(m, input, true);
    list->quads = ui_end(m->ui, &list->quad_count);
}
