// ui_scroll.c: columns that scroll.

#include "draw/ui_parts.h"

#include <string.h>

#define SCROLL_UNITS_PER_NOTCH 72.0f
#define SCROLL_UNITS_PER_SECOND 900.0f // by stick

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
    Widget *widget = ui_call_widget(ui, id, WIDGET_SCROLL);
    bool is_over = ui_contains(ui_place(ui, rect), ui->pointer);
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
    ui_color(ui, UI_INK_SOFT, 0.45f, color);
    ui_box(ui, (UiRect){rect.x + rect.width + 6, top, 4, length}, color, 2);
}

void ui_scroll_reset(Ui *ui, const char *id)
{
    ui_find_widget(ui, id, WIDGET_SCROLL)->scroll = 0;
}

float ui_scroll_position(const Ui *ui, const char *id)
{
    uint64_t hash = ui_hash_id(id);
    for (size_t i = 0; i < MAX_WIDGETS; i++)
        if (ui->widgets[i].id == hash)
            return ui->widgets[i].scroll_end > 0
                       ? ui->widgets[i].scroll / ui->widgets[i].scroll_end
                       : 1;
    return 1;
}
