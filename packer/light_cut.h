// light_cut.h: what a baked sculpture keeps from the light: its shape, coarsely; for light.
// Any thread.

#pragma once
#include "packer/bakery.h"
#include "packer/light.h"

// A cut of the piece's graph, standing on its place. In `arena`.
NODISCARD Status light_cut(const Loaf *loaf, const PlanPlace *place, const float low_m[3],
                           const float high_m[3], Arena *arena, LightBlocker *out);
