// photo_band.h: what is written over and below a photograph: for photo.c alone.

#pragma once
#include "museum/museum.h"

// The one piece it shows: leant in to or stood before; NULL: none.
const Exhibit *photo_shown(const Museum *museum);
const char *photo_room(const Museum *museum); // its name, where one stands; "": none
// How high the band below is, in the photograph's pixels.
int photo_measure_band(Museum *museum);
// What of all that lies within a tile, as quads of that tile.
const RenderQuad *photo_write_over(Museum *museum, const Viewport *tile, uint32_t *count);
