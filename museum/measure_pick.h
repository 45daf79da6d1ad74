// measure_pick.h: points for the tape, taken from the surface as far as it is resident, and
// kept on it while finer detail arrives.
//
// One thread, the streamer's.

#pragma once
#include "museum/measure.h"
#include "stream/streamer.h"

typedef struct MeasureSurface {
    Streamer *streamer;
    SculptureId sculpture;
    Placement placement;
    double sample_m; // the piece's median; 0: unknown
    double claim_m;  // MeasurePoint's
} MeasureSurface;

// What is seen at a point of a view. False where that is not the surface; then *out stays.
bool measure_pick(const MeasureSurface *surface, const View *view, const float px[2],
                  MeasurePoint *out);
// The nearest of the surface to a point of the sculpture's own space, within `radius_m`.
bool measure_pick_near(const MeasureSurface *surface, const double at_m[3], double radius_m,
                       MeasurePoint *out);
// Moves a point onto finer detail that has come: to where one looked, or the nearest. False if
// there was nothing to do, or nothing there.
bool measure_refine(const MeasureSurface *surface, MeasurePoint *point);
