// hud_detail.h: the line below a detail of the story one looks at. Draws only.
// Main thread only.

#pragma once
#include "draw/ui.h"
#include "exhibits/model/story.h"
#include "museum/hud_room.h"

typedef struct HudDetail {
    const StoryHotspot *spot; // NULL: none
    uint32_t index, count;
} HudDetail;

typedef struct HudDetailClicks {
    int step; // to the next or the one before
    bool leaves;
} HudDetailClicks;

void hud_draw_detail(Ui *ui, const HudDetail *detail, const char *language, HudRoom *room,
                     HudDetailClicks *clicks);
