// geometry.h: rays, boxes, and where things stand. Small pure functions in double precision.
//
// Metres. A room is ten metres wide and a scan's detail a micrometre small: floats cannot hold
// both, so places are doubles. What is relative to an object or to the eye fits floats again.
// Any thread.

#pragma once
#include "base/base.h"

// Where an object stands: world = position + scale * rotate(rotation, object).
typedef struct Placement {
    double position[3];
    float rotation[4]; // unit quaternion x y z w, as cglm's versor
    float scale;       // above zero
} Placement;

#define PLACEMENT_IDENTITY ((Placement){.rotation = {0, 0, 0, 1}, .scale = 1})

// The placement at `position`, turned by `yaw` (radians, counter-clockwise seen from above).
Placement placement_make(const double position[3], float yaw, float scale);
void placement_to_world(const Placement *placement, const double object[3], double world[3]);
void placement_to_object(const Placement *placement, const double world[3], double object[3]);
// Directions are turned only, not scaled.
void placement_turn_to_world(const Placement *placement, const double object[3],
                             double world[3]);
void placement_turn_to_object(const Placement *placement, const double world[3],
                              double object[3]);

// From `origin` along `direction`, a unit vector. A distance along it is in the ray's own
// space.
typedef struct Ray {
    double origin[3], direction[3];
} Ray;

Ray ray_to_object(const Ray *world, const Placement *placement);
void ray_point(const Ray *ray, double distance, double out[3]);

// All of these: true and the distance of the first hit at or in front of the origin. From
// inside a sphere or box the distance is 0.
bool ray_hit_sphere(const Ray *ray, const double center[3], double radius, double *distance);
bool ray_hit_box(const Ray *ray, const double low[3], const double high[3], double *distance);
// Both sides. `normal` need not be of length 1; the plane holds the points with dot(normal, p)
// = offset.
bool ray_hit_plane(const Ray *ray, const double normal[3], double offset, double *distance);
// Both sides; `weights` are those of b and c at the hit (a's is what is left to 1).
bool ray_hit_triangle(const Ray *ray, const double a[3], const double b[3], const double c[3],
                      double *distance, double weights[2]);

// The point of a triangle nearest to `point`; returns the distance's square.
double triangle_nearest(const double point[3], const double a[3], const double b[3],
                        const double c[3], double nearest[3]);

// ---- three doubles

static inline double dot3(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static inline void sub3(const double a[3], const double b[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] - b[i];
}

// out = a + b * scale
static inline void add_scaled3(const double a[3], const double b[3], double scale,
                               double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] + b[i] * scale;
}

static inline void cross3(const double a[3], const double b[3], double out[3])
{
    double x = a[1] * b[2] - a[2] * b[1];
    double y = a[2] * b[0] - a[0] * b[2];
    double z = a[0] * b[1] - a[1] * b[0];
    out[0] = x;
    out[1] = y;
    out[2] = z;
}

double length3(const double a[3]);
double distance3(const double a[3], const double b[3]);
// Returns the length; a vector of length 0 stays.
double normalize3(double a[3]);
