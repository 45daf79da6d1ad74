// gallery_floor.c: the part of gallery.h that knows how high the floor is, and what one points
// at.

#include "exhibits/model/plan_floor.h"
#include "museum/gallery_path.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define STAIRS_PACE 0.8 // of the speed on level ground
#define RAMP_PACE 0.92

// ---- how high

bool gallery_has_heights(const Plan *plan)
{
    bool has_heights = plan->flight_count > 0;
    for (uint32_t i = 0; i < plan->room_count; i++)
        has_heights |= plan->rooms[i].floor_m != 0;
    return has_heights;
}

double gallery_floor_m(const Gallery *gallery, const double spot[2])
{
    if (!gallery->has_heights)
        return 0;
    return (double)plan_floor_m(gallery->plan, (float[2]){(float)spot[0], (float)spot[1]});
}

static const PlanFlight *flight_at(const Gallery *gallery, const double spot[2])
{
    const Plan *plan = gallery->plan;
    float point[2] = {(float)spot[0], (float)spot[1]};
    int32_t room = plan->flight_count ? plan_find_room(plan, point) : PLAN_NONE;
    int32_t flight = room == PLAN_NONE ? room : plan_find_flight(plan, (uint32_t)room, point);
    return flight == PLAN_NONE ? NULL : &plan->flights[flight];
}

double gallery_pace(const Gallery *gallery, const double spot[2])
{
    static const double paces[PLAN_FLIGHT_KIND_COUNT] = {
        [PLAN_STAIRS] = STAIRS_PACE, [PLAN_RAMP] = RAMP_PACE, [PLAN_LANDING] = 1};
    const PlanFlight *flight = flight_at(gallery, spot);
    return flight ? paces[flight->kind] : 1;
}

bool gallery_is_on_stairs(const Gallery *gallery, const double spot[2])
{
    const PlanFlight *flight = flight_at(gallery, spot);
    return flight && flight->kind == PLAN_STAIRS;
}

// Straight over a flight; over steps, from nosing to nosing.
void gallery_lie(const Gallery *gallery, const double spot[2], double at[3], float slope[2])
{
    const PlanFlight *flight = flight_at(gallery, spot);
    at[0] = spot[0];
    at[1] = gallery_floor_m(gallery, spot);
    at[2] = spot[1];
    slope[0] = slope[1] = 0;
    if (!flight || flight->kind == PLAN_LANDING)
        return;
    float point[2] = {(float)spot[0], (float)spot[1]};
    float over = flight->kind == PLAN_STAIRS ? plan_flight_steps(flight).rise_m / 2 : 0;
    at[1] = (double)(gallery->plan->rooms[flight->room].floor_m +
                     plan_flight_height_m(flight, point) + over);
    plan_flight_slope(flight, slope);
}

// ---- rails

uint32_t gallery_count_barriers(const Plan *plan)
{
    return plan->flight_count * PLAN_MAX_EDGES;
}

void gallery_add_barriers(Gallery *gallery)
{
    PlanEdge edges[PLAN_MAX_EDGES];
    for (uint32_t i = 0; i < gallery->plan->flight_count; i++) {
        uint32_t count = plan_flight_edges(gallery->plan, i, edges);
        for (uint32_t k = 0; k < count; k++) {
            if (edges[k].is_wall)
                continue;
            GalleryWall *wall = &gallery->walls[gallery->wall_count++];
            for (int axis = 0; axis < 2; axis++) {
                wall->a[axis] = (double)edges[k].from[axis];
                wall->b[axis] = (double)edges[k].to[axis];
            }
        }
    }
}

// ---- pointing

