// widget_draw.c: a tree as quads, in the order of the tree.

#include "draw/widget_parts.h"

#include <math.h>
#include <string.h>

#define TRACK_UNITS 4.0f
#define SWITCH_HIGH 26.0f
#define BAR_UNITS 4.0f // of what scrolls
#define BAR_BESIDE 5.0f
#define BAR_LEAST 28.0f
#define SHADOW_UNITS 18.0f
#define SHADOW_DROP 8.0f
#define SHADOW 0.34f
#define ASIDE_UNITS 2.0f
#define ASIDE 0.5f // opacity
#define HELD 0.75f // opacity of what is held down

typedef struct Brush {
    Widgets *tree;
    Text *text;
    float opacity;
    WidgetBox clip;
    RenderQuad *quads;
    uint32_t count, most;
} Brush;

// Boxes are not mirrored, but scrolled. NULL where nothing of it is seen.
static RenderQuad *push(Brush *brush, WidgetBox box)
{
    WidgetBox clip = brush->clip;
    bool is_seen = box.x < clip.x + clip.width && box.x + box.width > clip.x &&
                   box.y < clip.y + clip.height && box.y + box.height > clip.y;
    if (!is_seen || brush->count == brush->most)
        return NULL;
    box = widget_mirror(brush->tree, box);
    clip = widget_mirror(brush->tree, clip);
    RenderQuad *quad = &brush->quads[brush->count++];
    *quad = (RenderQuad){.x = box.x, .y = box.y, .width = box.width, .height = box.height};
    const WidgetFrame *frame = &brush->tree->frame;
    if (clip.width < frame->width_px || clip.height < frame->height_px) {
        const float px[4] = {clip.x, clip.y, MAX(clip.width, 1), clip.height};
        memcpy(quad->clip, px, sizeof px);
    }
    return quad;
}

static void paint(const Brush *brush, StyleColor color, float opacity, float out[4])
{
    style_paint(brush->tree->frame.theme, color, opacity * brush->opacity, out);
}

static void fill(Brush *brush, WidgetBox box, StyleColor color, float corner_px, float opacity)
{
    RenderQuad *quad = push(brush, box);
    if (!quad)
        return;
    quad->corner_px = corner_px;
    paint(brush, color, opacity, quad->color);
}

static void outline(Brush *brush, WidgetBox box, StyleColor color, float corner_px,
                    float thickness_px)
{
    RenderQuad *quad = push(brush, box);
    if (!quad)
        return;
    quad->corner_px = corner_px;
    quad->border_px = MAX(thickness_px, 1);
    paint(brush, color, 1, quad->border_color);
}

// Whole pixels: text that stands between two of them is blurred.
static void write_at(Brush *brush, const TextFlow *flow, WidgetBox box, StyleColor color)
{
    TextPicture picture = text_cached(brush->text, flow);
    if (!picture.texture.id)
        return;
    float margin = picture.margin_px;
    WidgetBox whole = {box.x - margin, box.y - margin, picture.width_px, picture.height_px};
    RenderQuad *quad = push(brush, whole);
    if (!quad)
        return;
    quad->x = roundf(quad->x);
    quad->y = roundf(quad->y);
    quad->texture = picture.texture;
    paint(brush, color, 1, quad->color);
}

static bool is_seen(const Brush *brush, WidgetBox box)
{
    return box.y < brush->clip.y + brush->clip.height && box.y + box.height > brush->clip.y;
}

static void write_text(Brush *brush, const Widget *node, const WidgetTextPlace *place,
                       bool is_note, float moved, StyleColor color)
{
    WidgetBox box = place->box;
    box.y += moved;
    if (!place->text || !is_seen(brush, box))
        return;
    TextParagraph paragraph;
    TextFlow flow = widget_flow(brush->tree, node, place->text, is_note,
                                place->is_broken ? place->box.width : 0, &paragraph);
    write_at(brush, &flow, box, color);
}

static void write_texts(Brush *brush, const Widget *node, float moved, StyleColor color,
                        StyleColor note)
{
    WidgetTextPlace places[2];
    widget_text_places(brush->tree, node, places);
    write_text(brush, node, &places[0], false, moved, color);
    write_text(brush, node, &places[1], true, moved, note);
}

