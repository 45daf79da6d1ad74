// bake_relief.c: how much every vertex stands out of, or lies in, what is around it.

#include "packer/bake_relief.h"

#include <math.h>
#include <string.h>

enum { GRAIN = 1 << 14 };

// A scale: normals smoothed so often, in all, reach about sqrt(1 + passes) edges far.
typedef struct Scale {
    int passes;
    float weight;
} Scale;

static const Scale SCALES[] = {{0, 0.25f}, {5, 0.35f}, {24, 0.4f}};

#define RANGE_RAD 0.25f // a bend that is most of what a byte can tell

typedef struct Relief {
    const BakeMesh *mesh;
    uint32_t *firsts, *neighbours; // of each vertex: the next corners of its triangles
    const BakeNormal *from;
    BakeNormal *into;
    float *sums;
    float weight, reach_edges;
} Relief;

// The corner after a vertex, triangle by triangle: on a closed surface every neighbour once.
static void find_neighbours(Relief *relief, Arena *arena)
{
    const BakeMesh *mesh = relief->mesh;
    relief->firsts = ARENA_ARRAY(arena, uint32_t, (size_t)mesh->vertex_count + 2);
    relief->neighbours = ARENA_ARRAY_RAW(arena, uint32_t, 3 * (size_t)mesh->triangle_count);
    uint32_t *firsts = relief->firsts + 1; // one ahead: filling moves them into place
    for (uint32_t t = 0; t < mesh->triangle_count; t++)
        for (int i = 0; i < 3; i++)
            firsts[mesh->triangles[t][i] + 1]++;
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        firsts[v + 1] += firsts[v];
    for (uint32_t t = 0; t < mesh->triangle_count; t++)
        for (int i = 0; i < 3; i++)
            relief->neighbours[firsts[mesh->triangles[t][i]]++] =
                mesh->triangles[t][(i + 1) % 3];
}

static Status smooth_some(void *context, size_t first, size_t count, int worker)
{
    const Relief *relief = context;
    (void)worker;
    for (size_t v = first; v < first + count; v++) {
        float sum[3];
        for (int axis = 0; axis < 3; axis++)
            sum[axis] = (float)relief->from[v].xyz[axis];
        for (uint32_t i = relief->firsts[v]; i < relief->firsts[v + 1]; i++)
            for (int axis = 0; axis < 3; axis++)
                sum[axis] += (float)relief->from[relief->neighbours[i]].xyz[axis];
        float size = sqrtf(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        relief->into[v] = relief->from[v];
        if (size > 1.0f) // else everything around it cancels out
            relief->into[v] =
                bake_normal_of((float[3]){sum[0] / size, sum[1] / size, sum[2] / size});
    }
    return OK;
}

// Adds one scale's bend of a vertex, in radians over the scale's reach.
static float bend_of(const Relief *relief, size_t v)
{
    const BakeMesh *mesh = relief->mesh;
    float curvature = 0.0f, edges = 0.0f;
    uint32_t count = 0;
    for (uint32_t i = relief->firsts[v]; i < relief->firsts[v + 1]; i++) {
        uint32_t other = relief->neighbours[i];
        float bend = 0.0f, length2 = 0.0f;
        for (int axis = 0; axis < 3; axis++) {
            float way = (float)(mesh->positions[other][axis] - mesh->positions[v][axis]);
            int turn = relief->from[other].xyz[axis] - relief->from[v].xyz[axis];
            bend += way * (float)turn;
            length2 += way * way;
        }
        if (length2 == 0.0f)
            continue;
        curvature += bend / (32767.0f * length2);
        edges += sqrtf(length2);
        count++;
    }
    return count ? curvature * edges / ((float)count * (float)count) * relief->reach_edges
                 : 0.0f;
}

static Status bend_some(void *context, size_t first, size_t count, int worker)
{
    const Relief *relief = context;
    (void)worker;
    for (size_t v = first; v < first + count; v++)
        relief->sums[v] += relief->weight * tanhf(bend_of(relief, v) / RANGE_RAD);
    return OK;
}

NODISCARD static Status for_vertices(const ReliefDesc *desc, Relief *relief, ParallelFn *run)
{
    return parallel_for(&(ParallelDesc){.count = relief->mesh->vertex_count,
                                        .grain = GRAIN,
                                        .run = run,
                                        .context = relief,
                                        .cancel = desc->cancel,
                                        .worker_limit = desc->worker_limit});
}

// Leaves its sums in relief->sums, -1 to 1.
NODISCARD static Status add_scales(const ReliefDesc *desc, Relief *relief, Arena *arena)
{
    uint32_t count = relief->mesh->vertex_count;
    BakeNormal *turns[2] = {ARENA_ARRAY_RAW(arena, BakeNormal, count),
                            ARENA_ARRAY_RAW(arena, BakeNormal, count)};
    relief->from = relief->mesh->normals;
    int passes = 0;
    for (size_t s = 0; s < COUNT_OF(SCALES); s++) {
        for (; passes < SCALES[s].passes; passes++) {
            relief->into = turns[passes % 2];
            TRY(for_vertices(desc, relief, smooth_some));
            relief->from = relief->into;
        }
        relief->weight = SCALES[s].weight;
        relief->reach_edges = sqrtf(1.0f + (float)passes);
        TRY(for_vertices(desc, relief, bend_some));
    }
    return OK;
}

Status bake_relief(const ReliefDesc *desc, Arena *arena, uint8_t **out)
{
    Arena temporary = {0};
    Relief relief = {.mesh = desc->mesh};
    find_neighbours(&relief, &temporary);
    relief.sums = ARENA_ARRAY(&temporary, float, desc->mesh->vertex_count);
    Status status = add_scales(desc, &relief, &temporary);
    if (!status) {
        uint8_t *bytes = ARENA_ARRAY_RAW(arena, uint8_t, desc->mesh->vertex_count);
        for (uint32_t v = 0; v < desc->mesh->vertex_count; v++)
            bytes[v] = (uint8_t)(MESH_RELIEF_FLAT +
                                 rintf(CLAMP(relief.sums[v], -1.0f, 1.0f) * 127.0f));
        *out = bytes;
    }
    arena_drop(&temporary);
    return status;
}
