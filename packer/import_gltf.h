// import_gltf.h: glTF 2.0 and GLB -> Scan.
//
// All meshes of the default scene, placed by their nodes, become one Scan in metres. Skinned
// meshes stand in their bind pose; animations, cameras and lights are passed over. Extensions
// read: KHR_draco_mesh_compression, EXT_meshopt_compression, KHR_mesh_quantization,
// KHR_texture_transform, KHR_materials_unlit, EXT_texture_webp; another one that the file
// requires is ERR_UNSUPPORTED by name.

#pragma once
#include "packer/import_job.h"

bool import_gltf_is_one(Bytes file);
NODISCARD Status import_gltf(ImportJob *job);
