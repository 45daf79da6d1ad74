// bake_cone.c: which way a patch of the scan faces.

#include "packer/bake_cone.h"

#include "packer/bake_cluster.h"

#include <math.h>
#include <string.h>

enum { STEPS = 8, BINS = 128 };

static const float NOISE_SHARE = 0.005f; // of the area

// Unit vectors with the areas they stand for.
typedef struct Facing {
    uint32_t count;
    float (*normals)[3], *areas;
    float area;
} Facing;

static float unit(float v[3])
{
    float size = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int i = 0; i < 3 && size > 0; i++)
        v[i] /= size;
    return size;
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static Facing find_normals(const ConeDesc *desc, Arena *arena)
{
    Facing facing = {.normals =
                         arena_alloc(arena, desc->vertex_count * sizeof *facing.normals, 16),
                     .areas = ARENA_ARRAY_RAW(arena, float, desc->vertex_count)};
    for (uint32_t t = 0; t < desc->triangle_count; t++) {
        float normal[3];
        bake_triangle_normal(desc->positions, desc->triangles[t], normal);
        for (int i = 0; i < 9; i++)
            facing.normals[desc->triangles[t][i / 3]][i % 3] += normal[i % 3];
    }
    for (uint32_t v = 0; v < desc->vertex_count; v++) {
        float area = unit(facing.normals[v]);
        if (!(area > 0))
            continue;
        memmove(facing.normals[facing.count], facing.normals[v], sizeof *facing.normals);
        facing.areas[facing.count++] = area;
        facing.area += area;
    }
    return facing;
}

static bool find_mean(const Facing *facing, float out[3])
{
    memset(out, 0, 3 * sizeof *out);
    for (uint32_t i = 0; i < facing->count; i++)
        for (int axis = 0; axis < 3; axis++)
            out[axis] += facing->areas[i] * facing->normals[i][axis];
    return unit(out) > 0.05f * facing->area; // else it faces everywhere
}

// Leaves out what faces farthest from the mean.
static void drop_noise(Facing *facing, const float mean[3])
{
    float areas[BINS] = {0}, sum = 0;
    for (uint32_t i = 0; i < facing->count; i++) {
        float along = (dot(facing->normals[i], mean) + 1.0f) * 0.5f;
        areas[(int)CLAMP(along * BINS, 0.0f, BINS - 1.0f)] += facing->areas[i];
    }
    int bin = 0;
    for (; bin < BINS && sum + areas[bin] <= NOISE_SHARE * facing->area; bin++)
        sum += areas[bin];
    float least = 2.0f * (float)bin / BINS - 1.0f;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < facing->count; i++)
        if (dot(facing->normals[i], mean) >= least)
            memmove(facing->normals[kept++], facing->normals[i], sizeof *facing->normals);
    facing->count = kept;
}

// The cosine of the widest angle to any of them; which that is.
static float find_farthest(const Facing *facing, const float axis[3], uint32_t *farthest)
{
    float least = 2;
    for (uint32_t i = 0; i < facing->count; i++) {
        float along = dot(facing->normals[i], axis);
        if (along < least)
            *farthest = i;
        least = MIN(least, along);
    }
    return least;
}

// From the mean towards whatever is farthest off, by less each time.
static MeshCone enclose(const Facing *facing, float axis[3])
{
    float best[3] = {0}, most = -2;
    for (int step = 0; step < STEPS; step++) {
        uint32_t farthest = 0;
        float least = find_farthest(facing, axis, &farthest);
        if (least > most)
            memcpy(best, axis, sizeof best);
        most = MAX(most, least);
        float share = 0.5f / (float)(step + 1);
        for (int i = 0; i < 3; i++)
            axis[i] += (facing->normals[farthest][i] - axis[i]) * share;
        if (!(unit(axis) > 0.1f))
            break;
    }
    return mesh_cone_make(best, acosf(CLAMP(most, -1.0f, 1.0f)));
}

MeshCone bake_cone(const ConeDesc *desc, Arena *temporary)
{
    if (desc->triangle_count == 0)
        return MESH_CONE_NOTHING;
    ArenaMark mark = arena_mark(temporary);
    Facing facing = find_normals(desc, temporary);
    float mean[3];
    MeshCone cone = {{0}, 0};
    if (facing.count && find_mean(&facing, mean)) {
        drop_noise(&facing, mean);
        cone = enclose(&facing, mean);
    }
    arena_rewind(temporary, mark);
    return cone;
}
