// mesh.c: the graph of a sculpture as a whole; its blocks are in mesh_table.c, its pages in
// mesh_page.c.

#include "data/mesh.h"

#include "data/bytes.h"
#include "data/mesh_table.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

enum {
    GRAPH_VERSION = 6,
    GRAPH_LEVEL_BYTES = 16,
    GRAPH_BLOCK_BYTES = 24,
    GRAPH_FLAG_SURFACE = 1,
};

static const char GRAPH_MAGIC[8] = "vtrgraph";
static const float GRID_MAX_STEPS = 16777216.0f; // floats count exactly up to here

// ---- checks

// False for NaN too.
static bool are_coordinates(const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!(fabsf(values[i]) <= 2.0f * MESH_MAX_COORDINATE_M))
            return false;
    }
    return true;
}

static bool is_grid_exact(const MeshGraph *graph)
{
    int exponent;
    if (!(graph->step_m > 0.0f) || !(graph->step_m <= MESH_MAX_COORDINATE_M) ||
        frexpf(graph->step_m, &exponent) != 0.5f)
        return false;
    for (int axis = 0; axis < 3; axis++) {
        float steps = graph->origin_m[axis] / graph->step_m;
        if (!(fabsf(steps) <= GRID_MAX_STEPS) || steps != rintf(steps))
            return false;
    }
    return true;
}

static bool are_texels(const MeshGraph *graph)
{
    return graph->texel_min_m >= 0.0f && graph->texel_min_m <= graph->texel_median_m &&
           graph->texel_median_m <= graph->texel_p95_m &&
           graph->texel_p95_m <= MESH_MAX_COORDINATE_M;
}

NODISCARD static Status check_header(const MeshGraph *graph)
{
    if (!are_coordinates(graph->low_m, 3) || !are_coordinates(graph->high_m, 3) ||
        graph->low_m[0] > graph->high_m[0] || graph->low_m[1] > graph->high_m[1] ||
        graph->low_m[2] > graph->high_m[2])
        return FAIL(ERR_CORRUPT, "the mesh's box is not a box");
    if (!is_grid_exact(graph))
        return FAIL(ERR_CORRUPT,
                    "the mesh's grid is not exact: its step must be a power of two");
    if (!are_coordinates(&graph->median_edge_m, 1) || graph->median_edge_m < 0.0f)
        return FAIL(ERR_CORRUPT, "the mesh's median edge is not a length");
    if (!are_texels(graph))
        return FAIL(ERR_CORRUPT, "the mesh's texels are not lengths from small to large");
    if (graph->group_count > MESH_MAX_GROUPS || graph->page_count > graph->group_count ||
        graph->block_count > graph->page_count || graph->level_count > MESH_MAX_LEVELS)
        return FAIL(ERR_LIMIT, "the mesh claims %u groups, %u pages, %u blocks, %u levels",
                    graph->group_count, graph->page_count, graph->block_count,
                    graph->level_count);
    if (graph->root_count == 0 || graph->root_count > graph->group_count ||
        graph->block_count == 0 || graph->level_count == 0)
        return FAIL(ERR_CORRUPT, "the mesh has %u roots among %u groups, %u blocks, %u levels",
                    graph->root_count, graph->group_count, graph->block_count,
                    graph->level_count);
    return OK;
}

NODISCARD static Status check_block_counts(const MeshBlock *block, uint32_t index)
{
    if (block->group_count == 0 || block->group_count > MESH_BLOCK_MAX_GROUPS ||
        block->page_count == 0 || block->page_count > block->group_count ||
        block->child_count > block->group_count * MESH_GROUP_MAX_CLUSTERS)
        return FAIL(ERR_LIMIT, "block %u claims %u groups, %u pages and %u children", index,
                    block->group_count, block->page_count, block->child_count);
    if (block->pages_size_bytes > (uint64_t)block->page_count * MESH_PAGE_MAX_BYTES)
        return FAIL(ERR_LIMIT, "block %u claims %llu bytes for %u pages", index,
                    (unsigned long long)block->pages_size_bytes, block->page_count);
    return OK;
}

