// render_pages.c: sculptures' pages on the GPU: slots of geometry, and layers of tiles in
// chunks.
//
// The table says of each slot, in two texels: origin and step; the tile's first row, its layer
// within the chunk, whether it brings normals, whether emission.

#include "draw/render_parts.h"

#include "base/log.h"

#include <string.h>

enum {
    FIRST_SLOTS = 64,
    DEFAULT_SLOTS = 512,
    DEFAULT_LAYERS = 16,
    TABLE_SLOTS = 64,    // a row of the table
    CHUNK_LAYERS = 32,   // array textures need not have more than 256
    SMALL_CHUNK = 4,     // where memory is written when it is taken
    SHARE_TEXELS = 1021, // between two that are looked at
};

static const struct {
    GpuFormat format;
    const char *label;
} maps[3] = {
    {GPU_SRGBA8, "tiles: colour"}, {GPU_RGBA8, "tiles: shape"}, {GPU_RG8, "tiles: extra"}};

NODISCARD static Status make_buffers(Pages *pages, Gpu *gpu)
{
    size_t vertices = (size_t)pages->held_slots * MESH_PAGE_MAX_VERTICES;
    size_t indices = (size_t)pages->held_slots * MESH_PAGE_MAX_TRIANGLES * 3;
    pages->vertices =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                              .size_bytes = vertices * sizeof(MeshVertex),
                                              .label = "page vertices"});
    pages->surfaces =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                              .size_bytes = vertices * sizeof(MeshSurface),
                                              .label = "page surfaces"});
    pages->indices =
        gpu_make_buffer(gpu, &(GpuBufferDesc){.kind = GPU_INDICES,
                                              .size_bytes = indices * sizeof(uint16_t),
                                              .label = "page indices"});
    bool is_good = pages->vertices.id && pages->surfaces.id && pages->indices.id;
    return is_good ? OK : fault_last()->status;
}

NODISCARD static Status make_table(Pages *pages, Gpu *gpu)
{
    static const uint8_t nothing[4] = {255, 255, 255, 255};
    pages->table = gpu_make_texture(
        gpu,
        &(GpuTextureDesc){.format = GPU_RGBA32F,
                          .width = 2 * TABLE_SLOTS,
                          .height = (int)(pages->slot_count + TABLE_SLOTS - 1) / TABLE_SLOTS,
                          .is_nearest = true,
                          .label = "page slots"});
    pages->no_map = gpu_make_texture(gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                                            .width = 1,
                                                            .height = 1,
                                                            .pixels = nothing,
                                                            .label = "no tiles"});
    return pages->table.id && pages->no_map.id ? OK : fault_last()->status;
}

Status pages_make(Render *render, const RenderDesc *desc)
{
    Gpu *gpu = render->gpu;
    Pages *pages = &render->pages;
    // A software driver's memory is ours, and it writes zeroes into all of it.
    bool is_software = gpu_info(gpu).is_software;
    pages->slot_count = desc->slot_count ? desc->slot_count : DEFAULT_SLOTS;
    pages->held_slots =
        is_software ? MIN(pages->slot_count, (uint32_t)FIRST_SLOTS) : pages->slot_count;
    pages->slots = ARENA_ARRAY(render->arena, PageSlot, pages->slot_count);
    pages->limit_bytes = desc->memory_bytes ? desc->memory_bytes : UINT64_MAX;
    pages->layer_count = desc->layer_count ? desc->layer_count : DEFAULT_LAYERS;
    pages->chunk_layers = is_software ? SMALL_CHUNK : CHUNK_LAYERS;
    pages->chunk_count = (pages->layer_count + pages->chunk_layers - 1) / pages->chunk_layers;
    pages->chunks = ARENA_ARRAY(render->arena, TileChunk, pages->chunk_count);
    TRY(make_buffers(pages, gpu));
    return make_table(pages, gpu);
}

