// render_bake.c: draws the light on what stands still into its texture, when it has changed.
//
// What a mesh's light depends on is one number: lamps, their shadows, the room. Shadows change
// several times while a piece is being loaded; the light waits until they have come to rest, or
// for a few frames, and says that it does (RenderStats.is_pending).

#include "draw/render_parts.h"

#include "base/log.h"

#include <string.h>

enum {
    MOST_WAITS = 4,
    COARSEST_PART = 8, // of a light's size in each direction, where memory is short
    GROWS_AFTER = 60,  // frames that others are not seen, before one takes their place
};

// One draw: charts of parts side by side, with no lamp, one that casts shadows, or up to four
// that do not.
typedef struct BakeStep {
    RenderPipeline pipeline;
    uint32_t first_quad, quad_count;
    LampList lamps;
    size_t object, key; // offsets
} BakeStep;

typedef struct BakeJob {
    const MeshSlot *mesh;
    BakeStep *steps;
    uint32_t step_count, step_capacity;
} BakeJob;

// ---- light that was computed beforehand

uint64_t render_light_bytes(const Lightmap *map)
{
    return (uint64_t)map->width * map->height * sizeof *map->texels;
}

Status bake_take_light(Render *render, const RenderMeshDesc *desc, MeshSlot *mesh)
{
    const Lightmap *map = desc->light->map;
    Scratch scratch = scratch_begin(NULL);
    float(*uvs)[2] = arena_alloc(scratch.arena, desc->vertex_count * sizeof *uvs, 4);
    for (uint32_t i = 0; i < desc->vertex_count; i++) {
        uvs[i][0] = desc->light->texels[i][0] / (float)map->width;
        uvs[i][1] = desc->light->texels[i][1] / (float)map->height;
    }
    mesh->light_uvs = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                      .size_bytes = desc->vertex_count * sizeof *uvs,
                                      .data = uvs,
                                      .label = desc->label});
    scratch_end(scratch);
    mesh->given = gpu_make_texture(render->gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_2D,
                                                                  .format = GPU_RGB9E5,
                                                                  .width = (int)map->width,
                                                                  .height = (int)map->height,
                                                                  .pixels = map->texels,
                                                                  .label = desc->label});
    mesh->given_bytes = render_light_bytes(map);
    return mesh->light_uvs.id && mesh->given.id ? OK : fault_last()->status;
}

// ---- light that is drawn here

static bool light_reaches_part(const Render *render, uint32_t lamp, const RenderMeshDraw *draw,
                               const MeshPart *part)
{
    double center[3];
    float radius_m;
    const LightState *light = &render->house.lights[lamp];
    part_sphere(part, &draw->placement, center, &radius_m);
    return light_reaches(light, center, radius_m) &&
           light_is_for_room(render, light, draw->room);
}

static uint64_t hash_lamp(uint64_t hash, const LightState *light)
{
    const RenderLight *desc = &light->desc;
    const float rest[] = {desc->reach_m, desc->source_radius_m, light->cos_outer,
                          light->cos_inner};
    hash = hash_bytes(hash, desc->position, sizeof desc->position);
    hash = hash_bytes(hash, desc->direction, sizeof desc->direction);
    hash = hash_bytes(hash, light->color_cd, sizeof light->color_cd);
    return hash_bytes(hash, rest, sizeof rest);
}

// Neither walls nor lamps move: what was found for this house is right until the next.
static void find_lamps(const Render *render, const RenderMeshDraw *draw, MeshSlot *mesh)
{
    uint64_t key =
        hash_bytes(0xcbf29ce484222325u, &render->house.version, sizeof render->house.version);
    key = hash_bytes(key, &draw->placement, sizeof draw->placement);
    key = hash_bytes(key, &draw->room, sizeof draw->room);
    if (mesh->lamps_key == key)
        return;
    mesh->lamps_key = key;
    mesh->lamps = 0;
    for (uint32_t k = 0; k < mesh->part_count; k++) {
        MeshPart *part = &mesh->parts[k];
        part->lamps = 0;
        for (uint32_t lamp = 0; lamp < render->house.light_count; lamp++)
            part->lamps |= (uint64_t)light_reaches_part(render, lamp, draw, part) << lamp;
        mesh->lamps |= part->lamps;
    }
}

void bake_mark_lights(Frame *frame)
{
    const House *house = &frame->render->house;
    for (uint32_t i = 0; i < frame->list->mesh_count; i++) {
        const RenderMeshDraw *draw = &frame->list->meshes[i];
        MeshSlot *mesh = &frame->render->meshes[draw->mesh.id];
        uint64_t lamps = 0;
        if (!draw->mesh.id || mesh->given.id)
            continue;
        find_lamps(frame->render, draw, mesh);
        for (uint32_t k = 0; k < mesh->part_count; k++)
            lamps |= mesh->parts[k].quad_count ? mesh->parts[k].lamps : 0;
        for (uint32_t lamp = 0; lamp < house->light_count; lamp++)
            frame->views[0].uses_light[lamp] |= (lamps >> lamp & 1) != 0;
    }
}

