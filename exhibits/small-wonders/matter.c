// matter.c: what the machines of the collection seem to be made of.

#include "exhibits/small-wonders/matter.h"

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"

typedef MatterLook Look;

Vec3 matter_mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

float matter_nearest(float x, float apart)
{
    return x - roundf(x / apart) * apart;
}

float matter_grime(const SculptVertex *v)
{
    return smooth_f(0.8f, 0.25f, v->occlusion);
}

Look matter_aluminium(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.4f), 3, 21);
    float scratch = noise_value(v3(p.x * 30, p.y * 30, p.z * 3), 22);
    float grime = smooth_f(0.8f, 0.25f, v->occlusion);
    Vec3 metal =
        matter_mix(v3(0.62f, 0.61f, 0.58f), v3(0.44f, 0.43f, 0.41f), 0.4f + 0.6f * cloud);
    metal = matter_mix(metal, v3(0.05f, 0.032f, 0.018f), 0.8f * grime);
    return (Look){metal,
                  clamp_f(0.34f + 0.06f * cloud + 0.05f * scratch + 0.25f * grime, 0.2f, 0.8f),
                  0.95f - 0.5f * grime};
}

Look matter_steel(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 2.2f), 3, 41);
    float grime = smooth_f(0.75f, 0.2f, v->occlusion);
    Vec3 steel =
        matter_mix(v3(0.46f, 0.46f, 0.46f), v3(0.27f, 0.265f, 0.26f), 0.4f + 0.7f * cloud);
    float rust = smooth_f(0.25f, 0.55f, cloud + 0.6f * grime);
    steel = matter_mix(steel, v3(0.17f, 0.07f, 0.03f), 0.55f * rust);
    return (Look){steel, 0.32f + 0.08f * cloud + 0.3f * rust, 0.95f - 0.5f * rust};
}

Look matter_iron(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 2.6f), 3, 51);
    float grime = smooth_f(0.7f, 0.15f, v->occlusion);
    float edge = smooth_f(2, 9, v->curvature);
    Vec3 iron =
        matter_mix(v3(0.15f, 0.145f, 0.14f), v3(0.085f, 0.08f, 0.075f), 0.5f + 0.7f * cloud);
    iron = matter_mix(iron, v3(0.34f, 0.33f, 0.32f), 0.6f * edge * (1 - grime));
    iron = matter_mix(iron, v3(0.040f, 0.022f, 0.010f), 0.8f * grime);
    return (Look){iron, 0.40f + 0.08f * cloud - 0.08f * edge + 0.12f * grime,
                  0.9f - 0.4f * grime};
}

Look matter_brass(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.7f), 4, 61);
    float fine = noise_value(v3(p.x * 26, p.y * 26, p.z * 5), 62);
    float grime = clamp_f(smooth_f(0.85f, 0.3f, v->occlusion) + 0.35f * cloud, 0, 1);
    Vec3 brass =
        matter_mix(v3(0.83f, 0.60f, 0.25f), v3(0.62f, 0.39f, 0.13f), 0.45f + 0.8f * cloud);
    brass = matter_mix(brass, v3(0.13f, 0.075f, 0.030f), 0.75f * grime);
    return (Look){brass, clamp_f(0.26f + 0.06f * fine + 0.30f * grime, 0.15f, 0.7f),
                  0.95f - 0.45f * grime};
}

Look matter_copper(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.7f), 4, 61);
    float fine = noise_value(v3(p.x * 26, p.y * 26, p.z * 5), 62);
    float grime = clamp_f(smooth_f(0.85f, 0.3f, v->occlusion) + 0.35f * cloud, 0, 1);
    Vec3 brass =
        matter_mix(v3(0.80f, 0.38f, 0.22f), v3(0.52f, 0.20f, 0.10f), 0.45f + 0.8f * cloud);
    brass = matter_mix(brass, v3(0.10f, 0.06f, 0.045f), 0.75f * grime);
    return (Look){brass, clamp_f(0.26f + 0.06f * fine + 0.30f * grime, 0.15f, 0.7f),
                  0.95f - 0.45f * grime};
}

Look matter_wood(const SculptVertex *v, Vec3 grain, Vec3 pale, Vec3 dark, float gloss)
{
    float wave = noise_octaves(v3(grain.x * 0.25f, grain.y * 0.07f, grain.z * 0.25f), 3, 81);
    float ring = sinf(4.5f * (grain.x + 0.7f * grain.z) + 14 * wave);
    float fibre = noise_octaves(v3(grain.x * 9, grain.y * 0.22f, grain.z * 9), 3, 82);
    float pore =
        smooth_f(0.42f, 0.62f, noise_value(v3(grain.x * 22, grain.y * 0.7f, grain.z * 22), 83));
    Vec3 wood = matter_mix(pale, dark, 0.42f + 0.28f * ring + 0.55f * fibre);
    wood = matter_mix(wood, v3_scale(dark, 0.45f), 0.6f * pore);
    float grime = smooth_f(0.8f, 0.25f, v->occlusion);
    wood = matter_mix(wood, v3_scale(dark, 0.35f), 0.75f * grime);
    float edge = smooth_f(2.0f, 7.0f, v->curvature);
    wood = matter_mix(wood, v3_scale(pale, 1.12f), 0.35f * edge * (1 - grime));
    return (Look){
        wood, clamp_f(gloss + 0.10f * fibre + 0.22f * pore + 0.25f * grime, 0.1f, 0.85f), 0};
}

