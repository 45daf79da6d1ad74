// inspect_page.h: whether a page's clusters lie where the graph and their spheres say.
//
// mesh_parse_page makes sure that a page cannot harm; this, that it does not lie. The museum
// leaves out what is outside of its view by these boxes and spheres. Any thread.

#pragma once
#include "data/mesh.h"

// Counts clusters by level into `clusters` (MESH_MAX_LEVELS). ERR_CORRUPT: a vertex outside of
// the sculpture's box, of its cluster's sphere, or of its group's; a tile that does not decode
// or is not the one that was promised.
NODISCARD Status inspect_page(const MeshGraph *graph, uint32_t index, const MeshPage *page,
                              uint32_t *clusters);
