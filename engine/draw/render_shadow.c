// render_shadow.c: the shadow atlas. A lamp's square is drawn again only when something that
// casts into it changed; squares for what one looks at closely are fitted to it.
//
//   +---------------------+
//   | whole cones         |  as many rows as lamps need, at most atlas_side high
//   |                     |
//   +----+----+----+----+-+
//   | fine squares, one row |  per view, and half: three lamps and the raking light
//   +-----------------------+

#include "draw/render_parts.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum {
    MAX_REDRAWN_A_FRAME = 3, // squares that were drawn before and can wait a frame
    FINE_LAMPS = FINE_TILES_A_VIEW - 1,
    FINE_ROWS = FINE_TILES / FINE_TILES_A_VIEW,
};

typedef struct ShadowJob {
    ShadowTile *tile;
    const LightState *light; // NULL: the raking light, everything near the focus
    double center[3];
    float radius_m; // what the square sees, for culling; 0: the light's cone
    int view_index;
    size_t view_offset;
    SceneDraw *draws;
    uint32_t draw_count, draw_capacity;
} ShadowJob;

// ---- squares

typedef struct AtlasPlan {
    int side, a_row; // of squares for whole cones
    int height;      // of the atlas
} AtlasPlan;

static AtlasPlan plan_atlas(int atlas_side, bool is_fine, uint32_t lamp_count)
{
    AtlasPlan plan = {.a_row = 1};
    while ((uint32_t)(plan.a_row * plan.a_row) < lamp_count)
        plan.a_row *= 2;
    plan.side = MIN(atlas_side / plan.a_row, is_fine ? 1024 : 512);
    plan.a_row = atlas_side / plan.side;
    int rows = ((int)lamp_count + plan.a_row - 1) / plan.a_row;
    plan.height = rows * plan.side + FINE_ROWS * (atlas_side / FINE_TILES_A_VIEW);
    return plan;
}

uint64_t shadow_most_bytes(int atlas_side, bool is_fine, uint32_t lamp_count)
{
    int height = 0;
    for (uint32_t count = 0; count <= lamp_count; count++)
        height = MAX(height, plan_atlas(atlas_side, is_fine, count).height);
    return (uint64_t)atlas_side * (uint64_t)height * (is_fine ? 4 : 2);
}

// Never two at once: the old one goes first.
NODISCARD static Status fit_atlas(Render *render, int height)
{
    const int size[3] = {render->atlas_side, height, render->is_fine};
    if (render->atlas.id && !memcmp(render->atlas_size, size, sizeof size))
        return OK;
    gpu_drop_target(render->gpu, render->atlas);
    memcpy(render->atlas_size, size, sizeof size);
    render->atlas = gpu_make_target(
        render->gpu, &(GpuTargetDesc){.width = render->atlas_side,
                                      .height = height,
                                      .has_depth = true,
                                      .depth = render->is_fine ? GPU_DEPTH24 : GPU_DEPTH16,
                                      .is_depth_compared = true,
                                      .label = "shadow atlas"});
    return render->atlas.id ? OK : fault_last()->status;
}

Status shadow_place_tiles(Render *render)
{
    House *house = &render->house;
    uint32_t count = 0;
    int placed = 0;
    for (uint32_t i = 0; i < house->light_count; i++)
        count += house->lights[i].desc.has_shadow;
    AtlasPlan plan = plan_atlas(render->atlas_side, render->is_fine, count);
    for (uint32_t i = 0; i < house->light_count; i++) {
        ShadowTile *tile = &house->lights[i].tile;
        *tile = (ShadowTile){0};
        if (!house->lights[i].desc.has_shadow)
            continue;
        tile->side = plan.side;
        tile->x = placed % plan.a_row * plan.side;
        tile->y = placed / plan.a_row * plan.side;
        placed++;
    }
    int fine = render->atlas_side / FINE_TILES_A_VIEW;
    for (int i = 0; i < FINE_TILES; i++)
        render->fine_tiles[i] =
            (ShadowTile){.x = i % FINE_TILES_A_VIEW * fine,
                         .y = plan.height - (FINE_ROWS - i / FINE_TILES_A_VIEW) * fine,
                         .side = fine};
    return fit_atlas(render, plan.height);
}

