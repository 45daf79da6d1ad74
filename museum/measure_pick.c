// measure_pick.c: points for the tape, taken from the surface as far as it is resident, and
// kept on it while finer detail arrives.

#include "museum/measure_pick.h"

#include <string.h>

#define FINER 0.8 // samples of what has come, in those of before, that make it worth moving
#define REACH 2.0 // samples: finer detail lies no farther off, the error being about one

// As the lens says it: texels, or edges where these are shorter or there are none. Flat parts
// of a scan may have been thinned: what holds elsewhere held there too.
static double sample_of(const MeasureSurface *surface, const PickHit *hit)
{
    double edge = (double)hit->edge_m, texel = (double)hit->texel_m;
    if (texel > 0)
        return MIN(edge, texel);
    return hit->is_finest && surface->sample_m > 0 ? MIN(edge, surface->sample_m) : edge;
}

static void take_hit(const MeasureSurface *surface, const PickHit *hit, MeasurePoint *point)
{
    placement_to_object(&surface->placement, hit->point, point->at_m);
    point->sample_m = sample_of(surface, hit);
    point->claim_m = surface->claim_m;
    point->is_finest = hit->is_finest;
}

bool measure_pick(const MeasureSurface *surface, const View *view, const float px[2],
                  MeasurePoint *out)
{
    PickHit hit;
    Ray ray = view_ray(view, px);
    if (!streamer_pick(surface->streamer, surface->sculpture, &surface->placement, &ray, &hit))
        return false;
    MeasurePoint point = {.aim_m = view_pixel_m(view, hit.point)};
    placement_turn_to_object(&surface->placement, ray.direction, point.along);
    take_hit(surface, &hit, &point);
    *out = point;
    return true;
}

bool measure_pick_near(const MeasureSurface *surface, const double at_m[3], double radius_m,
                       MeasurePoint *out)
{
    PickHit hit;
    double world[3];
    placement_to_world(&surface->placement, at_m, world);
    if (!streamer_nearest(surface->streamer, surface->sculpture, &surface->placement, world,
                          radius_m, &hit))
        return false;
    *out = (MeasurePoint){0};
    take_hit(surface, &hit, out);
    return true;
}

// Along the line of sight, as far behind the point as before it.
static bool look_again(const MeasureSurface *surface, const MeasurePoint *point,
                       const double world[3], double reach_m, PickHit *hit)
{
    Ray ray;
    placement_turn_to_world(&surface->placement, point->along, ray.direction);
    if (normalize3(ray.direction) < 0.5)
        return false;
    add_scaled3(world, ray.direction, -reach_m, ray.origin);
    return streamer_pick(surface->streamer, surface->sculpture, &surface->placement, &ray,
                         hit) &&
           hit->distance < 2 * reach_m;
}

bool measure_refine(const MeasureSurface *surface, MeasurePoint *point)
{
    PickHit hit;
    double world[3], reach_m = REACH * point->sample_m;
    if (point->is_finest)
        return false;
    placement_to_world(&surface->placement, point->at_m, world);
    if (!look_again(surface, point, world, reach_m, &hit) &&
        !streamer_nearest(surface->streamer, surface->sculpture, &surface->placement, world,
                          reach_m, &hit))
        return false;
    if (!hit.is_finest && sample_of(surface, &hit) > FINER * point->sample_m)
        return false;
    take_hit(surface, &hit, point);
    return true;
}
