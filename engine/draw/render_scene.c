// render_scene.c: a view's draws, gathered with their blocks, then drawn.

#include "draw/render_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// What a kind of material looks like unless somebody says otherwise.
static const struct {
    float color[3];
    float roughness, metal;
    float detail; // layer of the details texture
    float tile_m, bump, variation;
    RenderPipeline pipeline;
} kinds[RENDER_MATERIAL_KIND_COUNT] = {
    [RENDER_PLASTER] =
        {{0.93f, 0.92f, 0.90f}, 0.90f, 0, 0, 0.45f, 0.16f, 0.035f, PIPELINE_ROOM},
    [RENDER_OAK_PLANKS] = {{0.72f, 0.555f, 0.39f}, 0.47f, 0, 4, 1, 0, 0, PIPELINE_PLANKS},
    [RENDER_OAK_PARQUET] = {{0.70f, 0.53f, 0.365f}, 0.45f, 0, 4, 1, 0, 0, PIPELINE_PARQUET},
    [RENDER_OAK] = {{0.70f, 0.53f, 0.365f}, 0.50f, 0, 4, 0.9f, 0.04f, 0.28f, PIPELINE_ROOM},
    [RENDER_STONE] =
        {{0.74f, 0.71f, 0.66f}, 0.48f, 0, 2, 1.3f, 0.03f, 0.22f, PIPELINE_POLISHED},
    [RENDER_TERRAZZO] =
        {{0.78f, 0.76f, 0.73f}, 0.34f, 0, 5, 0.55f, 0, 0.55f, PIPELINE_POLISHED},
    [RENDER_CHECKER] =
        {{0.76f, 0.73f, 0.68f}, 0.40f, 0, 2, 1.3f, 0.02f, 0.16f, PIPELINE_POLISHED},
    // The threads of linen, as coarse as loops of wool.
    [RENDER_CARPET] = {{0.40f, 0.39f, 0.38f}, 0.98f, 0, 1, 0.17f, 0.45f, 0.22f, PIPELINE_ROOM},
    [RENDER_PANELS] = {{0.60f, 0.44f, 0.30f}, 0.50f, 0, 4, 1, 1, 1, PIPELINE_PANELS},
    [RENDER_PAINTED_PANELS] =
        {{0.90f, 0.89f, 0.87f}, 0.50f, 0, 4, 1, 1, 0.06f, PIPELINE_PANELS},
    [RENDER_SKY] = {{1, 1, 1}, 0.9f, 0, 0, 1, 0, 0, PIPELINE_SKY},
    [RENDER_FABRIC] = {{0.52f, 0.50f, 0.46f}, 0.96f, 0, 1, 0.055f, 0.40f, 0.13f, PIPELINE_ROOM},
    // Fibres as fine as dust.
    [RENDER_FELT] = {{0.30f, 0.34f, 0.31f}, 0.98f, 0, 0, 0.045f, 0.12f, 0.10f, PIPELINE_ROOM},
    [RENDER_PAINTED_WOOD] =
        {{0.94f, 0.935f, 0.92f}, 0.52f, 0, 0, 0.9f, 0.035f, 0.02f, PIPELINE_ROOM},
    [RENDER_METAL] =
        {{0.20f, 0.20f, 0.21f}, 0.42f, 1, 3, 0.25f, 0.05f, 0.10f, PIPELINE_POLISHED},
    [RENDER_BRASS] =
        {{0.86f, 0.69f, 0.42f}, 0.30f, 1, 3, 0.25f, 0.04f, 0.06f, PIPELINE_POLISHED},
    [RENDER_EMISSIVE] = {{1, 0.985f, 0.96f}, 0.9f, 0, 0, 1, 0, 0, PIPELINE_ROOM},
};

#define SLAB_M 0.9f
#define BIG_PART_M 1.5f // radius: floors, walls
#define CHECKER_M 0.42f

