// solid.c: from loose triangles to a body that a printer can fill.

#include "packer/solid.h"

#include "packer/solid_parts.h"

#include <string.h>

// Corners around each vertex, one vertex after the other.
typedef struct Around {
    uint32_t *first; // vertex_count + 1
    uint32_t *corners;
} Around;

// ---- one vertex for corners that coincide

static uint32_t hash_position(const float position[3])
{
    uint32_t bits[3], hash = 0x811c9dc5u;
    memcpy(bits, position, sizeof bits);
    for (int i = 0; i < 3; i++)
        hash = (hash ^ bits[i] ^ bits[i] >> 15) * 0x9e3779b1u;
    return hash ^ hash >> 16;
}

static void weld(const float (*corners)[3], uint32_t count, Arena *arena, Solid *out)
{
    Scratch scratch = scratch_begin(arena);
    uint32_t slots = 1024;
    while (slots < count)
        slots *= 2;
    uint32_t *found = ARENA_RESERVE(scratch.arena, uint32_t, slots); // plus one; 0: free
    out->positions = (float(*)[3])arena_reserve(arena, arena_size_of(sizeof(float[3]), count));
    for (uint32_t i = 0; i < count; i++) {
        float at[3];
        for (int axis = 0; axis < 3; axis++)
            at[axis] = corners[i][axis] + 0.0f; // one zero of two
        uint32_t slot = hash_position(at) & (slots - 1);
        while (found[slot] && memcmp(out->positions[found[slot] - 1], at, sizeof at) != 0)
            slot = (slot + 1) & (slots - 1);
        if (!found[slot]) {
            memcpy(out->positions[out->vertex_count++], at, sizeof at);
            found[slot] = out->vertex_count;
        }
        out->triangles[i / 3][i % 3] = found[slot] - 1;
    }
    scratch_end(scratch);
}

// ---- neighbours

static Around find_around(const Solid *solid, Arena *arena)
{
    uint32_t corner_count = solid->triangle_count * 3;
    const uint32_t *vertices = &solid->triangles[0][0];
    Around around = {ARENA_RESERVE(arena, uint32_t, solid->vertex_count + 2),
                     ARENA_RESERVE(arena, uint32_t, corner_count)};
    for (uint32_t i = 0; i < corner_count; i++)
        around.first[vertices[i] + 2]++;
    for (uint32_t i = 2; i < solid->vertex_count + 2; i++)
        around.first[i] += around.first[i - 1];
    for (uint32_t i = 0; i < corner_count; i++)
        around.corners[around.first[vertices[i] + 1]++] = i;
    return around;
}

static bool is_same_triangle(const uint32_t a[3], const uint32_t b[3])
{
    for (int i = 0; i < 3; i++)
        if (a[i] != b[0] && a[i] != b[1] && a[i] != b[2])
            return false;
    return true;
}

static bool was_met(const Solid *solid, const Around *around, uint32_t triangle)
{
    const uint32_t *own = solid->triangles[triangle];
    for (uint32_t i = around->first[own[0]]; i < around->first[own[0] + 1]; i++) {
        uint32_t other = around->corners[i] / 3;
        if (other < triangle && is_same_triangle(own, solid->triangles[other]))
            return true;
    }
    return false;
}

static bool is_flat(const uint32_t t[3])
{
    return t[0] == t[1] || t[1] == t[2] || t[2] == t[0];
}

