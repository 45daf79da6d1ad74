// sculpture.c: one sculpture's bytes, from a reader to structs.

#include "stream/sculpture.h"

#include "io/vfs.h"

#include <string.h>

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
    return (SculptureReader){.read_range = vfs_read_part, .size = vfs_read_size};
}

// ---- the graph

NODISCARD static Status read_graph(const SculptureSource *source, uint64_t offset,
                                   uint64_t size_bytes, Arena *arena, Bytes *out)
{
    return source->reader.read_range(source->reader.context, source->graph_path, offset,
                                     (size_t)size_bytes, arena, out);
}

// What is wrong with bytes says nothing of where they came from.
NODISCARD static Status about_graph(const SculptureSource *source, Status status)
{
    return status ? fault_prefix(status, "%s", source->graph_path) : OK;
}

NODISCARD static Status read_head(const SculptureSource *source, Arena *temporary, Arena *arena,
                                  MeshGraph *out)
{
    const SculptureReader *reader = &source->reader;
    MeshSizes sizes;
    uint64_t size;
    Bytes bytes;
    TRY(reader->size(reader->context, source->graph_path, &sizes.graph_bytes));
    TRY(reader->size(reader->context, source->pages_path, &sizes.pages_bytes));
    TRY(read_graph(source, 0, MIN(sizes.graph_bytes, (uint64_t)MESH_HEADER_BYTES), temporary,
                   &bytes));
    TRY(about_graph(source, mesh_head_bytes(bytes, &size)));
    if (size > SCULPTURE_MAX_HEAD_BYTES || size > sizes.graph_bytes)
        return FAIL(ERR_LIMIT, "%s: its head needs %llu bytes, of %llu; the limit is %d",
                    source->graph_path, (unsigned long long)size,
                    (unsigned long long)sizes.graph_bytes, SCULPTURE_MAX_HEAD_BYTES);
    TRY(read_graph(source, 0, size, temporary, &bytes));
    return about_graph(source, mesh_parse_head(bytes, &sizes, arena, out));
}

NODISCARD static Status read_block(const SculptureSource *source, const MeshGraph *graph,
                                   uint32_t index, Arena *arena, MeshTable *out)
{
    const MeshBlock *block = &graph->blocks[index];
    Bytes bytes;
    TRY(read_graph(source, block->offset, block->size_bytes, arena, &bytes));
    return about_graph(source, mesh_parse_block(graph, index, bytes, arena, out));
}

NODISCARD static Status read_root_blocks(const SculptureSource *source, Cancel *cancel,
                                         Arena *temporary, MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->block_count; i++) {
        if (graph->blocks[i].first_group >= graph->root_count)
            break;
        MeshTable table;
        TRY(cancel_check(cancel));
        TRY(read_block(source, graph, i, temporary, &table));
        mesh_add_block(graph, &table);
    }
    return OK;
}

static void prepare(Sculpture *sculpture, Arena *arena)
{
    const MeshGraph *graph = &sculpture->graph;
    sculpture->state = cut_make_state(graph, arena);
    sculpture->pages = ARENA_RESERVE(arena, CutPage, graph->page_count);
    sculpture->broken_blocks = ARENA_ARRAY(arena, bool, graph->block_count);
    sculpture->loading_blocks = ARENA_ARRAY(arena, bool, graph->block_count);
    sculpture->root_page_count = graph->groups[graph->root_count - 1].page + 1;
    sculpture->table_bytes = graph->blocks[0].offset;
    for (uint32_t i = 0; i < graph->block_count && graph->blocks[i].is_there; i++)
        sculpture->table_bytes += graph->blocks[i].size_bytes;
}

Status sculpture_load(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    const SculptureSource *source = job->source;
    Sculpture *sculpture = ARENA_NEW(arena, Sculpture);
    Scratch scratch = scratch_begin(arena);
    Status status = read_head(source, scratch.arena, arena, &sculpture->graph);
    if (!status)
        status = read_root_blocks(source, cancel, scratch.arena, &sculpture->graph);
    scratch_end(scratch);
    TRY(status);
    prepare(sculpture, arena);
    *out_blob = sculpture;
    return OK;
}

Status sculpture_load_block(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    const SculptureSource *source = job->source;
    MeshTable *table = ARENA_NEW(arena, MeshTable);
    TRY(cancel_check(cancel));
    TRY(read_block(source, source->graph, job->item, arena, table));
    *out_blob = table;
    return OK;
}

// ---- pages

NODISCARD static Status load_tile(const MeshGraph *graph, const MeshPageRange *range,
                                  Bytes tile, Arena *arena, TilePlanes *out)
{
    SurfaceTile decoded;
    TRY(surface_parse(tile, arena, &decoded));
    // Its room was taken for what the graph says of it.
    if (decoded.rows != range->tile_rows || decoded.maps != range->tile_maps)
        return FAIL(ERR_CORRUPT, "a page's tile has %u rows and maps %x; its graph says %u, %x",
                    decoded.rows, decoded.maps, range->tile_rows, range->tile_maps);
    *out = tile_planes_take(&decoded, graph->has_surface);
    return OK;
}

static size_t measure_upload(const SculpturePage *page)
{
    size_t texels = (size_t)page->tile.rows * SURFACE_TILE_WIDTH;
    bool has_second = page->mesh.surfaces || page->mesh.texels;
    return page->mesh.vertex_count *
               (sizeof(MeshVertex) + (has_second ? sizeof(MeshSurface) : 0)) +
           page->mesh.index_count * sizeof(uint16_t) +
           texels * tile_texel_bytes(page->tile.brings);
}

static Status parse_page(const LoaderJob *job, Bytes bytes, Cancel *cancel, Arena *arena,
                         SculpturePage *out)
{
    const SculptureSource *source = job->source;
    TRY(mesh_parse_page(source->graph, job->item, bytes, arena, &out->mesh));
    TRY(cancel_check(cancel));
    if (out->mesh.tile.len)
        TRY(load_tile(source->graph, &source->graph->pages[job->item], out->mesh.tile, arena,
                      &out->tile));
    facing_sort(&out->mesh, out->facing);
    pick_measure_texels(&out->mesh, out->texel_m); // in the order that sorting left
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
