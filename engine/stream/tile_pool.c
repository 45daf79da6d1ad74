// tile_pool.c: where tiles of surface lie in the GPU's array textures. Pure bookkeeping.

#include "stream/tile_pool.h"

_Static_assert(TILE_UNITS_A_LAYER == 64, "one mask a layer");

TilePool tile_pool_make(uint32_t layer_count, Arena *arena)
{
    ASSERT(layer_count <= UINT16_MAX + 1u);
    return (TilePool){.layer_count = layer_count,
                      .masks = ARENA_ARRAY(arena, uint64_t, layer_count)};
}

static uint64_t mask_of(TilePlace place)
{
    uint64_t ones = place.unit_count == 64 ? UINT64_MAX : ((uint64_t)1 << place.unit_count) - 1;
    return ones << place.first_unit;
}

void tile_pool_take_at(TilePool *pool, TilePlace place)
{
    ASSERT(place.unit_count > 0 && place.layer < pool->layer_count &&
           place.first_unit + place.unit_count <= TILE_UNITS_A_LAYER);
    ASSERT((pool->masks[place.layer] & mask_of(place)) == 0);
    pool->masks[place.layer] |= mask_of(place);
    pool->taken_units += place.unit_count;
}

void tile_pool_give(TilePool *pool, TilePlace place)
{
    if (!place.unit_count)
        return;
    ASSERT((pool->masks[place.layer] & mask_of(place)) == mask_of(place));
    pool->masks[place.layer] &= ~mask_of(place);
    pool->taken_units -= place.unit_count;
}

// The free units from `first` on.
static uint32_t free_stretch(uint64_t mask, uint32_t first)
{
    uint64_t rest = mask >> first;
    uint32_t left = TILE_UNITS_A_LAYER - first;
    return rest ? (uint32_t)__builtin_ctzll(rest) : left;
}

bool tile_pool_take(TilePool *pool, uint32_t unit_count, TilePlace *out)
{
    ASSERT(unit_count > 0 && unit_count <= TILE_UNITS_A_LAYER);
    uint32_t shortest = UINT32_MAX;
    for (uint32_t layer = 0; layer < pool->layer_count && shortest > unit_count; layer++) {
        for (uint32_t first = 0; first + unit_count <= TILE_UNITS_A_LAYER;) {
            uint32_t stretch = free_stretch(pool->masks[layer], first);
            if (stretch >= unit_count && stretch < shortest) {
                shortest = stretch;
                *out = (TilePlace){(uint16_t)layer, (uint8_t)first, (uint8_t)unit_count};
            }
            first += stretch + 1;
        }
    }
    if (shortest == UINT32_MAX)
        return false;
    tile_pool_take_at(pool, *out);
    return true;
}

// The dearest of the stretch from `first`; at once the first that is over `limit`, with its
// place.
static uint64_t dearest_of(const uint64_t *costs, uint32_t first, uint32_t count,
                           uint64_t limit, uint32_t *out_taken, uint32_t *out_over)
{
    uint64_t dearest = 0;
    *out_taken = 0;
    for (uint32_t i = first; i < first + count; i++) {
        dearest = MAX(dearest, costs[i]);
        *out_taken += costs[i] != 0;
        if (costs[i] == TILE_POOL_NEVER || costs[i] > limit) {
            *out_over = i;
            return TILE_POOL_NEVER;
        }
    }
    return dearest;
}

bool tile_pool_find_cheapest(const TilePool *pool, uint32_t unit_count, const uint64_t *costs,
                             TilePlace *out)
{
    uint64_t cheapest = TILE_POOL_NEVER;
    uint32_t fewest = UINT32_MAX;
    for (uint32_t layer = 0; layer < pool->layer_count; layer++) {
        const uint64_t *of_layer = &costs[layer * TILE_UNITS_A_LAYER];
        for (uint32_t first = 0; first + unit_count <= TILE_UNITS_A_LAYER; first++) {
            uint32_t taken, over;
            uint64_t dearest = dearest_of(of_layer, first, unit_count, cheapest, &taken, &over);
            if (dearest == TILE_POOL_NEVER) {
                first = over; // no stretch with that unit will do
            } else if (dearest < cheapest || taken < fewest) {
                cheapest = dearest;
                fewest = taken;
                *out = (TilePlace){(uint16_t)layer, (uint8_t)first, (uint8_t)unit_count};
            }
        }
    }
    return cheapest != TILE_POOL_NEVER;
}

bool tile_place_overlaps(TilePlace a, TilePlace b)
{
    return a.layer == b.layer && a.unit_count && b.unit_count && (mask_of(a) & mask_of(b)) != 0;
}
