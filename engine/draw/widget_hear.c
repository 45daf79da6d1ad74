// widget_hear.c: from keys, gamepad, pointer and fingers to what is focused, changed, pressed.

#include "draw/widget_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SLOP_UNITS 9.0f // a tap moves less
#define NOTCH_UNITS 72.0f
#define STICK_UNITS_S 900.0f
#define STICK 0.55f // of its way before it counts
#define FIRST_REPEAT_S 0.42
#define NEXT_REPEAT_S 0.11
#define PAGE 0.85f // of what a column shows

static const WidgetEvent nothing = {.name = ""};

static WidgetEvent event_of(const Widgets *tree, WidgetEventKind kind, WidgetId id)
{
    return (WidgetEvent){kind, id, widget_name(tree, id), id ? widget_value(tree, id) : 0};
}

// ---- what values do

static WidgetEvent change_to(Widgets *tree, WidgetId id, float value)
{
    float before = widget_value(tree, id);
    widget_set_value(tree, id, value);
    return widget_value(tree, id) == before ? nothing : event_of(tree, WIDGET_CHANGED, id);
}

static float on_grid(const WidgetDesc *desc, float value)
{
    if (desc->step > 0)
        value = desc->least + roundf((value - desc->least) / desc->step) * desc->step;
    return CLAMP(value, desc->least, desc->most);
}

static WidgetEvent step_choice(Widgets *tree, WidgetId id, int by)
{
    const Widget *node = widget_at(tree, id);
    int count = (int)node->desc.option_count;
    if (count == 0)
        return nothing;
    return change_to(tree, id, (float)(((int)node->value + by + count) % count));
}

// Left and right on what has a value; false where they are not its own.
static bool step_value(Widgets *tree, WidgetId id, int by, WidgetEvent *out)
{
    const Widget *node = id ? widget_at(tree, id) : NULL;
    if (!node || by == 0)
        return false;
    if (node->desc.kind == WIDGET_SLIDER) {
        const WidgetDesc *desc = &node->desc;
        float step = desc->step > 0 ? desc->step : (desc->most - desc->least) / 20;
        *out = change_to(tree, id, on_grid(desc, node->value + (float)by * step));
        return true;
    }
    if (node->desc.kind == WIDGET_CHOICE) {
        *out = step_choice(tree, id, by);
        return true;
    }
    return false;
}

static WidgetEvent choose_tab(Widgets *tree, WidgetId tab)
{
    WidgetId tabs = widget_at(tree, widget_at(tree, tab)->parent)->parent;
    float page = 0;
    for (WidgetId at = widget_at(tree, widget_at(tree, tab)->parent)->first; at && at != tab;
         at = widget_at(tree, at)->next)
        page++;
    WidgetEvent event = change_to(tree, tabs, page);
    if (event.kind)
        event.name = widget_name(tree, tab);
    return event;
}

WidgetEvent widgets_press(Widgets *tree, WidgetId id)
{
    if (!id || !widget_is_shown(tree, id) || !widget_is_within(tree, id, widget_modal(tree)))
        return nothing;
    switch (widget_at(tree, id)->desc.kind) {
    case WIDGET_BUTTON:
    case WIDGET_FIELD:
        return event_of(tree, WIDGET_PRESSED, id);
    case WIDGET_TOGGLE:
        return change_to(tree, id, widget_value(tree, id) > 0 ? 0 : 1);
    case WIDGET_CHOICE:
        return step_choice(tree, id, 1);
    case WIDGET_TAB:
        return choose_tab(tree, id);
    case WIDGET_PANEL:
    case WIDGET_TEXT:
    case WIDGET_IMAGE:
    case WIDGET_SLIDER:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
    case WIDGET_TOAST:
    case WIDGET_PROGRESS:
    case WIDGET_RULE:
        break;
    }
    return nothing;
}

// ---- keys and pad

static bool is_held(const Input *input, const int way[2])
{
    static const struct {
        Key key;
        PadButton button;
        int right, down;
    } ways[] = {{KEY_LEFT, PAD_LEFT, -1, 0},
                {KEY_RIGHT, PAD_RIGHT, 1, 0},
                {KEY_UP, PAD_UP, 0, -1},
                {KEY_DOWN, PAD_DOWN, 0, 1}};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (ways[i].right != way[0] || ways[i].down != way[1])
            continue;
        float stick = input->pad_left[0] * (float)way[0] + input->pad_left[1] * (float)way[1];
        const InputButton *key = &input->keys[ways[i].key], *pad = &input->pad[ways[i].button];
        return key->is_down || key->was_pressed || pad->is_down || pad->was_pressed ||
               stick > STICK;
    }
    return false;
}