RakingLight raking_light(const RenderView *view)
{
    static const double DEGREE = 3.14159265358979 / 180;
    RakingLight light = {.radius_m = view->focus_radius_m};
    const double *center = view->raking_radius_m > 0 ? view->raking_center : view->focus;
    double normal[3], right[3], up[3];
    memcpy(light.center, center, sizeof light.center);
    if (view->raking_radius_m > 0)
        light.radius_m = view->raking_radius_m;
    bool has_plane = view->raking_normal[0] != 0 || view->raking_normal[1] != 0 ||
                     view->raking_normal[2] != 0;
    for (int i = 0; i < 3; i++)
        normal[i] = has_plane ? view->raking_normal[i] : -view->camera.forward[i];
    normalize3(normal);
    cross3(view->camera.up, normal, right); // the picture's right, laid onto the plane
    normalize3(right);
    cross3(normal, right, up);
    memcpy(light.normal, normal, sizeof light.normal);
    double azimuth = view->raking_azimuth_deg * DEGREE;
    double elevation = CLAMP(view->raking_elevation_deg, 1, 90) * DEGREE;
    light.rise = (float)sin(elevation);
    for (int i = 0; i < 3; i++)
        light.towards[i] = cos(elevation) * (cos(azimuth) * right[i] + sin(azimuth) * up[i]) +
                           sin(elevation) * normal[i];
    return light;
}

// ---- a square's camera

// Rows of a rotation that looks along `forward`.
static void look_along(const double forward[3], double right[3], double up[3])
{
    double reference[3] = {0, fabs(forward[1]) < 0.9, fabs(forward[1]) >= 0.9};
    cross3(forward, reference, right);
    normalize3(right);
    cross3(right, forward, up);
}

static void turn_rows(const double forward[3], float out[16])
{
    double right[3], up[3];
    look_along(forward, right, up);
    memset(out, 0, 16 * sizeof *out);
    for (int i = 0; i < 3; i++) {
        out[i * 4 + 0] = (float)right[i];
        out[i * 4 + 1] = (float)up[i];
        out[i * 4 + 2] = (float)-forward[i];
    }
    out[15] = 1;
}

// Perspective from the lamp: z -1 to 1.
static void aim_spot(ShadowTile *tile, const double eye[3], const double forward[3],
                     double half_angle, double near_m, double far_m)
{
    float turn[16];
    turn_rows(forward, turn);
    float zoom = (float)(1 / tan(half_angle));
    float project[16] = {zoom,
                         0,
                         0,
                         0,
                         0,
                         zoom,
                         0,
                         0,
                         0,
                         0,
                         (float)(-(far_m + near_m) / (far_m - near_m)),
                         -1,
                         0,
                         0,
                         (float)(-2 * far_m * near_m / (far_m - near_m)),
                         0};
    multiply4(project, turn, tile->project);
    memcpy(tile->eye, eye, sizeof tile->eye);
    tile->texel_spread = 2 / (zoom * (float)tile->side);
}

// Parallel light: a box around the sphere. What lies before it towards the light casts nothing:
// only relief near by does, or a piece's other half would hide all of it.
static void aim_parallel(ShadowTile *tile, const double center[3], const double towards[3],
                         double radius_m)
{
    double forward[3] = {-towards[0], -towards[1], -towards[2]};
    float turn[16];
    turn_rows(forward, turn);
    static const double BEFORE = 1.1, BEHIND = 5; // radii
    float scale = (float)(1 / radius_m), depth = (float)(2 / ((BEFORE + BEHIND) * radius_m));
    float shift = (float)((BEFORE - BEHIND) / (BEFORE + BEHIND));
    float project[16] = {scale, 0, 0, 0, 0, scale, 0, 0, 0, 0, -depth, 0, 0, 0, shift, 1};
    multiply4(project, turn, tile->project);
    memcpy(tile->eye, center, sizeof tile->eye);
    tile->texel_spread = 2 * (float)radius_m / (float)tile->side;
}

static void aim_whole(const LightState *light, ShadowTile *tile)
{
    double eye[3], forward[3];
    for (int i = 0; i < 3; i++) {
        eye[i] = light->desc.position[i];
        forward[i] = light->desc.direction[i];
    }
    double half_angle = MIN(acos(light->cos_outer) * 1.04, 1.45);
    aim_spot(tile, eye, forward, half_angle, 0.12, light->desc.reach_m);
}

