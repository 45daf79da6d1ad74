// aloud.c: what is said of a screen to those who do not see it.

#include "museum/aloud.h"

#include "museum/hud_words.h"

#include <string.h>

void aloud_add(Aloud *aloud, const char *text, const char *lang)
{
    if (text && *text && aloud->count < ALOUD_MAX_PARTS)
        aloud->parts[aloud->count++] = (AloudPart){text, lang};
}

uint64_t aloud_hash(const Aloud *aloud)
{
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (uint32_t i = 0; i < aloud->count; i++)
        for (const char *at = aloud->parts[i].text; *at; at++)
            hash = (hash ^ (uint8_t)*at) * 0x100000001b3u;
    return aloud->count ? hash : 0;
}

// ---- titles

static bool is_title(const WidgetInfo *info, bool is_beside)
{
    bool is_large = info->type == STYLE_TITLE || info->type == STYLE_DISPLAY;
    return info->kind == WIDGET_TEXT && info->is_shown &&
           (is_large || (is_beside && info->type == STYLE_HEADING));
}

static WidgetId last_dialog(const Widgets *tree)
{
    WidgetId dialog = 0;
    for (WidgetId id = WIDGET_ROOT; id; id = widgets_read_on(tree, id)) {
        WidgetInfo info = widget_info(tree, id);
        if (info.kind == WIDGET_DIALOG && info.is_shown)
            dialog = id;
    }
    return dialog;
}

static WidgetId find_title(const Widgets *tree, bool is_beside)
{
    WidgetId dialog = last_dialog(tree);
    for (WidgetId id = dialog ? dialog : WIDGET_ROOT; id; id = widgets_read_on(tree, id)) {
        WidgetInfo info = widget_info(tree, id);
        if (is_title(&info, is_beside) || (dialog && info.kind == WIDGET_TEXT && info.is_shown))
            return id;
    }
    return 0;
}

// What the screen is called stands first; beside the picture it is smaller; within a dialog,
// whatever it says first.
static WidgetId title_of(const Widgets *tree)
{
    WidgetId title = find_title(tree, false);
    return title ? title : find_title(tree, true);
}

void aloud_title(const Widgets *tree, Aloud *out)
{
    *out = (Aloud){0};
    WidgetId id = title_of(tree);
    if (!id)
        return;
    WidgetInfo info = widget_info(tree, id);
    aloud_add(out, info.text, info.lang);
    if (last_dialog(tree))
        aloud_add(out, hud_say("dialog"), NULL);
}

// ---- controls

static bool is_read(const WidgetInfo *info)
{
    return info->is_shown && (info->kind == WIDGET_TEXT || info->kind == WIDGET_IMAGE ||
                              info->kind == WIDGET_PROGRESS || info->kind == WIDGET_TOAST);
}

static void add_text(Aloud *out, const WidgetInfo *info)
{
    aloud_add(out, info->text, info->lang);
    aloud_add(out, info->note, NULL);
}

// What stands between the control before and this one; the title is said elsewhere.
static void add_before(const Widgets *tree, WidgetId id, Aloud *out)
{
    WidgetId title = title_of(tree);
    for (WidgetId at = WIDGET_ROOT; at && at != id; at = widgets_read_on(tree, at)) {
        WidgetInfo info = widget_info(tree, at);
        if ((info.is_control && info.is_shown) || info.can_focus || info.kind == WIDGET_DIALOG)
            *out = (Aloud){0};
        else if (at != title && is_read(&info))
            add_text(out, &info);
    }
}

static bool is_within(const Widgets *tree, WidgetId id, WidgetId holder)
{
    while (id && id != holder)
        id = widget_info(tree, id).parent;
    return id == holder;
}

static void add_column(const Widgets *tree, WidgetId column, Aloud *out)
{
    for (WidgetId at = widgets_read_on(tree, column); at && is_within(tree, at, column);
         at = widgets_read_on(tree, at)) {
        WidgetInfo info = widget_info(tree, at);
        if (is_read(&info))
            add_text(out, &info);
    }
}

