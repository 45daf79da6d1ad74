// simplify.h: fewer triangles where nobody could tell, by the form and by its colour and gloss.
//
// Edges are folded into one of their ends, cheapest first, so every vertex that stays is one of
// those given, with its own normal and colour. The error counts the distance to the old planes
// and how far normal and colour, interpolated over the new triangles, stray from the old ones.
//
// Pure: any thread.

#pragma once
#include "exhibits/sculptor/contour.h"

typedef struct SimplifyDesc {
    float error_mm;  // root mean square over the triangles a fold changes
    float normal_mm; // what a whole unit of the normal's deviation counts for
    float colour_mm; // what a whole unit of linear colour (or of roughness) counts for; 0: it
                     // need not be known yet
} SimplifyDesc;

// Shortens patch->indices in place. Rim vertices stay, and so do their triangles' outer edges.
// Vertices no longer used are removed.
void simplify_patch(const SimplifyDesc *desc, ContourPatch *patch);
