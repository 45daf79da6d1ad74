// lettering.c: words cut into a surface with a graver's strokes.

#include "exhibits/sculptor/lettering.h"

#include <string.h>

// Strokes on a grid of 0..4 by 0..6, as pairs of points "xyXY".
typedef struct Glyph {
    float width;
    const char *strokes;
} Glyph;

// By letter; one without strokes has no sign.
static const Glyph GLYPHS[128] = {
    ['A'] = {4, "0026 2640 1232"},
    ['B'] = {3, "0006 0626 2635 3534 3423 2303 2332 3231 3120 2000"},
    ['C'] = {4, "4536 3616 1605 0501 0110 1030 3041"},
    ['D'] = {4, "0006 0626 2644 4442 4220 2000"},
    ['E'] = {3, "0006 0636 0323 0030"},
    ['F'] = {3, "0006 0636 0323"},
    ['G'] = {4, "4536 3616 1605 0501 0110 1030 3041 4143 4323"},
    ['H'] = {4, "0006 4046 0343"},
    ['I'] = {0, "0006"},
    ['J'] = {2, "2621 2110 1001"},
    ['K'] = {4, "0006 0246 1340"},
    ['L'] = {3, "0006 0030"},
    ['M'] = {4, "0006 0622 2246 4640"},
    ['N'] = {4, "0006 0640 4046"},
    ['O'] = {4, "1030 3041 4145 4536 3616 1605 0501 0110"},
    ['P'] = {3, "0006 0626 2635 3534 3423 2303"},
    ['Q'] = {4, "1030 3041 4145 4536 3616 1605 0501 0110 2240"},
    ['R'] = {4, "0006 0626 2635 3534 3423 2303 1340"},
    ['S'] = {3, "3526 2616 1605 0504 0413 1323 2332 3231 3120 2010 1001"},
    ['T'] = {4, "2026 0646"},
    ['U'] = {4, "0620 2046"},
    ['V'] = {4, "0620 2046"},
    ['W'] = {4, "0610 1024 2430 3046"},
    ['X'] = {4, "0046 0640"},
    ['Y'] = {4, "2023 2306 2346"},
    ['Z'] = {4, "0646 4600 0040"},
    ['0'] = {4, "1030 3041 4145 4536 3616 1605 0501 0110"},
    ['1'] = {1, "1016 1605"},
    ['2'] = {3, "0516 1626 2635 3534 3400 0030"},
    ['3'] = {3, "0616 1626 2635 3534 3423 2313 2332 3231 3120 2000"},
    ['4'] = {4, "3036 3602 0242"},
    ['5'] = {3, "3606 0603 0323 2332 3231 3120 2000"},
    ['6'] = {3, "3616 1604 0401 0110 1020 2031 3132 3223 2303"},
    ['7'] = {3, "0636 3610"},
    ['8'] = {3, "1323 2334 3435 3526 2616 1605 0504 0413 1302 0201 0110 1020 2031 3132 3223"},
    ['9'] = {3, "0020 2032 3235 3526 2616 1605 0504 0413 1333"},
    ['.'] = {0, "0303"},
    ['-'] = {2, "0323"},
    [':'] = {0, "0101 0404"},
    [' '] = {1, ""},
};

typedef struct Segment {
    float x, y, dx, dy, over_square; // start, way, 1 / length²
} Segment;

typedef struct Strokes {
    Segment *segments;
    size_t count, capacity;
    float width, height;
} Strokes;

static const Glyph *find_glyph(char letter)
{
    size_t at = (uint8_t)letter;
    return at < COUNT_OF(GLYPHS) && GLYPHS[at].strokes ? &GLYPHS[at] : NULL;
}

Status lettering_check(const char *text)
{
    if (!*text)
        return FAIL(ERR_INVALID, "there is nothing to letter");
    for (const char *c = text; *c; c++)
        if (!find_glyph(*c))
            return FAIL(ERR_INVALID,
                        "the alphabet has no sign for byte %d at place %d of '%s'; it has A-Z, "
                        "0-9, blank, '.', '-' and ':'",
                        (int)(uint8_t)*c, (int)(c - text), text);
    return OK;
}

static float spacing_of(const Lettering *lettering)
{
    return (lettering->spacing > 0 ? lettering->spacing : 0.18f) * lettering->height_mm;
}

float lettering_width_mm(const Lettering *lettering)
{
    float width = 0;
    for (const char *c = lettering->text; *c; c++)
        width += find_glyph(*c)->width * lettering->height_mm / 6 + spacing_of(lettering);
    return width - spacing_of(lettering);
}

static void add_glyph(Strokes *strokes, Arena *arena, const Glyph *glyph, float x, float scale)
{
    for (const char *s = glyph->strokes; *s; s += s[4] ? 5 : 4) {
        float ax = (float)(s[0] - '0') * scale, ay = (float)(s[1] - '0') * scale;
        float dx = (float)(s[2] - '0') * scale - ax, dy = (float)(s[3] - '0') * scale - ay;
        float square = dx * dx + dy * dy;
        Segment *segment =
            ARENA_PUSH(arena, strokes->segments, strokes->count, strokes->capacity);
        *segment = (Segment){x + ax, ay - 3 * scale, dx, dy, square > 0 ? 1 / square : 0};
    }
}

