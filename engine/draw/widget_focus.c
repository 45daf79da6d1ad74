// widget_focus.c: where things are seen, what can be focused, and what is next to what.

#include "draw/widget_parts.h"

#include <math.h>

#define ELSEWHERE 1e6f
#define SCROLL_AIR 0.5f // targets kept free beside what is scrolled to

// ---- what is seen

bool widget_is_shown(const Widgets *tree, WidgetId id)
{
    for (; id; id = widget_at(tree, id)->parent) {
        const Widget *node = widget_at(tree, id);
        if (node->desc.is_hidden || (!node->parent && id != WIDGET_ROOT))
            return false;
    }
    return true;
}

bool widget_is_within(const Widgets *tree, WidgetId id, WidgetId holder)
{
    while (id && id != holder)
        id = widget_at(tree, id)->parent;
    return id == holder && id != 0;
}

WidgetId widget_modal(const Widgets *tree)
{
    WidgetId modal = WIDGET_ROOT;
    for (WidgetId id = 1; id <= tree->count; id++)
        if (widget_at(tree, id)->desc.kind == WIDGET_DIALOG && widget_is_shown(tree, id))
            modal = id;
    return modal;
}

WidgetBox widget_place(const Widgets *tree, WidgetId id)
{
    WidgetBox box = widget_at(tree, id)->box;
    for (WidgetId at = widget_at(tree, id)->parent; at; at = widget_at(tree, at)->parent)
        box.y -= widget_at(tree, at)->scroll;
    return box;
}

WidgetBox widget_shared(WidgetBox a, WidgetBox b)
{
    float right = MIN(a.x + a.width, b.x + b.width), x = MAX(a.x, b.x);
    float bottom = MIN(a.y + a.height, b.y + b.height), y = MAX(a.y, b.y);
    return (WidgetBox){x, y, MAX(right - x, 0), MAX(bottom - y, 0)};
}

WidgetBox widget_clip(const Widgets *tree, WidgetId id)
{
    WidgetBox clip = {0, 0, tree->frame.width_px, tree->frame.height_px};
    for (WidgetId at = widget_at(tree, id)->parent; at; at = widget_at(tree, at)->parent) {
        if (!widget_scrolls(tree, at))
            continue;
        WidgetBox box = widget_place(tree, at);
        float ring = widget_px(tree, 2 * STYLE_RING + 1); // beside it there is room
        clip = widget_shared(
            clip, (WidgetBox){box.x - ring, box.y, box.width + 2 * ring, box.height});
    }
    return clip;
}

WidgetBox widget_mirror(const Widgets *tree, WidgetBox box)
{
    if (tree->frame.is_mirrored)
        box.x = tree->frame.width_px - box.x - box.width;
    return box;
}

// ---- scrolling

WidgetId widget_scroller(const Widgets *tree, WidgetId id)
{
    while (id && !widget_scrolls(tree, id))
        id = widget_at(tree, id)->parent;
    return id;
}

void widget_scroll_by(Widgets *tree, WidgetId id, float px)
{
    Widget *node = widget_at(tree, id);
    node->scroll = CLAMP(node->scroll + px, 0, MAX(node->content - node->box.height, 0));
}

void widget_reveal(Widgets *tree, WidgetId id)
{
    if (id > tree->count || !widget_is_shown(tree, id))
        return;
    for (WidgetId at = widget_at(tree, id)->parent; at; at = widget_at(tree, at)->parent) {
        if (!widget_scrolls(tree, at))
            continue;
        WidgetBox box = widget_place(tree, id), room = widget_place(tree, at);
        float air = SCROLL_AIR * tree->frame.target_px;
        float above = box.y - air - room.y;
        float below = box.y + box.height + air - room.y - room.height;
        if (above < 0)
            widget_scroll_by(tree, at, above);
        else if (below > 0)
            widget_scroll_by(tree, at, MIN(below, above));
    }
}

// ---- focus

