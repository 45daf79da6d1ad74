// visitor_close.c: leant in: turning the piece, coming closer, moving across it; never into it.

#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

#define ORBIT_S 0.11
#define AIM_S 0.2

static double ask_surface(const VisitorWorld *world, const double from[3],
                          const double direction[3], double limit_m)
{
    Ray ray;
    memcpy(ray.origin, from, sizeof ray.origin);
    memcpy(ray.direction, direction, sizeof ray.direction);
    if (!world->surface || normalize3(ray.direction) == 0)
        return limit_m;
    return MIN(world->surface(world->context, &ray, limit_m), limit_m);
}

double visitor_box_gap(const VisitorPiece *piece, const double eye[3])
{
    double square = 0;
    for (int i = 0; i < 3; i++) {
        double past = MAX(piece->low[i] - eye[i], eye[i] - piece->high[i]);
        square += past > 0 ? past * past : 0;
    }
    return sqrt(square);
}

double visitor_ask_gap(const VisitorWorld *world, const double eye[3], double limit_m)
{
    return world->gap ? MIN(world->gap(world->context, eye, limit_m), limit_m) : limit_m;
}

// Whether the eye may go from one place to another: neither through the surface nor nearer to
// it than allowed, nor into what the piece stands on. Away from them it always may.
static bool may_move(const Visitor *visitor, const VisitorWorld *world, const double from[3],
                     const double to[3])
{
    double least = visitor_least_distance(&visitor->piece);
    if (to[1] < visitor->piece.floor_m + least && to[1] < from[1])
        return false;
    if (visitor_box_gap(&visitor->piece, to) > least &&
        visitor_box_gap(&visitor->piece, from) > least)
        return true;
    double step[3];
    sub3(to, from, step);
    double length = length3(step);
    if (length > 0 && ask_surface(world, from, step, length) < length)
        return false;
    double gap = visitor_ask_gap(world, to, least);
    return gap >= least || gap > visitor_ask_gap(world, from, least);
}

// Tries a changed orbit; keeps the old one if the eye may not go there.
static bool try_orbit(Visitor *visitor, const VisitorWorld *world, const Orbit *changed)
{
    Camera camera = visitor_close_camera(visitor);
    Camera moved = orbit_camera(changed, &camera);
    // Parallel rays have no eye that could be in the way.
    if (!visitor->is_orthographic && !may_move(visitor, world, camera.position, moved.position))
        return false;
    visitor->orbit = *changed;
    return true;
}

static void step_orbit(Visitor *visitor, const VisitorWorld *world)
{
    float right = visitor_take(&visitor->pending_orbit[0], ORBIT_S, 1e-4f);
    float up = visitor_take(&visitor->pending_orbit[1], ORBIT_S, 1e-4f);
    if (right == 0 && up == 0)
        return;
    for (int i = 0; i < 2; i++) {
        float turn[2] = {i == 0 ? right : 0, i == 1 ? -up : 0};
        Orbit changed = visitor->orbit;
        orbit_turn(&changed, turn[0], turn[1]);
        bool is_free = try_orbit(visitor, world, &changed);
        // At the end of the way there is nothing left to wish.
        if (!is_free || (turn[1] != 0 && (changed.pitch == changed.min_pitch ||
                                          changed.pitch == changed.max_pitch)))
            visitor->pending_orbit[i] = 0;
    }
}

// The point one looks at becomes the one orbited and zoomed to; the picture stays.
static double look_at_surface(Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_close_camera(visitor);
    double forward[3],
        far = visitor->orbit.distance_m + 2 * visitor_piece_radius(&visitor->piece);
    camera_forward(&camera, forward);
    double hit = ask_surface(world, camera.position, forward, far);
    if (hit < far) {
        add_scaled3(camera.position, forward, hit, visitor->orbit.target);
        visitor->orbit.distance_m = (float)hit;
    }
    return visitor->orbit.distance_m;
}

