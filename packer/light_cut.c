// light_cut.c: what a baked sculpture keeps from the light: its shape, coarsely.

#include "packer/light_cut.h"

#include "io/file.h"

#include <math.h>
#include <string.h>

// Coarser than this part of the piece's size nothing need be: shadows are as soft.
#define ERROR_SHARE 0.004f

typedef struct Cut {
    const MeshGraph *graph;
    float error_m;
    float matrix[16]; // the piece's own space -> the room
    LightBlocker *blocker;
    uint32_t vertex_capacity, index_capacity;
    Arena *arena;
} Cut;

static void add_vertex(Cut *cut, const MeshPage *page, uint16_t index)
{
    const MeshVertex *vertex = &page->vertices[index];
    LightBlocker *blocker = cut->blocker;
    float own[3], *at = *ARENA_PUSH(cut->arena, blocker->positions, blocker->vertex_count,
                                    cut->vertex_capacity);
    for (int i = 0; i < 3; i++)
        own[i] = page->origin_m[i] + page->step_m * (float)vertex->position[i];
    for (int i = 0; i < 3; i++)
        at[i] = cut->matrix[i] * own[0] + cut->matrix[4 + i] * own[1] +
                cut->matrix[8 + i] * own[2] + cut->matrix[12 + i];
    *ARENA_PUSH(cut->arena, blocker->indices, blocker->index_count, cut->index_capacity) =
        blocker->vertex_count - 1;
}

// Of a group that is too coarse when simplified: those of its clusters that were made from
// something that is not.
static void add_group(Cut *cut, const MeshPage *page, const MeshPageGroup *group)
{
    for (uint32_t c = 0; c < group->cluster_count; c++) {
        const MeshCluster *cluster = &page->clusters[group->first_cluster + c];
        if (cluster->refined_by != MESH_NO_GROUP &&
            cut->graph->groups[cluster->refined_by].error_m > cut->error_m)
            continue;
        for (uint32_t i = 0; i < cluster->triangle_count * 3; i++)
            add_vertex(cut, page, page->indices[cluster->first_index + i]);
    }
}

static bool is_wanted(const Cut *cut, const MeshPageRange *range)
{
    for (uint32_t i = 0; i < range->group_count; i++)
        if (cut->graph->groups[range->first_group + i].error_m > cut->error_m)
            return true;
    return false;
}

NODISCARD static Status add_page(Cut *cut, Bytes pages, uint32_t index)
{
    const MeshPageRange *range = &cut->graph->pages[index];
    MeshPage page;
    Scratch scratch = scratch_begin(cut->arena);
    Bytes bytes = bytes_first(bytes_skip(pages, range->offset), range->size_bytes);
    Status status = mesh_parse_page(cut->graph, index, bytes, scratch.arena, &page);
    for (uint32_t i = 0; i < range->group_count && !status; i++)
        if (cut->graph->groups[range->first_group + i].error_m > cut->error_m)
            add_group(cut, &page, &page.groups[i]);
    scratch_end(scratch);
    return status;
}

Status light_cut(const Loaf *loaf, const PlanPlace *place, const float low_m[3],
                 const float high_m[3], Arena *arena, LightBlocker *out)
{
    const MeshGraph *graph = &loaf->graph;
    FileMap map;
    float size2 = 0;
    for (int i = 0; i < 3; i++)
        size2 += (high_m[i] - low_m[i]) * (high_m[i] - low_m[i]);
    *out = (LightBlocker){0};
    Cut cut = {
        .graph = graph, .error_m = sqrtf(size2) * ERROR_SHARE, .blocker = out, .arena = arena};
    plan_piece_matrix(place, low_m, high_m, cut.matrix);
    TRY(file_map(loaf->pages_path, &map));
    Status status = OK;
    for (uint32_t i = 0; i < graph->page_count && !status; i++)
        if (is_wanted(&cut, &graph->pages[i]))
            status = add_page(&cut, map.bytes, i);
    file_unmap(&map);
    return status;
}
