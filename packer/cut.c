// cut.c: a sculpture's shape, no finer than wanted: the triangles of one cut of its graph.

#include "packer/cut.h"

bool cut_wants(const MeshGraph *graph, uint32_t page, float error_m)
{
    const MeshPageRange *range = &graph->pages[page];
    for (uint32_t i = 0; i < range->group_count; i++)
        if (graph->groups[range->first_group + i].error_m > error_m)
            return true;
    return false;
}

static void add_cluster(const MeshPage *page, const MeshCluster *cluster, CutShape *shape)
{
    for (uint32_t i = 0; i < cluster->triangle_count * 3; i++) {
        const MeshVertex *vertex = &page->vertices[page->indices[cluster->first_index + i]];
        float *at = *ARENA_PUSH(shape->arena, shape->corners, shape->corner_count,
                                shape->corner_capacity);
        for (int axis = 0; axis < 3; axis++)
            at[axis] = page->origin_m[axis] + page->step_m * (float)vertex->position[axis];
    }
}

// Of a group that is too coarse when simplified: those of its clusters that were made from
// something that is not.
static void add_group(const MeshGraph *graph, const MeshPage *page, uint32_t group,
                      float error_m, CutShape *shape)
{
    const MeshPageGroup *clusters = &page->groups[group];
    for (uint32_t i = 0; i < clusters->cluster_count; i++) {
        const MeshCluster *cluster = &page->clusters[clusters->first_cluster + i];
        if (cluster->refined_by == MESH_NO_GROUP ||
            graph->groups[cluster->refined_by].error_m <= error_m)
            add_cluster(page, cluster, shape);
    }
}

Status cut_add_page(const MeshGraph *graph, uint32_t page, Bytes bytes, float error_m,
                    CutShape *shape)
{
    const MeshPageRange *range = &graph->pages[page];
    MeshPage parsed;
    Scratch scratch = scratch_begin(shape->arena);
    Status status = mesh_parse_page(graph, page, bytes, scratch.arena, &parsed);
    for (uint32_t i = 0; i < range->group_count && !status; i++)
        if (graph->groups[range->first_group + i].error_m > error_m)
            add_group(graph, &parsed, i, error_m, shape);
    scratch_end(scratch);
    return status;
}
