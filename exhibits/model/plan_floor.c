// plan_floor.c: how high the floor is.

#include "exhibits/model/plan_floor.h"

#include <math.h>
#include <string.h>

#define EASE_M 0.25f   // along which a slope begins and ends
#define BESIDE_M 0.02f // so far from an edge it is asked what is beside it
#define LEVEL_M 0.004f // no step at all
#define LOOK_M 0.05f   // along an edge
#define SEAM_M 0.01f   // rooms and passages are told in floats: no crack between them

enum { HALVINGS = 12 };

// ---- flights

// Its own coordinates: to its right, and towards its low end, from its middle.
static void to_local(const PlanFlight *flight, const float point[2], float out[2])
{
    float c = cosf(flight->yaw), s = sinf(flight->yaw);
    float x = point[0] - flight->position[0], z = point[1] - flight->position[1];
    out[0] = x * c - z * s;
    out[1] = x * s + z * c;
}

PlanBox plan_flight_box(const PlanFlight *flight, float margin_m)
{
    return plan_box(flight->position, flight->yaw,
                    (float[3]){flight->size_m[0], 0, flight->size_m[1]}, margin_m);
}

int32_t plan_find_flight(const Plan *plan, uint32_t room, const float point[2])
{
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        const PlanFlight *flight = &plan->flights[i];
        float local[2];
        if (flight->room != room)
            continue;
        to_local(flight, point, local);
        if (fabsf(local[0]) <= flight->size_m[0] / 2 &&
            fabsf(local[1]) <= flight->size_m[1] / 2)
            return (int32_t)i;
    }
    return PLAN_NONE;
}

static float along_of(const PlanFlight *flight, const float point[2])
{
    float local[2];
    to_local(flight, point, local);
    return CLAMP(flight->size_m[1] / 2 - local[1], 0.0f, flight->size_m[1]);
}

static float height_at(const PlanFlight *flight, float along)
{
    return flight->low_m + (flight->high_m - flight->low_m) * along / flight->size_m[1];
}

float plan_flight_height_m(const PlanFlight *flight, const float point[2])
{
    return height_at(flight, along_of(flight, point));
}

void plan_flight_slope(const PlanFlight *flight, float out[2])
{
    float slope = (flight->high_m - flight->low_m) / flight->size_m[1];
    out[0] = -sinf(flight->yaw) * slope;
    out[1] = -cosf(flight->yaw) * slope;
}

// Feet speed up and slow down over a part of its length: two parabolas and a line between.
static float eased_height(const PlanFlight *flight, const float point[2])
{
    float run = flight->size_m[1], at = along_of(flight, point);
    float ease = MIN(EASE_M, run / 2), left = run - at;
    float most = 1 / (run - ease), part;
    if (at < ease)
        part = most * at * at / (2 * ease);
    else if (left < ease)
        part = 1 - most * left * left / (2 * ease);
    else
        part = most * (at - ease / 2);
    return flight->low_m + (flight->high_m - flight->low_m) * part;
}

PlanSteps plan_flight_steps(const PlanFlight *flight)
{
    float high = flight->high_m - flight->low_m;
    int count = MAX(1, (int)ceilf(high / PLAN_MOST_RISE_M - 1e-3f));
    return (PlanSteps){(uint32_t)count, high / (float)count, flight->size_m[1] / (float)count};
}

// ---- the floor

void plan_set_floors(Plan *plan)
{
    const PlanRoom *rooms = plan->rooms;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        PlanOpening *door = &plan->openings[i];
        door->floor_m = MAX(rooms[door->room[0]].floor_m, rooms[door->room[1]].floor_m);
    }
    for (uint32_t i = 0; i < plan->place_count; i++)
        plan->places[i].floor_m = rooms[plan->places[i].room].floor_m;
    for (uint32_t i = 0; i < plan->light_count; i++)
        plan->lights[i].floor_m = rooms[plan->lights[i].room].floor_m;
}

static bool in_passage(const PlanOpening *door, const float point[2])
{
    float across[2] = {door->to[0][0] - door->from[0][0], door->to[0][1] - door->from[0][1]};
    float wide = hypotf(across[0], across[1]);
    float to[2] = {point[0] - door->from[0][0], point[1] - door->from[0][1]};
    float through[2] = {door->from[1][0] - door->from[0][0],
                        door->from[1][1] - door->from[0][1]};
    float unit[2] = {across[0] / wide, across[1] / wide}, normal[2] = {-unit[1], unit[0]};
    float deep = through[0] * normal[0] + through[1] * normal[1];
    float at = to[0] * unit[0] + to[1] * unit[1], in = to[0] * normal[0] + to[1] * normal[1];
    return at > -SEAM_M && at < wide + SEAM_M && in > MIN(deep, 0) - SEAM_M &&
           in < MAX(deep, 0) + SEAM_M;
}

static int32_t find_passage(const Plan *plan, const float point[2])
{
    for (uint32_t i = 0; i < plan->opening_count; i++)
        if (in_passage(&plan->openings[i], point))
            return (int32_t)i;
    return PLAN_NONE;
}

