// sculpture.c: one sculpture's bytes, from a reader to structs.

#include "stream/sculpture.h"

#include "io/vfs.h"
#include "stream/tile_pool.h"

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
    sculpture->shape = cut_make_shape(&sculpture->graph, arena);
    sculpture->state = cut_make_state(&sculpture->graph, arena);
    sculpture->pages = ARENA_ARRAY(arena, CutPage, sculpture->graph.page_count);
    find_root_pages(sculpture, arena);
    measure_tiles(sculpture, arena);
    *out_blob = sculpture;
    return OK;
}

Status sculpture_load_page(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    const SculptureSource *source = job->source;
    const MeshPageRange *range = &source->graph->pages[job->item];
    MeshPage *page = ARENA_NEW(arena, MeshPage);
    Bytes bytes;
    TRY(source->reader.read_range(source->reader.context, source->pages_path, range->offset,
                                  range->size_bytes, arena, &bytes));
    TRY(cancel_check(cancel));
    Status status = mesh_parse_page(source->graph, job->item, bytes, arena, page);
    if (status)
        return fault_prefix(status, "%s", source->pages_path);
    *out_blob = page;
    return OK;
}
