// tape.c: the tape measure in the visitor's hand: where it points, and what was measured of
// each piece in this visit.

#include "museum/tape.h"

#include "museum/measure_pick.h"
#include "museum/museum.h"

#include <math.h>
#include <string.h>

#define OFF_SURFACE 0.05 // of a piece's radius: points in numbers may lie as far off
#define WANTED_PX 2.0f   // radius of the small views
#define WANTED_FINER 6.0 // pixels a sample, in these

Tape tape_make(uint32_t exhibit_count, Arena *arena)
{
    return (Tape){.measures = ARENA_ARRAY(arena, Measure, (size_t)exhibit_count + 1),
                  .reticle = {0.5f, 0.5f}};
}

static Measure *measure_of(Museum *m)
{
    return m->close >= 0 ? &m->tape.measures[m->close] : NULL;
}

const Measure *tape_measure(const Museum *m)
{
    return m->close >= 0 ? &m->tape.measures[m->close] : NULL;
}

static MeasureSurface surface_of(const Museum *m)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    return (MeasureSurface){.streamer = m->streamer,
                            .sculpture = exhibit->sculpture,
                            .placement = exhibit->placement,
                            .sample_m = exhibit->sample_m,
                            .claim_m = exhibit->record.capture.accuracy_um * 1e-6};
}

// What one sees there: within the lens, through it.
static const View *view_at(const Museum *m, const float px[2])
{
    const Viewport *outside = &m->view.viewport;
    double across = (double)(px[0] - m->lens.at[0] * outside->width);
    double down = (double)(px[1] - m->lens.at[1] * outside->height);
    bool is_inside = m->lens.is_on &&
                     hypot(across, down) <
                         (double)magnifier_radius_px(&m->lens, outside->width, outside->height);
    return is_inside ? &m->lens_view : &m->view;
}

static bool pick(const Museum *m, const float px[2], MeasurePoint *out)
{
    MeasureSurface surface = surface_of(m);
    return measure_pick(&surface, view_at(m, px), px, out);
}

// ---- wishes

void tape_put(Museum *m, bool is_out)
{
    m->tape.is_out = is_out && visitor_is_close(&m->visitor) && m->close >= 0;
    m->tape.is_shown = m->tape.is_aimed = m->tape.has_hover = false;
    if (!m->tape.is_out)
        return;
    bool by_lens = m->lens.is_on;
    m->tape.reticle[0] = by_lens ? m->lens.at[0] : 0.5f;
    m->tape.reticle[1] = by_lens ? m->lens.at[1] : 0.5f;
    m->tape.is_shown = m->tape.is_aimed = m->controls.device != CONTROLS_TOUCH;
}

void tape_undo(Museum *m)
{
    if (m->close >= 0)
        measure_undo(measure_of(m));
}

void tape_clear(Museum *m)
{
    if (m->close >= 0)
        measure_clear(measure_of(m));
}

static void set_point(Museum *m, const float px[2])
{
    MeasurePoint point;
    if (pick(m, px, &point))
        measure_add(measure_of(m), &point);
}

// The lens goes along with the reticle, and the reticle with the pointer; a finger moves the
// lens, whose middle is then what points.
static void move_reticle(Museum *m, const Input *input, const Wishes *wishes)
{
    Tape *tape = &m->tape;
    float heights[2] = {(float)input->height / (float)MAX(input->width, 1), 1};
    bool moves = wishes->reticle[0] != 0 || wishes->reticle[1] != 0;
    for (int i = 0; i < 2 && moves; i++)
        tape->reticle[i] =
            CLAMP(tape->reticle[i] + wishes->reticle[i] * heights[i], 0.0f, 1.0f);
    tape->is_aimed |= moves || wishes->has_pointer;
    if (moves) {
        tape->is_shown = true;
        if (m->lens.is_on && !m->lens.is_pinned)
            memcpy(m->lens.at, tape->reticle, sizeof m->lens.at);
    } else if (wishes->has_pointer) {
        bool by_lens = m->controls.device == CONTROLS_TOUCH && m->lens.is_on;
        memcpy(tape->reticle, by_lens ? m->lens.at : wishes->pointer, sizeof tape->reticle);
        tape->is_shown = by_lens;
    }
}

void tape_take_wishes(Museum *m, const Input *input, const Wishes *wishes)
{
    if (wishes->toggles_tape)
        tape_put(m, !m->tape.is_out);
    if (!visitor_is_close(&m->visitor) || m->close < 0)
        m->tape.is_out = false;
    if (!m->tape.is_out)
        return;
    Measure *measure = measure_of(m);
    move_reticle(m, input, wishes);
    if (wishes->tape_kind_step)
        measure_set_kind(measure, (MeasureKind)(((int)measure->kind + wishes->tape_kind_step) %
                                                MEASURE_KIND_COUNT));
    if (wishes->sets_point)
        set_point(m, (float[2]){m->tape.reticle[0] * (float)input->width,
                                m->tape.reticle[1] * (float)input->height});
    if (wishes->takes_point_back)
        measure_undo(measure);
    if (wishes->clears_points)
        measure_clear(measure);
}

void tape_take_clicks(Museum *m, const TapeClicks *clicks)
{
    const Viewport *viewport = &m->view.viewport;
    if (m->close < 0)
        return;
    if (clicks->has_kind)
        measure_set_kind(measure_of(m), clicks->kind);
    if (clicks->sets_point)
        set_point(m, (float[2]){m->tape.reticle[0] * viewport->width,
                                m->tape.reticle[1] * viewport->height});
    if (clicks->takes_back)
        tape_undo(m);
    if (clicks->clears)
        tape_clear(m);
    if (clicks->closes)
        tape_put(m, false);
}

