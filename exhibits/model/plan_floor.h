// plan_floor.h: how high the floor is: rooms at different heights, and the stairs, ramps and
// landings that lead from one to the other.
//
//      higher room                     A flight is a box in the plan of the lower of two rooms,
//     ____________ landing             on its floor. Its front (+z of its own) is its low end.
//                |______,  stairs      Over stairs and ramps a visitor's feet follow one slope
//                |      |___,          from end to end: it meets every tread in its middle, so
//     ____________door__|___|________  half a tread of each end is level with what is before
//     it.
//                       lower room
//
// Pure; any thread. Metres; heights over the house's zero unless something else is said.

#pragma once
#include "exhibits/model/plan.h"

#define PLAN_MOST_RISE_M 0.17f // of a step
#define PLAN_LEAST_RISE_M 0.15f
#define PLAN_LEAST_GOING_M 0.28f
#define PLAN_MOST_GOING_M 0.32f
#define PLAN_RAMP_RUN 12.0f // so many times as long as high
#define PLAN_LEAST_LANDING_M 0.9f
#define PLAN_HEADROOM_M 2.0f

// Tells what stands in rooms, and doors, how high their floor is. Whoever makes or moves rooms
// calls it last; plan_parse did.
void plan_set_floors(Plan *plan);

// The flight under a point of a room, or PLAN_NONE.
int32_t plan_find_flight(const Plan *plan, uint32_t room, const float point[2]);
// The floor under a point of a room or a passage, as feet follow it: slopes begin and end
// gently. 0 outside.
float plan_floor_m(const Plan *plan, const float point[2]);
// The same of a flight, straight from end to end, over its room's floor.
float plan_flight_height_m(const PlanFlight *flight, const float point[2]);
// In which direction, and how steeply, it rises: metres a metre to the east and to the south.
void plan_flight_slope(const PlanFlight *flight, float out[2]);
PlanBox plan_flight_box(const PlanFlight *flight, float margin_m);

typedef struct PlanSteps {
    uint32_t count; // risers
    float rise_m, going_m;
} PlanSteps;

PlanSteps plan_flight_steps(const PlanFlight *flight);

// A stretch of a flight's edge over which nobody walks.
typedef struct PlanEdge {
    bool is_wall;   // a wall of the room; otherwise a drop, or what rises beside it
    bool is_higher; // than what is beside it
    uint32_t side;  // 0 left, 1 the low end, 2 right, 3 the high end
    float from[2], to[2], inward[2];
    float along_m[2];  // of both ends, from the flight's low end
    float height_m[2]; // of the flight there, over the room's floor
    float beside_m;    // the lowest beside it, over the room's floor; of a wall 0
} PlanEdge;

enum { PLAN_MAX_EDGES = 64 }; // a flight
uint32_t plan_flight_edges(const Plan *plan, uint32_t flight, PlanEdge out[PLAN_MAX_EDGES]);

// The rules of floors, for plan_check.
void plan_check_floors(const Plan *plan, const char *file, Problems *problems);
