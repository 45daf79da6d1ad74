// piece.h: what a piece of the collection gives the sculptor: its parts, its marks, its
// colours.

#pragma once
#include "exhibits/sculptor/contour.h"
#include "exhibits/sculptor/simplify.h"

// Where people will hold the magnifier: there every sample of the grid is kept.
typedef struct PieceSpot {
    Vec3 centre;
    float radius_mm;
} PieceSpot;

typedef struct Piece {
    const char *name, *summary;
    Vec3 low_mm, high_mm; // a box that holds it
    float step_mm, draft_step_mm;
    float dust_mm;       // separate crumbs up to this size are sawdust
    float sky_mm;        // how far away a thing still shades
    int component_count; // separate surfaces; ornaments must touch the rest
    SimplifyDesc simplify;
    const PieceSpot *spots;
    int spot_count;
    // Adds the parts; what it keeps for the other functions it puts in `arena` and returns.
    void *(*build)(Field *field, Arena *arena);
    // The finest marks, or NULL. Any thread.
    ContourFinish *finish;
    // Colour, roughness and metal of a vertex whose other fields are set. Any thread.
    void (*shade)(const void *context, const Field *field, SculptVertex *vertex);
} Piece;

// All pieces, in the order they stand in the collection.
const Piece *const *piece_list(size_t *count);
