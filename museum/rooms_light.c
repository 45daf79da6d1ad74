// rooms_light.c: the light of rooms that came with their pack.

#include "museum/rooms_light.h"

#include "base/log.h"
#include "exhibits/model/gallery_texels.h"
#include "io/vfs.h"
#include "museum/rooms.h"
#include "museum/rooms_look.h"

#include <string.h>

enum { JOBS = 3, NEAR_DOORS = 2, FAR_AWAY = 1000 };

// ---- reading

typedef struct LitRoom {
    GalleryMesh mesh;
    Lightmap map;
    float (*texels)[2]; // by vertex
} LitRoom;

static Status read_room(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    const Collection *collection = job->source;
    const CollectionLight *light = &collection->lights[job->item];
    LitRoom *room = ARENA_NEW(arena, LitRoom);
    Bytes bytes;
    TRY(cancel_check(cancel));
    TRY(vfs_read(light->path, LIGHTMAP_MAX_BYTES, arena, &bytes));
    TRY(lightmap_parse(bytes, arena, &room->map));
    if (memcmp(room->map.plan_hash, light->plan_hash, sizeof room->map.plan_hash) != 0)
        return FAIL(ERR_INVALID, "%s: is the light of another plan", light->path);
    gallery_mesh_make(light->plan, light->room, arena, &room->mesh);
    if (gallery_texels(&room->mesh, &room->map, arena, &room->texels))
        return FAIL(ERR_INVALID, "%s: is the light of a room of another shape", light->path);
    gallery_mesh_move(&room->mesh, &light->move);
    lightmap_move(&light->move, arena, &room->map);
    *out_blob = room;
    return OK;
}

static void ask(RoomsLight *light, uint32_t room)
{
    LoaderJob job = {.work = read_room, .source = light->collection, .item = room};
    if (light->rooms[room].state == ROOM_LIGHT_FAR && loader_request(light->loader, &job))
        light->rooms[room].state = ROOM_LIGHT_ASKED;
}

Status rooms_light_make(const Collection *collection, Arena *arena, RoomsLight *out)
{
    const Plan *plan = &collection->plan;
    *out = (RoomsLight){.collection = collection,
                        .arena = arena,
                        .rooms = ARENA_ARRAY(arena, RoomLight, plan->room_count),
                        .center = PLAN_NONE};
    if (!collection->lights)
        return OK;
    TRY(loader_make(1, JOBS, arena, &out->loader));
    for (uint32_t i = 0; i < plan->room_count; i++)
        if (collection->lights[i].path)
            out->rooms[i].state = ROOM_LIGHT_FAR;
    ask(out, plan->start.room);
    return OK;
}

void rooms_light_drop(RoomsLight *light)
{
    loader_drop(light->loader);
    light->loader = NULL;
}

// ---- meshes

NODISCARD static Status make_mesh(Rooms *house, uint32_t room, const GalleryMesh *mesh,
                                  const RenderMeshLight *light)
{
    const Plan *plan = &house->collection->plan;
    house->meshes_made++;
    Scratch scratch = scratch_begin(NULL);
    RenderMeshPart *parts = ARENA_ARRAY(scratch.arena, RenderMeshPart, mesh->part_count);
    for (uint32_t i = 0; i < mesh->part_count; i++)
        parts[i] = (RenderMeshPart){
            .first_index = mesh->parts[i].first_index,
            .index_count = mesh->parts[i].index_count,
            .material = look_material(&mesh->parts[i], plan, room),
        };
    Status status = render_make_mesh(house->render,
                                     &(RenderMeshDesc){
                                         .vertices = (const RenderVertex *)mesh->vertices,
                                         .vertex_count = mesh->vertex_count,
                                         .indices = mesh->indices,
                                         .index_count = mesh->index_count,
                                         .parts = parts,
                                         .part_count = mesh->part_count,
                                         .light = light,
                                         .label = plan->rooms[room].id,
                                     },
                                     &house->meshes[room]);
    scratch_end(scratch);
    uint64_t bytes = status ? 0 : render_mesh_bytes(house->render, house->meshes[room]);
    house->mesh_most_bytes = MAX(house->mesh_most_bytes, bytes);
    if (!light)
        house->mesh_bytes_held += bytes;
    return status;
}

