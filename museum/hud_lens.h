// hud_lens.h: what is written on and around the lens: its dial, its figures, its bar.
//
// What is taken hold of (the dial's knob, the rim, buttons) is within reach only while the lens
// stays where it is: pinned, or under fingers.
// Draws only. Main thread only.

#pragma once
#include "museum/dial.h"
#include "museum/exhibit.h"
#include "museum/hud_room.h"
#include "museum/hud_size.h"

typedef struct HudLens {
    const Magnifier *lens;
    const Exhibit *piece; // under it; NULL: nothing
    const HudSize *size;
    Dial dial;
    const char *id; // of what is held: unlike another lens's
    float center_px[2], radius_px;
    float left_px, right_px; // of the picture or half it stays within
    float foot;              // units below that are written full
    bool is_within_reach;
} HudLens;

typedef struct HudLensClicks {
    double zoom;     // by the dial; 0: no wish
    float radius_px; // by the rim; 0: no wish
    int mode_step, strength_step;
    bool toggles_pin;
} HudLensClicks;

// A word for a length of the scan: texels where it has pictures, else samples.
const char *hud_sample_word(const Exhibit *piece);
void hud_draw_lens(Ui *ui, const HudLens *view, HudRoom *room, HudLensClicks *clicks);
// A bar around `x`, with ends; `y` is where it lies.
void hud_draw_bar(Ui *ui, double um_per_pixel, float x, float y);
// For pictures to keep: the badge alone.
void hud_draw_badge(Ui *ui, const HudLens *view, HudRoom *room);
