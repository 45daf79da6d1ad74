// bake_normals.c: one normal for each welded vertex. Any thread.

#include "packer/bake_normals.h"

#include <math.h>
#include <string.h>

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

// What the scan says at a corner; zero if nothing.
static void find_own(const Scan *scan, const BakeMesh *mesh, uint32_t t, int corner,
                     float out[3])
{
    const uint32_t *source = scan->triangles[mesh->sources[t]];
    memcpy(out, scan->normals[source[corner]], 3 * sizeof *out);
    if (!mesh->corners)
        return;
    const BakeCorner *share = &mesh->corners[t][corner];
    float shares[3] = {1 - share->second - share->third, share->second, share->third};
    memset(out, 0, 3 * sizeof *out);
    for (int i = 0; i < 3; i++) {
        for (int axis = 0; axis < 3; axis++)
            out[axis] += shares[i] * scan->normals[source[i]][axis];
    }
    float size = sqrtf(dot(out, out));
    for (int axis = 0; axis < 3 && size > 0.5f; axis++)
        out[axis] /= size;
}

// Replaces the direction by the scan's own, or that of the vertex before triangles were split,
// and keeps the weight.
static void prefer_own(const Scan *scan, const BakeMesh *mesh, uint32_t t, int corner,
                       float weighted[3])
{
    float own[3];
    find_own(scan, mesh, t, corner, own);
    if (!(dot(own, own) > 0.25f)) {
        if (!mesh->normals)
            return;
        for (int axis = 0; axis < 3; axis++)
            own[axis] = (float)mesh->normals[mesh->triangles[t][corner]].xyz[axis] / 32767.0f;
    }
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
    Arena temporary = {0};
    float(*sums)[3] =
        arena_alloc(&temporary, arena_size_of(sizeof *sums, mesh->vertex_count), 16);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        const uint32_t *triangle = mesh->triangles[t];
        float weighted[3][3];
        weigh_corners(mesh, triangle, weighted);
        for (int i = 0; i < 3; i++) {
            if (scan->normals)
                prefer_own(scan, mesh, t, i, weighted[i]);
            for (int axis = 0; axis < 3; axis++)
                sums[triangle[i]][axis] += weighted[i][axis];
        }
    }
    if (!mesh->normals)
        mesh->normals = ARENA_ARRAY_RAW(arena, BakeNormal, mesh->vertex_count);
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        mesh->normals[v] = finish(sums[v]);
    arena_drop(&temporary);
}
