// things.h: well-known things to lay beside a piece at true size: a coin, a stamp, a hand.
//
// They are drawn by formulas, in millimetres, at the density of the display; nothing is
// photographed and nothing is loaded. Sizes:
//
//   coin    1 euro, 23.25 mm across (European Central Bank)
//   stamp   Penny Black, 1840, 19 x 22 mm (3/4 by 7/8 inch)
//   hand    18 cm from the wrist's crease to the tip, the middle between grown women and men
//
// Pure functions, any thread.

#pragma once
#include "data/image.h"
#include "exhibits/model/plan.h"

typedef enum Thing { THING_COIN, THING_STAMP, THING_HAND, THING_COUNT } Thing;

enum { THING_MOST_PX = 640 }; // a side of a picture of one: larger ones are stretched

void thing_size_mm(Thing thing, double out_mm[2]);
const char *thing_name(Thing thing); // "coin"
bool thing_find(const char *name, Thing *out);

// Where a thing lies beside a piece on its stand (metres, in the house): to its right, or where
// else there is room; on the box, where the block the piece stands on is too small.
typedef struct ThingPlace {
    double center[3], half_u[3], half_v[3]; // u to the right, v away from who stands before it
    double floor_m;                         // what it lies on
} ThingPlace;

void thing_lay(Thing thing, const PlanPlace *place, const double low_m[3],
               const double high_m[3], ThingPlace *out);

// Premultiplied, as large as it is on a display of so many pixels a millimetre, at most
// THING_MOST_PX.
Image thing_paint(Thing thing, double px_per_mm, Arena *arena);
