// screen_about.c: whom one has to thank: for the pieces, the program, its libraries and fonts.

#include "museum/screen_parts.h"

#include <string.h>

// What is linked with the program, and its licence by SPDX.
static const char *const libraries[][2] = {
    {"SDL 2", "Zlib"},
    {"PhysicsFS", "Zlib"},
    {"zlib", "Zlib"},
    {"Jansson", "MIT"},
    {"cglm", "MIT"},
    {"meshoptimizer", "MIT"},
    {"glad", "MIT"},
    {"libspng", "BSD-2-Clause"},
    {"libjpeg-turbo", "BSD-3-Clause, IJG"},
    {"libwebp", "BSD-3-Clause"},
    {"libsodium", "ISC"},
    {"Pango", "LGPL-2.0-or-later"},
    {"GLib", "LGPL-2.1-or-later"},
    {"FriBidi", "LGPL-2.1-or-later"},
    {"Cairo", "LGPL-2.1-only, MPL-1.1"},
    {"HarfBuzz", "MIT"},
    {"Fontconfig", "MIT"},
    {"FreeType", "FTL, GPL-2.0-or-later"},
};

static const char *const fonts[][2] = {
    {"EB Garamond", "OFL-1.1"},
    {"Inter", "OFL-1.1"},
    {"Noto", "OFL-1.1"},
};

static void add_licences(Screens *screens, WidgetId column, const char *const (*table)[2],
                         size_t count)
{
    Scratch scratch = scratch_begin(&screens->arena);
    const char *text = "";
    for (size_t i = 0; i < count; i++) // what belongs together stays on one line
        text = str_format(scratch.arena, "%s%s%s (%s)", text, i ? " · " : "", table[i][0],
                          table[i][1]);
    screen_text(screens, column, text, "en", STYLE_TEXT, STYLE_INK);
    scratch_end(scratch);
}

// Pieces one after the other whose thanks are the same are thanked for together.
static bool has_same_rights(const ScreenFacts *facts, uint32_t i, Arena *arena)
{
    const Collection *collection = facts->collection;
    if (i + 1 >= collection->exhibit_count)
        return false;
    return !strcmp(exhibit_rights(&collection->exhibits[i], facts->language, arena),
                   exhibit_rights(&collection->exhibits[i + 1], facts->language, arena));
}

static void add_pieces(Screens *screens, WidgetId column, const ScreenFacts *facts)
{
    Scratch scratch = scratch_begin(&screens->arena);
    const Collection *collection = facts->collection;
    const char *titles = "";
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        const Exhibit *exhibit = &collection->exhibits[i];
        titles = str_format(scratch.arena, "%s%s%s", titles, *titles ? " · " : "",
                            exhibit_title(exhibit, facts->language));
        if (has_same_rights(facts, i, scratch.arena))
            continue;
        const char *lang = langtext_tag(&exhibit->record.title, facts->language);
        WidgetId piece = widget_add(screens->tree, column, &(WidgetDesc){.gap = STYLE_TINY});
        screen_text(screens, piece, titles, lang, STYLE_BODY, STYLE_INK);
        screen_text(screens, piece, exhibit_rights(exhibit, facts->language, scratch.arena),
                    langtext_tag(&exhibit->record.required_statement, facts->language),
                    STYLE_SMALL, STYLE_INK_SOFT);
        titles = "";
    }
    scratch_end(scratch);
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_say("About"), 760, WIDGET_CENTER, true};
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId column = screen_column(screens, sheet, STYLE_APART);
    Scratch scratch = scratch_begin(&screens->arena);
    screen_text(screens, column, str_format(scratch.arena, "Vitrine %s · 0BSD", facts->version),
                "en", STYLE_STRONG, STYLE_INK);
    scratch_end(scratch);
    screen_heading(screens, column, hud_say("The pieces, and what may be done with them"));
    add_pieces(screens, column, facts);
    (void)widget_add(screens->tree, column, &(WidgetDesc){.kind = WIDGET_RULE});
    screen_heading(screens, column, hud_say("Libraries"));
    add_licences(screens, column, libraries, COUNT_OF(libraries));
    screen_heading(screens, column, hud_say("Typefaces"));
    add_licences(screens, column, fonts, COUNT_OF(fonts));
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    (void)screens;
    (void)facts;
    (void)event;
    return (ScreenWish){0};
}

const ScreenKind screen_about = {"about", build, hear};
