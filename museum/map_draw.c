// map_draw.c: how the floor plan looks: a printed sheet, with an index of its rooms.

#include "museum/map_view.h"

#include "museum/hud_words.h"
#include "museum/map_paint.h"
#include "museum/map_tours.h"
#include "museum/museum.h"

#include <math.h>
#include <string.h>

#define EDGE 20.0f
#define PAD 26.0f
#define HEAD 46.0f // the title's row
#define FOOT 34.0f // the legend's
#define INDEX_WIDTH 250.0f
#define INDEX_FROM 860.0f // narrower windows have no room for an index
#define ROW 27.0f
#define MARGIN_M 0.8f // around the house
#define CARD_WIDTH 260.0f
#define CARD_PAD 14.0f
#define BUTTON 34.0f
#define NAME_AIR 6.0f
#define MOST_PX 2600.0f  // of the picture: more would not be seen
#define FOUND_RING 3.5f  // around a piece
#define ARROW 11.0f      // of "you are here"
#define MOST_SCALE 130.0 // its longest bar

typedef struct Sheet {
    Museum *m;
    Ui *ui;
    const Plan *plan;
    UiRect all, plan_rect, index;
    bool has_index, is_mirrored;
    Arena *arena;
} Sheet;

static Sheet lay_sheet(Museum *m)
{
    UiRect screen = ui_screen(m->ui);
    float edge = MIN(EDGE, screen.width * 0.02f), pad = MIN(PAD, screen.width * 0.03f);
    Sheet sheet = {.m = m,
                   .ui = m->ui,
                   .plan = &m->collection.plan,
                   .is_mirrored = hud_is_mirrored(),
                   .arena = &m->frame};
    sheet.all = (UiRect){edge, edge, screen.width - 2 * edge, screen.height - 2 * edge};
    UiRect inside = {sheet.all.x + pad, sheet.all.y + pad + HEAD, sheet.all.width - 2 * pad,
                     sheet.all.height - 2 * pad - HEAD - FOOT};
    sheet.has_index = screen.width >= INDEX_FROM;
    sheet.plan_rect = inside;
    if (sheet.has_index) {
        sheet.plan_rect.width -= INDEX_WIDTH + pad;
        sheet.plan_rect.x += sheet.is_mirrored ? INDEX_WIDTH + pad : 0;
        sheet.index =
            (UiRect){sheet.is_mirrored ? inside.x : inside.x + inside.width - INDEX_WIDTH,
                     inside.y, INDEX_WIDTH, inside.height};
    }
    return sheet;
}

// ---- words

static const char *room_title(const Sheet *sheet, uint32_t room)
{
    return langtext_find(&sheet->plan->rooms[room].title, sheet->m->language);
}

static const char *room_lang(const Sheet *sheet, uint32_t room)
{
    return langtext_tag(&sheet->plan->rooms[room].title, sheet->m->language);
}

// From the side where reading begins; `width` is what there is.
static UiRect write_side(const Sheet *sheet, UiRect in, UiTextDesc text, bool is_end)
{
    text.max_lines = 1;
    UiRect size = ui_measure(sheet->ui, &text);
    if (size.width > in.width)
        text.width = size.width = in.width;
    float x = sheet->is_mirrored != is_end ? in.x + in.width - size.width : in.x;
    ui_text(sheet->ui, x, in.y + (in.height - size.height) / 2, &text);
    return (UiRect){x, in.y, size.width, in.height};
}

static void write_in_middle(const Sheet *sheet, const float at[2], UiTextDesc text)
{
    UiRect size = ui_measure(sheet->ui, &text);
    ui_text(sheet->ui, at[0] - size.width / 2, at[1] - size.height / 2, &text);
}

// ---- the plan

