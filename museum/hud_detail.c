// hud_detail.c: the line below a detail of the story: what it is, which of how many, on and
// back.

#include "museum/hud_detail.h"

#include "museum/hud_words.h"

#define FOOT 64.0f // the row of hints
#define BUTTON 32.0f
#define GAP 14.0f

void hud_draw_detail(Ui *ui, const HudDetail *detail, const char *language, HudRoom *room,
                     HudDetailClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    UiTextDesc title = {.text = langtext_find(&detail->spot->title, language),
                        .lang = langtext_tag(&detail->spot->title, language),
                        .type = UI_TEXT,
                        .color = UI_ON_PICTURE};
    UiTextDesc number = {.text = hud_figures(str_format(scratch.arena, "%u / %u",
                                                        detail->index + 1, detail->count),
                                             scratch.arena),
                         .type = UI_NUMBER,
                         .color = UI_ON_PICTURE,
                         .opacity = 0.75f};
    UiRect name = ui_measure(ui, &title), figures = ui_measure(ui, &number);
    float buttons = 3 * BUTTON + 4 * GAP, figures_width = figures.width + GAP;
    // A long name takes as many lines as it needs.
    float most = screen.width - 48 - buttons - figures_width;
    if (name.width > most) {
        title.width = MAX(most, 80.0f);
        name = ui_measure(ui, &title);
    }
    float width = name.width + figures_width + buttons;
    float height = MAX(name.height, BUTTON) + 12;
    UiRect bar = {(screen.width - width) / 2, screen.height - FOOT - height, width, height};
    float x = bar.x + GAP / 2, y = bar.y + (height - BUTTON) / 2;
    hud_take(room, hud_place(ui, bar));
    hud_mirror(ui, true);
    ui_panel(ui, bar, UI_PANEL_SHADE, 1);
    clicks->step -= ui_symbol(ui, "detail-before", (UiRect){x, y, BUTTON, BUTTON},
                              hud_arrow_back(), hud_say("Previous detail"));
    x += BUTTON + GAP;
    ui_text(ui, x, bar.y + (height - name.height) / 2, &title);
    x += name.width + GAP;
    ui_text(ui, x, bar.y + (height - figures.height) / 2, &number);
    x += figures_width;
    clicks->step += ui_symbol(ui, "detail-next", (UiRect){x, y, BUTTON, BUTTON}, hud_arrow_on(),
                              hud_say("Next detail"));
    x += BUTTON + GAP / 2;
    clicks->leaves |= ui_symbol(ui, "detail-leave", (UiRect){x, y, BUTTON, BUTTON}, "×",
                                hud_word(WORD_CLOSE));
    hud_mirror(ui, false);
    scratch_end(scratch);
}
