// cab.c: the locomotive's cab, its bunker, what the driver sees, and the plates.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/locomotive/locomotive.h"

#define CAB_BACK_MM (-15.8f)
#define CAB_FRONT_MM (-7.6f)
#define ROOF_MM 17.2f
#define BACKHEAD_MM (-9.0f)

static Carve sheet(void)
{
    return (Carve){.material = LOCO_GREEN, .tag = LOCO_CAB};
}

static void cut_window(Field *field, Vec3 middle, Vec3 half)
{
    loco_box(field, middle, half, 0.4f, (Carve){.op = PART_CUT, .material = LOCO_GREEN});
}

// A bead around an opening in a side of the cab.
static void add_bead(Field *field, float x0, float x1, float y0, float y1, float z)
{
    const float in = 0.35f;
    Vec3 p[8] = {v3(x0 + in, y0, z), v3(x1 - in, y0, z), v3(x1, y0 + in, z),
                 v3(x1, y1 - in, z), v3(x1 - in, y1, z), v3(x0 + in, y1, z),
                 v3(x0, y1 - in, z), v3(x0, y0 + in, z)};
    for (int i = 0; i < 8; i++)
        loco_rod(field, p[i], p[(i + 1) % 8], 0.10f, loco_of_stuff(LOCO_BRASS));
}

static void add_sides(Field *field)
{
    float middle = (CAB_BACK_MM + CAB_FRONT_MM) * 0.5f,
          half = (CAB_FRONT_MM - CAB_BACK_MM) * 0.5f;
    // A hollow box, then its openings.
    loco_box(field, v3(middle, 11.2f, 0), v3(half, 6.0f, LOCO_SIDE_MM), 0.15f, sheet());
    loco_box(field, v3(middle, 11.9f, 0), v3(half - 0.24f, 6.2f, LOCO_SIDE_MM - 0.24f), 0.05f,
             (Carve){.op = PART_CUT, .material = LOCO_GREEN});
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side * LOCO_SIDE_MM;
        cut_window(field, v3(-11.3f, 13.75f, z), v3(2.6f, 1.95f, 1));
        add_bead(field, -13.9f, -8.7f, 11.8f, 15.7f, z);
        // The way in, behind the tank's end.
        loco_box(field, v3(-14.75f, 9.2f, z), v3(0.65f, 3.1f, 1), 0.3f,
                 (Carve){.op = PART_CUT, .material = LOCO_GREEN});
        for (int i = 0; i < 2; i++) {
            Vec3 p = v3(CAB_FRONT_MM + 0.2f, 14.6f, (float)side * 3.55f);
            p.x = i ? CAB_BACK_MM : CAB_FRONT_MM;
            loco_disc(field, p, v3(1, 0, 0), 1.15f, 0.5f, 0,
                      (Carve){.op = PART_CUT, .material = LOCO_GREEN});
            Frame ring = {loco_at(p.x, p.y, p.z), {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
            shape_add(field, shape_ring(ring, 1.18f, 0.15f, 0.19f), loco_of_stuff(LOCO_BRASS));
        }
        loco_rivets(field, v3(CAB_FRONT_MM - 0.3f, 10.9f, z * 0.998f),
                    v3(CAB_FRONT_MM - 0.3f, 16.6f, z * 0.998f), 0.56f, 0.082f, LOCO_GREEN);
        loco_rivets(field, v3(CAB_BACK_MM + 0.3f, 5.8f, z * 0.998f),
                    v3(CAB_BACK_MM + 0.3f, 16.6f, z * 0.998f), 0.56f, 0.082f, LOCO_GREEN);
    }
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 2; i++) {
            float z = (float)side * (LOCO_SIDE_MM + 0.26f), x = -15.6f + 1.7f * (float)i;
            loco_rod(field, v3(x, 6.4f, z), v3(x, 11.2f, z), 0.11f, loco_of_stuff(LOCO_BRASS));
            for (int end = 0; end < 2; end++) {
                float y = end ? 11.2f : 6.4f;
                loco_rod(field, v3(x, y, z), v3(x, y, z - 0.3f * (float)side), 0.11f,
                         loco_of_stuff(LOCO_BRASS));
            }
        }
    // The floor, of boards.
    loco_box(field, v3(-12.4f, 5.6f, 0), v3(3.6f, 0.30f, 5.65f), 0.05f,
             loco_of_stuff(LOCO_FLOOR));
}

