// hud_detail.h: the card beside a detail of the story one looks at: what is said of it, which
// of how many it is, on and back. In small pictures it is a line below. Draws only. Main thread
// only.

#pragma once
#include "draw/ui.h"
#include "museum/exhibit.h"
#include "museum/hud_room.h"

typedef struct HudDetail {
    const StoryHotspot *spot; // NULL: none
    const Exhibit *exhibit;   // whose
    uint32_t index, count;
    bool has_sound, is_heard; // it can be listened to; it is being told
    UiRect clear; // units: the lens, or where it is about to be, and the detail itself
} HudDetail;

typedef struct HudDetailClicks {
    int step;             // to the next or the one before
    bool leaves, listens; // or no more
} HudDetailClicks;

void hud_draw_detail(Ui *ui, const HudDetail *detail, const char *language, HudRoom *room,
                     HudDetailClicks *clicks);
