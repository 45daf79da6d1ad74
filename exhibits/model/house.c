// house.c: several galleries as one house.

#include "exhibits/model/house.h"

#include "exhibits/model/gallery_text.h"
#include "exhibits/model/layout_room.h"
#include "exhibits/model/plan_floor.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const float wall_m = 0.4f;
static const float lobby_m = 7.5f, lobby_height_m = 4.2f;
static const float ends_m = 3.4f;   // from the last doors to the ends of the lobby
static const float least_m = 10.0f; // of its length
static const float door_m = 1.8f, door_height_m = 2.7f;
static const float clear_m = 1.1f; // of floor behind a door
static const float apart_m = 1.2f; // from wing to wing
static const float passage_m = 2.6f;
static const float reading_m = 8.0f;  // from the start to the board
static const float spots_m = 3.6f;    // from pair to pair along the lobby
static const float straight = 0.999f; // walls are along the axes

enum { DOOR_TRIES = 41, MAX_PAIRS = 12 };

// Turned by quarters, then moved; up so that its entrance is level with the lobby.
typedef struct Move {
    float c, s, by[2], up;
    float yaw;
    int quarters;
} Move;

typedef struct Entrance {
    uint32_t room, wall;
    float at[2], outwards[2]; // the door's middle, in the wing's own coordinates
} Entrance;

typedef struct Wing {
    const HouseWing *source;
    Entrance entrance;
    Move move;
    uint32_t first_room, first_place;
    uint32_t passage; // a room, or UINT32_MAX
    float door_x;     // in the house
} Wing;

typedef struct House {
    Arena *arena;
    uint32_t count;
    Wing *wings;
    Plan *plan;
    float west, east; // of the lobby; its middle is z = 0
} House;

static void move_point(const Move *move, const float p[2], float out[2])
{
    float x = p[0], z = p[1];
    out[0] = x * move->c + z * move->s + move->by[0];
    out[1] = -x * move->s + z * move->c + move->by[1];
}

static void turn(const float p[2], float yaw, float out[2])
{
    Move move = {.c = roundf(cosf(yaw)), .s = roundf(sinf(yaw))};
    move_point(&move, p, out);
}

// ---- the door of a wing

static const float *corner(const PlanRoom *room, uint32_t index)
{
    return room->corners[index % room->corner_count];
}

// Nothing of the wing lies straight ahead, as wide as a passage.
static bool is_open_ahead(const Plan *plan, const Entrance *door)
{
    float aside[2] = {-door->outwards[1], door->outwards[0]};
    for (uint32_t r = 0; r < plan->room_count; r++) {
        float low[2] = {FLT_MAX, FLT_MAX}, high[2] = {-FLT_MAX, -FLT_MAX};
        for (uint32_t i = 0; i < plan->rooms[r].corner_count; i++) {
            const float *at = plan->rooms[r].corners[i];
            float from[2] = {at[0] - door->at[0], at[1] - door->at[1]};
            float along[2] = {from[0] * aside[0] + from[1] * aside[1],
                              from[0] * door->outwards[0] + from[1] * door->outwards[1]};
            for (int k = 0; k < 2; k++) {
                low[k] = MIN(low[k], along[k]);
                high[k] = MAX(high[k], along[k]);
            }
        }
        bool is_beside = low[0] > passage_m / 2 + wall_m || high[0] < -passage_m / 2 - wall_m;
        if (!is_beside && high[1] > 0.05f)
            return false;
    }
    return true;
}

static bool meets_stretch(const Entrance *door, const float from[2], const float to[2])
{
    float aside[2] = {-door->outwards[1], door->outwards[0]};
    float a = (from[0] - door->at[0]) * aside[0] + (from[1] - door->at[1]) * aside[1];
    float b = (to[0] - door->at[0]) * aside[0] + (to[1] - door->at[1]) * aside[1];
    float reach = door_m / 2 + 0.25f;
    return MIN(a, b) < reach && MAX(a, b) > -reach;
}

