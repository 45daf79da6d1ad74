// wood.c: the owl's colour, gloss and traces of tools.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/boxwood.h"
#include "exhibits/small-wonders/owl/owl.h"

typedef struct Look {
    Vec3 colour;
    float roughness;
} Look;

// The blade leaves facets.
void owl_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++) {
        OwlMaterial material = field->parts[parts[i]].material;
        Vec3 p = v3(at->x[i], at->y[i], at->z[i]);
        outwards_mm[i] = 0;
        if (material == OWL_EYE || material == OWL_PUPIL || material == OWL_HORN)
            continue;
        outwards_mm[i] = noise_value(v3_scale(p, 2.6f), 5) * 0.008f;
    }
}

static Vec3 mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

// A feather's own tone, its shaft's dark streak and bars across the long ones.
static Vec3 feather_colour(Vec3 wood, const Part *part, Vec3 p)
{
    Vec3 q = frame_to_local(&part->frame, p);
    float length = part->size[0], half = part->size[2], v = q.y / length, u = q.x / half;
    float tone = noise_of(part->tag, 31), dark = (tone - 0.5f) * 0.22f;
    float shaft =
        smooth_f(0.30f, 0.05f, fabsf(u)) * smooth_f(0.05f, 0.5f, v) * smooth_f(1.0f, 0.7f, v);
    if (part->material == OWL_FLIGHT) {
        float bar = sinf(q.y * 2.1f + tone * 1.5f + u * u * 0.4f);
        dark += 0.42f * smooth_f(0.15f, 0.75f, bar);
        dark += 0.2f * shaft;
    } else {
        dark += 0.55f * shaft * (0.35f + tone);
    }
    Vec3 stain = v3(wood.x * 0.42f, wood.y * 0.33f, wood.z * 0.25f);
    return mix(wood, stain, dark);
}

static Look eye_look(const Owl *owl, const Part *part, Vec3 p)
{
    Vec3 q = frame_to_local(&owl->eyes[part->tag], p);
    float r = sqrtf(q.x * q.x + q.y * q.y), angle = atan2f(q.y, q.x);
    float fibre = noise_octaves(v3(cosf(angle) * 9, sinf(angle) * 9, r * 1.2f), 3, 41);
    Vec3 amber = mix(v3(0.78f, 0.34f, 0.025f), v3(0.52f, 0.13f, 0.006f), 0.5f + fibre * 1.1f);
    amber = mix(amber, v3(0.85f, 0.50f, 0.08f),
                smooth_f(0.3f, -1.6f, q.y) * 0.5f); // light from below
    amber = mix(amber, v3(0.05f, 0.015f, 0.003f), smooth_f(1.75f, 2.12f, r + fibre * 0.1f));
    return (Look){amber, 0.07f};
}

static Look inlay_look(OwlMaterial material, Vec3 p)
{
    if (material == OWL_PUPIL)
        return (Look){v3(0.004f, 0.0035f, 0.003f), 0.06f};
    float fleck = noise_octaves(v3(p.x * 3, p.y * 1.2f, p.z * 3), 3, 51);
    return (Look){mix(v3(0.020f, 0.014f, 0.010f), v3(0.085f, 0.05f, 0.028f), 0.35f + fleck),
                  0.24f};
}

static Look wood_look(const Part *part, Vec3 p)
{
    Vec3 wood = boxwood_grain(p);
    switch ((OwlMaterial)part->material) {
    case OWL_FEATHER:
    case OWL_FLIGHT:
        return (Look){feather_colour(wood, part, p), 0.42f};
    case OWL_FACE:
        return (Look){v3_scale(wood, 1.06f), 0.46f};
    case OWL_LID:
        return (Look){v3_scale(wood, 0.62f), 0.36f};
    case OWL_TOE:
        return (Look){v3_scale(wood, 0.92f), 0.40f};
    case OWL_BARK:
        return (Look){mix(v3_scale(wood, 0.72f), v3(0.20f, 0.10f, 0.04f),
                          0.35f + 0.4f * noise_value(v3_scale(p, 0.8f), 61)),
                      0.55f};
    case OWL_RINGS:
        return (Look){v3_scale(wood, 0.95f), 0.5f};
    case OWL_FUNGUS:
        return (Look){mix(wood, v3(0.62f, 0.44f, 0.24f), 0.6f), 0.5f};
    case OWL_SNAIL:
        return (Look){v3_scale(wood, 0.8f), 0.3f};
    case OWL_SHELL:
        return (Look){mix(wood, v3(0.55f, 0.22f, 0.06f), 0.5f), 0.22f};
    case OWL_INK:
        return (Look){v3_scale(wood, 0.25f), 0.6f};
    case OWL_WOOD:
    case OWL_HORN:
    case OWL_EYE:
    case OWL_PUPIL:
        break;
    }
    return (Look){wood, 0.42f};
}

void owl_shade(const void *context, const Field *field, SculptVertex *v)
{
    const Owl *owl = context;
    const Part *part = &field->parts[v->part];
    OwlMaterial material = part->material;
    bool is_inlay = material == OWL_HORN || material == OWL_PUPIL, is_eye = material == OWL_EYE;
    Look look = is_eye     ? eye_look(owl, part, v->position)
                : is_inlay ? inlay_look(material, v->position)
                           : wood_look(part, v->position);
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = 0;
    if (!is_eye && !is_inlay)
        boxwood_patinate(v, 1);
}
