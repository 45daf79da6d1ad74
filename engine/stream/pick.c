// pick.c: what a ray hits, and how near the surface is, on the finest pages that are resident.

#include "stream/pick.h"

#include <math.h>
#include <string.h>

typedef struct Triangle {
    double corners[3][3];
} Triangle;

static void read_triangle(const MeshPage *page, uint32_t first_index, Triangle *out)
{
    for (int i = 0; i < 3; i++) {
        const MeshVertex *vertex = &page->vertices[page->indices[first_index + i]];
        for (int k = 0; k < 3; k++)
            out->corners[i][k] = page->origin_m[k] + (double)page->step_m * vertex->position[k];
    }
}

static void face_normal(const Triangle *triangle, double out[3])
{
    double ab[3], ac[3];
    sub3(triangle->corners[1], triangle->corners[0], ab);
    sub3(triangle->corners[2], triangle->corners[0], ac);
    cross3(ab, ac, out);
    normalize3(out);
}

static void blend_normal(const MeshPage *page, uint32_t first_index, const double weights[2],
                         PickHit *hit)
{
    double blend[3] = {1 - weights[0] - weights[1], weights[0], weights[1]}, sum[3] = {0};
    for (int i = 0; i < 3; i++) {
        float normal[3];
        mesh_decode_normal(page->vertices[page->indices[first_index + i]].normal, normal);
        for (int k = 0; k < 3; k++)
            sum[k] += blend[i] * normal[k];
    }
    memcpy(hit->normal, normalize3(sum) > 1e-6 ? sum : hit->face_normal, sizeof hit->normal);
}

static float mean_edge(const MeshPage *page, const MeshCluster *cluster)
{
    double sum = 0;
    for (uint32_t i = 0; i < cluster->triangle_count; i++) {
        Triangle triangle;
        read_triangle(page, cluster->first_index + i * 3, &triangle);
        for (int k = 0; k < 3; k++)
            sum += distance3(triangle.corners[k], triangle.corners[(k + 1) % 3]);
    }
    return (float)(sum / (3 * MAX(cluster->triangle_count, 1u)));
}

static double area_in_texels(const MeshPage *page, uint32_t first_index)
{
    double places[3][2], texel = 1.0 / 64;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++)
            places[i][k] = page->texels[page->indices[first_index + i]].place[k] * texel;
    return fabs((places[1][0] - places[0][0]) * (places[2][1] - places[0][1]) -
                (places[2][0] - places[0][0]) * (places[1][1] - places[0][1])) /
           2;
}

static double area_of(const Triangle *triangle)
{
    double ab[3], ac[3], normal[3];
    sub3(triangle->corners[1], triangle->corners[0], ab);
    sub3(triangle->corners[2], triangle->corners[0], ac);
    cross3(ab, ac, normal);
    return sqrt(dot3(normal, normal)) / 2;
}

// Of the triangles from `first` to before `end`.
static float texel_width(const MeshPage *page, const MeshCluster *cluster, uint32_t first,
                         uint32_t end)
{
    double area_m2 = 0, texels = 0;
    for (uint32_t i = first; i < end && page->texels; i++) {
        Triangle triangle;
        read_triangle(page, cluster->first_index + i * 3, &triangle);
        area_m2 += area_of(&triangle);
        texels += area_in_texels(page, cluster->first_index + i * 3);
    }
    return texels > 0 ? (float)sqrt(area_m2 / texels) : 0;
}

void pick_measure_texels(const MeshPage *page, float *out)
{
    for (uint32_t c = 0; c < page->cluster_count; c++) {
        const MeshCluster *cluster = &page->clusters[c];
        for (uint32_t p = 0; p < PICK_PARTS; p++) {
            uint32_t first = MIN(p * PICK_PART_TRIANGLES, cluster->triangle_count);
            uint32_t end = MIN(first + PICK_PART_TRIANGLES, cluster->triangle_count);
            out[c * PICK_PARTS + p] = texel_width(page, cluster, first, end);
        }
    }
}

