// hud_room.h: what of the picture is written full already: whoever writes next stays clear.
//
// Buttons come first, then what the lens says, then labels and hints: in small windows these
// give way. A plain value; main thread only.

#pragma once
#include "draw/ui.h"

enum { HUD_MAX_TAKEN = 48 };

typedef struct HudRoom {
    UiRect taken[HUD_MAX_TAKEN];
    int count;
} HudRoom;

void hud_take(HudRoom *room, UiRect rect); // one without width is nothing
bool hud_is_free(const HudRoom *room, UiRect rect);

// Who is written from the right stands in a mirror: between on and off all is placed as for
// those who are written from the left. Rooms hold places as they are in the picture.
void hud_mirror(Ui *ui, bool is_on);
UiRect hud_place(const Ui *ui, UiRect rect);

// Buttons from the right, in rows: what does not fit begins another.
typedef struct HudRow {
    Ui *ui;
    float left, right; // between which they stand
    float x, y;        // where the next one ends, and begins
    float lowest;      // where the last row ends
    bool is_measured;  // nothing is drawn
} HudRow;

HudRow hud_row(Ui *ui, float y);
void hud_row_next(HudRow *row);
// The place of something so wide.
UiRect hud_row_place(HudRow *row, float width);
bool hud_row_button(HudRow *row, const char *id, const char *text, bool is_on);
