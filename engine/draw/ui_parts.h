// ui_parts.h: what the files ui*.c share; for them alone.

#pragma once
#include "draw/ui.h"

enum {
    MAX_WIDGETS = 256,
    MAX_QUADS = 4096,
    MAX_COVERS = 128,
    MAX_TEXTS = 512,
    NAME_BYTES = 200
};

typedef enum WidgetKind { WIDGET_BUTTON, WIDGET_SCROLL } WidgetKind;

// What lasts from frame to frame.
typedef struct Widget {
    uint64_t id; // 0: free
    WidgetKind kind;
    uint64_t last_frame;
    float scroll, scroll_end; // units moved up, and how far that can go
    UiRect place;             // of a button, as seen
} Widget;

struct Ui {
    Text *text;
    const char *lang;
    UiFrame frame;
    float width_px, height_px; // of the newest frame; also between frames
    uint64_t frame_number;
    double last_time_s;
    float seconds; // since the last frame

    RenderQuad *quads;
    uint32_t quad_count;
    UiWriting *writings;
    uint32_t writing_count;

    Widget widgets[MAX_WIDGETS];
    uint64_t order[MAX_WIDGETS]; // ids in the order they were called in this frame
    uint32_t order_count;
    uint64_t focused, held; // widgets; 0 none
    char focused_name[NAME_BYTES], focused_id[NAME_BYTES];
    bool is_mirrored;
    bool is_pointer_over, was_pointer_over;
    bool was_confirmed; // Enter or A in this frame
    float pointer[2];   // units
    bool pointer_pressed, pointer_released, pointer_down;
    float pointer_moved_y;

    UiRect covers[MAX_COVERS]; // what lies over the picture, of this frame until the next
    uint32_t cover_count;

    // The open column.
    Widget *scroll;
    UiRect scroll_rect;
    float scroll_start;
};

// ui_focus.c: Tab, arrows and the pad go through what was called in the frame before.
void ui_move_focus(Ui *ui);

// The widget of that id, called in this frame; a new one takes the place of whoever was not
// called for longest.
Widget *ui_call_widget(Ui *ui, const char *id, WidgetKind kind);
Widget *ui_find_widget(Ui *ui, const char *id, WidgetKind kind);
uint64_t ui_hash_id(const char *id);
UiRect ui_place(const Ui *ui, UiRect rect); // in the mirror, where it is on
void ui_note_writing(Ui *ui, UiRect rect, const char *text);
// A panel or a control covers what was written there before.
void ui_cover_writings(Ui *ui, UiRect rect);
bool ui_contains(UiRect rect, const float point[2]);
