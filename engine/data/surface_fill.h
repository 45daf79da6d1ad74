// surface_fill.h: what texels hold that nobody uses. Only surface.c calls it.

#pragma once
#include "base/arena.h"

// Unused texels take the mean of the used ones nearby, the wider the further away (pull-push),
// so that the codec spends little on them and they do not disturb their neighbours. In steps,
// not smoothly: those of 8 texels are the codec's own and cost nothing (a seventh less than
// smooth). `texels`: width x height of `channels` bytes; `is_used` a byte each. Without any
// used texel all become 0.
void surface_fill(uint8_t *texels, const uint8_t *is_used, uint32_t width, uint32_t height,
                  uint32_t channels);
