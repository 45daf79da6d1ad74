// test_residency.c: what keeps its slot, and what gives it up.

#include "residency_pages.h"

#include <math.h>

static const ResidencyPage *page_of(const ResidencyMove *move)
{
    return &move->owner->pages[move->page];
}

static ResidencyPlan plan_wants(Residency *residency, ResidencyPages *pages,
                                const uint32_t *wants, uint32_t count, Arena *arena)
{
    residency_begin_frame(residency);
    for (uint32_t i = 0; i < count; i++)
        residency_want(residency, pages, wants[i], (float)(count - i));
    return plan_loads(residency, 100, arena);
}

static void urgent_pages_come_first_and_each_once(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(4, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    residency_begin_frame(&residency);
    residency_want(&residency, pages, 3, 1);
    residency_want(&residency, pages, 7, 5);
    residency_want(&residency, pages, 3, 9);
    residency_want(&residency, pages, 2, INFINITY);
    residency_want(&residency, pages, 1, INFINITY);
    residency_want(&residency, pages, 3, 2);
    ResidencyPlan plan = plan_loads(&residency, 3, &arena);
    assert_int_equal(plan.load_count, 3);
    assert_int_equal(plan.missing_count, 4);
    const uint32_t expected[] = {1, 2, 3};
    for (int i = 0; i < 3; i++)
        assert_int_equal(plan.loads[i].page, expected[i]);
    finish_loads(&residency, &plan);
    plan = plan_wants(&residency, pages, (uint32_t[]){1, 2, 7}, 3, &arena);
    assert_int_equal(plan.load_count, 1); // the others are there
    assert_int_equal(plan.loads[0].page, 7);
    arena_drop(&arena);
}

static void the_least_recently_used_and_finest_goes_first(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(4, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 1, &arena);
    ResidencyPlan plan = plan_wants(&residency, pages, (uint32_t[]){0, 1, 2, 3}, 4, &arena);
    assert_int_equal(plan.load_count, 4);
    finish_loads(&residency, &plan);
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 2);
    plan_loads(&residency, 100, &arena);
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_use(&residency, pages, 3);
    plan_loads(&residency, 100, &arena);

    const uint32_t expected[] = {2, 3, 1};
    for (uint32_t i = 0; i < 3; i++) {
        plan = plan_wants(&residency, pages, (uint32_t[]){4 + i}, 1, &arena);
        assert_int_equal(plan.eviction_count, 1);
        assert_int_equal(plan.evictions[0].page, expected[i]);
        assert_int_equal(plan.evictions[0].slot, plan.loads[0].slot);
        finish_loads(&residency, &plan);
        residency_begin_frame(&residency);
        for (uint32_t k = 4; k <= 4 + i; k++)
            residency_use(&residency, pages, k);
    }
    assert_int_equal(pages->pages[0].phase, RESIDENCY_RESIDENT); // pinned, never used
    arena_drop(&arena);
}

static void what_is_used_is_never_evicted(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(3, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    ResidencyPlan plan = plan_wants(&residency, pages, (uint32_t[]){0, 1, 2}, 3, &arena);
    finish_loads(&residency, &plan);
    residency_begin_frame(&residency);
    for (uint32_t i = 0; i < 3; i++)
        residency_use(&residency, pages, i);
    residency_want(&residency, pages, 5, 100);
    plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.load_count, 0);
    assert_int_equal(plan.eviction_count, 0);
    assert_int_equal(plan.missing_count, 1);
    assert_true(residency.coarsen > 1);
    arena_drop(&arena);
}

// What only leads to what is drawn fills what room there is, and makes room for what is drawn.
static void steps_take_room_and_give_it_back(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(3, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    residency_begin_frame(&residency);
    for (uint32_t i = 0; i < 5; i++)
        residency_want_step(&residency, pages, i, (float)(10 - i));
    ResidencyPlan plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.load_count, 3);
    assert_int_equal(plan.missing_count, 0); // nothing that would be seen
    assert_true(residency.coarsen == 1);
    finish_loads(&residency, &plan);
    // No step goes for another, nor for what is used; one goes for what is drawn.
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 0);
    residency_use_step(&residency, pages, 0);
    residency_use_step(&residency, pages, 1);
    residency_use_step(&residency, pages, 2);
    residency_want_step(&residency, pages, 3, 9);
    residency_want_step(&residency, pages, 7, 5);
    residency_want(&residency, pages, 7, 1);
    plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.missing_count, 1);
    assert_int_equal(plan.load_count, 1);
    assert_int_equal(plan.loads[0].page, 7);
    assert_int_equal(plan.eviction_count, 1);
    assert_int_equal(plan.evictions[0].page, 2);
    assert_false(residency.is_blocked);
    assert_true(residency.coarsen == 1);
    arena_drop(&arena);
}