// Clear of other doors and windows of its wall, and of what stands behind it.
static bool is_clear(const Plan *plan, const Entrance *door)
{
    for (uint32_t i = 0; i < plan->opening_count; i++)
        for (int end = 0; end < 2; end++)
            if (plan->openings[i].room[end] == door->room &&
                plan->openings[i].wall[end] == door->wall &&
                meets_stretch(door, plan->openings[i].from[end], plan->openings[i].to[end]))
                return false;
    for (uint32_t i = 0; i < plan->window_count; i++)
        if (plan->windows[i].room == door->room && plan->windows[i].wall == door->wall &&
            meets_stretch(door, plan->windows[i].from, plan->windows[i].to))
            return false;
    float behind[2], yaw = atan2f(door->outwards[0], door->outwards[1]);
    for (int k = 0; k < 2; k++)
        behind[k] = door->at[k] - door->outwards[k] * (clear_m / 2 + 0.01f);
    PlanBox floor = plan_box(behind, yaw, (float[3]){door_m, 0, clear_m}, 0);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *it = &plan->places[i];
        PlanBox box = plan_box(it->position, it->yaw, it->size_m, 0.1f);
        if (plan_boxes_meet(&floor, &box))
            return false;
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *it = &plan->benches[i];
        PlanBox box = plan_box(it->position, it->yaw, it->size_m, 0.1f);
        if (plan_boxes_meet(&floor, &box))
            return false;
    }
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        PlanBox box = plan_flight_box(&plan->flights[i], 0.1f);
        if (plan_boxes_meet(&floor, &box))
            return false;
    }
    return true;
}

// On a wall, as near to its middle as can be; how far from it, FLT_MAX for nowhere.
static float try_wall(const Plan *plan, uint32_t room, uint32_t wall, Entrance *out)
{
    const float *a = corner(&plan->rooms[room], wall),
                *b = corner(&plan->rooms[room], wall + 1);
    float length = hypotf(b[0] - a[0], b[1] - a[1]), best = FLT_MAX;
    float along[2] = {(b[0] - a[0]) / length, (b[1] - a[1]) / length};
    Entrance door = {.room = room, .wall = wall, .outwards = {-along[1], along[0]}};
    if (fabsf(along[0]) < straight && fabsf(along[1]) < straight)
        return best;
    float spare = length / 2 - door_m / 2 - 0.3f;
    for (int i = 0; i < DOOR_TRIES && spare > 0; i++) {
        float off = spare * (float)((i + 1) / 2) / (DOOR_TRIES / 2) * (i % 2 ? 1 : -1);
        for (int k = 0; k < 2; k++)
            door.at[k] = a[k] + along[k] * (length / 2 + off);
        if (fabsf(off) >= best || !is_clear(plan, &door) || !is_open_ahead(plan, &door))
            continue;
        best = fabsf(off);
        *out = door;
    }
    return best;
}

// In the room one starts in, behind one's back rather than elsewhere; else in any other.
NODISCARD static Status find_entrance(const HouseWing *wing, Entrance *out)
{
    const Plan *plan = wing->plan;
    for (uint32_t i = 0; i < plan->room_count; i++) {
        uint32_t room = (plan->start.room + i) % plan->room_count;
        float best = FLT_MAX;
        for (uint32_t wall = 0; wall < plan->rooms[room].corner_count; wall++) {
            Entrance door = {0};
            float off = try_wall(plan, room, wall, &door);
            if (off == FLT_MAX)
                continue;
            float ahead = door.outwards[0] * sinf(plan->start.yaw) +
                          door.outwards[1] * cosf(plan->start.yaw);
            if (off + 20 * (1 + ahead) < best) {
                best = off + 20 * (1 + ahead);
                *out = door;
            }
        }
        if (best < FLT_MAX)
            return OK;
    }
    return FAIL(ERR_NOT_FOUND, "%s has no wall for a door to the lobby",
                langtext_find(&wing->title, "en"));
}

// ---- where wings stand

static void wing_box(const Plan *plan, float yaw, float low[2], float high[2])
{
    low[0] = low[1] = FLT_MAX;
    high[0] = high[1] = -FLT_MAX;
    for (uint32_t r = 0; r < plan->room_count; r++)
        for (uint32_t i = 0; i < plan->rooms[r].corner_count; i++) {
            float at[2];
            turn(plan->rooms[r].corners[i], yaw, at);
            for (int k = 0; k < 2; k++) {
                low[k] = MIN(low[k], at[k]);
                high[k] = MAX(high[k], at[k]);
            }
        }
}

