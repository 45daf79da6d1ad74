// kiosk_gate.h: how the staff leaves a kiosk: the four corners of the screen one after the
// other, clockwise from the upper left, then a number.
//
// Pure; time is handed in. What visitors do by chance does not come here: the corners in that
// order, within KIOSK_GATE_S. Three wrong numbers lock it for a minute.

#pragma once
#include "base/base.h"

#define KIOSK_GATE_S 8.0
#define KIOSK_GATE_LOCKED_S 60.0

enum { KIOSK_GATE_TRIES = 3 };

typedef struct KioskGate {
    uint32_t corners; // touched so far
    double since_s;   // the first of them
    uint32_t wrong;
    double locked_s; // so much longer
} KioskGate;

void kiosk_gate_step(KioskGate *gate, double passed_s);
// A touch at a place of the picture, 0 0 the upper left corner, 1 1 the lower right. True with
// the fourth corner: ask for the number.
bool kiosk_gate_touch(KioskGate *gate, float x, float y);
// Whether that is the number; never while it is locked, nor where `pin` is "".
bool kiosk_gate_opens(KioskGate *gate, const char *typed, const char *pin);
