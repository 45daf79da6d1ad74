// render_house.c: takes lamps and rooms, and puts what bounces between them into textures.
//
// Of rooms that have time what was known of them stands, or what is known of another, until
// render_find_light has found what they want.

#include "draw/render_parts.h"

#include "io/thread.h"

#include <string.h>

_Static_assert(SHARED_REFLECTION_SIDE == ENVIRONMENT_SIDE &&
                   SHARED_REFLECTION_LEVELS == ENVIRONMENT_LEVELS,
               "shaders look where environment.h puts it");

typedef struct HouseJob {
    const RenderHouse *house;
    const LightState *lights;
    BounceTables tables;
    uint64_t keys[RENDER_MAX_ROOMS]; // of what the tables hold
    uint32_t rooms[RENDER_MAX_ROOMS];
    uint32_t count; // of `rooms`: they are new
} HouseJob;

static BounceTables make_tables(Arena *arena, size_t rooms)
{
    return (BounceTables){.probes = ARENA_ARRAY(arena, float, rooms *PROBE_FLOATS),
                          .reflections =
                              ARENA_ARRAY(arena, uint32_t, rooms * ENVIRONMENT_TEXELS),
                          .shade = ARENA_ARRAY(arena, uint8_t, rooms * SHADE_BYTES)};
}

static BounceTables tables_of(const BounceTables *tables, size_t room)
{
    return (BounceTables){.probes = tables->probes + room * PROBE_FLOATS,
                          .reflections = tables->reflections + room * ENVIRONMENT_TEXELS,
                          .shade = tables->shade + room * SHADE_BYTES};
}

static void copy_room(const BounceTables *from, size_t room, const BounceTables *to,
                      size_t to_room)
{
    BounceTables source = tables_of(from, room), out = tables_of(to, to_room);
    memcpy(out.probes, source.probes, PROBE_FLOATS * sizeof(float));
    memcpy(out.reflections, source.reflections, ENVIRONMENT_TEXELS * sizeof(uint32_t));
    memcpy(out.shade, source.shade, SHADE_BYTES);
}

static Status bounce_some(void *context, size_t first, size_t count, int worker)
{
    HouseJob *job = context;
    (void)worker;
    for (size_t i = first; i < first + count; i++) {
        BounceTables out = tables_of(&job->tables, job->rooms[i]);
        bounce_room(&(BounceJob){job->house, job->lights, job->rooms[i]}, &out);
    }
    return OK;
}

void house_make(Render *render)
{
    render->house.kept.tables = make_tables(render->arena, RENDER_MAX_ROOMS);
}

void house_drop(Render *render)
{
    House *house = &render->house;
    gpu_drop_texture(render->gpu, house->bounce);
    gpu_drop_texture(render->gpu, house->reflections);
    gpu_drop_texture(render->gpu, house->floor_shade);
    BounceKept kept = house->kept;
    BounceWork work = house->work;
    work.room = -1;
    *house = (House){.kept = kept, .work = work, .version = house->version + 1};
}

// Trilinear between the probes, clamped to the outermost ones.
LightProbe house_ambient(const Render *render, uint32_t room, const double at[3])
{
    static const int COUNTS[3] = {SHARED_VOLUME_X, SHARED_VOLUME_Y, SHARED_VOLUME_Z};
    const House *house = &render->house;
    LightProbe out = {0};
    if (room >= house->room_count)
        return out;
    if (house->rooms[room].light) {
        lightmap_probe(house->rooms[room].light,
                       (float[3]){(float)at[0], (float)at[1], (float)at[2]}, &out);
        return out;
    }
    int cell[3];
    float part[3];
    for (int k = 0; k < 3; k++) {
        float low = house->rooms[room].low[k], size = house->rooms[room].high[k] - low;
        float x = ((float)at[k] - low) / size * (float)COUNTS[k] - 0.5f;
        x = CLAMP(x, 0.0f, (float)COUNTS[k] - 1.001f);
        cell[k] = (int)x;
        part[k] = x - (float)cell[k];
    }
    for (int corner = 0; corner < 8; corner++) {
        int index = 0;
        float weight = 1;
        for (int k = 2; k >= 0; k--) {
            int is_high = corner >> k & 1;
            index = index * COUNTS[k] + cell[k] + is_high;
            weight *= is_high ? part[k] : 1 - part[k];
        }
        for (int channel = 0; channel < 3; channel++) {
            const float *texel = house->kept.tables.probes + (size_t)room * PROBE_FLOATS +
                                 (size_t)channel * (PROBE_FLOATS / 3) + (size_t)index * 4;
            for (int k = 0; k < 4; k++)
                out.sh[channel][k] += weight * texel[k];
        }
    }
    return out;
}

void house_push_probe(const LightProbe *probe, float low[3][4], float high[4][4])
{
    for (int channel = 0; channel < 3; channel++) {
        memcpy(low[channel], probe->sh[channel], 4 * sizeof(float));
        memcpy(high[channel], probe->sh[channel] + 4, 4 * sizeof(float));
        high[3][channel] = probe->sh[channel][8];
    }
}