// Of what a mesh's light is made from, whatever else changes in the house around it: who walks
// on has the light that stands.
static uint64_t hash_light(const Frame *frame, const RenderMeshDraw *draw, const MeshSlot *mesh)
{
    static const uint64_t SEED = 0xcbf29ce484222325u;
    const House *house = &frame->render->house;
    uint64_t key = draw->room < house->room_count ? house->kept.keys[draw->room] : 0, sum = 0;
    for (uint32_t lamp = 0; lamp < house->light_count; lamp++) {
        const LightState *light = &house->lights[lamp];
        if (!(mesh->lamps >> lamp & 1))
            continue;
        uint64_t casters = light->tile.is_drawn ? light->tile.casters : 0;
        uint64_t hash = hash_bytes(SEED, &casters, sizeof casters);
        hash = hash_bytes(hash, &light->tile.side, sizeof light->tile.side);
        sum += hash_lamp(hash, light); // whichever number it has
    }
    uint64_t hash = hash_bytes(SEED, &draw->placement, sizeof draw->placement);
    hash = hash_bytes(hash, &key, sizeof key);
    return hash_bytes(hash, &sum, sizeof sum);
}

static bool is_due(Frame *frame, MeshSlot *mesh, uint64_t hash)
{
    if (mesh->baked == hash)
        return false;
    bool rests = frame->list->view.is_kept && !frame->list->is_loading;
    bool is_due = !mesh->baked || rests || mesh->wanted == hash || mesh->waits++ >= MOST_WAITS;
    mesh->wanted = hash;
    if (is_due)
        mesh->waits = 0;
    else
        frame->render->stats.is_pending = true;
    return is_due;
}

// The same draw of the part before, if there is one and their charts lie side by side.
static BakeStep *find_step(const BakeJob *job, const BakeStep *like)
{
    for (uint32_t i = job->step_count; i-- > 0;) {
        BakeStep *step = &job->steps[i];
        if (step->first_quad + step->quad_count == like->first_quad &&
            step->pipeline == like->pipeline && step->object == like->object &&
            step->lamps.count == like->lamps.count &&
            !memcmp(step->lamps.lights, like->lamps.lights,
                    (size_t)like->lamps.count * sizeof *like->lamps.lights))
            return step;
    }
    return NULL;
}

static void push_step(Frame *frame, BakeJob *job, const BakeStep *like)
{
    BakeStep *step = find_step(job, like);
    if (step) {
        step->quad_count += like->quad_count;
        return;
    }
    step = ARENA_PUSH(frame->arena, job->steps, job->step_count, job->step_capacity);
    *step = *like;
    if (step->lamps.count)
        step->key = light_push_lamps(frame, &frame->views[0], &step->lamps);
}

static void push_part(Frame *frame, BakeJob *job, const size_t objects[2], const MeshPart *part)
{
    const House *house = &frame->render->house;
    const BakeStep plain = {.pipeline = PIPELINE_BAKE,
                            .first_quad = part->first_quad,
                            .quad_count = part->quad_count,
                            .object = objects[scene_is_floor(part->material.kind)]};
    BakeStep shadowed = plain, washed = plain;
    shadowed.pipeline = PIPELINE_BAKE_LAMP;
    washed.pipeline = PIPELINE_BAKE_WASH;
    push_step(frame, job, &plain);
    for (uint32_t i = 0; i < house->light_count; i++) {
        if (!(part->lamps >> i & 1))
            continue;
        if (house->lights[i].desc.has_shadow) {
            shadowed.lamps = (LampList){.count = 1, .lights = {(int)i}};
            push_step(frame, job, &shadowed);
            continue;
        }
        washed.lamps.lights[washed.lamps.count++] = (int)i;
        if (washed.lamps.count < SHARED_KEY_LIGHTS)
            continue;
        push_step(frame, job, &washed);
        washed.lamps.count = 0;
    }
    if (washed.lamps.count)
        push_step(frame, job, &washed);
}

static void push_mesh(Frame *frame, BakeJob *job, const RenderMeshDraw *draw)
{
    size_t objects[2]; // of what is no floor, and of what is
    for (int is_floor = 0; is_floor < 2; is_floor++) {
        ObjectBlock block = {.pattern[3] = (float)is_floor};
        model_matrix(&draw->placement, frame->views[0].eye, block.model);
        light_fill_room(frame->render, &frame->views[0], draw->room, &block.room[0]);
        objects[is_floor] = frame_push_uniforms(frame, &block, sizeof block);
    }
    for (uint32_t k = 0; k < job->mesh->part_count; k++)
        if (job->mesh->parts[k].quad_count)
            push_part(frame, job, objects, &job->mesh->parts[k]);
}

// ---- the memory for it

static uint64_t light_bytes(const MeshSlot *mesh, int part)
{
    return (uint64_t)MAX(mesh->light_size[0] / part, 1) *
           (uint64_t)MAX(mesh->light_size[1] / part, 1) * CHARTS_TEXEL_BYTES;
}

