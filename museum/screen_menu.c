// screen_menu.c: the choice of the language, and the menu.

#include "museum/screen_parts.h"

#include "museum/hud_keys.h"

#include <stdio.h>
#include <string.h>

// ---- welcome

static const char *house_title(const ScreenFacts *facts)
{
    const LangText *title = &facts->collection->title;
    return title->count ? langtext_find(title, facts->language) : "Vitrine";
}

static void build_welcome(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_word(WORD_WELCOME), 520, WIDGET_CENTER, false};
    WidgetId sheet = screen_sheet(screens, &look);
    screen_text(screens, sheet, house_title(facts), NULL, STYLE_BODY, STYLE_INK_SOFT);
    WidgetId list = widget_add(screens->tree, sheet, &(WidgetDesc){.gap = STYLE_TINY});
    for (size_t i = 0; i < tongue_count(); i++) {
        const Tongue *tongue = tongue_at(i);
        bool is_spoken = !strcmp(tongue_tag(tongue), tongue_tag(tongue_find(hud_spoken())));
        if (is_spoken && !*screens->focus)
            snprintf(screens->focus, sizeof screens->focus, "%s", tongue_tag(tongue));
        (void)widget_add(screens->tree, list,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = tongue_tag(tongue),
                                       .text = tongue_name(tongue),
                                       .lang = tongue_tag(tongue),
                                       .type = STYLE_HEADING,
                                       .look = WIDGET_ENTRY,
                                       .value = is_spoken});
    }
}

static ScreenWish hear_welcome(Screens *screens, const ScreenFacts *facts,
                               const WidgetEvent *event)
{
    (void)facts;
    for (size_t i = 0; i < tongue_count() && event->kind == WIDGET_PRESSED; i++) {
        if (screen_is(event, tongue_tag(tongue_at(i)))) {
            screens_back(screens);
            return (ScreenWish){.kind = SCREEN_SPEAKS, .index = (int32_t)i};
        }
    }
    return (ScreenWish){0};
}

const ScreenKind screen_welcome = {"welcome", build_welcome, hear_welcome};

// ---- menu

static const struct {
    const char *name, *text, *key;
    bool begins_group;
} entries[] = {
    {"continue", N_("Back to the museum"), N_("Esc"), false},
    {"plan", N_("Floor plan"), "M", false},
    {"search", N_("Search"), NULL, false},
    {"tours", N_("Guided tour"), "U", false},
    {"cabinet", N_("My cabinet"), NULL, false},
    {"settings", N_("Settings"), NULL, true},
    {"welcome", N_("Language"), NULL, false},
    {"help", N_("Help"), "F1", false},
    {"about", N_("About"), NULL, false},
    {"quit", N_("Leave the museum"), N_("Ctrl Q"), true},
    {"done", N_("I have finished looking"), NULL, true},
};

// A kiosk is not left, but a visit to it ends.
static bool is_there(const ScreenFacts *facts, const char *name)
{
    if (!strcmp(name, "tours"))
        return facts->collection->tour_count > 0;
    if (!strcmp(name, "quit") || !strcmp(name, "done"))
        return facts->is_kiosk == !strcmp(name, "done");
    if (!strcmp(name, "cabinet")) // at a kiosk nothing is kept
        return !facts->is_kiosk;
    return true;
}

// What stands at an entry's other side: its key, or the language that is spoken.
static const char *entry_note(const ScreenFacts *facts, size_t i, char *out, size_t size)
{
    bool has_keys = facts->device == CONTROLS_KEYS && entries[i].key;
    if (!strcmp(entries[i].name, "welcome"))
        return tongue_name(tongue_find(hud_spoken()));
    if (!has_keys)
        return NULL;
    hud_write_keys(hud_say(entries[i].key), out, size);
    return out;
}

