// screen_controls.c: which key and which button does what, and moving them.
//
// Whoever presses an action is asked for a key; the next one that is pressed is it. Keys change
// places (bindings.h), and the line above the list says which did.

#include "museum/screen_parts.h"

#include "museum/hud_keys.h"

#include <stdio.h>
#include <string.h>

static bool is_of(const BindingAction *action, bool is_pad)
{
    return is_pad ? action->pad >= 0 : action->key != KEY_NONE;
}

static const char *name_in_force(const ScreenFacts *facts, const BindingAction *action,
                                 bool is_pad)
{
    return is_pad ? hud_pad_words(binding_pad(facts->bindings, (PadButton)action->pad))
                  : hud_key_words(binding_key(facts->bindings, action->key));
}

static const BindingAction *action_of(bool is_pad, int usual)
{
    uint32_t count;
    const BindingAction *actions = binding_actions(&count);
    for (uint32_t i = 0; i < count; i++)
        if (is_of(&actions[i], is_pad) &&
            (is_pad ? actions[i].pad : (int)actions[i].key) == usual)
            return &actions[i];
    return NULL;
}

// ---- building

static void add_page(Screens *screens, WidgetId tabs, const ScreenFacts *facts, bool is_pad)
{
    uint32_t count;
    const BindingAction *actions = binding_actions(&count);
    WidgetId page = widget_add(
        screens->tree, tabs,
        &(WidgetDesc){.name = is_pad ? "pad" : "keys",
                      .text = is_pad ? hud_say("Gamepad") : hud_say("Keyboard and mouse"),
                      .gap = STYLE_TINY,
                      .scrolls = true,
                      .grows = true});
    for (uint32_t i = 0; i < count; i++) {
        char name[64];
        if (!is_of(&actions[i], is_pad))
            continue;
        snprintf(name, sizeof name, "%s-%s", is_pad ? "pad" : "key", actions[i].name);
        (void)widget_add(screens->tree, page,
                         &(WidgetDesc){.kind = WIDGET_BUTTON,
                                       .name = name,
                                       .look = WIDGET_ENTRY,
                                       .text = hud_say(actions[i].text),
                                       .note = name_in_force(facts, &actions[i], is_pad)});
    }
}

// What the last move came to.
static void tell_move(Screens *screens, WidgetId sheet, const ScreenFacts *facts)
{
    const ScreenMove *move = &screens->move;
    char text[512];
    const BindingAction *moved = move->is_there ? action_of(move->is_pad, move->usual) : NULL;
    const BindingAction *other = moved ? action_of(move->is_pad, move->other) : NULL;
    int length = 0;
    if (move->is_refused) {
        length = snprintf(text, sizeof text, hud_say("%s stays where it is: screens need it."),
                          move->is_pad ? hud_pad_words((PadButton)move->other)
                                       : hud_key_words((Key)move->other));
    } else if (moved) {
        length = snprintf(text, sizeof text, "%s: %s",
                          name_in_force(facts, moved, move->is_pad), hud_say(moved->text));
        if (other && other != moved)
            snprintf(text + length, sizeof text - (size_t)length, " · %s: %s",
                     name_in_force(facts, other, move->is_pad), hud_say(other->text));
    } else {
        snprintf(text, sizeof text, "%s",
                 hud_say("Choose what you want elsewhere. Two that meet change places."));
    }
    (void)length;
    screen_text(screens, sheet, text, NULL, STYLE_TEXT,
                move->is_refused ? STYLE_WARNING : STYLE_INK_SOFT);
}

