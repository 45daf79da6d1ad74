// cloth.c: linen and lace: a sheet on the table that hangs over its edge in folds.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/tea/tea.h"

static const float HALF = 0.070f, HANG = 6.0f;
enum { SCALLOPS = 84 };

float tea_cloth_along(Vec3 p)
{
    float r = sqrtf(p.x * p.x + p.z * p.z), down = TEA_CLOTH_MM - p.y;
    return down < 0.35f && r < TEA_EDGE_MM + 0.2f ? r : TEA_EDGE_MM + fmaxf(down, 0);
}

// ---- the pattern

typedef struct Band {
    float from, to;    // along the cloth
    int cells, motifs; // around
    float pitch;
} Band;

static const Band BANDS[] = {{11.6f, 17.5f, 188, 16, 0.46f}, {18.7f, 22.9f, 252, 24, 0.46f}};

// A flower of six petals with leaves on a stem that runs around: solid, among the net.
static float motif(const Band *band, float along, float angle)
{
    float turn = 2 * PI_F / (float)band->motifs, cell = roundf(angle / turn);
    float wide = (band->to - band->from), middle = (band->from + band->to) * 0.5f;
    float x = (angle - cell * turn) * middle, y = along - middle;
    float size = wide * 0.30f, r = sqrtf(x * x + y * y), a = atan2f(y, x);
    float flower = r - size * (0.70f + 0.30f * cosf(6 * a));
    float ring = fabsf(r - size * 0.36f) - 0.05f; // open around the heart
    flower = fmaxf(flower, -ring);
    float wave = wide * 0.26f * cosf(angle * (float)band->motifs * 0.5f) * 1.0f;
    float stem = fabsf(y - wave) * 0.8f - 0.07f;
    float half = (angle - (cell + (x < 0 ? -0.5f : 0.5f)) * turn) * middle;
    float lx = half, ly = y - wave * 0.2f, tilt = 0.7f;
    float u = lx * cosf(tilt) + ly * sinf(tilt), v = ly * cosf(tilt) - lx * sinf(tilt);
    float leaf = (fabsf(v) - 0.34f * (1 - u * u / (wide * wide * 0.09f))) * 0.7f;
    leaf = fmaxf(leaf, fabsf(u) - wide * 0.30f);
    return fminf(flower, fminf(stem, leaf));
}

static float net_hole(const Band *band, float along, float angle)
{
    float row = (along - band->from) / band->pitch, best = 1e9f;
    for (int k = 0; k < 2; k++) {
        float at = floorf(row) + (float)k, shift = 0.5f * (float)((int)at & 1);
        float column = angle * (float)band->cells / (2 * PI_F) - shift;
        float x = (column - roundf(column)) * 2 * PI_F * along / (float)band->cells;
        float y = (row - at) * band->pitch;
        best = fminf(best, sqrtf(x * x + y * y));
    }
    return best - 0.155f;
}

static float eyelets(float along, float angle, float ring, float radius, int count)
{
    float column = angle * (float)count / (2 * PI_F);
    float x = (column - roundf(column)) * 2 * PI_F * ring / (float)count, y = along - ring;
    return sqrtf(x * x + y * y) - radius;
}

static float hem(float angle)
{
    return TEA_EDGE_MM + HANG - 0.55f + 0.55f * fabsf(cosf(angle * SCALLOPS * 0.5f));
}

float tea_lace_hole(float along, float angle)
{
    float hole = 1e9f;
    for (size_t i = 0; i < COUNT_OF(BANDS); i++) {
        const Band *band = &BANDS[i];
        float beyond = fmaxf(band->from + 0.2f - along, along - band->to + 0.2f);
        if (beyond > 0.3f)
            continue;
        float net = fmaxf(net_hole(band, along, angle), beyond);
        hole = fminf(hole, fmaxf(net, -motif(band, along, angle)));
    }
    hole = fminf(hole, eyelets(along, angle, 11.25f, 0.17f, 118));
    hole = fminf(hole, eyelets(along, angle, 18.05f, 0.16f, 190));
    return fminf(hole, eyelets(along, angle, TEA_EDGE_MM + HANG - 0.72f, 0.19f, SCALLOPS * 2));
}

// Outlines are worked with a thicker thread; solid parts show its stitches.
float tea_lace_cord(float along, float angle)
{
    float cord = 0;
    for (size_t i = 0; i < COUNT_OF(BANDS); i++) {
        const Band *band = &BANDS[i];
        if (along < band->from - 0.3f || along > band->to + 0.3f)
            continue;
        float away = motif(band, along, angle);
        cord = fmaxf(cord, 1 - fabsf(away + 0.03f) / 0.07f);
        float stitch = 0.35f * (0.5f + 0.5f * sinf((along * 0.7f + angle * 15) * 48));
        cord = fmaxf(cord, away < -0.1f ? stitch : 0);
    }
    cord = fmaxf(cord, 1 - fabsf(hem(angle) - 0.10f - along) / 0.09f);
    return clamp_f(cord, 0, 1);
}

// ---- the sheet

static void eval_flat(const Part *part, const FieldPoints *at, float *restrict values)
{
    (void)part;
    for (int i = 0; i < at->count; i++) {
        float x = at->x[i], z = at->z[i], r = sqrtf(x * x + z * z);
        float away = fmaxf(fabsf(at->y[i] - TEA_CLOTH_MM + HALF) - HALF, r - TEA_EDGE_MM);
        if (away < 0.12f && r > 10.5f)
            away = fmaxf(away, -tea_lace_hole(r, atan2f(x, z)));
        values[i] = away;
    }
}

// How far out the folds stand: deep ones between shallow ones.
static float fold(float down, float angle)
{
    float wander = 0.55f * noise_value(v3(3 * sinf(angle), 3 * cosf(angle), 0), 5);
    float wave = 0.5f + 0.5f * cosf(19 * angle + 2.4f * wander);
    float deep = 0.55f + 0.45f * noise_value(v3(2.2f * sinf(angle), 2.2f * cosf(angle), 7), 6);
    float drop = smooth_f(-0.2f, HANG + 1.5f, down);
    return TEA_EDGE_MM + 0.02f + 2.0f * drop * wave * wave * deep + 0.25f * drop;
}

static void eval_hanging(const Part *part, const FieldPoints *at, float *restrict values)
{
    (void)part;
    for (int i = 0; i < at->count; i++) {
        float x = at->x[i], y = at->y[i], z = at->z[i], r = sqrtf(x * x + z * z);
        float down = TEA_CLOTH_MM - y;
        float far =
            fmaxf(fmaxf(r - 21.2f, TEA_EDGE_MM - 0.6f - r), fmaxf(-down, down - HANG - 0.2f));
        if (far > 0.6f) {
            values[i] = far;
            continue;
        }
        float angle = atan2f(x, z), along = TEA_EDGE_MM + down;
        float away = fabsf(r - fold(down, angle)) * 0.80f - HALF;
        away = fmaxf(away, fmaxf(-down, (along - hem(angle)) * 0.7f));
        values[i] = away > 0.12f ? away : fmaxf(away, -tea_lace_hole(along, angle) * 0.8f);
    }
}

void tea_add_cloth(Field *field)
{
    Part flat = {.eval = eval_flat, .lipschitz = 1.5f};
    shape_add(field, flat, (Carve){.material = TEA_LINEN});
    Part hanging = {.eval = eval_hanging, .lipschitz = 1.9f};
    shape_add(field, hanging, (Carve){.blend_mm = 0.12f, .material = TEA_LINEN});
}
