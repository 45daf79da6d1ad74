// thread.c: threads, locks, a bounded queue, and a loop over many cores.

#include "io/thread.h"

#include <SDL_cpuinfo.h>
#include <SDL_error.h>
#include <SDL_mutex.h>
#include <SDL_thread.h>
#include <SDL_timer.h>

#include <string.h>

// ---- locks

Mutex mutex_make(void)
{
    Mutex mutex = {SDL_CreateMutex()};
    ASSERT(mutex.handle);
    return mutex;
}

void mutex_drop(Mutex *mutex)
{
    if (mutex->handle)
        SDL_DestroyMutex(mutex->handle);
    mutex->handle = NULL;
}

void mutex_lock(Mutex *mutex)
{
    int failed = SDL_LockMutex(mutex->handle);
    ASSERT(!failed);
}

void mutex_unlock(Mutex *mutex)
{
    int failed = SDL_UnlockMutex(mutex->handle);
    ASSERT(!failed);
}

Condition condition_make(void)
{
    Condition condition = {SDL_CreateCond()};
    ASSERT(condition.handle);
    return condition;
}

void condition_drop(Condition *condition)
{
    if (condition->handle)
        SDL_DestroyCond(condition->handle);
    condition->handle = NULL;
}

void condition_wait(Condition *condition, Mutex *mutex)
{
    int failed = SDL_CondWait(condition->handle, mutex->handle);
    ASSERT(!failed);
}

bool condition_wait_ms(Condition *condition, Mutex *mutex, unsigned timeout_ms)
{
    return SDL_CondWaitTimeout(condition->handle, mutex->handle, timeout_ms) == 0;
}

void condition_signal(Condition *condition)
{
    SDL_CondSignal(condition->handle);
}

void condition_broadcast(Condition *condition)
{
    SDL_CondBroadcast(condition->handle);
}

// ---- cancelling

void cancel_request(Cancel *cancel)
{
    atomic_store(&cancel->is_requested, true);
}

void cancel_reset(Cancel *cancel)
{
    atomic_store(&cancel->is_requested, false);
}

bool cancel_is_requested(Cancel *cancel)
{
    return cancel && atomic_load(&cancel->is_requested);
}

Status cancel_check(Cancel *cancel)
{
    return cancel_is_requested(cancel) ? FAIL(ERR_CANCELLED, "stopped as asked") : OK;
}

// ---- threads

static int run_thread(void *data)
{
    Thread *thread = data;
    thread->run(thread->context);
    scratch_drop();
    return 0;
}

Status thread_start(Thread *thread, const char *name, ThreadFn *run, void *context)
{
    ASSERT(!thread->handle);
    thread->run = run;
    thread->context = context;
    thread->handle = SDL_CreateThread(run_thread, name, thread);
    if (!thread->handle)
        return FAIL(ERR_IO, "the system refused to start the thread \"%s\": %s", name,
                    SDL_GetError());
    return OK;
}

void thread_join(Thread *thread)
{
    if (thread->handle)
        SDL_WaitThread(thread->handle, NULL);
    thread->handle = NULL;
}

void thread_leave(Thread *thread)
{
    if (thread->handle)
        SDL_DetachThread(thread->handle);
    thread->handle = NULL;
}

int thread_core_count(void)
{
    return CLAMP(SDL_GetCPUCount(), 1, (int)THREAD_MAX_WORKERS);
}

void thread_sleep_ms(unsigned duration_ms)
{
    SDL_Delay(duration_ms);
}

// ---- queue

struct Queue {
    Mutex lock;
    Condition has_item; // or closed
    Condition has_room; // or closed
    size_t item_bytes;  // never change
    size_t capacity;
    uint8_t *items; // a ring; guarded by lock, as is all below
    size_t first;   // index of the oldest
    size_t count;
    bool is_closed;
};

Queue *queue_make(Arena *arena, size_t item_bytes, size_t capacity)
{
    ASSERT(item_bytes && capacity);
    Queue *queue = ARENA_NEW(arena, Queue);
    *queue = (Queue){
        .lock = mutex_make(),
        .has_item = condition_make(),
        .has_room = condition_make(),
        .item_bytes = item_bytes,
        .capacity = capacity,
        .items = arena_alloc(arena, arena_size_of(item_bytes, capacity), 16),
    };
    return queue;
}

void queue_drop(Queue *queue)
{
    if (!queue)
        return;
    condition_drop(&queue->has_item);
    condition_drop(&queue->has_room);
    mutex_drop(&queue->lock);
}

static void put_last(Queue *queue, const void *item)
{
    size_t at = (queue->first + queue->count) % queue->capacity;
    memcpy(queue->items + at * queue->item_bytes, item, queue->item_bytes);
    queue->count++;
    condition_signal(&queue->has_item);
}

static void take_first(Queue *queue, void *item)
{
    memcpy(item, queue->items + queue->first * queue->item_bytes, queue->item_bytes);
    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
    condition_signal(&queue->has_room);
}

static bool push_item(Queue *queue, const void *item, bool may_wait)
{
    mutex_lock(&queue->lock);
    while (may_wait && queue->count == queue->capacity && !queue->is_closed)
        condition_wait(&queue->has_room, &queue->lock);
    bool is_possible = queue->count < queue->capacity && !queue->is_closed;
    if (is_possible)
        put_last(queue, item);
    mutex_unlock(&queue->lock);
    return is_possible;
}

