// mesh_twins.c: vertices that stand in a page several times, told once.

#include "data/mesh_twins.h"

#include <string.h>

enum { BUCKETS = 16384 }; // a power of two, well above MESH_PAGE_MAX_VERTICES

static uint32_t bucket_of(const MeshVertex *vertex)
{
    uint64_t bits;
    memcpy(&bits, vertex, sizeof bits);
    return (uint32_t)(bits * 0x9e3779b97f4a7c15u >> 50); // Knuth's multiplicative hashing
}

_Static_assert(sizeof(MeshVertex) == sizeof(uint64_t), "hashed as one number");
_Static_assert(BUCKETS == 1 << (64 - 50), "as many as hashes");

uint32_t mesh_find_twins(const MeshVertex *vertices, uint32_t count, uint16_t *twins,
                         MeshVertex *told)
{
    ASSERT(count <= MESH_PAGE_MAX_VERTICES);
    uint16_t found[BUCKETS] = {0}; // number of the told vertex, plus one; 0: free
    uint32_t told_count = 0;
    for (uint32_t v = 0; v < count; v++) {
        uint32_t bucket = bucket_of(&vertices[v]);
        while (found[bucket] &&
               memcmp(&told[found[bucket] - 1], &vertices[v], sizeof vertices[v]) != 0)
            bucket = (bucket + 1) % BUCKETS;
        twins[v] = found[bucket] ? (uint16_t)(told_count - (found[bucket] - 1u)) : 0;
        if (found[bucket])
            continue;
        told[told_count++] = vertices[v];
        found[bucket] = (uint16_t)told_count;
    }
    return told_count;
}

uint32_t mesh_count_told(const uint16_t *twins, uint32_t count)
{
    uint32_t told_count = 0;
    for (uint32_t v = 0; v < count; v++) {
        if (twins[v] > told_count)
            return 0;
        told_count += twins[v] == 0;
    }
    return told_count;
}

void mesh_spread_twins(const uint16_t *twins, uint32_t count, const MeshVertex *told,
                       MeshVertex *vertices)
{
    uint32_t told_count = 0;
    for (uint32_t v = 0; v < count; v++) {
        vertices[v] = told[told_count - twins[v]];
        told_count += twins[v] == 0;
    }
}
