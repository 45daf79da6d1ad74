// pick.h: what a ray hits, and how near the surface is, on the finest pages that are resident.
//
// Everything is in the sculpture's own space. The answer is as good as what is loaded: about a
// pixel of what is being looked at. The CutState is the caller's, of the same sculpture; it is
// used for a pass. One thread.

#pragma once
#include "stream/cut.h"

typedef struct PickTarget {
    const MeshGraph *graph;
    CutState *state;
    const CutPage *pages;
} PickTarget;

typedef struct PickHit {
    double point[3];
    double normal[3]; // of the vertices, blended; length 1
    double face_normal[3];
    double distance;
    uint32_t group;
    uint32_t page, first_index; // of the triangle, within the page
    float edge_m;               // mean edge around the point: one sample of the scan, if finest
    float texel_m;  // how wide a texel is around the point; 0: no tile holds its colours
    bool is_finest; // nothing finer exists
} PickHit;

// A cluster may be so large that its texels differ: each so many of its triangles, which
// face alike, are measured for themselves.
enum {
    PICK_PART_TRIANGLES = 16,
    PICK_PARTS = MESH_CLUSTER_MAX_TRIANGLES / PICK_PART_TRIANGLES,
    PICK_PAGE_PARTS = MESH_PAGE_MAX_CLUSTERS * PICK_PARTS,
};

// How wide a texel of the page's tile is on the surface: `out` has PICK_PAGE_PARTS, those of a
// cluster from its index times PICK_PARTS. 0 where there are no texels.
void pick_measure_texels(const MeshPage *page, float *out);

// False if nothing is hit; then *out stays. Both sides of the surface count.
bool pick_ray(const PickTarget *target, const Ray *ray, PickHit *out);
// The same of what is nearer than `limit`: short rays are quick.
bool pick_ray_within(const PickTarget *target, const Ray *ray, double limit, PickHit *out);
// The nearest point of the surface within `radius_m` of `point`. `distance` is that to it. As
// fine as there is any: where a part was left out, there may be a hole.
bool pick_nearest(const PickTarget *target, const double point[3], double radius_m,
                  PickHit *out);
// The same of a surface without holes: where a part is missing, what stands in for it counts.
bool pick_gap(const PickTarget *target, const double point[3], double radius_m, PickHit *out);