static void build_menu(Screens *screens, const ScreenFacts *facts)
{
    WidgetId sheet = widget_add(screens->tree, WIDGET_ROOT,
                                &(WidgetDesc){.look = WIDGET_SHEET,
                                              .pad = STYLE_BROAD,
                                              .gap = STYLE_APART,
                                              .most_width = 400,
                                              .align_y = WIDGET_CENTER,
                                              .grows = true});
    screen_text(screens, sheet, house_title(facts), NULL, STYLE_TITLE, STYLE_INK);
    WidgetId list = screen_column(screens, sheet, STYLE_TINY);
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        char note[64];
        if (!is_there(facts, entries[i].name))
            continue;
        if (entries[i].begins_group)
            (void)widget_add(screens->tree, list, &(WidgetDesc){.kind = WIDGET_RULE});
        (void)widget_add(screens->tree, list,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = entries[i].name,
                                       .text = hud_say(entries[i].text),
                                       .note = entry_note(facts, i, note, sizeof note),
                                       .type = STYLE_HEADING,
                                       .look = WIDGET_ENTRY});
    }
    char version[64];
    snprintf(version, sizeof version, "Vitrine %s", facts->version);
    screen_text(screens, sheet, version, "en", STYLE_SMALL, STYLE_INK_SOFT);
}

// Leaving is asked for once more.
static void ask_leaving(Screens *screens)
{
    Widgets *tree = screens->tree;
    WidgetId dialog = widget_find(tree, "leaving");
    if (dialog) {
        widget_set_hidden(tree, dialog, false);
        widgets_focus(tree, widget_find(tree, "stay"));
        return;
    }
    dialog = widget_add(tree, WIDGET_ROOT,
                        &(WidgetDesc){.kind = WIDGET_DIALOG,
                                      .name = "leaving",
                                      .pad = STYLE_BROAD,
                                      .gap = STYLE_WIDE,
                                      .most_width = 460,
                                      .align = WIDGET_CENTER,
                                      .align_y = WIDGET_CENTER});
    screen_text(screens, dialog, hud_say("Leave the museum?"), NULL, STYLE_HEADING, STYLE_INK);
    WidgetId row = widget_add(
        tree, dialog,
        &(WidgetDesc){
            .axis = WIDGET_FLOW, .gap = STYLE_NEAR, .align = WIDGET_END, .fits = true});
    (void)widget_add(tree, row,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "stay",
                                   .type = STYLE_STRONG,
                                   .text = hud_say("Stay")});
    (void)widget_add(tree, row,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "leave",
                                   .type = STYLE_STRONG,
                                   .look = WIDGET_STRONG,
                                   .text = hud_say("Leave")});
    widgets_focus(tree, widget_find(tree, "stay"));
}

static bool is_asking(const Screens *screens)
{
    WidgetId dialog = widget_find(screens->tree, "leaving");
    return dialog && widget_info(screens->tree, dialog).is_shown;
}

static void stop_asking(Screens *screens)
{
    widget_set_hidden(screens->tree, widget_find(screens->tree, "leaving"), true);
    widgets_focus(screens->tree, widget_find(screens->tree, "quit"));
}

static ScreenWish hear_menu(Screens *screens, const ScreenFacts *facts,
                            const WidgetEvent *event)
{
    ScreenId id;
    (void)facts;
    if (is_asking(screens)) {
        if (screen_is(event, "leave"))
            return (ScreenWish){.kind = SCREEN_QUITS};
        stop_asking(screens);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind != WIDGET_PRESSED)
        return (ScreenWish){0};
    if (screen_is(event, "continue")) {
        screens_close(screens);
        return (ScreenWish){.kind = SCREEN_LEAVES};
    }
    if (screen_is(event, "plan")) {
        screens_close(screens);
        return (ScreenWish){.kind = SCREEN_PLANS};
    }
    if (screen_is(event, "done"))
        return (ScreenWish){.kind = SCREEN_DONE};
    if (screen_is(event, "quit"))
        ask_leaving(screens);
    else if (screen_find(event->name, &id))
        screens_open(screens, id);
    return (ScreenWish){0};
}

const ScreenKind screen_menu = {"menu", build_menu, hear_menu};
