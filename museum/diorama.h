// diorama.h: stepping inside a piece: walking on its own surface, as small as its figures.
//
//            eye  o--- head ---
//                (|) a ball around the head, one around the chest, one above the knees: nothing
//                (|) of the surface comes nearer than these are wide, or no nearer than it was
//                 |
//     knee  - - - | - - -  up to here one steps up, and down
//                / \       slopes of 45 degrees; where there is no ground one does not go
//
// One fixed step at a time (VISITOR_STEP_S), like the visitor's own: no clock, no GL. The
// surface is asked through VisitorWorld; as it becomes finer the feet follow it. All lengths of
// people are divided by the scale; places are the room's, in metres.
//
// A Diorama is a plain value. One thread.

#pragma once
#include "museum/visitor.h"

typedef struct DioramaDesc {
    double scale;         // figures are so many times smaller than life
    double entry[3];      // one comes to stand on the surface at or below it
    float yaw;            // looking there; camera.h's
    float eye_height_m;   // of the visitor, at life size
    float fov_rad;        // vertical
    bool glides;          // false: reduced motion, cuts
    const Camera *before; // what was seen outside, and comes back
} DioramaDesc;

typedef enum DioramaState {
    DIORAMA_OUT,
    DIORAMA_SHRINKING,
    DIORAMA_INSIDE,
    DIORAMA_GROWING,
} DioramaState;

typedef struct Diorama {
    DioramaState state;
    double unit_m; // of the room: what is a metre inside
    double feet[3], velocity[2];
    // A stride that was found to be free, in some steps: the surface is asked once for all.
    double stride_from[3], stride_to[3], stride_wish[2]; // the wish: of length 1
    double stride_m, stride_done_m;                      // 0: there is none
    float waits_s;    // nothing was free: before it is tried again
    double eye_m;     // over the feet, in the room's metres
    double eye_lag_m; // the eye follows steps of the ground softly
    float yaw, pitch, fov_rad;
    float pending_turn[2]; // still to be looked
    bool has_goal;
    double goal[2];
    uint64_t revision; // of the surface one stands on
    float stuck_s;     // how long the way to it has not led on
    bool has_goal_yaw;
    float goal_yaw, goal_pitch;
    bool glides;
    float glide; // 0 to 1 of shrinking or growing
    bool fades;  // the straight way there leads through the surface
    Camera before;
    double glide_from[3];
    float glide_from_yaw, glide_from_pitch;
} Diorama;

// ERR_NOT_FOUND where there is no ground at the entry, or no room for a person on it.
NODISCARD Status diorama_enter(const DioramaDesc *desc, const VisitorWorld *world,
                               Diorama *out);
void diorama_leave(Diorama *diorama, const VisitorWorld *world); // begins to grow
// As visitor_run: moves and turns; *carried is what is still wished.
void diorama_run(Diorama *diorama, VisitorActions *carried, int steps,
                 const VisitorWorld *world);
// Towards a place one can see, straight, sliding along what is in the way.
void diorama_walk_to(Diorama *diorama, const double place[3]);
// Turns the head towards a place, gently.
void diorama_look_at(Diorama *diorama, const double place[3]);
void diorama_look(Diorama *diorama, float yaw, float pitch); // at once

bool diorama_is_on(const Diorama *diorama); // anything but out
bool diorama_is_still(const Diorama *diorama);
// Its near plane is fitted to what is there.
Camera diorama_camera(const Diorama *diorama, const VisitorWorld *world);
// 0 outside to 1 inside: of haze and light.
float diorama_share(const Diorama *diorama);
// 0 to 1: how dark the picture is where the way leads through the surface.
float diorama_fade(const Diorama *diorama);

// Whether a person may stand at a place next to where one stands: the height of the ground
// there. For tests.
bool diorama_find_ground(const Diorama *diorama, const VisitorWorld *world,
                         const double place[2], double near_m, double *out);
