// bake_quadric.h: what a vertex remembers of the triangles it stands for. Pure; any thread.
//
// Everything is relative to the vertex's own position and attributes: numbers stay small, so
// floats are precise enough. Moving a quadric to another vertex is a translation; the squared
// error of standing there is then its constant term.
//
//   distance:  sum over planes of  w (n . d)^2
//   likeness:  sum over triangles and attributes of  w (c + g . d - s)^2,  g the gradient,
//              c the difference to the vertex's own value

#pragma once
#include "base/base.h"
#include "packer/bake_simplify.h"

typedef struct Quadric {
    float planes[6]; // xx xy xz yy yz zz
    float plane_linear[3];
    float plane_constant;
    float plane_weight;
    float weight; // of the attribute part, all of its sums
    float squares[6];
    float square_linear[3];
    float square_constant;
    float gradients[SIMPLIFY_MAX_ATTRIBUTES][3];
    float differences[SIMPLIFY_MAX_ATTRIBUTES];
} Quadric;

// An error squared: of distance alone, and of both.
typedef struct QuadricCost {
    float distance, likeness;
} QuadricCost;

typedef struct QuadricVertex {
    const float *position;
    const float *attributes;
} QuadricVertex;

// A triangle's part in the quadrics of its three corners.
void quadric_add_triangle(Quadric *corners[3], const QuadricVertex vertices[3],
                          uint32_t attribute_count);
// Keeps an open border in its place: the plane through edge a-b, upright on the triangle that
// has it. `quadric` is that of a or of b.
void quadric_add_border(Quadric *quadric, const float a[3], const float b[3],
                        const float opposite[3]);
// What it costs if `from`, whose quadric it is, gives its place to `to`.
QuadricCost quadric_cost(const Quadric *quadric, QuadricVertex from, QuadricVertex to,
                         uint32_t attribute_count);
// Adds the quadric of `from` to that of `to`.
void quadric_merge(Quadric *into, QuadricVertex to, const Quadric *quadric, QuadricVertex from,
                   uint32_t attribute_count);
// How far the best attributes are from the vertex's own.
void quadric_best_attributes(const Quadric *quadric, uint32_t attribute_count, float *out);
