// boiler.c: the locomotive's boiler with what stands on it, the smokebox, the tanks.

#include "exhibits/small-wonders/locomotive/locomotive.h"

static const Vec3 AHEAD = {1, 0, 0}, ABOVE = {0, 1, 0};

static void add_barrel(Field *field)
{
    Vec3 axis = v3(0, LOCO_AXIS_MM, 0);
    loco_disc(field, v3(0.5f, axis.y, 0), AHEAD, LOCO_BOILER_MM, 9.3f, 0.1f,
              loco_of_stuff(LOCO_GREEN));
    static const float BANDS[] = {-2.2f, 1.6f, 5.3f, 8.9f};
    for (size_t i = 0; i < COUNT_OF(BANDS); i++) {
        loco_disc(field, v3(BANDS[i], axis.y, 0), AHEAD, LOCO_BOILER_MM + 0.06f, 0.20f, 0.03f,
                  loco_of_stuff(LOCO_BRASS));
        // Where the ends meet they are drawn together by a bolt.
        for (int side = -1; side <= 1; side += 2)
            loco_box(field, v3(BANDS[i], axis.y - 1.2f, (float)side * 3.02f),
                     v3(0.14f, 0.20f, 0.16f), 0.04f, loco_of_stuff(LOCO_BRASS));
    }
    // The firebox stands between the frames.
    loco_box(field, v3(-6.2f, 8.2f, 0), v3(2.7f, 3.0f, 3.2f), 0.25f, loco_of_stuff(LOCO_GREEN));
}

static const float DOOR[][2] = {
    {0, -0.5f},     {2.75f, -0.5f}, {2.75f, 0.10f}, {2.60f, 0.22f},
    {2.40f, 0.26f}, {2.30f, 0.30f}, {1.80f, 0.46f}, {1.0f, 0.62f},
    {0.45f, 0.68f}, {0.42f, 0.78f}, {0.30f, 0.84f}, {0, 0.84f},
};

static void add_smokebox(Field *field)
{
    float y = LOCO_AXIS_MM, face = 14.3f;
    loco_disc(field, v3(11.6f, y, 0), AHEAD, LOCO_BOILER_MM + 0.22f, 2.7f, 0.12f,
              loco_of_stuff(LOCO_BLACK));
    loco_turn(field, v3(face, y, 0), AHEAD, DOOR, COUNT_OF(DOOR), 2, loco_of_stuff(LOCO_BLACK));
    for (int i = 0; i < 36; i++) {
        float a = (float)i * 2 * PI_F / 36, r = LOCO_BOILER_MM - 0.05f;
        Vec3 p = loco_at(face + 0.02f, y + r * cosf(a), r * sinf(a));
        shape_add(field, shape_ball(p, 0.085f), loco_of_stuff(LOCO_BLACK));
        for (int row = 0; row < 2; row++) {
            float x = row ? 13.9f : 9.25f, q = LOCO_BOILER_MM + 0.22f;
            shape_add(field, shape_ball(loco_at(x, y + q * cosf(a), q * sinf(a)), 0.075f),
                      loco_of_stuff(LOCO_BLACK));
        }
    }
    // Hinges, and the handles that lock the door.
    for (int i = -1; i <= 1; i += 2)
        loco_box(field, v3(face + 0.42f, y + 0.85f * (float)i, -1.1f), v3(0.12f, 0.16f, 1.75f),
                 0.06f, loco_of_stuff(LOCO_BLACK));
    loco_rod(field, v3(face + 0.45f, y - 1.35f, -2.78f), v3(face + 0.45f, y + 1.35f, -2.78f),
             0.15f, loco_of_stuff(LOCO_BLACK));
    loco_rod(field, v3(face + 0.9f, y, 0), v3(face + 0.98f, y + 0.95f, 0.45f), 0.085f,
             loco_of_stuff(LOCO_STEEL));
    loco_rod(field, v3(face + 0.8f, y, 0), v3(face + 0.86f, y - 0.75f, -0.7f), 0.085f,
             loco_of_stuff(LOCO_STEEL));
    // The saddle it rests on.
    loco_box(field, v3(11.8f, 6.4f, 0), v3(2.1f, 1.9f, 2.1f), 0.15f,
             (Carve){.blend_mm = 0.5f, .material = LOCO_BLACK});
}

