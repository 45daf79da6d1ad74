// light_store.h: the light of a pack: where its plan comes from, and whether the light is there
// already; for publish.c.
//
// Light belongs to a plan, so a pack with light has one: that of its folder, or one that is
// laid out as the museum would. What an older pack of the same name holds is taken from there,
// if nothing that it depends on has changed: an old pack that does not read is as none. Rooms
// are kept in the work folder one by one, as bakes are (KEY-3.light): who was interrupted goes
// on there.
//
// Main thread; uses all cores. Uses the program's file system (vfs.h) for the old pack.

#pragma once
#include "data/pack.h"
#include "packer/bakery.h"
#include "packer/light.h"

typedef struct LightStoreDesc {
    LightQuality quality;
    const Plan *plan; // of the folder; NULL: it has none
    const PackPiece *pieces;
    const Loaf *loaves; // of each
    uint32_t piece_count;
    const char *work_folder; // exists
    const char *old_path;    // of the pack that is about to be replaced; it need not be there
    BakeProgressFn *progress;
    void *progress_context;
    Cancel *cancel;
} LightStoreDesc;

typedef struct LightStored {
    Bytes plan; // gallery.json
    uint32_t room_count;
    const char **names; // of the entries, by room
    Bytes *files;
    bool was_there; // nothing was computed
} LightStored;

// What *out holds lives in `arena`. Errors of plans, and light.h's.
NODISCARD Status light_store(const LightStoreDesc *desc, Arena *arena, LightStored *out);
