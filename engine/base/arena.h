// arena.h: memory that is freed all at once.
//
// Whoever passes an Arena to a function owns what comes back in it. Nothing in an arena is
// freed alone: rewind to a mark, or drop the whole. A zeroed Arena is empty and ready.
// An arena belongs to one thread at a time. Running out of memory ends the program with a
// sentence: sizes that come from a file are checked against a limit before they come here.

#pragma once
#include "base/base.h"

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *block;     // the newest; each knows the one before
    size_t reserved_bytes; // what its blocks take from the system, arena_reserve's apart
} Arena;

typedef struct ArenaMark {
    ArenaBlock *block;
    size_t used;
} ArenaMark;

// Zeroed memory, aligned to `align` (a power of two, at most 64).
void *arena_alloc(Arena *arena, size_t size_bytes, size_t align);
// As arena_alloc, for memory that will be written whole: not zeroed.
void *arena_alloc_raw(Arena *arena, size_t size_bytes, size_t align);

// Zeroed memory, aligned to a cache line, that takes room only where it is written: for large
// tables of which little will ever be known.
void *arena_reserve(Arena *arena, size_t size_bytes);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type), _Alignof(Type)))
#define ARENA_ARRAY(arena, Type, count) \
    ((Type *)arena_alloc((arena), arena_size_of(sizeof(Type), (count)), _Alignof(Type)))
#define ARENA_ARRAY_RAW(arena, Type, count) \
    ((Type *)arena_alloc_raw((arena), arena_size_of(sizeof(Type), (count)), _Alignof(Type)))
#define ARENA_RESERVE(arena, Type, count) \
    ((Type *)arena_reserve((arena), arena_size_of(sizeof(Type), (count))))

// size x count; ends the program on overflow.
size_t arena_size_of(size_t size, size_t count);

// Grows an allocation, in place where it is the arena's last one; `old` may be NULL.
// The new part is zeroed. The old pointer is dead afterwards.
void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes, size_t align);

// Appends one zeroed element to a growing array, doubling its capacity, and gives its address.
// array (a Type *), count and capacity are the caller's variables.
#define ARENA_PUSH(arena, array, count, capacity)                                         \
    ((count) == (capacity)                                                                \
         ? ((array) = arena_grow((arena), (array), (capacity) * sizeof *(array),          \
                                 ((capacity) ? (capacity)*2 : 16) * sizeof *(array), 16), \
            (capacity) = (capacity) ? (capacity)*2 : 16, &(array)[(count)++])             \
         : &(array)[(count)++])

char *arena_copy_text(Arena *arena, const char *text);
void *arena_copy(Arena *arena, const void *bytes, size_t size_bytes, size_t align);

ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);
void arena_reset(Arena *arena); // rewinds to empty and keeps one block for next time
// The same for what is filled time after time, nearly alike: the block is as large as all there
// was, so that no more memory is taken; where it is much too large it becomes smaller.
void arena_recycle(Arena *arena);
void arena_drop(Arena *arena);  // gives everything back

// Blocks of memory that the calling thread ever took for its arenas.
uint64_t arena_block_count(void);

// The calling thread's scratch memory, for what does not outlive a function:
//
//     Scratch scratch = scratch_begin(arena);   // the arena results go to, or NULL
//     ... ARENA_ARRAY(scratch.arena, ...)
//     scratch_end(scratch);
//
// `results` makes sure that the scratch arena is not the very arena the results live in, when a
// caller passed its own scratch down.
typedef struct Scratch {
    Arena *arena;
    ArenaMark mark;
} Scratch;

Scratch scratch_begin(const Arena *results);
void scratch_end(Scratch scratch);
// Gives the calling thread's scratch memory back; every thread of ours ends with it.
void scratch_drop(void);

// ---- the heap, which libraries and drivers use too

// Once, first in a program: what is large lies in mappings of its own, so that it goes back to
// the system when it is freed, in whatever order.
void heap_start(void);
// Gives back what is free between what is held: after much came and went, as when shaders were
// made. It takes some milliseconds.
void heap_trim(void);