static bool has_environment(const House *house, uint32_t room)
{
    return house->rooms[room].light && house->rooms[room].light->environment;
}

static void write_reflection(Render *render, uint32_t room, const uint32_t *texels)
{
    gpu_write_texture(render->gpu, render->house.reflections,
                      &(GpuTextureWrite){.z = (int)room,
                                         .width = ENVIRONMENT_WIDTH,
                                         .height = ENVIRONMENT_HEIGHT,
                                         .pixels = texels});
}

void render_set_room_light(Render *render, uint32_t room, const Lightmap *light)
{
    if (room >= render->house.room_count)
        return;
    render->house.rooms[room].light = light;
    if (has_environment(&render->house, room))
        write_reflection(render, room, light->environment);
}

static void make_textures(Render *render, const BounceTables *tables, int room_count)
{
    House *house = &render->house;
    house->bounce_slices = room_count * 3 * SHARED_VOLUME_Z;
    house->bounce = gpu_make_texture(render->gpu, &(GpuTextureDesc){
                                                      .kind = GPU_TEXTURE_3D,
                                                      .format = GPU_RGBA16F,
                                                      .width = SHARED_VOLUME_X,
                                                      .height = SHARED_VOLUME_Y,
                                                      .depth = house->bounce_slices,
                                                      .pixels = tables->probes,
                                                      .label = "bounced light",
                                                  });
    house->reflections =
        gpu_make_texture(render->gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                                        .format = GPU_RGB9E5,
                                                        .width = ENVIRONMENT_WIDTH,
                                                        .height = ENVIRONMENT_HEIGHT,
                                                        .depth = room_count,
                                                        .pixels = tables->reflections,
                                                        .label = "reflections"});
    house->floor_shade = gpu_make_texture(render->gpu, &(GpuTextureDesc){
                                                           .kind = GPU_TEXTURE_ARRAY,
                                                           .format = GPU_R8,
                                                           .width = FLOOR_SHADE_SIDE,
                                                           .height = FLOOR_SHADE_SIDE,
                                                           .depth = room_count,
                                                           .pixels = tables->shade,
                                                           .label = "floor shade",
                                                       });
}

NODISCARD static Status check_limits(const RenderHouse *desc)
{
    if (desc->light_count > RENDER_MAX_LIGHTS)
        return FAIL(ERR_LIMIT, "%u lamps; the limit is %d", desc->light_count,
                    RENDER_MAX_LIGHTS);
    if (desc->room_count > RENDER_MAX_ROOMS)
        return FAIL(ERR_LIMIT, "%u rooms; the limit is %d", desc->room_count, RENDER_MAX_ROOMS);
    if (desc->panel_count > RENDER_MAX_PANELS)
        return FAIL(ERR_LIMIT, "%u light panels; the limit is %d", desc->panel_count,
                    RENDER_MAX_PANELS);
    return OK;
}

// The room of the last house that has what this one wants, or, if it has time, the same room in
// another light; -1: there is none.
static int32_t find_kept(const BounceKept *kept, uint64_t key, const RenderRoom *room,
                         bool has_time)
{
    int32_t alike = -1;
    for (uint32_t k = 0; k < kept->count; k++) {
        if (kept->keys[k] == key)
            return (int32_t)k;
        const RenderRoom *other = &kept->rooms[k];
        if (has_time && !memcmp(other->low, room->low, sizeof room->low) &&
            !memcmp(other->high, room->high, sizeof room->high))
            alike = (int32_t)k;
    }
    return alike;
}

// Fills `job`'s tables from what the last house had. Rooms that have time are as the first one
// until they are known: its doors lead to them. Notes those that have none.
static void take_kept(const BounceKept *kept, const uint64_t *wanted, HouseJob *job)
{
    for (uint32_t i = 0; i < job->house->room_count; i++) {
        int32_t k = find_kept(kept, wanted[i], &job->house->rooms[i], job->house->has_time);
        if (k >= 0) {
            job->keys[i] = kept->keys[k];
            copy_room(&kept->tables, (size_t)k, &job->tables, i);
        } else if (!job->house->has_time || i == 0) {
            job->keys[i] = wanted[i];
            job->rooms[job->count++] = i;
        }
    }
}

static void stand_in(const HouseJob *job)
{
    for (uint32_t i = 1; i < job->house->room_count; i++) {
        if (job->keys[i])
            continue;
        copy_room(&job->tables, 0, &job->tables, i);
        memset(tables_of(&job->tables, i).shade, UINT8_MAX, SHADE_BYTES);
    }
}

static void keep(const HouseJob *job, BounceKept *kept)
{
    uint32_t count = job->house->room_count;
    kept->count = count;
    memcpy(kept->keys, job->keys, sizeof kept->keys);
    for (uint32_t i = 0; i < count; i++) {
        kept->rooms[i] = job->house->rooms[i];
        copy_room(&job->tables, i, &kept->tables, i);
    }
}