static const float PAPER[3] = {0.955f, 0.945f, 0.92f};
static const float WHITE[3] = {1, 1, 1};
static const GpuRun CARD = {.index_count = 6}; // of mesh 0
const float SCENE_MARBLE[3] = {0.885f, 0.870f, 0.845f};

void part_sphere(const MeshPart *part, const Placement *placement, double center[3],
                 float *radius_m)
{
    double local[3] = {part->center[0], part->center[1], part->center[2]};
    memcpy(center, local, sizeof local);
    *radius_m = part->radius_m;
    if (placement->scale != 0) {
        placement_to_world(placement, local, center);
        *radius_m *= placement->scale;
    }
}

static GpuRun run_of(const Frame *frame, const RenderClusterDraw *draw)
{
    ASSERT(draw->slot < frame->render->pages.slot_count);
    return (GpuRun){.first_index = draw->slot * MESH_PAGE_MAX_TRIANGLES * 3 + draw->first_index,
                    .index_count = draw->index_count,
                    .base_vertex = (int32_t)(draw->slot * MESH_PAGE_MAX_VERTICES)};
}

GpuRun *scene_make_runs(Frame *frame, RenderRange range)
{
    GpuRun *runs = ARENA_ARRAY_RAW(frame->arena, GpuRun, MAX(range.count, 1u));
    for (uint32_t i = 0; i < range.count; i++)
        runs[i] = run_of(frame, &frame->list->cluster_draws[range.first + i]);
    return runs;
}

static SceneDraw *push_draw(Frame *frame, SceneView *view)
{
    return ARENA_PUSH(frame->arena, view->draws, view->draw_count, view->draw_capacity);
}

// Rooms stay as they are in every mode, but step back where the piece is shown in another
// light.
static void set_room_mode(const SceneView *view, ObjectBlock *block)
{
    block->mode[0] = view->view->mode == RENDER_BEAUTY ? 1.0f : 0.35f;
}

static void fill_material(const RenderMaterial *material, ObjectBlock *block)
{
    RenderMaterialKind kind = material->kind;
    ASSERT((unsigned)kind < RENDER_MATERIAL_KIND_COUNT);
    linear_color(material->color, kinds[kind].color, block->color);
    block->surface[0] = material->roughness > 0 ? material->roughness : kinds[kind].roughness;
    block->surface[1] = kinds[kind].metal;
    block->surface[2] = kind == RENDER_STONE ? SLAB_M : kind == RENDER_CHECKER ? -CHECKER_M : 0;
    if (kind == RENDER_PANELS || kind == RENDER_PAINTED_PANELS)
        block->surface[2] = material->high_m > 0 ? material->high_m : 3;
    block->surface[3] = kinds[kind].detail;
    block->pattern[0] = kinds[kind].tile_m;
    block->pattern[1] = kinds[kind].bump;
    block->pattern[2] = kinds[kind].variation;
    if (kind == RENDER_EMISSIVE || kind == RENDER_SKY)
        block->color[3] = material->luminance_nits > 0 ? material->luminance_nits : 1500;
}

bool scene_is_floor(RenderMaterialKind kind)
{
    return kind == RENDER_OAK_PLANKS || kind == RENDER_OAK_PARQUET || kind == RENDER_STONE ||
           kind == RENDER_TERRAZZO || kind == RENDER_CHECKER || kind == RENDER_CARPET;
}

// Parts of a mesh that are seen.
typedef struct SeenPart {
    const MeshPart *part; // NULL: drawn with another
    float distance_m;
    bool is_big;
} SeenPart;

static uint32_t find_seen_parts(const SceneView *view, const RenderMeshDraw *mesh_draw,
                                const MeshSlot *mesh, SeenPart *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < mesh->part_count; i++) {
        double center[3];
        float radius_m;
        part_sphere(&mesh->parts[i], &mesh_draw->placement, center, &radius_m);
        if (view_sees_sphere(view->camera, center, radius_m))
            out[count++] = (SeenPart){&mesh->parts[i],
                                      (float)distance3(center, view->eye) + 0.25f * radius_m,
                                      radius_m > BIG_PART_M};
    }
    return count;
}