static bool pick_box(const GalleryBox *box, const Ray *ray, double *distance)
{
    double spot[2] = {ray->origin[0], ray->origin[2]}, origin[2], direction[2];
    double turn[2] = {ray->direction[0], ray->direction[2]};
    gallery_box_to_local(box, spot, origin);
    GalleryBox turned = *box;
    turned.center[0] = turned.center[1] = 0;
    gallery_box_to_local(&turned, turn, direction);
    Ray local = {{origin[0], ray->origin[1] - box->floor_m, origin[1]},
                 {direction[0], ray->direction[1], direction[1]}};
    return ray_hit_box(&local, (double[3]){-box->half[0], 0, -box->half[1]},
                       (double[3]){box->half[0], box->height_m, box->half[1]}, distance);
}

// Where a ray meets a level, or the plane of a slope through a point; false above 0 of neither.
static bool meets_plane(const Ray *ray, const float slope[2], const double through[3],
                        float out[2], double *distance)
{
    double normal[3] = {-(double)slope[0], 1, -(double)slope[1]}, at[3];
    double offset = normal[0] * through[0] + through[1] + normal[2] * through[2];
    if (!ray_hit_plane(ray, normal, offset, distance))
        return false;
    ray_point(ray, *distance, at);
    out[0] = (float)at[0];
    out[1] = (float)at[2];
    return true;
}

static const float level[2] = {0, 0};

static bool meets_room(const Plan *plan, uint32_t room, const Ray *ray, double *distance)
{
    float at[2];
    return meets_plane(ray, level, (double[3]){0, (double)plan->rooms[room].floor_m, 0}, at,
                       distance) &&
           plan_room_contains(&plan->rooms[room], at) &&
           plan_find_flight(plan, room, at) == PLAN_NONE;
}

static bool meets_flight(const Plan *plan, uint32_t index, const Ray *ray, double *distance)
{
    const PlanFlight *flight = &plan->flights[index];
    float slope[2], at[2];
    double high =
        (double)(plan->rooms[flight->room].floor_m + (flight->low_m + flight->high_m) / 2);
    double middle[3] = {(double)flight->position[0], high, (double)flight->position[1]};
    plan_flight_slope(flight, slope);
    return meets_plane(ray, slope, middle, at, distance) &&
           plan_find_flight(plan, flight->room, at) == (int32_t)index;
}

static bool meets_passage(const PlanOpening *door, const Ray *ray, double *distance)
{
    float at[2];
    return meets_plane(ray, level, (double[3]){0, (double)door->floor_m, 0}, at, distance) &&
           gallery_in_passage(door, (double[2]){(double)at[0], (double)at[1]});
}

// The nearest floor on the ray; DBL_MAX for none.
static double pick_floor(const Plan *plan, const Ray *ray)
{
    double best = DBL_MAX, distance;
    for (uint32_t i = 0; i < plan->room_count; i++)
        if (meets_room(plan, i, ray, &distance))
            best = MIN(best, distance);
    for (uint32_t i = 0; i < plan->flight_count; i++)
        if (meets_flight(plan, i, ray, &distance))
            best = MIN(best, distance);
    for (uint32_t i = 0; i < plan->opening_count; i++)
        if (meets_passage(&plan->openings[i], ray, &distance))
            best = MIN(best, distance);
    return best;
}

bool gallery_pick(const Gallery *gallery, const Ray *ray, GalleryHit *out)
{
    double distance, best = pick_floor(gallery->plan, ray);
    int32_t place = PLAN_NONE;
    bool is_bench = false;
    for (uint32_t i = 0; i < gallery->box_count; i++) {
        if (pick_box(&gallery->boxes[i], ray, &distance) && distance < best) {
            best = distance;
            place = gallery->boxes[i].place;
            is_bench = place == PLAN_NONE;
        }
    }
    if (best == DBL_MAX || is_bench)
        return false;
    double at[3];
    ray_point(ray, best, at);
    double from[2] = {ray->origin[0], ray->origin[2]}, to[2] = {at[0], at[2]};
    if (!gallery_sees(gallery, from, to))
        return false;
    place = gallery_in_tray(gallery, place, ray);
    *out = (GalleryHit){.place = place, .distance_m = best, .spot = {at[0], at[2]}};
    return true;
}
