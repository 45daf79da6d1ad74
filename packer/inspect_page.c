// inspect_page.c: whether a page's clusters lie where the graph and their spheres say.

#include "packer/inspect_page.h"

#include "data/surface.h"

#include <math.h>
#include <string.h>

static const double CURLED_SHARE = 0.3; // of its area, how much a surface faces one way
static const float CONE_SLACK = 0.1f;   // radians: a few triangles that face elsewhere

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

static bool is_in_box(const float low[3], const float high[3], const float point[3],
                      float slack)
{
    for (int axis = 0; axis < 3; axis++)
        if (point[axis] < low[axis] - slack || point[axis] > high[axis] + slack)
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
    if (!is_in_box(graph->low_m, graph->high_m, point, slack))
        place = "the sculpture's box";
    else if (!is_in_sphere(point, cluster->center, cluster->radius, slack))
        place = "its cluster's sphere";
    else if (!is_in_box(owner->reach.low, owner->reach.high, point, slack))
        place = "the group's reach";
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

static void add_triangle(const MeshPage *page, const uint16_t *indices, double sum[3],
                         double *size)
{
    const uint16_t *p = page->vertices[indices[0]].position,
                   *q = page->vertices[indices[1]].position,
                   *r = page->vertices[indices[2]].position;
    double a[3], b[3], normal[3];
    for (int i = 0; i < 3; i++) {
        a[i] = (double)q[i] - (double)p[i];
        b[i] = (double)r[i] - (double)p[i];
    }
    for (int i = 0; i < 3; i++)
        normal[i] = a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3];
    for (int i = 0; i < 3; i++)
        sum[i] += normal[i];
    *size += sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
}

// A triangle may face out of its group's cone, but not on the whole what is of the finest
// level. What is curled up says little of where it faces.
NODISCARD static Status check_cone(const MeshGraph *graph, uint32_t group, const MeshPage *page,
                                   const MeshPageGroup *range)
{
    double sum[3] = {0}, size = 0, length = 0;
    for (uint32_t i = 0; i < range->cluster_count; i++) {
        const MeshCluster *cluster = &page->clusters[range->first_cluster + i];
        for (uint32_t t = 0;
             cluster->refined_by == MESH_NO_GROUP && t < cluster->triangle_count; t++)
            add_triangle(page, &page->indices[cluster->first_index + 3 * t], sum, &size);
    }
    for (int axis = 0; axis < 3; axis++)
        length += sum[axis] * sum[axis];
    length = sqrt(length);
    if (length <= CURLED_SHARE * size)
        return OK;
    float mean[3] = {(float)(sum[0] / length), (float)(sum[1] / length),
                     (float)(sum[2] / length)};
    if (!mesh_cone_has(&graph->groups[group].cone, mean, CONE_SLACK))
        return FAIL(ERR_CORRUPT, "group %u faces out of its cone", group);
    return OK;
}

// What each texel shows is anybody's guess; that there is one for every corner is not.
NODISCARD static Status check_tile(const MeshPageRange *range, const MeshPage *page)
{
    if (!page->tile_rows)
        return OK;
    Scratch scratch = scratch_begin(NULL);
    SurfaceTile tile;
    Status status = surface_parse(page->tile, scratch.arena, &tile);
    if (!status && (tile.rows != range->tile_rows || tile.maps != range->tile_maps))
        status = FAIL(ERR_CORRUPT, "a tile of %u rows, maps %x, stands for one of %u, %x",
                      tile.rows, tile.maps, range->tile_rows, range->tile_maps);
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
        TRY(check_cone(graph, first + i, page, range));
    }
    return check_tile(&graph->pages[index], page);
}
