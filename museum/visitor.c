// visitor.c: where the visitor stands, walks and looks; leaning in to a piece and back.
// visitor_frame.c finds
// where one leans in to, visitor_close.c turns the piece, visitor_travel.c glides from one view
// of it to another.

#include "museum/visitor.h"

#include "museum/visitor_parts.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
#define WALK_M_S 1.45
#define RUN_M_S 3.6
#define SPEED_UP_S 0.12 // time constants
#define SLOW_DOWN_S 0.08
#define TURN_S 0.05
#define STEEPEST_LOOK 1.45f
#define GLIDE_S 0.9
#define ARRIVED_M 0.03
#define TURN_ALONG_RAD_S 2.6 // how fast one turns into the way one goes
#define FAR_M 80.0

// ---- small angles

float visitor_wrap(float angle)
{
    return remainderf(angle, 2 * (float)PI);
}

double visitor_ease(double t)
{
    t = CLAMP(t, 0, 1);
    return t * t * t * (t * (6 * t - 15) + 10);
}

// The part of a wish that this step fulfils; the last crumb at once, so that sums are exact.
float visitor_take(float *pending, double time_constant_s, float crumb)
{
    float part = *pending * (float)(1 - exp(-VISITOR_STEP_S / time_constant_s));
    if (fabsf(*pending) < crumb)
        part = *pending;
    *pending -= part;
    return part;
}

Visitor visitor_make(const Gallery *gallery)
{
    const PlanStart *start = &gallery->plan->start;
    Visitor visitor = {
        .spot = {start->position[0], start->position[1]},
        .yaw = visitor_wrap(start->yaw +
                            (float)PI), // a plan's yaw 0 faces south, a camera's north
        .eye_height_m = VISITOR_EYE_HEIGHT_M,
        .glides = true,
    };
    if (!gallery_is_free(gallery, visitor.spot))
        gallery_nearest_free(gallery, visitor.spot, visitor.spot);
    visitor.floor_m = gallery_floor_m(gallery, visitor.spot);
    return visitor;
}

void visitor_stand_at(Visitor *visitor, const Gallery *gallery, const double spot[2])
{
    memmove(visitor->spot, spot, sizeof visitor->spot);
    visitor->velocity[0] = visitor->velocity[1] = 0;
    visitor->floor_m = gallery_floor_m(gallery, visitor->spot);
}

float visitor_fov(const Visitor *visitor)
{
    return visitor->fov_rad > 0 ? visitor->fov_rad : VISITOR_FOV_RAD;
}

// ---- walking

static void approach_velocity(Visitor *visitor, const double wish[2])
{
    bool slows = hypot(wish[0], wish[1]) < hypot(visitor->velocity[0], visitor->velocity[1]);
    double part = 1 - exp(-VISITOR_STEP_S / (slows ? SLOW_DOWN_S : SPEED_UP_S));
    for (int i = 0; i < 2; i++) {
        visitor->velocity[i] += (wish[i] - visitor->velocity[i]) * part;
        if (wish[i] == 0 && fabs(visitor->velocity[i]) < 0.01)
            visitor->velocity[i] = 0;
    }
}

static void wish_by_hand(const Visitor *visitor, const VisitorActions *actions, double wish[2])
{
    double right = actions->move[0], ahead = actions->move[1];
    double length = hypot(right, ahead);
    double speed = (actions->is_running ? RUN_M_S : WALK_M_S) / MAX(length, 1);
    double sin_yaw = sin(visitor->yaw), cos_yaw = cos(visitor->yaw);
    wish[0] = (right * cos_yaw - ahead * sin_yaw) * speed;
    wish[1] = (-right * sin_yaw - ahead * cos_yaw) * speed;
}

static void turn_towards(Visitor *visitor, float yaw, float pitch)
{
    float most = (float)(TURN_ALONG_RAD_S * VISITOR_STEP_S);
    float left = visitor_wrap(yaw - visitor->yaw), up = pitch - visitor->pitch;
    // Slower near the goal: no jerk at the end.
    left *= 0.08f;
    up *= 0.08f;
    visitor->yaw = visitor_wrap(visitor->yaw + CLAMP(left, -most, most));
    visitor->pitch += CLAMP(up, -most, most);
}

static void arrive(Visitor *visitor)
{
    bool turned = !visitor->has_goal_yaw;
    if (!turned) {
        turn_towards(visitor, visitor->goal_yaw, visitor->goal_pitch);
        turned = fabsf(visitor_wrap(visitor->goal_yaw - visitor->yaw)) < 0.003f &&
                 fabsf(visitor->goal_pitch - visitor->pitch) < 0.003f;
        if (turned) {
            visitor->yaw = visitor->goal_yaw;
            visitor->pitch = visitor->goal_pitch;
        }
    }
    if (turned)
        visitor_stop(visitor);
}