// Those after the first that are of its material and kind, too, in one draw; those side by side
// in one run. Big parts are what the others stand in front of: the farthest says how far.
static void take_alike(SeenPart *seen, uint32_t count, GpuRun *runs, SceneDraw *draw)
{
    const MeshPart *first = seen->part;
    draw->runs = runs;
    draw->distance_m = seen->distance_m;
    for (uint32_t i = 0; i < count; i++) {
        const MeshPart *part = seen[i].part;
        if (!part || seen[i].is_big != seen->is_big ||
            memcmp(&part->material, &first->material, sizeof part->material))
            continue;
        GpuRun *last = draw->run_count ? &runs[draw->run_count - 1] : NULL;
        if (last && last->first_index + last->index_count == part->first_index)
            last->index_count += part->index_count;
        else
            runs[draw->run_count++] = (GpuRun){part->first_index, part->index_count, 0};
        draw->distance_m = seen->is_big ? MAX(draw->distance_m, seen[i].distance_m)
                                        : MIN(draw->distance_m, seen[i].distance_m);
        if (i > 0)
            seen[i].part = NULL;
    }
}

static void gather_mesh(Frame *frame, SceneView *view, const RenderMeshDraw *mesh_draw)
{
    const MeshSlot *mesh = &frame->render->meshes[mesh_draw->mesh.id];
    SeenPart *seen = ARENA_ARRAY_RAW(frame->arena, SeenPart, MAX(mesh->part_count, 1u));
    uint32_t count = find_seen_parts(view, mesh_draw, mesh, seen);
    for (uint32_t i = 0; i < count; i++) {
        const MeshPart *part = seen[i].part;
        if (!part)
            continue;
        ObjectBlock block = {0};
        model_matrix(&mesh_draw->placement, view->eye, block.model);
        fill_material(&part->material, &block);
        set_room_mode(view, &block);
        light_fill_room(frame->render, view, mesh_draw->room, &block.room[0]);
        if (part->material.kind == RENDER_EMISSIVE || part->material.kind == RENDER_SKY)
            block.mode[0] = 0; // it has no light but its own
        GpuRun *runs = ARENA_ARRAY_RAW(frame->arena, GpuRun, count - i);
        SceneDraw *draw = push_draw(frame, view);
        draw->pipeline = kinds[part->material.kind].pipeline;
        draw->mesh = mesh;
        take_alike(seen + i, count - i, runs, draw);
        draw->object_offset = frame_push_uniforms(frame, &block, sizeof block);
    }
}

_Static_assert(DETAIL_ALBEDO == (int)RENDER_ALBEDO && DETAIL_NORMALS == (int)RENDER_NORMALS &&
                   DETAIL_RAKING == (int)RENDER_RAKING && DETAIL_RELIEF == (int)RENDER_RELIEF &&
                   DETAIL_HEIGHT == (int)RENDER_HEIGHT &&
                   DETAIL_SPECULAR == (int)RENDER_SPECULAR,
               "shaders know modes by these numbers");

static void set_detail(const SceneView *view, ObjectBlock *block)
{
    const RenderView *from = view->view;
    RakingLight plane = raking_light(from);
    block->mode[1] = from->band_m > 0 ? from->band_m : 1e-3f;
    double along = 0;
    for (int i = 0; i < 3; i++) {
        block->plane[i] = (float)plane.normal[i];
        along += plane.normal[i] * (plane.center[i] - view->eye[i]);
    }
    block->plane[3] = (float)along;
}

