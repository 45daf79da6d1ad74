// gallery_path.h: the part of gallery.h that finds ways; only gallery.c includes it.
//
// The floor is a grid of cells, free where a visitor may stand with a little room to spare. A*
// over it, then every corner that can be cut is cut.

#pragma once
#include "museum/gallery.h"

// Fills gallery->grid from its walls, boxes and plan. In `arena`.
void gallery_make_grid(Gallery *gallery, Arena *arena);
