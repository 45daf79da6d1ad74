// plate.c: the engraver's plate, its paper, and the rows of a print.

#include "exhibits/small-wonders/stamp/plate.h"

#include <string.h>

#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/sculpt.h"
#include "exhibits/small-wonders/stamp/stamp.h"

enum {
    STRIPS = 512,
    PAPER_WIDTH = 2688,
    PAPER_HEIGHT = 3200,
    FIBRES = 52000,
    SRGB_STEPS = PLATE_SRGB_STEPS
};
static const float PAPER_TEXEL_MM = 0.0078f;
static const float STRIP_MM = 2 * STAMP_HALF_HIGH_MM / STRIPS;

// Fibres felted on a grid: height, 0..255 of PAPER_HIGH_MM, and a tone.
typedef struct Paper {
    uint8_t *heights, *tones;
} Paper;
static const float PAPER_HIGH_MM = 0.0075f;

void plate_cut(Plate *plate, PlateInk ink, PlatePoint from, PlatePoint to)
{
    PlateCut *cut = ARENA_PUSH(plate->arena, plate->cuts, plate->count, plate->capacity);
    *cut = (PlateCut){from, to, ink};
}

void plate_line(Plate *plate, PlateInk ink, const PlatePoint *points, int count)
{
    for (int i = 0; i + 1 < count; i++)
        plate_cut(plate, ink, points[i], points[i + 1]);
}

// ---- paper

static void lay_fibre_point(Paper *paper, float x, float y, float radius, float height)
{
    for (int v = (int)(y - radius); v <= (int)(y + radius + 1); v++)
        for (int u = (int)(x - radius); u <= (int)(x + radius + 1); u++) {
            if (u < 0 || v < 0 || u >= PAPER_WIDTH || v >= PAPER_HEIGHT)
                continue;
            float dx = ((float)u - x) / radius, dy = ((float)v - y) / radius;
            float round = 1 - dx * dx - dy * dy;
            uint8_t *at = &paper->heights[(size_t)v * PAPER_WIDTH + (size_t)u];
            if (round > 0)
                *at = (uint8_t)MAX(*at, (uint8_t)(height * sqrtf(round)));
        }
}

static void lay_fibre(Paper *paper, Chance *chance, float depth)
{
    float x = chance_next(chance) * PAPER_WIDTH, y = chance_next(chance) * PAPER_HEIGHT;
    float angle = chance_next(chance) * 2 * PI_F, bend = chance_around(chance, 0.05f);
    float radius = chance_between(chance, 0.8f, 1.9f);
    float height = (0.25f + 0.75f * depth) * chance_between(chance, 90, 235);
    int steps = (int)chance_between(chance, 25, 95);
    for (int i = 0; i < steps; i++) {
        float end = fminf((float)i, (float)(steps - i)) / 8;
        lay_fibre_point(paper, x, y, radius, height * fminf(1, 0.4f + end));
        x += cosf(angle);
        y += sinf(angle);
        angle += bend;
        bend += chance_around(chance, 0.01f);
    }
}

// The mean of nine.
static void soften(uint8_t *grid, Arena *arena)
{
    uint8_t *from = arena_copy(arena, grid, (size_t)PAPER_WIDTH * PAPER_HEIGHT, 1);
    for (size_t y = 1; y + 1 < PAPER_HEIGHT; y++)
        for (size_t x = 1; x + 1 < PAPER_WIDTH; x++) {
            const uint8_t *at = from + y * PAPER_WIDTH + x;
            int sum = at[0] + at[-1] + at[1];
            for (int k = -1; k <= 1; k++)
                sum += at[k - PAPER_WIDTH] + at[k + PAPER_WIDTH];
            grid[y * PAPER_WIDTH + x] = (uint8_t)(sum / 9);
        }
}

