// loader.c: worker threads that turn jobs into blobs: read, check, decode.

#include "stream/loader.h"

typedef enum SlotPhase { SLOT_FREE, SLOT_UNDER_WAY, SLOT_COLLECTED } SlotPhase;

typedef struct Slot {
    SlotPhase phase;       // main only
    size_t reserved_bytes; // main only: of the arena, when last seen
    Cancel cancel;         // any thread
    // Main's before the request and after collecting, the worker's in between. The queues are
    // the fences.
    LoaderJob job;
    Arena arena;
    Status status;
    const char *sentence;
    void *blob;
} Slot;

struct Loader {
    uint32_t thread_count, slot_count; // set before threads start
    Thread *threads;                   // main only
    Slot *slots;
    Queue *requests, *results; // of slot numbers
    uint32_t busy_count;       // main only: not free
    uint32_t under_way_count;  // main only
    uint32_t next_free;        // main only: where to look first
};

static void run_job(Slot *slot)
{
    slot->blob = NULL;
    slot->sentence = NULL;
    slot->status = cancel_check(&slot->cancel);
    if (!slot->status)
        slot->status = slot->job.work(&slot->job, &slot->cancel, &slot->arena, &slot->blob);
    if (slot->status) {
        slot->blob = NULL;
        slot->sentence = arena_copy_text(&slot->arena, fault_last()->text);
    }
}

static void run_worker(void *context)
{
    Loader *loader = context;
    uint32_t index;
    while (queue_pop(loader->requests, &index)) {
        run_job(&loader->slots[index]);
        queue_push(loader->results, &index); // has room for all slots
    }
}

Status loader_make(uint32_t thread_count, uint32_t job_count, Arena *arena, Loader **out)
{
    ASSERT(thread_count > 0 && job_count > 0);
    Loader *loader = ARENA_NEW(arena, Loader);
    *loader = (Loader){.slot_count = job_count,
                       .threads = ARENA_ARRAY(arena, Thread, thread_count),
                       .slots = ARENA_ARRAY(arena, Slot, job_count),
                       .requests = queue_make(arena, sizeof(uint32_t), job_count),
                       .results = queue_make(arena, sizeof(uint32_t), job_count)};
    for (; loader->thread_count < thread_count; loader->thread_count++) {
        Status status =
            thread_start(&loader->threads[loader->thread_count], "loader", run_worker, loader);
        if (status) {
            loader_drop(loader);
            return status;
        }
    }
    *out = loader;
    return OK;
}

void loader_drop(Loader *loader)
{
    if (!loader)
        return;
    for (uint32_t i = 0; i < loader->slot_count; i++)
        if (loader->slots[i].phase == SLOT_UNDER_WAY)
            cancel_request(&loader->slots[i].cancel);
    queue_close(loader->requests);
    for (uint32_t i = 0; i < loader->thread_count; i++)
        thread_join(&loader->threads[i]);
    queue_drop(loader->requests);
    queue_drop(loader->results);
    for (uint32_t i = 0; i < loader->slot_count; i++)
        arena_drop(&loader->slots[i].arena);
}

uint32_t loader_room(const Loader *loader)
{
    return loader->slot_count - loader->busy_count;
}

bool loader_request(Loader *loader, const LoaderJob *job)
{
    if (loader_room(loader) == 0)
        return false;
    while (loader->slots[loader->next_free].phase != SLOT_FREE)
        loader->next_free = (loader->next_free + 1) % loader->slot_count;
    uint32_t index = loader->next_free;
    Slot *slot = &loader->slots[index];
    cancel_reset(&slot->cancel);
    slot->job = *job;
    slot->phase = SLOT_UNDER_WAY;
    loader->busy_count++;
    loader->under_way_count++;
    bool is_pushed = queue_try_push(loader->requests, &index);
    ASSERT(is_pushed);
    return true;
}

void loader_cancel(Loader *loader, uint32_t kind, uint64_t name)
{
    for (uint32_t i = 0; i < loader->slot_count; i++) {
        Slot *slot = &loader->slots[i];
        if (slot->phase == SLOT_UNDER_WAY && slot->job.kind == kind && slot->job.name == name)
            cancel_request(&slot->cancel);
    }
}

static void take_result(Loader *loader, uint32_t index, LoaderDone *done)
{
    Slot *slot = &loader->slots[index];
    slot->phase = SLOT_COLLECTED;
    slot->reserved_bytes = slot->arena.reserved_bytes;
    loader->under_way_count--;
    *done = (LoaderDone){.job = slot->job,
                         .status = slot->status,
                         .sentence = slot->sentence,
                         .blob = slot->blob,
                         .index = index};
}

bool loader_collect(Loader *loader, LoaderDone *done)
{
    uint32_t index;
    if (!queue_try_pop(loader->results, &index))
        return false;
    take_result(loader, index, done);
    return true;
}

bool loader_wait(Loader *loader, LoaderDone *done)
{
    uint32_t index;
    if (loader->under_way_count == 0 || !queue_pop(loader->results, &index))
        return false;
    take_result(loader, index, done);
    return true;
}

void loader_finish(Loader *loader)
{
    queue_wait_for(loader->results, loader->under_way_count);
}

void loader_release(Loader *loader, const LoaderDone *done)
{
    Slot *slot = &loader->slots[done->index];
    ASSERT(slot->phase == SLOT_COLLECTED);
    arena_drop(&slot->arena); // many jobs, seldom all of them: none keeps a block for its next
    slot->reserved_bytes = 0;
    slot->phase = SLOT_FREE;
    loader->busy_count--;
}

Arena loader_release_and_keep(Loader *loader, const LoaderDone *done)
{
    Slot *slot = &loader->slots[done->index];
    Arena kept = slot->arena;
    slot->arena = (Arena){0};
    loader_release(loader, done);
    return kept;
}

size_t loader_reserved_bytes(const Loader *loader)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < loader->slot_count; i++)
        sum += loader->slots[i].reserved_bytes;
    return sum;
}