Status rooms_show_unlit(Rooms *house, uint32_t room)
{
    Scratch scratch = scratch_begin(NULL);
    GalleryMesh mesh;
    house->light->rooms[room].state = ROOM_LIGHT_SHOWN;
    gallery_mesh_make(&house->collection->plan, room, scratch.arena, &mesh);
    Status status = make_mesh(house, room, &mesh, NULL);
    scratch_end(scratch);
    return status;
}

void rooms_drop_mesh(Rooms *house, uint32_t room)
{
    if (house->light->rooms[room].state == ROOM_LIGHT_SHOWN)
        house->mesh_bytes_held -= render_mesh_bytes(house->render, house->meshes[room]);
    render_drop_mesh(house->render, house->meshes[room]);
    house->meshes[room] = (RenderMesh){0};
}

static void forget(Rooms *house, uint32_t room)
{
    RoomsLight *light = house->light;
    rooms_drop_mesh(house, room);
    light->held_bytes -= light->rooms[room].bytes;
    light->rooms[room].bytes = 0;
    light->rooms[room].state = ROOM_LIGHT_FAR;
}

// Rooms farther away than this one, or as far and out of sight while it is in sight, go.
static bool make_space(Rooms *house, uint32_t room, uint64_t bytes)
{
    RoomsLight *light = house->light;
    uint32_t own = rooms_sees(house, room) ? 0 : light->rooms[room].doors;
    while (light->held_bytes + bytes > light->limit_bytes) {
        int32_t worst = PLAN_NONE;
        for (uint32_t i = 0; i < house->collection->plan.room_count; i++) {
            const RoomLight *other = &light->rooms[i];
            if (other->state == ROOM_LIGHT_HERE && !rooms_sees(house, i) && i != room &&
                other->doors > own &&
                (worst == PLAN_NONE || other->doors > light->rooms[worst].doors))
                worst = (int32_t)i;
        }
        if (worst == PLAN_NONE)
            return false;
        forget(house, (uint32_t)worst);
    }
    return true;
}

// Probes and what is mirrored are small: they stay.
static void keep_probes(RoomsLight *light, uint32_t room, const Lightmap *map)
{
    RoomLight *own = &light->rooms[room];
    if (own->probes)
        return;
    size_t count = (size_t)map->counts[0] * map->counts[1] * map->counts[2];
    own->probes = ARENA_NEW(light->arena, Lightmap);
    *own->probes = *map;
    own->probes->charts = NULL;
    own->probes->texels = NULL;
    own->probes->chart_count = 0;
    own->probes->probes = arena_copy(light->arena, map->probes, count * sizeof *map->probes, 4);
    own->probes->places =
        arena_copy(light->arena, map->places, map->place_count * sizeof *map->places, 4);
    if (map->environment)
        own->probes->environment = arena_copy(light->arena, map->environment,
                                              ENVIRONMENT_TEXELS * sizeof(uint32_t), 4);
}

NODISCARD static Status take_room(Rooms *house, uint32_t room, const LitRoom *lit)
{
    RoomsLight *light = house->light;
    RoomLight *own = &light->rooms[room];
    uint64_t bytes = render_light_bytes(&lit->map);
    if (!make_space(house, room, bytes)) {
        own->state = ROOM_LIGHT_FAR;
        own->is_refused = true;
        return rooms_sees(house, room) ? rooms_show_unlit(house, room) : OK;
    }
    TRY(make_mesh(
        house, room, &lit->mesh,
        &(RenderMeshLight){.map = &lit->map, .texels = (const float(*)[2])lit->texels}));
    keep_probes(light, room, &lit->map);
    own->state = ROOM_LIGHT_HERE;
    own->bytes = bytes;
    light->held_bytes += bytes;
    if (house->window_index[room] >= 0)
        render_set_room_light(house->render, (uint32_t)house->window_index[room], own->probes);
    return OK;
}

// ---- near and far