// Later fibres lie higher. A little soft: sized and pressed.
static Paper *make_paper(Arena *arena)
{
    Paper *paper = ARENA_NEW(arena, Paper);
    size_t count = (size_t)PAPER_WIDTH * PAPER_HEIGHT;
    paper->heights = ARENA_ARRAY(arena, uint8_t, count);
    paper->tones = ARENA_ARRAY_RAW(arena, uint8_t, count);
    Chance chance = {771};
    for (int i = 0; i < FIBRES; i++)
        lay_fibre(paper, &chance, (float)i / FIBRES);
    soften(paper->heights, arena);
    for (size_t i = 0; i < count; i++) {
        float x = (float)(i % PAPER_WIDTH), y = (float)(i / PAPER_WIDTH);
        float cloud = noise_octaves(v3(x * 0.012f, y * 0.012f, 3), 2, 5);
        paper->tones[i] =
            (uint8_t)clamp_f(128 + 60 * cloud + 0.22f * paper->heights[i], 0, 255);
    }
    return paper;
}

static float between(const uint8_t *grid, float x, float y)
{
    x = clamp_f(x, 0, PAPER_WIDTH - 1.01f), y = clamp_f(y, 0, PAPER_HEIGHT - 1.01f);
    int u = (int)x, v = (int)y;
    const uint8_t *at = grid + (size_t)v * PAPER_WIDTH + (size_t)u;
    float upper = lerp_f(at[0], at[1], x - (float)u);
    return lerp_f(upper, lerp_f(at[PAPER_WIDTH], at[PAPER_WIDTH + 1], x - (float)u),
                  y - (float)v);
}

// ---- strips

static void find_strips(const PlateCut *cut, int *first, int *last)
{
    float reach = fmaxf(cut->from.half, cut->to.half) + 0.006f;
    float low = fminf(cut->from.y, cut->to.y) - reach,
          high = fmaxf(cut->from.y, cut->to.y) + reach;
    *first = (int)clamp_f((STAMP_HALF_HIGH_MM - high) / STRIP_MM, 0, STRIPS - 1);
    *last = (int)clamp_f((STAMP_HALF_HIGH_MM - low) / STRIP_MM, 0, STRIPS - 1);
}

// The square root bends it as the eye does, so that the table is fine where it matters.
static void make_srgb(uint8_t out[SRGB_STEPS + 1])
{
    for (int i = 0; i <= SRGB_STEPS; i++)
        out[i] = sculpt_srgb((float)i * (float)i / ((float)SRGB_STEPS * SRGB_STEPS));
}

void plate_finish(Plate *plate)
{
    uint32_t *starts = ARENA_ARRAY(plate->arena, uint32_t, STRIPS + 1);
    int first, last;
    for (size_t i = 0; i < plate->count; i++) {
        find_strips(&plate->cuts[i], &first, &last);
        for (int s = first; s <= last; s++)
            starts[s + 1]++;
    }
    for (int s = 0; s < STRIPS; s++)
        starts[s + 1] += starts[s];
    plate->strip_cuts = ARENA_ARRAY_RAW(plate->arena, uint32_t, starts[STRIPS] + 1);
    uint32_t *next = arena_copy(plate->arena, starts, (STRIPS + 1) * sizeof *starts, 4);
    for (uint32_t i = 0; i < plate->count; i++) {
        find_strips(&plate->cuts[i], &first, &last);
        for (int s = first; s <= last; s++)
            plate->strip_cuts[next[s]++] = i;
    }
    plate->strip_starts = starts;
    make_srgb(plate->srgb);
    plate->paper = make_paper(plate->arena);
}

// ---- printing

// How far within a line each texel is, 0..1 of a byte, and how high its ink stands, a quarter
// of a µm.
typedef struct Band {
    const PieceRows *rows;
    const Paper *paper;
    uint8_t *cover[PLATE_INKS], *ink;
} Band;

// Wide lines hold more ink than narrow ones: in µm/4.
static float ink_high(float half)
{
    return 4 * (3 + 24 * smooth_f(0.002f, 0.045f, half));
}