// Every second wing to the north: its door faces south there.
static void place_wing(House *h, uint32_t index, float ends[2])
{
    Wing *wing = &h->wings[index];
    bool is_north = index % 2 == 0;
    const float *out = wing->entrance.outwards;
    float yaw = (is_north ? 0 : (float)M_PI) - atan2f(out[0], out[1]);
    float low[2], high[2], door[2];
    wing_box(wing->source->plan, yaw, low, high);
    turn(wing->entrance.at, yaw, door);
    float *end = &ends[index % 2]; // where the next wing of this side may begin
    float x = index < 2 ? -door[0] : *end + apart_m - low[0];
    float z = is_north ? -lobby_m / 2 - wall_m - high[1] : lobby_m / 2 + wall_m - low[1];
    wing->move =
        (Move){.c = roundf(cosf(yaw)), .s = roundf(sinf(yaw)), .by = {x, z}, .yaw = yaw};
    wing->move.quarters = (int)lroundf(yaw * 2 / (float)M_PI) & 3;
    wing->move.up = -wing->source->plan->rooms[wing->entrance.room].floor_m;
    wing->door_x = door[0] + x;
    *end = high[0] + x + 2 * wall_m;
    h->west = MIN(h->west, wing->door_x - ends_m);
    h->east = MAX(h->east, wing->door_x + ends_m);
}

// ---- taking a wing over

static void move_along(const Move *move, float at[3])
{
    float flat[2] = {at[0], at[2]}, out[2];
    move_point(move, flat, out);
    at[0] = out[0];
    at[2] = out[1];
}

// Whether a room of another wing has the name, too, as "Room 1".
static bool is_shared_name(const House *h, const HouseWing *wing, const LangText *title)
{
    const char *name = langtext_find(title, "en");
    for (uint32_t i = 0; i < h->count; i++) {
        const Plan *plan = h->wings[i].source->plan;
        for (uint32_t r = 0; h->wings[i].source != wing && r < plan->room_count; r++)
            if (strcmp(langtext_find(&plan->rooms[r].title, "en"), name) == 0)
                return true;
    }
    return false;
}

static LangText wing_room_title(House *h, const HouseWing *wing, const LangText *room)
{
    if (!wing->title.count)
        return *room;
    if (wing->plan->room_count == 1 || !room->count)
        return wing->title;
    if (!is_shared_name(h, wing, room))
        return *room;
    LangText title = {.entries = ARENA_ARRAY(h->arena, LangEntry, (size_t)room->count + 1)};
    for (uint32_t i = 0; i < room->count; i++) {
        const char *tag = room->entries[i].tag;
        title.entries[title.count++] =
            (LangEntry){tag, str_format(h->arena, "%s · %s", langtext_find(&wing->title, tag),
                                        room->entries[i].text)};
    }
    return title;
}

// An introduction stays on its wall, though another may be as long; unless a door comes there.
static void take_board(const Wing *wing, uint32_t index, PlanRoom *room)
{
    const Plan *from = wing->source->plan;
    GalleryText texts[GALLERY_MAX_TEXTS];
    uint32_t count = gallery_texts(from, index, texts);
    bool is_told = from->rooms[index].text_size_m[0] > 0;
    for (uint32_t i = 0; i < count; i++) {
        if (texts[i].is_sign || (index == wing->entrance.room && !is_told))
            continue;
        memcpy(room->text_position, texts[i].center, sizeof room->text_position);
        memcpy(room->text_size_m, texts[i].size_m, sizeof room->text_size_m);
        move_along(&wing->move, room->text_position);
        room->text_yaw = texts[i].yaw + wing->move.yaw;
    }
}