static const float CHIMNEY[][2] = {
    {0, -0.8f},     {1.95f, -0.8f}, {1.90f, -0.30f}, {1.55f, 0.05f}, {1.22f, 0.45f},
    {1.08f, 0.95f}, {1.02f, 1.6f},  {1.06f, 3.6f},   {1.12f, 4.4f},  {1.22f, 4.5f},
    {1.34f, 4.7f},  {1.36f, 4.95f}, {1.24f, 5.15f},  {1.10f, 5.22f}, {0.86f, 5.22f},
    {0.80f, 5.05f}, {0.78f, 1.5f},  {0, 1.5f},
};
static const float DOME[][2] = {
    {0, -0.7f},     {1.85f, -0.7f}, {1.82f, -0.25f}, {1.60f, 0.06f},
    {1.40f, 0.40f}, {1.34f, 0.90f}, {1.34f, 1.55f},  {1.24f, 2.05f},
    {0.95f, 2.50f}, {0.50f, 2.78f}, {0, 2.86f},
};
static const float SAND[][2] = {
    {0, -0.7f},     {1.45f, -0.7f}, {1.42f, -0.28f}, {1.24f, 0.02f}, {1.12f, 0.30f},
    {1.10f, 1.30f}, {1.20f, 1.36f}, {1.20f, 1.52f},  {1.0f, 1.66f},  {0.5f, 1.86f},
    {0.28f, 1.92f}, {0.26f, 2.1f},  {0.18f, 2.2f},   {0, 2.22f},
};
static const float VALVE[][2] = {
    {0, -0.5f},    {0.66f, -0.5f}, {0.66f, 0.05f}, {0.46f, 0.22f}, {0.34f, 0.5f}, {0.30f, 1.2f},
    {0.42f, 1.3f}, {0.42f, 1.5f},  {0.26f, 1.62f}, {0.14f, 1.9f},  {0, 1.92f},
};
static const float WHISTLE[][2] = {
    {0, -0.4f},     {0.16f, -0.4f}, {0.16f, 0.5f},  {0.34f, 0.58f},
    {0.34f, 0.78f}, {0.22f, 0.84f}, {0.30f, 0.90f}, {0.30f, 1.62f},
    {0.10f, 1.72f}, {0.08f, 1.86f}, {0, 1.88f},
};

static void add_mountings(Field *field)
{
    float top = LOCO_AXIS_MM + LOCO_BOILER_MM;
    loco_turn(field, v3(11.7f, top + 0.2f, 0), ABOVE, CHIMNEY, COUNT_OF(CHIMNEY), 3,
              (Carve){.blend_mm = 0.05f, .material = LOCO_BLACK});
    loco_disc(field, v3(11.7f, top + 5.08f, 0), ABOVE, 1.39f, 0.24f, 0.1f,
              loco_of_stuff(LOCO_COPPER));
    loco_disc(field, v3(11.7f, top + 4.6f, 0), ABOVE, 0.80f, 1.6f, 0,
              (Carve){.op = PART_CUT, .material = LOCO_BLACK});
    loco_turn(field, v3(3.4f, top, 0), ABOVE, DOME, COUNT_OF(DOME), 3,
              loco_of_stuff(LOCO_BRASS));
    loco_turn(field, v3(7.1f, top, 0), ABOVE, SAND, COUNT_OF(SAND), 2,
              loco_of_stuff(LOCO_GREEN));
    for (int side = -1; side <= 1; side += 2)
        loco_turn(field, v3(-4.4f, top, (float)side * 0.52f), ABOVE, VALVE, COUNT_OF(VALVE), 2,
                  loco_of_stuff(LOCO_BRASS));
    loco_turn(field, v3(-6.6f, top, 1.0f), ABOVE, WHISTLE, COUNT_OF(WHISTLE), 0,
              loco_of_stuff(LOCO_BRASS));
    // A clack valve on either side, fed by a pipe.
    for (int side = -1; side <= 1; side += 2) {
        float z = 3.1f * (float)side;
        loco_disc(field, v3(6.9f, LOCO_AXIS_MM + 0.9f, z), v3(0, 0, 1), 0.34f, 0.45f, 0.06f,
                  loco_of_stuff(LOCO_BRASS));
        loco_rod(field, v3(6.9f, LOCO_AXIS_MM + 0.9f, z * 1.08f), v3(6.9f, 5.3f, z * 1.10f),
                 0.14f, loco_of_stuff(LOCO_COPPER));
    }
    // The lamp before the chimney.
    loco_box(field, v3(14.1f, 14.75f, 0), v3(0.62f, 0.72f, 0.66f), 0.12f,
             loco_of_stuff(LOCO_BLACK));
    loco_box(field, v3(13.9f, 14.0f, 0), v3(0.35f, 0.4f, 0.35f), 0.05f,
             loco_of_stuff(LOCO_BLACK));
    loco_disc(field, v3(14.72f, 14.75f, 0), AHEAD, 0.52f, 0.14f, 0.04f,
              loco_of_stuff(LOCO_BRASS));
    shape_add(field, shape_ball(loco_at(14.52f, 14.75f, 0), 0.44f), loco_of_stuff(LOCO_GLASS));
    loco_disc(field, v3(14.1f, 15.6f, 0), ABOVE, 0.30f, 0.20f, 0.05f,
              loco_of_stuff(LOCO_BLACK));
}

