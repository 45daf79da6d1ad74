// measure.c: the tape measure: points on a surface, how far apart they are, and how well that
// is known.

#include "museum/measure.h"

#include "data/geometry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DEGREES 57.29577951308232

static const struct {
    const char *name;
    uint32_t least, most; // points
} kinds[MEASURE_KIND_COUNT] = {
    [MEASURE_TAPE] = {"tape", 2, 2},
    [MEASURE_CHAIN] = {"chain", 2, MEASURE_MAX_POINTS},
    [MEASURE_ANGLE] = {"angle", 3, 3},
};

// ---- points

const MeasureFigure *measure_newest(const Measure *measure)
{
    return measure->figure_count ? &measure->figures[measure->figure_count - 1] : NULL;
}

bool measure_is_complete(const MeasureFigure *figure)
{
    return figure->count >= kinds[figure->kind].least;
}

static void convert_newest(Measure *measure)
{
    if (!measure->figure_count)
        return;
    MeasureFigure *newest = &measure->figures[measure->figure_count - 1];
    bool goes_on = newest->kind == MEASURE_TAPE && measure->kind == MEASURE_CHAIN;
    if (!measure_is_complete(newest) || (goes_on && !measure->is_closed))
        newest->kind = measure->kind;
}

void measure_set_kind(Measure *measure, MeasureKind kind)
{
    measure->is_closed = measure->kind == kind;
    measure->kind = kind;
    convert_newest(measure);
}

void measure_undo(Measure *measure)
{
    if (!measure->figure_count)
        return;
    measure->is_closed = false;
    measure->point_count--;
    if (!--measure->figures[measure->figure_count - 1].count)
        measure->figure_count--;
}

void measure_begin(Measure *measure, MeasureKind kind)
{
    while (measure->figure_count && !measure_is_complete(measure_newest(measure)))
        measure_undo(measure);
    measure->kind = kind;
    measure->is_closed = true;
}

static void drop_oldest(Measure *measure)
{
    uint32_t gone = measure->figures[0].count;
    measure->point_count -= gone;
    measure->figure_count--;
    memmove(measure->points, measure->points + gone,
            measure->point_count * sizeof *measure->points);
    memmove(measure->figures, measure->figures + 1,
            measure->figure_count * sizeof *measure->figures);
    for (uint32_t i = 0; i < measure->figure_count; i++)
        measure->figures[i].first -= gone;
}

static bool takes_more(const Measure *measure)
{
    const MeasureFigure *newest = measure_newest(measure);
    if (!newest || newest->kind != measure->kind)
        return false;
    return newest->count < kinds[newest->kind].most &&
           !(measure->is_closed && measure_is_complete(newest));
}

const MeasurePoint *measure_open_end(const Measure *measure)
{
    const MeasureFigure *newest = measure_newest(measure);
    bool is_open = newest && (!measure_is_complete(newest) || takes_more(measure));
    return is_open ? &measure->points[measure->point_count - 1] : NULL;
}

void measure_add(Measure *measure, const MeasurePoint *point)
{
    convert_newest(measure); // what undoing left unfinished
    bool begins = !takes_more(measure);
    if (begins && measure->figure_count == MEASURE_MAX_FIGURES)
        drop_oldest(measure);
    if (measure->point_count == MEASURE_MAX_POINTS) {
        begins |= measure->figure_count == 1; // a chain that fills everything begins anew
        drop_oldest(measure);
    }
    if (begins)
        measure->figures[measure->figure_count++] =
            (MeasureFigure){.kind = measure->kind, .first = measure->point_count};
    measure->points[measure->point_count++] = *point;
    measure->figures[measure->figure_count - 1].count++;
    measure->is_closed = false;
}

void measure_clear(Measure *measure)
{
    *measure = (Measure){.kind = measure->kind};
}

// ---- values

double measure_point_tolerance(const MeasurePoint *point)
{
    return MAX(MAX(point->sample_m, point->aim_m) / 2, point->claim_m);
}

