// ui.c: panels, texts, buttons and scrolling columns, as quads on top of the picture.

#include "draw/ui_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TINT 0.16f // of accent, on what is pointed at or focused

// ---- style

static const StyleType types[UI_TYPE_COUNT] = {
    [UI_TITLE] = STYLE_TITLE, [UI_HEADING] = STYLE_HEADING, [UI_BODY] = STYLE_BODY,
    [UI_TEXT] = STYLE_TEXT,   [UI_SMALL] = STYLE_SMALL,     [UI_NUMBER] = STYLE_NUMBER,
};

static const StyleColor colors[UI_COLOR_COUNT] = {
    [UI_PAPER] = STYLE_GROUND,
    [UI_INK] = STYLE_INK,
    [UI_INK_SOFT] = STYLE_INK_SOFT,
    [UI_LINE] = STYLE_LINE,
    [UI_EDGE] = STYLE_EDGE,
    [UI_ACCENT] = STYLE_ACCENT,
    [UI_ON_PICTURE] = STYLE_ON_PICTURE,
    [UI_SHADE] = STYLE_SHADE,
    [UI_WARNING] = STYLE_WARNING,
};

void ui_color(const Ui *ui, UiColor color, float opacity, float out[4])
{
    style_paint(ui->frame.theme, colors[color], opacity, out);
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

bool ui_contains(UiRect rect, const float point[2])
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
    ui->writings = ARENA_ARRAY_RAW(frame->arena, UiWriting, MAX_TEXTS);
    ui->writing_count = 0;
    ui->was_pointer_over = ui->is_pointer_over;
    ui->is_pointer_over = ui->is_mirrored = false;
    ui->focused_name[0] = ui->focused_id[0] = 0;
    ui->cover_count = 0;
    read_pointer(ui);
    ui_move_focus(ui);
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
        if (ui_contains(ui->covers[i], at))
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

UiRect ui_place(const Ui *ui, UiRect rect)
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
    rect = ui_place(ui, rect);
    RenderQuad *quad = &ui->quads[ui->quad_count++];
    *quad = (RenderQuad){.x = rect.x * scale,
                         .y = rect.y * scale,
                         .width = rect.width * scale,
                         .height = rect.height * scale};
    if (ui->scroll) {
        UiRect clip = ui_place(ui, ui->scroll_rect);
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
    ui_color(ui, color, 1, quad->border_color);
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
    rect = ui_place(ui, rect);
    if (ui->cover_count < MAX_COVERS)
        ui->covers[ui->cover_count++] = rect;
    ui->is_pointer_over |= ui_contains(rect, ui->pointer);
}

void ui_panel(Ui *ui, UiRect rect, UiPanelLook look, float opacity)
{
    float color[4], corner = look == UI_PANEL_PAPER ? 3 : 8;
    if (look == UI_PANEL_PAPER)
        push_shadow(ui, rect, opacity);
    ui_color(ui, look == UI_PANEL_PAPER ? UI_PAPER : UI_SHADE, opacity, color);
    ui_box(ui, rect, color, corner);
    // Dark paper has no edge of its own over a dark picture.
    if (ui->frame.theme == STYLE_CONTRAST)
        ui_outline(ui, rect, corner, look == UI_PANEL_PAPER ? 2 : 1, UI_EDGE);
    else if (ui->frame.theme == STYLE_DARK && look == UI_PANEL_PAPER)
        ui_outline(ui, rect, corner, 1, UI_LINE);
    ui_cover(ui, rect);
    if (opacity >= 1)
        ui_cover_writings(ui, rect);
}

void ui_line(Ui *ui, float x0, float y0, float length, bool is_vertical, UiColor color)
{
    float rgba[4], thin = 1 / units_to_px(ui);
    ui_color(ui, color, 1, rgba);
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
    quad->x = roundf(ui_place(ui, rect).x * scale) - picture.margin_px;
    quad->y = roundf(y * scale) - picture.margin_px;
    quad->width = picture.width_px;
    quad->height = picture.height_px;
    quad->texture = picture.texture;
    ui_note_writing(ui, rect, desc->text);
    ui_color(ui, desc->color, desc->opacity > 0 ? desc->opacity : 1, quad->color);
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
        ui_color(ui, UI_ON_PICTURE, 0.10f, quad->color);
        ui_color(ui, UI_ON_PICTURE, 0.55f, quad->border_color);
    }
    ui_text(ui, x + (cap_width - cap_size.width) / 2, y + (height - cap_size.height) / 2, &cap);
    ui_text(ui, x + cap_width + gap, y + (height - what_size.height) / 2, &what);
    return rect;
}

