// plan_check.c: the rules of a gallery: nothing overlaps, everything is inside, doors fit.

#include "exhibits/model/plan_floor.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float touch_m = 0.01f; // what stands on a wall's line may be this far off it

typedef struct Check {
    const Plan *plan;
    const char *file;
    Problems *problems;
} Check;

static void tell(Check *c, const char *list, uint32_t index, const char *text)
{
    char place[64];
    snprintf(place, sizeof place, "%s[%u]", list, index);
    problem_add(c->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, c->file, place}, "%s",
                text);
}

// ---- rooms

static float side_of(const float a[2], const float b[2], const float p[2])
{
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

// Whether the inner parts of two stretches cross; touching ends do not count.
static bool stretches_cross(const float a[2], const float b[2], const float c[2],
                            const float d[2])
{
    float p = side_of(a, b, c), q = side_of(a, b, d);
    float r = side_of(c, d, a), s = side_of(c, d, b);
    return ((p > 0) != (q > 0)) && ((r > 0) != (s > 0)) && p != 0 && q != 0 && r != 0 && s != 0;
}

static const float *corner(const PlanRoom *room, uint32_t index)
{
    return room->corners[index % room->corner_count];
}

static bool walls_cross(const PlanRoom *a, const PlanRoom *b)
{
    for (uint32_t i = 0; i < a->corner_count; i++)
        for (uint32_t j = 0; j < b->corner_count; j++)
            if (stretches_cross(corner(a, i), corner(a, i + 1), corner(b, j), corner(b, j + 1)))
                return true;
    return false;
}

static float area_of(const PlanRoom *room)
{
    float area = 0;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = corner(room, i), *b = corner(room, i + 1);
        area += b[0] * a[1] - a[0] * b[1];
    }
    return area / 2;
}

static bool box_is_inside(const PlanRoom *room, const PlanBox *box)
{
    for (int i = 0; i < 4; i++) {
        if (!plan_room_contains(room, box->corners[i]))
            return false;
        for (uint32_t w = 0; w < room->corner_count; w++)
            if (stretches_cross(box->corners[i], box->corners[(i + 1) % 4], corner(room, w),
                                corner(room, w + 1)))
                return false;
    }
    return true;
}

static void check_room(Check *c, uint32_t index)
{
    const PlanRoom *room = &c->plan->rooms[index];
    if (room->corner_count < 3) {
        tell(c, "rooms", index, "has fewer than 3 corners");
        return;
    }
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = corner(room, i), *b = corner(room, i + 1);
        if (hypotf(b[0] - a[0], b[1] - a[1]) < 0.05f)
            tell(c, "rooms", index, "has a wall shorter than 5 cm");
    }
    if (walls_cross(room, room))
        tell(c, "rooms", index, "has walls that cross; list the corners in their order around");
    else if (area_of(room) < 1)
        tell(c, "rooms", index, "is smaller than a square metre");
    for (uint32_t i = 0; i < index; i++)
        if (strcmp(c->plan->rooms[i].id, room->id) == 0)
            tell(c, "rooms", index, "has the id of another room");
    if (room->dado_m + room->cornice_m > room->height_m)
        tell(c, "rooms", index, "is lower than its dado and cornice");
}

static void check_skylight(Check *c, uint32_t index)
{
    const PlanRoom *room = &c->plan->rooms[index];
    const PlanSkylight *light = &room->skylight;
    PlanBox box = plan_box(light->center, 0, (float[3]){light->size_m[0], 0, light->size_m[1]},
                           room->cornice_m + 0.05f);
    if (light->size_m[0] > 0 && !box_is_inside(room, &box))
        tell(c, "rooms", index, "has a skylight that is not in its ceiling");
}

static void room_box(const PlanRoom *room, float low[2], float high[2])
{
    for (int axis = 0; axis < 2; axis++) {
        low[axis] = INFINITY;
        high[axis] = -INFINITY;
        for (uint32_t i = 0; i < room->corner_count; i++) {
            low[axis] = fminf(low[axis], room->corners[i][axis]);
            high[axis] = fmaxf(high[axis], room->corners[i][axis]);
        }
    }
}

// A point inside a simple polygon: in one of its ears.
static void point_inside(const PlanRoom *room, float out[2])
{
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = corner(room, i), *b = corner(room, i + 1), *d = corner(room, i + 2);
        out[0] = (a[0] + b[0] + d[0]) / 3;
        out[1] = (a[1] + b[1] + d[1]) / 3;
        if (plan_room_contains(room, out))
            return;
    }
}

