// visitor_travel.c: leant in: from one view of the piece to another, around it.
//
//   from o         o to       where the straight way leads through the piece, or far along it,
//         \\_     _/           the eye backs off on its way: half way `far` times as far
//           \\___/

#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
#define LEAST_TRAVEL_S 0.55
#define MOST_TRAVEL_S 1.0
#define GO_NEARER 2.5     // times, by going to a place
#define SEES_WAY 0.9      // half way one is as far off as the way is long, about
#define MOST_AWAY_RADII 8 // nobody backs off farther

enum { WAY_SAMPLES = 48 };

// Looking up from near the floor is looking from below it.
static void lift_eye(const VisitorPiece *piece, Orbit *orbit)
{
    double above = orbit->target[1] - piece->floor_m - visitor_least_distance(piece);
    double sine = CLAMP(above / (double)orbit->distance_m, 0, 1);
    orbit->pitch = MIN(orbit->pitch, (float)asin(sine));
}

// At `part` of the way, evenly.
static Orbit orbit_between(const VisitorPiece *piece, const VisitorTravel *travel, float part)
{
    const Orbit *from = &travel->from;
    Orbit orbit = travel->to;
    double t = visitor_ease(part), hump = sin(PI * t);
    double start = (double)from->distance_m, end = (double)orbit.distance_m;
    double distance = start * pow(end / start, t);
    // What comes nearer grows around a point that stays where it is in the picture.
    double is_nearer = fabs(end - start) / MAX(start, end);
    double along = end != start ? (distance - start) / (end - start) : t;
    double moved = t + (along - t) * is_nearer;
    for (int i = 0; i < 3; i++)
        orbit.target[i] = from->target[i] + (orbit.target[i] - from->target[i]) * moved;
    orbit.yaw = visitor_wrap(from->yaw + visitor_wrap(orbit.yaw - from->yaw) * (float)t);
    orbit.pitch = from->pitch + (orbit.pitch - from->pitch) * (float)t;
    orbit.distance_m = (float)(distance * pow((double)travel->far, hump * hump));
    lift_eye(piece, &orbit);
    return orbit;
}

static void eye_of(const Orbit *orbit, double out[3])
{
    Camera camera = orbit_camera(orbit, &(Camera){.fov_y = VISITOR_CLOSE_FOV_RAD});
    memcpy(out, camera.position, sizeof camera.position);
}

static bool is_free(const Visitor *visitor, const VisitorWorld *world,
                    const VisitorTravel *travel)
{
    double eye[3], next[3];
    eye_of(&travel->from, eye);
    for (int i = 1; i <= WAY_SAMPLES; i++) {
        Orbit orbit = orbit_between(&visitor->piece, travel, (float)i / WAY_SAMPLES);
        eye_of(&orbit, next);
        if (!visitor_may_move(visitor, world, eye, next))
            return false;
        memcpy(eye, next, sizeof eye);
    }
    return true;
}

static bool sees(const VisitorWorld *world, const double from[3], const double to[3])
{
    double way[3];
    sub3(to, from, way);
    double length = length3(way);
    return visitor_ask_surface(world, from, way, length) >= length;
}

// Whether an eye may be there: it is not in the piece, for one sees it from where one is, or
// from outside.
static bool may_end(const Visitor *visitor, const VisitorWorld *world, const double eye[3],
                    const double forward[3])
{
    const VisitorPiece *piece = &visitor->piece;
    double least = visitor_least_distance(piece), here[3], outside[3];
    if (visitor_box_gap(piece, eye) >= least)
        return true;
    if (visitor_ask_gap(world, eye, least) < least * 0.999)
        return false;
    eye_of(&visitor->orbit, here);
    add_scaled3(eye, forward, -3 * visitor_piece_radius(piece), outside);
    return sees(world, here, eye) || sees(world, outside, eye);
}

// The nearest to `to` where an eye may be.
static void set_end(const Visitor *visitor, const VisitorWorld *world, Orbit *to)
{
    double eye[3], forward[3];
    lift_eye(&visitor->piece, to);
    for (int i = 0; i < 40 && !visitor->is_orthographic; i++) {
        Camera camera = orbit_camera(to, &(Camera){.fov_y = VISITOR_CLOSE_FOV_RAD});
        memcpy(eye, camera.position, sizeof eye);
        camera_forward(&camera, forward);
        if (may_end(visitor, world, eye, forward))
            return;
        to->distance_m *= 1.1f;
        lift_eye(&visitor->piece, to);
    }
}

// False where there is none.
static bool find_way(const Visitor *visitor, const VisitorWorld *world, VisitorTravel *travel)
{
    const Orbit *from = &travel->from, *to = &travel->to;
    double nearer = (double)MAX(from->distance_m, to->distance_m);
    double most = MOST_AWAY_RADII * visitor_piece_radius(&visitor->piece);
    double middle = sqrt((double)from->distance_m * (double)to->distance_m);
    double long_way = distance3(from->target, to->target) * SEES_WAY;
    travel->far = (float)MAX(long_way > nearer ? long_way / middle : 1, 1);
    while (!visitor->is_orthographic && !is_free(visitor, world, travel)) {
        if (middle * (double)travel->far > most)
            return false;
        travel->far *= 1.7f;
    }
    return true;
}

static double duration_of(const VisitorPiece *piece, const VisitorTravel *travel)
{
    const Orbit *from = &travel->from, *to = &travel->to;
    double turned = fabs((double)visitor_wrap(to->yaw - from->yaw)) / 2;
    double nearer = fabs(log((double)to->distance_m / (double)from->distance_m)) / 4;
    double moved = distance3(from->target, to->target) / (2 * visitor_piece_radius(piece));
    return LEAST_TRAVEL_S +
           (MOST_TRAVEL_S - LEAST_TRAVEL_S) * CLAMP(turned + nearer + moved, 0, 1);
}