static void take_rooms(House *h, uint32_t index)
{
    const Wing *wing = &h->wings[index];
    const Plan *from = wing->source->plan;
    const Move *move = &wing->move;
    for (uint32_t r = 0; r < from->room_count; r++) {
        PlanRoom *room = &h->plan->rooms[h->plan->room_count++];
        *room = from->rooms[r];
        room->id = str_format(h->arena, "wing-%u-%s", index + 1, from->rooms[r].id);
        room->title = wing_room_title(h, wing->source, &from->rooms[r].title);
        room->floor_m += move->up;
        room->corners = (float(*)[2])arena_alloc(
            h->arena, arena_size_of(sizeof *room->corners, room->corner_count), 4);
        for (uint32_t i = 0; i < room->corner_count; i++)
            move_point(move, from->rooms[r].corners[i], room->corners[i]);
        take_board(wing, r, room);
        move_point(move, from->rooms[r].skylight.center, room->skylight.center);
        if (fabsf(move->s) > 0.5f) {
            room->skylight.size_m[0] = from->rooms[r].skylight.size_m[1];
            room->skylight.size_m[1] = from->rooms[r].skylight.size_m[0];
        }
    }
    for (uint32_t i = 0; i < from->opening_count; i++) {
        PlanOpening *door = &h->plan->openings[h->plan->opening_count++];
        *door = from->openings[i];
        for (int end = 0; end < 2; end++) {
            door->room[end] += wing->first_room;
            move_point(move, from->openings[i].from[end], door->from[end]);
            move_point(move, from->openings[i].to[end], door->to[end]);
        }
    }
    for (uint32_t i = 0; i < from->window_count; i++) {
        PlanWindow *window = &h->plan->windows[h->plan->window_count++];
        *window = from->windows[i];
        window->room += wing->first_room;
        move_point(move, from->windows[i].from, window->from);
        move_point(move, from->windows[i].to, window->to);
    }
}

static void take_flights(House *h, const Wing *wing)
{
    const Plan *from = wing->source->plan;
    for (uint32_t i = 0; i < from->flight_count; i++) {
        PlanFlight *flight = &h->plan->flights[h->plan->flight_count++];
        *flight = from->flights[i];
        flight->room += wing->first_room;
        move_point(&wing->move, from->flights[i].position, flight->position);
        flight->yaw += wing->move.yaw;
    }
}

static void take_things(House *h, const Wing *wing)
{
    const Plan *from = wing->source->plan;
    const Move *move = &wing->move;
    for (uint32_t i = 0; i < from->place_count; i++) {
        PlanPlace *place = &h->plan->places[h->plan->place_count++];
        *place = from->places[i];
        place->room += wing->first_room;
        move_point(move, from->places[i].position, place->position);
        place->yaw += move->yaw;
        place->label_yaw += move->yaw;
        move_along(move, place->label_position);
    }
    for (uint32_t i = 0; i < from->light_count; i++) {
        PlanLight *light = &h->plan->lights[h->plan->light_count++];
        *light = from->lights[i];
        light->room += wing->first_room;
        light->place += light->place == PLAN_NONE ? 0 : (int32_t)wing->first_place;
        move_along(move, light->position);
        move_along(move, light->target);
    }
    for (uint32_t i = 0; i < from->bench_count; i++) {
        PlanBench *bench = &h->plan->benches[h->plan->bench_count++];
        *bench = from->benches[i];
        bench->room += wing->first_room;
        move_point(move, from->benches[i].position, bench->position);
        bench->yaw += move->yaw;
    }
    for (uint32_t i = 0; i < from->route_count; i++)
        h->plan->route[h->plan->route_count++] = from->route[i] + wing->first_place;
}

// ---- the lobby

static LangText lobby_title(Arena *arena)
{
    static const LangEntry lobby[] = {{"en", "Lobby"},  {"fr", "Hall d'entrée"},
                                      {"de", "Foyer"},  {"es", "Vestíbulo"},
                                      {"ar", "الردهة"}, {"ja", "ロビー"}};
    return (LangText){.count = COUNT_OF(lobby),
                      .entries = arena_copy(arena, lobby, sizeof lobby, sizeof(void *))};
}

static void make_box_room(House *h, PlanRoom *room, const float low[2], const float high[2])
{
    float middle[2] = {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2};
    PlanBox box = plan_box(middle, 0, (float[3]){high[0] - low[0], 0, high[1] - low[1]}, 0);
    room->corner_count = 4;
    room->corners = arena_copy(h->arena, box.corners, sizeof box.corners, 4);
}

static void add_spot(House *h, const float at[2], const float target[3], float candela)
{
    PlanLight *light = &h->plan->lights[h->plan->light_count++];
    *light = (PlanLight){.place = PLAN_NONE,
                         .position = {at[0], lobby_height_m - 0.15f, at[1]},
                         .target = {target[0], target[1], target[2]},
                         .kelvin = 3200,
                         .candela = candela,
                         .inner_rad = 0.35f,
                         .outer_rad = 0.75f};
}

