// under.c: what one sees from below: cord holes, a name, a peg; and the guest between the toes.

#include "exhibits/small-wonders/hare/hare.h"

#define BELLY_MM 0.6f

static Frame below(float x, float z)
{
    // As read by who lies in front of it and looks up.
    Frame frame = {.origin = hare_point(x, BELLY_MM, z)};
    frame.up = v3(0, -1, 0);
    frame.along = hare_direction(x, v3(0, 0, 1));
    frame.across = v3_cross(frame.along, frame.up);
    return frame;
}

// ---- cord holes

// A cord ran in at the one and out at the other, for years: their edges are round towards each
// other, and between them the wood is worn hollow.
static void bore(Field *field, Arena *arena)
{
    Vec3 inner = hare_point(3.4f, 4.6f, 0), a = hare_point(3.2f, BELLY_MM, 0.2f);
    Vec3 b = hare_point(9.4f, BELLY_MM, -0.5f);
    Carve hole = {.op = PART_CUT, .blend_mm = 0.45f, .material = HARE_CORD};
    shape_add(field, shape_cone(v3_add(a, v3(0, -1, 0)), 1.75f, inner, 1.45f), hole);
    Tube passage = {v3_add(b, v3(0.1f, -1, 0)),
                    hare_point(9.0f, 6.4f, -0.3f),
                    inner,
                    1.30f,
                    1.15f,
                    1.2f,
                    14};
    shape_add(field, shape_tube(&passage, arena), hole);
    Tube worn = {v3_add(a, v3(1.0f, 0.35f, 0)),
                 hare_point(6.3f, BELLY_MM - 1.1f, -0.2f),
                 v3_add(b, v3(-0.7f, 0.30f, 0)),
                 0.9f,
                 0.95f,
                 0.8f,
                 14};
    shape_add(field, shape_tube(&worn, arena),
              (Carve){.op = PART_CUT, .blend_mm = 0.5f, .material = HARE_CORD});
}

// ---- the name: "no hand"

// Strokes of the two signs in a square of one by one, x and y from and to, and how thick they
// begin and end.
static const float SIGNS[][7] = {
    {0, 0.34f, 1.00f, 0.12f, 0.76f, 1.0f, 0.5f}, {0, 0.24f, 0.84f, 0.86f, 0.86f, 0.8f, 1.0f},
    {0, 0.27f, 0.84f, 0.26f, 0.40f, 0.9f, 0.8f}, {0, 0.42f, 0.84f, 0.42f, 0.40f, 0.8f, 0.8f},
    {0, 0.58f, 0.85f, 0.58f, 0.40f, 0.8f, 0.8f}, {0, 0.75f, 0.85f, 0.76f, 0.40f, 0.8f, 0.9f},
    {0, 0.03f, 0.62f, 0.97f, 0.64f, 0.8f, 1.1f}, {0, 0.10f, 0.38f, 0.92f, 0.40f, 0.8f, 1.0f},
    {0, 0.20f, 0.26f, 0.08f, 0.04f, 1.1f, 0.6f}, {0, 0.38f, 0.25f, 0.41f, 0.07f, 0.7f, 1.2f},
    {0, 0.58f, 0.25f, 0.66f, 0.07f, 0.7f, 1.2f}, {0, 0.78f, 0.26f, 0.95f, 0.05f, 0.7f, 1.4f},
    {1, 0.74f, 0.97f, 0.24f, 0.86f, 1.1f, 0.6f}, {1, 0.14f, 0.66f, 0.84f, 0.70f, 0.8f, 1.1f},
    {1, 0.03f, 0.43f, 0.97f, 0.46f, 0.8f, 1.2f}, {1, 0.50f, 0.90f, 0.54f, 0.40f, 0.9f, 1.0f},
    {1, 0.54f, 0.40f, 0.50f, 0.06f, 1.0f, 0.9f}, {1, 0.50f, 0.06f, 0.34f, 0.14f, 1.0f, 0.3f},
};

// A wall along the stroke, as thick as the brush was wide; how deep it goes follows the belly.
static void cut_stroke(Field *field, const Frame *ground, Vec3 from, Vec3 to,
                       const float pressure[2])
{
    Vec3 way = v3_sub(to, from), beside = v3_unit(v3_cross(way, ground->up));
    float begins = 0.062f * pressure[0], ends = 0.062f * pressure[1];
    Blade wall = {.frame = {from, ground->up, v3_unit(way), beside},
                  .length = v3_length(way),
                  .wide = {0.4f, 0.4f, 0.4f},
                  .thick = {begins, 0.45f * (begins + ends), ends}};
    shape_add(field, shape_blade(&wall),
              (Carve){.op = PART_INSET, .depth_mm = 0.11f, .material = HARE_SIGN});
}

