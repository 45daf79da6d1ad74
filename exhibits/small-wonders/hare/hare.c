// hare.c: the hare's form.

#include "exhibits/small-wonders/hare/hare.h"

#define BEND_MM 52.0f // radius of the curve its spine lies on, seen from above

Vec3 hare_point(float x, float y, float z)
{
    float turn = x / BEND_MM, r = BEND_MM - z;
    return v3(r * sinf(turn), y + HARE_LIFT_MM, BEND_MM - r * cosf(turn) - 2.2f);
}

Vec3 hare_direction(float x, Vec3 way)
{
    return v3_turn_y(way, -x / BEND_MM);
}

// A frame at a place of the body; directions as if it were straight.
static Frame body_frame(float x, float y, float z, Vec3 along, Vec3 up)
{
    return frame_make(hare_point(x, y, z), hare_direction(x, along), hare_direction(x, up));
}

static void add_trunk(Field *field)
{
    Carve join = {.blend_mm = 3.2f};
    const Vec3 up = {0, 1, 0};
    shape_add(field,
              shape_ellipsoid(body_frame(6.4f, 10.6f, 0, v3(1, -0.10f, 0), up),
                              v3(9.0f, 11.4f, 10.9f)),
              join);
    shape_add(
        field,
        shape_ellipsoid(body_frame(-4.5f, 8.4f, 0, v3(1, 0.05f, 0), up), v3(7.6f, 10.2f, 9.0f)),
        join);
    shape_add(
        field,
        shape_ellipsoid(body_frame(-10.0f, 6.6f, 0.3f, v3(1, 0, 0), up), v3(5.4f, 5.0f, 5.8f)),
        (Carve){.blend_mm = 2.0f});
    // Two buttocks: the tail lies between them.
    shape_add(field,
              shape_cone(hare_point(17.6f, 16.5f, 0), 0.6f, hare_point(15.8f, 1.5f, 0), 2.6f),
              (Carve){.op = PART_CUT, .blend_mm = 2.2f});
    // The belly is flat: it is made to lie on a sash.
    shape_add(field,
              shape_half_space(frame_make(hare_point(0, 0.6f, 0), v3(1, 0, 0), v3(0, 1, 0))),
              (Carve){.op = PART_CUT, .blend_mm = 1.6f});
}

// Toes side by side, each a little shorter than its inner neighbour.
static void add_toes(Field *field, Vec3 root, Vec3 way, Vec3 across, float thick)
{
    for (int i = 0; i < 4; i++) {
        float side = ((float)i - 1.5f) * 1.30f * thick, back = i == 3   ? 0.9f
                                                               : i == 0 ? 0.5f
                                                                        : 0;
        Vec3 from = v3_mad(v3_mad(root, across, side * 0.85f), way, -back * thick);
        Vec3 to = v3_mad(v3_mad(v3_mad(from, across, side * 0.15f), way, 2.6f * thick),
                         v3(0, 1, 0), -0.40f * thick);
        shape_add(field, shape_cone(from, thick, to, thick * 0.80f),
                  (Carve){.blend_mm = 0.16f});
        Vec3 claw = v3_mad(v3_mad(to, way, 0.62f * thick), v3(0, 1, 0), 0.30f * thick);
        Vec3 point = v3_mad(v3_mad(claw, way, 0.55f * thick), v3(0, 1, 0), -0.40f * thick);
        shape_add(field, shape_cone(claw, 0.26f * thick, point, 0.08f * thick),
                  (Carve){.blend_mm = 0.02f, .material = HARE_CLAW});
    }
}

static void add_foot(Field *field, Vec3 heel, Vec3 toe, const float wide[3],
                     const float thick[3])
{
    Vec3 way = v3_sub(toe, heel);
    Blade foot = {.frame = frame_make(heel, way, v3(0, 1, 0)), .length = v3_length(way)};
    for (int i = 0; i < 3; i++)
        foot.wide[i] = wide[i], foot.thick[i] = thick[i];
    shape_add(field, shape_blade(&foot), (Carve){.blend_mm = 0.45f});
    float toes = wide[2] * 0.40f;
    add_toes(field, v3_mad(toe, foot.frame.up, -0.25f * toes), foot.frame.along,
             foot.frame.across, toes);
}

static void add_hind_leg(Field *field, float s)
{
    static const float WIDE[3] = {1.6f, 2.0f, 2.1f}, THICK[3] = {1.35f, 1.6f, 1.25f};
    // The thigh: the largest plane of the side, with a crease in front of it.
    shape_add(field,
              shape_ellipsoid(
                  body_frame(7.3f, 9.2f, 6.6f * s, v3(0.76f, 0.65f, 0), v3(0.30f, 0.10f, s)),
                  v3(7.4f, 9.0f, 5.0f)),
              (Carve){.blend_mm = 0.40f});
    shape_add(field,
              shape_cone(hare_point(7.0f, 3.4f, 7.4f * s), 2.6f,
                         hare_point(12.4f, 2.4f, 6.4f * s), 1.9f),
              (Carve){.blend_mm = 1.4f});
    add_foot(field, hare_point(13.6f, 1.45f, 6.2f * s), hare_point(-2.4f, 1.35f, 8.3f * s),
             WIDE, THICK);
}

