// bake_chart_parts.h: what the two ways to charts share; nobody else's.
//
// Corners are counted in 64ths of a texel, as vertices of pages hold them: moving them is
// exact, and what was tested is what will be drawn.

#pragma once
#include "packer/bake_chart.h"
#include "packer/bake_raster.h"

enum {
    CHART_UNIT = 64,
    // Islands are cut into pieces of this size, and pieces that fill a rectangle together merge
    // again: what is left divided are corners, bays and slants, which packed badly. Measured on
    // large islands: a tenth more of the tile is used, for a twentieth more vertices.
    CHART_CUT_SIDE = 160,
};

// What triangles face. Zero for those without area.
typedef struct ChartNormals {
    float (*sums)[3];  // as long as twice the area
    float (*units)[3]; // 1 long
} ChartNormals;

ChartNormals chart_normals(const ChartDesc *desc, Arena *arena);
float chart_dot(const float a[3], const float b[3]);
// False, and `out` stays, where there is no direction.
bool chart_unit(const float from[3], float out[3]);

// The triangles at each vertex.
typedef struct ChartStars {
    uint32_t *firsts;  // vertex_count + 1, into `corners`
    uint32_t *corners; // 3 x triangle + corner
} ChartStars;

ChartStars chart_stars(const ChartDesc *desc, Arena *arena);

// A box of corners, in 64ths.
typedef struct ChartBox {
    int32_t low[2], high[2];
} ChartBox;

ChartBox chart_box_empty(void);
void chart_box_add(ChartBox *box, const int32_t corners[3][2]);
// The texels that it claims are first <= x < end, and rows alike.
void chart_claim(const ChartBox *box, int32_t first[2], int32_t end[2]);
bool chart_is_wider(const ChartBox *box, int32_t side); // than so many texels, in any direction
// Corners in texels, less a whole number of them.
void chart_corners(const int32_t corners[3][2], const int32_t origin[2], float out[3][2]);

// Results being written.
typedef struct ChartWriter {
    ChartSet *set;
    Arena *arena;
    uint32_t capacity;
} ChartWriter;

ChartWriter chart_writer(const ChartDesc *desc, Arena *arena, ChartSet *out);
// A chart without triangles; they are put in next. Valid until the next one.
Chart *chart_begin(ChartWriter *writer, const ChartBox *box, const float axis[3]);
void chart_put(ChartWriter *writer, uint32_t triangle, const int32_t corners[3][2]);
