// tile_pool.h: where tiles of surface lie in the GPU's array textures. Pure bookkeeping.
//
// A layer is as wide as a tile and MESH_TILE_MAX_ROWS high: 64 units of 16 rows, one bit each
// of a mask. A tile takes consecutive units of one layer. Nothing ever moves, so room is made
// by taking away what lies in the cheapest stretch of some layer: who calls says what that
// costs.
//
// One thread.

#pragma once
#include "base/arena.h"
#include "data/mesh.h"

enum {
    TILE_UNITS_A_LAYER = MESH_TILE_MAX_ROWS / MESH_TILE_ROW_STEP,
    // Of the two maps that tiles have, colour and shape. What few bring, emission and relief,
    // is held where there is room besides.
    TILE_TEXEL_BYTES = 8,
    TILE_UNIT_BYTES = MESH_TILE_WIDTH * MESH_TILE_ROW_STEP * TILE_TEXEL_BYTES,
    TILE_LAYER_BYTES = TILE_UNIT_BYTES * TILE_UNITS_A_LAYER,
};

typedef struct TilePlace {
    uint16_t layer;
    uint8_t first_unit, unit_count; // no units: no tile
} TilePlace;

typedef struct TilePool {
    uint32_t layer_count, taken_units;
    uint64_t *masks; // by layer; set: taken
} TilePool;

TilePool tile_pool_make(uint32_t layer_count, Arena *arena);

static inline uint32_t tile_pool_units(uint32_t rows)
{
    return (rows + MESH_TILE_ROW_STEP - 1) / MESH_TILE_ROW_STEP;
}

// Takes the shortest free stretch that is long enough, of those the first: low layers fill up
// before high ones are touched. False if there is none.
bool tile_pool_take(TilePool *pool, uint32_t unit_count, TilePlace *out);
// The same at a place that is free: a mistake of ours if it is not.
void tile_pool_take_at(TilePool *pool, TilePlace place);
void tile_pool_give(TilePool *pool, TilePlace place);

#define TILE_POOL_NEVER UINT64_MAX

// `costs` of units, by layer * TILE_UNITS_A_LAYER + unit: 0 where free, TILE_POOL_NEVER where
// what is there has to stay. Finds the stretch whose dearest unit is cheapest, of those the one
// that takes fewest taken units. False if every stretch holds something that has to stay.
bool tile_pool_find_cheapest(const TilePool *pool, uint32_t unit_count, const uint64_t *costs,
                             TilePlace *out);
bool tile_place_overlaps(TilePlace a, TilePlace b);
