// gallery_tray.c: which of several pieces on one stand is meant.

#include "museum/gallery.h"

#include <float.h>
#include <math.h>

#define FARTHEST_M 4.0 // who looks over a stand means what is at its back

// How far off the compartment of a place is from a point of the stand's own frame.
static double tray_distance(const PlanPlace *place, const double at[2])
{
    double past[2];
    for (int i = 0; i < 2; i++)
        past[i] = MAX(fabs(at[i] - (double)place->tray[i]) - (double)place->tray_m[i] / 2, 0);
    return hypot(past[0], past[1]);
}

int32_t gallery_in_tray(const Gallery *gallery, int32_t place, const Ray *ray)
{
    const Plan *plan = gallery->plan;
    if (place == PLAN_NONE || plan->places[place].tray_m[0] <= 0)
        return place;
    uint32_t stand = plan_stand_of(plan, (uint32_t)place);
    const GalleryBox *box = &gallery->boxes[stand];
    double at[3], distance, best = DBL_MAX,
                            deck = (double)plan_piece_floor_m(&plan->places[stand]);
    if (!ray_hit_plane(ray, (double[3]){0, 1, 0}, deck, &distance))
        distance = FARTHEST_M;
    ray_point(ray, MIN(distance, FARTHEST_M), at);
    double x = at[0] - box->center[0], z = at[2] - box->center[1];
    double local[2] = {x * box->cos_yaw - z * box->sin_yaw,
                       x * box->sin_yaw + z * box->cos_yaw};
    for (uint32_t i = stand; i < plan->place_count; i++) {
        double away = tray_distance(&plan->places[i], local);
        if (plan_stand_of(plan, i) == stand && away < best) {
            best = away;
            place = (int32_t)i;
        }
    }
    return place;
}

int32_t gallery_along_tray(const Gallery *gallery, int32_t place, int step)
{
    const Plan *plan = gallery->plan;
    uint32_t stand = plan_stand_of(plan, (uint32_t)place), at = (uint32_t)place;
    do {
        at = (at + (step > 0 ? 1 : plan->place_count - 1)) % plan->place_count;
    } while (plan_stand_of(plan, at) != stand);
    return (int32_t)at;
}
