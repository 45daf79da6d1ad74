// track.c: what the locomotive stands on, every thin pipe and rail, and who is on the line.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/locomotive/locomotive.h"

#define GAUGE_Z_MM 2.48f // of a rail's middle
enum { SLEEPERS = 14 };

// Half of a flat-bottomed rail and back: z and y.
static const float RAIL[][2] = {
    {-0.24f, 0.0f},   {0.24f, 0.0f},    {0.26f, -0.06f},  {0.25f, -0.24f},  {0.10f, -0.32f},
    {0.08f, -0.66f},  {0.42f, -0.76f},  {0.42f, -0.86f},  {-0.42f, -0.86f}, {-0.42f, -0.76f},
    {-0.08f, -0.66f}, {-0.10f, -0.32f}, {-0.25f, -0.24f}, {-0.26f, -0.06f},
};

static void add_rails(Field *field)
{
    Outline outline = outline_make(RAIL, COUNT_OF(RAIL), 0, field->arena);
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side * GAUGE_Z_MM;
        Frame frame = {loco_at(0, 0.04f, z), {0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
        shape_add(field, shape_plate(&outline, frame, 27.4f, 0.03f, field->arena),
                  loco_of_stuff(LOCO_RAIL));
        // Fishplates where two lengths meet.
        for (int face = -1; face <= 1; face += 2) {
            loco_box(field, v3(22.6f, -0.46f, z + 0.17f * (float)face), v3(1.2f, 0.17f, 0.09f),
                     0.03f, loco_of_stuff(LOCO_RAIL));
            for (int i = 0; i < 4; i++)
                loco_disc(field, v3(21.75f + 0.56f * (float)i, -0.46f, z + 0.27f * (float)face),
                          v3(0, 0, 1), 0.12f, 0.05f, 0.02f, loco_of_stuff(LOCO_RAIL));
        }
    }
}

static void add_sleepers(Field *field)
{
    for (int i = 0; i < SLEEPERS; i++) {
        float x = -25.4f + 3.9f * (float)i, lean = 0.06f * sinf((float)i * 2.3f);
        Frame frame = frame_make(loco_at(x, -1.32f, 0.15f * sinf((float)i * 1.7f)),
                                 v3(lean, 0, 1), v3(0, 1, 0));
        shape_add(field, shape_box(frame, v3(0.62f, 5.3f, 0.52f), 0.08f),
                  (Carve){.material = LOCO_SLEEPER, .tag = (uint16_t)i});
        for (int side = -1; side <= 1; side += 2)
            for (int edge = -1; edge <= 1; edge += 2) {
                float z = (float)side * GAUGE_Z_MM + 0.48f * (float)edge;
                loco_box(field, v3(x + 0.25f * (float)edge, -0.76f, z), v3(0.13f, 0.10f, 0.15f),
                         0.05f, loco_of_stuff(LOCO_RAIL));
            }
    }
}

// It has come as far as this, and is not afraid.
static void add_snail(Field *field)
{
    const float x = 24.6f, y = 0.04f, z = GAUGE_Z_MM;
    Carve foot = {.blend_mm = 0.06f, .material = LOCO_SNAIL};
    field_begin(field, (FieldBody){.low = loco_at(x - 1.2f, y - 0.4f, z - 0.8f),
                                   .high = loco_at(x + 1.2f, y + 1.4f, z + 0.8f),
                                   .step_mm = 0.024f,
                                   .texel_mm = 0.009f});
    Tube sole = {loco_at(x - 0.75f, y + 0.02f, z),
                 loco_at(x, y + 0.09f, z),
                 loco_at(x + 0.55f, y + 0.12f, z),
                 0.05f,
                 0.15f,
                 0.12f,
                 8};
    shape_add_tube(field, &sole, foot);
    Tube neck = {loco_at(x + 0.40f, y + 0.10f, z),
                 loco_at(x + 0.66f, y + 0.14f, z),
                 loco_at(x + 0.70f, y + 0.36f, z),
                 0.12f,
                 0.10f,
                 0.10f,
                 6};
    shape_add_tube(field, &neck, foot);
    for (int side = -1; side <= 1; side += 2) {
        Vec3 tip = v3(x + 0.86f, y + 0.66f, z + 0.13f * (float)side);
        shape_add(field,
                  shape_cone(loco_at(x + 0.70f, y + 0.36f, z + 0.04f * (float)side), 0.030f,
                             loco_at(tip.x, tip.y, tip.z), 0.020f),
                  (Carve){.blend_mm = 0.02f, .material = LOCO_SNAIL});
        shape_add(field, shape_ball(loco_at(tip.x, tip.y, tip.z), 0.036f),
                  (Carve){.material = LOCO_SNAIL, .tag = 1});
        shape_add(field,
                  shape_cone(loco_at(x + 0.78f, y + 0.30f, z + 0.03f * (float)side), 0.022f,
                             loco_at(x + 0.93f, y + 0.24f, z + 0.07f * (float)side), 0.016f),
                  (Carve){.blend_mm = 0.02f, .material = LOCO_SNAIL});
    }
    // Three whorls and a bit, each of a ball smaller than the last.
    for (int i = 0; i < 110; i++) {
        float t = (float)i / 109, a = -0.4f - t * 21, shrink = expf(-2.1f * t);
        float r = 0.34f * shrink, out = 0.17f + 0.20f * t;
        Vec3 p = v3(x - 0.08f + r * cosf(a), y + 0.50f + r * sinf(a), z + (out - 0.2f) * 0.9f);
        shape_add(field, shape_ball(loco_at(p.x, p.y, p.z), 0.235f * shrink),
                  (Carve){.material = LOCO_SHELL});
        if (i < 60)
            shape_add(field, shape_ball(loco_at(p.x, p.y, 2 * z - p.z), 0.225f * shrink),
                      (Carve){.material = LOCO_SHELL});
    }
}

// ---- plinth

static const float EDGE[][2] = {
    {-60.0f, -6.7f}, {0.7f, -6.7f},  {0.85f, -6.55f}, {0.85f, -5.6f},  {0.72f, -5.4f},
    {0.30f, -5.3f},  {0.24f, -5.1f}, {-0.10f, -4.8f}, {-0.16f, -3.4f}, {-0.02f, -3.1f},
    {0.22f, -2.9f},  {0.26f, -2.5f}, {0.06f, -2.2f},  {-0.3f, -2.08f}, {-60.0f, -2.08f},
};

typedef struct Edge {
    Outline outline;
    float half_x, half_z, corner;
} Edge;

static void eval_plinth(const Part *part, const FieldPoints *at, float *restrict values)
{
    const Edge *edge = part->extra;
    float out[FIELD_BLOCK], high[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++) {
        float x = fabsf(at->x[i]) - edge->half_x + edge->corner;
        float z = fabsf(at->z[i]) - edge->half_z + edge->corner;
        float u = fmaxf(x, 0), v = fmaxf(z, 0);
        out[i] = sqrtf(u * u + v * v) + fminf(fmaxf(x, z), 0) - edge->corner;
        high[i] = at->y[i] - LOCO_RAIL_MM;
    }
    outline_distance(&edge->outline, at->count, out, high, values);
}

static void add_plinth(Field *field)
{
    field_begin(field, (FieldBody){.low = {-30, -0.3f, -12.4f},
                                   .high = {30, 5.2f, 12.4f},
                                   .step_mm = 0.090f,
                                   .texel_mm = 0.065f});
    Edge *edge = ARENA_NEW(field->arena, Edge);
    *edge = (Edge){outline_make(EDGE, COUNT_OF(EDGE), 0, field->arena), 28.5f, 11, 1.2f};
    shape_add(field,
              (Part){.eval = eval_plinth,
                     .frame = {.origin = {0, 2.5f, 0}},
                     .extra = edge,
                     .lipschitz = 1.02f},
              loco_of_stuff(LOCO_WALNUT));
    // Its plate.
    field_begin(field, (FieldBody){.low = {-8, 1.0f, 10.5f},
                                   .high = {8, 4.5f, 11.8f},
                                   .step_mm = 0.045f,
                                   .texel_mm = 0.016f});
    Frame face = {v3(0, 2.6f, 10.92f), {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    shape_add(field, shape_box(face, v3(6.2f, 0.72f, 0.16f), 0.05f), loco_of_stuff(LOCO_BRASS));
    Frame line = face;
    line.origin = v3(0, 2.6f, 11.08f);
    Part part = shape_lettering(&(Lettering){.text = "MAGPIE - NARROW LINE - 1:160",
                                             .height_mm = 0.52f,
                                             .stroke_mm = 0.036f},
                                line, field->arena);
    shape_add(field, part, (Carve){.op = PART_INSET, .depth_mm = 0.035f, .material = LOCO_INK});
}

void loco_add_track(Field *field)
{
    field_begin(field, (FieldBody){.low = loco_at(-28, -2.4f, -6.2f),
                                   .high = loco_at(28, 0.3f, 6.2f),
                                   .step_mm = 0.075f,
                                   .texel_mm = 0.045f});
    add_rails(field);
    add_sleepers(field);
    field_begin(field, (FieldBody){.low = loco_at(-28.5f, -2.6f, -10.6f),
                                   .high = loco_at(28.5f, -0.4f, 10.6f),
                                   .step_mm = 0.105f,
                                   .texel_mm = 0.060f});
    LocoHeap ballast = {
        {-27.9f, -2.4f, -10.2f}, {27.9f, -1.22f, 10.2f}, 0.46f, 1.5f, 0.10f, 77};
    loco_add_heap(field, &ballast, loco_of_stuff(LOCO_STONE));
    add_plinth(field);
    add_snail(field);
}

// ---- wires

static void pipe(Field *field, const Vec3 *points, int count, float radius, LocoMaterial stuff)
{
    for (int i = 0; i + 1 < count; i++)
        loco_rod(field, points[i], points[i + 1], radius, loco_of_stuff(stuff));
}

void loco_add_wires(Field *field)
{
    FieldBody body = {.low = {-33, 0, -13},
                      .high = {33, 30, 13},
                      .step_mm = 0.05f,
                      .texel_mm = 0.035f,
                      .is_wire = true};
    field_begin(field, body);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side, y = LOCO_AXIS_MM + 2.2f, z = s * 2.95f;
        // Along the boiler, from the cab to the smokebox's front.
        pipe(field, (Vec3[]){v3(-7.7f, y, z), v3(14.2f, y, z * 0.80f)}, 2, 0.075f, LOCO_STEEL);
        // Sand to the wheels.
        loco_rod(field, v3(7.1f, 14.4f, s * 0.8f), v3(7.5f, 12.6f, s * 2.7f), 0.10f,
                 loco_of_stuff(LOCO_COPPER));
        // Oil to the cylinders.
        loco_rod(field, v3(13.2f, 5.2f, s * 4.5f), v3(12.6f, 8.9f, s * 2.8f), 0.06f,
                 loco_of_stuff(LOCO_COPPER));
    }
    loco_rod(field, v3(-6.6f, 15.0f, 1.0f), v3(-7.8f, 15.4f, 1.0f), 0.05f,
             loco_of_stuff(LOCO_STEEL));
}
