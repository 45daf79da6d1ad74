// town.c: the ground, the streets, houses, the wall and its people.

#include "exhibits/small-wonders/nut/gothic.h"
#include "exhibits/small-wonders/nut/nut.h"

#include <stdlib.h>

static const float WALL_Z = 4.0f; // of the town wall's middle

float nut_ground(float x, float z)
{
    float hill = -11.6f + 6.0f * smooth_f(5, -9, z) + 0.010f * x * x;
    float roll = 0.35f * sinf(x * 0.6f + 1) * sinf(z * 0.7f);
    float place = smooth_f(9, 6, fabsf(x)) * smooth_f(0.5f, -2.5f, z);
    return lerp_f(hill + roll, -7.0f, place);
}

static float wall_z(float x)
{
    return WALL_Z - 0.021f * x * x;
}

// The street from the gate up to the door of the minster.
static float street_x(float z)
{
    return -1.6f * smooth_f(-2.5f, 1.5f, z) + 1.5f * smooth_f(1.0f, 4.0f, z);
}

float nut_crag(Vec3 p)
{
    float quay = expf(-(p.x - 1.5f) * (p.x - 1.5f) * 0.2f);
    float strata = fabsf(noise_value(v3(p.x * 0.5f, p.y * 1.3f, 3), 47)) * 0.5f;
    float clefts = fabsf(noise_value(v3(p.x * 1.1f, p.y * 0.35f, 7), 48)) * 0.55f;
    return 5.3f - 0.021f * p.x * p.x + 1.1f * quay - 0.12f * (p.y + 11.8f) + strata - clefts;
}

static void eval_ground(const Part *part, const FieldPoints *at, float *restrict values)
{
    (void)part;
    Vec3 n = nut_face_normal(), c = NUT_CENTRE;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = v3_sub(v3(at->x[i], at->y[i], at->z[i]), c);
        float face = v3_dot(p, n) - (NUT_FACE_OFFSET - 0.9f);
        float ball = v3_length(p) - (NUT_HOLLOW + 0.6f);
        float top = (p.y - nut_ground(clamp_f(p.x, -22, 22), clamp_f(p.z, -22, 8))) * 0.7f;
        float crag =
            (p.z - nut_crag(v3(clamp_f(p.x, -22, 22), clamp_f(p.y, -22, 0), 0))) * 0.7f;
        float wave =
            0.10f * sinf(p.x * 2.1f + 1.3f * sinf(p.z * 1.4f)) + 0.05f * sinf(p.z * 5 + p.x);
        float water = (p.y - NUT_WATER - wave) * 0.9f;
        values[i] = fmaxf(fmaxf(face, ball), fminf(fmaxf(top, crag), water));
    }
}

// Cobbles of the street and of the place before the minster, one by one.
static void add_cobbles(Field *field)
{
    Chance chance = {3};
    for (float z = 3.2f; z > -2.4f; z -= 0.36f)
        for (int i = -9; i <= 9; i++) {
            float x = street_x(z) + (float)i * 0.35f + chance_around(&chance, 0.12f),
                  w = z + chance_around(&chance, 0.13f);
            if (abs(i) > 3 && (z > 0.3f || fabsf(x) > 3.4f))
                continue;
            Frame stone = nut_frame(v3(x, nut_ground(x, w) - 0.02f, w), 0);
            shape_add(field, shape_ellipsoid(stone, v3(0.17f, 0.17f, 0.11f)),
                      (Carve){.blend_mm = 0.02f, .material = NUT_WALL});
        }
}

// ---- houses

typedef struct House {
    Vec3 foot;                          // in the scene
    float turn, wide, deep, high, roof; // half sizes, then whole heights
    bool is_timber, has_chimney;
    bool is_eaves; // the ridge runs along the street
} House;

static Frame house_frame(const House *house)
{
    return nut_frame(house->foot, house->turn);
}

// A window or door in the front: across from the middle, up from the foot.
static void add_light(Field *field, const House *house, float x, float y, float half,
                      float high)
{
    Frame body = house_frame(house);
    Vec3 out = v3_scale(body.along, -1);
    Frame sill = frame_make(frame_to_world(&body, v3(x, -house->deep, y)), v3(0, 1, 0), out);
    Vec3 up = v3(0, high * 0.5f, 0);
    Frame middle = sill;
    middle.origin = v3_add(sill.origin, up);
    shape_add(field, shape_box(middle, v3(half + 0.07f, high * 0.5f + 0.07f, 0.09f), 0.02f),
              (Carve){.material = NUT_TIMBER});
    shape_add(field, shape_box(middle, v3(half, high * 0.5f, 0.5f), 0.01f),
              (Carve){.op = PART_INSET, .depth_mm = 0.32f, .material = NUT_GLASS});
    shape_add(field, shape_box(middle, v3(0.035f, high * 0.5f, 0.05f), 0.01f),
              (Carve){.material = NUT_TIMBER});
    shape_add(field, shape_box(middle, v3(half, 0.035f, 0.05f), 0.01f),
              (Carve){.material = NUT_TIMBER});
}

