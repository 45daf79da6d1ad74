// render.c: start and end of the renderer, meshes, pages, and the passes of one frame.

#include "draw/render_parts.h"

#include "base/log.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

_Static_assert(MESH_PAGE_MAX_VERTICES == 5120, "PAGE_VERTICES below says the same");
#define SCULPTURE_DEFINES "PAGE_VERTICES=5120"

// ---- pipelines

static const GpuVertexLayout room_layout = {
    .attributes = {{GPU_FLOAT3, 0, offsetof(RenderVertex, position)},
                   {GPU_FLOAT3, 0, offsetof(RenderVertex, normal)},
                   {GPU_FLOAT2, 0, offsetof(RenderVertex, uv_m)},
                   {GPU_FLOAT1, 0, offsetof(RenderVertex, shade)},
                   {GPU_FLOAT2, 1, 0}},
    .attribute_count = 5,
    .stride = {sizeof(RenderVertex), 2 * sizeof(float)},
};

static const GpuVertexLayout sculpture_layout = {
    .attributes = {{GPU_USHORT3, 0, offsetof(MeshVertex, position)},
                   {GPU_UBYTE2_NORM, 0, offsetof(MeshVertex, normal)},
                   {GPU_UBYTE4_NORM, 1, offsetof(MeshSurface, color)},
                   {GPU_UBYTE4_NORM, 1, offsetof(MeshSurface, roughness)}},
    .attribute_count = 4,
    .stride = {sizeof(MeshVertex), sizeof(MeshSurface)},
};

static const GpuVertexLayout quad_layout = {
    .attributes = {{GPU_FLOAT4, 0, 0},
                   {GPU_FLOAT4, 0, 16},
                   {GPU_FLOAT4, 0, 32},
                   {GPU_FLOAT4, 0, 48},
                   {GPU_FLOAT4, 0, 64}},
    .attribute_count = 5,
    .stride = {80},
    .is_per_instance = {true},
};

static const struct {
    const char *shader, *defines, *own_texture;
    const GpuVertexLayout *layout;
    GpuBlend blend;
    GpuDepth depth;
    GpuCull cull;
} recipes[PIPELINE_COUNT] = {
    [PIPELINE_ROOM] = {"room", "", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_POLISHED] = {"room", "POLISHED", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_PLANKS] = {"room", "PLANKS", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_PARQUET] = {"room", "PARQUET", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_CARD] = {"card", "", "card", &room_layout, 0, 0, 0},
    [PIPELINE_SCULPTURE] = {"sculpture", SCULPTURE_DEFINES, "slots", &sculpture_layout, 0, 0,
                            GPU_CULL_BACK},
    [PIPELINE_SCULPTURE_PIXEL] = {"sculpture", SCULPTURE_DEFINES ";BY_PIXEL", "slots",
                                  &sculpture_layout, 0, 0, GPU_CULL_BACK},
    [PIPELINE_CONTACT] = {"contact", "", NULL, NULL, GPU_BLEND_MULTIPLY, GPU_DEPTH_TEST,
                          GPU_CULL_NONE},
    [PIPELINE_GLASS_BACK] = {"glass", "", NULL, NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_TEST,
                             GPU_CULL_FRONT},
    [PIPELINE_GLASS_FRONT] = {"glass", "", NULL, NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_TEST,
                              GPU_CULL_BACK},
    [PIPELINE_BAKE] = {"bake", "", NULL, &room_layout, 0, GPU_DEPTH_NONE, GPU_CULL_NONE},
    [PIPELINE_BAKE_LAMP] = {"bake", "LAMP", NULL, &room_layout, GPU_BLEND_ADD, GPU_DEPTH_NONE,
                            GPU_CULL_NONE},
    [PIPELINE_BAKE_WASH] = {"bake", "WASH", NULL, &room_layout, GPU_BLEND_ADD, GPU_DEPTH_NONE,
                            GPU_CULL_NONE},
    [PIPELINE_SHADOW] = {"shadow", "", NULL, &room_layout, 0, 0, GPU_CULL_NONE},
    [PIPELINE_SCULPTURE_SHADOW] = {"sculpture", SCULPTURE_DEFINES ";DEPTH_ONLY", "slots",
                                   &sculpture_layout, 0, 0, GPU_CULL_NONE},
    [PIPELINE_POST] = {"post", "", "scene", NULL, 0, GPU_DEPTH_NONE, GPU_CULL_NONE},
    [PIPELINE_POST_MIX] = {"post", "", "scene", NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_NONE,
                           GPU_CULL_NONE},
    [PIPELINE_POST_KEPT] = {"post", "KEPT", "scene", NULL, 0, GPU_DEPTH_NONE, GPU_CULL_NONE},
    [PIPELINE_LENS] = {"post", "LENS", "scene", NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_NONE,
                       GPU_CULL_NONE},
    [PIPELINE_LENS_KEPT] = {"post", "LENS;KEPT", "scene", NULL, GPU_BLEND_PREMULTIPLIED,
                            GPU_DEPTH_NONE, GPU_CULL_NONE},
    [PIPELINE_QUAD] = {"quad", "", "image", &quad_layout, GPU_BLEND_PREMULTIPLIED,
                       GPU_DEPTH_NONE, GPU_CULL_NONE},
};

