// plan_check_floor.c: the rules of stairs, ramps and landings: who walks there neither stumbles
// nor falls, and comes through every door.

#include "exhibits/model/plan_floor.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define TOUCH_M 0.012f // what lies on a wall's line may be this far off it
#define LEVEL_M 0.015f // a difference nobody stumbles over
#define BEYOND_M 0.03f // so far from an end it is asked where it leads
#define HALF_MM 0.0005f

typedef struct Check {
    const Plan *plan;
    const char *file;
    Problems *problems;
} Check;

__attribute__((format(printf, 4, 5))) static void tell(Check *c, const char *list,
                                                       uint32_t index, const char *format, ...)
{
    char place[64], text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(place, sizeof place, "%s[%u]", list, index);
    problem_add(c->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, c->file, place}, "%s",
                text);
}

// Straight, as built; over the house's zero.
static float built_floor_m(const Plan *plan, const float point[2])
{
    int32_t room = plan_find_room(plan, point), flight = PLAN_NONE;
    if (room != PLAN_NONE)
        flight = plan_find_flight(plan, (uint32_t)room, point);
    if (flight == PLAN_NONE)
        return plan_floor_m(plan, point);
    return plan->rooms[room].floor_m + plan_flight_height_m(&plan->flights[flight], point);
}

// ---- one flight

static void check_stairs(Check *c, uint32_t index)
{
    const PlanFlight *flight = &c->plan->flights[index];
    PlanSteps steps = plan_flight_steps(flight);
    if (steps.rise_m < PLAN_LEAST_RISE_M - HALF_MM)
        tell(c, "flights", index,
             "would have steps %.0f mm high; they are 150 to 170 mm: make it a ramp, or %.2f m "
             "high",
             (double)steps.rise_m * 1000, (double)(steps.count * 0.16f));
    else if (steps.going_m < PLAN_LEAST_GOING_M - HALF_MM ||
             steps.going_m > PLAN_MOST_GOING_M + HALF_MM)
        tell(c, "flights", index,
             "would have %u steps %.0f mm deep; they are 280 to 320 mm: make it %.2f m long",
             steps.count, (double)steps.going_m * 1000, (double)(steps.count * 0.3f));
}

static void check_ramp(Check *c, uint32_t index)
{
    const PlanFlight *flight = &c->plan->flights[index];
    float high = flight->high_m - flight->low_m;
    if (high * PLAN_RAMP_RUN > flight->size_m[1] + 0.005f)
        tell(c, "flights", index,
             "rises 1 in %.1f; a ramp rises at most 1 in %.0f: make it %.2f m long",
             (double)(flight->size_m[1] / high), (double)PLAN_RAMP_RUN,
             (double)(high * PLAN_RAMP_RUN));
}

static void check_shape(Check *c, uint32_t index)
{
    const PlanFlight *flight = &c->plan->flights[index];
    const PlanRoom *room = &c->plan->rooms[flight->room];
    bool is_landing = flight->kind == PLAN_LANDING;
    float least = is_landing ? fminf(flight->size_m[0], flight->size_m[1]) : flight->size_m[0];
    if (least < PLAN_LEAST_LANDING_M - HALF_MM)
        tell(c, "flights", index, "is narrower than 0.9 m");
    if (flight->high_m <= 0 || (!is_landing && flight->high_m <= flight->low_m))
        tell(c, "flights", index, "leads nowhere: its high end is not above its low end");
    else if (room->height_m - flight->high_m < PLAN_HEADROOM_M)
        tell(c, "flights", index, "leaves less than 2 m below its room's ceiling");
    else if (flight->kind == PLAN_STAIRS)
        check_stairs(c, index);
    else if (flight->kind == PLAN_RAMP)
        check_ramp(c, index);
}

// ---- where it lies

static bool walls_cut(const PlanRoom *room, const PlanBox *box)
{
    for (int i = 0; i < 4; i++) {
        const float *a = box->corners[i], *b = box->corners[(i + 1) % 4];
        for (int k = 0; k <= 8; k++) {
            float t = (float)k / 8;
            float at[2] = {a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t};
            if (!plan_room_contains(room, at))
                return true;
        }
    }
    for (uint32_t i = 0; i < room->corner_count; i++)
        if (plan_box_contains(box, room->corners[i]))
            return true;
    return false;
}

static void check_spot(Check *c, uint32_t index)
{
    const Plan *plan = c->plan;
    const PlanFlight *flight = &plan->flights[index];
    PlanBox box = plan_flight_box(flight, -TOUCH_M);
    if (walls_cut(&plan->rooms[flight->room], &box))
        tell(c, "flights", index, "is not inside of its room");
    for (uint32_t i = 0; i < index; i++) {
        PlanBox other = plan_flight_box(&plan->flights[i], -TOUCH_M);
        if (plan->flights[i].room == flight->room && plan_boxes_meet(&box, &other))
            tell(c, "flights", index, "overlaps other stairs, a ramp or a landing");
    }
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        PlanBox other = plan_box(place->position, place->yaw, place->size_m, 0);
        if (place->room == flight->room && plan_boxes_meet(&box, &other))
            tell(c, "flights", index, "lies where the piece \"%s\" stands", place->piece);
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *bench = &plan->benches[i];
        PlanBox other = plan_box(bench->position, bench->yaw, bench->size_m, 0);
        if (bench->room == flight->room && plan_boxes_meet(&box, &other))
            tell(c, "flights", index, "lies where a bench or a rail stands");
    }
}

