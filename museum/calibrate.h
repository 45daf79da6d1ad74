// calibrate.h: a bank card is held against the glass, and an outline made as large as it.
//
//   mouse, finger   drag: the outline's edge follows       wheel, pinch: larger, smaller
//   keys            arrows, + -: by a pixel, held: on and on   Enter: it fits   Esc: not now
//   pad             left, right                            A: it fits         B: not now
//
// Pure; a plain value. One thread.

#pragma once
#include "device/window.h"

typedef struct Calibration {
    bool is_open;
    double card_px; // from side to side
    // while it lasts
    double most_px;
    bool is_held;  // by mouse or finger
    double grip;   // of the pointer, outside of the edge
    double held_s; // how long a key has been down
    double pinch_px;
} Calibration;

typedef enum CalibrationAnswer {
    CALIBRATION_GOES_ON,
    CALIBRATION_FITS,
    CALIBRATION_NOT_NOW
} CalibrationAnswer;

// Starts with what one knows; 0: as most desktop displays are.
void calibration_begin(Calibration *calibration, double pixel_mm, const Input *input);
// `has_panel`: the pointer is over a button.
CalibrationAnswer calibration_step(Calibration *calibration, const Input *input, bool has_panel,
                                   double step_s);
double calibration_pixel_mm(const Calibration *calibration);
