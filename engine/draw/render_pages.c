// render_pages.c: sculptures' pages on the GPU: slots of geometry, and layers of tiles in
// chunks.
//
// The table says of each slot, in two texels: origin and step; the tile's first row, its layer
// within the chunk, whether it brings normals.

#include "draw/render_parts.h"

#include "base/log.h"

#include <string.h>

enum {
    FIRST_SLOTS = 64,
    DEFAULT_SLOTS = 512,
    TABLE_SLOTS = 64,    // a row of the table
    SHARE_TEXELS = 1021, // between two that are looked at
};

enum { PLANE_COLOR, PLANE_SHAPE, PLANE_GLOW, PLANE_COUNT };

static const char *const plane_labels[PLANE_COUNT] = {"tiles: colour", "tiles: shape",
                                                      "tiles: glow"};

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
    pages->no_plane = gpu_make_texture(gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                                              .width = 1,
                                                              .height = 1,
                                                              .pixels = nothing,
                                                              .label = "no tiles"});
    return pages->table.id && pages->no_plane.id ? OK : fault_last()->status;
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
    pages->batches = ARENA_ARRAY(render->arena, TileBatch, (size_t)pages->slot_count + 1);
    pages->batch_count = 1;
    TRY(make_buffers(pages, gpu));
    return make_table(pages, gpu);
}

static void drop_planes(Gpu *gpu, TileChunk *chunk)
{
    for (int plane = 0; plane < PLANE_COUNT; plane++) {
        gpu_drop_texture(gpu, chunk->planes[plane]);
        chunk->planes[plane] = (GpuTexture){0};
    }
}

void pages_drop(Render *render)
{
    Gpu *gpu = render->gpu;
    Pages *pages = &render->pages;
    gpu_drop_buffer(gpu, pages->vertices);
    gpu_drop_buffer(gpu, pages->surfaces);
    gpu_drop_buffer(gpu, pages->indices);
    gpu_drop_texture(gpu, pages->table);
    gpu_drop_texture(gpu, pages->no_plane);
    for (uint32_t i = 0; i < pages->chunk_count; i++)
        drop_planes(gpu, &pages->chunks[i]);
}

uint32_t render_slot_count(const Render *render)
{
    return render->pages.slot_count;
}

void render_fit_tiles(Render *render, const TilePool *pool)
{
    Pages *pages = &render->pages;
    if (!pages->chunks) {
        pages->chunk_count = pool->chunk_count;
        pages->chunks = ARENA_ARRAY(render->arena, TileChunk, pool->chunk_count);
    }
    ASSERT(pages->chunk_count == pool->chunk_count);
    for (uint32_t i = 0; i < pages->chunk_count; i++) {
        TileChunk *chunk = &pages->chunks[i];
        const TilePoolChunk *wanted = &pool->chunks[i];
        if (chunk->version == wanted->version && chunk->brings == wanted->brings)
            continue;
        drop_planes(render->gpu, chunk);
        *chunk = (TileChunk){.version = wanted->version,
                             .brings = wanted->brings,
                             .layer_count = wanted->layer_count};
    }
}

// ---- uploads

// The square is near enough to the display's curve.
static float share_of(const uint8_t color[3])
{
    float red = (float)color[0] / 255, green = (float)color[1] / 255,
          blue = (float)color[2] / 255;
    return 0.2126f * red * red + 0.7152f * green * green + 0.0722f * blue * blue;
}

