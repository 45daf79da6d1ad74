// detail.h: the details a story tells of: turning the piece to one, and holding the lens over
// it.
//
// Main thread only.

#pragma once
#include "museum/museum.h"

// What the piece one leans in to tells of that name. ERR_INVALID where one does not lean in,
// ERR_NOT_FOUND names those there are.
NODISCARD Status detail_find(const Museum *museum, const char *id, const StoryHotspot **out);
// Begins to turn the piece to where the detail is seen best.
void detail_turn_to(Museum *museum, const StoryHotspot *detail);
// Once turned: the lens over it, as strong and lit as the story wants, if it wants one.
// ERR_NOT_FOUND where it is out of the picture.
NODISCARD Status detail_magnify(Museum *museum, const StoryHotspot *detail);