Look matter_enamel(const SculptVertex *v, Vec3 p, const MatterPaint *paint, const Look *under)
{
    float cloud = noise_octaves(v3_scale(p, 0.8f), 3, 31);
    float chip = noise_octaves(v3_scale(p, 4.2f), 4, 32), grime = matter_grime(v);
    Vec3 colour = matter_mix(paint->bright, paint->dark, 0.45f + 0.8f * cloud);
    float edge = smooth_f(paint->edge, paint->edge * 2.6f, v->curvature + 6.5f * chip);
    float sprung = smooth_f(paint->sprung, paint->sprung + 0.04f, chip + 0.05f * cloud);
    float bare = clamp_f(fmaxf(edge, sprung) * smooth_f(0.15f, 0.5f, v->occlusion), 0, 1);
    float ring = smooth_f(paint->sprung - 0.08f, paint->sprung - 0.02f, chip);
    colour = matter_mix(colour, paint->primer, 0.7f * (1 - bare) * ring);
    colour = matter_mix(colour, v3_scale(paint->dark, 0.2f), 0.85f * grime);
    return (Look){matter_mix(colour, under->colour, bare),
                  lerp_f(0.24f + 0.07f * cloud + 0.30f * grime, under->roughness, bare),
                  under->metallic * bare};
}

float matter_word(const char *word, float high, float x, float y)
{
    float width = 0, best = 1e9f;
    for (const char *c = word; *c; c++)
        width += lettering_advance(*c, high) + 0.2f * high;
    float at = -0.5f * (width - 0.2f * high);
    for (const char *c = word; *c; c++) {
        best = fminf(best, lettering_distance(*c, high, x - at, y));
        at += lettering_advance(*c, high) + 0.2f * high;
    }
    return best;
}

static float ink(float distance, float half)
{
    return smooth_f(half + 0.004f, half - 0.004f, distance);
}

// Marks over three quarters of the circle, or all of it for a clock.
Look matter_dial(const MatterDial *dial, float x0, float y0)
{
    float r = sqrtf(x0 * x0 + y0 * y0), turn = atan2f(x0, y0), scale = dial->radius;
    bool is_clock = dial->marks == 12;
    float span = is_clock ? 2 * PI_F : 1.5f * PI_F, step = span / (float)dial->marks;
    float from = is_clock ? 0 : -span * 0.5f, at = (turn - from) / step;
    float whole = roundf(at), near = fabsf(at - whole) * step * r;
    bool is_on = is_clock || (whole >= 0 && whole <= (float)dial->marks);
    float fine = fabsf(at * 5 - roundf(at * 5)) * step / 5 * r;
    float black = 0;
    if (is_on && r > 0.70f && r < 0.90f)
        black = ink(near * scale, 0.009f);
    if ((is_clock || fabsf(turn) < span * 0.5f) && r > 0.82f && r < 0.90f)
        black = fmaxf(black, ink(fine * scale, 0.004f));
    black = fmaxf(black, ink(fabsf(r - 0.90f) * scale, 0.004f));
    char digits[3] = {0};
    int number = (int)whole % (is_clock ? 12 : 100);
    number = is_clock && number <= 0 ? number + 12 : number;
    if (is_on && number >= 0) {
        digits[0] = (char)('0' + number / (number > 9 ? 10 : 1));
        digits[1] = number > 9 ? (char)('0' + number % 10) : 0;
        float a = from + whole * step;
        float x = x0 - 0.56f * sinf(a), y = y0 - 0.56f * cosf(a);
        black = fmaxf(black, ink(matter_word(digits, 0.19f, x, y) * scale, 0.0065f));
    }
    black = fmaxf(black, ink(matter_word(dial->name, 0.15f, x0, y0 + 0.30f) * scale, 0.005f));
    float nx = x0 * cosf(dial->needle) - y0 * sinf(dial->needle);
    float ny = y0 * cosf(dial->needle) + x0 * sinf(dial->needle);
    float needle = ny > -0.2f && ny < 0.74f ? fabsf(nx) - 0.035f * (1 - ny) : 1;
    float blue = fmaxf(ink(needle * scale, 0), ink((r - 0.085f) * scale, 0));
    Vec3 face = v3(0.78f, 0.74f, 0.61f);
    face = matter_mix(face, v3(0.52f, 0.42f, 0.26f), smooth_f(0.75f, 1.0f, r) * 0.6f);
    face = matter_mix(face, v3(0.012f, 0.011f, 0.010f), black);
    face = matter_mix(face, v3(0.20f, 0.018f, 0.012f), blue);
    return (Look){face, 0.10f, 0};
}