static float nearest_stroke(const Strokes *strokes, float x, float y)
{
    float best = 1e9f;
    for (size_t k = 0; k < strokes->count; k++) {
        const Segment *s = &strokes->segments[k];
        float px = x - s->x, py = y - s->y;
        float t = clamp_f((px * s->dx + py * s->dy) * s->over_square, 0, 1);
        px -= t * s->dx, py -= t * s->dy;
        best = fminf(best, px * px + py * py);
    }
    return sqrtf(best);
}

// `turn_mm`: the line comes round again after that length; 0: it does not.
static float line_distance(const Part *part, float x, float y, float z, float turn_mm)
{
    const Strokes *strokes = part->extra;
    float stroke = part->size[0], deep = part->size[3], high = strokes->height * 0.5f;
    float middle = strokes->width * 0.5f, again = x > middle ? x - turn_mm : x + turn_mm;
    // Away from the line's box the box's own distance will do, and is quick.
    float bx = fabsf(x - middle) - middle;
    if (turn_mm > 0)
        bx = fminf(bx, fabsf(again - middle) - middle);
    float ox = fmaxf(bx, 0), oy = fmaxf(fabsf(y) - high, 0), oz = fmaxf(fabsf(z) - deep, 0);
    float outside = sqrtf(ox * ox + oy * oy + oz * oz);
    if (outside >= high)
        return outside - stroke;
    float best = nearest_stroke(strokes, x, y);
    if (turn_mm > 0 && fabsf(again - middle) - middle < strokes->height)
        best = fminf(best, nearest_stroke(strokes, again, y));
    return fmaxf(best - stroke, outside - stroke * 2);
}

static void eval_lettering(const Part *part, const FieldPoints *at, float *restrict values)
{
    const Strokes *strokes = part->extra;
    float stroke = part->size[0], bend = part->size[1], ring = part->size[2],
          deep = part->size[3];
    float middle = strokes->width * 0.5f, high = strokes->height * 0.5f;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        if (bend > 0) {
            float x = atan2f(p.x, p.z + bend) * bend;
            float z = sqrtf(p.x * p.x + (p.z + bend) * (p.z + bend)) - bend;
            values[i] = line_distance(part, x + middle, p.y, z, 0);
        } else if (ring > 0) {
            float y = sqrtf(p.x * p.x + p.y * p.y) - ring;
            float off = fmaxf(fabsf(y) - high, fabsf(p.z) - deep);
            float turn =
                off < high ? atan2f(p.y, -p.x) + PI_F : 0; // 0 at `across`, with the clock
            values[i] = off < high ? line_distance(part, turn * ring, y, p.z, 2 * PI_F * ring)
                                   : off - stroke;
        } else {
            values[i] = line_distance(part, p.x + middle, p.y, p.z, 0);
        }
    }
}

Part shape_lettering(const Lettering *lettering, Frame frame, Arena *arena)
{
    ASSERT(lettering_check(lettering->text) == OK);
    Strokes *strokes = ARENA_NEW(arena, Strokes);
    float scale = lettering->height_mm / 6, x = 0;
    for (const char *c = lettering->text; *c; c++) {
        const Glyph *glyph = find_glyph(*c);
        add_glyph(strokes, arena, glyph, x, scale);
        x += glyph->width * scale + spacing_of(lettering);
    }
    strokes->width = x - spacing_of(lettering);
    strokes->height = lettering->height_mm;
    return (Part){.eval = eval_lettering,
                  .frame = frame,
                  .extra = strokes,
                  .size = {lettering->stroke_mm, lettering->bend_mm, lettering->ring_mm,
                           lettering->height_mm * 0.5f},
                  .lipschitz = lettering->bend_mm > 0 || lettering->ring_mm > 0 ? 1.6f : 1.02f};
}

float lettering_advance(char letter, float height_mm)
{
    return find_glyph(letter)->width * height_mm / 6;
}

float lettering_distance(char letter, float height_mm, float x, float y)
{
    float best = 1e9f, scale = height_mm / 6;
    for (const char *s = find_glyph(letter)->strokes; *s; s += s[4] ? 5 : 4) {
        float ax = (float)(s[0] - '0') * scale, ay = (float)(s[1] - '3') * scale;
        float dx = (float)(s[2] - s[0]) * scale, dy = (float)(s[3] - s[1]) * scale;
        float square = dx * dx + dy * dy, px = x - ax, py = y - ay;
        float t = square > 0 ? clamp_f((px * dx + py * dy) / square, 0, 1) : 0;
        px -= t * dx, py -= t * dy;
        best = fminf(best, px * px + py * py);
    }
    return sqrtf(best);
}

int lettering_strokes(char letter, float height_mm, float (*out)[4], int capacity)
{
    int count = 0;
    float scale = height_mm / 6;
    for (const char *s = find_glyph(letter)->strokes; *s && count < capacity;
         s += s[4] ? 5 : 4, count++)
        for (int k = 0; k < 4; k++)
            out[count][k] = (float)(s[k] - (k % 2 ? '3' : '0')) * scale;
    return count;
}
