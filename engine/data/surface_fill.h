// surface_fill.h: what texels hold that nobody uses. Only surface.c calls it.

#pragma once
#include "base/arena.h"

// Unused texels take the mean of the used ones nearby, the wider the further away (pull-push):
// smooth, so that the codec spends nothing on them and they do not disturb their neighbours.
// `texels`: width x height of `channels` bytes; `is_used` a byte each. Without any used texel
// all become 0.
void surface_fill(uint8_t *texels, const uint8_t *is_used, uint32_t width, uint32_t height,
                  uint32_t channels);
