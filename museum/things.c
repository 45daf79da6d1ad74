// things.c: well-known things to lay beside a piece at true size: a coin, a stamp, a hand.
//
// A thing is a function from a place in millimetres, x to the right and y up from its lower
// left corner, to a colour; a pixel is the mean of four.

#include "museum/things.h"

#include <math.h>
#include <string.h>

typedef struct Ink {
    float color[3]; // sRGB
    float alpha;
} Ink;

typedef Ink PaintFn(double x, double y);

static double smooth(double edge0, double edge1, double x)
{
    double t = CLAMP((x - edge0) / (edge1 - edge0), 0, 1);
    return t * t * (3 - 2 * t);
}

static Ink grey_of(double brightness, const float tint[3], double alpha)
{
    Ink ink = {.alpha = (float)alpha};
    for (int i = 0; i < 3; i++)
        ink.color[i] = (float)CLAMP((double)tint[i] * brightness, 0, 1);
    return ink;
}

// ---- the coin

#define COIN_MM 23.25
#define COIN_INNER_MM 16.3 // across the silver-coloured middle
#define STAR_AT_MM 9.9     // from the middle
#define STAR_MM 0.95

// Inside of a star of five points: above 0.
static double star(double x, double y)
{
    double half = 3.14159265358979 / 5;
    double from_point = fabs(remainder(atan2(x, y), 2 * half)) / half; // 1 in a notch
    return STAR_MM * (1 - 0.58 * from_point) - hypot(x, y);
}

static double numeral(double x, double y)
{
    double bar = MAX(fabs(x - 0.4) - 1.15, fabs(y) - 5.2);
    double foot = MAX(fabs(x - 0.4) - 2.6, fabs(y + 4.75) - 0.45);
    double flag = MAX(fabs(x + 1.2 + (4.1 - y) * 0.9) - 1.0, fabs(y - 3.6) - 1.5);
    return MIN(MIN(bar, foot), flag);
}

static Ink coin(double x, double y)
{
    static const float gold[3] = {0.85f, 0.70f, 0.40f}, silver[3] = {0.76f, 0.76f, 0.75f};
    x -= COIN_MM / 2;
    y -= COIN_MM / 2;
    double away = hypot(x, y), radius = COIN_MM / 2;
    bool is_inner = away < COIN_INNER_MM / 2;
    double light = (y - x) / MAX(away, 1e-6) * 0.7071; // from the upper left
    double rim = smooth(radius - 1.0, radius - 0.5, away);
    double groove = smooth(0.35, 0, fabs(away - COIN_INNER_MM / 2));
    double shine = 0.90 + 0.10 * (y - x) / radius + 0.20 * light * rim - 0.28 * groove;
    if (is_inner) {
        // Raised: lit on one side, in shade on the other.
        double edge = numeral(x, y);
        double slope = numeral(x + 0.18, y - 0.18) - numeral(x - 0.18, y + 0.18);
        shine += edge < 0 ? 0.10 : 0;
        shine -= smooth(0.35, 0, fabs(edge)) * slope * 0.9;
    } else {
        double part = 2 * 3.14159265358979 / 12, turn = atan2(x, y);
        double middle = floor(turn / part + 0.5) * part;
        double over = star(x - STAR_AT_MM * sin(middle), y - STAR_AT_MM * cos(middle));
        shine += 0.22 * smooth(-0.05, 0.15, over);
    }
    return grey_of(shine, is_inner ? silver : gold, smooth(radius + 0.05, radius - 0.05, away));
}

// ---- the stamp

#define STAMP_WIDTH_MM 19.05
#define STAMP_HEIGHT_MM 22.225

// A young queen to the left, in outline.
static bool is_profile(double x, double y)
{
    static const double outline[][2] = {
        {7.4, 6.3},   {8.7, 6.7},   {9.1, 8.0},   {9.0, 9.0},   {8.1, 9.25},  {7.4, 9.2},
        {7.05, 9.65}, {7.2, 10.1},  {6.95, 10.4}, {7.1, 10.65}, {6.9, 10.9},  {7.05, 11.2},
        {6.4, 11.5},  {6.8, 12.2},  {7.05, 12.7}, {6.9, 13.4},  {7.15, 14.3}, {7.55, 14.9},
        {7.5, 15.7},  {8.5, 15.6},  {9.8, 16.1},  {11.2, 15.8}, {12.3, 15.1}, {12.9, 14.4},
        {13.6, 14.6}, {14.4, 14.2}, {14.6, 13.3}, {14.0, 12.6}, {13.1, 12.5}, {12.6, 12.0},
        {12.2, 11.0}, {11.9, 9.6},  {12.2, 8.4},  {13.3, 7.2},  {14.3, 6.3},
    };
    bool is_inside = false;
    for (size_t i = 0, k = COUNT_OF(outline) - 1; i < COUNT_OF(outline); k = i++) {
        const double *p = outline[i], *q = outline[k];
        if ((p[1] > y) != (q[1] > y) && x < (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]) + p[0])
            is_inside = !is_inside;
    }
    return is_inside;
}