// ---- controls

static bool is_lit(const Brush *brush, WidgetId id)
{
    return brush->tree->hovered == id || brush->tree->held == id;
}

static float control_corner(const Brush *brush)
{
    return widget_px(brush->tree, STYLE_RADIUS_CONTROL);
}

// Whole, in the middle of its frame.
static void draw_picture(Brush *brush, const Widget *node, WidgetBox frame)
{
    WidgetBox box = frame;
    float aspect = node->picture_aspect;
    if (!node->desc.picture.id) {
        fill(brush, frame, STYLE_RAISED, 0, 1);
        return;
    }
    if (aspect > 0)
        box.width = MIN(frame.width, frame.height * aspect);
    if (aspect > 0)
        box.height = box.width / aspect;
    box.x += (frame.width - box.width) / 2;
    box.y += (frame.height - box.height) / 2;
    if (frame.width - box.width > 1 || frame.height - box.height > 1)
        fill(brush, frame, STYLE_RAISED, 0, 1);
    RenderQuad *quad = push(brush, box);
    if (!quad)
        return;
    for (int i = 0; i < 4; i++)
        quad->color[i] = brush->opacity;
    quad->texture = node->desc.picture;
}

static void draw_plate(Brush *brush, WidgetId id, const Widget *node, WidgetBox box)
{
    draw_picture(brush, node, box);
    outline(brush, box, is_lit(brush, id) ? STYLE_ACCENT : STYLE_LINE, 0,
            widget_px(brush->tree, is_lit(brush, id) ? 2 : 1));
}

static void draw_button(Brush *brush, WidgetId id, const Widget *node, WidgetBox box,
                        float moved)
{
    float corner = control_corner(brush);
    bool is_chosen = node->value > 0, is_strong = node->desc.look == WIDGET_STRONG;
    StyleColor ink = STYLE_INK, note = STYLE_INK_SOFT;
    if (is_strong) {
        fill(brush, box, STYLE_ACCENT, corner, brush->tree->held == id ? HELD : 1);
        ink = note = STYLE_ON_ACCENT;
        if (brush->tree->hovered == id)
            outline(brush, box, STYLE_INK, corner, widget_px(brush->tree, 1.5f));
    } else {
        if (is_lit(brush, id) || is_chosen)
            fill(brush, box, STYLE_RAISED, corner, 1);
        if (node->desc.look != WIDGET_ENTRY)
            outline(brush, box, is_chosen ? STYLE_ACCENT : STYLE_EDGE, corner,
                    widget_px(brush->tree, is_chosen ? 2 : 1));
    }
    if (is_chosen && node->desc.look == WIDGET_ENTRY) {
        float bar = widget_px(brush->tree, 3);
        fill(brush, (WidgetBox){box.x, box.y, bar, box.height}, STYLE_ACCENT, bar / 2, 1);
    }
    write_texts(brush, node, moved, is_chosen ? STYLE_ACCENT : ink, note);
}

static void draw_tab(Brush *brush, WidgetId id, const Widget *node, WidgetBox box, float moved)
{
    bool is_chosen = node->value > 0;
    float line = widget_px(brush->tree, is_chosen ? 3 : 1);
    if (is_lit(brush, id))
        fill(brush, box, STYLE_RAISED, control_corner(brush), 1);
    fill(brush, (WidgetBox){box.x, box.y + box.height - line, box.width, line},
         is_chosen ? STYLE_ACCENT : STYLE_LINE, 0, 1);
    write_texts(brush, node, moved, is_chosen ? STYLE_ACCENT : STYLE_INK_SOFT, STYLE_INK_SOFT);
}

