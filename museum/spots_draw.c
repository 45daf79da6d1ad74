// spots_draw.c: how marks of details look over the picture.

#include "museum/spots_draw.h"

#include "museum/hud_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Units.
#define MARK 22.0f
#define CLUSTER 28.0f
#define HINT 9.0f
#define APART 36.0f
#define NAME_AIR 8.0f
#define SHOWN 34.0f
#define LIST_WIDTH 320.0f
#define LIST_ROW 34.0f
#define LIST_PAD 10.0f
#define LIST_EDGE 16.0f

#define BACKED 0.62f // how dark it is behind a mark
#define FOUND 0.85f  // found ones stand back a little
#define HINTED 0.5f  // of those behind something

enum { LIST_ROWS = 7 };

float spots_apart_px(const Museum *m)
{
    float scale = ui_px(m->ui, 1) / (m->text_size > 0 ? m->text_size : 1);
    float target =
        widget_target_px(scale, m->controls.device == CONTROLS_TOUCH, m->life.display.pixel_mm);
    return MAX(ui_px(m->ui, APART), m->controls.device == CONTROLS_TOUCH ? target : 0);
}

// ---- marks

typedef struct Disc {
    const float *px;
    float width; // units
    float back, line;
    UiColor color; // of the line
    float opacity;
} Disc;

static void draw_disc(Ui *ui, const Disc *disc)
{
    uint32_t most;
    RenderQuad *quad = ui_begin_quads(ui, &most);
    if (most == 0)
        return;
    float width = ui_px(ui, disc->width);
    *quad = (RenderQuad){.x = disc->px[0] - width / 2,
                         .y = disc->px[1] - width / 2,
                         .width = width,
                         .height = width,
                         .corner_px = width / 2,
                         .border_px = MAX(ui_px(ui, disc->line), 1)};
    quad->color[3] = disc->back * disc->opacity; // black, premultiplied
    ui_color(ui, disc->color, disc->opacity, quad->border_color);
    ui_end_quads(ui, 1);
}

static void draw_dot(Ui *ui, const float px[2], float width, UiColor color, float opacity)
{
    float rgba[4], unit = ui_px(ui, 1);
    ui_color(ui, color, opacity, rgba);
    ui_box(ui, (UiRect){px[0] / unit - width / 2, px[1] / unit - width / 2, width, width}, rgba,
           width / 2);
}

static void draw_tick(Ui *ui, const float px[2], float opacity)
{
    float rgba[4], unit = ui_px(ui, 1), x = px[0] / unit, y = px[1] / unit;
    const float from[2] = {x - 4.4f, y + 0.4f}, low[2] = {x - 1.2f, y + 3.6f},
                to[2] = {x + 4.6f, y - 3.4f};
    ui_color(ui, UI_ON_PICTURE, opacity, rgba);
    ui_stroke(ui, from, low, 1.8f, rgba);
    ui_stroke(ui, low, to, 1.8f, rgba);
}

static void draw_number(Ui *ui, const float px[2], uint32_t number, float opacity)
{
    char figures[16];
    Scratch scratch = scratch_begin(NULL);
    float unit = ui_px(ui, 1);
    snprintf(figures, sizeof figures, "%u", (unsigned)number);
    UiTextDesc text = {.text = hud_figures(figures, scratch.arena),
                       .type = UI_SMALL,
                       .color = UI_ON_PICTURE,
                       .opacity = opacity};
    UiRect size = ui_measure(ui, &text);
    ui_text(ui, px[0] / unit - size.width / 2, px[1] / unit - size.height / 2, &text);
    scratch_end(scratch);
}

static bool is_found(const Museum *m, const SpotsShown *shown, uint32_t mark)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    bool is_all = true;
    for (uint32_t i = 0; i < shown->count; i++)
        is_all &= shown->mark_of[i] != mark || exhibit->is_found[shown->points[i].index];
    return is_all;
}

