// bake_chart.h: from triangles to charts, the flat pieces that a tile of texels is made of.
//
//      triangles of a group            charts, not yet placed
//         ______                      ______     . . . . . .
//        /\    /\                    /\    /     : gutter  :
//       /  \  /  \        --->      /  \  /   +  :  /\     :
//      /____\/____\                /____\/       : /__\    :
//                                                : . . . . :
//
// Every triangle is in exactly one chart, and no two triangles of a chart own one texel
// (bake_raster.h). A chart claims every texel whose middle is within two texels of a triangle
// of it, across and down: a bilinear sample needs one, and whoever looks from the side another.
// The first texel it claims is (0, 0).
//
// Results depend on the contents only. Pure; any thread.

#pragma once
#include "base/arena.h"

enum {
    CHART_GUTTER = 2,     // texels around what triangles cover
    CHART_MAX_SIDE = 512, // of a chart, gutter included
};

typedef struct ChartDesc {
    uint32_t vertex_count, triangle_count;
    const uint32_t (*triangles)[3]; // of vertices welded by position
    const float (*positions_m)[3];
    // A triangle each: those of different sources never share a chart (a picture's number, or
    // that of the group it was simplified from). NULL: all are of source 0.
    const uint32_t *sources;
    const double (*texels)[3][2]; // bake_chart_copy: where corners lie on the picture
    const float *texels_m;        // bake_chart_flatten: how wide texels shall be, above 0
} ChartDesc;

typedef struct Chart {
    uint32_t first_triangle, triangle_count; // into ChartSet.triangles and .corners
    uint32_t source;
    uint16_t width, height; // texels, gutter included
    float axis[3];          // what its triangles face, unit length
    float across[2][3];     // flattened: directions of x and y, as long as texels in a metre
    // Copied: texel (x, y) is the picture's (x + offset[0], y + offset[1]), which may lie
    // beyond the picture's edges, where it repeats. Otherwise it has to be sampled.
    bool is_copied;
    int32_t offset[2];
} Chart;

typedef struct ChartSet {
    uint32_t chart_count, triangle_count;
    Chart *charts;
    uint32_t *triangles;    // of the caller's list, each once
    float (*corners)[3][2]; // in texels of the chart
    double owned_texels;    // of all triangles together
} ChartSet;

// Islands of the picture: triangles that hang together there, moved by whole texels and neither
// turned nor scaled, so that texels can be copied. Islands that are mirrored, folded over each
// other, face away from their own axis or leave much of their rectangle empty are divided;
// small ones that lie side by side in the picture become one chart. A triangle without area on
// the picture owns no texel, and its corners lie where they lie on the picture. A triangle that
// is wider there than a chart may be is scaled: a chart of its own that is not copied.
// Everything in *out lives in `arena`.
void bake_chart_copy(const ChartDesc *desc, Arena *arena, ChartSet *out);

// Triangles that face about the same way, seen from there, with texels of the width they ask
// for; those that ask for different ones never share a chart. Everything in *out lives in
// `arena`.
void bake_chart_flatten(const ChartDesc *desc, Arena *arena, ChartSet *out);