// From outside, whence it is looked at; there no piece is in the way.
static void start_outside(const Visitor *visitor, VisitorTravel *travel)
{
    double least = visitor_least_distance(&visitor->piece), eye[3];
    travel->from = travel->to;
    eye_of(&travel->from, eye);
    while (visitor_box_gap(&visitor->piece, eye) < least) {
        travel->from.distance_m *= 1.2f;
        lift_eye(&visitor->piece, &travel->from);
        eye_of(&travel->from, eye);
    }
}

// Where nothing is known yet nobody can say how near one may come.
static bool must_wait(const Visitor *visitor, const VisitorWorld *world, const Orbit *to)
{
    double eye[3];
    eye_of(to, eye);
    return world->is_rough && !visitor->is_orthographic &&
           visitor_box_gap(&visitor->piece, eye) < visitor_least_distance(&visitor->piece);
}

static void begin_travel(Visitor *visitor, const Orbit *to, const VisitorWorld *world)
{
    VisitorTravel travel = {.from = visitor->orbit, .to = *to};
    visitor->is_framed = false;
    visitor->swing = (VisitorSwing){0};
    visitor->pending_zoom_log = 0;
    for (int i = 0; i < 2; i++)
        visitor->pending_orbit[i] = visitor->pending_pan[i] = 0;
    visitor->has_aim = false;
    visitor->travel = (VisitorTravel){0};
    travel.is_waiting = must_wait(visitor, world, to);
    if (travel.is_waiting) {
        visitor->has_aim = true;
        visitor->travel = travel;
        return;
    }
    set_end(visitor, world, &travel.to);
    travel.duration_s = (float)duration_of(&visitor->piece, &travel);
    if (!visitor->glides) {
        visitor->orbit = travel.to;
        return;
    }
    // Where no way leads from here, one comes from outside; if need be, no nearer.
    if (!find_way(visitor, world, &travel)) {
        start_outside(visitor, &travel);
        visitor->orbit = travel.from;
        if (!find_way(visitor, world, &travel))
            return;
    }
    visitor->has_aim = true;
    visitor->travel = travel;
}

static bool may_step(const Visitor *visitor, const VisitorWorld *world, const Orbit *next)
{
    double from[3], to[3];
    eye_of(&visitor->orbit, from);
    eye_of(next, to);
    return visitor->is_orthographic || visitor_may_move(visitor, world, from, to);
}

void visitor_step_travel(Visitor *visitor, const VisitorWorld *world)
{
    VisitorTravel *travel = &visitor->travel;
    if (!visitor->has_aim || (travel->is_waiting && world->is_rough))
        return;
    if (travel->is_waiting) {
        Orbit to = travel->to;
        begin_travel(visitor, &to, world);
        return;
    }
    travel->part += (float)VISITOR_STEP_S / travel->duration_s;
    bool is_over = travel->part >= 1;
    Orbit next = is_over ? travel->to : orbit_between(&visitor->piece, travel, travel->part);
    if (!may_step(visitor, world, &next)) {
        Orbit to = travel->to;
        begin_travel(visitor, &to, world); // the surface has become finer
        return;
    }
    visitor->orbit = next;
    visitor->has_aim = !is_over;
    if (is_over)
        *travel = (VisitorTravel){0};
}

void visitor_aim(Visitor *visitor, const VisitorAim *aim, const VisitorWorld *world)
{
    if (!visitor_is_close(visitor))
        return;
    Orbit to = visitor->orbit;
    memcpy(to.target, aim->target, sizeof to.target);
    to.yaw = visitor_wrap(aim->yaw);
    to.pitch = CLAMP(aim->pitch, to.min_pitch, to.max_pitch);
    to.distance_m = CLAMP(aim->distance_m, to.min_distance_m, to.max_distance_m);
    visitor->is_true_size = false;
    begin_travel(visitor, &to, world);
}

bool visitor_go_to(Visitor *visitor, const Ray *ray, const VisitorWorld *world)
{
    double limit = 100, hit;
    if (visitor->state != VISITOR_CLOSE || !world->surface)
        return false;
    hit = world->surface(world->context, ray, limit);
    if (!(hit < limit))
        return false;
    Camera look = {.yaw = visitor->orbit.yaw, .pitch = visitor->orbit.pitch};
    VisitorAim aim = {.distance_m = visitor->orbit.distance_m / (float)GO_NEARER};
    ray_point(ray, hit, aim.target);
    // Along the ray nothing is in between.
    if (!visitor->is_orthographic) {
        camera_look_along(&look, ray->direction);
        aim.distance_m = (float)hit / (float)GO_NEARER;
    }
    aim.yaw = look.yaw;
    aim.pitch = look.pitch;
    visitor_aim(visitor, &aim, world);
    return true;
}

Visitor visitor_at_rest(const Visitor *visitor)
{
    Visitor rest = *visitor;
    if (rest.has_aim)
        rest.orbit = rest.travel.to;
    rest.has_aim = false;
    rest.travel = (VisitorTravel){0};
    rest.swing = (VisitorSwing){0};
    rest.pending_zoom_log = 0;
    for (int i = 0; i < 2; i++)
        rest.pending_orbit[i] = rest.pending_pan[i] = 0;
    return rest;
}

void visitor_return(Visitor *visitor, const Visitor *home, const VisitorWorld *world)
{
    Orbit from = visitor->orbit;
    if (!visitor_is_close(visitor) || home->state != VISITOR_CLOSE)
        return;
    *visitor = *home;
    visitor->orbit = from;
    begin_travel(visitor, &home->orbit, world);
    visitor->is_framed = home->is_framed;
}
