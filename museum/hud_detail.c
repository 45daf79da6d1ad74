// hud_detail.c: the card beside a detail of the story.

#include "museum/hud_detail.h"

#include "exhibits/model/local.h"
#include "museum/hud.h"
#include "museum/hud_words.h"

#define EDGE 24.0f
#define FOOT 64.0f // the row of hints
#define PADDING 20.0f
#define BUTTON 32.0f
#define GAP 14.0f
#define AIR 8.0f      // between the card and what it stays clear of
#define WIDEST 340.0f // of a card
#define NARROWEST 240.0f
#define LEAST_HIGH 150.0f // however little room there is

typedef struct Card {
    const HudDetail *detail;
    const char *language;
    Arena *arena;
} Card;

// Draws nothing but measures when `is_measured`. Gives the height.
static float write_text(Ui *ui, const Card *card, UiRect at, bool is_measured)
{
    const StoryHotspot *spot = card->detail->spot;
    const char *tag = langtext_tag(&spot->text, card->language);
    const struct {
        const char *text, *lang;
        UiType type;
        UiColor color;
        float before;
    } runs[] = {
        {langtext_find(&spot->title, card->language),
         langtext_tag(&spot->title, card->language), UI_HEADING, UI_INK, 0},
        {langtext_find(&spot->text, card->language), tag, UI_BODY, UI_INK, 8},
        {local_language_note(card->language, tag, card->arena), NULL, UI_SMALL, UI_INK_SOFT, 8},
        {hud_found_text(card->detail->exhibit, card->arena), NULL, UI_SMALL, UI_INK_SOFT, 12},
    };
    float y = at.y;
    for (size_t i = 0; i < COUNT_OF(runs); i++) {
        if (!*runs[i].text)
            continue;
        UiTextDesc desc = {.text = runs[i].text,
                           .lang = runs[i].lang,
                           .type = runs[i].type,
                           .color = runs[i].color,
                           .width = at.width};
        y += runs[i].before;
        y += is_measured ? ui_measure(ui, &desc).height : ui_text(ui, at.x, y, &desc).height;
    }
    return y - at.y;
}

static const char *number_text(const Card *card)
{
    return hud_figures(
        str_format(card->arena, "%u / %u", card->detail->index + 1, card->detail->count),
        card->arena);
}

// ---- a place for it

// What stays free of it: all that is written already, and what it tells of.
static HudRoom taken(const HudDetail *detail, const HudRoom *room)
{
    HudRoom all = *room;
    UiRect clear = {detail->clear.x - AIR, detail->clear.y - AIR, detail->clear.width + 2 * AIR,
                    detail->clear.height + 2 * AIR};
    hud_take(&all, clear);
    return all;
}

// As high as its text, or as there is room for: then it scrolls. False where there is too
// little.
static bool fit(Ui *ui, const Card *card, const HudRoom *room, UiRect *rect)
{
    UiRect text = {0, 0, rect->width - 2 * PADDING, 0};
    if (rect->width < NARROWEST)
        return false;
    float high = write_text(ui, card, text, true) + 2 * PADDING + GAP + ui_target(ui, BUTTON);
    float foot = ui_screen(ui).height - FOOT, most = foot - EDGE;
    rect->height = MIN(high, most);
    rect->y = foot - rect->height;
    while (!hud_is_free(room, hud_place(ui, *rect)) && rect->height > LEAST_HIGH) {
        rect->y += 8;
        rect->height -= 8;
    }
    return hud_is_free(room, hud_place(ui, *rect));
}

// Beside what it tells of, where reading begins if it can; below it in upright pictures. Not
// mirrored.
static bool place_card(Ui *ui, const Card *card, const HudRoom *room, UiRect *out)
{
    UiRect screen = ui_screen(ui), clear = hud_place(ui, card->detail->clear);
    HudRoom all = taken(card->detail, room);
    float before = clear.x - 2 * AIR - EDGE;
    float after = screen.width - EDGE - clear.x - clear.width - 2 * AIR;
    float width = MIN(after, WIDEST), whole = MIN(screen.width - 2 * EDGE, 1.4f * WIDEST);
    const UiRect places[] = {
        {EDGE, 0, MIN(before, WIDEST), 0},
        {screen.width - EDGE - width, 0, width, 0},
        {(screen.width - whole) / 2, 0, whole, 0},
    };
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        *out = places[i];
        if (fit(ui, card, &all, out))
            return true;
    }
    return false;
}

// ---- drawing

