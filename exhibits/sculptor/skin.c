// skin.c: a whole surface laid out flat by itself.

#include "exhibits/sculptor/skin.h"

#include <stdlib.h>

enum {
    TURNS = 24, // of a right angle, tried for the smallest box
    GUTTER = 2  // texels around an island
};
// Least cosine between a triangle and the direction its island is seen from.
static const float LEAST_FACING = 0.42f;
// Two places of one island on the same texel, further apart than this, lie over each other.
static const float APART_TEXELS = 1;

typedef struct Island {
    Vec3 across, along, towards;
    uint32_t first, count; // in Skin.order
    float low[2];          // of its box, texels, in its own turn
    uint32_t size[2], at[2];
} Island;

typedef struct Skin {
    const SkinDesc *desc;
    Arena arena;
    uint32_t *neighbours; // three a triangle of the range; UINT32_MAX: none
    uint32_t *of;         // island + 1 of each triangle of the range
    uint32_t *order;      // triangles of the range, island by island
    uint32_t ordered;
    Island *islands;
    size_t island_count, island_capacity;
    // What is covered, seen along an island's direction.
    uint32_t *stamps; // island + 1
    float *heights;
    uint32_t side;
    Vec3 middle;
} Skin;

static Vec3 corner_of(const Skin *skin, uint32_t triangle, size_t k)
{
    const Sculpture *s = skin->desc->sculpture;
    return s->vertices[s->indices[3 * (skin->desc->first_triangle + triangle) + k]].position;
}

static Vec3 face_of(const Skin *skin, uint32_t triangle)
{
    Vec3 a = corner_of(skin, triangle, 0);
    return v3_unit(v3_cross(v3_sub(corner_of(skin, triangle, 1), a),
                            v3_sub(corner_of(skin, triangle, 2), a)));
}

typedef struct Side {
    uint64_t key; // both vertices, plus one; 0 is an empty slot
    uint32_t slot;
} Side;

static void find_neighbours(Skin *skin)
{
    size_t count = skin->desc->triangle_count * 3, size = 64;
    while (size < count * 2)
        size *= 2;
    Arena own = {0};
    Side *table = ARENA_ARRAY(&own, Side, size);
    const uint32_t *indices = skin->desc->sculpture->indices + 3 * skin->desc->first_triangle;
    skin->neighbours = ARENA_ARRAY_RAW(&skin->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = indices[i], b = indices[i - i % 3 + (i + 1) % 3];
        uint64_t key = ((uint64_t)MIN(a, b) << 32 | MAX(a, b)) + 1;
        size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (size - 1);
        while (table[slot].key && table[slot].key != key)
            slot = (slot + 1) & (size - 1);
        skin->neighbours[i] = UINT32_MAX;
        if (table[slot].key) {
            skin->neighbours[i] = table[slot].slot / 3;
            skin->neighbours[table[slot].slot] = i / 3;
        }
        table[slot] = (Side){key, i};
    }
    arena_drop(&own);
}

static Vec3 nearest_direction(Vec3 face)
{
    float most = -2;
    Vec3 best = face;
    for (int i = 0; i < 27; i++) {
        Vec3 d = v3((float)(i % 3 - 1), (float)(i / 3 % 3 - 1), (float)(i / 9 - 1));
        if (i == 13)
            continue;
        d = v3_unit(d);
        if (v3_dot(d, face) > most + 1e-5f) {
            most = v3_dot(d, face);
            best = d;
        }
    }
    return best;
}

static Vec3 seen(const Skin *skin, const Island *island, Vec3 p)
{
    Vec3 q = v3_scale(v3_sub(p, skin->middle), 1 / skin->desc->texel_mm);
    return v3(v3_dot(q, island->across), v3_dot(q, island->along), v3_dot(q, island->towards));
}