// The counts that are summed up stay below 2^32: groups and pages are checked one by one.
NODISCARD static Status check_blocks(const MeshGraph *graph, const MeshSizes *sizes)
{
    uint64_t groups = 0, pages = 0;
    for (uint32_t i = 0; i < graph->block_count; i++) {
        TRY(check_block_counts(&graph->blocks[i], i));
        groups += graph->blocks[i].group_count;
        pages += graph->blocks[i].page_count;
    }
    if (groups != graph->group_count || pages != graph->page_count)
        return FAIL(ERR_CORRUPT, "the blocks hold %llu groups of %u and %llu pages of %u",
                    (unsigned long long)groups, graph->group_count, (unsigned long long)pages,
                    graph->page_count);
    const MeshBlock *last = &graph->blocks[graph->block_count - 1];
    if (last->offset + last->size_bytes != sizes->graph_bytes)
        return FAIL(ERR_CORRUPT, "mesh graph is %llu bytes; its blocks need %llu",
                    (unsigned long long)sizes->graph_bytes,
                    (unsigned long long)(last->offset + last->size_bytes));
    if (last->pages_offset + last->pages_size_bytes != sizes->pages_bytes)
        return FAIL(ERR_CORRUPT, "the pages take %llu bytes, but there are %llu",
                    (unsigned long long)(last->pages_offset + last->pages_size_bytes),
                    (unsigned long long)sizes->pages_bytes);
    return OK;
}

// ---- what no block knows alone

NODISCARD static Status check_parents(const MeshGraph *graph)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t *counted = ARENA_ARRAY(scratch.arena, uint32_t, graph->group_count);
    for (uint32_t i = 0; i < graph->child_count; i++)
        counted[graph->children[i]]++;
    Status status = OK;
    for (uint32_t i = 0; i < graph->group_count && !status; i++)
        if (counted[i] != graph->groups[i].parent_count)
            status = FAIL(ERR_CORRUPT, "group %u claims %u parents; it is a child of %u", i,
                          graph->groups[i].parent_count, counted[i]);
    scratch_end(scratch);
    return status;
}

NODISCARD static Status check_children(const MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->group_count; i++) {
        const MeshGroup *group = &graph->groups[i];
        float finer_error_m = 0.0f;
        for (uint32_t k = 0; k < group->child_count; k++) {
            uint32_t child = graph->children[group->first_child + k];
            TRY(mesh_check_child(group, &graph->groups[child], (uint32_t[]){i, child}));
            finer_error_m = MAX(finer_error_m, graph->groups[child].error_m);
        }
        if (group->finer_error_m != finer_error_m)
            return FAIL(ERR_CORRUPT,
                        "group %u claims that its children err by %g m; they do by %g", i,
                        (double)group->finer_error_m, (double)finer_error_m);
    }
    return OK;
}

NODISCARD static Status check_levels(const MeshGraph *graph)
{
    MeshLevel counted[MESH_MAX_LEVELS] = {{0}};
    for (uint32_t i = 0; i < graph->group_count; i++) {
        counted[graph->groups[i].level].group_count++;
        counted[graph->groups[i].level].triangle_count += graph->groups[i].triangle_count;
    }
    for (uint32_t i = 0; i < graph->level_count; i++) {
        const MeshLevel *level = &graph->levels[i];
        if (level->group_count != counted[i].group_count ||
            level->triangle_count != counted[i].triangle_count)
            return FAIL(ERR_CORRUPT, "level %u does not have the triangles it claims", i);
    }
    return OK;
}

// ---- reading

