// sample_plan.h: three rooms for tests: two squares and an L, joined by passages, with plinths,
// a turned case, benches and a narrow wedge to be caught in.

#pragma once
#include <math.h>
#include <string.h>

#include "exhibits/model/plan.h"

static float sample_a[4][2] = {{0, 0}, {0, 5}, {6, 5}, {6, 0}};
static float sample_b[4][2] = {{6.3f, 0}, {6.3f, 5}, {11, 5}, {11, 0}};
static float sample_c[6][2] = {{6.3f, 5.3f}, {6.3f, 12}, {9, 12}, {9, 8}, {11, 8}, {11, 5.3f}};

static PlanRoom sample_rooms[] = {
    {.id = "a", .corner_count = 4, .corners = sample_a, .height_m = 3.4f, .fill_lux = 80},
    {.id = "b", .corner_count = 4, .corners = sample_b, .height_m = 3.4f, .fill_lux = 80},
    {.id = "c", .corner_count = 6, .corners = sample_c, .height_m = 3.0f, .fill_lux = 40},
};

static PlanOpening sample_openings[] = {
    {.room = {0, 1},
     .wall = {2, 0},
     .from = {{6, 2}, {6.3f, 2}},
     .to = {{6, 3.2f}, {6.3f, 3.2f}},
     .height_m = 2.3f},
    {.room = {1, 2},
     .wall = {1, 5},
     .from = {{8, 5}, {8, 5.3f}},
     .to = {{9.2f, 5}, {9.2f, 5.3f}},
     .height_m = 2.3f},
};

static PlanPlace sample_places[] = {
    {.piece = "hare",
     .room = 0,
     .stand = PLAN_CASE,
     .position = {3, 2.5f},
     .yaw = 0.6f,
     .size_m = {0.6f, 1.05f, 0.6f},
     .glass_m = 0.4f,
     .riser_m = {0.1f, 0.08f, 0.1f},
     .label_position = {3.2f, 1.0f, 2.9f},
     .label_size_m = {0.14f, 0.1f},
     .label_yaw = 0.6f,
     .label_tilt = 0.6f},
    {.piece = "urn",
     .room = 1,
     .stand = PLAN_PLINTH,
     .position = {10, 1.2f},
     .yaw = -0.8f,
     .size_m = {0.5f, 1.1f, 0.5f}},
    // This one and its neighbour make a wedge.
    {.piece = "cup",
     .room = 2,
     .stand = PLAN_PLINTH,
     .position = {7.2f, 10},
     .yaw = 0.3f,
     .size_m = {0.5f, 1.1f, 0.5f}},
    {.piece = "bowl",
     .room = 2,
     .stand = PLAN_PLINTH,
     .position = {7.95f, 10.1f},
     .yaw = -0.3f,
     .size_m = {0.5f, 1.1f, 0.5f}},
};

static PlanBench sample_benches[] = {
    {.room = 0, .position = {1.5f, 4.2f}, .yaw = 0.2f, .size_m = {1.4f, 0.45f, 0.4f}},
};

static PlanLight sample_lights[] = {
    {.room = 0,
     .place = 0,
     .position = {2, 3.2f, 3.5f},
     .target = {3, 1.2f, 2.5f},
     .kelvin = 3000,
     .candela = 900,
     .inner_rad = 0.2f,
     .outer_rad = 0.35f},
};

static uint32_t sample_route[] = {0, 1, 2, 3};

static const Plan sample_plan = {
    .room_count = 3,
    .rooms = sample_rooms,
    .opening_count = 2,
    .openings = sample_openings,
    .place_count = 4,
    .places = sample_places,
    .light_count = 1,
    .lights = sample_lights,
    .bench_count = 1,
    .benches = sample_benches,
    .start = {.room = 0, .position = {1, 1}, .yaw = 0.8f},
    .route_count = 4,
    .route = sample_route,
};
