// nut.c: "A World in a Nut": the shell, its rim with letters, foot and hinge; the piece.

#include "exhibits/small-wonders/nut/nut.h"

#include "exhibits/sculptor/lettering.h"

Vec3 nut_face_normal(void)
{
    return v3(0, 0.25881905f, 0.96592583f);
}

Vec3 nut_at(float x, float y, float z)
{
    return v3_add(NUT_CENTRE, v3(x, y, z));
}

Frame nut_frame(Vec3 origin, float turn)
{
    Vec3 back = v3_turn_y(v3(0, 0, -1), turn);
    return frame_make(v3_add(NUT_CENTRE, origin), back, v3(0, 1, 0));
}

bool nut_is_free(Vec3 scene, float margin)
{
    return v3_length(scene) < NUT_HOLLOW - margin &&
           v3_dot(scene, nut_face_normal()) < NUT_FACE_OFFSET - margin;
}

// The opened face: across to the right, along up, up out of it.
static Frame face_frame(float above)
{
    Vec3 n = nut_face_normal();
    return frame_make(v3_mad(NUT_CENTRE, n, NUT_FACE_OFFSET + above), v3(0, 1, 0), n);
}

static void add_shell(Field *field)
{
    shape_add(field, shape_ball(NUT_CENTRE, NUT_RADIUS), (Carve){.material = NUT_WOOD});
    nut_add_shell_tracery(field);
    Frame outside = face_frame(0);
    outside.up = v3_scale(outside.up, -1);
    outside.across = v3_scale(outside.across, -1);
    shape_add(field, shape_half_space(outside), (Carve){.op = PART_CUT, .blend_mm = 0.25f});
    shape_add(field, shape_ball(NUT_CENTRE, NUT_HOLLOW),
              (Carve){.op = PART_CUT, .blend_mm = 0.15f, .material = NUT_SKY});
}

// A cord of twisted strands around the face.
static void add_cord(Field *field, float radius, float thick, int strands)
{
    Frame face = face_frame(-0.05f);
    for (int i = 0; i < strands; i++) {
        float a = (float)i * 2 * PI_F / (float)strands,
              b = a + 2 * PI_F / (float)strands * 1.25f;
        float inner = radius - thick * 0.45f, outer = radius + thick * 0.45f;
        Vec3 from = frame_to_world(&face, v3(inner * cosf(a), inner * sinf(a), 0));
        Vec3 to = frame_to_world(&face, v3(outer * cosf(b), outer * sinf(b), 0));
        shape_add(field, shape_spindle(from, to, thick), (Carve){.blend_mm = 0.03f});
    }
}

static const char RIM_TEXT[] = "MUNDUS IN NUCE - URBS NULLA MANU SCULPTA - SOLIS NUMERIS "
                               "AEDIFICATA - LENTEM ADMOVE ET INTRA - ";

static void add_rim(Field *field)
{
    float outer = sqrtf(NUT_RADIUS * NUT_RADIUS - NUT_FACE_OFFSET * NUT_FACE_OFFSET);
    float inner = sqrtf(NUT_HOLLOW * NUT_HOLLOW - NUT_FACE_OFFSET * NUT_FACE_OFFSET);
    add_cord(field, outer - 0.35f, 0.38f, 150);
    add_cord(field, inner + 0.30f, 0.28f, 170);
    Frame face = face_frame(0);
    shape_add(field, shape_ring(face, outer - 0.95f, 0.10f, 0.12f),
              (Carve){.op = PART_CUT, .blend_mm = 0.05f});
    shape_add(field, shape_ring(face, inner + 0.78f, 0.10f, 0.12f),
              (Carve){.op = PART_CUT, .blend_mm = 0.05f});
    // The words close the ring: their spacing takes up what is left of it.
    Lettering words = {.text = RIM_TEXT,
                       .height_mm = 1.15f,
                       .stroke_mm = 0.085f,
                       .spacing = 0.1f,
                       .ring_mm = (outer + inner) * 0.5f - 0.08f};
    float free = 2 * PI_F * words.ring_mm - lettering_width_mm(&words);
    words.spacing += free / ((float)sizeof RIM_TEXT - 1) / words.height_mm;
    // Begun at nine o'clock.
    Frame ring = {face.origin, v3_scale(face.across, -1), v3_scale(face.along, -1), face.up};
    shape_add(field, shape_lettering(&words, ring, field->arena),
              (Carve){.op = PART_INSET, .depth_mm = 0.2f, .material = NUT_INK});
}

