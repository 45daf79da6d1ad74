// tile_check.h: what tests of tiles share: points on the triangles of a baked sculpture, and a
// torus whose colours and normals are known.

#pragma once
#include "bake_check.h"

// ---- points on the triangles of a level

typedef struct Point {
    float position[3], normal[3];
    MeshSurface surface;
    uint32_t level;
} Point;

typedef struct Points {
    uint32_t count;
    Point *points;
} Points;

static inline Point point_on(const Sculpture *s, uint32_t p, const uint16_t corners[3],
                             const float shares[3])
{
    const MeshPage *page = &s->pages[p];
    Point point = {.level = s->graph.groups[s->graph.pages[p].first_group].level};
    float place[2] = {0, 0};
    for (int i = 0; i < 3; i++) {
        float normal[3];
        mesh_decode_normal(page->vertices[corners[i]].normal, normal);
        for (int axis = 0; axis < 3; axis++) {
            float at = page->origin_m[axis] +
                       page->step_m * (float)page->vertices[corners[i]].position[axis];
            point.position[axis] += shares[i] * at;
            point.normal[axis] += shares[i] * normal[axis];
        }
        for (int k = 0; k < 2; k++)
            place[k] += shares[i] * (float)page->texels[corners[i]].place[k] / MESH_TEXEL_STEPS;
    }
    sample_tile(&s->tiles[p], place, page->texels[corners[0]].axis, &point.surface,
                point.normal);
    return point;
}

// Several on each triangle of each page with a tile.
static inline Points find_points(const Sculpture *s, Arena *arena)
{
    static const float shares[4][3] = {{0.34f, 0.33f, 0.33f},
                                       {0.9f, 0.06f, 0.04f},
                                       {0.05f, 0.5f, 0.45f},
                                       {0.4f, 0.01f, 0.59f}};
    Points out = {
        .points = ARENA_ARRAY(arena, Point, COUNT_OF(shares) * s->result.stats.all_triangles)};
    for (uint32_t p = 0; p < s->graph.page_count; p++) {
        for (uint32_t i = 0; s->pages[p].texels && i < s->pages[p].index_count; i += 3) {
            for (size_t k = 0; k < COUNT_OF(shares); k++)
                out.points[out.count++] = point_on(s, p, &s->pages[p].indices[i], shares[k]);
        }
    }
    return out;
}

// ---- known functions

static inline void torus_color(const float at[3], float out[3])
{
    out[0] = 0.5f + 0.3f * sinf(3 * at[0]);
    out[1] = 0.5f + 0.3f * sinf(4 * at[1] + 1);
    out[2] = 0.5f + 0.3f * sinf(3 * at[2] + 2);
}

static inline void torus_normal(const float at[3], float out[3])
{
    float ring = hypotf(at[0], at[2]);
    float way[3] = {at[0] - at[0] / ring, at[1], at[2] - at[2] / ring};
    float size = sqrtf(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
    for (int axis = 0; axis < 3; axis++)
        out[axis] = way[axis] / size;
}

typedef struct Means {
    double color, normal_deg;
    uint32_t count;
} Means;

static inline Means compare_to_torus(const Points *points, uint32_t level)
{
    Means means = {0};
    for (uint32_t i = 0; i < points->count; i++) {
        const Point *point = &points->points[i];
        float color[3], normal[3], dot = 0;
        if (point->level != level)
            continue;
        torus_color(point->position, color);
        torus_normal(point->position, normal);
        for (int k = 0; k < 3; k++) {
            means.color += fabs((double)color[k] * 255 - point->surface.color[k]) / 3;
            dot += normal[k] * point->normal[k];
        }
        means.normal_deg += acos((double)CLAMP(dot, -1.0f, 1.0f)) * 57.29578;
        means.count++;
    }
    means.color /= MAX(means.count, 1u);
    means.normal_deg /= MAX(means.count, 1u);
    return means;
}
// Sixteen fields of a colour each, in a picture that is fine enough for the codec.
static inline uint32_t *make_fields(uint32_t *fields, int side, Arena *arena)
{
    uint32_t *texels = ARENA_ARRAY(arena, uint32_t, (size_t)side * (size_t)side);
    for (int i = 0; i < 16; i++)
        fields[i] = 0x404040 + 0x200000u * (uint32_t)(i % 4) + 0x2000u * (uint32_t)(i / 4);
    for (int i = 0; i < side * side; i++)
        texels[i] = fields[i / side * 4 / side * 4 + i % side * 4 / side];
    return texels;
}
