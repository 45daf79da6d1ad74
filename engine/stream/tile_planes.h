// tile_planes.h: a decoded tile as the GPU takes it: the planes it brings, and one value for
// each map that its texels do not tell.
//
// Pure functions; any thread.

#pragma once
#include "data/surface.h"
#include "stream/tile_pool.h"

typedef struct TilePlanes {
    uint32_t rows;        // of SURFACE_TILE_WIDTH texels; 0: no tile
    uint32_t brings;      // TILE_COLOR and so on
    const uint8_t *color; // 4 bytes a texel; each NULL where the tile does not bring it
    const uint8_t *shape; // normal; with TILE_GLOSS roughness and metal behind it, 4 bytes
    const uint8_t *glow;  // 1
    // Of maps that no plane tells, else 255. Colour and openness; roughness, metal, glow.
    uint8_t flat_color[4], flat_kind[3];
} TilePlanes;

// What tiles with these maps (SurfaceTile.maps) bring, of a sculpture that has colours or has
// none: relief is for others to look at.
uint32_t tile_planes_of_maps(uint32_t maps, bool has_surface);
// Planes lie where the tile's lay, which is packed in place and holds nothing afterwards.
TilePlanes tile_planes_take(SurfaceTile *tile, bool has_surface);
