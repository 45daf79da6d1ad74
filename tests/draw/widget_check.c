// widget_check.c: what holds of every laid out tree, whatever stands in it.

#include "draw/widget_check.h"

#include "test.h"

#include <math.h>

#define AIR 1.0f // pixels: places are rounded

static void say(const Widgets *tree, WidgetId id, const char *what, const char *fault)
{
    WidgetInfo info = widget_info(tree, id);
    fail_msg("%s: '%s' \"%.40s\" (%.0f %.0f, %.0f x %.0f) %s", what, info.name, info.text,
             (double)info.box.x, (double)info.box.y, (double)info.box.width,
             (double)info.box.height, fault);
}

static bool holds(WidgetBox outer, WidgetBox inner, bool is_endless)
{
    bool is_across =
        inner.x >= outer.x - AIR && inner.x + inner.width <= outer.x + outer.width + AIR;
    bool is_along =
        inner.y >= outer.y - AIR && inner.y + inner.height <= outer.y + outer.height + AIR;
    return is_across && (is_endless || is_along);
}

static bool meet(WidgetBox a, WidgetBox b)
{
    return MIN(a.x + a.width, b.x + b.width) - MAX(a.x, b.x) > AIR &&
           MIN(a.y + a.height, b.y + b.height) - MAX(a.y, b.y) > AIR;
}

static bool holds_others(const Widgets *tree, WidgetId id)
{
    for (WidgetId at = 1; at <= widgets_count(tree); at++)
        if (widget_info(tree, at).parent == id)
            return true;
    return false;
}

static void check_place(const Widgets *tree, WidgetId id, const char *what)
{
    WidgetInfo info = widget_info(tree, id);
    bool is_air = info.kind == WIDGET_PANEL && !holds_others(tree, id);
    if (!is_air && (info.box.width < 1 || info.box.height < 0.5f))
        say(tree, id, what, "has no room");
    if (!info.parent)
        return;
    WidgetInfo parent = widget_info(tree, info.parent);
    if (!holds(parent.box, info.box, parent.scrolls))
        say(tree, id, what, "stands out of what it is in");
    for (int i = 0; i < 2; i++)
        if (info.texts[i].width > 0 && !holds(info.box, info.texts[i], false))
            say(tree, id, what,
                i ? "has a note that does not fit" : "has a text that does not fit");
    if (info.texts[0].width > 0 && meet(info.texts[0], info.texts[1]))
        say(tree, id, what, "has a text over its note");
}

// Measured once more, as the text engine would paint it.
static void check_text_room(const Widgets *tree, Text *text, const WidgetFrame *frame,
                            WidgetId id, const char *what)
{
    WidgetInfo info = widget_info(tree, id);
    const char *const texts[2] = {info.text, info.note};
    for (int i = 0; i < 2; i++) {
        if (!texts[i][0] || info.kind == WIDGET_FIELD || info.is_picture)
            continue;
        TextParagraph paragraph = {.text = texts[i],
                                   .lang = i ? frame->lang : info.lang,
                                   .style = style_type(i ? STYLE_SMALL : info.type),
                                   .spans = i ? NULL : info.spans,
                                   .span_count = i ? 0 : info.span_count};
        paragraph.style.size_px *= frame->scale * frame->text_scale;
        TextFlow flow = {.paragraphs = &paragraph, .count = 1, .margin_px = 3};
        float width, height;
        text_measure(text, &flow, &width, &height);
        if (width - 6 > info.texts[i].width + AIR) {
            flow.width_px = ceilf(info.texts[i].width) + 6;
            text_measure(text, &flow, &width, &height);
        }
        if (height - 6 > info.texts[i].height + AIR)
            say(tree, id, what,
                i ? "has a note that is cut off" : "has a text that is cut off");
    }
}

static void check_glyphs(const Widgets *tree, Text *text, WidgetId id, const char *what)
{
    WidgetInfo info = widget_info(tree, id);
    const char *const texts[2] = {info.text, info.note};
    for (int i = 0; i < 2; i++) {
        TextParagraph paragraph = {
            .text = texts[i], .lang = info.lang, .style = style_type(info.type)};
        if (text_count_unknown(text, &(TextFlow){.paragraphs = &paragraph, .count = 1}) > 0)
            say(tree, id, what, "has a letter that no font has");
    }
}

