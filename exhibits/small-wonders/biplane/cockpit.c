// cockpit.c: what is in the biplane's cockpit: instruments, stick, seat, and who sits in it.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/biplane/cockpit.h"

#define PANEL_Z_MM (-1.42f)
#define SEAT_Z_MM (-3.55f)
#define SEAT_Y_MM 1.05f
enum { RIM_POINTS = 40 };

const CockpitDial COCKPIT_DIALS[COCKPIT_DIALS_COUNT] = {
    {0.0f, 1.36f, 0.37f, "KM-H", 0.75f, 9},    {-0.78f, 1.45f, 0.29f, "ALT", -0.4f, 10},
    {0.78f, 1.45f, 0.29f, "RPM", 1.9f, 8},     {-0.68f, 0.76f, 0.24f, "OIL", -1.3f, 6},
    {0.68f, 0.76f, 0.24f, "TIME", -0.15f, 12},
};

void biplane_cut_cockpit(Field *field)
{
    Frame room = plane_frame(v3(0, 0.33f, -3.05f), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field, shape_box(room, v3(1.52f, 1.75f, 1.50f), 0.25f),
              (Carve){.op = PART_CUT, .material = BIPLANE_ASH});
    float plan[24][2];
    for (int i = 0; i < 24; i++) {
        float a = (float)i * 2 * PI_F / 24, c = cosf(a), s = sinf(a);
        plan[i][0] = 1.42f * c * (1 + 0.10f * s * s);
        plan[i][1] = -3.0f + 1.62f * s * (1 + 0.10f * c * c);
    }
    Outline outline = outline_make((const float(*)[2])plan, 24, 2, field->arena);
    Frame above = {plane_at(0, 2.6f, 0), {1, 0, 0}, plane_way(0, 0, 1), plane_way(0, 1, 0)};
    shape_add(field, shape_plate(&outline, above, 2.4f, 0.02f, field->arena),
              (Carve){.op = PART_CUT, .material = BIPLANE_ASH});
    // A padded rim of leather, laid along the edge as it really is.
    Vec3 rim[RIM_POINTS];
    for (int i = 0; i < RIM_POINTS; i++) {
        float a = (float)i * 2 * PI_F / RIM_POINTS, c = cosf(a), s = sinf(a);
        float x = 1.50f * c * (1 + 0.10f * s * s), z = -3.0f + 1.70f * s * (1 + 0.10f * c * c);
        rim[i] = plane_at(x, biplane_back(z), z);
        Vec3 from = plane_at(x * 1.03f, 5, z), hit;
        if (field_hit(field, from, plane_way(0, -1, 0), 6, &hit))
            rim[i] = hit;
    }
    for (int i = 0; i < RIM_POINTS; i++)
        shape_add(field, shape_cone(rim[i], 0.17f, rim[(i + 1) % RIM_POINTS], 0.17f),
                  (Carve){.blend_mm = 0.03f, .material = BIPLANE_LEATHER});
}

static void add_panel(Field *field)
{
    Frame board = plane_frame(v3(0, 1.12f, PANEL_Z_MM), v3(0, 1, 0), v3(0, 0, -1));
    shape_add(field, shape_box(board, v3(1.74f, 0.76f, 0.10f), 0.03f),
              (Carve){.material = BIPLANE_PANEL});
    for (int i = 0; i < COCKPIT_DIALS_COUNT; i++) {
        const CockpitDial *dial = &COCKPIT_DIALS[i];
        Frame face = cockpit_dial_frame(i);
        Frame axis = frame_make(face.origin, face.up, face.along);
        shape_add(field, shape_cylinder(axis, dial->radius, 0.055f, 0.01f),
                  (Carve){.material = BIPLANE_DIAL, .tag = (uint16_t)(BIPLANE_FIRST_DIAL + i)});
        Frame ring = face;
        ring.origin = v3_mad(face.origin, face.up, 0.05f);
        shape_add(field, shape_ring(ring, dial->radius, 0.034f, 0.05f),
                  (Carve){.material = BIPLANE_BRASS});
        for (int k = 0; k < 4; k++) {
            float a = PI_F / 4 + (float)k * PI_F / 2, r = dial->radius + 0.085f;
            Vec3 p = frame_to_world(&face, v3(r * cosf(a), r * sinf(a), 0.03f));
            shape_add(field, shape_ball(p, 0.028f), (Carve){.material = BIPLANE_BRASS});
        }
    }
    // Switches.
    for (int i = 0; i < 3; i++) {
        Vec3 foot = v3(-1.28f + 0.16f * (float)i, 1.0f, PANEL_Z_MM - 0.1f);
        Vec3 knob = v3(foot.x, foot.y + (i == 1 ? -0.05f : 0.06f), foot.z - 0.14f);
        shape_add(field,
                  shape_cone(plane_at(foot.x, foot.y, foot.z), 0.03f,
                             plane_at(knob.x, knob.y, knob.z), 0.045f),
                  (Carve){.material = BIPLANE_BRASS});
    }
}

