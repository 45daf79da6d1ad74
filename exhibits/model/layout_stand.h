// layout_stand.h: the stand of one piece, and where its label hangs; for layout.c, and for
// plans that say nothing of labels.

#pragma once
#include "exhibits/model/layout.h"

#define LAYOUT_SMALL_M 0.45f // what is larger gets no glass
#define LAYOUT_LARGE_M 0.6f  // what is larger stands on a pedestal

// Sets the stand, its size, its glass and how the piece is turned on it: a piece that is much
// deeper than wide shows its broad side.
void layout_make_stand(const LayoutPiece *piece, PlanPlace *place);

// The size of the piece as it stands there, by the axes of the stand.
void layout_size_on_stand(const LayoutPiece *piece, const PlanPlace *place, float out[3]);

// Where the label is, once the place has its position and yaw.
void layout_make_label(PlanPlace *place);

float layout_largest_m(const LayoutPiece *piece);