static void paint_picture(const Sheet *sheet)
{
    MapView *view = &sheet->m->map;
    float px = ui_px(sheet->ui, 1);
    float part =
        MIN(MOST_PX / MAX(MAX(sheet->plan_rect.width, sheet->plan_rect.height) * px, 1), 1.0f);
    int width = MAX((int)(sheet->plan_rect.width * px * part), 1);
    int height = MAX((int)(sheet->plan_rect.height * px * part), 1);
    int theme = sheet->m->settings.theme;
    if (view->picture.id && view->width_px == width && view->height_px == height &&
        view->theme == theme)
        return;
    if (view->picture.id)
        gpu_drop_texture(sheet->m->gpu, view->picture);
    Scratch scratch = scratch_begin(sheet->arena);
    Image image = {.width = (uint32_t)width,
                   .height = (uint32_t)height,
                   .rgba = arena_alloc(scratch.arena, 4 * (size_t)width * (size_t)height, 4)};
    MapPaint paint = {.plan = sheet->plan,
                      .line_px = MAX(px * part, 1),
                      .visited = view->visited,
                      .theme = theme};
    float at[2] = {0, 0}, size[2] = {(float)width, (float)height};
    paint.frame = map_fit(&view->map, at, size, MARGIN_M);
    map_paint(&paint, &image);
    view->picture = gpu_make_texture(sheet->m->gpu, &(GpuTextureDesc){.format = GPU_RGBA8,
                                                                      .width = width,
                                                                      .height = height,
                                                                      .pixels = image.rgba,
                                                                      .label = "floor plan"});
    view->width_px = width;
    view->height_px = height;
    view->theme = theme;
    scratch_end(scratch);
}

static const char *room_number(const Sheet *sheet, uint32_t room)
{
    return hud_figures(str_format(sheet->arena, "%u", room + 1), sheet->arena);
}

// A room's number, and its name where it fits between what stands there. Whether it did.
static bool write_room(const Sheet *sheet, uint32_t room)
{
    const MapView *view = &sheet->m->map;
    const MapItem *item = &view->map.items[room];
    bool is_focused = view->focus == (int32_t)room;
    float at[2], space = item->space_m * view->frame.scale - NAME_AIR / 2;
    map_to_frame(&view->frame, item->at, at);
    const char *number = room_number(sheet, room);
    const char *title = room_title(sheet, room);
    UiTextDesc name = {.text = title,
                       .lang = room_lang(sheet, room),
                       .type = UI_TEXT,
                       .color = is_focused ? UI_ACCENT : UI_INK,
                       .align = TEXT_CENTER,
                       .max_lines = 2};
    UiTextDesc count = {.text = number,
                        .type = sheet->has_index ? UI_NUMBER : UI_SMALL,
                        .color = is_focused ? UI_ACCENT : UI_INK_SOFT};
    UiRect number_size = ui_measure(sheet->ui, &count), size = ui_measure(sheet->ui, &name);
    float wide = 2 * space * MAP_NAME_WIDE;
    if (size.width > wide) {
        name.width = wide;
        size = ui_measure(sheet->ui, &name);
    }
    bool has_number = !strstr(title, number); // "Room 3" says it already
    float count_high = has_number ? number_size.height : 0;
    bool has_name =
        *title && size.width <= wide && wide > 70 && size.height + count_high <= 2 * space;
    if (!has_name) {
        count.color = is_focused ? UI_ACCENT : UI_INK;
        write_in_middle(sheet, at, count);
        return false;
    }
    float top = at[1] - (size.height + count_high) / 2;
    if (has_number)
        ui_text(sheet->ui, at[0] - number_size.width / 2, top, &count);
    ui_text(sheet->ui, at[0] - size.width / 2, top + count_high, &name);
    return true;
}

static void outline_room(const Sheet *sheet, uint32_t index)
{
    const PlanRoom *room = &sheet->plan->rooms[index];
    float rgba[4];
    ui_color(sheet->ui, UI_ACCENT, 1, rgba);
    for (uint32_t i = 0; i < room->corner_count; i++) {
        float from[2], to[2];
        map_to_frame(&sheet->m->map.frame, room->corners[i], from);
        map_to_frame(&sheet->m->map.frame, room->corners[(i + 1) % room->corner_count], to);
        ui_stroke(sheet->ui, from, to, 3, rgba);
    }
}

static void draw_dot(const Sheet *sheet, const float at[2], float radius, UiColor color)
{
    float rgba[4];
    ui_color(sheet->ui, color, 1, rgba);
    ui_box(sheet->ui, (UiRect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius}, rgba,
           radius);
}

static const Exhibit *exhibit_of(const Sheet *sheet, const MapItem *item)
{
    return &sheet->m->collection.exhibits[sheet->plan->places[item->index].piece_index];
}

static bool is_all_found(const Exhibit *exhibit)
{
    return exhibit->found_count > 0 && exhibit->found_count == exhibit->story.hotspot_count;
}

// Around a piece all of whose details were found.
static void draw_ring(const Sheet *sheet, const float at[2], float radius)
{
    ui_outline(sheet->ui, (UiRect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius},
               radius, 1.6f, UI_ACCENT);
}

