// map.c: the floor plan: what is where on it, what is next in a direction, what is near.

#include "museum/map.h"

#include "exhibits/model/plan_floor.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { NAME_TRIES = 28 }; // places along each axis of a room

#define ASIDE 2.0f             // what lies aside counts so many times as far
#define NEARER_TO_MIDDLE 0.06f // of two places as good, the one in the middle

// ---- where a room's name is best

// How far one comes from a point along an axis, either way, before a wall.
static float clear_of_walls(const PlanRoom *room, const float at[2], int axis)
{
    float least = FLT_MAX;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = room->corners[i], *b = room->corners[(i + 1) % room->corner_count];
        float from = a[1 - axis] - at[1 - axis], to = b[1 - axis] - at[1 - axis];
        if ((from > 0) == (to > 0))
            continue;
        float cross = a[axis] + (b[axis] - a[axis]) * from / (from - to);
        least = MIN(least, fabsf(cross - at[axis]));
    }
    return least;
}

// Half the height of a name beside a box.
static float space_beside(const PlanBox *box, const float middle[2], const float at[2])
{
    float reach[2] = {0, 0};
    for (int c = 0; c < 4; c++)
        for (int axis = 0; axis < 2; axis++)
            reach[axis] = MAX(reach[axis], fabsf(box->corners[c][axis] - middle[axis]));
    return MAX((fabsf(at[0] - middle[0]) - reach[0]) / MAP_NAME_WIDE,
               fabsf(at[1] - middle[1]) - reach[1]);
}

// Half the height of a name that touches nothing that stands there and no wall.
static float name_space(const Plan *plan, uint32_t index, const float at[2])
{
    const PlanRoom *room = &plan->rooms[index];
    if (!plan_room_contains(room, at))
        return -1;
    float space = MIN(clear_of_walls(room, at, 0) / MAP_NAME_WIDE, clear_of_walls(room, at, 1));
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *it = &plan->places[i];
        PlanBox box = plan_box(it->position, it->yaw, it->size_m, 0);
        if (it->room == index)
            space = MIN(space, space_beside(&box, it->position, at));
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *it = &plan->benches[i];
        PlanBox box = plan_box(it->position, it->yaw, it->size_m, 0);
        if (it->room == index)
            space = MIN(space, space_beside(&box, it->position, at));
    }
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        const PlanFlight *it = &plan->flights[i];
        PlanBox box = plan_flight_box(it, 0);
        if (it->room == index && it->kind != PLAN_LANDING)
            space = MIN(space, space_beside(&box, it->position, at));
    }
    return space;
}

static void find_name_place(const Plan *plan, uint32_t index, MapItem *item)
{
    const PlanRoom *room = &plan->rooms[index];
    float low[2] = {FLT_MAX, FLT_MAX}, high[2] = {-FLT_MAX, -FLT_MAX}, best = -FLT_MAX;
    for (uint32_t i = 0; i < room->corner_count; i++)
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = MIN(low[axis], room->corners[i][axis]);
            high[axis] = MAX(high[axis], room->corners[i][axis]);
        }
    for (int i = 0; i < 2; i++)
        item->at[i] = (low[i] + high[i]) / 2;
    float middle[2] = {item->at[0], item->at[1]};
    for (int x = 1; x < NAME_TRIES; x++)
        for (int z = 1; z < NAME_TRIES; z++) {
            float at[2] = {low[0] + (high[0] - low[0]) * (float)x / NAME_TRIES,
                           low[1] + (high[1] - low[1]) * (float)z / NAME_TRIES};
            float space = name_space(plan, index, at);
            float score =
                space - NEARER_TO_MIDDLE * hypotf(at[0] - middle[0], at[1] - middle[1]);
            if (space < 0 || score <= best)
                continue;
            best = score;
            item->space_m = space;
            memcpy(item->at, at, sizeof at);
        }
}