// ---- widgets

uint64_t ui_hash_id(const char *id)
{
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (; *id; id++)
        hash = (hash ^ (uint8_t)*id) * 0x100000001b3u;
    return hash ? hash : 1;
}

Widget *ui_find_widget(Ui *ui, const char *id, WidgetKind kind)
{
    uint64_t hash = ui_hash_id(id);
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

Widget *ui_call_widget(Ui *ui, const char *id, WidgetKind kind)
{
    Widget *widget = ui_find_widget(ui, id, kind);
    widget->last_frame = ui->frame_number;
    if (ui->order_count < MAX_WIDGETS)
        ui->order[ui->order_count++] = widget->id;
    return widget;
}

// What is pointed at or focused is tinted, and as readable as the rest.
static void draw_button(Ui *ui, UiRect rect, bool is_lit, bool is_focused)
{
    RenderQuad *quad = push_quad(ui, rect);
    if (!quad)
        return;
    float accent[4];
    quad->corner_px = ui_px(ui, 4);
    quad->border_px = ui_px(ui, is_focused ? 2 : 1);
    ui_color(ui, UI_PAPER, 1, quad->color);
    ui_color(ui, UI_ACCENT, 1, accent);
    for (int i = 0; i < 3 && is_lit; i++)
        quad->color[i] += (accent[i] - quad->color[i]) * TINT;
    ui_color(ui, is_lit ? UI_ACCENT : UI_EDGE, 1, quad->border_color);
}

bool ui_symbol(Ui *ui, const char *id, UiRect rect, const char *sign, const char *name)
{
    Widget *widget = ui_call_widget(ui, id, WIDGET_BUTTON);
    bool is_over = ui_contains(ui_place(ui, rect), ui->pointer);
    ui_cover(ui, rect);
    ui_cover_writings(ui, rect);
    widget->place = ui_place(ui, rect);
    if (is_over && ui->pointer_pressed)
        ui->held = widget->id;
    bool was_clicked = is_over && ui->pointer_released && ui->held == widget->id;
    bool is_focused = ui->focused == widget->id;
    if (is_focused) {
        snprintf(ui->focused_name, sizeof ui->focused_name, "%s", name);
        snprintf(ui->focused_id, sizeof ui->focused_id, "%s", id);
    }
    draw_button(ui, rect, is_over || is_focused || ui->held == widget->id, is_focused);
    UiTextDesc desc = {.text = sign, .type = UI_TEXT, .color = UI_INK};
    UiRect size = ui_measure(ui, &desc);
    ui_text(ui, rect.x + (rect.width - size.width) / 2,
            rect.y + (rect.height - size.height) / 2, &desc);
    return was_clicked || (is_focused && ui->was_confirmed);
}

bool ui_button(Ui *ui, const char *id, UiRect rect, const char *text)
{
    return ui_symbol(ui, id, rect, text, text);
}

void ui_pointer(const Ui *ui, float at[2])
{
    memcpy(at, ui->pointer, sizeof ui->pointer);
}

bool ui_hold(Ui *ui, const char *id, bool is_over)
{
    uint64_t hash = ui_hash_id(id);
    ui->is_pointer_over |= is_over;
    if (is_over && ui->pointer_pressed)
        ui->held = hash;
    return ui->held == hash && ui->pointer_down;
}
