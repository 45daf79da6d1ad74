// capitals.c: Roman capitals and figures, thick and thin, with serifs.

#include "exhibits/small-wonders/stamp/capitals.h"

#include <string.h>

typedef enum StrokeKind { STROKE_END, STROKE_LINE, STROKE_STEM, STROKE_ARC } StrokeKind;

// In heights of a capital. A line: from, to, half widths. A stem: a line with serifs. An arc:
// centre, radii, degrees from and to; thickest towards `peak` and, with `is_both`, opposite.
typedef struct Stroke {
    StrokeKind kind;
    float a, b, c, d, e, f;
    float peak;
    bool is_both;
} Stroke;

#define THICK 0.074f
#define THIN 0.022f
enum { STROKES = 7, ARC_PIECES = 28 };

typedef struct Capital {
    char letter;
    float width;
    Stroke strokes[STROKES];
} Capital;

static const Capital CAPITALS[] = {
    {'A',
     0.86f,
     {{STROKE_LINE, 0.10f, 0, 0.43f, 0.97f, THIN, THIN, 0, false},
      {STROKE_LINE, 0.45f, 0.96f, 0.76f, 0.055f, 0.066f, THICK, 0, false},
      {STROKE_LINE, 0.21f, 0.33f, 0.67f, 0.33f, THIN, THIN, 0, false},
      {STROKE_LINE, 0, 0, 0.22f, 0, THIN, THIN, 0, false},
      {STROKE_LINE, 0.62f, 0, 0.90f, 0, THIN, THIN, 0, false}}},
    {'E',
     0.66f,
     {{STROKE_STEM, 0.14f, 0, 0.14f, 1, THICK, THICK, 0, false},
      {STROKE_LINE, 0.14f, 1, 0.60f, 1, THIN, THIN, 0, false},
      {STROKE_LINE, 0.60f, 1, 0.62f, 0.80f, 0.034f, THIN, 0, false},
      {STROKE_LINE, 0.14f, 0.52f, 0.46f, 0.52f, THIN, 0.030f, 0, false},
      {STROKE_LINE, 0.14f, 0, 0.63f, 0, THIN, THIN, 0, false},
      {STROKE_LINE, 0.63f, 0, 0.67f, 0.22f, 0.034f, THIN, 0, false}}},
    {'I', 0.28f, {{STROKE_STEM, 0.14f, 0, 0.14f, 1, THICK, THICK, 0, false}}},
    {'O', 0.92f, {{STROKE_ARC, 0.46f, 0.5f, 0.42f, 0.50f, 0, 360, 0, true}}},
    {'P',
     0.66f,
     {{STROKE_STEM, 0.14f, 0, 0.14f, 1, THICK, THICK, 0, false},
      {STROKE_ARC, 0.26f, 0.74f, 0.34f, 0.26f, -90, 90, 0, false},
      {STROKE_LINE, 0.14f, 1, 0.26f, 1, THIN, THIN, 0, false},
      {STROKE_LINE, 0.14f, 0.48f, 0.26f, 0.48f, THIN, THIN, 0, false}}},
    {'R',
     0.80f,
     {{STROKE_STEM, 0.14f, 0, 0.14f, 1, THICK, THICK, 0, false},
      {STROKE_ARC, 0.28f, 0.75f, 0.33f, 0.25f, -90, 90, 0, false},
      {STROKE_LINE, 0.14f, 1, 0.28f, 1, THIN, THIN, 0, false},
      {STROKE_LINE, 0.14f, 0.50f, 0.28f, 0.50f, THIN, THIN, 0, false},
      {STROKE_LINE, 0.36f, 0.50f, 0.69f, 0.055f, 0.060f, THICK, 0, false},
      {STROKE_LINE, 0.66f, 0, 0.86f, 0, THIN, THIN, 0, false}}},
    {'S',
     0.60f,
     {{STROKE_ARC, 0.31f, 0.745f, 0.23f, 0.255f, 35, 262, 215, false},
      {STROKE_ARC, 0.30f, 0.265f, 0.25f, 0.265f, 82, -150, 35, false},
      {STROKE_LINE, 0.50f, 0.89f, 0.53f, 0.70f, 0.03f, THIN, 0, false},
      {STROKE_LINE, 0.08f, 0.13f, 0.05f, 0.33f, 0.03f, THIN, 0, false}}},
    {'T',
     0.78f,
     {{STROKE_LINE, 0.39f, 0.05f, 0.39f, 0.95f, THICK, THICK, 0, false},
      {STROKE_LINE, 0.04f, 1, 0.74f, 1, 0.028f, 0.028f, 0, false},
      {STROKE_LINE, 0.04f, 1, 0.02f, 0.79f, 0.034f, THIN, 0, false},
      {STROKE_LINE, 0.74f, 1, 0.76f, 0.79f, 0.034f, THIN, 0, false},
      {STROKE_LINE, 0.25f, 0, 0.53f, 0, THIN, THIN, 0, false}}},
    {'V',
     0.86f,
     {{STROKE_LINE, 0.10f, 0.945f, 0.42f, 0.04f, THICK, 0.060f, 0, false},
      {STROKE_LINE, 0.43f, 0, 0.77f, 1, THIN, THIN, 0, false},
      {STROKE_LINE, -0.04f, 1, 0.24f, 1, THIN, THIN, 0, false},
      {STROKE_LINE, 0.66f, 1, 0.88f, 1, THIN, THIN, 0, false}}},
    {'2',
     0.66f,
     {{STROKE_ARC, 0.32f, 0.70f, 0.25f, 0.29f, 172, -42, 10, false},
      {STROKE_LINE, 0.50f, 0.50f, 0.07f, 0.05f, 0.050f, 0.030f, 0, false},
      {STROKE_LINE, 0.07f, 0.04f, 0.58f, 0.04f, 0.055f, 0.060f, 0, false},
      {STROKE_LINE, 0.58f, 0.04f, 0.64f, 0.24f, 0.034f, THIN, 0, false},
      {STROKE_LINE, 0.09f, 0.72f, 0.12f, 0.73f, 0.060f, 0.060f, 0, false}}},
    {'5',
     0.64f,
     {{STROKE_LINE, 0.16f, 0.95f, 0.56f, 0.95f, 0.055f, 0.045f, 0, false},
      {STROKE_LINE, 0.15f, 0.96f, 0.12f, 0.50f, THIN, THIN, 0, false},
      {STROKE_ARC, 0.30f, 0.31f, 0.27f, 0.31f, 132, -150, 0, false},
      {STROKE_LINE, 0.08f, 0.20f, 0.10f, 0.19f, 0.060f, 0.060f, 0, false}}},
    {' ', 0.40f, {{STROKE_END, 0, 0, 0, 0, 0, 0, 0, false}}},
};

