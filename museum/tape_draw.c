// tape_draw.c: the tape over the picture and in the lens: lines, points, readings.
//
// A light line on a dark one, so that it is seen on any stone; what the piece hides is dashed
// and faint. Lines are clipped to the lens and drawn again in it, as it sees them.

#include "museum/hud_words.h"
#include "museum/museum.h"
#include "museum/tape.h"

#include <math.h>
#include <string.h>

#define LINE 1.6f   // units wide
#define CASING 4.2f // of the dark line below
#define DASH 5.0f
#define GAP 5.0f
#define POINT 4.0f        // radius
#define ARC 0.3           // of the shorter arm
#define BESIDE 20.0f      // a reading stands off its line so far
#define LEAST_PART 64.0f  // parts of a chain that are shorter in the picture are not told
#define IN_LENS 0.5f      // of its radius: readings lie within above and below its middle
#define RIM_ROOM 56.0f    // between a reading's middle and the lens's rim
#define HIDDEN_SLACK 4e-3 // of a line's length: it may lie so deep in a rough surface

enum { ARC_STEPS = 24, MAX_READINGS = 128, MAX_STEPS_ASIDE = 6 };

_Static_assert((int)HUD_MAX_TAKEN < (int)MAX_READINGS, "there is room for some");

// Where points and readings stand already.
typedef struct Readings {
    UiRect rects[MAX_READINGS];
    int count;
} Readings;

typedef struct Pen {
    Museum *m;
    Ui *ui;
    const Measure *measure;
    const Placement *placement;
    float unit_px;
    float lens[3]; // middle and radius in pixels; radius 0: none
    float opacity;
    Readings *readings;
    HudRoom *room;  // NULL: nobody asks
    bool is_casing; // drawn before all that lies on it
} Pen;

// ---- what is hidden

static uint64_t add_hash(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

static bool is_hidden(const Pen *pen, const double world[3], double slack_m)
{
    const Museum *m = pen->m;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    float px[2];
    PickHit hit;
    if (!view_project(&m->view, world, px))
        return true;
    Ray ray = view_ray(&m->view, px);
    return streamer_pick(m->streamer, exhibit->sculpture, &exhibit->placement, &ray, &hit) &&
           view_depth(&m->view, hit.point) < view_depth(&m->view, world) - slack_m;
}

static void mix3(const double a[3], const double b[3], double t, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] + (b[i] - a[i]) * t;
}

// A bit for each step of the line, the first is the lowest.
static uint32_t hidden_steps(const Pen *pen, const double from[3], const double to[3],
                             double tolerance_m)
{
    uint32_t hidden = 0;
    double slack_m = distance3(from, to) * HIDDEN_SLACK + 2 * tolerance_m;
    for (int i = 0; i < TAPE_STEPS; i++) {
        double at[3];
        mix3(from, to, (i + 0.5) / TAPE_STEPS, at);
        hidden |= (uint32_t)is_hidden(pen, at, slack_m) << i;
    }
    return hidden;
}

static void world_of(const Pen *pen, const MeasurePoint *point, double out[3])
{
    placement_to_world(pen->placement, point->at_m, out);
}

// By point: the line that ends there.
static void find_hidden(const Pen *pen)
{
    Museum *m = pen->m;
    Tape *tape = &m->tape;
    const Measure *measure = pen->measure;
    uint32_t revision = streamer_stats(m->streamer).revision;
    uint64_t seen = add_hash(14695981039346656037u, &m->view.view_projection,
                             sizeof m->view.view_projection);
    seen = add_hash(seen, m->view.eye, sizeof m->view.eye);
    seen = add_hash(seen, &revision, sizeof revision);
    seen = add_hash(seen, measure->points, measure->point_count * sizeof *measure->points);
    if (seen == tape->seen)
        return;
    tape->seen = seen;
    for (uint32_t f = 0; f < measure->figure_count; f++) {
        const MeasureFigure *figure = &measure->figures[f];
        for (uint32_t i = 1; i < figure->count; i++) {
            const MeasurePoint *ends = &measure->points[figure->first + i - 1];
            double from[3], to[3];
            world_of(pen, &ends[0], from);
            world_of(pen, &ends[1], to);
            tape->hidden[figure->first + i] =
                hidden_steps(pen, from, to, measure_between(&ends[0], &ends[1]).tolerance);
        }
    }
}

