// bake_cluster.c: small patches of triangles, cut out of a mesh.

#include "packer/bake_cluster.h"

#include "packer/bake_split.h"

#include <math.h>
#include <meshoptimizer.h>
#include <string.h>

enum { HILBERT_BITS = 10 };

// ---- local numbers

LocalMap local_map_make(uint32_t capacity, Arena *arena)
{
    uint32_t size = 64;
    while (size < 2 * capacity)
        size *= 2;
    LocalMap map = {
        .mask = size - 1,
        .keys = ARENA_ARRAY_RAW(arena, uint32_t, size),
        .values = ARENA_ARRAY_RAW(arena, uint32_t, size),
        .members = ARENA_ARRAY_RAW(arena, uint32_t, MAX(capacity, 1u)),
    };
    memset(map.keys, 0xff, (size_t)size * sizeof *map.keys);
    return map;
}

uint32_t local_map_add(LocalMap *map, uint32_t key)
{
    uint32_t at = (key * 0x9e3779b1u >> 7) & map->mask;
    for (; map->keys[at] != UINT32_MAX; at = (at + 1) & map->mask) {
        if (map->keys[at] == key)
            return map->values[at];
    }
    map->keys[at] = key;
    map->values[at] = map->count;
    map->members[map->count] = key;
    return map->count++;
}

// ---- clusters

static void bound_cluster(const LocalMesh *mesh, const uint32_t *own, BakeCluster *out)
{
    struct meshopt_Bounds bounds = meshopt_computeMeshletBounds(
        own, &out->triangles[0][0], out->triangle_count, &mesh->positions_m[0][0],
        mesh->vertex_count, sizeof mesh->positions_m[0]);
    memcpy(out->center, bounds.center, sizeof out->center);
    out->radius = bounds.radius * 1.0001f; // it was rounded, its triangles must be inside
    memcpy(out->cone_axis, bounds.cone_axis, sizeof out->cone_axis);
    out->cone_cutoff = bounds.cone_cutoff;
}