// A place for the KeyBlock, which is filled when the shadows are known.
static void add_lamps(Frame *frame, SceneView *view, SceneDraw *draw)
{
    LampList *lamps = ARENA_NEW(frame->arena, LampList);
    light_assign(frame->render, view, draw->center, draw->radius_m, draw->room, lamps);
    draw->lamps = lamps;
    draw->key_offset = frame_push_uniforms(frame, &(KeyBlock){0}, sizeof(KeyBlock));
}

// Triangles smaller than this are lit at their vertices by software drivers: whatever its size,
// a triangle costs them 16 pixels or more.
#define SMALL_TRIANGLE_PX 12.0f
#define SMALL_IN_LENS_PX 4.0f // there are fewer of them, and one looks closer
// With tiles nothing but shadows is softer for it.
#define SMALL_TILED_PX 40.0f

// With which pipelines a piece is drawn.
typedef struct PieceLight {
    RenderPipeline bare, tiled, glowing;
} PieceLight;

static float mean_triangle_px(const RenderList *list, const SceneView *view,
                              const RenderSculpture *sculpture, RenderRange range)
{
    uint64_t triangles = 1;
    for (uint32_t i = 0; i < range.count; i++)
        triangles += list->cluster_draws[range.first + i].index_count / 3;
    const View *camera = view->camera;
    double away = MAX(distance3(sculpture->center, view->eye), sculpture->radius_m * 0.5);
    float per_m = camera->is_orthographic ? 1 : (float)away;
    float radius_px = sculpture->radius_m / per_m * camera->focal_px;
    float whole_px = camera->viewport.width * camera->viewport.height;
    return MIN(1.5f * radius_px * radius_px, whole_px) / (float)triangles;
}

static PieceLight light_piece(const Frame *frame, const SceneView *view,
                              const RenderSculpture *sculpture, RenderRange range)
{
    float mean_px = frame->render->is_fine
                        ? INFINITY
                        : mean_triangle_px(frame->list, view, sculpture, range);
    if (view->view->mode != RENDER_BEAUTY) {
        RenderPipeline mode = (RenderPipeline)(view->view->mode - RENDER_ALBEDO);
        return (PieceLight){PIPELINE_DETAIL + mode, PIPELINE_TILED_DETAIL + mode,
                            PIPELINE_TILED_DETAIL + mode};
    }
    float small_px = view->index & VIEW_LENS ? SMALL_IN_LENS_PX : SMALL_TRIANGLE_PX;
    float small_tiled_px = view->index & VIEW_LENS ? SMALL_IN_LENS_PX : SMALL_TILED_PX;
    return (PieceLight){
        .bare = mean_px >= small_px ? PIPELINE_SCULPTURE_PIXEL : PIPELINE_SCULPTURE,
        .tiled = mean_px >= small_tiled_px ? PIPELINE_TILED_PIXEL : PIPELINE_TILED,
        .glowing = PIPELINE_TILED_PIXEL,
    };
}

// A batch's own block: what no texel of its tiles tells.
static size_t push_flats(Frame *frame, ObjectBlock *block, const TileBatch *batch)
{
    float color[3];
    for (int i = 0; i < 3; i++)
        color[i] = (float)batch->flat_color[i] / 255;
    linear_color(color, color, block->flat_color);
    block->flat_color[3] = (float)batch->flat_color[3] / 255;
    for (int i = 0; i < 3; i++)
        block->flat_kind[i] = (float)batch->flat_kind[i] / 255;
    return frame_push_uniforms(frame, block, sizeof *block);
}

