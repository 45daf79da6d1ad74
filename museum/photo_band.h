// photo_band.h: what is written over and below a photograph: for photo.c alone.

#pragma once
#include "museum/museum.h"

// The one piece it shows: leant in to or stood before; NULL: none.
const Exhibit *photo_shown(const Museum *museum);
const char *photo_room(const Museum *museum); // its name, where one stands; "": none
// How high the band below is, in the photograph's pixels.
int photo_measure_band(Museum *museum);
// A part of the photograph that a tile shows.
typedef struct PhotoPart {
    Viewport place;   // in the photograph
    Viewport drawn;   // around it, as large as the window, or half of it
    size_t left;      // of what is drawn, in pixels from the tile's left
    const View *lens; // the one that may be in it
    bool meets_lens, is_in_lens;
} PhotoPart;

// What of all that lies within a tile's parts, as quads of that tile.
const RenderQuad *photo_write_over(Museum *museum, const PhotoPart *parts, int part_count,
                                   uint32_t *count);
// Whom the photograph shows, for its XMP: none, one, or the two of a comparison.
uint32_t photo_records(const Museum *museum, const Record *records[2]);
