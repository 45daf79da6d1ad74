// minster.c: the church above the town: one tower done, the other with its crane.

#include "exhibits/small-wonders/nut/gothic.h"
#include "exhibits/small-wonders/nut/nut.h"

static const float FOOT = -6.6f;   // of the walls, in the scene
static const float FRONT = -3.2f;  // the west front's face
static const float TOWER_X = 4.1f; // the towers' middles

// An opening's frame on a wall that looks towards the viewer (turn 0) or sideways.
static Frame on_wall(float x, float y, float z, float turn)
{
    Vec3 out = v3_turn_y(v3(0, 0, 1), turn);
    return frame_make(nut_at(x, y, z), v3(0, 1, 0), out);
}

static void add_block(Field *field, Vec3 foot, Vec3 half)
{
    shape_add(field, gothic_block(nut_frame(foot, 0), half, WALL_ASHLAR, 0.34f),
              (Carve){.material = NUT_WALL});
}

static void add_plain(Field *field, Vec3 foot, Vec3 half)
{
    shape_add(field, gothic_block(nut_frame(foot, 0), half, WALL_SMOOTH, 0),
              (Carve){.material = NUT_WALL});
}

static void add_hole(Field *field, Part shape, float deep)
{
    shape_add(field, shape, (Carve){.op = PART_INSET, .depth_mm = deep, .material = NUT_GLASS});
}

static void add_step(Field *field, Part shape, float deep)
{
    shape_add(field, shape, (Carve){.op = PART_INSET, .depth_mm = deep, .material = NUT_WALL});
}

// A splay, then two lights under a quatrefoil.
static void add_window(Field *field, Frame frame, float half, float rise, float deep)
{
    add_step(field, gothic_lancet(frame, half * 1.18f, rise, 0.6f), 0.12f);
    add_step(field, gothic_lancet(frame, half, rise, 0.6f), 0.25f);
    add_hole(field, gothic_window(frame, half, rise, 1.2f), deep);
}

static void add_crockets(Field *field, Vec3 from, Vec3 to, Vec3 out, int count)
{
    for (int i = 1; i < count; i++) {
        Vec3 p = v3_lerp(from, to, (float)i / (float)count);
        shape_add(field,
                  shape_cone(p, 0.10f, v3_add(v3_mad(p, out, 0.17f), v3(0, 0.10f, 0)), 0.125f),
                  (Carve){.blend_mm = 0.03f, .material = NUT_WALL});
    }
}

// A cross of leaves on a stalk.
static void add_finial(Field *field, Vec3 at, float size)
{
    Carve stone = {.blend_mm = 0.04f, .material = NUT_WALL};
    shape_add(field,
              shape_cone(v3_add(at, v3(0, -0.3f * size, 0)), 0.16f * size,
                         v3_add(at, v3(0, 1.1f * size, 0)), 0.12f * size),
              stone);
    for (int i = 0; i < 4; i++) {
        Vec3 way = v3_turn_y(v3(0.42f * size, 0.5f * size, 0), (float)i * PI_F / 2);
        shape_add(field,
                  shape_cone(v3_add(at, v3(0, 0.38f * size, 0)), 0.11f * size, v3_add(at, way),
                             0.17f * size),
                  stone);
    }
    shape_add(field, shape_ball(v3_add(at, v3(0, 1.15f * size, 0)), 0.19f * size), stone);
}

static void add_pinnacle(Field *field, float x, float y, float z, float half, float high)
{
    add_plain(field, v3(x, y, z), v3(half, half, high * 0.42f));
    for (int i = 0; i < 4; i++)
        add_step(
            field,
            gothic_lancet(on_wall(x + half * sinf((float)i * PI_F / 2), y + high * 0.08f,
                                  z + half * cosf((float)i * PI_F / 2), (float)i * PI_F / 2),
                          half * 0.5f, high * 0.16f, 0.2f),
            0.09f);
    add_plain(field, v3(x, y + high * 0.40f, z), v3(half * 1.3f, half * 1.3f, 0.12f));
    shape_add(
        field,
        gothic_spire(nut_frame(v3(x, y + high * 0.45f, z), 0), half * 1.1f, high * 0.62f, 4),
        (Carve){.material = NUT_WALL});
    add_finial(field, nut_at(x, y + high * 0.98f, z), half * 0.9f);
}

