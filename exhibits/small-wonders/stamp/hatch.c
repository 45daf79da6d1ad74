// hatch.c: lines that follow form and swell with the shade, evenly apart.
//
// A line is followed both ways from where it starts until it leaves its form, its shade, or
// comes too near to another one. New ones start beside those that are there (Jobard and
// Lefer's way), so that neighbours run along with each other as a burin's do.

#include "exhibits/small-wonders/stamp/hatch.h"

#include <string.h>

#include "exhibits/sculptor/noise.h"

enum { MOST_POINTS = 600 };
static const float STEP_MM = 0.018f;
static const float SPAN_MM = 13.8f;

typedef struct Spot {
    float x, y;
    int32_t next; // in its cell
} Spot;

typedef struct Hatching {
    const Hatch *desc;
    Plate *plate;
    Arena *arena;
    Spot *spots;
    size_t count, capacity;
    int32_t *cells;
    int side;
} Hatching;

static int cell_of(const Hatching *h, float x, float y)
{
    int u = (int)((x - SCENE_LEFT_MM) / h->desc->apart_mm);
    int v = (int)((y - SCENE_LOW_MM) / h->desc->apart_mm);
    return MIN(MAX(v, 1), h->side - 2) * h->side + MIN(MAX(u, 1), h->side - 2);
}

static bool is_free(const Hatching *h, float x, float y, float apart)
{
    int cell = cell_of(h, x, y);
    for (int k = 0; k < 9; k++)
        for (int32_t i = h->cells[cell + (k / 3 - 1) * h->side + k % 3 - 1]; i >= 0;
             i = h->spots[i].next) {
            float dx = h->spots[i].x - x, dy = h->spots[i].y - y;
            if (dx * dx + dy * dy < apart * apart)
                return false;
        }
    return true;
}

static bool is_wanted(const Hatching *h, float x, float y, ScenePixel *out)
{
    *out = scene_at(h->desc->scene, x, y);
    return out->kind == h->desc->kind && out->tone >= h->desc->from_tone;
}

// Follows the form from a place; returns how many points, the first being the place itself.
static int follow(const Hatching *h, float x, float y, float way, float (*out)[2])
{
    float dx = 0, dy = 0;
    ScenePixel pixel;
    int most = MIN(MOST_POINTS, (int)(h->desc->long_mm * 0.5f / STEP_MM)), count = 0;
    while (count < most && is_wanted(h, x, y, &pixel) &&
           is_free(h, x, y, h->desc->apart_mm * 0.62f)) {
        out[count][0] = x, out[count++][1] = y;
        float angle = pixel.angle + h->desc->turn, cx = cosf(angle), cy = sinf(angle);
        float sign = count == 1 ? way : dx * cx + dy * cy < 0 ? -1.0f : 1.0f;
        // A graver does not turn on the spot.
        float turn = count == 1 ? 1 : 0.25f;
        dx = lerp_f(dx, cx * sign, turn), dy = lerp_f(dy, cy * sign, turn);
        float length = sqrtf(dx * dx + dy * dy);
        if (length < 0.4f)
            break;
        dx /= length, dy /= length;
        x += dx * STEP_MM, y += dy * STEP_MM;
    }
    return count;
}

static float half_at(const Hatching *h, const float p[2], float end_mm)
{
    const Hatch *d = h->desc;
    float tone = scene_at(d->scene, p[0], p[1]).tone;
    float above = clamp_f((tone - d->from_tone) / (1 - d->from_tone), 0, 1);
    float hand = 1 + 0.10f * noise_value(v3(p[0] * 9, p[1] * 9, 0), d->seed);
    float half = d->apart_mm * d->full_half * (0.10f + 0.90f * above) * hand;
    return fmaxf(half * fminf(1, 0.15f + end_mm / 0.11f), 0.0022f);
}

// Light places are not lines but dots: a line takes breath where it is thin.
static bool is_breath(const Hatching *h, const float p[2], int step)
{
    float tone = scene_at(h->desc->scene, p[0], p[1]).tone;
    float lift = 0.05f * noise_of((uint32_t)(step / 3), h->desc->seed);
    return tone < 0.13f + lift && step % 5 > 1;
}

static void cut_line(Hatching *h, float (*points)[2], int count)
{
    for (int i = 0; i < count; i++) {
        Spot *spot = ARENA_PUSH(h->arena, h->spots, h->count, h->capacity);
        int32_t *cell = &h->cells[cell_of(h, points[i][0], points[i][1])];
        *spot = (Spot){points[i][0], points[i][1], *cell};
        *cell = (int32_t)h->count - 1;
        if (i + 1 >= count || is_breath(h, points[i], i))
            continue;
        float from = half_at(h, points[i], (float)MIN(i, count - 1 - i) * STEP_MM);
        float to = half_at(h, points[i + 1], (float)MIN(i + 1, count - 2 - i) * STEP_MM);
        plate_cut(h->plate, PLATE_INTAGLIO, (PlatePoint){points[i][0], points[i][1], from},
                  (PlatePoint){points[i + 1][0], points[i + 1][1], to});
    }
}

// False where there is no room for a line.
static bool try_line(Hatching *h, float x, float y)
{
    static const int LEAST = 4;
    float back[MOST_POINTS][2], line[2 * MOST_POINTS][2];
    ScenePixel pixel;
    if (!is_wanted(h, x, y, &pixel) || !is_free(h, x, y, h->desc->apart_mm * 0.96f))
        return false;
    int behind = follow(h, x, y, -1, back), count = 0;
    for (int i = behind; i-- > 1;)
        memcpy(line[count++], back[i], sizeof *line);
    count += follow(h, x, y, 1, line + count);
    if (count < LEAST)
        return false;
    cut_line(h, line, count);
    return true;
}

// Beside every line that was cut.
static void grow(Hatching *h, size_t from)
{
    for (size_t i = from; i + 1 < h->count; i += 2) {
        Spot a = h->spots[i], b = h->spots[i + 1];
        float dx = b.x - a.x, dy = b.y - a.y, length = sqrtf(dx * dx + dy * dy);
        if (length > 3 * STEP_MM || length < 1e-4f)
            continue;
        float across = h->desc->apart_mm / length;
        try_line(h, a.x - dy * across, a.y + dx * across);
        try_line(h, a.x + dy * across, a.y - dx * across);
    }
}

void hatch_cut(const Hatch *hatch, Plate *plate)
{
    Arena arena = {0};
    Hatching h = {.desc = hatch, .plate = plate, .arena = &arena};
    h.side = (int)(SPAN_MM / hatch->apart_mm) + 3;
    h.cells = ARENA_ARRAY_RAW(&arena, int32_t, (size_t)h.side * (size_t)h.side);
    memset(h.cells, 0xff, (size_t)h.side * (size_t)h.side * sizeof *h.cells);
    int count = (int)(SPAN_MM / hatch->apart_mm);
    Chance chance = {hatch->seed};
    for (int row = 0; row < count; row++)
        for (int column = 0; column < count; column++) {
            float x = SCENE_LEFT_MM + ((float)column + chance_next(&chance)) * hatch->apart_mm;
            float y = SCENE_LOW_MM + ((float)row + chance_next(&chance)) * hatch->apart_mm;
            size_t before = h.count;
            if (try_line(&h, x, y))
                grow(&h, before);
        }
    arena_drop(&arena);
}
