// tile_planes.c: a decoded tile as the GPU takes it.

#include "stream/tile_planes.h"

#include <string.h>

static const uint32_t color_maps = 1u << SURFACE_COLOR | 1u << SURFACE_OCCLUSION;
static const uint32_t gloss_maps = 1u << SURFACE_ROUGHNESS | 1u << SURFACE_METAL;

uint32_t tile_planes_of_maps(uint32_t maps, bool has_surface)
{
    uint32_t brings = maps & 1u << SURFACE_NORMAL ? TILE_NORMAL : 0;
    if (!has_surface)
        return brings;
    return brings | (maps & color_maps ? TILE_COLOR : 0) |
           (maps & gloss_maps ? TILE_GLOSS : 0) |
           (maps & 1u << SURFACE_EMISSION ? TILE_GLOW : 0);
}

// Keeps the first `kept` of every `channels` bytes.
static const uint8_t *pack(void *texels, size_t count, size_t channels, size_t kept)
{
    uint8_t *bytes = texels;
    for (size_t i = 0; i < count && kept < channels; i++)
        for (size_t k = 0; k < kept; k++)
            bytes[i * kept + k] = bytes[i * channels + k];
    return bytes;
}

TilePlanes tile_planes_take(SurfaceTile *tile, bool has_surface)
{
    TilePlanes planes = {.rows = tile->rows,
                         .brings = tile_planes_of_maps(tile->maps, has_surface)};
    size_t count = (size_t)tile->rows * SURFACE_TILE_WIDTH;
    memset(planes.flat_color, 255, sizeof planes.flat_color);
    memset(planes.flat_kind, 255, sizeof planes.flat_kind);
    if (planes.brings & TILE_COLOR)
        planes.color = tile->color[0];
    else
        memcpy(planes.flat_color, tile->flat_color, sizeof planes.flat_color);
    if (planes.brings & (TILE_NORMAL | TILE_GLOSS))
        planes.shape = pack(tile->shape, count, 4, planes.brings & TILE_GLOSS ? 4 : 2);
    if (!(planes.brings & TILE_GLOSS))
        memcpy(planes.flat_kind, tile->flat_shape + 2, 2);
    if (planes.brings & TILE_GLOW)
        planes.glow = pack(tile->extra, count, 2, 1);
    else
        planes.flat_kind[2] = tile->flat_extra[0];
    *tile = (SurfaceTile){0};
    return planes;
}