// One draw for what has no tiles, and one for each batch of the others.
static void push_batches(Frame *frame, SceneView *view, const SceneDraw *like,
                         ObjectBlock *block, const RenderSculpture *sculpture,
                         RenderRange range)
{
    const Pages *pages = &frame->render->pages;
    PieceLight light = light_piece(frame, view, sculpture, range);
    const RenderClusterDraw *draws = &frame->list->cluster_draws[range.first];
    GpuRun *runs = ARENA_ARRAY_RAW(frame->arena, GpuRun, range.count);
    uint32_t *ends = ARENA_ARRAY(frame->arena, uint32_t, pages->batch_count + 1);
    for (uint32_t i = 0; i < range.count; i++)
        ends[pages->slots[draws[i].slot].batch + 1]++;
    for (uint32_t batch = 0; batch < pages->batch_count; batch++)
        ends[batch + 1] += ends[batch]; // beginnings, so far
    for (uint32_t i = 0; i < range.count; i++)
        runs[ends[pages->slots[draws[i].slot].batch]++] = run_of(frame, &draws[i]);
    for (uint32_t i = 0, first = 0; i < pages->batch_count; first = ends[i++]) {
        const TileBatch *batch = &pages->batches[i];
        if (ends[i] == first)
            continue;
        SceneDraw *draw = push_draw(frame, view);
        *draw = *like;
        draw->object_offset = push_flats(frame, block, batch);
        draw->runs = runs + first;
        draw->run_count = ends[i] - first;
        draw->tiles = i && batch->chunk != UINT16_MAX ? &pages->chunks[batch->chunk] : NULL;
        draw->pipeline = !i ? light.bare : batch->glows ? light.glowing : light.tiled;
    }
}

static void fill_sculpture(const SceneView *view, const RenderSculpture *sculpture,
                           ObjectBlock *block)
{
    model_matrix(&sculpture->placement, view->eye, block->model);
    linear_color(sculpture->color, sculpture->has_surface ? WHITE : SCENE_MARBLE, block->color);
    block->color[3] = 300; // what glows on a piece
    bool has_own = sculpture->has_surface && sculpture->roughness == 0;
    block->surface[0] = has_own                    ? 1.0f
                        : sculpture->roughness > 0 ? sculpture->roughness
                                                   : 0.55f;
    block->surface[1] = sculpture->has_surface && sculpture->metal == 0 ? 1 : sculpture->metal;
    block->surface[2] = sculpture->has_surface ? 1 : 0;
}

static void gather_sculpture(Frame *frame, SceneView *view, const RenderSculpture *sculpture)
{
    RenderRange range = view->index & VIEW_LENS && sculpture->lens_draws.count
                            ? sculpture->lens_draws
                            : sculpture->draws;
    if (!range.count || !view_sees_sphere(view->camera, sculpture->center, sculpture->radius_m))
        return;
    ObjectBlock block = {0};
    fill_sculpture(view, sculpture, &block);
    light_fill_room(frame->render, view, sculpture->room, &block.room[0]);
    set_detail(view, &block);
    SceneDraw draw = {
        .radius_m = sculpture->radius_m, .room = sculpture->room, .probe = sculpture->probe};
    memcpy(draw.center, sculpture->center, sizeof draw.center);
    add_lamps(frame, view, &draw);
    if (view->view->mode == RENDER_RAKING || view->view->mode == RENDER_SPECULAR)
        *draw.lamps = (LampList){.count = 1, .lights = {RENDER_MAX_LIGHTS}};
    draw.distance_m = (float)distance3(sculpture->center, view->eye) - sculpture->radius_m;
    push_batches(frame, view, &draw, &block, sculpture, range);
}

