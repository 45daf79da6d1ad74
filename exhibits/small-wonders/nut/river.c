// river.c: the river below the town: stairs down to it, a boat on it, and fish, where the wood
// is cut as if it were water.

#include "exhibits/small-wonders/nut/nut.h"

// Stairs hewn into the rock, from the gate down to the quay.
static void add_stairs(Field *field, float x)
{
    for (int i = 0; i < 13; i++) {
        Vec3 p = v3(x + 0.55f - 0.29f * (float)i, -12.05f - 0.27f * (float)i, 0);
        p.z = nut_crag(p) - 0.1f;
        Frame step = frame_make(v3_add(NUT_CENTRE, p), v3(0, 0, -1), v3(0, 1, 0));
        shape_add(field, shape_box(step, v3(0.34f, 0.62f, 0.14f), 0.03f),
                  (Carve){.blend_mm = 0.03f, .material = NUT_WALL});
        if (i % 3 == 0) { // posts of a handrail
            Vec3 foot = frame_to_world(&step, v3(0, -0.5f, 0));
            shape_add(field, shape_cone(foot, 0.085f, v3_add(foot, v3(0, 0.75f, 0)), 0.085f),
                      (Carve){.material = NUT_FIGURE});
        }
    }
    Frame quay = frame_make(
        nut_at(x - 3.6f, NUT_WATER + 0.05f, nut_crag(v3(x - 3.6f, NUT_WATER, 0)) + 0.1f),
        v3(0, 0, -1), v3(0, 1, 0));
    shape_add(field, shape_box(quay, v3(1.1f, 0.6f, 0.2f), 0.05f),
              (Carve){.blend_mm = 0.03f, .material = NUT_WALL});
}

static void add_boat(Field *field, float x, float z, float turn)
{
    Frame f = nut_frame(v3(x, NUT_WATER + 0.12f, z), turn + PI_F / 2);
    Carve wood = {.blend_mm = 0.05f, .material = NUT_FIGURE};
    shape_add(field, shape_ellipsoid(f, v3(0.52f, 1.75f, 0.52f)), wood);
    Frame inside = f;
    inside.origin = frame_to_world(&f, v3(0, 0, 0.42f));
    shape_add(field, shape_ellipsoid(inside, v3(0.42f, 1.5f, 0.55f)),
              (Carve){.op = PART_CUT, .blend_mm = 0.03f, .material = NUT_TIMBER});
    for (int i = -1; i <= 1; i++)
        shape_add(field,
                  shape_cone(frame_to_world(&f, v3(-0.45f, 0.75f * (float)i, 0.28f)), 0.09f,
                             frame_to_world(&f, v3(0.45f, 0.75f * (float)i, 0.28f)), 0.09f),
                  wood);
    Tube stem = {frame_to_world(&f, v3(0, 1.55f, 0.1f)),
                 frame_to_world(&f, v3(0, 1.95f, 0.4f)),
                 frame_to_world(&f, v3(0, 1.85f, 0.95f)),
                 0.14f,
                 0.12f,
                 0.12f,
                 5};
    shape_add_tube(field, &stem, wood);
    nut_add_person(field,
                   &(NutPerson){v3_sub(frame_to_world(&f, v3(0, -0.85f, 0.02f)), NUT_CENTRE),
                                1.45f, turn, true});
    nut_add_person(field,
                   &(NutPerson){v3_sub(frame_to_world(&f, v3(0, 0.45f, 0.02f)), NUT_CENTRE),
                                1.1f, turn - 1, false});
}

// The face of the water: across to the right, along up, up towards the viewer.
static Frame water_face(float x, float y)
{
    Vec3 n = nut_face_normal();
    float z = (NUT_FACE_OFFSET - 0.9f - y * n.y) / n.z;
    return frame_make(nut_at(x, y, z), v3(0, 1, 0), n);
}

