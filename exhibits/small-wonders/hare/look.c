// look.c: the hare's colour and gloss: old boxwood, horn, pearl, brass.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/boxwood.h"
#include "exhibits/small-wonders/hare/hare.h"
#include "exhibits/small-wonders/matter.h"

// ---- the moons

#define MOON_MM 0.46f
static const float MOON_AT[2] = {-0.30f, 0.42f};

static float ellipse(float x, float y, float cx, float cy, float a, float b)
{
    float u = (x - cx) / a, v = (y - cy) / b;
    return (sqrtf(u * u + v * v) - 1) * fminf(a, b);
}

static float bar(float x, float y, const float ends[4], float half)
{
    float dx = ends[2] - ends[0], dy = ends[3] - ends[1];
    float t = clamp_f(((x - ends[0]) * dx + (y - ends[1]) * dy) / (dx * dx + dy * dy), 0, 1);
    float u = x - ends[0] - t * dx, v = y - ends[1] - t * dy;
    return sqrtf(u * u + v * v) - half;
}

// In radii of the moon: it sits on the left, leans to the right and pounds in a mortar.
static float moon_hare(float x, float y)
{
    static const float EARS[2][4] = {{-0.02f, 0.42f, -0.28f, 0.72f},
                                     {0.04f, 0.44f, -0.10f, 0.80f}};
    static const float ARM[4] = {-0.12f, 0.10f, 0.26f, 0.22f};
    static const float HANDLE[4] = {0.30f, -0.10f, 0.34f, 0.48f};
    float d = ellipse(x, y, -0.28f, -0.22f, 0.30f, 0.34f);
    d = fminf(d, ellipse(x, y, -0.14f, 0.06f, 0.20f, 0.26f));
    d = fminf(d, ellipse(x, y, 0.04f, 0.34f, 0.19f, 0.145f));
    d = fminf(d, ellipse(x, y, -0.60f, -0.30f, 0.09f, 0.08f));
    d = fminf(d, ellipse(x, y, -0.14f, -0.53f, 0.30f, 0.075f));
    d = fminf(d, fminf(bar(x, y, EARS[0], 0.055f), bar(x, y, EARS[1], 0.055f)));
    d = fminf(d, fminf(bar(x, y, ARM, 0.06f), bar(x, y, HANDLE, 0.032f)));
    d = fminf(d, ellipse(x, y, 0.345f, 0.56f, 0.12f, 0.085f));
    float cup = fmaxf(fabsf(x - 0.30f) - 0.17f - 0.10f * (y + 0.36f), fabsf(y + 0.36f) - 0.24f);
    return fminf(d, cup);
}

HareMoon hare_moon(int eye, float x, float y)
{
    const float edge = 0.006f;
    x = (x - MOON_AT[0]) / MOON_MM, y = (y - MOON_AT[1]) / MOON_MM;
    float disc = sqrtf(x * x + y * y) - 1;
    if (eye == 0) // three days old
        disc =
            fmaxf(disc, 0.98f - sqrtf((x + 0.34f) * (x + 0.34f) + (y - 0.14f) * (y - 0.14f)));
    HareMoon moon = {smooth_f(edge, -edge, disc * MOON_MM), 0};
    if (eye == 1)
        moon.hare = smooth_f(edge, -edge, moon_hare(x, y) * MOON_MM) * moon.pearl;
    return moon;
}

// ---- wood

typedef struct Look {
    Vec3 colour;
    float roughness, metallic;
} Look;

// The blade's facets under the polish, and pores along the grain.
void hare_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++) {
        HareMaterial material = field->parts[parts[i]].material;
        Vec3 p = v3(at->x[i], at->y[i], at->z[i]);
        outwards_mm[i] = 0;
        if (material == HARE_WOOD || material == HARE_FUR || material == HARE_EAR)
            outwards_mm[i] = noise_value(v3_scale(p, 1.9f), 5) * 0.007f +
                             noise_value(v3(p.x * 3, p.y * 14, p.z * 14), 6) * 0.0012f;
    }
}

// Its grain runs along the body; two centuries of hands made it brown.
static Vec3 old_wood(Vec3 p)
{
    Vec3 wood = boxwood_grain(v3(p.y * 0.9f + 3, p.x, p.z * 0.9f));
    float tone = noise_octaves(v3_scale(p, 0.11f), 3, 33);
    wood = v3(wood.x * 0.71f, wood.y * 0.665f, wood.z * 0.66f);
    return v3_scale(wood, 1 + 0.22f * tone);
}

