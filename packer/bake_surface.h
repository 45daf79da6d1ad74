// bake_surface.h: colour, gloss, occlusion and glow of every vertex, and what normal maps add.
//
// A vertex stands for the part of each triangle around it that is nearest to it:
//
//            / \ .                   It takes the mean of the picture over that part, in
//           /   \ .                  linear light. Samples lie inside triangles, so whatever
//          /\   /\ .                 a picture holds between its islands stays out; where
//         /  \_/  \ .                islands meet, both sides are averaged into one value,
//        /####|    \ .               without a fringe.
//       v-----------v'
//
// Pictures are decoded one at a time.

#pragma once
#include "io/thread.h"
#include "packer/bake_mesh.h"
#include "packer/scan.h"

typedef struct SurfaceDesc {
    const Scan *scan;
    BakeMesh *mesh; // with normals, which normal maps change
    int worker_limit;
    Cancel *cancel;
} SurfaceDesc;

// Sets mesh->surfaces, in `arena`, or leaves them NULL where the scan says nothing of its
// surface. A picture that does not decode fails with its own error and its name.
NODISCARD Status bake_surface(const SurfaceDesc *desc, Arena *arena);