// What is known of the best triangle once it is found.
static void complete_hit(const PickTarget *target, const CutCluster *where,
                         const double weights[2], PickHit *hit)
{
    const MeshPage *page = target->pages[where->page].mesh;
    const MeshCluster *cluster = &page->clusters[where->index_in_page];
    Triangle triangle;
    read_triangle(page, hit->first_index, &triangle);
    face_normal(&triangle, hit->face_normal);
    blend_normal(page, hit->first_index, weights, hit);
    hit->group = where->group;
    hit->page = where->page;
    hit->edge_m = mean_edge(page, cluster);
    const float *texel_m = target->pages[where->page].texel_m;
    uint32_t part = (hit->first_index - cluster->first_index) / 3 / PICK_PART_TRIANGLES;
    hit->texel_m = texel_m ? texel_m[where->index_in_page * PICK_PARTS + part] : 0;
    hit->is_finest = cluster->refined_by == MESH_NO_GROUP;
}

static void box_to_double(const MeshBox *box, double low[3], double high[3])
{
    for (int i = 0; i < 3; i++) {
        low[i] = box->low[i];
        high[i] = box->high[i];
    }
}

static void center_to_double(const MeshCluster *cluster, double center[3])
{
    for (int i = 0; i < 3; i++)
        center[i] = cluster->center[i];
}

// ---- rays

typedef struct Reach {
    Ray ray;
    double limit;
} Reach;

static bool ray_touches_box(const void *context, const MeshBox *box)
{
    const Reach *reach = context;
    double low[3], high[3], distance;
    box_to_double(box, low, high);
    return ray_hit_box(&reach->ray, low, high, &distance) && distance < reach->limit;
}

static void hit_cluster(const MeshPage *page, const MeshCluster *cluster, const Ray *ray,
                        PickHit *best, double best_weights[2])
{
    double center[3], distance, weights[2];
    center_to_double(cluster, center);
    if (!ray_hit_sphere(ray, center, cluster->radius, &distance) || distance > best->distance)
        return;
    for (uint32_t i = 0; i < cluster->triangle_count; i++) {
        uint32_t first_index = cluster->first_index + i * 3;
        Triangle triangle;
        read_triangle(page, first_index, &triangle);
        if (!ray_hit_triangle(ray, triangle.corners[0], triangle.corners[1],
                              triangle.corners[2], &distance, weights) ||
            distance >= best->distance)
            continue;
        best->distance = distance;
        best->first_index = first_index;
        memcpy(best_weights, weights, sizeof weights);
    }
}

bool pick_ray(const PickTarget *target, const Ray *ray, PickHit *out)
{
    return pick_ray_within(target, ray, INFINITY, out);
}

bool pick_ray_within(const PickTarget *target, const Ray *ray, double limit, PickHit *out)
{
    Reach reach = {*ray, limit};
    Scratch scratch = scratch_begin(NULL);
    float direction[3] = {(float)ray->direction[0], (float)ray->direction[1],
                          (float)ray->direction[2]};
    CutProbe probe = {target->graph, target->state, target->pages, ray_touches_box,
                      &reach,        direction,     false};
    CutCluster *clusters;
    uint32_t count = cut_probe(&probe, scratch.arena, &clusters);
    PickHit best = {.distance = limit};
    double weights[2];
    const CutCluster *where = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const MeshPage *page = target->pages[clusters[i].page].mesh;
        double before = best.distance;
        hit_cluster(page, &page->clusters[clusters[i].index_in_page], ray, &best, weights);
        if (best.distance < before)
            where = &clusters[i];
    }
    if (where) {
        ray_point(ray, best.distance, best.point);
        complete_hit(target, where, weights, &best);
        *out = best;
    }
    scratch_end(scratch);
    return where != NULL;
}

// ---- nearness

typedef struct Ball {
    double center[3], radius;
} Ball;

