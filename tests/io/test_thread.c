// test_thread.c: threads, queues, loops over many cores.

#include "test.h"

#include "io/thread.h"

static void set_flag(void *context)
{
    Scratch scratch = scratch_begin(NULL); // leak checkers see it if the thread forgets it
    *(int *)context = 7;
    ARENA_NEW(scratch.arena, int);
    scratch_end(scratch);
}

static void a_thread_runs_and_ends(void **state)
{
    (void)state;
    int flag = 0;
    Thread thread = {0};
    thread_join(&thread);
    assert_ok(thread_start(&thread, "test", set_flag, &flag));
    thread_join(&thread);
    assert_int_equal(flag, 7);
    assert_null(thread.handle);
    assert_in_range(thread_core_count(), 1, THREAD_MAX_WORKERS);
}

static void a_queue_is_first_in_first_out_and_bounded(void **state)
{
    (void)state;
    Arena arena = {0};
    Queue *queue = queue_make(&arena, sizeof(int), 3);
    int item;
    assert_false(queue_try_pop(queue, &item));
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 3; i++)
            assert_true(queue_try_push(queue, &i));
        assert_int_equal(queue_count(queue), 3);
        assert_false(queue_try_push(queue, &round));
        for (int i = 0; i < 2; i++) {
            assert_true(queue_pop(queue, &item));
            assert_int_equal(item, i);
        }
        assert_true(queue_try_pop(queue, &item));
        assert_int_equal(item, 2);
    }
    queue_drop(queue);
    arena_drop(&arena);
}

static void a_closed_queue_gives_what_is_inside(void **state)
{
    (void)state;
    Arena arena = {0};
    Queue *queue = queue_make(&arena, sizeof(int), 3);
    int item = 5;
    assert_true(queue_push(queue, &item));
    queue_close(queue);
    assert_false(queue_push(queue, &item));
    assert_false(queue_try_push(queue, &item));
    item = 0;
    assert_true(queue_pop(queue, &item));
    assert_int_equal(item, 5);
    assert_false(queue_pop(queue, &item));
    queue_drop(queue);
    arena_drop(&arena);
}

typedef struct Relay {
    Queue *in, *out;
} Relay;

static void pass_doubled(void *context)
{
    Relay *relay = context;
    long item;
    while (queue_pop(relay->in, &item)) {
        item *= 2;
        queue_push(relay->out, &item);
    }
}

static void queues_lose_nothing_between_threads(void **state)
{
    (void)state;
    enum { WORKERS = 4, JOBS = 20000 };
    Arena arena = {0};
    Relay relay = {queue_make(&arena, sizeof(long), 8), queue_make(&arena, sizeof(long), 16)};
    Thread threads[WORKERS] = {0};
    for (int i = 0; i < WORKERS; i++)
        assert_ok(thread_start(&threads[i], "relay", pass_doubled, &relay));
    long sent = 0, received = 0, sum = 0, item;
    while (received < JOBS) {
        if (sent < JOBS && queue_try_push(relay.in, &sent))
            sent++;
        else if (queue_try_pop(relay.out, &item))
            sum += item, received++;
    }
    queue_close(relay.in);
    for (int i = 0; i < WORKERS; i++)
        thread_join(&threads[i]);
    assert_int_equal(sum, (long)JOBS * (JOBS - 1));
    assert_int_equal(queue_count(relay.out), 0);
    queue_drop(relay.in);
    queue_drop(relay.out);
    arena_drop(&arena);
}

static void closing_wakes_who_waits(void **state)
{
    (void)state;
    Arena arena = {0};
    Relay relay = {queue_make(&arena, sizeof(long), 1), queue_make(&arena, sizeof(long), 1)};
    Thread threads[3] = {0};
    for (int i = 0; i < 3; i++)
        assert_ok(thread_start(&threads[i], "relay", pass_doubled, &relay));
    long item = 1;
    for (int i = 0; i < 3; i++) // two of them now wait for room in `out`
        assert_true(queue_push(relay.in, &item));
    queue_close(relay.in);
    queue_close(relay.out);
    for (int i = 0; i < 3; i++)
        thread_join(&threads[i]);
    queue_drop(relay.in);
    queue_drop(relay.out);
    arena_drop(&arena);
}

