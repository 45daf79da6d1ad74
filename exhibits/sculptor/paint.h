// paint.h: pictures of a sculpture's surface, each texel looked up in the field itself.
//
// What vertices tell is as fine as the triangles that simplification left; a picture is as fine
// as its chart says. Neighbours look at the field through short lists of the parts that matter.

#pragma once
#include "base/status.h"
#include "exhibits/sculptor/sculpt.h"

typedef struct PaintDesc {
    const Piece *piece;
    const Field *field;
    const void *context;        // of the piece
    const Sculpture *sculpture; // with triangle_charts and triangle_texels
    int chart;                  // which picture
    FieldList list;             // the parts of what is on it
    int worker_limit;
} PaintDesc;

// Uses several threads. What is not on the surface is black; near its edges texels repeat the
// nearest one of the surface. Size and texel_mm of *out are set; its pixels live in `arena`.
NODISCARD Status paint_chart(const PaintDesc *desc, Arena *arena, SculptPicture *out);

// The directions a triangle's normals are told in on its picture: along u and against v.
void paint_tangents(const float texels[3][2], const Vec3 corners[3], Vec3 out[2]);
