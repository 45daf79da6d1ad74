// mesh.c: the graph of a sculpture; its pages are in mesh_page.c.

#include "data/mesh.h"

#include "data/bytes.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

enum {
    GRAPH_VERSION = 2,
    GRAPH_HEADER_BYTES = 116,
    GRAPH_LEVEL_BYTES = 16,
    GRAPH_PAGE_BYTES = 16,
    GRAPH_GROUP_BYTES = 56,
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
        graph->parent_count > (uint64_t)graph->group_count * MESH_MAX_PARENTS ||
        graph->level_count > MESH_MAX_LEVELS)
        return FAIL(ERR_LIMIT, "the mesh claims %u groups, %u pages, %u parents, %u levels",
                    graph->group_count, graph->page_count, graph->parent_count,
                    graph->level_count);
    if (graph->root_count == 0 || graph->root_count > graph->group_count ||
        graph->page_count == 0 || graph->level_count == 0)
        return FAIL(ERR_CORRUPT, "the mesh has %u roots among %u groups, %u pages, %u levels",
                    graph->root_count, graph->group_count, graph->page_count,
                    graph->level_count);
    return OK;
}

NODISCARD static Status check_pages(const MeshGraph *graph, uint64_t pages_size_bytes)
{
    uint64_t offset = 0;
    uint32_t group = 0;
    for (uint32_t i = 0; i < graph->page_count; i++) {
        const MeshPageRange *page = &graph->pages[i];
        if (page->size_bytes == 0 || page->size_bytes > MESH_PAGE_MAX_BYTES)
            return FAIL(ERR_CORRUPT, "page %u claims %u bytes; the limit is %d", i,
                        page->size_bytes, MESH_PAGE_MAX_BYTES);
        if (page->group_count == 0 || page->group_count > MESH_PAGE_MAX_GROUPS ||
            page->group_count > graph->group_count - group)
            return FAIL(ERR_CORRUPT, "page %u claims %u groups", i, page->group_count);
        if (page->tile_rows > MESH_TILE_MAX_ROWS || page->tile_rows % MESH_TILE_ROW_STEP)
            return FAIL(ERR_CORRUPT, "page %u claims a tile of %u rows", i, page->tile_rows);
        offset += page->size_bytes;
        group += page->group_count;
    }
    if (group != graph->group_count)
        return FAIL(ERR_CORRUPT, "the pages hold %u groups of %u", group, graph->group_count);
    if (offset != pages_size_bytes)
        return FAIL(ERR_CORRUPT, "the pages take %llu bytes, but there are %llu",
                    (unsigned long long)offset, (unsigned long long)pages_size_bytes);
    return OK;
}

static float distance(const float a[3], const float b[3])
{
    float x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return sqrtf(x * x + y * y + z * z);
}

NODISCARD static Status check_parents(const MeshGraph *graph, uint32_t index)
{
    const MeshGroup *group = &graph->groups[index];
    for (uint32_t i = 0; i < group->parent_count; i++) {
        uint32_t parent_index = graph->parents[group->first_parent + i];
        if (parent_index >= index)
            return FAIL(ERR_CORRUPT, "group %u has parent %u, which is not before it", index,
                        parent_index);
        const MeshGroup *parent = &graph->groups[parent_index];
        // A little rounding is no contradiction.
        float reach = distance(group->center, parent->center) + group->radius;
        if (parent->error_m < group->error_m || parent->level <= group->level ||
            reach > parent->radius * 1.0001f + graph->step_m)
            return FAIL(ERR_CORRUPT, "group %u is not nested in its parent %u", index,
                        parent_index);
    }
    return OK;
}

