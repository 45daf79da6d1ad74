// bake_store.h: bytes set aside until somebody wants them back: in memory while they are few,
// then in a file without a name.
//
// Any thread may put and get; making and dropping is one thread's.

#pragma once
#include "base/str.h"
#include "io/thread.h"

typedef struct BakeStore {
    Mutex mutex;
    Arena arena;
    uint64_t memory_bytes, memory_limit;
    const char *folder;
    int file; // -1 before it is needed
    uint64_t file_bytes;
} BakeStore;

// Where something lies.
typedef struct BakeSpan {
    const uint8_t *memory; // NULL: in the file
    uint64_t offset, size_bytes;
} BakeSpan;

// `folder`, which stays: of the file, where TMPDIR is not set; NULL: /tmp.
BakeStore bake_store_make(uint64_t memory_limit, const char *folder);
void bake_store_drop(BakeStore *store); // a zeroed one is fine

// ERR_IO where no file can be made, or the disk is full.
NODISCARD Status bake_store_put(BakeStore *store, Bytes bytes, BakeSpan *out);
// The bytes themselves, or a copy of them in `arena`.
NODISCARD Status bake_store_get(BakeStore *store, BakeSpan span, Arena *arena, Bytes *out);
