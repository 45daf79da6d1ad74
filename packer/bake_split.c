// bake_split.c: triangles into patches of equal size that hang together and have short borders.

#include "packer/bake_split.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

enum { KEY_SCALE = 16, SMOOTH_PASSES = 3 };

typedef struct Splitter {
    const SplitDesc *desc;
    uint32_t (*neighbours)[3]; // across the edge from a corner to the next, or NONE
    uint32_t *parts;           // a triangle each: which slice it is in
    uint32_t part_count;
    uint32_t *distances; // a triangle each, from the start of the last walk; NONE: not reached
    int32_t *keys;       // a triangle each: nearer to one end or to the other
    int32_t *smoothed;
    uint32_t *queue;
    uint32_t *marks; // a vertex each
    uint32_t stamp;
    SplitPatches out;
} Splitter;

// ---- neighbours

// For each edge of a triangle the triangle on its other side; where three or more meet, pairs.
static void find_neighbours(Splitter *splitter, Arena *arena)
{
    const SplitDesc *desc = splitter->desc;
    uint32_t *firsts = ARENA_ARRAY_RAW(arena, uint32_t, desc->vertex_count);
    uint32_t *next = ARENA_ARRAY_RAW(arena, uint32_t, 3 * (size_t)desc->triangle_count);
    memset(firsts, 0xff, desc->vertex_count * sizeof *firsts);
    memset(splitter->neighbours, 0xff, desc->triangle_count * sizeof *splitter->neighbours);
    // Edges wait at their lower vertex for the other half.
    for (uint32_t t = 0; t < desc->triangle_count; t++) {
        for (uint32_t i = 0; i < 3; i++) {
            uint32_t a = desc->triangles[t][i], b = desc->triangles[t][(i + 1) % 3];
            uint32_t low = MIN(a, b), high = MAX(a, b);
            uint32_t *link = &firsts[low];
            for (; *link != NONE; link = &next[*link]) {
                const uint32_t *other = desc->triangles[*link / 3];
                uint32_t c = other[*link % 3], d = other[(*link % 3 + 1) % 3];
                if (MAX(c, d) == high && *link / 3 != t)
                    break; // its lower one is `low`, or it would not wait here
            }
            if (*link == NONE) {
                next[3 * t + i] = firsts[low];
                firsts[low] = 3 * t + i;
                continue;
            }
            splitter->neighbours[t][i] = *link / 3;
            splitter->neighbours[*link / 3][*link % 3] = t;
            *link = next[*link];
        }
    }
}

// ---- walks

// Visits what hangs together with `start` within its slice; sets distances. Gives the number of
// triangles visited, which stand in the queue, the furthest last.
static uint32_t walk(Splitter *splitter, uint32_t start)
{
    uint32_t part = splitter->parts[start], count = 1;
    splitter->queue[0] = start;
    splitter->distances[start] = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t t = splitter->queue[i];
        for (int edge = 0; edge < 3; edge++) {
            uint32_t to = splitter->neighbours[t][edge];
            if (to == NONE || splitter->parts[to] != part || splitter->distances[to] != NONE)
                continue;
            splitter->distances[to] = splitter->distances[t] + 1;
            splitter->queue[count++] = to;
        }
    }
    return count;
}

static void forget_walk(Splitter *splitter, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        splitter->distances[splitter->queue[i]] = NONE;
}

// Steps of a walk are whole numbers and make ragged lines: a key becomes more like its
// neighbours'.
static void smooth_keys(Splitter *splitter, uint32_t count)
{
    for (int pass = 0; pass < SMOOTH_PASSES; pass++) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t t = splitter->queue[i];
            int32_t sum = 2 * splitter->keys[t], weight = 2;
            for (int edge = 0; edge < 3; edge++) {
                uint32_t to = splitter->neighbours[t][edge];
                if (to == NONE || splitter->parts[to] != splitter->parts[t])
                    continue;
                sum += splitter->keys[to];
                weight++;
            }
            splitter->smoothed[t] = sum / weight;
        }
        for (uint32_t i = 0; i < count; i++)
            splitter->keys[splitter->queue[i]] = splitter->smoothed[splitter->queue[i]];
    }
}

