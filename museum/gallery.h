// gallery.h: the rooms as a visitor meets them: what stops feet, what hides from eyes, which
// way leads where, and what one stands before.
//
// Made once from a Plan, then only read: any thread. Metres on the floor are double[2]: x and
// z. A visitor is a circle of GALLERY_RADIUS_M. Walls are segments (the inner faces of rooms
// and the sides of passages), stands and benches are turned boxes.

#pragma once
#include "base/arena.h"
#include "data/geometry.h"
#include "exhibits/model/plan.h"

#define GALLERY_RADIUS_M 0.27

typedef struct GalleryWall {
    double a[2], b[2];
} GalleryWall;

typedef struct GalleryBox {
    double center[2], half[2]; // along its own x and z
    double sin_yaw, cos_yaw;
    double height_m; // with glass and what stands on it
    double floor_m;  // what it stands on, over the house's zero
    int32_t place;   // PLAN_NONE: a bench
} GalleryBox;

typedef struct GalleryGrid {
    double low[2], cell_m;
    int32_t width, depth;
    uint8_t *is_free; // a visitor may stand in the middle of the cell; 2: on stairs
} GalleryGrid;

// What is within reach of someone who stands in a cell.
typedef struct GalleryNear {
    double low[2], cell_m;
    int32_t width, depth;
    uint32_t *first;  // by cell, and the end of the last
    uint32_t *things; // walls by their index, boxes by theirs and wall_count
} GalleryNear;

typedef struct Gallery {
    const Plan *plan; // outlives the gallery
    bool has_heights; // floors are not all at 0
    // Walls, of which the first high_count hide what is behind them; the others are the rails
    // of stairs, ramps and landings.
    uint32_t wall_count, high_count, box_count;
    GalleryWall *walls;
    GalleryBox *boxes; // places first, in the plan's order, then benches
    GalleryGrid grid;
    GalleryNear near;
} Gallery;

// `piece_heights_m` has one number for each place: how far the piece reaches above the stand's
// top (or the glass does); NULL: nothing does. The plan must be sound (plan_check).
void gallery_make(const Plan *plan, const float *piece_heights_m, Arena *arena, Gallery *out);

// Whether a visitor may stand there: inside a room or passage and clear of everything.
bool gallery_is_free(const Gallery *gallery, const double spot[2]);
// Inside a room's polygon or a passage, not regarding what stands there.
bool gallery_is_inside(const Gallery *gallery, const double spot[2]);
// The floor under a spot, over the house's zero, as feet follow it: stairs are a slope.
double gallery_floor_m(const Gallery *gallery, const double spot[2]);
// Where something lies flat on the floor there, and how the floor rises: metres a metre to the
// east and to the south.
void gallery_lie(const Gallery *gallery, const double spot[2], double at[3], float slope[2]);
// How fast one walks there: 1 on level ground, less on stairs and ramps.
double gallery_pace(const Gallery *gallery, const double spot[2]);
bool gallery_is_on_stairs(const Gallery *gallery, const double spot[2]);
// Walks from a free spot by `step`, sliding along what is in the way. *out is free, at most
// length(step) away but for rounding.
void gallery_move(const Gallery *gallery, const double from[2], const double step[2],
                  double out[2]);
// The free spot of the grid nearest to `spot`; false if there is none at all.
bool gallery_nearest_free(const Gallery *gallery, const double spot[2], double out[2]);

// The way from one free spot to another around everything: corners to walk to, the last one is
// `to`. ERR_NOT_FOUND where no way leads. In `arena`.
NODISCARD Status gallery_find_path(const Gallery *gallery, const double from[2],
                                   const double to[2], Arena *arena, double (**out)[2],
                                   uint32_t *out_count);

// The same for who takes no stairs where a ramp leads there.
NODISCARD Status gallery_find_ramps(const Gallery *gallery, const double from[2],
                                    const double to[2], Arena *arena, double (**out)[2],
                                    uint32_t *out_count);

// No wall between two spots; one sees over rails.
bool gallery_sees(const Gallery *gallery, const double from[2], const double to[2]);
typedef struct GalleryStand {
    double spot[2];
    float camera_yaw, camera_pitch; // camera.h
} GalleryStand;

// Where to stand before a place, with eyes `eye_m` over the floor, so that what is on it and
// its label fill a good part of a picture as high as `fov_y`. False where no spot around it is
// free.
bool gallery_stand_before(const Gallery *gallery, uint32_t place, double eye_m, double fov_y,
                          GalleryStand *out);
// The place someone stands before: near, about where they look, no wall between. PLAN_NONE if
// there is none.
int32_t gallery_focus(const Gallery *gallery, const double spot[2], float camera_yaw);
// Of the pieces that share a stand with `place`, the one that a ray points to: over whose
// compartment it comes down, or which is nearest to there.
int32_t gallery_in_tray(const Gallery *gallery, int32_t place, const Ray *ray);
// The next of them after `place` in the plan, or the one before; around at the end.
int32_t gallery_along_tray(const Gallery *gallery, int32_t place, int step);
// The nearest place, by the way the crow flies, preferring those in sight. PLAN_NONE in an
// empty gallery.
int32_t gallery_nearest_place(const Gallery *gallery, const double spot[2]);

typedef struct GalleryHit {
    int32_t place; // PLAN_NONE: the floor
    double distance_m;
    double spot[2]; // on the floor, below the hit
} GalleryHit;

// What a ray from inside a room meets first: floors at every height, too; one piece of those
// that share a stand. False for walls, ceilings and benches.
bool gallery_pick(const Gallery *gallery, const Ray *ray, GalleryHit *out);