static bool rooms_meet(const PlanRoom *a, const PlanRoom *b)
{
    float a_low[2], a_high[2], b_low[2], b_high[2], inside[2];
    room_box(a, a_low, a_high);
    room_box(b, b_low, b_high);
    for (int axis = 0; axis < 2; axis++)
        if (a_high[axis] <= b_low[axis] || b_high[axis] <= a_low[axis])
            return false;
    if (walls_cross(a, b))
        return true;
    point_inside(a, inside);
    if (plan_room_contains(b, inside))
        return true;
    point_inside(b, inside);
    return plan_room_contains(a, inside);
}

static void check_text(Check *c, uint32_t index)
{
    const PlanRoom *room = &c->plan->rooms[index];
    float at[2] = {room->text_position[0], room->text_position[2]};
    float half = room->text_size_m[1] / 2;
    if (half > 0 && (!plan_room_contains(room, at) || room->text_position[1] < half ||
                     room->text_position[1] + half > room->height_m))
        tell(c, "rooms", index, "has a text board that hangs outside of it");
}

static void check_rooms(Check *c)
{
    size_t errors = c->problems->error_count;
    for (uint32_t i = 0; i < c->plan->room_count; i++)
        check_room(c, i);
    if (c->problems->error_count != errors)
        return;
    for (uint32_t i = 0; i < c->plan->room_count; i++)
        check_skylight(c, i);
    for (uint32_t i = 0; i < c->plan->room_count; i++)
        check_text(c, i);
    for (uint32_t i = 0; i < c->plan->room_count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (rooms_meet(&c->plan->rooms[i], &c->plan->rooms[j]))
                tell(c, "rooms", i, "overlaps another room");
}

// ---- openings

// How far along its wall a point is, or NAN if it is not on the wall.
static float along_wall(const PlanRoom *room, uint32_t wall, const float point[2])
{
    const float *a = corner(room, wall), *b = corner(room, wall + 1);
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float along =
        ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length;
    float away = fabsf(side_of(a, b, point)) / length;
    return away <= touch_m && along >= -touch_m && along <= length + touch_m ? along : NAN;
}

// The direction into the room from its wall.
static void inwards_of(const PlanRoom *room, uint32_t wall, float out[2])
{
    const float *a = corner(room, wall), *b = corner(room, wall + 1);
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    out[0] = (b[1] - a[1]) / length;
    out[1] = -(b[0] - a[0]) / length;
}

static const char *opening_fault(const Plan *plan, const PlanOpening *o)
{
    if (o->room[0] >= plan->room_count || o->room[1] >= plan->room_count ||
        o->room[0] == o->room[1])
        return "leads from a room to itself or to none";
    float inwards[2][2];
    for (int i = 0; i < 2; i++) {
        const PlanRoom *room = &plan->rooms[o->room[i]];
        if (isnan(along_wall(room, o->wall[i], o->from[i])) ||
            isnan(along_wall(room, o->wall[i], o->to[i])))
            return i ? "does not lead to a wall of its second room that faces it"
                     : "is not on a wall of its first room";
        if (o->height_m > room->height_m + touch_m)
            return "is higher than its room";
        inwards_of(room, o->wall[i], inwards[i]);
    }
    if (inwards[0][0] * inwards[1][0] + inwards[0][1] * inwards[1][1] > -0.999f)
        return "leads to a wall that does not face it";
    if (hypotf(o->to[0][0] - o->from[0][0], o->to[0][1] - o->from[0][1]) < PLAN_MIN_DOOR_M)
        return "is narrower than 0.7 m";
    float thickness = (o->from[0][0] - o->from[1][0]) * inwards[0][0] +
                      (o->from[0][1] - o->from[1][1]) * inwards[0][1];
    if (thickness < -touch_m || thickness > PLAN_MAX_WALL_M)
        return "leads through a wall thicker than 2 m, or away from its second room";
    return NULL;
}

// Whether two openings take the same stretch of a wall of `room`.
static bool share_wall(const Plan *plan, const PlanOpening *a, int a_end, const PlanOpening *b,
                       int b_end)
{
    if (a->room[a_end] != b->room[b_end] || a->wall[a_end] != b->wall[b_end])
        return false;
    const PlanRoom *room = &plan->rooms[a->room[a_end]];
    float a0 = along_wall(room, a->wall[a_end], a->from[a_end]);
    float a1 = along_wall(room, a->wall[a_end], a->to[a_end]);
    float b0 = along_wall(room, b->wall[b_end], b->from[b_end]);
    float b1 = along_wall(room, b->wall[b_end], b->to[b_end]);
    return fmaxf(fminf(a0, a1), fminf(b0, b1)) < fminf(fmaxf(a0, a1), fmaxf(b0, b1));
}

static void check_openings(Check *c)
{
    const Plan *plan = c->plan;
    size_t errors = c->problems->error_count;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const char *fault = opening_fault(plan, &plan->openings[i]);
        if (fault)
            tell(c, "openings", i, fault);
    }
    for (uint32_t i = 0; i < plan->opening_count && c->problems->error_count == errors; i++)
        for (uint32_t j = 0; j < i * 4; j++)
            if (share_wall(plan, &plan->openings[i], j & 1, &plan->openings[j / 4], j >> 1 & 1))
                tell(c, "openings", i, "overlaps another opening");
}

