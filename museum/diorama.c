// diorama.c: stepping inside a piece: walking on its own surface, as small as its figures.

#include "museum/diorama.h"

#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

// Of people, in metres of theirs.
#define KNEE_M 0.5    // one steps up, and down
#define BODY_M 0.22   // nothing comes nearer to the head, the chest and above the knees
#define FOOT_M 0.12   // the foot stands on the highest within
#define SLOPE_M 0.3   // to each side: over which a slope is measured
#define STEEPEST 1.02 // 45 degrees, and what rounding adds
#define SLOPE_SEES_M 1.2
#define STRIDE_M 0.05 // less than the body: nothing is jumped over
#define WAIT_S 0.1f   // where nothing is free
#define SAME_WAY 0.99 // cosine of how far a wish may turn within a stride
#define WALK_M_S 1.45
#define RUN_M_S 3.6
#define ARRIVED_M 0.15
#define NEAR_M 0.1
#define ENTRY_SEES_M 8.0 // how far below the entry ground may be
#define FAR_M 80.0       // of the room
#define SPEED_S 0.1      // time constants
#define TURN_S 0.05
#define EYE_S 0.1
#define TURN_TO_S 0.25
#define GLIDE_S 1.8
#define STEEPEST_LOOK 1.45f

enum { BALLS = 3 }; // from above the knees to the head

// ---- asking the surface

// The first surface below a place, no more than `deep` below it.
static bool ground_below(const VisitorWorld *world, const double from[3], double deep,
                         double *out)
{
    double distance = visitor_ask_surface(world, from, (double[3]){0, -1, 0}, deep);
    *out = from[1] - distance;
    return distance < deep;
}

static bool ground_within(const Diorama *d, const VisitorWorld *world, const double place[2],
                          double near_m, double sees_m, double *out)
{
    static const double feet[][2] = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    bool is_found = false;
    for (size_t i = 0; i < COUNT_OF(feet); i++) {
        double height,
            from[3] = {place[0] + feet[i][0] * FOOT_M * d->unit_m, near_m + sees_m * d->unit_m,
                       place[1] + feet[i][1] * FOOT_M * d->unit_m};
        if (!ground_below(world, from, 2 * sees_m * d->unit_m, &height))
            continue;
        *out = is_found ? MAX(*out, height) : height;
        is_found = true;
    }
    return is_found;
}

bool diorama_find_ground(const Diorama *d, const VisitorWorld *world, const double place[2],
                         double near_m, double *out)
{
    return ground_within(d, world, place, near_m, KNEE_M, out);
}

// From the middle of a ball of the body to the surface, at most its radius.
static double body_gap(const Diorama *d, const VisitorWorld *world, const double feet[3],
                       size_t ball)
{
    double low = MIN((KNEE_M + BODY_M) * d->unit_m, d->eye_m);
    double height = low + (d->eye_m - low) * (double)ball / (BALLS - 1);
    double middle[3] = {feet[0], feet[1] + height, feet[2]};
    return visitor_ask_gap(world, middle, BODY_M * d->unit_m);
}

static bool has_room(const Diorama *d, const VisitorWorld *world, const double feet[3],
                     const double *before)
{
    for (size_t i = 0; i < BALLS; i++) {
        double gap = body_gap(d, world, feet, i);
        if (gap >= BODY_M * d->unit_m)
            continue;
        // What has become finer may be nearer than that: then one may still go away from it.
        if (!before || gap <= body_gap(d, world, before, i))
            return false;
    }
    return true;
}

// How much the ground rises from one side of a place to the other, in a direction of length 1.
// 0 at an edge: one may stand there.
static double slope_along(const Diorama *d, const VisitorWorld *world, const double feet[3],
                          double x, double z)
{
    double heights[2];
    for (int i = 0; i < 2; i++) {
        double far = (i ? SLOPE_M : -SLOPE_M) * d->unit_m;
        double from[3] = {feet[0] + x * far, feet[1] + SLOPE_SEES_M * d->unit_m,
                          feet[2] + z * far};
        if (!ground_below(world, from, 2 * SLOPE_SEES_M * d->unit_m, &heights[i]))
            return 0;
    }
    return (heights[1] - heights[0]) / (2 * SLOPE_M * d->unit_m);
}

// Nobody walks on what is steeper than stairs, not even across it.
static bool is_steep(const Diorama *d, const VisitorWorld *world, const double feet[3],
                     const double step[2])
{
    double length = hypot(step[0], step[1]), x = step[0] / length, z = step[1] / length;
    double along = slope_along(d, world, feet, x, z);
    return fabs(along) > STEEPEST ||
           hypot(along, slope_along(d, world, feet, -z, x)) > STEEPEST;
}

