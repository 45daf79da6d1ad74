// label.h: words in the room: the labels of pieces, and the title on the first room's wall.
//
// Pictures of text for RenderCards. Main thread.

#pragma once
#include "draw/text.h"
#include "museum/collection.h"

// How many texels a metre of a label takes, for pictures so high: a pixel at reading distance.
float label_density(float picture_height_px);
// What its texture takes.
uint64_t label_bytes(const PlanPlace *place, float density);
// The paper of a label with its words, as large as the place's label says.
NODISCARD Status label_paint(Text *text, const Exhibit *exhibit, const PlanPlace *place,
                             const char *language, float density, GpuTexture *out);

// A board on the wall that one faces on entering.
typedef struct LabelTitle {
    GpuTexture texture; // none: the house has no title, or no wall is free for it
    uint32_t room;
    float center[3], half_u[3], half_v[3]; // as RenderCard's
} LabelTitle;

NODISCARD Status label_paint_title(Text *text, const Collection *collection,
                                   const char *language, LabelTitle *out);
