// frame.c: around the picture: lathe-work, the country's name, the value, and lines that are
// words.

#include <string.h>

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/stamp/capitals.h"
#include "exhibits/small-wonders/stamp/stamp.h"

enum { BORDER_CURVES = 10, LOOP_STEPS = 5200, ROSETTE_STEPS = 1400, LETTER_STROKES = 16 };
static const float BORDER_X = 7.72f, BORDER_Y = 9.72f, BORDER_ROUND = 1.0f;
static const float ROSETTE_X = 5.55f, ROSETTE_Y = -7.72f, ROSETTE_R = 1.30f;

float stamp_opening(float x, float y)
{
    const float half = 6.55f, low = -6.25f, spring = 4.1f, rise = 2.45f;
    float side = fabsf(x) - half;
    if (y <= spring)
        return fmaxf(side, low - y);
    float u = x / half, v = (y - spring) / rise, r = sqrtf(u * u + v * v);
    return (r - 1) * rise * half /
           fmaxf(sqrtf(u * u * rise * rise + v * v * half * half) / fmaxf(r, 1e-3f), rise);
}

// ---- lines of words

typedef struct Words {
    const char *text;
    float x, y, angle; // where the line begins, at half height; its way, radians
    float height, half;
    float ring; // > 0: written with the clock along a circle around (x, y), from `angle`
    PlateInk ink;
} Words;

static const float SPACING = 0.30f;

static PlatePoint word_point(const Words *words, float along, float up)
{
    if (words->ring > 0) {
        float angle = words->angle - along / words->ring, r = words->ring + up;
        return (PlatePoint){words->x + r * cosf(angle), words->y + r * sinf(angle),
                            words->half};
    }
    float c = cosf(words->angle), s = sinf(words->angle);
    return (PlatePoint){words->x + along * c - up * s, words->y + along * s + up * c,
                        words->half};
}

static float words_width(const Words *words)
{
    float width = 0;
    for (const char *c = words->text; *c; c++)
        width += lettering_advance(*c, words->height) + SPACING * words->height;
    return width - SPACING * words->height;
}

// Repeats the text until `length` is filled with whole letters; 0: once.
static void cut_words(const Words *words, float length, Plate *plate)
{
    float strokes[LETTER_STROKES][4], along = 0;
    for (const char *c = words->text; *c || length > 0; c++) {
        c = *c ? c : words->text;
        float advance = lettering_advance(*c, words->height);
        if (length > 0 && along + advance > length)
            return;
        int count = lettering_strokes(*c, words->height, strokes, LETTER_STROKES);
        for (int i = 0; i < count; i++)
            plate_cut(plate, words->ink,
                      word_point(words, along + strokes[i][0], strokes[i][1]),
                      word_point(words, along + strokes[i][2], strokes[i][3]));
        along += advance + SPACING * words->height;
    }
}

static void cut_centred(Words words, Plate *plate)
{
    words.x -= words_width(&words) * 0.5f;
    cut_words(&words, 0, plate);
}

// ---- rules and lathe-work

static void cut_rule(Plate *plate, float half_x, float half_y, float half)
{
    PlatePoint points[5];
    for (int i = 0; i < 5; i++)
        points[i] = (PlatePoint){(i % 4 == 1 || i % 4 == 2) ? half_x : -half_x,
                                 (i % 4 >= 2) ? half_y : -half_y, half};
    plate_line(plate, PLATE_INTAGLIO, points, 5);
}

// A rectangle with round corners, by the length of its way: place and outward direction.
static void loop_at(float s, float out[4])
{
    float half[2] = {BORDER_X - BORDER_ROUND, BORDER_Y - BORDER_ROUND};
    float arc = PI_F / 2 * BORDER_ROUND;
    for (int side = 0; side < 4; side++) {
        float along = side % 2 ? half[1] : half[0], away = side % 2 ? half[0] : half[1];
        float turn = -PI_F / 2 + (float)side * PI_F / 2; // outwards of this side
        float nx = cosf(turn), ny = sinf(turn);
        if (s <= 2 * along) {
            float t = s - along;
            out[0] = nx * (away + BORDER_ROUND) - ny * t;
            out[1] = ny * (away + BORDER_ROUND) + nx * t;
            out[2] = nx, out[3] = ny;
            return;
        }
        s -= 2 * along;
        if (s <= arc) {
            float angle = turn + s / BORDER_ROUND;
            out[2] = cosf(angle), out[3] = sinf(angle);
            out[0] = nx * away - ny * along + out[2] * BORDER_ROUND;
            out[1] = ny * away + nx * along + out[3] * BORDER_ROUND;
            return;
        }
        s -= arc;
    }
    loop_at(0, out);
}

