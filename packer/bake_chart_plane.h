// bake_chart_plane.h: charts in the making, each a list of triangles and the plane they are
// seen on; only for bake_chart_flatten.

#pragma once
#include "packer/bake_chart_parts.h"
#include "packer/bake_heap.h"

enum {
    SMALL_CHART = 12, // triangles
    LARGEST_GUEST = 32,
};
#define NO_CHART UINT32_MAX

typedef struct Plane {
    uint32_t first, last, count; // a list: Flattening.next
    float sum[3], axis[3];
    double across[2][3]; // directions of the chart's x and y, as long as 64ths in a metre
    double low[2];       // what to take away from where they lead
    ChartBox box;
    int32_t origin[2]; // the texel that is the cover's (0, 0)
    Cover cover;
    uint32_t owned_texels;
} Plane;

typedef struct Flattening {
    const ChartDesc *desc;
    Arena *temporary;
    ChartNormals normals;
    ChartStars stars;
    uint32_t *chart_of; // of a triangle, or NO_CHART
    uint32_t *next;     // in its chart, or UINT32_MAX
    int32_t (*at)[3][2];
    uint32_t *pending; // triangles without a chart, the largest first
    uint32_t pending_count;
    Heap heap;
    Plane *planes;
    uint32_t plane_count, plane_capacity;
} Flattening;

// Whether it faces along the axis, the cosine being at least that. One without area does.
bool plane_faces(const Flattening *flat, uint32_t triangle, const float axis[3], float least);

typedef void NeighbourFn(void *context, uint32_t triangle, uint32_t neighbour);

// Visits those that share an edge with a triangle, and may share a chart.
void plane_each_neighbour(const Flattening *flat, uint32_t triangle, NeighbourFn *visit,
                          void *context);

// Puts a triangle at the end of a chart's list.
void plane_append(Flattening *flat, uint32_t chart, uint32_t triangle);

// Lays a grown chart flat. Triangles that are not seen from there, lie over others or do not
// fit are without a chart afterwards; at least one stays.
void plane_place(Flattening *flat, uint32_t chart);

// Adds all triangles of a chart, LARGEST_GUEST at most, to another that lies flat, if they find
// their texels free there and face its axis, those of small charts hardly. Triangles of less
// than a few texels need not face it.
bool plane_absorb(Flattening *flat, uint32_t chart, uint32_t guest);