NODISCARD static Status light_house(Render *render, const RenderHouse *desc)
{
    House *house = &render->house;
    Scratch scratch = scratch_begin(NULL);
    size_t textures = MAX(desc->room_count, 1u); // a dark one where there are no rooms
    HouseJob job = {
        .house = desc, .lights = house->lights, .tables = make_tables(scratch.arena, textures)};
    for (uint32_t i = 0; i < desc->room_count; i++)
        house->work.wanted[i] = bounce_key(desc, house->lights, i);
    take_kept(&house->kept, house->work.wanted, &job);
    Status status =
        parallel_for(&(ParallelDesc){.count = job.count, .run = bounce_some, .context = &job});
    if (!status) {
        stand_in(&job);
        keep(&job, &house->kept);
        make_textures(render, &job.tables, (int)textures);
        for (uint32_t i = 0; i < desc->room_count; i++)
            if (has_environment(house, i))
                write_reflection(render, i, house->rooms[i].light->environment);
    }
    scratch_end(scratch);
    return status;
}

static void copy_blocks(Render *render, const RenderHouse *desc)
{
    BounceWork *work = &render->house.work;
    if (desc->block_count > work->block_capacity) {
        work->block_capacity = desc->block_count * 2;
        work->blocks = ARENA_ARRAY(render->arena, RenderBlock, work->block_capacity);
    }
    if (desc->block_count)
        memcpy(work->blocks, desc->blocks, desc->block_count * sizeof *desc->blocks);
    render->house.block_count = desc->block_count;
}

Status house_set(Render *render, const RenderHouse *desc)
{
    TRY(check_limits(desc));
    house_drop(render);
    House *house = &render->house;
    house->light_count = desc->light_count;
    house->room_count = desc->room_count;
    house->panel_count = desc->panel_count;
    for (uint32_t i = 0; i < desc->light_count; i++)
        light_init(&house->lights[i], &desc->lights[i]);
    if (desc->room_count)
        memcpy(house->rooms, desc->rooms, desc->room_count * sizeof *desc->rooms);
    if (desc->panel_count)
        memcpy(house->panels, desc->panels, desc->panel_count * sizeof *desc->panels);
    copy_blocks(render, desc);
    TRY(shadow_place_tiles(render));
    TRY(light_house(render, desc));
    bool is_good = house->bounce.id && house->reflections.id && house->floor_shade.id;
    return is_good ? OK : fault_last()->status;
}

// ---- rooms that have time

// Those first of which nothing is known.
static int32_t next_room(const House *house)
{
    int32_t next = -1;
    for (uint32_t i = 0; i < house->room_count; i++) {
        if (!house->kept.keys[i])
            return (int32_t)i;
        if (next < 0 && house->kept.keys[i] != house->work.wanted[i])
            next = (int32_t)i;
    }
    return next;
}

static void write_room(Render *render, int room)
{
    const House *house = &render->house;
    BounceTables from = tables_of(&house->kept.tables, (size_t)room);
    gpu_write_texture(render->gpu, house->bounce,
                      &(GpuTextureWrite){.z = room * 3 * SHARED_VOLUME_Z,
                                         .width = SHARED_VOLUME_X,
                                         .height = SHARED_VOLUME_Y,
                                         .depth = 3 * SHARED_VOLUME_Z,
                                         .pixels = from.probes});
    if (!has_environment(house, (uint32_t)room))
        write_reflection(render, (uint32_t)room, from.reflections);
    gpu_write_texture(render->gpu, house->floor_shade,
                      &(GpuTextureWrite){.z = room,
                                         .width = FLOOR_SHADE_SIDE,
                                         .height = FLOOR_SHADE_SIDE,
                                         .pixels = from.shade});
}

static void begin_room(Render *render, int32_t room)
{
    BounceWork *work = &render->house.work;
    work->room = room;
    work->step = 0;
    if (work->light)
        return;
    work->light = bounce_make(render->arena);
    work->tables = make_tables(render->arena, 1);
}

static void finish_room(Render *render)
{
    House *house = &render->house;
    int32_t room = house->work.room;
    copy_room(&house->work.tables, 0, &house->kept.tables, (size_t)room);
    house->kept.keys[room] = house->work.wanted[room];
    house->work.room = -1;
    write_room(render, room);
    render->stats.is_pending = true;
}

bool render_find_light(Render *render)
{
    House *house = &render->house;
    BounceWork *work = &house->work;
    int32_t room = work->room >= 0 ? work->room : next_room(house);
    if (room < 0)
        return false;
    if (work->room < 0)
        begin_room(render, room);
    const RenderHouse desc = {.rooms = house->rooms,
                              .room_count = house->room_count,
                              .panels = house->panels,
                              .panel_count = house->panel_count,
                              .blocks = work->blocks,
                              .block_count = house->block_count,
                              .light_count = house->light_count};
    BounceTables out = tables_of(&work->tables, 0);
    BounceJob job = {&desc, house->lights, (uint32_t)room};
    render->stats.light_steps++;
    if (!bounce_step(work->light, &job, work->step++, &out))
        finish_room(render);
    return true;
}
