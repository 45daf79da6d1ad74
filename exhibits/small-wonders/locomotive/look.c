// look.c: the locomotive's colour, gloss and finest relief.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/locomotive/locomotive.h"
#include "exhibits/small-wonders/matter.h"

// ---- dirt that a working engine carries

// Dust of the road from below, soot from above.
static MatterLook weather(MatterLook look, const SculptVertex *v, Vec3 p, float share)
{
    float cloud = noise_octaves(v3(p.x * 0.7f, p.y * 0.9f, p.z * 0.7f), 4, 11);
    float up = v->normal.y;
    float dust =
        share * smooth_f(6.5f, 0.2f, p.y + 2.2f * cloud) * (0.45f + 0.4f * fmaxf(up, 0));
    float streak = noise_octaves(v3(p.x * 2.6f, p.y * 0.28f, p.z * 2.6f), 3, 12);
    float soot = share * smooth_f(0.2f, 0.75f, streak + 0.35f * fmaxf(up, 0)) *
                 smooth_f(8, 15, p.y) * 0.75f;
    look.colour = matter_mix(look.colour, v3(0.135f, 0.100f, 0.066f), dust);
    look.colour = matter_mix(look.colour, v3(0.014f, 0.013f, 0.012f), soot);
    look.roughness = clamp_f(look.roughness + 0.45f * dust + 0.35f * soot, 0.1f, 0.95f);
    look.metallic *= 1 - clamp_f(dust + soot, 0, 1);
    return look;
}

// ---- paint

// How far a place of a panel is inside its edges, corners rounded.
static float panel_inset(float x, float y, float x0, float x1, float y0, float y1, float corner)
{
    float a = fabsf(x - (x0 + x1) * 0.5f) - (x1 - x0) * 0.5f + corner;
    float b = fabsf(y - (y0 + y1) * 0.5f) - (y1 - y0) * 0.5f + corner;
    float u = fmaxf(a, 0), w = fmaxf(b, 0);
    return corner - sqrtf(u * u + w * w) - fminf(fmaxf(a, b), 0);
}

// A painter's line of gold, and a thin one of red beside it.
static Vec3 line_panel(Vec3 colour, float inset)
{
    float gold = smooth_f(0.050f, 0.030f, fabsf(inset - 0.52f));
    float red = smooth_f(0.032f, 0.016f, fabsf(inset - 0.68f));
    float black = smooth_f(0.50f, 0.48f, inset);
    colour = matter_mix(colour, v3_scale(colour, 0.35f), black);
    colour = matter_mix(colour, v3(0.62f, 0.42f, 0.12f), gold);
    return matter_mix(colour, v3(0.36f, 0.030f, 0.018f), red);
}

static MatterLook green_look(const SculptVertex *v, uint16_t tag, Vec3 p)
{
    static const MatterPaint GREEN = {{0.020f, 0.098f, 0.052f},
                                      {0.011f, 0.058f, 0.032f},
                                      {0.17f, 0.062f, 0.034f},
                                      9.0f,
                                      0.54f};
    MatterLook under = matter_iron(v, p);
    MatterLook look = matter_enamel(v, p, &GREEN, &under);
    bool is_side = fabsf(v->normal.z) > 0.7f && fabsf(p.z) > LOCO_SIDE_MM - 0.15f;
    float bare = look.metallic / 0.9f;
    Vec3 lined = look.colour;
    if (tag == LOCO_TANK && is_side)
        lined =
            line_panel(look.colour, panel_inset(p.x, p.y, LOCO_TANK_BACK_MM, LOCO_TANK_FRONT_MM,
                                                LOCO_TANK_LOW_MM, LOCO_TANK_HIGH_MM, 0.55f));
    if (tag == LOCO_CAB && is_side && p.y < 11.4f)
        lined =
            line_panel(look.colour, panel_inset(p.x, p.y, -13.9f, -7.6f, 5.4f, 11.4f, 0.55f));
    if (tag == LOCO_BUNKER && is_side)
        lined =
            line_panel(look.colour, panel_inset(p.x, p.y, -20.8f, -15.9f, 5.4f, 10.9f, 0.55f));
    look.colour = matter_mix(lined, look.colour, bare);
    return weather(look, v, p, 0.75f);
}