static bool may_step(const Diorama *d, const VisitorWorld *world, const double step[2],
                     double out[3])
{
    double place[2] = {d->feet[0] + step[0], d->feet[2] + step[1]}, height;
    double chest[3] = {d->feet[0], d->feet[1] + (KNEE_M + BODY_M) * d->unit_m, d->feet[2]};
    double length = hypot(step[0], step[1]);
    if (visitor_ask_surface(world, chest, (double[3]){step[0], 0, step[1]},
                            length + BODY_M * d->unit_m * 0.5) < length ||
        !diorama_find_ground(d, world, place, d->feet[1], &height))
        return false;
    double to[3] = {place[0], height, place[1]};
    if (is_steep(d, world, to, step) || !has_room(d, world, to, d->feet))
        return false;
    memcpy(out, to, sizeof to);
    return true;
}

// ---- walking

// The way one wishes, or as near to it as there is room: the next stride.
static bool find_stride(Diorama *d, const VisitorWorld *world, const double wish[2],
                        double length)
{
    static const double turns[] = {0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05, 1.35, -1.35};
    d->stride_m = d->stride_done_m = 0;
    for (size_t i = 0; i < COUNT_OF(turns); i++) {
        double c = cos(turns[i]) * length, s = sin(turns[i]) * length;
        double part = cos(turns[i]);
        double way[2] = {(wish[0] * c - wish[1] * s) * part,
                         (wish[0] * s + wish[1] * c) * part};
        if (!may_step(d, world, way, d->stride_to))
            continue;
        memcpy(d->stride_from, d->feet, sizeof d->stride_from);
        memcpy(d->stride_wish, wish, sizeof d->stride_wish);
        d->stride_m = length;
        return true;
    }
    d->waits_s = WAIT_S;
    return false;
}

// Goes on by so much; what is left of it after a stride's end is little, and given away.
static void stride(Diorama *d, const VisitorWorld *world, double length)
{
    double wish[2] = {d->velocity[0], d->velocity[1]}, speed = hypot(wish[0], wish[1]);
    d->waits_s = MAX(d->waits_s - (float)VISITOR_STEP_S, 0);
    if (length == 0 || d->waits_s > 0)
        return;
    for (int i = 0; i < 2; i++)
        wish[i] /= speed;
    bool goes_on = d->stride_done_m < d->stride_m &&
                   wish[0] * d->stride_wish[0] + wish[1] * d->stride_wish[1] > SAME_WAY;
    if (!goes_on && !find_stride(d, world, wish, MAX(length, STRIDE_M * d->unit_m)))
        return;
    d->stride_done_m = MIN(d->stride_done_m + length, d->stride_m);
    double part = d->stride_done_m / d->stride_m, height = d->feet[1];
    for (int i = 0; i < 3; i++)
        d->feet[i] = d->stride_from[i] + (d->stride_to[i] - d->stride_from[i]) * part;
    d->eye_lag_m -= d->feet[1] - height;
}

// The surface may have become finer, or coarser, under the feet.
static void stand(Diorama *d, const VisitorWorld *world)
{
    double height, place[2] = {d->feet[0], d->feet[2]};
    if (!diorama_find_ground(d, world, place, d->feet[1], &height) || height == d->feet[1])
        return;
    d->eye_lag_m -= height - d->feet[1];
    d->feet[1] = height;
}

static void stop(Diorama *d)
{
    d->has_goal = false;
    d->stuck_s = 0;
}

static void wish(Diorama *d, const VisitorActions *actions, double out[2])
{
    double right = actions->move[0], ahead = actions->move[1], length = hypot(right, ahead);
    if (length > 0)
        stop(d);
    if (d->has_goal) {
        double to[2] = {d->goal[0] - d->feet[0], d->goal[1] - d->feet[2]};
        double distance = hypot(to[0], to[1]) / d->unit_m;
        double speed = MIN(WALK_M_S, distance * 3.5) / MAX(distance, 1e-6);
        for (int i = 0; i < 2; i++)
            out[i] = to[i] * speed;
        if (distance < ARRIVED_M || d->stuck_s > 0.5f)
            stop(d);
        return;
    }
    double speed = (actions->is_running ? RUN_M_S : WALK_M_S) / MAX(length, 1) * d->unit_m;
    double s = sin(d->yaw), c = cos(d->yaw);
    out[0] = (right * c - ahead * s) * speed;
    out[1] = (-right * s - ahead * c) * speed;
}