static const char *role_of(WidgetKind kind)
{
    switch (kind) {
    case WIDGET_BUTTON:
        return hud_say("button");
    case WIDGET_SLIDER:
        return hud_say("slider");
    case WIDGET_TOGGLE:
        return hud_say("switch");
    case WIDGET_CHOICE:
        return hud_say("choice");
    case WIDGET_FIELD:
        return hud_say("text field");
    case WIDGET_TAB:
        return hud_say("tab");
    case WIDGET_PANEL:
    case WIDGET_TEXT:
    case WIDGET_IMAGE:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
    case WIDGET_TOAST:
    case WIDGET_PROGRESS:
    case WIDGET_RULE:
        break;
    }
    return NULL;
}

// A sign alone, as an arrow, says nothing.
static bool says_something(const char *text)
{
    Scratch scratch = scratch_begin(NULL);
    const char *folded = text_fold(text, scratch.arena);
    bool says = folded[strspn(folded, " ")] != 0;
    scratch_end(scratch);
    return says;
}

void aloud_control(const Widgets *tree, WidgetId id, Aloud *out)
{
    *out = (Aloud){0};
    if (!id)
        return;
    WidgetInfo info = widget_info(tree, id);
    add_before(tree, id, out);
    if (!info.is_control) {
        add_column(tree, id, out);
        return;
    }
    bool is_field = info.kind == WIDGET_FIELD;
    const char *name = is_field ? info.note : *info.said ? info.said : info.text;
    bool has_note = info.kind == WIDGET_BUTTON || info.kind == WIDGET_TAB;
    if (says_something(name))
        aloud_add(out, name, is_field ? NULL : info.lang);
    aloud_add(out, has_note ? info.note : NULL, NULL);
    aloud_add(out, role_of(info.kind), NULL);
}

// Which of its row: tabs are made one after the other.
static const char *tab_place(const Widgets *tree, WidgetId id, Arena *arena)
{
    uint32_t place = 0, count = 0;
    WidgetId parent = widget_info(tree, id).parent;
    for (WidgetId at = 1; at <= widgets_count(tree); at++) {
        WidgetInfo info = widget_info(tree, at);
        if (info.kind != WIDGET_TAB || info.parent != parent || !info.is_shown)
            continue;
        count++;
        place = at == id ? count : place;
    }
    return hud_figures(str_format(arena, "%u / %u", place, count), arena);
}

void aloud_value(const Widgets *tree, WidgetId id, Arena *arena, Aloud *out)
{
    *out = (Aloud){0};
    if (!id)
        return;
    WidgetInfo info = widget_info(tree, id);
    float value = widget_value(tree, id);
    switch (info.kind) {
    case WIDGET_SLIDER:
        aloud_add(out, *info.note ? info.note : str_format(arena, "%g", (double)value), NULL);
        return;
    case WIDGET_TOGGLE:
        aloud_add(out, value > 0 ? hud_say("on") : hud_say("off"), NULL);
        return;
    case WIDGET_CHOICE:
        aloud_add(out, info.option, NULL);
        return;
    case WIDGET_FIELD:
        aloud_add(out, *info.text ? info.text : hud_say("empty"), NULL);
        return;
    case WIDGET_TAB:
        aloud_add(out, tab_place(tree, id, arena), NULL);
        aloud_add(out, value > 0 ? hud_say("chosen") : NULL, NULL);
        return;
    case WIDGET_BUTTON:
        aloud_add(out, value > 0 ? hud_say("chosen") : NULL, NULL);
        return;
    case WIDGET_PANEL:
    case WIDGET_TEXT:
    case WIDGET_IMAGE:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
    case WIDGET_TOAST:
    case WIDGET_PROGRESS:
    case WIDGET_RULE:
        return;
    }
}