// Whether the triangle lies over what the island has; if not, it is marked where `is_marking`.
static bool covers(Skin *skin, const Island *island, uint32_t stamp, uint32_t triangle,
                   bool is_marking)
{
    Vec3 p[3];
    float half = (float)skin->side * 0.5f;
    for (size_t k = 0; k < 3; k++)
        p[k] = v3_add(seen(skin, island, corner_of(skin, triangle, k)), v3(half, half, 0));
    float area = (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[1].y - p[0].y) * (p[2].x - p[0].x);
    if (fabsf(area) < 1e-9f)
        return false;
    int x0 = (int)floorf(fminf(p[0].x, fminf(p[1].x, p[2].x)));
    int x1 = (int)ceilf(fmaxf(p[0].x, fmaxf(p[1].x, p[2].x)));
    int y0 = (int)floorf(fminf(p[0].y, fminf(p[1].y, p[2].y)));
    int y1 = (int)ceilf(fmaxf(p[0].y, fmaxf(p[1].y, p[2].y)));
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            float px = (float)x + 0.5f - p[0].x, py = (float)y + 0.5f - p[0].y;
            float b = (px * (p[2].y - p[0].y) - py * (p[2].x - p[0].x)) / area;
            float c = ((p[1].x - p[0].x) * py - (p[1].y - p[0].y) * px) / area;
            if (b < -1e-4f || c < -1e-4f || b + c > 1 + 1e-4f)
                continue;
            float height = p[0].z + b * (p[1].z - p[0].z) + c * (p[2].z - p[0].z);
            size_t at = (size_t)y * skin->side + (size_t)x;
            if (is_marking) {
                skin->stamps[at] = stamp;
                skin->heights[at] = height;
            } else if (skin->stamps[at] == stamp &&
                       fabsf(skin->heights[at] - height) > APART_TEXELS) {
                return true;
            }
        }
    return false;
}

// Spreads from a triangle over those that hang together with it and look the same way.
static void grow_island(Skin *skin, uint32_t seed)
{
    Island *island =
        ARENA_PUSH(&skin->arena, skin->islands, skin->island_count, skin->island_capacity);
    uint32_t stamp = (uint32_t)skin->island_count, at = skin->ordered;
    Vec3 direction = nearest_direction(face_of(skin, seed));
    Vec3 any = fabsf(direction.y) < 0.9f ? v3(0, 1, 0) : v3(1, 0, 0);
    Frame frame = frame_make(v3(0, 0, 0), any, direction);
    *island = (Island){frame.across, frame.along, frame.up, at, 0, {0, 0}, {0, 0}, {0, 0}};
    skin->order[skin->ordered++] = seed;
    skin->of[seed] = stamp;
    covers(skin, island, stamp, seed, true);
    for (; at < skin->ordered; at++)
        for (size_t k = 0; k < 3; k++) {
            uint32_t next = skin->neighbours[3 * (size_t)skin->order[at] + k];
            if (next == UINT32_MAX || skin->of[next] ||
                v3_dot(face_of(skin, next), direction) < LEAST_FACING ||
                covers(skin, island, stamp, next, false))
                continue;
            covers(skin, island, stamp, next, true);
            skin->of[next] = stamp;
            skin->order[skin->ordered++] = next;
        }
    island->count = skin->ordered - island->first;
}

// The box around an island turned by an angle.
static void measure(const Skin *skin, const Island *island, float angle, float low[2],
                    float high[2])
{
    float c = cosf(angle), s = sinf(angle);
    low[0] = low[1] = 1e9f, high[0] = high[1] = -1e9f;
    for (uint32_t i = 0; i < island->count; i++)
        for (size_t k = 0; k < 3; k++) {
            Vec3 p = seen(skin, island, corner_of(skin, skin->order[island->first + i], k));
            float q[2] = {p.x * c + p.y * s, p.y * c - p.x * s};
            for (int d = 0; d < 2; d++) {
                low[d] = fminf(low[d], q[d]);
                high[d] = fmaxf(high[d], q[d]);
            }
        }
}

// Turns it to lie long in the smallest of some boxes.
static void turn_island(const Skin *skin, Island *island)
{
    float low[2], high[2], best = 1e18f, angle = 0;
    int turns = island->count > 6 ? TURNS : 1;
    for (int i = 0; i < turns; i++) {
        float turn = (float)i * PI_F / 2 / TURNS;
        measure(skin, island, turn, low, high);
        float area = (high[0] - low[0] + 2 * GUTTER) * (high[1] - low[1] + 2 * GUTTER);
        if (area >= best * 0.98f)
            continue;
        best = area;
        angle = high[1] - low[1] > high[0] - low[0] ? turn + PI_F / 2 : turn;
    }
    measure(skin, island, angle, low, high);
    float c = cosf(angle), s = sinf(angle);
    Vec3 across = v3_mad(v3_scale(island->across, c), island->along, s);
    island->along = v3_mad(v3_scale(island->along, c), island->across, -s);
    island->across = across;
    for (int d = 0; d < 2; d++) {
        island->low[d] = low[d];
        island->size[d] = (uint32_t)ceilf(high[d] - low[d]) + 2 * GUTTER;
    }
}

