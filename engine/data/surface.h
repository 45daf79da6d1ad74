// surface.h: surface tiles: what a page's triangles look like, texel by texel.
//
// A tile is 512 texels wide and a multiple of 16 high. Each texel has up to seven *maps*; those
// that are the same all over the tile are one value and take no room.
//
//   color  sRGB base colour 3, occlusion (255: open)
//   shape  normal 2, roughness, metal
//   extra  emission of the base colour, relief (128: flat)
//
// Lossy maps are JPEG; what texels nobody uses hold is not kept: they are filled smoothly,
// which saves bytes and keeps the used ones clean. Which coding holds what, and why:
// docs/PACK.md.
//
// Pure functions; any thread.

#pragma once
#include "base/str.h"

enum {
    SURFACE_TILE_WIDTH = 512,
    SURFACE_TILE_ROW_STEP = 16,
    SURFACE_TILE_MAX_ROWS = 1024,
    SURFACE_TILE_MAX_BYTES =
        (4 << 20) - (256 << 10), // encoded: beside it a page holds geometry
};

typedef enum SurfaceMap {
    SURFACE_COLOR,     // 3 channels, sRGB
    SURFACE_OCCLUSION, // 1 channel each from here, but for normals
    SURFACE_NORMAL,    // 2: surface_encode_normal
    SURFACE_ROUGHNESS,
    SURFACE_METAL,
    SURFACE_EMISSION,
    SURFACE_RELIEF,
    SURFACE_MAP_COUNT
} SurfaceMap;

// Texels in rows from the top, SURFACE_TILE_WIDTH a row.
typedef struct SurfaceTile {
    uint32_t rows;
    uint32_t maps;       // 1u << SurfaceMap of what the texels tell; `flat` tells the others
    uint8_t (*color)[4]; // NULL where none of its maps is told by texels
    uint8_t (*shape)[4];
    uint8_t (*extra)[2];
    uint8_t flat_color[4]; // the value of a map that is the same all over
    uint8_t flat_shape[4]; // normals: not used; without theirs in `maps` vertices tell normals
    uint8_t flat_extra[2];
} SurfaceTile;

// Zero texels, no maps, and flat values that say nothing: white, open, rough, no metal, no
// glow.
SurfaceTile surface_tile_default(void);

// Size and maps from the first bytes alone; planes are NULL.
NODISCARD Status surface_peek(Bytes file, SurfaceTile *out);
// Checks and decodes all of it; planes in `arena`, and channels of maps that are not in `maps`
// hold their flat values there. ERR_CORRUPT, ERR_LIMIT, ERR_UNSUPPORTED (a newer coding).
NODISCARD Status surface_parse(Bytes file, Arena *arena, SurfaceTile *out);

// The tile's bytes, in `arena`. `is_used`, a byte a texel: 0 where nobody will look; NULL: all
// count. A map of tile->maps whose used texels are all equal becomes flat (a normal map stays
// in `maps`). Handing over rows or maps that surface_peek would refuse is a mistake of ours.
// ERR_INVALID: the codec refused.
NODISCARD Status surface_write(const SurfaceTile *tile, const uint8_t *is_used, Arena *arena,
                               Bytes *out);

// ---- normals, around the axis of the texel's chart
//
// A vertex of a chart brings the chart's axis; the frame around it is that of Duff et al. 2017,
// "Building an Orthonormal Basis, Revisited", and a normal n is told as n' = frame n by
// Lambert's azimuthal equal-area map: p = n'.xy / sqrt(1 + n'.z), byte = 127 + 127 p / sqrt(2).
// So
//
//     r2 = dot(p, p);  n'.z = 1 - r2;  n'.xy = p sqrt(2 - r2);  n = transpose(frame) n'

// The nearest axis whose z is not 0, for there the frame turns over: programs that round
// otherwise would disagree. mesh_decode_normal is the way back.
void surface_encode_axis(const float axis[3], uint8_t out[2]);
// Rows: two directions across, and the axis (unit length) itself.
void surface_make_frame(const float axis[3], float out[3][3]);
// `normal` of unit length; any direction, but the further from the axis the coarser.
void surface_encode_normal(const float frame[3][3], const float normal[3], uint8_t out[2]);
void surface_decode_normal(const float frame[3][3], const uint8_t encoded[2], float out[3]);
