// look.c: colour, gloss and finest relief of all that stands on the table, and of the table.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/tea/tea.h"

typedef struct Look {
    Vec3 colour;
    float roughness, metallic;
} Look;

static const float THREADS = 6.2f; // a millimetre of linen

// ---- finest relief

static float weave(Vec3 p)
{
    float u = p.x * THREADS * PI_F, v = p.z * THREADS * PI_F;
    float over = sinf(u * 0.5f) * sinf(v * 0.5f) > 0 ? 1.0f : 0.0f;
    float warp = fabsf(cosf(u)), weft = fabsf(cosf(v));
    return lerp_f(warp, weft, over);
}

static float linen_mm(Vec3 p)
{
    float along = tea_cloth_along(p), angle = atan2f(p.x, p.z);
    float cord = along > 10.9f ? tea_lace_cord(along, angle) : 0;
    return 0.014f * weave(p) * (1 - cord) + 0.024f * cord;
}

static float relief_mm(const Part *part, Vec3 p)
{
    switch ((TeaMaterial)part->material) {
    case TEA_LINEN:
        return linen_mm(p);
    case TEA_CHINA: // not quite even, as fired
        return 0.004f * noise_value(v3_scale(p, 0.8f), 31);
    case TEA_WOOD:
        return 0.004f * noise_octaves(v3(p.x * 0.7f, p.y * 0.7f, p.z * 9), 2, 32);
    case TEA_LEMON:
        return 0.020f * noise_octaves(v3_scale(p, 7), 2, 33);
    case TEA_SUGAR: {
        float chance, cell = noise_cells(v3_scale(p, 9), 34, &chance);
        return 0.030f * (0.6f - cell) + 0.012f * chance;
    }
    case TEA_BISCUIT:
        return 0.030f * noise_octaves(v3_scale(p, 6), 3, 35);
    case TEA_LETTER:
        return 0.0025f * noise_octaves(v3_scale(p, 11), 2, 36);
    case TEA_SILVER:
        return 0.0008f * noise_octaves(v3_scale(p, 16), 2, 37);
    case TEA_FLY:
        return 0.008f * noise_value(v3_scale(p, 24), 38);
    case TEA_LIQUID:
    case TEA_PEN:
        return 0;
    }
    return 0;
}

void tea_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++)
        outwards_mm[i] = relief_mm(&field->parts[parts[i]], v3(at->x[i], at->y[i], at->z[i]));
}

// ---- colour

static Vec3 mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

// Mahogany under wax: red-brown, darker pores, pale where hands and feet rub it.
static Look wood_look(const SculptVertex *v)
{
    Vec3 p = v->position;
    bool is_top = p.y > 28.4f;
    Vec3 g = is_top ? v3(p.x, p.y, p.z) : v3(p.y, p.x, p.z);
    float bend = noise_value(v3(g.x * 0.07f, g.y * 0.3f, g.z * 0.16f), 40);
    float ring = 0.5f + 0.5f * sinf((g.z + 1.6f * bend) * 3.1f + 2 * bend);
    float fibre = noise_octaves(v3(g.x * 0.5f, g.y * 5, g.z * 5), 3, 41);
    float pore = smooth_f(0.38f, 0.60f, noise_value(v3(g.x * 1.3f, g.y * 15, g.z * 15), 42));
    Vec3 wood = mix(v3(0.105f, 0.030f, 0.012f), v3(0.27f, 0.088f, 0.032f),
                    0.30f + 0.45f * ring + 0.5f * fibre);
    wood = mix(wood, v3(0.030f, 0.010f, 0.006f), pore * 0.65f);
    float dirt = smooth_f(0.75f, 0.25f, v->occlusion), worn = smooth_f(0.8f, 4, v->curvature);
    wood = mix(mix(wood, v3(0.020f, 0.008f, 0.005f), 0.6f * dirt), v3(0.38f, 0.15f, 0.06f),
               0.35f * worn);
    return (Look){wood,
                  clamp_f(0.30f + 0.10f * fibre + 0.25f * pore + 0.25f * dirt - 0.08f * worn,
                          0.16f, 0.85f),
                  0};
}

