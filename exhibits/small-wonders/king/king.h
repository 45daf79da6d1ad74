// king.h: "The King Who Lost": a red chess king of 63 mm, as if turned and carved in stained
// resin.
//
//     king.c  the form and its charts      look.c  colour, gloss, traces of tools, the game

#pragma once
#include "exhibits/sculptor/piece.h"

typedef enum KingMaterial {
    KING_TURNED,
    KING_CARVED, // with a knife, after turning
    KING_CHIP    // broken, after staining
} KingMaterial;

// The band that bears the game.
#define KING_BAND_RADIUS_MM 4.70f
#define KING_BAND_MIDDLE_MM 35.70f
#define KING_BAND_HIGH_MM 0.17f // of its letters

extern const Piece KING_PIECE;

void king_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm);
void king_shade(const void *context, const Field *field, SculptVertex *vertex);

// The line of the game, and how deep a letter is cut at a place of the band: 0 to 1.
const char *king_game(void);
float king_letter(Vec3 p);
