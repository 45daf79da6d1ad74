// rooms.c: the rooms as the picture shows them: their meshes, lamps, glass and label cards.

#include "museum/rooms.h"

#include "base/log.h"
#include "museum/eyes.h"
#include "museum/rooms_look.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FADE_S 0.45
#define MARKER_HALF_M 0.2f

_Static_assert(sizeof(GalleryVertex) == sizeof(RenderVertex), "one is copied as the other");
_Static_assert(offsetof(GalleryVertex, uv_m) == offsetof(RenderVertex, uv_m), "same order");
_Static_assert(offsetof(GalleryVertex, shade) == offsetof(RenderVertex, shade), "same order");

// ---- making it

NODISCARD Status rooms_make(const RoomsDesc *desc, Arena *arena, Rooms *out)
{
    const Plan *plan = &desc->collection->plan;
    *out = (Rooms){
        .render = desc->render,
        .gpu = desc->gpu,
        .text = desc->text,
        .collection = desc->collection,
        .language = desc->language,
        .label_bytes = desc->label_bytes,
        .mesh_bytes = desc->mesh_bytes,
        .mesh_used = ARENA_ARRAY(arena, uint64_t, plan->room_count),
        .light = desc->light,
        .meshes = ARENA_ARRAY(arena, RenderMesh, plan->room_count),
        .window_index = ARENA_ARRAY(arena, int32_t, plan->room_count),
        .window_center = PLAN_NONE,
        .sight = sight_make(plan, arena),
        .places = ARENA_ARRAY(arena, RoomsPlace, (size_t)plan->place_count + 1),
        .words = words_make(plan, arena),
        .is_seen = ARENA_ARRAY(arena, bool, plan->room_count),
    };
    return label_paint_title(desc->text, desc->collection, desc->language, &out->title);
}

void rooms_drop(Rooms *house)
{
    if (!house->collection)
        return;
    for (uint32_t i = 0; i < house->collection->plan.room_count; i++)
        render_drop_mesh(house->render, house->meshes[i]);
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++)
        gpu_drop_texture(house->gpu, house->places[i].label);
    gpu_drop_texture(house->gpu, house->title.texture);
    words_drop(&house->words, house->gpu);
}

// ---- the window

static uint32_t lights_of(const Plan *plan, uint32_t room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->light_count; i++)
        count += plan->lights[i].room == room;
    return count;
}

// Rooms in the order one reaches them through doors, as many as there are lamps for; those next
// to the visitor's whatever lamps are left, for they are seen.
static uint32_t choose_rooms(Rooms *house, uint32_t center, uint32_t *rooms)
{
    const Plan *plan = &house->collection->plan;
    for (uint32_t i = 0; i < plan->room_count; i++)
        house->window_index[i] = -1;
    uint32_t count = 0, lights = lights_of(plan, center);
    rooms[count] = center;
    house->window_index[center] = (int32_t)count++;
    for (uint32_t at = 0; at < count; at++) {
        for (uint32_t i = 0; i < plan->opening_count && count < RENDER_MAX_ROOMS; i++) {
            const PlanOpening *door = &plan->openings[i];
            int side = door->room[0] == rooms[at] ? 0 : door->room[1] == rooms[at] ? 1 : -1;
            if (side < 0 || house->window_index[door->room[1 - side]] >= 0)
                continue;
            uint32_t next = door->room[1 - side], more = lights_of(plan, next);
            if (at > 0 && lights + more > RENDER_MAX_LIGHTS)
                continue;
            lights += more;
            rooms[count] = next;
            house->window_index[next] = (int32_t)count++;
        }
    }
    house->is_whole = count == plan->room_count && lights <= RENDER_MAX_LIGHTS;
    return count;
}

static RenderBlock block_of(const float position[2], float yaw, const float size_m[3],
                            float floor_m)
{
    return (RenderBlock){.center = {position[0], floor_m, position[1]},
                         .half_size = {size_m[0] / 2, size_m[2] / 2},
                         .yaw_rad = yaw,
                         .height_m = size_m[1]};
}

static uint32_t collect_blocks(const Rooms *house, RenderBlock *blocks)
{
    const Plan *plan = &house->collection->plan;
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        if (!place->shares_back && house->window_index[place->room] >= 0)
            blocks[count++] =
                block_of(place->position, place->yaw, place->size_m, place->floor_m);
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *bench = &plan->benches[i];
        if (house->window_index[bench->room] >= 0)
            blocks[count++] = block_of(bench->position, bench->yaw, bench->size_m,
                                       plan->rooms[bench->room].floor_m);
    }
    return count;
}