// A card is a square from -1 to 1 in x and y, stretched to its place.
static void gather_card(Frame *frame, SceneView *view, const RenderCard *card)
{
    double center[3] = {card->center[0], card->center[1], card->center[2]};
    float normal[3], radius2 = 0;
    for (int i = 0; i < 3; i++) {
        int a = (i + 1) % 3, b = (i + 2) % 3;
        normal[i] = card->half_u[a] * card->half_v[b] - card->half_u[b] * card->half_v[a];
        radius2 += card->half_u[i] * card->half_u[i] + card->half_v[i] * card->half_v[i];
    }
    if (!view_sees_sphere(view->camera, center, sqrtf(radius2)))
        return;
    ObjectBlock block = {0};
    for (int i = 0; i < 3; i++) {
        block.model[i] = card->half_u[i];
        block.model[4 + i] = card->half_v[i];
        block.model[8 + i] = normal[i];
        block.model[12 + i] = (float)(center[i] - view->eye[i]);
    }
    block.model[15] = 1;
    linear_color(card->color, PAPER, block.color);
    block.surface[0] = 0.82f;
    set_room_mode(view, &block);
    block.color[3] = 28 * CLAMP(card->glow, 0, 1);
    light_fill_room(frame->render, view, card->room, &block.room[0]);
    SceneDraw *draw = push_draw(frame, view);
    draw->pipeline = card->is_cut_out ? PIPELINE_CUT_OUT : PIPELINE_CARD;
    draw->mesh = &frame->render->meshes[0];
    draw->runs = &CARD;
    draw->run_count = 1;
    draw->texture = card->texture.id ? card->texture : frame->render->white;
    memcpy(draw->center, center, sizeof draw->center);
    draw->radius_m = sqrtf(radius2);
    draw->room = card->room;
    add_lamps(frame, view, draw);
    draw->distance_m = (float)distance3(center, view->eye);
    draw->object_offset = frame_push_uniforms(frame, &block, sizeof block);
}

// Contacts come after everything solid, cases after those, far ones first: their `distance_m`
// sorts them.
enum { AFTER_SOLID = 100000, AFTER_CONTACTS = 200000 };

static void gather_contact(Frame *frame, SceneView *view, const RenderContact *contact)
{
    double center[3] = {contact->center[0], contact->center[1], contact->center[2]};
    float radius_m = MAX(contact->half_size[0], contact->half_size[1]);
    if (contact->strength <= 0 || !view_sees_sphere(view->camera, center, radius_m))
        return;
    ObjectBlock block = {0};
    float c = cosf(contact->yaw_rad), s = sinf(contact->yaw_rad);
    float x[2] = {c * contact->half_size[0], -s * contact->half_size[0]};
    float z[2] = {s * contact->half_size[1], c * contact->half_size[1]};
    const float *slope = contact->slope;
    float model[16] = {x[0], x[0] * slope[0] + x[1] * slope[1], x[1], 0, 0, 1, 0, 0,
                       z[0], z[0] * slope[0] + z[1] * slope[1], z[1], 0};
    memcpy(block.model, model, sizeof model);
    for (int i = 0; i < 3; i++)
        block.model[12 + i] = (float)(center[i] - view->eye[i]);
    block.model[15] = 1;
    block.color[0] = contact->strength;
    SceneDraw *draw = push_draw(frame, view);
    draw->pipeline = contact->is_marker ? PIPELINE_MARKER : PIPELINE_CONTACT;
    draw->distance_m = AFTER_SOLID;
    draw->object_offset = frame_push_uniforms(frame, &block, sizeof block);
}

static void fill_panels(const Frame *frame, const SceneView *view, uint32_t room,
                        GlassBlock *block)
{
    const House *house = &frame->render->house;
    int at = 0;
    for (uint32_t i = 0; i < house->panel_count && at < SHARED_MAX_PANELS; i++) {
        const RenderPanel *panel = &house->panels[i];
        const RenderRoom *box = &house->rooms[room];
        bool is_inside = true;
        for (int k = 0; k < 3; k++)
            is_inside &=
                panel->center[k] > box->low[k] - 0.3f && panel->center[k] < box->high[k] + 0.3f;
        if (!is_inside)
            continue;
        for (int k = 0; k < 3; k++) {
            block->centers[at][k] = (float)(panel->center[k] - view->eye[k]);
            block->half_us[at][k] = panel->half_u[k];
            block->half_vs[at][k] = panel->half_v[k];
        }
        block->centers[at++][3] = panel->luminance_nits;
    }
}

