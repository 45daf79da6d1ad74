// tour_bar.h: what is written over the picture of a tour: its words, how far it has come, its
// buttons; and the button that begins it. Draws only. Main thread only.

#pragma once
#include "draw/ui.h"
#include "museum/hud_room.h"
#include "museum/narration.h"
#include "museum/tour.h"

typedef struct TourBar {
    const TourPlay *play;
    const Tour *tour; // played, or offered
    const char *language;
    const Narration *narration; // NULL: nothing is told aloud
    bool has_captions;          // of what is heard
    const char *invitation;     // in place of the buttons: nobody is there; NULL: somebody is
} TourBar;

typedef struct TourBarClicks {
    bool begins, pauses, ends;
    int step; // to the next or the one before
} TourBarClicks;

// The panel at the picture's foot, while a tour is played.
void tour_bar_draw(Ui *ui, const TourBar *bar, HudRoom *room, TourBarClicks *clicks);
// The button that begins it, or joins it again.
void tour_bar_draw_call(Ui *ui, const TourBar *bar, HudRoom *room, TourBarClicks *clicks);
// Where the picture stays free. Also between frames.
uint32_t tour_bar_frames(Ui *ui, const TourBar *bar, VisitorFrame out[VISITOR_FRAMES]);
float tour_bar_height(Ui *ui, const TourBar *bar); // units, with the air around it
