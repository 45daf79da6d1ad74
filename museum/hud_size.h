// hud_size.h: what is written over the picture about size: one to one, the things beside the
// piece, the card that is held against the glass; and the buttons of who leans in.
//
// Draws only. Main thread only.

#pragma once
#include "draw/ui.h"
#include "museum/calibrate.h"
#include "museum/display.h"
#include "museum/hud_room.h"
#include "museum/things.h"

typedef struct HudSize {
    DisplaySource source;
    double pixel_mm; // of the display; 0: unknown
    double times;    // larger than life in the picture's middle; 0: unknown
    bool is_true_size, is_orthographic, has_mood, has_details, is_diorama;
    float piece_px[4]; // where the piece is in the picture: left, top, right, bottom
    bool is_beside[THING_COUNT];
    GpuTexture things[THING_COUNT];
    const Calibration *calibration; // NULL: no card is asked for
    const char *display;            // its name
    bool has_label;                 // it is open
} HudSize;

typedef struct HudSizeClicks {
    bool true_size, orthographic, picture; // toggled; wanted
    bool calibrates, compares, magnifies, shows_details, mood, enters, label;
    bool beside[THING_COUNT];
    CalibrationAnswer answer;
} HudSizeClicks;

// "4.6 times life size", rounded as far as it is known; "" where it is not.
const char *hud_times(const HudSize *size, double times, Arena *arena);
// The buttons and, at true size, what it is by.
void hud_draw_size(Ui *ui, const HudSize *size, bool has_lens, HudRoom *room,
                   HudSizeClicks *clicks);
// The place of the buttons, as they are on leaning in, not mirrored. Also between frames.
UiRect hud_measure_size(Ui *ui, const HudSize *size);
// The things alone: for pictures to keep.
void hud_draw_beside(Ui *ui, const HudSize *size);
// All over the picture.
void hud_draw_calibration(Ui *ui, const HudSize *size, HudSizeClicks *clicks);
