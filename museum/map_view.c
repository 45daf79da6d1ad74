// map_view.c: the floor plan over the picture; map_draw.c draws it.

#include "museum/map_view.h"

#include "museum/map_tours.h"
#include "museum/museum.h"

#include <math.h>
#include <string.h>

#define FAR_M 20.0    // a way that is longer is faded over
#define FADE_S 0.35   // until it is dark, and until it is light again
#define STICK 0.6f    // of its way before it counts
#define REPEAT_S 0.22 // while it is held
#define FINGER_M 0.9f // of the plan around a piece that are the piece
#define POINTER 14.0f // the same in units, where that is more

static void list_items(MapView *view, Arena *arena)
{
    const Map *map = &view->map;
    uint32_t count = 0;
    view->listed = ARENA_ARRAY(arena, int32_t, (size_t)map->item_count + 1);
    for (uint32_t room = 0; room < map->room_count; room++) {
        view->listed[count++] = (int32_t)room;
        for (uint32_t i = map->room_count; i < map->item_count; i++)
            if (map_room_of(map, (int32_t)i) == room)
                view->listed[count++] = (int32_t)i;
    }
}

void map_view_make(Museum *m)
{
    MapView *view = &m->map;
    *view = (MapView){.focus = MAP_NONE,
                      .pressed = MAP_NONE,
                      .wish = MAP_NONE,
                      .route = ARENA_NEW(m->arena, MapRoute)};
    map_forget_tours(m);
    map_make(&m->collection.plan, m->arena, &view->map);
    list_items(view, m->arena);
    view->visited = ARENA_ARRAY(m->arena, uint8_t, (size_t)m->collection.plan.room_count + 1);
}

static void forget_picture(Museum *m)
{
    if (m->gpu && m->map.picture.id)
        gpu_drop_texture(m->gpu, m->map.picture);
    m->map.picture = (GpuTexture){0};
}

void map_view_drop(Museum *m)
{
    forget_picture(m);
}

static int32_t room_here(const Museum *m)
{
    float at[2] = {(float)m->visitor.spot[0], (float)m->visitor.spot[1]};
    return plan_find_room(&m->collection.plan, at);
}

static int32_t item_here(const Museum *m)
{
    if (m->focus >= 0 && m->collection.exhibits[m->focus].place != PLAN_NONE)
        return map_item_of_place(&m->map.map, (uint32_t)m->collection.exhibits[m->focus].place);
    int32_t room = room_here(m);
    return room >= 0 ? room : 0;
}

void map_open(Museum *m, bool is_open)
{
    MapView *view = &m->map;
    if (is_open == view->is_open)
        return;
    if (is_open && visitor_is_close(&m->visitor))
        museum_lean_out(m);
    if (is_open)
        museum_close_story(m);
    view->is_open = is_open;
    view->focus = is_open ? item_here(m) : MAP_NONE;
    view->pressed = MAP_NONE;
    map_forget_tours(m);
    forget_picture(m); // other rooms may be known by now
}

NODISCARD Status map_find_room(const Museum *m, const char *id, int32_t *item)
{
    const Plan *plan = &m->collection.plan;
    for (uint32_t i = 0; i < plan->room_count; i++) {
        if (strcmp(plan->rooms[i].id, id) == 0) {
            *item = map_item_of_room(&m->map.map, i);
            return OK;
        }
    }
    return FAIL(ERR_NOT_FOUND, "no room is called '%s'; the first is '%s'", id,
                plan->rooms[0].id);
}

static const char *id_of(const Museum *m, int32_t index)
{
    const MapItem *item = &m->map.map.items[index];
    const Plan *plan = &m->collection.plan;
    return item->is_room ? plan->rooms[item->index].id : plan->places[item->index].piece;
}

const char *map_focus_id(const Museum *m)
{
    return m->map.is_open && m->map.focus != MAP_NONE ? id_of(m, m->map.focus) : "";
}

bool map_find_place(const Museum *m, const char *id, float at[2])
{
    for (int32_t i = 0; m->map.is_open && i < (int32_t)m->map.map.item_count; i++) {
        if (!strcmp(id_of(m, i), id)) {
            map_to_frame(&m->map.frame, m->map.map.items[i].at, at);
            return true;
        }
    }
    return false;
}

