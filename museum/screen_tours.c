// screen_tours.c: the tours one can be led on.

#include "museum/screen_parts.h"

#include <stdio.h>

static void build(Screens *screens, const ScreenFacts *facts)
{
    const Collection *collection = facts->collection;
    ScreenSheet look = {hud_say("Guided tour"), 680, WIDGET_CENTER, false};
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId column = screen_column(screens, sheet, STYLE_TINY);
    for (uint32_t i = 0; i < collection->tour_count; i++) {
        const Tour *tour = &collection->tours[i];
        const Exhibit *piece = collection_tour_piece(collection, tour);
        uint32_t minutes = tour_minutes(tour, facts->language);
        char name[24], time[64];
        snprintf(name, sizeof name, "tour-%u", (unsigned)i);
        // Of a piece the title is its own: "In a minute" says of none which it is.
        const LangText *title = piece ? &piece->record.title : &tour->title;
        snprintf(time, sizeof time, hud_say_count("%d minute", "%d minutes", minutes),
                 (int)minutes);
        (void)widget_add(screens->tree, column,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = name,
                                       .text = langtext_find(title, facts->language),
                                       .lang = langtext_tag(title, facts->language),
                                       .note = hud_figures(time, &screens->arena),
                                       .type = STYLE_HEADING,
                                       .look = WIDGET_ENTRY});
    }
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    unsigned number;
    bool is_tour =
        event->kind == WIDGET_PRESSED && sscanf(event->name, "tour-%u", &number) == 1;
    if (!is_tour || number >= facts->collection->tour_count)
        return (ScreenWish){0};
    screens_close(screens);
    return (ScreenWish){.kind = SCREEN_FOLLOWS, .index = (int32_t)number};
}

const ScreenKind screen_tours = {"tours", build, hear};
