// look.c: the king's colour, gloss, traces of tools, and the game on its band.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/king/king.h"

// London, 21 June 1851, Anderssen and Kieseritzky: the game that is called immortal. The king
// who lost it was not the one with the first move.
const char *king_game(void)
{
    return "E4 E5 - F4 EXF4 - BC4 QH4 - KF1 B5 - BXB5 NF6 - NF3 QH6 - D3 NH5 - NH4 QG5 - "
           "NF5 C6 - G4 NF6 - RG1 CXB5 - H4 QG6 - H5 QG5 - QF3 NG8 - BXF4 QF6 - NC3 BC5 - "
           "ND5 QXB2 - BD6 BXG1 - E5 QXA1 - KE2 NA6 - NXG7 KD8 - QF6 NXF6 - BE7 : : ";
}

// Letters of the line are this far apart, so that it goes round once.
static float letter_gap(void)
{
    float width = 0;
    int count = 0;
    for (const char *c = king_game(); *c; c++, count++)
        width += lettering_advance(*c, KING_BAND_HIGH_MM);
    return (2 * PI_F * KING_BAND_RADIUS_MM - width) / (float)count;
}

float king_letter(Vec3 p)
{
    float y = p.y - KING_BAND_MIDDLE_MM;
    if (fabsf(y) > KING_BAND_HIGH_MM * 0.6f || p.x * p.x + p.z * p.z < 4.5f * 4.5f)
        return 0;
    float angle = atan2f(p.x, p.z), gap = letter_gap(), at = 0;
    float along = (angle < 0 ? angle + 2 * PI_F : angle) * KING_BAND_RADIUS_MM;
    for (const char *c = king_game(); *c; c++) {
        float wide = lettering_advance(*c, KING_BAND_HIGH_MM);
        if (along < at + wide + gap) {
            float d = lettering_distance(*c, KING_BAND_HIGH_MM, along - at - 0.5f * gap, y);
            return smooth_f(0.0125f + 0.003f, 0.0125f - 0.003f, d);
        }
        at += wide + gap;
    }
    return 0;
}

// A tool that moved up the turning piece: grooves of uneven depth, and chatter where it sang.
static float turned_mm(Vec3 p)
{
    float at = p.y * 13 + 0.25f * noise_value(v3(0, p.y * 2, 0), 3), whole = floorf(at);
    float t = at - whole, angle = atan2f(p.x, p.z);
    uint32_t ring = (uint32_t)(int32_t)whole;
    float depth = lerp_f(noise_of(ring, 5), noise_of(ring + 1, 5), t);
    float groove = 4 * (t - 0.5f) * (t - 0.5f); // a round-nosed tool leaves crests between
    float sang = smooth_f(0.25f, 0.7f, noise_value(v3(0, p.y * 0.5f, 7), 9));
    return 0.0013f * groove * (0.5f + depth) + 0.0008f * depth +
           0.0012f * sang * sinf(angle * 84 + p.y * 11);
}

static float knife_mm(Vec3 p)
{
    return noise_value(v3_scale(p, 3.3f), 5) * 0.006f +
           noise_value(v3(p.x * 16, p.y * 5, p.z * 16), 6) * 0.0012f;
}

void king_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = v3(at->x[i], at->y[i], at->z[i]);
        switch ((KingMaterial)field->parts[parts[i]].material) {
        case KING_TURNED:
            outwards_mm[i] = turned_mm(p) - 0.014f * king_letter(p);
            break;
        case KING_CARVED:
            outwards_mm[i] = knife_mm(p);
            break;
        case KING_CHIP:
            outwards_mm[i] = noise_octaves(v3_scale(p, 9), 3, 8) * 0.02f;
            break;
        }
    }
}

static Vec3 mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

// Poured, not grown: clouds, and drawn-out streaks along the rod it was turned from.
static Vec3 resin(Vec3 p)
{
    float cloud = noise_octaves(v3(p.x * 0.5f, p.y * 0.12f, p.z * 0.5f), 3, 21);
    float streak = noise_octaves(v3(p.x * 4, p.y * 0.22f, p.z * 4), 3, 22);
    Vec3 pale = mix(v3(0.74f, 0.62f, 0.43f), v3(0.60f, 0.46f, 0.28f), 0.4f + cloud);
    return v3_scale(pale, 1 + 0.14f * streak);
}

void king_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    Vec3 p = v->position, core = resin(p);
    bool is_chip = field->parts[v->part].material == KING_CHIP;
    bool is_carved = field->parts[v->part].material == KING_CARVED;
    // The stain took unevenly, deeper where the knife opened the surface.
    float took = 0.5f + 0.8f * noise_octaves(v3(p.x * 0.9f, p.y * 0.35f, p.z * 0.9f), 4, 23);
    Vec3 red = mix(v3(0.230f, 0.016f, 0.011f), v3(0.095f, 0.006f, 0.006f), took);
    if (is_carved)
        red = v3_scale(red, 0.86f);
    float closed = smooth_f(0.9f, 0.25f, v->occlusion);
    red = mix(red, v3(0.030f, 0.006f, 0.006f), closed * 0.85f);
    // Hands: the heights are rubbed through, most where one takes hold of a king.
    float grip = smooth_f(30, 36, p.y) * smooth_f(57, 50, p.y);
    float patch = noise_octaves(v3_scale(p, 1.1f), 3, 24);
    float ridge = smooth_f(2.2f, 10.0f, v->curvature + 2.4f * patch + 0.7f * grip);
    float foot = smooth_f(0.5f, 0.1f, p.y) * 0.6f;
    float wear = clamp_f((ridge * 0.85f + foot) * smooth_f(0.25f, 0.7f, v->occlusion), 0, 0.9f);
    Vec3 rubbed = mix(v3(0.46f, 0.085f, 0.045f), core, 0.1f + 0.8f * wear);
    Vec3 colour = mix(red, rubbed, wear);
    // Letters and breaks came after the stain.
    float bare = fmaxf(king_letter(p), is_chip ? 1.0f : 0.0f);
    colour = mix(colour, v3_scale(core, is_chip ? 0.8f : 1.1f), bare);
    v->colour[0] = colour.x, v->colour[1] = colour.y, v->colour[2] = colour.z;
    float fine = noise_octaves(v3_scale(p, 7), 2, 25);
    v->roughness = clamp_f(0.24f + 0.06f * fine + 0.26f * closed + (is_carved ? 0.08f : 0) -
                               0.05f * wear + 0.25f * bare,
                           0.12f, 0.8f);
    v->metallic = 0;
}
