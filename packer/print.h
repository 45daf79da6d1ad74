// print.h: a piece of a pack as a model for 3D printing, where its rights allow that.
//
// The model is a body (solid.h) in millimetres at the wished scale, z up, standing on the bed
// with its corner at zero. What had to be mended for that is counted, for telling.
//
// Uses the program's file system (vfs.h), as inspect.h does. Main thread.

#pragma once
#include "exhibits/model/rights.h"
#include "io/thread.h"
#include "packer/solid.h"

#define PRINT_ERROR_UM 10.0 // finer than what printers lay down

typedef struct PrintDesc {
    const char *pack_path, *exhibit;
    const char *path; // ends in .3mf or .stl
    double scale;     // printed size by the size of the object; 0: 1, or by height_mm
    double height_mm; // 0: by scale
    double error_um;  // of the print, how far its surface may be off; 0: PRINT_ERROR_UM
    Cancel *cancel;
} PrintDesc;

typedef struct PrintReport {
    double scale, size_mm[3]; // wide, deep, high
    uint32_t triangle_count;
    SolidCounts counts; // in millimetres
    RightsTerms terms;
    const char *rights, *statement; // URI; required statement or ""; in the arena
} PrintReport;

// ERR_UNSUPPORTED where the rights do not allow it, with what they are; ERR_NOT_FOUND names the
// pieces there are; ERR_INVALID for a piece that is no body. On failure nothing is left behind.
NODISCARD Status print_piece(const PrintDesc *desc, Arena *arena, PrintReport *out);