static MatterLook red_look(const SculptVertex *v, Vec3 p)
{
    static const MatterPaint RED = {
        {0.34f, 0.026f, 0.016f}, {0.20f, 0.014f, 0.010f}, {0.12f, 0.055f, 0.035f}, 6.0f, 0.52f};
    MatterLook under = matter_iron(v, p);
    MatterLook look = matter_enamel(v, p, &RED, &under);
    return weather(look, v, p, 0.85f);
}

static MatterLook black_look(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.3f), 4, 21), edge = smooth_f(4, 12, v->curvature);
    Vec3 black =
        matter_mix(v3(0.022f, 0.021f, 0.021f), v3(0.010f, 0.010f, 0.010f), 0.5f + cloud);
    // Heat has burnt the lower smokebox and the chimney's root grey and brown.
    float burnt =
        smooth_f(0.1f, 0.6f, noise_octaves(v3(p.x * 0.6f, p.y * 0.5f, p.z * 0.6f), 4, 22)) *
        smooth_f(8.5f, 9.5f, p.x);
    black = matter_mix(black, v3(0.060f, 0.046f, 0.037f), 0.7f * burnt);
    black = matter_mix(black, v3(0.095f, 0.090f, 0.085f), 0.55f * edge);
    float rough = 0.42f + 0.10f * cloud + 0.25f * burnt - 0.10f * edge;
    return weather((MatterLook){black, rough, 0.25f * edge}, v, p, 0.6f);
}

// Wheels run bright where they run.
static MatterLook rail_look(const SculptVertex *v, Vec3 p)
{
    MatterLook steel = matter_steel(v, p);
    float cloud = noise_octaves(v3_scale(p, 1.1f), 4, 31),
          fine = noise_value(v3_scale(p, 9), 32);
    Vec3 rust =
        matter_mix(v3(0.155f, 0.066f, 0.030f), v3(0.070f, 0.036f, 0.022f), 0.5f + cloud);
    rust = v3_scale(rust, 1 + 0.25f * fine);
    float run = smooth_f(0.75f, 0.95f, v->normal.y) * smooth_f(-0.06f, 0.0f, p.y);
    steel.colour = matter_mix(rust, v3(0.56f, 0.555f, 0.54f), run);
    steel.roughness =
        lerp_f(0.85f, 0.20f + 0.06f * fabsf(noise_value(v3(p.x, p.z * 40, 0), 33)), run);
    steel.metallic = run;
    return steel;
}

// Rods are wiped with oil every morning; between times it gathers dust.
static MatterLook rod_look(const SculptVertex *v, Vec3 p)
{
    MatterLook steel = matter_steel(v, p);
    float oil =
        smooth_f(0.15f, 0.6f, noise_octaves(v3_scale(p, 1.5f), 3, 41) + 0.6f * matter_grime(v));
    steel.colour =
        matter_mix(v3_scale(steel.colour, 1.25f), v3(0.055f, 0.034f, 0.018f), 0.75f * oil);
    steel.roughness = lerp_f(0.24f, 0.30f, oil);
    steel.metallic *= 1 - 0.6f * oil;
    return weather(steel, v, p, 0.35f);
}

// ---- stones and wood

