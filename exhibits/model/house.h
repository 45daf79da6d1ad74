// house.h: several galleries as one house: a lobby, and a wing for each that opens off it.
//
//        wing 1     wing 3
//      +---  -----+-  ----+        Wings stand on both sides of the lobby, turned so that the
//      |  lobby           |        room one would start in has a door to it; where other rooms
//      +---  -------  ----+        of the wing are in between, a passage leads there.
//        wing 2     wing 4
//
// Deterministic; pure; any thread.

#pragma once
#include "exhibits/model/plan.h"

enum { HOUSE_MAX_WINGS = 256 };

typedef struct HouseWing {
    const Plan *plan; // sound (plan_check); its places have their piece_index
    LangText title;
} HouseWing;

// Where a room of the house comes from.
typedef struct HouseRoom {
    int32_t wing;         // PLAN_NONE: it is the lobby, or a passage
    uint32_t room;        // of the wing's plan
    uint32_t first_place; // of the house: the wing's first
    int quarters;         // it was turned around y: by one, what was along x is along -z
    float by[3];          // and then moved
    bool has_new_door;
} HouseRoom;

// Rooms are named after their wings, with ids "wing-1-...": the lobby comes first, and one
// starts there. What places show stays; places, lights and the route follow in the order of the
// wings. ERR_NOT_FOUND, with the wing's name, where a wing has no wall for a door; ERR_LIMIT
// for too many. Everything lives in `arena`, texts in the wings. *rooms: by room; or NULL.
NODISCARD Status house_join(const HouseWing *wings, uint32_t count, Arena *arena, Plan *out,
                            HouseRoom **rooms);
