// hud_story.h: the story panel: title, long text, chapters, making-of, provenance, the scan,
// rights; scrolling. For hud.c.

#pragma once
#include "draw/ui.h"
#include "museum/exhibit.h"

#define HUD_STORY_COLUMN "story"

// True when it was closed.
bool hud_draw_story(Ui *ui, const Exhibit *exhibit, const char *language);
