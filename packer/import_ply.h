// import_ply.h: PLY files, as text and in both byte orders -> Scan.
//
// Any order and type of properties; polygons, triangle strips; colours, normals, texture
// coordinates at vertices or at corners, and roughness, metallic and occlusion at vertices.
// Elements and properties we do not know are skipped. Point clouds are ERR_UNSUPPORTED.

#pragma once
#include "packer/import_job.h"

bool import_ply_is_one(Bytes file);
NODISCARD Status import_ply(ImportJob *job);