static void read_header(BytesReader *reader, MeshGraph *graph)
{
    graph->has_surface = (bytes_get_u32(reader) & GRAPH_FLAG_SURFACE) != 0;
    bytes_get_floats(reader, graph->low_m, 3);
    bytes_get_floats(reader, graph->high_m, 3);
    bytes_get_floats(reader, graph->origin_m, 3);
    bytes_get_floats(reader, &graph->step_m, 1);
    graph->triangle_count = bytes_get_u64(reader);
    graph->vertex_count = bytes_get_u64(reader);
    graph->source_triangle_count = bytes_get_u64(reader);
    bytes_get_floats(reader, &graph->median_edge_m, 1);
    bytes_get_floats(reader, &graph->texel_min_m, 1);
    bytes_get_floats(reader, &graph->texel_median_m, 1);
    bytes_get_floats(reader, &graph->texel_p95_m, 1);
    graph->root_count = bytes_get_u32(reader);
    graph->group_count = bytes_get_u32(reader);
    graph->page_count = bytes_get_u32(reader);
    graph->level_count = bytes_get_u32(reader);
    graph->block_count = bytes_get_u32(reader);
}

static uint64_t head_bytes(const MeshGraph *graph)
{
    return MESH_HEADER_BYTES + (uint64_t)graph->level_count * GRAPH_LEVEL_BYTES +
           (uint64_t)graph->block_count * GRAPH_BLOCK_BYTES + sizeof(uint32_t);
}

static void read_directory(BytesReader *reader, MeshGraph *graph)
{
    MeshBlock next = {.offset = head_bytes(graph)};
    for (uint32_t i = 0; i < graph->block_count; i++) {
        next.group_count = bytes_get_u32(reader);
        next.page_count = bytes_get_u32(reader);
        next.child_count = bytes_get_u32(reader);
        next.checksum = bytes_get_u32(reader);
        next.pages_size_bytes = bytes_get_u64(reader);
        next.size_bytes = mesh_block_bytes(&next);
        graph->blocks[i] = next;
        next.first_group += next.group_count;
        next.first_page += next.page_count;
        next.first_child += next.child_count;
        next.offset += next.size_bytes;
        next.pages_offset += next.pages_size_bytes;
    }
    graph->child_count = next.first_child;
}

NODISCARD static Status begin_head(Bytes file, BytesReader *reader, MeshGraph *graph)
{
    if (file.len < MESH_HEADER_BYTES || memcmp(file.ptr, GRAPH_MAGIC, sizeof GRAPH_MAGIC) != 0)
        return FAIL(ERR_CORRUPT, "this is not a mesh graph: %zu bytes without its mark",
                    file.len);
    *reader = (BytesReader){file.ptr + sizeof GRAPH_MAGIC};
    uint32_t version = bytes_get_u32(reader);
    if (version != GRAPH_VERSION)
        return FAIL(ERR_UNSUPPORTED, "mesh graph version %u; this program reads version %d",
                    version, GRAPH_VERSION);
    *graph = (MeshGraph){0};
    read_header(reader, graph);
    return check_header(graph);
}

Status mesh_head_bytes(Bytes header, uint64_t *out)
{
    BytesReader reader;
    MeshGraph graph;
    TRY(begin_head(header, &reader, &graph));
    *out = head_bytes(&graph);
    return OK;
}

Status mesh_parse_head(Bytes head, const MeshSizes *sizes, Arena *arena, MeshGraph *out)
{
    BytesReader reader;
    MeshGraph graph;
    TRY(begin_head(head, &reader, &graph));
    if (head_bytes(&graph) != head.len)
        return FAIL(ERR_CORRUPT, "the mesh graph's head is %zu bytes; its tables need %llu",
                    head.len, (unsigned long long)head_bytes(&graph));
    BytesReader tail = {head.ptr + head.len - sizeof(uint32_t)};
    if (bytes_get_u32(&tail) != crc32(0, head.ptr, (uInt)(head.len - sizeof(uint32_t))))
        return FAIL(ERR_CORRUPT, "mesh graph is damaged: its checksum does not match");
    for (uint32_t i = 0; i < graph.level_count; i++) {
        graph.levels[i].triangle_count = bytes_get_u64(&reader);
        graph.levels[i].cluster_count = bytes_get_u32(&reader);
        graph.levels[i].group_count = bytes_get_u32(&reader);
    }
    graph.blocks = ARENA_ARRAY(arena, MeshBlock, graph.block_count);
    read_directory(&reader, &graph);
    TRY(check_blocks(&graph, sizes));
    graph.pages = ARENA_RESERVE(arena, MeshPageRange, graph.page_count);
    graph.groups = ARENA_RESERVE(arena, MeshGroup, graph.group_count);
    graph.children = ARENA_RESERVE(arena, uint32_t, graph.child_count + 1);
    *out = graph;
    return OK;
}

