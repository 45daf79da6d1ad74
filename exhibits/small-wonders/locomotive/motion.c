// motion.c: what carries and drives the locomotive: frames, wheels, cylinders, Walschaerts'
// gear.

#include "exhibits/small-wonders/locomotive/locomotive.h"

static const float AXLES[3] = {7.6f, 1.3f, -5.0f};
#define CRANK_MM 1.05f
#define CYLINDER_X_MM 14.6f
#define CYLINDER_Y_MM 2.75f
#define CYLINDER_Z_MM 4.75f
enum { SPOKES = 10 };

// The cranks of the two sides stand a quarter of a turn apart.
static float crank_angle(float side)
{
    return side > 0 ? -0.65f : -0.65f + PI_F / 2;
}

static Vec3 crank_pin(int axle, float side, float z)
{
    float a = crank_angle(side);
    return v3(AXLES[axle] + CRANK_MM * cosf(a), LOCO_WHEEL_MM + CRANK_MM * sinf(a), side * z);
}

static const float TYRE[][2] = {
    {1.92f, -0.34f}, {2.72f, -0.34f}, {2.78f, -0.26f}, {2.72f, -0.14f},
    {2.50f, -0.06f}, {2.45f, 0.06f},  {2.42f, 0.38f},  {2.36f, 0.42f},
    {2.10f, 0.42f},  {2.06f, 0.34f},  {1.92f, 0.30f},  {1.92f, -0.34f},
};

static void add_wheel(Field *field, int axle, float side)
{
    Vec3 middle = v3(AXLES[axle], LOCO_WHEEL_MM, side * 2.32f);
    loco_turn(field, middle, v3(0, 0, side), TYRE, COUNT_OF(TYRE), 0, loco_of_stuff(LOCO_RED));
    loco_disc(field, middle, v3(0, 0, 1), 0.62f, 0.58f, 0.08f, loco_of_stuff(LOCO_RED));
    loco_disc(field, v3(middle.x, middle.y, side * 2.95f), v3(0, 0, 1), 0.36f, 0.12f, 0.04f,
              loco_of_stuff(LOCO_STEEL));
    float turn = crank_angle(side);
    for (int i = 0; i < SPOKES; i++) {
        float a = turn + ((float)i + 0.5f) * 2 * PI_F / SPOKES;
        Vec3 way = v3(cosf(a), sinf(a), 0);
        Vec3 in = v3_mad(middle, way, 0.45f), out = v3_mad(middle, way, 2.0f);
        shape_add(
            field,
            shape_cone(loco_at(in.x, in.y, in.z), 0.20f, loco_at(out.x, out.y, out.z), 0.13f),
            (Carve){.blend_mm = 0.12f, .material = LOCO_RED});
    }
    // The boss of the crank, and the weight against it.
    Vec3 pin = crank_pin(axle, side, 2.62f);
    loco_disc(field, pin, v3(0, 0, 1), 0.42f, 0.36f, 0.06f,
              (Carve){.blend_mm = 0.15f, .material = LOCO_RED});
    for (int i = -3; i <= 3; i++) {
        float a = turn + PI_F + 0.17f * (float)i;
        loco_disc(field, v3(middle.x + 1.62f * cosf(a), middle.y + 1.62f * sinf(a), middle.z),
                  v3(0, 0, 1), 0.42f, 0.30f, 0.05f,
                  (Carve){.blend_mm = 0.10f, .material = LOCO_RED});
    }
    loco_rod(field, v3(pin.x, pin.y, side * 2.7f),
             v3(pin.x, pin.y, side * (axle == 1 ? 4.6f : 3.85f)), 0.22f,
             loco_of_stuff(LOCO_STEEL));
}

// A rod between two pins: a blade, fluted, with an eye at either end.
static void add_link(Field *field, Vec3 from, Vec3 to, float high, float eye)
{
    Vec3 way = v3_sub(to, from), middle = v3_lerp(from, to, 0.5f);
    Frame frame = frame_make(loco_at(middle.x, middle.y, middle.z), way, v3(0, 0, 1));
    float half = v3_length(way) * 0.5f, side = middle.z > 0 ? 1.0f : -1.0f;
    shape_add(field, shape_box(frame, v3(high, half, 0.15f), 0.04f), loco_of_stuff(LOCO_STEEL));
    if (high > 0.2f && half > 1.5f) {
        Frame flute = frame;
        flute.origin = v3_mad(frame.origin, frame.up, 0.17f * side);
        shape_add(field, shape_box(flute, v3(high - 0.13f, half - eye - 0.25f, 0.08f), 0.05f),
                  (Carve){.op = PART_CUT, .material = LOCO_STEEL});
    }
    for (int end = 0; end < 2; end++) {
        Vec3 p = end ? to : from;
        loco_disc(field, p, v3(0, 0, 1), eye, 0.20f, 0.05f,
                  (Carve){.blend_mm = 0.12f, .material = LOCO_STEEL});
        loco_disc(field, v3(p.x, p.y, p.z + 0.22f * side), v3(0, 0, 1), eye * 0.55f, 0.07f,
                  0.03f, loco_of_stuff(LOCO_BRASS));
        // An oil cup stands on it.
        loco_rod(field, v3(p.x, p.y + eye * 0.8f, p.z), v3(p.x, p.y + eye + 0.16f, p.z), 0.09f,
                 loco_of_stuff(LOCO_BRASS));
    }
}

