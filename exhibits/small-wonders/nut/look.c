// look.c: the nut's colour, gloss and traces of tools.

#include "exhibits/small-wonders/boxwood.h"
#include "exhibits/small-wonders/nut/gothic.h"
#include "exhibits/small-wonders/nut/nut.h"

// The blade leaves facets; gold leaf lies over them.
void nut_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++) {
        bool is_fine = field->parts[parts[i]].material == NUT_GOLD;
        Vec3 p = v3(at->x[i], at->y[i], at->z[i]);
        outwards_mm[i] = is_fine ? 0 : noise_value(v3_scale(p, 3.1f), 5) * 0.007f;
    }
}

typedef struct Look {
    Vec3 colour;
    float roughness;
} Look;

static Look wood_look(const Part *part, Vec3 p)
{
    Vec3 wood = boxwood_grain(p);
    switch ((NutMaterial)part->material) {
    case NUT_WALL:
        return (Look){v3_scale(wood, 1.04f), 0.46f};
    case NUT_TIMBER: {
        Vec3 beam = v3(wood.x * 0.52f, wood.y * 0.43f, wood.z * 0.34f);
        float share = part->size[3] > 0 ? gothic_timber_at(part, p) : 0;
        return (Look){v3_lerp(v3_scale(wood, 1.12f), beam, clamp_f(share, 0, 1)), 0.45f};
    }
    case NUT_ROOF: {
        float tile;
        noise_cells(v3_scale(p, 2.6f), 9, &tile);
        Vec3 stained = v3(wood.x * 0.66f, wood.y * 0.52f, wood.z * 0.40f);
        return (Look){v3_scale(stained, 0.92f + 0.16f * tile), 0.43f};
    }
    case NUT_GROUND:
        return (Look){v3_scale(wood, 0.74f), 0.6f};
    case NUT_SKY:
        return (Look){v3_scale(wood, 0.90f), 0.44f};
    case NUT_GLASS:
        return (Look){v3(wood.x * 0.20f, wood.y * 0.15f, wood.z * 0.12f), 0.55f};
    case NUT_RECESS:
        return (Look){v3_scale(wood, 0.62f), 0.58f};
    case NUT_INK:
        return (Look){v3_scale(wood, 0.20f), 0.62f};
    case NUT_WOOD:
    case NUT_FIGURE:
    case NUT_GOLD:
        break;
    }
    return (Look){wood, 0.38f};
}

// Shell gold: laid on with a brush, rubbed off where fingers reach.
static void gild(SculptVertex *v)
{
    float spot = noise_octaves(v3_scale(v->position, 4), 3, 81);
    float worn = smooth_f(0.22f, 0.45f, spot + 0.02f * v->curvature);
    Vec3 wood = boxwood_grain(v->position), gold = v3(0.93f, 0.62f, 0.20f);
    Vec3 colour = v3_lerp(gold, wood, worn);
    v->colour[0] = colour.x, v->colour[1] = colour.y, v->colour[2] = colour.z;
    v->roughness = lerp_f(0.30f + 0.08f * spot, 0.42f, worn);
    v->metallic = 1 - worn;
}

void nut_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    const Part *part = &field->parts[v->part];
    v->metallic = 0;
    if (part->material == NUT_GOLD) {
        gild(v);
        boxwood_patinate(v, 0.45f);
        return;
    }
    Look look = wood_look(part, v->position);
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    boxwood_patinate(v, 1);
}