static bool pop_item(Queue *queue, void *item, bool may_wait)
{
    mutex_lock(&queue->lock);
    while (may_wait && queue->count == 0 && !queue->is_closed)
        condition_wait(&queue->has_item, &queue->lock);
    bool is_possible = queue->count > 0;
    if (is_possible)
        take_first(queue, item);
    mutex_unlock(&queue->lock);
    return is_possible;
}

bool queue_push(Queue *queue, const void *item)
{
    return push_item(queue, item, true);
}

bool queue_pop(Queue *queue, void *item)
{
    return pop_item(queue, item, true);
}

bool queue_try_push(Queue *queue, const void *item)
{
    return push_item(queue, item, false);
}

bool queue_try_pop(Queue *queue, void *item)
{
    return pop_item(queue, item, false);
}

void queue_close(Queue *queue)
{
    mutex_lock(&queue->lock);
    queue->is_closed = true;
    condition_broadcast(&queue->has_item);
    condition_broadcast(&queue->has_room);
    mutex_unlock(&queue->lock);
}

size_t queue_count(Queue *queue)
{
    mutex_lock(&queue->lock);
    size_t count = queue->count;
    mutex_unlock(&queue->lock);
    return count;
}

void queue_wait_for(Queue *queue, size_t count)
{
    mutex_lock(&queue->lock);
    while (queue->count < count && !queue->is_closed)
        condition_wait(&queue->has_item, &queue->lock);
    mutex_unlock(&queue->lock);
}

// ---- parallel_for

typedef struct ParallelRun {
    const ParallelDesc *desc; // never changes
    size_t grain;             // never changes
    Mutex lock;
    size_t next;     // first index not handed out; guarded by lock, as is all below
    bool is_stopped; // a range failed or the work was cancelled
    bool has_fault;
    bool was_cancelled;
    size_t fault_first; // where the range began that the fault comes from
    Fault fault;
} ParallelRun;

typedef struct ParallelWorker {
    ParallelRun *shared;
    int index;
    Thread thread;
} ParallelWorker;

static size_t range_count(const ParallelDesc *desc)
{
    size_t grain = MAX(desc->grain, (size_t)1);
    return desc->count / grain + (desc->count % grain != 0);
}

int parallel_worker_count(const ParallelDesc *desc)
{
    int limit = desc->worker_limit > 0 ? desc->worker_limit : thread_core_count();
    limit = MIN(limit, (int)THREAD_MAX_WORKERS);
    size_t ranges = range_count(desc);
    return ranges < (size_t)limit ? MAX((int)ranges, 1) : limit;
}

// Every range below a handed-out one was handed out before: that is why the lowest failing
// range is always among those that ran.
static bool take_range(ParallelRun *run, size_t *first, size_t *count)
{
    bool is_asked_to_stop = cancel_is_requested(run->desc->cancel);
    mutex_lock(&run->lock);
    size_t left = run->desc->count - run->next;
    if (is_asked_to_stop && left > 0 && !run->is_stopped)
        run->is_stopped = run->was_cancelled = true;
    bool has_work = left > 0 && !run->is_stopped;
    if (has_work) {
        *first = run->next;
        *count = MIN(run->grain, left);
        run->next += *count;
    }
    mutex_unlock(&run->lock);
    return has_work;
}

static void keep_fault(ParallelRun *run, size_t first)
{
    mutex_lock(&run->lock);
    run->is_stopped = true;
    if (!run->has_fault || first < run->fault_first) {
        run->has_fault = true;
        run->fault_first = first;
        run->fault = *fault_last();
    }
    mutex_unlock(&run->lock);
}

static void work(void *context)
{
    ParallelWorker *worker = context;
    ParallelRun *run = worker->shared;
    size_t first, count;
    while (take_range(run, &first, &count)) {
        if (run->desc->run(run->desc->context, first, count, worker->index) != OK)
            keep_fault(run, first);
    }
}

static Status report(const ParallelRun *run)
{
    if (run->has_fault) {
        fault_set(run->fault.status, run->fault.source_file, run->fault.source_line, "%s",
                  run->fault.text);
        return run->fault.status;
    }
    return run->was_cancelled ? FAIL(ERR_CANCELLED, "stopped as asked") : OK;
}

Status parallel_for(const ParallelDesc *desc)
{
    ParallelRun run = {
        .desc = desc, .grain = MAX(desc->grain, (size_t)1), .lock = mutex_make()};
    ParallelWorker workers[THREAD_MAX_WORKERS] = {0};
    int worker_count = parallel_worker_count(desc);
    ASSERT(worker_count >= 1 && worker_count <= THREAD_MAX_WORKERS);
    for (int i = 0; i < worker_count; i++)
        workers[i] = (ParallelWorker){.shared = &run, .index = i};
    // A thread the system refuses is one worker less: the others do its share.
    for (int i = 1; i < worker_count; i++) {
        if (thread_start(&workers[i].thread, "worker", work, &workers[i]) != OK)
            break;
    }
    work(&workers[0]);
    for (int i = 1; i < worker_count; i++)
        thread_join(&workers[i].thread);
    mutex_drop(&run.lock);
    return report(&run);
}
