// import_corners.h: one vertex for each different use of a position.
//
// PLY and OBJ say texture coordinates, normals or colours at the corners of faces; a Scan says
// them at vertices. A position used with one set of values keeps its vertex; each further set
// gets a copy. The order depends on the file alone. One thread.

#pragma once
#include "packer/import_mesh.h"

// Whatever tells two uses of a position apart: numbers or bits of values.
typedef struct ImportCornerKey {
    uint32_t words[3];
} ImportCornerKey;

typedef struct ImportCorners {
    ImportMesh *mesh;
    ImportArray uses;  // of each vertex of the mesh: its position's vertex and its key
    ImportArray slots; // open hash table of the copies: vertex + 1, or 0
    size_t copy_count;
} ImportCorners;

void import_corners_drop(ImportCorners *corners);

// The vertex for this use of vertex `base` (as it was added). *is_new: the caller must write
// the values the key stands for; the others were copied. ERR_LIMIT as import_mesh_add_vertices.
NODISCARD Status import_corners_find(ImportCorners *corners, uint32_t base, ImportCornerKey key,
                                     uint32_t *vertex, bool *is_new);
// The key of a vertex of the mesh; false if no corner uses it.
bool import_corners_key(ImportCorners *corners, uint32_t vertex, ImportCornerKey *key);
