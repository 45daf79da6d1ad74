// light_environment.h: what a room looks like in a mirror; for light.c.

#pragma once
#include "packer/light_scene.h"

typedef struct LightEnvironmentDesc {
    const LightScene *scene;
    uint32_t room;
    int rays; // of a texel
    int worker_limit;
    Cancel *cancel;
} LightEnvironmentDesc;

// environment.h's picture, RGB9E5, in `arena`. Without pieces, as probes are. ERR_CANCELLED.
NODISCARD Status light_environment(const LightEnvironmentDesc *desc, Arena *arena,
                                   uint32_t **out);