static const Capital *find_capital(char letter)
{
    for (size_t i = 0; i < COUNT_OF(CAPITALS); i++)
        if (CAPITALS[i].letter == letter)
            return &CAPITALS[i];
    ASSERT(false);
    return NULL;
}

typedef struct Place {
    Plate *plate;
    float x, y, scale;
} Place;

static PlatePoint point_at(const Place *place, float x, float y, float half)
{
    return (PlatePoint){place->x + x * place->scale, place->y + y * place->scale,
                        half * place->scale};
}

static void cut_straight(const Place *place, const Stroke *s)
{
    float inside = s->kind == STROKE_STEM ? THICK - THIN : 0; // lines have round ends
    plate_cut(place->plate, PLATE_INTAGLIO, point_at(place, s->a, s->b + inside, s->e),
              point_at(place, s->c, s->d - inside, s->f));
    for (int end = 0; end < 2 && s->kind == STROKE_STEM; end++) {
        float y = end ? s->d : s->b, lift = end ? -0.035f : 0.035f;
        plate_cut(place->plate, PLATE_INTAGLIO, point_at(place, s->a - 0.15f, y, THIN),
                  point_at(place, s->a + 0.15f, y, THIN));
        plate_cut(place->plate, PLATE_INTAGLIO,
                  point_at(place, s->a - 0.055f, y + lift, 0.022f),
                  point_at(place, s->a + 0.055f, y + lift, 0.022f)); // bracketed
    }
}

static void cut_arc(const Place *place, const Stroke *s)
{
    PlatePoint points[ARC_PIECES + 1];
    for (int i = 0; i <= ARC_PIECES; i++) {
        float angle = lerp_f(s->e, s->f, (float)i / ARC_PIECES) * PI_F / 180;
        float peak = cosf(angle - s->peak * PI_F / 180);
        float thick = s->is_both ? fabsf(peak) : fmaxf(peak, 0);
        points[i] = point_at(place, s->a + s->c * cosf(angle), s->b + s->d * sinf(angle),
                             lerp_f(THIN, THICK * 1.08f, thick * thick));
    }
    plate_line(place->plate, PLATE_INTAGLIO, points, ARC_PIECES + 1);
}

void capitals_cut(const Capitals *capitals, Plate *plate)
{
    float width = -capitals->spacing;
    for (const char *c = capitals->text; *c; c++)
        width += find_capital(*c)->width + capitals->spacing;
    Place place = {plate, capitals->x - width * capitals->height_mm * 0.5f, capitals->y,
                   capitals->height_mm};
    for (const char *c = capitals->text; *c; c++) {
        const Capital *capital = find_capital(*c);
        for (int i = 0; i < STROKES && capital->strokes[i].kind != STROKE_END; i++)
            if (capital->strokes[i].kind == STROKE_ARC)
                cut_arc(&place, &capital->strokes[i]);
            else
                cut_straight(&place, &capital->strokes[i]);
        place.x += (capital->width + capitals->spacing) * capitals->height_mm;
    }
}

float capitals_distance(const PlateCut *cuts, size_t count, float x, float y)
{
    float best = 1e9f;
    for (size_t i = 0; i < count; i++) {
        PlatePoint a = cuts[i].from, b = cuts[i].to;
        float dx = b.x - a.x, dy = b.y - a.y, px = x - a.x, py = y - a.y;
        float square = dx * dx + dy * dy;
        float t = square > 0 ? clamp_f((px * dx + py * dy) / square, 0, 1) : 0;
        px -= t * dx, py -= t * dy;
        best = fminf(best, sqrtf(px * px + py * py) - lerp_f(a.half, b.half, t));
    }
    return best;
}
