// import_gltf_mesh.h: glTF's meshes -> the job's vertices and triangles.
//
// One thread.

#pragma once
#include "packer/import_gltf_document.h"

// Adds every triangle of a mesh, moved by `matrix` (column by column, as glTF writes them).
// Points and lines are passed over, and so are primitives without positions.
NODISCARD Status gltf_add_mesh(GltfDocument *document, uint32_t mesh, const double matrix[16]);