static void rivet_frame(Field *field, float x0, float x1, float y0, float y1, float z)
{
    const float in = 0.22f, apart = 0.56f, radius = 0.082f;
    loco_rivets(field, v3(x0 + in, y0 + in, z), v3(x1 - in, y0 + in, z), apart, radius,
                LOCO_GREEN);
    loco_rivets(field, v3(x0 + in, y1 - in, z), v3(x1 - in, y1 - in, z), apart, radius,
                LOCO_GREEN);
    loco_rivets(field, v3(x0 + in, y0 + in, z), v3(x0 + in, y1 - in, z), apart, radius,
                LOCO_GREEN);
    loco_rivets(field, v3(x1 - in, y0 + in, z), v3(x1 - in, y1 - in, z), apart, radius,
                LOCO_GREEN);
}

static void add_tanks(Field *field)
{
    float x0 = LOCO_TANK_BACK_MM, x1 = LOCO_TANK_FRONT_MM;
    float y0 = LOCO_TANK_LOW_MM - 0.3f, y1 = LOCO_TANK_HIGH_MM;
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side, z = s * (LOCO_SIDE_MM + 3.2f) * 0.5f;
        loco_box(field, v3((x0 + x1) * 0.5f, (y0 + y1) * 0.5f, z),
                 v3((x1 - x0) * 0.5f, (y1 - y0) * 0.5f, (LOCO_SIDE_MM - 3.2f) * 0.5f), 0.18f,
                 (Carve){.material = LOCO_GREEN, .tag = LOCO_TANK});
        rivet_frame(field, x0, x1, LOCO_TANK_LOW_MM, y1, s * (LOCO_SIDE_MM - 0.02f));
        // Filler, step, vent.
        loco_disc(field, v3(x1 - 1.6f, y1 + 0.2f, s * 4.7f), ABOVE, 0.62f, 0.35f, 0.08f,
                  loco_of_stuff(LOCO_BRASS));
        loco_disc(field, v3(x1 - 1.6f, y1 + 0.6f, s * 4.7f), ABOVE, 0.22f, 0.14f, 0.05f,
                  loco_of_stuff(LOCO_BRASS));
        loco_rod(field, v3(x0 + 2.0f, y1, s * 4.9f), v3(x0 + 2.0f, y1 + 0.9f, s * 4.9f), 0.12f,
                 loco_of_stuff(LOCO_STEEL));
    }
}

void loco_add_boiler(Field *field)
{
    add_barrel(field);
    add_smokebox(field);
    add_mountings(field);
    add_tanks(field);
}