float plan_floor_m(const Plan *plan, const float point[2])
{
    int32_t room = plan_find_room(plan, point);
    if (room == PLAN_NONE) {
        int32_t door = find_passage(plan, point);
        return door == PLAN_NONE ? 0 : plan->openings[door].floor_m;
    }
    int32_t flight = plan_find_flight(plan, (uint32_t)room, point);
    float floor_m = plan->rooms[room].floor_m;
    return flight == PLAN_NONE ? floor_m
                               : floor_m + eased_height(&plan->flights[flight], point);
}

// ---- edges

typedef enum Beside { BESIDE_LEVEL, BESIDE_WALL, BESIDE_LOWER, BESIDE_HIGHER } Beside;

typedef struct Side {
    const Plan *plan;
    const PlanFlight *flight;
    float from[2], to[2], inward[2], length_m;
} Side;

static void side_point(const Side *side, float t, float in, float out[2])
{
    for (int i = 0; i < 2; i++)
        out[i] = side->from[i] + (side->to[i] - side->from[i]) * t + side->inward[i] * in;
}

// What lies behind a place of the edge, over the floor of the flight's room; NAN: a wall.
static float height_beside(const Side *side, float t)
{
    const Plan *plan = side->plan;
    uint32_t room = side->flight->room;
    float own[2], out[2];
    side_point(side, t, 0, own);
    side_point(side, t, -BESIDE_M, out);
    if (!plan_room_contains(&plan->rooms[room], out)) {
        int32_t door = find_passage(plan, out);
        return door == PLAN_NONE ? NAN
                                 : plan->openings[door].floor_m - plan->rooms[room].floor_m;
    }
    int32_t other = plan_find_flight(plan, room, out);
    return other == PLAN_NONE ? 0 : plan_flight_height_m(&plan->flights[other], own);
}

static Beside beside(const Side *side, float t)
{
    float own[2];
    side_point(side, t, 0, own);
    float over = height_beside(side, t) - plan_flight_height_m(side->flight, own);
    if (isnan(over))
        return BESIDE_WALL;
    if (fabsf(over) <= LEVEL_M)
        return BESIDE_LEVEL;
    return over > 0 ? BESIDE_HIGHER : BESIDE_LOWER;
}

// Where between two places of an edge it becomes another.
static float find_change(const Side *side, float from, float to)
{
    Beside before = beside(side, from);
    for (int i = 0; i < HALVINGS; i++) {
        float middle = (from + to) / 2;
        if (beside(side, middle) == before)
            from = middle;
        else
            to = middle;
    }
    return (from + to) / 2;
}

static void add_edge(const Side *side, uint32_t index, float from, float to, PlanEdge *out,
                     uint32_t *count)
{
    float middle = (from + to) / 2, ends[2] = {from, to};
    Beside what = beside(side, middle);
    if (what == BESIDE_LEVEL || *count == PLAN_MAX_EDGES ||
        (to - from) * side->length_m < 1e-3f)
        return;
    PlanEdge edge = {
        .is_wall = what == BESIDE_WALL, .is_higher = what == BESIDE_LOWER, .side = index};
    memcpy(edge.inward, side->inward, sizeof edge.inward);
    for (int i = 0; i < 2; i++) {
        float *at = i ? edge.to : edge.from;
        side_point(side, ends[i], 0, at);
        edge.along_m[i] = along_of(side->flight, at);
        edge.height_m[i] = height_at(side->flight, edge.along_m[i]);
        float there =
            edge.is_wall ? 0 : height_beside(side, ends[i] + (middle - ends[i]) * 0.02f);
        edge.beside_m = i && !isnan(there) ? MIN(edge.beside_m, there) : there;
    }
    out[(*count)++] = edge;
}

static uint32_t side_edges(const Side *side, uint32_t index, PlanEdge *out, uint32_t count)
{
    int looks = MAX(2, (int)ceilf(side->length_m / LOOK_M));
    float begun = 0, last = 0.5f / (float)looks;
    for (int i = 1; i < looks; i++) {
        float at = ((float)i + 0.5f) / (float)looks;
        if (beside(side, at) != beside(side, last)) {
            float change = find_change(side, last, at);
            add_edge(side, index, begun, change, out, &count);
            begun = change;
        }
        last = at;
    }
    add_edge(side, index, begun, 1, out, &count);
    return count;
}

uint32_t plan_flight_edges(const Plan *plan, uint32_t flight, PlanEdge out[PLAN_MAX_EDGES])
{
    const PlanFlight *of = &plan->flights[flight];
    PlanBox box = plan_flight_box(of, 0);
    uint32_t count = 0;
    for (uint32_t i = 0; i < 4; i++) {
        const float *a = box.corners[i], *b = box.corners[(i + 1) % 4];
        Side side = {.plan = plan, .flight = of, .length_m = hypotf(b[0] - a[0], b[1] - a[1])};
        memcpy(side.from, a, sizeof side.from);
        memcpy(side.to, b, sizeof side.to);
        side.inward[0] = (b[1] - a[1]) / side.length_m;
        side.inward[1] = -(b[0] - a[0]) / side.length_m;
        count = side_edges(&side, i, out, count);
    }
    return count;
}
