// engine.c: the biplane's rotary engine, its cowling and its propeller.

#include "exhibits/small-wonders/biplane/biplane.h"

enum { CYLINDERS = 9 };
#define ENGINE_Z_MM 11.2f
#define PROPELLER_Z_MM 14.3f
#define BLADE_MM 9.3f
// Turned a little, as somebody left it.
#define STOPPED_AT 0.52f

static Frame shaft_at(float z)
{
    return plane_frame(v3(0, 0, z), v3(0, 0, 1), v3(0, 1, 0));
}

static Vec3 around(float angle, float r, float z)
{
    return v3(sinf(angle) * r, cosf(angle) * r, z);
}

static void turn(Field *field, const float (*outline)[2], int count, int pieces, float z,
                 Carve carve)
{
    Turning turning = {outline, count, pieces};
    shape_add(field, shape_turning(&turning, shaft_at(z), field->arena), carve);
}

// ---- engine

// All cylinders at once, folded into one: fins around a barrel, wider towards the head.
static void eval_cylinders(const Part *part, const FieldPoints *at, float *restrict values)
{
    const float sector = 2 * PI_F / CYLINDERS;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float r = sqrtf(p.x * p.x + p.z * p.z), angle = atan2f(p.x, p.z) + STOPPED_AT;
        angle -= roundf(angle / sector) * sector;
        float out = r * cosf(angle), side = r * sinf(angle), q = sqrtf(side * side + p.y * p.y);
        float fins = (out - 1.30f) / 0.125f;
        fins = fabsf(fins - floorf(fins) - 0.5f) * 2; // 1 between two fins
        float reach = 0.40f + 0.06f * smooth_f(1.2f, 2.9f, out);
        float barrel = q - reach +
                       0.13f * smooth_f(0.35f, 0.75f, fins) * smooth_f(1.25f, 1.35f, out) *
                           smooth_f(3.02f, 2.95f, out);
        float length = fmaxf(out - 3.12f, 0.8f - out);
        values[i] = fmaxf(barrel, length);
    }
}

static const float CRANKCASE[][2] = {
    {0, -1.6f},     {1.35f, -1.6f}, {1.35f, -0.62f}, {1.22f, -0.50f}, {1.22f, 0.50f},
    {1.32f, 0.58f}, {1.30f, 0.72f}, {1.05f, 0.90f},  {0.72f, 1.05f},  {0.55f, 1.30f},
    {0.46f, 1.60f}, {0.40f, 2.2f},  {0.40f, 3.4f},   {0, 3.4f},
};

