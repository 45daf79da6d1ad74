// mesh_table.c: blocks of the tables of groups and pages.

#include "data/mesh_table.h"

#include "data/bytes.h"
#include "data/surface.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

enum { PAGE_BYTES = 16, GROUP_BYTES = 44, LEVEL_BITS = 0x7f };

static const float FARTHEST_M = 2.0f * MESH_MAX_COORDINATE_M; // of a reach

uint32_t mesh_block_bytes(const MeshBlock *block)
{
    return block->page_count * PAGE_BYTES + block->group_count * GROUP_BYTES +
           block->child_count * (uint32_t)sizeof(uint32_t);
}

// ---- reading

static void read_page(BytesReader *reader, MeshPageRange *page)
{
    page->size_bytes = bytes_get_u32(reader);
    page->checksum = bytes_get_u32(reader);
    page->group_count = bytes_get_u32(reader);
    page->tile_rows = (uint16_t)bytes_get_u16(reader);
    page->tile_maps = (uint16_t)bytes_get_u16(reader);
}

static void read_group(BytesReader *reader, MeshGroup *group)
{
    bytes_get_floats(reader, group->reach.low, 3);
    bytes_get_floats(reader, group->reach.high, 3);
    bytes_get_floats(reader, &group->error_m, 1);
    bytes_get_floats(reader, &group->finer_error_m, 1);
    bytes_get_floats(reader, &group->cone.cutoff, 1);
    for (int axis = 0; axis < 3; axis++)
        group->cone.axis[axis] = (float)(int8_t)bytes_get_u8(reader) / 127.0f;
    group->level = bytes_get_u8(reader);
    group->has_finest = group->level > LEVEL_BITS;
    group->level &= LEVEL_BITS;
    group->triangle_count = bytes_get_u16(reader);
    group->parent_count = bytes_get_u8(reader);
    group->child_count = bytes_get_u8(reader);
}

NODISCARD static Status read_pages(BytesReader *reader, const MeshBlock *block,
                                   const MeshTable *table)
{
    uint64_t offset = block->pages_offset;
    uint32_t group = 0;
    for (uint32_t i = 0; i < block->page_count; i++) {
        MeshPageRange *page = &table->pages[i];
        uint32_t number = block->first_page + i;
        read_page(reader, page);
        if (page->size_bytes == 0 || page->size_bytes > MESH_PAGE_MAX_BYTES)
            return FAIL(ERR_CORRUPT, "page %u claims %u bytes; the limit is %d", number,
                        page->size_bytes, MESH_PAGE_MAX_BYTES);
        if (page->group_count == 0 || page->group_count > MESH_PAGE_MAX_GROUPS ||
            page->group_count > block->group_count - group)
            return FAIL(ERR_CORRUPT, "page %u claims %u groups", number, page->group_count);
        if (page->tile_rows > MESH_TILE_MAX_ROWS || page->tile_rows % MESH_TILE_ROW_STEP)
            return FAIL(ERR_CORRUPT, "page %u claims a tile of %u rows", number,
                        page->tile_rows);
        if (page->tile_maps >> SURFACE_MAP_COUNT || (page->tile_maps && !page->tile_rows))
            return FAIL(ERR_CORRUPT, "page %u claims maps %x of a tile of %u rows", number,
                        page->tile_maps, page->tile_rows);
        page->offset = offset;
        page->first_group = block->first_group + group;
        offset += page->size_bytes;
        group += page->group_count;
    }
    if (group != block->group_count)
        return FAIL(ERR_CORRUPT, "a block's pages hold %u groups of %u", group,
                    block->group_count);
    if (offset != block->pages_offset + block->pages_size_bytes)
        return FAIL(ERR_CORRUPT, "a block's pages take %llu bytes of %llu",
                    (unsigned long long)(offset - block->pages_offset),
                    (unsigned long long)block->pages_size_bytes);
    return OK;
}

static void read_groups(BytesReader *reader, const MeshBlock *block, const MeshTable *table)
{
    uint32_t at = 0, child = block->first_child;
    for (uint32_t i = 0; i < block->page_count; i++) {
        for (uint32_t k = 0; k < table->pages[i].group_count; k++) {
            MeshGroup *group = &table->groups[at++];
            read_group(reader, group);
            group->page = block->first_page + i;
            group->index_in_page = k;
            group->first_child = child;
            child += group->child_count;
        }
    }
}

// ---- checks

