// map_tours.c: guided tours on the floor plan.

#include "museum/map_tours.h"

#include "museum/hud_words.h"
#include "museum/museum.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW 27.0f
#define HEADING_AIR 12.0f
#define DOT 2.4f       // across, of the dotted line
#define DOT_APART 8.0f // from one to the next
#define MOST_DOTS 500.0f
#define STOP 17.0f // across
#define DONE 0.35f // of the way behind one

// ---- the way

static bool same_spot(const float a[2], const float b[2])
{
    return hypotf(a[0] - b[0], a[1] - b[1]) < 0.05f;
}

// Where one stands at a step. False where it is in no room.
static bool spot_of(const Museum *m, const TourStep *step, double out[2])
{
    const Plan *plan = &m->collection.plan;
    GalleryStand stand;
    int32_t exhibit = step->piece[0] ? collection_find(&m->collection, step->piece) : -1;
    if (exhibit >= 0 && m->collection.exhibits[exhibit].place != PLAN_NONE) {
        if (!gallery_stand_before(&m->gallery, (uint32_t)m->collection.exhibits[exhibit].place,
                                  (double)m->visitor.eye_height_m,
                                  (double)visitor_fov(&m->visitor), &stand))
            return false;
        memcpy(out, stand.spot, sizeof stand.spot);
        return true;
    }
    for (uint32_t i = 0; i < plan->room_count; i++) {
        if (strcmp(plan->rooms[i].id, step->room) != 0)
            continue;
        const float *at = step->stand.is_given ? step->stand.position
                                               : m->map.map.items[i].at; // rooms come first
        double wish[2] = {(double)at[0], (double)at[1]};
        return gallery_nearest_free(&m->gallery, wish, out);
    }
    return false;
}

static void add_corner(MapRoute *route, const double at[2])
{
    if (route->corner_count == MAP_MOST_CORNERS)
        return;
    float *corner = route->corners[route->corner_count++];
    corner[0] = (float)at[0];
    corner[1] = (float)at[1];
}

// Around everything; straight where no way leads.
static void add_way(const Museum *m, MapRoute *route, const double to[2])
{
    Scratch scratch = scratch_begin(NULL);
    const float *last = route->corners[route->corner_count - 1];
    double from[2] = {(double)last[0], (double)last[1]}, free[2], (*corners)[2];
    uint32_t count = 0;
    if (!gallery_nearest_free(&m->gallery, from, free) ||
        gallery_find_path(&m->gallery, free, to, scratch.arena, &corners, &count))
        count = 0;
    for (uint32_t i = 0; i < count; i++)
        add_corner(route, corners[i]);
    if (count == 0)
        add_corner(route, to);
    scratch_end(scratch);
}

static void make_route(Museum *m, int32_t index)
{
    MapRoute *route = m->map.route;
    if (route->tour == index)
        return;
    *route = (MapRoute){.tour = index};
    if (index < 0)
        return;
    const Tour *tour = &m->collection.tours[index];
    for (uint32_t i = 0; i < tour->step_count && route->stop_count < MAP_MOST_STOPS; i++) {
        double at[2];
        if (!spot_of(m, &tour->steps[i], at))
            continue;
        const float stop[2] = {(float)at[0], (float)at[1]};
        if (route->stop_count && same_spot(stop, route->stops[route->stop_count - 1]))
            continue;
        if (route->corner_count)
            add_way(m, route, at);
        else
            add_corner(route, at);
        memcpy(route->stops[route->stop_count], stop, sizeof stop);
        route->step_of[route->stop_count] = i;
        route->is_piece[route->stop_count] = tour->steps[i].piece[0] != 0;
        route->corner_of[route->stop_count++] = route->corner_count - 1;
    }
}

// The one that is asked about, else the one that is played.
static int32_t shown_tour(const Museum *m)
{
    if (m->map.tour >= 0)
        return m->map.tour;
    for (uint32_t i = 0; i < m->collection.tour_count && m->tour.state != TOUR_OFF; i++)
        if (m->tour.tour == &m->collection.tours[i])
            return (int32_t)i;
    return -1;
}

const char *map_tour_id(const Museum *m)
{
    int32_t tour = m->map.is_open ? shown_tour(m) : -1;
    return tour >= 0 ? m->collection.tours[tour].id : "";
}

