// loader.h: worker threads that turn jobs into blobs: read, check, decode.
//
//   main     loader_request(job) ----> queue ----> worker: job.work(...)     loader
//            loader_collect(&done) <-- queue <---- blob in the job's arena
//            loader_release(&done)
//
// There is a fixed number of jobs, each with an arena of its own, for as long as its result is
// not released: that is the rate limit, and nothing ever waits. A job travels by value; while
// it is under way only its worker touches its arena.
//
// A worker knows nothing of what it loads: `work` does.
//
// One thread (main) calls everything here but `work`. Workers touch no other struct of ours.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "io/thread.h"

typedef struct LoaderJob LoaderJob;

// Runs on a worker. The blob lives in `arena`; what is read only on the way there, too. Long
// work looks at `cancel` now and then.
typedef Status LoaderWork(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob);

struct LoaderJob {
    LoaderWork *work;
    const void *source; // read by the worker; stays as it is until the job is collected
    uint64_t offset, size_bytes;
    uint32_t item; // which page, tile ...
    uint32_t kind; // these two are the caller's, to know it again
    uint64_t name;
};

typedef struct LoaderDone {
    LoaderJob job;
    Status status;        // ERR_CANCELLED if it was
    const char *sentence; // of a failure
    void *blob;           // of success; NULL otherwise
    uint32_t index;
} LoaderDone;

typedef struct Loader Loader;

// ERR_IO where threads are refused. Lives in `arena`; drop it first.
NODISCARD Status loader_make(uint32_t thread_count, uint32_t job_count, Arena *arena,
                             Loader **out);
// Cancels what is waiting, waits for what is running. NULL is fine.
void loader_drop(Loader *loader);

// How many more jobs it takes now.
uint32_t loader_room(const Loader *loader);
// False if there is no room.
bool loader_request(Loader *loader, const LoaderJob *job);
// The jobs of this kind and name will come back as ERR_CANCELLED if they have not begun, and
// perhaps if they have. They do come back.
void loader_cancel(Loader *loader, uint32_t kind, uint64_t name);
// The next one that is finished. False if there is none yet. Release each.
bool loader_collect(Loader *loader, LoaderDone *done);
// The same, but waits. False only if nothing is under way.
bool loader_wait(Loader *loader, LoaderDone *done);
// Waits until all that is under way could be collected, and collects none of it.
void loader_finish(Loader *loader);
// The blob and the sentence are gone, there is room for another job.
void loader_release(Loader *loader, const LoaderDone *done);
// The same, but the arena with the blob becomes the caller's.
Arena loader_release_and_keep(Loader *loader, const LoaderDone *done);
// What the jobs' arenas hold.
size_t loader_reserved_bytes(const Loader *loader);