// False for NaN too.
static bool are_within(const float *values, size_t count, float farthest)
{
    for (size_t i = 0; i < count; i++) {
        if (!(fabsf(values[i]) <= farthest))
            return false;
    }
    return true;
}

static bool is_box(const MeshBox *box)
{
    return are_within(box->low, 3, FARTHEST_M) && are_within(box->high, 3, FARTHEST_M) &&
           box->low[0] <= box->high[0] && box->low[1] <= box->high[1] &&
           box->low[2] <= box->high[2];
}

static bool is_inside(const MeshBox *box, const MeshBox *outer)
{
    for (int axis = 0; axis < 3; axis++)
        if (!(box->low[axis] >= outer->low[axis]) || !(box->high[axis] <= outer->high[axis]))
            return false;
    return true;
}

Status mesh_check_child(const MeshGroup *parent, const MeshGroup *child,
                        const uint32_t numbers[2])
{
    if (parent->error_m < child->error_m || parent->level <= child->level)
        return FAIL(ERR_CORRUPT, "group %u is not nested in its parent %u", numbers[1],
                    numbers[0]);
    if (!is_inside(&child->reach, &parent->reach))
        return FAIL(ERR_CORRUPT, "group %u reaches out of its parent %u", numbers[1],
                    numbers[0]);
    if (!mesh_cone_holds(&parent->cone, &child->cone))
        return FAIL(ERR_CORRUPT, "group %u faces where its parent %u does not", numbers[1],
                    numbers[0]);
    return OK;
}

NODISCARD static Status check_shape(const MeshGroup *group, uint32_t index)
{
    if (!is_box(&group->reach))
        return FAIL(ERR_CORRUPT, "the reach of group %u is not a box", index);
    if (!mesh_cone_is_sound(&group->cone))
        return FAIL(ERR_CORRUPT, "the cone of group %u is not a cone", index);
    return OK;
}

NODISCARD static Status check_group(const MeshGraph *graph, const MeshGroup *group,
                                    uint32_t index)
{
    TRY(check_shape(group, index));
    bool is_root = index < graph->root_count;
    if (is_root != (group->parent_count == 0) || is_root != (group->error_m == FLT_MAX) ||
        !(group->error_m >= 0.0f))
        return FAIL(ERR_CORRUPT, "group %u has %u parents and an error of %g m", index,
                    group->parent_count, (double)group->error_m);
    if (group->parent_count > MESH_MAX_PARENTS || group->child_count > MESH_GROUP_MAX_CLUSTERS)
        return FAIL(ERR_LIMIT, "group %u has %u parents and %u children; the limits are %d, %d",
                    index, group->parent_count, group->child_count, MESH_MAX_PARENTS,
                    MESH_GROUP_MAX_CLUSTERS);
    if (!group->has_finest && (group->level == 0 || group->child_count == 0))
        return FAIL(ERR_CORRUPT, "group %u of level %u claims that nothing of it is finest",
                    index, group->level);
    if (!(group->finer_error_m >= 0.0f) || group->finer_error_m > group->error_m)
        return FAIL(ERR_CORRUPT, "group %u says that what is finer errs by %g m", index,
                    (double)group->finer_error_m);
    if (group->level >= graph->level_count || group->triangle_count == 0 ||
        group->triangle_count > MESH_PAGE_MAX_TRIANGLES)
        return FAIL(ERR_CORRUPT, "group %u is of level %u and has %u triangles", index,
                    group->level, group->triangle_count);
    return OK;
}

// Each is a later group and stands there once; those of the same block are looked at, too.
NODISCARD static Status check_children(const MeshGraph *graph, const MeshBlock *block,
                                       const MeshTable *table, uint32_t index)
{
    const MeshGroup *group = &table->groups[index - block->first_group];
    uint32_t before = MAX(index, graph->root_count - 1);
    for (uint32_t i = 0; i < group->child_count; i++) {
        uint32_t child = table->children[group->first_child - block->first_child + i];
        if (child <= before || child >= graph->group_count)
            return FAIL(ERR_CORRUPT, "group %u has child %u, which is not a later group", index,
                        child);
        before = child;
        if (child - block->first_group >= block->group_count)
            continue;
        const MeshGroup *below = &table->groups[child - block->first_group];
        TRY(mesh_check_child(group, below, (uint32_t[]){index, child}));
        if (below->error_m > group->finer_error_m)
            return FAIL(ERR_CORRUPT, "group %u errs by more than its parent %u knows", child,
                        index);
    }
    return OK;
}

