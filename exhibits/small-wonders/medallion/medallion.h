// medallion.h: "Caelum": both skies on a medallion of 24 mm, as if in enamel and gold.
//
//     medallion.c  the form and its charts      look.c   colour, gloss, finest relief
//     sky.c        what is drawn on the enamel  stars.c  where the stars are
//     rim.c        what is engraved around it

#pragma once
#include "exhibits/sculptor/piece.h"
#include "exhibits/small-wonders/medallion/rim.h"

typedef enum MedallionMaterial {
    MEDALLION_GOLD,
    MEDALLION_DISC, // gold too: what is engraved
    MEDALLION_NORTH,
    MEDALLION_SOUTH,
    MEDALLION_EBONY
} MedallionMaterial;

#define MEDALLION_MIDDLE_MM 18.9f // above the ground

typedef struct Medallion {
    Sky *sky;
    Rim *rim;
} Medallion;

extern const Piece MEDALLION_PIECE;

// As seen from a side: mm from the middle, x to the right, y up, z towards whoever looks.
Vec3 medallion_seen(SkySide side, Vec3 p);

void medallion_finish(const void *context, const Field *field, const FieldPoints *at,
                      const uint32_t *parts, float *restrict outwards_mm);
void medallion_shade(const void *context, const Field *field, SculptVertex *vertex);