bool widget_is_control(WidgetKind kind)
{
    switch (kind) {
    case WIDGET_BUTTON:
    case WIDGET_SLIDER:
    case WIDGET_TOGGLE:
    case WIDGET_CHOICE:
    case WIDGET_FIELD:
    case WIDGET_TAB:
        return true;
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
    return false;
}

static bool holds_control(const Widgets *tree, WidgetId id)
{
    for (WidgetId child = widget_at(tree, id)->first; child;
         child = widget_at(tree, child)->next) {
        const Widget *node = widget_at(tree, child);
        if (!node->desc.is_hidden &&
            (widget_is_control(node->desc.kind) || holds_control(tree, child)))
            return true;
    }
    return false;
}

// A text that scrolls and has nothing to press in it is focused itself: else keys could not
// read on.
bool widget_can_focus(const Widgets *tree, WidgetId id)
{
    if (!widget_is_shown(tree, id) || !widget_is_within(tree, id, widget_modal(tree)))
        return false;
    return widget_is_control(widget_at(tree, id)->desc.kind) ||
           (widget_scrolls(tree, id) && !holds_control(tree, id));
}

WidgetId widgets_read_on(const Widgets *tree, WidgetId id)
{
    if (widget_at(tree, id)->first)
        return widget_at(tree, id)->first;
    while (id && !widget_at(tree, id)->next)
        id = widget_at(tree, id)->parent;
    return id ? widget_at(tree, id)->next : 0;
}

WidgetId widgets_next(const Widgets *tree, WidgetId id, int step)
{
    WidgetId first = 0, before = 0, last = 0, after = 0;
    bool is_past = false;
    for (WidgetId at = WIDGET_ROOT; at; at = widgets_read_on(tree, at)) {
        if (at == id) {
            is_past = true;
            continue;
        }
        if (!widget_can_focus(tree, at))
            continue;
        first = first ? first : at;
        last = at;
        if (!is_past)
            before = at;
        else if (!after)
            after = at;
    }
    if (step > 0)
        return after ? after : first ? first : id;
    return before ? before : last ? last : id;
}

static bool has_room(WidgetBox box)
{
    return box.width > 1 && box.height > 1;
}

// As far as it is seen; of what is scrolled away, the edge behind which it is.
static WidgetBox seen_box(const Widgets *tree, WidgetId id)
{
    WidgetBox box = widget_place(tree, id), clip = widget_clip(tree, id);
    float bottom = CLAMP(box.y + box.height, clip.y, clip.y + clip.height);
    box.y = CLAMP(box.y, clip.y, clip.y + clip.height);
    box.height = bottom - box.y;
    return box;
}

WidgetId widgets_neighbour(const Widgets *tree, WidgetId id, int right, int down)
{
    WidgetId best = 0;
    float best_far = INFINITY;
    if (!id)
        return widgets_next(tree, 0, 1);
    WidgetId column = widget_scroller(tree, widget_at(tree, id)->parent);
    for (WidgetId at = WIDGET_ROOT; at; at = widgets_read_on(tree, at)) {
        if (at == id || !widget_can_focus(tree, at))
            continue;
        // What another column has scrolled away is not next to anything.
        WidgetId scroller = widget_scroller(tree, widget_at(tree, at)->parent);
        bool is_near = scroller && widget_is_within(tree, id, scroller);
        if (scroller && !is_near && !has_room(seen_box(tree, at)))
            continue;
        WidgetBox from = is_near ? widget_place(tree, id) : seen_box(tree, id);
        WidgetBox to = is_near ? widget_place(tree, at) : seen_box(tree, at);
        from = widget_mirror(tree, from);
        to = widget_mirror(tree, to);
        // From edge to edge along the way, and how far aside; overlapping counts as straight.
        float along = right > 0   ? to.x - (from.x + from.width)
                      : right < 0 ? from.x - (to.x + to.width)
                      : down > 0  ? to.y - (from.y + from.height)
                                  : from.y - (to.y + to.height);
        float aside = right
                          ? MAX(MAX(to.y - from.y - from.height, from.y - to.y - to.height), 0)
                          : MAX(MAX(to.x - from.x - from.width, from.x - to.x - to.width), 0);
        if (along < -1 || (right && aside > 0))
            continue;
        float middle = right ? fabsf(to.y + to.height / 2 - from.y - from.height / 2)
                             : fabsf(to.x + to.width / 2 - from.x - from.width / 2);
        float far = along + 3 * aside + 0.05f * middle;
        if (down && column && !is_near) // one leaves a column at its ends
            far += ELSEWHERE;
        if (far < best_far) {
            best_far = far;
            best = at;
        }
    }
    return best;
}

void widgets_focus(Widgets *tree, WidgetId id)
{
    tree->focus = id;
    if (id && tree->layout_count > 0)
        widget_reveal(tree, id);
}

void widgets_show_focus(Widgets *tree, bool is_shown)
{
    tree->shows_focus = is_shown;
}

WidgetId widgets_focused(const Widgets *tree)
{
    return tree->focus;
}

// ---- what tests look at

// Moved as what it is in has moved.
static WidgetBox seen_text(const Widgets *tree, WidgetId id, const WidgetTextPlace *place)
{
    WidgetBox box = place->box;
    if (!place->text)
        return (WidgetBox){0};
    box.y += widget_place(tree, id).y - widget_at(tree, id)->box.y;
    return widget_mirror(tree, box);
}

WidgetInfo widget_info(const Widgets *tree, WidgetId id)
{
    const Widget *node = widget_at(tree, id);
    WidgetBox box = widget_place(tree, id);
    WidgetTextPlace texts[2];
    widget_text_places(tree, node, texts);
    bool has_option = node->value >= 0 && node->value < (float)node->desc.option_count;
    return (WidgetInfo){
        .kind = node->desc.kind,
        .texts = {seen_text(tree, id, &texts[0]), seen_text(tree, id, &texts[1])},
        .parent = node->parent,
        .name = widget_name(tree, id),
        .text = widget_text(tree, id),
        .note = node->desc.note ? node->desc.note : "",
        .said = node->desc.said ? node->desc.said : "",
        .option = has_option ? node->desc.options[(uint32_t)node->value] : "",
        .box = widget_mirror(tree, box),
        .visible = widget_mirror(tree, widget_shared(box, widget_clip(tree, id))),
        .content_px = node->content,
        .is_shown = widget_is_shown(tree, id),
        .is_control = widget_is_control(node->desc.kind),
        .can_focus = widget_can_focus(tree, id),
        .scrolls = widget_scrolls(tree, id),
        .is_stack = node->desc.axis == WIDGET_STACK,
        .is_picture = node->desc.kind == WIDGET_IMAGE || widget_is_plate(&node->desc),
        .type = node->desc.type,
        .lang = node->desc.lang ? node->desc.lang : tree->frame.lang,
        .spans = node->desc.spans,
        .span_count = node->desc.span_count,
    };
}