// ---- ink, in pixels

static void stroke(const Pen *pen, const float from[2], const float to[2], float opacity)
{
    float color[4], unit = pen->unit_px;
    ui_color(pen->ui, pen->is_casing ? UI_SHADE : UI_ON_PICTURE, opacity * pen->opacity, color);
    ui_stroke(pen->ui, (float[2]){from[0] / unit, from[1] / unit},
              (float[2]){to[0] / unit, to[1] / unit}, pen->is_casing ? CASING : LINE, color);
}

static void dashes(const Pen *pen, const float from[2], const float to[2])
{
    float across = to[0] - from[0], down = to[1] - from[1], length = hypotf(across, down);
    float dash = DASH * pen->unit_px, pitch = dash + GAP * pen->unit_px;
    for (float at = 0; at < length; at += pitch) {
        float begin = at / length, end = MIN(at + dash, length) / length;
        stroke(pen, (float[2]){from[0] + across * begin, from[1] + down * begin},
               (float[2]){from[0] + across * end, from[1] + down * end}, 0.5f);
    }
}

static void ink(const Pen *pen, const float from[2], const float to[2], bool hidden)
{
    if (hidden)
        dashes(pen, from, to);
    else
        stroke(pen, from, to, 1);
}

// The part of a line within the lens: from `part[0]` to `part[1]` of its length. False: none.
static bool clip_to_lens(const Pen *pen, const float from[2], const float to[2], float part[2])
{
    float d[2] = {to[0] - from[0], to[1] - from[1]};
    float f[2] = {from[0] - pen->lens[0], from[1] - pen->lens[1]};
    float a = d[0] * d[0] + d[1] * d[1], b = f[0] * d[0] + f[1] * d[1];
    float c = f[0] * f[0] + f[1] * f[1] - pen->lens[2] * pen->lens[2];
    float root = b * b - a * c;
    if (pen->lens[2] <= 0 || a <= 0 || root <= 0)
        return false;
    root = sqrtf(root);
    part[0] = MAX((-b - root) / a, 0.0f);
    part[1] = MIN((-b + root) / a, 1.0f);
    return part[0] < part[1];
}

static void ink_part(const Pen *pen, const float from[2], const float to[2], float begin,
                     float end, bool hidden)
{
    if (end - begin < 1e-5f)
        return;
    float d[2] = {to[0] - from[0], to[1] - from[1]};
    ink(pen, (float[2]){from[0] + d[0] * begin, from[1] + d[1] * begin},
        (float[2]){from[0] + d[0] * end, from[1] + d[1] * end}, hidden);
}

static void line(const Pen *pen, const double from[3], const double to[3], bool hidden)
{
    float a[2], b[2], part[2];
    if (view_project(&pen->m->view, from, a) && view_project(&pen->m->view, to, b)) {
        if (clip_to_lens(pen, a, b, part)) {
            ink_part(pen, a, b, 0, part[0], hidden);
            ink_part(pen, a, b, part[1], 1, hidden);
        } else {
            ink(pen, a, b, hidden);
        }
    }
    if (pen->lens[2] > 0 && view_project(&pen->m->lens_view, from, a) &&
        view_project(&pen->m->lens_view, to, b) && clip_to_lens(pen, a, b, part))
        ink_part(pen, a, b, part[0], part[1], hidden);
}

