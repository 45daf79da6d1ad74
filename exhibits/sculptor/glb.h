// glb.h: a sculpture with pictures as a file: triangles of each chart, and what is painted on
// it.

#pragma once
#include "exhibits/sculptor/sculpt.h"

// Binary glTF 2.0 whose numbers are millimetres (who reads it must be told): for each picture
// positions, normals and texture coordinates, and pictures of base colour, of occlusion,
// roughness and metal, and of normals, as PNG. Those of a printed chart lie beside it. Written beside `path` first and renamed when
// whole. Fails with the system's reason.
NODISCARD Status glb_write(const Sculpture *sculpture, const char *path);
