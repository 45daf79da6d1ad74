// test_tile_pool.c: tiles never lie on one another, and what is given back can be taken again.

#include "test.h"

#include "stream/tile_pool.h"

enum { LAYERS = 5, MAX_TILES = LAYERS * TILE_UNITS_A_LAYER };

typedef struct Held {
    TilePlace places[MAX_TILES];
    uint32_t count;
} Held;

static void check_books(const TilePool *pool, const Held *held)
{
    uint32_t units = 0;
    for (uint32_t i = 0; i < held->count; i++) {
        TilePlace place = held->places[i];
        units += place.unit_count;
        assert_true(place.layer < pool->layer_count);
        assert_true(place.first_unit + place.unit_count <= TILE_UNITS_A_LAYER);
        for (uint32_t k = 0; k < i; k++)
            assert_false(tile_place_overlaps(place, held->places[k]));
    }
    assert_int_equal(units, pool->taken_units);
}

static uint32_t longest_free(const TilePool *pool)
{
    uint32_t longest = 0;
    for (uint32_t layer = 0; layer < pool->layer_count; layer++) {
        uint32_t run = 0;
        for (uint32_t i = 0; i < TILE_UNITS_A_LAYER; i++) {
            run = pool->masks[layer] >> i & 1 ? 0 : run + 1;
            longest = MAX(longest, run);
        }
    }
    return longest;
}

static void tiles_never_overlap_and_come_back(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = tile_pool_make(LAYERS, &arena);
    Held held = {.count = 0};
    srand(5);
    for (int round = 0; round < 4000; round++) {
        uint32_t units = 1 + (uint32_t)rand() % (rand() % 4 ? 20 : TILE_UNITS_A_LAYER);
        TilePlace place;
        if (rand() % 5 < 3) {
            uint32_t longest = longest_free(&pool);
            bool is_taken = tile_pool_take(&pool, units, &place);
            assert_int_equal(is_taken, units <= longest); // whatever fits is found
            if (is_taken) {
                assert_int_equal(place.unit_count, units);
                held.places[held.count++] = place;
            }
        } else if (held.count) {
            uint32_t which = (uint32_t)rand() % held.count;
            tile_pool_give(&pool, held.places[which]);
            held.places[which] = held.places[--held.count];
        }
        check_books(&pool, &held);
    }
    while (held.count)
        tile_pool_give(&pool, held.places[--held.count]);
    assert_int_equal(pool.taken_units, 0);
    for (int i = 0; i < LAYERS; i++) // nothing is left lying about: whole layers are to be had
        assert_true(tile_pool_take(&pool, TILE_UNITS_A_LAYER, &held.places[i]));
    assert_false(tile_pool_take(&pool, 1, &held.places[LAYERS]));
    arena_drop(&arena);
}

static void the_shortest_gap_is_taken_first_and_low_layers(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = tile_pool_make(3, &arena);
    TilePlace places[4], place;
    const uint32_t units[] = {30, 10, 20, 4};
    for (int i = 0; i < 4; i++) {
        assert_true(tile_pool_take(&pool, units[i], &places[i]));
        assert_int_equal(places[i].layer, 0);
    }
    tile_pool_give(&pool, places[0]);
    tile_pool_give(&pool, places[2]);
    assert_true(tile_pool_take(&pool, 18, &place));
    assert_int_equal(place.first_unit, 40); // in the gap of 20, not in that of 30
    assert_true(tile_pool_take(&pool, 31, &place));
    assert_int_equal(place.layer, 1);
    arena_drop(&arena);
}

static void the_cheapest_stretch_is_found(void **state)
{
    (void)state;
    Arena arena = {0};
    TilePool pool = tile_pool_make(2, &arena);
    uint64_t costs[2 * TILE_UNITS_A_LAYER];
    for (int i = 0; i < 2 * TILE_UNITS_A_LAYER; i++)
        costs[i] = 9;
    TilePlace place;
    costs[20] = TILE_POOL_NEVER;
    for (int i = 64 + 30; i < 64 + 50; i++)
        costs[i] = 3;
    assert_true(tile_pool_find_cheapest(&pool, 20, costs, &place));
    assert_int_equal(place.layer, 1);
    assert_int_equal(place.first_unit, 30);
    for (int i = 64 + 45; i < 64 + 60; i++)
        costs[i] = 0; // free: as dear as what is beside it, but less has to go
    assert_true(tile_pool_find_cheapest(&pool, 20, costs, &place));
    assert_int_equal(place.first_unit, 40);
    assert_true(tile_pool_find_cheapest(&pool, 43, costs, &place));
    assert_int_equal(place.layer, 1);
    costs[64 + 32] = TILE_POOL_NEVER;
    assert_true(tile_pool_find_cheapest(&pool, 43, costs, &place)); // after the one that stays
    assert_int_equal(place.layer, 0);
    assert_int_equal(place.first_unit, 21);
    assert_false(tile_pool_find_cheapest(&pool, 44, costs, &place));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_never_overlap_and_come_back),
        cmocka_unit_test(the_shortest_gap_is_taken_first_and_low_layers),
        cmocka_unit_test(the_cheapest_stretch_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