// Islands of about the same height stay in the order of space: neighbours share lists of parts.
static uint32_t height_class(const Island *island)
{
    uint32_t step = island->size[1] < 32 ? 4 : island->size[1] < 128 ? 16 : 64;
    return (island->size[1] + step - 1) / step * step;
}

static int by_height(const void *a, const void *b)
{
    const Island *const *x = a, *const *y = b;
    uint32_t h = height_class(*x), k = height_class(*y);
    return h != k ? (h > k ? -1 : 1) : (*x)->first < (*y)->first ? -1 : 1;
}

static void pack_islands(Skin *skin, uint32_t size[2])
{
    double area = 0;
    uint32_t widest = 64;
    Island **sorted = ARENA_ARRAY_RAW(&skin->arena, Island *, skin->island_count);
    for (size_t i = 0; i < skin->island_count; i++) {
        Island *island = sorted[i] = &skin->islands[i];
        turn_island(skin, island);
        area += (double)island->size[0] * height_class(island);
        widest = MAX(widest, island->size[0]);
    }
    qsort(sorted, skin->island_count, sizeof *sorted, by_height);
    size[0] = MAX(widest, (uint32_t)sqrt(area));
    uint32_t x = 0, y = 0, shelf = 0;
    for (size_t i = 0; i < skin->island_count; i++) {
        Island *island = sorted[i];
        if (x + island->size[0] > size[0]) {
            y += shelf;
            x = shelf = 0;
        }
        island->at[0] = x, island->at[1] = y;
        x += island->size[0];
        shelf = MAX(shelf, island->size[1]);
    }
    size[1] = MAX(y + shelf, 1u);
}

// Seen from outside v goes up, rows of the picture go down.
static void write_texels(const Skin *skin)
{
    Sculpture *s = skin->desc->sculpture;
    for (size_t i = 0; i < skin->island_count; i++) {
        const Island *island = &skin->islands[i];
        for (uint32_t k = 0; k < island->count; k++) {
            uint32_t triangle = skin->order[island->first + k];
            size_t to = skin->desc->first_triangle + triangle;
            s->triangle_islands[to] = skin->desc->first_island + (uint32_t)i;
            for (size_t c = 0; c < 3; c++) {
                Vec3 p = seen(skin, island, corner_of(skin, triangle, c));
                s->triangle_texels[to][c][0] =
                    (float)(island->at[0] + GUTTER) + p.x - island->low[0];
                s->triangle_texels[to][c][1] =
                    (float)(island->at[1] + island->size[1] - GUTTER) - (p.y - island->low[1]);
            }
        }
    }
}

static void make_room(Skin *skin)
{
    Vec3 low = v3(1e9f, 1e9f, 1e9f), high = v3_scale(low, -1);
    for (uint32_t t = 0; t < skin->desc->triangle_count; t++)
        for (size_t k = 0; k < 3; k++) {
            Vec3 p = corner_of(skin, t, k);
            low = v3(fminf(low.x, p.x), fminf(low.y, p.y), fminf(low.z, p.z));
            high = v3(fmaxf(high.x, p.x), fmaxf(high.y, p.y), fmaxf(high.z, p.z));
        }
    skin->middle = v3_lerp(low, high, 0.5f);
    skin->side = (uint32_t)(v3_length(v3_sub(high, low)) / skin->desc->texel_mm) + 4;
    // Of so large a square little is ever looked at.
    skin->stamps = ARENA_RESERVE(&skin->arena, uint32_t, (size_t)skin->side * skin->side);
    skin->heights = ARENA_RESERVE(&skin->arena, float, (size_t)skin->side * skin->side);
}

void skin_lay_out(const SkinDesc *desc, uint32_t size[2], uint32_t *next_island)
{
    Skin skin = {.desc = desc};
    size[0] = size[1] = 1;
    *next_island = desc->first_island;
    if (!desc->triangle_count)
        return;
    make_room(&skin);
    find_neighbours(&skin);
    skin.of = ARENA_ARRAY(&skin.arena, uint32_t, desc->triangle_count);
    skin.order = ARENA_ARRAY_RAW(&skin.arena, uint32_t, desc->triangle_count);
    for (uint32_t t = 0; t < desc->triangle_count; t++)
        if (!skin.of[t])
            grow_island(&skin, t);
    pack_islands(&skin, size);
    write_texels(&skin);
    *next_island = desc->first_island + (uint32_t)skin.island_count;
    arena_drop(&skin.arena);
}