static void walk(Diorama *d, const VisitorActions *actions, const VisitorWorld *world)
{
    double wanted[2], before[2] = {d->feet[0], d->feet[2]};
    wish(d, actions, wanted);
    double part = 1 - exp(-VISITOR_STEP_S / SPEED_S);
    for (int i = 0; i < 2; i++) {
        d->velocity[i] += (wanted[i] - d->velocity[i]) * part;
        if (wanted[i] == 0 && fabs(d->velocity[i]) < 0.01 * d->unit_m)
            d->velocity[i] = 0;
    }
    bool goes = d->velocity[0] != 0 || d->velocity[1] != 0;
    stride(d, world, hypot(d->velocity[0], d->velocity[1]) * VISITOR_STEP_S);
    if (!goes && d->stride_m > 0) { // come to rest in the middle of one
        d->stride_m = 0;
        stand(d, world);
    }
    double moved = hypot(d->feet[0] - before[0], d->feet[2] - before[1]);
    bool is_stuck = d->has_goal && moved < 0.1 * d->unit_m * VISITOR_STEP_S;
    d->stuck_s = is_stuck ? d->stuck_s + (float)VISITOR_STEP_S : 0;
}

static void turn(Diorama *d, const VisitorActions *actions)
{
    for (int i = 0; i < 2; i++)
        d->pending_turn[i] += actions->turn_rad[i];
    if (d->has_goal_yaw && (actions->turn_rad[0] != 0 || actions->turn_rad[1] != 0))
        d->has_goal_yaw = false;
    float yaw = visitor_take(&d->pending_turn[0], TURN_S, 1e-4f);
    float pitch = visitor_take(&d->pending_turn[1], TURN_S, 1e-4f);
    if (d->has_goal_yaw) {
        float left[2] = {visitor_wrap(d->goal_yaw - d->yaw), d->goal_pitch - d->pitch};
        d->has_goal_yaw = fabsf(left[0]) > 1e-3f || fabsf(left[1]) > 1e-3f;
        yaw += d->glides ? visitor_take(&left[0], TURN_TO_S, 1e-3f) : left[0];
        pitch += d->glides ? visitor_take(&left[1], TURN_TO_S, 1e-3f) : left[1];
    }
    d->yaw = visitor_wrap(d->yaw + yaw);
    d->pitch = CLAMP(d->pitch + pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
}

static void settle_eye(Diorama *d)
{
    d->eye_lag_m *= d->glides ? exp(-VISITOR_STEP_S / EYE_S) : 0;
    // No further above the head than there is room, nor below the chest.
    d->eye_lag_m = CLAMP(d->eye_lag_m, -0.4 * d->unit_m, BODY_M * 0.5 * d->unit_m);
    if (fabs(d->eye_lag_m) < 1e-3 * d->unit_m)
        d->eye_lag_m = 0;
}

static void step(Diorama *d, const VisitorActions *actions, const VisitorWorld *world)
{
    if (d->state == DIORAMA_INSIDE) {
        turn(d, actions);
        if (d->revision != world->revision) {
            d->revision = world->revision;
            stand(d, world);
        }
        walk(d, actions, world);
        settle_eye(d);
        return;
    }
    d->glide += d->glides ? (float)(VISITOR_STEP_S / GLIDE_S) : 1;
    if (d->state == DIORAMA_OUT || d->glide < 1)
        return;
    d->glide = 1;
    d->state = d->state == DIORAMA_SHRINKING ? DIORAMA_INSIDE : DIORAMA_OUT;
}

void diorama_run(Diorama *d, VisitorActions *carried, int steps, const VisitorWorld *world)
{
    for (int i = 0; i < steps; i++) {
        step(d, carried, world);
        *carried = (VisitorActions){.move = {carried->move[0], carried->move[1]},
                                    .is_running = carried->is_running,
                                    .is_held = carried->is_held};
    }
}

void diorama_walk_to(Diorama *d, const double place[3])
{
    stop(d);
    d->has_goal = d->state == DIORAMA_INSIDE;
    d->goal[0] = place[0];
    d->goal[1] = place[2];
}

void diorama_look_at(Diorama *d, const double place[3])
{
    double to[3] = {place[0] - d->feet[0], place[1] - d->feet[1] - d->eye_m,
                    place[2] - d->feet[2]};
    Camera camera = {.yaw = d->yaw};
    camera_look_along(&camera, to);
    d->has_goal_yaw = true;
    d->goal_yaw = camera.yaw;
    d->goal_pitch = CLAMP(camera.pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
}

void diorama_look(Diorama *d, float yaw, float pitch)
{
    d->yaw = visitor_wrap(yaw);
    d->pitch = CLAMP(pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
    d->has_goal_yaw = false;
    d->pending_turn[0] = d->pending_turn[1] = 0;
}

// ---- in and out

static void eye_of(const Diorama *d, double out[3])
{
    out[0] = d->feet[0];
    out[1] = d->feet[1] + d->eye_m + d->eye_lag_m;
    out[2] = d->feet[2];
}

NODISCARD Status diorama_enter(const DioramaDesc *desc, const VisitorWorld *world, Diorama *out)
{
    Diorama d = {
        .state = DIORAMA_SHRINKING,
        .unit_m = 1 / desc->scale,
        .eye_m = (double)desc->eye_height_m / desc->scale,
        .yaw = desc->yaw,
        .fov_rad = desc->fov_rad,
        .glides = desc->glides,
        .before = *desc->before,
    };
    double from[3] = {desc->entry[0], desc->entry[1] + 0.05 * d.unit_m, desc->entry[2]};
    memcpy(d.feet, desc->entry, sizeof d.feet);
    if (!ground_below(world, from, ENTRY_SEES_M * d.unit_m, &d.feet[1]))
        return FAIL(ERR_NOT_FOUND, "there is no ground at the entry");
    stand(&d, world);
    if (!has_room(&d, world, d.feet, NULL))
        return FAIL(ERR_NOT_FOUND, "there is no room for a person at the entry");
    d.eye_lag_m = 0;
    double eye[3], way[3];
    eye_of(&d, eye);
    sub3(desc->before->position, eye, way);
    double length = length3(way);
    d.fades = visitor_ask_surface(world, eye, way, length) < length;
    *out = d;
    return OK;
}

void diorama_leave(Diorama *d, const VisitorWorld *world)
{
    if (d->state != DIORAMA_INSIDE && d->state != DIORAMA_SHRINKING)
        return;
    double eye[3], way[3];
    stop(d);
    eye_of(d, eye);
    sub3(d->before.position, eye, way);
    double length = length3(way);
    d->fades = visitor_ask_surface(world, eye, way, length) < length;
    d->velocity[0] = d->velocity[1] = 0;
    d->glide = d->state == DIORAMA_SHRINKING ? 1 - d->glide : 0;
    d->state = DIORAMA_GROWING;
}

bool diorama_is_on(const Diorama *d)
{
    return d->state != DIORAMA_OUT;
}

bool diorama_is_still(const Diorama *d)
{
    return d->state == DIORAMA_OUT ||
           (d->state == DIORAMA_INSIDE && !d->has_goal && !d->has_goal_yaw &&
            d->velocity[0] == 0 && d->velocity[1] == 0 && d->pending_turn[0] == 0 &&
            d->pending_turn[1] == 0 && d->eye_lag_m == 0);
}

// 0 outside, 1 inside.
static double depth_of(const Diorama *d)
{
    switch (d->state) {
    case DIORAMA_OUT:
        return 0;
    case DIORAMA_SHRINKING:
        return (double)d->glide;
    case DIORAMA_INSIDE:
        return 1;
    case DIORAMA_GROWING:
        return 1 - (double)d->glide;
    }
    return 0;
}

float diorama_share(const Diorama *d)
{
    return (float)visitor_ease(depth_of(d));
}

float diorama_fade(const Diorama *d)
{
    double middle = 1 - fabs(depth_of(d) - 0.5) * 4; // a quarter before and after
    return d->fades ? (float)CLAMP(middle * 2, 0, 1) : 0;
}

// Distances shrink evenly: every tenth of the way makes one as many times smaller. Where the
// way leads through the surface, half of it is not gone.
static Camera gliding_camera(const Diorama *d, const Camera *inside)
{
    double t = visitor_ease(depth_of(d)), way[3];
    if (d->fades)
        t = depth_of(d) < 0.5 ? 0 : 1;
    sub3(d->before.position, inside->position, way);
    double length = length3(way), least = d->eye_m;
    double away = length > least ? exp(log(length) + (log(least) - log(length)) * t) : 0;
    away = (away - least) / MAX(length - least, 1e-12); // 1 outside, 0 inside
    Camera camera = *inside;
    add_scaled3(inside->position, way, away, camera.position);
    camera.yaw =
        visitor_wrap(d->before.yaw + visitor_wrap(inside->yaw - d->before.yaw) * (float)t);
    camera.pitch = d->before.pitch + (inside->pitch - d->before.pitch) * (float)t;
    camera.fov_y = d->before.fov_y + (inside->fov_y - d->before.fov_y) * (float)t;
    return camera;
}

Camera diorama_camera(const Diorama *d, const VisitorWorld *world)
{
    Camera camera = {.yaw = d->yaw, .pitch = d->pitch, .fov_y = d->fov_rad};
    eye_of(d, camera.position);
    if (d->state != DIORAMA_INSIDE)
        camera = gliding_camera(d, &camera);
    // What is drawn may be coarser, and nearer, than the finest that is there.
    double far = distance3(camera.position, d->feet) * 0.5;
    double gap = visitor_ask_gap(world, camera.position, MAX(far, d->unit_m));
    double nearest = CLAMP(gap * 0.5, NEAR_M * 0.3 * d->unit_m, 0.06);
    camera_fit_depth(&camera, &(Viewport){0, 0, MAX(world->aspect, 0.1f), 1}, nearest, FAR_M);
    return camera;
}