static void step_zoom(Visitor *visitor, const VisitorWorld *world)
{
    float part = visitor_take(&visitor->pending_zoom_log, ORBIT_S, 1e-4f);
    if (part == 0)
        return;
    double middle[3];
    visitor_piece_middle(&visitor->piece, middle);
    visitor->is_true_size = false;
    if (part > 0 && !visitor->is_orthographic)
        look_at_surface(visitor, world);
    Orbit changed = visitor->orbit;
    orbit_zoom(&changed, expf(part));
    bool is_at_end = changed.distance_m <= changed.min_distance_m ||
                     changed.distance_m >= changed.max_distance_m;
    if (!try_orbit(visitor, world, &changed) || is_at_end)
        visitor->pending_zoom_log = 0;
    // Backing off, the whole piece comes back to the middle.
    if (part < 0) {
        double whole = MAX(visitor->orbit.max_distance_m * 0.5, 1e-6);
        double back = CLAMP(visitor->orbit.distance_m / whole, 0, 1);
        Orbit centered = visitor->orbit;
        for (int i = 0; i < 3; i++)
            centered.target[i] += (middle[i] - centered.target[i]) * back * -part;
        try_orbit(visitor, world, &centered);
    }
}

static void step_pan(Visitor *visitor, const VisitorWorld *world)
{
    float right = visitor_take(&visitor->pending_pan[0], ORBIT_S, 1e-5f);
    float down = visitor_take(&visitor->pending_pan[1], ORBIT_S, 1e-5f);
    if (right == 0 && down == 0)
        return;
    Viewport viewport = {0, 0, 1000 * world->aspect, 1000};
    Camera camera = visitor_close_camera(visitor);
    camera.near_m = 0.001f;
    camera.far_m = 100;
    View view = camera_view(&camera, &viewport);
    Orbit changed = visitor->orbit;
    orbit_pan(&changed, &view, right * 1000, down * 1000);
    if (!try_orbit(visitor, world, &changed))
        visitor->pending_pan[0] = visitor->pending_pan[1] = 0;
}

void visitor_aim(Visitor *visitor, const VisitorAim *aim)
{
    if (!visitor_is_close(visitor))
        return;
    visitor->has_aim = true;
    visitor->aim = *aim;
    visitor->aim.distance_m =
        CLAMP(aim->distance_m, visitor->orbit.min_distance_m, visitor->orbit.max_distance_m);
    visitor->is_true_size = false;
}

static void step_aim(Visitor *visitor, const VisitorWorld *world)
{
    if (!visitor->has_aim)
        return;
    const VisitorAim *aim = &visitor->aim;
    Orbit changed = visitor->orbit;
    float turn = visitor_wrap(aim->yaw - changed.yaw), tilt = aim->pitch - changed.pitch;
    float closer = logf(aim->distance_m / changed.distance_m);
    double away = distance3(aim->target, changed.target) / (double)aim->distance_m;
    bool is_there = fabsf(turn) + fabsf(tilt) + fabsf(closer) + (float)away < 0.002f;
    float part = is_there ? 1 : (float)(1 - exp(-VISITOR_STEP_S / AIM_S));
    changed.yaw = visitor_wrap(changed.yaw + turn * part);
    changed.pitch += tilt * part;
    changed.distance_m *= expf(closer * part);
    for (int i = 0; i < 3; i++)
        changed.target[i] += (aim->target[i] - changed.target[i]) * (double)part;
    visitor->has_aim = try_orbit(visitor, world, &changed) && !is_there;
}

// ---- parallel rays

// The surface in the middle of what parallel rays show, as seen from outside the piece.
static void look_from_outside(Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_close_camera(visitor);
    double forward[3], from[3], away = 4 * visitor_piece_radius(&visitor->piece);
    camera_forward(&camera, forward);
    add_scaled3(visitor->orbit.target, forward, -away, from);
    double hit = ask_surface(world, from, forward, 2 * away);
    if (hit < 2 * away)
        add_scaled3(from, forward, hit, visitor->orbit.target);
}