void map_make(const Plan *plan, Arena *arena, Map *out)
{
    Map map = {
        .plan = plan,
        .low = {FLT_MAX, FLT_MAX},
        .high = {-FLT_MAX, -FLT_MAX},
        .room_count = plan->room_count,
        .items = ARENA_ARRAY(arena, MapItem, (size_t)plan->room_count + plan->place_count + 1)};
    for (uint32_t i = 0; i < plan->room_count; i++) {
        MapItem *item = &map.items[map.item_count++];
        *item = (MapItem){.is_room = true, .index = i};
        find_name_place(plan, i, item);
        for (uint32_t c = 0; c < plan->rooms[i].corner_count; c++)
            for (int axis = 0; axis < 2; axis++) {
                map.low[axis] = MIN(map.low[axis], plan->rooms[i].corners[c][axis]);
                map.high[axis] = MAX(map.high[axis], plan->rooms[i].corners[c][axis]);
            }
    }
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        if (place->piece_index != PLAN_NONE && !place->shares_back)
            map.items[map.item_count++] =
                (MapItem){.index = i, .at = {place->position[0], place->position[1]}};
    }
    *out = map;
}

// ---- which is which

uint32_t map_room_of(const Map *map, int32_t item)
{
    const MapItem *it = &map->items[item];
    return it->is_room ? it->index : map->plan->places[it->index].room;
}

int32_t map_item_of_room(const Map *map, uint32_t room)
{
    return room < map->room_count ? (int32_t)room : MAP_NONE;
}

int32_t map_item_of_place(const Map *map, uint32_t place)
{
    place = plan_stand_of(map->plan, place);
    for (uint32_t i = map->room_count; i < map->item_count; i++)
        if (map->items[i].index == place)
            return (int32_t)i;
    return MAP_NONE;
}

// ---- from one to another

int32_t map_next(const Map *map, int32_t from, int right, int down)
{
    const float *start = map->items[from].at;
    float best = FLT_MAX;
    int32_t found = from;
    for (uint32_t i = 0; i < map->item_count; i++) {
        float dx = map->items[i].at[0] - start[0], dz = map->items[i].at[1] - start[1];
        float ahead = dx * (float)right + dz * (float)down;
        float aside = fabsf(dx * (float)down) + fabsf(dz * (float)right);
        if ((int32_t)i == from || ahead <= 0.05f || aside > ahead)
            continue;
        float cost = ahead + ASIDE * aside;
        if (cost < best) {
            best = cost;
            found = (int32_t)i;
        }
    }
    return found;
}

int32_t map_next_room(const Map *map, int32_t from, int step)
{
    int count = (int)map->room_count;
    return ((int)map_room_of(map, from) + step % count + count) % count;
}

int32_t map_find(const Map *map, const float at[2], float reach_m)
{
    float best = reach_m;
    int32_t found = MAP_NONE;
    for (uint32_t i = map->room_count; i < map->item_count; i++) {
        float away = hypotf(map->items[i].at[0] - at[0], map->items[i].at[1] - at[1]);
        if (away <= best) {
            best = away;
            found = (int32_t)i;
        }
    }
    return found != MAP_NONE ? found : plan_find_room(map->plan, at);
}

// ---- where it lies

MapFrame map_fit(const Map *map, const float at[2], const float size[2], float margin_m)
{
    MapFrame frame = {.scale = FLT_MAX};
    for (int i = 0; i < 2; i++) {
        float extent = map->high[i] - map->low[i] + 2 * margin_m;
        frame.scale = MIN(frame.scale, MAX(size[i], 1) / MAX(extent, 1));
    }
    for (int i = 0; i < 2; i++)
        frame.at[i] = at[i] + size[i] / 2 - (map->low[i] + map->high[i]) / 2 * frame.scale;
    return frame;
}

void map_to_frame(const MapFrame *frame, const float metres[2], float out[2])
{
    for (int i = 0; i < 2; i++)
        out[i] = frame->at[i] + metres[i] * frame->scale;
}

void map_from_frame(const MapFrame *frame, const float at[2], float out[2])
{
    for (int i = 0; i < 2; i++)
        out[i] = (at[i] - frame->at[i]) / frame->scale;
}
