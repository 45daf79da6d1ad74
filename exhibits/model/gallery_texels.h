// gallery_texels.h: where in a room's baked light each of its vertices lies, and what becomes
// of them where the room is moved.
//
// Pure; any thread.

#pragma once
#include "data/lightmap.h"
#include "exhibits/model/gallery_mesh.h"

// By vertex, in texels of the map, in `arena`; the mesh stands where it was lit. ERR_NOT_FOUND
// where a flat piece that is lit has no chart: the light is of a room of another shape.
NODISCARD Status gallery_texels(const GalleryMesh *mesh, const Lightmap *map, Arena *arena,
                                float (**out)[2]);
void gallery_mesh_move(GalleryMesh *mesh, const LightmapMove *move);