static bool is_shadow(int pipeline)
{
    return pipeline == PIPELINE_SHADOW || pipeline == PIPELINE_SCULPTURE_SHADOW;
}

static Status make_pipeline(const Render *render, int which, GpuPipeline *out)
{
    bool is_reversed = gpu_info(render->gpu).has_reversed_depth && !is_shadow(which);
    GpuPipelineDesc desc = {
        .shader = recipes[which].shader,
        .defines = recipes[which].defines,
        .blocks = {[BLOCK_VIEW] = "ViewBlock",
                   [BLOCK_KEY] = "KeyBlock",
                   [BLOCK_OBJECT] = "ObjectBlock",
                   [BLOCK_POST] = "PostBlock",
                   [BLOCK_GLASS] = "GlassBlock"},
        .textures = {[TEXTURE_SHADOW] = "shadow_atlas",
                     [TEXTURE_BOUNCE] = "bounce",
                     [TEXTURE_REFLECTIONS] = "reflections",
                     [TEXTURE_FLOOR_SHADE] = "floor_shade",
                     [TEXTURE_DETAILS] = "details",
                     [TEXTURE_LIGHT] = "light_map",
                     [TEXTURE_OWN] = recipes[which].own_texture},
        .blend = recipes[which].blend,
        .depth = recipes[which].depth,
        .cull = recipes[which].cull,
        .is_depth_reversed = is_reversed,
        .is_color_off = is_shadow(which),
    };
    if (recipes[which].layout)
        desc.layout = *recipes[which].layout;
    if (is_shadow(which)) {
        desc.depth_slope_bias = 1.5f;
        desc.depth_bias = 2;
    }
    if (which == PIPELINE_CONTACT) { // lies on what it darkens
        desc.depth_slope_bias = is_reversed ? 1 : -1;
        desc.depth_bias = is_reversed ? 8 : -8;
    }
    Scratch scratch = scratch_begin(NULL);
    if (render->is_fine)
        desc.defines = str_format(scratch.arena, "%s%sFINE;TAPS=25", desc.defines,
                                  desc.defines[0] ? ";" : "");
    Status status = gpu_make_pipeline(render->gpu, &desc, out);
    scratch_end(scratch);
    return status;
}

NODISCARD static Status make_pipelines(const Render *render, GpuPipeline out[PIPELINE_COUNT])
{
    for (int i = 0; i < PIPELINE_COUNT; i++)
        TRY(make_pipeline(render, i, &out[i]));
    return OK;
}

static void drop_pipelines(const Render *render, const GpuPipeline pipelines[PIPELINE_COUNT])
{
    for (int i = 0; i < PIPELINE_COUNT; i++)
        gpu_drop_pipeline(render->gpu, pipelines[i]);
}

// ---- start and end

NODISCARD static Status make_atlas(const Render *render, GpuTarget *out)
{
    *out = gpu_make_target(render->gpu, &(GpuTargetDesc){.width = render->atlas_side,
                                                         .height = render->atlas_side * 3 / 2,
                                                         .has_depth = true,
                                                         .depth = GPU_DEPTH24,
                                                         .is_depth_compared = true,
                                                         .label = "shadow atlas"});
    return out->id ? OK : fault_last()->status;
}

enum { FIRST_SLOTS = 64 };

