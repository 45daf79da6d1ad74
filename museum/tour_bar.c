// tour_bar.c: what is written over the picture of a tour: its words, how far it has come, its
// buttons; and the button that begins it.

#include "museum/tour_bar.h"

#include "museum/hud_words.h"

#include <math.h>
#include <string.h>

#define EDGE 24.0f
#define PADDING 22.0f
#define WIDTH 880.0f // with lines that are still read at a glance
#define BUTTON 34.0f
#define GAP 12.0f
#define TICK 4.0f       // it grows by so much: not every frame is another picture
#define LOWEST 300.0f   // of the button that begins it
#define LINE 3.0f       // of time, high
#define SMALLEST 300.0f // of the picture that stays free, wide and high

// What is read while nothing is heard, or comes and goes with what is.
static bool has_cues(const TourBar *bar)
{
    return bar->narration && bar->narration->subject.of == NARRATION_OF_STEP &&
           bar->narration->cue;
}

static bool is_heard(const TourBar *bar)
{
    return bar->narration && bar->narration->subject.of == NARRATION_OF_STEP &&
           bar->narration->is_heard;
}

static UiTextDesc words_of(const TourBar *bar, float width)
{
    const TourStep *step = tour_step(bar->play);
    if (is_heard(bar) && !bar->has_captions)
        return (UiTextDesc){.text = "", .type = UI_BODY, .width = width};
    if (has_cues(bar))
        return (UiTextDesc){.text = bar->narration->cue,
                            .lang = bar->narration->captions_lang,
                            .type = UI_BODY,
                            .color = UI_INK,
                            .width = width};
    return (UiTextDesc){.text = langtext_find(&step->caption, bar->language),
                        .lang = langtext_tag(&step->caption, bar->language),
                        .type = UI_BODY,
                        .color = UI_INK,
                        .width = width};
}

static float cue_height(Ui *ui)
{
    return ui_measure(ui, &(UiTextDesc){.text = "I\nI", .type = UI_BODY}).height;
}

// Not mirrored.
static UiRect place_bar(Ui *ui, const TourBar *bar)
{
    UiRect screen = ui_screen(ui);
    float width = MIN(WIDTH, screen.width - 2 * EDGE);
    UiTextDesc words = words_of(bar, width - 2 * PADDING);
    float text = *words.text ? ui_measure(ui, &words).height : 0;
    if (has_cues(bar) && bar->has_captions) // they come and go, and the bar stays
        text = MAX(text, cue_height(ui));
    text += text > 0 ? GAP : 0;
    float height = MIN(text + ui_target(ui, BUTTON) + 1.6f * PADDING, screen.height * 0.6f);
    return (UiRect){(screen.width - width) / 2, screen.height - height - EDGE, width, height};
}

float tour_bar_height(Ui *ui, const TourBar *bar)
{
    return place_bar(ui, bar).height + 2 * EDGE;
}

uint32_t tour_bar_frames(Ui *ui, const TourBar *bar, VisitorFrame out[VISITOR_FRAMES])
{
    UiRect screen = ui_screen(ui);
    float bottom = screen.height - tour_bar_height(ui, bar);
    if (screen.width < SMALLEST || bottom - EDGE < SMALLEST)
        return 0;
    out[0] = (VisitorFrame){EDGE / screen.width, EDGE / screen.height,
                            (screen.width - EDGE) / screen.width, bottom / screen.height};
    return 1;
}

static float button_width(Ui *ui, const char *text)
{
    return ui_measure(ui, &(UiTextDesc){.text = text, .type = UI_TEXT}).width + 30;
}

// How much of the step's time has gone.
static void draw_time(Ui *ui, const TourBar *bar, UiRect panel)
{
    float rgba[4];
    UiRect line = {panel.x + PADDING, panel.y + panel.height - LINE - 6,
                   panel.width - 2 * PADDING, LINE};
    ui_color(ui, UI_LINE, 1, rgba);
    ui_box(ui, line, rgba, LINE / 2);
    line.width = floorf(line.width * tour_part(bar->play) / TICK) * TICK;
    ui_color(ui, UI_ACCENT, 1, rgba);
    if (line.width > LINE)
        ui_box(ui, line, rgba, LINE / 2);
}