static void check_overlaps(const Widgets *tree, WidgetId id, const char *what)
{
    WidgetInfo info = widget_info(tree, id);
    for (WidgetId at = 1; at < id; at++) {
        WidgetInfo other = widget_info(tree, at);
        bool is_sibling = other.parent == info.parent && other.is_shown;
        bool is_over = info.parent && widget_info(tree, info.parent).is_stack;
        if (is_sibling && !is_over && meet(info.box, other.box))
            say(tree, id, what, "lies over the one before");
    }
}

void check_shape(const Widgets *tree, Text *text, const WidgetFrame *frame, const char *what)
{
    for (WidgetId id = 1; id <= widgets_count(tree); id++) {
        WidgetInfo info = widget_info(tree, id);
        if (!info.is_shown)
            continue;
        check_place(tree, id, what);
        check_overlaps(tree, id, what);
        check_text_room(tree, text, frame, id, what);
        if (info.is_control && info.box.height < frame->target_px - AIR)
            say(tree, id, what, "is too low for a finger");
        if (info.is_control && info.box.width < frame->target_px - AIR)
            say(tree, id, what, "is too narrow for a finger");
    }
}

void check_layout(const Widgets *tree, Text *text, const WidgetFrame *frame, const char *what)
{
    check_shape(tree, text, frame, what);
    for (WidgetId id = 1; id <= widgets_count(tree); id++)
        if (widget_info(tree, id).is_shown && !holds_others(tree, id))
            check_glyphs(tree, text, id, what);
}

// ---- input

Input check_quiet_input(const WidgetFrame *frame)
{
    static double time_s = 0;
    time_s += 1; // nothing is held on
    return (Input){.width = (int)frame->width_px,
                   .height = (int)frame->height_px,
                   .mouse_x = -1,
                   .mouse_y = -1,
                   .time_s = time_s,
                   .has_focus = true};
}

WidgetEvent check_press_key(Widgets *tree, const WidgetFrame *frame, Key key)
{
    Input input = check_quiet_input(frame);
    input.keys[key] = (InputButton){.is_down = true, .was_pressed = true};
    WidgetEvent event = widgets_hear(tree, &input);
    input = check_quiet_input(frame);
    input.keys[key].was_released = true;
    (void)widgets_hear(tree, &input);
    return event;
}

WidgetEvent check_press_pad(Widgets *tree, const WidgetFrame *frame, PadButton button)
{
    Input input = check_quiet_input(frame);
    input.has_pad = true;
    input.pad[button] = (InputButton){.is_down = true, .was_pressed = true};
    WidgetEvent event = widgets_hear(tree, &input);
    input = check_quiet_input(frame);
    input.pad[button].was_released = true;
    (void)widgets_hear(tree, &input);
    return event;
}

static WidgetEvent touch(Widgets *tree, const WidgetFrame *frame, float x, float y, int phase)
{
    Input input = check_quiet_input(frame);
    input.touch_count = 1;
    input.touches[0] = (InputTouch){.id = 1,
                                    .x = x,
                                    .y = y,
                                    .was_pressed = phase == 0,
                                    .is_down = phase < 2,
                                    .was_released = phase == 2};
    return widgets_hear(tree, &input);
}

WidgetEvent check_tap(Widgets *tree, const WidgetFrame *frame, float x, float y)
{
    (void)touch(tree, frame, x, y, 0);
    WidgetEvent event = touch(tree, frame, x, y, 2);
    Input input = check_quiet_input(frame);
    (void)widgets_hear(tree, &input);
    return event;
}

// ---- focus

enum { MOST = 4096, MOST_NOTCHES = 150 };

static uint32_t count_focusable(const Widgets *tree)
{
    uint32_t count = 0;
    for (WidgetId id = 1; id <= widgets_count(tree); id++)
        count += widget_info(tree, id).can_focus;
    return count;
}

static void miss(const Widgets *tree, const bool *seen, const char *what, const char *fault)
{
    for (WidgetId id = 1; id <= widgets_count(tree); id++)
        if (widget_info(tree, id).can_focus && !seen[id])
            say(tree, id, what, fault);
}

