// widget_text.c: how large the texts of controls are, and where in them they stand.

#include "draw/widget_parts.h"

#include <math.h>

TextFlow widget_flow(const Widgets *tree, const Widget *node, const char *text, bool is_note,
                     float width_px, TextParagraph *paragraph)
{
    const char *lang = node->desc.lang && !is_note ? node->desc.lang : tree->frame.lang;
    StyleType type = is_note ? STYLE_SMALL : node->desc.type;
    *paragraph = (TextParagraph){.text = text,
                                 .lang = lang,
                                 .style = style_type(type),
                                 .spans = is_note ? NULL : node->desc.spans,
                                 .span_count = is_note ? 0 : node->desc.span_count,
                                 .max_lines = node->desc.max_lines};
    paragraph->style.size_px *= tree->frame.scale * tree->frame.text_scale;
    if (node->desc.kind == WIDGET_TEXT && node->desc.align == WIDGET_CENTER)
        paragraph->style.align = TEXT_CENTER;
    return (TextFlow){
        .paragraphs = paragraph,
        .count = 1,
        .width_px = width_px > 0 ? ceilf(width_px) + 2 * WIDGET_TEXT_MARGIN_PX : 0,
        .margin_px = WIDGET_TEXT_MARGIN_PX,
    };
}

static void measure_flow(Widgets *tree, const TextFlow *flow, float out[2])
{
    text_measure(tree->measuring, flow, &out[0], &out[1]);
    out[0] -= 2 * WIDGET_TEXT_MARGIN_PX;
    out[1] -= 2 * WIDGET_TEXT_MARGIN_PX;
}

float widget_natural_width(Widgets *tree, Widget *node, bool is_note)
{
    WidgetMeasure *known = is_note ? &node->note : &node->text;
    const char *text = is_note ? node->desc.note : node->desc.text;
    if (!text || !text[0])
        return 0;
    if (known->natural[0] < 0) {
        TextParagraph paragraph;
        TextFlow flow = widget_flow(tree, node, text, is_note, 0, &paragraph);
        measure_flow(tree, &flow, known->natural);
    }
    return known->natural[0];
}

float widget_text_height(Widgets *tree, Widget *node, bool is_note, float width)
{
    WidgetMeasure *known = is_note ? &node->note : &node->text;
    const char *text = is_note ? node->desc.note : node->desc.text;
    if (widget_natural_width(tree, node, is_note) <= width || !text || !text[0])
        return text && text[0] ? known->natural[1] : 0;
    width = MAX(width, 1);
    if (known->width != width) {
        float size[2];
        TextParagraph paragraph;
        TextFlow flow = widget_flow(tree, node, text, is_note, width, &paragraph);
        measure_flow(tree, &flow, size);
        known->width = width;
        known->wrapped = size[1];
    }
    return known->wrapped;
}

float widget_stepper_width(Widgets *tree, Widget *node)
{
    if (node->options_px >= 0)
        return node->options_px + 2 * tree->frame.target_px;
    node->options_px = 0;
    for (uint32_t i = 0; i < node->desc.option_count; i++) {
        TextParagraph paragraph;
        float size[2];
        TextFlow flow = widget_flow(tree, node, node->desc.options[i], false, 0, &paragraph);
        measure_flow(tree, &flow, size);
        node->options_px = MAX(node->options_px, size[0]);
    }
    return widget_stepper_width(tree, node);
}

float widget_inside_px(const Widgets *tree, const Widget *node)
{
    bool is_close = node->desc.look == WIDGET_ENTRY || node->desc.kind == WIDGET_TAB;
    return widget_space(tree, is_close ? STYLE_CLOSE : STYLE_APART);
}

// ---- where they stand

// In the room there is for it: at its beginning, in its middle or at its end.
static WidgetTextPlace stand(const Widget *node, bool is_note, WidgetBox room,
                             WidgetAlign align)
{
    const WidgetMeasure *known = is_note ? &node->note : &node->text;
    const char *text = is_note ? node->desc.note : node->desc.text;
    WidgetTextPlace place = {.box = room, .room = room, .text = text};
    if (!text || !text[0] || known->natural[0] < 0) {
        place.text = NULL;
        return place;
    }
    place.is_broken = known->natural[0] > room.width;
    place.box.height = place.is_broken ? known->wrapped : known->natural[1];
    if (place.is_broken)
        return place;
    float left = room.width - known->natural[0];
    place.box.width = known->natural[0];
    place.box.x += align == WIDGET_END ? left : align == WIDGET_CENTER ? left / 2 : 0;
    return place;
}

