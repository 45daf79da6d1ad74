// ui.h: panels, texts, buttons and scrolling columns, as quads on top of the picture.
//
// Called anew every frame between ui_begin and ui_end; what must last (focus, scroll positions,
// what is pressed) is kept under the id a widget is called with. Sizes are *units*: 1/96 inch
// on a desktop at 100 %, times the visitor's text size; UiRects are units from the top left.
//
// One focus order serves keyboard, gamepad and touch: the order in which buttons and columns
// are called. Main thread only.

#pragma once
#include "device/window.h"
#include "draw/render.h"
#include "draw/style.h"
#include "draw/text.h"

typedef struct Ui Ui;

typedef struct UiRect {
    float x, y, width, height;
} UiRect;

// Tokens of style.h.
typedef enum UiType {
    UI_TITLE,   // of a piece
    UI_HEADING, // of a chapter
    UI_BODY,    // stories, serif
    UI_TEXT,    // interface
    UI_SMALL,   // captions, read-outs
    UI_NUMBER,  // the lens's figures
    UI_TYPE_COUNT
} UiType;

typedef enum UiColor {
    UI_PAPER,      // panels
    UI_INK,        // text on paper
    UI_INK_SOFT,   // captions on paper
    UI_LINE,       // rules on paper
    UI_EDGE,       // of controls
    UI_ACCENT,     // what is focused or lit
    UI_ON_PICTURE, // text straight on the picture
    UI_SHADE,      // behind text on the picture
    UI_WARNING,    // "enlarged", "under restoration"
    UI_COLOR_COUNT
} UiColor;

// A colour of the frame's theme as RenderQuad wants it: premultiplied.
void ui_color(const Ui *ui, UiColor color, float opacity, float out[4]);
// A paragraph's style for a text on paper; size in units.
TextStyle ui_type(UiType type);

// ERR_NOT_FOUND and the like from text_make.
NODISCARD Status ui_make(Arena *arena, Gpu *gpu, const TextDesc *fonts, Ui **out);
void ui_drop(Ui *ui); // NULL is fine
// The language of texts that name none, BCP-47; it has to last.
void ui_speak(Ui *ui, const char *lang);
Text *ui_text_engine(Ui *ui); // for pictures of text elsewhere, e.g. cards in the room

// What the widgets may see of this frame's input.
typedef struct UiFrame {
    const Input *input;
    float units_to_px; // display scale times text size; 0: 1
    bool is_reduced_motion;
    float target_px; // of what a finger presses, at least; 0: fingers are elsewhere
    bool leads;      // Tab takes the focus to a button where none has it
    bool enters;     // so does this, or takes it away
    StyleTheme theme;
    Arena *arena; // holds the quads until the picture is drawn
} UiFrame;

void ui_begin(Ui *ui, const UiFrame *frame);
// The quads of the frame, for RenderList; they live in the frame's arena.
const RenderQuad *ui_end(Ui *ui, uint32_t *count);

// Room for quads of the caller's own, in pixels, over what has been drawn; then how many it
// took.
RenderQuad *ui_begin_quads(Ui *ui, uint32_t *most);
void ui_end_quads(Ui *ui, uint32_t count);

UiRect ui_screen(const Ui *ui);         // in units
float ui_px(const Ui *ui, float units); // units to pixels
bool ui_wants_pointer(const Ui *ui);    // over a panel, or a widget holds it (from last frame)
bool ui_wants_keys(const Ui *ui);       // a widget has the focus
// Whether the last frame had something over a place of the picture. Fingers come from nowhere:
// that they are over a button shows only once they are down.
bool ui_covers(const Ui *ui, float x_px, float y_px);

// Between on and off all stands as in a mirror, right where it would stand left, and answers
// there: for scripts that are written from the right. Letters and pictures stay as they are.
void ui_mirror(Ui *ui, bool is_on);
// The place of something in that mirror, and back.
UiRect ui_mirrored(const Ui *ui, UiRect rect);

// ---- without reaction

