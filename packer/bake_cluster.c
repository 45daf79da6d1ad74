// bake_cluster.c: small patches of triangles, cut out of a mesh.

#include "packer/bake_cluster.h"

#include <math.h>
#include <meshoptimizer.h>
#include <string.h>

static const float CONE_WEIGHT = 0.25f; // a little flatness for a little compactness

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

typedef struct Meshlets {
    struct meshopt_Meshlet *all;
    unsigned int *vertices;
    unsigned char *triangles;
    size_t count;
} Meshlets;

static Meshlets split(const LocalMesh *mesh, Arena *temporary)
{
    size_t index_count = 3 * (size_t)mesh->triangle_count;
    size_t bound = meshopt_buildMeshletsBound(index_count, MESH_CLUSTER_MAX_VERTICES,
                                              MESH_CLUSTER_MAX_TRIANGLES);
    Meshlets meshlets = {
        .all = ARENA_ARRAY_RAW(temporary, struct meshopt_Meshlet, bound),
        .vertices = ARENA_ARRAY_RAW(temporary, unsigned int, bound *MESH_CLUSTER_MAX_VERTICES),
        .triangles =
            ARENA_ARRAY_RAW(temporary, unsigned char, bound *MESH_CLUSTER_MAX_TRIANGLES * 3),
    };
    meshlets.count = meshopt_buildMeshlets(
        meshlets.all, meshlets.vertices, meshlets.triangles, &mesh->triangles[0][0], index_count,
        &mesh->positions_m[0][0], mesh->vertex_count, sizeof mesh->positions_m[0],
        MESH_CLUSTER_MAX_VERTICES, MESH_CLUSTER_MAX_TRIANGLES, CONE_WEIGHT);
    return meshlets;
}

static void bound_cluster(const LocalMesh *mesh, const Meshlets *meshlets,
                          const struct meshopt_Meshlet *meshlet, BakeCluster *cluster)
{
    struct meshopt_Bounds bounds = meshopt_computeMeshletBounds(
        &meshlets->vertices[meshlet->vertex_offset],
        &meshlets->triangles[meshlet->triangle_offset], meshlet->triangle_count,
        &mesh->positions_m[0][0], mesh->vertex_count, sizeof mesh->positions_m[0]);
    memcpy(cluster->center, bounds.center, sizeof cluster->center);
    cluster->radius = bounds.radius * 1.0001f; // it was rounded, its triangles must be inside
    memcpy(cluster->cone_axis, bounds.cone_axis, sizeof cluster->cone_axis);
    cluster->cone_cutoff = bounds.cone_cutoff;
    memcpy(cluster->lod_center, cluster->center, sizeof cluster->lod_center);
    cluster->lod_radius = cluster->radius;
}

static void copy_meshlet(const LocalMesh *mesh, const Meshlets *meshlets,
                         const struct meshopt_Meshlet *meshlet, Arena *keep, BakeCluster *cluster)
{
    *cluster = (BakeCluster){
        .vertex_count = (uint16_t)meshlet->vertex_count,
        .triangle_count = (uint16_t)meshlet->triangle_count,
        .refined_by = BAKE_NO_GROUP,
        .vertices = ARENA_ARRAY_RAW(keep, uint32_t, meshlet->vertex_count),
        .triangles = arena_copy(keep, &meshlets->triangles[meshlet->triangle_offset],
                                3 * (size_t)meshlet->triangle_count, 1),
    };
    for (uint32_t i = 0; i < meshlet->vertex_count; i++)
        cluster->vertices[i] =
            mesh->vertices[meshlets->vertices[meshlet->vertex_offset + i]];
    bound_cluster(mesh, meshlets, meshlet, cluster);
}

BakeCluster *bake_build_clusters(const LocalMesh *mesh, Arena *keep, Arena *temporary,
                                 uint32_t *out_count)
{
    ArenaMark mark = arena_mark(temporary);
    Meshlets meshlets = split(mesh, temporary);
    BakeCluster *clusters = ARENA_ARRAY_RAW(keep, BakeCluster, meshlets.count);
    for (size_t i = 0; i < meshlets.count; i++)
        copy_meshlet(mesh, &meshlets, &meshlets.all[i], keep, &clusters[i]);
    arena_rewind(temporary, mark);
    *out_count = (uint32_t)meshlets.count;
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
