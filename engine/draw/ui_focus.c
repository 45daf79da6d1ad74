// ui_focus.c: who has the focus, and where it goes.

#include "draw/ui_parts.h"

#include <math.h>

void ui_focus(Ui *ui, const char *id)
{
    ui->focused = id ? ui_hash_id(id) : 0;
}

const char *ui_focused_name(const Ui *ui)
{
    return ui->focused ? ui->focused_name : "";
}

const char *ui_focused_id(const Ui *ui)
{
    return ui->focused ? ui->focused_id : "";
}

static const Widget *widget_of(const Ui *ui, uint64_t id)
{
    for (size_t i = 0; i < MAX_WIDGETS; i++)
        if (ui->widgets[i].id == id)
            return &ui->widgets[i];
    return NULL;
}

// In the order of calls, around the end.
static void step_focus(Ui *ui, int step)
{
    int count = (int)ui->order_count, at = 0;
    while (at < count && ui->order[at] != ui->focused)
        at++;
    if (at == count)
        ui->focused = ui->order[step > 0 ? 0 : count - 1];
    else
        ui->focused = ui->order[(at + step + count) % count];
}

// How far a button is from another along a way, and aside of it; infinite where it is not that
// way.
static float far_along(UiRect from, UiRect to, int right, int down)
{
    float across = to.x + to.width / 2 - from.x - from.width / 2;
    float along = to.y + to.height / 2 - from.y - from.height / 2;
    float ahead = right ? across * (float)right : along * (float)down;
    float aside = right ? fabsf(along) : fabsf(across);
    float least = (right ? MIN(from.width, to.width) : MIN(from.height, to.height)) / 2;
    return ahead < least ? INFINITY : ahead + 2 * aside;
}

// To the button that is next there, as seen.
static void go_to_neighbour(Ui *ui, int right, int down)
{
    const Widget *from = widget_of(ui, ui->focused);
    float best = INFINITY;
    if (!from || from->kind != WIDGET_BUTTON) {
        step_focus(ui, right + down);
        return;
    }
    for (uint32_t i = 0; i < ui->order_count; i++) {
        const Widget *to = widget_of(ui, ui->order[i]);
        if (!to || to == from || to->kind != WIDGET_BUTTON)
            continue;
        float far = far_along(from->place, to->place, right, down);
        if (far < best) {
            best = far;
            ui->focused = to->id;
        }
    }
    if (best == INFINITY)
        step_focus(ui, right + down);
}

void ui_move_focus(Ui *ui)
{
    static const struct {
        Key key;
        PadButton button;
        int right, down;
    } ways[] = {{KEY_LEFT, PAD_LEFT, -1, 0},
                {KEY_RIGHT, PAD_RIGHT, 1, 0},
                {KEY_UP, PAD_UP, 0, -1},
                {KEY_DOWN, PAD_DOWN, 0, 1}};
    const Input *input = ui->frame.input;
    int step = input->keys[KEY_TAB].was_pressed ? (input->keys[KEY_SHIFT].is_down ? -1 : 1) : 0;
    bool by_pad = ui->frame.leads && ui->frame.enters;
    if (ui->order_count == 0)
        return;
    if (ui->focused && by_pad) {
        ui->focused = 0;
    } else if ((ui->focused && step) || (ui->frame.leads && (step || by_pad))) {
        step_focus(ui, step ? step : 1);
    } else if (ui->focused) {
        for (size_t i = 0; i < COUNT_OF(ways); i++)
            if (input->keys[ways[i].key].was_pressed || input->pad[ways[i].button].was_pressed)
                go_to_neighbour(ui, ways[i].right, ways[i].down);
    }
}

// ---- how large buttons are, and where

float ui_target(const Ui *ui, float units)
{
    return MAX(units, ui->frame.target_px / ui_px(ui, 1));
}

bool ui_find_button(const Ui *ui, const char *id, UiRect *px)
{
    const Widget *widget = widget_of(ui, ui_hash_id(id));
    if (!widget || widget->kind != WIDGET_BUTTON || widget->last_frame != ui->frame_number)
        return false;
    UiRect at = widget->place;
    *px = (UiRect){ui_px(ui, at.x), ui_px(ui, at.y), ui_px(ui, at.width), ui_px(ui, at.height)};
    return true;
}

float ui_least_button_px(const Ui *ui)
{
    float least = 0;
    for (uint32_t i = 0; i < ui->order_count; i++) {
        const Widget *widget = widget_of(ui, ui->order[i]);
        if (!widget || widget->kind != WIDGET_BUTTON)
            continue;
        float size = ui_px(ui, MIN(widget->place.width, widget->place.height));
        least = least > 0 ? MIN(least, size) : size;
    }
    return least;
}
