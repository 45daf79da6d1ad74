// look.c: the biplane's colour, gloss and finest relief.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/biplane/cockpit.h"
#include "exhibits/small-wonders/matter.h"

typedef MatterLook Look;

// ---- linen

// Where a place of the linen lies among its ribs.
typedef struct Cloth {
    float along, across; // mm along a rib, and from the nearest one
    float spar;          // 1 over a spar
    bool has_ribs;
} Cloth;

static Cloth cloth_at(uint16_t tag, Vec3 p)
{
    Cloth cloth = {0};
    if (tag == BIPLANE_UPPER_WING || tag == BIPLANE_LOWER_WING) {
        bool is_upper = tag == BIPLANE_UPPER_WING;
        float chord = is_upper ? UPPER_CHORD_MM : LOWER_CHORD_MM;
        cloth.along = (is_upper ? UPPER_EDGE_Z_MM : LOWER_EDGE_Z_MM) - p.z;
        cloth.across = matter_nearest(p.x, WING_RIBS_MM);
        float front = fabsf(cloth.along - 0.13f * chord);
        float rear = fabsf(cloth.along - 0.63f * chord);
        cloth.spar = smooth_f(0.34f, 0.26f, fminf(front, rear));
        cloth.has_ribs = true;
    } else if (tag == BIPLANE_TAILPLANE) {
        cloth.along = -16 - p.z;
        cloth.across = matter_nearest(p.x - 0.8f, 1.6f);
        cloth.has_ribs = true;
    } else if (tag == BIPLANE_FIN) {
        cloth.along = -17 - p.z;
        cloth.across = matter_nearest(p.y - 0.6f, 1.3f);
        cloth.has_ribs = true;
    }
    return cloth;
}

// A tape over the rib, its edges pinked against fraying.
static float tape_at(const Cloth *cloth)
{
    if (!cloth->has_ribs)
        return 0;
    float tooth = fabsf(matter_nearest(cloth->along, 0.13f)) / 0.065f;
    return smooth_f(0.02f, -0.02f, fabsf(cloth->across) - 0.27f - 0.05f * tooth);
}

// Knots of the thread that sews it to the rib.
static float stitch_at(const Cloth *cloth)
{
    if (!cloth->has_ribs)
        return 0;
    float at = matter_nearest(cloth->along, 0.52f);
    return smooth_f(0.075f, 0.03f, sqrtf(at * at + cloth->across * cloth->across * 0.6f));
}

// The lacing that closes the fuselage's linen low on its sides.
static float lacing_at(Vec3 p)
{
    float y = p.y - (biplane_belly(p.z) + 0.75f);
    if (p.z > 3.6f || p.z < -18 || fabsf(y) > 0.25f)
        return 0;
    float at = matter_nearest(p.z, 0.40f), cord = fabsf(fabsf(y) - 0.09f - fabsf(at) * 0.45f);
    float hole = sqrtf(at * at + (fabsf(y) - 0.19f) * (fabsf(y) - 0.19f));
    return fmaxf(smooth_f(0.055f, 0.035f, cord) * smooth_f(0.20f, 0.18f, fabsf(y)),
                 smooth_f(0.065f, 0.045f, hole));
}

static float weave_mm(Vec3 p)
{
    return 0.0009f * (sinf(p.x * 48 + sinf(p.z * 24)) * sinf(p.z * 48) + sinf(p.y * 48));
}

static float linen_mm(uint16_t tag, Vec3 p)
{
    Cloth cloth = cloth_at(tag, p);
    float high = weave_mm(p) + 0.009f * tape_at(&cloth) + 0.012f * stitch_at(&cloth);
    if (tag == BIPLANE_FUSELAGE)
        high += 0.015f * lacing_at(p);
    return high;
}

// The racing number: on both sides of the fuselage and above on both ends of the upper wing.
static float number_at(uint16_t tag, Vec3 p, Vec3 normal)
{
    float x, y, high;
    if (tag == BIPLANE_FUSELAGE && fabsf(normal.x) > 0.5f && p.z < -4) {
        high = 2.5f;
        x = (p.x > 0 ? -p.z : p.z) + (p.x > 0 ? -8.6f : 8.6f) + 0.62f;
        y = p.y - 0.1f;
    } else if (tag == BIPLANE_UPPER_WING && normal.y > 0.3f && fabsf(p.x) > 12) {
        high = 5.6f;
        x = -p.x + (p.x > 0 ? 20.5f : -20.5f) + 1.4f;
        y = p.z - (UPPER_EDGE_Z_MM - 4.4f);
    } else {
        return 0;
    }
    float d = lettering_distance('7', high, x, y), wide = high * 0.10f;
    return smooth_f(wide + 0.02f, wide - 0.02f, d);
}

