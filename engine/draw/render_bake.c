// render_bake.c: draws the light on what stands still into its texture, when it has changed.
//
// What a mesh's light depends on is one number: lamps, their shadows, the room. Shadows change
// several times while a piece is being loaded; the light waits until they have come to rest, or
// for a few frames, and says that it does (RenderStats.is_pending).

#include "draw/render_parts.h"

#include <string.h>

enum { MOST_WAITS = 4 };

typedef struct PartLamps {
    bool reach[RENDER_MAX_LIGHTS];
} PartLamps;

typedef struct BakeJob {
    const MeshSlot *mesh;
    size_t *objects;  // of each part
    PartLamps *lamps; // of each part
    size_t *keys;     // of each lamp
} BakeJob;

static bool light_reaches_part(const LightState *light, const MeshPart *part,
                               const Placement *placement)
{
    double center[3];
    float radius_m;
    part_sphere(part, placement, center, &radius_m);
    return light_reaches(light, center, radius_m);
}

void bake_mark_lights(Frame *frame)
{
    const House *house = &frame->render->house;
    for (uint32_t i = 0; i < frame->list->mesh_count; i++) {
        const RenderMeshDraw *draw = &frame->list->meshes[i];
        const MeshSlot *mesh = &frame->render->meshes[draw->mesh.id];
        for (uint32_t k = 0; k < mesh->part_count && draw->mesh.id; k++) {
            for (uint32_t lamp = 0; lamp < house->light_count; lamp++) {
                if (mesh->parts[k].quad_count && !frame->views[0].uses_light[lamp])
                    frame->views[0].uses_light[lamp] = light_reaches_part(
                        &house->lights[lamp], &mesh->parts[k], &draw->placement);
            }
        }
    }
}

static uint64_t hash_light(const Frame *frame, const RenderMeshDraw *draw)
{
    const House *house = &frame->render->house;
    const MeshSlot *mesh = &frame->render->meshes[draw->mesh.id];
    uint64_t hash = hash_bytes(0xcbf29ce484222325u, &house->version, sizeof house->version);
    hash = hash_bytes(hash, &draw->placement, sizeof draw->placement);
    hash = hash_bytes(hash, &draw->room, sizeof draw->room);
    for (uint32_t lamp = 0; lamp < house->light_count; lamp++) {
        const LightState *light = &house->lights[lamp];
        bool is_reached = false;
        for (uint32_t k = 0; k < mesh->part_count && !is_reached; k++)
            is_reached = light_reaches_part(light, &mesh->parts[k], &draw->placement);
        uint64_t casters = is_reached && light->tile.is_drawn ? light->tile.casters : 0;
        hash = hash_bytes(hash, &casters, sizeof casters);
    }
    return hash;
}

static bool is_due(Frame *frame, MeshSlot *mesh, uint64_t hash)
{
    if (mesh->baked == hash)
        return false;
    bool is_due = !mesh->baked || mesh->wanted == hash || mesh->waits++ >= MOST_WAITS;
    mesh->wanted = hash;
    if (is_due)
        mesh->waits = 0;
    else
        frame->render->stats.is_pending = true;
    return is_due;
}

static void push_job(Frame *frame, const RenderMeshDraw *draw, size_t *keys)
{
    const Render *render = frame->render;
    const MeshSlot *mesh = &render->meshes[draw->mesh.id];
    BakeJob job = {.mesh = mesh,
                   .keys = keys,
                   .objects = ARENA_ARRAY(frame->arena, size_t, mesh->part_count),
                   .lamps = ARENA_ARRAY(frame->arena, PartLamps, mesh->part_count)};
    for (uint32_t i = 0; i < mesh->part_count; i++) {
        ObjectBlock block = {0};
        model_matrix(&draw->placement, frame->views[0].eye, block.model);
        block.pattern[3] = scene_is_floor(mesh->parts[i].material.kind) ? 1.0f : 0.0f;
        light_fill_room(render, &frame->views[0], draw->room, &block.room[0]);
        job.objects[i] = frame_push_uniforms(frame, &block, sizeof block);
        for (uint32_t lamp = 0; lamp < render->house.light_count; lamp++)
            job.lamps[i].reach[lamp] = light_reaches_part(&render->house.lights[lamp],
                                                      &mesh->parts[i], &draw->placement);
    }
    *ARENA_PUSH(frame->arena, frame->bake_jobs, frame->bake_job_count,
                frame->bake_job_capacity) = job;
}

void bake_plan(Frame *frame)
{
    size_t *keys = NULL;
    for (uint32_t i = 0; i < frame->list->mesh_count; i++) {
        const RenderMeshDraw *draw = &frame->list->meshes[i];
        MeshSlot *mesh = &frame->render->meshes[draw->mesh.id];
        uint64_t hash;
        if (!draw->mesh.id || !mesh->light.id)
            continue;
        hash = hash_light(frame, draw);
        if (!is_due(frame, mesh, hash))
            continue;
        mesh->baked = hash;
        if (!keys)
            keys = light_push_each(frame, &frame->views[0]);
        push_job(frame, draw, keys);
    }
}

static void draw_part(const Frame *frame, const BakeJob *job, uint32_t part, int lamp)
{
    const Render *render = frame->render;
    const House *house = &render->house;
    RenderPipeline pipeline = lamp < 0 ? PIPELINE_BAKE : PIPELINE_BAKE_LAMP;
    GpuDraw draw = {.pipeline = render->pipelines[pipeline],
                    .textures = {[TEXTURE_SHADOW] = gpu_target_depth(render->gpu, render->atlas),
                                 [TEXTURE_BOUNCE] = house->bounce,
                                 [TEXTURE_FLOOR_SHADE] = house->floor_shade},
                    .vertices = {job->mesh->quads},
                    .first = job->mesh->parts[part].first_quad * 6,
                    .count = job->mesh->parts[part].quad_count * 6};
    frame_set_blocks(frame, &frame->views[0], job->objects[part], &draw);
    if (lamp >= 0)
        draw.blocks[BLOCK_KEY] =
            (GpuRange){render->uniforms, job->keys[lamp], sizeof(KeyBlock)};
    gpu_draw(render->gpu, &draw);
}

void bake_draw(Frame *frame)
{
    for (uint32_t i = 0; i < frame->bake_job_count; i++) {
        const BakeJob *job = &frame->bake_jobs[i];
        gpu_begin_pass(frame->render->gpu, &(GpuPass){.target = job->mesh->light,
                                                      .clears_color = true,
                                                      .label = "light"});
        for (int lamp = -1; lamp < (int)frame->render->house.light_count; lamp++) {
            for (uint32_t part = 0; part < job->mesh->part_count; part++) {
                if (job->mesh->parts[part].quad_count &&
                    (lamp < 0 || job->lamps[part].reach[lamp]))
                    draw_part(frame, job, part, lamp);
            }
        }
    }
    frame->render->stats.meshes_lit = frame->bake_job_count;
}