NODISCARD static Status check_group(const MeshGraph *graph, uint32_t index)
{
    const MeshGroup *group = &graph->groups[index];
    if (!are_coordinates(group->center, 3) || !are_coordinates(group->cull_center, 3) ||
        !(group->radius >= 0.0f) || !(group->radius <= 4.0f * MESH_MAX_COORDINATE_M) ||
        !(group->cull_radius >= 0.0f) || !(group->cull_radius <= 4.0f * MESH_MAX_COORDINATE_M))
        return FAIL(ERR_CORRUPT, "group %u has no sphere", index);
    bool is_root = index < graph->root_count;
    if (is_root != (group->parent_count == 0) || is_root != (group->error_m == FLT_MAX) ||
        !(group->error_m >= 0.0f))
        return FAIL(ERR_CORRUPT, "group %u has %u parents and an error of %g m", index,
                    group->parent_count, (double)group->error_m);
    if (group->parent_count > MESH_MAX_PARENTS)
        return FAIL(ERR_LIMIT, "group %u has %u parents; the limit is %d", index,
                    group->parent_count, MESH_MAX_PARENTS);
    if (group->level >= graph->level_count || group->triangle_count == 0 ||
        group->triangle_count > MESH_PAGE_MAX_TRIANGLES)
        return FAIL(ERR_CORRUPT, "group %u is of level %u and has %u triangles", index,
                    group->level, group->triangle_count);
    return OK;
}

NODISCARD static Status check_groups(MeshGraph *graph)
{
    uint64_t parent = 0;
    MeshLevel counted[MESH_MAX_LEVELS] = {{0}};
    for (uint32_t i = 0; i < graph->group_count; i++) {
        MeshGroup *group = &graph->groups[i];
        TRY(check_group(graph, i));
        group->first_parent = (uint32_t)parent;
        parent += group->parent_count;
        if (parent > graph->parent_count)
            return FAIL(ERR_CORRUPT, "group %u has parents beyond the table", i);
        TRY(check_parents(graph, i));
        counted[group->level].group_count++;
        counted[group->level].triangle_count += group->triangle_count;
    }
    if (parent != graph->parent_count)
        return FAIL(ERR_CORRUPT, "groups have %llu parents of %u", (unsigned long long)parent,
                    graph->parent_count);
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
    graph->parent_count = bytes_get_u32(reader);
    graph->page_count = bytes_get_u32(reader);
    graph->level_count = bytes_get_u32(reader);
}

static void read_pages(BytesReader *reader, MeshGraph *graph)
{
    uint64_t offset = 0;
    uint32_t group = 0;
    for (uint32_t i = 0; i < graph->page_count; i++) {
        MeshPageRange *page = &graph->pages[i];
        page->size_bytes = bytes_get_u32(reader);
        page->checksum = bytes_get_u32(reader);
        page->group_count = bytes_get_u32(reader);
        page->tile_rows = bytes_get_u32(reader);
        page->offset = offset;
        page->first_group = group;
        offset += page->size_bytes;
        group += page->group_count;
    }
}

static void read_group(BytesReader *reader, MeshGroup *group)
{
    bytes_get_floats(reader, group->center, 3);
    bytes_get_floats(reader, &group->radius, 1);
    bytes_get_floats(reader, group->cull_center, 3);
    bytes_get_floats(reader, &group->cull_radius, 1);
    bytes_get_floats(reader, &group->error_m, 1);
    group->page = bytes_get_u32(reader);
    group->triangle_count = bytes_get_u32(reader);
    group->parent_count = bytes_get_u32(reader);
    group->level = bytes_get_u32(reader);
    group->index_in_page = bytes_get_u32(reader);
}

static void read_tables(BytesReader *reader, Arena *arena, MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->level_count; i++) {
        graph->levels[i].triangle_count = bytes_get_u64(reader);
        graph->levels[i].cluster_count = bytes_get_u32(reader);
        graph->levels[i].group_count = bytes_get_u32(reader);
    }
    graph->pages = ARENA_ARRAY(arena, MeshPageRange, graph->page_count);
    read_pages(reader, graph);
    graph->groups = ARENA_ARRAY(arena, MeshGroup, graph->group_count);
    for (uint32_t i = 0; i < graph->group_count; i++)
        read_group(reader, &graph->groups[i]);
    graph->parents = ARENA_ARRAY(arena, uint32_t, graph->parent_count);
    for (uint32_t i = 0; i < graph->parent_count; i++)
        graph->parents[i] = bytes_get_u32(reader);
}

static size_t graph_size_bytes(const MeshGraph *graph)
{
    return GRAPH_HEADER_BYTES + (size_t)graph->level_count * GRAPH_LEVEL_BYTES +
           (size_t)graph->page_count * GRAPH_PAGE_BYTES +
           (size_t)graph->group_count * GRAPH_GROUP_BYTES +
           (size_t)graph->parent_count * sizeof(uint32_t) + sizeof(uint32_t);
}

