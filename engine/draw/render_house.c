// render_house.c: takes lamps and rooms, and puts what bounces between them into textures.

#include "draw/render_parts.h"

#include "io/thread.h"

#include <string.h>

enum {
    PROBE_FLOATS = 3 * SHARED_VOLUME_X * SHARED_VOLUME_Y * SHARED_VOLUME_Z * 4,
    REFLECTION_FLOATS = SHARED_REFLECTION_LEVELS * REFLECTION_SIDE * REFLECTION_SIDE * 4,
    SHADE_BYTES = FLOOR_SHADE_SIDE * FLOOR_SHADE_SIDE,
};

typedef struct BounceJob {
    const RenderHouse *house;
    const LightState *lights;
    float *probes, *reflections;
    uint8_t *shade;
} BounceJob;

static Status bounce_some(void *context, size_t first, size_t count, int worker)
{
    BounceJob *job = context;
    (void)worker;
    for (size_t room = first; room < first + count; room++) {
        BounceOut out = {.probes = job->probes + room * PROBE_FLOATS,
                         .reflections = job->reflections + room * REFLECTION_FLOATS,
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
    *house = (House){0};
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
    house->reflections = gpu_make_texture(
        render->gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                       .format = GPU_RGBA16F,
                                       .width = REFLECTION_SIDE,
                                       .height = REFLECTION_SIDE,
                                       .depth = room_count * SHARED_REFLECTION_LEVELS,
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
    shadow_place_tiles(render);

    Scratch scratch = scratch_begin(NULL);
    size_t textures = MAX(desc->room_count, 1u); // a dark one where there are no rooms
    BounceJob job = {.house = desc,
                     .lights = house->lights,
                     .probes = ARENA_ARRAY(scratch.arena, float, textures * PROBE_FLOATS),
                     .reflections =
                         ARENA_ARRAY(scratch.arena, float, textures * REFLECTION_FLOATS),
                     .shade = ARENA_ARRAY(scratch.arena, uint8_t, textures * SHADE_BYTES)};
    Status status = parallel_for(&(ParallelDesc){
        .count = desc->room_count, .run = bounce_some, .context = &job});
    if (!status)
        make_textures(render, &job, (int)textures);
    scratch_end(scratch);
    if (status)
        return status;
    bool is_good = house->bounce.id && house->reflections.id && house->floor_shade.id;
    return is_good ? OK : fault_last()->status;
}
