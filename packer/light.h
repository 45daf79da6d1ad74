// light.h: the light of a house, computed once for all: path tracing into the rooms' texels.
//
// What does not move is lit here: lamps with soft shadows, light ceilings, and what bounces
// between walls, through doors too, a few times. Pieces stand in their places as simple shapes
// that only take light away.
//
//   coarse texels   lamps -> bounce -> bounce -> ... each bounce reads the one before it;
//                   the last one is smoothed
//   fine texels     lamps anew, what bounces from the coarse ones
//   probes          what bounces, for pieces: a grid in every room, one at every place
//   environment     what a room looks like in a mirror, sharp and blurred
//
// The same description gives the same light, whatever the number of workers. Any thread; uses
// all cores.

#pragma once
#include "data/lightmap.h"
#include "exhibits/model/plan.h"
#include "io/thread.h"
#include "packer/bake.h"

typedef enum LightQuality {
    LIGHT_NONE,
    LIGHT_DRAFT,
    LIGHT_FINAL,
    LIGHT_QUALITY_COUNT
} LightQuality;

// What stands on a place, in the room's own metres.
typedef struct LightBlocker {
    uint32_t vertex_count, index_count;
    float (*positions)[3];
    uint32_t *indices;
} LightBlocker;

// A room is done; nothing of it changes any more.
typedef void LightRoomFn(void *context, uint32_t room, const Lightmap *map);

typedef struct LightDesc {
    const Plan *plan;
    const LightBlocker *blockers; // by place; NULL: nothing stands anywhere
    const uint8_t *plan_hash, *key;
    LightQuality quality;
    uint32_t seed;
    int worker_limit; // as parallel_for's
    BakeProgressFn *progress;
    void *progress_context;
    LightRoomFn *on_room;
    void *room_context;
    const bool *is_there; // by room: these are left out, and empty in what comes back; or NULL
    Cancel *cancel;
} LightDesc;

// The rooms' lightmaps, by room, plan->room_count of them, in `arena`. ERR_UNSUPPORTED or
// ERR_LIMIT where Embree does not work or refuses, ERR_CANCELLED.
NODISCARD Status light_house(const LightDesc *desc, Arena *arena, Lightmap *out);

const char *light_quality_name(LightQuality quality); // "draft"
