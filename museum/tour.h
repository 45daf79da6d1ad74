// tour.h: plays a tour: which step one is at, how one gets there, how long one stays.
//
//   ON_THE_WAY --there, and the picture stands--> TELLING --its time is over--> the next
//        ^                                           |
//        +-- rejoin -- LEFT <---- the visitor walks, leans out, takes the lens
//
// Pure: it says what is to be done (TourAsk) and is told what has come of it (TourSight), in
// steps of VISITOR_STEP_S, without a clock. museum_tour.c does what it asks. One thread.

#pragma once
#include "exhibits/model/tour.h"
#include "museum/visitor.h"

#define TOUR_PATIENCE_S 6.0 // a picture that does not come is not waited for any longer
#define TOUR_SILENCE_S 1.2  // behind what is told, at least

typedef enum TourState {
    TOUR_OFF,
    TOUR_ON_THE_WAY,
    TOUR_TELLING,
    TOUR_LEFT, // the visitor went away, and may come back
} TourState;

// What the way to a step is made of, one after the other.
typedef enum TourAsk {
    TOUR_ASK_NOTHING,
    TOUR_ASK_LEAN_OUT, // of another piece, or for a room
    TOUR_ASK_GO,       // to the room's stand, or before the piece
    TOUR_ASK_LEAN_IN,  // to the step's piece
    TOUR_ASK_SHOW,     // its detail or view; or all of it again
} TourAsk;

// What has come of it.
typedef struct TourSight {
    bool is_still;      // nothing moves, nobody is on the way
    bool is_pictured;   // nothing better is left to load
    bool is_close;      // leant in to anything
    bool is_at_piece;   // leant in to the step's piece
    bool is_awaited;    // what is told there is not read yet
    bool is_speaking;   // it is being told
    double narration_s; // how long that takes; 0: nothing is told, or it is not known
} TourSight;

typedef struct TourPlay {
    const Tour *tour; // has to last; NULL: none yet
    TourState state;
    bool is_paused;
    uint32_t step;
    TourAsk asked; // on the way: what was asked last
    double told_s; // of dwell_s
    double dwell_s;
    double waited_s;      // for the picture
    const char *language; // whose words take their time; has to last
} TourPlay;

// From a step on. The tour has steps.
void tour_begin(TourPlay *play, const Tour *tour, uint32_t step, const char *language);
// So many steps of time; what is to be done now.
TourAsk tour_run(TourPlay *play, const TourSight *sight, int steps);
// To the next step or the one before; beyond the last one the tour is over. Where it was left,
// it is joined again there.
void tour_turn(TourPlay *play, int by);
void tour_pause(TourPlay *play, bool is_paused);
void tour_leave(TourPlay *play);  // by the visitor; nothing where it is not played
void tour_rejoin(TourPlay *play); // at the step it was left at
void tour_end(TourPlay *play);

bool tour_is_on(const TourPlay *play);           // on the way or telling
const TourStep *tour_step(const TourPlay *play); // NULL: none
// 0 to 1 of the step's time.
float tour_part(const TourPlay *play);
const char *
tour_state_name(const TourPlay *play); // "off", "walking", "telling", "paused", "left"
