// layout.h: a good gallery for any set of pieces, by their themes and sizes.
//
// Small pieces stand in glass cases, round ones under bells, with their middle at the height of
// the eyes of someone who leans in, larger ones on plinths, what is taller than 0.6 m on low
// pedestals without glass. Up to nine make a room, of one theme where there are any; what is
// largest in it stands where one sees it from the room before. Rooms follow each other in a
// walk with doors, and have other ways into each other. Deterministic: the same pieces give the
// same gallery. Pure; any thread.

#pragma once
#include "exhibits/model/plan.h"

enum { LAYOUT_MAX_PIECES = 1000 };
#define LAYOUT_MAX_PIECE_M 200.0f // larger ones have the wrong unit

typedef struct LayoutPiece {
    const char *id;  // becomes PlanPlace.piece
    float size_m[3]; // of its box: width (x), height (y), depth (z)
    uint32_t theme;  // of LayoutDesc.themes, if there are any
} LayoutPiece;

typedef struct LayoutTheme {
    LangText title; // of its rooms
} LayoutTheme;

typedef struct LayoutDesc {
    const LayoutPiece *pieces;
    uint32_t count;
    const LayoutTheme *themes; // none: rooms are numbered
    uint32_t theme_count;
    uint32_t least; // a theme of so many pieces has rooms to itself; 0: of four
} LayoutDesc;

// PlanPlace.piece_index is the index in `pieces`; places are in the order of `pieces`.
// ERR_LIMIT for more than LAYOUT_MAX_PIECES, or a piece larger than LAYOUT_MAX_PIECE_M;
// ERR_INVALID for sizes that are not finite or negative. No pieces: one empty room.
// ERR_INVALID for a piece of a theme there is not.
NODISCARD Status layout_make_house(const LayoutDesc *desc, Arena *arena, Plan *out);
// Without themes.
NODISCARD Status layout_make(const LayoutPiece *pieces, uint32_t count, Arena *arena,
                             Plan *out);
