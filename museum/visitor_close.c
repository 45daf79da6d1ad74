// visitor_close.c: leant in: turning the piece, coming closer, moving across it; never into it.

#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

#define ORBIT_S 0.11
// At once the eye goes no further than so, and looks whether it may.
#define PART_RAD 0.05f
#define PART_ZOOM 0.15f
#define PART_PAN 0.05f

double visitor_ask_surface(const VisitorWorld *world, const double from[3],
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
    VisitorGap gap;
    if (!world->gap || !world->gap(world->context, eye, limit_m, &gap))
        return limit_m;
    return MIN(gap.distance_m, limit_m);
}

bool visitor_may_move(const Visitor *visitor, const VisitorWorld *world, const double from[3],
                      const double to[3])
{
    double least = visitor_least_distance(&visitor->piece);
    if (to[1] < visitor->piece.floor_m + least && to[1] < from[1])
        return false;
    if (visitor_box_gap(&visitor->piece, to) > least &&
        visitor_box_gap(&visitor->piece, from) > least)
        return true;
    if (world->is_rough)
        return visitor_box_gap(&visitor->piece, to) > visitor_box_gap(&visitor->piece, from);
    double step[3];
    sub3(to, from, step);
    double length = length3(step);
    if (length > 0 && visitor_ask_surface(world, from, step, length) < length)
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
    if (!visitor->is_orthographic &&
        !visitor_may_move(visitor, world, camera.position, moved.position))
        return false;
    visitor->orbit = *changed;
    return true;
}

// Where the surface is in the way the eye slides along it, a little further off.
static bool slide_orbit(Visitor *visitor, const VisitorWorld *world, const Orbit *changed)
{
    static const float away[] = {1, 1.02f, 1.08f};
    for (size_t i = 0; i < COUNT_OF(away); i++) {
        Orbit farther = *changed;
        farther.distance_m = MIN(changed->distance_m * away[i],
                                 MAX(changed->max_distance_m, changed->distance_m));
        if (try_orbit(visitor, world, &farther))
            return true;
    }
    return false;
}

static void turn(Visitor *visitor, const VisitorWorld *world, float right, float up)
{
    for (int i = 0; i < 2; i++) {
        float angles[2] = {i == 0 ? right : 0, i == 1 ? -up : 0};
        if (angles[i] == 0)
            continue;
        Orbit changed = visitor->orbit;
        orbit_turn(&changed, angles[0], angles[1]);
        visitor_turn_framed(visitor, &changed);
        bool is_free = slide_orbit(visitor, world, &changed);
        // At the end of the way there is nothing left to wish.
        if (!is_free || (i == 1 && (changed.pitch == changed.min_pitch ||
                                    changed.pitch == changed.max_pitch)))
            visitor->pending_orbit[i] = visitor->swing.left[i] = 0;
    }
}

// Softly, unless motion is reduced.
static float take(const Visitor *visitor, float *pending, float crumb)
{
    return visitor_take(pending, ORBIT_S, visitor->glides ? crumb : INFINITY);
}

// How many parts a step is divided into, so that no part leads over an obstacle.
static int parts_of(float way, float part)
{
    return 1 + (int)MIN(fabsf(way) / part, 1000.0f);
}

static void step_orbit(Visitor *visitor, const VisitorWorld *world, const float held[2])
{
    float right = held[0] + take(visitor, &visitor->pending_orbit[0], 1e-4f);
    float up = held[1] + take(visitor, &visitor->pending_orbit[1], 1e-4f);
    if (right == 0 && up == 0)
        return;
    int parts = parts_of(MAX(fabsf(right), fabsf(up)), PART_RAD);
    for (int i = 0; i < parts; i++)
        turn(visitor, world, right / (float)parts, up / (float)parts);
}

// The point one looks at becomes the one orbited and zoomed to; the picture stays.
static double look_at_surface(Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_close_camera(visitor);
    double forward[3],
        far = visitor->orbit.distance_m + 2 * visitor_piece_radius(&visitor->piece);
    camera_forward(&camera, forward);
    double hit = visitor_ask_surface(world, camera.position, forward, far);
    if (hit < far) {
        add_scaled3(camera.position, forward, hit, visitor->orbit.target);
        visitor->orbit.distance_m = (float)hit;
    }
    return visitor->orbit.distance_m;
}

// False at the end of the way.
static bool come_closer(Visitor *visitor, const VisitorWorld *world, float part)
{
    visitor->is_framed &= part <= 0;
    if (part > 0 && !visitor->is_orthographic)
        look_at_surface(visitor, world);
    Orbit changed = visitor->orbit;
    orbit_zoom(&changed, expf(part));
    bool is_at_end = changed.distance_m <= changed.min_distance_m ||
                     changed.distance_m >= changed.max_distance_m;
    bool is_free = try_orbit(visitor, world, &changed) && !is_at_end;
    // Backing off, the whole piece comes back to the middle.
    if (part < 0) {
        double middle[3];
        visitor_piece_middle(&visitor->piece, middle);
        double whole = MAX(visitor->orbit.max_distance_m * 0.5, 1e-6);
        double back = CLAMP(visitor->orbit.distance_m / whole, 0, 1);
        Orbit centered = visitor->orbit;
        for (int i = 0; i < 3; i++)
            centered.target[i] += (middle[i] - centered.target[i]) * back * -part;
        try_orbit(visitor, world, &centered);
    }
    return is_free;
}

