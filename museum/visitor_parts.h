// visitor_parts.h: what visitor.c and visitor_close.c share; compare.c turns pieces as they do.

#pragma once
#include "museum/visitor.h"

float visitor_wrap(float angle); // to -pi..pi
// The part of a wish that this step fulfils; the last crumb at once, so that sums are exact.
float visitor_take(float *pending, double time_constant_s, float crumb);

Camera visitor_close_camera(const Visitor *visitor);
void visitor_piece_middle(const VisitorPiece *piece, double out[3]);
double visitor_piece_radius(const VisitorPiece *piece);
// How far out of the piece's box.
double visitor_box_gap(const VisitorPiece *piece, const double eye[3]);
double visitor_ask_gap(const VisitorWorld *world, const double eye[3], double limit_m);

// One step while arriving or close.
void visitor_step_close(Visitor *visitor, const VisitorActions *actions,
                        const VisitorWorld *world);