static float oil_at(Vec3 p)
{
    // Thrown back by the engine along the belly and over the lower wing's roots.
    float streak = noise_octaves(v3(p.x * 1.6f, p.y * 1.6f, p.z * 0.16f), 3, 71);
    float low = smooth_f(-0.8f, -3.0f, p.y) * smooth_f(-16, 4, p.z);
    float root = smooth_f(5.5f, 2.6f, fabsf(p.x));
    return clamp_f(low * root * (0.55f + 1.5f * streak), 0, 0.85f);
}

static Look linen_look(const SculptVertex *v, uint16_t tag, Vec3 p)
{
    Vec3 n = v3(v->normal.x, v->normal.y * PITCH_COS - v->normal.z * PITCH_SIN,
                v->normal.z * PITCH_COS + v->normal.y * PITCH_SIN);
    Cloth cloth = cloth_at(tag, p);
    float cloud = noise_octaves(v3_scale(p, 0.55f), 4, 11);
    float fine = noise_octaves(v3(p.x * 6, p.y * 6, p.z * 2), 2, 12);
    Vec3 linen =
        matter_mix(v3(0.66f, 0.55f, 0.36f), v3(0.52f, 0.40f, 0.23f), 0.42f + 0.9f * cloud);
    linen = v3_scale(linen, 1 + 0.06f * fine);
    // Doped linen is thin: what lies under it shows.
    float bay = smooth_f(0.35f, 0.8f, fabsf(cloth.across)) * (cloth.has_ribs ? 1.0f : 0.0f);
    linen = v3_scale(linen, 1 + 0.07f * bay - 0.16f * cloth.spar * bay);
    float tape = tape_at(&cloth);
    linen = matter_mix(linen, v3_scale(linen, 0.86f), tape);
    linen = matter_mix(linen, v3(0.26f, 0.17f, 0.08f), 0.5f * stitch_at(&cloth));
    float number = number_at(tag, p, n);
    float worn = smooth_f(0.25f, 0.65f, noise_octaves(v3_scale(p, 3.1f), 3, 14));
    linen = matter_mix(linen, v3(0.012f, 0.030f, 0.085f), number * (0.94f - 0.30f * worn));
    if (tag == BIPLANE_FUSELAGE)
        linen = matter_mix(linen, v3(0.16f, 0.10f, 0.05f), 0.75f * lacing_at(p));
    float oil = oil_at(p);
    linen = matter_mix(linen, v3(0.10f, 0.045f, 0.012f), oil * 0.8f);
    float grime = smooth_f(0.75f, 0.2f, v->occlusion);
    linen = matter_mix(linen, v3(0.10f, 0.07f, 0.04f), 0.65f * grime);
    float rough = 0.46f + 0.08f * cloud + 0.10f * tape - 0.16f * oil + 0.12f * number * worn;
    return (Look){linen, clamp_f(rough + 0.2f * grime, 0.2f, 0.9f), 0};
}

// ---- paint

static Look enamel_look(const SculptVertex *v, Vec3 p)
{
    static const MatterPaint RED = {
        {0.36f, 0.020f, 0.014f}, {0.22f, 0.012f, 0.010f}, {0.15f, 0.055f, 0.030f}, 5.0f, 0.46f};
    Look under = matter_aluminium(v, p), look = matter_enamel(v, p, &RED, &under);
    look.colour = matter_mix(look.colour, v3(0.045f, 0.010f, 0.006f), oil_at(p) * 0.7f);
    return look;
}

// ---- wood

static bool is_sheathed(const BiplaneBlade *b)
{
    return b->out > 5.9f && b->beside > 0.16f + 0.25f * smooth_f(9.0f, 6.0f, b->out);
}

static float sheath_rivet(const BiplaneBlade *b)
{
    float edge = 0.16f + 0.25f * smooth_f(9.0f, 6.0f, b->out) + 0.10f;
    float at = matter_nearest(b->out, 0.34f), off = b->beside - edge;
    return b->out > 6.0f ? smooth_f(0.05f, 0.025f, sqrtf(at * at + off * off)) : 0;
}

