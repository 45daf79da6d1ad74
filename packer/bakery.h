// bakery.h: bakes the scan of a piece into two files of a work folder, unless they are there.
//
//     KEY.list             names of the files the scan brings with it; KEY is of the scan alone
//     KEY.graph KEY.pages  KEY is of everything that the result depends on: the bytes of all
//                          files, unit, up, and this very program
//
// Files appear whole or not at all, so a folder may be kept and shared as a cache.
// One thread at a time; baking uses all cores.

#pragma once
#include "data/mesh.h"
#include "io/thread.h"
#include "packer/bake.h"
#include "packer/collection.h"

typedef struct BakeryDesc {
    const char *work_folder; // exists
    BakeProgressFn *progress;
    void *progress_context;
    Cancel *cancel;
} BakeryDesc;

typedef struct Loaf {
    const char *graph_path, *pages_path;
    MeshGraph graph;
    uint64_t pages_size_bytes;
    const char *scan_sha256; // 64 digits
    bool was_there;          // nothing was baked
    BakeStats stats;         // of what was baked
} Loaf;

// Everything in *out lives in `arena`; the scan's own memory is given back before returning.
NODISCARD Status bakery_bake(const BakeryDesc *desc, const CollectionPiece *piece, Arena *arena,
                             Loaf *out);

// SHA-256 of a file as 64 hexadecimal digits in `arena`.
NODISCARD Status bakery_sha256(const char *path, Arena *arena, const char **out);
