// render.c: start and end of the renderer, its pipelines, meshes.

#include "draw/render_parts.h"

#include "base/log.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

_Static_assert(MESH_PAGE_MAX_VERTICES == 5120, "PAGE_VERTICES below says the same");
_Static_assert(MESH_TILE_WIDTH == 512 && MESH_TILE_MAX_ROWS == 1024 && MESH_TEXEL_STEPS == 64,
               "so do the others");
#define SCULPTURE_DEFINES \
    "PAGE_VERTICES=5120;LAYER_WIDTH=512;LAYER_HEIGHT=1024;TEXEL_STEPS=64;RELIEF_FLAT=128"

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
                   {GPU_FLOAT4, 0, 64},
                   {GPU_FLOAT2, 0, 80}},
    .attribute_count = 6,
    .stride = {88},
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
    [PIPELINE_PANELS] = {"room", "PANELS", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_SKY] = {"room", "SKY", NULL, &room_layout, 0, 0, 0},
    [PIPELINE_CARD] = {"card", "", "card", &room_layout, 0, 0, 0},
    [PIPELINE_CUT_OUT] = {"card", "CUT_OUT", "card", &room_layout, 0, 0, 0},
    [PIPELINE_SCULPTURE] = {"sculpture", SCULPTURE_DEFINES, "slots", &sculpture_layout, 0, 0,
                            GPU_CULL_BACK},
    [PIPELINE_SCULPTURE_PIXEL] = {"sculpture", SCULPTURE_DEFINES ";BY_PIXEL", "slots",
                                  &sculpture_layout, 0, 0, GPU_CULL_BACK},
    [PIPELINE_TILED] = {"sculpture", SCULPTURE_DEFINES ";TILED", "slots", &sculpture_layout, 0,
                        0, GPU_CULL_BACK},
    [PIPELINE_TILED_PIXEL] = {"sculpture", SCULPTURE_DEFINES ";TILED;BY_PIXEL", "slots",
                              &sculpture_layout, 0, 0, GPU_CULL_BACK},
    [PIPELINE_DETAIL] = {"sculpture", SCULPTURE_DEFINES ";BY_PIXEL", "slots", &sculpture_layout,
                         0, 0, GPU_CULL_BACK},
    [PIPELINE_TILED_DETAIL] = {"sculpture", SCULPTURE_DEFINES ";TILED;BY_PIXEL", "slots",
                               &sculpture_layout, 0, 0, GPU_CULL_BACK},
    [PIPELINE_CONTACT] = {"contact", "", NULL, NULL, GPU_BLEND_MULTIPLY, GPU_DEPTH_TEST,
                          GPU_CULL_NONE},
    [PIPELINE_MARKER] = {"contact", "MARKER", NULL, NULL, GPU_BLEND_PREMULTIPLIED,
                         GPU_DEPTH_TEST, GPU_CULL_NONE},
    [PIPELINE_GLASS_BACK] = {"glass", "", NULL, NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_TEST,
                             GPU_CULL_FRONT},
    [PIPELINE_GLASS_FRONT] = {"glass", "", NULL, NULL, GPU_BLEND_PREMULTIPLIED, GPU_DEPTH_TEST,
                              GPU_CULL_BACK},
    [PIPELINE_BELL_BACK] = {"glass", "BELL", NULL, NULL, GPU_BLEND_PREMULTIPLIED,
                            GPU_DEPTH_TEST, GPU_CULL_FRONT},
    [PIPELINE_BELL_FRONT] = {"glass", "BELL", NULL, NULL, GPU_BLEND_PREMULTIPLIED,
                             GPU_DEPTH_TEST, GPU_CULL_BACK},
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
    [PIPELINE_LIGHT_RAKING] = {"relief", "", "scene", NULL, GPU_BLEND_PREMULTIPLIED,
                               GPU_DEPTH_NONE, GPU_CULL_NONE},
    [PIPELINE_LIGHT_RELIEF] = {"relief", "", "scene", NULL, GPU_BLEND_PREMULTIPLIED,
                               GPU_DEPTH_NONE, GPU_CULL_NONE},
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