static float loop_length(void)
{
    return 4 * (BORDER_X + BORDER_Y - 2 * BORDER_ROUND) + 2 * PI_F * BORDER_ROUND;
}

// A rose engine's line: it swings twice in every bead of the border, from ten starts.
static void cut_border(Plate *plate)
{
    PlatePoint points[LOOP_STEPS + 1];
    for (int k = 0; k < BORDER_CURVES; k++) {
        float start = 2 * PI_F * (float)k / BORDER_CURVES;
        for (int i = 0; i <= LOOP_STEPS; i++) {
            float t = (float)i / LOOP_STEPS, at[4];
            loop_at(t * loop_length() * 0.99999f, at);
            float a = 2 * PI_F * 40 * t;
            float off = (0.37f + 0.235f * cosf(a)) * sinf(2 * a + start);
            off += 0.02f * sinf(6 * a - start);
            points[i] = (PlatePoint){at[0] + off * at[2], at[1] + off * at[3],
                                     0.0125f + 0.0055f * cosf(2 * a + start)};
        }
        plate_line(plate, PLATE_INTAGLIO, points, LOOP_STEPS + 1);
    }
}

typedef struct Lathe {
    float radius, swing, ripple;
    int lobes, ripples, starts;
    float half;
} Lathe;

// Closed curves around a middle, interlaced; what is nearer than `clear` to the cuts of
// `around` stays white.
static void cut_lathe(Plate *plate, float x, float y, const Lathe *lathe, const Plate *around)
{
    const float clear = 0.055f;
    for (int k = 0; k < lathe->starts; k++) {
        float start = 2 * PI_F * (float)k / (float)lathe->starts;
        PlatePoint before = {0};
        bool was_clear = false;
        for (int i = 0; i <= ROSETTE_STEPS; i++) {
            float a = 2 * PI_F * (float)i / ROSETTE_STEPS;
            float r = lathe->radius + lathe->swing * sinf((float)lathe->lobes * a + start) +
                      lathe->ripple * sinf((float)lathe->ripples * a - start);
            PlatePoint at = {x + r * cosf(a), y + r * sinf(a), lathe->half};
            bool is_clear = capitals_distance(around->cuts, around->count, at.x, at.y) > clear;
            if (i && is_clear && was_clear)
                plate_cut(plate, PLATE_INTAGLIO, before, at);
            before = at;
            was_clear = is_clear;
        }
    }
}

static void cut_rosette(Plate *plate, float x)
{
    static const Lathe LATHES[] = {
        {1.02f, 0.20f, 0.050f, 16, 48, 6, 0.0115f},
        {0.70f, 0.17f, 0.035f, 14, 42, 6, 0.0105f},
        {0.38f, 0.16f, 0.030f, 12, 36, 6, 0.0100f},
        {0.14f, 0.10f, 0.015f, 10, 30, 4, 0.0090f},
    };
    Arena arena = {0};
    Plate figures = {.arena = &arena};
    capitals_cut(&(Capitals){"25", x, ROSETTE_Y - 0.54f, 1.08f, 0.10f}, &figures);
    for (size_t i = 0; i < figures.count; i++)
        plate_cut(plate, PLATE_INTAGLIO, figures.cuts[i].from, figures.cuts[i].to);
    for (size_t i = 0; i < COUNT_OF(LATHES); i++)
        cut_lathe(plate, x, ROSETTE_Y, &LATHES[i], &figures);
    static const Lathe RIMS[] = {{ROSETTE_R, 0, 0, 1, 1, 1, 0.022f},
                                 {ROSETTE_R + 0.075f, 0.025f, 0, 90, 1, 2, 0.008f}};
    for (size_t i = 0; i < COUNT_OF(RIMS); i++)
        cut_lathe(plate, x, ROSETTE_Y, &RIMS[i], &figures);
    arena_drop(&arena);
}