// In runs of what is seen and what is hidden.
static void tape_line(const Pen *pen, const double from[3], const double to[3], uint32_t hidden)
{
    for (int i = 0; i < TAPE_STEPS;) {
        int begin = i;
        bool is_hidden_run = hidden >> begin & 1;
        while (i < TAPE_STEPS && (hidden >> i & 1) == is_hidden_run)
            i++;
        double a[3], b[3];
        mix3(from, to, (double)begin / TAPE_STEPS, a);
        mix3(from, to, (double)i / TAPE_STEPS, b);
        line(pen, a, b, is_hidden_run);
    }
}

static bool is_in_lens(const Pen *pen, const float px[2], float margin_px)
{
    return pen->lens[2] > 0 &&
           hypotf(px[0] - pen->lens[0], px[1] - pen->lens[1]) < pen->lens[2] - margin_px;
}

// Where one sees a place: through the lens, where it lies in that. False: nowhere.
static bool place_of(const Pen *pen, const double world[3], float px[2])
{
    float inside[2];
    if (pen->lens[2] > 0 && view_project(&pen->m->lens_view, world, inside) &&
        is_in_lens(pen, inside, 0)) {
        memcpy(px, inside, sizeof inside);
        return true;
    }
    return view_project(&pen->m->view, world, px) && !is_in_lens(pen, px, 0);
}

static void dot(const Pen *pen, const float px[2], float radius, UiColor color, float opacity)
{
    float rgba[4], x = px[0] / pen->unit_px, y = px[1] / pen->unit_px;
    ui_color(pen->ui, color, opacity * pen->opacity, rgba);
    ui_box(pen->ui, (UiRect){x - radius, y - radius, 2 * radius, 2 * radius}, rgba, radius);
}

static void draw_point(const Pen *pen, const MeasurePoint *point)
{
    double world[3];
    float px[2];
    world_of(pen, point, world);
    if (!place_of(pen, world, px))
        return;
    double radius_m = pen->m->collection.exhibits[pen->m->close].radius_m;
    double slack_m = 4 * measure_point_tolerance(point) + radius_m * 2e-3;
    float opacity = is_hidden(pen, world, slack_m) ? 0.5f : 1;
    dot(pen, px, POINT + 1.3f, UI_SHADE, opacity);
    dot(pen, px, POINT, UI_ON_PICTURE, opacity);
    dot(pen, px, POINT - 2, UI_ACCENT, opacity);
    Readings *readings = pen->readings;
    float x = px[0] / pen->unit_px, y = px[1] / pen->unit_px;
    if (readings->count < MAX_READINGS)
        readings->rects[readings->count++] =
            (UiRect){x - POINT, y - POINT, 2 * POINT, 2 * POINT};
}

// ---- readings

static bool is_taken(const Readings *readings, UiRect rect)
{
    for (int i = 0; i < readings->count; i++) {
        const UiRect *other = &readings->rects[i];
        if (rect.x < other->x + other->width && other->x < rect.x + rect.width &&
            rect.y < other->y + other->height && other->y < rect.y + rect.height)
            return true;
    }
    return false;
}

// The nearest free place above or below, if one is near.
static UiRect step_aside(Readings *readings, UiRect wish)
{
    UiRect rect = wish;
    for (int i = 1; i <= 2 * MAX_STEPS_ASIDE && is_taken(readings, rect); i++)
        rect.y = wish.y + (float)((i + 1) / 2 * (i % 2 ? 1 : -1)) * (wish.height + 3);
    if (readings->count < MAX_READINGS)
        readings->rects[readings->count++] = rect;
    return rect;
}