NODISCARD static Status make_arena(Render *render, uint32_t slot_count)
{
    Gpu *gpu = render->gpu;
    // A software driver's memory is ours, and it writes zeroes into all of it.
    uint32_t held = gpu_info(gpu).is_software ? MIN(slot_count, FIRST_SLOTS) : slot_count;
    size_t vertices = (size_t)held * MESH_PAGE_MAX_VERTICES;
    size_t indices = (size_t)held * MESH_PAGE_MAX_TRIANGLES * 3;
    int rows = (int)(slot_count + 63) / 64;
    render->held_slots = held;
    render->slot_count = slot_count;
    render->slot_versions = ARENA_ARRAY(render->arena, uint32_t, slot_count);
    render->slot_shares = ARENA_ARRAY(render->arena, float, slot_count);
    render->page_vertices =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                              .size_bytes = vertices * sizeof(MeshVertex),
                                              .label = "page vertices"});
    render->page_surfaces =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                              .size_bytes = vertices * sizeof(MeshSurface),
                                              .label = "page surfaces"});
    render->page_indices =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_INDICES,
                                              .size_bytes = indices * sizeof(uint16_t),
                                              .label = "page indices"});
    render->slots = gpu_make_texture(gpu, &(GpuTextureDesc){.format = GPU_RGBA32F,
                                                            .width = 64,
                                                            .height = rows,
                                                            .is_nearest = true,
                                                            .label = "page slots"});
    bool is_good = render->page_vertices.id && render->page_surfaces.id &&
                   render->page_indices.id && render->slots.id;
    return is_good ? OK : fault_last()->status;
}

// What cards are drawn with: mesh 0, so that an absent mesh draws nothing else.
NODISCARD static Status make_card_mesh(Render *render)
{
    static const RenderVertex corners[4] = {
        {{-1, -1, 0}, {0, 0, 1}, {0, 1}, 0},
        {{1, -1, 0}, {0, 0, 1}, {1, 1}, 0},
        {{1, 1, 0}, {0, 0, 1}, {1, 0}, 0},
        {{-1, 1, 0}, {0, 0, 1}, {0, 0}, 0},
    };
    static const uint32_t indices[6] = {0, 1, 2, 0, 2, 3};
    static const RenderMeshPart part = {.index_count = 6};
    RenderMesh mesh;
    return render_make_mesh(render,
                            &(RenderMeshDesc){.vertices = corners,
                                              .vertex_count = 4,
                                              .indices = indices,
                                              .index_count = 6,
                                              .parts = &part,
                                              .part_count = 1,
                                              .label = "card"},
                            &mesh);
}

NODISCARD static Status make_parts(Render *render, const RenderDesc *desc)
{
    static const uint8_t white[4] = {255, 255, 255, 255};
    Gpu *gpu = render->gpu;
    TRY(make_pipelines(render, render->pipelines));
    TRY(make_atlas(render, &render->atlas));
    TRY(make_arena(render, desc->slot_count ? desc->slot_count : 512));
    render->details = paint_make_details(gpu, render->is_fine ? 512 : 256);
    render->white = gpu_make_texture(
        gpu, &(GpuTextureDesc){.width = 1, .height = 1, .pixels = white, .label = "white"});
    if (!render->details.id || !render->white.id)
        return fault_last()->status;
    TRY(make_card_mesh(render));
    static const RenderHouse empty = {0};
    return render_set_house(render, &empty);
}

static void take_quality(Render *render, const RenderDesc *desc)
{
    bool is_quick = gpu_info(render->gpu).is_software;
    render->is_fine =
        desc->quality == RENDER_FINE || (desc->quality == RENDER_AUTO && !is_quick);
    render->atlas_side = desc->shadow_side ? desc->shadow_side : render->is_fine ? 4096 : 2048;
    render->sample_count = desc->sample_count ? MAX(desc->sample_count, 2) : 4;
}

Status render_make(Arena *arena, Gpu *gpu, const RenderDesc *desc, Render **out)
{
    Render *render = ARENA_NEW(arena, Render);
    render->arena = arena;
    render->gpu = gpu;
    render->house.probes = ARENA_ARRAY(arena, float, RENDER_MAX_ROOMS *PROBE_FLOATS);
    render->depth_far = gpu_info(gpu).has_reversed_depth ? 0.0f : 1.0f;
    take_quality(render, desc);
    Status status = make_parts(render, desc);
    if (status) {
        render_drop(render);
        return status;
    }
    *out = render;
    return OK;
}

