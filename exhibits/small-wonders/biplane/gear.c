// gear.c: what holds the biplane's wings apart, and what it stands on.

#include "exhibits/small-wonders/biplane/biplane.h"

// A strut of streamlined section, its frame's up forward; thick in the middle.
static void eval_strut(const Part *part, const FieldPoints *at, float *restrict values)
{
    float half = part->size[0], a = part->size[1], b = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float t = clamp_f(p.y / half, -1, 1), slim = 1 - 0.42f * t * t * t * t;
        float ra = 1 / (a * slim), rb = 1 / (b * slim);
        float x = p.x * ra, z = p.z * rb, k0 = sqrtf(x * x + z * z);
        x *= ra, z *= rb;
        float k1 = sqrtf(x * x + z * z);
        float d = k0 > 1 ? k0 * (k0 - 1) / k1 : (k0 - 1) * a * slim;
        values[i] = fmaxf(d, fabsf(p.y) - half);
    }
}

static void add_strut(Field *field, Vec3 from, Vec3 to, float thick, float deep,
                      BiplaneMaterial material)
{
    Vec3 way = v3_sub(to, from), line = v3_unit(way);
    Vec3 ahead = v3_mad(v3(0, 0, 1), line, -line.z);
    Frame frame = plane_frame(v3_lerp(from, to, 0.5f), way, ahead);
    shape_add(field,
              (Part){.eval = eval_strut,
                     .frame = frame,
                     .size = {v3_length(way) * 0.5f, thick, deep},
                     .lipschitz = 2.3f},
              (Carve){.blend_mm = 0.05f, .material = (uint8_t)material});
    if (material != BIPLANE_ASH)
        return;
    // Steel sockets at both ends.
    for (int end = 0; end < 2; end++) {
        Vec3 at = v3_lerp(from, to, end ? 0.955f : 0.045f);
        Frame foot = plane_frame(at, way, ahead);
        shape_add(field, shape_box(foot, v3(thick * 0.85f, 0.22f, deep * 0.8f), 0.06f),
                  (Carve){.blend_mm = 0.04f, .material = BIPLANE_STEEL});
    }
}

static void add_wing_struts(Field *field, float side)
{
    static const float BEHIND[2] = {1.2f, 5.9f};
    for (int i = 0; i < 2; i++) {
        Vec3 low = biplane_lower_at(side * 18.45f, BEHIND[i]);
        Vec3 high = biplane_upper_at(side * 18.45f, BEHIND[i] + (i ? 0.5f : 0.2f));
        add_strut(field, low, high, 0.19f, 0.44f, BIPLANE_ASH);
        // Between fuselage and upper wing.
        float z = i ? 2.6f : 7.4f;
        Vec3 foot = v3(side * 2.05f, i ? 2.0f : 2.55f, z);
        Vec3 top = biplane_upper_at(side * 2.9f, BEHIND[i] + (i ? 0.5f : 0.2f));
        add_strut(field, foot, top, 0.17f, 0.38f, BIPLANE_ASH);
    }
}

static const float RIM[][2] = {
    {WHEEL_MM - 0.62f, -0.20f}, {WHEEL_MM - 0.40f, -0.26f}, {WHEEL_MM - 0.30f, -0.16f},
    {WHEEL_MM - 0.30f, 0.16f},  {WHEEL_MM - 0.40f, 0.26f},  {WHEEL_MM - 0.62f, 0.20f},
    {WHEEL_MM - 0.56f, 0.0f},   {WHEEL_MM - 0.62f, -0.20f},
};

