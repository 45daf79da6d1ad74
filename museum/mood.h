// mood.h: miniature mood: a shallow depth of field, as pictures of small things have.
//
//     aperture                     focus
//        |  \                      / |     each frame of the mean that a view at rest becomes
//   eyes *---->  all see the same <  |     is seen from another place of the aperture; what
//        |  /    in this plane     \ |     lies before or behind is spread, as by a thin lens
//
// Nothing is blurred: light takes the ways that it takes, around edges as well, so there are no
// halos. The aperture opens while frames are added: their mean is right at any time, only of a
// smaller one. What moves is sharp.
//
// Pure; a Mood is a plain value. One thread.

#pragma once
#include "data/camera.h"

enum { MOOD_FRAMES = 49 }; // odd: one from the middle, then opposite pairs

typedef struct Mood {
    bool is_on;                 // wished for
    bool is_open;               // and in force, in this frame
    double focus_m, aperture_m; // depth of what is sharp; half as wide as the aperture
    double wish_m, still_s;     // where the focus goes once that has not changed for a moment
} Mood;

// What there is to focus on.
typedef struct MoodSight {
    double depth_m;  // of what is to be sharp
    double radius_m; // of the piece
    double gap_m;    // from the eye to the nearest of its surface
    double passed_s; // of the visitor's time
    bool moves;      // the eye does: then the focus goes along at once
} MoodSight;

// Opens it, or, where `sight` is NULL, closes it.
void mood_see(Mood *mood, const MoodSight *sight);
// The focus is about to move.
bool mood_is_pending(const Mood *mood);
// From where the frame of that index of a mean is seen, in parts of the aperture.
void mood_place(int index, float out[2]);
// The same view from there.
View mood_view(const Mood *mood, const View *view, int index);
// What any of these views may show: more than the view itself, as large in pixels.
View mood_wide_view(const Mood *mood, const View *view);