static void aim_fine(const LightState *light, const RenderView *view, ShadowTile *tile)
{
    double eye[3], forward[3];
    for (int i = 0; i < 3; i++)
        eye[i] = light->desc.position[i];
    sub3(view->focus, eye, forward);
    double away = normalize3(forward), radius = view->focus_radius_m * 1.25;
    double half_angle = asin(MIN(radius / MAX(away, 1e-6), 0.9));
    aim_spot(tile, eye, forward, half_angle, MAX(0.12, away - MAX(1.0, radius)),
             away + 4 * radius);
}

// ---- what casts

static uint64_t hash_sculpture(const Frame *frame, const RenderSculpture *sculpture,
                               RenderRange range)
{
    uint64_t hash =
        hash_bytes(0xcbf29ce484222325u, &sculpture->placement, sizeof sculpture->placement);
    for (uint32_t i = 0; i < range.count; i++) {
        const RenderClusterDraw *draw = &frame->list->cluster_draws[range.first + i];
        hash = hash_bytes(hash, draw, sizeof *draw);
        hash =
            hash_bytes(hash, &frame->render->pages.slots[draw->slot].version, sizeof(uint32_t));
    }
    return hash;
}

static void gather_sculptures(Frame *frame)
{
    uint32_t count = frame->list->sculpture_count;
    frame->shadow_runs = ARENA_ARRAY(frame->arena, GpuRun *, count);
    frame->shadow_run_counts = ARENA_ARRAY(frame->arena, uint32_t, count);
    frame->sculpture_hashes = ARENA_ARRAY(frame->arena, uint64_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const RenderSculpture *sculpture = &frame->list->sculptures[i];
        RenderRange range =
            sculpture->shadow_draws.count ? sculpture->shadow_draws : sculpture->draws;
        frame->shadow_runs[i] = scene_make_runs(frame, range);
        frame->shadow_run_counts[i] = range.count;
        frame->sculpture_hashes[i] = hash_sculpture(frame, sculpture, range);
    }
}

static bool job_sees(const ShadowJob *job, const double center[3], float radius_m)
{
    if (!job->light) // the raking light: whatever is near
        return distance3(center, job->center) < (double)radius_m + job->radius_m * 2;
    return light_reaches(job->light, center, radius_m);
}

static size_t push_object(Frame *frame, const Placement *placement, const double eye[3])
{
    ObjectBlock block = {0};
    model_matrix(placement, eye, block.model);
    return frame_push_uniforms(frame, &block, sizeof block);
}

// Parts of one mesh in one draw; those side by side in one run.
static void gather_mesh(Frame *frame, ShadowJob *job, const RenderMeshDraw *mesh_draw,
                        uint64_t *hash)
{
    const MeshSlot *mesh = &frame->render->meshes[mesh_draw->mesh.id];
    GpuRun *runs = ARENA_ARRAY_RAW(frame->arena, GpuRun, mesh->part_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < mesh->part_count; i++) {
        const MeshPart *part = &mesh->parts[i];
        double center[3];
        float radius_m;
        if (part->material.kind == RENDER_EMISSIVE || part->material.kind == RENDER_SKY)
            continue;
        part_sphere(part, &mesh_draw->placement, center, &radius_m);
        if (!job_sees(job, center, radius_m))
            continue;
        GpuRun *last = count ? &runs[count - 1] : NULL;
        if (last && last->first_index + last->index_count == part->first_index)
            last->index_count += part->index_count;
        else
            runs[count++] = (GpuRun){part->first_index, part->index_count, 0};
        *hash = hash_bytes(*hash, &part, sizeof part);
        *hash = hash_bytes(*hash, &mesh_draw->placement, sizeof mesh_draw->placement);
    }
    if (count)
        *ARENA_PUSH(frame->arena, job->draws, job->draw_count, job->draw_capacity) =
            (SceneDraw){.pipeline = PIPELINE_SHADOW,
                        .object_offset =
                            push_object(frame, &mesh_draw->placement, job->tile->eye),
                        .mesh = mesh,
                        .runs = runs,
                        .run_count = count};
}