// ---- going there

static double way_m(const Visitor *visitor)
{
    double way = 0;
    const double *from = visitor->spot;
    for (uint32_t i = visitor->waypoint; i < visitor->waypoint_count; i++) {
        way += hypot(visitor->waypoints[i][0] - from[0], visitor->waypoints[i][1] - from[1]);
        from = visitor->waypoints[i];
    }
    return way;
}

void map_hurry(Museum *m, bool cuts)
{
    if (m->is_reduced_motion)
        visitor_arrive(&m->visitor, &m->gallery);
    else if (cuts || way_m(&m->visitor) > FAR_M)
        m->map.fade = 1e-3f;
}

NODISCARD static Status set_out(Museum *m, int32_t index)
{
    const MapItem *item = &m->map.map.items[index];
    if (item->is_room) {
        double spot[2] = {item->at[0], item->at[1]};
        TRY(museum_walk_to_spot(m, spot));
    } else {
        TRY(museum_walk_to_exhibit(
            m, (uint32_t)m->collection.plan.places[item->index].piece_index));
    }
    map_hurry(m, false);
    return OK;
}

NODISCARD Status map_go(Museum *m, int32_t item)
{
    map_open(m, false);
    m->map.wish = MAP_NONE;
    if (m->visitor.state == VISITOR_WALKING)
        return set_out(m, item);
    museum_lean_out(m);
    m->map.wish = item;
    return OK;
}

void map_step(Museum *m, double passed_s)
{
    MapView *view = &m->map;
    int32_t room = room_here(m);
    if (room >= 0 && !view->visited[room]) {
        view->visited[room] = 1;
        view->visited_count++;
    }
    if (view->wish != MAP_NONE && m->visitor.state == VISITOR_WALKING) {
        int32_t item = view->wish;
        view->wish = MAP_NONE;
        if (set_out(m, item))
            museum_say(m, fault_last()->text);
    }
    if (view->fade <= 0)
        return;
    float before = view->fade;
    view->fade += (float)(passed_s / FADE_S);
    if (before < 1 && view->fade >= 1) {
        view->fade = 1; // one frame of it in any case
        visitor_arrive(&m->visitor, &m->gallery);
    }
    if (view->fade >= 2)
        view->fade = 0;
}

bool map_is_still(const Museum *m)
{
    return m->map.fade <= 0 && m->map.wish == MAP_NONE;
}

// ---- what is wished of it

static bool is_in(const float rect[4], const float at[2])
{
    return at[0] >= rect[0] && at[0] < rect[0] + rect[2] && at[1] >= rect[1] &&
           at[1] < rect[1] + rect[3];
}

// What the pointer is over: a row of the index, a piece or a room of the plan.
static int32_t item_under(const MapView *view, const float at[2])
{
    if (is_in(view->card, at))
        return MAP_NONE;
    if (is_in(view->index, at) && view->row_height > 0) {
        int32_t row = view->first_row + (int32_t)((at[1] - view->index[1]) / view->row_height);
        if (row >= view->first_row + view->row_count)
            return MAP_NONE;
        return view->lists_pieces ? view->listed[row] : row;
    }
    if (!is_in(view->plan, at))
        return MAP_NONE;
    float metres[2];
    map_from_frame(&view->frame, at, metres);
    return map_find(&view->map, metres, MAX(FINGER_M, POINTER / view->frame.scale));
}

