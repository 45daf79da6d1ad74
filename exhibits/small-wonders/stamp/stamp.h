// stamp.h: "Parvia, 25 grana": an engraved stamp of 20 x 24 mm on a desk of ebony.
//
//     stamp.c      the form and its charts         look.c    colour of paper, wood and brass
//     drawing.c    all that is cut into the plate  plate.c   the plate, and pulling a print
//     frame.c      lathe-work, panels, microtext   capitals.c  cut Roman capitals
//     mountains.c  ranges seen across a lake       scene.c   what stands before and above them
//     hatch.c      lines that follow form and swell with the shade

#pragma once
#include "exhibits/small-wonders/stamp/plate.h"

#define STAMP_HALF_WIDE_MM 10.0f
#define STAMP_HALF_HIGH_MM 12.0f

typedef enum StampMaterial { STAMP_PAPER, STAMP_WOOD, STAMP_BRASS } StampMaterial;

extern const Piece STAMP_PIECE;

// The picture's opening: positive outside, mm.
float stamp_opening(float x, float y);

void *drawing_make(Arena *arena); // a Plate, finished
void drawing_frame(Plate *plate);
void stamp_shade(const void *context, const Field *field, SculptVertex *vertex);