// The raking light grazes what the view shows, so the view's own triangles cast its shadows:
// coarser ones would stand above them here and there. A part of a larger picture is told what
// casts into it from outside.
static void gather_relief(Frame *frame, ShadowJob *job, const RenderSculpture *sculpture,
                          SceneDraw *draw, uint64_t *hash)
{
    RenderRange range = job->view_index & VIEW_LENS && sculpture->lens_draws.count
                            ? sculpture->lens_draws
                            : sculpture->draws;
    if (sculpture->raking_draws.count)
        range = sculpture->raking_draws;
    draw->runs = scene_make_runs(frame, range);
    draw->run_count = range.count;
    uint64_t own = hash_sculpture(frame, sculpture, range);
    *hash = hash_bytes(*hash, &own, sizeof own);
}

static void gather_sculpture_casters(Frame *frame, ShadowJob *job, uint64_t *hash)
{
    const RenderList *list = frame->list;
    for (uint32_t i = 0; i < list->sculpture_count; i++) {
        const RenderSculpture *sculpture = &list->sculptures[i];
        if (!job_sees(job, sculpture->center, sculpture->radius_m))
            continue;
        SceneDraw *draw =
            ARENA_PUSH(frame->arena, job->draws, job->draw_count, job->draw_capacity);
        *draw = (SceneDraw){.pipeline = PIPELINE_SCULPTURE_SHADOW,
                            .object_offset =
                                push_object(frame, &sculpture->placement, job->tile->eye),
                            .runs = frame->shadow_runs[i],
                            .run_count = frame->shadow_run_counts[i]};
        if (job->light)
            *hash = hash_bytes(*hash, &frame->sculpture_hashes[i], sizeof *hash);
        else
            gather_relief(frame, job, sculpture, draw, hash);
    }
}

static uint64_t gather_casters(Frame *frame, ShadowJob *job)
{
    const RenderList *list = frame->list;
    uint64_t hash =
        hash_bytes(0xcbf29ce484222325u, job->tile->project, sizeof job->tile->project);
    hash = hash_bytes(hash, job->tile->eye, sizeof job->tile->eye);
    for (uint32_t i = 0; i < list->mesh_count && job->light; i++) {
        if (!list->meshes[i].has_no_shadow)
            gather_mesh(frame, job, &list->meshes[i], &hash);
    }
    gather_sculpture_casters(frame, job, &hash);
    return hash;
}

// ---- planning

// A picture that moves should go on moving. One that rests waits for the last triangles, and is
// then done with all of it in one frame.
static int most_redrawn(const Frame *frame)
{
    if (!frame->list->view.is_kept)
        return MAX_REDRAWN_A_FRAME;
    return frame->list->is_loading ? 0 : INT_MAX;
}

static void plan_tile(Frame *frame, ShadowJob *job, int *redrawn)
{
    ShadowTile *tile = job->tile;
    uint64_t casters = gather_casters(frame, job);
    bool can_wait = tile->is_drawn && job->radius_m == 0;
    if (tile->is_drawn && tile->casters == casters)
        return;
    if (can_wait && (*redrawn)++ >= most_redrawn(frame)) {
        frame->render->stats.is_pending = true;
        return;
    }
    tile->is_drawn = true;
    tile->casters = casters;
    ViewBlock block = {0};
    memcpy(block.project, tile->project, sizeof block.project);
    if (frame->render->depth_far == 0) { // clip control: depth 0 to 1 instead of -1 to 1
        for (int i = 0; i < 4; i++)
            block.project[i * 4 + 2] =
                0.5f * (tile->project[i * 4 + 2] + tile->project[i * 4 + 3]);
    }
    job->view_offset = frame_push_uniforms(frame, &block, sizeof block);
    *ARENA_PUSH(frame->arena, frame->shadow_jobs, frame->shadow_job_count,
                frame->shadow_job_capacity) = *job;
}

// A lens takes its half's squares, and needs none but the raking light's. So the right half has
// the lens's row of squares for its lamps, and its lens that of the picture for raking light.
ShadowTile *shadow_fine_row(Render *render, const SceneView *view)
{
    bool is_first = view->index == 0 || view->index == (VIEW_OTHER | VIEW_LENS);
    return &render->fine_tiles[is_first ? 0 : FINE_TILES_A_VIEW];
}

