// paint.c: flowers on china, gold on its rims, cracks in its glaze.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/tea/tea.h"

// A thing's painting: a garland around it at a height (or on plates at a radius).
typedef struct Garland {
    float at, reach;  // mm: of its middle, and how far flowers reach from it
    float gold[3][2]; // from, to: gilt, by height or radius
    int flowers;
    bool is_flat; // on a plate: `at` and `gold` are radii
} Garland;

static const Garland GARLANDS[TEA_THINGS] = {
    [TEA_POT] = {2.35f, 0.95f, {{4.30f, 4.58f}, {5.72f, 6.3f}, {0.08f, 0.20f}}, 7, false},
    [TEA_CUP_LEFT] = {1.30f, 0.42f, {{2.13f, 2.5f}, {0.05f, 0.14f}, {9, 9}}, 9, false},
    [TEA_CUP_RIGHT] = {1.30f, 0.42f, {{2.13f, 2.5f}, {0.05f, 0.14f}, {9, 9}}, 9, false},
    [TEA_SAUCER_LEFT] = {2.20f, 0.40f, {{2.86f, 3.2f}, {1.50f, 1.57f}, {9, 9}}, 11, true},
    [TEA_SAUCER_RIGHT] = {2.20f, 0.40f, {{2.86f, 3.2f}, {1.50f, 1.57f}, {9, 9}}, 11, true},
    [TEA_BOWL] = {1.15f, 0.40f, {{1.98f, 2.4f}, {0.06f, 0.16f}, {9, 9}}, 9, false},
    [TEA_LEMON_PLATE] = {2.66f, 0.36f, {{3.14f, 3.5f}, {2.12f, 2.18f}, {9, 9}}, 13, true},
    [TEA_BISCUIT_PLATE] = {2.66f, 0.36f, {{3.14f, 3.5f}, {2.12f, 2.18f}, {9, 9}}, 13, true},
};

typedef struct Brush {
    Vec3 colour;
    float cover;
} Brush;

static void lay(Brush *brush, Vec3 colour, float cover)
{
    cover = clamp_f(cover, 0, 1);
    brush->colour = v3_lerp(brush->colour, colour, cover);
    brush->cover = fmaxf(brush->cover, cover);
}

// A rose of layered petals, seen from above; x, y in its own radius.
static void paint_rose(Brush *brush, float x, float y, uint32_t seed)
{
    static const Vec3 ROSES[] = {
        {0.62f, 0.075f, 0.13f}, {0.72f, 0.25f, 0.30f}, {0.20f, 0.10f, 0.42f}};
    float r = sqrtf(x * x + y * y), a = atan2f(y, x) + noise_of(seed, 3) * 6;
    float rim = 0.86f + 0.12f * cosf(5 * a) + 0.03f * cosf(11 * a);
    Vec3 rose = ROSES[seed % COUNT_OF(ROSES)];
    float shade = 0.5f + 0.5f * sinf(9 * r * r - 2.5f * a + 2.0f * cosf(2 * a));
    Vec3 pale = v3_lerp(rose, v3(0.92f, 0.72f, 0.68f), 0.55f);
    Vec3 colour = v3_lerp(rose, pale, shade * smooth_f(0.1f, 0.8f, r));
    lay(brush, colour, smooth_f(rim + 0.04f, rim - 0.04f, r) * 0.94f);
    lay(brush, v3_scale(rose, 0.45f),
        smooth_f(0.16f, 0.08f, fabsf(r - 0.30f - 0.05f * sinf(3 * a))) * 0.35f);
    lay(brush, v3(0.78f, 0.50f, 0.06f), smooth_f(0.15f, 0.11f, r));
}

static void paint_leaf(Brush *brush, float x, float y, float length, float wide)
{
    float t = x / length;
    if (t < 0 || t > 1)
        return;
    float half = wide * sinf(PI_F * powf(t, 0.8f)), vein = fabsf(y);
    Vec3 green =
        v3_lerp(v3(0.045f, 0.16f, 0.055f), v3(0.22f, 0.36f, 0.10f), smooth_f(-half, half, y));
    lay(brush, green, smooth_f(half + 0.02f, half - 0.02f, fabsf(y)) * 0.92f);
    lay(brush, v3(0.03f, 0.09f, 0.03f),
        smooth_f(0.018f, 0.006f, vein) * smooth_f(1, 0.8f, t) * (half > 0.02f));
}