void render_drop(Render *render)
{
    if (!render)
        return;
    Gpu *gpu = render->gpu;
    drop_pipelines(render, render->pipelines);
    for (uint32_t i = 0; i < RENDER_MAX_MESHES; i++)
        render_drop_mesh(render, (RenderMesh){i});
    house_drop(render);
    GpuTexture textures[] = {render->details, render->white, render->slots};
    for (size_t i = 0; i < COUNT_OF(textures); i++)
        gpu_drop_texture(gpu, textures[i]);
    gpu_drop_target(gpu, render->atlas);
    views_drop(render);
    GpuBuffer buffers[] = {render->page_vertices, render->page_surfaces, render->page_indices,
                           render->uniforms, render->quads};
    for (size_t i = 0; i < COUNT_OF(buffers); i++)
        gpu_drop_buffer(gpu, buffers[i]);
}

NODISCARD Status render_set_quality(Render *render, const RenderDesc *desc)
{
    bool was_fine = render->is_fine;
    int old_side = render->atlas_side, old_samples = render->sample_count;
    GpuPipeline pipelines[PIPELINE_COUNT] = {{0}};
    GpuTarget atlas = {0};
    Status status = OK;
    take_quality(render, desc);
    if (render->is_fine != was_fine)
        status = make_pipelines(render, pipelines);
    if (!status && render->atlas_side != old_side)
        status = make_atlas(render, &atlas);
    if (status) {
        drop_pipelines(render, pipelines);
        render->is_fine = was_fine;
        render->atlas_side = old_side;
        render->sample_count = old_samples;
        return status;
    }
    if (pipelines[0].id) {
        drop_pipelines(render, render->pipelines);
        memcpy(render->pipelines, pipelines, sizeof pipelines);
    }
    if (atlas.id) {
        gpu_drop_target(render->gpu, render->atlas);
        render->atlas = atlas;
    }
    if (pipelines[0].id || atlas.id)
        shadow_place_tiles(render);
    if (render->sample_count != old_samples)
        views_drop(render);
    return OK;
}

// ---- meshes

static void measure_part(const RenderMeshDesc *desc, MeshPart *part)
{
    float low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (uint32_t i = 0; i < part->index_count; i++) {
        uint32_t vertex = desc->indices[part->first_index + i];
        ASSERT(vertex < desc->vertex_count);
        for (int k = 0; k < 3; k++) {
            low[k] = fminf(low[k], desc->vertices[vertex].position[k]);
            high[k] = fmaxf(high[k], desc->vertices[vertex].position[k]);
        }
    }
    float diagonal2 = 0;
    for (int k = 0; k < 3 && part->index_count; k++) {
        part->center[k] = (low[k] + high[k]) / 2;
        diagonal2 += (high[k] - low[k]) * (high[k] - low[k]);
    }
    part->radius_m = sqrtf(diagonal2) / 2;
}

static uint32_t find_free_mesh(const Render *render)
{
    uint32_t id = 0;
    while (id < RENDER_MAX_MESHES && render->meshes[id].is_used)
        id++;
    return id;
}

Status render_make_mesh(Render *render, const RenderMeshDesc *desc, RenderMesh *out)
{
    uint32_t id = find_free_mesh(render);
    if (id == RENDER_MAX_MESHES)
        return FAIL(ERR_LIMIT, "more than %d meshes", RENDER_MAX_MESHES);
    MeshSlot *mesh = &render->meshes[id];
    *mesh = (MeshSlot){.is_used = true};
    mesh->vertices = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                      .size_bytes = desc->vertex_count * sizeof(RenderVertex),
                                      .data = desc->vertices,
                                      .label = desc->label});
    mesh->indices = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_INDICES,
                                      .size_bytes = desc->index_count * sizeof(uint32_t),
                                      .data = desc->indices,
                                      .label = desc->label});
    if (!mesh->vertices.id || !mesh->indices.id) {
        render_drop_mesh(render, (RenderMesh){id});
        return fault_last()->status;
    }
    mesh->parts = ARENA_ARRAY(render->arena, MeshPart, desc->part_count);
    mesh->part_count = desc->part_count;
    for (uint32_t i = 0; i < desc->part_count; i++) {
        mesh->parts[i] = (MeshPart){.first_index = desc->parts[i].first_index,
                                    .index_count = desc->parts[i].index_count,
                                    .material = desc->parts[i].material};
        measure_part(desc, &mesh->parts[i]);
    }
    if (id) { // mesh 0 is what cards are drawn with
        Status status = charts_make(render, desc, mesh);
        if (status) {
            render_drop_mesh(render, (RenderMesh){id});
            return status;
        }
    }
    *out = (RenderMesh){id};
    return OK;
}