static void press_texel(const Band *band, const PlateCut *cut, size_t at, float away,
                        float half)
{
    float soft = fmaxf(band->rows->texel_mm * 0.5f, 0.0022f);
    float share = clamp_f((half - away) / soft * 0.5f + 0.5f, 0, 1);
    uint8_t *cover = &band->cover[cut->ink][at];
    *cover = (uint8_t)MAX(*cover, (uint8_t)(share * 255));
    if (cut->ink != PLATE_INTAGLIO || !(share > 0))
        return;
    float flank = clamp_f((half - away) / 0.014f, 0, 1), high = ink_high(half);
    high *= share * (0.45f + 0.55f * sqrtf(flank));
    band->ink[at] = (uint8_t)MAX(band->ink[at], (uint8_t)high);
}

// Where in the paper's grid a place lies.
static float paper_x(float x)
{
    return (x + STAMP_HALF_WIDE_MM + 0.3f) / PAPER_TEXEL_MM;
}

static float paper_y(float y)
{
    return (STAMP_HALF_HIGH_MM + 0.3f - y) / PAPER_TEXEL_MM;
}

// Ink creeps along fibres and stops short of hollows: no edge is quite a line.
static float creep_mm(const Band *band, float x, float y)
{
    int u = (int)clamp_f(paper_x(x), 0, PAPER_WIDTH - 1);
    int v = (int)clamp_f(paper_y(y), 0, PAPER_HEIGHT - 1);
    return ((float)band->paper->heights[v * PAPER_WIDTH + u] / 255 - 0.42f) * 0.0075f;
}

static void press_cut(const Band *band, const PlateCut *cut)
{
    const PieceRows *rows = band->rows;
    float texel = rows->texel_mm, most = fmaxf(cut->from.half, cut->to.half) + texel + 0.004f;
    float low_x = fminf(cut->from.x, cut->to.x) - most,
          high_x = fmaxf(cut->from.x, cut->to.x) + most;
    float low_y = fminf(cut->from.y, cut->to.y) - most,
          high_y = fmaxf(cut->from.y, cut->to.y) + most;
    int x0 = MAX(0, (int)((low_x - rows->left_mm) / texel));
    int x1 = MIN((int)rows->width - 1, (int)((high_x - rows->left_mm) / texel));
    int y0 = MAX(0, (int)((rows->top_mm - high_y) / texel) - rows->first);
    int y1 = MIN((int)rows->count - 1, (int)((rows->top_mm - low_y) / texel) - rows->first);
    float dx = cut->to.x - cut->from.x, dy = cut->to.y - cut->from.y;
    float square = dx * dx + dy * dy, over = square > 0 ? 1 / square : 0;
    for (int y = y0; y <= y1; y++) {
        float py = rows->top_mm - ((float)(y + rows->first) + 0.5f) * texel - cut->from.y;
        for (int x = x0; x <= x1; x++) {
            float px = rows->left_mm + ((float)x + 0.5f) * texel - cut->from.x;
            float t = clamp_f((px * dx + py * dy) * over, 0, 1);
            float half = lerp_f(cut->from.half, cut->to.half, t);
            float ax = px - t * dx, ay = py - t * dy, away = ax * ax + ay * ay;
            float reach = half + texel + 0.004f;
            if (away > reach * reach)
                continue;
            half =
                fmaxf(half + creep_mm(band, px + cut->from.x, py + cut->from.y), 0.4f * half);
            press_texel(band, cut, (size_t)y * rows->width + (size_t)x, sqrtf(away), half);
        }
    }
}

static void press_strips(const Plate *plate, const Band *band)
{
    const PieceRows *rows = band->rows;
    float top = rows->top_mm - (float)rows->first * rows->texel_mm;
    float bottom = top - (float)rows->count * rows->texel_mm;
    int first = (int)clamp_f((STAMP_HALF_HIGH_MM - top) / STRIP_MM, 0, STRIPS - 1);
    int last = (int)clamp_f((STAMP_HALF_HIGH_MM - bottom) / STRIP_MM, 0, STRIPS - 1);
    for (int s = first; s <= last; s++)
        for (uint32_t i = plate->strip_starts[s]; i < plate->strip_starts[s + 1]; i++) {
            const PlateCut *cut = &plate->cuts[plate->strip_cuts[i]];
            int from, to;
            find_strips(cut, &from, &to);
            if (s == MAX(from, first)) // once
                press_cut(band, cut);
        }
}