// ---- the west front

// Arches within arches, each a step further in; a king at the door post.
static void add_portal(Field *field, float x, float half, float rise)
{
    Frame sill = on_wall(x, FOOT + 0.3f, FRONT, 0);
    for (int i = 0; i < 4; i++)
        add_step(field, gothic_lancet(sill, half * (1 - 0.15f * (float)i), rise, 2.4f), 0.24f);
    Frame door = sill;
    door.origin = v3_mad(door.origin, door.up, -0.96f);
    float wide = half * 0.42f;
    for (int side = -1; side <= 1; side += 2) {
        Frame leaf = door;
        leaf.origin = frame_to_world(&door, v3(wide * 0.52f * (float)side, 0, 0));
        add_hole(field, gothic_lancet(leaf, wide * 0.42f, rise * 0.55f, 0.6f), 0.35f);
    }
    for (int i = 0; i < 10; i++) { // figures stand in the jambs, and sit in the arch
        float side = i % 2 ? 1.0f : -1.0f, row = (float)(i / 2);
        float reach = half * (0.99f - 0.15f * row * 0.75f);
        Vec3 at =
            frame_to_world(&sill, v3(reach * side, 0.1f + 0.12f * row, -0.22f * row - 0.02f));
        if (row > 2.5f)
            at = frame_to_world(&sill, v3(reach * 0.62f * side,
                                          rise + half * (0.62f + 0.2f * (row - 3)), -0.62f));
        shape_add(field, shape_cone(at, 0.12f, v3_add(at, v3(0, rise * 0.5f, 0)), 0.085f),
                  (Carve){.blend_mm = 0.03f, .material = NUT_FIGURE});
        shape_add(field, shape_ball(v3_add(at, v3(0, rise * 0.5f + 0.16f, 0.03f)), 0.095f),
                  (Carve){.blend_mm = 0.02f, .material = NUT_FIGURE});
    }
}

static void add_gable(Field *field)
{
    Frame gable = nut_frame(v3(0, 5.2f, FRONT - 0.45f), 0);
    shape_add(field, gothic_roof(gable, v3(2.35f, 0.45f, 3.4f), 0),
              (Carve){.material = NUT_WALL});
    Frame face = on_wall(0, 5.95f, FRONT, 0);
    add_step(field,
             gothic_foil((Frame){frame_to_world(&face, v3(0, 0.35f, 0)), face.across,
                                 face.along, face.up},
                         0.85f, 3, 0.6f),
             0.25f);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        add_crockets(field, nut_at(2.35f * s, 5.25f, FRONT - 0.2f),
                     nut_at(0.05f * s, 8.55f, FRONT - 0.2f), v3(0.82f * s, 0.57f, 0), 9);
    }
    add_finial(field, nut_at(0, 8.6f, FRONT - 0.4f), 0.75f);
}

