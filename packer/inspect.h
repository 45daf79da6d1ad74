// inspect.h: looks into a pack, and at every byte of it.
//
// Uses the program's file system (vfs.h): starts it, mounts the pack, stops it again. Main
// thread, nothing else mounted.

#pragma once
#include "data/mesh.h"
#include "data/pack.h"
#include "exhibits/model/problem.h"
#include "io/thread.h"

// Reads the manifest, the graphs and the pages' headers, nothing else. Everything in *out lives
// in `arena`.
typedef struct PackView {
    Pack pack;
    MeshGraph *graphs;       // of each piece
    uint64_t size_bytes;     // of the whole file
    uint64_t manifest_bytes; // unpacked
    // Of all pages: what the encoded parts take.
    uint64_t vertex_bytes, surface_bytes, index_bytes, table_bytes, tile_bytes;
} PackView;

NODISCARD Status inspect_open(const char *path, Arena *arena, PackView *out);

// Everything that is wrong with a pack: every entry against the manifest, every hash, every
// record, story, graph, page, picture and sound. The first error is returned.
NODISCARD Status inspect_check(const char *path, Arena *arena, Problems *problems,
                               Cancel *cancel);
