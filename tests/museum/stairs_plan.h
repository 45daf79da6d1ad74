// stairs_plan.h: a house on three heights: a flight and a ramp beside it, and two flights with
// landings around a corner.
//
//         |  low (-0.48)       door _|_______________  deep (-1.44)
//         |       |                  | landing|||land-|
//         | ramp  |                  |________|||_ing_|
//         |_______|_stairs___________|          |=====|
//         |        landing           |
//         |_________door_____________|
//            high (0)

#pragma once
#include "exhibits/model/plan_floor.h"
#include "test.h"

#include <math.h>

static const char stairs_json[] =
    "{\"rooms\":["
    "{\"id\":\"high\",\"corners\":[[0,0],[0,5],[6,5],[6,0]],\"height_m\":3},"
    "{\"id\":\"low\",\"corners\":[[0,-10],[0,-0.4],[6,-0.4],[6,-10]],\"floor_m\":-0.48,"
    "\"height_m\":3.5},"
    // Two short flights with a landing between them, down to a cellar.
    "{\"id\":\"deep\",\"corners\":[[6.4,-10],[6.4,-0.4],[11,-0.4],[11,-10]],\"floor_m\":-1.44,"
    "\"height_m\":4.2}],"
    "\"openings\":["
    "{\"rooms\":[\"high\",\"low\"],\"from\":[2,0],\"to\":[3.6,0],\"height_m\":2.3},"
    "{\"rooms\":[\"low\",\"deep\"],\"from\":[6,-9.6],\"to\":[6,-8.4],\"height_m\":2.2}],"
    "\"flights\":["
    "{\"kind\":\"landing\",\"position\":[3,-1.1],\"yaw_deg\":180,\"size_m\":[6,1.4],"
    "\"high_m\":0.48},"
    "{\"kind\":\"stairs\",\"position\":[3,-2.25],\"yaw_deg\":180,\"size_m\":[2,0.9],"
    "\"high_m\":0.48},"
    "{\"kind\":\"ramp\",\"position\":[0.6,-4.7],\"yaw_deg\":180,\"size_m\":[1.2,5.8],"
    "\"high_m\":0.48},"
    "{\"kind\":\"landing\",\"position\":[7.0,-9],\"yaw_deg\":90,\"size_m\":[2,1.2],"
    "\"high_m\":0.96},"
    "{\"kind\":\"stairs\",\"position\":[8.05,-9],\"yaw_deg\":90,\"size_m\":[1.4,0.9],"
    "\"low_m\":0.48,\"high_m\":0.96},"
    "{\"kind\":\"landing\",\"position\":[9.1,-9],\"yaw_deg\":90,\"size_m\":[2,1.2],"
    "\"high_m\":0.48},"
    "{\"kind\":\"stairs\",\"position\":[9.1,-7.55],\"yaw_deg\":0,\"size_m\":[1.2,0.9],"
    "\"high_m\":0.48}],"
    "\"places\":["
    "{\"piece\":\"one\",\"stand\":\"case\",\"position\":[3,-6],\"size_m\":[0.5,1,0.5]},"
    "{\"piece\":\"two\",\"stand\":\"case\",\"position\":[4.6,-2.75],\"size_m\":[0.4,1,0.4]},"
    "{\"piece\":\"three\",\"stand\":\"plinth\",\"position\":[8.4,-4],\"size_m\":[0.6,1,0.6]},"
    "{\"piece\":\"four\",\"stand\":\"plinth\",\"position\":[1,3],\"size_m\":[0.4,1,0.4]}],"
    "\"lights\":[{\"piece\":\"one\",\"position\":[3,3.2,-5],\"target\":[3,1.2,-6]}],"
    "\"benches\":[{\"position\":[5.5,-7],\"yaw_deg\":-90}],"
    "\"start\":{\"position\":[3,3]},\"route\":[\"four\",\"one\",\"two\",\"three\"]}";

static Plan stairs_plan(Arena *arena)
{
    Plan plan = {0};
    Problems problems = {.arena = arena};
    Bytes json = {(const uint8_t *)stairs_json, sizeof stairs_json - 1};
    Status status = plan_parse(json, "stairs.json", arena, &problems, &plan);
    for (size_t i = 0; i < problems.count; i++)
        print_message("%s\n", problem_line(&problems.items[i], arena));
    assert_int_equal(status, OK);
    return plan;
}

static void stairs_turn(float yaw, float at[2])
{
    float x = at[0], z = at[1];
    at[0] = x * cosf(yaw) + z * sinf(yaw);
    at[1] = -x * sinf(yaw) + z * cosf(yaw);
}

// The same house, turned: nothing is along an axis any more.
static inline Plan stairs_plan_turned(Arena *arena, float yaw)
{
    Plan plan = stairs_plan(arena);
    for (uint32_t i = 0; i < plan.room_count; i++)
        for (uint32_t k = 0; k < plan.rooms[i].corner_count; k++)
            stairs_turn(yaw, plan.rooms[i].corners[k]);
    for (uint32_t i = 0; i < 2 * plan.opening_count; i++) {
        stairs_turn(yaw, plan.openings[i / 2].from[i % 2]);
        stairs_turn(yaw, plan.openings[i / 2].to[i % 2]);
    }
    for (uint32_t i = 0; i < plan.flight_count; i++) {
        stairs_turn(yaw, plan.flights[i].position);
        plan.flights[i].yaw += yaw;
    }
    for (uint32_t i = 0; i < plan.place_count; i++) {
        stairs_turn(yaw, plan.places[i].position);
        plan.places[i].yaw += yaw;
        plan.places[i].label_size_m[0] = 0;
    }
    for (uint32_t i = 0; i < plan.bench_count; i++) {
        stairs_turn(yaw, plan.benches[i].position);
        plan.benches[i].yaw += yaw;
    }
    plan.light_count = 0;
    stairs_turn(yaw, plan.start.position);
    return plan;
}
