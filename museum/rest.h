// rest.h: what becomes of a view that does not move: what of each frame is drawn of it, and
// when there is nothing better to come.
//
//   moves  -->  waits  -->  the first frame at rest, whole  -->  a mean of more  -->  done
//                                    ^------ something new arrived: faded in ----------'
//
// A view is told apart by three keys. A new *place* (the camera, the size of the picture): it
// moves. A new *look* (the exposure, glass that fades): shown at once. New *detail* (triangles
// that were loaded, light that was computed): faded in, where that is wished.
//
// Pure; no clock. One thread.

#pragma once
#include "base/str.h"

typedef struct RestInput {
    uint64_t place, look, detail; // keys
    bool moves;                   // take it for a view that moves
    bool awaits_more;   // more detail is about to come: what stands had better stand until then
    bool is_unfinished; // the renderer had no time for all of it: what is drawn next is new
    int mean_count;     // frames a view at rest is a mean of; 1 and more
    float scale;        // of a view that moves
    double passed_s;    // since the frame before, of real time
    double wait_s;      // a view that stands still for less is not at rest yet
    double fade_s;      // how long new detail takes to come; 0: at once
} RestInput;

typedef struct Rest {
    bool is_known;                // there was a frame before
    uint64_t place, look, detail; // of it
    double still_s;               // the view has not moved for so long
    int count;                    // frames in the mean; 0: not at rest
    double fade_left_s;
} Rest;

// What to draw of the view in this frame: as RenderView wants it.
typedef struct RestFrame {
    bool is_needed; // there is something to draw. Otherwise what stood still stands
    bool is_half; // of a pair that leans to one side until the other is there: not to be shown
    bool is_kept;
    float share, scale;
    float shift_px[2];
    int index; // of the frame, in the mean
} RestFrame;

RestFrame rest_next(Rest *rest, const RestInput *input);
// The best picture of this view stands, as far as the last frame knew.
bool rest_is_done(const Rest *rest, int mean_count);
