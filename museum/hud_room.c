// hud_room.c: what of the picture is written full already: whoever writes next stays clear.

#include "museum/hud_room.h"

#include "museum/hud_words.h"

#define EDGE 24.0f
#define AIR 6.0f // between what stands side by side
#define BUTTON_HEIGHT 30.0f
#define BUTTON_PAD 14.0f // beside a button's word
#define GAP 8.0f

void hud_take(HudRoom *room, UiRect rect)
{
    if (rect.width > 0 && rect.height > 0 && room->count < HUD_MAX_TAKEN)
        room->taken[room->count++] = rect;
}

bool hud_is_free(const HudRoom *room, UiRect rect)
{
    for (int i = 0; i < room->count; i++) {
        const UiRect *at = &room->taken[i];
        if (rect.x < at->x + at->width + AIR && rect.x + rect.width + AIR > at->x &&
            rect.y < at->y + at->height + AIR && rect.y + rect.height + AIR > at->y)
            return false;
    }
    return true;
}

void hud_mirror(Ui *ui, bool is_on)
{
    ui_mirror(ui, is_on && hud_is_mirrored());
}

UiRect hud_place(const Ui *ui, UiRect rect)
{
    return hud_is_mirrored() ? ui_mirrored(ui, rect) : rect;
}

HudRow hud_row(Ui *ui, float y)
{
    UiRect screen = ui_screen(ui);
    return (HudRow){.ui = ui,
                    .left = MIN(EDGE, screen.width * 0.04f),
                    .right = screen.width - MIN(EDGE, screen.width * 0.04f),
                    .x = screen.width - MIN(EDGE, screen.width * 0.04f),
                    .y = y,
                    .lowest = y};
}

void hud_row_next(HudRow *row)
{
    if (row->x == row->right)
        return;
    row->x = row->right;
    row->y += ui_target(row->ui, BUTTON_HEIGHT) + GAP;
}

UiRect hud_row_place(HudRow *row, float width)
{
    if (row->x - width < row->left)
        hud_row_next(row);
    row->x -= width;
    UiRect rect = {row->x, row->y, width, ui_target(row->ui, BUTTON_HEIGHT)};
    row->x -= GAP;
    row->lowest = row->y + rect.height;
    return rect;
}

bool hud_row_button(HudRow *row, const char *id, const char *text, bool is_on)
{
    Scratch scratch = scratch_begin(NULL);
    const char *said = str_format(scratch.arena, is_on ? "● %s" : "%s", text);
    UiRect size = ui_measure(row->ui, &(UiTextDesc){.text = said, .type = UI_TEXT});
    UiRect rect = hud_row_place(row, ui_target(row->ui, size.width + 2 * BUTTON_PAD));
    bool was_clicked = !row->is_measured && ui_button(row->ui, id, rect, said);
    scratch_end(scratch);
    return was_clicked;
}