static void sort_by_key(Splitter *splitter, uint32_t count, int32_t most, uint32_t *out)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t *places = ARENA_ARRAY(scratch.arena, uint32_t, 2 * (size_t)most + 2);
    for (uint32_t i = 0; i < count; i++)
        places[splitter->keys[splitter->queue[i]] + most + 1]++;
    for (int32_t i = 0; i <= 2 * most; i++)
        places[i + 1] += places[i];
    for (uint32_t i = 0; i < count; i++)
        out[places[splitter->keys[splitter->queue[i]] + most]++] = splitter->queue[i];
    scratch_end(scratch);
}

// Orders the island in the queue from one of its ends to the other; writes it to `out`.
static void order_island(Splitter *splitter, uint32_t count, uint32_t *out)
{
    int32_t most = 0;
    for (int end = 0; end < 2; end++) {
        uint32_t furthest = splitter->queue[count - 1];
        forget_walk(splitter, count);
        walk(splitter, furthest);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t t = splitter->queue[i];
            int32_t distance = KEY_SCALE * (int32_t)splitter->distances[t];
            splitter->keys[t] = end ? splitter->keys[t] - distance : distance;
            most = MAX(most, distance);
        }
    }
    smooth_keys(splitter, count);
    sort_by_key(splitter, count, most, out);
}

// ---- islands of one slice, by place

typedef struct Island {
    float at;
    uint32_t first, count;
} Island;

static int compare_islands(const void *a, const void *b)
{
    const Island *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static int longest_axis(const Splitter *splitter, const uint32_t *slice, uint32_t count)
{
    const SplitDesc *desc = splitter->desc;
    float low[3], high[3];
    memcpy(low, desc->positions[desc->triangles[slice[0]][0]], sizeof low);
    memcpy(high, low, sizeof high);
    for (uint32_t i = 1; i < count; i++) {
        const float *at = desc->positions[desc->triangles[slice[i]][0]];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = MIN(low[axis], at[axis]);
            high[axis] = MAX(high[axis], at[axis]);
        }
    }
    int longest = high[1] - low[1] > high[0] - low[0] ? 1 : 0;
    return high[2] - low[2] > high[longest] - low[longest] ? 2 : longest;
}

// Puts the slice in an order in which it can be cut anywhere.
static void order_slice(Splitter *splitter, uint32_t *slice, uint32_t count)
{
    const SplitDesc *desc = splitter->desc;
    Scratch scratch = scratch_begin(NULL);
    uint32_t *found = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count);
    Island *islands = NULL;
    uint32_t island_count = 0, capacity = 0, at = 0;
    // Distances stay set for what was visited, so that every island is found once.
    for (uint32_t i = 0; i < count; i++) {
        if (splitter->distances[slice[i]] != NONE)
            continue;
        uint32_t size = walk(splitter, slice[i]);
        order_island(splitter, size, &found[at]);
        *ARENA_PUSH(scratch.arena, islands, island_count, capacity) =
            (Island){.first = at, .count = size};
        at += size;
    }
    if (island_count > 1) {
        int axis = longest_axis(splitter, slice, count);
        for (uint32_t i = 0; i < island_count; i++) {
            const uint32_t *triangle = desc->triangles[found[islands[i].first]];
            islands[i].at = desc->positions[triangle[0]][axis];
        }
        qsort(islands, island_count, sizeof *islands, compare_islands);
    }
    at = 0;
    for (uint32_t i = 0; i < island_count; i++) {
        memcpy(&slice[at], &found[islands[i].first], islands[i].count * sizeof *slice);
        at += islands[i].count;
    }
    for (uint32_t i = 0; i < count; i++)
        splitter->distances[slice[i]] = NONE;
    scratch_end(scratch);
}