static void add_roof(Field *field)
{
    enum { STEPS = 14 };
    float points[STEPS * 2][2];
    for (int i = 0; i < STEPS; i++) {
        float t = (float)i / (STEPS - 1) * 2 - 1, z = 6.35f * t, y = 1.30f * (1 - t * t);
        points[i][0] = z, points[i][1] = y;
        points[STEPS * 2 - 1 - i][0] = z * 0.995f;
        points[STEPS * 2 - 1 - i][1] = y - 0.30f;
    }
    Outline outline = outline_make((const float(*)[2])points, STEPS * 2, 0, field->arena);
    Frame frame = {loco_at(-11.9f, ROOF_MM - 0.3f, 0), {0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
    shape_add(field, shape_plate(&outline, frame, 5.3f, 0.06f, field->arena),
              loco_of_stuff(LOCO_BLACK));
    // Front and back reach up to it.
    for (int end = 0; end < 2; end++) {
        float x = end ? CAB_BACK_MM + 0.13f : CAB_FRONT_MM - 0.13f;
        Frame wall = {loco_at(x, ROOF_MM - 0.45f, 0), {0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
        float w[STEPS + 2][2];
        for (int i = 0; i < STEPS; i++) {
            w[i][0] = points[i][0] * 0.9f;
            w[i][1] = points[i][1];
        }
        w[STEPS][0] = LOCO_SIDE_MM - 0.05f, w[STEPS][1] = -1.0f;
        w[STEPS + 1][0] = -LOCO_SIDE_MM + 0.05f, w[STEPS + 1][1] = -1.0f;
        Outline gable = outline_make((const float(*)[2])w, STEPS + 2, 0, field->arena);
        shape_add(field, shape_plate(&gable, wall, 0.13f, 0.02f, field->arena), sheet());
    }
    for (int i = 0; i < 5; i++) {
        float x = -16.6f + 2.35f * (float)i;
        for (int k = 0; k < 24; k++) {
            float t = ((float)k + 0.5f) / 12 - 1;
            shape_add(
                field,
                shape_ball(loco_at(x, ROOF_MM - 0.27f + 1.30f * (1 - t * t), 6.3f * t), 0.075f),
                loco_of_stuff(LOCO_BLACK));
        }
    }
    loco_box(field, v3(-11.4f, ROOF_MM + 1.12f, 0), v3(1.3f, 0.25f, 1.5f), 0.08f,
             loco_of_stuff(LOCO_BLACK));
}

static void add_bunker(Field *field)
{
    Carve carve = {.material = LOCO_GREEN, .tag = LOCO_BUNKER};
    loco_box(field, v3(-18.2f, 8.0f, 0), v3(2.6f, 2.9f, LOCO_SIDE_MM), 0.2f, carve);
    loco_box(field, v3(-18.2f, 10.2f, 0), v3(2.3f, 2.3f, LOCO_SIDE_MM - 0.3f), 0.1f,
             (Carve){.op = PART_CUT, .material = LOCO_BLACK});
    LocoHeap coal = {{-20.6f, 6.8f, -5.5f}, {-15.8f, 10.6f, 5.5f}, 0.62f, 0.8f, 1.1f, 5};
    loco_add_heap(field, &coal, loco_of_stuff(LOCO_COAL));
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side * (LOCO_SIDE_MM - 0.02f);
        loco_rivets(field, v3(-20.5f, 5.7f, z), v3(-20.5f, 10.6f, z), 0.56f, 0.082f,
                    LOCO_GREEN);
        loco_rivets(field, v3(-20.5f, 10.65f, z), v3(-16.1f, 10.65f, z), 0.56f, 0.082f,
                    LOCO_GREEN);
        loco_rod(field, v3(-20.8f, 10.9f, z), v3(-15.9f, 10.9f, z), 0.16f,
                 loco_of_stuff(LOCO_BRASS));
    }
    loco_rod(field, v3(-20.8f, 10.9f, -LOCO_SIDE_MM), v3(-20.8f, 10.9f, LOCO_SIDE_MM), 0.16f,
             loco_of_stuff(LOCO_BRASS));
    for (int row = 0; row < 2; row++)
        loco_rivets(field, v3(-20.78f, row ? 10.4f : 5.8f, -5.4f),
                    v3(-20.78f, row ? 10.4f : 5.8f, 5.4f), 0.56f, 0.082f, LOCO_GREEN);
}

void loco_add_cab(Field *field)
{
    add_sides(field);
    add_roof(field);
    add_bunker(field);
}

// ---- the boiler's back, which the driver works with

Frame loco_gauge_frame(void)
{
    return (Frame){
        loco_at(BACKHEAD_MM - 0.72f, 13.3f, 0.55f), {0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
}

void loco_add_backhead(Field *field)
{
    field_begin(field, (FieldBody){.low = loco_at(BACKHEAD_MM - 2.2f, 5.7f, -3.7f),
                                   .high = loco_at(BACKHEAD_MM + 0.8f, 15.0f, 3.7f),
                                   .step_mm = 0.040f,
                                   .texel_mm = 0.017f});
    float x = BACKHEAD_MM;
    Vec3 back = v3(-1, 0, 0);
    loco_disc(field, v3(x, LOCO_AXIS_MM, 0), back, 3.1f, 0.35f, 0.12f,
              loco_of_stuff(LOCO_BLACK));
    loco_box(field, v3(x, 8.2f, 0), v3(0.35f, 2.3f, 2.9f), 0.12f, loco_of_stuff(LOCO_BLACK));
    for (int i = 0; i < 30; i++) {
        float a = (float)i * 2 * PI_F / 30;
        if (cosf(a) > -0.75f)
            shape_add(
                field,
                shape_ball(loco_at(x - 0.33f, LOCO_AXIS_MM + 2.85f * cosf(a), 2.85f * sinf(a)),
                           0.085f),
                loco_of_stuff(LOCO_BLACK));
    }
    // The firehole's door.
    loco_box(field, v3(x - 0.42f, 8.6f, 0), v3(0.14f, 0.8f, 1.0f), 0.1f,
             loco_of_stuff(LOCO_IRON));
    loco_rod(field, v3(x - 0.5f, 7.7f, -1.05f), v3(x - 0.5f, 9.5f, -1.05f), 0.12f,
             loco_of_stuff(LOCO_STEEL));
    loco_rod(field, v3(x - 0.6f, 8.6f, 0.75f), v3(x - 0.85f, 8.6f, 0.75f), 0.10f,
             loco_of_stuff(LOCO_STEEL));
    // Regulator, gauge, two glasses, taps.
    loco_rod(field, v3(x - 0.3f, 11.4f, 0), v3(x - 0.75f, 11.4f, 0), 0.22f,
             loco_of_stuff(LOCO_BRASS));
    loco_rod(field, v3(x - 0.72f, 11.4f, 0), v3(x - 0.85f, 12.4f, -1.2f), 0.10f,
             loco_of_stuff(LOCO_STEEL));
    Frame gauge = loco_gauge_frame();
    Frame axis = frame_make(gauge.origin, gauge.up, gauge.along);
    shape_add(field, shape_cylinder(axis, LOCO_DIAL_MM, 0.10f, 0.01f),
              loco_of_stuff(LOCO_DIAL));
    Frame ring = gauge;
    ring.origin = v3_mad(gauge.origin, gauge.up, 0.06f);
    shape_add(field, shape_ring(ring, LOCO_DIAL_MM + 0.02f, 0.07f, 0.12f),
              loco_of_stuff(LOCO_BRASS));
    loco_rod(field, v3(x - 0.6f, 13.3f, 0.55f), v3(x - 0.1f, 13.2f, 0.55f), 0.20f,
             loco_of_stuff(LOCO_BRASS));
    for (int side = -1; side <= 1; side += 2) {
        float z = 1.35f * (float)side;
        loco_rod(field, v3(x - 0.62f, 9.9f, z), v3(x - 0.62f, 11.5f, z), 0.08f,
                 loco_of_stuff(LOCO_GLASS));
        for (int end = 0; end < 2; end++) {
            float y = end ? 11.5f : 9.9f;
            loco_rod(field, v3(x - 0.2f, y, z), v3(x - 0.66f, y, z), 0.14f,
                     loco_of_stuff(LOCO_BRASS));
            loco_rod(field, v3(x - 0.62f, y, z), v3(x - 0.62f, y, z + 0.45f * (float)side),
                     0.075f, loco_of_stuff(LOCO_BRASS));
        }
        loco_rod(field, v3(x - 0.2f, 12.4f, z * 1.4f), v3(x - 0.8f, 12.4f, z * 1.4f), 0.13f,
                 loco_of_stuff(LOCO_COPPER));
        Frame wheel = {loco_at(x - 0.82f, 12.4f, z * 1.4f), {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
        shape_add(field, shape_ring(wheel, 0.30f, 0.06f, 0.06f), loco_of_stuff(LOCO_RED));
        loco_rod(field, v3(x - 0.82f, 12.1f, z * 1.4f), v3(x - 0.82f, 12.7f, z * 1.4f), 0.05f,
                 loco_of_stuff(LOCO_RED));
    }
}

// ---- plates

typedef struct Plate {
    Vec3 middle;
    float side, half_x, half_y;
    const char *lines[3];
    float heights[3], places[3];
    float step_mm, texel_mm;
} Plate;

static void add_plate(Field *field, const Plate *plate)
{
    Vec3 m = loco_at(plate->middle.x, plate->middle.y, plate->middle.z);
    Vec3 reach = v3(plate->half_x + 0.3f, plate->half_y + 0.3f, 0.6f);
    field_begin(field, (FieldBody){.low = v3_sub(m, reach),
                                   .high = v3_add(m, reach),
                                   .step_mm = plate->step_mm,
                                   .texel_mm = plate->texel_mm});
    Frame frame = {m, {plate->side, 0, 0}, {0, 1, 0}, {0, 0, plate->side}};
    Carve brass = {.material = LOCO_BRASS, .tag = LOCO_PLATE};
    shape_add(field, shape_box(frame, v3(plate->half_x, plate->half_y, 0.14f), 0.05f), brass);
    // Its ground lies deeper than its rim, and is painted.
    Frame ground = frame;
    ground.origin = v3_mad(m, frame.up, 0.3f);
    shape_add(field,
              shape_box(ground, v3(plate->half_x - 0.12f, plate->half_y - 0.12f, 0.5f), 0.03f),
              (Carve){.op = PART_INSET, .depth_mm = 0.04f, .material = LOCO_INK});
    for (int i = 0; i < 3 && plate->lines[i]; i++) {
        Frame line = frame;
        line.origin = v3_mad(v3_mad(m, frame.up, 0.10f), frame.along, plate->places[i]);
        Part part = shape_lettering(&(Lettering){.text = plate->lines[i],
                                                 .height_mm = plate->heights[i],
                                                 .stroke_mm = plate->heights[i] * 0.085f,
                                                 .spacing = 0.30f},
                                    line, field->arena);
        shape_add(field, part,
                  (Carve){.op = PART_RAISE, .depth_mm = 0.035f, .material = LOCO_BRASS});
    }
}

void loco_add_plates(Field *field)
{
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side * (LOCO_SIDE_MM + 0.05f);
        add_plate(field, &(Plate){.middle = v3(-0.4f, 8.1f, z),
                                  .side = (float)side,
                                  .half_x = 2.5f,
                                  .half_y = 0.62f,
                                  .lines = {"MAGPIE"},
                                  .heights = {0.70f},
                                  .step_mm = 0.04f,
                                  .texel_mm = 0.016f});
        add_plate(field, &(Plate){.middle = v3(-11.2f, 9.3f, z),
                                  .side = (float)side,
                                  .half_x = 0.85f,
                                  .half_y = 0.46f,
                                  .lines = {"VITRINE WORKS", "NO. 160", "ALL DIGITS - NO IRON"},
                                  .heights = {0.100f, 0.150f, 0.064f},
                                  .places = {0.20f, 0.0f, -0.21f},
                                  .step_mm = 0.024f,
                                  .texel_mm = 0.0052f});
    }
}
