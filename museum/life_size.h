// life_size.h: true size: 20 mm on the piece are 20 mm on the glass of the display.
//
//   R, a button, `true-size on`   the display's size is known --> the piece, one to one
//                                 nobody knows it ------------> a bank card is asked for first
//
// One to one is shown with parallel rays: then it holds for all of the piece, near and far, and
// the lens magnifies against life itself. What was measured is kept per display
// (museum/display.h). Main thread only.

#pragma once
#include "device/display.h"
#include "device/gpu.h"
#include "draw/render.h"
#include "museum/calibrate.h"
#include "museum/display.h"
#include "museum/things.h"

typedef struct Museum Museum;

typedef struct LifeSize {
    Display display; // the one that the window is on
    DisplayBook book;
    const char *book_path; // NULL: nothing can be kept
    DeviceDisplay seen;    // what `display` follows from
    int picture_width;     // likewise
    double simulated_mm;   // a script's; 0: a real display
    Calibration calibration;
    bool shows_after;            // what has been measured
    bool is_beside[THING_COUNT]; // the piece, at true size
    double painted_mm;           // pixels of that size were these painted for
    GpuTexture things[THING_COUNT];
    GpuTexture laid[THING_COUNT]; // the same, as they lie beside a piece in its case
} LifeSize;

// Reads what was measured before. Says so, and goes on without, where it cannot be read.
void life_size_begin(Museum *museum);
void life_size_end(Museum *museum);
// Before each frame's wishes. True while a card is held against the glass: then nobody else
// hears the input.
bool life_size_step(Museum *museum, const Input *input, double step_s);

// ERR_INVALID unless leant in, or where a script asks and the display's size is unknown.
NODISCARD Status life_size_show(Museum *museum, bool is_on);
// The same for a visitor, who can be asked for a card.
NODISCARD Status life_size_toggle(Museum *museum, const Input *input);
void life_size_calibrate(Museum *museum, const Input *input);
void life_size_answer(Museum *museum, CalibrationAnswer answer);
// As if the picture covered a display of that size. ERR_INVALID where its pixels would not be
// square.
NODISCARD Status life_size_simulate(Museum *museum, double width_mm, double height_mm);
// How many times larger than life something is seen of which a pixel shows so much; 0: unknown.
double life_size_times(const LifeSize *life, double um_per_pixel);
// Lays what is beside the piece one leans in to on what that stands on, as large as it is: a
// coin, a stamp. Adds to the list's cards and contacts, in `frame`. Not at true size, where
// hud_size.h lays them on the glass.
void life_size_lay(Museum *museum, Arena *frame, RenderList *list);
// Its picture for this display; id 0 where there is none.
GpuTexture life_size_thing(Museum *museum, Thing thing);
// By its name, beside what lies there; any other takes all of them away.
void life_size_lay_beside(LifeSize *life, const char *name);
