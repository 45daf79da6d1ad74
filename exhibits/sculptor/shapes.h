// shapes.h: the solids that parts are made of. Millimetres.
//
// Each function gives a Part with its shape, to be completed (op, blend, material) by
// shape_add and the fields of Carve. Round things may be squeezed: their Lipschitz bound says
// so.

#pragma once
#include "exhibits/sculptor/field.h"

typedef struct Carve {
    PartOp op;
    float blend_mm, depth_mm;
    uint8_t material;
    uint16_t tag;
} Carve;

void shape_add(Field *field, Part shape, Carve carve);

Part shape_ball(Vec3 centre, float radius);
// Half axes along the frame's across, along, up.
Part shape_ellipsoid(Frame frame, Vec3 half);
// A ball at each end, and the cone that touches both.
Part shape_cone(Vec3 from, float from_radius, Vec3 to, float to_radius);
// Thick in its middle, pointed at both ends: a chisel's stroke, a leaf's rib, a grain.
Part shape_spindle(Vec3 from, Vec3 to, float radius);
// Edges rounded by `round`, inside the half sizes.
Part shape_box(Frame frame, Vec3 half, float round);
// Standing on the frame's along axis.
Part shape_cylinder(Frame frame, float radius, float half_height, float round);
// A ring in the plane of across and along; its section is an ellipse of `wide` by `high`.
Part shape_ring(Frame frame, float radius, float wide, float high);
// Everything on the frame's lower side (up < 0).
Part shape_half_space(Frame frame);
// A gable roof's prism: a triangle of `half.x` by 2 `half.z` (ridge up), long along by half.y.
Part shape_prism(Frame frame, Vec3 half, float round);

// Turned on a lathe around the frame's along axis: the outline, pairs of radius and height,
// goes from the lower end of the axis outside round to its upper end.
typedef struct Turning {
    const float (*outline)[2];
    int count;
    int pieces; // a curve of so many between two points, but corners of more than 45 degrees
                // stay; 0: straight
} Turning;
Part shape_turning(const Turning *turning, Frame frame, Arena *arena);

// A closed line in a plane, for solids of one's own: how far is a point from it, negative
// inside?
typedef struct Outline {
    const struct TurningEdge *edges;
    int count;
} Outline;
// Pairs of coordinates, either way round; `pieces` as in Turning, 0: straight.
Outline outline_make(const float (*points)[2], int count, int pieces, Arena *arena);
void outline_distance(const Outline *outline, int count, const float *u, const float *v,
                      float *restrict out);

// An outline in the plane of across and along, thick by twice `half` along up, its edges
// rounded outwards by `round`.
Part shape_plate(const Outline *outline, Frame frame, float half, float round, Arena *arena);

// A flat bar with round edges: an ear, a foot, a leaf. Its frame's origin is its root, along
// leads to the tip, up out of the flat. Halves are of root, middle and tip (a parabola through
// them).
typedef struct Blade {
    Frame frame;
    float length, wide[3], thick[3]; // halves; nowhere wider than thick: round
    float rise, sway;                // of the middle towards up, and across
    float cup;                       // edges bend up by cup * distance^2
} Blade;
Part shape_blade(const Blade *blade);

// A bent tube, thick and thin along a quadratic curve: cones end to end, one part.
typedef struct Tube {
    Vec3 from, bend, to;
    float from_radius, middle_radius, to_radius;
    int pieces;
} Tube;
Part shape_tube(const Tube *tube, Arena *arena);
void shape_add_tube(Field *field, const Tube *tube, Carve carve);
Vec3 tube_point(const Tube *tube, float t);
