// import_stl.h: STL files, binary and ASCII -> Scan.
//
// Which kind it is, the contents tell: binary files that begin with "solid" are common. Corners
// at exactly the same place become one vertex. Facet normals say nothing that the triangles do
// not, and are not read; colours of facets are, where the header says so as Materialise's
// programs do.

#pragma once
#include "packer/import_job.h"

bool import_stl_is_one(Bytes file);
NODISCARD Status import_stl(ImportJob *job);
