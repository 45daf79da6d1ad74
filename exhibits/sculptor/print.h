// print.h: the pictures of a chart that is drawn row by row, straight into files.
//
// A relief of 16,384 texels a side is a gigabyte for each of its pictures: only a few bands of
// rows are ever held. While one lot of bands is drawn, the one before is encoded.

#pragma once
#include "exhibits/sculptor/sculpt.h"

enum { PRINT_MAPS = 3 };
// Colour; occlusion, roughness and metal; normals: names of the files.
extern const char *const PRINT_FILES[PRINT_MAPS];

typedef struct PrintDesc {
    const Piece *piece; // with a print
    SculptPicture size; // no pixels
    const char *beside; // a file in the folder the pictures go to
    int worker_limit;
} PrintDesc;

// Uses several threads. Each file takes its name when it is whole. Fails with the system's
// reason.
NODISCARD Status print_write(const PrintDesc *desc);
