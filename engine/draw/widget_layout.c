// widget_layout.c: where everything of a tree stands: widths from above, heights from below.

#include "draw/widget_parts.h"

#include <math.h>

#define SWITCH_UNITS 44.0f
#define KNOB_UNITS 20.0f
#define TRACK_LEAST 120.0f // a slider's
#define FIELD_LEAST 200.0f
#define FOLD_TEXT 150.0f  // units a text in a row wants at least, before the row folds
#define LEAST_SCROLL 2.6f // targets that a column shows at least
#define RING_ROOM 6.0f    // above and below what scrolls, for the ring

float widget_target_px(float scale, bool is_touched, double pixel_mm)
{
    if (is_touched && pixel_mm > 0)
        return MAX((float)((double)STYLE_TARGET_MM / pixel_mm), STYLE_TARGET);
    return STYLE_TARGET * MAX(scale, 1.0f);
}

// ---- parts of controls

float widget_gap_px(const Widgets *tree, const Widget *node)
{
    return widget_space(tree, node->desc.gap);
}

// Small pictures have thin edges.
float widget_pad_px(const Widgets *tree, const Widget *node)
{
    float pad = widget_space(tree, node->desc.pad);
    float shorter = MIN(tree->frame.width_px, tree->frame.height_px);
    return MIN(pad, MAX(shorter * 0.045f, 2));
}

float widget_switch_px(const Widgets *tree)
{
    return widget_px(tree, SWITCH_UNITS);
}

float widget_knob_px(const Widgets *tree)
{
    return widget_px(tree, KNOB_UNITS);
}

float widget_least_scroll_px(const Widgets *tree)
{
    return LEAST_SCROLL * tree->frame.target_px;
}

WidgetBox widget_stepper(const Widgets *tree, const Widget *node)
{
    WidgetBox box = node->box;
    float target = tree->frame.target_px, width = MIN(node->options_px + 2 * target, box.width);
    return (WidgetBox){box.x + box.width - width, box.y + box.height - target, width, target};
}

// ---- natural widths: what it would take if there were room

static float wish_width(Widgets *tree, WidgetId id);

static float children_wish(Widgets *tree, Widget *node)
{
    float along = 0, widest = 0, gap = widget_gap_px(tree, node);
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        if (widget_at(tree, id)->desc.is_hidden)
            continue;
        float width = wish_width(tree, id);
        along += width + (along > 0 ? gap : 0);
        widest = MAX(widest, width);
    }
    bool is_beside = node->desc.axis == WIDGET_ROW || node->desc.axis == WIDGET_FLOW;
    return (is_beside ? along : widest) + 2 * widget_pad_px(tree, node);
}

static float wish_width(Widgets *tree, WidgetId id)
{
    Widget *node = widget_at(tree, id);
    const WidgetDesc *desc = &node->desc;
    float target = tree->frame.target_px, apart = widget_space(tree, STYLE_APART);
    float text = widget_natural_width(tree, node, false),
          note = widget_natural_width(tree, node, true);
    float both = text + (note > 0 ? note + apart : 0), most = INFINITY, width = 0;
    if (desc->width > 0)
        return widget_text_px(tree, desc->width);
    switch (desc->kind) {
    case WIDGET_PANEL:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
        width = children_wish(tree, node);
        break;
    case WIDGET_TEXT:
        width = text;
        break;
    case WIDGET_BUTTON:
    case WIDGET_TAB:
    case WIDGET_TOAST:
        width = MAX(both + 2 * widget_inside_px(tree, node), target);
        break;
    case WIDGET_TOGGLE:
        width = text + apart + widget_switch_px(tree);
        break;
    case WIDGET_CHOICE:
        width = text + apart + widget_stepper_width(tree, node);
        break;
    case WIDGET_SLIDER:
    case WIDGET_PROGRESS:
        width = MAX(both, widget_px(tree, TRACK_LEAST));
        break;
    case WIDGET_FIELD:
        width = widget_text_px(tree, FIELD_LEAST);
        break;
    case WIDGET_IMAGE:
        width = widget_px(tree, desc->height) * desc->aspect;
        break;
    case WIDGET_RULE:
        break;
    }
    if (desc->most_width > 0)
        most = widget_text_px(tree, desc->most_width);
    return MIN(width, most);
}

// ---- heights: what a width makes of it

static float height_of(Widgets *tree, WidgetId id, float width);

// Of what is in a column that is no wider than `inner`.
static float width_in_column(Widgets *tree, WidgetId id, float inner)
{
    const WidgetDesc *desc = &widget_at(tree, id)->desc;
    float width = inner;
    if (desc->width > 0)
        width = widget_text_px(tree, desc->width);
    else if (desc->fits)
        width = wish_width(tree, id);
    if (desc->most_width > 0)
        width = MIN(width, widget_text_px(tree, desc->most_width));
    return MIN(width, inner);
}