// ---- windows

typedef struct WallHole {
    uint32_t room, wall;
    float from, to; // along the wall
} WallHole;

static WallHole hole_of(const Plan *plan, uint32_t room, uint32_t wall, const float from[2],
                        const float to[2])
{
    float a = along_wall(&plan->rooms[room], wall, from);
    float b = along_wall(&plan->rooms[room], wall, to);
    return (WallHole){room, wall, fminf(a, b), fmaxf(a, b)};
}

static bool holes_meet(const WallHole *a, const WallHole *b)
{
    return a->room == b->room && a->wall == b->wall && a->from < b->to && b->from < a->to;
}

// Whether a room lies where there should be sky.
static bool looks_into_a_room(const Plan *plan, const PlanWindow *window)
{
    float inwards[2];
    inwards_of(&plan->rooms[window->room], window->wall, inwards);
    for (int i = 0; i < 3; i++) {
        float t = (float)i / 2, at[2];
        for (int k = 0; k < 2; k++)
            at[k] = window->from[k] + (window->to[k] - window->from[k]) * t -
                    inwards[k] * (window->reveal_m + 0.05f);
        if (plan_find_room(plan, at) != PLAN_NONE)
            return true;
    }
    return false;
}

static const char *window_fault(const Plan *plan, uint32_t index)
{
    const PlanWindow *window = &plan->windows[index];
    if (window->room >= plan->room_count)
        return "is in no room";
    const PlanRoom *room = &plan->rooms[window->room];
    WallHole hole = hole_of(plan, window->room, window->wall, window->from, window->to);
    if (isnan(hole.from) || isnan(hole.to))
        return "is not on a wall of its room";
    if (hole.to - hole.from < 0.2f || window->head_m - window->sill_m < 0.2f)
        return "is narrower or lower than 0.2 m";
    if (window->sill_m < 0 || window->head_m > room->height_m)
        return "is higher than its room";
    if (looks_into_a_room(plan, window))
        return "looks into a room; that would be an opening";
    for (uint32_t i = 0; i < index; i++) {
        const PlanWindow *w = &plan->windows[i];
        WallHole other = hole_of(plan, w->room, w->wall, w->from, w->to);
        if (holes_meet(&hole, &other))
            return "overlaps another window";
    }
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const PlanOpening *o = &plan->openings[i];
        for (int end = 0; end < 2; end++) {
            WallHole other =
                hole_of(plan, o->room[end], o->wall[end], o->from[end], o->to[end]);
            if (holes_meet(&hole, &other))
                return "overlaps an opening";
        }
    }
    return NULL;
}

static void check_windows(Check *c)
{
    for (uint32_t i = 0; i < c->plan->window_count; i++) {
        const char *fault = window_fault(c->plan, i);
        if (fault)
            tell(c, "windows", i, fault);
    }
}

// ---- what stands in rooms

typedef struct Standing {
    const char *list;
    uint32_t index, room;
    PlanBox box;
    float height_m;
} Standing;

static uint32_t collect_standing(const Plan *plan, Standing *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *p = &plan->places[i];
        if (p->shares_back)
            continue;
        out[count++] =
            (Standing){"places", i, p->room, plan_box(p->position, p->yaw, p->size_m, 0),
                       p->size_m[1] + p->glass_m};
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *b = &plan->benches[i];
        out[count++] = (Standing){"benches", i, b->room,
                                  plan_box(b->position, b->yaw, b->size_m, 0), b->size_m[1]};
    }
    return count;
}