void render_drop_mesh(Render *render, RenderMesh mesh)
{
    MeshSlot *slot = &render->meshes[mesh.id];
    gpu_drop_buffer(render->gpu, slot->vertices);
    gpu_drop_buffer(render->gpu, slot->indices);
    gpu_drop_buffer(render->gpu, slot->light_uvs);
    gpu_drop_buffer(render->gpu, slot->quads);
    gpu_drop_target(render->gpu, slot->light);
    *slot = (MeshSlot){0};
}

Status render_set_house(Render *render, const RenderHouse *house)
{
    return house_set(render, house);
}

// ---- pages

uint32_t render_slot_count(const Render *render)
{
    return render->slot_count;
}

// The square is near enough to the display's curve.
static float mean_share(const MeshPage *page)
{
    float sum = 0;
    for (uint32_t i = 0; i < page->vertex_count && page->surfaces; i++) {
        const uint8_t *color = page->surfaces[i].color;
        float red = (float)color[0] / 255, green = (float)color[1] / 255,
              blue = (float)color[2] / 255;
        sum += 0.2126f * red * red + 0.7152f * green * green + 0.0722f * blue * blue;
    }
    return page->vertex_count ? sum / (float)page->vertex_count : 0;
}

// Makes room for a slot, and for as many again as there are.
static bool hold_slot(Render *render, uint32_t slot)
{
    uint32_t held = render->held_slots;
    while (held <= slot)
        held = MIN(held * 2, render->slot_count);
    if (held == render->held_slots)
        return true;
    size_t vertices = (size_t)held * MESH_PAGE_MAX_VERTICES;
    size_t indices = (size_t)held * MESH_PAGE_MAX_TRIANGLES * 3;
    bool is_good =
        gpu_grow_buffer(render->gpu, render->page_vertices, vertices * sizeof(MeshVertex)) &&
        gpu_grow_buffer(render->gpu, render->page_surfaces, vertices * sizeof(MeshSurface)) &&
        gpu_grow_buffer(render->gpu, render->page_indices, indices * sizeof(uint16_t));
    if (is_good)
        render->held_slots = held;
    return is_good;
}

void render_upload_page(Render *render, uint32_t slot, const MeshPage *page)
{
    ASSERT(slot < render->slot_count && page->vertex_count <= MESH_PAGE_MAX_VERTICES &&
           page->index_count <= MESH_PAGE_MAX_TRIANGLES * 3);
    if (!hold_slot(render, slot)) {
        log_fault(LOG_ERROR, "a page is not shown");
        return;
    }
    size_t first_vertex = (size_t)slot * MESH_PAGE_MAX_VERTICES;
    size_t first_index = (size_t)slot * MESH_PAGE_MAX_TRIANGLES * 3;
    gpu_write_buffer(render->gpu, render->page_vertices, first_vertex * sizeof(MeshVertex),
                     page->vertices, page->vertex_count * sizeof(MeshVertex));
    if (page->surfaces)
        gpu_write_buffer(render->gpu, render->page_surfaces, first_vertex * sizeof(MeshSurface),
                         page->surfaces, page->vertex_count * sizeof(MeshSurface));
    gpu_write_buffer(render->gpu, render->page_indices, first_index * sizeof(uint16_t),
                     page->indices, page->index_count * sizeof(uint16_t));
    float place[4] = {page->origin_m[0], page->origin_m[1], page->origin_m[2], page->step_m};
    gpu_write_texture(render->gpu, render->slots,
                      &(GpuTextureWrite){.x = (int)(slot % 64),
                                         .y = (int)(slot / 64),
                                         .width = 1,
                                         .height = 1,
                                         .pixels = place});
    render->slot_shares[slot] = mean_share(page);
    render->slot_versions[slot]++;
}

RenderStats render_stats(const Render *render)
{
    return render->stats;
}