static void step_zoom(Visitor *visitor, const VisitorWorld *world, float held)
{
    float way = held + take(visitor, &visitor->pending_zoom_log, 1e-4f);
    if (way == 0)
        return;
    visitor->is_true_size = false;
    int parts = parts_of(way, PART_ZOOM), done = 0;
    while (done < parts && come_closer(visitor, world, way / (float)parts))
        done++;
    if (done < parts)
        visitor->swing.left[VISITOR_SWING_ZOOM] = 0;
    if (done < parts && world->is_rough) // until more is known
        visitor->pending_zoom_log += way * (float)(parts - done) / (float)parts;
    else if (done < parts)
        visitor->pending_zoom_log = 0;
}

static bool pan(Visitor *visitor, const VisitorWorld *world, float right, float down)
{
    Viewport viewport = {0, 0, 1000 * world->aspect, 1000};
    Camera camera = visitor_close_camera(visitor);
    camera.near_m = 0.001f;
    camera.far_m = 100;
    View view = camera_view(&camera, &viewport);
    Orbit changed = visitor->orbit;
    visitor->is_framed = false;
    orbit_pan(&changed, &view, right * 1000, down * 1000);
    return try_orbit(visitor, world, &changed);
}

static void step_pan(Visitor *visitor, const VisitorWorld *world, const float held[2])
{
    float right = held[0] + take(visitor, &visitor->pending_pan[0], 1e-5f);
    float down = held[1] + take(visitor, &visitor->pending_pan[1], 1e-5f);
    if (right == 0 && down == 0)
        return;
    int parts = parts_of(MAX(fabsf(right), fabsf(down)), PART_PAN);
    for (int i = 0; i < parts; i++) {
        if (pan(visitor, world, right / (float)parts, down / (float)parts))
            continue;
        visitor->pending_pan[0] = visitor->pending_pan[1] = 0;
        visitor->swing.left[2] = visitor->swing.left[3] = 0;
        return;
    }
}

// ---- a surface that becomes another

static bool find_near(const Visitor *visitor, const VisitorWorld *world, const double eye[3],
                      VisitorGap *gap, int *side)
{
    double least = visitor_least_distance(&visitor->piece), from[3];
    *side = 0;
    if (!world->gap || visitor_box_gap(&visitor->piece, eye) > least ||
        !world->gap(world->context, eye, 1.25 * least, gap))
        return false;
    sub3(eye, gap->point, from);
    *side = dot3(from, gap->normal) < 0 ? -1 : 1;
    return true;
}

static void note_side(Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_close_camera(visitor);
    VisitorGap gap;
    if (!memcmp(visitor->side.eye, camera.position, sizeof camera.position) &&
        visitor->side.revision == world->revision)
        return;
    memcpy(visitor->side.eye, camera.position, sizeof camera.position);
    visitor->side.revision = world->revision;
    find_near(visitor, world, camera.position, &gap, &visitor->side.side);
}

// Finer or coarser than it was, the surface may now be too near to an eye that stands still, or
// before one that was behind it: then the eye steps aside, the shortest way.
static void keep_out(Visitor *visitor, const VisitorWorld *world)
{
    double least = visitor_least_distance(&visitor->piece), *target = visitor->orbit.target;
    Camera camera = visitor_close_camera(visitor);
    if (visitor->is_orthographic || visitor->side.revision == world->revision ||
        memcmp(visitor->side.eye, camera.position, sizeof camera.position) != 0)
        return;
    for (int i = 0; i < 12; i++) {
        VisitorGap gap;
        int side;
        if (!find_near(visitor, world, camera.position, &gap, &side))
            return;
        int right_side = visitor->side.side ? visitor->side.side : side;
        bool is_wrong = side != right_side;
        double way = (is_wrong ? gap.distance_m : -gap.distance_m) + least * 1.02;
        if (!is_wrong && gap.distance_m >= least * 0.999)
            return;
        add_scaled3(target, gap.normal, way * right_side, target);
        camera = visitor_close_camera(visitor);
    }
    // Between two surfaces too near to each other there is no place.
    visitor->orbit.distance_m = visitor->orbit.max_distance_m;
}

// ---- parallel rays

// The surface in the middle of what parallel rays show, as seen from outside the piece.
static void look_from_outside(Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_close_camera(visitor);
    double forward[3], from[3], away = 4 * visitor_piece_radius(&visitor->piece);
    camera_forward(&camera, forward);
    add_scaled3(visitor->orbit.target, forward, -away, from);
    double hit = visitor_ask_surface(world, from, forward, 2 * away);
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
            (!world->is_rough && visitor_ask_gap(world, camera.position, least) >= least))
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
    for (int i = 0; i < 2 && !actions->is_held; i++) {
        visitor->pending_orbit[i] += actions->orbit_rad[i];
        visitor->pending_pan[i] += actions->pan[i];
    }
    if (actions->zoom > 0 && !actions->is_held)
        visitor->pending_zoom_log += logf(actions->zoom);
    if (visitor->state != VISITOR_CLOSE)
        return;
    float held[VISITOR_SWINGS];
    keep_out(visitor, world);
    if (visitor->has_aim && wants_close(actions)) {
        visitor->has_aim = false;
        visitor->travel = (VisitorTravel){0};
    }
    visitor_step_travel(visitor, world);
    visitor_swing(&visitor->swing, actions, visitor->glides, held);
    step_orbit(visitor, world, held);
    step_zoom(visitor, world, held[VISITOR_SWING_ZOOM]);
    step_pan(visitor, world, held + 2);
    note_side(visitor, world);
}
