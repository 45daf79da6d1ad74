// ui_writing.c: what is written in a frame, for those who test whether it can be read.

#include "draw/ui_parts.h"

#include "base/str.h"

#include <string.h>

static UiRect shared(UiRect a, UiRect b)
{
    float right = MIN(a.x + a.width, b.x + b.width), x = MAX(a.x, b.x);
    float bottom = MIN(a.y + a.height, b.y + b.height), y = MAX(a.y, b.y);
    return (UiRect){x, y, MAX(right - x, 0), MAX(bottom - y, 0)};
}

static UiRect in_pixels(const Ui *ui, UiRect rect)
{
    rect = ui_place(ui, rect);
    return (UiRect){ui_px(ui, rect.x), ui_px(ui, rect.y), ui_px(ui, rect.width),
                    ui_px(ui, rect.height)};
}

void ui_note_writing(Ui *ui, UiRect rect, const char *text)
{
    if (ui->writing_count == MAX_TEXTS)
        return;
    UiRect whole = in_pixels(ui, rect);
    UiRect seen = ui->scroll ? shared(whole, in_pixels(ui, ui->scroll_rect)) : whole;
    if (seen.width <= 0 || seen.height <= 0)
        return;
    UiWriting *writing = &ui->writings[ui->writing_count++];
    *writing = (UiWriting){.rect = seen};
    writing->is_clipped = seen.height < whole.height || seen.width < whole.width;
    size_t len = MIN(strlen(text), sizeof writing->text - 1);
    memcpy(writing->text, text, len);
    writing->text[utf8_valid_bytes(str_of(writing->text))] = 0; // no half letter
}

void ui_cover_writings(Ui *ui, UiRect rect)
{
    const float slack_px = 1;
    UiRect over = in_pixels(ui, rect);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ui->writing_count; i++) {
        UiWriting writing = ui->writings[i];
        UiRect part = shared(writing.rect, over);
        bool is_touched = part.width > slack_px && part.height > slack_px;
        bool is_gone = is_touched && part.width > writing.rect.width - slack_px &&
                       part.height > writing.rect.height - slack_px;
        writing.is_cut |= is_touched;
        if (!is_gone)
            ui->writings[kept++] = writing;
    }
    ui->writing_count = kept;
}

const UiWriting *ui_writings(const Ui *ui, uint32_t *count)
{
    *count = ui->writing_count;
    return ui->writings;
}