static bool is_seen(const Render *render, const MeshSlot *mesh, uint64_t age)
{
    return mesh->drawn_at + age > render->frame_number;
}

static void drop_light(Render *render, MeshSlot *mesh)
{
    gpu_drop_target(render->gpu, mesh->light);
    mesh->light = (GpuTarget){0};
}

// What others leave that were seen in the last `age` frames.
static uint64_t bytes_left(const Render *render, const MeshSlot *mesh, uint64_t age)
{
    uint64_t left = render->light_bytes;
    for (uint32_t i = 0; i < RENDER_MAX_MESHES; i++) {
        const MeshSlot *other = &render->meshes[i];
        if (other != mesh && other->light.id && is_seen(render, other, age))
            left -= MIN(left, light_bytes(other, other->light_part));
        left -= MIN(left, other->given_bytes); // whoever gave it takes it away
    }
    return left;
}

// The lights that were not needed for longest go.
static void make_room(Render *render, const MeshSlot *mesh, uint64_t bytes)
{
    while (bytes_left(render, mesh, UINT32_MAX) < bytes) {
        MeshSlot *oldest = NULL;
        for (uint32_t i = 0; i < RENDER_MAX_MESHES; i++) {
            MeshSlot *other = &render->meshes[i];
            if (other != mesh && other->light.id && !is_seen(render, other, 1) &&
                (!oldest || other->drawn_at < oldest->drawn_at))
                oldest = other;
        }
        if (!oldest)
            return;
        drop_light(render, oldest);
    }
}

// As fine as there is room for. Where many large rooms are seen at once the last ones get
// less, until others are out of sight for a while.
static bool hold_light(Render *render, MeshSlot *mesh)
{
    int part = 1;
    uint64_t left = bytes_left(render, mesh, mesh->light.id ? GROWS_AFTER : 1);
    while (part < COARSEST_PART && light_bytes(mesh, part) > left)
        part *= 2;
    if (mesh->light.id && mesh->light_part <= part)
        return true;
    drop_light(render, mesh);
    make_room(render, mesh, light_bytes(mesh, part));
    mesh->baked = 0;
    mesh->light_part = part;
    mesh->light = gpu_make_target(render->gpu,
                                  &(GpuTargetDesc){.width = MAX(mesh->light_size[0] / part, 1),
                                                   .height = MAX(mesh->light_size[1] / part, 1),
                                                   .has_color = true,
                                                   .color = GPU_RGBA16F,
                                                   .label = "light"});
    if (!mesh->light.id)
        log_fault(LOG_ERROR, "a room stays dark");
    return mesh->light.id != 0;
}

void bake_plan(Frame *frame)
{
    frame->render->frame_number++;
    for (uint32_t i = 0; i < frame->list->mesh_count; i++)
        frame->render->meshes[frame->list->meshes[i].mesh.id].drawn_at =
            frame->render->frame_number;
    for (uint32_t i = 0; i < frame->list->mesh_count; i++) {
        const RenderMeshDraw *draw = &frame->list->meshes[i];
        MeshSlot *mesh = &frame->render->meshes[draw->mesh.id];
        if (!draw->mesh.id || mesh->given.id || !mesh->quads.id ||
            !hold_light(frame->render, mesh))
            continue;
        uint64_t hash = hash_light(frame, draw, mesh);
        if (!is_due(frame, mesh, hash))
            continue;
        mesh->baked = hash;
        BakeJob *job = ARENA_PUSH(frame->arena, frame->bake_jobs, frame->bake_job_count,
                                  frame->bake_job_capacity);
        *job = (BakeJob){.mesh = mesh};
        push_mesh(frame, job, draw);
    }
}

static void draw_step(const Frame *frame, const BakeJob *job, const BakeStep *step)
{
    const Render *render = frame->render;
    const House *house = &render->house;
    GpuDraw draw = {
        .pipeline = render->pipelines[step->pipeline],
        .textures = {[TEXTURE_SHADOW] = gpu_target_depth(render->gpu, render->atlas),
                     [TEXTURE_BOUNCE] = house->bounce,
                     [TEXTURE_FLOOR_SHADE] = house->floor_shade},
        .vertices = {job->mesh->quads},
        .first = step->first_quad * 6,
        .count = step->quad_count * 6};
    frame_set_blocks(frame, &frame->views[0], step->object, &draw);
    if (step->pipeline != PIPELINE_BAKE)
        draw.blocks[BLOCK_KEY] = (GpuRange){render->uniforms, step->key, sizeof(KeyBlock)};
    gpu_draw(render->gpu, &draw);
}

void bake_draw(Frame *frame)
{
    for (uint32_t i = 0; i < frame->bake_job_count; i++) {
        const BakeJob *job = &frame->bake_jobs[i];
        gpu_begin_pass(
            frame->render->gpu,
            &(GpuPass){.target = job->mesh->light, .clears_color = true, .label = "light"});
        for (uint32_t k = 0; k < job->step_count; k++)
            draw_step(frame, job, &job->steps[k]);
    }
    frame->render->stats.meshes_lit = frame->bake_job_count;
}
