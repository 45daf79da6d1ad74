// test_tile_pool.c: tiles never lie on one another, and what is given back can be taken again.

#include "test.h"

#include "stream/tile_pool.h"

enum {
    LAYERS = 5, // of painted tiles; of bare ones four times as many
    MAX_TILES = 4 * LAYERS * TILE_UNITS_A_LAYER,
    BARE = TILE_NORMAL,
    PAINTED = TILE_COLOR | TILE_NORMAL | TILE_GLOSS,
};

static TilePool make_pool(uint32_t layers, Arena *arena)
{
    return tile_pool_make(layers * (uint64_t)TILE_LAYER_BYTES, arena);
}

typedef struct Held {
    TilePlace places[MAX_TILES];
    uint32_t brings[MAX_TILES];
    uint32_t count;
} Held;

static void check_books(const TilePool *pool, const Held *held)
{
    uint64_t bytes = 0, made = 0;
    for (uint32_t i = 0; i < pool->chunk_count; i++)
        made += pool->chunks[i].layer_count * tile_unit_bytes(pool->chunks[i].brings) *
                TILE_UNITS_A_LAYER;
    assert_true(made == pool->made_bytes && made <= pool->capacity_bytes);
    for (uint32_t i = 0; i < held->count; i++) {
        TilePlace place = held->places[i];
        bytes += place.unit_count * tile_unit_bytes(held->brings[i]);
        assert_true(place.chunk < pool->chunk_count);
        assert_true(place.layer < pool->chunks[place.chunk].layer_count);
        assert_int_equal(pool->chunks[place.chunk].brings, held->brings[i]);
        assert_true(place.first_unit + place.unit_count <= TILE_UNITS_A_LAYER);
        for (uint32_t k = 0; k < i; k++)
            assert_false(tile_place_overlaps(place, held->places[k]));
    }
    assert_true(bytes == pool->taken_bytes);
}

// Of tiles of one kind; bytes that no chunk takes, and those of empty ones, are whole layers.
static uint32_t longest_free(const TilePool *pool, uint32_t brings)
{
    uint32_t longest = 0;
    uint64_t left = pool->capacity_bytes - pool->made_bytes;
    for (uint32_t c = 0; c < pool->chunk_count; c++) {
        const TilePoolChunk *chunk = &pool->chunks[c];
        if (!chunk->taken_units)
            left += chunk->layer_count * tile_unit_bytes(chunk->brings) * TILE_UNITS_A_LAYER;
        for (uint32_t layer = 0; layer < chunk->layer_count; layer++) {
            uint32_t run = 0;
            uint64_t mask = pool->masks[c * pool->layer_stride + layer];
            for (uint32_t i = 0; i < TILE_UNITS_A_LAYER && chunk->brings == brings; i++) {
                run = mask >> i & 1 ? 0 : run + 1;
                longest = MAX(longest, run);
            }
        }
    }
    bool is_layer_left = left >= tile_unit_bytes(brings) * TILE_UNITS_A_LAYER;
    return is_layer_left ? TILE_UNITS_A_LAYER : longest;
}

static void tiles_never_overlap_and_come_back(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = make_pool(LAYERS, &arena);
    static Held held;
    srand(5);
    for (int round = 0; round < 4000; round++) {
        uint32_t units = 1 + (uint32_t)rand() % (rand() % 4 ? 20 : TILE_UNITS_A_LAYER);
        TilePlace place;
        if (rand() % 5 < 3) {
            uint32_t brings = round / 500 % 2 ? BARE : PAINTED;
            uint32_t longest = longest_free(&pool, brings);
            bool is_taken = tile_pool_take(&pool, units, brings, &place);
            assert_int_equal(is_taken, units <= longest); // whatever fits is found
            if (is_taken) {
                assert_int_equal(place.unit_count, units);
                held.brings[held.count] = brings;
                held.places[held.count++] = place;
            }
        } else if (held.count) {
            uint32_t which = (uint32_t)rand() % held.count;
            tile_pool_give(&pool, held.places[which]);
            held.places[which] = held.places[--held.count];
            held.brings[which] = held.brings[held.count];
        }
        check_books(&pool, &held);
    }
    while (held.count)
        tile_pool_give(&pool, held.places[--held.count]);
    assert_true(pool.taken_bytes == 0);
    for (int i = 0; i < LAYERS; i++) // nothing is left lying about: whole layers are to be had
        assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, PAINTED, &held.places[i]));
    assert_false(tile_pool_take(&pool, 1, PAINTED, &held.places[LAYERS]));
    assert_false(tile_pool_take(&pool, 1, BARE, &held.places[LAYERS]));
    arena_drop(&arena);
}