// Boards of two woods, glued; carving cuts through them in contours.
static Look propeller_look(const SculptVertex *v, Vec3 p)
{
    BiplaneBlade b = biplane_blade(p);
    if (is_sheathed(&b)) {
        Look brass = matter_brass(v, p);
        brass.colour = v3_scale(brass.colour, 1 - 0.25f * sheath_rivet(&b));
        return brass;
    }
    float board = (b.forward + 0.012f * noise_value(v3_scale(p, 2), 91)) / 0.135f;
    int32_t index = (int32_t)floorf(board);
    float glue = smooth_f(0.05f, 0.02f, fabsf(board - roundf(board)));
    bool is_dark = index & 1;
    Vec3 pale = is_dark ? v3(0.26f, 0.105f, 0.040f) : v3(0.47f, 0.255f, 0.095f);
    Vec3 dark = is_dark ? v3(0.13f, 0.048f, 0.018f) : v3(0.30f, 0.145f, 0.050f);
    Vec3 grain = v3(b.beside * 1.5f + (float)index * 3.7f, b.out * 1.3f, b.forward * 1.5f);
    Look look = matter_wood(v, grain, pale, dark, 0.20f);
    look.colour = matter_mix(look.colour, v3(0.05f, 0.02f, 0.01f), 0.6f * glue);
    return look;
}

// ---- the rest

static Look rubber_look(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.8f), 3, 101);
    float y = p.y - GEAR_Y_MM, z = p.z - GEAR_Z_MM, tread = sqrtf(y * y + z * z);
    float dust = smooth_f(2.15f, 2.45f, tread) * (0.5f + 0.7f * cloud);
    Vec3 grey =
        matter_mix(v3(0.135f, 0.128f, 0.118f), v3(0.080f, 0.076f, 0.070f), 0.5f + 0.8f * cloud);
    grey = matter_mix(grey, v3(0.22f, 0.18f, 0.13f), clamp_f(dust, 0, 0.7f));
    grey = v3_scale(grey, 0.5f + 0.5f * smooth_f(0.1f, 0.7f, v->occlusion));
    return (Look){grey, 0.72f + 0.1f * cloud, 0};
}

static Look leather_look(const SculptVertex *v, Vec3 p)
{
    float cloud = noise_octaves(v3_scale(p, 1.6f), 3, 111), cell;
    float pore = noise_cells(v3_scale(p, 11), 112, &cell);
    float worn = smooth_f(1.5f, 6.0f, v->curvature + 3 * cloud);
    Vec3 hide =
        matter_mix(v3(0.20f, 0.080f, 0.030f), v3(0.11f, 0.040f, 0.016f), 0.5f + 0.8f * cloud);
    hide = matter_mix(hide, v3(0.38f, 0.20f, 0.095f), 0.45f * worn);
    hide = v3_scale(hide, 0.86f + 0.18f * smooth_f(0.15f, 0.5f, pore));
    hide = v3_scale(hide, 0.35f + 0.65f * smooth_f(0.15f, 0.7f, v->occlusion));
    return (Look){hide, clamp_f(0.50f + 0.1f * cloud - 0.12f * worn, 0.25f, 0.8f), 0};
}

static Look dial_look(Vec3 world, int index)
{
    const CockpitDial *dial = &COCKPIT_DIALS[index];
    Frame frame = cockpit_dial_frame(index);
    Vec3 q = v3_scale(frame_to_local(&frame, world), 1 / dial->radius);
    return matter_dial(&(MatterDial){dial->radius, dial->name, dial->needle, dial->marks}, q.x,
                       q.y);
}

static Look fur_look(const SculptVertex *v, uint16_t tag, Vec3 p)
{
    float stroke = noise_octaves(v3(p.x * 24, p.y * 7, p.z * 24), 3, 121);
    Vec3 fur =
        matter_mix(v3(0.36f, 0.235f, 0.135f), v3(0.17f, 0.105f, 0.058f), 0.5f + 0.9f * stroke);
    if (tag == 1)
        fur =
            matter_mix(v3(0.50f, 0.27f, 0.22f), v3(0.36f, 0.17f, 0.13f), 0.5f + 0.5f * stroke);
    fur = v3_scale(fur, 0.4f + 0.6f * smooth_f(0.1f, 0.7f, v->occlusion));
    return (Look){fur, tag == 1 ? 0.5f : 0.78f, 0};
}