static float mean_share(const MeshPage *page, const TilePlanes *tile)
{
    float sum = 0;
    uint32_t count = 0;
    if (tile && tile->color) {
        uint32_t texels = tile->rows * SURFACE_TILE_WIDTH;
        for (uint32_t i = 0; i < texels; i += SHARE_TEXELS, count++)
            sum += share_of(tile->color + (size_t)i * 4);
    } else if (tile) {
        return share_of(tile->flat_color);
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

static GpuFormat plane_format(const Gpu *gpu, uint32_t brings, int plane)
{
    // Light is what to blend, but software drivers blend plain bytes twice as fast.
    if (plane == PLANE_COLOR)
        return gpu_info(gpu).is_software ? GPU_RGBA8 : GPU_SRGBA8;
    if (plane == PLANE_SHAPE)
        return brings & TILE_GLOSS ? GPU_RGBA8 : GPU_RG8;
    return GPU_R8;
}

static bool hold_plane(Gpu *gpu, TileChunk *chunk, int plane)
{
    if (!chunk->planes[plane].id)
        chunk->planes[plane] = gpu_make_texture(
            gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                   .format = plane_format(gpu, chunk->brings, plane),
                                   .width = MESH_TILE_WIDTH,
                                   .height = MESH_TILE_MAX_ROWS,
                                   .depth = chunk->layer_count,
                                   .label = plane_labels[plane]});
    return chunk->planes[plane].id != 0;
}

static bool write_tile(Render *render, const RenderTile *tile)
{
    const TilePlanes *from = tile->planes;
    const void *planes[PLANE_COUNT] = {from->color, from->shape, from->glow};
    if (!from->brings)
        return true;
    TileChunk *chunk = &render->pages.chunks[tile->place.chunk];
    ASSERT(tile->place.chunk < render->pages.chunk_count && chunk->brings == from->brings &&
           tile->place.layer < chunk->layer_count &&
           from->rows <= (uint32_t)tile->place.unit_count * MESH_TILE_ROW_STEP);
    for (int plane = 0; plane < PLANE_COUNT; plane++) {
        if (!planes[plane])
            continue;
        if (!hold_plane(render->gpu, chunk, plane))
            return false;
        gpu_write_texture(render->gpu, chunk->planes[plane],
                          &(GpuTextureWrite){.y = tile->place.first_unit * MESH_TILE_ROW_STEP,
                                             .z = tile->place.layer,
                                             .width = SURFACE_TILE_WIDTH,
                                             .height = (int)from->rows,
                                             .pixels = planes[plane]});
    }
    return true;
}

// ---- batches

static bool is_same_batch(const TileBatch *a, const TileBatch *b)
{
    return a->chunk == b->chunk && a->glows == b->glows &&
           !memcmp(a->flat_color, b->flat_color, sizeof a->flat_color) &&
           !memcmp(a->flat_kind, b->flat_kind, sizeof a->flat_kind);
}

static uint16_t join_batch(Pages *pages, const RenderTile *tile)
{
    const TilePlanes *planes = tile->planes;
    TileBatch batch = {.chunk = planes->brings ? tile->place.chunk : UINT16_MAX,
                       .glows = planes->glow || planes->flat_kind[2]};
    memcpy(batch.flat_color, planes->flat_color, sizeof batch.flat_color);
    memcpy(batch.flat_kind, planes->flat_kind, sizeof batch.flat_kind);
    uint32_t found = 0;
    for (uint32_t i = pages->batch_count - 1; i > 0; i--) {
        const TileBatch *held = &pages->batches[i];
        if (!held->page_count || is_same_batch(held, &batch))
            found = i;
        if (held->page_count && found == i)
            break;
    }
    if (!found)
        found = pages->batch_count++;
    batch.page_count = pages->batches[found].page_count + 1;
    pages->batches[found] = batch;
    return (uint16_t)found;
}

static void leave_batch(Pages *pages, PageSlot *slot)
{
    if (slot->batch)
        pages->batches[slot->batch].page_count--;
    slot->batch = 0;
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

static void write_table(Render *render, uint32_t slot, const MeshPage *page,
                        const RenderTile *tile)
{
    float entry[2][4] = {
        {page->origin_m[0], page->origin_m[1], page->origin_m[2], page->step_m}};
    entry[1][3] = page->surfaces || page->texels ? 1 : 0;
    if (tile) {
        entry[1][0] = (float)(tile->place.first_unit * MESH_TILE_ROW_STEP);
        entry[1][1] = (float)tile->place.layer;
        entry[1][2] = tile->planes->brings & TILE_NORMAL ? 1 : 0;
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
    ASSERT(!tile == !page->texels);
    PageSlot *entry = &pages->slots[slot];
    leave_batch(pages, entry);
    if (!hold_slot(pages, render->gpu, slot) || (tile && !write_tile(render, tile))) {
        log_fault(LOG_ERROR, "a page is not shown");
        return;
    }
    write_geometry(render, slot, page);
    write_table(render, slot, page, tile);
    entry->share = mean_share(page, tile ? tile->planes : NULL);
    entry->batch = tile ? join_batch(pages, tile) : 0;
    entry->version++;
}