static uint8_t srgb_of(const Plate *plate, float linear)
{
    return plate->srgb[(int)(sqrtf(clamp_f(linear, 0, 1)) * SRGB_STEPS)];
}

static void finish_texel(const Plate *plate, const Band *band, size_t at, float x, float y)
{
    static const Vec3 SHEET = {0.800f, 0.735f, 0.600f}, SHADE = {0.700f, 0.615f, 0.465f};
    static const Vec3 TINT = {0.700f, 0.420f, 0.215f}, DEEP = {0.0050f, 0.0190f, 0.0340f};
    static const Vec3 THIN = {0.013f, 0.042f, 0.066f}, SOOT = {0.020f, 0.017f, 0.018f};
    const PieceRows *rows = band->rows;
    float fibre = between(plate->paper->heights, paper_x(x), paper_y(y)) / 255;
    float tone = between(plate->paper->tones, paper_x(x), paper_y(y)) / 255;
    float tint = (float)band->cover[PLATE_TINT][at] / 255;
    float cover = (float)band->cover[PLATE_INTAGLIO][at] / 255;
    float mark = (float)band->cover[PLATE_POSTMARK][at] / 255;
    float ink = (float)band->ink[at] * 0.00025f;
    Vec3 colour = v3_lerp(SHADE, SHEET, tone * 1.1f);
    colour = v3_lerp(colour, TINT, 0.62f * tint * (0.75f + 0.35f * fibre));
    // Thin ink lets the paper through; thick ink is nearly black.
    float worn = 0.55f * smooth_f(0.55f, 0.95f, fibre); // crests shine through
    Vec3 wet = v3_lerp(THIN, DEEP, smooth_f(0.002f, 0.016f, ink) * (1 - worn));
    colour =
        v3_lerp(colour, wet, cover * (0.84f + 0.16f * smooth_f(0, 0.010f, ink) - 0.12f * worn));
    // The postmark's rubber touched the heights alone.
    float touched = smooth_f(-0.05f, 0.32f, fibre + ink * 30 + 0.5f * (tone - 0.5f));
    colour = v3_lerp(colour, SOOT, 0.80f * mark * touched);
    rows->height_mm[at] = ink + fibre * PAPER_HIGH_MM * (1 - 0.7f * cover);
    uint8_t *out = rows->colour + at * 3, *gloss = rows->gloss + at * 3;
    out[0] = srgb_of(plate, colour.x), out[1] = srgb_of(plate, colour.y),
    out[2] = srgb_of(plate, colour.z);
    gloss[0] = (uint8_t)(255 - 40 * (1 - fibre) * (1 - cover));
    gloss[1] = (uint8_t)(lerp_f(0.94f, 0.52f, cover) * 255);
    gloss[2] = 0;
}

void plate_rows(const void *context, PieceRows *rows)
{
    const Plate *plate = context;
    Scratch scratch = scratch_begin(NULL);
    size_t count = (size_t)rows->width * rows->count;
    Band band = {
        .rows = rows, .paper = plate->paper, .ink = ARENA_ARRAY(scratch.arena, uint8_t, count)};
    for (int k = 0; k < PLATE_INKS; k++)
        band.cover[k] = ARENA_ARRAY(scratch.arena, uint8_t, count);
    press_strips(plate, &band);
    for (size_t at = 0; at < count; at++) {
        float x = rows->left_mm + ((float)(at % rows->width) + 0.5f) * rows->texel_mm;
        float y = rows->top_mm -
                  ((float)(at / rows->width) + (float)rows->first + 0.5f) * rows->texel_mm;
        finish_texel(plate, &band, at, x, y);
    }
    scratch_end(scratch);
}