static void draw_pieces(const Sheet *sheet)
{
    const MapView *view = &sheet->m->map;
    float radius = CLAMP(view->frame.scale * 0.14f, 1.8f, 4.5f);
    for (uint32_t i = view->map.room_count; i < view->map.item_count; i++) {
        float at[2];
        bool is_focused = view->focus == (int32_t)i;
        map_to_frame(&view->frame, view->map.items[i].at, at);
        if (is_focused) {
            draw_dot(sheet, at, radius + 6, UI_ACCENT);
            draw_dot(sheet, at, radius + 4, UI_PAPER);
        }
        if (is_all_found(exhibit_of(sheet, &view->map.items[i])))
            draw_ring(sheet, at, radius + FOUND_RING);
        draw_dot(sheet, at, is_focused ? radius + 1 : radius, is_focused ? UI_ACCENT : UI_INK);
    }
}

// An arrowhead that points where the visitor looks.
static void draw_arrow(const Sheet *sheet, const float at[2], float size, float yaw)
{
    enum { LINES = 9 };
    float ahead[2] = {-sinf(yaw), -cosf(yaw)};
    for (int pass = 0; pass < 2; pass++) {
        float rgba[4], width = pass ? 2.6f : 6.5f;
        ui_color(sheet->ui, pass ? UI_ACCENT : UI_PAPER, 1, rgba);
        float tip[2] = {at[0] + ahead[0] * size, at[1] + ahead[1] * size};
        for (int i = 0; i < LINES; i++) {
            float side = (float)i / (LINES - 1) * 2 - 1;
            float back = 0.45f + 0.35f * fabsf(side), aside = 0.62f * side;
            float end[2] = {at[0] - (ahead[0] * back + ahead[1] * aside) * size,
                            at[1] - (ahead[1] * back - ahead[0] * aside) * size};
            ui_stroke(sheet->ui, tip, end, width, rgba);
        }
    }
}

static void draw_visitor(const Sheet *sheet)
{
    const Visitor *visitor = &sheet->m->visitor;
    float metres[2] = {(float)visitor->spot[0], (float)visitor->spot[1]}, at[2];
    map_to_frame(&sheet->m->map.frame, metres, at);
    draw_arrow(sheet, at, ARROW, visitor->yaw);
}

static void draw_plan(const Sheet *sheet)
{
    MapView *view = &sheet->m->map;
    view->says_focus = false;
    paint_picture(sheet);
    float at[2] = {sheet->plan_rect.x, sheet->plan_rect.y};
    float size[2] = {sheet->plan_rect.width, sheet->plan_rect.height};
    view->frame = map_fit(&view->map, at, size, MARGIN_M);
    memcpy(view->plan, &sheet->plan_rect, sizeof view->plan);
    ui_picture(sheet->ui, sheet->plan_rect, view->picture);
    if (view->focus != MAP_NONE && view->map.items[view->focus].is_room)
        outline_room(sheet, (uint32_t)view->focus);
    map_draw_route(sheet->m);
    for (uint32_t i = 0; i < view->map.room_count; i++)
        if (write_room(sheet, i) && view->focus == (int32_t)i)
            view->says_focus = true;
    draw_pieces(sheet);
    draw_visitor(sheet);
}

// ---- the index

static void draw_tick(const Sheet *sheet, float x, float y)
{
    float rgba[4], low[2] = {x + 3.5f, y + 4}, from[2] = {x, y + 0.5f}, to[2] = {x + 10, y - 5};
    ui_color(sheet->ui, UI_ACCENT, 1, rgba);
    ui_stroke(sheet->ui, from, low, 1.8f, rgba);
    ui_stroke(sheet->ui, low, to, 1.8f, rgba);
}

