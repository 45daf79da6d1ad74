// tile_pool.c: where tiles of surface lie in the GPU's array textures. Pure bookkeeping.

#include "stream/tile_pool.h"

_Static_assert(TILE_UNITS_A_LAYER == 64, "one mask a layer");

enum {
    CHUNKS_AIMED_AT = 16, // each is a draw of every sculpture that has pages in it
    LEAST_CHUNK_BYTES = TILE_LAYER_BYTES,
    MOST_CHUNK_BYTES = 16 * TILE_LAYER_BYTES,
    LEAST_LAYER_BYTES = TILE_LAYER_TEXELS,
    MOST_LAYERS = 128, // array textures need not have more than 256
};

TilePool tile_pool_make(uint64_t capacity_bytes, Arena *arena)
{
    TilePool pool = {.capacity_bytes = capacity_bytes};
    pool.chunk_bytes = CLAMP(capacity_bytes / CHUNKS_AIMED_AT, (uint64_t)LEAST_CHUNK_BYTES,
                             (uint64_t)MOST_CHUNK_BYTES);
    pool.layer_stride =
        (uint32_t)MIN(pool.chunk_bytes / LEAST_LAYER_BYTES, (uint64_t)MOST_LAYERS);
    // Chunks may come out smaller: layers do not fill them, or no more was left.
    uint64_t chunks =
        MIN(capacity_bytes / pool.chunk_bytes * 3 + 8, capacity_bytes / LEAST_LAYER_BYTES);
    ASSERT(chunks <= UINT16_MAX);
    pool.chunk_count = (uint32_t)chunks;
    pool.chunks = ARENA_ARRAY(arena, TilePoolChunk, pool.chunk_count);
    pool.masks = ARENA_ARRAY(arena, uint64_t, (size_t)pool.chunk_count * pool.layer_stride);
    return pool;
}

static uint64_t layer_bytes(uint32_t brings)
{
    return tile_unit_bytes(brings) * TILE_UNITS_A_LAYER;
}

static uint64_t bytes_of(const TilePoolChunk *chunk)
{
    return layer_bytes(chunk->brings) * chunk->layer_count;
}

static uint64_t mask_of(TilePlace place)
{
    uint64_t ones = place.unit_count == 64 ? UINT64_MAX : ((uint64_t)1 << place.unit_count) - 1;
    return ones << place.first_unit;
}

static uint64_t *mask_at(const TilePool *pool, TilePlace place)
{
    return &pool->masks[place.chunk * pool->layer_stride + place.layer];
}

void tile_pool_take_at(TilePool *pool, TilePlace place)
{
    ASSERT(place.unit_count > 0 && place.chunk < pool->chunk_count &&
           place.layer < pool->chunks[place.chunk].layer_count &&
           place.first_unit + place.unit_count <= TILE_UNITS_A_LAYER);
    ASSERT((*mask_at(pool, place) & mask_of(place)) == 0);
    TilePoolChunk *chunk = &pool->chunks[place.chunk];
    *mask_at(pool, place) |= mask_of(place);
    chunk->taken_units += place.unit_count;
    pool->taken_bytes += place.unit_count * tile_unit_bytes(chunk->brings);
}

void tile_pool_give(TilePool *pool, TilePlace place)
{
    if (!place.unit_count)
        return;
    TilePoolChunk *chunk = &pool->chunks[place.chunk];
    ASSERT((*mask_at(pool, place) & mask_of(place)) == mask_of(place));
    *mask_at(pool, place) &= ~mask_of(place);
    chunk->taken_units -= place.unit_count;
    pool->taken_bytes -= place.unit_count * tile_unit_bytes(chunk->brings);
}

// The free units from `first` on.
static uint32_t free_stretch(uint64_t mask, uint32_t first)
{
    uint64_t rest = mask >> first;
    uint32_t left = TILE_UNITS_A_LAYER - first;
    return rest ? (uint32_t)__builtin_ctzll(rest) : left;
}

static bool find_free(const TilePool *pool, uint32_t unit_count, uint32_t brings,
                      TilePlace *out)
{
    uint32_t shortest = UINT32_MAX;
    for (uint32_t c = 0; c < pool->chunk_count && shortest > unit_count; c++) {
        const TilePoolChunk *chunk = &pool->chunks[c];
        if (chunk->brings != brings)
            continue;
        for (uint32_t layer = 0; layer < chunk->layer_count; layer++) {
            uint64_t mask = pool->masks[c * pool->layer_stride + layer];
            for (uint32_t first = 0; first + unit_count <= TILE_UNITS_A_LAYER;) {
                uint32_t stretch = free_stretch(mask, first);
                if (stretch >= unit_count && stretch < shortest) {
                    shortest = stretch;
                    *out = (TilePlace){(uint16_t)c, (uint8_t)layer, (uint8_t)first,
                                       (uint8_t)unit_count};
                }
                first += stretch + 1;
            }
        }
    }
    return shortest != UINT32_MAX;
}

// ---- chunks

static uint64_t left_bytes(const TilePool *pool)
{
    return pool->capacity_bytes - pool->made_bytes;
}

static void unmake(TilePool *pool, TilePoolChunk *chunk)
{
    ASSERT(chunk->taken_units == 0);
    pool->made_bytes -= bytes_of(chunk);
    chunk->brings = chunk->layer_count = 0;
}