static float column_height(Widgets *tree, Widget *node, float inner)
{
    float height = 0, gap = widget_gap_px(tree, node);
    bool is_first = true;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        if (widget_at(tree, id)->desc.is_hidden)
            continue;
        height += is_first ? 0 : gap;
        height += height_of(tree, id, width_in_column(tree, id, inner));
        is_first = false;
    }
    return height;
}

// What a row's child takes before what is left is shared out among those that grow.
static float least_in_row(Widgets *tree, WidgetId id)
{
    float wish = wish_width(tree, id);
    return widget_at(tree, id)->desc.grows ? MIN(wish, widget_text_px(tree, FOLD_TEXT)) : wish;
}

typedef struct Row {
    float fixed; // of those that do not grow, and gaps
    float least; // of all
    int growing;
} Row;

static Row weigh_row(Widgets *tree, Widget *node)
{
    Row row = {0};
    bool is_first = true;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        const WidgetDesc *desc = &widget_at(tree, id)->desc;
        if (desc->is_hidden)
            continue;
        float gap = is_first ? 0 : widget_gap_px(tree, node), least = least_in_row(tree, id);
        is_first = false;
        row.least += least + gap;
        row.fixed += gap + (desc->grows ? 0 : least);
        row.growing += desc->grows;
    }
    return row;
}

static float width_in_row(Widgets *tree, WidgetId id, const Row *row, float inner)
{
    const WidgetDesc *desc = &widget_at(tree, id)->desc;
    float wish = wish_width(tree, id);
    if (desc->grows)
        return MAX((inner - row->fixed) / (float)row->growing, 1);
    return row->fixed > inner ? wish * inner / row->fixed : wish;
}

static bool folds(Widgets *tree, Widget *node, float inner)
{
    return node->desc.folds && weigh_row(tree, node).least > inner;
}

static float row_height(Widgets *tree, Widget *node, float inner)
{
    Row row = weigh_row(tree, node);
    float height = 0;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        if (!widget_at(tree, id)->desc.is_hidden)
            height = MAX(height, height_of(tree, id, width_in_row(tree, id, &row, inner)));
    }
    return height;
}

// Goes through a flow line by line; places what is in it where `origin` is not NULL.
static float walk_flow(Widgets *tree, Widget *node, float inner, const float origin[2])
{
    float x = 0, y = 0, line = 0, gap = widget_gap_px(tree, node);
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        Widget *child = widget_at(tree, id);
        if (child->desc.is_hidden)
            continue;
        float width = MIN(wish_width(tree, id), inner);
        float height = height_of(tree, id, width);
        if (x > 0 && x + width > inner + 0.5f) {
            x = 0;
            y += line + gap;
            line = 0;
        }
        if (origin)
            child->box = (WidgetBox){origin[0] + x, origin[1] + y, width, height};
        x += width + gap;
        line = MAX(line, height);
    }
    return y + line;
}

static float container_height(Widgets *tree, Widget *node, float width)
{
    float pad = widget_pad_px(tree, node), inner = MAX(width - 2 * pad, 1), height = 0;
    if (node->desc.scrolls || node->desc.kind == WIDGET_LIST)
        height += 2 * widget_px(tree, RING_ROOM);
    switch (node->desc.axis) {
    case WIDGET_ROW:
        if (!folds(tree, node, inner))
            return height + row_height(tree, node, inner) + 2 * pad;
        return height + column_height(tree, node, inner) + 2 * pad;
    case WIDGET_FLOW:
        return height + walk_flow(tree, node, inner, NULL) + 2 * pad;
    case WIDGET_COLUMN:
    case WIDGET_STACK:
        break;
    }
    return height + column_height(tree, node, inner) + 2 * pad;
}

// Text and note beside each other, or under each other where that is too long.
static float two_texts_height(Widgets *tree, Widget *node, float width)
{
    float text = widget_natural_width(tree, node, false),
          note = widget_natural_width(tree, node, true);
    float apart = widget_space(tree, STYLE_APART);
    node->is_folded = note > 0 && text + note + apart > width;
    if (node->is_folded || note <= 0)
        return widget_text_height(tree, node, false, width) +
               (note > 0 ? widget_text_height(tree, node, true, width) : 0);
    return MAX(widget_text_height(tree, node, false, width),
               widget_text_height(tree, node, true, width));
}

static float choice_height(Widgets *tree, Widget *node, float width)
{
    float stepper = widget_stepper_width(tree, node), target = tree->frame.target_px;
    float apart = widget_space(tree, STYLE_APART),
          text = widget_natural_width(tree, node, false);
    node->is_folded = text + apart + stepper > width;
    if (node->is_folded)
        return widget_text_height(tree, node, false, width) + target;
    return MAX(widget_text_height(tree, node, false, width), target);
}

