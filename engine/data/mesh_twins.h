// mesh_twins.h: vertices that stand in a page several times, told once.
//
// Where charts meet in a tile, a vertex is there for each of them: the same place and normal,
// other texels. *Twins* say so: one number for each vertex, 0 for one that is told, k for one
// that is the same as the k-th last that was told.
//
// Pure; any thread.

#pragma once
#include "data/mesh.h"

// Fills in `twins` and, of `count` vertices, those to be told. Returns their number. At most
// MESH_PAGE_MAX_VERTICES.
uint32_t mesh_find_twins(const MeshVertex *vertices, uint32_t count, uint16_t *twins,
                         MeshVertex *told);
// How many are told; 0 if a twin is of none.
uint32_t mesh_count_told(const uint16_t *twins, uint32_t count);
// The way back, for twins that mesh_count_told accepted.
void mesh_spread_twins(const uint16_t *twins, uint32_t count, const MeshVertex *told,
                       MeshVertex *vertices);
