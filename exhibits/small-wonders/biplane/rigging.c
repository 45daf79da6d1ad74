// rigging.c: every wire of the biplane. Both ends of each lie inside what it holds: the build
// refuses a wire that ends in the air.

#include "exhibits/small-wonders/biplane/biplane.h"

#define WIRE_MM 0.034f
#define SPOKE_MM 0.022f
#define BARREL_MM 0.080f
enum { SPOKES = 18, MOST_BARRELS = 96 };

// A turnbuckle sits on a wire, near its lower end.
typedef struct Rigging {
    Field *field;
    Vec3 barrels[MOST_BARRELS][2];
    int barrel_count;
} Rigging;

static void add_wire(Rigging *rigging, Vec3 from, Vec3 to, float radius)
{
    shape_add(rigging->field,
              shape_cone(plane_at(from.x, from.y, from.z), radius, plane_at(to.x, to.y, to.z),
                         radius),
              (Carve){.material = BIPLANE_STEEL});
}

static void stretch(Rigging *rigging, Vec3 from, Vec3 to)
{
    add_wire(rigging, from, to, WIRE_MM);
    ASSERT(rigging->barrel_count < MOST_BARRELS);
    Vec3 way = v3_unit(v3_sub(to, from));
    Vec3 *barrel = rigging->barrels[rigging->barrel_count++];
    barrel[0] = v3_mad(from, way, 0.75f);
    barrel[1] = v3_mad(from, way, 1.45f);
}

static Vec3 inside_upper(float x, float behind)
{
    return biplane_upper_at(x, behind);
}

static void rig_wings(Rigging *rigging, float side)
{
    static const float BEHIND[2] = {1.2f, 5.9f};
    for (int i = 0; i < 2; i++) {
        float more = i ? 0.5f : 0.2f, z = i ? 0.9f : 5.4f;
        Vec3 top = inside_upper(side * 18.2f, BEHIND[i] + more);
        Vec3 foot = biplane_lower_at(side * 18.2f, BEHIND[i]);
        // What lifts in flight: two beside each other. What carries on the ground: one.
        for (int k = 0; k < 2; k++) {
            Vec3 root = v3(side * 2.2f, -2.75f, z + 0.22f * (float)k);
            stretch(rigging, root, v3(top.x, top.y, top.z + 0.22f * (float)k - 0.11f));
        }
        stretch(rigging, foot, inside_upper(side * 3.1f, BEHIND[i] + more));
    }
    // Across between the struts of a bay.
    stretch(rigging, biplane_lower_at(side * 18.45f, BEHIND[0] + 0.3f),
            inside_upper(side * 18.45f, BEHIND[1] + 0.3f));
    stretch(rigging, biplane_lower_at(side * 18.45f, BEHIND[1] - 0.3f),
            inside_upper(side * 18.45f, BEHIND[0] + 0.4f));
    // Ailerons move together.
    add_wire(rigging, biplane_lower_at(side * 21.0f, 7.4f), inside_upper(side * 21.0f, 7.9f),
             WIRE_MM);
    // Undercarriage and cabane.
    stretch(rigging, v3(side * 3.9f, GEAR_Y_MM + 0.2f, GEAR_Z_MM + 0.3f),
            v3(side * -2.15f, -2.95f, 8.2f));
    stretch(rigging, v3(side * 2.0f, 2.45f, 7.4f), inside_upper(side * -2.8f, 1.5f));
    stretch(rigging, v3(side * 3.95f, GEAR_Y_MM + 0.15f, GEAR_Z_MM),
            biplane_lower_at(side * 9.5f, 1.4f));
}

static void rig_tail(Rigging *rigging, float side)
{
    Vec3 fin = v3(0, 4.6f, -21.0f);
    stretch(rigging, v3(side * 5.2f, 1.15f, -19.4f), fin);
    stretch(rigging, v3(side * 5.0f, 1.15f, -20.6f), v3(0, 4.2f, -22.0f));
    stretch(rigging, v3(side * 0.35f, -0.15f, -19.6f), v3(side * 5.0f, 1.15f, -19.8f));
    // Cables to the rudder and the elevators, out of the fuselage's side.
    add_wire(rigging, v3(side * 1.55f, 1.2f, -11.5f), v3(side * 0.10f, 1.7f, -22.9f), WIRE_MM);
    add_wire(rigging, v3(side * 1.45f, -0.2f, -12.2f), v3(side * 2.4f, 0.42f, -21.7f), WIRE_MM);
}

// Spokes cross from the hub's two flanges to the rim.
static void lace(Rigging *rigging, float side)
{
    for (int i = 0; i < SPOKES * 2; i++) {
        float angle = (float)i * PI_F / SPOKES, lean = i & 2 ? 0.55f : -0.55f;
        float flange = i & 1 ? 0.42f : -0.42f;
        float a = angle + lean, r = WHEEL_MM - 0.50f;
        Vec3 hub = v3(side * GEAR_X_MM + flange, GEAR_Y_MM + cosf(a) * 0.34f,
                      GEAR_Z_MM + sinf(a) * 0.34f);
        Vec3 rim = v3(side * GEAR_X_MM + flange * 0.2f, GEAR_Y_MM + cosf(angle) * r,
                      GEAR_Z_MM + sinf(angle) * r);
        add_wire(rigging, hub, rim, SPOKE_MM);
    }
}

static void add_barrels(Rigging *rigging)
{
    for (int i = 0; i < rigging->barrel_count; i++) {
        const Vec3 *b = rigging->barrels[i];
        Vec3 middle = v3_lerp(b[0], b[1], 0.5f);
        for (int end = 0; end < 2; end++)
            shape_add(rigging->field,
                      shape_cone(plane_at(b[end].x, b[end].y, b[end].z), BARREL_MM * 0.5f,
                                 plane_at(middle.x, middle.y, middle.z), BARREL_MM),
                      (Carve){.material = BIPLANE_BRASS});
    }
}

void biplane_add_rigging(Field *field)
{
    Rigging rigging = {.field = field};
    FieldBody body = {.low = {-40, 0, -40},
                      .high = {40, 40, 40},
                      .step_mm = 0.05f,
                      .texel_mm = 0.04f,
                      .is_wire = true};
    field_begin(field, body);
    for (int side = -1; side <= 1; side += 2) {
        rig_wings(&rigging, (float)side);
        rig_tail(&rigging, (float)side);
        lace(&rigging, (float)side);
    }
    body.texel_mm = 0.025f;
    field_begin(field, body);
    add_barrels(&rigging);
}