static void add_openings(Field *field, const House *house, Chance *chance)
{
    int columns = house->wide > 1.25f ? 3 : 2;
    float pitch = house->wide * 1.8f / (float)columns;
    for (float y = 0.55f; y < house->high - 0.5f; y += 0.95f)
        for (int i = 0; i < columns; i++) {
            float x = ((float)i - 0.5f * (float)(columns - 1)) * pitch;
            if (chance_next(chance) < 0.88f)
                add_light(field, house, x, y + 0.1f, 0.19f, 0.5f);
        }
    if (!house->is_eaves)
        add_light(field, house, 0, house->high + house->roof * 0.28f, 0.15f, 0.36f);
    Frame body = house_frame(house);
    Frame door = frame_make(frame_to_world(&body, v3(-house->wide * 0.45f, -house->deep, 0)),
                            v3(0, 1, 0), v3_scale(body.along, -1));
    shape_add(field, gothic_lancet(door, 0.26f, 0.62f, 0.4f),
              (Carve){.op = PART_INSET, .depth_mm = 0.3f, .material = NUT_GLASS});
}

static void add_chimney(Field *field, const House *house)
{
    Frame body = house_frame(house);
    body.origin =
        frame_to_world(&body, v3(house->wide * 0.45f, house->deep * 0.2f, house->high));
    shape_add(field,
              gothic_block(body, v3(0.22f, 0.26f, house->roof * 1.05f), WALL_ASHLAR, 0.16f),
              (Carve){.material = NUT_WALL});
    body.origin.y += house->roof * 1.0f;
    shape_add(field, gothic_block(body, v3(0.28f, 0.32f, 0.12f), WALL_SMOOTH, 0),
              (Carve){.material = NUT_WALL});
}

static void add_gable_frame(Field *field, Frame gable, float wide, float deep, float high)
{
    Carve beam = {.material = NUT_TIMBER};
    float face = -deep - 0.01f;
    for (int i = 0; i < 2; i++) {
        float y = high * (0.04f + 0.5f * (float)i), reach = wide * (1 - y / high) * 0.94f;
        shape_add(field,
                  shape_cone(frame_to_world(&gable, v3(-reach, face, y)), 0.085f,
                             frame_to_world(&gable, v3(reach, face, y)), 0.085f),
                  beam);
    }
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        shape_add(field,
                  shape_cone(frame_to_world(&gable, v3(wide * 0.55f * s, face, 0)), 0.075f,
                             frame_to_world(&gable, v3(wide * 0.25f * s, face, high * 0.5f)),
                             0.075f),
                  beam);
        shape_add(
            field,
            shape_cone(frame_to_world(&gable, v3(wide * 1.1f * s, face - 0.06f, -high * 0.12f)),
                       0.09f, frame_to_world(&gable, v3(0, face - 0.06f, high * 1.03f)), 0.09f),
            beam);
    }
}

static void add_roof(Field *field, const House *house)
{
    Frame roof = house_frame(house);
    float wide = house->wide, deep = house->deep, eaves = 0.22f;
    if (house->is_eaves) {
        Vec3 along = roof.across;
        roof.across = v3_scale(roof.along, -1);
        roof.along = along;
        wide = house->deep, deep = house->wide;
    }
    roof.origin = v3_mad(roof.origin, roof.up, house->high - 0.04f);
    float slope = house->roof / wide;
    shape_add(field, gothic_roof(roof, v3(wide, deep, house->roof - 0.05f), 0),
              (Carve){.material = NUT_SKY});
    if (wide > 0.5f)
        add_gable_frame(field, roof, wide, deep, house->roof);
    roof.origin = frame_to_world(&roof, v3(0, 0.06f, -eaves * slope + 0.06f));
    shape_add(
        field,
        gothic_roof(roof, v3(wide + eaves, deep - 0.05f, house->roof + eaves * slope), 0.34f),
        (Carve){.material = NUT_ROOF});
    if (house->has_chimney)
        add_chimney(field, house);
}

