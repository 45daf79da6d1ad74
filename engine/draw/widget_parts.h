// widget_parts.h: what the files widget*.c share; for them alone.

#pragma once
#include "draw/widget.h"

// What a text takes, known until it, its language or the scale changes.
typedef struct WidgetMeasure {
    float natural[2];     // in one line; x < 0: not known
    float width, wrapped; // broken at `width`, so high; width < 0: not known
    char *room;           // of one that has changed
    size_t room_bytes;
} WidgetMeasure;

typedef struct Widget {
    WidgetDesc desc; // its texts are the tree's own
    WidgetId parent, first, last, next;
    float value;
    float picture_aspect; // 0: its frame's
    char *typed;          // of a field
    size_t typed_bytes;
    WidgetMeasure text, note;
    float options_px;              // the widest option of a choice; below 0: not known
    float pass_width, pass_height; // of this layout; width < 0: not known
    // laid out, in pixels, not mirrored, not scrolled
    WidgetBox box;
    float content; // height of what is in it
    float scroll;  // how far that was moved up
    bool is_folded;
} Widget;

struct Widgets {
    Arena *arena;
    Widget *nodes; // by id; the first is nobody's
    uint32_t count, capacity;
    bool is_dirty;
    uint32_t layout_count;
    WidgetFrame frame;
    Text *measuring; // during layout
    // input
    WidgetId focus, held, hovered, dragged; // dragged: what scrolls under the finger
    bool shows_focus;                       // keys or pad moved it last
    bool is_dragging;
    float pressed_at[2], pointer[2];
    double repeat_s; // when a held direction counts again; 0: none is held
    int repeat_way[2];
    double time_s;
};

enum { FIELD_MAX_BYTES = 256 };

static inline Widget *widget_at(const Widgets *tree, WidgetId id)
{
    ASSERT(id > 0 && id <= tree->count);
    return &tree->nodes[id];
}

// A picture one presses.
static inline bool widget_is_plate(const WidgetDesc *desc)
{
    return desc->kind == WIDGET_BUTTON && desc->aspect > 0;
}

static inline float widget_px(const Widgets *tree, float units)
{
    return units * tree->frame.scale;
}

static inline float widget_space(const Widgets *tree, StyleSpace space)
{
    return style_space(space) * tree->frame.scale;
}

// Of lengths that hold text.
static inline float widget_text_px(const Widgets *tree, float units)
{
    return units * tree->frame.scale * tree->frame.text_scale;
}

// widget_layout.c
bool widget_scrolls(const Widgets *tree, WidgetId id); // now: more is in it than it shows
float widget_gap_px(const Widgets *tree, const Widget *node);
float widget_pad_px(const Widgets *tree, const Widget *node);
float widget_switch_px(const Widgets *tree); // a toggle's switch is so wide
WidgetBox widget_stepper(const Widgets *tree, const Widget *node); // a choice's arrows, value
float widget_knob_px(const Widgets *tree);                         // a slider's knob is so wide
float widget_least_scroll_px(const Widgets *tree);

// widget_text.c
#define WIDGET_TEXT_MARGIN_PX 3.0f // of pictures of text, outside of where they are said to be

typedef struct WidgetTextPlace {
    const char *text; // NULL: none
    WidgetBox box;    // of it
    WidgetBox room;   // for it
    bool is_broken;   // into lines as wide as the box
} WidgetTextPlace;

// Their widths and heights take Pango's time only where they are not known.
float widget_natural_width(Widgets *tree, Widget *node, bool is_note);
float widget_text_height(Widgets *tree, Widget *node, bool is_note, float width);
float widget_stepper_width(Widgets *tree, Widget *node); // a choice's arrows and value
float widget_inside_px(const Widgets *tree,
                       const Widget *node); // a control's text, from its edges
TextFlow widget_flow(const Widgets *tree, const Widget *node, const char *text, bool is_note,
                     float width_px, TextParagraph *paragraph);
// Of a node's text and note, as laid out.
void widget_text_places(const Widgets *tree, const Widget *node, WidgetTextPlace out[2]);

// widget_focus.c
bool widget_is_shown(const Widgets *tree, WidgetId id); // it and all it is in
bool widget_is_control(WidgetKind kind);
bool widget_can_focus(const Widgets *tree, WidgetId id);
WidgetId widget_modal(const Widgets *tree); // the last dialog shown, or the root
bool widget_is_within(const Widgets *tree, WidgetId id, WidgetId holder);
// Scrolled, not mirrored.
WidgetBox widget_place(const Widgets *tree, WidgetId id);
WidgetBox widget_clip(const Widgets *tree, WidgetId id); // all of the picture where none clips
WidgetBox widget_shared(WidgetBox a, WidgetBox b);       // what both cover
WidgetBox widget_mirror(const Widgets *tree, WidgetBox box);
void widget_reveal(Widgets *tree, WidgetId id);
void widget_scroll_by(Widgets *tree, WidgetId id, float px);
// The one that scrolls around it, or it; 0: none.
WidgetId widget_scroller(const Widgets *tree, WidgetId id);