// Pools of light along both sides, and one on the board.
static void light_lobby(House *h)
{
    uint32_t pairs = MIN((uint32_t)((h->east - h->west) / spots_m), (uint32_t)MAX_PAIRS);
    for (uint32_t i = 0; i < pairs; i++)
        for (int side = -1; side <= 1; side += 2) {
            float x = h->west + (h->east - h->west) * ((float)i + 0.5f) / (float)pairs;
            float z = (float)side * lobby_m * 0.3f;
            add_spot(h, (float[2]){x, z}, (float[3]){x, 0, z * 1.1f}, 1500);
        }
    add_spot(h, (float[2]){h->east - 2.2f, 0}, (float[3]){h->east, 1.6f, 0}, 2600);
}

static void make_lobby(House *h)
{
    PlanRoom *room = &h->plan->rooms[h->plan->room_count++];
    *room =
        (PlanRoom){.id = "lobby", .title = lobby_title(h->arena), .height_m = lobby_height_m};
    float more = MAX(least_m - (h->east - h->west), 0);
    h->west -= more / 2;
    h->east += more / 2;
    make_box_room(h, room, (float[2]){h->west, -lobby_m / 2}, (float[2]){h->east, lobby_m / 2});
    layout_furnish_room(room, true, 0);
    // Before the board on the wall at the end, so near that one can read it.
    h->plan->start = (PlanStart){.position = {MAX(h->west + 1.2f, h->east - reading_m), 0},
                                 .yaw = (float)(M_PI / 2)};
    light_lobby(h);
    PlanBench *bench = &h->plan->benches[h->plan->bench_count++];
    *bench = (PlanBench){.position = {h->west + 0.4f, lobby_m / 2 - 1.4f},
                         .yaw = (float)(M_PI / 2),
                         .size_m = {1.8f, 0.45f, 0.45f}};
}

static uint32_t nearest_wall(const PlanRoom *room, const float at[2])
{
    float best = FLT_MAX;
    uint32_t found = 0;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = corner(room, i), *b = corner(room, i + 1);
        float dx = b[0] - a[0], dz = b[1] - a[1];
        float t = ((at[0] - a[0]) * dx + (at[1] - a[1]) * dz) / (dx * dx + dz * dz);
        t = CLAMP(t, 0.0f, 1.0f);
        float away = hypotf(at[0] - a[0] - t * dx, at[1] - a[1] - t * dz);
        if (away < best) {
            best = away;
            found = i;
        }
    }
    return found;
}

// Between two rooms, through a wall along x.
static void add_door(House *h, uint32_t a, uint32_t b, float x, const float z[2])
{
    const PlanRoom *rooms[2] = {&h->plan->rooms[a], &h->plan->rooms[b]};
    PlanOpening *door = &h->plan->openings[h->plan->opening_count++];
    *door = (PlanOpening){.room = {a, b}};
    door->height_m = MIN(door_height_m, MIN(rooms[0]->height_m, rooms[1]->height_m) - 0.2f);
    for (int end = 0; end < 2; end++) {
        const float middle[2] = {x, z[end]};
        door->wall[end] = nearest_wall(rooms[end], middle);
        door->from[end][0] = x - door_m / 2;
        door->to[end][0] = x + door_m / 2;
        door->from[end][1] = door->to[end][1] = z[end];
    }
}

// Straight through the wall, or along a passage.
static void open_wing(House *h, uint32_t index)
{
    Wing *wing = &h->wings[index];
    bool is_north = index % 2 == 0;
    float door[2], lobby = is_north ? -lobby_m / 2 : lobby_m / 2, way = is_north ? -1 : 1;
    uint32_t room = wing->first_room + wing->entrance.room;
    move_point(&wing->move, wing->entrance.at, door);
    if (fabsf(door[1] - lobby) < PLAN_MAX_WALL_M - 0.1f) {
        add_door(h, 0, room, door[0], (float[2]){lobby, door[1]});
        return;
    }
    float near = lobby + way * wall_m, far = door[1] - way * wall_m;
    PlanRoom *passage = &h->plan->rooms[h->plan->room_count];
    wing->passage = h->plan->room_count++;
    *passage = (PlanRoom){.id = str_format(h->arena, "wing-%u-passage", index + 1),
                          .title = wing->source->title,
                          .height_m = 3.1f};
    make_box_room(h, passage, (float[2]){door[0] - passage_m / 2, MIN(near, far)},
                  (float[2]){door[0] + passage_m / 2, MAX(near, far)});
    layout_furnish_room(passage, true, 0);
    passage->skylight = (PlanSkylight){0};
    add_door(h, 0, wing->passage, door[0], (float[2]){lobby, near});
    add_door(h, wing->passage, room, door[0], (float[2]){far, door[1]});
}

