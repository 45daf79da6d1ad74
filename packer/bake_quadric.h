// bake_quadric.h: what a vertex remembers of the triangles it stands for. Pure; any thread.
//
// The sum over planes of  w (n . d)^2, relative to the vertex's own position: numbers stay
// small, so floats are precise enough. Moving a quadric to another vertex is a translation; the
// squared error of standing there is then its constant term (Garland, Heckbert 1997).

#pragma once
#include "base/base.h"

typedef struct Quadric {
    float planes[6]; // xx xy xz yy yz zz
    float linear[3];
    float constant;
    float weight;
} Quadric;

// A triangle's part in the quadrics of its three corners.
void quadric_add_triangle(Quadric *corners[3], const float *const positions[3]);
// Keeps an open border in its place: the plane through edge a-b, upright on the triangle that
// has it. `quadric` is that of a or of b.
void quadric_add_border(Quadric *quadric, const float a[3], const float b[3],
                        const float opposite[3]);
// The squared distance if `from`, whose quadric it is, gives its place to `to`.
float quadric_cost(const Quadric *quadric, const float from[3], const float to[3]);
// Adds the quadric of `from` to that of `to`.
void quadric_merge(Quadric *into, const float to[3], const Quadric *quadric,
                   const float from[3]);