static void add_cylinder(Field *field, float side)
{
    float z = side * CYLINDER_Z_MM;
    Vec3 ahead = v3(1, 0, 0);
    loco_disc(field, v3(CYLINDER_X_MM, CYLINDER_Y_MM, z), ahead, 1.42f, 2.1f, 0.08f,
              loco_of_stuff(LOCO_GREEN));
    loco_disc(field, v3(CYLINDER_X_MM, CYLINDER_Y_MM + 2.0f, z - side * 0.25f), ahead, 0.92f,
              2.2f, 0.08f, loco_of_stuff(LOCO_GREEN));
    loco_box(field, v3(CYLINDER_X_MM, CYLINDER_Y_MM + 1.1f, z - side * 0.9f),
             v3(1.9f, 1.6f, 0.8f), 0.1f, (Carve){.blend_mm = 0.2f, .material = LOCO_GREEN});
    for (int end = -1; end <= 1; end += 2) {
        float x = CYLINDER_X_MM + 2.15f * (float)end;
        loco_disc(field, v3(x, CYLINDER_Y_MM, z), ahead, 1.52f, 0.16f, 0.05f,
                  loco_of_stuff(LOCO_STEEL));
        loco_disc(field, v3(x + 0.1f * (float)end, CYLINDER_Y_MM + 2.0f, z - side * 0.25f),
                  ahead, 1.0f, 0.14f, 0.05f, loco_of_stuff(LOCO_STEEL));
        for (int i = 0; i < 10; i++) {
            float a = (float)i * PI_F / 5;
            shape_add(field,
                      shape_ball(loco_at(x + 0.17f * (float)end,
                                         CYLINDER_Y_MM + 1.25f * cosf(a), z + 1.25f * sinf(a)),
                                 0.10f),
                      loco_of_stuff(LOCO_STEEL));
        }
    }
    for (int i = -1; i <= 1; i++)
        loco_disc(field, v3(CYLINDER_X_MM + 1.3f * (float)i, CYLINDER_Y_MM, z), ahead, 1.46f,
                  0.10f, 0.02f, loco_of_stuff(LOCO_BRASS));
}

