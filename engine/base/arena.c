// arena.c: memory that is freed all at once. The only file that says malloc.

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
enum { REDZONE_BYTES = 16 }; // keeps neighbours apart, so that an overrun is seen
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { REDZONE_BYTES = 0 };
#endif

enum {
    BLOCK_BYTES = 256 * 1024,
    BLOCK_ALIGN = 64,
    LARGE_BYTES = 4 << 20,           // of a block that is given back where it is hardly used
    RESERVE_LEAST_BYTES = 64 * 1024, // what is smaller is not worth a mapping
};

struct ArenaBlock {
    ArenaBlock *before;
    size_t capacity; // bytes after the header
    size_t used;
    size_t mapped_bytes; // of a block by arena_reserve, the header included; else 0
};

enum { HEADER_BYTES = (sizeof(ArenaBlock) + BLOCK_ALIGN - 1) & ~(BLOCK_ALIGN - 1) };

static uint8_t *block_bytes(ArenaBlock *block)
{
    return (uint8_t *)block + HEADER_BYTES;
}

NORETURN static void out_of_memory(size_t size_bytes)
{
    fprintf(stderr, "out of memory: %zu bytes were asked for\n", size_bytes);
    abort();
}

static _Thread_local uint64_t block_count;

static ArenaBlock *make_block(size_t capacity)
{
    block_count++;
    if (capacity > SIZE_MAX / 2)
        out_of_memory(capacity);
    size_t size = (HEADER_BYTES + capacity + BLOCK_ALIGN - 1) & ~(size_t)(BLOCK_ALIGN - 1);
    ArenaBlock *block = aligned_alloc(BLOCK_ALIGN, size);
    if (!block)
        out_of_memory(size);
    *block = (ArenaBlock){.capacity = capacity};
    ASAN_POISON_MEMORY_REGION(block_bytes(block), capacity);
    return block;
}

static void drop_block(Arena *arena, ArenaBlock *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block_bytes(block), block->capacity);
    if (block->mapped_bytes) {
        munmap(block, block->mapped_bytes);
        return;
    }
    arena->reserved_bytes -= block->capacity;
    free(block);
}

static void push_block(Arena *arena, size_t capacity)
{
    ArenaBlock *block = make_block(capacity);
    block->before = arena->block;
    arena->block = block;
    arena->reserved_bytes += capacity;
}

size_t arena_size_of(size_t size, size_t count)
{
    if (size && count > SIZE_MAX / 2 / size)
        out_of_memory(SIZE_MAX);
    return size * count;
}

void *arena_alloc_raw(Arena *arena, size_t size_bytes, size_t align)
{
    ASSERT(align && align <= BLOCK_ALIGN && (align & (align - 1)) == 0);
    ArenaBlock *block = arena->block;
    size_t start = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (size_bytes > SIZE_MAX / 2)
        out_of_memory(size_bytes);
    if (!block || start > block->capacity ||
        size_bytes + REDZONE_BYTES > block->capacity - start) {
        push_block(arena, MAX((size_t)BLOCK_BYTES, size_bytes + REDZONE_BYTES));
        block = arena->block;
        start = 0;
    }
    block->used = start + size_bytes + REDZONE_BYTES;
    uint8_t *bytes = block_bytes(block) + start;
    ASAN_UNPOISON_MEMORY_REGION(bytes, size_bytes);
    return bytes;
}

void *arena_alloc(Arena *arena, size_t size_bytes, size_t align)
{
    void *bytes = arena_alloc_raw(arena, size_bytes, align);
    memset(bytes, 0, size_bytes);
    return bytes;
}

void *arena_reserve(Arena *arena, size_t size_bytes)
{
    if (size_bytes < RESERVE_LEAST_BYTES)
        return arena_alloc(arena, size_bytes, BLOCK_ALIGN);
    if (size_bytes > SIZE_MAX / 2)
        out_of_memory(size_bytes);
    size_t size = HEADER_BYTES + size_bytes;
    ArenaBlock *block = mmap(NULL, size, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block == MAP_FAILED)
        out_of_memory(size_bytes);
    madvise(block, size, MADV_NOHUGEPAGE); // or the first byte written would take 2 MiB
    *block = (ArenaBlock){.before = arena->block,
                          .capacity = size_bytes,
                          .used = size_bytes,
                          .mapped_bytes = size};
    arena->block = block;
    return block_bytes(block);
}