void pages_drop(Render *render)
{
    Gpu *gpu = render->gpu;
    Pages *pages = &render->pages;
    gpu_drop_buffer(gpu, pages->vertices);
    gpu_drop_buffer(gpu, pages->surfaces);
    gpu_drop_buffer(gpu, pages->indices);
    gpu_drop_texture(gpu, pages->table);
    gpu_drop_texture(gpu, pages->no_map);
    for (uint32_t i = 0; i < pages->chunk_count && pages->chunks; i++)
        for (size_t map = 0; map < COUNT_OF(maps); map++)
            gpu_drop_texture(gpu, pages->chunks[i].maps[map]);
}

uint32_t render_slot_count(const Render *render)
{
    return render->pages.slot_count;
}

// ---- uploads

// The square is near enough to the display's curve.
static float share_of(const uint8_t color[3])
{
    float red = (float)color[0] / 255, green = (float)color[1] / 255,
          blue = (float)color[2] / 255;
    return 0.2126f * red * red + 0.7152f * green * green + 0.0722f * blue * blue;
}

static float mean_share(const MeshPage *page, const SurfaceTile *tile)
{
    float sum = 0;
    uint32_t count = 0;
    if (tile && tile->color) {
        uint32_t texels = tile->rows * SURFACE_TILE_WIDTH;
        for (uint32_t i = 0; i < texels; i += SHARE_TEXELS, count++)
            sum += share_of(tile->color[i]);
    } else if (tile) {
        return 1;
    } else if (page->surfaces) {
        for (; count < page->vertex_count; count++)
            sum += share_of(page->surfaces[count].color);
    }
    return count ? sum / (float)count : 0;
}

// Makes room for a slot, and for as many again as there are.
static bool hold_slot(Pages *pages, Gpu *gpu, uint32_t slot)
{
    uint32_t held = pages->held_slots;
    while (held <= slot)
        held = MIN(held * 2, pages->slot_count);
    if (held == pages->held_slots)
        return true;
    size_t vertices = (size_t)held * MESH_PAGE_MAX_VERTICES;
    size_t indices = (size_t)held * MESH_PAGE_MAX_TRIANGLES * 3;
    bool is_good = gpu_grow_buffer(gpu, pages->vertices, vertices * sizeof(MeshVertex)) &&
                   gpu_grow_buffer(gpu, pages->surfaces, vertices * sizeof(MeshSurface)) &&
                   gpu_grow_buffer(gpu, pages->indices, indices * sizeof(uint16_t));
    if (is_good)
        pages->held_slots = held;
    return is_good;
}

// The memory was divided for colour and shape only.
static bool may_hold_extra(Pages *pages, const Gpu *gpu)
{
    GpuMemory memory = gpu_memory(gpu);
    uint64_t more = (uint64_t)pages->chunk_layers * MESH_TILE_WIDTH * MESH_TILE_MAX_ROWS * 2;
    bool is_room = memory.buffer_bytes + memory.texture_bytes + more <= pages->limit_bytes;
    if (!is_room && !pages->has_left_out)
        LOG_DEBUG_LINE("no memory for what tiles say of glow and relief: it is left out");
    pages->has_left_out |= !is_room;
    return is_room;
}

static bool hold_map(const Pages *pages, Gpu *gpu, uint32_t chunk, size_t map)
{
    GpuTexture *texture = &pages->chunks[chunk].maps[map];
    if (texture->id)
        return true;
    // Light is what to blend, but software drivers blend plain bytes twice as fast.
    bool is_plain = map == 0 && gpu_info(gpu).is_software;
    uint32_t left = pages->layer_count - chunk * pages->chunk_layers;
    *texture = gpu_make_texture(
        gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                               .format = is_plain ? GPU_RGBA8 : maps[map].format,
                               .width = MESH_TILE_WIDTH,
                               .height = MESH_TILE_MAX_ROWS,
                               .depth = (int)MIN(left, pages->chunk_layers),
                               .label = maps[map].label});
    return texture->id != 0;
}

