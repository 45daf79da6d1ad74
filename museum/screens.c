// screens.c: whole screens over the picture, one over the other.

#include "museum/screens.h"

#include "museum/screen_parts.h"

#include <stdio.h>
#include <string.h>

static const ScreenKind *const kinds[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = &screen_welcome,   [SCREEN_MENU] = &screen_menu,
    [SCREEN_SETTINGS] = &screen_settings, [SCREEN_CONTROLS] = &screen_controls,
    [SCREEN_SEARCH] = &screen_search,     [SCREEN_TOURS] = &screen_tours,
    [SCREEN_CABINET] = &screen_cabinet,   [SCREEN_HELP] = &screen_help,
    [SCREEN_ABOUT] = &screen_about,       [SCREEN_STORY] = &screen_story,
    [SCREEN_STILL] = &screen_still,       [SCREEN_STAFF] = &screen_staff,
};

const char *screen_name(ScreenId id)
{
    return kinds[id]->name;
}

bool screen_find(const char *name, ScreenId *out)
{
    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (!strcmp(name, kinds[i]->name)) {
            *out = (ScreenId)i;
            return true;
        }
    }
    return false;
}

// ---- one over the other

bool screens_are_open(const Screens *screens)
{
    return screens->open_count > 0;
}

ScreenId screens_top(const Screens *screens)
{
    ASSERT(screens->open_count > 0);
    return screens->open[screens->open_count - 1];
}

static bool is_beside(const Screens *screens)
{
    return screens_top(screens) == SCREEN_STORY && !screens->large &&
           screens_beside_px(&screens->frame) > 0;
}

bool screens_cover(const Screens *screens)
{
    return screens_are_open(screens) && !is_beside(screens);
}

bool screens_is_reading(const Screens *screens)
{
    for (uint32_t i = 0; i < screens->open_count; i++)
        if (screens->open[i] == SCREEN_STORY)
            return true;
    return false;
}

void screens_forget(Screens *screens)
{
    screens->tree = NULL;
    screens->told = NULL;
}

static void show_anew(Screens *screens)
{
    screens_forget(screens);
    screens->focus[0] = 0;
    screens->typed[0] = 0;
    screens->move = (ScreenMove){0};
}

void screens_open(Screens *screens, ScreenId id)
{
    if (screens->open_count > 0 && screens_top(screens) == id)
        return;
    if (screens->open_count == 0)
        screens->opened_s = 0;
    if (screens->open_count == SCREEN_MAX_OPEN) // the oldest is forgotten
        memmove(screens->open, screens->open + 1,
                (size_t)--screens->open_count * sizeof *screens->open);
    screens->open[screens->open_count++] = id;
    show_anew(screens);
}

void screens_open_story(Screens *screens, int32_t exhibit)
{
    screens->exhibit = exhibit;
    screens->tab = NULL;
    screens->large = 0;
    if (screens_are_open(screens) && screens_top(screens) == SCREEN_STORY)
        show_anew(screens);
    screens_open(screens, SCREEN_STORY);
}

void screens_back(Screens *screens)
{
    ScreenId left = screens_top(screens);
    screens->open_count--;
    show_anew(screens);
    // One comes back to the entry one left by.
    snprintf(screens->focus, sizeof screens->focus, "%s", screen_name(left));
}

void screens_close(Screens *screens)
{
    screens->open_count = 0;
    show_anew(screens);
}

void screens_drop(Screens *screens)
{
    arena_drop(&screens->arena);
    arena_drop(&screens->index_arena);
    *screens = (Screens){0};
}

// ---- parts

WidgetId screen_sheet(Screens *screens, const ScreenSheet *desc)
{
    WidgetId sheet = widget_add(screens->tree, WIDGET_ROOT,
                                &(WidgetDesc){.look = WIDGET_SHEET,
                                              .pad = STYLE_BROAD,
                                              .gap = STYLE_APART,
                                              .most_width = desc->most_width,
                                              .align = desc->align,
                                              .align_y = WIDGET_CENTER,
                                              .grows = desc->grows});
    WidgetId head =
        widget_add(screens->tree, sheet,
                   &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_APART, .folds = true});
    (void)widget_add(screens->tree, head,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = desc->title,
                                   .type = STYLE_TITLE,
                                   .align_y = WIDGET_CENTER,
                                   .grows = true});
    (void)widget_add(screens->tree, head,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "back",
                                   .type = STYLE_STRONG,
                                   .fits = true,
                                   .text = screens->open_count > 1 ? hud_say("Back")
                                                                   : hud_word(WORD_CLOSE)});
    (void)widget_add(screens->tree, sheet, &(WidgetDesc){.kind = WIDGET_RULE});
    return sheet;
}

WidgetId screen_column(Screens *screens, WidgetId sheet, StyleSpace gap)
{
    return widget_add(screens->tree, sheet,
                      &(WidgetDesc){.gap = gap, .scrolls = true, .grows = true});
}