static void add_cylinder_fittings(Field *field, float angle)
{
    // Head: rocker, spring, a plug; in front the rod that works it.
    Vec3 head = around(angle, 3.14f, ENGINE_Z_MM);
    Frame top = plane_frame(head, around(angle, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_cylinder(top, 0.24f, 0.10f, 0.03f),
              (Carve){.material = BIPLANE_IRON});
    Frame rocker = plane_frame(around(angle, 3.27f, ENGINE_Z_MM + 0.16f), v3(0, 0, 1),
                               around(angle, 1, 0));
    shape_add(field, shape_box(rocker, v3(0.055f, 0.36f, 0.05f), 0.03f),
              (Carve){.blend_mm = 0.03f, .material = BIPLANE_STEEL});
    Vec3 low = around(angle, 1.05f, ENGINE_Z_MM + 0.78f);
    Vec3 high = around(angle, 3.27f, ENGINE_Z_MM + 0.46f);
    shape_add(field,
              shape_cone(plane_at(low.x, low.y, low.z), 0.055f,
                         plane_at(high.x, high.y, high.z), 0.055f),
              (Carve){.material = BIPLANE_STEEL});
    // The induction pipe behind, copper coloured; a plug at the side.
    Vec3 pipe[3] = {around(angle + 0.08f, 1.2f, ENGINE_Z_MM - 0.7f),
                    around(angle + 0.16f, 2.1f, ENGINE_Z_MM - 0.75f),
                    around(angle + 0.03f, 3.12f, ENGINE_Z_MM - 0.3f)};
    Tube tube = {plane_at(pipe[0].x, pipe[0].y, pipe[0].z),
                 plane_at(pipe[1].x, pipe[1].y, pipe[1].z),
                 plane_at(pipe[2].x, pipe[2].y, pipe[2].z),
                 0.11f,
                 0.11f,
                 0.11f,
                 6};
    shape_add_tube(field, &tube, (Carve){.material = BIPLANE_BRASS});
    Vec3 plug[2] = {around(angle - 0.09f, 2.75f, ENGINE_Z_MM + 0.2f),
                    around(angle - 0.15f, 2.8f, ENGINE_Z_MM + 0.62f)};
    shape_add(field,
              shape_cone(plane_at(plug[0].x, plug[0].y, plug[0].z), 0.09f,
                         plane_at(plug[1].x, plug[1].y, plug[1].z), 0.05f),
              (Carve){.material = BIPLANE_BRASS});
}

void biplane_add_engine(Field *field)
{
    field_begin(field,
                (FieldBody){.low = v3_add(plane_at(0, 0, ENGINE_Z_MM), v3(-4, -4.3f, -3)),
                            .high = v3_add(plane_at(0, 0, ENGINE_Z_MM), v3(4, 4.3f, 4)),
                            .step_mm = 0.034f,
                            .texel_mm = 0.022f});
    turn(field, CRANKCASE, COUNT_OF(CRANKCASE), 2, ENGINE_Z_MM,
         (Carve){.material = BIPLANE_ALUMINIUM});
    shape_add(field,
              (Part){.eval = eval_cylinders, .frame = shaft_at(ENGINE_Z_MM), .lipschitz = 3.0f},
              (Carve){.blend_mm = 0.06f, .material = BIPLANE_IRON});
    for (int i = 0; i < CYLINDERS; i++) {
        float angle = (float)i * 2 * PI_F / CYLINDERS + STOPPED_AT;
        add_cylinder_fittings(field, angle);
        Vec3 bolt = around(angle + PI_F / CYLINDERS, 1.12f, ENGINE_Z_MM + 0.78f);
        shape_add(field, shape_ball(plane_at(bolt.x, bolt.y, bolt.z), 0.09f),
                  (Carve){.material = BIPLANE_STEEL});
    }
}

// ---- cowling

static const float COWLING[][2] = {
    {3.50f, 8.6f},   {3.66f, 8.6f},   {3.74f, 9.2f},   {3.82f, 10.2f},  {3.84f, 11.2f},
    {3.74f, 12.0f},  {3.48f, 12.55f}, {3.12f, 12.85f}, {2.80f, 12.86f}, {2.64f, 12.72f},
    {2.66f, 12.56f}, {2.84f, 12.54f}, {3.10f, 12.50f}, {3.36f, 12.2f},  {3.54f, 11.7f},
    {3.62f, 11.0f},  {3.60f, 10.0f},  {3.50f, 8.6f},
};

static void add_rivet(Field *field, Vec3 p, float radius)
{
    shape_add(field, shape_ball(plane_at(p.x, p.y, p.z), radius),
              (Carve){.material = BIPLANE_ENAMEL});
}

void biplane_add_cowling(Field *field)
{
    Turning turning = {COWLING, COUNT_OF(COWLING), 3};
    Part ring = shape_turning(&turning, shaft_at(0), field->arena);
    shape_add(field, ring, (Carve){.blend_mm = 0.05f, .material = BIPLANE_ENAMEL});
    for (int i = 0; i < 48; i++) {
        Vec3 p = around((float)i * 2 * PI_F / 48, 3.70f, 9.0f);
        add_rivet(field, p, 0.062f);
    }
    // The panels behind it: a strap, louvres on each side, two rows of rivets.
    for (int i = 0; i < 40; i++) {
        float angle = (float)i * 2 * PI_F / 40;
        Vec3 way = plane_way(sinf(angle), cosf(angle), 0), hit;
        if (field_hit(field, v3_mad(plane_at(0, 0, 4.6f), way, 6), v3_scale(way, -1), 6, &hit))
            shape_add(field, shape_ball(v3_mad(hit, way, -0.022f), 0.058f),
                      (Carve){.material = BIPLANE_ENAMEL});
    }
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 5; i++) {
            float z = 5.6f + 0.52f * (float)i, x = biplane_half_width(z) * (float)side;
            Frame slat =
                plane_frame(v3(x, 0.3f, z), v3(0, 1, 0), v3(0.88f * (float)side, 0, -0.48f));
            shape_add(field, shape_box(slat, v3(0.18f, 0.85f, 0.10f), 0.06f),
                      (Carve){.blend_mm = 0.08f, .material = BIPLANE_ENAMEL});
        }
}