// A point beyond an end, `t` of the way across it.
static void beyond(const PlanFlight *flight, bool is_high, float t, float out[2])
{
    PlanBox box = plan_flight_box(flight, 0);
    const float *a = box.corners[is_high ? 3 : 1], *b = box.corners[is_high ? 0 : 2];
    float way[2] = {sinf(flight->yaw), cosf(flight->yaw)};
    for (int i = 0; i < 2; i++)
        out[i] = a[i] + (b[i] - a[i]) * t + way[i] * (is_high ? -BEYOND_M : BEYOND_M);
}

static void check_ends(Check *c, uint32_t index)
{
    const PlanFlight *flight = &c->plan->flights[index];
    float floor_m = c->plan->rooms[flight->room].floor_m;
    for (int end = 0; end < 2; end++) {
        float want = floor_m + (end ? flight->high_m : flight->low_m);
        for (int i = 0; i < 5; i++) {
            float at[2];
            beyond(flight, end, 0.04f + 0.23f * (float)i, at);
            if (fabsf(built_floor_m(c->plan, at) - want) < LEVEL_M)
                continue;
            tell(c, "flights", index,
                 end ? "does not lead to a landing as wide and as high as its high end"
                     : "does not begin on a floor as high as its low end");
            break;
        }
    }
}

static bool leads_to(const Plan *plan, const PlanFlight *from, uint32_t landing)
{
    for (int end = 0; end < 2; end++) {
        float at[2];
        beyond(from, end, 0.5f, at);
        if (plan_find_flight(plan, from->room, at) == (int32_t)landing)
            return true;
    }
    return false;
}

static void check_landing(Check *c, uint32_t index)
{
    const Plan *plan = c->plan;
    bool is_reached = false;
    for (uint32_t i = 0; i < plan->flight_count; i++)
        is_reached |= plan->flights[i].room == plan->flights[index].room &&
                      plan->flights[i].kind != PLAN_LANDING &&
                      leads_to(plan, &plan->flights[i], index);
    if (!is_reached)
        tell(c, "flights", index, "is a landing to which no stairs and no ramp lead");
}

// ---- doors

// Whether one can stand before a door's end, as wide as it is, at its height.
static bool is_level_before(const Plan *plan, const PlanOpening *door, int end)
{
    const PlanRoom *room = &plan->rooms[door->room[end]];
    const float *from = door->from[end], *to = door->to[end];
    const float *a = room->corners[door->wall[end]];
    const float *b = room->corners[(door->wall[end] + 1) % room->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float inward[2] = {(b[1] - a[1]) / length, -(b[0] - a[0]) / length};
    for (int i = 0; i < 9; i++) {
        float t = 0.05f + 0.45f * (float)(i % 3), in = 0.05f + (float)(i / 3) * 0.41f;
        float at[2] = {from[0] + (to[0] - from[0]) * t + inward[0] * in,
                       from[1] + (to[1] - from[1]) * t + inward[1] * in};
        if (plan_room_contains(room, at) &&
            fabsf(built_floor_m(plan, at) - door->floor_m) > LEVEL_M)
            return false;
    }
    return true;
}

static void check_door(Check *c, uint32_t index)
{
    const Plan *plan = c->plan;
    const PlanOpening *door = &plan->openings[index];
    for (int end = 0; end < 2; end++) {
        const PlanRoom *room = &plan->rooms[door->room[end]];
        float drop = door->floor_m - room->floor_m;
        if (door->floor_m + door->height_m > room->floor_m + room->height_m + 0.01f)
            tell(c, "openings", index, "is higher than its room");
        if (is_level_before(plan, door, end))
            continue;
        if (drop > LEVEL_M)
            tell(c, "openings", index,
                 "leads to \"%s\", whose floor is %.2f m lower: there a landing is missing, as "
                 "wide as the door and 0.9 m deep, with stairs or a ramp",
                 room->id, (double)drop);
        else
            tell(c, "openings", index, "has stairs or a ramp of \"%s\" in its way", room->id);
    }
}

// ---- the whole

static void check_heights_told(Check *c)
{
    const Plan *plan = c->plan;
    for (uint32_t i = 0; i < plan->place_count; i++)
        if (plan->places[i].floor_m != plan->rooms[plan->places[i].room].floor_m)
            tell(c, "places", i, "stands on another floor than its room's");
    for (uint32_t i = 0; i < plan->light_count; i++)
        if (plan->lights[i].floor_m != plan->rooms[plan->lights[i].room].floor_m)
            tell(c, "lights", i, "hangs over another floor than its room's");
}

void plan_check_floors(const Plan *plan, const char *file, Problems *problems)
{
    Check check = {plan, file, problems};
    size_t errors = problems->error_count;
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        if (plan->flights[i].room >= plan->room_count) {
            tell(&check, "flights", i, "lies in no room");
            continue;
        }
        check_shape(&check, i);
        check_spot(&check, i);
    }
    if (problems->error_count != errors)
        return;
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        if (plan->flights[i].kind == PLAN_LANDING)
            check_landing(&check, i);
        else
            check_ends(&check, i);
    }
    for (uint32_t i = 0; i < plan->opening_count; i++)
        check_door(&check, i);
    check_heights_told(&check);
}
