// layout_doors.c: doors between the rooms of a layout, and benches clear of them.

#include "exhibits/model/layout_parts.h"

#include <math.h>
#include <string.h>

static const float door_m = 1.8f, door_height_m = 2.7f;
static const float shortcut_m = 4.0f;     // of wall that two rooms share, and there is a door
static const float bench_door_m = 1.6f;   // from a bench's middle to a door's
static const float bench_stand_m = 0.75f; // of floor between a bench and a stand
static const float bench_m[3] = {1.5f, 0.45f, 0.42f};

static float distance_to(const float a[2], const float b[2], const float p[2])
{
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dz) / (dx * dx + dz * dz);
    t = CLAMP(t, 0.0f, 1.0f);
    return hypotf(p[0] - a[0] - t * dx, p[1] - a[1] - t * dz);
}

static void door_middle(const PlanOpening *door, int end, float out[2])
{
    for (int axis = 0; axis < 2; axis++)
        out[axis] = (door->from[end][axis] + door->to[end][axis]) / 2;
}

// Corners were turned with their room: ask which wall the door is on.
static void find_walls(Plan *plan, PlanOpening *door)
{
    for (int end = 0; end < 2; end++) {
        const PlanRoom *room = &plan->rooms[door->room[end]];
        float middle[2], least = INFINITY;
        door_middle(door, end, middle);
        for (uint32_t w = 0; w < room->corner_count; w++) {
            float away = distance_to(room->corners[w],
                                     room->corners[(w + 1) % room->corner_count], middle);
            if (away < least) {
                least = away;
                door->wall[end] = w;
            }
        }
    }
}

// Through the wall between two rooms: from `at` on the first one's side, across by the wall's
// thickness. `is_across`: one walks along x.
static void add_door(Layout *l, uint32_t a, uint32_t b, const float at[2], bool is_across,
                     float step)
{
    PlanOpening *door = &l->plan->openings[l->plan->opening_count++];
    *door = (PlanOpening){.room = {a, b}};
    float height = fminf(l->cells[a].height_m, l->cells[b].height_m) - 0.2f;
    door->height_m = fminf(door_height_m, height);
    for (int end = 0; end < 2; end++)
        for (int axis = 0; axis < 2; axis++) {
            bool is_along = (axis == 0) != is_across;
            float beyond = is_along || !end ? 0 : step;
            door->from[end][axis] = at[axis] + beyond - (is_along ? door_m / 2 : 0);
            door->to[end][axis] = at[axis] + beyond + (is_along ? door_m / 2 : 0);
        }
    find_walls(l->plan, door);
}

// Between rooms of one column, on its axis.
static void add_door_along(Layout *l, uint32_t a, uint32_t b)
{
    const Cell *from = &l->cells[a], *to = &l->cells[b];
    bool is_north = to->south < from->south;
    float at[2] = {from->west + from->built_width / 2,
                   is_north ? from->south - from->built_depth : from->south};
    add_door(l, a, b, at, false, is_north ? -LAYOUT_WALL_M : LAYOUT_WALL_M);
}

// The straight part of a side wall that two rooms of neighbouring columns share.
static float shared_wall(const Cell *a, const Cell *b, float *middle)
{
    float north = fmaxf(a->south - a->built_depth + a->chamfer_m,
                        b->south - b->built_depth + b->chamfer_m);
    float south = fminf(a->south - a->chamfer_m, b->south - b->chamfer_m);
    *middle = (north + south) / 2;
    return south - north;
}

static void add_door_across(Layout *l, uint32_t a, uint32_t b)
{
    const Cell *from = &l->cells[a];
    float middle;
    (void)shared_wall(from, &l->cells[b], &middle);
    float at[2] = {from->west + from->built_width, middle};
    add_door(l, a, b, at, true, LAYOUT_WALL_M);
}

// The room of the column before that shares most of a wall, and enough of it.
static int32_t neighbour_of(const Layout *l, uint32_t index)
{
    const Cell *cell = &l->cells[index];
    float best = shortcut_m, middle;
    int32_t found = PLAN_NONE;
    for (uint32_t i = 0; i < l->cell_count; i++) {
        if (l->cells[i].column + 1 != cell->column)
            continue;
        float shared = shared_wall(&l->cells[i], cell, &middle);
        if (shared > best) {
            best = shared;
            found = (int32_t)i;
        }
    }
    return found;
}

// The walk, and ways to cut it short.
void layout_make_doors(Layout *l)
{
    for (uint32_t i = 1; i < l->cell_count; i++) {
        bool is_turn = i % l->row_count == 0;
        if (is_turn)
            add_door_across(l, i - 1, i);
        else
            add_door_along(l, i - 1, i);
        int32_t other = is_turn ? PLAN_NONE : neighbour_of(l, i);
        if (other >= 0)
            add_door_across(l, (uint32_t)other, i);
    }
}

// ---- benches

static bool bench_fits(const Layout *l, uint32_t room, const PlanBench *bench)
{
    const Plan *plan = l->plan;
    for (uint32_t i = 0; i < plan->opening_count; i++)
        for (int end = 0; end < 2; end++) {
            float middle[2];
            door_middle(&plan->openings[i], end, middle);
            if (plan->openings[i].room[end] == room &&
                hypotf(middle[0] - bench->position[0], middle[1] - bench->position[1]) <
                    bench_door_m)
                return false;
        }
    PlanBox box = plan_box(bench->position, bench->yaw, bench->size_m, 0);
    PlanBox around = plan_box(bench->position, bench->yaw, bench->size_m, bench_stand_m);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        PlanBox stand = plan_box(place->position, place->yaw, place->size_m, 0);
        if (place->room == room && plan_boxes_meet(&around, &stand))
            return false;
    }
    for (int i = 0; i < 4; i++)
        if (!plan_room_contains(&plan->rooms[room], box.corners[i]))
            return false;
    return plan->start.room != room || !plan_box_contains(&around, plan->start.position);
}

// Beside a wall, towards the back, clear of doors and stands; where no place is, none.
void layout_place_benches(Layout *l)
{
    static const float places[][2] = {{1, -0.3f}, {-1, -0.3f}, {1, 0.3f},
                                      {-1, 0.3f}, {1, 0},      {-1, 0}};
    for (uint32_t room = 0; room < l->cell_count; room++) {
        Frame frame = layout_frame(&l->cells[room]);
        for (size_t i = 0; i < COUNT_OF(places); i++) {
            PlanBench bench = {.room = room};
            memcpy(bench.size_m, bench_m, sizeof bench_m);
            bench.yaw = frame.yaw - places[i][0] * (float)(M_PI / 2);
            layout_from_frame(&frame, places[i][0] * (frame.width_m / 2 - 0.35f),
                              frame.depth_m * places[i][1], bench.position);
            if (!bench_fits(l, room, &bench))
                continue;
            l->plan->benches[l->plan->bench_count++] = bench;
            break;
        }
    }
}