static bool is_missing(const Rooms *house, uint32_t room)
{
    return house->window_index[room] >= 0 && !house->meshes[room].id &&
           house->light->rooms[room].state == ROOM_LIGHT_SHOWN;
}

NODISCARD static Status open_window(Rooms *house, uint32_t center)
{
    const Plan *plan = &house->collection->plan;
    Scratch scratch = scratch_begin(NULL);
    uint32_t *rooms = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)plan->room_count + 1);
    RenderRoom looks[RENDER_MAX_ROOMS];
    RenderPanel panels[RENDER_MAX_PANELS];
    RenderLight lights[RENDER_MAX_LIGHTS];
    RenderHouse render = {.rooms = looks,
                          .panels = panels,
                          .lights = lights,
                          .has_time = house->window_center != PLAN_NONE};
    render.room_count = choose_rooms(house, center, rooms);
    Status status = OK;
    for (uint32_t i = 0; i < render.room_count && !status; i++) {
        const PlanRoom *room = &plan->rooms[rooms[i]];
        looks[i] = look_room(room);
        if (gallery_panel(room).is_there && render.panel_count < RENDER_MAX_PANELS)
            panels[render.panel_count++] = look_panel(room);
        render.panel_count +=
            look_windows(plan, rooms[i], RENDER_MAX_PANELS - render.panel_count,
                         panels + render.panel_count);
        looks[i].light = rooms_probes(house, rooms[i]);
        // At first all of them; later ones as one comes nearer.
        if (house->window_center == PLAN_NONE && is_missing(house, rooms[i]))
            status = rooms_show_unlit(house, rooms[i]);
    }
    // Walls get what lamps are left. The visitor's room comes first.
    for (uint32_t i = 0; i < render.room_count; i++)
        for (uint32_t k = 0; k < plan->light_count; k++)
            if (plan->lights[k].room == rooms[i] && render.light_count < RENDER_MAX_LIGHTS)
                lights[render.light_count++] = look_light(&plan->lights[k]);
    for (uint32_t i = 0; i < render.room_count; i++)
        render.light_count +=
            look_washers(&plan->rooms[rooms[i]], RENDER_MAX_LIGHTS - render.light_count,
                         lights + render.light_count);
    RenderBlock *blocks = ARENA_ARRAY(scratch.arena, RenderBlock,
                                      (size_t)plan->place_count + plan->bench_count + 1);
    render.blocks = blocks;
    render.block_count = collect_blocks(house, blocks);
    if (!status)
        status = render_set_house(house->render, &render);
    house->window_center = (int32_t)center;
    house->finds_light = true;
    house->windows++;
    scratch_end(scratch);
    return status;
}

// ---- seeing from room to room

// Behind the window's doors: it may be seen from the next room.
static bool is_behind(const Rooms *house, uint32_t room)
{
    const Plan *plan = &house->collection->plan;
    bool is_next = false;
    for (uint32_t i = 0; i < plan->opening_count; i++)
        for (int side = 0; side < 2; side++)
            is_next |= plan->openings[i].room[side] == room &&
                       house->window_index[plan->openings[i].room[1 - side]] >= 0;
    return is_next && house->window_index[room] < 0;
}

// Rooms that were left longest ago go. False if all that stand are near.
static bool make_space(Rooms *house)
{
    uint32_t count = house->collection->plan.room_count;
    for (uint32_t i = 0; i < count; i++)
        if (house->window_index[i] >= 0 || is_behind(house, i))
            house->mesh_used[i] = house->windows;
    while (house->mesh_bytes_held + house->mesh_most_bytes > house->mesh_bytes) {
        uint32_t oldest = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++) {
            bool can_go = house->meshes[i].id && house->mesh_used[i] < house->windows &&
                          house->light->rooms[i].state == ROOM_LIGHT_SHOWN;
            if (can_go &&
                (oldest == UINT32_MAX || house->mesh_used[i] < house->mesh_used[oldest]))
                oldest = i;
        }
        if (oldest == UINT32_MAX)
            return false;
        rooms_drop_mesh(house, oldest);
    }
    return true;
}

NODISCARD static Status build_behind(Rooms *house)
{
    for (uint32_t i = 0; i < house->collection->plan.room_count; i++) {
        bool is_due = !house->meshes[i].id && is_behind(house, i) &&
                      house->light->rooms[i].state == ROOM_LIGHT_SHOWN;
        if (is_due)
            return make_space(house) ? rooms_show_unlit(house, i) : OK;
    }
    return OK;
}

