// test_residency_error.c: where memory is short the error rises, ends in peace, and comes back.

#include "residency_pages.h"

// A view that wants `detail / error` pages, in steps: error is the base of 1 times coarsen.
static uint32_t pages_at(float detail, float coarsen, uint32_t grain)
{
    uint32_t count = (uint32_t)(detail / coarsen);
    return MAX(count / grain * grain, 1u);
}

static uint32_t run_view(Residency *residency, ResidencyPages *pages, float detail,
                         uint32_t grain, Arena *frame)
{
    arena_reset(frame);
    uint32_t count = MIN(pages_at(detail, residency->coarsen, grain), pages->page_count);
    residency_begin_frame(residency);
    for (uint32_t page = 0; page < count; page++) {
        if (pages->pages[page].phase == RESIDENCY_RESIDENT)
            residency_use(residency, pages, page);
        else
            residency_want(residency, pages, page, (float)(count - page));
    }
    ResidencyPlan plan = plan_loads(residency, 16, frame);
    finish_loads(residency, &plan);
    return plan.load_count;
}

static void ask_for_too_much(uint32_t slots, uint32_t layers, uint32_t grain, bool has_tiles)
{
    Arena arena = {0}, frame = {0};
    Residency residency = residency_make(slots, layers * (uint64_t)TILE_LAYER_BYTES, &arena);
    ResidencyPages *pages = has_tiles ? open_tiled(&residency, 5000, PAINTED, &arena)
                                      : residency_open(&residency, 5000, 0, &arena);
    for (float detail = 50; detail < 20000; detail *= 3) {
        for (int i = 0; i < 300; i++)
            run_view(&residency, pages, detail, grain, &frame);
        float coarsen = residency.coarsen;
        for (int i = 0; i < 100; i++) { // and stays so
            assert_int_equal(run_view(&residency, pages, detail, grain, &frame), 0);
            assert_float_equal(residency.coarsen, coarsen, 0);
        }
        assert_int_equal(residency.want_count, 0); // nothing waits for ever
        uint32_t count = pages_at(detail, coarsen, grain);
        assert_true(count <= slots);
        assert_true(detail < 100 ? coarsen == 1 : coarsen > 1);
        if (detail > 100 && grain == 1) // memory is not left lying idle
            assert_true(residency.load > (has_tiles ? 0.5f : 0.6f));
    }
    for (int i = 0; i < 200; i++)
        run_view(&residency, pages, 40, grain, &frame);
    assert_float_equal(residency.coarsen, 1, 0);
    arena_drop(&arena);
    arena_drop(&frame);
}

static void too_much_to_ask_ends_in_peace(void **state)
{
    (void)state;
    const uint32_t grains[] = {1, 30, 60};
    for (size_t g = 0; g < COUNT_OF(grains); g++) {
        ask_for_too_much(100, 0, grains[g], false);
        if (grains[g] == 60) // of those with tiles 60 never fit
            continue;
        ask_for_too_much(100, 17, grains[g], true);  // units are short
        ask_for_too_much(100, 200, grains[g], true); // slots are
    }
}

// For some frames more is wanted than can be counted. Once that is over, and everything is
// there, memory is not left lying idle.
static void what_was_too_much_in_passing_comes_back(void **state)
{
    (void)state;
    Arena arena = {0}, frame = {0};
    Residency residency = residency_make(100, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 500, 0, &arena);
    for (int i = 0; i < 20; i++)
        run_view(&residency, pages, 80, 1, &frame);
    assert_true(residency.coarsen == 1);
    for (int i = 0; i < 3; i++) {
        residency_begin_frame(&residency);
        residency_note_cut_off(&residency);
        plan_loads(&residency, 16, &frame);
    }
    assert_true(residency.coarsen > 4);
    for (int i = 0; i < 200; i++)
        run_view(&residency, pages, 80, 1, &frame);
    assert_true(residency.coarsen == 1);
    arena_drop(&arena);
    arena_drop(&frame);
}

// Finer by a step is twice what fits: it is tried once, all goes back, and that is the end.
static void what_does_not_fit_is_tried_once(void **state)
{
    (void)state;
    Arena arena = {0}, frame = {0};
    Residency residency = residency_make(100, 0, &arena);
    ResidencyPages *pages = residency_open(&residency, 500, 0, &arena);
    uint32_t tries = 0, changes = 0;
    float before = 1;
    for (int i = 0; i < 400; i++) {
        arena_reset(&frame);
        uint32_t count = residency.coarsen < 3 ? 120 : 60;
        residency_begin_frame(&residency);
        for (uint32_t page = 0; page < count; page++) {
            if (pages->pages[page].phase == RESIDENCY_RESIDENT)
                residency_use(&residency, pages, page);
            else
                residency_want(&residency, pages, page, (float)(count - page));
        }
        ResidencyPlan plan = plan_loads(&residency, 16, &frame);
        finish_loads(&residency, &plan);
        tries += residency.kept > 0 && residency.coarsen < before;
        changes += i >= 100 && residency.coarsen != before;
        before = residency.coarsen;
        assert_true(i < 100 || !plan.is_trying);
    }
    assert_int_equal(tries, 1);
    assert_int_equal(changes, 0);
    assert_true(residency.coarsen >= 3 && residency.coarsen < 4.5f && !residency.want_count);
    arena_drop(&arena);
    arena_drop(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_much_to_ask_ends_in_peace),
        cmocka_unit_test(what_was_too_much_in_passing_comes_back),
        cmocka_unit_test(what_does_not_fit_is_tried_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