void bake_triangle_normal(const float (*positions)[3], const uint32_t triangle[3], float out[3])
{
    const float *p = positions[triangle[0]], *q = positions[triangle[1]],
                *r = positions[triangle[2]];
    float a[3] = {q[0] - p[0], q[1] - p[1], q[2] - p[2]};
    float b[3] = {r[0] - p[0], r[1] - p[1], r[2] - p[2]};
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

float bake_triangle_area(const float (*positions)[3], const uint32_t triangle[3])
{
    float normal[3];
    bake_triangle_normal(positions, triangle, normal);
    return 0.5f * sqrtf(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
}

static void measure_cluster(const LocalMesh *mesh, const uint32_t *triangles, BakeCluster *out)
{
    float texels = 0;
    for (uint32_t t = 0; t < out->triangle_count; t++) {
        out->area_m2 += bake_triangle_area(mesh->positions_m, mesh->triangles[triangles[t]]);
        texels += mesh->texels ? mesh->texels[triangles[t]] : 0;
    }
    out->texel_m = texels > 0 ? sqrtf(out->area_m2 / texels) : 0;
}

static BakeCluster make_cluster(const LocalMesh *mesh, const uint32_t *triangles,
                                uint32_t count, uint32_t *own_of, Arena *keep)
{
    uint32_t own[MESH_CLUSTER_MAX_VERTICES]; // numbers in the local mesh
    BakeCluster cluster = {.triangle_count = (uint16_t)count,
                           .refined_by = BAKE_NO_GROUP,
                           .triangles = arena_alloc_raw(keep, 3 * (size_t)count, 1)};
    if (mesh->sources)
        cluster.sources = ARENA_ARRAY_RAW(keep, uint32_t, count);
    for (uint32_t t = 0; t < count; t++) {
        if (mesh->sources)
            cluster.sources[t] = mesh->sources[triangles[t]];
        for (int corner = 0; corner < 3; corner++) {
            uint32_t v = mesh->triangles[triangles[t]][corner];
            uint32_t at = own_of[v];
            if (at >= cluster.vertex_count || own[at] != v) {
                at = own_of[v] = cluster.vertex_count++;
                own[at] = v;
            }
            cluster.triangles[t][corner] = (uint8_t)at;
        }
    }
    cluster.vertices = ARENA_ARRAY_RAW(keep, uint32_t, cluster.vertex_count);
    for (uint32_t i = 0; i < cluster.vertex_count; i++)
        cluster.vertices[i] = mesh->vertices[own[i]];
    bound_cluster(mesh, own, &cluster);
    measure_cluster(mesh, triangles, &cluster);
    return cluster;
}

BakeCluster *bake_build_clusters(const LocalMesh *mesh, Arena *keep, Arena *temporary,
                                 uint32_t *out_count)
{
    ArenaMark mark = arena_mark(temporary);
    SplitPatches patches = bake_split(&(SplitDesc){.vertex_count = mesh->vertex_count,
                                                   .triangle_count = mesh->triangle_count,
                                                   .positions = mesh->positions_m,
                                                   .triangles = mesh->triangles,
                                                   .max_triangles = MESH_CLUSTER_MAX_TRIANGLES,
                                                   .max_vertices = MESH_CLUSTER_MAX_VERTICES,
                                                   .loads = mesh->texels,
                                                   .max_load = BAKE_CLUSTER_MAX_TEXELS},
                                      temporary);
    uint32_t *own_of = ARENA_ARRAY(temporary, uint32_t, mesh->vertex_count);
    BakeCluster *clusters = ARENA_ARRAY_RAW(keep, BakeCluster, patches.count);
    for (uint32_t p = 0; p < patches.count; p++)
        clusters[p] = make_cluster(mesh, &patches.triangles[patches.firsts[p]],
                                   patches.firsts[p + 1] - patches.firsts[p], own_of, keep);
    arena_rewind(temporary, mark);
    *out_count = patches.count;
    return clusters;
}

// ---- the curve: Skilling 2004, "Programming the Hilbert curve"

uint32_t bake_hilbert(const uint32_t point[3])
{
    uint32_t x[3] = {point[0], point[1], point[2]};
    for (uint32_t bit = 1u << (HILBERT_BITS - 1); bit > 1; bit >>= 1) {
        for (int i = 0; i < 3; i++) {
            uint32_t swap = (x[0] ^ x[i]) & (bit - 1);
            if (x[i] & bit) {
                x[0] ^= bit - 1;
            } else {
                x[0] ^= swap;
                x[i] ^= swap;
            }
        }
    }
    x[1] ^= x[0];
    x[2] ^= x[1];
    uint32_t flip = 0;
    for (uint32_t bit = 1u << (HILBERT_BITS - 1); bit > 1; bit >>= 1) {
        if (x[2] & bit)
            flip ^= bit - 1;
    }
    uint32_t key = 0;
    for (int bit = HILBERT_BITS - 1; bit >= 0; bit--) {
        for (int i = 0; i < 3; i++)
            key = key << 1 | ((x[i] ^ flip) >> bit & 1);
    }
    return key;
}

typedef struct Keyed {
    uint32_t key, triangle;
} Keyed;

static Keyed *find_keys(const BakeMesh *mesh, Arena *arena)
{
    int32_t most = 1;
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        for (int axis = 0; axis < 3; axis++)
            most = MAX(most, mesh->positions[v][axis]);
    }
    double scale = ((1 << HILBERT_BITS) - 1) / (3.0 * most);
    Keyed *keys = ARENA_ARRAY_RAW(arena, Keyed, mesh->triangle_count);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        uint32_t point[3];
        for (int axis = 0; axis < 3; axis++) {
            int64_t sum = 0;
            for (int corner = 0; corner < 3; corner++)
                sum += mesh->positions[mesh->triangles[t][corner]][axis];
            point[axis] = (uint32_t)((double)sum * scale);
        }
        keys[t] = (Keyed){bake_hilbert(point), t};
    }
    return keys;
}

static void sort_by_digit(const Keyed *from, Keyed *to, uint32_t count, int shift)
{
    uint32_t places[1 << HILBERT_BITS] = {0};
    uint32_t mask = (1 << HILBERT_BITS) - 1, place = 0;
    for (uint32_t i = 0; i < count; i++)
        places[from[i].key >> shift & mask]++;
    for (uint32_t i = 0; i <= mask; i++) {
        uint32_t here = places[i];
        places[i] = place;
        place += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[places[from[i].key >> shift & mask]++] = from[i];
}

uint32_t *bake_order_triangles(const BakeMesh *mesh, Arena *arena)
{
    uint32_t *order = ARENA_ARRAY_RAW(arena, uint32_t, mesh->triangle_count);
    Arena temporary = {0};
    Keyed *keys = find_keys(mesh, &temporary);
    Keyed *other = ARENA_ARRAY_RAW(&temporary, Keyed, mesh->triangle_count);
    sort_by_digit(keys, other, mesh->triangle_count, 0);
    sort_by_digit(other, keys, mesh->triangle_count, HILBERT_BITS);
    sort_by_digit(keys, other, mesh->triangle_count, 2 * HILBERT_BITS);
    for (uint32_t i = 0; i < mesh->triangle_count; i++)
        order[i] = other[i].triangle;
    arena_drop(&temporary);
    return order;
}
