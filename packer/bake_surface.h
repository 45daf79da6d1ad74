// bake_surface.h: colour, gloss and glow of every vertex of a scan without pictures.
//
// A vertex takes the mean of what the materials of the triangles around it say, each by its
// part of the surface, in linear light; and its own colour, where the scan brings one.

#pragma once
#include "io/thread.h"
#include "packer/bake_mesh.h"
#include "packer/scan.h"

typedef struct SurfaceDesc {
    const Scan *scan;
    BakeMesh *mesh;
    int worker_limit;
    Cancel *cancel;
} SurfaceDesc;

// Sets mesh->surfaces, in `arena`, or leaves them NULL where the scan says nothing of its
// surface.
NODISCARD Status bake_surface(const SurfaceDesc *desc, Arena *arena);
