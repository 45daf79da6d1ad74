// dial.h: the dial on the lens's rim: strengths as angles, and back.
//
//                .--- limit: two pixels a sample, the end
//              /  |
//     lens    |   o   the knob: the strength now
//             |   |
//              \  |-- native: a pixel and a little a sample, most of an octave before the end
//                '--- the weakest
//
// Every doubling takes the same angle, so the dial is as long as the scan is fine. It stands at
// the lens's right, or, where the picture ends there, at its left.
//
// Pure; a Dial is a plain value. Any thread.

#pragma once
#include "museum/magnifier.h"

typedef struct Dial {
    double least, most; // strengths at its ends; equal: there is nothing to choose
    float from, to;     // their angles in radians, 0 to the right, a quarter turn up
    double native;      // 0: not on it, or not known
    bool has_limit;     // `most` is the scan's
} Dial;

Dial dial_of(const Magnifier *magnifier, bool is_left);
bool dial_has_choice(const Dial *dial);
float dial_angle(const Dial *dial, double zoom);
double dial_zoom(const Dial *dial, float angle); // past its ends: theirs

// The strengths written on it, 2, 5, 10, 20, ..., with what lies between as finer marks. Gives
// how many there are; `is_named` says which are written.
enum { DIAL_MAX_MARKS = 48 };
typedef struct DialMark {
    double zoom;
    bool is_named;
} DialMark;
int dial_marks(const Dial *dial, DialMark marks[DIAL_MAX_MARKS]);
