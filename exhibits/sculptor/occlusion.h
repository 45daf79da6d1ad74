// occlusion.h: how much of the sky a point on the sculpture sees.
//
// The field is sampled once on a coarse grid; rays then walk through that grid, as far each
// step as it says is free. Millimetres.

#pragma once
#include "base/status.h"
#include "exhibits/sculptor/field.h"

enum { OCCLUSION_RAYS = 14 };

typedef struct OcclusionGrid {
    Vec3 rays[OCCLUSION_RAYS]; // around straight up, cosine weighted
    Vec3 low;
    float step_mm;
    int size[3];
    float *distances; // x fastest
} OcclusionGrid;

// Uses several threads. The grid lives in `arena`.
NODISCARD Status occlusion_make(const Field *field, Vec3 low, Vec3 high, float step_mm,
                                Arena *arena, OcclusionGrid *out);

// 1 open, 0 closed, cosine weighted; obstacles count less towards `reach_mm`. Any thread.
float occlusion_at(const OcclusionGrid *grid, Vec3 p, Vec3 normal, float reach_mm);
// The coarse distance at a point. Any thread.
float occlusion_distance(const OcclusionGrid *grid, Vec3 p);