// The eye is set down above what the piece stands on, and not in its surface.
static void set_eye_down(Visitor *visitor, const VisitorWorld *world)
{
    Orbit *orbit = &visitor->orbit;
    double least = visitor_least_distance(&visitor->piece);
    orbit->distance_m = CLAMP(orbit->distance_m, orbit->min_distance_m, orbit->max_distance_m);
    for (int i = 0; i < 24; i++) {
        double above = MAX(orbit->target[1] - visitor->piece.floor_m - least, 0);
        orbit->pitch =
            MIN(orbit->pitch, (float)asin(MIN(above / (double)orbit->distance_m, 1)));
        Camera camera = visitor_close_camera(visitor);
        if (visitor_box_gap(&visitor->piece, camera.position) >= least ||
            visitor_ask_gap(world, camera.position, least) >= least)
            return;
        orbit->distance_m *= 1.25f;
    }
}

void visitor_set_orthographic(Visitor *visitor, bool is_orthographic, const VisitorWorld *world)
{
    if (visitor->state != VISITOR_CLOSE || visitor->is_orthographic == is_orthographic)
        return;
    visitor->is_orthographic = is_orthographic;
    visitor->is_true_size = false;
    if (is_orthographic) {
        visitor->farthest_m = visitor->orbit.max_distance_m;
        look_at_surface(visitor, world);
        return;
    }
    visitor->orbit.max_distance_m = visitor->farthest_m;
    look_from_outside(visitor, world);
    set_eye_down(visitor, world);
}

void visitor_set_true_size(Visitor *visitor, double height_m)
{
    if (visitor->state != VISITOR_CLOSE || !(height_m > 0))
        return;
    Orbit *orbit = &visitor->orbit;
    if (!visitor->is_true_size) {
        visitor->before = *orbit;
        visitor->was_orthographic = visitor->is_orthographic;
        if (!visitor->is_orthographic)
            visitor->farthest_m = orbit->max_distance_m;
        visitor->is_orthographic = visitor->is_true_size = true;
        visitor->pending_zoom_log = 0;
        visitor->has_aim = false;
        // What fits into the picture is shown whole.
        if (2 * visitor_piece_radius(&visitor->piece) < height_m)
            visitor_piece_middle(&visitor->piece, orbit->target);
    }
    orbit->distance_m = (float)(height_m / 2 / tan((double)VISITOR_CLOSE_FOV_RAD / 2));
    orbit->max_distance_m = MAX(orbit->max_distance_m, orbit->distance_m);
    orbit->min_distance_m = MIN(orbit->min_distance_m, orbit->distance_m);
}

void visitor_end_true_size(Visitor *visitor, const VisitorWorld *world)
{
    if (visitor->state != VISITOR_CLOSE || !visitor->is_true_size)
        return;
    Orbit now = visitor->orbit;
    visitor->orbit = visitor->before;
    visitor->orbit.yaw = now.yaw;
    visitor->orbit.pitch = now.pitch;
    visitor->is_true_size = false;
    if (visitor->was_orthographic)
        return;
    visitor->is_orthographic = false;
    set_eye_down(visitor, world);
}

static bool wants_close(const VisitorActions *actions)
{
    return actions->orbit_rad[0] != 0 || actions->orbit_rad[1] != 0 || actions->pan[0] != 0 ||
           actions->pan[1] != 0 || (actions->zoom > 0 && actions->zoom != 1);
}

void visitor_step_close(Visitor *visitor, const VisitorActions *actions,
                        const VisitorWorld *world)
{
    for (int i = 0; i < 2; i++) {
        visitor->pending_orbit[i] += actions->orbit_rad[i];
        visitor->pending_pan[i] += actions->pan[i];
    }
    if (actions->zoom > 0)
        visitor->pending_zoom_log += logf(actions->zoom);
    visitor->has_aim = visitor->has_aim && !wants_close(actions);
    if (visitor->state != VISITOR_CLOSE)
        return;
    step_aim(visitor, world);
    step_orbit(visitor, world);
    step_zoom(visitor, world);
    step_pan(visitor, world);
}