// One flower's share of a garland: x along it, y across, in mm; `size` of the rose.
static void paint_sprig(Brush *brush, float x, float y, float size, uint32_t seed)
{
    float wave = 0.35f * size * sinf(x / size * 1.3f + (float)seed);
    lay(brush, v3(0.06f, 0.17f, 0.05f), smooth_f(0.032f, 0.016f, fabsf(y - wave)) * 0.9f);
    for (int k = 0; k < 4; k++) {
        float side = k & 1 ? 1.0f : -1.0f, way = (k & 2 ? 1.0f : -1.0f);
        float turn = (0.55f + 0.3f * noise_of(seed * 4 + (uint32_t)k, 5)) * side;
        float lx = x * way - 0.55f * size, ly = y;
        float u = lx * cosf(turn) + ly * sinf(turn), v = ly * cosf(turn) - lx * sinf(turn);
        paint_leaf(brush, u / size, v / size, 1.25f, 0.30f);
    }
    paint_rose(brush, x / (size * 0.62f), y / (size * 0.62f), seed);
    for (int k = 0; k < 2; k++) { // buds
        float bx = x - size * (k ? 1.65f : -1.60f), by = y - size * (k ? 0.55f : -0.5f);
        paint_rose(brush, bx / (size * 0.26f), by / (size * 0.26f), seed + 1);
    }
}

static float gilt(const Garland *garland, float at)
{
    float gold = 0;
    for (int i = 0; i < 3; i++)
        gold = fmaxf(
            gold, smooth_f(garland->gold[i][0] - 0.012f, garland->gold[i][0] + 0.012f, at) *
                      smooth_f(garland->gold[i][1] + 0.012f, garland->gold[i][1] - 0.012f, at));
    return gold;
}

TeaPaint tea_paint(TeaThing thing, Vec3 p)
{
    const Garland *garland = &GARLANDS[thing];
    if (!garland->flowers)
        return (TeaPaint){0};
    Vec3 q = v3_sub(p, TEA_PLACES[thing]);
    float r = sqrtf(q.x * q.x + q.z * q.z), angle = atan2f(q.x, q.z) + (float)thing;
    float at = garland->is_flat ? r : q.y, around = garland->is_flat ? garland->at : r;
    float turn = 2 * PI_F / (float)garland->flowers, cell = roundf(angle / turn);
    uint32_t seed =
        ((uint32_t)((int)cell + garland->flowers) % (uint32_t)garland->flowers) * 7 +
        (uint32_t)thing;
    Brush brush = {{0, 0, 0}, 0};
    float wander = 0.18f * garland->reach * (noise_of(seed, 9) - 0.5f);
    bool is_outside = garland->is_flat || (r > 0.75f && r < 3.05f);
    if (is_outside && fabsf(at - garland->at) < garland->reach * 1.6f)
        paint_sprig(&brush, (angle - cell * turn) * around, at - garland->at - wander,
                    garland->reach * 0.80f, seed);
    TeaPaint out = {brush.colour, brush.cover, gilt(garland, at)};
    if (garland->is_flat && q.y < 0.2f)
        out.cover = out.gold = 0; // the underside
    float worn = noise_octaves(v3_scale(p, 3.1f), 3, 17);
    out.gold *= smooth_f(0.62f, 0.35f, worn);
    return out;
}

float tea_crackle(Vec3 p)
{
    Vec3 q = v3_scale(p, 1.15f);
    q = v3_add(q, v3(0.25f * noise_value(v3_scale(p, 2.3f), 21),
                     0.25f * noise_value(v3_scale(p, 2.3f), 22),
                     0.25f * noise_value(v3_scale(p, 2.3f), 23)));
    int32_t x0 = (int32_t)floorf(q.x), y0 = (int32_t)floorf(q.y), z0 = (int32_t)floorf(q.z);
    float first = 1e9f, second = 1e9f;
    for (int i = 0; i < 27; i++) {
        int32_t x = x0 + i % 3 - 1, y = y0 + i / 3 % 3 - 1, z = z0 + i / 9 - 1;
        uint32_t hash = noise_hash(x, y, z, 24);
        Vec3 apart = v3_sub(v3((float)x + (float)(hash & 1023) / 1024,
                               (float)y + (float)(hash >> 10 & 1023) / 1024,
                               (float)z + (float)(hash >> 20 & 1023) / 1024),
                            q);
        float distance = v3_dot(apart, apart);
        second = fminf(second, fmaxf(first, distance));
        first = fminf(first, distance);
    }
    return smooth_f(0.020f, 0.004f, sqrtf(second) - sqrtf(first));
}