static void check_standing(Check *c, const Standing *all, uint32_t index)
{
    const Standing *it = &all[index];
    if (it->room >= c->plan->room_count) {
        tell(c, it->list, it->index, "stands in no room");
        return;
    }
    const PlanRoom *room = &c->plan->rooms[it->room];
    if (!box_is_inside(room, &it->box))
        tell(c, it->list, it->index, "stands in a wall");
    if (it->height_m > room->height_m)
        tell(c, it->list, it->index, "is higher than its room");
    for (uint32_t i = 0; i < index; i++)
        if (all[i].room == it->room && plan_boxes_meet(&all[i].box, &it->box))
            tell(c, it->list, it->index, "stands in something else");
    if (it->room == c->plan->start.room && plan_box_contains(&it->box, c->plan->start.position))
        tell(c, it->list, it->index, "stands where visitors start");
}

static const char *share_fault(const Plan *plan, uint32_t index)
{
    const PlanPlace *place = &plan->places[index];
    uint32_t stand = plan_stand_of(plan, index);
    if (place->shares_back > index || (stand != index && plan->places[stand].shares_back))
        return "shares a stand that no place before it brings";
    if (stand != index && (place->tray_m[0] <= 0 || plan->places[stand].tray_m[0] <= 0))
        return "shares a stand, but has no tray there, or who brings it has none";
    if (place->tray_m[0] > 0 &&
        (fabsf(place->tray[0]) + place->tray_m[0] / 2 > place->size_m[0] / 2 + touch_m ||
         fabsf(place->tray[1]) + place->tray_m[1] / 2 > place->size_m[2] / 2 + touch_m))
        return "has a tray that is not on its stand";
    if (place->tray_m[0] > 0 && (place->riser_m[1] > 0 || place->stand == PLAN_DOME))
        return "has a tray and a riser; it can have one of them";
    for (uint32_t i = stand; i < index; i++) {
        const PlanPlace *other = &plan->places[i];
        if (plan_stand_of(plan, i) == stand &&
            fabsf(other->tray[0] - place->tray[0]) + touch_m <
                (other->tray_m[0] + place->tray_m[0]) / 2 &&
            fabsf(other->tray[1] - place->tray[1]) + touch_m <
                (other->tray_m[1] + place->tray_m[1]) / 2)
            return "has a tray that lies over another";
    }
    return NULL;
}

static void check_places(Check *c)
{
    const Plan *plan = c->plan;
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        if (place->riser_m[0] > place->size_m[0] || place->riser_m[2] > place->size_m[2])
            tell(c, "places", i, "has a riser wider than its box");
        const char *fault = share_fault(plan, i);
        if (fault)
            tell(c, "places", i, fault);
        for (uint32_t j = 0; j < i; j++)
            if (strcmp(plan->places[j].piece, place->piece) == 0)
                tell(c, "places", i, "shows a piece that stands elsewhere already");
    }
}

static void check_lights(Check *c)
{
    for (uint32_t i = 0; i < c->plan->light_count; i++) {
        const PlanLight *light = &c->plan->lights[i];
        float at[2] = {light->position[0], light->position[2]};
        if (light->room >= c->plan->room_count ||
            !plan_room_contains(&c->plan->rooms[light->room], at) || light->position[1] < 0 ||
            light->position[1] > c->plan->rooms[light->room].height_m)
            tell(c, "lights", i, "hangs outside of its room");
    }
}

Status plan_check(const Plan *plan, const char *file, Problems *problems)
{
    Scratch scratch = scratch_begin(problems ? problems->arena : NULL);
    Problems own = {.arena = scratch.arena};
    Check check = {plan, file, problems ? problems : &own};
    size_t errors_before = check.problems->error_count;

    check_rooms(&check);
    if (check.problems->error_count == errors_before) {
        check_openings(&check);
        check_windows(&check);
        Standing *all =
            ARENA_ARRAY(scratch.arena, Standing, plan->place_count + plan->bench_count);
        uint32_t count = collect_standing(plan, all);
        for (uint32_t i = 0; i < count; i++)
            check_standing(&check, all, i);
        check_places(&check);
        check_lights(&check);
        if (check.problems->error_count == errors_before)
            plan_check_floors(plan, file, check.problems);
        if (plan->start.room >= plan->room_count ||
            !plan_room_contains(&plan->rooms[plan->start.room], plan->start.position))
            tell(&check, "start", 0, "is in no room");
    }
    Status status = problem_verdict(check.problems, errors_before);
    scratch_end(scratch);
    return status;
}