// Which way one steps in this frame: once when it begins, and again while it is held.
static bool read_way(Widgets *tree, const Input *input, int out[2])
{
    static const int ways[][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    int *last = tree->repeat_way;
    if ((last[0] || last[1]) && is_held(input, last)) {
        memcpy(out, last, 2 * sizeof *out);
        if (input->time_s < tree->repeat_s)
            return false;
        tree->repeat_s = input->time_s + NEXT_REPEAT_S;
        return true;
    }
    last[0] = last[1] = 0;
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (!is_held(input, ways[i]))
            continue;
        memcpy(last, ways[i], sizeof ways[i]);
        memcpy(out, last, 2 * sizeof *out);
        tree->repeat_s = input->time_s + FIRST_REPEAT_S;
        return true;
    }
    return false;
}

static void move_to(Widgets *tree, WidgetId id)
{
    tree->shows_focus = true;
    if (id)
        widgets_focus(tree, id);
}

// A text that is focused itself is read on before the focus leaves it.
static bool reads_on(Widgets *tree, int down)
{
    WidgetId id = tree->focus;
    if (!id || widget_is_control(widget_at(tree, id)->desc.kind) || down == 0)
        return false;
    float before = widget_at(tree, id)->scroll;
    widget_scroll_by(tree, id, (float)down * widget_px(tree, NOTCH_UNITS));
    return widget_at(tree, id)->scroll != before;
}

static WidgetId main_scroller(const Widgets *tree)
{
    WidgetId own = widget_scroller(tree, tree->focus), modal = widget_modal(tree);
    for (WidgetId id = 1; id <= tree->count && !own; id++)
        if (widget_is_shown(tree, id) && widget_is_within(tree, id, modal) &&
            widget_scrolls(tree, id))
            own = id;
    return own;
}

// What is next is so far off in the column one reads, or out of it, that text lies between.
static bool reads_past(const Widgets *tree, WidgetId scroller, WidgetId next, int down)
{
    if (!next)
        return true;
    if (!widget_is_within(tree, next, scroller))
        return widget_is_within(tree, tree->focus, scroller);
    WidgetBox room = widget_place(tree, scroller), box = widget_place(tree, next);
    float beyond = down > 0 ? box.y - room.y - room.height : room.y - box.y - box.height;
    return beyond > widget_px(tree, NOTCH_UNITS);
}

// Up and down read on before they go there.
static bool reads_before(Widgets *tree, WidgetId next, int down)
{
    WidgetId scroller = down ? main_scroller(tree) : 0;
    if (!scroller || !reads_past(tree, scroller, next, down))
        return false;
    float before = widget_at(tree, scroller)->scroll;
    widget_scroll_by(tree, scroller, (float)down * widget_px(tree, NOTCH_UNITS));
    return widget_at(tree, scroller)->scroll != before;
}

static WidgetEvent go_way(Widgets *tree, const int way[2])
{
    WidgetEvent event = nothing;
    int reading = tree->frame.is_mirrored ? -way[0] : way[0]; // on in the reader's direction
    if (!tree->shows_focus && tree->focus) {
        tree->shows_focus = true; // one sees first where one is
        return nothing;
    }
    tree->shows_focus = true;
    if (step_value(tree, tree->focus, reading, &event) || reads_on(tree, way[1]))
        return event;
    WidgetId next = widgets_neighbour(tree, tree->focus, way[0], way[1]);
    if (!reads_before(tree, next, way[1]))
        move_to(tree, next);
    return nothing;
}

static WidgetId shown_tabs(const Widgets *tree)
{
    WidgetId modal = widget_modal(tree);
    for (WidgetId id = 1; id <= tree->count; id++)
        if (widget_at(tree, id)->desc.kind == WIDGET_TABS && widget_is_shown(tree, id) &&
            widget_is_within(tree, id, modal))
            return id;
    return 0;
}

static WidgetEvent turn_tabs(Widgets *tree, int by)
{
    WidgetId tabs = by ? shown_tabs(tree) : 0;
    if (!tabs)
        return nothing;
    int count = 0, at = 0, wanted = (int)widget_value(tree, tabs) + by;
    WidgetId row = widget_at(tree, tabs)->first, chosen = 0;
    for (WidgetId tab = widget_at(tree, row)->first; tab; tab = widget_at(tree, tab)->next)
        count++;
    wanted = CLAMP(wanted, 0, count - 1);
    for (WidgetId tab = widget_at(tree, row)->first; tab; tab = widget_at(tree, tab)->next)
        if (at++ == wanted)
            chosen = tab;
    move_to(tree, chosen);
    return choose_tab(tree, chosen);
}