static void draw_toggle(Brush *brush, WidgetId id, const Widget *node, WidgetBox box,
                        float moved)
{
    const Widgets *tree = brush->tree;
    float high = widget_px(tree, SWITCH_HIGH), wide = widget_switch_px(tree);
    bool is_on = node->value > 0;
    WidgetBox pill = {box.x + box.width - wide, box.y + (box.height - high) / 2, wide, high};
    if (is_on)
        fill(brush, pill, STYLE_ACCENT, high / 2, 1);
    else
        outline(brush, pill, STYLE_EDGE, high / 2,
                widget_px(tree, is_lit(brush, id) ? 2 : 1.5f));
    float knob = high - widget_px(tree, is_on ? 8 : 12), air = (high - knob) / 2;
    WidgetBox dot = {is_on ? pill.x + wide - air - knob : pill.x + air, pill.y + air, knob,
                     knob};
    fill(brush, dot, is_on ? STYLE_ON_ACCENT : STYLE_EDGE, knob / 2, 1);
    write_texts(brush, node, moved, STYLE_INK, STYLE_INK_SOFT);
}

static void draw_slider(Brush *brush, WidgetId id, const Widget *node, WidgetBox box,
                        float moved)
{
    const Widgets *tree = brush->tree;
    const WidgetDesc *desc = &node->desc;
    float thin = widget_px(tree, TRACK_UNITS), knob = widget_knob_px(tree);
    float middle = box.y + box.height - tree->frame.target_px / 2;
    float range = desc->most - desc->least, part = (node->value - desc->least) / range;
    float along = MAX(box.width - knob, 1);
    float at = box.x + knob / 2 + (range > 0 ? CLAMP(part, 0, 1) : 0) * along;
    WidgetBox track = {box.x, middle - thin / 2, box.width, thin};
    knob += is_lit(brush, id) ? widget_px(tree, 3) : 0;
    fill(brush, track, STYLE_EDGE, thin / 2, 1);
    track.width = at - track.x;
    fill(brush, track, STYLE_ACCENT, thin / 2, 1);
    fill(brush, (WidgetBox){at - knob / 2, middle - knob / 2, knob, knob}, STYLE_ACCENT,
         knob / 2, 1);
    write_texts(brush, node, moved, STYLE_INK, STYLE_INK_SOFT);
}

static void write_centered(Brush *brush, const Widget *node, const char *text, WidgetBox room,
                           StyleColor color)
{
    TextParagraph paragraph;
    TextFlow flow = widget_flow(brush->tree, node, text, false, 0, &paragraph);
    float size[2];
    text_measure(brush->text, &flow, &size[0], &size[1]);
    bool is_long = size[0] - 2 * WIDGET_TEXT_MARGIN_PX > room.width;
    if (is_long) {
        flow = widget_flow(brush->tree, node, text, false, room.width, &paragraph);
        text_measure(brush->text, &flow, &size[0], &size[1]);
    }
    float width = size[0] - 2 * WIDGET_TEXT_MARGIN_PX,
          height = size[1] - 2 * WIDGET_TEXT_MARGIN_PX;
    write_at(brush, &flow,
             (WidgetBox){room.x + (room.width - width) / 2, room.y + (room.height - height) / 2,
                         width, height},
             color);
}

// Two strokes that meet in a point.
static void draw_arrow(Brush *brush, WidgetBox box, bool is_back, StyleColor color)
{
    float size = widget_px(brush->tree, 8), thick = widget_px(brush->tree, 2);
    float x = box.x + box.width / 2, y = box.y + box.height / 2, length = size * 1.15f;
    for (int i = -1; i <= 1; i += 2) {
        RenderQuad *quad =
            push(brush, (WidgetBox){x - length / 2, y + (float)i * size * 0.36f - thick / 2,
                                    length, thick});
        if (!quad)
            continue;
        bool points_left = is_back != brush->tree->frame.is_mirrored;
        quad->turn_rad = (points_left ? 1.0f : -1.0f) * (float)i * 0.7853982f;
        quad->corner_px = thick / 2;
        paint(brush, color, 1, quad->color);
    }
}

static void draw_choice(Brush *brush, WidgetId id, const Widget *node, float moved)
{
    WidgetBox box = widget_stepper(brush->tree, node);
    float target = brush->tree->frame.target_px, corner = control_corner(brush);
    box.y += moved;
    if (is_lit(brush, id))
        fill(brush, box, STYLE_RAISED, corner, 1);
    outline(brush, box, STYLE_EDGE, corner, widget_px(brush->tree, 1));
    draw_arrow(brush, (WidgetBox){box.x, box.y, target, box.height}, true, STYLE_ACCENT);
    draw_arrow(brush, (WidgetBox){box.x + box.width - target, box.y, target, box.height}, false,
               STYLE_ACCENT);
    uint32_t chosen = (uint32_t)node->value;
    WidgetBox middle = {box.x + target, box.y, box.width - 2 * target, box.height};
    if (chosen < node->desc.option_count)
        write_centered(brush, node, node->desc.options[chosen], middle, STYLE_INK);
    write_texts(brush, node, moved, STYLE_INK, STYLE_INK_SOFT);
}

