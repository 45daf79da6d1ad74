// ui.c: panels, texts, buttons and scrolling columns, as quads on top of the picture.

#include "draw/ui.h"

#include <math.h>
#include <string.h>

enum { MAX_WIDGETS = 256, MAX_QUADS = 4096, MAX_COVERS = 128 };

#define SCROLL_UNITS_PER_NOTCH 72.0f
#define SCROLL_UNITS_PER_SECOND 900.0f // by stick

typedef enum WidgetKind { WIDGET_BUTTON, WIDGET_SCROLL } WidgetKind;

// What lasts from frame to frame.
typedef struct Widget {
    uint64_t id; // 0: free
    WidgetKind kind;
    uint64_t last_frame;
    float scroll, scroll_end; // units moved up, and how far that can go
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

    Widget widgets[MAX_WIDGETS];
    uint64_t order[MAX_WIDGETS]; // ids in the order they were called in this frame
    uint32_t order_count;
    uint64_t focused, held; // widgets; 0 none
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

// ---- style

static const StyleType types[UI_TYPE_COUNT] = {
    [UI_TITLE] = STYLE_TITLE, [UI_HEADING] = STYLE_HEADING, [UI_BODY] = STYLE_BODY,
    [UI_TEXT] = STYLE_TEXT,   [UI_SMALL] = STYLE_SMALL,     [UI_NUMBER] = STYLE_NUMBER,
};

static const StyleColor colors[UI_COLOR_COUNT] = {
    [UI_PAPER] = STYLE_GROUND, [UI_INK] = STYLE_INK,         [UI_INK_SOFT] = STYLE_INK_SOFT,
    [UI_LINE] = STYLE_LINE,    [UI_ACCENT] = STYLE_ACCENT,   [UI_ON_PICTURE] = STYLE_ON_PICTURE,
    [UI_SHADE] = STYLE_SHADE,  [UI_WARNING] = STYLE_WARNING,
};

void ui_color(UiColor color, float opacity, float out[4])
{
    style_paint(STYLE_LIGHT, colors[color], opacity, out);
}

TextStyle ui_type(UiType type)
{
    return style_type(types[type]);
}

// ---- frame

Status ui_make(Arena *arena, Gpu *gpu, const TextDesc *fonts, Ui **out)
{
    Ui *ui = ARENA_NEW(arena, Ui);
    TRY(text_make(arena, gpu, fonts, &ui->text));
    *out = ui;
    return OK;
}

void ui_drop(Ui *ui)
{
    if (ui)
        text_drop(ui->text);
}

void ui_speak(Ui *ui, const char *lang)
{
    ui->lang = lang;
}

Text *ui_text_engine(Ui *ui)
{
    return ui->text;
}

static float units_to_px(const Ui *ui)
{
    return ui->frame.units_to_px > 0 ? ui->frame.units_to_px : 1;
}

UiRect ui_screen(const Ui *ui)
{
    float scale = units_to_px(ui);
    return (UiRect){0, 0, ui->width_px / scale, ui->height_px / scale};
}

float ui_px(const Ui *ui, float units)
{
    return units * units_to_px(ui);
}

static bool contains(UiRect rect, const float point[2])
{
    return point[0] >= rect.x && point[0] < rect.x + rect.width && point[1] >= rect.y &&
           point[1] < rect.y + rect.height;
}

// A finger counts as the pointer while it is there.
static void read_pointer(Ui *ui)
{
    const Input *input = ui->frame.input;
    float scale = units_to_px(ui), x = input->mouse_x, y = input->mouse_y;
    float moved_y = input->mouse_dy;
    InputButton button = input->mouse[MOUSE_LEFT];
    if (input->touch_count > 0) {
        const InputTouch *touch = &input->touches[0];
        x = touch->x, y = touch->y, moved_y = touch->dy;
        button = (InputButton){touch->is_down, touch->was_pressed, touch->was_released};
    }
    ui->pointer[0] = x / scale;
    ui->pointer[1] = y / scale;
    ui->pointer_moved_y = moved_y / scale;
    ui->pointer_pressed = button.was_pressed;
    ui->pointer_released = button.was_released;
    ui->pointer_down = button.is_down;
}

// Tab, and up and down on the pad, go through last frame's order.
static void move_focus(Ui *ui)
{
    const Input *input = ui->frame.input;
    int step = input->keys[KEY_TAB].was_pressed ? (input->keys[KEY_SHIFT].is_down ? -1 : 1) : 0;
    if (ui->focused && !step)
        step = (int)input->pad[PAD_DOWN].was_pressed - (int)input->pad[PAD_UP].was_pressed;
    if (step == 0 || !ui->focused || ui->order_count == 0)
        return;
    int count = (int)ui->order_count, at = 0;
    while (at < count && ui->order[at] != ui->focused)
        at++;
    ui->focused = at == count ? ui->order[0] : ui->order[(at + step + count) % count];
}

void ui_begin(Ui *ui, const UiFrame *frame)
{
    ui->frame = *frame;
    ui->width_px = (float)frame->input->width;
    ui->height_px = (float)frame->input->height;
    ui->frame_number++;
    ui->seconds = CLAMP((float)(frame->input->time_s - ui->last_time_s), 0.0f, 0.1f);
    ui->last_time_s = frame->input->time_s;
    ui->quads = ARENA_ARRAY_RAW(frame->arena, RenderQuad, MAX_QUADS);
    ui->quad_count = 0;
    ui->was_pointer_over = ui->is_pointer_over;
    ui->is_pointer_over = ui->is_mirrored = false;
    ui->cover_count = 0;
    read_pointer(ui);
    move_focus(ui);
    ui->was_confirmed = frame->input->keys[KEY_ENTER].was_pressed ||
                        frame->input->keys[KEY_SPACE].was_pressed ||
                        frame->input->pad[PAD_A].was_pressed;
    ui->order_count = 0;
}

static bool is_in_order(const Ui *ui, uint64_t id)
{
    for (uint32_t i = 0; i < ui->order_count; i++)
        if (ui->order[i] == id)
            return true;
    return false;
}

const RenderQuad *ui_end(Ui *ui, uint32_t *count)
{
    ASSERT(!ui->scroll); // a ui_scroll_begin without its end
    if (!ui->pointer_down)
        ui->held = 0;
    if (ui->focused && !is_in_order(ui, ui->focused))
        ui->focused = 0;
    text_end_frame(ui->text);
    *count = ui->quad_count;
    return ui->quads;
}

bool ui_wants_pointer(const Ui *ui)
{
    return ui->was_pointer_over || ui->held != 0;
}

bool ui_wants_keys(const Ui *ui)
{
    return ui->focused != 0;
}

bool ui_covers(const Ui *ui, float x_px, float y_px)
{
    const float at[2] = {x_px / units_to_px(ui), y_px / units_to_px(ui)};
    for (uint32_t i = 0; i < ui->cover_count; i++) {
        if (contains(ui->covers[i], at))
            return true;
    }
    return false;
}

// ---- the mirror

void ui_mirror(Ui *ui, bool is_on)
{
    ui->is_mirrored = is_on;
}

UiRect ui_mirrored(const Ui *ui, UiRect rect)
{
    rect.x = ui_screen(ui).width - rect.x - rect.width;
    return rect;
}

static UiRect place(const Ui *ui, UiRect rect)
{
    return ui->is_mirrored ? ui_mirrored(ui, rect) : rect;
}

// ---- quads

// An open column moves and clips what is drawn in it. NULL when the frame is full.
static RenderQuad *push_quad(Ui *ui, UiRect rect)
{
    if (ui->quad_count == MAX_QUADS)
        return NULL;
    float scale = units_to_px(ui);
    rect = place(ui, rect);
    RenderQuad *quad = &ui->quads[ui->quad_count++];
    *quad = (RenderQuad){.x = rect.x * scale,
                         .y = rect.y * scale,
                         .width = rect.width * scale,
                         .height = rect.height * scale};
    if (ui->scroll) {
        UiRect clip = place(ui, ui->scroll_rect);
        // A window may be too small for the column; a clip without width would be none.
        const float clip_px[4] = {clip.x * scale, clip.y * scale, MAX(clip.width * scale, 1),
                                  MAX(clip.height * scale, 0)};
        memcpy(quad->clip, clip_px, sizeof clip_px);
    }
    return quad;
}

RenderQuad *ui_begin_quads(Ui *ui, uint32_t *most)
{
    *most = MAX_QUADS - ui->quad_count;
    return ui->quads + ui->quad_count;
}

void ui_end_quads(Ui *ui, uint32_t count)
{
    ui->quad_count += count;
}

void ui_box(Ui *ui, UiRect rect, const float color[4], float corner)
{
    RenderQuad *quad = push_quad(ui, rect);
    if (!quad)
        return;
    memcpy(quad->color, color, sizeof quad->color);
    quad->corner_px = ui_px(ui, corner);
}

void ui_outline(Ui *ui, UiRect rect, float corner, float thickness, UiColor color)
{
    RenderQuad *quad = push_quad(ui, rect);
    if (!quad)
        return;
    quad->corner_px = ui_px(ui, corner);
    quad->border_px = ui_px(ui, thickness);
    ui_color(color, 1, quad->border_color);
}

void ui_picture(Ui *ui, UiRect rect, GpuTexture picture)
{
    RenderQuad *quad = picture.id ? push_quad(ui, rect) : NULL;
    if (!quad)
        return;
    quad->texture = picture;
    for (int i = 0; i < 4; i++)
        quad->color[i] = 1;
}

static void push_shadow(Ui *ui, UiRect rect, float opacity)
{
    const float spread = 18, drop = 8;
    RenderQuad *quad =
        push_quad(ui, (UiRect){rect.x - spread, rect.y - spread + drop, rect.width + 2 * spread,
                               rect.height + 2 * spread});
    if (!quad)
        return;
    quad->color[3] = 0.34f * opacity; // black, premultiplied
    quad->corner_px = ui_px(ui, spread);
    quad->soft_px = ui_px(ui, spread);
}

void ui_cover(Ui *ui, UiRect rect)
{
    rect = place(ui, rect);
    if (ui->cover_count < MAX_COVERS)
        ui->covers[ui->cover_count++] = rect;
    ui->is_pointer_over |= contains(rect, ui->pointer);
}

void ui_panel(Ui *ui, UiRect rect, UiPanelLook look, float opacity)
{
    float color[4];
    if (look == UI_PANEL_PAPER)
        push_shadow(ui, rect, opacity);
    ui_color(look == UI_PANEL_PAPER ? UI_PAPER : UI_SHADE, opacity, color);
    ui_box(ui, rect, color, look == UI_PANEL_PAPER ? 3 : 8);
    ui_cover(ui, rect);
}

void ui_line(Ui *ui, float x0, float y0, float length, bool is_vertical, UiColor color)
{
    float rgba[4], thin = 1 / units_to_px(ui);
    ui_color(color, 1, rgba);
    ui_box(ui, is_vertical ? (UiRect){x0, y0, thin, length} : (UiRect){x0, y0, length, thin},
           rgba, 0);
}

void ui_stroke(Ui *ui, const float from[2], const float to[2], float width,
               const float color[4])
{
    float across = to[0] - from[0], down = to[1] - from[1];
    float length = hypotf(across, down) + width;
    RenderQuad *quad = push_quad(ui, (UiRect){(from[0] + to[0] - length) / 2,
                                              (from[1] + to[1] - width) / 2, length, width});
    if (!quad)
        return;
    memcpy(quad->color, color, sizeof quad->color);
    quad->corner_px = ui_px(ui, width / 2);
    quad->turn_rad = atan2f(down, ui->is_mirrored ? -across : across);
}

// ---- text

// Margins of a picture of text stand outside of where the text is said to be.
static TextFlow text_flow(const Ui *ui, const UiTextDesc *desc, TextParagraph *paragraph)
{
    float scale = units_to_px(ui);
    *paragraph = (TextParagraph){
        .text = desc->text,
        .lang = desc->lang ? desc->lang : ui->lang,
        .style = ui_type(desc->type),
        .max_lines = desc->max_lines,
        .spans = desc->spans,
        .span_count = desc->span_count,
    };
    paragraph->style.size_px *= scale;
    paragraph->style.align = desc->align;
    const float margin = 3;
    return (TextFlow){
        .paragraphs = paragraph,
        .count = 1,
        .width_px = desc->width > 0 ? ceilf(desc->width * scale) + 2 * margin : 0,
        .margin_px = margin,
    };
}

UiRect ui_measure(Ui *ui, const UiTextDesc *desc)
{
    if (!desc->text || !desc->text[0])
        return (UiRect){0};
    TextParagraph paragraph;
    TextFlow flow = text_flow(ui, desc, &paragraph);
    float width, height, scale = units_to_px(ui);
    text_measure(ui->text, &flow, &width, &height);
    return (UiRect){0, 0, (width - 2 * flow.margin_px) / scale,
                    (height - 2 * flow.margin_px) / scale};
}

UiRect ui_text(Ui *ui, float x, float y, const UiTextDesc *desc)
{
    if (!desc->text || !desc->text[0])
        return (UiRect){x, y, 0, 0};
    TextParagraph paragraph;
    TextFlow flow = text_flow(ui, desc, &paragraph);
    TextPicture picture = text_cached(ui->text, &flow);
    float scale = units_to_px(ui), margin = picture.margin_px / scale;
    UiRect rect = {x, y, picture.width_px / scale - 2 * margin,
                   picture.height_px / scale - 2 * margin};
    RenderQuad *quad = picture.texture.id ? push_quad(ui, rect) : NULL;
    if (!quad)
        return rect;
    // Whole pixels: text that stands between two of them is blurred.
    quad->x = roundf(place(ui, rect).x * scale) - picture.margin_px;
    quad->y = roundf(y * scale) - picture.margin_px;
    quad->width = picture.width_px;
    quad->height = picture.height_px;
    quad->texture = picture.texture;
    ui_color(desc->color, desc->opacity > 0 ? desc->opacity : 1, quad->color);
    return rect;
}

UiRect ui_key_hint(Ui *ui, float x, float y, const char *key, const char *text,
                   bool is_measured)
{
    const float pad = 7, gap = 8, height = 24;
    UiTextDesc cap = {.text = key, .type = UI_SMALL, .color = UI_ON_PICTURE};
    UiTextDesc what = {.text = text, .type = UI_SMALL, .color = UI_ON_PICTURE};
    UiRect cap_size = ui_measure(ui, &cap), what_size = ui_measure(ui, &what);
    float cap_width = MAX(cap_size.width + 2 * pad, height);
    UiRect rect = {x, y, cap_width + gap + what_size.width, height};
    if (is_measured)
        return rect;
    RenderQuad *quad = push_quad(ui, (UiRect){x, y, cap_width, height});
    if (quad) {
        quad->corner_px = ui_px(ui, 5);
        quad->border_px = MAX(ui_px(ui, 1), 1);
        ui_color(UI_ON_PICTURE, 0.10f, quad->color);
        ui_color(UI_ON_PICTURE, 0.55f, quad->border_color);
    }
    ui_text(ui, x + (cap_width - cap_size.width) / 2, y + (height - cap_size.height) / 2, &cap);
    ui_text(ui, x + cap_width + gap, y + (height - what_size.height) / 2, &what);
    return rect;
}

// ---- widgets

static uint64_t hash_id(const char *id)
{
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (; *id; id++)
        hash = (hash ^ (uint8_t)*id) * 0x100000001b3u;
    return hash ? hash : 1;
}

// The widget of that id; a new one takes the place of whoever was not called for longest.
static Widget *find_widget(Ui *ui, const char *id, WidgetKind kind)
{
    uint64_t hash = hash_id(id);
    Widget *oldest = &ui->widgets[0];
    for (size_t i = 0; i < MAX_WIDGETS; i++) {
        if (ui->widgets[i].id == hash)
            return &ui->widgets[i];
        if (ui->widgets[i].last_frame < oldest->last_frame)
            oldest = &ui->widgets[i];
    }
    *oldest = (Widget){.id = hash, .kind = kind};
    return oldest;
}

static Widget *call_widget(Ui *ui, const char *id, WidgetKind kind)
{
    Widget *widget = find_widget(ui, id, kind);
    widget->last_frame = ui->frame_number;
    if (ui->order_count < MAX_WIDGETS)
        ui->order[ui->order_count++] = widget->id;
    return widget;
}

void ui_focus(Ui *ui, const char *id)
{
    ui->focused = id ? hash_id(id) : 0;
}

bool ui_button(Ui *ui, const char *id, UiRect rect, const char *text)
{
    Widget *widget = call_widget(ui, id, WIDGET_BUTTON);
    bool is_over = contains(place(ui, rect), ui->pointer);
    ui_cover(ui, rect);
    if (is_over && ui->pointer_pressed)
        ui->held = widget->id;
    bool was_clicked = is_over && ui->pointer_released && ui->held == widget->id;
    bool is_focused = ui->focused == widget->id;

    RenderQuad *quad = push_quad(ui, rect);
    if (quad) {
        bool is_lit = is_over || is_focused || ui->held == widget->id;
        quad->corner_px = ui_px(ui, 4);
        quad->border_px = ui_px(ui, is_focused ? 2 : 1);
        ui_color(is_lit ? UI_ACCENT : UI_PAPER, is_lit ? 0.16f : 1, quad->color);
        ui_color(is_lit ? UI_ACCENT : UI_LINE, 1, quad->border_color);
    }
    UiTextDesc desc = {.text = text, .type = UI_TEXT, .color = UI_INK};
    UiRect size = ui_measure(ui, &desc);
    ui_text(ui, rect.x + (rect.width - size.width) / 2,
            rect.y + (rect.height - size.height) / 2, &desc);
    return was_clicked || (is_focused && ui->was_confirmed);
}

void ui_pointer(const Ui *ui, float at[2])
{
    memcpy(at, ui->pointer, sizeof ui->pointer);
}

bool ui_hold(Ui *ui, const char *id, bool is_over)
{
    uint64_t hash = hash_id(id);
    ui->is_pointer_over |= is_over;
    if (is_over && ui->pointer_pressed)
        ui->held = hash;
    return ui->held == hash && ui->pointer_down;
}

// ---- columns

static float scroll_by_keys(const Ui *ui, float page)
{
    const Input *input = ui->frame.input;
    float by = 0;
    by += input->keys[KEY_PAGE_DOWN].was_pressed ? page * 0.9f : 0;
    by -= input->keys[KEY_PAGE_UP].was_pressed ? page * 0.9f : 0;
    by += input->keys[KEY_DOWN].was_pressed ? SCROLL_UNITS_PER_NOTCH : 0;
    by -= input->keys[KEY_UP].was_pressed ? SCROLL_UNITS_PER_NOTCH : 0;
    by += input->keys[KEY_END].was_pressed ? 1e6f : 0;
    by -= input->keys[KEY_HOME].was_pressed ? 1e6f : 0;
    by += input->pad_right[1] * SCROLL_UNITS_PER_SECOND * ui->seconds;
    return by;
}

float ui_scroll_begin(Ui *ui, const char *id, UiRect rect)
{
    ASSERT(!ui->scroll); // columns do not nest
    Widget *widget = call_widget(ui, id, WIDGET_SCROLL);
    bool is_over = contains(place(ui, rect), ui->pointer);
    ui_cover(ui, rect);
    if (is_over && ui->pointer_pressed)
        ui->held = widget->id;
    if (is_over)
        widget->scroll -= ui->frame.input->wheel * SCROLL_UNITS_PER_NOTCH;
    if (ui->held == widget->id && ui->pointer_down)
        widget->scroll -= ui->pointer_moved_y;
    widget->scroll += scroll_by_keys(ui, rect.height);
    widget->scroll = CLAMP(widget->scroll, 0.0f, widget->scroll_end);
    ui->scroll = widget;
    ui->scroll_rect = rect;
    ui->scroll_start = rect.y - widget->scroll;
    return ui->scroll_start;
}

void ui_scroll_end(Ui *ui, float contents_end)
{
    Widget *widget = ui->scroll;
    UiRect rect = ui->scroll_rect;
    float height = contents_end - ui->scroll_start;
    ui->scroll = NULL;
    widget->scroll_end = MAX(height - rect.height, 0.0f);
    if (widget->scroll_end <= 0)
        return;
    float part = rect.height / height, color[4];
    float length = MAX(rect.height * part, 24.0f);
    float top = rect.y + (rect.height - length) * widget->scroll / widget->scroll_end;
    ui_color(UI_INK_SOFT, 0.45f, color);
    ui_box(ui, (UiRect){rect.x + rect.width + 6, top, 4, length}, color, 2);
}

void ui_scroll_reset(Ui *ui, const char *id)
{
    find_widget(ui, id, WIDGET_SCROLL)->scroll = 0;
}

float ui_scroll_position(const Ui *ui, const char *id)
{
    uint64_t hash = hash_id(id);
    for (size_t i = 0; i < MAX_WIDGETS; i++)
        if (ui->widgets[i].id == hash)
            return ui->widgets[i].scroll_end > 0
                       ? ui->widgets[i].scroll / ui->widgets[i].scroll_end
                       : 1;
    return 1;
}