static float leaf_height(Widgets *tree, Widget *node, float width)
{
    float target = tree->frame.target_px, inside = widget_inside_px(tree, node);
    float air = 2 * widget_space(tree, STYLE_CLOSE);
    switch (node->desc.kind) {
    case WIDGET_TEXT:
        return widget_text_height(tree, node, false, width);
    case WIDGET_BUTTON:
        if (widget_is_plate(&node->desc))
            return MAX(width / node->desc.aspect, target);
        return MAX(two_texts_height(tree, node, width - 2 * inside) + air, target);
    case WIDGET_TAB:
    case WIDGET_TOAST:
        return MAX(two_texts_height(tree, node, width - 2 * inside) + air, target);
    case WIDGET_TOGGLE:
        width -= widget_switch_px(tree) + widget_space(tree, STYLE_APART);
        return MAX(widget_text_height(tree, node, false, width), target);
    case WIDGET_CHOICE:
        return choice_height(tree, node, width);
    case WIDGET_SLIDER:
        return two_texts_height(tree, node, width) + target;
    case WIDGET_PROGRESS:
        return two_texts_height(tree, node, width) + widget_space(tree, STYLE_APART);
    case WIDGET_FIELD:
        (void)widget_natural_width(tree, node, false);
        (void)widget_natural_width(tree, node, true);
        return MAX(style_type(node->desc.type).size_px * tree->frame.scale *
                           tree->frame.text_scale * 1.5f +
                       air,
                   target);
    case WIDGET_IMAGE:
        return node->desc.aspect > 0 ? width / node->desc.aspect : 0;
    case WIDGET_RULE:
        return MAX(widget_px(tree, 1), 1);
    case WIDGET_PANEL:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
        break;
    }
    return container_height(tree, node, width);
}

static float height_of(Widgets *tree, WidgetId id, float width)
{
    Widget *node = widget_at(tree, id);
    if (node->pass_width != width) {
        float height = leaf_height(tree, node, width);
        node = widget_at(tree, id);
        node->pass_width = width;
        node->pass_height =
            node->desc.height > 0 ? widget_px(tree, node->desc.height) : ceilf(height);
    }
    return node->pass_height;
}

// ---- places

static void place(Widgets *tree, WidgetId id, WidgetBox box);

static bool may_scroll(const Widget *node)
{
    return node->desc.scrolls || node->desc.kind == WIDGET_LIST ||
           node->desc.kind == WIDGET_DIALOG || node->desc.look == WIDGET_SHEET;
}

bool widget_scrolls(const Widgets *tree, WidgetId id)
{
    const Widget *node = widget_at(tree, id);
    return may_scroll(node) && node->content > node->box.height + 0.5f;
}

static float across(WidgetAlign align, float room, float width)
{
    return align == WIDGET_CENTER ? floorf((room - width) / 2)
           : align == WIDGET_END  ? room - width
                                  : 0;
}

// How far those that grow fall short of what they wish (below 0) or may go beyond it, each.
static float share_column(Widgets *tree, Widget *node, WidgetBox inner)
{
    float gap = widget_gap_px(tree, node), fixed = 0;
    int growing = 0;
    bool is_first = true;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        const WidgetDesc *desc = &widget_at(tree, id)->desc;
        if (desc->is_hidden)
            continue;
        fixed += is_first ? 0 : gap;
        is_first = false;
        growing += desc->grows;
        if (!desc->grows)
            fixed += height_of(tree, id, width_in_column(tree, id, inner.width));
    }
    return growing ? (inner.height - fixed) / (float)growing : 0;
}

// What scrolls may be lower than what is in it, and so may what holds such a column.
static float least_height(Widgets *tree, WidgetId id, float width)
{
    Widget *node = widget_at(tree, id);
    float height = height_of(tree, id, width);
    if (may_scroll(node))
        return MIN(height, widget_least_scroll_px(tree));
    if (node->desc.axis != WIDGET_COLUMN)
        return height;
    float inner = MAX(width - 2 * widget_pad_px(tree, node), 1);
    for (WidgetId child = node->first; child; child = widget_at(tree, child)->next) {
        const WidgetDesc *desc = &widget_at(tree, child)->desc;
        if (desc->is_hidden || !desc->grows)
            continue;
        float own = width_in_column(tree, child, inner);
        height -= height_of(tree, child, own) - least_height(tree, child, own);
    }
    return height;
}

static float place_column(Widgets *tree, Widget *node, WidgetBox inner, bool is_endless)
{
    float y = inner.y, gap = widget_gap_px(tree, node);
    float share = share_column(tree, node, inner);
    bool is_first = true;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        Widget *child = widget_at(tree, id);
        if (child->desc.is_hidden)
            continue;
        float width = width_in_column(tree, id, inner.width);
        float height = height_of(tree, id, width);
        y += is_first ? 0 : gap;
        is_first = false;
        if (child->desc.grows && !is_endless)
            height = MAX(share, least_height(tree, id, width));
        float x = inner.x + across(child->desc.align, inner.width, width);
        place(tree, id, (WidgetBox){x, y, width, height});
        y += height;
    }
    return y - inner.y;
}

