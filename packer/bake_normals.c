// bake_normals.c: one normal for each welded vertex. Any thread.

#include "packer/bake_normals.h"

#include <math.h>

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// The triangle's normal as seen from its three corners, weighted for each.
static void weigh_corners(const BakeMesh *mesh, const uint32_t triangle[3], float out[3][3])
{
    float edges[3][3]; // from corner i to the next
    for (int i = 0; i < 3; i++) {
        const int32_t *from = mesh->positions[triangle[i]];
        const int32_t *to = mesh->positions[triangle[(i + 1) % 3]];
        for (int axis = 0; axis < 3; axis++)
            edges[i][axis] = (float)(to[axis] - from[axis]);
    }
    const float *a = edges[0], *b = edges[1];
    float normal[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                       a[0] * b[1] - a[1] * b[0]};
    for (int i = 0; i < 3; i++) {
        float scale =
            1.0f / (dot(edges[i], edges[i]) * dot(edges[(i + 2) % 3], edges[(i + 2) % 3]));
        for (int axis = 0; axis < 3; axis++)
            out[i][axis] = normal[axis] * scale;
    }
}

// Replaces the direction by the scan's own and keeps the weight.
static void prefer_own(const Scan *scan, uint32_t source_vertex, float weighted[3])
{
    const float *own = scan->normals[source_vertex];
    if (!(dot(own, own) > 0.25f))
        return;
    float size = sqrtf(dot(weighted, weighted));
    for (int axis = 0; axis < 3; axis++)
        weighted[axis] = own[axis] * size;
}

static BakeNormal finish(const float sum[3])
{
    float size = sqrtf(dot(sum, sum));
    if (!(size > 0.0f))
        return bake_normal_of((float[3]){0, 1, 0});
    return bake_normal_of((float[3]){sum[0] / size, sum[1] / size, sum[2] / size});
}

void bake_normals(const Scan *scan, BakeMesh *mesh, Arena *arena)
{
    mesh->normals = ARENA_ARRAY_RAW(arena, BakeNormal, mesh->vertex_count);
    Arena temporary = {0};
    float(*sums)[3] =
        arena_alloc(&temporary, arena_size_of(sizeof *sums, mesh->vertex_count), 16);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        const uint32_t *triangle = mesh->triangles[t];
        float weighted[3][3];
        weigh_corners(mesh, triangle, weighted);
        for (int i = 0; i < 3; i++) {
            if (scan->normals)
                prefer_own(scan, scan->triangles[mesh->sources[t]][i], weighted[i]);
            for (int axis = 0; axis < 3; axis++)
                sums[triangle[i]][axis] += weighted[i][axis];
        }
    }
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        mesh->normals[v] = finish(sums[v]);
    arena_drop(&temporary);
}