static void draw_row(const Sheet *sheet, int32_t item, UiRect row)
{
    const MapView *view = &sheet->m->map;
    const float number = 30, tick = 26;
    const MapItem *it = &view->map.items[item];
    if (view->focus == item) {
        float rgba[4];
        ui_color(sheet->ui, UI_ACCENT, 0.16f, rgba);
        ui_box(sheet->ui, row, rgba, 4);
    }
    UiRect in = {row.x + 8, row.y, row.width - 16, row.height};
    UiRect first = in, middle = in;
    first.width = number;
    middle.width -= number + tick;
    middle.x += sheet->is_mirrored ? tick : number;
    first.x += sheet->is_mirrored ? in.width - number : 0;
    if (!it->is_room) {
        const Exhibit *exhibit = exhibit_of(sheet, it);
        if (is_all_found(exhibit))
            draw_ring(sheet,
                      (const float[2]){sheet->is_mirrored ? in.x + 7 : in.x + in.width - 7,
                                       row.y + row.height / 2},
                      4.5f);
        write_side(
            sheet, middle,
            (UiTextDesc){.text = exhibit_title(exhibit, sheet->m->language),
                         .lang = langtext_tag(&exhibit->record.title, sheet->m->language),
                         .type = UI_SMALL,
                         .color = UI_INK_SOFT},
            false);
        return;
    }
    write_side(sheet, first,
               (UiTextDesc){.text = room_number(sheet, it->index),
                            .type = UI_NUMBER,
                            .color = UI_INK_SOFT},
               false);
    write_side(sheet, middle,
               (UiTextDesc){.text = room_title(sheet, it->index),
                            .lang = room_lang(sheet, it->index),
                            .type = UI_TEXT,
                            .color = UI_INK},
               false);
    if (view->visited[it->index])
        draw_tick(sheet, sheet->is_mirrored ? in.x + 2 : in.x + in.width - 12,
                  row.y + row.height / 2);
}

// Of more rows than fit, those around the one in focus.
static void scroll_index(MapView *view, int32_t rows, int32_t count)
{
    int32_t focus = view->first_row;
    if (view->focus != MAP_NONE && rows < count)
        focus = (int32_t)map_room_of(&view->map, view->focus);
    view->first_row = MIN(view->first_row, focus);
    view->first_row = MAX(view->first_row, focus - rows + 1);
    view->first_row = CLAMP(view->first_row, 0, MAX(count - rows, 0));
    view->row_count = MIN(rows, count - view->first_row);
}

static void draw_scroll_bar(const Sheet *sheet, float part, float top)
{
    float rgba[4];
    ui_color(sheet->ui, UI_INK_SOFT, 0.4f, rgba);
    float x = sheet->is_mirrored ? sheet->index.x - 8 : sheet->index.x + sheet->index.width + 4;
    ui_box(
        sheet->ui,
        (UiRect){x, sheet->index.y + top * sheet->index.height, 3, part * sheet->index.height},
        rgba, 1.5f);
}

// Rooms, and with them what stands there where it fits.
static void draw_index(const Sheet *sheet)
{
    MapView *view = &sheet->m->map;
    memset(view->index, 0, sizeof view->index);
    memset(view->tours, 0, sizeof view->tours);
    if (!sheet->has_index)
        return;
    UiRect all = sheet->index;
    float high = ui_target(sheet->ui, ROW);
    int32_t rows = MAX((int32_t)(all.height / high), 1), tours = map_tour_rows(sheet->m, rows);
    rows -= tours;
    view->lists_pieces = (int32_t)view->map.item_count <= rows;
    int32_t count = (int32_t)(view->lists_pieces ? view->map.item_count : view->map.room_count);
    scroll_index(view, rows, count);
    view->row_height = high;
    memcpy(view->index, &sheet->index, sizeof view->index);
    view->index[3] = (float)rows * high;
    for (int32_t i = 0; i < view->row_count; i++) {
        int32_t row = view->first_row + i;
        draw_row(sheet, view->lists_pieces ? view->listed[row] : row,
                 (UiRect){sheet->index.x, sheet->index.y + (float)i * high, sheet->index.width,
                          high - 1});
    }
    if (tours)
        map_draw_tours(sheet->m, (UiRect){all.x, all.y + (float)MIN(rows, count) * high,
                                          all.width, (float)tours * high});
    if (rows < count)
        draw_scroll_bar(sheet, (float)rows / (float)count,
                        (float)view->first_row / (float)count);
}

// ---- what has the focus

static UiRect card_place(const Sheet *sheet, const float at[2], float width, float height)
{
    UiRect in = sheet->plan_rect;
    float x = at[0] + 18, y = at[1] - height - 12;
    if (x + width > in.x + in.width)
        x = at[0] - 18 - width;
    x = CLAMP(x, in.x, MAX(in.x + in.width - width, in.x));
    if (y < in.y)
        y = at[1] + 16;
    y = CLAMP(y, in.y, MAX(in.y + in.height - height, in.y));
    return (UiRect){x, y, width, height};
}