static MatterLook stone_look(const SculptVertex *v, Vec3 p)
{
    float which = 0, shade = noise_octaves(v3_scale(p, 5), 3, 52);
    noise_cells(v3_scale(p, 2.0f), 51, &which);
    Vec3 grey = matter_mix(v3(0.235f, 0.222f, 0.205f), v3(0.105f, 0.102f, 0.102f), which);
    grey = matter_mix(grey, v3(0.21f, 0.15f, 0.10f), 0.5f * smooth_f(0.6f, 0.95f, which));
    grey = v3_scale(grey, 1 + 0.35f * shade);
    float road = smooth_f(4.5f, 1.5f, fabsf(fabsf(p.z) - 2.5f));
    grey = matter_mix(grey, v3(0.085f, 0.055f, 0.035f), 0.40f * road);
    // Oil drips between the rails.
    float oil = smooth_f(1.6f, 0.3f, fabsf(p.z)) * smooth_f(18, 12, fabsf(p.x)) *
                smooth_f(-0.2f, 0.35f, noise_octaves(v3(p.x * 0.5f, 0, p.z), 3, 53));
    grey = matter_mix(grey, v3(0.016f, 0.014f, 0.012f), 0.75f * oil);
    grey = v3_scale(grey, 0.30f + 0.70f * smooth_f(0.05f, 0.75f, v->occlusion));
    // A little moss, away from the wheels.
    float moss = smooth_f(0.18f, 0.45f, noise_octaves(v3_scale(p, 0.45f), 3, 54)) *
                 smooth_f(5.5f, 8.5f, fabsf(p.z)) * smooth_f(0.1f, 0.7f, v->normal.y);
    grey = matter_mix(grey, v3(0.060f, 0.078f, 0.020f), 0.75f * moss);
    return (MatterLook){grey, clamp_f(0.85f - 0.4f * oil, 0.3f, 0.95f), 0};
}

static MatterLook sleeper_look(const SculptVertex *v, uint16_t tag, Vec3 p)
{
    float age = noise_of(tag, 61);
    Vec3 pale = matter_mix(v3(0.150f, 0.115f, 0.082f), v3(0.175f, 0.160f, 0.142f), age);
    Vec3 grain = v3(p.x * 3 + (float)tag * 7, p.z * 0.7f, p.y * 3);
    MatterLook wood = matter_wood(v, grain, pale, v3_scale(pale, 0.36f), 0.75f);
    float rust = smooth_f(0.95f, 0.3f, fabsf(fabsf(p.z) - 2.48f));
    wood.colour = matter_mix(wood.colour, v3(0.10f, 0.045f, 0.022f), 0.55f * rust);
    wood.roughness = fmaxf(wood.roughness, 0.7f);
    return wood;
}

static MatterLook coal_look(const SculptVertex *v, Vec3 p)
{
    float glint = 0;
    noise_cells(v3_scale(p, 4.5f), 71, &glint);
    Vec3 coal = matter_mix(v3(0.011f, 0.011f, 0.012f), v3(0.026f, 0.025f, 0.025f), glint);
    coal = v3_scale(coal, 0.4f + 0.6f * v->occlusion);
    return (MatterLook){coal, glint > 0.6f ? 0.16f : 0.55f, 0};
}

static MatterLook snail_look(const SculptVertex *v, uint16_t tag, Vec3 p)
{
    float grain = noise_octaves(v3_scale(p, 14), 2, 81);
    if (tag == 1)
        return (MatterLook){v3(0.02f, 0.016f, 0.014f), 0.15f, 0};
    Vec3 skin = matter_mix(v3(0.38f, 0.29f, 0.19f), v3(0.20f, 0.145f, 0.090f), 0.5f + grain);
    return (MatterLook){v3_scale(skin, 0.45f + 0.55f * v->occlusion), 0.22f, 0};
}

// Bands run along the whorls.
static MatterLook shell_look(const SculptVertex *v, Vec3 p)
{
    float x = p.x - 24.52f, y = p.y - 0.54f, r = sqrtf(x * x + y * y), a = atan2f(y, x);
    float lines = noise_octaves(v3(a * 9, r * 3, p.z * 2), 3, 91);
    float off = fabsf(p.z - 2.48f);
    float band = smooth_f(0.055f, 0.025f, fabsf(off - 0.11f));
    Vec3 shell =
        matter_mix(v3(0.66f, 0.48f, 0.22f), v3(0.44f, 0.26f, 0.10f), 0.45f + 0.5f * lines);
    shell = matter_mix(shell, v3(0.115f, 0.048f, 0.020f), 0.85f * band);
    return (MatterLook){v3_scale(shell, 0.4f + 0.6f * v->occlusion), 0.18f + 0.08f * lines, 0};
}

static MatterLook dial_look(Vec3 world)
{
    static const MatterDial GAUGE = {LOCO_DIAL_MM, "BAR", 0.75f, 10};
    Frame frame = loco_gauge_frame();
    Vec3 q = v3_scale(frame_to_local(&frame, world), 1 / GAUGE.radius);
    return matter_dial(&GAUGE, q.x, q.y);
}