static Ink stamp(double x, double y)
{
    static const float black[3] = {0.115f, 0.11f, 0.105f}, paper[3] = {0.91f, 0.88f, 0.80f};
    double margin = MIN(MIN(x, STAMP_WIDTH_MM - x), MIN(y, STAMP_HEIGHT_MM - y));
    if (margin < 0.55)
        return grey_of(1, paper, 1);
    bool is_band = y > STAMP_HEIGHT_MM - 3.3 || y < 3.3;
    bool is_side = x < 2.5 || x > STAMP_WIDTH_MM - 2.5;
    bool is_line =
        margin < 0.8 ||
        (is_band && fabs(fabs(y - STAMP_HEIGHT_MM / 2) - (STAMP_HEIGHT_MM / 2 - 3.3)) < 0.14);
    if (is_line)
        return grey_of(0.75, paper, 1);
    if (is_band)
        return grey_of(1, black, 1);
    if (is_side) {
        double wave = sin(y * 5.2) * sin((x + y) * 3.4);
        return grey_of(1 + 2.2 * smooth(0.1, 0.5, wave), black, 1);
    }
    if (is_profile(x, y)) {
        double shade = 0.58 + 0.26 * smooth(13, 6.5, x);
        shade -= 0.16 * smooth(0.14, 0.04, fabs(y - 14.2 - (x - 7) * 0.12)); // her diadem
        return grey_of(shade, paper, 1);
    }
    double turned = sin(x * 6 + y * 3.4) * sin(x * 3.4 - y * 6); // engine-turned ground
    return grey_of(1.7 + 0.7 * turned, black, 1);
}

// ---- the hand

#define HAND_LEFT_MM 80.0 // from the middle of the wrist to the picture's left
#define HAND_WIDTH_MM 131.0
#define HAND_HEIGHT_MM 180.0

// A limb that tapers from `a` to `b`.
typedef struct Limb {
    double a[2], b[2], wide[2];
} Limb;

static double limb(const Limb *l, double x, double y)
{
    double along[2] = {l->b[0] - l->a[0], l->b[1] - l->a[1]};
    double length2 = along[0] * along[0] + along[1] * along[1];
    double t = ((x - l->a[0]) * along[0] + (y - l->a[1]) * along[1]) / length2;
    t = CLAMP(t, 0, 1);
    return hypot(x - l->a[0] - along[0] * t, y - l->a[1] - along[1] * t) -
           (l->wide[0] + (l->wide[1] - l->wide[0]) * t);
}

static double join(double a, double b, double soft)
{
    double part = MAX(soft - fabs(a - b), 0) / soft;
    return MIN(a, b) - part * part * soft / 4;
}

static double hand_edge(double x, double y)
{
    static const Limb fingers[] = {
        {{-25, 84}, {-35, 155}, {10.2, 7.8}},
        {{-7, 90}, {-9.5, 172}, {10.4, 8.0}},
        {{11, 86}, {16, 158}, {9.8, 7.4}},
        {{27, 76}, {40, 130}, {8.8, 6.6}},
    };
    static const Limb thumb = {{-30, 42}, {-63, 93}, {14.5, 8.4}};
    static const Limb ball = {{-20, 22}, {-31, 46}, {19, 18}};
    static const Limb wrist = {{0, -30}, {0, 20}, {27, 28}};
    static const Limb heel = {{12, 22}, {20, 70}, {22, 17.5}};
    static const Limb palm = {{-15, 66}, {15, 66}, {22, 21}};
    double edge = join(limb(&wrist, x, y), limb(&heel, x, y), 12);
    edge = join(edge, limb(&palm, x, y), 14);
    edge = join(edge, limb(&ball, x, y), 14);
    edge = join(edge, limb(&thumb, x, y), 16);
    for (size_t i = 0; i < COUNT_OF(fingers); i++)
        edge = join(edge, limb(&fingers[i], x, y), 5);
    return edge;
}

static Ink hand(double x, double y)
{
    static const float white[3] = {0.95f, 0.93f, 0.90f};
    double edge = hand_edge(x - HAND_LEFT_MM, y);
    double inside = smooth(0.2, -0.2, edge), line = smooth(0.75, 0.45, fabs(edge + 0.45));
    double fade = smooth(0, 14, y); // nobody's arm ends at the wrist
    return grey_of(1, white, MAX(inside * 0.22, line * 0.85) * fade);
}

// ---- painting

static const struct {
    const char *name;
    PaintFn *paint;
    double size_mm[2];
} things[THING_COUNT] = {
    [THING_COIN] = {"coin", coin, {COIN_MM, COIN_MM}},
    [THING_STAMP] = {"stamp", stamp, {STAMP_WIDTH_MM, STAMP_HEIGHT_MM}},
    [THING_HAND] = {"hand", hand, {HAND_WIDTH_MM, HAND_HEIGHT_MM}},
};

