// import_polygon.h: polygons -> triangles.
//
// Convex ones become a fan; others are cut by clipping ears in the plane of their own normal.
// Any thread.

#pragma once
#include "packer/import_mesh.h"

enum { IMPORT_MAX_CORNERS = 256 }; // of a polygon that is clipped; larger ones become a fan

// Cuts the polygon of `count` >= 3 corners into count - 2 triangles; writes three numbers of
// corners (0 to count - 1) each. corner_positions are in the polygon's order. Twisted polygons
// give some triangles all the same, never fewer.
void import_polygon_cut(const float (*corner_positions)[3], uint32_t count,
                        uint32_t (*triangles)[3]);

// Adds polygons to a mesh, cut into triangles; keeps what it needs for that. Zeroed is ready.
typedef struct ImportPolygons {
    ImportArray positions, triangles;
} ImportPolygons;

void import_polygons_drop(ImportPolygons *polygons);

// corners: `count` >= 3 vertices that are in the mesh already.
NODISCARD Status import_polygons_add(ImportPolygons *polygons, ImportMesh *mesh,
                                     const uint32_t *corners, size_t count, uint32_t material);
