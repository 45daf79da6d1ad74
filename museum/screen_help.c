// screen_help.c: the controls of each device; the one in hand first.

#include "museum/screen_parts.h"

#include "museum/hud_help.h"

#define CONTROL_WIDTH 230.0f // of the column of controls

static const char *control_of(const HudHelp *line, ControlsDevice device)
{
    return device == CONTROLS_PAD     ? line->pad
           : device == CONTROLS_TOUCH ? line->touch
                                      : line->keys;
}

static void add_line(Screens *screens, WidgetId page, const char *control, const char *text)
{
    WidgetId row =
        widget_add(screens->tree, page,
                   &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_APART, .folds = true});
    (void)widget_add(screens->tree, row,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = control,
                                   .type = STYLE_STRONG,
                                   .color = STYLE_ACCENT,
                                   .width = CONTROL_WIDTH});
    (void)widget_add(screens->tree, row,
                     &(WidgetDesc){.kind = WIDGET_TEXT, .text = text, .grows = true});
}

static void add_page(Screens *screens, WidgetId tabs, ControlsDevice device)
{
    static const char *const words[] = {N_("Keyboard and mouse"), N_("Gamepad"), N_("Touch")};
    static const char *const names[] = {"keys", "pad", "touch"};
    WidgetId page = widget_add(screens->tree, tabs,
                               &(WidgetDesc){.name = names[device],
                                             .text = hud_say(words[device]),
                                             .gap = STYLE_CLOSE,
                                             .scrolls = true,
                                             .grows = true});
    for (const HudHelp *line = hud_help(); line->text; line++) {
        const char *control = control_of(line, device);
        if (control)
            add_line(screens, page, control, line->text);
    }
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_word(WORD_HELP_TITLE), 860, WIDGET_CENTER, true};
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId tabs = widget_add(
        screens->tree, sheet,
        &(WidgetDesc){
            .kind = WIDGET_TABS, .name = "devices", .gap = STYLE_APART, .grows = true});
    for (int device = CONTROLS_KEYS; device <= CONTROLS_TOUCH; device++)
        add_page(screens, tabs, (ControlsDevice)device);
    widget_set_value(screens->tree, tabs, (float)facts->device);
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    (void)screens;
    (void)facts;
    (void)event;
    return (ScreenWish){0};
}

const ScreenKind screen_help = {"help", build, hear};
