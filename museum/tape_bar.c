// tape_bar.c: the tape's bar: its kinds, what to do next, taking back.

#include "museum/hud_words.h"
#include "museum/museum.h"
#include "museum/tape.h"

typedef struct Bar {
    Ui *ui;
    float left, right; // what does not fit between them begins another row
    float x, y;
    float widest;     // of the rows so far
    bool is_measured; // only how large it is
    bool is_short;    // without what to do next: there is no room for it
} Bar;

#define BAR_BUTTON 30.0f
#define BAR_GAP 8.0f
#define BAR_EDGE 36.0f
#define BAR_PAD 12.0f

// The place of something so wide.
static UiRect bar_place(Bar *bar, float width)
{
    if (bar->x > bar->left && bar->x + width > bar->right) {
        bar->x = bar->left;
        bar->y += ui_target(bar->ui, BAR_BUTTON) + BAR_GAP;
    }
    UiRect rect = {bar->x, bar->y, width, ui_target(bar->ui, BAR_BUTTON)};
    bar->x += width + BAR_GAP;
    bar->widest = MAX(bar->widest, rect.x + width - bar->left);
    return rect;
}

static bool bar_button(Bar *bar, const char *id, HudWord word, bool is_chosen)
{
    UiTextDesc text = {.text = hud_word(word), .type = UI_TEXT, .color = UI_INK};
    UiRect rect = bar_place(bar, ui_measure(bar->ui, &text).width + 24);
    if (bar->is_measured)
        return false;
    bool was_clicked = ui_button(bar->ui, id, rect, text.text);
    if (is_chosen) {
        float accent[4];
        ui_color(bar->ui, UI_ACCENT, 1, accent);
        ui_box(bar->ui, (UiRect){rect.x + 6, rect.y + rect.height - 4, rect.width - 12, 2},
               accent, 1);
    }
    return was_clicked;
}

static void bar_text(Bar *bar, const char *text)
{
    UiTextDesc desc = {.text = text, .type = UI_TEXT, .color = UI_INK};
    UiRect size = ui_measure(bar->ui, &desc), rect = bar_place(bar, size.width + 12);
    if (!bar->is_measured)
        ui_text(bar->ui, rect.x + 6, rect.y + (rect.height - size.height) / 2, &desc);
}

static const char *bar_words(const Measure *measure)
{
    return hud_word(measure_open_end(measure) ? WORD_NEXT_POINT : WORD_FIRST_POINT);
}

static void fill_bar(Museum *m, Bar *bar, TapeClicks *clicks)
{
    static const struct {
        const char *id;
        HudWord word;
    } kinds[MEASURE_KIND_COUNT] = {[MEASURE_TAPE] = {"tape-tape", WORD_TAPE},
                                   [MEASURE_CHAIN] = {"tape-chain", WORD_CHAIN},
                                   [MEASURE_ANGLE] = {"tape-angle", WORD_ANGLE}};
    const Measure *measure = tape_measure(m);
    for (int i = 0; i < MEASURE_KIND_COUNT; i++) {
        if (bar_button(bar, kinds[i].id, kinds[i].word, (int)measure->kind == i)) {
            clicks->has_kind = true;
            clicks->kind = (MeasureKind)i;
        }
    }
    if (!bar->is_short)
        bar_text(bar, bar_words(measure));
    if (m->controls.device == CONTROLS_TOUCH && m->lens.is_on)
        clicks->sets_point = bar_button(bar, "tape-set", WORD_SET_POINT_HERE, false);
    clicks->takes_back = bar_button(bar, "tape-undo", WORD_TAKE_BACK, false);
    clicks->clears = bar_button(bar, "tape-clear", WORD_CLEAR, false);
    clicks->closes = bar_button(bar, "tape-close", WORD_CLOSE, false);
}

TapeClicks tape_draw_bar(Museum *m, HudRoom *room)
{
    TapeClicks clicks = {0};
    if (m->close < 0)
        return clicks;
    UiRect screen = ui_screen(m->ui);
    Bar start = {.ui = m->ui, .right = screen.width - 2 * BAR_PAD - 16, .is_measured = true};
    Bar bar = start;
    fill_bar(m, &bar, &clicks);
    if (bar.y > 0) {
        start.is_short = true;
        bar = start;
        fill_bar(m, &bar, &clicks);
    }
    // In the upper left corner, or below what stands there.
    UiRect rect = {BAR_EDGE - BAR_PAD, 12, bar.widest + 2 * BAR_PAD,
                   bar.y + ui_target(m->ui, BAR_BUTTON) + 20};
    rect.x = MAX(MIN(rect.x, screen.width - rect.width - 8), 8);
    while (!hud_is_free(room, hud_place(m->ui, rect)) &&
           rect.y + rect.height < screen.height / 2)
        rect.y += 10;
    hud_take(room, hud_place(m->ui, rect));
    start.left = start.x = rect.x + BAR_PAD;
    start.right += start.left;
    start.y = rect.y + 10;
    start.is_measured = false;
    hud_mirror(m->ui, true);
    ui_panel(m->ui, rect, UI_PANEL_PAPER, 1);
    fill_bar(m, &start, &clicks);
    hud_mirror(m->ui, false);
    return clicks;
}