static Look wood_look(const SculptVertex *v, HareMaterial material)
{
    Vec3 wood = old_wood(v->position);
    switch (material) {
    case HARE_CLAW:
        return (Look){v3(0.030f, 0.016f, 0.008f), 0.35f, 0};
    case HARE_LID:
        return (Look){v3_scale(wood, 0.55f), 0.30f, 0};
    case HARE_EAR:
        return (Look){matter_mix(wood, v3(0.19f, 0.075f, 0.022f), 0.40f), 0.36f, 0};
    case HARE_FUR:
        return (Look){matter_mix(wood, v3(0.13f, 0.052f, 0.016f),
                                 0.62f * smooth_f(0.004f, 0.045f, v->cut_mm)),
                      0.44f, 0};
    case HARE_CORD:
        return (Look){matter_mix(wood, v3(0.16f, 0.065f, 0.02f), 0.45f), 0.20f, 0};
    case HARE_FIELD:
        return (Look){v3_scale(wood, 1.12f), 0.32f, 0};
    case HARE_SIGN:
        return (Look){v3(0.040f, 0.018f, 0.008f), 0.6f, 0};
    case HARE_WOOD:
    case HARE_EYE:
    case HARE_ANT:
    case HARE_BRASS:
        break;
    }
    return (Look){wood, 0.30f, 0};
}

// Stained where the rag does not reach, bare and bright where everybody's thumb lies.
static void age(SculptVertex *v, Look *look)
{
    float closed = smooth_f(0.80f, 0.18f, v->occlusion);
    float hollow = smooth_f(0.0f, -5.0f, v->curvature) * (0.35f + 0.65f * closed);
    float dirt = clamp_f(0.50f * hollow + 0.85f * closed, 0, 0.85f);
    float wear = smooth_f(0.5f, 4.0f, v->curvature) * smooth_f(0.35f, 0.8f, v->occlusion);
    look->colour = matter_mix(look->colour, v3(0.52f, 0.29f, 0.095f), 0.38f * wear);
    look->colour = matter_mix(look->colour, v3(0.060f, 0.022f, 0.007f), dirt);
    look->roughness = clamp_f(look->roughness + 0.22f * dirt - 0.10f * wear, 0.14f, 0.8f);
}

static Look eye_look(const Hare *hare, int eye, Vec3 p)
{
    Vec3 q = frame_to_local(&hare->eyes[eye], p);
    float cloud = noise_octaves(v3(q.x * 1.6f, q.y * 0.6f, q.z * 1.6f), 3, 61);
    float r = sqrtf(q.x * q.x + q.y * q.y);
    Vec3 horn = matter_mix(v3(0.0085f, 0.0050f, 0.0035f), v3(0.060f, 0.022f, 0.007f),
                           0.25f + cloud + 0.35f * smooth_f(1.0f, 1.8f, r));
    // Right and up for whoever looks into it.
    HareMoon moon = hare_moon(eye, q.x, q.y);
    float sheen = noise_octaves(v3(q.x * 5, q.y * 2, 3), 3, 62);
    Vec3 pearl = matter_mix(v3(0.80f, 0.78f, 0.70f), v3(0.55f, 0.68f, 0.66f), 0.5f + sheen);
    pearl = matter_mix(pearl, v3(0.82f, 0.62f, 0.60f), 0.8f * smooth_f(0.1f, 0.5f, sheen));
    Vec3 colour = matter_mix(horn, pearl, moon.pearl);
    colour = matter_mix(colour, v3(0.035f, 0.020f, 0.012f), moon.hare);
    return (Look){colour, 0.07f + 0.05f * moon.pearl, 0};
}

static Look ant_look(Vec3 p)
{
    float fine = noise_value(v3_scale(p, 30), 63);
    return (Look){v3_scale(v3(0.050f, 0.018f, 0.010f), 1 + 0.4f * fine), 0.16f, 0};
}

static Look brass_look(const SculptVertex *v)
{
    MatterLook brass = matter_brass(v, v3_scale(v->position, 0.6f));
    return (Look){v3_scale(brass.colour, 0.30f), brass.roughness + 0.10f, brass.metallic};
}

void hare_shade(const void *context, const Field *field, SculptVertex *v)
{
    const Part *part = &field->parts[v->part];
    HareMaterial material = part->material;
    Look look;
    if (material == HARE_EYE)
        look = eye_look(context, part->tag, v->position);
    else if (material == HARE_ANT)
        look = ant_look(v->position);
    else if (material == HARE_BRASS)
        look = brass_look(v);
    else {
        look = wood_look(v, material);
        if (material != HARE_CLAW)
            age(v, &look);
    }
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}
