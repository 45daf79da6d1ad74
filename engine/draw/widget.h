// widget.h: the controls of a screen as a tree: built once for a screen and a language, laid
// out when something changed, asked and drawn every frame.
//
//     Widgets *tree = widgets_make(arena);
//     WidgetId sheet = widget_add(tree, WIDGET_ROOT, &(WidgetDesc){
//         .look = WIDGET_SHEET, .pad = STYLE_BROAD, .most_width = 520, ...});
//     widget_add(tree, sheet, &(WidgetDesc){.kind = WIDGET_BUTTON, .name = "close", ...});
//
//     // every frame
//     widgets_layout(tree, text, &frame);          // nothing where nothing changed
//     WidgetEvent event = widgets_hear(tree, input);
//     count = widgets_draw(tree, text, opacity, quads, MAX);
//
// Layout. A container is a column, a row, a flow (a row that goes on in the next line) or a
// stack (one over the other, the root among them). Widths come from above, heights from what
// a width makes of the text. Lengths are units; those that hold text grow with the text size.
// All is laid out as for those who write from the left; who writes from the right sees and
// touches its mirror image. What does not fit scrolls: a `scrolls` column, and any sheet or
// dialog that is higher than the picture.
//
// Focus. One order, that of the tree, for keys (Tab, arrows, Enter, Esc, page keys), gamepad
// (pad, left stick, A, B, shoulders through tabs, right stick scrolls) and fingers (tap, drag
// to scroll). Arrows go to what is nearest there, and read on where text lies between; left and
// right change a slider, a choice, tabs. Nothing can be focused that cannot be seen, except by
// scrolling; a dialog keeps the focus to itself.
//
// Texts of a description are copied. Memory comes from the arena while the tree is built and
// its texts change; layout, hearing and drawing take none. Layout and hearing need no GPU:
// a Text made without one measures. Main thread only.

#pragma once
#include "device/window.h"
#include "draw/render.h"
#include "draw/style.h"

typedef struct Widgets Widgets;
typedef uint32_t WidgetId; // 0: none

#define WIDGET_ROOT ((WidgetId)1) // a stack as large as the picture

typedef enum WidgetKind {
    WIDGET_PANEL,    // holds others
    WIDGET_TEXT,     //
    WIDGET_IMAGE,    // a picture of the caller's; its text says what is in it, and is not shown
    WIDGET_BUTTON,   // value 1: it is the chosen one of several; with an aspect: a picture,
                     // whose text is not shown either
    WIDGET_SLIDER,   // value from `least` to `most` in steps
    WIDGET_TOGGLE,   // value 0 or 1
    WIDGET_CHOICE,   // value: index of `options`
    WIDGET_FIELD,    // a line one types; its text is the value
    WIDGET_LIST,     // a column of rows that scrolls
    WIDGET_TABS,     // its panels are pages, their texts the tabs; value: index of the page
    WIDGET_DIALOG,   // what comes before it does not answer while it is shown
    WIDGET_TOAST,    // a sentence over the rest
    WIDGET_PROGRESS, // value 0 to 1
    WIDGET_RULE,     // a thin line
    WIDGET_TAB,      // made by tabs for their pages
} WidgetKind;

typedef enum WidgetAxis { WIDGET_COLUMN, WIDGET_ROW, WIDGET_FLOW, WIDGET_STACK } WidgetAxis;
typedef enum WidgetAlign { WIDGET_START, WIDGET_CENTER, WIDGET_END } WidgetAlign;

typedef enum WidgetLook {
    WIDGET_BARE,   // of panels: nothing; of buttons: a line around
    WIDGET_SHEET,  // of panels: paper with a shadow
    WIDGET_CARD,   // of panels: raised paper
    WIDGET_ASIDE,  // of panels: a line down the side one reads from
    WIDGET_STRONG, // of buttons: what one most likely wants
    WIDGET_ENTRY,  // of buttons: an entry of a list or menu, from the side one reads from
} WidgetLook;

typedef struct WidgetDesc {
    WidgetKind kind;
    const char *name;        // for events, scripts and tests; unique in the tree
    const char *text, *note; // a note stands at the other side, or in an empty field
    const char *said;        // what it is called where its text is a sign, as "⌫"
    const char *lang;        // of the text; NULL: the frame's
    const TextSpan *spans;   // of it, which look otherwise
    uint32_t span_count;
    StyleType type;
    StyleColor color;
    WidgetLook look;
    // layout
    WidgetAxis axis;
    StyleSpace gap, pad;
    bool folds; // a row becomes a column where it does not fit
    bool grows; // takes what is left along its parent's axis; in a stack, all the height
    bool fits;  // in a column: no wider than it needs
    bool scrolls;
    bool is_hidden;
    WidgetAlign align, align_y;      // in a column, in a row; in a stack, both
    float width, most_width, height; // units; 0: by what is in it
    int max_lines;
    // contents
    GpuTexture picture;
    float aspect; // of the frame that the picture stands in, whole: its width by its height
    float value, least, most, step;
    const char *const *options;
    uint32_t option_count;
} WidgetDesc;