// Empty ones of other kinds go until there are bytes for a chunk, or all are gone.
static void unmake_empty(TilePool *pool, uint32_t brings)
{
    for (uint32_t i = 0; i < pool->chunk_count; i++) {
        TilePoolChunk *chunk = &pool->chunks[i];
        if (left_bytes(pool) >= MAX(pool->chunk_bytes, layer_bytes(brings)))
            return;
        if (chunk->brings && chunk->brings != brings && chunk->taken_units == 0)
            unmake(pool, chunk);
    }
}

static bool make_chunk(TilePool *pool, uint32_t brings)
{
    unmake_empty(pool, brings);
    uint64_t a_layer = layer_bytes(brings);
    uint64_t layers = MAX(pool->chunk_bytes / a_layer, (uint64_t)1);
    layers = MIN(MIN(layers, left_bytes(pool) / a_layer), (uint64_t)pool->layer_stride);
    for (uint32_t i = 0; i < pool->chunk_count && layers; i++) {
        TilePoolChunk *chunk = &pool->chunks[i];
        if (chunk->brings)
            continue;
        chunk->brings = (uint8_t)brings;
        chunk->layer_count = (uint8_t)layers;
        chunk->version++;
        pool->made_bytes += bytes_of(chunk);
        return true;
    }
    return false;
}

bool tile_pool_take(TilePool *pool, uint32_t unit_count, uint32_t brings, TilePlace *out)
{
    ASSERT(unit_count > 0 && unit_count <= TILE_UNITS_A_LAYER && tile_texel_bytes(brings));
    if (!find_free(pool, unit_count, brings, out) &&
        !(make_chunk(pool, brings) && find_free(pool, unit_count, brings, out)))
        return false;
    tile_pool_take_at(pool, *out);
    return true;
}

// ---- what would have to go

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

typedef struct Cheapest {
    uint64_t cost;
    uint32_t fewest;
    TilePlace place;
} Cheapest;

static void search_layer(const uint64_t *costs, TilePlace at, Cheapest *best)
{
    for (uint32_t first = 0; first + at.unit_count <= TILE_UNITS_A_LAYER; first++) {
        uint32_t taken, over;
        uint64_t dearest = dearest_of(costs, first, at.unit_count, best->cost, &taken, &over);
        if (dearest == TILE_POOL_NEVER) {
            first = over; // no stretch with that unit will do
        } else if (dearest < best->cost || taken < best->fewest) {
            at.first_unit = (uint8_t)first;
            *best = (Cheapest){dearest, taken, at};
        }
    }
}

uint64_t tile_pool_find_cheapest(const TilePool *pool, uint32_t unit_count, uint32_t brings,
                                 const uint64_t *costs, TilePlace *out)
{
    Cheapest best = {TILE_POOL_NEVER, UINT32_MAX, {0}};
    for (uint32_t c = 0; c < pool->chunk_count; c++) {
        for (uint32_t layer = 0;
             pool->chunks[c].brings == brings && layer < pool->chunks[c].layer_count; layer++) {
            TilePlace at = {(uint16_t)c, (uint8_t)layer, 0, (uint8_t)unit_count};
            search_layer(&costs[tile_pool_cost_index(pool, at)], at, &best);
        }
    }
    *out = best.place;
    return best.cost;
}

static uint64_t cost_of_chunk(const TilePool *pool, uint32_t c, const uint64_t *costs)
{
    uint64_t dearest = 0;
    const uint64_t *first =
        &costs[tile_pool_cost_index(pool, (TilePlace){.chunk = (uint16_t)c})];
    for (uint32_t i = 0; i < pool->chunks[c].layer_count * (uint32_t)TILE_UNITS_A_LAYER; i++)
        dearest = MAX(dearest, first[i]);
    return dearest;
}

uint64_t tile_pool_find_chunks(const TilePool *pool, uint32_t brings, const uint64_t *costs,
                               uint16_t *out, uint32_t *out_count)
{
    uint64_t bytes = left_bytes(pool), dearest = 0;
    *out_count = 0;
    while (bytes < layer_bytes(brings)) {
        uint64_t cheapest = TILE_POOL_NEVER;
        uint32_t found = 0;
        for (uint32_t c = 0; c < pool->chunk_count; c++) {
            bool is_found = !pool->chunks[c].brings || pool->chunks[c].brings == brings;
            for (uint32_t i = 0; i < *out_count; i++)
                is_found |= out[i] == c;
            uint64_t cost = is_found ? TILE_POOL_NEVER : cost_of_chunk(pool, c, costs);
            if (cost < cheapest) {
                cheapest = cost;
                found = c;
            }
        }
        if (cheapest == TILE_POOL_NEVER)
            return TILE_POOL_NEVER;
        out[(*out_count)++] = (uint16_t)found;
        dearest = MAX(dearest, cheapest);
        bytes += bytes_of(&pool->chunks[found]);
    }
    return *out_count ? dearest : TILE_POOL_NEVER;
}

bool tile_place_overlaps(TilePlace a, TilePlace b)
{
    return a.chunk == b.chunk && a.layer == b.layer && a.unit_count && b.unit_count &&
           (mask_of(a) & mask_of(b)) != 0;
}