MeasureValue measure_between(const MeasurePoint *a, const MeasurePoint *b)
{
    return (MeasureValue){true, distance3(a->at_m, b->at_m),
                          measure_point_tolerance(a) + measure_point_tolerance(b)};
}

// How far an arm may turn while its ends stay within what is known of them.
static double sway(const MeasurePoint *a, const MeasurePoint *b)
{
    MeasureValue arm = measure_between(a, b);
    return arm.tolerance < arm.value ? asin(arm.tolerance / arm.value) : INFINITY;
}

MeasureValue measure_angle(const MeasurePoint *a, const MeasurePoint *b, const MeasurePoint *c)
{
    double arms[2][3], across[3], off = sway(a, b) + sway(c, b);
    if (!isfinite(off))
        return (MeasureValue){0};
    sub3(a->at_m, b->at_m, arms[0]);
    sub3(c->at_m, b->at_m, arms[1]);
    cross3(arms[0], arms[1], across);
    double angle = atan2(length3(across), dot3(arms[0], arms[1]));
    return (MeasureValue){true, angle * DEGREES, MIN(off * DEGREES, 180)};
}

MeasureValue measure_value(const Measure *measure, const MeasureFigure *figure)
{
    const MeasurePoint *points = measure->points + figure->first;
    if (!measure_is_complete(figure))
        return (MeasureValue){0};
    if (figure->kind == MEASURE_ANGLE)
        return measure_angle(&points[0], &points[1], &points[2]);
    MeasureValue sum = {.is_known = true};
    for (uint32_t i = 1; i < figure->count; i++) {
        MeasureValue part = measure_between(&points[i - 1], &points[i]);
        sum.value += part.value;
        sum.tolerance += part.tolerance;
    }
    return sum;
}

// ---- words

// The smallest 1, 2 or 5 times a power of ten that is no finer than the tolerance, nor than a
// hundred-thousandth of what is said.
static MeasureReading round_honestly(double value, double tolerance, const char *unit)
{
    double least = MAX(MAX(tolerance, value * 1e-5), 1e-3);
    int power = (int)floor(log10(least) + 1e-9);
    double ten = pow(10, power), times = least / ten - 1e-9;
    double steps = times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10;
    MeasureReading reading = {.step = steps * ten, .unit = unit};
    reading.value = round(value / reading.step) * reading.step;
    reading.decimals = MAX(-power - (steps > 5 ? 1 : 0), 0);
    snprintf(reading.text, sizeof reading.text, "%.*f%s%s ± %.*f", reading.decimals,
             reading.value, strcmp(unit, "°") ? " " : "", unit, reading.decimals, reading.step);
    return reading;
}

MeasureReading measure_read_length(const MeasureValue *value)
{
    if (!value->is_known)
        return (MeasureReading){.unit = "mm"};
    bool is_small = value->value < 1e-3 && value->tolerance < 0.5e-3;
    return is_small ? round_honestly(value->value * 1e6, value->tolerance * 1e6, "µm")
                    : round_honestly(value->value * 1e3, value->tolerance * 1e3, "mm");
}

MeasureReading measure_read_angle(const MeasureValue *value)
{
    if (!value->is_known)
        return (MeasureReading){.unit = "°"};
    return round_honestly(value->value, value->tolerance, "°");
}

MeasureReading measure_read(const Measure *measure, const MeasureFigure *figure)
{
    MeasureValue value = measure_value(measure, figure);
    return figure->kind == MEASURE_ANGLE ? measure_read_angle(&value)
                                         : measure_read_length(&value);
}

const char *measure_kind_name(MeasureKind kind)
{
    return kinds[kind].name;
}

bool measure_find_kind(const char *name, MeasureKind *out)
{
    for (int i = 0; i < MEASURE_KIND_COUNT; i++) {
        if (!strcmp(name, kinds[i].name)) {
            *out = (MeasureKind)i;
            return true;
        }
    }
    return false;
}