static void add_dormer(Field *field, const House *house, float y)
{
    House dormer = *house;
    Frame body = house_frame(house);
    dormer.is_eaves = false;
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Vec3 on = house->is_eaves ? v3(house->wide * 0.45f * s, -house->deep * 0.55f, 0)
                                  : v3(house->wide * 0.55f * s, 0, 0);
        on.z = house->high + house->roof * 0.2f;
        dormer.foot = v3_add(v3_sub(frame_to_world(&body, on), NUT_CENTRE), v3(0, y, 0));
        dormer.turn = house->is_eaves ? house->turn : house->turn + s * PI_F / 2;
        dormer.wide = 0.32f, dormer.deep = 0.5f, dormer.high = 0.42f, dormer.roof = 0.42f;
        shape_add(field,
                  gothic_block(house_frame(&dormer), v3(0.32f, 0.5f, 0.44f), WALL_SMOOTH, 0),
                  (Carve){.material = NUT_TIMBER});
        dormer.has_chimney = false;
        add_roof(field, &dormer);
        add_light(field, &dormer, 0, 0.10f, 0.14f, 0.28f);
    }
}

static void add_house(Field *field, const House *house, Chance *chance)
{
    Frame body = house_frame(house);
    body.origin.y -= 1.2f; // a cellar, down into the slope
    GothicWall wall = house->is_timber ? WALL_TIMBER : WALL_ASHLAR;
    shape_add(field,
              gothic_block(body, v3(house->wide, house->deep, house->high + 1.2f), wall,
                           house->is_timber ? 0.95f : 0.24f),
              (Carve){.material = house->is_timber ? NUT_TIMBER : NUT_WALL});
    if (house->is_timber) { // the upper floor stands out over the street
        Frame upper = house_frame(house);
        upper.origin = frame_to_world(&upper, v3(0, -0.14f, house->high * 0.5f));
        shape_add(field,
                  gothic_block(upper, v3(house->wide + 0.05f, house->deep, house->high * 0.5f),
                               WALL_TIMBER, 0.95f),
                  (Carve){.material = NUT_TIMBER});
    }
    add_roof(field, house);
    add_openings(field, house, chance);
    if (house->is_eaves || chance_next(chance) < 0.45f)
        add_dormer(field, house, 0);
}

static bool is_taken(float x, float z)
{
    bool is_minster = fabsf(x) < 7.2f && z < -0.6f, is_place = fabsf(x) < 3.4f && z < 0.2f;
    bool is_front_house = fabsf(x - 4.5f) < 3.3f && z > -0.4f;
    return z > wall_z(x) - 1.9f || is_front_house || is_minster || is_place ||
           fabsf(x - street_x(z)) < 1.9f;
}

static void add_row(Field *field, float z, uint32_t seed)
{
    Chance chance = {seed};
    for (float x = -18.5f + chance_next(&chance); x < 18.5f;) {
        House house = {.wide = chance_between(&chance, 1.05f, 1.5f),
                       .deep = chance_between(&chance, 1.1f, 1.5f),
                       .high = chance_between(&chance, 1.6f, 3.0f)};
        house.roof = house.wide * chance_between(&chance, 1.15f, 1.6f);
        float middle = x + house.wide, w = z + chance_around(&chance, 0.35f);
        house.foot = v3(middle, nut_ground(middle, w) - 0.1f, w);
        house.turn = chance_around(&chance, 0.14f) - middle * 0.022f;
        house.is_timber = chance_next(&chance) < 0.68f;
        house.has_chimney = chance_next(&chance) < 0.7f;
        house.is_eaves = chance_next(&chance) < 0.3f;
        x = middle + house.wide + chance_between(&chance, 0.12f, 0.35f);
        Vec3 ridge = v3_add(house.foot, v3(0, house.high + house.roof, house.deep));
        Vec3 corner =
            v3_add(house.foot, v3(middle > 0 ? 0.7f : -0.7f, house.high, -house.deep * 0.5f));
        if (!is_taken(middle, w) && nut_is_free(ridge, 0.5f) &&
            v3_length(corner) < NUT_HOLLOW + 0.4f)
            add_house(field, &house, &chance);
    }
}

// ---- the wall

static void add_merlons(Field *field, Frame frame, float half, float deep, float high)
{
    int count = (int)(half * 2 / 0.62f);
    for (int i = 0; i < count; i++) {
        Frame at = frame;
        float x = ((float)i + 0.5f) / (float)count * 2 * half - half;
        at.origin = frame_to_world(&frame, v3(x, -deep + 0.12f, high - 0.05f));
        shape_add(field, gothic_block(at, v3(0.19f, 0.13f, 0.42f), WALL_SMOOTH, 0),
                  (Carve){.material = NUT_WALL});
    }
}