// The lamps that light the focus most get a square fitted to it.
static void plan_fine(Frame *frame, SceneView *view)
{
    LampList strongest;
    const RenderView *from = view->view;
    if (from->focus_radius_m <= 0)
        return;
    const SceneView *half = &frame->views[view->index & VIEW_OTHER];
    const RenderView *first = half->view;
    if (view->index & VIEW_LENS && first->focus_radius_m == from->focus_radius_m &&
        !memcmp(first->focus, from->focus, sizeof first->focus)) { // a lens over the same piece
        memcpy(view->fine_of, half->fine_of, sizeof view->fine_of);
        return;
    }
    light_assign(frame->render, view, from->focus, from->focus_radius_m, UINT32_MAX,
                 &strongest);
    int taken = 0, redrawn = 0;
    for (int i = 0; i < strongest.count && taken < FINE_LAMPS; i++) {
        int index = strongest.lights[i];
        const LightState *light = &frame->render->house.lights[index];
        if (!light->desc.has_shadow)
            continue;
        ShadowTile *tile = &shadow_fine_row(frame->render, view)[taken++];
        aim_fine(light, from, tile);
        ShadowJob job = {.tile = tile, .light = light, .radius_m = from->focus_radius_m};
        memcpy(job.center, from->focus, sizeof job.center);
        plan_tile(frame, &job, &redrawn);
        view->fine_of[index] = tile;
    }
}

static void plan_raking(Frame *frame, SceneView *view)
{
    const RenderView *from = view->view;
    RakingLight light = raking_light(from);
    if (from->mode != RENDER_RAKING || light.radius_m <= 0)
        return;
    int redrawn = 0;
    ShadowTile *tile = &shadow_fine_row(frame->render, view)[RAKING_TILE];
    aim_parallel(tile, light.center, light.towards, light.radius_m);
    ShadowJob job = {.tile = tile, .radius_m = light.radius_m, .view_index = view->index};
    memcpy(job.center, light.center, sizeof job.center);
    plan_tile(frame, &job, &redrawn);
}

void shadow_plan(Frame *frame)
{
    Render *render = frame->render;
    int redrawn = 0;
    gather_sculptures(frame);
    for (int v = 0; v < VIEW_COUNT; v++) {
        if (!frame->views[v].view)
            continue;
        plan_fine(frame, &frame->views[v]);
        plan_raking(frame, &frame->views[v]);
    }
    for (uint32_t i = 0; i < render->house.light_count; i++) {
        LightState *light = &render->house.lights[i];
        bool is_used = false;
        for (int v = 0; v < VIEW_COUNT; v++)
            is_used |= frame->views[v].uses_light[i];
        if (!is_used || !light->desc.has_shadow)
            continue;
        aim_whole(light, &light->tile);
        plan_tile(frame, &(ShadowJob){.tile = &light->tile, .light = light}, &redrawn);
    }
}

// ---- drawing

static void draw_caster(const Frame *frame, const ShadowJob *job, const SceneDraw *caster)
{
    const Render *render = frame->render;
    GpuDraw draw = {.pipeline = render->pipelines[caster->pipeline]};
    GpuRange *blocks = draw.blocks;
    blocks[BLOCK_VIEW] = (GpuRange){render->uniforms, job->view_offset, sizeof(ViewBlock)};
    blocks[BLOCK_OBJECT] =
        (GpuRange){render->uniforms, caster->object_offset, sizeof(ObjectBlock)};
    draw.runs = caster->runs;
    draw.run_count = caster->run_count;
    if (caster->mesh) {
        draw.vertices[0] = caster->mesh->vertices;
        draw.indices = caster->mesh->indices;
        draw.has_runs_32 = true;
    } else {
        draw.vertices[0] = render->pages.vertices;
        draw.indices = render->pages.indices;
        draw.textures[TEXTURE_OWN] = render->pages.table;
    }
    gpu_draw(render->gpu, &draw);
}

void shadow_draw(Frame *frame)
{
    Render *render = frame->render;
    for (uint32_t i = 0; i < frame->shadow_job_count; i++) {
        const ShadowJob *job = &frame->shadow_jobs[i];
        gpu_begin_pass(render->gpu,
                       &(GpuPass){.target = render->atlas,
                                  .x = job->tile->x,
                                  // the atlas's own rows run upwards
                                  .y = render->atlas_size[1] - job->tile->y - job->tile->side,
                                  .width = job->tile->side,
                                  .height = job->tile->side,
                                  .clears_depth = true,
                                  .depth = 1,
                                  .label = "shadow"});
        for (uint32_t k = 0; k < job->draw_count; k++)
            draw_caster(frame, job, &job->draws[k]);
    }
    render->stats.shadow_maps_drawn = frame->shadow_job_count;
}
