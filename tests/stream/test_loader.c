// test_loader.c: jobs come back, each once, whatever becomes of them.

#include "test.h"

#include "stream/loader.h"

#include <stdatomic.h>

typedef struct Source {
    atomic_int begun;
    atomic_bool is_held; // jobs wait until it is let go
} Source;

// Even items succeed, odd ones fail.
static Status count_work(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    Source *source = (Source *)job->source;
    atomic_fetch_add(&source->begun, 1);
    while (atomic_load(&source->is_held)) {
        TRY(cancel_check(cancel));
        thread_sleep_ms(1);
    }
    uint32_t *numbers = ARENA_ARRAY(arena, uint32_t, 1000);
    for (uint32_t i = 0; i < 1000; i++)
        numbers[i] = job->item;
    if (job->item % 2)
        return FAIL(ERR_CORRUPT, "item %u is odd", job->item);
    *out_blob = numbers;
    return OK;
}

static LoaderJob make_job(Source *source, uint32_t item)
{
    return (LoaderJob){
        .work = count_work, .source = source, .item = item, .kind = 1, .name = item};
}

static void check_done(const LoaderDone *done)
{
    uint32_t item = done->job.item;
    assert_int_equal(done->job.name, item);
    if (item % 2) {
        assert_status(done->status, ERR_CORRUPT);
        char expected[64];
        snprintf(expected, sizeof expected, "item %u is odd", item);
        assert_string_equal(done->sentence, expected);
        assert_null(done->blob);
    } else {
        assert_ok(done->status);
        const uint32_t *numbers = done->blob;
        for (uint32_t i = 0; i < 1000; i++)
            assert_int_equal(numbers[i], item);
    }
}

static void every_job_comes_back_once(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    Arena arena = {0};
    Loader *loader;
    assert_ok(loader_make(2, 8, &arena, &loader));
    Source source = {0};
    uint8_t seen[COUNT] = {0};
    uint32_t requested = 0, collected = 0;
    while (collected < COUNT) {
        while (requested < COUNT && loader_room(loader) > 0) {
            LoaderJob job = make_job(&source, requested);
            assert_true(loader_request(loader, &job));
            requested++;
        }
        LoaderDone done;
        assert_true(loader_wait(loader, &done));
        check_done(&done);
        seen[done.job.item]++;
        loader_release(loader, &done);
        collected++;
    }
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(seen[i], 1);
    LoaderDone done;
    assert_false(loader_wait(loader, &done));
    assert_false(loader_collect(loader, &done));
    loader_drop(loader);
    arena_drop(&arena);
}

static void there_is_room_for_so_many_and_no_more(void **state)
{
    (void)state;
    Arena arena = {0};
    Loader *loader;
    assert_ok(loader_make(2, 3, &arena, &loader));
    Source source = {0};
    for (uint32_t i = 0; i < 5; i++) {
        LoaderJob job = make_job(&source, i);
        assert_int_equal(loader_request(loader, &job), i < 3);
    }
    LoaderDone done[3];
    for (int i = 0; i < 3; i++)
        assert_true(loader_wait(loader, &done[i]));
    assert_int_equal(loader_room(loader), 0); // blobs are still being looked at
    for (int i = 0; i < 3; i++) {
        check_done(&done[i]);
        loader_release(loader, &done[i]);
    }
    assert_int_equal(loader_room(loader), 3);
    loader_drop(loader);
    arena_drop(&arena);
}

static void cancelled_jobs_come_back_as_cancelled(void **state)
{
    (void)state;
    Arena arena = {0};
    Loader *loader;
    assert_ok(loader_make(2, 6, &arena, &loader));
    Source source = {0};
    atomic_store(&source.is_held, true);
    for (uint32_t i = 0; i < 6; i++) {
        LoaderJob job = make_job(&source, i * 2);
        assert_true(loader_request(loader, &job));
    }
    loader_cancel(loader, 1, 0);
    loader_cancel(loader, 1, 10);
    loader_cancel(loader, 2, 4); // another kind's
    LoaderDone done;
    bool is_first_back = false, is_last_back = false;
    while (!is_first_back) {
        assert_true(loader_wait(loader, &done));
        assert_status(done.status, ERR_CANCELLED);
        is_first_back = done.job.item == 0;
        is_last_back = is_last_back || done.job.item == 10;
        loader_release(loader, &done);
    }
    atomic_store(&source.is_held, false);
    uint32_t succeeded = 0;
    while (loader_wait(loader, &done)) {
        is_last_back = is_last_back || done.job.item == 10;
        assert_int_equal(done.status == ERR_CANCELLED, done.job.item == 10);
        succeeded += done.status == OK;
        loader_release(loader, &done);
    }
    assert_int_equal(succeeded, 4);
    assert_true(is_last_back);
    loader_drop(loader);
    arena_drop(&arena);
}

static void dropping_does_not_wait_for_what_has_not_begun(void **state)
{
    (void)state;
    Arena arena = {0};
    Loader *loader;
    assert_ok(loader_make(2, 50, &arena, &loader));
    Source source = {0};
    atomic_store(&source.is_held, true);
    for (uint32_t i = 0; i < 50; i++) {
        LoaderJob job = make_job(&source, i);
        assert_true(loader_request(loader, &job));
    }
    loader_drop(loader);
    assert_true(atomic_load(&source.begun) <= 2);
    arena_drop(&arena);
}

static void a_kept_arena_outlives_the_loader(void **state)
{
    (void)state;
    Arena arena = {0};
    Loader *loader;
    assert_ok(loader_make(1, 1, &arena, &loader));
    Source source = {0};
    LoaderJob job = make_job(&source, 8);
    assert_true(loader_request(loader, &job));
    LoaderDone done;
    assert_true(loader_wait(loader, &done));
    Arena kept = loader_release_and_keep(loader, &done);
    assert_true(loader_request(loader, &job));
    loader_drop(loader);
    check_done(&done);
    arena_drop(&kept);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_comes_back_once),
        cmocka_unit_test(there_is_room_for_so_many_and_no_more),
        cmocka_unit_test(cancelled_jobs_come_back_as_cancelled),
        cmocka_unit_test(dropping_does_not_wait_for_what_has_not_begun),
        cmocka_unit_test(a_kept_arena_outlives_the_loader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