static Look linen_look(const SculptVertex *v)
{
    Vec3 p = v->position;
    float thread = noise_octaves(v3(p.x * 7, p.y * 7, p.z * 7), 2, 44);
    float age = noise_octaves(v3_scale(p, 0.25f), 3, 45);
    Vec3 white = mix(v3(0.86f, 0.83f, 0.76f), v3(0.78f, 0.72f, 0.60f),
                     0.35f + 0.5f * age + 0.25f * thread);
    float cloth = tea_cloth_along(p) < 11 ? weave(p) : 1;
    white = v3_scale(white, 0.86f + 0.14f * cloth);
    white = mix(white, v3(0.42f, 0.35f, 0.26f), 0.55f * smooth_f(0.6f, 0.15f, v->occlusion));
    // A ring where a cup stood, and a drop beside it.
    float x = p.x - 2.6f, z = p.z - 1.6f, ring = fabsf(sqrtf(x * x + z * z) - 1.05f);
    float stain =
        smooth_f(0.13f, 0.02f, ring) * (0.5f + 0.5f * noise_value(v3_scale(p, 1.7f), 46));
    stain =
        fmaxf(stain, 0.6f * smooth_f(0.25f, 0.1f,
                                     sqrtf((x - 1.5f) * (x - 1.5f) + (z - 0.8f) * (z - 0.8f))));
    if (p.y > 29.9f)
        white = mix(white, v3(0.48f, 0.30f, 0.14f), 0.55f * stain);
    return (Look){white, 0.88f, 0};
}

static Look china_look(const SculptVertex *v, TeaThing thing)
{
    Vec3 p = v->position;
    float cloud = noise_octaves(v3_scale(p, 0.9f), 3, 47);
    Vec3 white = mix(v3(0.83f, 0.83f, 0.80f), v3(0.77f, 0.755f, 0.69f), 0.4f + 0.6f * cloud);
    TeaPaint paint = tea_paint(thing, p);
    white = mix(white, paint.colour, paint.cover * 0.93f);
    float crack = tea_crackle(p) * (0.35f + 0.65f * smooth_f(-0.2f, 0.4f, cloud));
    white = mix(white, v3(0.34f, 0.26f, 0.17f), 0.62f * crack);
    white = mix(white, v3(0.45f, 0.38f, 0.29f), 0.55f * smooth_f(0.62f, 0.2f, v->occlusion));
    Look look = {white,
                 clamp_f(0.09f + 0.05f * cloud + 0.18f * crack + 0.06f * paint.cover, 0.05f, 1),
                 0};
    float tone = noise_octaves(v3_scale(p, 5), 2, 48);
    Vec3 gold = mix(v3(0.90f, 0.63f, 0.24f), v3(0.80f, 0.50f, 0.17f), 0.5f + 0.5f * tone);
    look.colour = mix(look.colour, gold, paint.gold);
    look.roughness = lerp_f(look.roughness, 0.24f + 0.08f * tone, paint.gold);
    look.metallic = 0.90f * paint.gold;
    return look;
}

static Look silver_look(const SculptVertex *v)
{
    float tone = noise_octaves(v3_scale(v->position, 2.2f), 3, 50);
    float dirt = clamp_f(smooth_f(0.85f, 0.35f, v->occlusion) + 0.25f * tone, 0, 0.9f);
    Vec3 silver = mix(v3(0.90f, 0.885f, 0.85f), v3(0.16f, 0.13f, 0.10f), dirt * 0.75f);
    return (Look){silver, 0.16f + 0.08f * fabsf(tone) + 0.35f * dirt, 0.96f - 0.35f * dirt};
}

// Rind, pith, and nine segments with walls between; wet within.
static Look lemon_look(const SculptVertex *v, const Part *part)
{
    Vec3 q = frame_to_local(&part->frame, v->position);
    float r = sqrtf(q.x * q.x + q.z * q.z), a = atan2f(q.z, q.x);
    float cell = a * 9 / (2 * PI_F), wall = fabsf(cell - roundf(cell)) * 2 * PI_F / 9 * r;
    float drop = noise_octaves(v3(q.x * 5, q.z * 5, 1), 2, 51);
    Vec3 pulp = mix(v3(0.80f, 0.66f, 0.10f), v3(0.86f, 0.78f, 0.30f), 0.5f + 0.8f * drop);
    Vec3 pith = v3(0.86f, 0.83f, 0.66f), rind = v3(0.80f, 0.56f, 0.02f);
    float is_pith = fmaxf(smooth_f(0.085f, 0.05f, wall),
                          fmaxf(smooth_f(1.14f, 1.20f, r), smooth_f(0.17f, 0.12f, r)));
    Vec3 colour = mix(mix(pulp, pith, is_pith), rind, smooth_f(1.31f, 1.35f, r));
    return (Look){colour, lerp_f(0.16f, 0.5f, is_pith), 0};
}