static void draw_mark(Museum *m, const SpotsShown *shown, uint32_t index, bool is_over)
{
    const SpotMark *mark = &shown->marks[index];
    Ui *ui = m->ui;
    bool was_found = is_found(m, shown, index), is_many = mark->count > 1;
    float opacity = mark->strength * (was_found && !is_over ? FOUND : 1);
    Disc disc = {mark->px,      is_many ? CLUSTER : MARK,
                 BACKED,        was_found ? 1.2f : 2,
                 UI_ON_PICTURE, opacity};
    if (mark->is_hidden && !is_over) {
        disc.width = HINT;
        disc.line = 1.5f;
        disc.opacity = opacity = mark->strength * HINTED;
        draw_disc(ui, &disc);
        return;
    }
    if (is_over)
        disc.color = UI_ACCENT;
    draw_disc(ui, &disc);
    if (is_many)
        draw_number(ui, mark->px, mark->count, opacity);
    else if (was_found)
        draw_tick(ui, mark->px, opacity);
    else
        draw_dot(ui, mark->px, 7, UI_ON_PICTURE, opacity);
}

// What one would come to, for who points at it.
static void draw_name(Museum *m, const SpotMark *mark, const StoryHotspot *hotspot)
{
    UiTextDesc text = {.text = langtext_find(&hotspot->title, m->language),
                       .lang = langtext_tag(&hotspot->title, m->language),
                       .type = UI_TEXT,
                       .color = UI_ON_PICTURE};
    UiRect size = ui_measure(m->ui, &text), screen = ui_screen(m->ui);
    float unit = ui_px(m->ui, 1), x = mark->px[0] / unit + MARK / 2 + NAME_AIR;
    float width = size.width + 2 * NAME_AIR, height = size.height + NAME_AIR;
    if (x + width > screen.width - NAME_AIR)
        x = mark->px[0] / unit - MARK / 2 - NAME_AIR - width;
    UiRect plate = {x, mark->px[1] / unit - height / 2, width, height};
    float rgba[4];
    ui_color(m->ui, UI_SHADE, 1, rgba);
    ui_box(m->ui, plate, rgba, 6);
    ui_text(m->ui, x + NAME_AIR, plate.y + NAME_AIR / 2, &text);
}

// ---- pressing

static bool is_in(UiRect rect, const float at[2])
{
    return at[0] >= rect.x && at[0] < rect.x + rect.width && at[1] >= rect.y &&
           at[1] < rect.y + rect.height;
}

static const InputButton *button_of(const Input *input, InputButton *finger)
{
    if (!input->touch_count)
        return &input->mouse[MOUSE_LEFT];
    const InputTouch *touch = &input->touches[0];
    *finger = (InputButton){touch->is_down, touch->was_pressed, touch->was_released};
    return finger;
}

static bool is_pressed(Museum *m, const Input *input, uint32_t detail, UiRect rect)
{
    char id[24];
    float at[2];
    InputButton finger;
    const InputButton *button = button_of(input, &finger);
    snprintf(id, sizeof id, "spot-%u", (unsigned)detail);
    ui_pointer(m->ui, at);
    ui_cover(m->ui, rect);
    (void)ui_hold(m->ui, id, is_in(rect, at));
    if (is_in(rect, at) && button->was_pressed)
        m->spots.pressed = (int32_t)detail;
    return is_in(rect, at) && button->was_released && m->spots.pressed == (int32_t)detail;
}

int32_t spots_draw(Museum *m, const Input *input, const SpotsShown *shown, const HudRoom *room)
{
    float unit = ui_px(m->ui, 1), reach = MIN(shown->apart_px / unit, CLUSTER * 2), at[2];
    int32_t pressed = -1, over = -1;
    ui_pointer(m->ui, at);
    for (uint32_t i = 0; i < shown->mark_count; i++) {
        const SpotMark *mark = &shown->marks[i];
        float width = mark->count > 1 ? CLUSTER : MARK;
        UiRect rect = {mark->px[0] / unit - width / 2, mark->px[1] / unit - width / 2, width,
                       width};
        if (!hud_is_free(room, rect))
            continue;
        if (m->controls.device == CONTROLS_TOUCH)
            rect = (UiRect){mark->px[0] / unit - reach / 2, mark->px[1] / unit - reach / 2,
                            reach, reach};
        bool is_over = m->controls.device != CONTROLS_TOUCH && is_in(rect, at);
        over = is_over ? (int32_t)i : over;
        if (!is_over)
            draw_mark(m, shown, i, false);
        if (is_pressed(m, input, shown->points[mark->first].index, rect))
            pressed = (int32_t)i;
    }
    if (over < 0)
        return pressed;
    const SpotMark *mark = &shown->marks[over];
    const Story *story = &m->collection.exhibits[m->close].story;
    draw_mark(m, shown, (uint32_t)over, true); // and its name, over the others
    if (mark->count == 1 && !m->spots.listed_count)
        draw_name(m, mark, &story->hotspots[shown->points[mark->first].index]);
    return pressed;
}

