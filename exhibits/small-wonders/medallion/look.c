// look.c: the medallion's colour, gloss and finest relief.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/medallion/medallion.h"

static Vec3 mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

static SkySide side_of(Vec3 p)
{
    return p.z >= 0 ? SKY_NORTH : SKY_SOUTH;
}

static bool is_edge(Vec3 seen)
{
    return fabsf(seen.z) < 0.7f && seen.x * seen.x + seen.y * seen.y > 11.8f * 11.8f;
}

static RimInk rim_ink(const Medallion *medallion, Vec3 p)
{
    SkySide side = side_of(p);
    Vec3 seen = medallion_seen(side, p), north = medallion_seen(SKY_NORTH, p);
    if (is_edge(seen))
        return rim_edge(atan2f(north.x, north.y) * RIM_OUTER_MM, north.z);
    float square = seen.x * seen.x + seen.y * seen.y;
    return square > 9.8f * 9.8f && square < 11.1f * 11.1f
               ? rim_face(medallion->rim, side, seen.x, seen.y)
               : (RimInk){0};
}

// White enamel between rings of gold, for the hours and for the table.
static float white_share(Vec3 seen)
{
    float r = sqrtf(seen.x * seen.x + seen.y * seen.y);
    float table = smooth_f(9.805f, 9.815f, r) * smooth_f(10.195f, 10.185f, r);
    float hours = smooth_f(10.300f, 10.310f, r) * smooth_f(11.045f, 11.035f, r);
    return is_edge(seen) || fabsf(seen.z) < 0.9f ? 0 : fmaxf(table, hours);
}

// What a lathe's tool leaves on gold: circles, no two of the same depth.
static float turned_mm(float around)
{
    float at = around * 55, whole = floorf(at), t = at - whole;
    uint32_t ring = (uint32_t)(int32_t)whole;
    t = t * t * (3 - 2 * t);
    return 0.0005f * lerp_f(noise_of(ring, 3), noise_of(ring + 1, 3), t);
}

static float relief_mm(const Medallion *medallion, MedallionMaterial material, Vec3 p)
{
    Vec3 seen = medallion_seen(side_of(p), p);
    float around = sqrtf(seen.x * seen.x + seen.y * seen.y);
    switch (material) {
    case MEDALLION_NORTH:
    case MEDALLION_SOUTH: {
        // Polished by fire: never quite even.
        float flow = noise_value(v3(seen.x * 0.9f, seen.y * 0.9f, 3), 7) * 0.0022f;
        return flow + sky_ink(medallion->sky, side_of(p), seen.x, seen.y).height_mm;
    }
    case MEDALLION_DISC:
        return turned_mm(around) * (1 - white_share(seen)) - rim_ink(medallion, p).depth_mm;
    case MEDALLION_GOLD:
        return noise_value(v3_scale(p, 9), 11) * 0.0007f +
               (p.y < 9 ? turned_mm(p.y * 1.7f) * 0.6f : 0);
    case MEDALLION_EBONY:
        return noise_octaves(v3(p.x * 3, p.y * 24, p.z * 24), 2, 13) * 0.0012f;
    }
    return 0;
}

void medallion_finish(const void *context, const Field *field, const FieldPoints *at,
                      const uint32_t *parts, float *restrict outwards_mm)
{
    for (int i = 0; i < at->count; i++)
        outwards_mm[i] = relief_mm(context, field->parts[parts[i]].material,
                                   v3(at->x[i], at->y[i], at->z[i]));
}

typedef struct Look {
    Vec3 colour;
    float roughness, metallic;
} Look;

// Glass over an engine-turned ground: waves around the pole, seen through the colour.
static float guilloche(float x, float y)
{
    float r = sqrtf(x * x + y * y), angle = atan2f(x, y);
    float a = sinf(36 * angle + 2.2f * sinf(r * 2.4f));
    float b = sinf(36 * angle - 2.2f * sinf(r * 2.4f));
    float crest = 1 - fabsf(a), cross = 1 - fabsf(b);
    return (0.5f * crest + 0.5f * cross) * smooth_f(0.3f, 2.5f, r);
}