static void draw_card(const Sheet *sheet)
{
    Museum *m = sheet->m;
    MapView *view = &m->map;
    memset(view->card, 0, sizeof view->card);
    bool has_button = m->controls.device == CONTROLS_TOUCH;
    if (view->focus == MAP_NONE || (view->says_focus && !has_button))
        return;
    const MapItem *item = &view->map.items[view->focus];
    uint32_t room = map_room_of(&view->map, view->focus);
    const Exhibit *exhibit =
        item->is_room ? NULL
                      : &m->collection.exhibits[sheet->plan->places[item->index].piece_index];
    UiTextDesc name = {.text = exhibit ? exhibit_title(exhibit, m->language)
                                       : room_title(sheet, room),
                       .lang = exhibit ? langtext_tag(&exhibit->record.title, m->language)
                                       : room_lang(sheet, room),
                       .type = UI_HEADING,
                       .color = UI_INK,
                       .width = CARD_WIDTH - 2 * CARD_PAD,
                       .max_lines = 3};
    UiTextDesc where = {.text = str_format(sheet->arena, "%s  %s", room_number(sheet, room),
                                           exhibit ? room_title(sheet, room) : ""),
                        .lang = room_lang(sheet, room),
                        .type = UI_SMALL,
                        .color = UI_INK_SOFT,
                        .width = CARD_WIDTH - 2 * CARD_PAD,
                        .max_lines = 1};
    UiTextDesc flat = name;
    flat.width = 0;
    float width = MIN(MAX(ui_measure(sheet->ui, &flat).width + 4, 120.0f), name.width);
    name.width = where.width = width;
    float name_high = ui_measure(sheet->ui, &name).height;
    float where_high = ui_measure(sheet->ui, &where).height;
    float height = name_high + where_high + 4 + 2 * CARD_PAD +
                   (has_button ? ui_target(sheet->ui, BUTTON) + 10 : 0);
    float at[2];
    map_to_frame(&view->frame, item->at, at);
    UiRect card = card_place(sheet, at, width + 2 * CARD_PAD, height);
    ui_panel(sheet->ui, card, UI_PANEL_PAPER, 1);
    float y = card.y + CARD_PAD;
    ui_text(sheet->ui, card.x + CARD_PAD, y, &where);
    ui_text(sheet->ui, card.x + CARD_PAD, y + where_high + 4, &name);
    if (!has_button)
        return;
    memcpy(view->card, &card, sizeof view->card);
    UiRect button = {card.x + CARD_PAD,
                     card.y + height - CARD_PAD - ui_target(sheet->ui, BUTTON), width,
                     ui_target(sheet->ui, BUTTON)};
    if (ui_button(sheet->ui, "map-go", button, hud_word(WORD_GO_THERE)) &&
        map_go(m, view->focus))
        museum_say(m, fault_last()->text);
}

// ---- around it

static const char *house_title(const Sheet *sheet)
{
    const char *title = langtext_find(&sheet->m->collection.title, sheet->m->language);
    return *title ? title : hud_word(WORD_PLAN_TITLE);
}

// Where tours have no list. Gives how much of the head it takes.
static float draw_tours_button(const Sheet *sheet, const UiRect *beside)
{
    const char *text = hud_say("Guided tour");
    float width =
        ui_measure(sheet->ui, &(UiTextDesc){.text = text, .type = UI_TEXT}).width + 32;
    UiRect button = {sheet->is_mirrored ? beside->x + beside->width + 8 : beside->x - 8 - width,
                     beside->y, width, BUTTON};
    if (ui_button(sheet->ui, "map-tours", button, text))
        museum_open_screen(sheet->m, SCREEN_TOURS);
    return width + 8;
}

static void draw_head(const Sheet *sheet)
{
    float pad = MIN(PAD, ui_screen(sheet->ui).width * 0.03f);
    const char *close = hud_word(WORD_CLOSE);
    float width =
        ui_measure(sheet->ui, &(UiTextDesc){.text = close, .type = UI_TEXT}).width + 32;
    UiRect head = {sheet->all.x + pad, sheet->all.y + pad - 6, sheet->all.width - 2 * pad,
                   HEAD};
    UiRect button = {sheet->is_mirrored ? head.x : head.x + head.width - width, head.y + 2,
                     width, ui_target(sheet->ui, BUTTON)};
    if (ui_button(sheet->ui, "map-close", button, close))
        map_open(sheet->m, false);
    if (!sheet->has_index && sheet->m->collection.tour_count)
        width += draw_tours_button(sheet, &button);
    UiRect in = head;
    in.width -= width + 20;
    in.x += sheet->is_mirrored ? width + 20 : 0;
    in.height = ui_target(sheet->ui, BUTTON) + 4;
    UiRect title = write_side(
        sheet, in, (UiTextDesc){.text = house_title(sheet), .type = UI_TITLE, .color = UI_INK},
        false);
    float left = in.width - title.width - 18;
    if (!sheet->m->collection.title.count || left < 120)
        return;
    UiRect rest = {sheet->is_mirrored ? in.x : title.x + title.width + 18, in.y + 6, left,
                   in.height - 6};
    write_side(
        sheet, rest,
        (UiTextDesc){.text = hud_word(WORD_PLAN_TITLE), .type = UI_BODY, .color = UI_INK_SOFT},
        false);
}