typedef struct Squares {
    uint64_t *out;
    size_t count;
    int worker_limit;
    size_t fail_from, fail_to; // indices that fail
    Cancel *cancel;
    size_t cancel_at;
} Squares;

static Status square_some(void *context, size_t first, size_t count, int worker)
{
    Squares *squares = context;
    assert(worker >= 0 && worker < squares->worker_limit);
    for (size_t i = first; i < first + count; i++) {
        if (i >= squares->fail_from && i < squares->fail_to)
            return FAIL(ERR_CORRUPT, "index %zu is bad", i);
        if (squares->cancel && i == squares->cancel_at)
            cancel_request(squares->cancel);
        squares->out[i] += i * i;
    }
    return OK;
}

static Status run_squares(Squares *squares, size_t grain)
{
    return parallel_for(&(ParallelDesc){.count = squares->count,
                                        .grain = grain,
                                        .run = square_some,
                                        .context = squares,
                                        .cancel = squares->cancel,
                                        .worker_limit = squares->worker_limit});
}

static void every_index_is_visited_once(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 63, 64, 65, 5000};
    static const size_t grains[] = {0, 1, 64, 1000000};
    Arena arena = {0};
    for (size_t c = 0; c < COUNT_OF(counts); c++) {
        for (size_t g = 0; g < COUNT_OF(grains); g++) {
            for (int workers = 1; workers <= 8; workers += 7) {
                Squares squares = {.out = ARENA_ARRAY(&arena, uint64_t, counts[c]),
                                   .count = counts[c],
                                   .worker_limit = workers};
                assert_ok(run_squares(&squares, grains[g]));
                for (size_t i = 0; i < counts[c]; i++)
                    assert_int_equal(squares.out[i], i * i);
                arena_reset(&arena);
            }
        }
    }
    arena_drop(&arena);
}

static void the_lowest_failure_is_reported(void **state)
{
    (void)state;
    Arena arena = {0};
    for (int round = 0; round < 20; round++) {
        Squares squares = {.out = ARENA_ARRAY(&arena, uint64_t, 2000),
                           .count = 2000,
                           .worker_limit = 6,
                           .fail_from = 117,
                           .fail_to = 2000};
        assert_status(run_squares(&squares, 10), ERR_CORRUPT);
        assert_string_equal(fault_last()->text, "index 117 is bad");
        arena_reset(&arena);
    }
    arena_drop(&arena);
}

static void cancelling_stops_the_loop(void **state)
{
    (void)state;
    Arena arena = {0};
    Cancel cancel = {0};
    Squares squares = {.out = ARENA_ARRAY(&arena, uint64_t, 100000),
                       .count = 100000,
                       .worker_limit = 2,
                       .cancel = &cancel,
                       .cancel_at = 0};
    assert_status(run_squares(&squares, 10), ERR_CANCELLED);
    assert_status(cancel_check(&cancel), ERR_CANCELLED);
    assert_int_equal(squares.out[99999], 0);
    cancel_reset(&cancel);
    assert_ok(cancel_check(&cancel));
    assert_ok(cancel_check(NULL));
    arena_drop(&arena);
}

static void workers_are_never_more_than_ranges(void **state)
{
    (void)state;
    assert_int_equal(parallel_worker_count(&(ParallelDesc){.count = 0, .worker_limit = 8}), 1);
    assert_int_equal(parallel_worker_count(&(ParallelDesc){.count = 3, .worker_limit = 8}), 3);
    assert_int_equal(
        parallel_worker_count(&(ParallelDesc){.count = 100, .grain = 30, .worker_limit = 8}),
        4);
    assert_int_equal(parallel_worker_count(&(ParallelDesc){.count = 100, .worker_limit = 999}),
                     THREAD_MAX_WORKERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_runs_and_ends),
        cmocka_unit_test(a_queue_is_first_in_first_out_and_bounded),
        cmocka_unit_test(a_closed_queue_gives_what_is_inside),
        cmocka_unit_test(queues_lose_nothing_between_threads),
        cmocka_unit_test(closing_wakes_who_waits),
        cmocka_unit_test(every_index_is_visited_once),
        cmocka_unit_test(the_lowest_failure_is_reported),
        cmocka_unit_test(cancelling_stops_the_loop),
        cmocka_unit_test(workers_are_never_more_than_ranges),
    };
    return cmocka_run_group_tests_name("thread", tests, NULL, NULL);
}