static void scroll_by_keys(Widgets *tree, const Input *input, float seconds)
{
    WidgetId id = main_scroller(tree);
    if (!id)
        return;
    float page = widget_at(tree, id)->box.height * PAGE, by = 0;
    by += input->keys[KEY_PAGE_DOWN].was_pressed ? page : 0;
    by -= input->keys[KEY_PAGE_UP].was_pressed ? page : 0;
    by += input->keys[KEY_END].was_pressed ? 1e6f : 0;
    by -= input->keys[KEY_HOME].was_pressed ? 1e6f : 0;
    by += input->pad_right[1] * widget_px(tree, STICK_UNITS_S) * seconds;
    widget_scroll_by(tree, id, by);
}

// ---- typing

static WidgetId shown_field(const Widgets *tree)
{
    for (WidgetId id = 1; id <= tree->count; id++)
        if (widget_at(tree, id)->desc.kind == WIDGET_FIELD && widget_is_shown(tree, id) &&
            widget_is_within(tree, id, widget_modal(tree)))
            return id;
    return 0;
}

static void take_last_letter(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    if (length > 0)
        text[length - 1] = 0;
}

// What is typed goes to the field wherever the focus is, but for the space that presses.
static bool type(Widgets *tree, const Input *input, WidgetEvent *out)
{
    WidgetId id = shown_field(tree);
    bool takes_back = input->keys[KEY_BACKSPACE].was_pressed;
    if (!id || (!input->text[0] && !takes_back))
        return false;
    if (tree->focus != id && !strcmp(input->text, " "))
        return false;
    char text[FIELD_MAX_BYTES + INPUT_TEXT_BYTES];
    snprintf(text, sizeof text, "%s", widget_text(tree, id));
    if (takes_back)
        take_last_letter(text);
    strncat(text, input->text, INPUT_TEXT_BYTES);
    widget_set_text(tree, id, text);
    move_to(tree, id);
    *out = event_of(tree, WIDGET_CHANGED, id);
    return true;
}

static WidgetEvent hear_keys(Widgets *tree, const Input *input, float seconds)
{
    const InputButton *keys = input->keys, *pad = input->pad;
    WidgetEvent event = nothing;
    int way[2];
    if (keys[KEY_ESCAPE].was_pressed || pad[PAD_B].was_pressed)
        return event_of(tree, WIDGET_BACK, 0);
    if (type(tree, input, &event))
        return event;
    bool is_typing = tree->focus && widget_at(tree, tree->focus)->typed;
    bool confirms = keys[KEY_ENTER].was_pressed || pad[PAD_A].was_pressed ||
                    (keys[KEY_SPACE].was_pressed && !is_typing);
    if (confirms) {
        tree->shows_focus = true;
        return widgets_press(tree, tree->focus);
    }
    if (keys[KEY_TAB].was_pressed) {
        move_to(tree, widgets_next(tree, tree->focus, keys[KEY_SHIFT].is_down ? -1 : 1));
        return nothing;
    }
    int turn =
        (int)pad[PAD_RIGHT_SHOULDER].was_pressed - (int)pad[PAD_LEFT_SHOULDER].was_pressed;
    if (turn)
        return turn_tabs(tree, turn);
    scroll_by_keys(tree, input, seconds);
    return read_way(tree, input, way) ? go_way(tree, way) : nothing;
}

// ---- pointer and fingers

typedef struct Pointer {
    float at[2]; // not mirrored
    InputButton button;
    bool is_finger, has_moved;
} Pointer;

static Pointer read_pointer(const Widgets *tree, const Input *input)
{
    Pointer pointer = {.at = {input->mouse_x, input->mouse_y},
                       .button = input->mouse[MOUSE_LEFT],
                       .has_moved = input->mouse_dx != 0 || input->mouse_dy != 0};
    if (input->touch_count > 0) {
        const InputTouch *touch = &input->touches[0];
        pointer = (Pointer){
            .at = {touch->x, touch->y},
            .button = {touch->is_down, touch->was_pressed, touch->was_released},
            .is_finger = true,
        };
    }
    if (tree->frame.is_mirrored)
        pointer.at[0] = tree->frame.width_px - pointer.at[0];
    return pointer;
}

static bool holds_point(WidgetBox box, const float at[2])
{
    return at[0] >= box.x && at[0] < box.x + box.width && at[1] >= box.y &&
           at[1] < box.y + box.height;
}

// The last one drawn there.
static WidgetId find_under(const Widgets *tree, const float at[2], bool is_scroller)
{
    WidgetId found = 0, modal = widget_modal(tree);
    for (WidgetId id = 1; id <= tree->count; id++) {
        bool suits = is_scroller ? widget_scrolls(tree, id)
                                 : widget_is_control(widget_at(tree, id)->desc.kind);
        if (suits && widget_is_shown(tree, id) && widget_is_within(tree, id, modal) &&
            holds_point(widget_place(tree, id), at) && holds_point(widget_clip(tree, id), at))
            found = id;
    }
    return found;
}