static bool is_last_allocation(const Arena *arena, const void *old, size_t old_bytes)
{
    return old && arena->block &&
           (const uint8_t *)old + old_bytes + REDZONE_BYTES ==
               block_bytes(arena->block) + arena->block->used;
}

void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes, size_t align)
{
    ASSERT(new_bytes >= old_bytes);
    size_t more = new_bytes - old_bytes;
    if (is_last_allocation(arena, old, old_bytes) &&
        more <= arena->block->capacity - arena->block->used) {
        arena->block->used += more;
        ASAN_UNPOISON_MEMORY_REGION(old, new_bytes);
        memset((uint8_t *)old + old_bytes, 0, more);
        return old;
    }
    uint8_t *bytes = arena_alloc_raw(arena, new_bytes, align);
    if (old_bytes)
        memcpy(bytes, old, old_bytes);
    memset(bytes + old_bytes, 0, more);
    return bytes;
}

void *arena_copy(Arena *arena, const void *bytes, size_t size_bytes, size_t align)
{
    void *copy = arena_alloc_raw(arena, size_bytes, align);
    if (size_bytes)
        memcpy(copy, bytes, size_bytes);
    return copy;
}

char *arena_copy_text(Arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text) + 1, 1);
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){arena->block, arena->block ? arena->block->used : 0};
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    while (arena->block != mark.block) {
        ArenaBlock *block = arena->block;
        ASSERT(block); // the mark came from another arena, or from before a drop
        arena->block = block->before;
        drop_block(arena, block);
    }
    if (!arena->block)
        return;
    ASSERT(mark.used <= arena->block->used);
    arena->block->used = mark.used;
    ASAN_POISON_MEMORY_REGION(block_bytes(arena->block) + mark.used,
                              arena->block->capacity - mark.used);
}

void arena_reset(Arena *arena)
{
    ArenaBlock *oldest = arena->block;
    while (oldest && oldest->before)
        oldest = oldest->before;
    if (oldest)
        arena_rewind(arena, (ArenaMark){oldest, 0});
}

void arena_recycle(Arena *arena)
{
    size_t used = 0;
    bool is_one = arena->block && !arena->block->before;
    for (const ArenaBlock *block = arena->block; block; block = block->before)
        used += block->mapped_bytes ? 0 : block->used + BLOCK_ALIGN;
    bool is_too_large =
        is_one && arena->block->capacity > LARGE_BYTES && used < arena->block->capacity / 8;
    if (!is_one || is_too_large) {
        arena_drop(arena);
        push_block(arena, MAX((size_t)BLOCK_BYTES, used * 2));
    }
    arena_reset(arena);
}

void arena_drop(Arena *arena)
{
    arena_rewind(arena, (ArenaMark){0});
}

uint64_t arena_block_count(void)
{
    return block_count;
}

// The system's library would raise the limit each time something larger is freed, and keep it.
enum { MAPPED_FROM_BYTES = 128 * 1024 };

void heap_start(void)
{
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES);
#endif
}

void heap_trim(void)
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

// Two, so that a function handed one thread's scratch as its results arena can use the other.
static _Thread_local Arena scratch_arenas[2];

Scratch scratch_begin(const Arena *results)
{
    Arena *arena = results == &scratch_arenas[0] ? &scratch_arenas[1] : &scratch_arenas[0];
    if (!arena->block)
        push_block(arena, BLOCK_BYTES); // so that rewinding to empty keeps a block
    return (Scratch){arena, arena_mark(arena)};
}

void scratch_end(Scratch scratch)
{
    arena_rewind(scratch.arena, scratch.mark);
}

void scratch_drop(void)
{
    for (size_t i = 0; i < COUNT_OF(scratch_arenas); i++)
        arena_drop(&scratch_arenas[i]);
}
