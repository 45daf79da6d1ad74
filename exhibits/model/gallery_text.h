// gallery_text.h: words on walls: the introduction of a room, at the height of eyes, and over
// every door the name of the room behind it.
//
// Where they hang; what they say is the plan's, and the program that shows them chooses the
// language. Pure; any thread. Metres.

#pragma once
#include "exhibits/model/plan.h"

typedef struct GalleryText {
    bool is_sign;    // over a door; otherwise the room's introduction
    uint32_t room;   // in which it hangs
    uint32_t of;     // whose title it shows
    float center[3]; // of its face, over the room's floor
    float size_m[2]; // of a sign: at most; it is as large as its words want
    float yaw;       // where it faces
} GalleryText;

#define GALLERY_TEXT_DEEP_M 0.014f // of the board behind an introduction; signs have none

// What hangs in a room, at most GALLERY_MAX_TEXTS. Returns how many.
enum { GALLERY_MAX_TEXTS = 2 * PLAN_MAX_CORNERS };
uint32_t gallery_texts(const Plan *plan, uint32_t room, GalleryText *out);