static void drop_useless(Solid *solid, SolidCounts *counts)
{
    Scratch scratch = scratch_begin(NULL);
    Around around = find_around(solid, scratch.arena);
    bool *drops = ARENA_RESERVE(scratch.arena, bool, solid->triangle_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        drops[i] = is_flat(solid->triangles[i]) || was_met(solid, &around, i);
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        if (!drops[i])
            memmove(solid->triangles[kept++], solid->triangles[i], sizeof(uint32_t[3]));
    counts->dropped_triangles = solid->triangle_count - kept;
    solid->triangle_count = kept;
    scratch_end(scratch);
}

// ---- all neighbours face alike

typedef struct Turner {
    const Solid *solid;
    Around around;
    uint8_t *state; // of triangles: 0 not met, 1 as it is, 2 turned
    uint32_t *queue;
} Turner;

// The one other triangle at a corner's edge, if it is one: its corner there.
static uint32_t only_neighbour(const Turner *t, uint32_t corner, bool *runs_alike)
{
    const uint32_t *vertices = &t->solid->triangles[0][0];
    uint32_t from = vertices[corner], to = vertices[solid_next_corner(corner)];
    uint32_t found = SOLID_NONE;
    for (uint32_t i = t->around.first[from]; i < t->around.first[from + 1]; i++) {
        uint32_t own = t->around.corners[i], next = solid_next_corner(own);
        uint32_t before = solid_next_corner(next);
        if (own / 3 == corner / 3 || (vertices[next] != to && vertices[before] != to))
            continue;
        if (found != SOLID_NONE)
            return SOLID_NONE;
        found = own;
        *runs_alike = vertices[next] == to;
    }
    return found;
}

// From `start` over all that hang together; returns how many of them are in the queue.
static uint32_t walk_patch(Turner *t, uint32_t start, uint32_t *turned)
{
    uint32_t count = 0;
    t->queue[count++] = start;
    t->state[start] = 1;
    *turned = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t triangle = t->queue[i];
        *turned += t->state[triangle] == 2;
        for (uint32_t k = 0; k < 3; k++) {
            bool runs_alike = false;
            uint32_t other = only_neighbour(t, triangle * 3 + k, &runs_alike);
            if (other == SOLID_NONE || t->state[other / 3])
                continue;
            t->state[other / 3] = runs_alike ? 3 - t->state[triangle] : t->state[triangle];
            t->queue[count++] = other / 3;
        }
    }
    return count;
}

// Of each patch the fewer are turned.
static void turn_alike(Solid *solid, SolidCounts *counts)
{
    Scratch scratch = scratch_begin(NULL);
    Turner turner = {.solid = solid,
                     .around = find_around(solid, scratch.arena),
                     .state = ARENA_RESERVE(scratch.arena, uint8_t, solid->triangle_count),
                     .queue = ARENA_RESERVE(scratch.arena, uint32_t, solid->triangle_count)};
    for (uint32_t start = 0; start < solid->triangle_count; start++) {
        if (turner.state[start])
            continue;
        uint32_t turned, count = walk_patch(&turner, start, &turned);
        uint8_t wrong = turned * 2 > count ? 1 : 2;
        counts->turned_triangles += wrong == 1 ? count - turned : turned;
        for (uint32_t i = 0; i < count; i++)
            turner.state[turner.queue[i]] =
                turner.state[turner.queue[i]] == wrong ? 4 : 3; // 4: to be turned
    }
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        if (turner.state[i] == 4)
            solid_turn(solid->triangles[i]);
    scratch_end(scratch);
}

// ---- edges in pairs

static uint32_t count_along(const Solid *solid, const Around *around, uint32_t from,
                            uint32_t to)
{
    const uint32_t *vertices = &solid->triangles[0][0];
    uint32_t count = 0;
    for (uint32_t i = around->first[from]; i < around->first[from + 1]; i++)
        count += vertices[solid_next_corner(around->corners[i])] == to;
    return count;
}

// Somebody who runs along it has found a neighbour already.
static bool is_taken(const Solid *solid, const Around *around, const uint32_t *twins,
                     uint32_t from, uint32_t to)
{
    const uint32_t *vertices = &solid->triangles[0][0];
    for (uint32_t i = around->first[from]; i < around->first[from + 1]; i++) {
        uint32_t corner = around->corners[i];
        if (vertices[solid_next_corner(corner)] == to && twins[corner] != SOLID_NONE)
            return true;
    }
    return false;
}

static void pair_edges(const Solid *solid, uint32_t *twins, SolidCounts *counts)
{
    Scratch scratch = scratch_begin(NULL);
    Around around = find_around(solid, scratch.arena);
    const uint32_t *vertices = &solid->triangles[0][0];
    for (uint32_t corner = 0; corner < solid->triangle_count * 3; corner++) {
        uint32_t from = vertices[corner], to = vertices[solid_next_corner(corner)];
        if (twins[corner] != SOLID_NONE)
            continue;
        for (uint32_t i = around.first[to]; i < around.first[to + 1]; i++) {
            uint32_t other = around.corners[i];
            if (vertices[solid_next_corner(other)] != from || twins[other] != SOLID_NONE)
                continue;
            counts->parted_edges += is_taken(solid, &around, twins, from, to);
            twins[corner] = other;
            twins[other] = corner;
            break;
        }
    }
    scratch_end(scratch);
}