// Modes of the lens are made by one recipe, and told apart by DETAIL.
static int recipe_of(int which, int *mode)
{
    enum { MODES = PIPELINE_TILED_DETAIL - PIPELINE_DETAIL };
    *mode = which == PIPELINE_LIGHT_RAKING   ? RENDER_RAKING
            : which == PIPELINE_LIGHT_RELIEF ? RENDER_RELIEF
                                             : RENDER_BEAUTY;
    if (which < PIPELINE_DETAIL || which >= PIPELINE_TILED_DETAIL + MODES)
        return which;
    int number = (which - PIPELINE_DETAIL) % MODES;
    *mode = RENDER_ALBEDO + number;
    return which - number;
}

static Status make_pipeline(const Render *render, int which, GpuPipeline *out)
{
    int mode, recipe = recipe_of(which, &mode);
    bool is_reversed = gpu_info(render->gpu).has_reversed_depth && !is_shadow(which);
    GpuPipelineDesc desc = {
        .shader = recipes[recipe].shader,
        .defines = recipes[recipe].defines,
        .blocks = {[BLOCK_VIEW] = "ViewBlock",
                   [BLOCK_KEY] = "KeyBlock",
                   [BLOCK_OBJECT] = "ObjectBlock",
                   [BLOCK_POST] = "PostBlock",
                   [BLOCK_GLASS] = "GlassBlock",
                   [BLOCK_RELIEF] = "ReliefBlock"},
        .textures = {[TEXTURE_SHADOW] = "shadow_atlas",
                     [TEXTURE_BOUNCE] = "bounce",
                     [TEXTURE_REFLECTIONS] = "reflections",
                     [TEXTURE_FLOOR_SHADE] = "floor_shade",
                     [TEXTURE_DETAILS] = "details",
                     [TEXTURE_LIGHT] = "light_map",
                     [TEXTURE_OWN] = recipes[recipe].own_texture,
                     [TEXTURE_TILE_COLOR] = "tile_color",
                     [TEXTURE_TILE_SHAPE] = "tile_shape",
                     [TEXTURE_TILE_GLOW] = "tile_glow",
                     [TEXTURE_DEPTHS] = "depths"},
        .blend = recipes[recipe].blend,
        .depth = recipes[recipe].depth,
        .cull = recipes[recipe].cull,
        .is_depth_reversed = is_reversed,
        .is_color_off = is_shadow(which),
    };
    if (recipes[recipe].layout)
        desc.layout = *recipes[recipe].layout;
    if (is_shadow(which)) {
        desc.depth_slope_bias = 1.5f;
        desc.depth_bias = 2;
    }
    if (which == PIPELINE_CONTACT || which == PIPELINE_MARKER) { // lie on what they darken
        desc.depth_slope_bias = is_reversed ? 1 : -1;
        desc.depth_bias = is_reversed ? 8 : -8;
    }
    Scratch scratch = scratch_begin(NULL);
    const char *semicolon = desc.defines[0] ? ";" : "";
    desc.defines = str_format(scratch.arena, "%s%sDETAIL=%d;%s%s", desc.defines, semicolon,
                              mode, render->is_fine ? "FINE;TAPS=25" : "TAPS=4",
                              gpu_info(render->gpu).is_software ? ";PLAIN_TILES" : "");
    Status status = gpu_make_pipeline(render->gpu, &desc, out);
    scratch_end(scratch);
    return status;
}

// What few visits use is made when it is first drawn with: each holds nearly a MiB of main
// memory in a software driver, and is made in some milliseconds.
static bool is_made_late(int which)
{
    return (which >= PIPELINE_DETAIL && which < PIPELINE_CONTACT) ||
           which == PIPELINE_LIGHT_RAKING || which == PIPELINE_LIGHT_RELIEF;
}

NODISCARD static Status make_pipelines(const Render *render, GpuPipeline out[PIPELINE_COUNT])
{
    for (int i = 0; i < PIPELINE_COUNT; i++)
        if (!is_made_late(i))
            TRY(make_pipeline(render, i, &out[i]));
    return OK;
}

