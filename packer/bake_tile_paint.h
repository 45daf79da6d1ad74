// bake_tile_paint.h: what painting the charts of a tile needs, whatever they show.
//
// Pure; any thread.

#pragma once
#include "data/surface.h"
#include "packer/bake_tile_plan.h"

// ---- light and bytes

typedef struct TileTables {
    float light_of[256];    // of a byte of sRGB
    float value_of[256];    // 0 to 1
    uint8_t byte_of[16384]; // sRGB, of light from 0 to 1
} TileTables;

void tile_tables_fill(TileTables *out);

static inline uint8_t tile_byte_of_light(const TileTables *tables, float light)
{
    return tables->byte_of[(uint32_t)(CLAMP(light, 0.0f, 1.0f) * 16383.0f + 0.5f)];
}

static inline uint8_t tile_byte_of(float value)
{
    return (uint8_t)(CLAMP(value, 0.0f, 1.0f) * 255.0f + 0.5f);
}

// ---- the tile

// All of a texel, of which a tile keeps what its maps hold.
typedef struct TileTexel {
    float light[3];                                      // of the base colour
    float occlusion, roughness, metal, emission, relief; // 0 to 1
    float normal[3];
} TileTexel;

typedef struct TileCanvas {
    SurfaceTile tile; // with all planes that its maps need
    uint8_t *is_used; // a byte a texel
    const TileTables *tables;
} TileCanvas;

// Rows of nothing yet. `maps` as in SurfaceTile.
TileCanvas tile_canvas_make(uint32_t rows, uint32_t maps, const TileTables *tables,
                            Arena *arena);

// Everything but the normal.
void tile_put_texel(TileCanvas *canvas, uint32_t at, const TileTexel *texel);
void tile_put_normal(TileCanvas *canvas, uint32_t at, const float frame[3][3],
                     const float normal[3]);

// Once all is painted: planes that are the same all over become flat.
void tile_canvas_settle(TileCanvas *canvas);

// ---- texels of a chart

enum { TILE_UNCLAIMED = 0xffff, TILE_BESIDE = 0x8000 };

// Which of its triangles every texel of a chart shows, rows of `width` from its first: the one
// it lies in, or a near one (with TILE_BESIDE).
typedef struct TileOwners {
    uint32_t width, height;
    uint16_t *of;
} TileOwners;

TileOwners tile_find_owners(const TileChart *chart, Arena *arena);

// The place of a chart's texel in its tile.
static inline uint32_t tile_texel_at(const TileChart *chart, uint32_t x, uint32_t y)
{
    return (chart->place.y + y) * SURFACE_TILE_WIDTH + chart->place.x + x;
}

// Shares of the second and third corner at a point, not far outside even where the triangle is
// a sliver.
void tile_find_shares(const float corners[3][2], const float point[2], float out[2]);