NODISCARD static Status check_table(const MeshGraph *graph, const MeshBlock *block,
                                    const MeshTable *table)
{
    uint32_t children = 0;
    for (uint32_t i = 0; i < block->group_count; i++) {
        TRY(check_group(graph, &table->groups[i], block->first_group + i));
        children += table->groups[i].child_count;
    }
    if (children != block->child_count)
        return FAIL(ERR_CORRUPT, "a block's groups have %u children of %u", children,
                    block->child_count);
    for (uint32_t i = 0; i < block->group_count; i++)
        TRY(check_children(graph, block, table, block->first_group + i));
    return OK;
}

Status mesh_parse_block(const MeshGraph *graph, uint32_t index, Bytes bytes, Arena *arena,
                        MeshTable *out)
{
    ASSERT(index < graph->block_count);
    const MeshBlock *block = &graph->blocks[index];
    if (bytes.len != block->size_bytes)
        return FAIL(ERR_CORRUPT, "block %u is %zu bytes; its graph says %u", index, bytes.len,
                    block->size_bytes);
    if (crc32(0, bytes.ptr, (uInt)bytes.len) != block->checksum)
        return FAIL(ERR_CORRUPT, "block %u is damaged: its checksum does not match", index);
    MeshTable table = {.block = index,
                       .pages = ARENA_ARRAY(arena, MeshPageRange, block->page_count),
                       .groups = ARENA_ARRAY(arena, MeshGroup, block->group_count),
                       .children = ARENA_ARRAY(arena, uint32_t, block->child_count + 1)};
    BytesReader reader = {bytes.ptr};
    TRY(read_pages(&reader, block, &table));
    read_groups(&reader, block, &table);
    for (uint32_t i = 0; i < block->child_count; i++)
        table.children[i] = bytes_get_u32(&reader);
    TRY(check_table(graph, block, &table));
    *out = table;
    return OK;
}

void mesh_add_block(MeshGraph *graph, const MeshTable *table)
{
    MeshBlock *block = &graph->blocks[table->block];
    memcpy(&graph->pages[block->first_page], table->pages,
           block->page_count * sizeof *table->pages);
    memcpy(&graph->groups[block->first_group], table->groups,
           block->group_count * sizeof *table->groups);
    memcpy(&graph->children[block->first_child], table->children,
           block->child_count * sizeof *table->children);
    block->is_there = true;
}

uint32_t mesh_find_block(const MeshGraph *graph, uint32_t group)
{
    ASSERT(group < graph->group_count);
    uint32_t low = 0, high = graph->block_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (graph->blocks[middle].first_group <= group)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// ---- writing

static void write_group(BytesWriter *writer, const MeshGroup *group)
{
    bytes_put_floats(writer, group->reach.low, 3);
    bytes_put_floats(writer, group->reach.high, 3);
    bytes_put_floats(writer, &group->error_m, 1);
    bytes_put_floats(writer, &group->finer_error_m, 1);
    bytes_put_floats(writer, &group->cone.cutoff, 1);
    for (int axis = 0; axis < 3; axis++)
        bytes_put_u8(writer, (uint8_t)(int8_t)lrintf(group->cone.axis[axis] * 127.0f));
    bytes_put_u8(writer, group->level | (group->has_finest ? LEVEL_BITS + 1 : 0));
    bytes_put_u16(writer, group->triangle_count);
    bytes_put_u8(writer, group->parent_count);
    bytes_put_u8(writer, group->child_count);
}

void mesh_write_block(const MeshGraph *graph, uint32_t index, uint8_t *into)
{
    const MeshBlock *block = &graph->blocks[index];
    BytesWriter writer = {into};
    for (uint32_t i = 0; i < block->page_count; i++) {
        const MeshPageRange *page = &graph->pages[block->first_page + i];
        bytes_put_u32(&writer, page->size_bytes);
        bytes_put_u32(&writer, page->checksum);
        bytes_put_u32(&writer, page->group_count);
        bytes_put_u16(&writer, page->tile_rows);
        bytes_put_u16(&writer, page->tile_maps);
    }
    for (uint32_t i = 0; i < block->group_count; i++)
        write_group(&writer, &graph->groups[block->first_group + i]);
    for (uint32_t i = 0; i < block->child_count; i++)
        bytes_put_u32(&writer, graph->children[block->first_child + i]);
    ASSERT(writer.at == into + block->size_bytes);
}