// ---- panels

// Fine horizontal lines around the letters, thinner next to them: the name seems to glow.
static void cut_name(Plate *plate)
{
    const float half_x = 6.75f, low = 7.28f, high = 8.92f, apart = 0.058f;
    Arena arena = {0};
    Plate name = {.arena = &arena};
    capitals_cut(&(Capitals){"PARVIA", 0, 7.52f, 1.16f, 0.42f}, &name);
    for (size_t i = 0; i < name.count; i++)
        plate_cut(plate, PLATE_INTAGLIO, name.cuts[i].from, name.cuts[i].to);
    for (float y = low + apart; y < high - 0.02f; y += apart)
        for (float x = -half_x; x < half_x - 0.02f; x += 0.02f) {
            float away = capitals_distance(name.cuts, name.count, x, y);
            if (away < 0.06f)
                continue;
            float half = 0.006f + 0.012f * smooth_f(0.06f, 0.45f, away);
            plate_cut(plate, PLATE_INTAGLIO, (PlatePoint){x, y, half},
                      (PlatePoint){x + 0.02f, y, half});
        }
    PlatePoint box[] = {{-half_x, low, 0.022f},
                        {half_x, low, 0.022f},
                        {half_x, high, 0.022f},
                        {-half_x, high, 0.022f},
                        {-half_x, low, 0.022f}};
    plate_line(plate, PLATE_INTAGLIO, box, COUNT_OF(box));
    arena_drop(&arena);
}

static void cut_value(Plate *plate)
{
    cut_rosette(plate, -ROSETTE_X);
    cut_rosette(plate, ROSETTE_X);
    capitals_cut(&(Capitals){"POSTAE", 0, -7.55f, 0.78f, 0.34f}, plate);
    cut_centred((Words){.text = "VIGINTI QVINQVE GRANA",
                        .y = -8.10f,
                        .height = 0.34f,
                        .half = 0.024f,
                        .ink = PLATE_INTAGLIO},
                plate);
    cut_centred((Words){.text = "MINIMA MAXIME - PARVIA NVSQVAM EST - CISELAVIT MACHINA",
                        .y = -8.62f,
                        .height = 0.115f,
                        .half = 0.0075f,
                        .ink = PLATE_INTAGLIO},
                plate);
    for (int side = -1; side <= 1; side += 2) {
        float y = -8.36f, x = (float)side;
        plate_cut(plate, PLATE_INTAGLIO, (PlatePoint){x * 0.1f, y, 0.020f},
                  (PlatePoint){x * 3.6f, y, 0.004f});
    }
}

// Arcs that follow the arch into the corners above it, crossed by rays.
static void cut_spandrels(Plate *plate)
{
    for (int k = 1; k <= 60; k++) {
        float grow = 0.075f * (float)k;
        PlatePoint before = {0};
        bool was_in = false;
        for (int i = 0; i <= 700; i++) {
            float a = PI_F * (float)i / 700,
                  wave = 0.035f * sinf(70 * a + (float)(k % 2) * PI_F);
            float x = (6.62f + grow + wave) * cosf(a),
                  y = 4.1f + (2.52f + grow + wave) * sinf(a);
            bool is_in = fabsf(x) < 6.70f && y > 4.3f && y < 7.12f;
            float tone = 0.006f + 0.013f * smooth_f(0.1f, 1.6f, grow);
            if (is_in && was_in)
                plate_cut(plate, PLATE_INTAGLIO, before, (PlatePoint){x, y, tone});
            before = (PlatePoint){x, y, tone};
            was_in = is_in;
        }
    }
}