typedef enum UiPanelLook {
    UI_PANEL_PAPER, // a sheet with a soft shadow
    UI_PANEL_SHADE, // dark, half seen through: read-outs over the picture
} UiPanelLook;

void ui_panel(Ui *ui, UiRect rect, UiPanelLook look, float opacity);
// Draws nothing, and counts as a panel.
void ui_cover(Ui *ui, UiRect rect);
void ui_box(Ui *ui, UiRect rect, const float color[4], float corner); // premultiplied
void ui_line(Ui *ui, float x0, float y0, float length, bool is_vertical, UiColor color);
// In any direction, with round ends, smooth; premultiplied.
void ui_stroke(Ui *ui, const float from[2], const float to[2], float width,
               const float color[4]);

// The line around a box; thickness in units.
void ui_outline(Ui *ui, UiRect rect, float corner, float thickness, UiColor color);
// A picture of the caller's own, premultiplied, stretched to the rectangle. It has to last
// until the frame is drawn.
void ui_picture(Ui *ui, UiRect rect, GpuTexture picture);

// One run of text; `width` 0: one line as long as it is. Gives the size it takes.
typedef struct UiTextDesc {
    const char *text, *lang;
    UiType type;
    UiColor color;
    TextAlign align;
    float width;
    int max_lines;
    float opacity; // 0 means 1
    const TextSpan *spans;
    uint32_t span_count;
} UiTextDesc;

UiRect ui_text(Ui *ui, float x, float y, const UiTextDesc *desc);
UiRect ui_measure(Ui *ui, const UiTextDesc *desc);

// A key's picture with what it does: "E  lean in". Gives its size; `is_measured` draws nothing.
UiRect ui_key_hint(Ui *ui, float x, float y, const char *key, const char *text,
                   bool is_measured);

// What has been written in this frame, as far as it is seen; until the next. For tests.
typedef struct UiWriting {
    UiRect rect;     // pixels
    char text[64];   // how it begins
    bool is_cut;     // what was drawn later lies over a part of it
    bool is_clipped; // a column shows a part of it
} UiWriting;

const UiWriting *ui_writings(const Ui *ui, uint32_t *count);

// ---- with reaction

// True in the frame it is clicked, tapped, or confirmed while focused.
bool ui_button(Ui *ui, const char *id, UiRect rect, const char *text);
// One whose picture is a sign, as "×", or drawn by the caller, "": `name` is what it is called
// by those who do not see it.
bool ui_symbol(Ui *ui, const char *id, UiRect rect, const char *sign, const char *name);
// What the widget in focus is called; "" where none has it. Until the next frame.
const char *ui_focused_name(const Ui *ui);

// For things of other forms, as dials: where the pointer is, in units; and whether it took hold
// of something while it was over it, and has not let go.
void ui_pointer(const Ui *ui, float at[2]);
bool ui_hold(Ui *ui, const char *id, bool is_over);

// A column that scrolls by wheel, drag, page keys and the right stick. Between begin and end
// all drawing is clipped to `rect` and moved; end says how high the contents were.
//
//     float y = ui_scroll_begin(ui, "story", rect);   // where the contents begin
//     y += ui_text(ui, rect.x, y, ...).height;
//     ui_scroll_end(ui, y);
float ui_scroll_begin(Ui *ui, const char *id, UiRect rect);
void ui_scroll_end(Ui *ui, float contents_end);
void ui_scroll_reset(Ui *ui, const char *id);
// Where it stands: 0 the top, 1 the bottom; 1 if all is seen.
float ui_scroll_position(const Ui *ui, const char *id);

// Moves the focus to a widget; NULL takes it away from all. Tab goes on in the order of calls;
// arrows and the pad go to what is next there.
void ui_focus(Ui *ui, const char *id);
const char *ui_focused_id(const Ui *ui); // "": none. Until the next frame

// A length of a button, or more where a finger has to find it. Also between frames.
float ui_target(const Ui *ui, float units);
// Of the newest frame, in pixels: where the button of that id is; false where there is none.
bool ui_find_button(const Ui *ui, const char *id, UiRect *px);
float ui_least_button_px(const Ui *ui); // the shortest side of all; 0: there are none
