// chart.h: where on which chart does a place of the surface lie?
//
// Pure; any thread.

#pragma once
#include "base/status.h"
#include "exhibits/sculptor/sculpt.h"

// u, v and height of a place. Of the turns of a turned chart the one nearest to `near_u`.
Vec3 chart_place(const PieceChart *chart, Vec3 p, float near_u);
// Against the look, at a place.
Vec3 chart_direction(const PieceChart *chart, Vec3 p);
// u and v of the corner of the picture where both are least, and how many texels it has.
void chart_size(const PieceChart *chart, float corner[2], uint32_t size[2]);
// In texels from the picture's upper left corner; near_u as above.
void chart_texel(const PieceChart *chart, Vec3 p, float near_u, float out[2]);
// The three corners of a triangle, all on the same turn.
void chart_triangle(const PieceChart *chart, const Vec3 corners[3], float out[3][2]);

// Which chart each triangle goes on. ERR_INVALID with the place of one that goes on none.
NODISCARD Status chart_assign(const Piece *piece, const Sculpture *sculpture, uint8_t *out);
// Where the triangles of one chart lie on it, and how large its picture is; texels are so much
// wider than the chart says. sculpture->triangle_charts are assigned.
void chart_lay_out(const Piece *piece, int chart, float texel_scale, Sculpture *sculpture);