static void draw_field(Brush *brush, WidgetId id, const Widget *node, WidgetBox box,
                       float moved)
{
    const Widgets *tree = brush->tree;
    bool is_empty = !node->typed[0], is_focused = tree->focus == id;
    float corner = control_corner(brush);
    fill(brush, box, STYLE_RAISED, corner, 1);
    outline(brush, box, STYLE_EDGE, corner, widget_px(tree, 1));
    WidgetTextPlace places[2];
    widget_text_places(tree, node, places);
    WidgetBox outer = brush->clip, room = places[is_empty].room;
    room.y += moved;
    brush->clip = widget_shared(outer, room);
    write_text(brush, node, &places[0], false, moved, STYLE_INK);
    write_text(brush, node, &places[1], true, moved, STYLE_INK_SOFT);
    brush->clip = outer;
    if (!is_focused)
        return;
    float inside = widget_inside_px(tree, node), high = box.height * 0.5f;
    float x = is_empty || !places[0].text ? box.x + inside - widget_px(tree, 3)
                                          : places[0].box.x + places[0].box.width + 1;
    fill(brush, (WidgetBox){x, box.y + (box.height - high) / 2, widget_px(tree, 1.5f), high},
         STYLE_ACCENT, 0, 1);
}

static void draw_progress(Brush *brush, const Widget *node, WidgetBox box, float moved)
{
    float thin = widget_px(brush->tree, TRACK_UNITS + 2);
    WidgetBox bar = {box.x, box.y + box.height - thin, box.width, thin};
    fill(brush, bar, STYLE_LINE, thin / 2, 1);
    bar.width = MAX(box.width * CLAMP(node->value, 0, 1), node->value > 0 ? thin : 0);
    fill(brush, bar, STYLE_ACCENT, thin / 2, 1);
    write_texts(brush, node, moved, STYLE_INK, STYLE_INK_SOFT);
}

// ---- panels

static void draw_sheet(Brush *brush, WidgetBox box)
{
    const Widgets *tree = brush->tree;
    float spread = widget_px(tree, SHADOW_UNITS), drop = widget_px(tree, SHADOW_DROP);
    RenderQuad *shadow =
        push(brush, (WidgetBox){box.x - spread, box.y - spread + drop, box.width + 2 * spread,
                                box.height + 2 * spread});
    if (shadow) {
        shadow->color[3] = SHADOW * brush->opacity;
        shadow->corner_px = shadow->soft_px = spread;
    }
    fill(brush, box, STYLE_GROUND, widget_px(tree, STYLE_RADIUS_SHEET), 1);
    if (tree->frame.theme == STYLE_CONTRAST)
        outline(brush, box, STYLE_EDGE, widget_px(tree, STYLE_RADIUS_SHEET),
                widget_px(tree, 2));
}

static void draw_panel(Brush *brush, const Widget *node, WidgetBox box)
{
    const Widgets *tree = brush->tree;
    if (node->desc.kind == WIDGET_DIALOG)
        fill(brush, (WidgetBox){0, 0, tree->frame.width_px, tree->frame.height_px}, STYLE_SCRIM,
             0, 1);
    if (node->desc.look == WIDGET_SHEET || node->desc.kind == WIDGET_DIALOG)
        draw_sheet(brush, box);
    else if (node->desc.look == WIDGET_CARD)
        fill(brush, box, STYLE_RAISED, widget_px(tree, STYLE_RADIUS_CONTROL), 1);
    else if (node->desc.look == WIDGET_ASIDE)
        fill(brush, (WidgetBox){box.x, box.y, widget_px(tree, ASIDE_UNITS), box.height},
             STYLE_ACCENT, 0, ASIDE);
}

