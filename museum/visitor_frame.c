// visitor_frame.c: whence one looks at a piece on leaning in: all of it, beside what is written
// over the picture, and no larger than in the middle of an empty one.

#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

// From slightly above.
#define CLOSE_PITCH_RAD -0.24f
#define FLAT_PITCH_RAD -0.45f // more, to what lies flat: edge-on there is little to see
#define CLOSE_AIR 1.05f       // a piece that touches its frame looks caught
#define CLOSE_FILLS_WIDTH 0.61f
#define CLOSE_LIFT 0.035 // of its height

// Where the piece's middle comes to lie, and how far off all of it fits into a frame.
typedef struct Framing {
    double distance, at[2]; // at: -1 to 1 in the picture, to the right and up
} Framing;

// A coin that lies is looked down on.
static float first_pitch(const VisitorPiece *piece)
{
    double size[3];
    sub3(piece->high, piece->low, size);
    double flat = size[1] / MAX(MAX(size[0], size[2]), 1e-9);
    return CLOSE_PITCH_RAD + FLAT_PITCH_RAD * (float)CLAMP((0.4 - flat) / 0.3, 0, 1);
}

// So far off, all of it is in the picture from wherever one looks.
static float whole_distance(const VisitorPiece *piece, float aspect)
{
    double tangent = tan((double)VISITOR_CLOSE_FOV_RAD / 2) * (double)MIN(aspect, 1.0f);
    return (float)(visitor_piece_radius(piece) * sqrt(1 + 1 / (tangent * tangent)));
}

// Half the picture's width and height at distance 1.
static void half_picture(double aspect, double out[2])
{
    out[1] = tan((double)VISITOR_CLOSE_FOV_RAD / 2);
    out[0] = out[1] * aspect;
}

// A corner from the piece's middle: to the right and up, in halves of the picture at distance
// 1, and ahead.
static void see_corner(const VisitorPiece *piece, const Camera *camera, double aspect,
                       int corner, double out[3])
{
    double right[3], up[3], forward[3], offset[3], half[2];
    camera_axes(camera, right, up, forward);
    half_picture(aspect, half);
    for (int i = 0; i < 3; i++)
        offset[i] = (piece->high[i] - piece->low[i]) * (corner >> i & 1 ? 0.5 : -0.5);
    out[0] = dot3(offset, right) / half[0];
    out[1] = dot3(offset, up) / half[1];
    out[2] = dot3(offset, forward);
}

// How far off it fits in; in the middle between the picture's sides where it can be, else
// between the frame's.
static Framing fit(const VisitorPiece *piece, const Camera *camera, double aspect,
                   const VisitorFrame *frame)
{
    double low[2] = {2 * (double)frame->left - 1, 1 - 2 * (double)frame->bottom};
    double high[2] = {2 * (double)frame->right - 1, 1 - 2 * (double)frame->top}, seen[3];
    Framing framing = {.at = {0, (low[1] + high[1]) / 2}};
    for (int corner = 0; corner < 8; corner++) {
        see_corner(piece, camera, aspect, corner, seen);
        for (int i = 0; i < 2; i++) {
            double half = (high[i] - low[i]) / 2;
            framing.distance = MAX(framing.distance, (seen[i] - high[i] * seen[2]) / half);
            framing.distance = MAX(framing.distance, (low[i] * seen[2] - seen[i]) / half);
        }
    }
    framing.distance *= (double)CLOSE_AIR;
    double least = -INFINITY, most = INFINITY;
    for (int corner = 0; corner < 8; corner++) {
        see_corner(piece, camera, aspect, corner, seen);
        double part = 1 + seen[2] / framing.distance, side = seen[0] / framing.distance;
        least = MAX(least, low[0] * part - side);
        most = MIN(most, high[0] * part - side);
    }
    bool is_in_middle = least <= 0 && most >= 0;
    framing.at[0] = is_in_middle ? 0 : CLAMP((low[0] + high[0]) / 2, least, most);
    return framing;
}

// The largest wins, but beside the middle of the picture it has to be clearly larger.
static double cost_of(const Framing *framing)
{
    return framing->distance * (1 + 0.3 * fabs(framing->at[0]));
}

