// import_gltf_scene.h: glTF's nodes -> which mesh stands where.
//
// One thread.

#pragma once
#include "packer/import_gltf_document.h"

// Adds the meshes of the default scene (the first one where the file names none; all nodes
// where there is no scene; all meshes where there is no node).
NODISCARD Status gltf_add_scene(GltfDocument *document);