// The last stop that one has been at, of the tour that is played; -1: none.
static int32_t stop_reached(const Museum *m, const MapRoute *route)
{
    int32_t reached = -1;
    if (m->tour.state == TOUR_OFF || m->tour.tour != &m->collection.tours[route->tour])
        return -1;
    for (uint32_t i = 0; i < route->stop_count; i++)
        if (route->step_of[i] <= m->tour.step)
            reached = (int32_t)i;
    return reached;
}

static void draw_dot(Ui *ui, const float at[2], float width, UiColor color, float opacity)
{
    float rgba[4];
    ui_color(ui, color, opacity, rgba);
    ui_box(ui, (UiRect){at[0] - width / 2, at[1] - width / 2, width, width}, rgba, width / 2);
}

// Dots along the way, evenly over its corners.
static void draw_way(Museum *m, const MapRoute *route, uint32_t done)
{
    const MapFrame *frame = &m->map.frame;
    float length = 0, next = 0, apart;
    for (uint32_t i = 0; i + 1 < route->corner_count; i++)
        length += frame->scale * hypotf(route->corners[i + 1][0] - route->corners[i][0],
                                        route->corners[i + 1][1] - route->corners[i][1]);
    apart = MAX(DOT_APART, length / MOST_DOTS);
    for (uint32_t i = 0; i + 1 < route->corner_count; i++) {
        float from[2], to[2];
        map_to_frame(frame, route->corners[i], from);
        map_to_frame(frame, route->corners[i + 1], to);
        float leg = hypotf(to[0] - from[0], to[1] - from[1]);
        for (; next < leg; next += apart) {
            float part = next / leg;
            const float at[2] = {from[0] + (to[0] - from[0]) * part,
                                 from[1] + (to[1] - from[1]) * part};
            draw_dot(m->ui, at, DOT, UI_ACCENT, i < done ? DONE : 1);
        }
        next -= leg;
    }
}

static void draw_stop(Museum *m, const MapRoute *route, uint32_t index, uint32_t count,
                      int32_t reached)
{
    char number[12];
    float at[2];
    bool is_here = (int32_t)index == reached;
    Scratch scratch = scratch_begin(NULL);
    snprintf(number, sizeof number, "%u", (unsigned)count);
    UiTextDesc text = {.text = hud_figures(number, scratch.arena),
                       .type = UI_SMALL,
                       .color = is_here ? UI_PAPER : UI_ACCENT};
    UiRect size = ui_measure(m->ui, &text);
    map_to_frame(&m->map.frame, route->stops[index], at);
    float width = MAX(STOP, size.width + 7);
    draw_dot(m->ui, at, width + 2, UI_ACCENT, 1);
    if (!is_here)
        draw_dot(m->ui, at, width - 1, UI_PAPER, 1);
    ui_text(m->ui, at[0] - size.width / 2, at[1] - size.height / 2, &text);
    scratch_end(scratch);
}

void map_draw_route(Museum *m)
{
    MapRoute *route = m->map.route;
    make_route(m, shown_tour(m));
    if (route->tour < 0)
        return;
    int32_t reached = stop_reached(m, route);
    draw_way(m, route, reached >= 0 ? route->corner_of[reached] : 0);
    for (uint32_t i = 0, count = 0; i < route->stop_count; i++)
        if (route->is_piece[i]) // rooms have names enough
            draw_stop(m, route, i, ++count, reached);
}

// ---- the list

// Those of more than one piece: what pieces tell of themselves is in their stories.
static uint32_t list_tours(const Museum *m, uint32_t out[MAP_MOST_TOURS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->collection.tour_count && count < MAP_MOST_TOURS; i++)
        if (!collection_tour_piece(&m->collection, &m->collection.tours[i]))
            out[count++] = i;
    return count;
}

int32_t map_tour_rows(const Museum *m, int32_t rows)
{
    uint32_t listed[MAP_MOST_TOURS];
    int32_t tours = (int32_t)list_tours(m, listed);
    return tours && rows >= 2 * (tours + 2) ? tours + 2 : 0; // with a heading, and some air
}

int32_t map_tour_under(const MapView *view, const float at[2])
{
    const float *list = view->tours;
    if (at[0] < list[0] || at[0] >= list[0] + list[2] || at[1] < list[1] ||
        at[1] >= list[1] + list[3])
        return -1;
    return (int32_t)((at[1] - list[1]) / view->row_height);
}