static void failed_pages_are_not_asked_for_again(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(3, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    ResidencyPlan plan = plan_wants(&residency, pages, (uint32_t[]){4, 5}, 2, &arena);
    residency_failed(&residency, plan.loads[0].slot, true);
    residency_failed(&residency, plan.loads[1].slot, false);
    assert_int_equal(residency.taken_count, 0);
    plan = plan_wants(&residency, pages, (uint32_t[]){4, 5}, 2, &arena);
    assert_int_equal(plan.load_count, 1);
    assert_int_equal(plan.loads[0].page, 5);
    assert_int_equal(plan.missing_count, 1);
    arena_drop(&arena);
}

static void loads_nobody_wants_any_more_are_named(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(4, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    ResidencyPages *other = residency_open(&residency, 10, 0, &arena);
    plan_wants(&residency, pages, (uint32_t[]){1, 2}, 2, &arena);
    residency_begin_frame(&residency);
    residency_want(&residency, pages, 1, 1);
    residency_want(&residency, other, 6, 1);
    ResidencyPlan plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.stale_count, 1);
    assert_int_equal(plan.stale[0].page, 2);
    residency_want(&residency, other, 7, 1);
    residency_close(&residency, other);
    assert_int_equal(residency.want_count, 1);
    plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.stale_count, 2); // the closed file's load, too
    for (uint32_t i = 0; i < 4; i++)
        if (residency.slots[i].is_taken)
            residency_loaded(&residency, i);
    assert_int_equal(residency.taken_count, 2);
    assert_int_equal(residency.resident_count, 2);
    residency_close(&residency, pages);
    assert_int_equal(residency.taken_count, 0);
    arena_drop(&arena);
}