// ---- a vertex for each fan of triangles that hang together

uint32_t solid_find_root(uint32_t *parents, uint32_t at)
{
    while (parents[at] != at)
        at = parents[at] = parents[parents[at]];
    return at;
}

void solid_join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = solid_find_root(parents, a);
    b = solid_find_root(parents, b);
    parents[MAX(a, b)] = MIN(a, b); // so that numbers follow the triangles
}

static void part_fans(Rims *rims)
{
    Scratch scratch = scratch_begin(rims->arena);
    Solid *solid = rims->solid;
    uint32_t corner_count = solid->triangle_count * 3;
    uint32_t *vertices = &solid->triangles[0][0];
    uint32_t *parents = ARENA_RESERVE(scratch.arena, uint32_t, corner_count);
    float(*positions)[3] = (float(*)[3])arena_reserve(
        rims->arena, arena_size_of(sizeof *positions, rims->vertex_capacity));
    for (uint32_t i = 0; i < corner_count; i++)
        parents[i] = i;
    for (uint32_t i = 0; i < corner_count; i++) {
        if (rims->twins[i] == SOLID_NONE)
            continue;
        solid_join(parents, i, solid_next_corner(rims->twins[i]));
        solid_join(parents, solid_next_corner(i), rims->twins[i]);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < corner_count; i++) {
        uint32_t root = solid_find_root(parents, i);
        if (root == i)
            memcpy(positions[count], solid->positions[vertices[i]], sizeof *positions);
        vertices[i] = root == i ? count++ : vertices[root];
    }
    solid->positions = positions;
    solid->vertex_count = count;
    scratch_end(scratch);
}

// ---- the whole

Status solid_make(const float (*corners)[3], uint32_t triangle_count, double least_thickness,
                  Arena *arena, Solid *out, SolidCounts *counts)
{
    if (triangle_count > SOLID_MAX_TRIANGLES)
        return FAIL(ERR_LIMIT, "%u triangles; a body has at most %d", triangle_count,
                    (int)SOLID_MAX_TRIANGLES);
    // Every open edge may get a triangle, and every three of them a vertex.
    uint32_t capacity = triangle_count * 4;
    *counts = (SolidCounts){0};
    *out = (Solid){.triangle_count = triangle_count,
                   .triangles = (uint32_t(*)[3])arena_reserve(
                       arena, arena_size_of(sizeof(uint32_t[3]), capacity))};
    Scratch scratch = scratch_begin(arena);
    weld(corners, triangle_count * 3, scratch.arena, out);
    drop_useless(out, counts);
    turn_alike(out, counts);
    Rims rims = {.solid = out,
                 .twins = ARENA_RESERVE(scratch.arena, uint32_t, out->triangle_count * 3),
                 .vertex_capacity = capacity,
                 .triangle_capacity = capacity,
                 .arena = arena};
    memset(rims.twins, 0xff, sizeof *rims.twins * out->triangle_count * 3);
    pair_edges(out, rims.twins, counts);
    part_fans(&rims);
    solid_close_rims(&rims, counts);
    scratch_end(scratch);
    solid_keep_bodies(out, least_thickness, counts);
    return out->triangle_count ? OK
                               : FAIL(ERR_INVALID, "encloses nothing: it is a mere surface");
}

uint64_t solid_count_open_edges(const Solid *solid)
{
    Scratch scratch = scratch_begin(NULL);
    Around around = find_around(solid, scratch.arena);
    const uint32_t *vertices = &solid->triangles[0][0];
    uint64_t open = 0;
    for (uint32_t corner = 0; corner < solid->triangle_count * 3; corner++) {
        uint32_t from = vertices[corner], to = vertices[solid_next_corner(corner)];
        open += count_along(solid, &around, from, to) != 1 ||
                count_along(solid, &around, to, from) != 1;
    }
    scratch_end(scratch);
    return open;
}
