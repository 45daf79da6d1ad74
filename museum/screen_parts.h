// screen_parts.h: what the files screen_*.c share; for them alone.

#pragma once
#include "exhibits/model/tongue.h"
#include "museum/hud_words.h"
#include "museum/screens.h"

// How a screen is built, and what an event on it comes to.
typedef struct ScreenKind {
    const char *name;
    void (*build)(Screens *screens, const ScreenFacts *facts);
    ScreenWish (*hear)(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event);
} ScreenKind;

extern const ScreenKind screen_welcome, screen_menu, screen_settings, screen_controls,
    screen_search, screen_tours, screen_cabinet, screen_help, screen_about, screen_story,
    screen_still, screen_staff;

// While a key is asked for, the next one is it. True where it was pressed.
bool screen_listens(Screens *screens, const Input *input, ScreenWish *out);

typedef struct ScreenSheet {
    const char *title;
    float most_width; // units
    WidgetAlign align;
    bool grows; // as high as the picture
} ScreenSheet;

// A sheet with its title and a button that leaves it, "back".
WidgetId screen_sheet(Screens *screens, const ScreenSheet *sheet);
// A column below the title that scrolls by itself.
WidgetId screen_column(Screens *screens, WidgetId sheet, StyleSpace gap);
void screen_heading(Screens *screens, WidgetId parent, const char *text);
void screen_text(Screens *screens, WidgetId parent, const char *text, const char *lang,
                 StyleType type, StyleColor color);

// A story's, once it is laid out: what comes late.
void screen_dress_story(Screens *screens, const ScreenFacts *facts);

static inline bool screen_is(const WidgetEvent *event, const char *name)
{
    const char *own = event->name;
    while (*name && *own == *name)
        own++, name++;
    return *own == *name;
}
