// bake_normals.h: one normal for each welded vertex. Any thread.

#pragma once
#include "packer/bake_mesh.h"
#include "packer/scan.h"

// From the scan's own normals where it has them, else from the triangles around a vertex; each
// triangle counts by its angle at the vertex and little by its size (Max 1999), so that a
// sphere of uneven triangles is still round. Sets mesh->normals, in `arena`.
void bake_normals(const Scan *scan, BakeMesh *mesh, Arena *arena);