// A mouse shows what is under it and goes there when it clicks; a finger that taps shows it,
// and goes there when it taps again.
static void hear_pointer(Museum *m, const Input *input)
{
    MapView *view = &m->map;
    bool is_finger = input->touch_count > 0;
    float unit = ui_px(m->ui, 1); // what the ui heard is of the frame before
    const float at[2] = {(is_finger ? input->touches[0].x : input->mouse_x) / unit,
                         (is_finger ? input->touches[0].y : input->mouse_y) / unit};
    const InputButton *left = &input->mouse[MOUSE_LEFT];
    bool pressed = is_finger ? input->touches[0].was_pressed : left->was_pressed;
    bool released = is_finger ? input->touches[0].was_released : left->was_released;
    int32_t item = item_under(view, at);
    bool moved = input->mouse_dx != 0 || input->mouse_dy != 0;
    if (map_point_tour(m, at, moved, pressed, released, is_finger))
        return;
    if (item != MAP_NONE && !is_finger && (moved || pressed))
        view->focus = item;
    if (pressed)
        view->pressed = item;
    if (!released || item == MAP_NONE || item != view->pressed)
        return;
    bool goes = !is_finger || item == view->focus;
    view->focus = item;
    view->pressed = MAP_NONE;
    if (goes && map_go(m, item))
        museum_say(m, fault_last()->text);
}

static void step_focus(Museum *m, int right, int down)
{
    MapView *view = &m->map;
    view->focus =
        view->focus == MAP_NONE ? item_here(m) : map_next(&view->map, view->focus, right, down);
}

// One step when it is pushed over, and more while it is held there.
static void hear_stick(Museum *m, const Input *input)
{
    MapView *view = &m->map;
    float x = input->pad_left[0], y = input->pad_left[1];
    if (!input->has_pad || MAX(fabsf(x), fabsf(y)) < STICK) {
        view->stick_s = 0;
        return;
    }
    if (view->stick_s > 0 && input->time_s < view->stick_s)
        return;
    view->stick_s = input->time_s + REPEAT_S;
    if (fabsf(x) > fabsf(y))
        step_focus(m, x > 0 ? 1 : -1, 0);
    else
        step_focus(m, 0, y > 0 ? 1 : -1);
}

static void hear_keys(Museum *m, const Input *input)
{
    static const struct {
        Key key;
        PadButton button;
        int right, down;
    } arrows[] = {{KEY_LEFT, PAD_LEFT, -1, 0},
                  {KEY_RIGHT, PAD_RIGHT, 1, 0},
                  {KEY_UP, PAD_UP, 0, -1},
                  {KEY_DOWN, PAD_DOWN, 0, 1}};
    MapView *view = &m->map;
    for (size_t i = 0; i < COUNT_OF(arrows); i++)
        if (input->keys[arrows[i].key].was_pressed || input->pad[arrows[i].button].was_pressed)
            step_focus(m, arrows[i].right, arrows[i].down);
    hear_stick(m, input);
    int step = (int)input->pad[PAD_RIGHT_SHOULDER].was_pressed -
               (int)input->pad[PAD_LEFT_SHOULDER].was_pressed;
    if (input->keys[KEY_TAB].was_pressed)
        step += input->keys[KEY_SHIFT].is_down ? -1 : 1;
    step +=
        (int)input->keys[KEY_PAGE_DOWN].was_pressed - (int)input->keys[KEY_PAGE_UP].was_pressed;
    if (input->wheel != 0)
        step -= input->wheel > 0 ? 1 : -1;
    if (step && view->focus == MAP_NONE)
        view->focus = item_here(m);
    else if (step)
        view->focus = map_next_room(&view->map, view->focus, step);
    if (input->keys[KEY_HOME].was_pressed)
        view->focus = item_here(m);
}

void map_hear(Museum *m, const Input *input, Wishes *wishes)
{
    MapView *view = &m->map;
    if (wishes->toggles_map) {
        map_open(m, !view->is_open);
    } else if (view->is_open) {
        bool goes = wishes->leans_in || input->keys[KEY_ENTER].was_pressed ||
                    input->keys[KEY_SPACE].was_pressed || input->pad[PAD_A].was_pressed;
        hear_keys(m, input);
        if (wishes->goes_back)
            map_open(m, false);
        else if (map_hear_tours(m, input, goes))
            ; // that was all
        else if (goes && view->focus != MAP_NONE) {
            if (map_go(m, view->focus))
                museum_say(m, fault_last()->text);
        } else {
            hear_pointer(m, input);
        }
    } else {
        return;
    }
    // What is left is not of walking.
    *wishes = (Wishes){.quits = wishes->quits,
                       .toggles_fullscreen = wishes->toggles_fullscreen,
                       .toggles_overlay = wishes->toggles_overlay};
}
