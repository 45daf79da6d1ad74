// lettering.h: words cut into a surface with a graver's strokes.
//
// The part's frame: across is the writing direction, along points to the letters' heads, up out
// of the surface. Use it as an INSET part: the depth then follows whatever surface is there.

#pragma once
#include "base/status.h"
#include "exhibits/sculptor/shapes.h"

typedef struct Lettering {
    const char *text; // A-Z (U is cut as V), digits, blank, '.', '-', ':'
    float height_mm;  // of a capital
    float stroke_mm;  // half a stroke's width
    float spacing;    // of letters, in heights; 0 is 0.18
    float bend_mm;    // written around a cylinder of this radius whose axis is `along` and
                      // whose surface the frame's origin lies on; 0 is flat
    float ring_mm; // written along a circle of this radius around the origin, heads outwards,
                   // starting at `across`, with the clock; 0 is straight
} Lettering;

// ERR_INVALID with a sentence where there is no text or a letter has no sign.
NODISCARD Status lettering_check(const char *text);
// The text has passed lettering_check.
// Centred on the frame's origin (on a ring: from its start). The strokes live in `arena`.
Part shape_lettering(const Lettering *lettering, Frame frame, Arena *arena);
// How long the written line is.
float lettering_width_mm(const Lettering *lettering);

// For writing without a part: one letter (which has passed lettering_check) alone.
float lettering_advance(char letter, float height_mm); // to its right edge
// From a point to the middle of its nearest stroke; x from its left edge, y from half height.
float lettering_distance(char letter, float height_mm, float x, float y);
// Its strokes as lines x, y, X, Y in the same measure; how many, at most `capacity`.
int lettering_strokes(char letter, float height_mm, float (*out)[4], int capacity);
