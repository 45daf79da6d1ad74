// boxwood.h: the wood the collection seems to be made of. Pure functions, any thread.

#pragma once
#include "exhibits/sculptor/contour.h"

// Honey, darker late wood in bands around an axis beside the piece, fine streaks along y.
Vec3 boxwood_grain(Vec3 p);
// Soot and oil stay in the hollows, hands rub the heights pale and bright.
void boxwood_patinate(SculptVertex *vertex, float strength);
