// hud_story.h: the story panel: title, long text, chapters, making-of, provenance, the scan,
// rights; scrolling. For hud.c.

#pragma once
#include "draw/ui.h"
#include "museum/exhibit.h"

#define HUD_STORY_COLUMN "story"
#define HUD_STORY_WIDTH 464.0f // units from the picture's right edge to the panel's left

// "7 of 9 details found".
const char *hud_found_text(const Exhibit *exhibit, Arena *arena);
// True when it was closed.
bool hud_draw_story(Ui *ui, const Exhibit *exhibit, const char *language);
