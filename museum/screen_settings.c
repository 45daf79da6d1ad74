// screen_settings.c: what visitors adjust to themselves.

#include "museum/screen_parts.h"

#include "museum/quality.h"

#include <stdio.h>

typedef struct Row {
    const char *name, *text;
    ScreenSetting setting;
    WidgetKind kind;
    float least, most, step;
} Row;

static const Row rows[] = {
    {"text-size", N_("Text size"), SETTING_TEXT_PERCENT, WIDGET_SLIDER, 100, 200, 10},
    {"theme", N_("Colours"), SETTING_THEME, WIDGET_CHOICE, 0, 0, 0},
    {"motion", N_("Reduced motion"), SETTING_MOTION, WIDGET_TOGGLE, 0, 0, 0},
    {"speech", N_("Speech"), SETTING_SPEECH, WIDGET_TOGGLE, 0, 0, 0},
    {"eye-height", N_("Eye height"), SETTING_EYE_CM, WIDGET_SLIDER, 50, 220, 2},
    {"field-of-view", N_("Field of view"), SETTING_FOV_DEGREES, WIDGET_SLIDER, 30, 80, 1},
    {"volume", N_("Volume"), SETTING_VOLUME_PERCENT, WIDGET_SLIDER, 5, 100, 5},
    {"sound", N_("Sound"), SETTING_SOUND, WIDGET_TOGGLE, 0, 0, 0},
    {"room-tone", N_("Sound of the rooms"), SETTING_TONE, WIDGET_TOGGLE, 0, 0, 0},
    {"captions", N_("Captions"), SETTING_CAPTIONS, WIDGET_TOGGLE, 0, 0, 0},
    {"quality", N_("Quality of the picture"), SETTING_QUALITY, WIDGET_CHOICE, 0, 0, 0},
};

static const char *const theme_words[STYLE_THEME_COUNT] = {
    [STYLE_LIGHT] = N_("light"),
    [STYLE_DARK] = N_("dark"),
    [STYLE_CONTRAST] = N_("high contrast"),
};

static const char *const quality_words[QUALITY_COUNT] = {
    [QUALITY_AUTO] = N_("automatic"), [QUALITY_LOW] = N_("low"),
    [QUALITY_MEDIUM] = N_("medium"),  [QUALITY_HIGH] = N_("high"),
    [QUALITY_ULTRA] = N_("highest"),
};

static void tell_value(Screens *screens, const Row *row, WidgetId id, float value)
{
    char figure[32] = "";
    if (row->setting == SETTING_TEXT_PERCENT || row->setting == SETTING_VOLUME_PERCENT)
        snprintf(figure, sizeof figure, "%.0f %%", (double)value);
    else if (row->setting == SETTING_EYE_CM)
        snprintf(figure, sizeof figure, "%.2f m", (double)value / 100);
    else if (row->setting == SETTING_FOV_DEGREES)
        snprintf(figure, sizeof figure, "%.0f°", (double)value);
    Scratch scratch = scratch_begin(&screens->arena);
    widget_set_note(screens->tree, id, hud_figures(figure, scratch.arena));
    scratch_end(scratch);
}

static void add_row(Screens *screens, WidgetId parent, const Row *row, float value)
{
    const char *options[QUALITY_COUNT];
    uint32_t count = 0;
    bool is_theme = row->setting == SETTING_THEME;
    const char *const *words = is_theme ? theme_words : quality_words;
    for (; count < (is_theme ? (uint32_t)STYLE_THEME_COUNT : (uint32_t)QUALITY_COUNT); count++)
        options[count] = hud_say(words[count]);
    WidgetId id =
        widget_add(screens->tree, parent,
                   &(WidgetDesc){.kind = row->kind,
                                 .name = row->name,
                                 .text = hud_say(row->text),
                                 .least = row->least,
                                 .most = row->most,
                                 .step = row->step,
                                 .options = options,
                                 .option_count = row->kind == WIDGET_CHOICE ? count : 0,
                                 .value = value});
    tell_value(screens, row, id, value);
}

static void add_rows(Screens *screens, WidgetId parent, const ScreenFacts *facts,
                     ScreenSetting first, ScreenSetting last)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].setting >= first && rows[i].setting <= last)
            add_row(screens, parent, &rows[i], facts->values[rows[i].setting]);
}

static void add_entry(Screens *screens, WidgetId parent, const char *name, const char *text,
                      const char *note)
{
    (void)widget_add(
        screens->tree, parent,
        &(WidgetDesc){.kind = WIDGET_BUTTON, .name = name, .text = text, .note = note});
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_say("Settings"), 640, WIDGET_CENTER, true};
    WidgetId sheet = screen_sheet(screens, &look);
    WidgetId column = screen_column(screens, sheet, STYLE_NEAR);
    screen_heading(screens, column, hud_say("Reading"));
    add_entry(screens, column, "welcome", hud_say("Language"),
              tongue_name(tongue_find(hud_spoken())));
    add_rows(screens, column, facts, SETTING_TEXT_PERCENT, SETTING_SPEECH);
    (void)widget_add(screens->tree, column, &(WidgetDesc){.kind = WIDGET_RULE});
    screen_heading(screens, column, hud_say("Walking"));
    add_rows(screens, column, facts, SETTING_EYE_CM, SETTING_FOV_DEGREES);
    add_entry(screens, column, "controls", hud_say("Controls"), NULL);
    (void)widget_add(screens->tree, column, &(WidgetDesc){.kind = WIDGET_RULE});
    screen_heading(screens, column, hud_say("Listening"));
    add_rows(screens, column, facts, SETTING_VOLUME_PERCENT, SETTING_CAPTIONS);
    (void)widget_add(screens->tree, column, &(WidgetDesc){.kind = WIDGET_RULE});
    screen_heading(screens, column, hud_say("Display"));
    add_rows(screens, column, facts, SETTING_QUALITY, SETTING_QUALITY);
    if (!facts->is_kiosk)
        add_entry(screens, column, "calibrate", hud_say("Measure the display with a bank card"),
                  NULL);
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    (void)facts;
    if (event->kind == WIDGET_PRESSED && screen_is(event, "welcome")) {
        screens_open(screens, SCREEN_WELCOME);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind == WIDGET_PRESSED && screen_is(event, "controls")) {
        screens_open(screens, SCREEN_CONTROLS);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind == WIDGET_PRESSED && screen_is(event, "calibrate")) {
        screens_close(screens);
        return (ScreenWish){.kind = SCREEN_CALIBRATES};
    }
    for (size_t i = 0; i < COUNT_OF(rows) && event->kind == WIDGET_CHANGED; i++) {
        if (!screen_is(event, rows[i].name))
            continue;
        tell_value(screens, &rows[i], event->id, event->value);
        return (ScreenWish){SCREEN_SETS, (int32_t)rows[i].setting, event->value};
    }
    return (ScreenWish){0};
}

const ScreenKind screen_settings = {"settings", build, hear};