NODISCARD static Status build(Rooms *house, uint32_t room)
{
    (void)make_space(house); // if there is any
    return rooms_show_unlit(house, room);
}

// What is seen has to stand. Of what is not seen yet one room a frame, nearest first.
NODISCARD static Status build_rooms(Rooms *house, bool has_time)
{
    uint32_t count = house->collection->plan.room_count, next = UINT32_MAX;
    bool has_built = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_missing(house, i))
            continue;
        if (rooms_sees(house, i)) {
            TRY(build(house, i));
            has_built = true;
        } else if (next == UINT32_MAX || house->window_index[i] < house->window_index[next]) {
            next = i;
        }
    }
    if (has_built || !has_time)
        return OK;
    return next == UINT32_MAX ? build_behind(house) : build(house, next);
}

NODISCARD Status rooms_look(Rooms *house, int32_t room, const View *view)
{
    const Plan *plan = &house->collection->plan;
    if (room == PLAN_NONE && house->window_center == PLAN_NONE)
        room = (int32_t)plan->start.room;
    bool has_moved = false;
    if (house->window_center == PLAN_NONE ||
        (room != PLAN_NONE && room != house->window_center && !house->is_whole)) {
        TRY(open_window(house, (uint32_t)room));
        has_moved = true;
    }
    if (room != PLAN_NONE)
        house->window_center = room;
    sight_look(&house->sight, plan, house->window_index, (uint32_t)house->window_center,
               room == PLAN_NONE, view);
    // One of these a frame: each takes some milliseconds.
    uint32_t meshes_made = house->meshes_made;
    TRY(build_rooms(house, !has_moved));
    TRY(rooms_light_step(house));
    if (!has_moved && meshes_made == house->meshes_made)
        house->finds_light = render_find_light(house->render);
    return OK;
}

NODISCARD Status rooms_light(Rooms *house)
{
    return house->window_center == PLAN_NONE
               ? OK
               : open_window(house, (uint32_t)house->window_center);
}

bool rooms_sees(const Rooms *house, uint32_t room)
{
    return sight_sees(&house->sight, room);
}

uint32_t rooms_room_index(const Rooms *house, uint32_t room)
{
    return (uint32_t)MAX(house->window_index[room], 0);
}

// ---- labels and glass

static float wanted_fade(const Rooms *house, const RoomsState *state, uint32_t place)
{
    int32_t exhibit = house->collection->exhibit_of_place[place];
    return exhibit >= 0 && exhibit == state->close ? 1 : 0;
}

static float wanted_glow(const Rooms *house, const RoomsState *state, uint32_t place)
{
    int32_t exhibit = house->collection->exhibit_of_place[place];
    return exhibit >= 0 && exhibit == state->focus ? 1 : 0;
}

static float approach(float from, float to, float most)
{
    return from + CLAMP(to - from, -most, most);
}

static float wanted_white(const Rooms *house)
{
    return eyes_white(
        house->window_center < 0 ? 0 : rooms_mean_lux(house, (uint32_t)house->window_center));
}

void rooms_step(Rooms *house, const RoomsState *state)
{
    float most = state->is_at_once ? 1 : (float)(state->step_s / FADE_S);
    house->white =
        eyes_follow(house->white, wanted_white(house), state->step_s, state->is_at_once);
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++) {
        RoomsPlace *place = &house->places[i];
        place->glass_fade = approach(place->glass_fade, wanted_fade(house, state, i), most);
        place->glow = approach(place->glow, wanted_glow(house, state, i), most);
    }
}

bool rooms_is_still(const Rooms *house, const RoomsState *state)
{
    if (house->white != wanted_white(house))
        return false;
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++) {
        const RoomsPlace *place = &house->places[i];
        if (place->glass_fade != wanted_fade(house, state, i) ||
            place->glow != wanted_glow(house, state, i))
            return false;
    }
    return true;
}

// ---- the list

// Glass is away for whoever leans in to any piece under it.
static float glass_fade(const Rooms *house, uint32_t stand)
{
    const Plan *plan = &house->collection->plan;
    float fade = house->places[stand].glass_fade;
    for (uint32_t i = stand + 1; i < plan->place_count && plan->places[stand].tray_m[0] > 0;
         i++)
        if (plan_stand_of(plan, i) == stand)
            fade = MAX(fade, house->places[i].glass_fade);
    return fade;
}

