// baked.h: a sculpture that is baked into memory and read from there, as from a pack.

#pragma once
#include "packer/scan.h"
#include "stream/sculpture.h"

typedef struct Baked {
    Arena *arena;
    Bytes graph, pages;
    size_t capacity_bytes; // of pages
} Baked;

// Lives in `arena`, which outlives it. Fails the test that calls it if the scan cannot be
// baked.
void baked_make(Baked *baked, const Scan *scan, Arena *arena);
// Of "graph" and "pages". Any thread may read, as long as `baked` is there.
SculptureReader baked_reader(const Baked *baked);
