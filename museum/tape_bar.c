// tape_bar.c: the tape's bar: its kinds, what to do next, taking back.

#include "museum/hud_words.h"
#include "museum/museum.h"
#include "museum/tape.h"

typedef struct Bar {
    Ui *ui;
    float x, y;
    bool is_measured; // only how wide it is
    bool is_short;    // without what to do next: there is no room for it
} Bar;

#define BAR_BUTTON 30.0f
#define BAR_GAP 8.0f
#define BAR_EDGE 36.0f

static bool bar_button(Bar *bar, const char *id, HudWord word, bool is_chosen)
{
    UiTextDesc text = {.text = hud_word(word), .type = UI_TEXT, .color = UI_INK};
    UiRect rect = {bar->x, bar->y, ui_measure(bar->ui, &text).width + 24, BAR_BUTTON};
    bar->x += rect.width + BAR_GAP;
    if (bar->is_measured)
        return false;
    bool was_clicked = ui_button(bar->ui, id, rect, text.text);
    if (is_chosen) {
        float accent[4];
        ui_color(UI_ACCENT, 1, accent);
        ui_box(bar->ui, (UiRect){rect.x + 6, rect.y + rect.height - 4, rect.width - 12, 2},
               accent, 1);
    }
    return was_clicked;
}

static void bar_text(Bar *bar, const char *text, float least)
{
    UiTextDesc desc = {.text = text, .type = UI_TEXT, .color = UI_INK};
    UiRect size = ui_measure(bar->ui, &desc);
    if (!bar->is_measured)
        ui_text(bar->ui, bar->x + 6, bar->y + (BAR_BUTTON - size.height) / 2, &desc);
    bar->x += MAX(size.width, least) + 12 + BAR_GAP;
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
        bar_text(bar, bar_words(measure), 0);
    if (m->controls.device == CONTROLS_TOUCH && m->lens.is_on)
        clicks->sets_point = bar_button(bar, "tape-set", WORD_SET_POINT_HERE, false);
    clicks->takes_back = bar_button(bar, "tape-undo", WORD_TAKE_BACK, false);
    clicks->clears = bar_button(bar, "tape-clear", WORD_CLEAR, false);
    clicks->closes = bar_button(bar, "tape-close", WORD_CLOSE, false);
}

TapeClicks tape_draw_bar(Museum *m, const HudRoom *room)
{
    TapeClicks clicks = {0};
    if (m->close < 0)
        return clicks;
    UiRect screen = ui_screen(m->ui);
    Bar bar = {.ui = m->ui, .is_measured = true};
    fill_bar(m, &bar, &clicks);
    bool is_short = bar.x - BAR_GAP + 40 > screen.width;
    if (is_short) {
        bar = (Bar){.ui = m->ui, .is_measured = true, .is_short = true};
        fill_bar(m, &bar, &clicks);
    }
    // In the upper left corner, or below what stands there.
    UiRect rect = {BAR_EDGE - 12, 12, bar.x - BAR_GAP + 24, BAR_BUTTON + 20};
    rect.x = MAX(MIN(rect.x, screen.width - rect.width - 8), 8);
    while (!hud_is_free(room, rect) && rect.y + rect.height < screen.height / 2)
        rect.y += 10;
    bar = (Bar){.ui = m->ui, .x = rect.x + 12, .y = rect.y + 10, .is_short = is_short};
    ui_panel(m->ui, rect, UI_PANEL_PAPER, 1);
    fill_bar(m, &bar, &clicks);
    return clicks;
}