// Crosshead, connecting rod, and the gear that works the valve.
static void add_gear(Field *field, float side)
{
    float z = side * CYLINDER_Z_MM, x = 9.4f + CRANK_MM * cosf(crank_angle(side));
    Vec3 head = v3(x, CYLINDER_Y_MM, z), pin = crank_pin(1, side, 4.35f);
    loco_rod(field, v3(CYLINDER_X_MM, CYLINDER_Y_MM, z), head, 0.17f,
             loco_of_stuff(LOCO_STEEL));
    for (int bar = -1; bar <= 1; bar += 2)
        loco_box(field, v3(9.9f, CYLINDER_Y_MM + 0.62f * (float)bar, z), v3(2.9f, 0.13f, 0.26f),
                 0.04f, loco_of_stuff(LOCO_STEEL));
    loco_box(field, head, v3(0.62f, 0.58f, 0.22f), 0.06f, loco_of_stuff(LOCO_STEEL));
    // The bracket that carries the bars.
    loco_box(field, v3(7.1f, 3.9f, z * 0.86f), v3(0.22f, 1.5f, 0.9f), 0.06f,
             loco_of_stuff(LOCO_IRON));
    add_link(field, v3(head.x, head.y, pin.z), pin, 0.26f, 0.46f);
    loco_rod(field, head, v3(head.x, head.y, pin.z), 0.20f, loco_of_stuff(LOCO_STEEL));
    // Return crank, eccentric rod, expansion link.
    float a = crank_angle(side) + 1.9f;
    Vec3 back = v3(AXLES[1] + 0.55f * cosf(a), LOCO_WHEEL_MM + 0.55f * sinf(a), side * 4.95f);
    Vec3 foot = v3(pin.x, pin.y, side * 4.75f), link = v3(6.0f, 4.35f, side * 4.95f);
    loco_rod(field, v3(pin.x, pin.y, side * 4.4f), foot, 0.24f, loco_of_stuff(LOCO_STEEL));
    add_link(field, v3(foot.x, foot.y, side * 4.85f), v3(back.x, back.y, side * 4.85f), 0.22f,
             0.30f);
    Vec3 tail = v3(link.x - 0.1f, link.y - 1.15f, side * 5.1f);
    add_link(field, v3(back.x, back.y, side * 5.1f), tail, 0.15f, 0.27f);
    Tube curve = {loco_at(link.x - 0.05f, link.y - 1.2f, link.z),
                  loco_at(link.x + 0.28f, link.y, link.z),
                  loco_at(link.x - 0.05f, link.y + 1.0f, link.z),
                  0.26f,
                  0.30f,
                  0.24f,
                  8};
    shape_add_tube(field, &curve, loco_of_stuff(LOCO_STEEL));
    loco_rod(field, v3(link.x + 0.1f, link.y, side * 3.2f),
             v3(link.x + 0.1f, link.y, side * 5.3f), 0.22f, loco_of_stuff(LOCO_STEEL));
    loco_box(field, v3(link.x + 0.1f, 4.6f, side * 4.2f), v3(0.5f, 0.85f, 0.18f), 0.08f,
             loco_of_stuff(LOCO_IRON));
    // Radius rod, combination lever, union link, valve spindle.
    float valve_y = CYLINDER_Y_MM + 2.0f, lever_x = x + 1.15f;
    Vec3 top = v3(lever_x, valve_y + 0.25f, side * 4.95f);
    add_link(field, v3(link.x + 0.15f, link.y + 0.45f, side * 4.95f), top, 0.13f, 0.24f);
    Vec3 low = v3(lever_x + 0.12f, CYLINDER_Y_MM - 1.25f, side * 5.15f);
    add_link(field, v3(top.x, top.y, side * 5.15f), low, 0.13f, 0.23f);
    add_link(field, v3(head.x - 0.2f, CYLINDER_Y_MM - 1.2f, side * 5.15f), low, 0.11f, 0.21f);
    loco_rod(field, v3(head.x - 0.2f, CYLINDER_Y_MM - 1.2f, side * 5.0f),
             v3(head.x - 0.2f, CYLINDER_Y_MM, z), 0.17f, loco_of_stuff(LOCO_STEEL));
    loco_rod(field, v3(lever_x, valve_y, side * 4.5f), v3(CYLINDER_X_MM, valve_y, side * 4.5f),
             0.13f, loco_of_stuff(LOCO_STEEL));
    loco_rod(field, v3(lever_x, valve_y, side * 4.5f), v3(lever_x, valve_y + 0.1f, side * 5.1f),
             0.15f, loco_of_stuff(LOCO_STEEL));
}

static void add_frames(Field *field)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        loco_box(field, v3(-0.6f, 3.3f, s * 1.72f), v3(20.2f, 1.5f, 0.16f), 0.05f,
                 loco_of_stuff(LOCO_IRON));
        // The footplate with its valance.
        loco_box(field, v3(-0.7f, 5.25f, s * 4.0f), v3(20.2f, 0.13f, 2.0f), 0.04f,
                 loco_of_stuff(LOCO_BLACK));
        loco_box(field, v3(-0.7f, 5.10f, s * 5.9f), v3(20.2f, 0.24f, 0.12f), 0.04f,
                 loco_of_stuff(LOCO_RED));
        // Steps to the cab.
        for (int i = 0; i < 2; i++)
            loco_box(field, v3(-14.7f, 3.9f - 1.6f * (float)i, s * 5.7f),
                     v3(0.85f, 0.10f, 0.42f), 0.04f, loco_of_stuff(LOCO_BLACK));
        for (int i = -1; i <= 1; i += 2)
            loco_box(field, v3(-14.7f + 0.8f * (float)i, 3.75f, s * 5.45f),
                     v3(0.09f, 1.62f, 0.14f), 0.03f, loco_of_stuff(LOCO_BLACK));
        // Guard irons before the wheels; brakes behind them.
        loco_box(field, v3(18.2f, 1.7f, s * 2.45f), v3(0.14f, 1.35f, 0.22f), 0.05f,
                 loco_of_stuff(LOCO_IRON));
        loco_box(field, v3(18.2f, 2.9f, s * 2.1f), v3(0.14f, 0.3f, 0.5f), 0.05f,
                 loco_of_stuff(LOCO_IRON));
        for (int i = 0; i < 3; i++) {
            float x = AXLES[i] - 2.85f;
            loco_box(field, v3(x - 0.1f, 2.6f, s * 2.4f), v3(0.17f, 0.85f, 0.30f), 0.08f,
                     loco_of_stuff(LOCO_IRON));
            loco_box(field, v3(x - 0.2f, 4.0f, s * 2.3f), v3(0.10f, 1.4f, 0.12f), 0.03f,
                     loco_of_stuff(LOCO_IRON));
            loco_rod(field, v3(x - 0.2f, 4.6f, s * 1.6f), v3(x - 0.2f, 4.6f, s * 2.4f), 0.16f,
                     loco_of_stuff(LOCO_IRON));
        }
        add_cylinder(field, s);
        add_gear(field, s);
        for (int i = 0; i < 3; i++)
            add_wheel(field, i, s);
        for (int i = 0; i < 2; i++)
            add_link(field, crank_pin(i, s, 3.55f), crank_pin(i + 1, s, 3.55f), 0.25f, 0.42f);
    }
    for (int i = 0; i < 3; i++)
        loco_rod(field, v3(AXLES[i], LOCO_WHEEL_MM, -2.8f), v3(AXLES[i], LOCO_WHEEL_MM, 2.8f),
                 0.40f, loco_of_stuff(LOCO_IRON));
    loco_box(field, v3(0, 4.6f, 0), v3(19.6f, 0.3f, 1.8f), 0.1f, loco_of_stuff(LOCO_IRON));
    loco_box(field, v3(12.5f, 4.2f, 0), v3(1.8f, 1.0f, 4.2f), 0.1f, loco_of_stuff(LOCO_IRON));
}

