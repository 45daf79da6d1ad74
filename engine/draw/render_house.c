// render_house.c: takes lamps and rooms, and puts what bounces between them into textures.

#include "draw/render_parts.h"

#include "io/thread.h"

#include <string.h>

_Static_assert(SHARED_REFLECTION_SIDE == ENVIRONMENT_SIDE &&
                   SHARED_REFLECTION_LEVELS == ENVIRONMENT_LEVELS,
               "shaders look where environment.h puts it");

typedef struct BounceJob {
    const RenderHouse *house;
    const LightState *lights;
    float *probes;
    uint32_t *reflections;
    uint8_t *shade;
    uint32_t *rooms; // that are new
    uint32_t count;
} BounceJob;

static Status bounce_some(void *context, size_t first, size_t count, int worker)
{
    BounceJob *job = context;
    (void)worker;
    for (size_t i = first; i < first + count; i++) {
        size_t room = job->rooms[i];
        BounceOut out = {.probes = job->probes + room * PROBE_FLOATS,
                         .reflections = job->reflections + room * ENVIRONMENT_TEXELS,
                         .shade = job->shade + room * SHADE_BYTES};
        bounce_room(job->house, job->lights, (uint32_t)room, &out);
    }
    return OK;
}

void house_drop(Render *render)
{
    House *house = &render->house;
    gpu_drop_texture(render->gpu, house->bounce);
    gpu_drop_texture(render->gpu, house->reflections);
    gpu_drop_texture(render->gpu, house->floor_shade);
    BounceKept kept = house->kept;
    *house = (House){.kept = kept, .version = house->version + 1};
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
            const float *texel = house->kept.probes + (size_t)room * PROBE_FLOATS +
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
    if (light && light->environment)
        write_reflection(render, room, light->environment);
}

static void make_textures(Render *render, const BounceJob *job, int room_count)
{
    House *house = &render->house;
    house->bounce_slices = room_count * 3 * SHARED_VOLUME_Z;
    house->bounce = gpu_make_texture(render->gpu, &(GpuTextureDesc){
                                                      .kind = GPU_TEXTURE_3D,
                                                      .format = GPU_RGBA16F,
                                                      .width = SHARED_VOLUME_X,
                                                      .height = SHARED_VOLUME_Y,
                                                      .depth = house->bounce_slices,
                                                      .pixels = job->probes,
                                                      .label = "bounced light",
                                                  });
    house->reflections =
        gpu_make_texture(render->gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                                        .format = GPU_RGB9E5,
                                                        .width = ENVIRONMENT_WIDTH,
                                                        .height = ENVIRONMENT_HEIGHT,
                                                        .depth = room_count,
                                                        .pixels = job->reflections,
                                                        .label = "reflections"});
    house->floor_shade = gpu_make_texture(render->gpu, &(GpuTextureDesc){
                                                           .kind = GPU_TEXTURE_ARRAY,
                                                           .format = GPU_R8,
                                                           .width = FLOOR_SHADE_SIDE,
                                                           .height = FLOOR_SHADE_SIDE,
                                                           .depth = room_count,
                                                           .pixels = job->shade,
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

// What the last house had, too, is taken from there; notes the others.
static void take_kept(const RenderHouse *desc, const BounceKept *kept, uint64_t *keys,
                      BounceJob *job)
{
    for (uint32_t i = 0; i < desc->room_count; i++) {
        uint32_t k = 0;
        keys[i] = bounce_key(desc, job->lights, i);
        while (k < kept->count && kept->keys[k] != keys[i])
            k++;
        if (k == kept->count) {
            job->rooms[job->count++] = i;
            continue;
        }
        memcpy(job->probes + (size_t)i * PROBE_FLOATS, kept->probes + (size_t)k * PROBE_FLOATS,
               PROBE_FLOATS * sizeof(float));
        memcpy(job->reflections + (size_t)i * ENVIRONMENT_TEXELS,
               kept->reflections + (size_t)k * ENVIRONMENT_TEXELS,
               ENVIRONMENT_TEXELS * sizeof(uint32_t));
        memcpy(job->shade + (size_t)i * SHADE_BYTES, kept->shade + (size_t)k * SHADE_BYTES,
               SHADE_BYTES);
    }
}

static void keep(const BounceJob *job, const uint64_t *keys, uint32_t count, BounceKept *kept)
{
    kept->count = count;
    memcpy(kept->keys, keys, count * sizeof *keys);
    memcpy(kept->probes, job->probes, count * PROBE_FLOATS * sizeof(float));
    memcpy(kept->reflections, job->reflections, count * ENVIRONMENT_TEXELS * sizeof(uint32_t));
    memcpy(kept->shade, job->shade, count * SHADE_BYTES);
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
    TRY(shadow_place_tiles(render));

    Scratch scratch = scratch_begin(NULL);
    size_t textures = MAX(desc->room_count, 1u); // a dark one where there are no rooms
    BounceJob job = {.house = desc,
                     .lights = house->lights,
                     .probes = ARENA_ARRAY(scratch.arena, float, textures *PROBE_FLOATS),
                     .reflections =
                         ARENA_ARRAY(scratch.arena, uint32_t, textures * ENVIRONMENT_TEXELS),
                     .shade = ARENA_ARRAY(scratch.arena, uint8_t, textures * SHADE_BYTES),
                     .rooms = ARENA_ARRAY(scratch.arena, uint32_t, textures)};
    uint64_t keys[RENDER_MAX_ROOMS];
    take_kept(desc, &house->kept, keys, &job);
    Status status =
        parallel_for(&(ParallelDesc){.count = job.count, .run = bounce_some, .context = &job});
    if (!status) {
        keep(&job, keys, desc->room_count, &house->kept);
        make_textures(render, &job, (int)textures);
        for (uint32_t i = 0; i < desc->room_count; i++)
            if (desc->rooms[i].light && desc->rooms[i].light->environment)
                write_reflection(render, i, desc->rooms[i].light->environment);
    }
    scratch_end(scratch);
    if (status)
        return status;
    bool is_good = house->bounce.id && house->reflections.id && house->floor_shade.id;
    return is_good ? OK : fault_last()->status;
}