// Along the way that was found. Slows down at its end.
static void wish_by_way(Visitor *visitor, double wish[2])
{
    wish[0] = wish[1] = 0;
    if (visitor->waypoint == visitor->waypoint_count) {
        arrive(visitor);
        return;
    }
    const double *next = visitor->waypoints[visitor->waypoint];
    double to[2] = {next[0] - visitor->spot[0], next[1] - visitor->spot[1]};
    double distance = hypot(to[0], to[1]);
    bool is_last = visitor->waypoint + 1 == visitor->waypoint_count;
    // Who comes running goes past it, and back.
    bool is_fast = hypot(visitor->velocity[0], visitor->velocity[1]) > WALK_M_S / 5;
    if (distance < (is_last ? ARRIVED_M : 0.12) && !(is_last && is_fast)) {
        visitor->waypoint++;
        return;
    }
    double speed = is_last ? CLAMP(distance * 3.5, 0.12, WALK_M_S) : WALK_M_S;
    wish[0] = to[0] / distance * speed;
    wish[1] = to[1] / distance * speed;
    if (visitor->looks_around)
        return;
    if (!is_last || distance > 0.9 || !visitor->has_goal_yaw)
        turn_towards(visitor, (float)atan2(-to[0], -to[1]), -0.06f);
    else
        turn_towards(visitor, visitor->goal_yaw, visitor->goal_pitch);
}

// Where motion is reduced: the end of the way, at once.
static void cut_to_goal(Visitor *visitor, const Gallery *gallery)
{
    visitor_stand_at(visitor, gallery, visitor->waypoints[visitor->waypoint_count - 1]);
    if (visitor->has_goal_yaw) {
        visitor->yaw = visitor->goal_yaw;
        visitor->pitch = visitor->goal_pitch;
    }
    visitor_stop(visitor);
}

static void step_walking(Visitor *visitor, const VisitorActions *actions,
                         const VisitorWorld *world)
{
    bool by_hand = actions->move[0] != 0 || actions->move[1] != 0;
    if (by_hand)
        visitor_stop(visitor);
    double wish[2];
    if (visitor->has_goal && !visitor->glides)
        cut_to_goal(visitor, world->gallery);
    if (visitor->has_goal)
        wish_by_way(visitor, wish);
    else
        wish_by_hand(visitor, actions, wish);
    double pace = gallery_pace(world->gallery, visitor->spot);
    wish[0] *= pace;
    wish[1] *= pace;
    approach_velocity(visitor, wish);

    double step[2] = {visitor->velocity[0] * VISITOR_STEP_S,
                      visitor->velocity[1] * VISITOR_STEP_S};
    double before[2] = {visitor->spot[0], visitor->spot[1]};
    gallery_move(world->gallery, before, step, visitor->spot);
    visitor->floor_m = gallery_floor_m(world->gallery, visitor->spot);
    double moved = hypot(visitor->spot[0] - before[0], visitor->spot[1] - before[1]);
    bool is_going = visitor->has_goal && visitor->waypoint < visitor->waypoint_count;
    bool is_stuck = is_going && moved < 0.05 * VISITOR_STEP_S;
    visitor->stuck_s = is_stuck ? visitor->stuck_s + (float)VISITOR_STEP_S : 0;
    if (visitor->stuck_s > 1) // somewhere a way is narrower than the grid thought
        visitor_stop(visitor);
}

