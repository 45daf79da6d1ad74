// edid.h: what a display says of itself: its name, its pixels, how large its glass is.
//
// Displays hand their computer a block of 128 bytes (VESA's E-EDID, base block; extensions are
// not looked at). Linux keeps it in /sys/class/drm/*/edid. Many displays lie about their size:
// projectors say nothing, televisions often say "16 x 9 cm" for their shape. edid_size_mm tells
// only what can be true.
//
// Pure functions, any thread.

#pragma once
#include "base/str.h"

enum { EDID_BLOCK_BYTES = 128, EDID_MAX_BYTES = 256 * EDID_BLOCK_BYTES };

typedef struct Edid {
    char name[14];           // printable ASCII: "DELL U2720Q"; "" where none is told
    char maker[4];           // three letters: "DEL"
    uint16_t product;        // the maker's number
    int width_px, height_px; // of the preferred mode; 0: not told
    int mode_mm[2];          // how large that mode's picture is; 0: not told
    int width_mm, height_mm; // the same in whole centimetres, as told for the whole display
} Edid;

// ERR_CORRUPT unless the block begins, ends and adds up as it must.
NODISCARD Status edid_parse(Bytes bytes, Edid *out);

// False where it says nothing about its size, or what cannot be: a shape instead of a size, two
// sizes that differ by more than half, pixels that are not square or of no usual size.
bool edid_size_mm(const Edid *edid, double out_mm[2]);

// The one of several that a window system means by a name and a size (in its own units, perhaps
// turned): -1 where that is not clear.
int edid_match(const Edid *edids, size_t count, const char *name, int width, int height);