// ---- halving

static double load_of(const SplitDesc *desc, const uint32_t *slice, uint32_t count)
{
    double load = 0;
    for (uint32_t i = 0; desc->loads && i < count; i++)
        load += (double)desc->loads[slice[i]];
    return load;
}

static bool fits(Splitter *splitter, const uint32_t *slice, uint32_t count)
{
    const SplitDesc *desc = splitter->desc;
    if (count > desc->max_triangles ||
        (count > 1 && load_of(desc, slice, count) > (double)desc->max_load))
        return false;
    uint32_t used = 0;
    splitter->stamp++;
    for (uint32_t i = 0; i < count; i++) {
        for (int corner = 0; corner < 3; corner++) {
            uint32_t v = desc->triangles[slice[i]][corner];
            used += splitter->marks[v] != splitter->stamp;
            splitter->marks[v] = splitter->stamp;
        }
    }
    return used <= desc->max_vertices;
}

// How many of an ordered slice go to the left, so that few patches are needed in all.
static uint32_t choose_cut(const SplitDesc *desc, const uint32_t *slice, uint32_t count)
{
    uint32_t max = desc->max_triangles;
    uint32_t patches = MAX((count + max - 1) / max, 2u);
    double load = load_of(desc, slice, count);
    double loads = desc->loads ? MIN(ceil(load / (double)desc->max_load), count) : 0;
    if (loads <= patches)
        return (uint32_t)((uint64_t)count * (patches / 2) / patches);
    double wanted = load * floor(loads / 2) / loads, sum = 0;
    uint32_t left = 0;
    while (left + 1 < count &&
           (left == 0 || sum + 0.5 * (double)desc->loads[slice[left]] < wanted))
        sum += (double)desc->loads[slice[left++]];
    return left;
}

// `firsts` and patches come out in the order of the triangles.
static void halve(Splitter *splitter, uint32_t first, uint32_t count)
{
    uint32_t *slice = &splitter->out.triangles[first];
    if (fits(splitter, slice, count)) {
        splitter->out.firsts[splitter->out.count++] = first;
        return;
    }
    order_slice(splitter, slice, count);
    uint32_t left = choose_cut(splitter->desc, slice, count);
    uint32_t part = ++splitter->part_count;
    for (uint32_t i = 0; i < left; i++)
        splitter->parts[slice[i]] = part;
    halve(splitter, first, left);
    halve(splitter, first + left, count - left);
}

SplitPatches bake_split(const SplitDesc *desc, Arena *arena)
{
    uint32_t count = desc->triangle_count;
    Splitter splitter = {.desc = desc};
    splitter.out.triangles = ARENA_ARRAY_RAW(arena, uint32_t, count);
    splitter.out.firsts = ARENA_ARRAY_RAW(arena, uint32_t, (size_t)count + 1);
    Scratch scratch = scratch_begin(arena);
    splitter.neighbours =
        arena_alloc_raw(scratch.arena, count * sizeof *splitter.neighbours, 16);
    splitter.parts = ARENA_ARRAY(scratch.arena, uint32_t, count);
    splitter.distances = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count);
    memset(splitter.distances, 0xff, count * sizeof *splitter.distances);
    splitter.keys = ARENA_ARRAY_RAW(scratch.arena, int32_t, count);
    splitter.smoothed = ARENA_ARRAY_RAW(scratch.arena, int32_t, count);
    splitter.queue = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count);
    splitter.marks = ARENA_ARRAY(scratch.arena, uint32_t, desc->vertex_count);
    find_neighbours(&splitter, scratch.arena);
    for (uint32_t t = 0; t < count; t++)
        splitter.out.triangles[t] = t;
    if (count)
        halve(&splitter, 0, count);
    splitter.out.firsts[splitter.out.count] = count;
    scratch_end(scratch);
    return splitter.out;
}
