// bodies.h: several solids that stand in one another as one sculpture.
//
// Pure; any thread.

#pragma once
#include "exhibits/sculptor/sculpt.h"

// What each body of a field has become, in their order.
typedef struct SculptBody {
    Sculpture surface;
    size_t first_triangle; // in the whole
} SculptBody;

// Each end of every wire, and some place of every body but the first, lies inside another body,
// and all of them hang together. ERR_INVALID with the place of what floats.
NODISCARD Status bodies_check(const Field *field, const SculptBody *bodies);

// Puts their surfaces one behind the other; triangle_charts tell the body.
void bodies_join(SculptBody *bodies, size_t count, Arena *arena, Sculpture *out);
