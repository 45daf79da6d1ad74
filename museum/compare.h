// compare.h: two pieces, or one twice, side by side at the same true scale.
//
//   +-----------------+-----------------+   Rays are parallel, and both halves show the same
//   |                 |      ____       |   height: a millimetre is equally many pixels
//   |      __         |     |    |      |   everywhere in both. Each piece stands alone in a
//   |     |__|        |     |____|      |   booth of its own, in the middle; the booths' lamps
//   |          |---------|              |   are the same.
//   |  title, rights  |  title, rights  |
//   +-----------------+-----------------+   Each half has its own turn and its own lens.
//
// Linked, what the visitor does is done to both; free, to the half under the pointer. The scale
// is always one for both. The visitor stands where he stood meanwhile, untouched, and so is
// what he sees when the comparison is over.
// Main thread only.

#pragma once
#include "museum/controls.h"
#include "museum/magnifier.h"
#include "museum/photo_text.h"
#include "museum/rest.h"
#include "museum/scene.h"
#include "museum/stats.h"

typedef struct Museum Museum;
typedef struct MuseumFrame MuseumFrame;

typedef struct CompareHalf {
    uint32_t exhibit;
    // in its booth
    Placement placement;
    double center[3], radius_m;
    Orbit orbit;
    float pending_orbit[2], pending_pan[2];
    VisitorSwing swing;
    Magnifier lens;
    bool lens_is_known; // how fine the scan is under its middle
    float lens_was[2];  // in the last frame
    // of the newest frame
    View view, lens_view;
    View own_view, own_lens_view; // the same where the piece stands in its room: for asking
    SceneRelief relief;           // in the booth
    double um_per_pixel;          // in the piece's middle
} CompareHalf;

typedef struct Compare {
    bool is_on;
    bool is_choosing; // a list of pieces lies over the picture
    uint32_t page;    // of that list
    bool takes_focus; // of keys: it has just been opened
    // What was clicked in a frame comes with the next: its list is already made.
    bool has_chosen, leaves;
    uint32_t chosen;
    bool is_free; // not linked
    int active;   // half the visitor's wishes are for
    CompareHalf halves[2];
    double height_m; // that both halves show
    double whole_height_m, least_height_m, most_height_m;
    float pending_zoom_log;
    VisitorActions hand;              // what it moved since the last step, while it holds
    Rest other_rest, other_lens_rest; // of the right half; the left's are the museum's
    Magnifier lens_before;            // the visitor's, before
} Compare;

// A list of what the piece one leans in to can be compared with, or no longer.
void compare_choose(Museum *museum, bool is_choosing);
// `left` beside `right`, turned as one sees the piece one leans in to. ERR_INVALID unless leant
// in, or where a piece is under restoration.
NODISCARD Status compare_begin(Museum *museum, uint32_t left, uint32_t right);
void compare_end(Museum *museum); // all is as before
// ERR_INVALID without a comparison.
NODISCARD Status compare_link(Museum *museum, bool is_linked);
// ERR_INVALID, with a sentence, while comparing: for what is done to one piece only.
NODISCARD Status compare_refuse(const Museum *museum);

// The lens that wishes are for: the active half's, or the visitor's own.
Magnifier *compare_lens(Museum *museum);
// The half at `x`, in parts of the picture, becomes the active one. Without a comparison it
// does nothing.
void compare_point(Museum *museum, float x);

// Before anything else of a frame: what was clicked in the one before.
void compare_take_clicks(Museum *museum);
// Takes the visitor's wishes; may end the comparison.
void compare_hear(Museum *museum, const Input *input, const Wishes *wishes);
// The rest of the frame, instead of the visitor's.
void compare_frame(Museum *museum, const Input *input, const MuseumFrame *how);
bool compare_is_still(const Museum *museum);
void compare_fill_stats(const Museum *museum, Stats *stats);

// compare_light.c: where the halves' pieces stand, and in which light.
void compare_booth(int half, double unit_m, double center[3]);
double compare_booth_unit(double radius_m); // of booths for pieces so large
NODISCARD Status compare_light(Render *render, double unit_m);

// ---- for compare_photo.c

// Of a half as it is turned now: in its booth, and where the piece stands in its room.
void compare_cameras(const Museum *museum, int half, Camera *camera, Camera *own);
RenderView compare_view(const CompareHalf *half, const View *view);
SceneHalf compare_scene_half(const CompareHalf *half, int index); // without views
void compare_light_list(Museum *museum, RenderList *list);        // ground and exposure

// compare_photo.c: both halves, so many times larger than the window, for photographs.
typedef struct CompareShot {
    bool has_lens[2];
    View views[2], own_views[2], lenses[2], own_lenses[2];
} CompareShot;

typedef struct CompareTile {
    const CompareShot *shot;
    Viewport parts[2]; // of each half; side by side as large as the window
    bool is_in_lens[2];
    float grain_px; // as RenderView's
    const RenderQuad *quads;
    uint32_t quad_count;
} CompareTile;

void compare_shoot(const Museum *museum, const Input *input, int scale, CompareShot *out);
void compare_draw_tile(Museum *museum, const CompareTile *tile, const MuseumFrame *how);
PhotoPair compare_keep(const Museum *museum);
// Leant in. ERR_NOT_FOUND, ERR_INVALID where a piece cannot be shown.
NODISCARD Status compare_open(Museum *museum, const PhotoPair *pair);

// compare_draw.c: what is written over it.
void compare_write_over(Museum *museum, const Input *input, RenderList *list);
void compare_draw_choice(Museum *museum); // while choosing
