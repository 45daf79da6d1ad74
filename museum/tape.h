// tape.h: the tape measure in the visitor's hand: where it points, and what was measured of
// each piece in this visit.
//
// It is taken out while one leans in, and put away when one leaves; what was measured stays
// with the piece, and is there again. Points are taken from what is resident; what their places
// lack of the finest detail is wanted as if a small lens lay over them.
//
// Main thread only.

#pragma once
#include "data/camera.h"
#include "draw/ui.h"
#include "museum/controls.h"
#include "museum/hud_room.h"
#include "museum/measure.h"
#include "museum/script.h"
#include "museum/stats.h"

struct Museum;

enum {
    TAPE_MAX_VIEWS = 2, // for unrefined points, the newest first
    TAPE_STEPS = 32,    // of a line, each hidden or not
    TAPE_MAX_LINES = MEASURE_MAX_POINTS,
};

typedef struct Tape {
    bool is_out;
    Measure *measures; // by exhibit; NULL: no memory of any
    // the reticle
    float reticle[2]; // in parts of the picture
    bool is_shown;    // it is moved by keys, stick, or the lens under a finger
    bool is_aimed;    // somebody moves it: what would be measured is shown
    bool has_hover;   // it points at the surface
    MeasurePoint hover;
    HudRoom over; // what stood over the picture in the last frame: readings stay clear of it
    // Which steps of the newest picture's lines the piece hides, while `seen` stays the same.
    uint64_t seen;
    uint32_t hidden[TAPE_MAX_LINES];
} Tape;

Tape tape_make(uint32_t exhibit_count, Arena *arena);

// What was measured of the piece one leans in to; NULL where one does not.
const Measure *tape_measure(const struct Museum *museum);

void tape_take_wishes(struct Museum *museum, const Input *input, const Wishes *wishes);
// A click or a tap at a place of the picture: false if it is not for the tape.
bool tape_takes_tap(struct Museum *museum, const float px[2], bool is_finger);
// Once a frame, after the views are known: points move onto finer detail, the reticle points.
void tape_follow(struct Museum *museum, const Viewport *viewport);
// Small views over points that lack detail. Returns their count.
uint32_t tape_views(const struct Museum *museum, const Viewport *viewport,
                    View out[TAPE_MAX_VIEWS]);

void tape_put(struct Museum *museum, bool is_out); // out, or away
// What a script measures. ERR_NOT_FOUND where a point is not on the surface, ERR_INVALID where
// one does not lean in.
NODISCARD Status tape_measure_points(struct Museum *museum, MeasureKind kind,
                                     const ScriptPoint *points, uint32_t count);
void tape_undo(struct Museum *museum);
void tape_clear(struct Museum *museum);

// What was clicked in its bar.
typedef struct TapeClicks {
    bool has_kind, sets_point, takes_back, clears, closes;
    MeasureKind kind;
} TapeClicks;

// tape_draw.c: the lines over the picture and in the lens. Without what only one who measures
// wants to see, for pictures to keep. What they say is taken from `room`; NULL: from none.
void tape_draw(struct Museum *museum, bool is_souvenir, HudRoom *room);
// tape_bar.c.
TapeClicks tape_draw_bar(struct Museum *museum, HudRoom *room);
void tape_take_clicks(struct Museum *museum, const TapeClicks *clicks);

void tape_fill_stats(const struct Museum *museum, Arena *arena, Stats *stats);