static void add_curtain(Field *field, float from, float to, float high)
{
    float x = (from + to) * 0.5f, half = (to - from) * 0.5f + 0.1f;
    float turn = -atan2f(wall_z(to) - wall_z(from), to - from);
    Frame frame = nut_frame(v3(x, nut_ground(x, wall_z(x)) - 0.8f, wall_z(x)), turn);
    shape_add(field, gothic_block(frame, v3(half, 0.42f, high + 0.8f), WALL_ASHLAR, 0.30f),
              (Carve){.material = NUT_WALL});
    add_merlons(field, frame, half, 0.42f, high + 0.8f);
    Frame face = frame_make(frame_to_world(&frame, v3(0, -0.42f, 1.5f)), v3(0, 1, 0),
                            v3_scale(frame.along, -1));
    for (int i = -1; i <= 1; i++) { // loopholes
        Frame slit = face;
        slit.origin = frame_to_world(&face, v3(0.8f * (float)i, 0, 0));
        shape_add(field, gothic_lancet(slit, 0.07f, 0.4f, 0.4f),
                  (Carve){.op = PART_INSET, .depth_mm = 0.3f, .material = NUT_GLASS});
    }
}

static void add_wall_tower(Field *field, float x, float radius, float high)
{
    float z = wall_z(x) - 0.2f, y = nut_ground(x, z) - 0.8f;
    Frame lying = frame_make(nut_at(x, y + (high + 0.8f) * 0.5f, z), v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_cylinder(lying, radius, (high + 0.8f) * 0.5f, 0.03f),
              (Carve){.material = NUT_WALL});
    for (int i = 0; i < 14; i++) { // courses
        Frame ring =
            frame_make(nut_at(x, y + 0.9f + 0.27f * (float)i, z), v3(0, 0, 1), v3(0, 1, 0));
        if (0.27f * (float)i < high - 0.3f)
            shape_add(field, shape_ring(ring, radius, 0.045f, 0.03f), (Carve){.op = PART_CUT});
    }
    Vec3 top = nut_at(x, y + high + 0.8f, z);
    Frame cap = nut_frame(v3_sub(top, NUT_CENTRE), 0.2f);
    shape_add(field, gothic_drum(cap, radius * 1.12f, 0.18f), (Carve){.material = NUT_WALL});
    shape_add(field, gothic_spire(cap, radius * 1.25f, radius * 2.3f, 8),
              (Carve){.material = NUT_ROOF});
    shape_add(field,
              shape_cone(v3_add(top, v3(0, radius * 2.1f, 0)), 0.10f,
                         v3_add(top, v3(0, radius * 2.3f + 0.45f, 0)), 0.08f),
              (Carve){.material = NUT_WALL});
    for (int i = -1; i <= 1; i++) {
        Vec3 out = v3_turn_y(v3(0, 0, 1), (float)i * 0.9f);
        Frame slit = frame_make(v3_add(nut_at(x, y + high - 0.1f, z), v3_scale(out, radius)),
                                v3(0, 1, 0), out);
        shape_add(field, gothic_lancet(slit, 0.12f, 0.35f, 0.5f),
                  (Carve){.op = PART_INSET, .depth_mm = 0.35f, .material = NUT_GLASS});
    }
}

