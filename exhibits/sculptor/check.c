// check.c: is a sculpture's surface whole? (sculpt_check of sculpt.h)

#include "exhibits/sculptor/sculpt.h"

typedef struct Edge {
    uint64_t key; // both ends, smaller first; 0 is an empty slot
    int32_t balance;
} Edge;

static void count_edge(Edge *table, size_t mask, uint32_t a, uint32_t b)
{
    uint64_t key = ((uint64_t)MIN(a, b) << 32 | MAX(a, b)) + 1;
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (table[slot].key && table[slot].key != key)
        slot = (slot + 1) & mask;
    table[slot].key = key;
    table[slot].balance += a < b ? 1 : -1;
}

static Status check_edges(const Sculpture *sculpture)
{
    Arena arena = {0};
    size_t size = 64, open = 0, where = 0;
    while (size < sculpture->index_count)
        size *= 2;
    Edge *table = ARENA_ARRAY(&arena, Edge, size);
    for (size_t i = 0; i < sculpture->index_count; i += 3)
        for (size_t k = 0; k < 3; k++)
            count_edge(table, size - 1, sculpture->indices[i + k],
                       sculpture->indices[i + (k + 1) % 3]);
    for (size_t i = 0; i < size; i++)
        if (table[i].balance) {
            open++;
            where = (size_t)(table[i].key - 1) & UINT32_MAX;
        }
    arena_drop(&arena);
    if (!open)
        return OK;
    Vec3 p = sculpture->vertices[where].position;
    return FAIL(ERR_INVALID,
                "the surface has %zu open edges, one at %.2f %.2f %.2f mm; none expected", open,
                (double)p.x, (double)p.y, (double)p.z);
}

static uint32_t root_of(uint32_t *parents, uint32_t i)
{
    while (parents[i] != i)
        i = parents[i] = parents[parents[i]];
    return i;
}

static uint32_t *find_roots(const Sculpture *sculpture, Arena *arena)
{
    uint32_t *parents = ARENA_ARRAY_RAW(arena, uint32_t, sculpture->vertex_count);
    for (uint32_t i = 0; i < sculpture->vertex_count; i++)
        parents[i] = i;
    for (size_t i = 0; i < sculpture->index_count; i++) {
        uint32_t a = root_of(parents, sculpture->indices[i]);
        uint32_t b = root_of(parents, sculpture->indices[i - i % 3]);
        parents[MAX(a, b)] = MIN(a, b);
    }
    for (uint32_t i = 0; i < sculpture->vertex_count; i++)
        parents[i] = root_of(parents, i);
    return parents;
}

// Six times the volume each surface encloses, at its root; below zero for the walls of a
// hollow.
static void sum_volumes(const Sculpture *s, const uint32_t *roots, double *volumes)
{
    for (size_t i = 0; i < s->index_count; i += 3) {
        const uint32_t *t = &s->indices[i];
        Vec3 a = s->vertices[t[0]].position, b = s->vertices[t[1]].position;
        volumes[roots[t[0]]] += v3_dot(a, v3_cross(b, s->vertices[t[2]].position));
    }
}

static void sum_reaches(const Sculpture *s, const uint32_t *roots, float *reaches)
{
    for (uint32_t i = 0; i < s->vertex_count; i++) {
        float reach =
            v3_length(v3_sub(s->vertices[i].position, s->vertices[roots[i]].position));
        reaches[roots[i]] = fmaxf(reaches[roots[i]], reach);
    }
}

void sculpt_sweep(Sculpture *s, float size_mm)
{
    Arena arena = {0};
    uint32_t *roots = find_roots(s, &arena), kept = 0;
    float *reaches = ARENA_ARRAY(&arena, float, s->vertex_count);
    double *volumes = ARENA_ARRAY(&arena, double, s->vertex_count);
    uint32_t *renamed = ARENA_ARRAY_RAW(&arena, uint32_t, s->vertex_count);
    sum_reaches(s, roots, reaches);
    sum_volumes(s, roots, volumes);
    for (uint32_t i = 0; i < s->vertex_count; i++) {
        bool is_swept = reaches[roots[i]] < size_mm || volumes[roots[i]] < 0;
        s->dust_count += is_swept && roots[i] == i;
        renamed[i] = is_swept ? UINT32_MAX : kept;
        if (!is_swept)
            s->vertices[kept++] = s->vertices[i];
    }
    size_t index_count = 0;
    for (size_t i = 0; i < s->index_count; i++)
        if (renamed[s->indices[i]] != UINT32_MAX)
            s->indices[index_count++] = renamed[s->indices[i]];
    s->vertex_count = kept;
    s->index_count = index_count;
    arena_drop(&arena);
}

static Status check_components(const Sculpture *sculpture, int expected)
{
    Arena arena = {0};
    uint32_t *roots = find_roots(sculpture, &arena);
    uint32_t *sizes = ARENA_ARRAY(&arena, uint32_t, sculpture->vertex_count);
    for (uint32_t i = 0; i < sculpture->vertex_count; i++)
        sizes[roots[i]]++;
    int count = 0;
    uint32_t smallest = 0;
    for (uint32_t i = 0; i < sculpture->vertex_count; i++) {
        if (!sizes[i])
            continue;
        if (!count++ || sizes[i] < sizes[smallest])
            smallest = i;
    }
    uint32_t size = sculpture->vertex_count ? sizes[smallest] : 0;
    arena_drop(&arena);
    if (count == expected)
        return OK;
    Vec3 p = sculpture->vertex_count ? sculpture->vertices[smallest].position : v3(0, 0, 0);
    return FAIL(
        ERR_INVALID,
        "the surface falls into %d pieces, the smallest of %u vertices at %.2f %.2f %.2f mm; "
        "%d expected",
        count, (unsigned)size, (double)p.x, (double)p.y, (double)p.z, expected);
}

Status sculpt_check(const Sculpture *sculpture, int component_count)
{
    TRY(check_edges(sculpture));
    return check_components(sculpture, component_count + sculpture->inlay_count);
}