static void add_front(Field *field)
{
    add_block(field, v3(0, FOOT, FRONT - 1.0f), v3(2.3f, 1.0f, 12.0f));
    add_gable(field);
    add_portal(field, 0, 1.45f, 1.9f);
    Frame rose = on_wall(0, 1.95f, FRONT, 0);
    Frame disc = {rose.origin, rose.across, rose.up, v3_scale(rose.along, -1)};
    add_step(field, shape_cylinder(disc, 1.98f, 0.6f, 0), 0.16f);
    add_step(field, shape_cylinder(disc, 1.80f, 0.6f, 0), 0.34f);
    add_hole(field, gothic_rose(rose, 1.74f, 12, 1.4f), 0.85f);
    shape_add(field, shape_ring(rose, 2.04f, 0.10f, 0.14f),
              (Carve){.blend_mm = 0.03f, .material = NUT_WALL});
    add_step(field, gothic_arcade(on_wall(0, -1.55f, FRONT, 0), 0.17f, 0.42f, 0.46f, 4, 0.6f),
             0.3f);
    add_plain(field, v3(0, -0.68f, FRONT - 0.9f), v3(2.4f, 1.02f, 0.16f));
    add_plain(field, v3(0, -1.86f, FRONT - 0.9f), v3(2.4f, 1.04f, 0.16f));
    add_step(field, gothic_arcade(on_wall(0, 4.35f, FRONT, 0), 0.15f, 0.32f, 0.40f, 5, 0.6f),
             0.3f);
    add_plain(field, v3(0, 5.1f, FRONT - 0.9f), v3(2.4f, 1.06f, 0.18f));
    for (int i = 0; i < 4; i++) // steps up to the door
        add_plain(
            field, v3(0, FOOT - 0.6f, FRONT + 0.2f),
            v3(2.5f + 0.45f * (float)i, 0.9f + 0.42f * (float)i, 0.85f - 0.21f * (float)i));
}

// ---- towers

static void add_tower_stage(Field *field, float x, float z, float foot, float half, float high,
                            int lights)
{
    add_block(field, v3(x, foot, z), v3(half, half, high));
    add_plain(field, v3(x, foot + high - 0.12f, z), v3(half + 0.16f, half + 0.16f, 0.22f));
    for (int wall = -1; wall <= 1; wall++) {
        float turn = (float)wall * PI_F / 2;
        for (int i = 0; i < lights; i++) {
            float off = ((float)i - 0.5f * (float)(lights - 1)) * half * 0.95f;
            float wide = lights > 1 ? half * 0.32f : half * 0.45f;
            Vec3 at = v3_turn_y(v3(off, 0, half), turn);
            add_window(field, on_wall(x + at.x, foot + high * 0.14f, z + at.z, turn), wide,
                       high * 0.80f - wide * 2.1f, 0.6f);
        }
    }
}

static void add_buttresses(Field *field, float x, float z, float half, float top)
{
    for (int i = 0; i < 4; i++) {
        float sx = i & 1 ? 1.0f : -1.0f, sz = i & 2 ? 1.0f : -1.0f;
        for (int step = 0; step < 3; step++) {
            float size = 0.50f - 0.07f * (float)step,
                  high = (top - FOOT) * (0.42f + 0.25f * (float)step);
            add_block(field, v3(x + sx * (half + 0.05f), FOOT - 1, z + sz * (half + 0.05f)),
                      v3(size, size, high + 1));
        }
        add_pinnacle(field, x + sx * (half + 0.05f), FOOT + (top - FOOT) * 0.90f,
                     z + sz * (half + 0.05f), 0.27f, 2.4f);
    }
}

// An octagon between the square and the tip; ribs with crockets.
static void add_spire(Field *field, float x, float z, float foot)
{
    float r = 1.32f;
    shape_add(field, gothic_drum(nut_frame(v3(x, foot, z), 0), r, 2.5f),
              (Carve){.material = NUT_WALL});
    shape_add(field, gothic_drum(nut_frame(v3(x, foot + 2.3f, z), 0), r + 0.14f, 0.22f),
              (Carve){.material = NUT_WALL});
    for (int i = 0; i < 8; i++) {
        float turn = (float)i * PI_F / 4;
        Vec3 at = v3_turn_y(v3(0, 0, r), turn);
        add_window(field, on_wall(x + at.x, foot + 0.35f, z + at.z, turn), 0.36f, 1.05f, 0.3f);
    }
    Frame tip = nut_frame(v3(x, foot + 2.4f, z), 0);
    shape_add(field, gothic_spire(tip, 1.22f, 6.6f, 8), (Carve){.material = NUT_WALL});
    for (int i = 0; i < 8; i++) {
        float turn = ((float)i + 0.5f) * PI_F / 4;
        Vec3 out = v3_turn_y(v3(0, 0, 1), turn);
        Vec3 low = v3_add(nut_at(x, foot + 2.45f, z), v3_scale(out, 1.32f)),
             high = nut_at(x, foot + 8.9f, z);
        shape_add(field, shape_cone(low, 0.11f, high, 0.08f),
                  (Carve){.blend_mm = 0.04f, .material = NUT_WALL});
        add_crockets(field, low, high, out, 11);
    }
    add_finial(field, nut_at(x, foot + 8.95f, z), 0.85f);
}