static void add_gate(Field *field, float x)
{
    float z = wall_z(x), y = nut_ground(x, z) - 0.8f;
    Frame frame = nut_frame(v3(x, y, z), 0);
    shape_add(field, gothic_block(frame, v3(1.35f, 0.75f, 4.5f), WALL_ASHLAR, 0.30f),
              (Carve){.material = NUT_WALL});
    Frame face =
        frame_make(frame_to_world(&frame, v3(0, -0.75f, 0.8f)), v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, gothic_lancet(face, 0.82f, 0.9f, 0.3f),
              (Carve){.op = PART_INSET, .depth_mm = 0.18f, .material = NUT_WALL});
    shape_add(field, gothic_lancet(face, 0.66f, 0.85f, 2.5f),
              (Carve){.op = PART_CUT, .material = NUT_GLASS});
    for (int i = -2; i <= 2; i++) { // the portcullis, half way up
        Vec3 at = frame_to_world(&face, v3(0.26f * (float)i, 0.75f, -0.3f));
        shape_add(field, shape_cone(at, 0.06f, v3_add(at, v3(0, 1.4f, 0)), 0.07f),
                  (Carve){.material = NUT_FIGURE});
    }
    for (int i = 0; i < 2; i++) {
        Vec3 at = frame_to_world(&face, v3(0, 0.98f + 0.32f * (float)i, -0.3f));
        shape_add(
            field,
            shape_cone(v3_add(at, v3(-0.7f, 0, 0)), 0.07f, v3_add(at, v3(0.7f, 0, 0)), 0.07f),
            (Carve){.material = NUT_FIGURE});
    }
    Frame shield = face;
    shield.origin = frame_to_world(&face, v3(0, 2.62f, 0));
    shape_add(field, gothic_star(shield, 0.5f, 8, 0.16f), (Carve){.material = NUT_GOLD});
    add_merlons(field, frame, 1.35f, 0.75f, 4.5f);
    nut_add_person(field, &(NutPerson){v3(x - 0.35f, y + 4.45f, z + 0.15f), 1.5f, 0.15f, true});
    nut_add_person(field,
                   &(NutPerson){v3(x + 0.25f, nut_ground(x, z + 1.2f) - 0.03f, z + 1.25f),
                                1.15f, -0.3f, false});
}

// ---- the house at the front: somebody looks out of its window; a cat sits on the ridge

static void add_front_house(Field *field)
{
    Chance chance = {71};
    House house = {.foot = v3(4.5f, nut_ground(4.5f, 1.1f) - 0.1f, 1.1f),
                   .turn = -0.12f,
                   .wide = 1.75f,
                   .deep = 1.35f,
                   .high = 3.0f,
                   .roof = 2.3f,
                   .is_timber = true,
                   .has_chimney = true};
    add_house(field, &house, &chance);
    Frame body = house_frame(&house);
    Vec3 sill = frame_to_world(&body, v3(0.0f, -house.deep - 0.14f, 1.7f));
    Frame bay =
        frame_make(v3_add(sill, v3(0, 0.45f, 0)), v3(0, 1, 0), v3_scale(body.along, -1));
    shape_add(field, shape_box(bay, v3(0.50f, 0.56f, 0.16f), 0.03f),
              (Carve){.material = NUT_TIMBER});
    shape_add(field, shape_box(bay, v3(0.38f, 0.45f, 0.9f), 0.03f),
              (Carve){.op = PART_CUT, .material = NUT_GLASS});
    Vec3 inside = v3_sub(v3_add(sill, v3(0, -0.48f, -0.24f)), NUT_CENTRE);
    nut_add_person(field, &(NutPerson){inside, 1.25f, -0.12f, false});
    nut_add_cat(field,
                v3_sub(frame_to_world(&body, v3(0, -0.7f, house.high + house.roof - 0.02f)),
                       NUT_CENTRE));
}

void nut_add_town(Field *field)
{
    Part ground = {.eval = eval_ground, .frame = {.origin = NUT_CENTRE}, .lipschitz = 1.6f};
    shape_add(field, ground, (Carve){.blend_mm = 0.2f, .material = NUT_GROUND});
    add_cobbles(field);
    static const float ROWS[] = {-12.6f, -9.6f, -6.8f, -4.0f, -1.3f, 1.4f};
    for (size_t i = 0; i < COUNT_OF(ROWS); i++)
        add_row(field, ROWS[i], 100 + 7 * (uint32_t)i);
    add_front_house(field);
    nut_add_river(field, street_x(4.2f));
    static const float ENDS[] = {-15.2f, -11.6f, -7.8f, -3.9f, 0.0f, 3.6f, 7.3f, 11.2f, 14.9f};
    for (size_t i = 0; i + 1 < COUNT_OF(ENDS); i++)
        add_curtain(field, ENDS[i], ENDS[i + 1], 1.75f);
    add_wall_tower(field, -11.6f, 0.95f, 2.9f);
    add_wall_tower(field, -6.0f, 0.8f, 2.5f);
    add_wall_tower(field, 7.4f, 0.85f, 2.3f);
    add_wall_tower(field, 11.2f, 1.0f, 3.0f);
    add_gate(field, street_x(4.2f));
    nut_add_person(field,
                   &(NutPerson){v3(-0.6f, nut_ground(-0.6f, 0.6f), 0.6f), 1.2f, 0.4f, true});
    nut_add_person(field,
                   &(NutPerson){v3(0.5f, nut_ground(0.5f, 1.0f), 1.0f), 1.1f, -0.6f, false});
}
