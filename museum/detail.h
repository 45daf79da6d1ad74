// detail.h: the details a story tells of: going from one to the next, each seen as the story
// says: from where, in which light, how strongly magnified; and back to what one saw before.
//
// Main thread only.

#pragma once
#include "museum/museum.h"

// What the piece one leans in to tells of that name. ERR_INVALID where one does not lean in,
// ERR_NOT_FOUND names those there are.
NODISCARD Status detail_find(const Museum *museum, const char *id, uint32_t *out);
// Begins to glide to where it is seen best; detail_arrive holds the lens over it, as strong and
// lit as the story wants, if it wants one. What one saw before is remembered.
void detail_show(Museum *museum, uint32_t index);
// The same of what no story tells of: `spot` says where it is and how it is seen.
void detail_show_spot(Museum *museum, const StoryHotspot *spot);
// To the next, or the one before: around from the last to the first. ERR_INVALID where one does
// not lean in, ERR_NOT_FOUND where the story tells of none.
NODISCARD Status detail_step(Museum *museum, int step);
// To be asked in every frame once its view is known: whether the lens was turned on.
bool detail_arrive(Museum *museum);
bool detail_wants_lens(const StoryHotspot *spot);
// ERR_NOT_FOUND where the detail one went to is out of the picture.
NODISCARD Status detail_check(const Museum *museum);
// Glides back: the view, the lens and the label are as they were.
void detail_leave(Museum *museum);
// Nothing of it is kept: one leans out, or compares.
void detail_forget(Museum *museum);