static Look look_of(const SculptVertex *v, const Part *part, Vec3 p)
{
    static const Vec3 ASH[2] = {{0.50f, 0.295f, 0.120f}, {0.30f, 0.155f, 0.058f}};
    static const Vec3 WALNUT[2] = {{0.115f, 0.050f, 0.020f}, {0.040f, 0.016f, 0.007f}};
    static const Vec3 MAHOGANY[2] = {{0.26f, 0.078f, 0.030f}, {0.11f, 0.030f, 0.013f}};
    Vec3 w = v->position;
    switch ((BiplaneMaterial)part->material) {
    case BIPLANE_LINEN:
        return part->tag == BIPLANE_FUSELAGE && p.z > 4.6f ? enamel_look(v, p)
                                                           : linen_look(v, part->tag, p);
    case BIPLANE_ENAMEL:
        return part->tag == 1 ? (Look){v3(0.34f, 0.022f, 0.018f), 0.75f, 0} : enamel_look(v, p);
    case BIPLANE_ALUMINIUM:
        return matter_aluminium(v, p);
    case BIPLANE_ASH:
        return matter_wood(v, v3(p.x, p.y * 0.5f, p.z), ASH[0], ASH[1], 0.26f);
    case BIPLANE_PROPELLER:
        return propeller_look(v, p);
    case BIPLANE_STEEL:
        return matter_steel(v, p);
    case BIPLANE_IRON:
        return matter_iron(v, p);
    case BIPLANE_BRASS:
        return matter_brass(v, p);
    case BIPLANE_RUBBER:
        return rubber_look(v, p);
    case BIPLANE_LEATHER:
        return leather_look(v, p);
    case BIPLANE_WALNUT:
        return matter_wood(v, v3(w.x * 0.8f, w.z * 0.8f, w.y * 0.8f), WALNUT[0], WALNUT[1],
                           0.18f);
    case BIPLANE_PANEL:
        return matter_wood(v, v3(p.y * 2.5f, p.x * 2, p.z), MAHOGANY[0], MAHOGANY[1], 0.16f);
    case BIPLANE_DIAL:
        return dial_look(w, part->tag - BIPLANE_FIRST_DIAL);
    case BIPLANE_PAPER:
        return (Look){v3_scale(v3(0.76f, 0.70f, 0.56f), 0.6f + 0.4f * v->occlusion), 0.85f, 0};
    case BIPLANE_FUR:
        return fur_look(v, part->tag, p);
    case BIPLANE_INK:
        return (Look){v3(0.020f, 0.015f, 0.012f), 0.5f, 0};
    case BIPLANE_EYE:
        break;
    }
    return (Look){v3(0.008f, 0.007f, 0.007f), 0.06f, 0};
}

void biplane_shade(const void *context, const Field *field, SculptVertex *v)
{
    (void)context;
    Look look = look_of(v, &field->parts[v->part], plane_of(v->position));
    v->colour[0] = look.colour.x, v->colour[1] = look.colour.y, v->colour[2] = look.colour.z;
    v->roughness = look.roughness;
    v->metallic = look.metallic;
}

static float relief_mm(const Part *part, Vec3 world)
{
    Vec3 p = plane_of(world);
    BiplaneBlade blade;
    switch ((BiplaneMaterial)part->material) {
    case BIPLANE_LINEN:
        if (part->tag != BIPLANE_FUSELAGE || p.z <= 4.6f)
            return linen_mm(part->tag, p);
        return noise_value(v3_scale(p, 6), 131) * 0.0008f;
    case BIPLANE_ENAMEL:
        if (part->tag == BIPLANE_FIN)
            return linen_mm(part->tag, p);
        return part->tag == 1 ? 0.002f * sinf(p.y * 160)
                              : noise_value(v3_scale(p, 6), 131) * 0.0008f;
    case BIPLANE_PROPELLER:
        blade = biplane_blade(p);
        return (is_sheathed(&blade) ? 0.010f + 0.012f * sheath_rivet(&blade) : 0) +
               noise_value(v3(p.x * 9, p.y * 9, p.z * 9), 132) * 0.0006f;
    case BIPLANE_ASH:
    case BIPLANE_PANEL:
        return noise_value(v3(p.x * 18, p.y * 2.4f, p.z * 18), 133) * 0.0009f;
    case BIPLANE_WALNUT:
        return -0.0010f *
               smooth_f(0.42f, 0.62f,
                        noise_value(v3(world.x * 17.6f, world.z * 0.56f, world.y * 17.6f), 83));
    case BIPLANE_LEATHER:
        return 0.004f * smooth_f(0, 0.5f, noise_cells(v3_scale(p, 11), 112, NULL));
    case BIPLANE_FUR:
        return 0.006f * noise_octaves(v3(p.x * 24, p.y * 7, p.z * 24), 3, 121);
    case BIPLANE_RUBBER:
        return 0.004f * sinf(fabsf(p.x) * 44);
    case BIPLANE_IRON:
    case BIPLANE_ALUMINIUM:
        return 0.0012f * noise_octaves(v3_scale(p, 11), 2, 134);
    case BIPLANE_BRASS:
        return 0.0006f * noise_value(v3(p.x * 26, p.y * 26, p.z * 5), 62);
    case BIPLANE_STEEL:
    case BIPLANE_DIAL:
    case BIPLANE_PAPER:
    case BIPLANE_INK:
    case BIPLANE_EYE:
        break;
    }
    return 0;
}

void biplane_finish(const void *context, const Field *field, const FieldPoints *at,
                    const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    for (int i = 0; i < at->count; i++)
        outwards_mm[i] = relief_mm(&field->parts[parts[i]], v3(at->x[i], at->y[i], at->z[i]));
}