Widgets *widgets_make(Arena *arena);
WidgetId widget_add(Widgets *tree, WidgetId parent, const WidgetDesc *desc);

// ---- what changes. Same values change nothing, and cost no layout.

void widget_set_text(Widgets *tree, WidgetId id, const char *text);
void widget_set_note(Widgets *tree, WidgetId id, const char *note);
void widget_set_value(Widgets *tree, WidgetId id, float value);
void widget_set_hidden(Widgets *tree, WidgetId id, bool is_hidden);
// `aspect`: its width by its height, in the middle of its frame; 0: it fills that.
void widget_set_picture(Widgets *tree, WidgetId id, GpuTexture picture, float aspect);

WidgetId widget_find(const Widgets *tree, const char *name); // 0: there is none
const char *widget_name(const Widgets *tree, WidgetId id);   // "" where it has none
const char *widget_text(const Widgets *tree, WidgetId id);   // of a field: what was typed
float widget_value(const Widgets *tree, WidgetId id);

// ---- layout

typedef struct WidgetFrame {
    float width_px, height_px;
    float scale;      // pixels a unit
    float text_scale; // 1 to 2
    float target_px;  // of what is pressed, at least: widget_target_px
    bool is_mirrored;
    StyleTheme theme;
    const char *lang; // of the interface, BCP-47; it has to last
} WidgetFrame;

// 15 mm on a display one touches whose pixels' size is known, 44 pixels otherwise.
float widget_target_px(float scale, bool is_touched, double pixel_mm);

// True if there was something to do.
bool widgets_layout(Widgets *tree, Text *text, const WidgetFrame *frame);
uint32_t widgets_layout_count(const Widgets *tree); // how often there was

// ---- input

typedef enum WidgetEventKind {
    WIDGET_NOTHING,
    WIDGET_PRESSED, // a button; Enter in a field
    WIDGET_CHANGED, // a value, or what was typed
    WIDGET_BACK,    // Esc, B
} WidgetEventKind;

typedef struct WidgetEvent {
    WidgetEventKind kind;
    WidgetId id;
    const char *name; // of it, "" where it has none; lasts as long as the tree
    float value;
} WidgetEvent;

// What this frame's input comes to: one thing at most.
WidgetEvent widgets_hear(Widgets *tree, const Input *input);
// As if one had pressed it: for scripts. WIDGET_NOTHING where it is hidden or no control.
WidgetEvent widgets_press(Widgets *tree, WidgetId id);

void widgets_focus(Widgets *tree, WidgetId id); // and scrolls to it; 0: none
WidgetId widgets_focused(const Widgets *tree);
// The ring shows where keys and pads are; a pointer hides it, the next key brings it back.
void widgets_show_focus(Widgets *tree, bool is_shown);
WidgetId widgets_next(const Widgets *tree, WidgetId id, int step); // in the focus order
// The next of the tree as it is read, whatever it is; after the root, all. 0: none follows.
WidgetId widgets_read_on(const Widgets *tree, WidgetId id);
// What is next to the right and down of the focus, as seen; 0: nothing.
WidgetId widgets_neighbour(const Widgets *tree, WidgetId id, int right, int down);
bool widgets_is_over(const Widgets *tree, float x_px, float y_px); // a sheet, card or control

// ---- pictures

// The number of quads, at most `most`. With `opacity` 0 to 1 as a screen comes and goes.
uint32_t widgets_draw(Widgets *tree, Text *text, float opacity, RenderQuad *out, uint32_t most);

// ---- what tests look at; in pixels, as seen

typedef struct WidgetBox {
    float x, y, width, height;
} WidgetBox;

typedef struct WidgetInfo {
    WidgetKind kind;
    WidgetId parent;
    const char *name, *text, *note;
    const char *said;   // "": its text
    const char *option; // of a choice, the one it stands at; else ""
    WidgetBox box;      // as far as it stands out of a scrolling column, too
    WidgetBox visible;  // what of it is not clipped
    WidgetBox texts[2]; // its text and note, where they stand; empty where there is none
    float content_px;   // height of all that is in it
    bool is_shown, is_control, can_focus, scrolls, is_stack, is_picture;
    StyleType type;
    const char *lang;
    const TextSpan *spans;
    uint32_t span_count;
} WidgetInfo;

uint32_t widgets_count(const Widgets *tree); // ids are 1 to this
WidgetInfo widget_info(const Widgets *tree, WidgetId id);