void spots_draw_shown(Museum *m)
{
    double at[3];
    float px[2];
    if (!m->detail.is_on || m->detail.is_own || m->lens.is_on)
        return;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const float *point = m->detail.spot.point_m;
    placement_to_world(&exhibit->placement, (double[3]){point[0], point[1], point[2]}, at);
    if (view_project(&m->view, at, px))
        draw_disc(m->ui, &(Disc){px, SHOWN, 0, 2, UI_ON_PICTURE, FOUND});
}

// ---- the list

static UiRect place_list(const Museum *m, uint32_t rows)
{
    UiRect screen = ui_screen(m->ui);
    float unit = ui_px(m->ui, 1), x = m->spots.list_px[0] / unit,
          y = m->spots.list_px[1] / unit;
    UiRect rect = {x + CLUSTER, 0, MIN(LIST_WIDTH, screen.width - 2 * LIST_EDGE),
                   (float)rows * LIST_ROW + 2 * LIST_PAD};
    if (rect.x + rect.width > screen.width - LIST_EDGE)
        rect.x = MAX(x - CLUSTER - rect.width, LIST_EDGE);
    rect.y = CLAMP(y - rect.height / 2, LIST_EDGE,
                   MAX(screen.height - LIST_EDGE - rect.height, LIST_EDGE));
    return rect;
}

// A button as wide as the list, with its words where reading begins.
static bool draw_row(Museum *m, UiRect row, const char *id, UiTextDesc text)
{
    bool was_pressed = ui_symbol(m->ui, id, row, "", text.text);
    text.width = row.width - 2 * LIST_PAD;
    text.max_lines = 1;
    UiRect size = ui_measure(m->ui, &text);
    ui_text(m->ui, row.x + LIST_PAD, row.y + (row.height - size.height) / 2, &text);
    return was_pressed;
}

int32_t spots_draw_list(Museum *m, const Input *input)
{
    MuseumSpots *spots = &m->spots;
    if (!spots->listed_count)
        return -1;
    const Story *story = &m->collection.exhibits[m->close].story;
    bool has_pages = spots->listed_count > LIST_ROWS;
    uint32_t rows = MIN(spots->listed_count - spots->list_from, (uint32_t)LIST_ROWS);
    UiRect panel = place_list(m, has_pages ? LIST_ROWS + 1 : rows);
    UiRect row = {panel.x + LIST_PAD, panel.y + LIST_PAD, panel.width - 2 * LIST_PAD,
                  LIST_ROW - 4};
    int32_t chosen = -1;
    float at[2];
    InputButton finger;
    ui_pointer(m->ui, at);
    ui_panel(m->ui, panel, UI_PANEL_PAPER, 1);
    for (uint32_t i = 0; i < rows; i++, row.y += LIST_ROW) {
        uint32_t detail = spots->listed[spots->list_from + i];
        const LangText *title = &story->hotspots[detail].title;
        char id[24];
        snprintf(id, sizeof id, "listed-%u", (unsigned)detail);
        UiTextDesc text = {.text = langtext_find(title, m->language),
                           .lang = langtext_tag(title, m->language),
                           .type = UI_TEXT,
                           .color = UI_INK};
        if (draw_row(m, row, id, text))
            chosen = (int32_t)detail;
    }
    row.y = panel.y + panel.height - LIST_PAD - LIST_ROW;
    if (has_pages && draw_row(m, row, "listed-more",
                              (UiTextDesc){.text = "…", .type = UI_TEXT, .color = UI_INK}))
        spots->list_from =
            spots->list_from + rows < spots->listed_count ? spots->list_from + rows : 0;
    bool is_elsewhere = button_of(input, &finger)->was_pressed && !is_in(panel, at);
    if (chosen >= 0 || is_elsewhere)
        spots->listed_count = 0;
    return chosen;
}