static void walk_tab(Widgets *tree, const WidgetFrame *frame, const char *what)
{
    bool seen[MOST] = {false};
    uint32_t count = count_focusable(tree);
    assert_true(widgets_count(tree) < MOST);
    for (uint32_t i = 0; i < count; i++) {
        (void)check_press_key(tree, frame, KEY_TAB);
        seen[widgets_focused(tree)] = true;
        WidgetInfo info = widget_info(tree, widgets_focused(tree));
        if (info.visible.height < 1)
            say(tree, widgets_focused(tree), what, "is focused and not seen");
    }
    miss(tree, seen, what, "is not reached by Tab");
}

// What moves a value does not move the focus.
static bool keeps_sideways(WidgetKind kind)
{
    return kind == WIDGET_SLIDER || kind == WIDGET_CHOICE;
}

// Text lies between: one reads on, down and up again.
static void read_through(Widgets *tree, const WidgetFrame *frame, bool *seen)
{
    widgets_focus(tree, widgets_next(tree, 0, 1));
    for (int i = 0; i < 2 * MOST_NOTCHES; i++) {
        (void)check_press_key(tree, frame, i < MOST_NOTCHES ? KEY_DOWN : KEY_UP);
        seen[widgets_focused(tree)] = true;
    }
}

static void walk_arrows(Widgets *tree, const WidgetFrame *frame, const char *what)
{
    static const int ways[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    bool seen[MOST] = {false};
    WidgetId queue[MOST], first = widgets_next(tree, 0, 1);
    uint32_t from = 0, to = 0;
    if (!first)
        return;
    queue[to++] = first;
    seen[first] = true;
    while (from < to) {
        WidgetId id = queue[from++];
        widgets_focus(tree, id);
        for (int i = 0; i < 4; i++) {
            if (ways[i][0] && keeps_sideways(widget_info(tree, id).kind))
                continue;
            WidgetId next = widgets_neighbour(tree, id, ways[i][0], ways[i][1]);
            if (next && !seen[next]) {
                seen[next] = true;
                queue[to++] = next;
            }
        }
    }
    read_through(tree, frame, seen);
    miss(tree, seen, what, "is not reached by arrows");
}

// Drags what scrolls until all of it is seen.
static void drag_into_sight(Widgets *tree, const WidgetFrame *frame, WidgetId id)
{
    for (int i = 0; i < 200; i++) {
        WidgetInfo info = widget_info(tree, id);
        WidgetId holder = info.parent;
        while (holder && !widget_info(tree, holder).scrolls)
            holder = widget_info(tree, holder).parent;
        float middle = info.box.y + info.box.height / 2;
        if (!holder)
            return;
        WidgetBox room = widget_info(tree, holder).visible;
        float top = room.y + frame->target_px / 2, end = room.y + room.height;
        float by = middle < top ? 40.0f : middle > end - frame->target_px / 2 ? -40.0f : 0;
        if (by == 0)
            return;
        float x = room.x + room.width / 2, y = room.y + room.height / 2;
        (void)touch(tree, frame, x, y, 0);
        (void)touch(tree, frame, x, y + by, 1);
        (void)touch(tree, frame, x, y + by, 2);
    }
}

static void walk_fingers(Widgets *tree, const WidgetFrame *frame, const char *what)
{
    for (WidgetId id = 1; id <= widgets_count(tree); id++) {
        WidgetInfo info = widget_info(tree, id);
        if (!info.can_focus || !info.is_control)
            continue;
        drag_into_sight(tree, frame, id);
        WidgetBox seen = widget_info(tree, id).visible;
        widgets_focus(tree, 0);
        WidgetBox before = widget_info(tree, id).box;
        (void)touch(tree, frame, seen.x + seen.width / 2, seen.y + seen.height / 2, 0);
        if (widgets_focused(tree) != id)
            say(tree, id, what, "does not answer to a finger");
        (void)touch(tree, frame, -100, -100, 1); // and away: nothing is pressed
        (void)touch(tree, frame, -100, -100, 2);
        (void)before;
    }
}

void check_focus(Widgets *tree, const WidgetFrame *frame, const char *what)
{
    walk_tab(tree, frame, what);
    walk_arrows(tree, frame, what);
    walk_fingers(tree, frame, what);
}