static void add_wheel(Field *field, float side)
{
    Vec3 middle = v3(side * GEAR_X_MM, GEAR_Y_MM, GEAR_Z_MM);
    Frame axle = plane_frame(middle, v3(side, 0, 0), v3(0, 1, 0));
    Frame flat = plane_frame(middle, v3(0, 0, 1), v3(side, 0, 0)); // up along the axle
    shape_add(field, shape_ring(flat, WHEEL_MM - 0.36f, 0.36f, 0.36f),
              (Carve){.material = BIPLANE_RUBBER});
    Turning rim = {RIM, COUNT_OF(RIM), 0};
    shape_add(field, shape_turning(&rim, axle, field->arena),
              (Carve){.blend_mm = 0.02f, .material = BIPLANE_ENAMEL});
    static const float HUB[][2] = {
        {0, -0.62f},     {0.28f, -0.62f}, {0.28f, -0.50f}, {0.42f, -0.46f}, {0.42f, -0.38f},
        {0.24f, -0.32f}, {0.24f, 0.32f},  {0.42f, 0.38f},  {0.42f, 0.46f},  {0.28f, 0.50f},
        {0.28f, 0.66f},  {0.20f, 0.72f},  {0, 0.72f}};
    Turning hub = {HUB, COUNT_OF(HUB), 0};
    shape_add(field, shape_turning(&hub, axle, field->arena),
              (Carve){.material = BIPLANE_STEEL});
    // The valve.
    Vec3 valve = v3(middle.x, middle.y + 1.55f, middle.z + 0.55f);
    Vec3 tip = v3(middle.x, middle.y + 1.30f, middle.z + 0.46f);
    shape_add(field,
              shape_cone(plane_at(valve.x, valve.y, valve.z), 0.06f,
                         plane_at(tip.x, tip.y, tip.z), 0.05f),
              (Carve){.material = BIPLANE_BRASS});
}

static void add_legs(Field *field, float side)
{
    Vec3 foot = v3(side * 4.0f, GEAR_Y_MM - 0.12f, GEAR_Z_MM);
    add_strut(field, v3(side * 2.2f, -2.9f, 8.3f), v3(foot.x, foot.y, foot.z + 0.1f), 0.17f,
              0.36f, BIPLANE_ASH);
    add_strut(field, v3(side * 2.1f, -2.9f, 2.6f), v3(foot.x, foot.y, foot.z - 0.1f), 0.17f,
              0.36f, BIPLANE_ASH);
    // Rubber cord around the axle, turn by turn.
    for (int i = 0; i < 6; i++) {
        Frame ring =
            plane_frame(v3(foot.x + side * (-0.36f + 0.14f * (float)i), foot.y + 0.12f, foot.z),
                        v3(0, 1, 0), v3(1, 0, 0));
        shape_add(field, shape_ring(ring, 0.32f, 0.085f, 0.085f),
                  (Carve){.blend_mm = 0.02f, .material = BIPLANE_LEATHER});
    }
}

void biplane_add_gear(Field *field)
{
    for (int side = -1; side <= 1; side += 2) {
        add_wing_struts(field, (float)side);
        add_legs(field, (float)side);
        add_wheel(field, (float)side);
    }
    Vec3 a = plane_at(-GEAR_X_MM - 0.6f, GEAR_Y_MM, GEAR_Z_MM);
    Vec3 b = plane_at(GEAR_X_MM + 0.6f, GEAR_Y_MM, GEAR_Z_MM);
    shape_add(field, shape_cone(a, 0.16f, b, 0.16f), (Carve){.material = BIPLANE_STEEL});
    add_strut(field, v3(-4.0f, GEAR_Y_MM + 0.35f, GEAR_Z_MM - 0.3f),
              v3(4.0f, GEAR_Y_MM + 0.35f, GEAR_Z_MM - 0.3f), 0.14f, 0.36f, BIPLANE_STEEL);
    // The skid, shod with steel, on its post.
    Tube skid = {plane_at(0, 0.0f, -17.6f),
                 plane_at(0, -2.0f, -19.4f),
                 plane_at(0, -3.06f, -21.6f),
                 0.22f,
                 0.24f,
                 0.16f,
                 8};
    shape_add_tube(field, &skid, (Carve){.material = BIPLANE_ASH});
    shape_add(
        field,
        shape_cone(plane_at(0, -2.72f, -20.85f), 0.22f, plane_at(0, -3.08f, -21.7f), 0.19f),
        (Carve){.blend_mm = 0.03f, .material = BIPLANE_STEEL});
    shape_add(field,
              shape_cone(plane_at(0, -0.7f, -20.3f), 0.13f, plane_at(0, -2.1f, -20.2f), 0.11f),
              (Carve){.blend_mm = 0.05f, .material = BIPLANE_STEEL});
}
