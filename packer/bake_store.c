// bake_store.c: bytes set aside until somebody wants them back.

#include "packer/bake_store.h"

#include "packer/temporary.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

BakeStore bake_store_make(uint64_t memory_limit, const char *folder)
{
    return (BakeStore){
        .mutex = mutex_make(), .memory_limit = memory_limit, .folder = folder, .file = -1};
}

void bake_store_drop(BakeStore *store)
{
    if (!store->mutex.handle)
        return;
    if (store->file >= 0)
        close(store->file);
    arena_drop(&store->arena);
    mutex_drop(&store->mutex);
    *store = (BakeStore){0};
}

NODISCARD static Status reserve(BakeStore *store, uint64_t size, BakeSpan *span)
{
    Status status = OK;
    mutex_lock(&store->mutex);
    if (store->memory_bytes + size <= store->memory_limit) {
        span->memory = arena_alloc_raw(&store->arena, size, 16);
        store->memory_bytes += size;
    } else if (store->file >= 0 ||
               (status = temporary_open(temporary_folder(store->folder), &store->file)) == OK) {
        span->offset = store->file_bytes;
        store->file_bytes += size;
    }
    mutex_unlock(&store->mutex);
    return status;
}

Status bake_store_put(BakeStore *store, Bytes bytes, BakeSpan *out)
{
    BakeSpan span = {.size_bytes = bytes.len};
    TRY(reserve(store, bytes.len, &span));
    *out = span;
    if (span.memory) {
        memcpy((uint8_t *)span.memory, bytes.ptr, bytes.len);
        return OK;
    }
    for (uint64_t done = 0; done < bytes.len;) {
        ssize_t count = pwrite(store->file, bytes.ptr + done, bytes.len - done,
                               (off_t)(span.offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return FAIL(
                ERR_IO,
                "%s: a temporary file could not be written: %s; TMPDIR can name a folder "
                "on a larger disk",
                temporary_folder(store->folder), strerror(errno));
        done += (uint64_t)count;
    }
    return OK;
}

Status bake_store_get(BakeStore *store, BakeSpan span, Arena *arena, Bytes *out)
{
    if (span.memory) {
        *out = (Bytes){span.memory, span.size_bytes};
        return OK;
    }
    uint8_t *bytes = arena_alloc_raw(arena, span.size_bytes, 16);
    for (uint64_t done = 0; done < span.size_bytes;) {
        ssize_t count = pread(store->file, bytes + done, span.size_bytes - done,
                              (off_t)(span.offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return FAIL(ERR_IO, "a temporary file could not be read: %s", strerror(errno));
        done += (uint64_t)count;
    }
    *out = (Bytes){bytes, span.size_bytes};
    return OK;
}
