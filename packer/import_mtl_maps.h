// import_mtl_maps.h: OBJ has one picture for roughness and one for metal; a Scan has both in
// one.
//
// One thread.

#pragma once
#include "packer/import_job.h"

// Sets the material's metal_rough_map (and the factors that go with it) from the two, either of
// which may have no image. Pictures that do not decode are logged and left out.
NODISCARD Status mtl_join_maps(ImportJob *job, const ScanTexture *roughness,
                               const ScanTexture *metal, ScanMaterial *material);
