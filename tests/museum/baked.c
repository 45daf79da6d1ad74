// baked.c: a sculpture that is baked into memory and read from there, as from a pack.

#include "baked.h"

#include "packer/bake.h"
#include "test.h"

static Status take_bytes(void *context, Bytes bytes)
{
    Baked *baked = context;
    size_t len = baked->pages.len + bytes.len;
    uint8_t *pages = (uint8_t *)(uintptr_t)baked->pages.ptr;
    if (len > baked->capacity_bytes) {
        pages = arena_grow(baked->arena, pages, baked->capacity_bytes, 2 * len, 16);
        baked->capacity_bytes = 2 * len;
    }
    memcpy(pages + baked->pages.len, bytes.ptr, bytes.len);
    baked->pages = (Bytes){pages, len};
    return OK;
}

static Bytes bytes_at(const Baked *baked, const char *path)
{
    return strcmp(path, "graph") ? baked->pages : baked->graph;
}

static Status read_bytes(const void *context, const char *path, uint64_t offset,
                         size_t size_bytes, Arena *arena, Bytes *out)
{
    *out = (Bytes){arena_copy(arena, bytes_at(context, path).ptr + offset, size_bytes, 16),
                   size_bytes};
    return OK;
}

static Status size_bytes(const void *context, const char *path, uint64_t *out_bytes)
{
    *out_bytes = bytes_at(context, path).len;
    return OK;
}

void baked_make(Baked *baked, const Scan *scan, Arena *arena)
{
    BakeResult result;
    *baked = (Baked){.arena = arena};
    BakeOptions options = {.write = take_bytes, .write_context = baked};
    assert_ok(bake_sculpture(scan, &options, arena, &result));
    baked->graph = result.graph_bytes;
}

SculptureReader baked_reader(const Baked *baked)
{
    return (SculptureReader){baked, read_bytes, size_bytes};
}