static void draw_buttons(Ui *ui, const HudDetail *detail, float x, float y,
                         HudDetailClicks *clicks)
{
    const float size = ui_target(ui, BUTTON);
    clicks->step -= ui_symbol(ui, "detail-before", (UiRect){x, y, size, size}, hud_arrow_back(),
                              hud_say("Previous detail"));
    x += size + GAP / 2;
    clicks->step += ui_symbol(ui, "detail-next", (UiRect){x, y, size, size}, hud_arrow_on(),
                              hud_say("Next detail"));
    x += size + GAP / 2;
    clicks->leaves |=
        ui_symbol(ui, "detail-leave", (UiRect){x, y, size, size}, "×", hud_word(WORD_CLOSE));
    x += size + GAP / 2;
    if (detail->has_sound)
        clicks->listens |= ui_symbol(ui, "detail-listen", (UiRect){x, y, size, size},
                                     detail->is_heard ? "■" : "▶",
                                     detail->is_heard ? hud_say("Stop") : hud_say("Listen"));
}

static float buttons_width(const Ui *ui, const HudDetail *detail)
{
    int count = detail->has_sound ? 4 : 3;
    return (float)count * ui_target(ui, BUTTON) + (float)(count - 1) * GAP / 2;
}

static void draw_card(Ui *ui, const Card *card, UiRect rect, HudDetailClicks *clicks)
{
    float foot = rect.y + rect.height - PADDING - ui_target(ui, BUTTON);
    UiRect column = {rect.x, rect.y + PADDING, rect.width, foot - GAP - rect.y - PADDING};
    ui_panel(ui, rect, UI_PANEL_PAPER, 1);
    UiRect text = {rect.x + PADDING, 0, rect.width - 2 * PADDING, 0};
    text.y = ui_scroll_begin(ui, "detail", column);
    ui_scroll_end(ui, text.y + write_text(ui, card, text, false));
    draw_buttons(ui, card->detail, rect.x + PADDING, foot, clicks);
    UiTextDesc number = {.text = number_text(card), .type = UI_NUMBER, .color = UI_INK_SOFT};
    UiRect size = ui_measure(ui, &number);
    ui_text(ui, rect.x + rect.width - PADDING - size.width,
            foot + (ui_target(ui, BUTTON) - size.height) / 2, &number);
}

// A line, where there is no place for a card.
static UiRect draw_line(Ui *ui, const Card *card, HudDetailClicks *clicks)
{
    const LangText *words = &card->detail->spot->title;
    UiRect screen = ui_screen(ui);
    UiTextDesc title = {.text = langtext_find(words, card->language),
                        .lang = langtext_tag(words, card->language),
                        .type = UI_TEXT,
                        .color = UI_ON_PICTURE};
    UiTextDesc number = {
        .text = number_text(card), .type = UI_NUMBER, .color = UI_ON_PICTURE, .opacity = 0.75f};
    UiRect name = ui_measure(ui, &title), figures = ui_measure(ui, &number);
    // A long name takes as many lines as it needs.
    float most =
        screen.width - 2 * EDGE - buttons_width(ui, card->detail) - figures.width - 4 * GAP;
    if (name.width > most) {
        title.width = MAX(most, 80.0f);
        name = ui_measure(ui, &title);
    }
    float width = name.width + figures.width + buttons_width(ui, card->detail) + 4 * GAP;
    float height = MAX(name.height, ui_target(ui, BUTTON)) + 12;
    UiRect bar = {(screen.width - width) / 2, screen.height - FOOT - height, width, height};
    float x = bar.x + GAP;
    ui_panel(ui, bar, UI_PANEL_SHADE, 1);
    ui_text(ui, x, bar.y + (height - name.height) / 2, &title);
    x += name.width + GAP;
    ui_text(ui, x, bar.y + (height - figures.height) / 2, &number);
    draw_buttons(ui, card->detail, x + figures.width + GAP,
                 bar.y + (height - ui_target(ui, BUTTON)) / 2, clicks);
    return bar;
}

void hud_draw_detail(Ui *ui, const HudDetail *detail, const char *language, HudRoom *room,
                     HudDetailClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    Card card = {detail, language, scratch.arena};
    UiRect rect;
    bool has_card = place_card(ui, &card, room, &rect);
    hud_mirror(ui, true);
    if (has_card)
        draw_card(ui, &card, rect, clicks);
    else
        rect = draw_line(ui, &card, clicks);
    hud_mirror(ui, false);
    hud_take(room, hud_place(ui, rect));
    scratch_end(scratch);
}
