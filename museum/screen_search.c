// screen_search.c: a line one types, what is found by it, and letters for those without keys.

#include "museum/screen_parts.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 40, MOST_LETTERS = 60 };

// ---- rows and letters are there from the start; what changes is what they say

static WidgetId numbered(const Screens *screens, const char *what, uint32_t i)
{
    char name[24];
    snprintf(name, sizeof name, "%s-%u", what, (unsigned)i);
    return widget_find(screens->tree, name);
}

static const char *why_of(const SearchHit *hit, const ScreenFacts *facts, Arena *arena)
{
    if (hit->why)
        return hit->why->shown;
    if (hit->subject->exhibit < 0)
        return hud_say("room");
    const Exhibit *exhibit = &facts->collection->exhibits[hit->subject->exhibit];
    (void)arena;
    return exhibit->record.maker_count
               ? langtext_find(&exhibit->record.makers[0].name, facts->language)
               : "";
}

static void show_hits(Screens *screens, const ScreenFacts *facts)
{
    SearchHit hits[MOST_ROWS];
    uint32_t count = search_find(&screens->index, screens->typed, hits, MOST_ROWS);
    char sum[96];
    for (uint32_t i = 0; i < MOST_ROWS; i++) {
        WidgetId row = numbered(screens, "found", i);
        widget_set_hidden(screens->tree, row, i >= count);
        if (i >= count)
            continue;
        widget_set_text(screens->tree, row, hits[i].subject->title);
        widget_set_note(screens->tree, row, why_of(&hits[i], facts, NULL));
    }
    snprintf(sum, sizeof sum, hud_say_count("%u found", "%u found", count), (unsigned)count);
    Scratch scratch = scratch_begin(&screens->arena);
    widget_set_text(screens->tree, widget_find(screens->tree, "sum"),
                    hud_figures(sum, scratch.arena));
    scratch_end(scratch);
}

static void show_letters(Screens *screens)
{
    SearchLetter letters[MOST_LETTERS];
    if (screens->device == CONTROLS_KEYS)
        return;
    uint32_t count = search_letters(&screens->index, screens->typed, letters, MOST_LETTERS);
    for (uint32_t i = 0; i < MOST_LETTERS; i++) {
        WidgetId key = numbered(screens, "letter", i);
        widget_set_hidden(screens->tree, key, i >= count);
        if (i < count)
            widget_set_text(screens->tree, key, letters[i]);
    }
}

static void show(Screens *screens, const ScreenFacts *facts)
{
    show_hits(screens, facts);
    show_letters(screens);
}

// ---- building

static void make_index(Screens *screens, const ScreenFacts *facts)
{
    if (screens->index.subjects && screens->index_language == facts->language)
        return;
    arena_reset(&screens->index_arena);
    search_make(facts->collection, facts->language, &screens->index_arena, &screens->index);
    screens->index_language = facts->language;
}

static void add_letters(Screens *screens, WidgetId sheet)
{
    WidgetId keys =
        widget_add(screens->tree, sheet, &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_TINY});
    for (uint32_t i = 0; i < MOST_LETTERS; i++) {
        char name[24];
        snprintf(name, sizeof name, "letter-%u", (unsigned)i);
        (void)widget_add(screens->tree, keys,
                         &(WidgetDesc){.kind = WIDGET_BUTTON, .name = name, .is_hidden = true});
    }
    (void)widget_add(
        screens->tree, keys,
        &(WidgetDesc){
            .kind = WIDGET_BUTTON, .name = "blank", .text = "␣", .said = hud_say("Blank")});
    (void)widget_add(screens->tree, keys,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "erase",
                                   .text = "⌫",
                                   .said = hud_say("Delete a letter")});
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_say("Search"), 680, WIDGET_CENTER, true};
    make_index(screens, facts);
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId field =
        widget_add(screens->tree, sheet,
                   &(WidgetDesc){.kind = WIDGET_FIELD,
                                 .name = "words",
                                 .type = STYLE_BODY,
                                 .note = hud_say("Title, maker, material, place")});
    widget_set_text(screens->tree, field, screens->typed);
    if (screens->device != CONTROLS_KEYS)
        add_letters(screens, sheet);
    (void)widget_add(screens->tree, sheet,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .name = "sum",
                                   .type = STYLE_SMALL,
                                   .color = STYLE_INK_SOFT,
                                   .text = "0"});
    WidgetId list =
        widget_add(screens->tree, sheet, &(WidgetDesc){.kind = WIDGET_LIST, .grows = true});
    for (uint32_t i = 0; i < MOST_ROWS; i++) {
        char name[24];
        snprintf(name, sizeof name, "found-%u", (unsigned)i);
        (void)widget_add(
            screens->tree, list,
            &(WidgetDesc){
                .kind = WIDGET_BUTTON, .name = name, .type = STYLE_BODY, .look = WIDGET_ENTRY});
    }
    show(screens, facts);
    if (!*screens->focus)
        snprintf(screens->focus, sizeof screens->focus, "words");
}

// ---- hearing

static void take_typed(Screens *screens, const ScreenFacts *facts)
{
    snprintf(screens->typed, sizeof screens->typed, "%s",
             widget_text(screens->tree, widget_find(screens->tree, "words")));
    show(screens, facts);
}

static void put_typed(Screens *screens, const ScreenFacts *facts, const char *text)
{
    widget_set_text(screens->tree, widget_find(screens->tree, "words"), text);
    take_typed(screens, facts);
}

static void erase_letter(Screens *screens, const ScreenFacts *facts)
{
    char text[sizeof screens->typed];
    memcpy(text, screens->typed, sizeof text);
    size_t length = strlen(text);
    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    if (length > 0)
        text[length - 1] = 0;
    put_typed(screens, facts, text);
}

static ScreenWish go(Screens *screens, uint32_t row)
{
    SearchHit hits[MOST_ROWS];
    uint32_t count = search_find(&screens->index, screens->typed, hits, MOST_ROWS);
    if (row >= MIN(count, (uint32_t)MOST_ROWS))
        return (ScreenWish){.kind = SCREEN_HEARD};
    const SearchSubject *subject = hits[row].subject;
    screens_close(screens);
    if (subject->exhibit >= 0)
        return (ScreenWish){.kind = SCREEN_GOES, .index = subject->exhibit};
    return (ScreenWish){.kind = SCREEN_GOES_ROOM, .index = subject->room};
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    unsigned number;
    char text[sizeof screens->typed + 8];
    if (event->kind == WIDGET_CHANGED && screen_is(event, "words")) {
        take_typed(screens, facts);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind != WIDGET_PRESSED)
        return (ScreenWish){0};
    if (screen_is(event, "words"))
        return go(screens, 0);
    if (sscanf(event->name, "found-%u", &number) == 1)
        return go(screens, number);
    bool is_letter = sscanf(event->name, "letter-%u", &number) == 1;
    if (is_letter || screen_is(event, "blank")) {
        snprintf(text, sizeof text, "%s%s", screens->typed,
                 is_letter ? widget_text(screens->tree, event->id) : " ");
        put_typed(screens, facts, text);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (screen_is(event, "erase")) {
        erase_letter(screens, facts);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    return (ScreenWish){0};
}

const ScreenKind screen_search = {"search", build, hear};
