// screen_kiosk.c: what only a kiosk asks: whether somebody is still there, and the staff's
// number.

#include "museum/screen_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// ---- is anybody there?

static void build_still(Screens *screens, const ScreenFacts *facts)
{
    char seconds[96];
    WidgetId sheet = widget_add(screens->tree, WIDGET_ROOT,
                                &(WidgetDesc){.look = WIDGET_SHEET,
                                              .pad = STYLE_BROAD,
                                              .gap = STYLE_WIDE,
                                              .most_width = 520,
                                              .align = WIDGET_CENTER,
                                              .align_y = WIDGET_END});
    int left = (int)ceil(facts->still_s);
    screen_text(screens, sheet, hud_say("Are you still looking?"), NULL, STYLE_TITLE,
                STYLE_INK);
    snprintf(seconds, sizeof seconds,
             hud_say_count("The museum begins anew in %d second.",
                           "The museum begins anew in %d seconds.", (unsigned long)left),
             left);
    screen_text(screens, sheet, hud_figures(seconds, &screens->arena), NULL, STYLE_BODY,
                STYLE_INK);
    (void)widget_add(screens->tree, sheet,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "stay",
                                   .type = STYLE_HEADING,
                                   .look = WIDGET_STRONG,
                                   .text = hud_say("I am still looking")});
}

// Whatever is done answers the question; kiosk.c hears it.
static ScreenWish hear_still(Screens *screens, const ScreenFacts *facts,
                             const WidgetEvent *event)
{
    (void)screens, (void)facts, (void)event;
    return (ScreenWish){.kind = SCREEN_HEARD};
}

const ScreenKind screen_still = {"still", build_still, hear_still};

// ---- the staff

static void build_staff(Screens *screens, const ScreenFacts *facts)
{
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"};
    ScreenSheet look = {hud_say("For the staff"), 420, WIDGET_CENTER, false};
    WidgetId sheet = screen_sheet(screens, &look);
    const char *what = facts->is_locked ? hud_say("Wait a minute, then try again.")
                                        : hud_say("Type the number, then leave.");
    (void)widget_add(screens->tree, sheet,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .name = "typed",
                                   .text = what,
                                   .type = STYLE_BODY,
                                   .color = STYLE_INK_SOFT});
    WidgetId pad =
        widget_add(screens->tree, sheet, &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_NEAR});
    for (size_t i = 0; i < COUNT_OF(digits); i++)
        (void)widget_add(screens->tree, pad,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = digits[i],
                                       .text = digits[i],
                                       .lang = "en",
                                       .type = STYLE_HEADING,
                                       .width = 64});
    WidgetId row =
        widget_add(screens->tree, sheet,
                   &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_NEAR, .align = WIDGET_END});
    (void)widget_add(screens->tree, row,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "erase",
                                   .type = STYLE_STRONG,
                                   .text = hud_say("Erase")});
    (void)widget_add(screens->tree, row,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "leave",
                                   .type = STYLE_STRONG,
                                   .look = WIDGET_STRONG,
                                   .text = hud_say("Leave")});
}

static void show_typed(Screens *screens)
{
    char dots[64] = "–";
    for (size_t i = 0; screens->typed[i] && 3 * i + 4 < sizeof dots; i++)
        memcpy(dots + 3 * i, "•", sizeof "•");
    widget_set_text(screens->tree, widget_find(screens->tree, "typed"), dots);
}

static ScreenWish hear_staff(Screens *screens, const ScreenFacts *facts,
                             const WidgetEvent *event)
{
    (void)facts;
    size_t length = strlen(screens->typed);
    if (event->kind != WIDGET_PRESSED)
        return (ScreenWish){0};
    if (screen_is(event, "leave"))
        return (ScreenWish){.kind = SCREEN_UNLOCKS};
    if (screen_is(event, "erase"))
        screens->typed[0] = 0;
    else if (event->name[0] >= '0' && event->name[0] <= '9' && length < SCREEN_MAX_PIN) {
        screens->typed[length] = event->name[0];
        screens->typed[length + 1] = 0;
    } else {
        return (ScreenWish){0};
    }
    show_typed(screens);
    return (ScreenWish){.kind = SCREEN_HEARD};
}

const ScreenKind screen_staff = {"staff", build_staff, hear_staff};
