// visitor.h: where the visitor stands, walks and looks; leaning in to a piece and back.
//
//   WALKING --lean in--> ARRIVING --> CLOSE --lean out--> LEAVING --> WALKING
//
// One fixed step at a time (VISITOR_STEP_S), from actions to state: no clock, no files, no GL.
// The same actions give the same walk. While close, the camera orbits the piece; the surface it
// must not enter is asked through VisitorWorld. What a hand holds follows it at once, and
// swings on for a moment when it is let go; all other wishes are fulfilled softly and exactly.
// Where motion is reduced everything is done at once.
//
// A Visitor is a plain value: copy it to remember it. One thread.

#pragma once
#include "data/camera.h"
#include "museum/gallery.h"

#define VISITOR_STEP_S (1.0 / 120)
#define VISITOR_EYE_HEIGHT_M 1.62f
#define VISITOR_LEAST_EYE_M 0.5f
#define VISITOR_MOST_EYE_M 2.2f
#define VISITOR_SEATED_EYE_M 1.3f   // who sees from below it is led over ramps, not stairs
#define VISITOR_FOV_RAD 0.90f       // vertical, walking
#define VISITOR_LEAST_FOV_RAD 0.52f // 30 degrees
#define VISITOR_MOST_FOV_RAD 1.40f  // 80
#define VISITOR_CLOSE_FOV_RAD 0.56f // leant in: a longer lens flatters small things
#define VISITOR_SHAPE_ERROR 0.125   // of the least distance: as exact a piece is known before

enum { VISITOR_MAX_WAYPOINTS = 512 };

typedef enum VisitorState {
    VISITOR_WALKING,
    VISITOR_ARRIVING,
    VISITOR_CLOSE,
    VISITOR_LEAVING,
} VisitorState;

// What one wants in one step. Zero wants nothing.
typedef struct VisitorActions {
    float move[2]; // to the right and ahead, -1 to 1
    bool is_running;
    float turn_rad[2];  // the look, counter-clockwise and up
    float orbit_rad[2]; // around the piece, to the right and up
    float zoom;         // so many times closer; 0 and 1 do nothing
    float pan[2];       // what is seen moves right and down, in heights of the picture
    bool is_held;       // a hand holds the piece: orbit, pan and zoom follow it
} VisitorActions;

// Where to look from while close.
typedef struct VisitorAim {
    double target[3];
    float yaw, pitch; // the camera's
    float distance_m;
} VisitorAim;

// The piece one leans in to.
typedef struct VisitorPiece {
    double low[3], high[3]; // its box in the room
    double floor_m;         // height of what it stands on
} VisitorPiece;

// The distance along a ray (room space) to the piece's surface; `limit_m` if nothing is nearer.
typedef double VisitorSurfaceFn(void *context, const Ray *ray, double limit_m);

typedef struct VisitorGap {
    double distance_m; // to the nearest of the surface
    double point[3], normal[3];
} VisitorGap;

// The nearest of the surface to a point; false if nothing is nearer than `limit_m`.
typedef bool VisitorGapFn(void *context, const double point[3], double limit_m,
                          VisitorGap *out);

// A part of the picture, in its widths and heights from the upper left.
typedef struct VisitorFrame {
    float left, top, right, bottom;
} VisitorFrame;

enum { VISITOR_FRAMES = 2 };

typedef struct VisitorWorld {
    const Gallery *gallery;
    VisitorSurfaceFn *surface; // NULL, both: boxes are all there is
    VisitorGapFn *gap;
    void *context;
    uint64_t revision; // another whenever the surface may have become another: finer, coarser
    // The surface may yet turn out to be elsewhere by more than VISITOR_SHAPE_ERROR of the
    // least distance: then nobody goes into the piece's box. What is wished meanwhile waits.
    bool is_rough;
    float aspect; // of the picture
    // Where it stays free of what is written over it: who leans in sees all of the piece in
    // one of them, the one that suits it best. 0: it is
    // in the middle.
    VisitorFrame frames[VISITOR_FRAMES];
    uint32_t frame_count;
} VisitorWorld;

enum { VISITOR_SWING_ZOOM = 4, VISITOR_SWINGS };

// What was let go of goes on for a moment: orbit_rad, pan and the logarithm of zoom.
typedef struct VisitorSwing {
    bool is_held;
    float speed[VISITOR_SWINGS]; // a second, while held
    float left[VISITOR_SWINGS];  // still to go
} VisitorSwing;

// On the way from one view of the piece to another.
typedef struct VisitorTravel {
    Orbit from, to;
    float part, duration_s;
    bool is_waiting; // for the shape of the piece; `to` is what was wished
    float far;       // half way so many times further off
} VisitorTravel;

// On which side of the surface an eye was.
typedef struct VisitorSide {
    double eye[3];
    uint64_t revision;
    int side; // 1 before it, -1 behind it, 0 not near any
} VisitorSide;