NODISCARD static Status parse_blocks(Bytes file, MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->block_count; i++) {
        const MeshBlock *block = &graph->blocks[i];
        Bytes bytes = {file.ptr + block->offset, block->size_bytes};
        MeshTable table;
        Scratch scratch = scratch_begin(NULL);
        Status status = mesh_parse_block(graph, i, bytes, scratch.arena, &table);
        if (!status)
            mesh_add_block(graph, &table);
        scratch_end(scratch);
        TRY(status);
    }
    return OK;
}

Status mesh_parse_graph(Bytes file, uint64_t pages_size_bytes, Arena *arena, MeshGraph *out)
{
    uint64_t head;
    TRY(mesh_head_bytes(file, &head));
    if (head > file.len)
        return FAIL(ERR_CORRUPT, "mesh graph is %zu bytes; its head needs %llu", file.len,
                    (unsigned long long)head);
    MeshSizes sizes = {file.len, pages_size_bytes};
    MeshGraph graph;
    TRY(mesh_parse_head(bytes_first(file, (size_t)head), &sizes, arena, &graph));
    TRY(parse_blocks(file, &graph));
    TRY(check_parents(&graph));
    TRY(check_children(&graph));
    TRY(check_levels(&graph));
    *out = graph;
    return OK;
}

// ---- writing

static void write_header(BytesWriter *writer, const MeshGraph *graph)
{
    bytes_put_all(writer, GRAPH_MAGIC, sizeof GRAPH_MAGIC);
    bytes_put_u32(writer, GRAPH_VERSION);
    bytes_put_u32(writer, graph->has_surface ? GRAPH_FLAG_SURFACE : 0);
    bytes_put_floats(writer, graph->low_m, 3);
    bytes_put_floats(writer, graph->high_m, 3);
    bytes_put_floats(writer, graph->origin_m, 3);
    bytes_put_floats(writer, &graph->step_m, 1);
    bytes_put_u64(writer, graph->triangle_count);
    bytes_put_u64(writer, graph->vertex_count);
    bytes_put_u64(writer, graph->source_triangle_count);
    bytes_put_floats(writer, &graph->median_edge_m, 1);
    bytes_put_floats(writer, &graph->texel_min_m, 1);
    bytes_put_floats(writer, &graph->texel_median_m, 1);
    bytes_put_floats(writer, &graph->texel_p95_m, 1);
    bytes_put_u32(writer, graph->root_count);
    bytes_put_u32(writer, graph->group_count);
    bytes_put_u32(writer, graph->page_count);
    bytes_put_u32(writer, graph->level_count);
    bytes_put_u32(writer, graph->block_count);
}

static void write_head(BytesWriter *writer, const MeshGraph *graph, const uint8_t *file)
{
    const uint8_t *start = writer->at;
    write_header(writer, graph);
    for (uint32_t i = 0; i < graph->level_count; i++) {
        bytes_put_u64(writer, graph->levels[i].triangle_count);
        bytes_put_u32(writer, graph->levels[i].cluster_count);
        bytes_put_u32(writer, graph->levels[i].group_count);
    }
    for (uint32_t i = 0; i < graph->block_count; i++) {
        const MeshBlock *block = &graph->blocks[i];
        bytes_put_u32(writer, block->group_count);
        bytes_put_u32(writer, block->page_count);
        bytes_put_u32(writer, block->child_count);
        bytes_put_u32(writer,
                      (uint32_t)crc32(0, file + block->offset, (uInt)block->size_bytes));
        bytes_put_u64(writer, block->pages_size_bytes);
    }
    bytes_put_u32(writer, (uint32_t)crc32(0, start, (uInt)(writer->at - start)));
}