// ---- the unfinished tower: a crane stands on it, as one stood in Cologne for four hundred
// years

static void add_beam(Field *field, Vec3 from, Vec3 to, float radius)
{
    shape_add(field, shape_cone(from, radius, to, radius),
              (Carve){.blend_mm = 0.02f, .material = NUT_FIGURE});
}

static void add_wheel(Field *field, Vec3 hub, float radius)
{
    Frame wheel = {hub, v3(0, 0, 1), v3(0, 1, 0), v3(-1, 0, 0)};
    for (int side = -1; side <= 1; side += 2) {
        Frame ring = wheel;
        ring.origin.x += 0.22f * (float)side;
        shape_add(field, shape_ring(ring, radius, 0.11f, 0.10f),
                  (Carve){.material = NUT_FIGURE});
        for (int i = 0; i < 3; i++) {
            Vec3 spoke =
                v3(0, radius * sinf((float)i * PI_F / 3), radius * cosf((float)i * PI_F / 3));
            add_beam(field, v3_sub(ring.origin, spoke), v3_add(ring.origin, spoke), 0.085f);
        }
    }
    for (int i = 0; i < 12; i++) { // treads
        Vec3 at = v3_add(
            hub, v3(0, radius * sinf((float)i * PI_F / 6), radius * cosf((float)i * PI_F / 6)));
        add_beam(field, v3_add(at, v3(-0.24f, 0, 0)), v3_add(at, v3(0.24f, 0, 0)), 0.085f);
    }
    add_beam(field, v3_add(hub, v3(-0.7f, 0, 0)), v3_add(hub, v3(0.7f, 0, 0)), 0.12f);
}

static void add_crane(Field *field, float x, float y, float z)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side * 0.55f;
        add_beam(field, nut_at(x + s, y - 0.3f, z - 0.6f),
                 nut_at(x + s * 0.8f, y + 2.3f, z - 0.1f), 0.13f);
        add_beam(field, nut_at(x + s, y - 0.3f, z + 0.9f),
                 nut_at(x + s * 0.8f, y + 2.3f, z - 0.1f), 0.12f);
    }
    add_wheel(field, nut_at(x, y + 0.95f, z + 0.1f), 0.85f);
    Vec3 heel = nut_at(x - 1.1f, y + 1.6f, z - 0.2f),
         head = nut_at(x + 2.35f, y + 3.9f, z + 0.1f);
    add_beam(field, heel, head, 0.15f);
    add_beam(field, nut_at(x, y + 2.3f, z - 0.1f), nut_at(x + 1.0f, y + 3.0f, z), 0.12f);
    add_beam(field, nut_at(x - 0.5f, y + 2.25f, z - 0.1f),
             nut_at(x + 0.5f, y + 2.25f, z - 0.1f), 0.13f);
    // The rope, and a stone on it.
    Vec3 stone = v3_add(head, v3(-0.05f, -2.2f, 0.05f));
    add_beam(field, v3_add(head, v3(-0.05f, 0, 0.05f)), stone, 0.085f);
    shape_add(field, shape_ball(head, 0.22f), (Carve){.material = NUT_FIGURE});
    Frame block = frame_make(stone, v3(0.1f, 0, -1), v3(0, 1, 0));
    shape_add(field, shape_box(block, v3(0.36f, 0.30f, 0.30f), 0.05f),
              (Carve){.material = NUT_WALL});
    for (int i = 0; i < 5; i++) { // courses begun, not ended
        float at = -1.35f + 0.62f * (float)i;
        add_plain(field, v3(x + at, y - 0.1f, z + 1.35f),
                  v3(0.28f, 0.30f, 0.35f + 0.22f * (float)(i * 7 % 3)));
    }
}

