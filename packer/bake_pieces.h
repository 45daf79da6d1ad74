// bake_pieces.h: the parts of a mesh that hang together and touch nothing locked. Crumbs of a
// soup have no edge to collapse any more, but they may vanish whole. Pure; any thread.

#pragma once
#include "packer/bake_simplify.h"

typedef struct Piece {
    float size2;           // of its box's diagonal, squared
    uint32_t first, count; // into Pieces.triangles
} Piece;

typedef struct Pieces {
    uint32_t count;
    Piece *all; // smallest first
    uint32_t *triangles;
} Pieces;

Pieces pieces_find(const SimplifyMesh *mesh, Arena *arena);