static RenderCard card_of(const Rooms *house, uint32_t index)
{
    const PlanPlace *place = &house->collection->plan.places[index];
    float s = sinf(place->label_yaw), c = cosf(place->label_yaw);
    float lean = sinf(place->label_tilt), rise = cosf(place->label_tilt);
    RenderCard card = {
        .texture = house->places[index].label,
        .glow = house->places[index].glow,
        .room = rooms_room_index(house, place->room),
    };
    const float right[3] = {c, 0, -s}, up[3] = {-s * lean, rise, -c * lean};
    for (int i = 0; i < 3; i++) {
        card.center[i] = place->label_position[i];
        card.half_u[i] = right[i] * place->label_size_m[0] / 2;
        card.half_v[i] = up[i] * place->label_size_m[1] / 2;
    }
    card.center[1] += place->floor_m;
    return card;
}

static RenderCase case_of(const Rooms *house, uint32_t index, const GalleryGlass *glass)
{
    const PlanPlace *place = &house->collection->plan.places[index];
    RenderCase made = {
        .is_bell = glass->is_bell,
        .yaw_rad = place->yaw,
        .fade = glass_fade(house, index),
        .room = rooms_room_index(house, place->room),
    };
    memcpy(made.center, glass->foot, sizeof made.center);
    made.center[1] += place->floor_m;
    memcpy(made.half_size, glass->half_size, sizeof made.half_size);
    return made;
}

static RenderCard title_card(const Rooms *house)
{
    const LabelTitle *title = &house->title;
    RenderCard card = {.texture = title->texture, .room = rooms_room_index(house, title->room)};
    memcpy(card.center, title->center, sizeof card.center);
    memcpy(card.half_u, title->half_u, sizeof card.half_u);
    memcpy(card.half_v, title->half_v, sizeof card.half_v);
    return card;
}

// A ring that lies on the floor.
static RenderContact marker_of(const RoomsState *state)
{
    return (RenderContact){
        .center = {(float)state->marker[0], (float)state->marker[1] + 0.003f,
                   (float)state->marker[2]},
        .half_size = {MARKER_HALF_M, MARKER_HALF_M},
        .slope = {state->marker_slope[0], state->marker_slope[1]},
        .strength = 1,
        .is_marker = true,
    };
}

void rooms_add(const Rooms *house, const RoomsState *state, Arena *frame, RenderList *list)
{
    const Plan *plan = &house->collection->plan;
    RenderMeshDraw *meshes = ARENA_ARRAY(frame, RenderMeshDraw, plan->room_count);
    RenderCard *cards =
        ARENA_ARRAY(frame, RenderCard, (size_t)plan->place_count + house->words.count + 1);
    RenderCase *cases = ARENA_ARRAY(frame, RenderCase, (size_t)plan->place_count + 1);
    RenderContact *contacts = ARENA_ARRAY(frame, RenderContact, (size_t)plan->place_count + 1);
    for (uint32_t i = 0; i < plan->room_count; i++) {
        if (rooms_sees(house, i) && house->meshes[i].id)
            meshes[list->mesh_count++] = (RenderMeshDraw){
                .mesh = house->meshes[i],
                .room = rooms_room_index(house, i),
            };
    }
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const Exhibit *exhibit = rooms_exhibit_at(house, i);
        if (!rooms_sees(house, plan->places[i].room))
            continue;
        GalleryGlass glass = gallery_glass(&plan->places[i]);
        if (glass.is_there && !plan->places[i].shares_back)
            cases[list->case_count++] = case_of(house, i, &glass);
        // Leant in, one reads it in the foreground; twice would be once too often.
        bool is_read_elsewhere = house->places[i].glass_fade > 0.5f;
        if (exhibit && plan->places[i].label_size_m[0] > 0 && !is_read_elsewhere)
            cards[list->card_count++] = card_of(house, i);
        if (exhibit && (exhibit->phase == EXHIBIT_COARSE || exhibit->phase == EXHIBIT_FULL))
            contacts[list->contact_count++] = look_contact(exhibit);
    }
    for (uint32_t i = 0; i < house->words.count; i++) {
        const RoomsWord *word = &house->words.words[i];
        if (word->texture.id && rooms_sees(house, word->at.room))
            cards[list->card_count++] =
                words_card(word, rooms_room_index(house, word->at.room));
    }
    if (house->title.texture.id && rooms_sees(house, house->title.room))
        cards[list->card_count++] = title_card(house);
    if (state->has_marker)
        contacts[list->contact_count++] = marker_of(state);
    list->meshes = meshes;
    list->cards = cards;
    list->cases = cases;
    list->contacts = contacts;
}