static WidgetEvent drag_slider(Widgets *tree, WidgetId id, float x)
{
    const Widget *node = widget_at(tree, id);
    float knob = widget_knob_px(tree) / 2, along = MAX(node->box.width - 2 * knob, 1);
    float part = CLAMP((x - node->box.x - knob) / along, 0.0f, 1.0f);
    return change_to(
        tree, id,
        on_grid(&node->desc, node->desc.least + part * (node->desc.most - node->desc.least)));
}

static WidgetEvent click(Widgets *tree, WidgetId id, const float at[2])
{
    const Widget *node = widget_at(tree, id);
    if (node->desc.kind != WIDGET_CHOICE)
        return widgets_press(tree, id);
    WidgetBox stepper = widget_stepper(tree, node);
    bool is_back = at[0] >= stepper.x && at[0] < stepper.x + stepper.width / 3;
    return step_choice(tree, id, is_back ? -1 : 1);
}

static void press_at(Widgets *tree, const Pointer *pointer)
{
    tree->held = find_under(tree, pointer->at, false);
    tree->dragged = find_under(tree, pointer->at, true);
    tree->is_dragging = false;
    memcpy(tree->pressed_at, pointer->at, sizeof tree->pressed_at);
    tree->shows_focus = false;
    if (tree->held)
        tree->focus = tree->held;
}

static WidgetEvent drag_to(Widgets *tree, const Pointer *pointer)
{
    bool is_slider = tree->held && widget_at(tree, tree->held)->desc.kind == WIDGET_SLIDER;
    float across = fabsf(pointer->at[0] - tree->pressed_at[0]);
    float along = fabsf(pointer->at[1] - tree->pressed_at[1]);
    if (!tree->is_dragging && MAX(across, along) > widget_px(tree, SLOP_UNITS)) {
        tree->is_dragging = true;
        if (!is_slider || along > across)
            tree->held = 0; // it scrolls, and presses nothing
    }
    if (tree->is_dragging && tree->held)
        return drag_slider(tree, tree->held, pointer->at[0]);
    if (tree->is_dragging && tree->dragged)
        widget_scroll_by(tree, tree->dragged, tree->pointer[1] - pointer->at[1]);
    return nothing;
}

static WidgetEvent release_at(Widgets *tree, const Pointer *pointer)
{
    WidgetId held = tree->held;
    bool was_dragged = tree->is_dragging;
    tree->held = tree->dragged = 0;
    tree->is_dragging = false;
    if (!held)
        return nothing;
    if (widget_at(tree, held)->desc.kind == WIDGET_SLIDER)
        return drag_slider(tree, held, pointer->at[0]);
    if (was_dragged || held != find_under(tree, pointer->at, false))
        return nothing;
    return click(tree, held, pointer->at);
}

static WidgetEvent hear_pointer(Widgets *tree, const Input *input)
{
    Pointer pointer = read_pointer(tree, input);
    WidgetEvent event = nothing;
    if (pointer.has_moved || pointer.button.was_pressed || pointer.is_finger)
        tree->hovered = pointer.is_finger ? 0 : find_under(tree, pointer.at, false);
    if (pointer.button.was_pressed)
        press_at(tree, &pointer);
    else if (pointer.button.is_down)
        event = drag_to(tree, &pointer);
    if (pointer.button.was_released)
        event = release_at(tree, &pointer);
    WidgetId under = input->wheel != 0 ? find_under(tree, pointer.at, true) : 0;
    if (under)
        widget_scroll_by(tree, under, -input->wheel * widget_px(tree, NOTCH_UNITS));
    memcpy(tree->pointer, pointer.at, sizeof tree->pointer);
    return event;
}

WidgetEvent widgets_hear(Widgets *tree, const Input *input)
{
    float seconds = CLAMP((float)(input->time_s - tree->time_s), 0.0f, 0.1f);
    tree->time_s = input->time_s;
    if (!tree->focus || !widget_can_focus(tree, tree->focus))
        tree->focus = widgets_next(tree, 0, 1);
    WidgetEvent event = hear_pointer(tree, input);
    return event.kind ? event : hear_keys(tree, input, seconds);
}

bool widgets_is_over(const Widgets *tree, float x_px, float y_px)
{
    const float at[2] = {tree->frame.is_mirrored ? tree->frame.width_px - x_px : x_px, y_px};
    for (WidgetId id = 2; id <= tree->count; id++) {
        const WidgetDesc *desc = &widget_at(tree, id)->desc;
        bool is_solid = widget_is_control(desc->kind) || desc->look == WIDGET_SHEET ||
                        desc->look == WIDGET_CARD;
        if (is_solid && widget_is_shown(tree, id) && holds_point(widget_place(tree, id), at))
            return true;
    }
    return false;
}
