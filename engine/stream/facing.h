// facing.h: parts of clusters that face one way.
//
// A cluster of a rough or round surface faces almost everywhere, so hardly any faces away as a
// whole though half of all triangles do. Once a page is read, each cluster's triangles are put
// in an order in which eight that follow each other face alike, and these are drawn or not by
// themselves. (Sixteen leave 13 % more to draw; four leave 10 % less, in half as many runs
// again.)
//
// Pure; any thread.

#pragma once
#include "data/mesh.h"

enum {
    FACING_TRIANGLES = 8, // of a part; a cluster's last may have fewer
    FACING_PARTS = MESH_CLUSTER_MAX_TRIANGLES / FACING_TRIANGLES,
    FACING_PAGE_PARTS = MESH_PAGE_MAX_CLUSTERS * FACING_PARTS,
};

// Around the normals of a part: in 127ths an axis, about of length 1, and the sine of the half
// angle times that length, rounded up. All of the part faces away from an eye at E if, with its
// cluster's sphere and view = center - E,
//   dot(view, axis) >= sine * length(view) + 129 * radius
// No axis and a sine of 127: it faces everywhere, or is not there.
typedef struct FacingPart {
    int8_t axis[3], sine;
} FacingPart;

// Changes the order of triangles within each cluster. `out` has FACING_PAGE_PARTS; those of a
// cluster are from its index times FACING_PARTS.
void facing_sort(MeshPage *page, FacingPart *out);

// Where the eye is, of one cluster. An orthographic eye is infinitely far: `view` is the way it
// looks, of length 1, and nothing is added for the radius.
typedef struct FacingEye {
    float view[3], distance, radius;
} FacingEye;

// Of some length: an eye in the very middle sees all.
static inline bool facing_away(const FacingPart *part, const FacingEye *eye)
{
    float along = eye->view[0] * (float)part->axis[0] + eye->view[1] * (float)part->axis[1] +
                  eye->view[2] * (float)part->axis[2];
    return along >= (float)part->sine * eye->distance + 129 * eye->radius;
}
