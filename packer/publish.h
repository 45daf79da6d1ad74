// publish.h: a collection -> a pack: bakes, puts in order, writes.
//
// Order in the archive: manifest, rooms, records and stories, graphs, light, pictures, sounds,
// and the pages last: what is needed first comes first. Texts are deflated, all else is stored.
// The same collection gives the same bytes. Main thread; baking uses all cores.

#pragma once
#include "packer/bakery.h"
#include "packer/collection.h"
#include "packer/light.h"

typedef struct PublishDesc {
    const char *path;         // of the pack
    const char *cache_folder; // NULL: baked sculptures are not kept
    BakeProgressFn *progress;
    void *progress_context;
    Cancel *cancel;
    LightQuality light; // of the rooms; LIGHT_NONE: the museum lights them while they are shown
} PublishDesc;

typedef struct PublishStats {
    uint64_t size_bytes, pages_bytes, triangle_count;
    uint32_t piece_count, baked_count;
    uint32_t lit_count; // rooms with light, ...
    bool was_lit;       // ... which an older pack of that name held
    BakeStats baked;    // sums, of the pieces that were baked anew
} PublishStats;

// The file appears whole or not at all, and no temporary file stays behind.
NODISCARD Status publish_pack(const PublishDesc *desc, const Collection *collection,
                              Arena *arena, PublishStats *out);