// A turned foot: disc, hollow, collar.
static void add_foot(Field *field)
{
    Frame stand = frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
    static const struct {
        float y, radius, half;
    } DISCS[] = {
        {0.7f, 11.2f, 0.7f}, {1.75f, 10.0f, 0.45f}, {2.7f, 8.4f, 0.7f}, {4.6f, 7.4f, 2.0f}};
    for (size_t i = 0; i < COUNT_OF(DISCS); i++) {
        Frame at = stand;
        at.origin.y = DISCS[i].y;
        shape_add(field, shape_cylinder(at, DISCS[i].radius, DISCS[i].half, 0.25f),
                  (Carve){.blend_mm = 0.1f});
    }
    Frame lying = frame_make(v3(0, 3.3f, 0), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field, shape_ring(lying, 8.3f, 1.1f, 0.95f),
              (Carve){.op = PART_CUT, .blend_mm = 0.1f});
    for (int i = 0; i < 72; i++) { // beads under the shell
        float turn = (float)i * 2 * PI_F / 72;
        Vec3 p = v3(8.35f * sinf(turn), 5.45f, 8.35f * cosf(turn));
        shape_add(field, shape_ball(p, 0.40f), (Carve){.blend_mm = 0.05f});
    }
    for (int i = 0; i < 64; i++) { // gadroons on the disc
        float turn = (float)i * 2 * PI_F / 64;
        Vec3 a = v3(10.3f * sinf(turn), 1.35f, 10.3f * cosf(turn)),
             b = v3(11.5f * sinf(turn), 0.7f, 11.5f * cosf(turn));
        shape_add(field, shape_spindle(a, b, 0.22f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.06f});
    }
}

// Half of a hinge on the left, a catch on the right: there was to be another half.
static void add_hinge(Field *field)
{
    Frame face = face_frame(-0.9f);
    float edge = NUT_RADIUS + 0.35f;
    for (int i = -2; i <= 2; i += 2) {
        Frame knuckle = face;
        knuckle.origin = frame_to_world(&face, v3(-edge, 1.7f * (float)i, 0));
        shape_add(field, shape_cylinder(knuckle, 1.15f, 0.8f, 0.12f),
                  (Carve){.blend_mm = 0.25f});
        shape_add(field, shape_cylinder(knuckle, 0.42f, 2.0f, 0),
                  (Carve){.op = PART_CUT, .blend_mm = 0.05f});
    }
    Frame lug = face;
    lug.origin = frame_to_world(&face, v3(edge + 0.1f, 0, -0.4f));
    shape_add(field, shape_box(lug, v3(0.9f, 2.0f, 0.75f), 0.3f), (Carve){.blend_mm = 0.3f});
    Tube hook = {frame_to_world(&face, v3(edge + 0.6f, 0, -0.3f)),
                 frame_to_world(&face, v3(edge + 1.1f, 0.1f, 2.0f)),
                 frame_to_world(&face, v3(edge - 0.2f, 0.2f, 1.9f)),
                 0.6f,
                 0.45f,
                 0.28f,
                 10};
    shape_add_tube(field, &hook, (Carve){.blend_mm = 0.2f});
}

static void *build(Field *field, Arena *arena)
{
    (void)arena;
    add_shell(field);
    nut_add_sky(field);
    nut_add_town(field);
    nut_add_minster(field);
    add_foot(field);
    add_rim(field);
    add_hinge(field);
    return NULL;
}

// The details of story.json.
static const PieceSpot SPOTS[] = {
    {{-21.1f, 28.9f, 3.0f}, 1.5f},  // rim
    {{4.3f, 19.4f, 2.5f}, 1.5f},    // window
    {{4.4f, 22.9f, 2.2f}, 1.5f},    // cat
    {{-0.6f, 21.2f, 4.3f}, 1.5f},   // watchman
    {{3.9f, 35.3f, -4.3f}, 1.5f},   // crane
    {{0.6f, 30.7f, -3.7f}, 1.5f},   // rose
    {{-8.2f, 38.2f, -15.2f}, 1.5f}, // sun
    {{-5.2f, 11.0f, 7.1f}, 1.5f},   // fish
    {{-1.2f, 28.7f, -24.0f}, 1.5f}, // back
};

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "ball.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 28.5f, 0},
     .width_mm = 86,
     .azimuth = 34,
     .elevation = 16,
     .part_count = 986},
    {.file = "back.jpg",
     .sight = PIECE_RELIEF,
     .middle = {0, 26, 0},
     .width_mm = 76,
     .azimuth = 180,
     .elevation = 14,
     .lamp_azimuth = -50,
     .lamp_elevation = 30},
    {.file = "hollow.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 28.5f, -4},
     .width_mm = 66,
     .elevation = 10,
     .part_count = 3300},
    {.file = "gold.jpg",
     .sight = PIECE_COLOUR,
     .middle = {-2, 33, -8},
     .width_mm = 26,
     .azimuth = 8,
     .elevation = 8},
};

const Piece NUT_PIECE = {
    .name = "nut",
    .summary =
        "A World in a Nut: half of a prayer nut with a town in it, as if carved in boxwood",
    .low_mm = {-27, -0.5f, -25},
    .high_mm = {27, 53, 25},
    .step_mm = 0.090f,
    .draft_step_mm = 0.11f,
    .dust_mm = 0.6f,
    .sky_mm = 7,
    .component_count = 1,
    .simplify = {.error_mm = 0.0070f, .normal_mm = 0.036f, .colour_mm = 0},
    .spots = SPOTS,
    .spot_count = COUNT_OF(SPOTS),
    .build = build,
    .skin_mm = 0.036f,
    .wear_mm = 0.10f,
    .finish = nut_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = nut_shade,
};
