// bake_normals.h: one normal for each welded vertex. Any thread.

#pragma once
#include "packer/bake_mesh.h"
#include "packer/scan.h"

// From the scan's own normals where it has them, else from the triangles around a vertex; each
// triangle counts by its angle at the vertex and little by its size (Max 1999), so that a
// sphere of uneven triangles is still round. Sets mesh->normals, in `arena`.
// After triangles were split it is called again: vertices inside a triangle of the scan get
// what the scan says there, so that only those on an edge share it with the other side.
void bake_normals(const Scan *scan, BakeMesh *mesh, Arena *arena);
