// visitor_parts.h: what the files visitor*.c share; compare.c turns pieces as they do.

#pragma once
#include "museum/visitor.h"

float visitor_wrap(float angle); // to -pi..pi
double visitor_ease(double t);   // 0 to 1, slowly at both ends
// The part of a wish that this step fulfils; the last crumb at once, so that sums are exact.
float visitor_take(float *pending, double time_constant_s, float crumb);

Camera visitor_close_camera(const Visitor *visitor);
void visitor_piece_middle(const VisitorPiece *piece, double out[3]);
double visitor_piece_radius(const VisitorPiece *piece);
// How far out of the piece's box.
double visitor_box_gap(const VisitorPiece *piece, const double eye[3]);
// As VisitorSurfaceFn, of a direction of any length.
double visitor_ask_surface(const VisitorWorld *world, const double from[3],
                           const double direction[3], double limit_m);
double visitor_ask_gap(const VisitorWorld *world, const double eye[3], double limit_m);

// Whether the eye may go from one place to another: neither through the surface nor nearer to
// it than allowed, nor into what the piece stands on. Away from them it always may.
bool visitor_may_move(const Visitor *visitor, const VisitorWorld *world, const double from[3],
                      const double to[3]);
// One step of a way.
void visitor_step_travel(Visitor *visitor, const VisitorWorld *world);

// One step while arriving or close.
void visitor_step_close(Visitor *visitor, const VisitorActions *actions,
                        const VisitorWorld *world);

// Where one leans in to: all of the piece, in a frame of the world's. Sets the orbit, but for
// the nearest and steepest it may be.
void visitor_frame_piece(Visitor *visitor, float yaw, const VisitorWorld *world);
// What is framed beside the picture's middle stays there: moves the target of an orbit that was
// turned from the visitor's.
void visitor_turn_framed(const Visitor *visitor, Orbit *orbit);

// What of orbit, pan and zoom (of its logarithm) happens in this step because a hand holds the
// piece, or did; nothing of what was let go of where nothing glides.
void visitor_swing(VisitorSwing *swing, const VisitorActions *actions, bool glides,
                   float now[VISITOR_SWINGS]);
bool visitor_swing_is_over(const VisitorSwing *swing);
// What a hand moved in so many steps, in one of them; other wishes as they are.
VisitorActions visitor_part_of_hold(const VisitorActions *actions, int steps);
