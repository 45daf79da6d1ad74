// import_obj.h: Wavefront OBJ with its material libraries -> Scan.
//
// Polygons, negative numbers, several materials, vertex colours. Lines, points, curves and
// smoothing groups are passed over. A missing material library is a warning.

#pragma once
#include "packer/import_job.h"

bool import_obj_is_one(Bytes file);
NODISCARD Status import_obj(ImportJob *job);
