// tile_pool.h: where tiles of surface lie in the GPU's array textures. Pure bookkeeping.
//
// A tile *brings* some planes and pays for no others: a bare scan's tiles tell normals, two
// bytes a texel, where a painted one's may take nine. A layer holds tiles that bring the same;
// layers of a kind come in *chunks*, one array texture for each plane:
//
//   chunk 0   colour, normals        | layer 0 | layer 1 |
//   chunk 1   normals                | layer 0 | layer 1 | ... | layer 7 |
//   chunk 2   not made
//
// A chunk is made when a tile of its kind finds no room and the pool has bytes left. An empty
// one stays as it is until another kind needs its bytes. `version` tells whoever holds the
// textures that it became another.
//
// A layer is as wide as a tile and MESH_TILE_MAX_ROWS high: 64 units of 16 rows, one bit each
// of a mask. A tile takes consecutive units of one layer. Nothing ever moves, so room is made
// by taking away what lies in the cheapest stretch of some layer, or whole chunks of other
// kinds: who calls says what that costs.
//
// One thread.

#pragma once
#include "base/arena.h"
#include "data/mesh.h"

// Planes of a tile. Roughness and metal lie beside normals, in one texture: whoever brings
// them has room for normals, too.
enum {
    TILE_COLOR = 1, // sRGB base colour, openness: 4 bytes a texel
    TILE_NORMAL = 2,
    TILE_GLOSS = 4, // roughness, metal
    TILE_GLOW = 8,
};

enum {
    TILE_UNITS_A_LAYER = MESH_TILE_MAX_ROWS / MESH_TILE_ROW_STEP,
    TILE_UNIT_TEXELS = MESH_TILE_WIDTH * MESH_TILE_ROW_STEP,
    TILE_LAYER_TEXELS = TILE_UNIT_TEXELS * TILE_UNITS_A_LAYER,
    TILE_LAYER_BYTES = TILE_LAYER_TEXELS * 8, // of colour, normals and gloss
    TILE_MAX_TEXEL_BYTES = 9,
};

typedef struct TilePlace {
    uint16_t chunk;
    uint8_t layer;
    uint8_t first_unit, unit_count; // no units: no tile, or one that brings nothing
} TilePlace;

typedef struct TilePoolChunk {
    uint8_t brings;      // by all its tiles; 0: it is not made
    uint8_t layer_count; // has room for
    uint32_t version;    // counts how often it was made
    uint32_t taken_units;
} TilePoolChunk;

typedef struct TilePool {
    uint64_t capacity_bytes, made_bytes, taken_bytes; // made: of chunks; taken: of tiles
    uint64_t chunk_bytes;                             // aimed at
    uint32_t chunk_count;                             // that there may be
    uint32_t layer_stride;                            // masks of a chunk
    TilePoolChunk *chunks;
    uint64_t *masks; // by chunk * layer_stride + layer; set: taken
} TilePool;

TilePool tile_pool_make(uint64_t capacity_bytes, Arena *arena);

static inline uint32_t tile_pool_units(uint32_t rows)
{
    return (rows + MESH_TILE_ROW_STEP - 1) / MESH_TILE_ROW_STEP;
}

static inline uint32_t tile_texel_bytes(uint32_t brings)
{
    uint32_t shape = brings & TILE_GLOSS ? 4 : brings & TILE_NORMAL ? 2 : 0;
    return (brings & TILE_COLOR ? 4u : 0) + shape + (brings & TILE_GLOW ? 1u : 0);
}

static inline uint64_t tile_unit_bytes(uint32_t brings)
{
    return (uint64_t)TILE_UNIT_TEXELS * tile_texel_bytes(brings);
}

// Takes the shortest free stretch of its kind that is long enough, of those the first: low
// layers fill up before high ones are touched. Where there is none, makes a chunk, if need be
// of the bytes of empty ones. False if there is no room; `brings` is not 0.
bool tile_pool_take(TilePool *pool, uint32_t unit_count, uint32_t brings, TilePlace *out);
// The same at a place that is free: a mistake of ours if it is not.
void tile_pool_take_at(TilePool *pool, TilePlace place);
void tile_pool_give(TilePool *pool, TilePlace place);

#define TILE_POOL_NEVER UINT64_MAX

// Costs of units: 0 where free, TILE_POOL_NEVER where what is there has to stay.
static inline size_t tile_pool_cost_count(const TilePool *pool)
{
    return (size_t)pool->chunk_count * pool->layer_stride * TILE_UNITS_A_LAYER;
}

static inline size_t tile_pool_cost_index(const TilePool *pool, TilePlace place)
{
    return ((size_t)place.chunk * pool->layer_stride + place.layer) * TILE_UNITS_A_LAYER +
           place.first_unit;
}

// Finds the stretch of its kind whose dearest unit is cheapest, of those the one that takes
// fewest taken units. Returns the dearest's cost: TILE_POOL_NEVER if every stretch holds
// something that has to stay.
uint64_t tile_pool_find_cheapest(const TilePool *pool, uint32_t unit_count, uint32_t brings,
                                 const uint64_t *costs, TilePlace *out);
// Finds chunks of other kinds, as few of the cheapest as will do, whose bytes make a layer of
// this one. `out` has room for chunk_count. Returns the dearest unit's cost, or
// TILE_POOL_NEVER.
uint64_t tile_pool_find_chunks(const TilePool *pool, uint32_t brings, const uint64_t *costs,
                               uint16_t *out, uint32_t *out_count);
bool tile_place_overlaps(TilePlace a, TilePlace b);