static void gather_case(Frame *frame, SceneView *view, const RenderCase *glass)
{
    double center[3] = {glass->center[0], glass->center[1] + glass->half_size[1],
                        glass->center[2]};
    float radius_m = 0;
    for (int i = 0; i < 3; i++)
        radius_m += glass->half_size[i] * glass->half_size[i];
    radius_m = sqrtf(radius_m);
    // In another light than the room's glass would only be in the way.
    if (view->view->mode != RENDER_BEAUTY || glass->fade >= 1 ||
        !view_sees_sphere(view->camera, center, radius_m))
        return;
    GlassBlock block = {0};
    float c = cosf(glass->yaw_rad), s = sinf(glass->yaw_rad);
    float model[16] = {c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0};
    memcpy(block.model, model, sizeof model);
    for (int i = 0; i < 3; i++) {
        block.model[12 + i] = (float)(center[i] - view->eye[i]);
        block.half_size[i] = glass->half_size[i];
    }
    block.model[15] = 1;
    block.half_size[3] = glass->fade;
    uint32_t room = MIN(glass->room, frame->render->house.room_count - 1);
    light_fill_room(frame->render, view, room, &block.room[0]);
    LightProbe probe = house_ambient(frame->render, room, center);
    for (int channel = 0; channel < 3; channel++)
        memcpy(block.ambient[channel], probe.sh[channel], sizeof block.ambient[channel]);
    fill_panels(frame, view, room, &block);
    size_t offset = frame_push_uniforms(frame, &block, sizeof block);
    float away = (float)distance3(center, view->eye);
    for (int side = 0; side < 2; side++) { // the far panes, then the near ones
        SceneDraw *draw = push_draw(frame, view);
        draw->pipeline = side ? PIPELINE_GLASS_FRONT : PIPELINE_GLASS_BACK;
        if (glass->is_bell)
            draw->pipeline = side ? PIPELINE_BELL_FRONT : PIPELINE_BELL_BACK;
        draw->object_offset = offset;
        draw->distance_m = AFTER_CONTACTS - away + 0.001f * (float)side;
    }
}

static int compare_draws(const void *a, const void *b)
{
    const SceneDraw *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return x->object_offset < y->object_offset ? -1 : x->object_offset > y->object_offset;
}

static void push_view_block(Frame *frame, SceneView *view)
{
    ViewBlock block = {0};
    const View *camera = view->camera;
    view_projection(camera, frame->render->depth_far == 0, block.project);
    for (int i = 0; i < 4; i++) { // after the division by w
        float w = block.project[i * 4 + 3];
        block.project[i * 4 + 0] += 2 * view->view->shift_px[0] / camera->viewport.width * w;
        block.project[i * 4 + 1] += 2 * view->view->shift_px[1] / camera->viewport.height * w;
    }
    for (int i = 0; i < 3; i++) {
        block.turn[i * 4 + 0] = (float)camera->right[i];
        block.turn[i * 4 + 1] = (float)camera->up[i];
        block.turn[i * 4 + 2] = (float)-camera->forward[i];
    }
    block.turn[15] = 1;
    block.look[0] = frame->exposure;
    block.look[1] = (float)fmod(frame->list->time_s, 3600);
    block.look[2] = 1 - frame->list->fade;
    block.look[3] = camera->is_orthographic;
    for (int i = 0; i < 3; i++)
        block.haze[i] = view->view->haze_color[i] * block.look[2];
    block.haze[3] = view->view->haze_density;
    view->view_offset = frame_push_uniforms(frame, &block, sizeof block);
}

void scene_gather(Frame *frame, SceneView *view)
{
    const RenderList *list = frame->list;
    for (uint32_t i = 0; i < list->mesh_count; i++) {
        if (list->meshes[i].mesh.id)
            gather_mesh(frame, view, &list->meshes[i]);
    }
    for (uint32_t i = 0; i < list->sculpture_count; i++)
        gather_sculpture(frame, view, &list->sculptures[i]);
    for (uint32_t i = 0; i < list->card_count; i++)
        gather_card(frame, view, &list->cards[i]);
    for (uint32_t i = 0; i < list->contact_count; i++)
        gather_contact(frame, view, &list->contacts[i]);
    for (uint32_t i = 0; i < list->case_count && frame->render->house.room_count; i++)
        gather_case(frame, view, &list->cases[i]);
    if (view->draw_count)
        qsort(view->draws, view->draw_count, sizeof *view->draws, compare_draws);
    push_view_block(frame, view);
}