bool tape_takes_tap(Museum *m, const float px[2], bool is_finger)
{
    if (!m->tape.is_out)
        return false;
    // A finger that aims with the lens covers what it touches: the button sets the point.
    if (!is_finger || !m->lens.is_on || m->lens.is_pinned)
        set_point(m, px);
    return true;
}

// ---- each frame

void tape_follow(Museum *m, const Viewport *viewport)
{
    Tape *tape = &m->tape;
    Measure *measure = measure_of(m);
    tape->has_hover = false;
    if (!measure)
        return;
    MeasureSurface surface = surface_of(m);
    for (uint32_t i = 0; i < measure->point_count; i++)
        measure_refine(&surface, &measure->points[i]);
    if (!tape->is_out || !tape->is_aimed || m->visitor.state != VISITOR_CLOSE)
        return;
    float px[2] = {tape->reticle[0] * viewport->width, tape->reticle[1] * viewport->height};
    tape->has_hover = pick(m, px, &tape->hover);
}

// Between the finest samples there are of the piece, as far as its pack and the point know.
static double finest_m(const Exhibit *exhibit, const MeasurePoint *point)
{
    double texel_m = exhibit->record.measured.texel_median_um * 1e-6;
    double finest = point->sample_m;
    finest = exhibit->sample_m > 0 ? MIN(finest, exhibit->sample_m) : finest;
    return texel_m > 0 ? MIN(finest, texel_m) : finest;
}

uint32_t tape_views(const Museum *m, const Viewport *viewport, View out[TAPE_MAX_VIEWS])
{
    const Measure *measure = tape_measure(m);
    uint32_t count = 0;
    if (!measure)
        return 0;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    for (uint32_t i = measure->point_count; i-- > 0 && count < TAPE_MAX_VIEWS;) {
        double world[3];
        float px[2];
        if (measure->points[i].is_finest)
            continue;
        placement_to_world(&exhibit->placement, measure->points[i].at_m, world);
        if (!view_project(&m->view, world, px) || px[0] < 0 || px[1] < 0 ||
            px[0] > viewport->width || px[1] > viewport->height)
            continue;
        double finer = WANTED_FINER * view_pixel_m(&m->view, world) /
                       MAX(finest_m(exhibit, &measure->points[i]), 1e-9);
        out[count++] =
            camera_magnify(&m->camera, viewport, px, WANTED_PX, (float)CLAMP(finer, 1, 10000));
    }
    return count;
}

// ---- scripts

NODISCARD static Status find_point(const Museum *m, const ScriptPoint *wish, MeasurePoint *out)
{
    const double *at = wish->at;
    if (!wish->is_solid) {
        float px[2] = {(float)at[0] * m->view.viewport.width,
                       (float)at[1] * m->view.viewport.height};
        if (!pick(m, px, out))
            return FAIL(ERR_NOT_FOUND, "there is nothing of the piece at %g,%g", at[0], at[1]);
        return OK;
    }
    MeasureSurface surface = surface_of(m);
    double own[3] = {at[0] / 1e3, at[1] / 1e3, at[2] / 1e3};
    double reach_m = m->collection.exhibits[m->close].radius_m * OFF_SURFACE;
    if (!measure_pick_near(&surface, own, reach_m, out))
        return FAIL(ERR_NOT_FOUND, "no surface within %.3g mm of %g,%g,%g", reach_m * 1e3,
                    at[0], at[1], at[2]);
    return OK;
}

NODISCARD Status tape_measure_points(Museum *m, MeasureKind kind, const ScriptPoint *points,
                                     uint32_t count)
{
    MeasurePoint found[SCRIPT_MAX_POINTS];
    if (m->visitor.state != VISITOR_CLOSE || m->close < 0)
        return FAIL(ERR_INVALID, "lean in first");
    for (uint32_t i = 0; i < count; i++)
        TRY(find_point(m, &points[i], &found[i]));
    tape_put(m, true);
    m->tape.is_shown = m->tape.is_aimed = false;
    measure_begin(measure_of(m), kind);
    for (uint32_t i = 0; i < count; i++)
        measure_add(measure_of(m), &found[i]);
    return OK;
}

void tape_fill_stats(const Museum *m, Arena *arena, Stats *stats)
{
    const Measure *measure = tape_measure(m);
    const MeasureFigure *newest = measure ? measure_newest(measure) : NULL;
    stats->measure_kind = stats->measure_text = "";
    if (!newest)
        return;
    MeasureValue value = measure_value(measure, newest);
    MeasureReading reading = measure_read(measure, newest);
    bool is_angle = newest->kind == MEASURE_ANGLE;
    stats->measure_kind = measure_kind_name(newest->kind);
    stats->measure_text = arena_copy_text(arena, reading.text);
    stats->measure_points = newest->count;
    stats->measure_figures = measure->figure_count;
    stats->measure_mm = is_angle ? 0 : value.value * 1e3;
    stats->measure_degrees = is_angle ? value.value : 0;
    stats->measure_tolerance = value.tolerance * (is_angle ? 1 : 1e3);
    stats->measure_digits = reading.decimals;
    stats->measure_is_finest = true;
    for (uint32_t i = 0; i < newest->count; i++)
        stats->measure_is_finest &= measure->points[newest->first + i].is_finest;
}