static void the_shortest_gap_is_taken_first_and_low_layers(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = make_pool(3, &arena);
    TilePlace places[4], place;
    const uint32_t units[] = {30, 10, 20, 4};
    for (int i = 0; i < 4; i++) {
        assert_true(tile_pool_take(&pool, units[i], PAINTED, &places[i]));
        assert_int_equal(places[i].chunk, 0);
    }
    tile_pool_give(&pool, places[0]);
    tile_pool_give(&pool, places[2]);
    assert_true(tile_pool_take(&pool, 18, PAINTED, &place));
    assert_int_equal(place.first_unit, 40); // in the gap of 20, not in that of 30
    assert_true(tile_pool_take(&pool, 31, PAINTED, &place));
    assert_int_equal(place.chunk, 1);
    arena_drop(&arena);
}

// A bare scan's tiles are a quarter as large as a painted one's.
static void tiles_pay_for_what_they_bring(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = make_pool(3, &arena);
    TilePlace place, first;
    assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, PAINTED, &first));
    for (int i = 0; i < 8; i++)
        assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, BARE, &place));
    assert_false(tile_pool_take(&pool, 1, BARE, &place));
    assert_true(pool.made_bytes == pool.capacity_bytes);
    uint32_t version = pool.chunks[first.chunk].version;
    tile_pool_give(&pool, first); // nothing in it: whoever comes may have its bytes
    assert_true(tile_pool_take(&pool, 1, BARE, &place));
    assert_int_equal(place.chunk, first.chunk);
    assert_true(pool.chunks[place.chunk].version != version);
    arena_drop(&arena);
}

static void the_cheapest_chunks_of_other_kinds_are_found(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = make_pool(3, &arena);
    TilePlace place;
    for (int i = 0; i < 12; i++)
        assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, BARE, &place));
    uint64_t *costs = ARENA_ARRAY(&arena, uint64_t, tile_pool_cost_count(&pool));
    for (size_t i = 0; i < tile_pool_cost_count(&pool); i++)
        costs[i] = 9;
    TilePlace middle = {.chunk = 1}, last = {.chunk = 2};
    costs[tile_pool_cost_index(&pool, middle) + 70] = TILE_POOL_NEVER;
    costs[tile_pool_cost_index(&pool, last) + 70] = 12;
    uint16_t chunks[64];
    uint32_t count;
    assert_true(tile_pool_find_chunks(&pool, PAINTED, costs, chunks, &count) == 9);
    assert_int_equal(count, 1);
    assert_int_equal(chunks[0], 0);
    costs[0] = 20;
    assert_true(tile_pool_find_chunks(&pool, PAINTED, costs, chunks, &count) == 12);
    assert_int_equal(chunks[0], 2);
    costs[0] = costs[tile_pool_cost_index(&pool, last)] = TILE_POOL_NEVER;
    assert_true(tile_pool_find_chunks(&pool, PAINTED, costs, chunks, &count) ==
                TILE_POOL_NEVER);
    arena_drop(&arena);
}

static void the_cheapest_stretch_is_found(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = make_pool(2, &arena);
    TilePlace place;
    for (int i = 0; i < 2; i++)
        assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, PAINTED, &place));
    uint64_t *costs = ARENA_ARRAY(&arena, uint64_t, tile_pool_cost_count(&pool));
    for (size_t i = 0; i < tile_pool_cost_count(&pool); i++)
        costs[i] = 9;
    const size_t second = tile_pool_cost_index(&pool, (TilePlace){.chunk = 1});
    costs[20] = TILE_POOL_NEVER;
    for (size_t i = second + 30; i < second + 50; i++)
        costs[i] = 3;
    assert_true(tile_pool_find_cheapest(&pool, 20, PAINTED, costs, &place) != TILE_POOL_NEVER);
    assert_int_equal(place.chunk, 1);
    assert_int_equal(place.first_unit, 30);
    for (size_t i = second + 45; i < second + 60; i++)
        costs[i] = 0; // free: as dear as what is beside it, but less has to go
    assert_true(tile_pool_find_cheapest(&pool, 20, PAINTED, costs, &place) != TILE_POOL_NEVER);
    assert_int_equal(place.first_unit, 40);
    assert_true(tile_pool_find_cheapest(&pool, 43, PAINTED, costs, &place) != TILE_POOL_NEVER);
    assert_int_equal(place.chunk, 1);
    costs[second + 32] = TILE_POOL_NEVER;
    assert_true(tile_pool_find_cheapest(&pool, 43, PAINTED, costs, &place) !=
                TILE_POOL_NEVER); // after the one that stays
    assert_int_equal(place.chunk, 0);
    assert_int_equal(place.first_unit, 21);
    assert_true(tile_pool_find_cheapest(&pool, 44, PAINTED, costs, &place) == TILE_POOL_NEVER);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_never_overlap_and_come_back),
        cmocka_unit_test(the_shortest_gap_is_taken_first_and_low_layers),
        cmocka_unit_test(tiles_pay_for_what_they_bring),
        cmocka_unit_test(the_cheapest_chunks_of_other_kinds_are_found),
        cmocka_unit_test(the_cheapest_stretch_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