Frame cockpit_dial_frame(int index)
{
    const CockpitDial *dial = &COCKPIT_DIALS[index];
    return plane_frame(v3(dial->x, dial->y, PANEL_Z_MM - 0.10f), v3(0, 1, 0), v3(0, 0, -1));
}

static void add_cone(Field *field, Vec3 a, float ra, Vec3 b, float rb, float blend,
                     BiplaneMaterial material)
{
    shape_add(field, shape_cone(plane_at(a.x, a.y, a.z), ra, plane_at(b.x, b.y, b.z), rb),
              (Carve){.blend_mm = blend, .material = (uint8_t)material});
}

static void add_seat(Field *field)
{
    // A plank across from wall to wall carries it.
    Frame plank = plane_frame(v3(0, SEAT_Y_MM - 0.45f, SEAT_Z_MM), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field, shape_box(plank, v3(1.80f, 0.75f, 0.12f), 0.04f),
              (Carve){.material = BIPLANE_ASH});
    Frame cushion = plane_frame(v3(0, SEAT_Y_MM - 0.18f, SEAT_Z_MM), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field, shape_box(cushion, v3(1.05f, 0.78f, 0.20f), 0.17f),
              (Carve){.material = BIPLANE_LEATHER});
    for (int i = 0; i < 6; i++) {
        Vec3 p = v3(-0.6f + 0.6f * (float)(i % 3), SEAT_Y_MM + 0.04f,
                    SEAT_Z_MM - 0.3f + 0.6f * (float)(i / 3));
        shape_add(field, shape_ball(plane_at(p.x, p.y, p.z), 0.10f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.09f, .material = BIPLANE_LEATHER});
        shape_add(field, shape_ball(plane_at(p.x, p.y - 0.06f, p.z), 0.045f),
                  (Carve){.material = BIPLANE_BRASS});
    }
    // The back, of wicker: uprights and rails.
    for (int i = 0; i < 9; i++) {
        float x = -0.9f + 0.225f * (float)i, top = SEAT_Y_MM + 0.62f - 0.35f * x * x;
        add_cone(field, v3(x, SEAT_Y_MM - 0.4f, -4.22f), 0.05f, v3(x, top, -4.36f), 0.05f, 0,
                 BIPLANE_ASH);
        if (i < 8) {
            float y = x + 0.225f;
            add_cone(field, v3(x, top, -4.36f), 0.075f,
                     v3(y, SEAT_Y_MM + 0.62f - 0.35f * y * y, -4.36f), 0.075f, 0.02f,
                     BIPLANE_ASH);
        }
    }
    // Stick and throttle.
    add_cone(field, v3(0.0f, -1.25f, -2.3f), 0.08f, v3(0.08f, 0.7f, -2.45f), 0.06f, 0,
             BIPLANE_STEEL);
    add_cone(field, v3(0.08f, 0.7f, -2.45f), 0.085f, v3(0.085f, 1.0f, -2.5f), 0.095f, 0.02f,
             BIPLANE_LEATHER);
}

