// thread.h: threads, locks, a bounded queue, and a loop over many cores.
//
// Who may call what: a Mutex, a Condition, a Queue and a Cancel may be used by any thread while
// they exist; they are made and dropped by one thread, when no other uses them. A Thread
// belongs to whoever started it.
//
// Running out of locks ends the program, as running out of memory does. A refused thread is
// ERR_IO. Nothing here needs SDL_Init.

#pragma once
#include "base/arena.h"
#include "base/status.h"

#include <stdatomic.h>

// ---- locks: private to one .c file; hold one at a time, call nothing foreign while holding it

typedef struct Mutex {
    struct SDL_mutex *handle;
} Mutex;

typedef struct Condition {
    struct SDL_cond *handle;
} Condition;

Mutex mutex_make(void);
void mutex_drop(Mutex *mutex); // a zeroed one is fine
void mutex_lock(Mutex *mutex);
void mutex_unlock(Mutex *mutex);

Condition condition_make(void);
void condition_drop(Condition *condition);
// Gives the mutex back while waiting. May wake without a reason: check yours in a loop.
void condition_wait(Condition *condition, Mutex *mutex);
// False when the time is over.
bool condition_wait_ms(Condition *condition, Mutex *mutex, unsigned timeout_ms);
void condition_signal(Condition *condition);    // wakes one
void condition_broadcast(Condition *condition); // wakes all

// ---- asking a long work to stop; a zeroed Cancel asks nothing

typedef struct Cancel {
    atomic_bool is_requested;
} Cancel;

void cancel_request(Cancel *cancel);
void cancel_reset(Cancel *cancel);
bool cancel_is_requested(Cancel *cancel); // NULL is never cancelled
// OK, or ERR_CANCELLED with its sentence: TRY(cancel_check(cancel));
NODISCARD Status cancel_check(Cancel *cancel);

// ---- threads

typedef void ThreadFn(void *context);

// Stays at its address from thread_start to thread_join.
typedef struct Thread {
    struct SDL_Thread *handle; // NULL: not running
    ThreadFn *run;
    void *context;
} Thread;

// Runs run(context) on a new thread, which gives its scratch memory back at its end.
NODISCARD Status thread_start(Thread *thread, const char *name, ThreadFn *run, void *context);
// Waits for its end. A zeroed or joined one is fine.
void thread_join(Thread *thread);
// Lets it run to its end by itself: nobody joins it. It may give `thread`'s memory back then.
void thread_leave(Thread *thread);

enum { THREAD_MAX_WORKERS = 64 };

// Cores this machine offers, 1 to THREAD_MAX_WORKERS.
int thread_core_count(void);
void thread_sleep_ms(unsigned duration_ms);

// ---- a bounded queue of items of one size, copied in and out, first in first out

typedef struct Queue Queue;

// Lives in `arena` (which must outlive it); drop it all the same, for its lock.
Queue *queue_make(Arena *arena, size_t item_bytes, size_t capacity);
void queue_drop(Queue *queue); // NULL is fine
// Wait for room, or for an item. False once the queue is closed: then nothing was pushed, or
// everything pushed before was popped.
bool queue_push(Queue *queue, const void *item);
bool queue_pop(Queue *queue, void *item);
// Do not wait. False when full or closed, or when empty.
bool queue_try_push(Queue *queue, const void *item);
bool queue_try_pop(Queue *queue, void *item);
// Wakes everyone who waits. What is inside can still be popped.
void queue_close(Queue *queue);
size_t queue_count(Queue *queue);
// Waits until so many are inside, or it is closed. For the only thread that pops.
void queue_wait_for(Queue *queue, size_t count);

// ---- a loop over many cores
//
//     static Status weld_some(void *context, size_t first, size_t count, int worker);
//     TRY(parallel_for(&(ParallelDesc){.count = n, .grain = 4096, .run = weld_some,
//                                      .context = &weld, .cancel = cancel}));
//
// Ranges of `grain` (the last may be shorter) are handed out in ascending order, one to whoever
// is free; every index is visited once. Which worker gets which range depends on timing, so
// write only to places that depend on the indices: then the result is the same for any number
// of workers. `worker` (0 .. parallel_worker_count() - 1; 0 is the calling thread) is for
// choosing private scratch space, never for results.
//
// Returns when all work is done. A range that fails stops the handing out; of several failures
// the one of the lowest range is reported, so failing does not depend on timing either.
// ERR_CANCELLED if it stopped early because it was asked to.

typedef Status ParallelFn(void *context, size_t first, size_t count, int worker);

typedef struct ParallelDesc {
    size_t count;     // of indices
    size_t grain;     // indices in a range; 0 means 1
    ParallelFn *run;  // called from several threads at once
    void *context;    // shared by all of them
    Cancel *cancel;   // or NULL
    int worker_limit; // 0 means thread_core_count()
} ParallelDesc;

NODISCARD Status parallel_for(const ParallelDesc *desc);
// How many workers parallel_for will use at most for this description, at least 1.
int parallel_worker_count(const ParallelDesc *desc);