static void draw_buttons(Ui *ui, const TourBar *bar, UiRect row, TourBarClicks *clicks)
{
    const TourPlay *play = bar->play;
    const char *pause = play->is_paused ? hud_say("Go on") : hud_say("Pause");
    float wide = MAX(button_width(ui, hud_say("Go on")), button_width(ui, hud_say("Pause")));
    float x = row.x;
    clicks->step -= ui_symbol(ui, "tour-back",
                              (UiRect){x, row.y, ui_target(ui, BUTTON), ui_target(ui, BUTTON)},
                              hud_arrow_back(), hud_say("Previous step"));
    x += ui_target(ui, BUTTON) + GAP;
    clicks->pauses =
        ui_button(ui, "tour-pause", (UiRect){x, row.y, wide, ui_target(ui, BUTTON)}, pause);
    x += wide + GAP;
    clicks->step += ui_symbol(ui, "tour-on",
                              (UiRect){x, row.y, ui_target(ui, BUTTON), ui_target(ui, BUTTON)},
                              hud_arrow_on(), hud_say("Next step"));
    x += ui_target(ui, BUTTON) + GAP;
    const char *end = hud_say("End the tour");
    float end_wide = button_width(ui, end);
    UiRect last = {row.x + row.width - end_wide, row.y, end_wide, ui_target(ui, BUTTON)};
    clicks->ends = ui_button(ui, "tour-end", last, end);
    Scratch scratch = scratch_begin(NULL);
    UiTextDesc where = {.text = hud_figures(str_format(scratch.arena, "%u / %u", play->step + 1,
                                                       play->tour->step_count),
                                            scratch.arena),
                        .type = UI_NUMBER,
                        .color = UI_INK_SOFT};
    UiRect size = ui_measure(ui, &where);
    ui_text(ui, x, row.y + (ui_target(ui, BUTTON) - size.height) / 2, &where);
    x += size.width + GAP;
    UiTextDesc title = {.text = langtext_find(&bar->tour->title, bar->language),
                        .lang = langtext_tag(&bar->tour->title, bar->language),
                        .type = UI_SMALL,
                        .color = UI_INK_SOFT,
                        .width = last.x - x - GAP,
                        .max_lines = 1};
    if (title.width > 60) {
        size = ui_measure(ui, &title);
        ui_text(ui, x, row.y + (ui_target(ui, BUTTON) - size.height) / 2, &title);
    }
    scratch_end(scratch);
}

static void draw_invitation(Ui *ui, const TourBar *bar, UiRect row)
{
    UiTextDesc words = {.text = bar->invitation,
                        .type = UI_HEADING,
                        .color = UI_ACCENT,
                        .width = row.width,
                        .max_lines = 1};
    UiRect size = ui_measure(ui, &words);
    words.width = 0;
    ui_text(ui, row.x + (row.width - size.width) / 2, row.y + (BUTTON - size.height) / 2,
            &words);
}

void tour_bar_draw(Ui *ui, const TourBar *bar, HudRoom *room, TourBarClicks *clicks)
{
    UiRect panel = place_bar(ui, bar);
    hud_take(room, hud_place(ui, panel));
    hud_mirror(ui, true);
    ui_panel(ui, panel, UI_PANEL_PAPER, 1);
    UiRect row = {panel.x + PADDING,
                  panel.y + panel.height - ui_target(ui, BUTTON) - 0.8f * PADDING,
                  panel.width - 2 * PADDING, ui_target(ui, BUTTON)};
    UiRect inside = {panel.x, panel.y + 0.8f * PADDING, panel.width,
                     row.y - panel.y - 0.8f * PADDING - GAP / 2};
    UiTextDesc words = words_of(bar, row.width);
    if (*words.text) {
        float y = ui_scroll_begin(ui, "tour-words", inside);
        ui_scroll_end(ui, y + ui_text(ui, row.x, y, &words).height);
    }
    if (bar->invitation)
        draw_invitation(ui, bar, row);
    else
        draw_buttons(ui, bar, row, clicks);
    draw_time(ui, bar, panel);
    hud_mirror(ui, false);
}

// "Tour: In eight minutes", or where one left it.
static const char *call_text(const TourBar *bar, Arena *arena)
{
    if (bar->play->state == TOUR_LEFT)
        return hud_figures(str_format(arena, "%s (%u / %u)", hud_say("Back to the tour"),
                                      bar->play->step + 1, bar->tour->step_count),
                           arena);
    uint32_t minutes = tour_minutes(bar->tour, bar->language);
    const char *time =
        str_format(arena, hud_say_count("%d minute", "%d minutes", minutes), (int)minutes);
    return str_format(arena, "%s · %s", hud_say("Guided tour"), hud_figures(time, arena));
}

void tour_bar_draw_call(Ui *ui, const TourBar *bar, HudRoom *room, TourBarClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    const char *text = call_text(bar, scratch.arena);
    UiRect place = {EDGE, EDGE, button_width(ui, text), ui_target(ui, BUTTON)};
    UiRect all = place;
    all.width += bar->play->state == TOUR_LEFT ? GAP + ui_target(ui, BUTTON) : 0;
    while (!hud_is_free(room, hud_place(ui, all)) && all.y < LOWEST)
        all.y += 8; // below the buttons
    place.y = all.y;
    hud_mirror(ui, true);
    clicks->begins = ui_button(ui, "tour-begin", place, text);
    if (bar->play->state == TOUR_LEFT) {
        UiRect end = {place.x + place.width + GAP, place.y, ui_target(ui, BUTTON),
                      ui_target(ui, BUTTON)};
        clicks->ends = ui_symbol(ui, "tour-forget", end, "×", hud_say("End the tour"));
    }
    hud_mirror(ui, false);
    hud_take(room, hud_place(ui, all));
    scratch_end(scratch);
}
