// sight.c: which rooms are seen through which doors, and how much of each.

#include "museum/sight.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979
#define TOUCHES_M 0.35 // so near a door is all around one
#define MARGIN_RAD 0.01

Sight sight_make(const Plan *plan, Arena *arena)
{
    return (Sight){.room_count = plan->room_count,
                   .arcs = ARENA_ARRAY(arena, SightArc, plan->room_count),
                   .order = ARENA_ARRAY(arena, uint32_t, plan->room_count)};
}

// ---- arcs

static const SightArc all_around = {0, PI};

static double turn_between(double from, double to)
{
    return remainder(to - from, 2 * PI);
}

static SightArc common_arc(const SightArc *a, const SightArc *b)
{
    if (a->half >= PI || b->half >= PI)
        return a->half >= PI ? *b : *a;
    double apart = turn_between(a->middle, b->middle);
    double low = MAX(-a->half, apart - b->half), high = MIN(a->half, apart + b->half);
    return (SightArc){a->middle + (low + high) / 2, (high - low) / 2};
}

// The smallest that holds both.
static SightArc joint_arc(const SightArc *a, const SightArc *b)
{
    double apart = turn_between(a->middle, b->middle);
    double low = MIN(-a->half, apart - b->half), high = MAX(a->half, apart + b->half);
    if (a->half <= 0)
        return *b;
    if (high - low >= 2 * PI)
        return all_around;
    return (SightArc){a->middle + (low + high) / 2, (high - low) / 2};
}

static SightArc arc_of_segment(const double eye[3], const float from[2], const float to[2])
{
    double a[2] = {from[0] - eye[0], from[1] - eye[2]};
    double b[2] = {to[0] - eye[0], to[1] - eye[2]}, along[2] = {b[0] - a[0], b[1] - a[1]};
    double length2 = along[0] * along[0] + along[1] * along[1];
    double at = length2 > 0 ? -(a[0] * along[0] + a[1] * along[1]) / length2 : 0;
    at = CLAMP(at, 0, 1);
    if (hypot(a[0] + along[0] * at, a[1] + along[1] * at) < TOUCHES_M)
        return all_around;
    double first = atan2(a[1], a[0]), wide = turn_between(first, atan2(b[1], b[0]));
    return (SightArc){first + wide / 2, fabs(wide) / 2 + MARGIN_RAD};
}

// Through both ends of the passage.
static SightArc arc_of_door(const double eye[3], const PlanOpening *door)
{
    SightArc sides[2];
    for (int side = 0; side < 2; side++)
        sides[side] = arc_of_segment(eye, door->from[side], door->to[side]);
    return common_arc(&sides[0], &sides[1]);
}

// ---- from room to room

// Whether its sphere is in the picture.
static bool is_in_picture(const PlanOpening *door, const View *view)
{
    double half = door->height_m / 2.0, radius = 0, center[3] = {0, door->floor_m + half, 0};
    for (int side = 0; side < 2; side++) {
        center[0] += (door->from[side][0] + door->to[side][0]) / 4.0;
        center[2] += (door->from[side][1] + door->to[side][1]) / 4.0;
    }
    for (int side = 0; side < 2; side++) {
        const float *ends[2] = {door->from[side], door->to[side]};
        for (int i = 0; i < 2; i++) {
            double x = ends[i][0] - center[0], z = ends[i][1] - center[2];
            radius = MAX(radius, sqrt(x * x + z * z + half * half));
        }
    }
    return view_sees_sphere(view, center, radius);
}

// True if the arc of a room grows by it.
static bool see_room(Sight *sight, uint32_t room, const SightArc *arc)
{
    SightArc *own = &sight->arcs[room];
    SightArc joint = joint_arc(own, arc);
    if (own->half <= 0)
        sight->order[sight->seen_count++] = room;
    else if (joint.half <= own->half + 1e-9)
        return false;
    *own = joint;
    return true;
}

// Looks from every room of a ring through its doors; what grows is in the next ring.
static bool look_on(Sight *sight, const Plan *plan, const int32_t *is_open, const View *view,
                    const bool *ring, bool *next)
{
    bool grows = false;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const PlanOpening *door = &plan->openings[i];
        for (int side = 0; side < 2; side++) {
            uint32_t from = door->room[side], to = door->room[1 - side];
            if (!ring[from] || is_open[to] < 0 || !is_in_picture(door, view))
                continue;
            SightArc arc = arc_of_door(sight->eye, door);
            arc = common_arc(&sight->arcs[from], &arc);
            if (arc.half > 0 && see_room(sight, to, &arc))
                grows = next[to] = true;
        }
    }
    return grows;
}

void sight_look(Sight *sight, const Plan *plan, const int32_t *is_open, uint32_t room,
                bool is_in_passage, const View *view)
{
    Scratch scratch = scratch_begin(NULL);
    bool *ring = ARENA_ARRAY(scratch.arena, bool, sight->room_count);
    bool *next = ARENA_ARRAY(scratch.arena, bool, sight->room_count);
    memcpy(sight->eye, view->eye, sizeof sight->eye);
    memset(sight->arcs, 0, sight->room_count * sizeof *sight->arcs);
    sight->seen_count = 0;
    ring[room] = see_room(sight, room, &all_around);
    for (uint32_t i = 0; i < plan->opening_count && is_in_passage; i++) {
        for (int side = 0; side < 2; side++) {
            uint32_t other = plan->openings[i].room[1 - side];
            if (plan->openings[i].room[side] == room && is_open[other] >= 0)
                ring[other] |= see_room(sight, other, &all_around);
        }
    }
    for (int door = 0; door < SIGHT_MAX_DOORS; door++) {
        if (!look_on(sight, plan, is_open, view, ring, next))
            break;
        memcpy(ring, next, sight->room_count * sizeof *ring);
        memset(next, 0, sight->room_count * sizeof *next);
    }
    scratch_end(scratch);
}

bool sight_sees(const Sight *sight, uint32_t room)
{
    return sight->arcs[room].half > 0;
}

bool sight_sees_sphere(const Sight *sight, uint32_t room, const double center[3],
                       double radius_m)
{
    const SightArc *arc = &sight->arcs[room];
    double x = center[0] - sight->eye[0], z = center[2] - sight->eye[2], away = hypot(x, z);
    if (arc->half <= 0 || arc->half >= PI || away <= radius_m)
        return arc->half > 0;
    double apart = fabs(turn_between(arc->middle, atan2(z, x)));
    return apart <= arc->half + asin(radius_m / away);
}
