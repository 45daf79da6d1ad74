// bake_relief.h: how much every vertex stands out of, or lies in, what is around it.
//
// Curvature at three scales, for the lens: worn letters are ridges and hollows of about ten
// samples, tool marks of two. At each scale the normals are smoothed, then an edge from i to j
// bends by (n_j - n_i) . (p_j - p_i) / |p_j - p_i|^2, the curvature along it; the mean over a
// vertex's edges, times the scale's own length, is an angle whatever the sculpture's size.
// Smoothing normals, scale by scale, is Rusinkiewicz, Burns and DeCarlo 2006 ("Exaggerated
// shading for depicting shape and detail"); curvature from normals along edges is Rusinkiewicz
// 2004.

#pragma once
#include "io/thread.h"
#include "packer/bake_mesh.h"

typedef struct ReliefDesc {
    const BakeMesh *mesh; // with normals
    int worker_limit;
    Cancel *cancel;
} ReliefDesc;

// A byte for each vertex, in `arena`: MESH_RELIEF_FLAT, more on ridges, less in hollows.
NODISCARD Status bake_relief(const ReliefDesc *desc, Arena *arena, uint8_t **out);
