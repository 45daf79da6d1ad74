// bake_heap.c: numbered things by cost, cheapest first.

#include "packer/bake_heap.h"

#include <string.h>

Heap heap_make(uint32_t item_count, Arena *arena)
{
    Heap heap = {
        .items = ARENA_ARRAY_RAW(arena, uint32_t, item_count),
        .places = ARENA_ARRAY_RAW(arena, uint32_t, item_count),
        .costs = ARENA_ARRAY_RAW(arena, float, item_count),
    };
    memset(heap.places, 0xff, item_count * sizeof *heap.places);
    return heap;
}

static bool is_before(const Heap *heap, uint32_t a, uint32_t b)
{
    return heap->costs[a] < heap->costs[b] || (heap->costs[a] == heap->costs[b] && a < b);
}

static void put(Heap *heap, uint32_t place, uint32_t item)
{
    heap->items[place] = item;
    heap->places[item] = place;
}

static void rise(Heap *heap, uint32_t place, uint32_t item)
{
    while (place > 0 && is_before(heap, item, heap->items[(place - 1) / 2])) {
        put(heap, place, heap->items[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    put(heap, place, item);
}

static void sink(Heap *heap, uint32_t place, uint32_t item)
{
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count &&
            is_before(heap, heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(heap, heap->items[child], item))
            break;
        put(heap, place, heap->items[child]);
        place = child;
    }
    put(heap, place, item);
}

static void settle(Heap *heap, uint32_t place, uint32_t item)
{
    if (place > 0 && is_before(heap, item, heap->items[(place - 1) / 2]))
        rise(heap, place, item);
    else
        sink(heap, place, item);
}

void heap_set(Heap *heap, uint32_t item, float cost)
{
    heap->costs[item] = cost;
    uint32_t place = heap->places[item];
    settle(heap, place == HEAP_NONE ? heap->count++ : place, item);
}

void heap_remove(Heap *heap, uint32_t item)
{
    uint32_t place = heap->places[item];
    if (place == HEAP_NONE)
        return;
    heap->places[item] = HEAP_NONE;
    uint32_t last = heap->items[--heap->count];
    if (last != item)
        settle(heap, place, last);
}

uint32_t heap_first(const Heap *heap)
{
    return heap->count ? heap->items[0] : HEAP_NONE;
}