static void add_question(Screens *screens)
{
    const ScreenMove *move = &screens->move;
    const BindingAction *action = action_of(move->is_pad, move->usual);
    WidgetId dialog = widget_add(screens->tree, WIDGET_ROOT,
                                 &(WidgetDesc){.kind = WIDGET_DIALOG,
                                               .name = "listening",
                                               .pad = STYLE_BROAD,
                                               .gap = STYLE_APART,
                                               .align = WIDGET_CENTER,
                                               .align_y = WIDGET_CENTER,
                                               .most_width = 420});
    screen_text(screens, dialog, hud_say(action->text), NULL, STYLE_HEADING, STYLE_INK);
    screen_text(screens, dialog,
                move->is_pad ? hud_say("Press the button that is to do it. B: as it was.")
                             : hud_say("Press the key that is to do it. Esc: as it was."),
                NULL, STYLE_BODY, STYLE_INK_SOFT);
    (void)widget_add(screens->tree, dialog,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "as-it-was",
                                   .type = STYLE_STRONG,
                                   .text = hud_say("As it was")});
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    ScreenSheet look = {hud_say("Controls"), 720, WIDGET_CENTER, true};
    WidgetId sheet = screen_sheet(screens, &look);
    tell_move(screens, sheet, facts);
    WidgetId tabs = widget_add(
        screens->tree, sheet,
        &(WidgetDesc){
            .kind = WIDGET_TABS, .name = "devices", .gap = STYLE_APART, .grows = true});
    add_page(screens, tabs, facts, false);
    add_page(screens, tabs, facts, true);
    (void)widget_add(screens->tree, sheet,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "reset",
                                   .fits = true,
                                   .text = hud_say("All as usual again")});
    bool is_pad =
        screens->move.was_shown ? screens->move.is_pad : facts->device == CONTROLS_PAD;
    widget_set_value(screens->tree, tabs, is_pad);
    if (screens->move.is_asked) {
        add_question(screens);
        snprintf(screens->focus, sizeof screens->focus, "as-it-was");
    }
}

// ---- hearing

static void show(Screens *screens)
{
    const ScreenMove *move = &screens->move;
    const BindingAction *action = action_of(move->is_pad, move->usual);
    screens_forget(screens);
    snprintf(screens->focus, sizeof screens->focus, "%s-%s", move->is_pad ? "pad" : "key",
             action ? action->name : "");
}

static void ask(Screens *screens, bool is_pad, int usual)
{
    screens->move =
        (ScreenMove){.is_asked = true, .was_shown = true, .is_pad = is_pad, .usual = usual};
    screens_forget(screens);
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    ScreenMove *move = &screens->move;
    (void)facts;
    if (move->is_asked && (event->kind == WIDGET_BACK || screen_is(event, "as-it-was"))) {
        move->is_asked = false;
        show(screens);
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind == WIDGET_CHANGED) { // the other page
        move->was_shown = true;
        move->is_pad = event->value > 0;
        return (ScreenWish){.kind = SCREEN_HEARD};
    }
    if (event->kind != WIDGET_PRESSED)
        return (ScreenWish){0};
    if (screen_is(event, "reset")) {
        *move = (ScreenMove){.was_shown = true, .is_pad = move->is_pad};
        screens_forget(screens);
        snprintf(screens->focus, sizeof screens->focus, "reset");
        return (ScreenWish){.kind = SCREEN_UNBINDS};
    }
    uint32_t count;
    const BindingAction *actions = binding_actions(&count);
    bool is_pad = !strncmp(event->name, "pad-", 4);
    for (uint32_t i = 0; i < count; i++)
        if (is_of(&actions[i], is_pad) && strlen(event->name) > 4 &&
            screen_is(event, event->name) && !strcmp(event->name + 4, actions[i].name))
            ask(screens, is_pad, is_pad ? actions[i].pad : (int)actions[i].key);
    return (ScreenWish){.kind = move->is_asked ? SCREEN_HEARD : SCREEN_NOTHING};
}

// The key or button that is pressed, past those that answer the question; -1: none.
static int pressed_one(const Input *input, bool is_pad)
{
    for (int i = 1; i < KEY_COUNT && !is_pad; i++)
        if (input->keys[i].was_pressed && i != KEY_ESCAPE && i != KEY_ENTER)
            return i;
    for (int i = 0; i < PAD_BUTTON_COUNT && is_pad; i++)
        if (input->pad[i].was_pressed && i != PAD_B)
            return i;
    return -1;
}

bool screen_listens(Screens *screens, const Input *input, ScreenWish *out)
{
    ScreenMove *move = &screens->move;
    if (screens_top(screens) != SCREEN_CONTROLS || !move->is_asked)
        return false;
    int pressed = pressed_one(input, move->is_pad);
    if (pressed < 0)
        return false;
    move->is_asked = false;
    move->other = pressed;
    move->is_refused =
        move->is_pad ? binding_pad_stays((PadButton)pressed) : binding_key_stays((Key)pressed);
    move->is_there = !move->is_refused;
    *out = (ScreenWish){.kind = move->is_refused ? SCREEN_HEARD
                                : move->is_pad   ? SCREEN_BINDS_PAD
                                                 : SCREEN_BINDS_KEY,
                        .index = move->usual,
                        .value = (float)pressed};
    show(screens);
    return true;
}

const ScreenKind screen_controls = {"controls", build, hear};