// ---- drawing

// Corners that a shader places by itself.
static uint32_t count_without_buffer(int pipeline)
{
    enum { FLAT = 6, HOOD = 5 * 6 };
    if (pipeline == PIPELINE_CONTACT || pipeline == PIPELINE_MARKER)
        return FLAT;
    bool is_bell = pipeline == PIPELINE_BELL_BACK || pipeline == PIPELINE_BELL_FRONT;
    return is_bell ? SHARED_BELL_SIDES * SHARED_BELL_RINGS * 6 : HOOD;
}

static void set_geometry(const Render *render, const SceneDraw *scene_draw, GpuDraw *draw)
{
    if (scene_draw->mesh) {
        draw->vertices[0] = scene_draw->mesh->vertices;
        draw->vertices[1] = scene_draw->mesh->light_uvs;
        draw->textures[TEXTURE_LIGHT] =
            scene_draw->mesh->given.id ? scene_draw->mesh->given
                                       : gpu_target_color(render->gpu, scene_draw->mesh->light);
        draw->indices = scene_draw->mesh->indices;
        draw->runs = scene_draw->runs;
        draw->run_count = scene_draw->run_count;
        draw->has_runs_32 = true;
        draw->textures[TEXTURE_OWN] = scene_draw->texture;
    } else if (scene_draw->runs) {
        draw->vertices[0] = render->pages.vertices;
        draw->vertices[1] = render->pages.surfaces;
        draw->indices = render->pages.indices;
        draw->textures[TEXTURE_OWN] = render->pages.table;
        for (int plane = 0; plane < 3; plane++) {
            GpuTexture told =
                scene_draw->tiles ? scene_draw->tiles->planes[plane] : (GpuTexture){0};
            draw->textures[TEXTURE_TILE_COLOR + plane] =
                told.id ? told : render->pages.no_plane;
        }
        draw->runs = scene_draw->runs;
        draw->run_count = scene_draw->run_count;
    } else {
        draw->count = count_without_buffer(scene_draw->pipeline);
    }
}

void scene_draw(Frame *frame, const SceneView *view)
{
    const Render *render = frame->render;
    const float *ground = frame->list->ground;
    bool is_dark = is_zero3(ground);
    GpuPass pass = views_pass(frame, view);
    pass.clears_color = pass.clears_depth = true;
    pass.depth = render->depth_far;
    for (int i = 0; i < 4; i++)
        pass.color[i] = i == 3 ? 1 : (is_dark ? 0.02f : ground[i]) * (1 - frame->list->fade);
    gpu_begin_pass(render->gpu, &pass);
    for (uint32_t i = 0; i < view->draw_count; i++) {
        const SceneDraw *scene_draw = &view->draws[i];
        GpuDraw draw = {
            .pipeline = render_pipeline(frame->render, scene_draw->pipeline),
            .textures = {[TEXTURE_SHADOW] = gpu_target_depth(render->gpu, render->atlas),
                         [TEXTURE_REFLECTIONS] = render->house.reflections,
                         [TEXTURE_DETAILS] = render->details}};
        frame_set_blocks(frame, view, scene_draw->object_offset, &draw);
        if (scene_draw->lamps)
            draw.blocks[BLOCK_KEY] =
                (GpuRange){render->uniforms, scene_draw->key_offset, sizeof(KeyBlock)};
        set_geometry(render, scene_draw, &draw);
        gpu_draw(render->gpu, &draw);
    }
}