NODISCARD static Status check_places(const MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->page_count; i++) {
        const MeshPageRange *page = &graph->pages[i];
        for (uint32_t j = 0; j < page->group_count; j++) {
            const MeshGroup *group = &graph->groups[page->first_group + j];
            if (group->page != i || group->index_in_page != j)
                return FAIL(ERR_CORRUPT, "group %u says it is group %u of page %u",
                            page->first_group + j, group->index_in_page, group->page);
        }
    }
    return OK;
}

Status mesh_parse_graph(Bytes file, uint64_t pages_size_bytes, Arena *arena, MeshGraph *out)
{
    if (file.len < GRAPH_HEADER_BYTES + sizeof(uint32_t) ||
        memcmp(file.ptr, GRAPH_MAGIC, sizeof GRAPH_MAGIC) != 0)
        return FAIL(ERR_CORRUPT, "this is not a mesh graph: %zu bytes without its mark",
                    file.len);
    BytesReader reader = {file.ptr + sizeof GRAPH_MAGIC};
    uint32_t version = bytes_get_u32(&reader);
    if (version != GRAPH_VERSION)
        return FAIL(ERR_UNSUPPORTED, "mesh graph version %u; this program reads version %d",
                    version, GRAPH_VERSION);
    MeshGraph graph = {0};
    read_header(&reader, &graph);
    TRY(check_header(&graph));
    if (graph_size_bytes(&graph) != file.len)
        return FAIL(ERR_CORRUPT, "mesh graph is %zu bytes; its tables need %zu", file.len,
                    graph_size_bytes(&graph));
    BytesReader tail = {file.ptr + file.len - sizeof(uint32_t)};
    if (bytes_get_u32(&tail) != crc32(0, file.ptr, (uInt)(file.len - sizeof(uint32_t))))
        return FAIL(ERR_CORRUPT, "mesh graph is damaged: its checksum does not match");
    read_tables(&reader, arena, &graph);
    TRY(check_pages(&graph, pages_size_bytes));
    TRY(check_groups(&graph));
    TRY(check_places(&graph));
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
    bytes_put_u32(writer, graph->parent_count);
    bytes_put_u32(writer, graph->page_count);
    bytes_put_u32(writer, graph->level_count);
}

static void write_group(BytesWriter *writer, const MeshGroup *group)
{
    bytes_put_floats(writer, group->center, 3);
    bytes_put_floats(writer, &group->radius, 1);
    bytes_put_floats(writer, group->cull_center, 3);
    bytes_put_floats(writer, &group->cull_radius, 1);
    bytes_put_floats(writer, &group->error_m, 1);
    bytes_put_u32(writer, group->page);
    bytes_put_u32(writer, group->triangle_count);
    bytes_put_u32(writer, group->parent_count);
    bytes_put_u32(writer, group->level);
    bytes_put_u32(writer, group->index_in_page);
}

Bytes mesh_write_graph(const MeshGraph *graph, Arena *arena)
{
    size_t size = graph_size_bytes(graph);
    uint8_t *bytes = arena_alloc_raw(arena, size, 16);
    BytesWriter writer = {bytes};
    write_header(&writer, graph);
    for (uint32_t i = 0; i < graph->level_count; i++) {
        bytes_put_u64(&writer, graph->levels[i].triangle_count);
        bytes_put_u32(&writer, graph->levels[i].cluster_count);
        bytes_put_u32(&writer, graph->levels[i].group_count);
    }
    for (uint32_t i = 0; i < graph->page_count; i++) {
        bytes_put_u32(&writer, graph->pages[i].size_bytes);
        bytes_put_u32(&writer, graph->pages[i].checksum);
        bytes_put_u32(&writer, graph->pages[i].group_count);
        bytes_put_u32(&writer, graph->pages[i].tile_rows);
    }
    for (uint32_t i = 0; i < graph->group_count; i++)
        write_group(&writer, &graph->groups[i]);
    for (uint32_t i = 0; i < graph->parent_count; i++)
        bytes_put_u32(&writer, graph->parents[i]);
    bytes_put_u32(&writer, (uint32_t)crc32(0, bytes, (uInt)(size - sizeof(uint32_t))));
    ASSERT(writer.at == bytes + size);
    return (Bytes){bytes, size};
}
