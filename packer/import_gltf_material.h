// import_gltf_material.h: glTF's materials, textures and images -> the Scan's.
//
// One thread.

#pragma once
#include "packer/import_gltf_document.h"

// The job's material for a primitive's "material" (NULL: it names none), read when first used.
NODISCARD Status gltf_read_material(GltfDocument *document, const uint32_t *material,
                                    uint32_t *out);