static void draw_bar(Brush *brush, WidgetId id, const Widget *node, WidgetBox box)
{
    if (!widget_scrolls(brush->tree, id))
        return;
    const Widgets *tree = brush->tree;
    float part = box.height / node->content, pad = widget_pad_px(tree, node);
    float length = MAX(box.height * part, widget_px(tree, BAR_LEAST));
    float way = node->scroll / MAX(node->content - box.height, 1);
    float wide = widget_px(tree, BAR_UNITS), beside = widget_px(tree, BAR_BESIDE);
    // Beside a column, within a sheet.
    float x = box.x + box.width + (pad > beside + wide ? -beside - wide : beside);
    fill(brush, (WidgetBox){x, box.y + (box.height - length) * way, wide, length}, STYLE_EDGE,
         wide / 2, 1);
}

static void draw_node(Brush *brush, WidgetId id, const Widget *node, WidgetBox box)
{
    float moved = box.y - node->box.y;
    switch (node->desc.kind) {
    case WIDGET_PANEL:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
        draw_panel(brush, node, box);
        return;
    case WIDGET_TEXT:
        write_texts(brush, node, moved, node->desc.color, STYLE_INK_SOFT);
        return;
    case WIDGET_IMAGE:
        draw_picture(brush, node, box);
        return;
    case WIDGET_BUTTON:
        if (widget_is_plate(&node->desc))
            draw_plate(brush, id, node, box);
        else
            draw_button(brush, id, node, box, moved);
        return;
    case WIDGET_TAB:
        draw_tab(brush, id, node, box, moved);
        return;
    case WIDGET_TOGGLE:
        draw_toggle(brush, id, node, box, moved);
        return;
    case WIDGET_SLIDER:
        draw_slider(brush, id, node, box, moved);
        return;
    case WIDGET_CHOICE:
        draw_choice(brush, id, node, moved);
        return;
    case WIDGET_FIELD:
        draw_field(brush, id, node, box, moved);
        return;
    case WIDGET_TOAST:
        fill(brush, box, STYLE_SHADE, widget_px(brush->tree, 8), 1);
        write_texts(brush, node, moved, STYLE_ON_PICTURE, STYLE_ON_PICTURE);
        return;
    case WIDGET_PROGRESS:
        draw_progress(brush, node, box, moved);
        return;
    case WIDGET_RULE:
        fill(brush, box, STYLE_LINE, 0, 1);
        return;
    }
}

static void draw_tree(Brush *brush, WidgetId id)
{
    const Widget *node = widget_at(brush->tree, id);
    if (node->desc.is_hidden)
        return;
    WidgetBox box = widget_place(brush->tree, id);
    brush->clip = widget_clip(brush->tree, id);
    draw_node(brush, id, node, box);
    for (WidgetId child = node->first; child; child = widget_at(brush->tree, child)->next)
        draw_tree(brush, child);
    brush->clip = widget_clip(brush->tree, id);
    draw_bar(brush, id, node, box);
}

static void draw_ring(Brush *brush)
{
    const Widgets *tree = brush->tree;
    WidgetId id = tree->focus;
    if (!tree->shows_focus || !id || !widget_can_focus(tree, id))
        return;
    float thick = widget_px(tree, STYLE_RING), off = thick + widget_px(tree, 1);
    WidgetBox box = widget_place(tree, id);
    brush->clip = widget_clip(tree, id);
    if (!widget_is_control(widget_at(tree, id)->desc.kind)) // around the bar, too
        off += widget_px(tree, BAR_BESIDE + BAR_UNITS);
    box = (WidgetBox){box.x - off, box.y, box.width + 2 * off, box.height};
    if (widget_is_control(widget_at(tree, id)->desc.kind))
        box = (WidgetBox){box.x, box.y - off, box.width, box.height + 2 * off};
    outline(brush, box, STYLE_FOCUS, control_corner(brush) + off, thick);
}

uint32_t widgets_draw(Widgets *tree, Text *text, float opacity, RenderQuad *out, uint32_t most)
{
    Brush brush = {.tree = tree, .text = text, .opacity = opacity, .quads = out, .most = most};
    draw_tree(&brush, WIDGET_ROOT);
    draw_ring(&brush);
    return brush.count;
}