static void sign(Field *field, Arena *arena)
{
    enum { ROUND = 20 };
    const float high = 1.75f, gap = 0.35f;
    Frame frame = below(-2.6f, 0.9f);
    float oval[ROUND][2];
    for (int i = 0; i < ROUND; i++) {
        float turn = (float)i * 2 * PI_F / ROUND;
        oval[i][0] = 1.55f * cosf(turn);
        oval[i][1] = 2.65f * sinf(turn);
    }
    Outline outline = outline_make((const float(*)[2])oval, ROUND, 4, arena);
    shape_add(field, shape_plate(&outline, frame, 1.2f, 0.05f, arena),
              (Carve){.op = PART_INSET, .depth_mm = 0.10f, .material = HARE_FIELD});
    for (size_t i = 0; i < COUNT_OF(SIGNS); i++) {
        const float *s = SIGNS[i];
        float up = s[0] > 0 ? -high - gap * 0.5f : gap * 0.5f;
        Vec3 from = frame_to_world(&frame, v3((s[1] - 0.5f) * high, s[2] * high + up, 0));
        Vec3 to = frame_to_world(&frame, v3((s[3] - 0.5f) * high, s[4] * high + up, 0));
        cut_stroke(field, &frame, from, to, s + 5);
    }
}

void hare_carve_under(Field *field, Arena *arena)
{
    bore(field, arena);
    sign(field, arena);
}

// ---- the peg it stands on

static const float FOOT[][2] = {{0, 0},        {7.6f, 0},     {8.0f, 0.25f}, {8.0f, 0.9f},
                                {7.7f, 1.2f},  {7.2f, 1.35f}, {6.0f, 1.5f},  {4.0f, 1.7f},
                                {2.4f, 2.15f}, {1.5f, 3.0f},  {1.1f, 4.6f},  {1.0f, 7.0f},
                                {1.0f, 19.0f}, {0, 19.2f}};

void hare_add_mount(Field *field, Arena *arena)
{
    Vec3 at = hare_point(3.3f, 0, 0.15f);
    at.y = 0;
    field_begin(field, (FieldBody){.low = {-8, -0.3f, -13},
                                   .high = {14, 20, 10},
                                   .step_mm = 0.10f,
                                   .texel_mm = 0.035f});
    Turning turning = {FOOT, COUNT_OF(FOOT), 14};
    Frame frame = {at, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    shape_add(field, shape_turning(&turning, frame, arena), (Carve){.material = HARE_BRASS});
}

// ---- the guest

// An ant of one millimetre, on its way between two toes.
void hare_add_ant(Field *field, Arena *arena)
{
    Vec3 at = hare_point(-3.3f, 5, 9.1f);
    if (!field_hit(field, at, v3(0, -1, 0), 5, &at))
        return;
    Vec3 up = field_normal(field, at, 0.15f), way = hare_direction(-3.3f, v3(-0.5f, 0, -0.85f));
    Frame ant = frame_make(v3_mad(at, up, 0.15f), way, up);
    field_begin(field, (FieldBody){.low = v3_sub(at, v3(1.2f, 0.8f, 1.2f)),
                                   .high = v3_add(at, v3(1.2f, 0.8f, 1.2f)),
                                   .step_mm = 0.016f,
                                   .texel_mm = 0.008f});
    Carve chitin = {.blend_mm = 0.03f, .material = HARE_ANT};
    static const float BODY[][5] = {{-0.34f, 0.07f, 0.15f, 0.22f, 0.13f},
                                    {-0.12f, 0.03f, 0.05f, 0.05f, 0.06f},
                                    {0.06f, 0.05f, 0.08f, 0.17f, 0.08f},
                                    {0.30f, 0.06f, 0.11f, 0.12f, 0.09f}};
    for (size_t i = 0; i < COUNT_OF(BODY); i++) {
        const float *b = BODY[i];
        Frame frame = ant;
        frame.origin = frame_to_world(&ant, v3(0, b[0], b[1]));
        shape_add(field, shape_ellipsoid(frame, v3(b[2], b[3], b[4])), chitin);
    }
    for (int i = 0; i < 6; i++) {
        float s = i & 1 ? 1.0f : -1.0f, k = (float)(i / 2) - 1;
        float swing = (i / 2 + (i & 1)) % 2 ? 0.05f : -0.05f;
        Tube leg = {frame_to_world(&ant, v3(0.05f * s, 0.07f + 0.06f * k, 0.02f)),
                    frame_to_world(&ant, v3(0.26f * s, 0.07f + 0.14f * k + swing, 0.22f)),
                    frame_to_world(&ant, v3(0.42f * s, 0.07f + 0.34f * k + swing, -0.20f)),
                    0.028f,
                    0.022f,
                    0.016f,
                    10};
        shape_add(field, shape_tube(&leg, arena), (Carve){.material = HARE_ANT});
    }
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Tube feeler = {frame_to_world(&ant, v3(0.05f * s, 0.38f, 0.10f)),
                       frame_to_world(&ant, v3(0.16f * s, 0.48f, 0.26f)),
                       frame_to_world(&ant, v3(0.19f * s, 0.66f, 0.10f)),
                       0.018f,
                       0.016f,
                       0.016f,
                       8};
        shape_add(field, shape_tube(&feeler, arena), (Carve){.material = HARE_ANT});
    }
}