static Framing best_fit(const VisitorPiece *piece, const Camera *camera,
                        const VisitorWorld *world)
{
    double aspect = (double)world->aspect;
    Framing best = fit(piece, camera, aspect, &world->frames[0]);
    for (uint32_t i = 1; i < world->frame_count; i++) {
        Framing other = fit(piece, camera, aspect, &world->frames[i]);
        best = cost_of(&other) < cost_of(&best) ? other : best;
    }
    return best;
}

// Where nothing is known of what is written: in the middle, but for what is at the foot.
static void frame_in_middle(const VisitorPiece *piece, Orbit *orbit)
{
    orbit->distance_m *= CLOSE_AIR;
    orbit->target[1] -= (piece->high[1] - piece->low[1]) * CLOSE_LIFT;
}

static void frame_beside(Visitor *visitor, const Camera *camera, const VisitorWorld *world)
{
    Orbit *orbit = &visitor->orbit;
    Framing framing = best_fit(&visitor->piece, camera, world);
    double right[3], up[3], forward[3], half[2];
    camera_axes(camera, right, up, forward);
    half_picture((double)world->aspect, half);
    double distance = MAX(framing.distance, (double)(orbit->distance_m * CLOSE_AIR));
    orbit->distance_m = (float)distance;
    add_scaled3(orbit->target, right, -framing.at[0] * half[0] * distance, orbit->target);
    add_scaled3(orbit->target, up, -framing.at[1] * half[1] * distance, orbit->target);
    for (int i = 0; i < 3; i++) {
        orbit->target_low[i] = MIN(orbit->target_low[i], orbit->target[i]);
        orbit->target_high[i] = MAX(orbit->target_high[i], orbit->target[i]);
    }
}

static void frame_from(Visitor *visitor, float yaw, float pitch, const VisitorWorld *world)
{
    const VisitorPiece *piece = &visitor->piece;
    Orbit *orbit = &visitor->orbit;
    Camera camera = {.fov_y = VISITOR_CLOSE_FOV_RAD, .yaw = yaw, .pitch = pitch};
    float aspect = world->aspect * CLOSE_FILLS_WIDTH;
    *orbit = orbit_frame(piece->low, piece->high, &camera, aspect, yaw, camera.pitch);
    if (world->frame_count)
        frame_beside(visitor, &camera, world);
    else
        frame_in_middle(piece, orbit);
    orbit->max_distance_m = MAX(orbit->distance_m * 2, whole_distance(piece, aspect));
    visitor->is_framed = world->frame_count > 0;
}

void visitor_frame_piece(Visitor *visitor, float yaw, const VisitorWorld *world)
{
    frame_from(visitor, yaw, first_pitch(&visitor->piece), world);
}

void visitor_frame_again(Visitor *visitor, const VisitorWorld *world)
{
    Orbit *orbit = &visitor->orbit;
    if (visitor->state != VISITOR_CLOSE || !visitor->is_framed || visitor->is_orthographic)
        return;
    Visitor framed = *visitor;
    frame_from(&framed, orbit->yaw, orbit->pitch, world);
    for (int i = 0; i < 3; i++) {
        orbit->target_low[i] = MIN(orbit->target_low[i], framed.orbit.target_low[i]);
        orbit->target_high[i] = MAX(orbit->target_high[i], framed.orbit.target_high[i]);
    }
    orbit->max_distance_m = MAX(orbit->max_distance_m, framed.orbit.max_distance_m);
    VisitorAim aim = {
        .yaw = orbit->yaw, .pitch = orbit->pitch, .distance_m = framed.orbit.distance_m};
    memcpy(aim.target, framed.orbit.target, sizeof aim.target);
    visitor_aim(visitor, &aim, world);
    visitor->is_framed = true; // until one comes closer
}

void visitor_turn_framed(const Visitor *visitor, Orbit *orbit)
{
    double middle[3], turned = (double)(orbit->yaw - visitor->orbit.yaw);
    if (!visitor->is_framed)
        return;
    visitor_piece_middle(&visitor->piece, middle);
    double x = orbit->target[0] - middle[0], z = orbit->target[2] - middle[2];
    orbit->target[0] = middle[0] + x * cos(turned) + z * sin(turned);
    orbit->target[2] = middle[2] - x * sin(turned) + z * cos(turned);
}