// ---- propeller

BiplaneBlade biplane_blade(Vec3 plane)
{
    Frame f = {v3(0, 0, PROPELLER_Z_MM), v3(cosf(STOPPED_AT), -sinf(STOPPED_AT), 0),
               v3(0, 0, 1), v3(sinf(STOPPED_AT), cosf(STOPPED_AT), 0)};
    Vec3 p = frame_to_local(&f, plane);
    float r = fabsf(p.z), u = clamp_f(r / BLADE_MM, 0, 1), x = p.z < 0 ? -p.x : p.x;
    return (BiplaneBlade){r, x - 0.20f * sinf(u * 3.0f), p.y};
}

// One blade along +z of the frame; its pitch falls off towards the tip.
static void eval_blades(const Part *part, const FieldPoints *at, float *restrict values)
{
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float sign = p.z < 0 ? -1.0f : 1.0f;
        float r = fabsf(p.z), x = p.x * sign, u = clamp_f(r / BLADE_MM, 0, 1);
        float wide = 0.52f + 0.50f * smooth_f(0.08f, 0.55f, u) - 0.42f * smooth_f(0.62f, 1, u);
        float thick = lerp_f(0.50f, 0.11f, smooth_f(0.05f, 0.75f, u));
        float pitch = 1.05f * (1 - smooth_f(0, 0.9f, u)) + 0.27f;
        float sweep = 0.20f * sinf(u * 3.0f);
        float c = cosf(pitch), s = sinf(pitch), flat = x - sweep;
        float a = flat * c + p.y * s, b = p.y * c - flat * s;
        float t = a / wide, section = fmaxf(1 - t * t, 0.12f);
        float half = fmaxf(thick * section, 0.062f), round = half * 0.9f;
        float over = fmaxf(fabsf(a) - wide + round, 0), up = fmaxf(fabsf(b) - half + round, 0);
        float d = sqrtf(over * over + up * up) - round +
                  fminf(fmaxf(fabsf(a) - wide + round, fabsf(b) - half + round), 0);
        float end = sqrtf(a * a + (r - BLADE_MM + 1) * (r - BLADE_MM + 1)) - 1;
        values[i] = fmaxf(d * 0.8f, r > BLADE_MM - 1 ? end * 0.8f : r - BLADE_MM);
    }
}

static Frame propeller_frame(void)
{
    Vec3 blade = v3(sinf(STOPPED_AT), cosf(STOPPED_AT), 0);
    return plane_frame(v3(0, 0, PROPELLER_Z_MM), v3(0, 0, 1), blade);
}

static const float HUB[][2] = {
    {0, -0.62f},    {0.72f, -0.62f}, {0.78f, -0.56f}, {0.78f, -0.46f}, {0.60f, -0.42f},
    {0.60f, 0.42f}, {0.78f, 0.46f},  {0.78f, 0.54f},  {0.72f, 0.60f},  {0.44f, 0.62f},
    {0.40f, 0.70f}, {0.40f, 0.90f},  {0.32f, 0.98f},  {0, 1.0f},
};

void biplane_add_propeller(Field *field)
{
    Frame blade = propeller_frame();
    shape_add(field, shape_cylinder(shaft_at(PROPELLER_Z_MM), 0.92f, 0.44f, 0.10f),
              (Carve){.material = BIPLANE_PROPELLER});
    shape_add(field, (Part){.eval = eval_blades, .frame = blade, .lipschitz = 2.2f},
              (Carve){.blend_mm = 0.30f, .material = BIPLANE_PROPELLER});
    turn(field, HUB, COUNT_OF(HUB), 0, PROPELLER_Z_MM, (Carve){.material = BIPLANE_STEEL});
    for (int i = 0; i < 8; i++) {
        Vec3 p = around((float)i * PI_F / 4 + 0.2f, 0.60f, PROPELLER_Z_MM + 0.56f);
        Frame nut = plane_frame(p, v3(0, 0, 1), v3(0, 1, 0));
        shape_add(field, shape_cylinder(nut, 0.085f, 0.09f, 0.02f),
                  (Carve){.material = BIPLANE_BRASS});
    }
}