static const float BUFFER[][2] = {
    {0, -1.2f},     {0.85f, -1.2f}, {0.85f, -1.05f}, {0.55f, -0.95f},
    {0.42f, -0.2f}, {0.34f, -0.1f}, {0.34f, 0.5f},   {0.95f, 0.58f},
    {1.10f, 0.66f}, {1.12f, 0.78f}, {0.8f, 0.90f},   {0, 0.98f},
};

static void add_ends(Field *field)
{
    for (int end = -1; end <= 1; end += 2) {
        float e = (float)end, x = end > 0 ? 19.6f : -21.0f;
        loco_box(field, v3(x, 4.5f, 0), v3(0.22f, 1.05f, 5.9f), 0.05f, loco_of_stuff(LOCO_RED));
        loco_turn(field, v3(x + e * 1.3f, 4.5f, 0), v3(e, 0, 0), BUFFER, COUNT_OF(BUFFER), 0,
                  loco_of_stuff(LOCO_STEEL));
        loco_rivets(field, v3(x + e * 0.21f, 5.3f, -5.6f), v3(x + e * 0.21f, 5.3f, 5.6f), 0.62f,
                    0.085f, LOCO_RED);
        loco_rivets(field, v3(x + e * 0.21f, 3.65f, -5.6f), v3(x + e * 0.21f, 3.65f, 5.6f),
                    0.62f, 0.085f, LOCO_RED);
        for (int side = -1; side <= 1; side += 2) {
            float z = (float)side * 2.3f;
            // A hook on either side of the buffer, and a lamp above it.
            loco_rod(field, v3(x, 4.1f, z * 0.8f), v3(x + e * 0.8f, 4.1f, z * 0.8f), 0.17f,
                     loco_of_stuff(LOCO_STEEL));
            loco_rod(field, v3(x + e * 0.8f, 4.1f, z * 0.8f), v3(x + e * 0.95f, 4.6f, z * 0.8f),
                     0.15f, loco_of_stuff(LOCO_STEEL));
            Vec3 lamp = v3(x - e * 0.1f, 6.1f, (float)side * 4.7f);
            loco_box(field, lamp, v3(0.45f, 0.62f, 0.48f), 0.1f, loco_of_stuff(LOCO_BLACK));
            loco_box(field, v3(lamp.x, 5.4f, lamp.z), v3(0.2f, 0.35f, 0.2f), 0.05f,
                     loco_of_stuff(LOCO_BLACK));
            loco_disc(field, v3(lamp.x + e * 0.45f, lamp.y, lamp.z), v3(1, 0, 0), 0.38f, 0.10f,
                      0.03f, loco_of_stuff(LOCO_BRASS));
            shape_add(field, shape_ball(loco_at(lamp.x + e * 0.32f, lamp.y, lamp.z), 0.32f),
                      loco_of_stuff(LOCO_GLASS));
        }
    }
}

void loco_add_motion(Field *field)
{
    add_frames(field);
    add_ends(field);
}
