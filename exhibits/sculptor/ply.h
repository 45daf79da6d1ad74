// ply.h: a sculpture as a file that every tool for meshes reads.

#pragma once
#include "exhibits/sculptor/sculpt.h"

// Binary little endian PLY in millimetres: x y z nx ny nz, red green blue (sRGB), roughness
// metallic occlusion (0..255, linear), triangles as `list uchar int vertex_indices`. Written
// beside `path` first and renamed when whole. Fails with the system's reason.
NODISCARD Status ply_write(const Sculpture *sculpture, const char *path);
