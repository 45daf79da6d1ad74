// kiosk_idle.h: when a visit begins and ends where nobody signs in or out.
//
//     ATTRACT --touch--> VISIT --idle_s of nothing--> ASKS --notice_s of nothing--> ATTRACT
//                          ^----------touch-----------'            (a reset on the way)
//
// While something is told (a narration plays) the visitor listens: the time waits. One may say
// "I am still looking" as often as one likes. Time is counted by frames as they pass, never
// read off a clock: clocks jump, and machines sleep. Pure.

#pragma once
#include "base/base.h"

#define KIOSK_IDLE_S 90.0
#define KIOSK_LEAST_IDLE_S 30.0
#define KIOSK_MOST_IDLE_S 600.0
#define KIOSK_NOTICE_S 10.0

typedef enum KioskPhase { KIOSK_ATTRACT, KIOSK_VISIT, KIOSK_ASKS } KioskPhase;

typedef enum KioskEvent {
    KIOSK_NOTHING,
    KIOSK_BEGINS,  // somebody came: the attract tour ends, the first screen stands
    KIOSK_WONDERS, // show the question
    KIOSK_STAYS,   // somebody is still there: take it away
    KIOSK_RESETS,  // nobody is: everything as it was, attract
} KioskEvent;

typedef struct KioskIdle {
    double idle_s;       // the rules; 0: KIOSK_IDLE_S
    double notice_s;     // 0: KIOSK_NOTICE_S
    KioskPhase phase;    // zeroed: attract
    double quiet_s;      // nothing was done for so long
    uint32_t extensions; // of this visit: times it was asked and somebody was there
    uint64_t visits;
} KioskIdle;

// One frame. `is_touched`: anything was pressed, moved on purpose or typed. `is_told`: a
// narration plays. A frame that took longer than a second counts as one.
KioskEvent kiosk_idle_step(KioskIdle *idle, double passed_s, bool is_touched, bool is_told);
// Of the question that is asked, to be shown; otherwise 0.
double kiosk_idle_left_s(const KioskIdle *idle);
// Ends the visit at once: by its "done" button, or the operator.
void kiosk_idle_end(KioskIdle *idle);
