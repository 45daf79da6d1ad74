// measure.h: the tape measure: points on a surface, how far apart they are, and how well that
// is known.
//
// Points are in the sculpture's own metres, so they stay where they are on it whatever the
// visitor does. A tape is the straight line between two of them, as a caliper would take it,
// not the way along the surface; it snaps to nothing.
//
//   tape    o-----o            two points
//   chain   o--o---o--o        two or more: the parts and their sum
//   angle   o--o/o             three: at the second
//
// A point is known to half a sample of the surface around it, to half a pixel of the picture it
// was chosen in, or to what its record claims of the scan, whichever is worst; what is not
// known of two points adds up. A value is rounded to the next step of 1, 2 or 5 above that, and
// the step is said with it: "12.3 mm ± 0.1". So no digit is finer than the samples are.
//
// Pure; a Measure is a plain value. One thread.

#pragma once
#include "base/str.h"

typedef enum MeasureKind {
    MEASURE_TAPE,
    MEASURE_CHAIN,
    MEASURE_ANGLE,
    MEASURE_KIND_COUNT
} MeasureKind;

enum { MEASURE_MAX_POINTS = 48, MEASURE_MAX_FIGURES = 16 };

typedef struct MeasurePoint {
    double at_m[3];
    double along[3]; // which way one looked when choosing it; zero: told in numbers
    double sample_m; // between neighbouring samples of the surface around it
    double aim_m;    // how wide a pixel was there when it was chosen; 0: told in numbers
    double claim_m;  // how exact its record says the scan is; 0: it does not
    bool is_finest;  // nothing finer of the surface exists
} MeasurePoint;

// So many points one after the other; only the newest figure may still lack some.
typedef struct MeasureFigure {
    MeasureKind kind;
    uint32_t first, count;
} MeasureFigure;

typedef struct Measure {
    MeasureKind kind; // of what is begun next
    bool is_closed;   // the newest figure takes no more points
    uint32_t figure_count, point_count;
    MeasureFigure figures[MEASURE_MAX_FIGURES];
    MeasurePoint points[MEASURE_MAX_POINTS];
} Measure;

// An unfinished figure becomes one of the other kind; a finished one stays, but that a tape
// goes on as a chain. The kind there was already: a chain ends, and another may begin.
void measure_set_kind(Measure *measure, MeasureKind kind);
// Forgets what is unfinished; the next point begins a figure of that kind.
void measure_begin(Measure *measure, MeasureKind kind);
// To the newest figure; where that has all its points, a new one begins. The oldest figures go
// where there is no room.
void measure_add(Measure *measure, const MeasurePoint *point);
void measure_undo(Measure *measure);  // takes the newest point back
void measure_clear(Measure *measure); // but for the kind

const MeasureFigure *measure_newest(const Measure *measure); // NULL: none
// The newest point, if the next one goes with it; else NULL.
const MeasurePoint *measure_open_end(const Measure *measure);
// Whether it has points enough to say something.
bool measure_is_complete(const MeasureFigure *figure);

// Metres or degrees.
typedef struct MeasureValue {
    bool is_known;
    double value, tolerance; // what was meant is no farther off than this
} MeasureValue;

double measure_point_tolerance(const MeasurePoint *point);
MeasureValue measure_between(const MeasurePoint *a, const MeasurePoint *b);
// At `b`. Not known where an arm is no longer than it is uncertain.
MeasureValue measure_angle(const MeasurePoint *a, const MeasurePoint *b, const MeasurePoint *c);
MeasureValue measure_value(const Measure *measure, const MeasureFigure *figure);

// How a value is said: rounded to `step`, with so many decimals, in `unit`.
typedef struct MeasureReading {
    double value, step; // in the unit
    int decimals;
    const char *unit; // "mm", "µm", "°"
    char text[48];    // "12.3 mm ± 0.1", "840 µm ± 20", "41.5° ± 0.5"
} MeasureReading;

MeasureReading measure_read_length(const MeasureValue *value);
MeasureReading measure_read_angle(const MeasureValue *value);
// Of a figure; an empty text where it is not known.
MeasureReading measure_read(const Measure *measure, const MeasureFigure *figure);

const char *measure_kind_name(MeasureKind kind); // "tape"
bool measure_find_kind(const char *name, MeasureKind *out);