static void hopes_wait_for_wants_and_take_nobodys_place(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(4, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    residency_begin_frame(&residency);
    residency_hope(&residency, pages, 7, 9);
    residency_want(&residency, pages, 1, 1);
    ResidencyPlan plan = plan_loads(&residency, 100, &arena);
    assert_true(plan.load_count == 1 && plan.loads[0].page == 1 && plan.missing_count == 1);
    finish_loads(&residency, &plan);
    // Nothing is missing: now it has its turn, the most urgent first, and what is wanted in
    // the next frame need not push it out.
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_hope(&residency, pages, 8, 2);
    residency_hope(&residency, pages, 7, 9);
    plan = plan_loads(&residency, 100, &arena);
    assert_true(plan.load_count == 2 && plan.missing_count == 0 && plan.hoped_count == 2);
    assert_true(plan.loads[0].page == 7 && plan.loads[1].page == 8 && residency.coarsen == 1);
    finish_loads(&residency, &plan);
    // All slots are taken by what was just used or is hoped for: no hope gets in, a want does.
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_want(&residency, pages, 2, 1);
    plan = plan_loads(&residency, 100, &arena);
    finish_loads(&residency, &plan);
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_use(&residency, pages, 2);
    for (uint32_t page = 5; page < 10; page++)
        residency_hope(&residency, pages, page, 1);
    plan = plan_loads(&residency, 100, &arena);
    assert_true(plan.load_count == 0 && plan.eviction_count == 0 && plan.hoped_count == 3);
    assert_true(residency.coarsen == 1);
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_use(&residency, pages, 2);
    residency_want(&residency, pages, 3, 1);
    plan = plan_loads(&residency, 100, &arena);
    assert_true(plan.load_count == 1 && plan.loads[0].page == 3 && plan.eviction_count == 1);
    arena_drop(&arena);
}

static void hopes_given_up_are_stale(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(8, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 10, 0, &arena);
    residency_begin_frame(&residency);
    for (uint32_t page = 0; page < 10; page++)
        residency_hope(&residency, pages, page, 1);
    ResidencyPlan plan = plan_loads(&residency, 100, &arena);
    assert_true(plan.load_count > 0 && plan.load_count < 8); // a few at a time
    uint32_t under_way = plan.load_count;
    for (int i = 0; i < 20; i++) {
        residency_begin_frame(&residency);
        residency_hope(&residency, pages, 0, 1);
        plan = plan_loads(&residency, 100, &arena);
        assert_true(plan.stale_count == (i < 6 ? 0 : under_way - 1)); // it lasts a while
    }
    arena_drop(&arena);
}

static void check_books(const Residency *residency)
{
    uint32_t taken = 0, resident = 0;
    uint64_t tile_bytes = 0, loading_bytes = 0;
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        taken += slot->is_taken;
        uint32_t brings =
            slot->tile.unit_count ? residency->tiles.chunks[slot->tile.chunk].brings : 0;
        uint64_t own_bytes = slot->tile.unit_count * tile_unit_bytes(brings);
        tile_bytes += own_bytes;
        bool is_loading =
            slot->is_taken &&
            (!slot->owner || slot->owner->pages[slot->page].phase == RESIDENCY_LOADING);
        loading_bytes += is_loading ? own_bytes : 0;
        for (uint32_t k = 0; k < i; k++)
            assert_false(tile_place_overlaps(slot->tile, residency->slots[k].tile));
        if (!slot->is_taken || !slot->owner)
            continue;
        const ResidencyPage *page = &slot->owner->pages[slot->page];
        assert_int_equal(page->slot, i);
        assert_int_equal(page->tile_units, slot->tile.unit_count);
        assert_true(!page->tile_units || page->tile_brings == brings);
        assert_true(page->phase == RESIDENCY_LOADING || page->phase == RESIDENCY_RESIDENT);
        resident += page->phase == RESIDENCY_RESIDENT;
    }
    assert_int_equal(taken, residency->taken_count);
    assert_int_equal(resident, residency->resident_count);
    assert_true(taken <= residency->slot_count);
    assert_true(tile_bytes == residency->tiles.taken_bytes &&
                tile_bytes <= residency->tiles.made_bytes &&
                residency->tiles.made_bytes <= residency->tiles.capacity_bytes);
    assert_true(loading_bytes == residency->loading_bytes);
}

// One frame of a made-up reader: uses and wants pages of a window into each file.
static void random_frame(Residency *residency, ResidencyPages **files, uint32_t file_count)
{
    residency_begin_frame(residency);
    for (uint32_t f = 0; f < file_count; f++) {
        uint32_t first = (uint32_t)rand() % 100;
        for (uint32_t page = first; page < first + (uint32_t)rand() % 20; page++) {
            if (files[f]->pages[page].phase == RESIDENCY_RESIDENT)
                residency_use(residency, files[f], page);
            else
                residency_want(residency, files[f], page, (float)(rand() % 50));
            residency_hope(residency, files[f], (page + 9) % files[f]->page_count, 1);
        }
    }
}

// Some of what is loading comes in, or fails.
static void end_some_loads(Residency *residency)
{
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        if (!slot->is_taken || rand() % 3)
            continue;
        ResidencyPhase phase =
            slot->owner ? slot->owner->pages[slot->page].phase : RESIDENCY_LOADING;
        if (phase == RESIDENCY_LOADING && rand() % 8 == 0)
            residency_failed(residency, i, rand() % 4 == 0);
        else if (phase == RESIDENCY_LOADING)
            residency_loaded(residency, i);
    }
}

static void check_plan(const Residency *residency, const ResidencyPlan *plan,
                       const ResidencyLimits *limits)
{
    assert_true(plan->load_count <= limits->max_loads);
    assert_true(residency->loading_bytes <=
                MAX(limits->max_loading_bytes, (uint64_t)TILE_LAYER_BYTES));
    for (uint32_t i = 0; i < plan->eviction_count; i++)
        assert_true(page_of(&plan->evictions[i])->used / 2 != residency->frame);
    for (uint32_t i = 0; i < plan->load_count; i++)
        assert_true(page_of(&plan->loads[i])->wanted_frame == residency->frame ||
                    page_of(&plan->loads[i])->hoped_frame == residency->frame);
}

