// gallery_path.h: what the files gallery*.c share; nobody else includes it.
//
// The floor is a grid of cells, free where a visitor may stand with a little room to spare. A*
// over it, then every corner that can be cut is cut.

#pragma once
#include "museum/gallery.h"

// Fills gallery->grid from its walls, boxes and plan. In `arena`.
void gallery_make_grid(Gallery *gallery, Arena *arena);

// Along flights: what stops feet at the open edges of stairs, ramps and landings.
uint32_t gallery_count_barriers(const Plan *plan); // at most
void gallery_add_barriers(Gallery *gallery);
bool gallery_has_heights(const Plan *plan);

bool gallery_in_passage(const PlanOpening *opening, const double spot[2]);
void gallery_box_to_local(const GalleryBox *box, const double spot[2], double local[2]);