// A field mouse, true to the scale of a museum rather than of the aeroplane; it has turned
// round.
static void add_mouse(Field *field)
{
    const float y = SEAT_Y_MM + 0.02f, z = SEAT_Z_MM + 0.22f;
    Frame sits = plane_frame(v3(0, y + 0.40f, z), v3(0, 0.95f, -0.3f), v3(0, 0.3f, -0.95f));
    Carve fur = {.blend_mm = 0.12f, .material = BIPLANE_FUR};
    shape_add(field, shape_ellipsoid(sits, v3(0.33f, 0.46f, 0.32f)), fur);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Frame haunch =
            plane_frame(v3(s * 0.24f, y + 0.16f, z - 0.06f), v3(0, 0, 1), v3(0, 1, 0));
        shape_add(field, shape_ellipsoid(haunch, v3(0.15f, 0.24f, 0.17f)), fur);
        add_cone(field, v3(s * 0.22f, y + 0.05f, z - 0.22f), 0.06f,
                 v3(s * 0.24f, y + 0.04f, z - 0.44f), 0.045f, 0.05f, BIPLANE_FUR);
        // Paws on the back of the seat.
        add_cone(field, v3(s * 0.22f, y + 0.60f, z - 0.22f), 0.08f,
                 v3(s * 0.27f, y + 0.62f, z - 0.90f), 0.045f, 0.06f, BIPLANE_FUR);
    }
    // The head looks up and back.
    Vec3 head = v3(0.03f, y + 0.98f, z - 0.20f);
    Frame skull = plane_frame(head, v3(0.10f, 0.18f, -1), v3(0, 1, 0.18f));
    shape_add(field, shape_ellipsoid(skull, v3(0.235f, 0.27f, 0.225f)), fur);
    add_cone(field, v3(head.x + 0.015f, head.y + 0.0f, head.z - 0.16f), 0.15f,
             v3(head.x + 0.045f, head.y + 0.02f, head.z - 0.40f), 0.055f, 0.10f, BIPLANE_FUR);
    shape_add(field,
              shape_ball(plane_at(head.x + 0.05f, head.y + 0.03f, head.z - 0.45f), 0.040f),
              (Carve){.blend_mm = 0.01f, .material = BIPLANE_EYE});
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Frame ear = plane_frame(v3(head.x + s * 0.21f, head.y + 0.25f, head.z + 0.03f),
                                v3(s * 0.5f, 1, 0), v3(s * 0.25f, 0.1f, -1));
        shape_add(field, shape_ellipsoid(ear, v3(0.17f, 0.20f, 0.045f)),
                  (Carve){.blend_mm = 0.04f, .material = BIPLANE_FUR});
        Frame shell = ear;
        shell.origin = v3_mad(ear.origin, ear.up, 0.055f);
        shape_add(
            field, shape_ellipsoid(shell, v3(0.12f, 0.15f, 0.045f)),
            (Carve){.op = PART_CUT, .blend_mm = 0.02f, .material = BIPLANE_FUR, .tag = 1});
        Vec3 eye = v3(head.x + s * 0.125f + 0.02f, head.y + 0.09f, head.z - 0.205f);
        shape_add(field, shape_ball(plane_at(eye.x, eye.y, eye.z), 0.046f),
                  (Carve){.material = BIPLANE_EYE});
    }
    // A red scarf, its end on the wind.
    Frame neck = plane_frame(v3(0.01f, y + 0.79f, z - 0.12f), v3(0, 0.35f, -1), v3(0, 1, 0.3f));
    shape_add(field, shape_ring(neck, 0.235f, 0.075f, 0.085f),
              (Carve){.blend_mm = 0.03f, .material = BIPLANE_ENAMEL, .tag = 1});
    Tube scarf = {plane_at(0.16f, y + 0.78f, z + 0.02f),
                  plane_at(0.42f, y + 0.86f, z + 0.14f),
                  plane_at(0.50f, y + 0.55f, z + 0.36f),
                  0.06f,
                  0.085f,
                  0.075f,
                  6};
    shape_add_tube(field, &scarf,
                   (Carve){.blend_mm = 0.02f, .material = BIPLANE_ENAMEL, .tag = 1});
    Tube tail = {plane_at(-0.1f, y + 0.06f, z + 0.22f),
                 plane_at(-0.75f, y + 0.10f, z + 0.65f),
                 plane_at(-0.78f, y + 0.03f, z - 0.1f),
                 0.065f,
                 0.045f,
                 0.025f,
                 12};
    shape_add_tube(field, &tail, (Carve){.blend_mm = 0.04f, .material = BIPLANE_FUR, .tag = 1});
}