// ---- nave

static void add_flyer(Field *field, float s, float z)
{
    float pier = 5.35f;
    add_block(field, v3(pier * s, FOOT - 1, z), v3(0.42f, 0.48f, 8.6f));
    add_pinnacle(field, pier * s, 0.7f, z, 0.32f, 2.4f);
    Tube arch = {nut_at(pier * s, 0.3f, z),
                 nut_at(3.9f * s, 2.5f, z),
                 nut_at(2.5f * s, 2.8f, z),
                 0.22f,
                 0.19f,
                 0.22f,
                 8};
    shape_add_tube(field, &arch, (Carve){.blend_mm = 0.05f, .material = NUT_WALL});
    add_beam(field, nut_at(pier * s, 1.5f, z), nut_at(2.5f * s, 3.5f, z), 0.14f);
}

static void add_nave(Field *field)
{
    float middle = -10.2f, half = 5.2f;
    add_block(field, v3(0, FOOT, middle), v3(2.5f, half, 10.6f));
    Frame roof = nut_frame(v3(0, 3.9f, middle), 0);
    shape_add(field, gothic_roof(roof, v3(2.75f, half, 3.4f), 0.36f),
              (Carve){.material = NUT_ROOF});
    add_block(field, v3(0, FOOT - 1, middle), v3(4.8f, half, 5.6f));
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Frame aisle = nut_frame(v3(2.3f * s, -2.1f, middle), 0);
        shape_add(field, gothic_roof(aisle, v3(2.75f, half, 1.9f), 0.36f),
                  (Carve){.material = NUT_ROOF});
        for (int i = 0; i < 4; i++) {
            float z = -7.2f - 2.1f * (float)i;
            add_flyer(field, s, z + 1.05f);
            add_window(field, on_wall(2.5f * s, -0.1f, z, s * PI_F / 2), 0.6f, 1.9f, 0.6f);
            add_window(field, on_wall(4.8f * s, -5.6f, z, s * PI_F / 2), 0.55f, 1.5f, 0.6f);
        }
    }
    // A little spire rides on the ridge.
    Frame rider = nut_frame(v3(0, 6.6f, -10), 0);
    shape_add(field, gothic_drum(rider, 0.5f, 1.6f), (Carve){.material = NUT_WALL});
    rider.origin.y += 1.5f;
    shape_add(field, gothic_spire(rider, 0.58f, 3.6f, 8), (Carve){.material = NUT_ROOF});
    add_finial(field, nut_at(0, 11.6f, -10), 0.5f);
}

void nut_add_minster(Field *field)
{
    add_nave(field);
    float z = FRONT - 1.75f, half = 1.72f;
    for (int i = 0; i < 2; i++) {
        float x = i ? TOWER_X : -TOWER_X;
        add_buttresses(field, x, z, half, i ? 5.4f : 8.6f);
        add_plain(field, v3(x, FOOT - 1, z), v3(half + 0.1f, half + 0.1f, 1.25f));
        add_tower_stage(field, x, z, FOOT, half, 5.2f, 1);
        add_tower_stage(field, x, z, FOOT + 5.2f, half - 0.06f, 4.6f, 2);
        add_tower_stage(field, x, z, FOOT + 9.8f, half - 0.12f, i ? 2.4f : 5.2f, 2);
    }
    add_front(field);
    add_spire(field, -TOWER_X, z, FOOT + 14.9f);
    add_crane(field, TOWER_X, FOOT + 12.2f, z);
}