static void cut_opening_rule(Plate *plate, float grow, float half)
{
    PlatePoint points[204];
    int count = 0;
    points[count++] = (PlatePoint){-6.55f - grow, -6.25f - grow, half};
    points[count++] = (PlatePoint){6.55f + grow, -6.25f - grow, half};
    for (int i = 0; i <= 200; i++) {
        float a = PI_F * (float)i / 200;
        points[count++] =
            (PlatePoint){(6.55f + grow) * cosf(a), 4.1f + (2.45f + grow) * sinf(a), half};
    }
    points[count] = points[0];
    plate_line(plate, PLATE_INTAGLIO, points, count + 1);
}

// The thin line inside the outer rule is no line.
static void cut_microtext(Plate *plate)
{
    static const char *const TEXT =
        "WHO READS THIS HAS COME CLOSER THAN THE POSTMAN EVER DID - THE LAND IS SMALL AND ITS "
        "LETTERS ARE SMALLER - PARVIA HAS NO ARMY NO BORDER AND NO SECOND STAMP - WHAT IS "
        "SMALL IS NOT LESS - ";
    const float x = 8.47f, y = 10.47f;
    Words words = {.text = TEXT, .height = 0.125f, .half = 0.0078f, .ink = PLATE_INTAGLIO};
    for (int side = 0; side < 4; side++) {
        words.angle = -PI_F / 2 * (float)side; // with the clock from the upper left corner
        words.x = side == 0 || side == 3 ? -x : x;
        words.y = side < 2 ? y : -y;
        words.text = TEXT + 22 * side;
        cut_words(&words, (side % 2 ? 2 * y : 2 * x) - 0.1f, plate);
    }
}

static void print_tint(Plate *plate)
{
    for (int k = 0; k < 210; k++) {
        PlatePoint before = {0};
        for (int i = 0; i <= 430; i++) {
            float x = -8.6f + 0.04f * (float)i;
            float y = -10.9f + 0.105f * (float)k + 0.22f * sinf(x * 1.9f + (float)k * 0.17f) +
                      0.10f * sinf(x * 4.3f - (float)k * 0.31f);
            PlatePoint at = {x, y, 0.019f + 0.007f * sinf(x * 2.6f + (float)k * 0.24f)};
            if (i && fabsf(y) < 10.6f && stamp_opening(x, y) > 0.03f)
                plate_cut(plate, PLATE_TINT, before, at);
            before = at;
        }
    }
}

// ---- the postmark

static void cut_circle(Plate *plate, float x, float y, float radius, float half)
{
    PlatePoint points[241];
    for (int i = 0; i <= 240; i++) {
        float a = 2 * PI_F * (float)i / 240;
        points[i] = (PlatePoint){x + radius * cosf(a), y + radius * sinf(a), half};
    }
    plate_line(plate, PLATE_POSTMARK, points, 241);
}

static void strike_postmark(Plate *plate)
{
    const float x = 7.3f, y = -8.3f;
    cut_circle(plate, x, y, 4.7f, 0.085f);
    cut_circle(plate, x, y, 3.15f, 0.055f);
    cut_words(&(Words){.text = "PARVIA - AD LACVM - POSTAE - ",
                       .x = x,
                       .y = y,
                       .angle = 2.95f,
                       .height = 0.86f,
                       .half = 0.062f,
                       .ring = 3.92f,
                       .ink = PLATE_POSTMARK},
              0, plate);
    for (int i = 0; i < 3; i++) {
        static const char *const LINES[] = {"III.ID", "NOV.", "XI"};
        cut_centred((Words){.text = LINES[i],
                            .x = x - 0.55f,
                            .y = y + 1.15f - 1.15f * (float)i,
                            .angle = 0,
                            .height = 0.84f,
                            .half = 0.060f,
                            .ink = PLATE_POSTMARK},
                    plate);
    }
}

void drawing_frame(Plate *plate)
{
    cut_rule(plate, 8.68f, 10.68f, 0.050f);
    cut_rule(plate, 8.585f, 10.585f, 0.010f);
    cut_rule(plate, 8.37f, 10.37f, 0.010f);
    cut_microtext(plate);
    cut_border(plate);
    cut_name(plate);
    cut_value(plate);
    cut_spandrels(plate);
    cut_opening_rule(plate, 0.05f, 0.026f);
    cut_opening_rule(plate, 0.125f, 0.008f);
    print_tint(plate);
    strike_postmark(plate);
}