static Look biscuit_look(const SculptVertex *v, const Part *part)
{
    Vec3 p = v->position, q = frame_to_local(&part->frame, p);
    float crumb = noise_octaves(v3_scale(p, 5), 3, 53), r = sqrtf(q.x * q.x + q.z * q.z);
    float baked = part->tag == 9 ? 0 : smooth_f(0.55f, 1.05f, r) * 0.8f;
    Vec3 dough = mix(v3(0.66f, 0.42f, 0.17f), v3(0.78f, 0.58f, 0.30f), 0.5f + crumb);
    dough = mix(dough, v3(0.32f, 0.135f, 0.035f), clamp_f(baked + 0.35f * crumb, 0, 0.85f));
    float hx = q.x - 0.4f * roundf(q.x / 0.4f), hz = q.z - 0.4f * roundf(q.z / 0.4f);
    float hole =
        part->tag == 9 || r > 0.75f ? 0 : smooth_f(0.07f, 0.05f, sqrtf(hx * hx + hz * hz));
    dough = mix(dough, v3(0.16f, 0.07f, 0.025f), hole * 0.8f);
    return (Look){dough, 0.82f, 0};
}

static Look sugar_look(const SculptVertex *v)
{
    float chance;
    noise_cells(v3_scale(v->position, 9), 34, &chance);
    Vec3 white = mix(v3(0.80f, 0.79f, 0.76f), v3(0.90f, 0.90f, 0.89f), chance);
    white = v3_scale(white, 0.75f + 0.25f * v->occlusion);
    return (Look){white, 0.30f + 0.5f * chance, 0};
}

static Look fly_look(const SculptVertex *v, const Part *part)
{
    Look look = {v3(0.020f, 0.022f, 0.028f), 0.34f, 0.2f};
    if (part->tag == 2) // the head: mostly eyes
        look = (Look){v3(0.24f, 0.030f, 0.018f), 0.25f, 0};
    if (part->tag == 3) // wings
        look = (Look){v3(0.32f, 0.30f, 0.27f), 0.22f, 0.1f};
    if (part->tag == 0)
        look.colour = mix(look.colour, v3(0.035f, 0.075f, 0.060f),
                          0.5f + 0.5f * sinf(v->position.y * 60));
    return look;
}

static Look letter_look(const SculptVertex *v, const Part *part)
{
    Vec3 p = v->position, q = frame_to_local(&part->frame, p);
    float fibre = noise_octaves(v3_scale(p, 8), 3, 55);
    Vec3 paper = mix(v3(0.83f, 0.78f, 0.66f), v3(0.75f, 0.68f, 0.53f), 0.4f + 0.6f * fibre);
    float third = TEA_LETTER_HALF_Y / 3, crease = fminf(fabsf(q.y - third), fabsf(q.y + third));
    paper = mix(paper, v3(0.56f, 0.47f, 0.33f), 0.5f * smooth_f(0.10f, 0.01f, crease));
    float ink = v->normal.y > 0.3f ? tea_letter_ink(q.x, q.y) : 0;
    return (Look){mix(paper, v3(0.030f, 0.020f, 0.028f), ink * 0.93f), lerp_f(0.88f, 0.6f, ink),
                  0};
}

static Look pen_look(const SculptVertex *v, const Part *part)
{
    float grain = noise_octaves(v3_scale(v->position, 6), 2, 57);
    if (part->tag == 1)
        return (Look){
            mix(v3(0.56f, 0.50f, 0.42f), v3(0.08f, 0.07f, 0.07f), 0.3f + 0.4f * grain), 0.3f,
            0.9f};
    return (Look){mix(v3(0.10f, 0.015f, 0.012f), v3(0.22f, 0.035f, 0.02f), 0.5f + grain), 0.22f,
                  0};
}

static Look look_at(const Field *field, const SculptVertex *v)
{
    const Part *part = &field->parts[v->part];
    switch ((TeaMaterial)part->material) {
    case TEA_WOOD:
        return wood_look(v);
    case TEA_LINEN:
        return linen_look(v);
    case TEA_CHINA:
        return china_look(v, (TeaThing)part->tag);
    case TEA_LIQUID:
        return (Look){v3(0.115f, 0.030f, 0.006f), 0.05f, 0};
    case TEA_SILVER:
        return silver_look(v);
    case TEA_LEMON:
        return lemon_look(v, part);
    case TEA_SUGAR:
        return sugar_look(v);
    case TEA_BISCUIT:
        return biscuit_look(v, part);
    case TEA_LETTER:
        return letter_look(v, part);
    case TEA_PEN:
        return pen_look(v, part);
    case TEA_FLY:
        return fly_look(v, part);
    }
    return (Look){.metallic = 0};
}

void tea_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    Look look = look_at(field, v);
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}
