// charts.h: the flat pieces of a mesh, and a rectangle of texels for each: where the light on
// what stands still is kept.
//
//   mesh                          texture of light
//    ____________                 +--------------+------+   A flat piece is all triangles of a
//   |\  ceiling  \                | ceiling      | wall |   part that hang together; pieces of
//   | \___________\     ->        |              |      |   one plane and one group that touch
//   |wall  wall   |               +----+----+----+      |   are one chart, so that light has no
//                                 | .. | .. |    |      |   seams in it.
//
// Around a chart lies one more texel than it needs, so that filtering stays inside it; the
// centres of the texels next to those lie on the chart's edges. Pure; any thread.

#pragma once
#include "base/arena.h"

enum { CHARTS_BORDER = 1, CHARTS_NONE = -1 };

typedef struct ChartsPart {
    uint32_t first_index, index_count;
    int group; // CHARTS_NONE: gets no charts. Pieces of other groups are never joined
} ChartsPart;

// Triangles that share vertices have one normal.
typedef struct ChartsMesh {
    const float *position, *normal; // of the first vertex
    size_t stride_bytes;            // to the next one
    uint32_t vertex_count;
    const uint32_t *indices;
    const ChartsPart *parts;
    uint32_t part_count;
    bool keeps_pieces; // every flat piece is a chart of its own: none are joined
} ChartsMesh;

typedef struct Chart {
    float normal[3], u[3], v[3], distance; // of the plane from the origin
    float low[2], high[2];                 // along u and v
    float area_m2;                         // of the pieces it was made from
    int group;
    int x, y, size[2]; // in texels, with the border
} Chart;

typedef struct Charts {
    uint32_t count, capacity;
    Chart *charts;      // of one group side by side, in the order of the parts
    uint32_t *chart_of; // by vertex; UINT32_MAX: it has none
    int height;         // of all, once they have places
} Charts;

// The charts of a mesh, without places.
void charts_find(const ChartsMesh *mesh, Arena *arena, Charts *out);
// u, v and low, high of a chart with this normal, empty.
Chart charts_plane(const float position[3], const float normal[3]);
// Gives every chart whose `size` is set a place in rows of `width`, the highest first.
void charts_place(Charts *charts, int width);
// A place on the chart's plane in texels from the corner of the texture.
void charts_texel(const Chart *chart, const float position[3], float out[2]);
// The other way: where on the plane, and in space, a place of the chart's rectangle is; texels
// count from the chart's own corner. It lies inside the chart by `inset_m` at least.
void charts_point(const Chart *chart, const float texel[2], float inset_m, float out[3]);