static void draw_scale(const Sheet *sheet, float y)
{
    static const double nice_m[] = {1, 2, 5, 10, 20, 50, 100, 200};
    double metres = nice_m[0];
    float rgba[4];
    for (size_t i = 0; i < COUNT_OF(nice_m); i++)
        if (nice_m[i] * (double)sheet->m->map.frame.scale < MOST_SCALE)
            metres = nice_m[i];
    float length = (float)metres * sheet->m->map.frame.scale;
    float x = sheet->is_mirrored ? sheet->plan_rect.x
                                 : sheet->plan_rect.x + sheet->plan_rect.width - length;
    ui_color(sheet->ui, UI_INK, 1, rgba);
    ui_box(sheet->ui, (UiRect){x, y + 8, length / 2, 3}, rgba, 0);
    ui_line(sheet->ui, x, y + 8, length, false, UI_INK);
    ui_line(sheet->ui, x, y + 11, length, false, UI_INK);
    ui_line(sheet->ui, x + length, y + 8, 4, true, UI_INK);
    UiTextDesc text = {.text =
                           hud_figures(str_format(sheet->arena, "%g m", metres), sheet->arena),
                       .type = UI_SMALL,
                       .color = UI_INK_SOFT};
    UiRect size = ui_measure(sheet->ui, &text);
    float text_x = sheet->is_mirrored ? x + length + 8 : x - size.width - 8;
    ui_text(sheet->ui, text_x, y + 9.5f - size.height / 2, &text);
}

// What signs mean, and the scale.
static void draw_foot(const Sheet *sheet)
{
    float y = sheet->plan_rect.y + sheet->plan_rect.height + 12;
    float x =
        sheet->is_mirrored ? sheet->plan_rect.x + sheet->plan_rect.width : sheet->plan_rect.x;
    float way = sheet->is_mirrored ? -1 : 1;
    const char *words[] = {hud_word(WORD_YOU_ARE_HERE), hud_word(WORD_VISITED),
                           hud_say("all details found")};
    bool has_found = false;
    for (uint32_t i = 0; i < sheet->m->collection.exhibit_count; i++)
        has_found |= is_all_found(&sheet->m->collection.exhibits[i]);
    for (size_t i = 0; i < (has_found ? 3 : 2); i++) {
        UiTextDesc text = {.text = words[i], .type = UI_SMALL, .color = UI_INK};
        UiRect size = ui_measure(sheet->ui, &text);
        float sign = sheet->is_mirrored ? x - 14 : x;
        if (i == 0)
            draw_arrow(sheet, (const float[2]){sign + 7, y + 10}, 7, 0);
        else if (i == 1)
            draw_tick(sheet, sign, y + 10);
        else
            draw_ring(sheet, (const float[2]){sign + 7, y + 10}, 5);
        float text_x = sheet->is_mirrored ? x - 22 - size.width : x + 22;
        ui_text(sheet->ui, text_x, y + 10 - size.height / 2, &text);
        x += way * (22 + size.width + 26);
    }
    draw_scale(sheet, y);
}

void map_draw(Museum *m)
{
    if (!m->map.is_open)
        return;
    Sheet sheet = lay_sheet(m);
    ui_panel(m->ui, sheet.all, UI_PANEL_PAPER, 1);
    draw_plan(&sheet);
    draw_index(&sheet);
    draw_foot(&sheet);
    draw_head(&sheet);
    draw_card(&sheet);
}

void map_draw_fade(Museum *m)
{
    float dark = m->map.fade <= 1 ? m->map.fade : 2 - m->map.fade;
    if (dark <= 0)
        return;
    const float black[4] = {0, 0, 0, dark * dark * (3 - 2 * dark)};
    UiRect screen = ui_screen(m->ui);
    ui_box(m->ui, screen, black, 0);
}