Bytes mesh_write_graph(const MeshGraph *graph, Arena *arena)
{
    MeshBlock *last = &graph->blocks[graph->block_count - 1];
    size_t size = (size_t)(last->offset + last->size_bytes);
    uint8_t *bytes = arena_alloc_raw(arena, size, 16);
    for (uint32_t i = 0; i < graph->block_count; i++)
        mesh_write_block(graph, i, bytes + graph->blocks[i].offset);
    BytesWriter writer = {bytes};
    write_head(&writer, graph, bytes);
    ASSERT(writer.at == bytes + graph->blocks[0].offset);
    return (Bytes){bytes, size};
}

// ---- what follows from the rest

static void grow_box(MeshBox *box, const MeshBox *by)
{
    for (int axis = 0; axis < 3; axis++) {
        box->low[axis] = MIN(box->low[axis], by->low[axis]);
        box->high[axis] = MAX(box->high[axis], by->high[axis]);
    }
}

// Parents stand before their children: backwards, children are complete.
static void complete_groups(MeshGraph *graph)
{
    graph->child_count = 0;
    for (uint32_t i = 0; i < graph->group_count; i++) {
        graph->groups[i].first_child = graph->child_count;
        graph->groups[i].parent_count = 0;
        graph->child_count += graph->groups[i].child_count;
    }
    for (uint32_t i = graph->group_count; i-- > 0;) {
        MeshGroup *group = &graph->groups[i];
        MeshCone cones[1 + MESH_GROUP_MAX_CLUSTERS] = {group->cone};
        group->finer_error_m = 0.0f;
        for (uint32_t k = 0; k < group->child_count; k++) {
            MeshGroup *child = &graph->groups[graph->children[group->first_child + k]];
            ASSERT(child > group);
            grow_box(&group->reach, &child->reach);
            cones[1 + k] = child->cone;
            group->finer_error_m = MAX(group->finer_error_m, child->error_m);
            child->parent_count++;
        }
        group->cone = mesh_cone_around(cones, 1 + group->child_count);
        ASSERT(mesh_cone_is_sound(&group->cone));
    }
}

static void add_page(const MeshGraph *graph, MeshBlock *block, const MeshPageRange *page)
{
    block->page_count++;
    block->pages_size_bytes += page->size_bytes;
    for (uint32_t i = 0; i < page->group_count; i++)
        block->child_count +=
            graph->groups[block->first_group + block->group_count++].child_count;
    block->size_bytes = mesh_block_bytes(block);
}

void mesh_complete_graph(MeshGraph *graph, uint32_t block_groups, Arena *arena)
{
    ASSERT(block_groups >= MESH_PAGE_MAX_GROUPS && block_groups <= MESH_BLOCK_MAX_GROUPS);
    complete_groups(graph);
    graph->blocks = ARENA_ARRAY(arena, MeshBlock, graph->page_count);
    MeshBlock *block = graph->blocks;
    for (uint32_t i = 0; i < graph->page_count; i++) {
        if (block->group_count + graph->pages[i].group_count > block_groups) {
            block[1] =
                (MeshBlock){.first_group = block->first_group + block->group_count,
                            .first_page = i,
                            .first_child = block->first_child + block->child_count,
                            .offset = block->offset + block->size_bytes,
                            .pages_offset = block->pages_offset + block->pages_size_bytes};
            block++;
        }
        block->is_there = true;
        add_page(graph, block, &graph->pages[i]);
    }
    graph->block_count = (uint32_t)(block + 1 - graph->blocks);
    for (uint32_t i = 0; i < graph->block_count; i++)
        graph->blocks[i].offset += head_bytes(graph);
}