static float place_row(Widgets *tree, Widget *node, WidgetBox inner)
{
    Row row = weigh_row(tree, node);
    float x = inner.x, gap = widget_gap_px(tree, node), tallest = 0;
    bool is_first = true;
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        Widget *child = widget_at(tree, id);
        if (child->desc.is_hidden)
            continue;
        float width = width_in_row(tree, id, &row, inner.width);
        float height = height_of(tree, id, width);
        if (child->desc.grows && may_scroll(child))
            height = inner.height;
        x += is_first ? 0 : gap;
        is_first = false;
        float y = inner.y + across(child->desc.align_y, inner.height, height);
        place(tree, id, (WidgetBox){x, y, width, height});
        x += width;
        tallest = MAX(tallest, height);
    }
    return tallest;
}

static float place_flow(Widgets *tree, Widget *node, WidgetBox inner)
{
    float height = walk_flow(tree, node, inner.width, (const float[2]){inner.x, inner.y});
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next)
        if (!widget_at(tree, id)->desc.is_hidden)
            place(tree, id, widget_at(tree, id)->box);
    return height;
}

static float place_stack(Widgets *tree, Widget *node, WidgetBox inner)
{
    for (WidgetId id = node->first; id; id = widget_at(tree, id)->next) {
        Widget *child = widget_at(tree, id);
        const WidgetDesc *desc = &child->desc;
        if (desc->is_hidden)
            continue;
        float width = width_in_column(tree, id, inner.width);
        float height = MIN(height_of(tree, id, width), inner.height);
        if (desc->grows)
            height = inner.height;
        place(tree, id,
              (WidgetBox){inner.x + across(desc->align, inner.width, width),
                          inner.y + across(desc->align_y, inner.height, height), width,
                          height});
    }
    return inner.height;
}

static float place_children(Widgets *tree, Widget *node, WidgetBox inner)
{
    bool is_endless = node->desc.scrolls || node->desc.kind == WIDGET_LIST;
    switch (node->desc.axis) {
    case WIDGET_ROW:
        if (!folds(tree, node, inner.width))
            return place_row(tree, node, inner);
        break;
    case WIDGET_FLOW:
        return place_flow(tree, node, inner);
    case WIDGET_STACK:
        return place_stack(tree, node, inner);
    case WIDGET_COLUMN:
        break;
    }
    return place_column(tree, node, inner, is_endless);
}

static void place(Widgets *tree, WidgetId id, WidgetBox box)
{
    Widget *node = widget_at(tree, id);
    node->box = box;
    node->content = box.height;
    if (!node->first)
        return;
    float pad = widget_pad_px(tree, node);
    bool has_ring_room = node->desc.scrolls || node->desc.kind == WIDGET_LIST;
    float air = pad + (has_ring_room ? widget_px(tree, RING_ROOM) : 0);
    WidgetBox inner = {box.x + pad, box.y + air, MAX(box.width - 2 * pad, 1),
                       MAX(box.height - 2 * air, 1)};
    float content = place_children(tree, node, inner) + 2 * air;
    node->content = content;
    node->scroll = CLAMP(node->scroll, 0, MAX(content - box.height, 0));
    if (!may_scroll(node))
        node->scroll = 0;
}

static bool is_other_frame(const WidgetFrame *a, const WidgetFrame *b)
{
    return a->width_px != b->width_px || a->height_px != b->height_px || a->scale != b->scale ||
           a->text_scale != b->text_scale || a->target_px != b->target_px || a->lang != b->lang;
}

bool widgets_layout(Widgets *tree, Text *text, const WidgetFrame *frame)
{
    bool is_other = is_other_frame(&tree->frame, frame);
    bool has_other_texts = tree->frame.scale != frame->scale ||
                           tree->frame.text_scale != frame->text_scale ||
                           tree->frame.lang != frame->lang;
    tree->frame = *frame;
    if (!is_other && !tree->is_dirty)
        return false;
    for (WidgetId id = 1; id <= tree->count; id++) {
        Widget *node = widget_at(tree, id);
        node->pass_width = -1;
        if (has_other_texts)
            node->text.natural[0] = node->note.natural[0] = node->text.width =
                node->note.width = node->options_px = -1;
    }
    tree->measuring = text;
    place(tree, WIDGET_ROOT, (WidgetBox){0, 0, frame->width_px, frame->height_px});
    tree->is_dirty = false;
    tree->layout_count++;
    if (tree->focus)
        widget_reveal(tree, tree->focus);
    return true;
}
