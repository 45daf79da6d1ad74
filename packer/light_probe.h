// light_probe.h: what bounces, for pieces that stand in it; for light.c.

#pragma once
#include "packer/light_scene.h"

// Fills in a lightmap's grid of probes, and one for each place of the room, in `arena`.
// Any thread. ERR_CANCELLED.
NODISCARD Status light_probes(const LightScene *scene, uint32_t room, Arena *arena,
                              Lightmap *out);
