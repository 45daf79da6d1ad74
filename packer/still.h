// still.h: a picture of a piece, from its pack alone: no GPU, no room. Museum grey, a softbox
// from the upper left, one from behind, and what both throw onto the ground.
//
// The same pack and view give the same picture on the same machine. Uses all cores, and the
// program's file system (vfs.h). Main thread.

#pragma once
#include "data/image.h"
#include "exhibits/model/story.h"
#include "io/thread.h"

typedef struct StillDesc {
    const char *graph, *pages;   // in the vfs
    const Story *story;          // where its details are one looks from; NULL: it has none
    const StoryHotspot *hotspot; // as the story wants it seen; NULL: all of the piece
    int width, height;           // of the picture
    Cancel *cancel;
} StillDesc;

// Pixels live in `arena`. ERR_UNSUPPORTED where Embree does not work; errors of packs.
NODISCARD Status still_draw(const StillDesc *desc, Arena *arena, Image *out);