static bool write_tile(Render *render, const RenderTile *tile)
{
    const SurfaceTile *texels = tile->texels;
    Pages *pages = &render->pages;
    const void *planes[3] = {texels->color, texels->shape, texels->extra};
    uint32_t chunk = tile->place.layer / pages->chunk_layers;
    ASSERT(tile->place.layer < pages->layer_count &&
           texels->rows <= (uint32_t)tile->place.unit_count * MESH_TILE_ROW_STEP);
    for (size_t map = 0; map < COUNT_OF(maps); map++) {
        bool is_held = pages->chunks[chunk].maps[map].id;
        if (!planes[map] || (map == 2 && !is_held && !may_hold_extra(pages, render->gpu)))
            continue;
        if (!hold_map(pages, render->gpu, chunk, map))
            return false;
        gpu_write_texture(
            render->gpu, pages->chunks[chunk].maps[map],
            &(GpuTextureWrite){.y = tile->place.first_unit * MESH_TILE_ROW_STEP,
                               .z = (int)(tile->place.layer % pages->chunk_layers),
                               .width = SURFACE_TILE_WIDTH,
                               .height = (int)texels->rows,
                               .pixels = planes[map]});
    }
    return true;
}

static void write_geometry(Render *render, uint32_t slot, const MeshPage *page)
{
    const Pages *pages = &render->pages;
    size_t first_vertex = (size_t)slot * MESH_PAGE_MAX_VERTICES;
    size_t first_index = (size_t)slot * MESH_PAGE_MAX_TRIANGLES * 3;
    const void *second = page->surfaces ? (const void *)page->surfaces : page->texels;
    gpu_write_buffer(render->gpu, pages->vertices, first_vertex * sizeof(MeshVertex),
                     page->vertices, page->vertex_count * sizeof(MeshVertex));
    if (second)
        gpu_write_buffer(render->gpu, pages->surfaces, first_vertex * sizeof(MeshSurface),
                         second, page->vertex_count * sizeof(MeshSurface));
    gpu_write_buffer(render->gpu, pages->indices, first_index * sizeof(uint16_t), page->indices,
                     page->index_count * sizeof(uint16_t));
}

static bool glows(const Pages *pages, const RenderTile *place)
{
    const SurfaceTile *tile = place->texels;
    const TileChunk *chunk = &pages->chunks[place->place.layer / pages->chunk_layers];
    return chunk->maps[2].id && tile->extra &&
           (tile->maps & 1u << SURFACE_EMISSION || tile->flat_extra[0]);
}

static void write_table(Render *render, uint32_t slot, const MeshPage *page,
                        const RenderTile *tile)
{
    float entry[2][4] = {
        {page->origin_m[0], page->origin_m[1], page->origin_m[2], page->step_m}};
    if (tile) {
        entry[1][0] = (float)(tile->place.first_unit * MESH_TILE_ROW_STEP);
        entry[1][1] = (float)(tile->place.layer % render->pages.chunk_layers);
        entry[1][2] = tile->texels->maps & 1u << SURFACE_NORMAL ? 1 : 0;
        entry[1][3] = glows(&render->pages, tile) ? 1 : 0;
    }
    gpu_write_texture(render->gpu, render->pages.table,
                      &(GpuTextureWrite){.x = (int)(slot % TABLE_SLOTS) * 2,
                                         .y = (int)(slot / TABLE_SLOTS),
                                         .width = 2,
                                         .height = 1,
                                         .pixels = entry});
}

void render_upload_page(Render *render, uint32_t slot, const MeshPage *page,
                        const RenderTile *tile)
{
    Pages *pages = &render->pages;
    ASSERT(slot < pages->slot_count && page->vertex_count <= MESH_PAGE_MAX_VERTICES &&
           page->index_count <= MESH_PAGE_MAX_TRIANGLES * 3);
    ASSERT(!tile == !page->texels && (!tile || tile->texels->shape));
    PageSlot *entry = &pages->slots[slot];
    if (!hold_slot(pages, render->gpu, slot) || (tile && !write_tile(render, tile))) {
        log_fault(LOG_ERROR, "a page is not shown");
        return;
    }
    write_geometry(render, slot, page);
    write_table(render, slot, page, tile);
    entry->share = mean_share(page, tile ? tile->texels : NULL);
    entry->chunk = tile ? (uint16_t)(tile->place.layer / pages->chunk_layers + 1) : 0;
    entry->glows = tile && glows(pages, tile);
    entry->version++;
}
