// look.c: colour of the paper's back and edges, of the desk's wood and the ledge's brass.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/stamp/stamp.h"

typedef struct Look {
    Vec3 colour;
    float roughness, metallic;
} Look;

static Look paper_look(const SculptVertex *v)
{
    float fibre = noise_octaves(v3_scale(v->position, 9), 3, 3);
    Vec3 colour =
        v3_lerp(v3(0.70f, 0.63f, 0.49f), v3(0.79f, 0.73f, 0.60f), 0.5f + 0.5f * fibre);
    return (Look){colour, 0.92f, 0};
}

// Ebony, waxed: fibres run across, pores are matt.
static Look wood_look(const SculptVertex *v)
{
    Vec3 p = v->position;
    float bend = 0.5f * noise_value(v3(p.x * 0.12f, p.y * 0.2f, p.z * 0.2f), 50);
    float fibre = noise_octaves(v3(p.x * 0.35f, (p.y + bend) * 4, p.z * 4), 3, 51);
    float pore = smooth_f(0.42f, 0.66f, noise_value(v3(p.x * 1.6f, p.y * 19, p.z * 19), 53));
    Vec3 wood = v3_lerp(v3(0.020f, 0.013f, 0.009f), v3(0.064f, 0.038f, 0.022f),
                        clamp_f(0.4f + 0.9f * fibre, 0, 1));
    wood = v3_lerp(wood, v3(0.008f, 0.005f, 0.004f), pore * 0.7f);
    float worn = smooth_f(0.6f, 4, v->curvature);
    wood = v3_lerp(wood, v3(0.11f, 0.070f, 0.042f), 0.5f * worn);
    float roughness = 0.36f + 0.10f * fibre + 0.28f * pore - 0.06f * worn;
    roughness += 0.2f * (1 - v->occlusion);
    return (Look){wood, clamp_f(roughness, 0.2f, 0.8f), 0};
}

// Brushed along its length, brown where nobody wipes.
static Look brass_look(const SculptVertex *v)
{
    Vec3 p = v->position;
    float brush = noise_octaves(v3(p.x * 0.5f, p.y * 34, p.z * 34), 2, 61);
    float stain = noise_octaves(v3_scale(p, 1.1f), 3, 62);
    float dirt = clamp_f(smooth_f(0.85f, 0.3f, v->occlusion) + 0.25f * stain, 0, 0.85f);
    Vec3 brass = v3_lerp(v3(0.86f, 0.62f, 0.27f), v3(0.78f, 0.53f, 0.21f), 0.5f + 0.5f * brush);
    brass = v3_lerp(brass, v3(0.20f, 0.115f, 0.045f), dirt * 0.8f);
    return (Look){brass, clamp_f(0.30f + 0.10f * brush + 0.25f * dirt, 0.18f, 0.8f),
                  0.92f - 0.3f * dirt};
}

void stamp_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    Look look = paper_look(v);
    switch ((StampMaterial)field->parts[v->part].material) {
    case STAMP_PAPER:
        break;
    case STAMP_WOOD:
        look = wood_look(v);
        break;
    case STAMP_BRASS:
        look = brass_look(v);
        break;
    }
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}