static MatterLook look_of(const SculptVertex *v, const Part *part, Vec3 p)
{
    static const Vec3 WALNUT[2] = {{0.085f, 0.038f, 0.016f}, {0.030f, 0.012f, 0.006f}};
    static const Vec3 BOARD[2] = {{0.150f, 0.098f, 0.056f}, {0.070f, 0.042f, 0.024f}};
    switch ((LocoMaterial)part->material) {
    case LOCO_GREEN:
        return green_look(v, part->tag, p);
    case LOCO_BLACK:
        return black_look(v, p);
    case LOCO_RED:
        return red_look(v, p);
    case LOCO_STEEL:
        return rod_look(v, p);
    case LOCO_IRON:
        return weather(matter_iron(v, p), v, p, 0.7f);
    case LOCO_BRASS:
        return part->tag == LOCO_PLATE ? matter_brass(v, p)
                                       : weather(matter_brass(v, p), v, p, 0.4f);
    case LOCO_COPPER:
        return weather(matter_copper(v, p), v, p, 0.4f);
    case LOCO_COAL:
        return coal_look(v, p);
    case LOCO_STONE:
        return stone_look(v, p);
    case LOCO_SLEEPER:
        return sleeper_look(v, part->tag, p);
    case LOCO_RAIL:
        return rail_look(v, p);
    case LOCO_WALNUT:
        return matter_wood(v, v3(p.z * 0.8f, p.x * 0.8f, p.y * 0.8f), WALNUT[0], WALNUT[1],
                           0.16f);
    case LOCO_INK:
        return (MatterLook){v3(0.016f, 0.010f, 0.009f), 0.35f, 0};
    case LOCO_DIAL:
        return dial_look(v->position);
    case LOCO_GLASS:
        return (MatterLook){v3(0.62f, 0.60f, 0.50f), 0.06f, 0};
    case LOCO_FLOOR:
        return weather(matter_wood(v, v3(p.z * 2, p.x, p.y * 2), BOARD[0], BOARD[1], 0.6f), v,
                       p, 0.8f);
    case LOCO_SNAIL:
        return snail_look(v, part->tag, p);
    case LOCO_SHELL:
        break;
    }
    return shell_look(v, p);
}

void loco_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    MatterLook look = look_of(v, &field->parts[v->part], loco_of(v->position));
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}

static float relief_mm(const Part *part, Vec3 p)
{
    switch ((LocoMaterial)part->material) {
    case LOCO_GREEN:
    case LOCO_RED:
        return 0.0008f * noise_value(v3_scale(p, 6), 101);
    case LOCO_BLACK:
    case LOCO_IRON:
        return 0.0018f * noise_octaves(v3_scale(p, 8), 2, 102);
    case LOCO_STONE:
        return 0.012f * noise_octaves(v3_scale(p, 7), 3, 103);
    case LOCO_COAL:
        return 0.006f * noise_octaves(v3_scale(p, 6), 2, 104);
    case LOCO_SLEEPER:
    case LOCO_FLOOR:
        return 0.010f * noise_octaves(v3(p.x * 14, p.y * 14, p.z * 0.9f), 3, 105);
    case LOCO_RAIL:
        return p.y > -0.02f ? 0 : 0.006f * noise_octaves(v3_scale(p, 9), 3, 106);
    case LOCO_SNAIL:
        return 0.005f * noise_octaves(v3_scale(p, 14), 2, 81);
    case LOCO_SHELL:
        return 0.003f * noise_value(v3(atan2f(p.y - 0.54f, p.x - 24.52f) * 20, 0, 0), 107);
    case LOCO_STEEL:
    case LOCO_BRASS:
    case LOCO_COPPER:
        return 0.0005f * noise_value(v3(p.x * 22, p.y * 22, p.z * 5), 108);
    case LOCO_WALNUT:
    case LOCO_INK:
    case LOCO_DIAL:
    case LOCO_GLASS:
        break;
    }
    return 0;
}

void loco_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++)
        outwards_mm[i] =
            relief_mm(&field->parts[parts[i]], loco_of(v3(at->x[i], at->y[i], at->z[i])));
}