static bool ball_touches_box(const void *context, const MeshBox *box)
{
    const Ball *ball = context;
    double squared = 0;
    for (int i = 0; i < 3; i++) {
        double off = ball->center[i] - CLAMP(ball->center[i], box->low[i], box->high[i]);
        squared += off * off;
    }
    return squared <= ball->radius * ball->radius;
}

// Whether *best became one of its triangles: of two as good but for a rounding, too.
static bool near_cluster(const MeshPage *page, const MeshCluster *cluster,
                         const double point[3], PickHit *best)
{
    bool is_found = false;
    double center[3];
    center_to_double(cluster, center);
    if (distance3(center, point) - cluster->radius >= best->distance)
        return false;
    for (uint32_t i = 0; i < cluster->triangle_count; i++) {
        uint32_t first_index = cluster->first_index + i * 3;
        Triangle triangle;
        double nearest[3];
        read_triangle(page, first_index, &triangle);
        double squared = triangle_nearest(point, triangle.corners[0], triangle.corners[1],
                                          triangle.corners[2], nearest);
        if (squared >= best->distance * best->distance)
            continue;
        best->distance = sqrt(squared);
        best->first_index = first_index;
        memcpy(best->point, nearest, sizeof nearest);
        is_found = true;
    }
    return is_found;
}

// Weights of b and c at a point of a triangle's plane.
static void weights_at(const Triangle *triangle, const double point[3], double weights[2])
{
    double ab[3], ac[3], ap[3];
    sub3(triangle->corners[1], triangle->corners[0], ab);
    sub3(triangle->corners[2], triangle->corners[0], ac);
    sub3(point, triangle->corners[0], ap);
    double bb = dot3(ab, ab), bc = dot3(ab, ac), cc = dot3(ac, ac);
    double pb = dot3(ap, ab), pc = dot3(ap, ac), area = bb * cc - bc * bc;
    weights[0] = area > 0 ? (cc * pb - bc * pc) / area : 0;
    weights[1] = area > 0 ? (bb * pc - bc * pb) / area : 0;
}

static bool nearest_in_ball(const PickTarget *target, const Ball *ball, bool is_patchy,
                            PickHit *out)
{
    Scratch scratch = scratch_begin(NULL);
    CutProbe probe = {target->graph, target->state, target->pages, ball_touches_box,
                      ball,          NULL,          is_patchy};
    CutCluster *clusters;
    uint32_t count = cut_probe(&probe, scratch.arena, &clusters);
    PickHit best = {.distance = ball->radius};
    const CutCluster *where = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const MeshPage *page = target->pages[clusters[i].page].mesh;
        if (near_cluster(page, &page->clusters[clusters[i].index_in_page], ball->center, &best))
            where = &clusters[i];
    }
    if (where) {
        Triangle triangle;
        double weights[2];
        read_triangle(target->pages[where->page].mesh, best.first_index, &triangle);
        weights_at(&triangle, best.point, weights);
        complete_hit(target, where, weights, &best);
        *out = best;
    }
    scratch_end(scratch);
    return where != NULL;
}

// A small ball first: a large one around a point near the surface holds half the sculpture.
static bool nearest_within(const PickTarget *target, const double point[3], double radius_m,
                           bool is_patchy, PickHit *out)
{
    Ball ball = {.radius = radius_m / 64};
    memcpy(ball.center, point, sizeof ball.center);
    for (; ball.radius < radius_m; ball.radius *= 2)
        if (nearest_in_ball(target, &ball, is_patchy, out))
            return true;
    ball.radius = radius_m;
    return nearest_in_ball(target, &ball, is_patchy, out);
}

bool pick_nearest(const PickTarget *target, const double point[3], double radius_m,
                  PickHit *out)
{
    return nearest_within(target, point, radius_m, true, out);
}

bool pick_gap(const PickTarget *target, const double point[3], double radius_m, PickHit *out)
{
    return nearest_within(target, point, radius_m, false, out);
}
