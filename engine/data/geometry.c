// geometry.c: rays, boxes, and where things stand. Small pure functions in double precision.

#include "data/geometry.h"

#include <math.h>
#include <string.h>

double length3(const double a[3])
{
    return sqrt(dot3(a, a));
}

double distance3(const double a[3], const double b[3])
{
    double d[3];
    sub3(a, b, d);
    return length3(d);
}

double normalize3(double a[3])
{
    double length = length3(a);
    if (length > 0)
        for (int i = 0; i < 3; i++)
            a[i] /= length;
    return length;
}

// v + 2w(q x v) + 2 q x (q x v); `sign` -1 turns back.
static void turn(const float rotation[4], double sign, const double v[3], double out[3])
{
    double q[3] = {sign * rotation[0], sign * rotation[1], sign * rotation[2]};
    double once[3], twice[3];
    cross3(q, v, once);
    cross3(q, once, twice);
    for (int i = 0; i < 3; i++)
        out[i] = v[i] + 2 * (rotation[3] * once[i] + twice[i]);
}

Placement placement_make(const double position[3], float yaw, float scale)
{
    ASSERT(scale > 0);
    Placement placement = {.rotation = {0, sinf(yaw / 2), 0, cosf(yaw / 2)}, .scale = scale};
    memcpy(placement.position, position, sizeof placement.position);
    return placement;
}

void placement_turn_to_world(const Placement *placement, const double object[3],
                             double world[3])
{
    turn(placement->rotation, 1, object, world);
}

void placement_turn_to_object(const Placement *placement, const double world[3],
                              double object[3])
{
    turn(placement->rotation, -1, world, object);
}

void placement_to_world(const Placement *placement, const double object[3], double world[3])
{
    double turned[3];
    turn(placement->rotation, 1, object, turned);
    add_scaled3(placement->position, turned, placement->scale, world);
}

void placement_to_object(const Placement *placement, const double world[3], double object[3])
{
    double offset[3];
    sub3(world, placement->position, offset);
    turn(placement->rotation, -1, offset, offset);
    for (int i = 0; i < 3; i++)
        object[i] = offset[i] / placement->scale;
}

Ray ray_to_object(const Ray *world, const Placement *placement)
{
    Ray ray;
    placement_to_object(placement, world->origin, ray.origin);
    placement_turn_to_object(placement, world->direction, ray.direction);
    return ray;
}

void ray_point(const Ray *ray, double distance, double out[3])
{
    add_scaled3(ray->origin, ray->direction, distance, out);
}

bool ray_hit_sphere(const Ray *ray, const double center[3], double radius, double *distance)
{
    double to_center[3], off_axis[3];
    sub3(center, ray->origin, to_center);
    double along = dot3(to_center, ray->direction);
    add_scaled3(to_center, ray->direction, -along, off_axis);
    double inside = radius * radius - dot3(off_axis, off_axis);
    if (inside < 0)
        return false;
    double half = sqrt(inside);
    if (along + half < 0)
        return false;
    *distance = MAX(along - half, 0);
    return true;
}

bool ray_hit_box(const Ray *ray, const double low[3], const double high[3], double *distance)
{
    double enter = 0, leave = INFINITY;
    for (int i = 0; i < 3; i++) {
        if (ray->direction[i] == 0) {
            if (ray->origin[i] < low[i] || ray->origin[i] > high[i])
                return false;
            continue;
        }
        double a = (low[i] - ray->origin[i]) / ray->direction[i];
        double b = (high[i] - ray->origin[i]) / ray->direction[i];
        enter = MAX(enter, MIN(a, b));
        leave = MIN(leave, MAX(a, b));
    }
    if (enter > leave)
        return false;
    *distance = enter;
    return true;
}

bool ray_hit_plane(const Ray *ray, const double normal[3], double offset, double *distance)
{
    double slope = dot3(normal, ray->direction);
    if (slope == 0)
        return false;
    double hit = (offset - dot3(normal, ray->origin)) / slope;
    if (!(hit >= 0))
        return false;
    *distance = hit;
    return true;
}

// Moeller and Trumbore 1997.
bool ray_hit_triangle(const Ray *ray, const double a[3], const double b[3], const double c[3],
                      double *distance, double weights[2])
{
    double ab[3], ac[3], p[3], q[3], to_origin[3];
    sub3(b, a, ab);
    sub3(c, a, ac);
    cross3(ray->direction, ac, p);
    double determinant = dot3(ab, p);
    if (determinant == 0)
        return false;
    sub3(ray->origin, a, to_origin);
    double u = dot3(to_origin, p) / determinant;
    if (!(u >= 0 && u <= 1))
        return false;
    cross3(to_origin, ab, q);
    double v = dot3(ray->direction, q) / determinant;
    if (!(v >= 0 && u + v <= 1))
        return false;
    double hit = dot3(ac, q) / determinant;
    if (!(hit >= 0))
        return false;
    *distance = hit;
    weights[0] = u;
    weights[1] = v;
    return true;
}

// The regions around a triangle (Ericson, Real-Time Collision Detection, 5.1.5) as the weights
// of b and c at the nearest point. d1..d6: the offsets to a, b and c along both edges.
static void nearest_weights(double d1, double d2, double d3, double d4, double d5, double d6,
                            double *v, double *w)
{
    double vc = d1 * d4 - d3 * d2;
    double vb = d5 * d2 - d1 * d6;
    double va = d3 * d6 - d5 * d4;
    *v = *w = 0;
    if (d1 <= 0 && d2 <= 0)
        return;
    if (d3 >= 0 && d4 <= d3) {
        *v = 1;
    } else if (d6 >= 0 && d5 <= d6) {
        *w = 1;
    } else if (vc <= 0 && d1 >= 0 && d3 <= 0) {
        *v = d1 / (d1 - d3);
    } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
        *w = d2 / (d2 - d6);
    } else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
        *w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        *v = 1 - *w;
    } else {
        *v = vb / (va + vb + vc);
        *w = vc / (va + vb + vc);
    }
}

double triangle_nearest(const double point[3], const double a[3], const double b[3],
                        const double c[3], double nearest[3])
{
    double ab[3], ac[3], from_a[3], from_b[3], from_c[3], v, w;
    sub3(b, a, ab);
    sub3(c, a, ac);
    sub3(point, a, from_a);
    sub3(point, b, from_b);
    sub3(point, c, from_c);
    nearest_weights(dot3(ab, from_a), dot3(ac, from_a), dot3(ab, from_b), dot3(ac, from_b),
                    dot3(ab, from_c), dot3(ac, from_c), &v, &w);
    if (!isfinite(v) || !isfinite(w)) // a triangle without area
        v = w = 0;
    for (int i = 0; i < 3; i++)
        nearest[i] = a[i] + ab[i] * v + ac[i] * w;
    double off[3];
    sub3(point, nearest, off);
    return dot3(off, off);
}