GpuPipeline render_pipeline(Render *render, RenderPipeline which)
{
    static const RenderPipeline instead[2] = {PIPELINE_SCULPTURE_PIXEL, PIPELINE_TILED_PIXEL};
    GpuPipeline *pipeline = &render->pipelines[which];
    if (!pipeline->id && make_pipeline(render, (int)which, pipeline)) {
        log_fault(LOG_ERROR, "a mode of the lens is not shown");
        *pipeline = (GpuPipeline){0};
        return render
            ->pipelines[which < PIPELINE_CONTACT ? instead[which >= PIPELINE_TILED_DETAIL]
                                                 : PIPELINE_POST_MIX];
    }
    return *pipeline;
}

static void drop_pipelines(const Render *render, const GpuPipeline pipelines[PIPELINE_COUNT])
{
    for (int i = 0; i < PIPELINE_COUNT; i++)
        gpu_drop_pipeline(render->gpu, pipelines[i]);
}

// ---- start and end

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
    TRY(pages_make(render, desc));
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
    house_make(render);
    render->light_bytes = desc->light_bytes ? desc->light_bytes : (uint64_t)12 << 20;
    render->rooms_at_once = desc->rooms_at_once ? desc->rooms_at_once : 3;
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
    pages_drop(render);
    GpuTexture textures[] = {render->details, render->white};
    for (size_t i = 0; i < COUNT_OF(textures); i++)
        gpu_drop_texture(gpu, textures[i]);
    gpu_drop_target(gpu, render->atlas);
    views_drop(render);
    GpuBuffer buffers[] = {render->uniforms, render->quads};
    for (size_t i = 0; i < COUNT_OF(buffers); i++)
        gpu_drop_buffer(gpu, buffers[i]);
}

NODISCARD Status render_set_quality(Render *render, const RenderDesc *desc)
{
    bool was_fine = render->is_fine;
    int old_side = render->atlas_side, old_samples = render->sample_count;
    GpuPipeline pipelines[PIPELINE_COUNT] = {{0}};
    Status status = OK;
    take_quality(render, desc);
    if (render->is_fine != was_fine)
        status = make_pipelines(render, pipelines);
    if (!status && (pipelines[0].id || render->atlas_side != old_side))
        status = shadow_place_tiles(render);
    if (status) {
        drop_pipelines(render, pipelines);
        render->is_fine = was_fine;
        render->atlas_side = old_side;
        render->sample_count = old_samples;
        if (shadow_place_tiles(render))
            log_fault(LOG_ERROR, "no shadows");
        return status;
    }
    if (pipelines[0].id) {
        drop_pipelines(render, render->pipelines);
        memcpy(render->pipelines, pipelines, sizeof pipelines);
    }
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
            float at = desc->vertices[vertex].position[k];
            low[k] = MIN(low[k], at);
            high[k] = MAX(high[k], at);
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
    uint64_t held_bytes = gpu_memory(render->gpu).buffer_bytes;
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
        Status status =
            desc->light ? bake_take_light(render, desc, mesh) : charts_make(render, desc, mesh);
        if (status) {
            render_drop_mesh(render, (RenderMesh){id});
            return status;
        }
    }
    mesh->buffer_bytes = gpu_memory(render->gpu).buffer_bytes - held_bytes;
    *out = (RenderMesh){id};
    return OK;
}

uint64_t render_mesh_bytes(const Render *render, RenderMesh mesh)
{
    return render->meshes[mesh.id].buffer_bytes;
}

void render_drop_mesh(Render *render, RenderMesh mesh)
{
    MeshSlot *slot = &render->meshes[mesh.id];
    gpu_drop_buffer(render->gpu, slot->vertices);
    gpu_drop_buffer(render->gpu, slot->indices);
    gpu_drop_buffer(render->gpu, slot->light_uvs);
    gpu_drop_buffer(render->gpu, slot->quads);
    gpu_drop_target(render->gpu, slot->light);
    gpu_drop_texture(render->gpu, slot->given);
    *slot = (MeshSlot){0};
}

Status render_set_house(Render *render, const RenderHouse *house)
{
    return house_set(render, house);
}

RenderStats render_stats(const Render *render)
{
    return render->stats;
}
