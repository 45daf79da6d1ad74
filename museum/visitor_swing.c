// visitor_swing.c: what a hand holds follows it at once, and swings on for a moment when it is
// let go.

#include "museum/visitor_parts.h"

#include <math.h>

#define HAND_S 0.06  // over which the speed of a hand is taken
#define SWING_S 0.25 // what was let go of comes to rest

void visitor_swing(VisitorSwing *swing, const VisitorActions *actions, bool glides,
                   float now[VISITOR_SWINGS])
{
    static const float most[VISITOR_SWINGS] = {6, 6, 3, 3, 3},
                       crumbs[VISITOR_SWINGS] = {1e-4f, 1e-4f, 1e-5f, 1e-5f, 1e-4f};
    const float moved[VISITOR_SWINGS] = {actions->orbit_rad[0], actions->orbit_rad[1],
                                         actions->pan[0], actions->pan[1],
                                         actions->zoom > 0 ? logf(actions->zoom) : 0};
    bool is_let_go = swing->is_held && !actions->is_held;
    float follow = (float)(1 - exp(-VISITOR_STEP_S / HAND_S));
    for (int i = 0; i < VISITOR_SWINGS; i++) {
        now[i] = 0;
        if (actions->is_held) {
            swing->left[i] = 0;
            swing->speed[i] += (moved[i] / (float)VISITOR_STEP_S - swing->speed[i]) * follow;
            now[i] = moved[i];
            continue;
        }
        if (is_let_go && glides)
            swing->left[i] = CLAMP(swing->speed[i], -most[i], most[i]) * (float)SWING_S;
        swing->speed[i] = 0;
        now[i] = visitor_take(&swing->left[i], SWING_S, crumbs[i]);
    }
    swing->is_held = actions->is_held;
}

bool visitor_swing_is_over(const VisitorSwing *swing)
{
    for (int i = 0; i < VISITOR_SWINGS; i++)
        if (swing->left[i] != 0)
            return false;
    return true;
}

VisitorActions visitor_part_of_hold(const VisitorActions *actions, int steps)
{
    VisitorActions part = *actions;
    float share = 1 / (float)MAX(steps, 1);
    for (int i = 0; i < 2 && part.is_held; i++) {
        part.orbit_rad[i] *= share;
        part.pan[i] *= share;
    }
    if (part.is_held && part.zoom > 0)
        part.zoom = powf(part.zoom, share);
    return part;
}
