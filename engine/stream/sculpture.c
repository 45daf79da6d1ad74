// sculpture.c: one sculpture's bytes, from a reader to structs.

#include "stream/sculpture.h"

#include "io/vfs.h"
#include "stream/tile_pool.h"

#include <string.h>

static Status vfs_read_whole(const void *context, const char *path, size_t limit_bytes,
                             Arena *arena, Bytes *out)
{
    (void)context;
    return vfs_read(path, limit_bytes, arena, out);
}

static Status vfs_read_part(const void *context, const char *path, uint64_t offset,
                            size_t size_bytes, Arena *arena, Bytes *out)
{
    (void)context;
    return vfs_read_range(path, offset, size_bytes, arena, out);
}

static Status vfs_read_size(const void *context, const char *path, uint64_t *out_bytes)
{
    (void)context;
    return vfs_size(path, out_bytes);
}

SculptureReader sculpture_vfs_reader(void)
{
    return (SculptureReader){
        .read_whole = vfs_read_whole, .read_range = vfs_read_part, .size = vfs_read_size};
}

static void find_root_pages(Sculpture *sculpture, Arena *arena)
{
    const MeshGraph *graph = &sculpture->graph;
    sculpture->is_root_page = ARENA_ARRAY(arena, bool, graph->page_count);
    for (uint32_t root = 0; root < graph->root_count; root++) {
        bool *is_root_page = &sculpture->is_root_page[graph->groups[root].page];
        sculpture->root_page_count += !*is_root_page;
        *is_root_page = true;
    }
}

static void measure_tiles(Sculpture *sculpture, Arena *arena)
{
    const MeshGraph *graph = &sculpture->graph;
    sculpture->tile_units = ARENA_ARRAY(arena, uint8_t, graph->page_count);
    for (uint32_t i = 0; i < graph->page_count; i++)
        sculpture->tile_units[i] = (uint8_t)tile_pool_units(graph->pages[i].tile_rows);
}

static Status read_graph(const SculptureSource *source, Cancel *cancel, Arena *arena,
                         MeshGraph *out)
{
    const SculptureReader *reader = &source->reader;
    uint64_t pages_size_bytes;
    TRY(reader->size(reader->context, source->pages_path, &pages_size_bytes));
    Scratch scratch = scratch_begin(arena);
    Bytes bytes;
    Status status = reader->read_whole(reader->context, source->graph_path,
                                       SCULPTURE_MAX_GRAPH_BYTES, scratch.arena, &bytes);
    if (status)
        goto done;
    status = cancel_check(cancel);
    if (status)
        goto done;
    status = mesh_parse_graph(bytes, pages_size_bytes, arena, out);
    if (status)
        fault_prefix(status, "%s", source->graph_path);
done:
    scratch_end(scratch);
    return status;
}

Status sculpture_load(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    Sculpture *sculpture = ARENA_NEW(arena, Sculpture);
    TRY(read_graph(job->source, cancel, arena, &sculpture->graph));
    sculpture->state = cut_make_state(&sculpture->graph, arena);
    sculpture->pages = ARENA_ARRAY(arena, CutPage, sculpture->graph.page_count);
    find_root_pages(sculpture, arena);
    measure_tiles(sculpture, arena);
    *out_blob = sculpture;
    return OK;
}

// A plane of which all texels are the same is left out only where that means nothing.
static void fill_plane(uint8_t *plane, const uint8_t *flat, size_t channels, size_t count)
{
    for (size_t i = 0; i < count; i++)
        memcpy(plane + i * channels, flat, channels);
}

static void complete_planes(SurfaceTile *tile, Arena *arena)
{
    SurfaceTile silent = surface_tile_default();
    size_t count = (size_t)tile->rows * SURFACE_TILE_WIDTH;
    if (!tile->color && memcmp(tile->flat_color, silent.flat_color, 4) != 0) {
        tile->color = arena_alloc_raw(arena, count * 4, 64);
        fill_plane(tile->color[0], tile->flat_color, 4, count);
    }
    if (!tile->shape && memcmp(&tile->flat_shape[2], &silent.flat_shape[2], 2) != 0) {
        tile->shape = arena_alloc_raw(arena, count * 4, 64);
        fill_plane(tile->shape[0], tile->flat_shape, 4, count);
    }
    if (!tile->extra && tile->flat_extra[0] != silent.flat_extra[0]) {
        tile->extra = arena_alloc_raw(arena, count * 2, 64);
        fill_plane(tile->extra[0], tile->flat_extra, 2, count);
    }
}

static Status load_tile(const MeshPage *page, Arena *arena, SurfaceTile *out)
{
    TRY(surface_parse(page->tile, arena, out));
    if (out->rows != page->tile_rows)
        return FAIL(ERR_CORRUPT, "a page's tile has %u rows; its graph says %u", out->rows,
                    page->tile_rows);
    complete_planes(out, arena);
    return OK;
}

static size_t measure_upload(const SculpturePage *page)
{
    size_t texels = (size_t)page->tile.rows * SURFACE_TILE_WIDTH;
    bool has_second = page->mesh.surfaces || page->mesh.texels;
    return page->mesh.vertex_count *
               (sizeof(MeshVertex) + (has_second ? sizeof(MeshSurface) : 0)) +
           page->mesh.index_count * sizeof(uint16_t) +
           texels * ((page->tile.color ? 4u : 0) + (page->tile.shape ? 4u : 0) +
                     (page->tile.extra ? 2u : 0));
}

static Status parse_page(const LoaderJob *job, Bytes bytes, Cancel *cancel, Arena *arena,
                         SculpturePage *out)
{
    const SculptureSource *source = job->source;
    TRY(mesh_parse_page(source->graph, job->item, bytes, arena, &out->mesh));
    TRY(cancel_check(cancel));
    if (out->mesh.tile.len)
        TRY(load_tile(&out->mesh, arena, &out->tile));
    out->upload_bytes = measure_upload(out);
    return OK;
}

Status sculpture_load_page(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    const SculptureSource *source = job->source;
    const MeshPageRange *range = &source->graph->pages[job->item];
    SculpturePage *page = ARENA_NEW(arena, SculpturePage);
    Bytes bytes;
    TRY(source->reader.read_range(source->reader.context, source->pages_path, range->offset,
                                  range->size_bytes, arena, &bytes));
    TRY(cancel_check(cancel));
    Status status = parse_page(job, bytes, cancel, arena, page);
    if (status == ERR_CANCELLED)
        return status;
    if (status)
        return fault_prefix(status, "%s", source->pages_path);
    *out_blob = page;
    return OK;
}
