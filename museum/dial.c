// dial.c: the dial on the lens's rim: strengths as angles, and back.

#include "museum/dial.h"

#include <math.h>

#define LOWEST_RAD -0.70  // the weakest, a little below the middle
#define OCTAVE_RAD 0.42   // for twice as strong
#define LONGEST_RAD 2.2   // of all of it
#define UNKNOWN_MOST 40.0 // where nothing sets a limit
#define LEAST_OCTAVES 0.05

Dial dial_of(const Magnifier *magnifier, bool is_left)
{
    Dial dial = {.least = MAGNIFIER_LEAST_ZOOM, .most = UNKNOWN_MOST};
    dial.has_limit = magnifier->most_zoom > 0;
    if (dial.has_limit)
        dial.most = MAX(magnifier->most_zoom, dial.least);
    double octaves = log2(dial.most / dial.least);
    if (octaves < LEAST_OCTAVES)
        dial.most = dial.least;
    double native = dial.most * MAGNIFIER_NATIVE / MAGNIFIER_MOST_ENLARGED;
    if (dial.has_limit && native >= dial.least)
        dial.native = native;
    double length = MIN(octaves * OCTAVE_RAD, LONGEST_RAD);
    dial.from = (float)LOWEST_RAD;
    dial.to = (float)(LOWEST_RAD + length);
    if (is_left) {
        dial.from = (float)M_PI - dial.from;
        dial.to = (float)M_PI - dial.to;
    }
    return dial;
}

bool dial_has_choice(const Dial *dial)
{
    return dial->most > dial->least;
}

float dial_angle(const Dial *dial, double zoom)
{
    if (!dial_has_choice(dial))
        return dial->to;
    double part = log2(CLAMP(zoom, dial->least, dial->most) / dial->least) /
                  log2(dial->most / dial->least);
    return dial->from + (dial->to - dial->from) * (float)part;
}

double dial_zoom(const Dial *dial, float angle)
{
    if (!dial_has_choice(dial))
        return dial->most;
    // The short way around from its middle: angles come from atan2.
    double middle = (double)(dial->from + dial->to) / 2, half = (double)dial->to - middle;
    double away = remainder((double)angle - middle, 2 * M_PI);
    double part = CLAMP(0.5 + away / half / 2, 0.0, 1.0);
    return dial->least * exp2(part * log2(dial->most / dial->least));
}

int dial_marks(const Dial *dial, DialMark marks[DIAL_MAX_MARKS])
{
    static const struct {
        double digit;
        bool is_named;
    } steps[] = {{1, true},  {1.2, false}, {1.5, false}, {2, true},  {2.5, false}, {3, false},
                 {4, false}, {5, true},    {6, false},   {7, false}, {8, false},   {9, false}};
    int count = 0;
    for (double ten = 1; ten <= dial->most; ten *= 10) {
        for (size_t i = 0; i < COUNT_OF(steps) && count < DIAL_MAX_MARKS; i++) {
            double zoom = steps[i].digit * ten;
            if (zoom >= dial->least && zoom <= dial->most)
                marks[count++] = (DialMark){zoom, steps[i].is_named};
        }
    }
    return count;
}
