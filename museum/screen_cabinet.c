// screen_cabinet.c: what the visitor keeps: collected pieces in their order, with notes, found
// details, photographs and measurements; then pieces of which only such are kept.
//
// Rows are numbered as cabinet_pieces gives them: whoever carries out a wish asks it again.

#include "museum/screen_parts.h"

#include "museum/cabinet.h"

#include <stdio.h>
#include <string.h>

enum { FIELD_BYTES = 240 }; // less than a field holds

// What a row is written with.
typedef struct Pen {
    Screens *screens;
    const ScreenFacts *facts;
    WidgetId card;
    uint32_t number;
    const char *title; // of its piece
    Arena *arena;
} Pen;

static const Exhibit *exhibit_of(const ScreenFacts *facts, const CabinetKey *key)
{
    int32_t index = collection_find_piece(facts->collection, key->pack, key->piece);
    return index < 0 ? NULL : &facts->collection->exhibits[index];
}

static void say(const Pen *pen, const char *text, StyleColor color)
{
    screen_text(pen->screens, pen->card, text, NULL, STYLE_TEXT, color);
}

// "2 details found: Signature, Cord"; of a piece that is not here their names are not known.
static void write_details(const Pen *pen, const CabinetPiece *piece, const Exhibit *exhibit)
{
    if (!piece->detail_count)
        return;
    const char *text = str_format(
        pen->arena, hud_say_count("%d detail found", "%d details found", piece->detail_count),
        (int)piece->detail_count);
    uint32_t named = 0;
    for (uint32_t i = 0; exhibit && i < exhibit->story.hotspot_count; i++) {
        const StoryHotspot *spot = &exhibit->story.hotspots[i];
        if (cabinet_has_detail(pen->facts->cabinet, &piece->key, spot->id))
            text = str_format(pen->arena, "%s%s%s", text, named++ ? " · " : ": ",
                              langtext_find(&spot->title, pen->facts->language));
    }
    say(pen, text, STYLE_INK);
}

static void write_things(const Pen *pen, const CabinetPiece *piece)
{
    static const char *const words[] = {
        [CABINET_PHOTO] = N_("Photograph: %s"), [CABINET_MEASURE] = N_("Measured: %s")};
    CabinetThing *things;
    uint32_t count;
    if (cabinet_things(pen->facts->cabinet, &piece->key, pen->arena, &things, &count))
        return;
    for (uint32_t i = 0; i < count; i++) {
        const char *name = str_copy(pen->arena, path_name(things[i].name));
        say(pen, str_format(pen->arena, hud_say(words[things[i].kind]), name), STYLE_INK_SOFT);
    }
}

static void add_button(const Pen *pen, WidgetId row, const char *what, const char *text)
{
    char name[32];
    snprintf(name, sizeof name, "%s-%u", what, (unsigned)pen->number);
    (void)widget_add(pen->screens->tree, row,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = name,
                                   .text = text,
                                   .said = str_format(pen->arena, "%s: %s", text, pen->title),
                                   .fits = true});
}

static void write_buttons(const Pen *pen, const CabinetPiece *piece, bool is_here)
{
    WidgetId row =
        widget_add(pen->screens->tree, pen->card,
                   &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_NEAR, .fits = true});
    if (is_here)
        add_button(pen, row, "go", hud_say("Go there"));
    if (piece->is_collected) {
        add_button(pen, row, "up", hud_say("Up"));
        add_button(pen, row, "down", hud_say("Down"));
    }
    add_button(pen, row, "drop",
               piece->is_collected ? hud_say("Take out") : hud_say("Collect"));
}

// One that is longer than a field came from elsewhere: it is read, and stays whole.
static void write_note(const Pen *pen, const CabinetPiece *piece)
{
    char name[32];
    if (strlen(piece->note) >= FIELD_BYTES) {
        say(pen, piece->note, STYLE_INK);
        return;
    }
    snprintf(name, sizeof name, "note-%u", (unsigned)pen->number);
    WidgetId field = widget_add(
        pen->screens->tree, pen->card,
        &(WidgetDesc){.kind = WIDGET_FIELD,
                      .name = name,
                      .said = str_format(pen->arena, "%s: %s", hud_say("Note"), pen->title),
                      .note = hud_say("A note of your own")});
    widget_set_text(pen->screens->tree, field, piece->note);
}

static void write_piece(Pen *pen, WidgetId column, const CabinetPiece *piece)
{
    const Exhibit *exhibit = exhibit_of(pen->facts, &piece->key);
    const char *language = pen->facts->language;
    pen->card =
        widget_add(pen->screens->tree, column,
                   &(WidgetDesc){.look = WIDGET_CARD, .pad = STYLE_APART, .gap = STYLE_NEAR});
    pen->title = exhibit ? exhibit_title(exhibit, language) : piece->title;
    screen_text(pen->screens, pen->card, pen->title,
                exhibit ? langtext_tag(&exhibit->record.title, language) : NULL, STYLE_HEADING,
                STYLE_INK);
    if (!exhibit)
        say(pen,
            str_format(pen->arena, hud_say("Not in this house: it belongs to %s (%s)."),
                       *piece->house ? piece->house : piece->key.pack, piece->key.pack),
            STYLE_INK_SOFT);
    write_details(pen, piece, exhibit);
    write_things(pen, piece);
    write_note(pen, piece);
    write_buttons(pen, piece, exhibit && exhibit->place != PLAN_NONE);
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_say("My cabinet"), 720, WIDGET_CENTER, true};
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId column = screen_column(screens, sheet, STYLE_APART);
    Scratch scratch = scratch_begin(&screens->arena);
    Pen pen = {.screens = screens, .facts = facts, .card = column, .arena = scratch.arena};
    CabinetPiece *pieces = NULL;
    uint32_t count = 0;
    if (!facts->cabinet || cabinet_pieces(facts->cabinet, scratch.arena, &pieces, &count))
        count = 0;
    if (!count)
        say(&pen,
            hud_say("Nothing is collected yet. Beside a piece, open its story and choose "
                    "“Collect”."),
            STYLE_INK);
    for (; pen.number < count; pen.number++) {
        if (pen.number > 0 && pieces[pen.number - 1].is_collected &&
            !pieces[pen.number].is_collected)
            screen_heading(screens, column, hud_say("Also kept"));
        write_piece(&pen, column, &pieces[pen.number]);
    }
    scratch_end(scratch);
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    static const struct {
        const char *form;
        ScreenWishKind kind;
        float value;
    } rows[] = {{"go-%u", SCREEN_GOES_KEPT, 0},
                {"up-%u", SCREEN_MOVES_KEPT, -1},
                {"down-%u", SCREEN_MOVES_KEPT, 1},
                {"drop-%u", SCREEN_DROPS_KEPT, 0}};
    unsigned number;
    (void)screens, (void)facts;
    if (event->kind == WIDGET_CHANGED && sscanf(event->name, "note-%u", &number) == 1)
        return (ScreenWish){.kind = SCREEN_NOTES_KEPT, .index = (int32_t)number};
    if (event->kind != WIDGET_PRESSED)
        return (ScreenWish){0};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (sscanf(event->name, rows[i].form, &number) == 1)
            return (ScreenWish){rows[i].kind, (int32_t)number, rows[i].value};
    return (ScreenWish){0};
}

const ScreenKind screen_cabinet = {"cabinet", build, hear};