// Its middle at `px`, kept within the picture and off other readings.
static void write_reading(const Pen *pen, const float px[2], const char *text, UiType type)
{
    Scratch scratch = scratch_begin(NULL);
    UiTextDesc desc = {.text = hud_figures(text, scratch.arena),
                       .type = type,
                       .color = UI_ON_PICTURE,
                       .opacity = MAX(pen->opacity, 0.8f)};
    UiRect size = ui_measure(pen->ui, &desc), screen = ui_screen(pen->ui);
    float width = size.width + 16, height = size.height + 6, color[4];
    float x = CLAMP(px[0] / pen->unit_px - width / 2, 8.0f, MAX(screen.width - width - 8, 8));
    float y =
        CLAMP(px[1] / pen->unit_px - height / 2, 8.0f, MAX(screen.height - height - 8, 8));
    UiRect rect = step_aside(pen->readings, (UiRect){x, y, width, height});
    if (pen->room)
        hud_take(pen->room, rect);
    ui_color(pen->ui, UI_SHADE, 1.2f, color); // the line may lie below
    ui_box(pen->ui, rect, color, height / 2);
    ui_text(pen->ui, rect.x + 8, rect.y + 3, &desc);
    scratch_end(scratch);
}

// The longest part of a line that one sees: in the lens, or else around it. Its length in
// pixels; 0: none.
static float seen_part(const Pen *pen, const double from[3], const double to[3],
                       float ends[2][2], bool *in_lens)
{
    float a[2], b[2], part[2], begin = 0, end = 1;
    *in_lens =
        pen->lens[2] > 0 && view_project(&pen->m->lens_view, from, a) &&
        view_project(&pen->m->lens_view, to, b) && clip_to_lens(pen, a, b, part) &&
        (part[1] - part[0] > 0.999f || // nothing of it is around the lens
         (part[1] - part[0]) * hypotf(b[0] - a[0], b[1] - a[1]) > LEAST_PART * pen->unit_px);
    if (*in_lens) {
        begin = part[0], end = part[1];
    } else {
        if (!view_project(&pen->m->view, from, a) || !view_project(&pen->m->view, to, b))
            return 0;
        if (clip_to_lens(pen, a, b, part)) {
            bool is_first = part[0] > 1 - part[1];
            begin = is_first ? 0 : part[1];
            end = is_first ? part[0] : 1;
        }
    }
    for (int i = 0; i < 2; i++) {
        ends[0][i] = a[i] + (b[i] - a[i]) * begin;
        ends[1][i] = a[i] + (b[i] - a[i]) * end;
    }
    return hypotf(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]);
}

// Wholly within the lens, clear of its badge and its bar, or wholly outside.
static void keep_off_rim(const Pen *pen, bool in_lens, float px[2])
{
    float from[2] = {px[0] - pen->lens[0], px[1] - pen->lens[1]};
    float away = MAX(hypotf(from[0], from[1]), 1e-3f), room = RIM_ROOM * pen->unit_px;
    float wish = in_lens ? MIN(away, pen->lens[2] - room) : MAX(away, pen->lens[2] + room);
    if (pen->lens[2] <= 0)
        return;
    for (int i = 0; i < 2; i++)
        px[i] = pen->lens[i] + from[i] / away * wish;
    if (in_lens)
        px[1] = CLAMP(px[1], pen->lens[1] - pen->lens[2] * IN_LENS,
                      pen->lens[1] + pen->lens[2] * IN_LENS);
}

// Beside the middle of what is seen of a line, above it or to its right.
static bool beside(const Pen *pen, const double from[3], const double to[3], float least_px,
                   float px[2])
{
    float ends[2][2];
    bool in_lens;
    float length = seen_part(pen, from, to, ends, &in_lens);
    if (length <= least_px)
        return false;
    float across = (ends[1][0] - ends[0][0]) / length,
          down = (ends[1][1] - ends[0][1]) / length;
    float side = across >= 0 ? 1 : -1;
    // A reading is wider than high: beside steep lines it needs more room.
    float off = BESIDE * pen->unit_px * (1 + 1.6f * fabsf(down)) * side;
    px[0] = (ends[0][0] + ends[1][0]) / 2 + down * off;
    px[1] = (ends[0][1] + ends[1][1]) / 2 - across * off;
    keep_off_rim(pen, in_lens, px);
    return true;
}

