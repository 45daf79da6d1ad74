// bake_raster.h: which texels a flat triangle owns.
//
// A texel belongs to the triangle that its middle lies in. Where the middle lies on an edge,
// the side that owns it is chosen so that of two triangles with that edge in common exactly one
// does: triangles that do not overlap own no texel together, and leave none out between them.
// Pure; any thread.

#pragma once
#include "base/arena.h"

// A triangle made ready. Corners in texels; (0, 0) is the corner of the first one, whose middle
// is (0.5, 0.5).
typedef struct Raster {
    struct RasterEdge {
        double low_x, low_y, high_y, slope; // its lower end, and x gained a row
    } edges[3];
    int32_t first_row, end_row; // rows it may own texels of
} Raster;

Raster raster_make(const float corners[3][2]);
// The texels it owns in a row are first <= x < end. False if there are none.
bool raster_row(const Raster *raster, int32_t row, int32_t *first, int32_t *end);

// Texels that are taken, a bit each.
typedef struct Cover {
    int32_t low[2];                // its first column and row
    uint32_t columns, rows, words; // words: of 64 columns, a row each
    uint64_t *bits;
} Cover;

// Of the texels low <= at < high, none of them taken. In `arena`.
Cover cover_make(const int32_t low[2], const int32_t high[2], Arena *arena);
// Takes a triangle's texels, all of which it must hold. Gives how many there are, or -1, and
// nothing is taken, where one of them was taken before.
int32_t cover_take(Cover *cover, const float corners[3][2]);
// Whether a texel is taken in both, `shift` being what to add to b's texels to get a's.
bool covers_meet(const Cover *a, const Cover *b, const int32_t shift[2]);
// Takes what b took, as far as a reaches.
void cover_add(Cover *a, const Cover *b, const int32_t shift[2]);