static void add_fish(Field *field, float x, float y, float size, float way)
{
    Frame f = water_face(x, y);
    Carve skin = {.blend_mm = 0.05f * size, .material = NUT_FIGURE},
          cut = {.op = PART_CUT, .blend_mm = 0.02f, .material = NUT_RECESS};
    shape_add(field, shape_ellipsoid(f, v3(1.9f * size, 0.62f * size, 0.45f * size)), skin);
    for (int side = -1; side <= 1; side += 2) { // tail, fins
        float s = (float)side;
        for (int i = 0; i < 4; i++) {
            float spread = (0.25f + 0.2f * (float)i) * s;
            shape_add(
                field,
                shape_cone(frame_to_world(&f, v3(-1.7f * way * size, 0.05f * s * size, 0.05f)),
                           0.15f * size,
                           frame_to_world(&f, v3((-2.75f + 0.05f * (float)i) * way * size,
                                                 spread * size, 0.1f)),
                           0.09f * size),
                skin);
            shape_add(field,
                      shape_cone(frame_to_world(&f, v3((0.1f - 0.25f * (float)i) * way * size,
                                                       0.5f * s * size, 0.05f)),
                                 0.12f * size,
                                 frame_to_world(&f, v3((-0.35f - 0.3f * (float)i) * way * size,
                                                       0.9f * s * size, 0.08f)),
                                 0.07f * size),
                      skin);
        }
    }
    for (int row = 0; row < 9; row++) // scales: circles that overlap
        for (int i = -1; i <= 1; i++) {
            float u = (0.55f - 0.25f * (float)row) * way,
                  v = ((float)i + (row & 1 ? 0.5f : 0)) * 0.30f;
            if (fabsf(v) > 0.50f * (1 - u * u / 3.7f))
                continue;
            Frame scale = f;
            scale.origin = frame_to_world(&f, v3(u * size, v * size, 0.40f * size));
            shape_add(field, shape_ring(scale, 0.19f * size, 0.045f, 0.30f * size),
                      (Carve){.op = PART_INSET, .depth_mm = 0.06f, .material = NUT_RECESS});
        }
    shape_add(field,
              shape_ball(frame_to_world(&f, v3(1.25f * way * size, 0.14f * size, 0.30f * size)),
                         0.15f * size),
              skin);
    Tube gill = {frame_to_world(&f, v3(0.78f * way * size, 0.42f * size, 0.36f * size)),
                 frame_to_world(&f, v3(0.5f * way * size, 0, 0.5f * size)),
                 frame_to_world(&f, v3(0.78f * way * size, -0.42f * size, 0.36f * size)),
                 0.05f,
                 0.07f,
                 0.05f,
                 6};
    shape_add_tube(field, &gill, cut);
}

static void add_waves(Field *field)
{
    for (int row = 0; row < 7; row++) {
        float y = NUT_WATER - 0.25f - 0.72f * (float)row,
              half = sqrtf(fmaxf(NUT_HOLLOW * NUT_HOLLOW - 30 - y * y, 0)) - 0.4f;
        int count = (int)(2 * half / 1.5f);
        for (int i = 0; i < count; i++) {
            float a = -half + ((float)i + (row & 1 ? 0.25f : 0)) * 1.5f;
            Tube wave = {water_face(a, y).origin,
                         water_face(a + 0.75f, y + 0.75f).origin,
                         water_face(a + 1.5f, y).origin,
                         0.08f,
                         0.19f,
                         0.08f,
                         6};
            shape_add_tube(field, &wave, (Carve){.blend_mm = 0.08f, .material = NUT_SKY});
        }
    }
}

void nut_add_river(Field *field, float gate_x)
{
    add_stairs(field, gate_x);
    add_waves(field);
    add_fish(field, -4.6f, -17.2f, 0.95f, 1);
    add_fish(field, 4.1f, -17.7f, 0.8f, -1);
    add_fish(field, 9.0f, -16.6f, 0.6f, -1);
    add_boat(field, -5.6f, 5.95f, 0.12f);
}