static void step_look(Visitor *visitor, const VisitorActions *actions)
{
    for (int i = 0; i < 2; i++)
        visitor->pending_turn[i] += actions->turn_rad[i];
    float yaw = visitor_take(&visitor->pending_turn[0], TURN_S, 1e-4f);
    float pitch = visitor_take(&visitor->pending_turn[1], TURN_S, 1e-4f);
    visitor->yaw = visitor_wrap(visitor->yaw + yaw);
    visitor->pitch = CLAMP(visitor->pitch + pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
    if (yaw != 0 || pitch != 0) {
        visitor->has_goal_yaw = false;
        visitor->looks_around = visitor->has_goal;
    }
}

NODISCARD Status visitor_walk_to(Visitor *visitor, const Gallery *gallery, const double spot[2])
{
    if (visitor->state != VISITOR_WALKING)
        return FAIL(ERR_INVALID, "to walk, lean out first");
    Scratch scratch = scratch_begin(NULL);
    double goal[2] = {spot[0], spot[1]}, (*way)[2];
    uint32_t count = 0;
    Status status = OK;
    if (!gallery_is_free(gallery, goal) && !gallery_nearest_free(gallery, goal, goal))
        status = FAIL(ERR_NOT_FOUND, "nowhere in the gallery is room to stand");
    if (!status)
        status = (visitor->eye_height_m < VISITOR_SEATED_EYE_M ? gallery_find_ramps
                                                               : gallery_find_path)(
            gallery, visitor->spot, goal, scratch.arena, &way, &count);
    if (!status) {
        visitor_stop(visitor);
        visitor->has_goal = true;
        visitor->waypoint_count = MIN(count, (uint32_t)VISITOR_MAX_WAYPOINTS);
        memcpy(visitor->waypoints, way, visitor->waypoint_count * sizeof *way);
    }
    scratch_end(scratch);
    return status;
}

NODISCARD Status visitor_walk_before(Visitor *visitor, const Gallery *gallery, uint32_t place)
{
    GalleryStand stand;
    if (!gallery_stand_before(gallery, place, (double)visitor->eye_height_m,
                              (double)visitor_fov(visitor), &stand))
        return FAIL(ERR_NOT_FOUND, "nowhere around the piece is room to stand");
    TRY(visitor_walk_to(visitor, gallery, stand.spot));
    visitor->has_goal_yaw = true;
    visitor->goal_yaw = stand.camera_yaw;
    visitor->goal_pitch = stand.camera_pitch;
    return OK;
}

void visitor_turn_to(Visitor *visitor, float yaw, float pitch)
{
    if (visitor->state != VISITOR_WALKING)
        return;
    visitor_stop(visitor);
    if (!visitor->glides) {
        visitor_look(visitor, yaw, pitch);
        return;
    }
    visitor->has_goal = visitor->has_goal_yaw = true; // a way without a step
    visitor->goal_yaw = yaw;
    visitor->goal_pitch = CLAMP(pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
}

void visitor_stop(Visitor *visitor)
{
    visitor->has_goal = visitor->has_goal_yaw = visitor->looks_around = false;
    visitor->waypoint = visitor->waypoint_count = 0;
    visitor->stuck_s = 0;
}

void visitor_arrive(Visitor *visitor, const Gallery *gallery)
{
    if (!visitor->has_goal || !visitor->waypoint_count)
        return;
    visitor_stand_at(visitor, gallery, visitor->waypoints[visitor->waypoint_count - 1]);
    if (visitor->has_goal_yaw)
        visitor_look(visitor, visitor->goal_yaw, visitor->goal_pitch);
    visitor_stop(visitor);
}

void visitor_look(Visitor *visitor, float yaw, float pitch)
{
    visitor->yaw = visitor_wrap(yaw);
    visitor->pitch = CLAMP(pitch, -STEEPEST_LOOK, STEEPEST_LOOK);
    visitor->pending_turn[0] = visitor->pending_turn[1] = 0;
}

// ---- leaning in and out

static Camera walking_camera(const Visitor *visitor)
{
    return (Camera){
        .position = {visitor->spot[0], visitor->floor_m + (double)visitor->eye_height_m,
                     visitor->spot[1]},
        .yaw = visitor->yaw,
        .pitch = visitor->pitch,
        .fov_y = visitor_fov(visitor),
    };
}

Camera visitor_close_camera(const Visitor *visitor)
{
    Camera camera = {.fov_y = VISITOR_CLOSE_FOV_RAD};
    if (visitor->is_orthographic)
        camera.ortho_height_m = 2 * visitor->orbit.distance_m * tanf(VISITOR_CLOSE_FOV_RAD / 2);
    return orbit_camera(&visitor->orbit, &camera);
}

void visitor_piece_middle(const VisitorPiece *piece, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = (piece->low[i] + piece->high[i]) / 2;
}

double visitor_piece_radius(const VisitorPiece *piece)
{
    return distance3(piece->low, piece->high) / 2;
}

double visitor_least_distance(const VisitorPiece *piece)
{
    return CLAMP(visitor_piece_radius(piece) * 0.06, 0.0004, 0.05);
}

void visitor_lean_in(Visitor *visitor, const VisitorPiece *piece, const VisitorWorld *world)
{
    if (visitor->state != VISITOR_WALKING)
        return;
    visitor_stop(visitor);
    visitor->velocity[0] = visitor->velocity[1] = 0;
    visitor->pending_turn[0] = visitor->pending_turn[1] = 0;
    visitor->piece = *piece;
    double middle[3];
    visitor_piece_middle(piece, middle);
    Camera from = walking_camera(visitor);
    camera_look_at(&from, middle);
    visitor_frame_piece(visitor, from.yaw, world);
    visitor->orbit.min_distance_m = (float)visitor_least_distance(piece);
    visitor->orbit.min_pitch = -1.5f;
    visitor->orbit.max_pitch = 0.6f;
    visitor->pending_orbit[0] = visitor->pending_orbit[1] = visitor->pending_zoom_log = 0;
    visitor->pending_pan[0] = visitor->pending_pan[1] = 0;
    visitor->swing = (VisitorSwing){0};
    visitor->side = (VisitorSide){0};
    visitor->has_aim = false;
    visitor->is_orthographic = visitor->is_true_size = false;
    visitor->state = VISITOR_ARRIVING;
    visitor->glide = visitor->glides ? 0 : 1;
}

void visitor_lean_out(Visitor *visitor)
{
    if (!visitor_is_close(visitor))
        return;
    VisitorWorld world = {0};
    visitor_end_true_size(visitor, &world);
    visitor_set_orthographic(visitor, false, &world);
    Camera camera = visitor_camera(visitor, &world);
    memcpy(visitor->glide_from, camera.position, sizeof visitor->glide_from);
    visitor->glide_from_yaw = camera.yaw;
    visitor->glide_from_pitch = camera.pitch;
    visitor->glide_from_fov = camera.fov_y;
    visitor->state = VISITOR_LEAVING;
    visitor->glide = visitor->glides ? 0 : 1;
}

// The way between two cameras goes around the middle of the piece, not through it: turning by
// `turn` of the angle, while the distance is already at `reach` of its change.
static Camera glide_between(const VisitorPiece *piece, const Camera *from, const Camera *to,
                            double turn, double reach)
{
    double middle[3], a[3], b[3];
    visitor_piece_middle(piece, middle);
    sub3(from->position, middle, a);
    sub3(to->position, middle, b);
    double far_a = length3(a), far_b = length3(b);
    double level_a = asin(CLAMP(a[1] / far_a, -1, 1)),
           level_b = asin(CLAMP(b[1] / far_b, -1, 1));
    double side_a = atan2(a[0], a[2]), side_b = atan2(b[0], b[2]);
    double side = side_a + remainder(side_b - side_a, 2 * PI) * turn;
    double level = level_a + (level_b - level_a) * turn;
    double far = exp(log(far_a) + (log(far_b) - log(far_a)) * reach);
    double direction[3] = {sin(side) * cos(level), sin(level), cos(side) * cos(level)};
    Camera camera = *from;
    add_scaled3(middle, direction, far, camera.position);
    camera.yaw = visitor_wrap(from->yaw + visitor_wrap(to->yaw - from->yaw) * (float)turn);
    camera.pitch = from->pitch + (to->pitch - from->pitch) * (float)turn;
    camera.fov_y = from->fov_y + (to->fov_y - from->fov_y) * (float)turn;
    return camera;
}

static Camera current_camera(const Visitor *visitor)
{
    Camera walking = walking_camera(visitor);
    if (visitor->state == VISITOR_WALKING)
        return walking;
    if (visitor->state == VISITOR_CLOSE)
        return visitor_close_camera(visitor);
    if (visitor->state == VISITOR_ARRIVING) {
        Camera close = visitor_close_camera(visitor);
        double t = visitor_ease(visitor->glide);
        return glide_between(&visitor->piece, &walking, &close, t, t);
    }
    Camera from = {.yaw = visitor->glide_from_yaw,
                   .pitch = visitor->glide_from_pitch,
                   .fov_y = visitor->glide_from_fov};
    memcpy(from.position, visitor->glide_from, sizeof from.position);
    // First away, then around.
    return glide_between(&visitor->piece, &from, &walking,
                         visitor_ease(visitor->glide * 1.5 - 0.5),
                         visitor_ease(visitor->glide * 1.4));
}

static void step_glide(Visitor *visitor)
{
    visitor->glide += (float)(VISITOR_STEP_S / GLIDE_S);
    if (visitor->glide < 1)
        return;
    visitor->glide = 1;
    visitor->state = visitor->state == VISITOR_ARRIVING ? VISITOR_CLOSE : VISITOR_WALKING;
}

void visitor_step(Visitor *visitor, const VisitorActions *actions, const VisitorWorld *world)
{
    switch (visitor->state) {
    case VISITOR_WALKING:
        step_look(visitor, actions);
        step_walking(visitor, actions, world);
        break;
    case VISITOR_ARRIVING:
        visitor_step_close(visitor, actions, world);
        step_glide(visitor);
        break;
    case VISITOR_CLOSE:
        visitor_step_close(visitor, actions, world);
        break;
    case VISITOR_LEAVING:
        step_glide(visitor);
        break;
    }
}

void visitor_run(Visitor *visitor, VisitorActions *carried, int steps,
                 const VisitorWorld *world)
{
    VisitorActions part = visitor_part_of_hold(carried, steps);
    for (int i = 0; i < steps; i++) {
        visitor_step(visitor, &part, world);
        *carried = (VisitorActions){
            .move = {part.move[0], part.move[1]},
            .is_running = part.is_running,
            .is_held = part.is_held,
        };
        if (part.is_held)
            part.turn_rad[0] = part.turn_rad[1] = 0;
        else
            part = *carried;
    }
}

// ---- seeing

// Nothing of the piece is nearer than this. Within its box nobody is asked how near the surface
// is: what is drawn may be coarser, and nearer, than the finest that is there. Reversed depth
// is as fine with a near plane that is nearer than it need be.
static double nearest_surface(const Visitor *visitor, const Camera *camera)
{
    double least = visitor_least_distance(&visitor->piece);
    double gap = visitor_box_gap(&visitor->piece, camera->position);
    return gap > least ? gap : least * 0.5;
}

// How far before the piece parallel rays may begin: what it stands on is to be seen whole, and
// no wall is to be in between.
static double room_before(const VisitorPiece *piece, const VisitorWorld *world,
                          const double middle[3], const double forward[3])
{
    static const double steps_m[] = {0.8, 0.5, 0.3, 0.15, 0.05};
    size_t i = 0;
    for (; i + 1 < COUNT_OF(steps_m) && world->gallery; i++) {
        double away = visitor_piece_radius(piece) + steps_m[i];
        double spot[2] = {middle[0] - forward[0] * away, middle[2] - forward[2] * away};
        if (gallery_sees(world->gallery, (double[2]){middle[0], middle[2]}, spot))
            break;
    }
    return steps_m[i];
}

// Moved along its own direction, which changes nothing that parallel rays show.
static Camera stand_before_piece(const Visitor *visitor, const VisitorWorld *world,
                                 Camera camera)
{
    const VisitorPiece *piece = &visitor->piece;
    double middle[3], forward[3], offset[3];
    visitor_piece_middle(piece, middle);
    camera_forward(&camera, forward);
    sub3(middle, camera.position, offset);
    double before = room_before(piece, world, middle, forward);
    double front = dot3(offset, forward) - visitor_piece_radius(piece);
    add_scaled3(camera.position, forward, front - before, camera.position);
    camera_fit_depth(&camera, &(Viewport){0, 0, 1, 1}, before * 0.1, FAR_M);
    return camera;
}

Camera visitor_camera(const Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = current_camera(visitor);
    Viewport viewport = {0, 0, MAX(world->aspect, 0.1f), 1};
    if (camera.ortho_height_m > 0)
        return stand_before_piece(visitor, world, camera);
    double nearest = 0.06;
    if (visitor->state != VISITOR_WALKING) {
        double above = camera.position[1] - visitor->piece.floor_m;
        nearest = nearest_surface(visitor, &camera) * 0.8;
        if (above > 0)
            nearest = MIN(nearest, above);
        nearest = MIN(nearest, 0.06);
    }
    camera_fit_depth(&camera, &viewport, nearest, FAR_M);
    return camera;
}

bool visitor_is_close(const Visitor *visitor)
{
    return visitor->state == VISITOR_CLOSE || visitor->state == VISITOR_ARRIVING;
}

bool visitor_is_still(const Visitor *visitor)
{
    if (visitor->state == VISITOR_CLOSE)
        return !visitor->has_aim && visitor->pending_orbit[0] == 0 &&
               visitor->pending_orbit[1] == 0 && visitor->pending_zoom_log == 0 &&
               visitor->pending_pan[0] == 0 && visitor->pending_pan[1] == 0 &&
               visitor_swing_is_over(&visitor->swing);
    return visitor->state == VISITOR_WALKING && !visitor->has_goal &&
           visitor->velocity[0] == 0 && visitor->velocity[1] == 0 &&
           visitor->pending_turn[0] == 0 && visitor->pending_turn[1] == 0;
}

const char *visitor_state_name(const Visitor *visitor)
{
    static const char *const names[] = {
        [VISITOR_WALKING] = "walking",
        [VISITOR_ARRIVING] = "gliding",
        [VISITOR_CLOSE] = "close",
        [VISITOR_LEAVING] = "gliding",
    };
    return names[visitor->state];
}
