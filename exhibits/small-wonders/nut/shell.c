// shell.c: blind tracery on the nut's back: one great rose, six and twelve lesser ones.

#include "exhibits/small-wonders/nut/gothic.h"
#include "exhibits/small-wonders/nut/nut.h"

// A frame lying on the shell: `away` from the pole behind, `turn` around it; up is outwards.
static Frame shell_frame(float away, float turn)
{
    Vec3 pole = v3_scale(nut_face_normal(), -1);
    Frame back = frame_make(NUT_CENTRE, v3(0, 1, 0), pole);
    Vec3 out = v3(sinf(away) * sinf(turn), sinf(away) * cosf(turn), cosf(away));
    Vec3 world = v3_sub(frame_to_world(&back, out), NUT_CENTRE);
    Vec3 towards =
        away > 0.01f ? v3_sub(pole, v3_scale(world, v3_dot(pole, world))) : v3(0, 1, 0);
    return frame_make(v3_mad(NUT_CENTRE, world, NUT_RADIUS), towards, world);
}

static Frame sunk(Frame frame, float by)
{
    frame.origin = v3_mad(frame.origin, frame.up, -by);
    return frame;
}

static void cut(Field *field, Part shape, float deep)
{
    shape_add(field, shape,
              (Carve){.op = PART_INSET, .depth_mm = deep, .material = NUT_RECESS});
}

// How far a sphere falls off at `radius` beside a tangent's foot.
static float sagitta(float radius)
{
    return NUT_RADIUS - sqrtf(NUT_RADIUS * NUT_RADIUS - radius * radius);
}

static void add_roll(Field *field, Frame frame, float radius, float thick, float deep)
{
    shape_add(field, shape_ring(sunk(frame, sagitta(radius) + deep), radius, thick, thick),
              (Carve){.blend_mm = 0.06f});
}

// A round field, sunk; in it foils, deeper; a roll around it and a boss in the middle.
static void add_medallion(Field *field, Frame frame, float radius, int foils)
{
    Frame disc = frame;
    disc.along = frame.up;
    disc.up = v3_scale(frame.along, -1);
    cut(field, shape_cylinder(disc, radius * 0.93f, 4, 0), 0.45f);
    for (int i = 0; i < foils; i++) {
        float turn = ((float)i + 0.5f) * 2 * PI_F / (float)foils, reach = radius * 0.56f;
        float size = fminf(radius * 0.33f, reach * sinf(PI_F / (float)foils) * 0.96f);
        Frame ring = frame;
        ring.origin = frame_to_world(
            &frame, v3(reach * sinf(turn), reach * cosf(turn), -sagitta(reach) - 0.35f));
        ring.up = v3_unit(v3_sub(ring.origin, NUT_CENTRE));
        ring = frame_make(ring.origin, v3_sub(ring.origin, frame.origin), ring.up);
        shape_add(field, shape_ring(ring, size, 0.20f, 0.32f), (Carve){.blend_mm = 0.05f});
        cut(field, gothic_foil(ring, size * 0.86f, i % 2 ? 3 : 4, 2), 0.75f);
    }
    add_roll(field, frame, radius, 0.42f, 0);
    add_roll(field, frame, radius * 0.84f, 0.22f, 0.32f);
    shape_add(field,
              shape_ellipsoid(sunk(frame, 0.35f), v3(radius * 0.16f, radius * 0.16f, 0.55f)),
              (Carve){.blend_mm = 0.08f});
    for (int i = 0; i < 8; i++) { // the boss is a flower
        float turn = (float)i * PI_F / 4;
        Vec3 a = frame_to_world(
            &frame, v3(radius * 0.04f * sinf(turn), radius * 0.04f * cosf(turn), 0.25f));
        Vec3 b = frame_to_world(
            &frame, v3(radius * 0.19f * sinf(turn), radius * 0.19f * cosf(turn), -0.25f));
        shape_add(field, shape_spindle(a, b, 0.11f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.03f});
    }
}

enum { SIX = 6, FOURTEEN = 14, MEDALLIONS = 1 + SIX + FOURTEEN };

typedef struct Medallion {
    float away, turn, radius;
    int foils;
} Medallion;

static void list_medallions(Medallion list[MEDALLIONS])
{
    Chance chance = {5};
    int count = 0;
    list[count++] = (Medallion){0, 0, 6.6f, 8};
    for (int i = 0; i < SIX; i++)
        list[count++] = (Medallion){0.545f, ((float)i + 0.5f) * 2 * PI_F / SIX,
                                    5.75f + chance_around(&chance, 0.1f), 4 + i % 2 * 2};
    for (int i = 0; i < FOURTEEN; i++)
        list[count++] = (Medallion){1.02f, ((float)i + 0.25f) * 2 * PI_F / FOURTEEN,
                                    4.38f + chance_around(&chance, 0.05f), 3 + i % 3};
}

static bool is_plain_ground(const Medallion *list, Vec3 p)
{
    for (int i = 0; i < MEDALLIONS; i++) {
        Frame frame = shell_frame(list[i].away, list[i].turn);
        if (v3_length(v3_sub(frame.origin, p)) < list[i].radius + 0.75f)
            return false;
    }
    return true;
}

// The ground between is punched, in a spiral: no two dots line up.
static void punch_ground(Field *field, const Medallion *list)
{
    Chance chance = {17};
    int count = 5200;
    for (int i = 0; i < count; i++) {
        float away = acosf(1 - ((float)i + 0.5f) * 1.25f / (float)count),
              turn = (float)i * 2.3999632f;
        Frame frame = shell_frame(away, turn - 2 * PI_F * floorf(turn / (2 * PI_F)));
        if (away > 1.235f || !is_plain_ground(list, frame.origin))
            continue;
        Vec3 p = v3_mad(frame.origin, frame.up, 0.10f + chance_around(&chance, 0.03f));
        shape_add(field, shape_ball(p, 0.24f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.02f, .material = NUT_RECESS});
    }
}

void nut_add_shell_tracery(Field *field)
{
    Medallion list[MEDALLIONS];
    list_medallions(list);
    punch_ground(field, list);
    for (int i = 0; i < MEDALLIONS; i++)
        add_medallion(field, shell_frame(list[i].away, list[i].turn), list[i].radius,
                      list[i].foils);
    // An arcade under the rim, on a moulding.
    enum { BAYS = 54 };
    for (int i = 0; i < BAYS; i++) {
        Frame frame = shell_frame(1.36f, ((float)i + 0.5f) * 2 * PI_F / BAYS);
        frame.origin = v3_mad(frame.origin, frame.along, -2.0f);
        cut(field, gothic_lancet(frame, 1.16f, 2.3f, 2), 0.3f);
        cut(field, gothic_window(frame, 1.06f, 2.2f, 2), 0.7f);
    }
    Vec3 pole = v3_scale(nut_face_normal(), -1);
    Frame belt =
        frame_make(v3_mad(NUT_CENTRE, pole, NUT_RADIUS * cosf(1.245f)), v3(0, 1, 0), pole);
    shape_add(field, shape_ring(belt, NUT_RADIUS * sinf(1.245f), 0.32f, 0.26f),
              (Carve){.blend_mm = 0.08f});
}