static void walk_at_random(uint32_t slots, uint32_t layers)
{
    Arena arena = {0}, frame = {0};
    Residency residency = residency_make(slots, layers * (uint64_t)TILE_LAYER_BYTES, &arena);
    ResidencyPages *files[3];
    for (int f = 0; f < 3; f++)
        files[f] = open_tiled(&residency, 120, f ? PAINTED : BARE, &arena);
    for (int round = 0; round < 400; round++) {
        arena_reset(&frame);
        random_frame(&residency, files, 3);
        ResidencyLimits limits = {(uint32_t)rand() % 9,
                                  (20 + (uint64_t)rand() % 200) * tile_unit_bytes(PAINTED)};
        limits.max_loading_bytes = MAX(limits.max_loading_bytes, residency.loading_bytes);
        ResidencyPlan plan = residency_plan(&residency, &limits, &frame);
        check_plan(&residency, &plan, &limits);
        end_some_loads(&residency);
        if (round % 50 == 49) {
            residency_close(&residency, files[round % 3]);
            files[round % 3] = open_tiled(&residency, 120, rand() % 2 ? PAINTED : BARE, &arena);
        }
        check_books(&residency);
    }
    arena_drop(&arena);
    arena_drop(&frame);
}

static void books_hold_on_random_walks(void **state)
{
    (void)state;
    srand(11);
    for (uint32_t slots = 1; slots < 40; slots += 6)
        for (uint32_t layers = 0; layers < 12; layers += 3)
            walk_at_random(slots, layers);
}

static void a_tile_takes_the_stretch_that_was_used_least_recently(void **state)
{
    (void)state;
    Arena arena = {0};
    const uint8_t units[] = {20, 20, 24, 32, 32, 40, 0, 64};
    Residency residency = residency_make(7, 2 * (uint64_t)TILE_LAYER_BYTES, &arena);
    ResidencyPages *pages = residency_open(&residency, COUNT_OF(units), 0, &arena);
    for (uint32_t i = 0; i < COUNT_OF(units); i++)
        residency_set_tile(&residency, pages, i, units[i], PAINTED);
    ResidencyPlan plan = plan_wants(&residency, pages, (uint32_t[]){0, 1, 2, 3, 4}, 5, &arena);
    assert_int_equal(plan.load_count, 5); // 0, 1, 2 fill one layer; 3, 4 the other
    finish_loads(&residency, &plan);
    for (uint32_t used = 0; used < 3; used++) { // 3 and 4 are the oldest, then 0, 1, 2
        residency_begin_frame(&residency);
        residency_use(&residency, pages, used);
        plan_loads(&residency, 100, &arena);
    }
    // 40 units: of the other layer, although its 64 go for it; a slot would have been free.
    plan = plan_wants(&residency, pages, (uint32_t[]){5}, 1, &arena);
    assert_int_equal(plan.load_count, 1);
    assert_int_equal(plan.eviction_count, 2);
    assert_int_equal(pages->pages[3].phase, RESIDENCY_ABSENT);
    assert_int_equal(pages->pages[4].phase, RESIDENCY_ABSENT);
    finish_loads(&residency, &plan);
    // A page without a tile takes nobody's place.
    plan = plan_wants(&residency, pages, (uint32_t[]){6}, 1, &arena);
    assert_int_equal(plan.eviction_count, 0);
    finish_loads(&residency, &plan);
    // What is used stays, and so there is no whole layer to be had: softer, then.
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_use(&residency, pages, 5);
    residency_want(&residency, pages, 7, 1);
    plan = plan_loads(&residency, 100, &arena);
    assert_int_equal(plan.load_count, 0);
    assert_int_equal(plan.eviction_count, 0);
    assert_true(residency.is_blocked);
    assert_int_equal(pages->pages[1].phase, RESIDENCY_RESIDENT);
    residency_begin_frame(&residency);
    residency_use(&residency, pages, 1);
    residency_use(&residency, pages, 5);
    residency_want(&residency, pages, 7, 1);
    plan_loads(&residency, 100, &arena);
    assert_true(residency.coarsen > 1);
    arena_drop(&arena);
}

