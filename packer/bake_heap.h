// bake_heap.h: numbered things by cost, cheapest first; equal costs by number, so that there is
// one order. Pure; any thread.

#pragma once
#include "base/arena.h"

#define HEAP_NONE UINT32_MAX

typedef struct Heap {
    uint32_t count;
    uint32_t *items;
    uint32_t *places; // of an item in `items`, or HEAP_NONE
    float *costs;     // an item each
} Heap;

// For items 0 to item_count - 1, none of them in it yet.
Heap heap_make(uint32_t item_count, Arena *arena);
// Puts the item in, or moves it to its new cost.
void heap_set(Heap *heap, uint32_t item, float cost);
void heap_remove(Heap *heap, uint32_t item); // one that is not in is fine
// The cheapest, or HEAP_NONE.
uint32_t heap_first(const Heap *heap);
