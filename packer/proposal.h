// proposal.h: gallery.json as `vitrine-pack layout` proposes it: rooms by what records say, and
// a mark by which it is known whether anybody has edited it since.
//
// Any thread.

#pragma once
#include "exhibits/model/theme.h"
#include "packer/collection.h"

typedef struct Proposal {
    Plan plan;
    ThemeBy by;
    Bytes file; // gallery.json
} Proposal;

// Sizes in metres, three for each piece: width, height, depth. `by` NULL: what divides best.
// `least`: as LayoutDesc has it.
NODISCARD Status proposal_make(const Collection *collection, const float (*sizes_m)[3],
                               const ThemeBy *by, uint32_t least, Arena *arena, Proposal *out);
// Whether a gallery.json is as it was proposed, to the byte.
bool proposal_is_untouched(Bytes file);