typedef struct Visitor {
    VisitorState state;
    // walking
    double spot[2], velocity[2];
    double floor_m;     // under the spot
    float yaw, pitch;   // camera.h's
    float eye_height_m; // over the floor
    float fov_rad;      // vertical, walking; 0: VISITOR_FOV_RAD
    bool has_goal;
    bool looks_around; // on the way: then it does not turn the head
    bool has_goal_yaw; // look there when arrived
    float goal_yaw, goal_pitch;
    uint32_t waypoint, waypoint_count;
    double waypoints[VISITOR_MAX_WAYPOINTS][2];
    float stuck_s;         // how long the way has not led on
    float pending_turn[2]; // still to be looked
    // close
    bool glides; // false: reduced motion, cuts instead
    float glide; // 0 to 1 of arriving or leaving
    VisitorPiece piece;
    Orbit orbit;
    bool is_framed; // perhaps beside the middle: it turns around its own until one comes closer
    float pending_orbit[2], pending_zoom_log, pending_pan[2];
    VisitorSwing swing;
    bool has_aim; // on a way
    VisitorTravel travel;
    VisitorSide side;
    bool is_orthographic;  // while close: parallel rays; orbit.distance_m says how much is seen
    float farthest_m;      // orbit.max_distance_m of perspective, meanwhile
    bool is_true_size;     // orthographic, and one to one on the glass
    bool was_orthographic; // before that
    Orbit before;
    double glide_from[3]; // where leaving began
    float glide_from_yaw, glide_from_pitch, glide_from_fov;
} Visitor;

// At the plan's start, or the nearest free spot.
Visitor visitor_make(const Gallery *gallery);

void visitor_step(Visitor *visitor, const VisitorActions *actions, const VisitorWorld *world);
// As many steps as passed since the last frame, with all that was wished meanwhile; *carried is
// what is still wished after them: to walk on, to hold. What a hand moved in a frame, it moved
// in all of it, so that how fast it was does not depend on the frames.
void visitor_run(Visitor *visitor, VisitorActions *carried, int steps,
                 const VisitorWorld *world);

// Walks to a spot around everything; a free one near it if it is not. Where motion is reduced,
// one is there with the next step. ERR_NOT_FOUND where no way leads; ERR_INVALID unless
// walking.
NODISCARD Status visitor_walk_to(Visitor *visitor, const Gallery *gallery,
                                 const double spot[2]);
// Before a place, to look at what stands there.
NODISCARD Status visitor_walk_before(Visitor *visitor, const Gallery *gallery, uint32_t place);
// Turns gently, where one stands. Only while walking.
void visitor_turn_to(Visitor *visitor, float yaw, float pitch);
void visitor_stop(Visitor *visitor); // forgets the way
// Is at its end at once.
void visitor_arrive(Visitor *visitor, const Gallery *gallery);
// Stands there, at once and at rest; the spot must be free.
void visitor_stand_at(Visitor *visitor, const Gallery *gallery, const double spot[2]);

// Both do nothing in the wrong state. Leaning out while arriving turns back.
void visitor_lean_in(Visitor *visitor, const VisitorPiece *piece, const VisitorWorld *world);
void visitor_lean_out(Visitor *visitor);

// While close, until one came closer or moved across it: glides to where all of the piece is in
// the world's frames, when these have become others. Seen from where it is now.
void visitor_frame_again(Visitor *visitor, const VisitorWorld *world);
// While close: glides to where the piece is seen so, around it and never through it, and no
// nearer than one may come. What the visitor does meanwhile ends it.
void visitor_aim(Visitor *visitor, const VisitorAim *aim, const VisitorWorld *world);
// While close: comes nearer to what a ray from the eye meets, which comes to the middle. False
// if it meets nothing.
bool visitor_go_to(Visitor *visitor, const Ray *ray, const VisitorWorld *world);
// While close: the same visitor with nothing left to do; what visitor_return brings back.
Visitor visitor_at_rest(const Visitor *visitor);
// While close, to the same piece: glides back to what `home` saw. When it is there the visitor
// is `home` again, to the bit, unless the surface has come in between meanwhile.
void visitor_return(Visitor *visitor, const Visitor *home, const VisitorWorld *world);

// While close: rays become parallel, or meet in the eye again; what lies in the middle of the
// picture keeps its size. Parallel rays come from outside the piece: nothing of it is cut away.
void visitor_set_orthographic(Visitor *visitor, bool is_orthographic,
                              const VisitorWorld *world);
// While close: the picture shows `height_m` of the piece, orthographic. Zooming ends it and
// leaves the rays parallel. To be called again whenever that height changes.
void visitor_set_true_size(Visitor *visitor, double height_m);
// As large and with the rays as before; turned as it is now.
void visitor_end_true_size(Visitor *visitor, const VisitorWorld *world);

float visitor_fov(const Visitor *visitor); // walking
// Turns to absolute angles, at once.
void visitor_look(Visitor *visitor, float yaw, float pitch);

// The camera now, its near and far planes fitted.
Camera visitor_camera(const Visitor *visitor, const VisitorWorld *world);

bool visitor_is_close(const Visitor *visitor); // CLOSE or ARRIVING
// Nothing moves any more by itself.
bool visitor_is_still(const Visitor *visitor);
const char *visitor_state_name(const Visitor *visitor); // "walking", "gliding", "close"
// How near to the surface the eye may come.
double visitor_least_distance(const VisitorPiece *piece);