static void write_line(const Pen *pen, const MeasurePoint *a, const MeasurePoint *b,
                       bool is_part)
{
    double from[3], to[3];
    float px[2];
    MeasureValue value = measure_between(a, b);
    MeasureReading reading = measure_read_length(&value);
    world_of(pen, a, from);
    world_of(pen, b, to);
    if (beside(pen, from, to, is_part ? LEAST_PART * pen->unit_px : 0, px))
        write_reading(pen, px, reading.text, is_part ? UI_SMALL : UI_NUMBER);
}

static void write_sum(const Pen *pen, const MeasureFigure *figure)
{
    Scratch scratch = scratch_begin(NULL);
    const MeasurePoint *last = &pen->measure->points[figure->first + figure->count - 1];
    double world[3];
    float px[2];
    world_of(pen, last, world);
    if (place_of(pen, world, px)) {
        px[1] += (BESIDE + 4) * pen->unit_px;
        MeasureReading reading = measure_read(pen->measure, figure);
        write_reading(pen, px, str_format(scratch.arena, "Σ %s", reading.text), UI_NUMBER);
    }
    scratch_end(scratch);
}

// ---- figures

typedef struct Arc {
    double middle[3], radius_m;
    double along[3], across[3]; // unit vectors in its plane; the first arm is `along`
    double turn_rad;
} Arc;

static bool arc_of(const Pen *pen, const MeasurePoint *points, Arc *out)
{
    double a[3], c[3], arms[2];
    world_of(pen, &points[0], a);
    world_of(pen, &points[1], out->middle);
    world_of(pen, &points[2], c);
    sub3(a, out->middle, out->along);
    sub3(c, out->middle, out->across);
    arms[0] = normalize3(out->along);
    arms[1] = normalize3(out->across);
    double cosine = CLAMP(dot3(out->along, out->across), -1, 1);
    out->turn_rad = acos(cosine);
    add_scaled3(out->across, out->along, -cosine, out->across);
    out->radius_m = ARC * MIN(arms[0], arms[1]);
    return normalize3(out->across) > 1e-9 && out->radius_m > 0;
}

static void arc_point(const Arc *arc, double part, double out[3])
{
    double turn = arc->turn_rad * part;
    add_scaled3(arc->middle, arc->along, arc->radius_m * cos(turn), out);
    add_scaled3(out, arc->across, arc->radius_m * sin(turn), out);
}

static void draw_arc(const Pen *pen, const MeasurePoint *points)
{
    Arc arc;
    if (!arc_of(pen, points, &arc))
        return;
    for (int i = 0; i < ARC_STEPS; i++) {
        double from[3], to[3];
        arc_point(&arc, (double)i / ARC_STEPS, from);
        arc_point(&arc, (double)(i + 1) / ARC_STEPS, to);
        line(pen, from, to, false);
    }
}

static void write_angle(const Pen *pen, const MeasurePoint *points)
{
    Arc arc;
    MeasureValue value = measure_angle(&points[0], &points[1], &points[2]);
    MeasureReading reading = measure_read_angle(&value);
    double world[3];
    float px[2];
    if (!value.is_known || !arc_of(pen, points, &arc))
        return;
    arc.radius_m *= 1.5;
    arc_point(&arc, 0.5, world);
    if (place_of(pen, world, px))
        write_reading(pen, px, reading.text, UI_NUMBER);
}

static void draw_lines(const Pen *pen, const MeasureFigure *figure)
{
    const MeasurePoint *points = &pen->measure->points[figure->first];
    for (uint32_t i = 1; i < figure->count; i++) {
        double from[3], to[3];
        world_of(pen, &points[i - 1], from);
        world_of(pen, &points[i], to);
        tape_line(pen, from, to, pen->m->tape.hidden[figure->first + i]);
    }
    if (figure->kind == MEASURE_ANGLE && figure->count == 3)
        draw_arc(pen, points);
}