// ---- the whole

static void allocate(House *h)
{
    size_t rooms = 1, openings = 0, places = 1, lights = 2 * MAX_PAIRS + 1, benches = 1,
           routes = 1, windows = 1, flights = 1;
    for (uint32_t i = 0; i < h->count; i++) {
        const Plan *plan = h->wings[i].source->plan;
        rooms += plan->room_count + 1;
        openings += plan->opening_count + 2;
        places += plan->place_count;
        lights += plan->light_count;
        benches += plan->bench_count;
        routes += plan->route_count;
        windows += plan->window_count;
        flights += plan->flight_count;
    }
    h->plan->rooms = ARENA_ARRAY(h->arena, PlanRoom, rooms);
    h->plan->openings = ARENA_ARRAY(h->arena, PlanOpening, openings);
    h->plan->places = ARENA_ARRAY(h->arena, PlanPlace, places);
    h->plan->lights = ARENA_ARRAY(h->arena, PlanLight, lights);
    h->plan->benches = ARENA_ARRAY(h->arena, PlanBench, benches);
    h->plan->route = ARENA_ARRAY(h->arena, uint32_t, routes);
    h->plan->windows = ARENA_ARRAY(h->arena, PlanWindow, windows);
    h->plan->flights = ARENA_ARRAY(h->arena, PlanFlight, flights);
}

static HouseRoom *tell_rooms(const House *h)
{
    HouseRoom *rooms = ARENA_ARRAY(h->arena, HouseRoom, (size_t)h->plan->room_count + 1);
    for (uint32_t i = 0; i < h->plan->room_count; i++)
        rooms[i].wing = PLAN_NONE;
    for (uint32_t w = 0; w < h->count; w++) {
        const Wing *wing = &h->wings[w];
        for (uint32_t i = 0; i < wing->source->plan->room_count; i++)
            rooms[wing->first_room + i] =
                (HouseRoom){.wing = (int32_t)w,
                            .room = i,
                            .first_place = wing->first_place,
                            .quarters = wing->move.quarters,
                            .by = {wing->move.by[0], wing->move.up, wing->move.by[1]},
                            .has_new_door = i == wing->entrance.room};
    }
    return rooms;
}

Status house_join(const HouseWing *wings, uint32_t count, Arena *arena, Plan *out,
                  HouseRoom **rooms)
{
    if (count == 0 || count > HOUSE_MAX_WINGS)
        return FAIL(ERR_LIMIT, "%u wings; a house has 1 to %d", count, HOUSE_MAX_WINGS);
    Plan plan = {.sky = {PLAN_SKY_NITS, PLAN_SKY_KELVIN}};
    House house = {.arena = arena,
                   .count = count,
                   .wings = ARENA_ARRAY(arena, Wing, count),
                   .plan = &plan,
                   .west = FLT_MAX,
                   .east = -FLT_MAX};
    float ends[2] = {0, 0};
    for (uint32_t i = 0; i < count; i++) {
        house.wings[i] = (Wing){.source = &wings[i], .passage = UINT32_MAX};
        TRY(find_entrance(&wings[i], &house.wings[i].entrance));
        place_wing(&house, i, ends);
    }
    allocate(&house);
    make_lobby(&house);
    for (uint32_t i = 0; i < count; i++) {
        house.wings[i].first_room = plan.room_count;
        house.wings[i].first_place = plan.place_count;
        take_rooms(&house, i);
        take_flights(&house, &house.wings[i]);
        take_things(&house, &house.wings[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        open_wing(&house, i);
    plan_set_floors(&plan);
    if (rooms)
        *rooms = tell_rooms(&house);
    *out = plan;
    return OK;
}