static void draw_row(Museum *m, UiRect row, uint32_t index)
{
    const Tour *tour = &m->collection.tours[index];
    bool is_mirrored = hud_is_mirrored();
    char time[32];
    float rgba[4];
    Scratch scratch = scratch_begin(NULL);
    snprintf(time, sizeof time, "%u′", (unsigned)tour_minutes(tour, m->language));
    UiTextDesc minutes = {
        .text = hud_figures(time, scratch.arena), .type = UI_SMALL, .color = UI_INK_SOFT};
    UiTextDesc title = {.text = langtext_find(&tour->title, m->language),
                        .lang = langtext_tag(&tour->title, m->language),
                        .type = UI_TEXT,
                        .color = UI_INK,
                        .max_lines = 1};
    UiRect time_size = ui_measure(m->ui, &minutes), size = ui_measure(m->ui, &title);
    float room = row.width - 16 - time_size.width - 12;
    if (size.width > room)
        title.width = size.width = room;
    if (m->map.route->tour == (int32_t)index) {
        ui_color(m->ui, UI_ACCENT, 0.16f, rgba);
        ui_box(m->ui, row, rgba, 4);
    }
    float begin = row.x + 8, end = row.x + row.width - 8;
    ui_text(m->ui, is_mirrored ? end - size.width : begin,
            row.y + (row.height - size.height) / 2, &title);
    ui_text(m->ui, is_mirrored ? begin : end - time_size.width,
            row.y + (row.height - time_size.height) / 2, &minutes);
    scratch_end(scratch);
}

void map_draw_tours(Museum *m, UiRect rect)
{
    uint32_t listed[MAP_MOST_TOURS], count = list_tours(m, listed);
    UiTextDesc heading = {
        .text = hud_say("Guided tour"), .type = UI_SMALL, .color = UI_INK_SOFT};
    UiRect size = ui_measure(m->ui, &heading);
    ui_line(m->ui, rect.x, rect.y + HEADING_AIR, rect.width, false, UI_LINE);
    float x = hud_is_mirrored() ? rect.x + rect.width - 8 - size.width : rect.x + 8;
    ui_text(m->ui, x, rect.y + 2 * ui_target(m->ui, ROW) - size.height - 4, &heading);
    const float list[4] = {rect.x, rect.y + 2 * ui_target(m->ui, ROW), rect.width,
                           (float)count * ui_target(m->ui, ROW)};
    memcpy(m->map.tours, list, sizeof list);
    for (uint32_t i = 0; i < count; i++)
        draw_row(m,
                 (UiRect){list[0], list[1] + (float)i * ui_target(m->ui, ROW), list[2],
                          ui_target(m->ui, ROW) - 1},
                 listed[i]);
}

// ---- what is wished of it

static void begin(Museum *m, int32_t tour)
{
    map_open(m, false);
    if (museum_begin_tour(m, m->collection.tours[tour].id))
        museum_say(m, fault_last()->text);
}

void map_forget_tours(Museum *m)
{
    m->map.tour = m->map.tour_pressed = -1;
    m->map.route->tour = -1; // rooms may have doors by then that they have not now
}

bool map_hear_tours(Museum *m, const Input *input, bool goes)
{
    MapView *view = &m->map;
    uint32_t listed[MAP_MOST_TOURS], count = list_tours(m, listed), at = 0;
    bool next = input->keys[KEY_U].was_pressed || input->pad[PAD_Y].was_pressed;
    if (next && count > 0) {
        while (at < count && (int32_t)listed[at] != view->tour)
            at++;
        view->tour = (int32_t)listed[at < count ? (at + 1) % count : 0];
        view->focus = MAP_NONE;
        return true;
    }
    if (view->focus != MAP_NONE)
        view->tour = -1;
    if (!goes || view->tour < 0)
        return false;
    begin(m, view->tour);
    return true;
}

bool map_point_tour(Museum *m, const float at[2], bool moved, bool pressed, bool released,
                    bool is_finger)
{
    MapView *view = &m->map;
    uint32_t listed[MAP_MOST_TOURS], count = list_tours(m, listed);
    int32_t row = map_tour_under(view, at), before = view->tour;
    bool shows = is_finger ? released : moved || pressed || released;
    row = row >= 0 && row < (int32_t)count ? (int32_t)listed[row] : -1;
    if (row < 0) {
        if (moved && !is_finger && view->tour >= 0)
            view->tour = -1;
        return false;
    }
    if (pressed)
        view->tour_pressed = row;
    if (shows) {
        view->tour = row;
        view->focus = MAP_NONE;
    }
    if (released && view->tour_pressed == row && (!is_finger || before == row))
        begin(m, row);
    return true;
}