void thing_size_mm(Thing thing, double out_mm[2])
{
    memcpy(out_mm, things[thing].size_mm, sizeof things[thing].size_mm);
}

const char *thing_name(Thing thing)
{
    return things[thing].name;
}

bool thing_find(const char *name, Thing *out)
{
    for (int i = 0; i < THING_COUNT; i++) {
        if (!strcmp(name, things[i].name)) {
            *out = (Thing)i;
            return true;
        }
    }
    return false;
}

static void paint_pixel(PaintFn *paint, double x, double y, const double step[2],
                        uint8_t out[4])
{
    double sum[4] = {0};
    for (int i = 0; i < 4; i++) {
        Ink ink =
            paint(x + step[0] * (0.25 + 0.5 * (i & 1)), y + step[1] * (0.25 + 0.5 * (i >> 1)));
        for (int k = 0; k < 3; k++)
            sum[k] += (double)(ink.color[k] * ink.alpha) / 4;
        sum[3] += (double)ink.alpha / 4;
    }
    for (int k = 0; k < 4; k++)
        out[k] = (uint8_t)lround(CLAMP(sum[k], 0, 1) * 255);
}

Image thing_paint(Thing thing, double px_per_mm, Arena *arena)
{
    const double *size = things[thing].size_mm;
    double longest = MAX(size[0], size[1]);
    px_per_mm = MIN(px_per_mm, THING_MOST_PX / longest);
    Image image = {.width = (uint32_t)MAX(lround(size[0] * px_per_mm), 1),
                   .height = (uint32_t)MAX(lround(size[1] * px_per_mm), 1)};
    image.rgba = ARENA_ARRAY(arena, uint8_t, (size_t)image.width * image.height * 4);
    double step[2] = {size[0] / image.width, size[1] / image.height};
    for (uint32_t row = 0; row < image.height; row++) {
        for (uint32_t column = 0; column < image.width; column++)
            paint_pixel(things[thing].paint, column * step[0],
                        (image.height - 1 - row) * step[1], step,
                        image.rgba + ((size_t)row * image.width + column) * 4);
    }
    return image;
}

// ---- in the case

#define GAP_M 0.005    // between it and the piece
#define THICK_M 0.0006 // how high its face lies: a coin's own thickness would want a side

// The top that the piece stands on, in the stand's frame from its middle: half its width and
// depth.
static void top_of(const PlanPlace *place, double half[2])
{
    for (int i = 0; i < 2; i++) {
        const float *own = place->tray_m[0] > 0    ? &place->tray_m[i]
                           : place->riser_m[1] > 0 ? &place->riser_m[2 * i]
                                                   : &place->size_m[2 * i];
        half[i] = (double)*own / 2;
    }
}

// Half the piece's width and depth on its stand.
static void half_of(const PlanPlace *place, const double low_m[3], const double high_m[3],
                    double out[2])
{
    double x = (high_m[0] - low_m[0]) / 2, z = (high_m[2] - low_m[2]) / 2;
    double c = fabs(cos((double)place->piece_yaw)), s = fabs(sin((double)place->piece_yaw));
    out[0] = x * c + z * s;
    out[1] = x * s + z * c;
}

void thing_lay(Thing thing, const PlanPlace *place, const double low_m[3],
               const double high_m[3], ThingPlace *out)
{
    // To the right, the left, the front; a stamp lies on the other side of it.
    static const double sides[][2] = {{1, 0}, {-1, 0}, {0, 1}};
    double size[2], top[2], piece[2], at[2] = {0, 0};
    int first = thing == THING_COIN ? 0 : 1;
    bool fits = false;
    thing_size_mm(thing, size);
    top_of(place, top);
    half_of(place, low_m, high_m, piece);
    out->floor_m = (double)plan_piece_floor_m(place);
    for (int i = 0; i < 2; i++)
        size[i] /= 2000; // half, in metres
    for (int i = first; i < 3 && !fits; i++) {
        for (int k = 0; k < 2; k++)
            at[k] = sides[i][k] * (piece[k] + GAP_M + size[k]);
        fits = fabs(at[0]) + size[0] < top[0] && fabs(at[1]) + size[1] < top[1];
    }
    if (!fits && place->riser_m[1] > 0) { // down on the box, beside the block
        out->floor_m -= (double)place->riser_m[1];
        at[0] = sides[first][0] * (top[0] + GAP_M + size[0]);
        at[1] = 0;
    } else if (!fits) {
        at[0] = sides[first][0] * (piece[0] + GAP_M + size[0]);
        at[1] = 0;
    }
    double c = cos((double)place->yaw), s = sin((double)place->yaw);
    float spot[2];
    plan_piece_spot(place, spot);
    *out =
        (ThingPlace){.center = {(double)spot[0] + at[0] * c + at[1] * s, out->floor_m + THICK_M,
                                (double)spot[1] - at[0] * s + at[1] * c},
                     .half_u = {size[0] * c, 0, -size[0] * s},
                     .half_v = {-size[1] * s, 0, -size[1] * c},
                     .floor_m = out->floor_m};
}