static void center_down(WidgetTextPlace *place)
{
    place->box.y += MAX((place->room.height - place->box.height) / 2, 0);
}

// Text before note: beside each other, or under each other.
static void stand_both(const Widget *node, WidgetBox room, bool is_centered,
                       WidgetTextPlace out[2])
{
    bool has_note = node->desc.note && node->desc.note[0];
    WidgetAlign align = is_centered && !has_note ? WIDGET_CENTER : WIDGET_START;
    out[0] = stand(node, false, room, align);
    out[1] = stand(node, true, room, node->is_folded ? WIDGET_START : WIDGET_END);
    if (node->is_folded) {
        float both = out[0].box.height + out[1].box.height;
        out[0].box.y += MAX((room.height - both) / 2, 0);
        out[1].box.y = out[0].box.y + out[0].box.height;
        return;
    }
    center_down(&out[0]);
    center_down(&out[1]);
}

// In one line whatever it takes; of what is longer the end is seen.
static WidgetTextPlace stand_line(const Widget *node, bool is_note, WidgetBox room)
{
    const WidgetMeasure *known = is_note ? &node->note : &node->text;
    WidgetTextPlace place = {.box = room, .room = room};
    place.text = is_note ? node->desc.note : node->desc.text;
    if (!place.text || !place.text[0] || known->natural[0] < 0)
        return (WidgetTextPlace){0};
    place.box.width = known->natural[0];
    place.box.height = known->natural[1];
    place.box.x += MIN(room.width - place.box.width, 0);
    center_down(&place);
    return place;
}

static WidgetBox without(WidgetBox box, float across, float below)
{
    box.width = MAX(box.width - across, 1);
    box.height = MAX(box.height - below, 1);
    return box;
}

void widget_text_places(const Widgets *tree, const Widget *node, WidgetTextPlace out[2])
{
    float inside = widget_inside_px(tree, node), apart = widget_space(tree, STYLE_APART);
    WidgetBox room = node->box, stepper = widget_stepper(tree, node);
    const WidgetDesc *desc = &node->desc;
    out[0] = out[1] = (WidgetTextPlace){0};
    switch (desc->kind) {
    case WIDGET_TEXT:
        out[0] = stand(node, false, room, desc->align);
        return;
    case WIDGET_BUTTON:
        if (widget_is_plate(desc))
            return;
        room.x += inside;
        stand_both(node, without(room, 2 * inside, 0), desc->look != WIDGET_ENTRY, out);
        return;
    case WIDGET_TAB:
    case WIDGET_TOAST:
        room.x += inside;
        stand_both(node, without(room, 2 * inside, 0), desc->look != WIDGET_ENTRY, out);
        return;
    case WIDGET_TOGGLE:
        out[0] =
            stand(node, false, without(room, widget_switch_px(tree) + apart, 0), WIDGET_START);
        center_down(&out[0]);
        return;
    case WIDGET_CHOICE:
        room = node->is_folded ? without(room, 0, stepper.height)
                               : without(room, stepper.width + apart, 0);
        out[0] = stand(node, false, room, WIDGET_START);
        center_down(&out[0]);
        return;
    case WIDGET_SLIDER:
        stand_both(node, without(room, 0, tree->frame.target_px), false, out);
        return;
    case WIDGET_PROGRESS:
        stand_both(node, without(room, 0, apart), false, out);
        return;
    case WIDGET_FIELD:
        room.x += inside;
        room = without(room, 2 * inside, 0);
        out[0] = stand_line(node, false, room);
        out[1] = out[0].text ? (WidgetTextPlace){0} : stand_line(node, true, room);
        return;
    case WIDGET_PANEL:
    case WIDGET_IMAGE:
    case WIDGET_LIST:
    case WIDGET_TABS:
    case WIDGET_DIALOG:
    case WIDGET_RULE:
        return;
    }
}