static Look enamel_look(const Medallion *medallion, SkySide side, Vec3 p)
{
    static const Vec3 DEEP[SKY_SIDES] = {{0.0030f, 0.0075f, 0.050f}, {0.0035f, 0.036f, 0.042f}};
    static const Vec3 CLEAR[SKY_SIDES] = {{0.012f, 0.045f, 0.285f}, {0.012f, 0.190f, 0.200f}};
    Vec3 seen = medallion_seen(side, p);
    float r = sqrtf(seen.x * seen.x + seen.y * seen.y);
    float thick = smooth_f(1.0f, 9.4f, r), ground = guilloche(seen.x, seen.y);
    float cloud = noise_octaves(v3(seen.x * 0.55f, seen.y * 0.55f, 9), 3, 29);
    Vec3 glass = mix(CLEAR[side], DEEP[side], 0.12f + 0.88f * thick + 0.22f * cloud);
    glass = v3_scale(glass, 0.70f + 0.62f * ground);
    SkyInk ink = sky_ink(medallion->sky, side, seen.x, seen.y);
    float speck = noise_octaves(v3_scale(seen, 30), 2, 31);
    Look look = {mix(glass, ink.colour, ink.metal), 0.10f, 0.0f};
    look.roughness = lerp_f(0.085f + 0.02f * cloud, 0.24f + 0.10f * speck, ink.metal);
    look.metallic = 0.62f * ink.metal; // leaf, not mirror: it has light of its own
    return look;
}

static Look white_look(const SculptVertex *v, float black)
{
    Vec3 p = v->position;
    float cloud = noise_octaves(v3_scale(p, 2.1f), 3, 61);
    float speck = smooth_f(0.70f, 0.85f, noise_value(v3_scale(p, 26), 63));
    Vec3 white = mix(v3(0.80f, 0.765f, 0.68f), v3(0.70f, 0.65f, 0.55f), 0.4f + 0.7f * cloud);
    white = mix(white, v3(0.30f, 0.24f, 0.17f), 0.35f * speck);
    white = mix(white, v3(0.30f, 0.22f, 0.13f), 0.8f * smooth_f(0.9f, 0.4f, v->occlusion));
    return (Look){mix(white, v3(0.010f, 0.011f, 0.020f), black),
                  lerp_f(0.14f + 0.05f * cloud, 0.30f, black), 0};
}

// Gold is bright where it is touched and brown where it is not.
static Look gold_look(const SculptVertex *v, float black)
{
    Vec3 p = v->position;
    float tone = noise_octaves(v3_scale(p, 1.3f), 3, 41);
    float fine = noise_octaves(v3_scale(p, 14), 2, 43);
    Vec3 gold = mix(v3(0.93f, 0.66f, 0.26f), v3(0.88f, 0.56f, 0.19f), 0.4f + 0.6f * tone);
    float dirt = smooth_f(0.80f, 0.25f, v->occlusion);
    dirt = clamp_f(dirt + 0.12f * fine, 0, 0.8f);
    gold = mix(gold, v3(0.22f, 0.105f, 0.030f), dirt * 0.75f);
    Look look = {mix(gold, v3(0.012f, 0.010f, 0.010f), black), 0, 1};
    look.roughness = lerp_f(0.25f + 0.07f * tone + 0.05f * fine + 0.22f * dirt, 0.42f, black);
    look.metallic = 0.88f - 0.75f * black - 0.25f * dirt * (1 - black);
    return look;
}

static Look disc_look(const Medallion *medallion, const SculptVertex *v)
{
    Vec3 seen = medallion_seen(side_of(v->position), v->position);
    float black = rim_ink(medallion, v->position).black, share = white_share(seen);
    Look gold = gold_look(v, black), white = white_look(v, black);
    return (Look){mix(gold.colour, white.colour, share),
                  lerp_f(gold.roughness, white.roughness, share),
                  lerp_f(gold.metallic, white.metallic, share)};
}

static Look ebony_look(const SculptVertex *v)
{
    Vec3 p = v->position;
    float fibre = noise_octaves(v3(p.x * 1.1f, p.y * 9, p.z * 9), 3, 51);
    float pore = smooth_f(0.62f, 0.80f, noise_value(v3(p.x * 4, p.y * 34, p.z * 34), 53));
    Vec3 wood = mix(v3(0.016f, 0.011f, 0.008f), v3(0.050f, 0.030f, 0.018f), 0.35f + fibre);
    wood = mix(wood, v3(0.006f, 0.004f, 0.003f), pore * 0.7f);
    return (Look){wood, clamp_f(0.24f + 0.10f * fibre + 0.25f * pore, 0.12f, 0.7f), 0};
}

void medallion_shade(const void *context, const Field *field, SculptVertex *v)
{
    const Medallion *medallion = context;
    MedallionMaterial material = field->parts[v->part].material;
    Look look = {.metallic = 0};
    switch (material) {
    case MEDALLION_NORTH:
        look = enamel_look(medallion, SKY_NORTH, v->position);
        break;
    case MEDALLION_SOUTH:
        look = enamel_look(medallion, SKY_SOUTH, v->position);
        break;
    case MEDALLION_DISC:
        look = disc_look(medallion, v);
        break;
    case MEDALLION_GOLD:
        look = gold_look(v, 0);
        break;
    case MEDALLION_EBONY:
        look = ebony_look(v);
        break;
    }
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}
