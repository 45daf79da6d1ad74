// inspect_page.c: whether a page's clusters lie where the graph and their spheres say.

#include "packer/inspect_page.h"

#include "data/surface.h"

#include <math.h>
#include <string.h>

// Thinner than a step of the page: nothing of it is ever seen, and no sphere cares for it.
static bool is_sliver(const MeshVertex *const corners[3])
{
    double edges[3][3], lengths[3];
    for (int i = 0; i < 3; i++) {
        const uint16_t *from = corners[i]->position, *to = corners[(i + 1) % 3]->position;
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            edges[i][axis] = (double)to[axis] - (double)from[axis];
            square += edges[i][axis] * edges[i][axis];
        }
        lengths[i] = sqrt(square);
    }
    const double *a = edges[0], *b = edges[1];
    double x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2],
           z = a[0] * b[1] - a[1] * b[0];
    return sqrt(x * x + y * y + z * z) <= MAX(lengths[0], MAX(lengths[1], lengths[2]));
}

static bool is_in_sphere(const float point[3], const float center[3], float radius, float slack)
{
    float x = point[0] - center[0], y = point[1] - center[1], z = point[2] - center[2];
    return sqrtf(x * x + y * y + z * z) <= radius * 1.001f + slack;
}

static bool is_in_box(const MeshGraph *graph, const float point[3], float slack)
{
    for (int axis = 0; axis < 3; axis++)
        if (point[axis] < graph->low_m[axis] - slack ||
            point[axis] > graph->high_m[axis] + slack)
            return false;
    return true;
}

// Coarse pages snap their vertices to coarse steps: one step off is no lie.
NODISCARD static Status check_point(const MeshGraph *graph, uint32_t group,
                                    const MeshPage *page, const MeshCluster *cluster,
                                    const MeshVertex *vertex)
{
    const MeshGroup *owner = &graph->groups[group];
    float slack = page->step_m, point[3];
    for (int axis = 0; axis < 3; axis++)
        point[axis] = page->origin_m[axis] + page->step_m * (float)vertex->position[axis];
    const char *place = NULL;
    if (!is_in_box(graph, point, slack))
        place = "the sculpture's box";
    else if (!is_in_sphere(point, cluster->center, cluster->radius, slack))
        place = "its cluster's sphere";
    else if (!is_in_sphere(point, owner->cull_center, owner->cull_radius, slack))
        place = "the group's sphere";
    return place ? FAIL(ERR_CORRUPT, "a vertex of group %u is outside of %s", group, place)
                 : OK;
}

NODISCARD static Status check_cluster(const MeshGraph *graph, uint32_t group,
                                      const MeshPage *page, const MeshCluster *cluster)
{
    for (uint32_t i = 0; i < cluster->triangle_count; i++) {
        const uint16_t *indices = &page->indices[cluster->first_index + 3 * i];
        const MeshVertex *const corners[3] = {&page->vertices[indices[0]],
                                              &page->vertices[indices[1]],
                                              &page->vertices[indices[2]]};
        for (int corner = 0; corner < 3 && !is_sliver(corners); corner++)
            TRY(check_point(graph, group, page, cluster, corners[corner]));
    }
    return OK;
}

// What each texel shows is anybody's guess; that there is one for every corner is not.
NODISCARD static Status check_tile(const MeshPage *page)
{
    if (!page->tile_rows)
        return OK;
    Scratch scratch = scratch_begin(NULL);
    SurfaceTile tile;
    Status status = surface_parse(page->tile, scratch.arena, &tile);
    if (!status && tile.rows != page->tile_rows)
        status = FAIL(ERR_CORRUPT, "a tile of %u rows stands for one of %u", tile.rows,
                      page->tile_rows);
    for (uint32_t i = 0; i < page->index_count && !status; i += 3) {
        const uint16_t *corners = &page->indices[i];
        for (int k = 1; k < 3 && !status; k++)
            if (memcmp(page->texels[corners[k]].axis, page->texels[corners[0]].axis,
                       sizeof page->texels[0].axis) != 0)
                status = FAIL(ERR_CORRUPT, "a triangle lies in two charts");
    }
    scratch_end(scratch);
    return status;
}

Status inspect_page(const MeshGraph *graph, uint32_t index, const MeshPage *page,
                    uint32_t *clusters)
{
    uint32_t first = graph->pages[index].first_group;
    for (uint32_t i = 0; i < page->group_count; i++) {
        const MeshPageGroup *range = &page->groups[i];
        clusters[graph->groups[first + i].level] += range->cluster_count;
        for (uint32_t j = 0; j < range->cluster_count; j++)
            TRY(check_cluster(graph, first + i, page,
                              &page->clusters[range->first_cluster + j]));
    }
    return check_tile(page);
}