void screen_text(Screens *screens, WidgetId parent, const char *text, const char *lang,
                 StyleType type, StyleColor color)
{
    if (text && *text)
        (void)widget_add(
            screens->tree, parent,
            &(WidgetDesc){
                .kind = WIDGET_TEXT, .text = text, .lang = lang, .type = type, .color = color});
}

void screen_heading(Screens *screens, WidgetId parent, const char *text)
{
    screen_text(screens, parent, text, NULL, STYLE_HEADING, STYLE_INK);
}

// ---- building

static void keep_focus(Screens *screens)
{
    WidgetId focus = widgets_focused(screens->tree);
    if (focus && *widget_name(screens->tree, focus))
        snprintf(screens->focus, sizeof screens->focus, "%s",
                 widget_name(screens->tree, focus));
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    arena_reset(&screens->arena);
    screens->tree = widgets_make(&screens->arena);
    screens->language = facts->language;
    screens->spoken = hud_spoken();
    screens->device = facts->device;
    screens->told = NULL;
    screens->wants_anew = false;
    kinds[screens_top(screens)]->build(screens, facts);
    WidgetId focus = *screens->focus ? widget_find(screens->tree, screens->focus) : 0;
    widgets_focus(screens->tree, focus);
    screens->wants_focus = !focus;
    widgets_show_focus(screens->tree, facts->device != CONTROLS_TOUCH);
}

// A story stands beside the picture, as wide as that allows; it is read with any device.
static bool is_other(const Screens *screens, const ScreenFacts *facts, const WidgetFrame *frame)
{
    const WidgetFrame *was = &screens->frame;
    bool is_resized = was->width_px != frame->width_px || was->height_px != frame->height_px ||
                      was->scale != frame->scale || was->text_scale != frame->text_scale;
    bool is_shaped = screens->told ? is_resized : screens->device != facts->device;
    return screens->language != facts->language || screens->spoken != hud_spoken() ||
           is_shaped || screens->wants_anew;
}

bool screens_layout(Screens *screens, const ScreenFacts *facts, Text *text,
                    const WidgetFrame *frame)
{
    if (screens->tree && is_other(screens, facts, frame)) {
        keep_focus(screens);
        screens_forget(screens);
    }
    screens->frame = *frame;
    if (!screens->tree)
        build(screens, facts);
    bool has_worked = widgets_layout(screens->tree, text, frame);
    if (screens->wants_focus) // past the button that leaves it, where there is anything
        widgets_focus(screens->tree,
                      widgets_next(screens->tree, widget_find(screens->tree, "back"), 1));
    screens->wants_focus = false;
    if (screens->told) {
        screen_dress_story(screens, facts);
        has_worked |= widgets_layout(screens->tree, text, frame);
    }
    return has_worked;
}

// ---- hearing

static ScreenWish hear_event(Screens *screens, const ScreenFacts *facts,
                             const WidgetEvent *event)
{
    bool goes_back = event->kind == WIDGET_BACK ||
                     (event->kind == WIDGET_PRESSED && screen_is(event, "back"));
    if (!event->kind)
        return (ScreenWish){0};
    ScreenWish wish = kinds[screens_top(screens)]->hear(screens, facts, event);
    if (goes_back && !wish.kind) {
        screens_back(screens);
        return screens->open_count ? wish : (ScreenWish){.kind = SCREEN_LEAVES};
    }
    return wish;
}

ScreenWish screens_hear(Screens *screens, const ScreenFacts *facts, const Input *input)
{
    ScreenWish wish;
    if (screen_listens(screens, input, &wish))
        return wish;
    WidgetEvent event = widgets_hear(screens->tree, input);
    return hear_event(screens, facts, &event);
}

// "continue, settings, ..."; in `arena`.
static const char *list_names(const Widgets *tree, Arena *arena)
{
    const char *names = "";
    for (WidgetId id = 1; id <= widgets_count(tree); id++) {
        WidgetInfo info = widget_info(tree, id);
        if (info.is_shown && info.is_control && *info.name)
            names = str_format(arena, "%s%s%s", names, *names ? ", " : "", info.name);
    }
    return names;
}

NODISCARD Status screens_press(Screens *screens, const ScreenFacts *facts, const char *name,
                               ScreenWish *out)
{
    WidgetId id = widget_find(screens->tree, name);
    if (!id || !widget_info(screens->tree, id).is_shown) {
        Scratch scratch = scratch_begin(NULL);
        fault_set(ERR_NOT_FOUND, __FILE__, __LINE__,
                  "nothing on this screen is called '%s'; there are: %s", name,
                  list_names(screens->tree, scratch.arena));
        scratch_end(scratch);
        return ERR_NOT_FOUND;
    }
    widgets_focus(screens->tree, id);
    WidgetEvent event = widgets_press(screens->tree, id);
    *out = hear_event(screens, facts, &event);
    return OK;
}

uint32_t screens_draw(Screens *screens, Text *text, float opacity, RenderQuad *out,
                      uint32_t most)
{
    return widgets_draw(screens->tree, text, opacity, out, most);
}
