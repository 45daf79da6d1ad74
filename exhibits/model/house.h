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

// Rooms are named after their wings, with ids "wing-1-...": the lobby comes first, and one
// starts there. What places show stays; places, lights and the route follow in the order of the
// wings. ERR_NOT_FOUND, with the wing's name, where a wing has no wall for a door; ERR_LIMIT
// for too many. Everything lives in `arena`, texts in the wings.
NODISCARD Status house_join(const HouseWing *wings, uint32_t count, Arena *arena, Plan *out);