static void count_doors(Rooms *house)
{
    const Plan *plan = &house->collection->plan;
    RoomsLight *light = house->light;
    light->center = house->window_center;
    for (uint32_t i = 0; i < plan->room_count; i++) {
        light->rooms[i].doors = (int32_t)i == light->center ? 0 : FAR_AWAY;
        // One that was lit for want of memory may have its own light now.
        if (light->rooms[i].is_refused && light->rooms[i].state == ROOM_LIGHT_SHOWN &&
            !rooms_sees(house, i))
            forget(house, i);
        light->rooms[i].is_refused &= light->rooms[i].state == ROOM_LIGHT_SHOWN;
    }
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (uint32_t i = 0; i < plan->opening_count; i++) {
            for (int side = 0; side < 2; side++) {
                const RoomLight *from = &light->rooms[plan->openings[i].room[side]];
                RoomLight *to = &light->rooms[plan->openings[i].room[1 - side]];
                if (from->doors + 1 >= to->doors)
                    continue;
                to->doors = from->doors + 1;
                has_changed = true;
            }
        }
    }
}

static void ask_for_near(Rooms *house)
{
    RoomsLight *light = house->light;
    for (uint32_t doors = 0; doors <= NEAR_DOORS; doors++) {
        for (uint32_t i = 0; i < house->collection->plan.room_count; i++) {
            const RoomLight *room = &light->rooms[i];
            uint32_t away = rooms_sees(house, i) ? 0 : room->doors;
            if (away == doors && !(room->is_refused && away > 0))
                ask(light, i);
        }
    }
}

// One a frame, or all until the visitor's own.
static void collect(Rooms *house, bool waits)
{
    RoomsLight *light = house->light;
    LoaderDone done;
    while (waits ? loader_wait(light->loader, &done) : loader_collect(light->loader, &done)) {
        uint32_t room = done.job.item;
        Status status = done.status;
        if (status)
            LOG_WARN_LINE("a room is lit anew: %s", done.sentence);
        else
            status = take_room(house, room, done.blob);
        loader_release(light->loader, &done);
        if (status && rooms_show_unlit(house, room))
            log_fault(LOG_ERROR, "a room stays dark");
        if (!waits || (int32_t)room == house->window_center)
            return;
    }
}

Status rooms_light_step(Rooms *house)
{
    RoomsLight *light = house->light;
    if (!light->loader)
        return OK;
    if (light->center != house->window_center)
        count_doors(house);
    ask_for_near(house);
    collect(house, false);
    while (light->rooms[light->center].state == ROOM_LIGHT_ASKED)
        collect(house, true);
    return OK;
}

// Near, and lit while it is shown: it is being built.
static bool is_to_come(const Rooms *house, uint32_t room)
{
    return house->window_index[room] >= 0 &&
           house->light->rooms[room].state == ROOM_LIGHT_SHOWN;
}

bool rooms_is_lit(const Rooms *house)
{
    for (uint32_t i = 0; i < house->collection->plan.room_count; i++)
        if ((rooms_sees(house, i) || is_to_come(house, i)) && !house->meshes[i].id)
            return false;
    return !house->finds_light;
}

const LightProbe *rooms_probe(const Rooms *house, int32_t place)
{
    if (place == PLAN_NONE)
        return NULL;
    uint32_t room = house->collection->plan.places[place].room;
    const Lightmap *probes = rooms_probes(house, room);
    return probes ? lightmap_place(probes, (uint32_t)place) : NULL;
}

const Lightmap *rooms_probes(const Rooms *house, uint32_t room)
{
    const RoomLight *light = &house->light->rooms[room];
    return light->state == ROOM_LIGHT_SHOWN ? NULL : light->probes;
}

float rooms_mean_lux(const Rooms *house, uint32_t room)
{
    static const float weight[3] = {0.2126f, 0.7152f, 0.0722f};
    const Lightmap *map = rooms_probes(house, room);
    float sum = 0;
    if (!map)
        return 0;
    uint32_t count = map->counts[0] * map->counts[1] * map->counts[2];
    for (uint32_t i = 0; i < count; i++)
        for (int channel = 0; channel < 3; channel++)
            sum += weight[channel] * map->probes[i].sh[channel][0];
    return count ? sum / (float)count : 0;
}