static void write_figure(const Pen *pen, const MeasureFigure *figure)
{
    const MeasurePoint *points = &pen->measure->points[figure->first];
    if (!measure_is_complete(figure))
        return;
    if (figure->kind == MEASURE_ANGLE) {
        write_angle(pen, points);
        return;
    }
    bool has_parts = figure->count > 2;
    for (uint32_t i = 1; i < figure->count; i++)
        write_line(pen, &points[i - 1], &points[i], has_parts);
    if (has_parts)
        write_sum(pen, figure);
}

// ---- what is about to be measured

static void draw_preview(Pen *pen)
{
    const MeasurePoint *end = measure_open_end(pen->measure), *hover = &pen->m->tape.hover;
    if (!end || !pen->m->tape.has_hover)
        return;
    double from[3], to[3];
    world_of(pen, end, from);
    world_of(pen, hover, to);
    pen->opacity = 0.7f;
    for (int pass = 0; pass < 2; pass++) {
        pen->is_casing = pass == 0;
        line(pen, from, to, false);
    }
    write_line(pen, end, hover, false);
    pen->opacity = 1;
}

static void draw_reticle(Pen *pen)
{
    const Tape *tape = &pen->m->tape;
    const Viewport *viewport = &pen->m->view.viewport;
    float at[2] = {tape->reticle[0] * viewport->width, tape->reticle[1] * viewport->height};
    float near = 5 * pen->unit_px, far = 15 * pen->unit_px;
    if (!tape->is_shown)
        return;
    pen->opacity = tape->has_hover ? 1 : 0.5f;
    for (int pass = 0; pass < 2; pass++) {
        pen->is_casing = pass == 0;
        for (int i = 0; i < 4; i++) {
            float x = (float)((i == 0) - (i == 1)), y = (float)((i == 2) - (i == 3));
            stroke(pen, (float[2]){at[0] + x * near, at[1] + y * near},
                   (float[2]){at[0] + x * far, at[1] + y * far}, 1);
        }
    }
    dot(pen, at, 1.8f, UI_SHADE, 1);
    dot(pen, at, 1.1f, UI_ON_PICTURE, 1);
    pen->opacity = 1;
}

static Pen make_pen(Museum *m)
{
    const Viewport *viewport = &m->view.viewport;
    Pen pen = {.m = m,
               .ui = m->ui,
               .measure = tape_measure(m),
               .placement = &m->collection.exhibits[m->close].placement,
               .unit_px = ui_px(m->ui, 1),
               .opacity = 1};
    if (m->lens.is_on) {
        pen.lens[0] = m->lens.at[0] * viewport->width;
        pen.lens[1] = m->lens.at[1] * viewport->height;
        pen.lens[2] = magnifier_radius_px(&m->lens, viewport->width, viewport->height);
    }
    return pen;
}

void tape_draw(Museum *m, bool is_souvenir, HudRoom *room)
{
    if (m->close < 0)
        return;
    Readings readings = {.count = is_souvenir ? 0 : m->tape.over.count};
    memcpy(readings.rects, m->tape.over.taken, (size_t)readings.count * sizeof(UiRect));
    Pen pen = make_pen(m);
    pen.readings = &readings;
    pen.room = room;
    find_hidden(&pen);
    for (int pass = 0; pass < 2; pass++) {
        pen.is_casing = pass == 0;
        for (uint32_t i = 0; i < pen.measure->figure_count; i++)
            draw_lines(&pen, &pen.measure->figures[i]);
    }
    for (uint32_t i = 0; i < pen.measure->point_count; i++)
        draw_point(&pen, &pen.measure->points[i]);
    for (uint32_t i = 0; i < pen.measure->figure_count; i++)
        write_figure(&pen, &pen.measure->figures[i]);
    if (!is_souvenir)
        draw_preview(&pen);
    if (!is_souvenir)
        draw_reticle(&pen);
}
