// plate.h: the engraver's plate: lines that swell, and the rows of a print pulled from it.
//
// Millimetres from the stamp's middle, x to the right, y up. Three inks: a flat tint printed
// first, the intaglio that stands on the paper, the postmark over both.

#pragma once
#include "base/arena.h"
#include "exhibits/sculptor/piece.h"

typedef enum PlateInk { PLATE_TINT, PLATE_INTAGLIO, PLATE_POSTMARK, PLATE_INKS } PlateInk;

enum { PLATE_SRGB_STEPS = 2048 };

// A point of a line and half the line's width there.
typedef struct PlatePoint {
    float x, y, half;
} PlatePoint;

typedef struct PlateCut {
    PlatePoint from, to;
    PlateInk ink;
} PlateCut;

typedef struct Plate {
    Arena *arena;
    PlateCut *cuts;
    size_t count, capacity;
    // After plate_finish: which cuts each strip of the stamp has, and its paper.
    uint32_t *strip_starts, *strip_cuts;
    struct Paper *paper;
    uint8_t srgb[PLATE_SRGB_STEPS + 1];
} Plate;

void plate_cut(Plate *plate, PlateInk ink, PlatePoint from, PlatePoint to);
void plate_line(Plate *plate, PlateInk ink, const PlatePoint *points, int count);
// Nothing is cut afterwards.
void plate_finish(Plate *plate);
// PiecePrint's rows; `context` is the Plate.
void plate_rows(const void *context, PieceRows *rows);