static void add_fore_leg(Field *field, float s)
{
    static const float WIDE[3] = {1.6f, 1.75f, 1.7f}, THICK[3] = {1.4f, 1.35f, 1.1f};
    shape_add(
        field,
        shape_ellipsoid(body_frame(-6.0f, 8.0f, 5.6f * s, v3(0.42f, 0.90f, 0), v3(0, 0.10f, s)),
                        v3(3.9f, 5.9f, 3.3f)),
        (Carve){.blend_mm = 1.0f});
    shape_add(field,
              shape_cone(hare_point(-5.0f, 3.4f, 6.2f * s), 2.4f,
                         hare_point(-11.2f, 2.1f, 4.0f * s), 1.7f),
              (Carve){.blend_mm = 0.6f});
    add_foot(field, hare_point(-10.4f, 1.65f, 4.2f * s), hare_point(-14.4f, 1.35f, 2.9f * s),
             WIDE, THICK);
}

// Turned up against the rump, as a hare at rest wears it.
static void add_tail(Field *field)
{
    Vec3 root = hare_point(13.6f, 5.8f, 0.2f), tip = hare_point(17.3f, 13.0f, 0.7f);
    Blade tail = {.frame = frame_make(root, v3_sub(tip, root), hare_direction(16, v3(1, 0, 0))),
                  .length = v3_length(v3_sub(tip, root)),
                  .wide = {1.5f, 2.9f, 0.15f},
                  .thick = {1.4f, 1.7f, 0.15f},
                  .rise = 0.5f};
    tail.frame.along = v3_unit(v3_sub(tip, root));
    tail.frame.across = v3_unit(v3_cross(tail.frame.along, tail.frame.up));
    tail.frame.up = v3_cross(tail.frame.across, tail.frame.along);
    shape_add(field, shape_blade(&tail), (Carve){.blend_mm = 0.30f});
}

// Caps of horn, let in under the lids.
static void add_eye(const Hare *hare, int i, Field *field)
{
    const Frame *eye = &hare->eyes[i];
    Vec3 reach = v3(HARE_EYE_MM + 0.2f, HARE_EYE_MM + 0.2f, HARE_EYE_MM + 0.2f);
    field_begin(field, (FieldBody){.low = v3_sub(eye->origin, reach),
                                   .high = v3_add(eye->origin, reach),
                                   .step_mm = 0.035f,
                                   .texel_mm = 0.007f});
    Carve horn = {.material = HARE_EYE, .tag = (uint16_t)i};
    shape_add(field, shape_ball(eye->origin, HARE_EYE_MM), horn);
    Frame back = *eye;
    back.origin = v3_mad(eye->origin, eye->up, 0.15f);
    horn.op = PART_CUT;
    shape_add(field, shape_half_space(back), horn);
}

static void *build(Field *field, Arena *arena)
{
    Hare *hare = ARENA_NEW(arena, Hare);
    hare_place_head(hare);
    add_trunk(field);
    add_tail(field);
    for (int side = -1; side <= 1; side += 2) {
        add_hind_leg(field, (float)side);
        add_fore_leg(field, (float)side);
    }
    hare_add_head(hare, field);
    hare_add_ears(hare, field);
    hare_carve_under(field, arena);
    hare_add_fur(hare, field, arena);
    hare_add_mount(field, arena);
    for (int i = 0; i < HARE_EYES; i++)
        add_eye(hare, i, field);
    hare_add_ant(field, arena);
    return hare;
}

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 24, 0},
     .width_mm = 42,
     .elevation = 10,
     .part_count = 99,
     .is_around = true},
    {.file = "under.jpg",
     .sight = PIECE_FORM,
     .middle = {0.5f, 14, -0.5f},
     .width_mm = 42,
     .elevation = -72,
     .lamp_azimuth = -50,
     .lamp_elevation = -24,
     .part_count = 121,
     .step_mm = 0.08f},
    {.file = "fur.jpg",
     .sight = PIECE_RELIEF,
     .middle = {1.5f, 23, 9},
     .width_mm = 15,
     .azimuth = -6,
     .elevation = 8,
     .lamp_azimuth = -70,
     .lamp_elevation = 20},
    {.file = "age.jpg",
     .sight = PIECE_COLOUR,
     .middle = {5, 26.5f, 4},
     .width_mm = 27,
     .azimuth = 16,
     .elevation = 24},
};

const Piece HARE_PIECE = {
    .name = "hare",
    .summary = "The Hare Who Kept the Moon: a netsuke, as if carved in boxwood",
    .low_mm = {-21, -0.5f, -15},
    .high_mm = {21, 39, 15},
    .step_mm = 0.065f,
    .draft_step_mm = 0.12f,
    .sky_mm = 7,
    .component_count = 1,
    .simplify = {.error_mm = 0.0024f, .normal_mm = 0.012f, .colour_mm = 0},
    .build = build,
    .skin_mm = 0.026f,
    .wear_mm = 0.16f,
    .finish = hare_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = hare_shade,
};