// A letter, ready for the post.
static void add_letter(Field *field)
{
    Frame sheet = plane_frame(v3(0.70f, SEAT_Y_MM + 0.03f, SEAT_Z_MM - 0.02f),
                              v3(0.12f, 0.1f, 1), v3(0, 1, -0.05f));
    sheet.across = v3_scale(sheet.across, 1);
    shape_add(field, shape_box(sheet, v3(0.30f, 0.42f, 0.028f), 0.01f),
              (Carve){.material = BIPLANE_PAPER});
    static const char *const LINES[3] = {"TO THE MOON", "BY AIR", "NR 7"};
    // Written along its long side.
    for (int i = 0; i < 3; i++) {
        Frame line = {frame_to_world(&sheet, v3(0.13f - 0.13f * (float)i, -0.02f, 0.028f)),
                      v3_scale(sheet.along, -1), sheet.across, sheet.up};
        shape_add(field,
                  shape_lettering(
                      &(Lettering){.text = LINES[i], .height_mm = 0.066f, .stroke_mm = 0.0055f},
                      line, field->arena),
                  (Carve){.op = PART_INSET, .depth_mm = 0.003f, .material = BIPLANE_INK});
    }
}

// So fine that it is a body of its own.
static void add_makers_plate(Field *field)
{
    Vec3 middle = plane_at(0, 0.66f, PANEL_Z_MM - 0.11f);
    field_begin(field, (FieldBody){.low = v3_add(middle, v3(-0.6f, -0.4f, -0.3f)),
                                   .high = v3_add(middle, v3(0.6f, 0.4f, 0.3f)),
                                   .step_mm = 0.016f,
                                   .texel_mm = 0.004f});
    Frame plate = plane_frame(v3(0, 0.66f, PANEL_Z_MM - 0.11f), v3(0, 1, 0), v3(0, 0, -1));
    shape_add(field, shape_box(plate, v3(0.40f, 0.17f, 0.03f), 0.015f),
              (Carve){.material = BIPLANE_BRASS});
    static const char *const LINES[2] = {"VITRINE WORKS", "NR 7  1:144"};
    for (int i = 0; i < 2; i++) {
        Frame line = plate;
        line.origin = frame_to_world(&plate, v3(0, 0.065f - 0.13f * (float)i, 0.03f));
        shape_add(field,
                  shape_lettering(
                      &(Lettering){.text = LINES[i], .height_mm = 0.070f, .stroke_mm = 0.0055f},
                      line, field->arena),
                  (Carve){.op = PART_INSET, .depth_mm = 0.010f, .material = BIPLANE_INK});
    }
}

void biplane_add_cockpit(Field *field)
{
    field_begin(field,
                (FieldBody){.low = v3_add(plane_at(0, 0.6f, -3.0f), v3(-2.3f, -2.6f, -2.6f)),
                            .high = v3_add(plane_at(0, 0.6f, -3.0f), v3(2.3f, 2.6f, 2.6f)),
                            .step_mm = 0.020f,
                            .texel_mm = 0.0085f});
    add_panel(field);
    add_seat(field);
    add_mouse(field);
    add_letter(field);
    // A rail of ash on either side ties all of it together.
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        add_cone(field, v3(s * 1.52f, 0.70f, -1.4f), 0.12f, v3(s * 1.52f, 0.62f, -4.3f), 0.12f,
                 0, BIPLANE_ASH);
        add_cone(field, v3(s * 0.9f, SEAT_Y_MM - 0.35f, -4.25f), 0.07f,
                 v3(s * -0.9f, SEAT_Y_MM - 0.35f, -4.25f), 0.07f, 0, BIPLANE_ASH);
    }
    add_cone(field, v3(0, SEAT_Y_MM - 0.5f, -3.4f), 0.10f, v3(0.0f, -1.15f, -2.3f), 0.10f, 0,
             BIPLANE_STEEL);
    add_makers_plate(field);
}
