// glb_write.h: a textured mesh as GLB, its picture a file beside it. One thread.

#pragma once
#include "base/status.h"

typedef struct GlbMesh {
    uint32_t vertex_count, triangle_count;
    const float (*positions)[3]; // metres
    const float (*normals)[3];
    const float (*uvs)[2];
    const uint32_t (*triangles)[3];
    const char *picture; // a file's name, relative to the GLB
} GlbMesh;

NODISCARD Status glb_write(const GlbMesh *mesh, const char *path);