// Pieces of one kind fill everything and go out of sight: their chunks become those of another
// kind, which finds as much room as if it had been alone; what is pinned stays.
static void chunks_follow_what_is_looked_at(void **state)
{
    (void)state;
    Arena arena = {0};
    Residency residency = residency_make(200, 8 * (uint64_t)TILE_LAYER_BYTES, &arena);
    ResidencyPages *files[2];
    static const uint32_t brings[2] = {BARE, PAINTED};
    for (int f = 0; f < 2; f++) {
        files[f] = residency_open(&residency, 100, 1, &arena);
        for (uint32_t i = 0; i < 100; i++)
            residency_set_tile(&residency, files[f], i, i ? 32 : 2, brings[f]);
    }
    static const uint32_t fit[2] = {13 * 4,
                                    13}; // half layers: one chunk holds the other's root
    for (int round = 0; round < 6; round++) {
        int f = round % 2;
        for (int frame = 0; frame < 20; frame++) {
            residency_begin_frame(&residency);
            for (uint32_t i = 0; i < 1 + fit[f]; i++) {
                if (files[f]->pages[i].phase == RESIDENCY_RESIDENT)
                    residency_use(&residency, files[f], i);
                else
                    residency_want(&residency, files[f], i, (float)(100 - i));
            }
            ResidencyPlan plan = plan_loads(&residency, 100, &arena);
            finish_loads(&residency, &plan);
            check_books(&residency);
        }
        assert_int_equal(residency.want_count, 0);
        for (uint32_t i = 0; i < 1 + fit[f]; i++)
            assert_int_equal(files[f]->pages[i].phase, RESIDENCY_RESIDENT);
        assert_true(round == 0 || files[1 - f]->pages[0].phase == RESIDENCY_RESIDENT);
    }
    arena_drop(&arena);
}

// So many bytes of them, of whatever kind: those that bring little need not wait.
static void few_tiles_are_under_way_at_once(void **state)
{
    (void)state;
    static const uint32_t kinds[] = {PAINTED, BARE};
    const ResidencyLimits limits = {100, 100 * tile_unit_bytes(PAINTED)};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        Arena arena = {0};
        Residency residency = residency_make(12, 12 * (uint64_t)TILE_LAYER_BYTES, &arena);
        ResidencyPages *pages = residency_open(&residency, 12, 0, &arena);
        uint64_t each = 40 * tile_unit_bytes(kinds[k]);
        uint32_t fit = (uint32_t)MIN(limits.max_loading_bytes / each, (uint64_t)12);
        for (uint32_t i = 0; i < 12; i++)
            residency_set_tile(&residency, pages, i, 40, kinds[k]);
        for (uint32_t at = 0; at < 12; at += fit) {
            residency_begin_frame(&residency);
            for (uint32_t i = 0; i < 12; i++)
                residency_want(&residency, pages, i, (float)(12 - i));
            ResidencyPlan plan = residency_plan(&residency, &limits, &arena);
            assert_int_equal(plan.load_count, MIN(fit, 12 - at));
            assert_int_equal(plan.loads[0].page, at);
            finish_loads(&residency, &plan);
        }
        assert_true(k == 0 ? fit == 2 : fit > 5);
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urgent_pages_come_first_and_each_once),
        cmocka_unit_test(the_least_recently_used_and_finest_goes_first),
        cmocka_unit_test(what_is_used_is_never_evicted),
        cmocka_unit_test(steps_take_room_and_give_it_back),
        cmocka_unit_test(failed_pages_are_not_asked_for_again),
        cmocka_unit_test(loads_nobody_wants_any_more_are_named),
        cmocka_unit_test(hopes_wait_for_wants_and_take_nobodys_place),
        cmocka_unit_test(hopes_given_up_are_stale),
        cmocka_unit_test(books_hold_on_random_walks),
        cmocka_unit_test(a_tile_takes_the_stretch_that_was_used_least_recently),
        cmocka_unit_test(chunks_follow_what_is_looked_at),
        cmocka_unit_test(few_tiles_are_under_way_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
