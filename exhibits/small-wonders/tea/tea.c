// tea.c: the table, and all together: bodies with grids as fine as each needs.

#include "exhibits/small-wonders/tea/tea.h"

// Radius and height, from below.
static const float TOP[][2] = {
    {0, 28.95f},      {15.3f, 28.95f},     {15.9f, 29.02f},  {16.3f, 29.22f},
    {16.7f, 29.30f},  {17.3f, 29.34f},     {17.72f, 29.48f}, {17.90f, 29.70f},
    {17.80f, 29.92f}, {17.5f, TEA_TOP_MM}, {0, TEA_TOP_MM},
};
static const float COLUMN[][2] = {
    {0, 4.6f},       {0.50f, 4.62f}, {0.86f, 4.90f},  {0.70f, 5.30f},  {0.90f, 5.52f},
    {1.55f, 5.90f},  {1.95f, 6.60f}, {2.05f, 7.60f},  {2.00f, 9.20f},  {1.80f, 9.90f},
    {1.34f, 10.2f},  {1.30f, 10.4f}, {1.62f, 10.55f}, {1.68f, 10.8f},  {1.56f, 11.02f},
    {1.16f, 11.15f}, {1.05f, 11.5f}, {1.40f, 12.6f},  {2.06f, 14.1f},  {2.30f, 15.5f},
    {2.06f, 16.9f},  {1.40f, 18.4f}, {1.00f, 19.5f},  {0.98f, 19.75f}, {1.30f, 19.9f},
    {1.42f, 20.15f}, {1.30f, 20.4f}, {0.96f, 20.55f}, {0.92f, 20.9f},  {1.02f, 23.6f},
    {1.20f, 26.6f},  {1.22f, 26.9f}, {1.62f, 27.05f}, {1.72f, 27.3f},  {1.60f, 27.55f},
    {1.34f, 27.7f},  {1.60f, 28.0f}, {2.60f, 28.45f}, {3.00f, 28.7f},  {3.02f, 29.1f},
    {0, 29.1f},
};
enum { LEGS = 3 };

static void turn(Field *field, Arena *arena, const float (*outline)[2], int count, int pieces)
{
    Turning turning = {outline, count, pieces};
    Frame frame = frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_turning(&turning, frame, arena), (Carve){.material = TEA_WOOD});
}

static Vec3 out_along(float angle, float r, float y)
{
    return v3(r * sinf(angle), y, r * cosf(angle));
}

static void add_tube(Field *field, Arena *arena, float angle, const float points[3][2],
                     const float radii[3])
{
    Tube tube = {out_along(angle, points[0][0], points[0][1]),
                 out_along(angle, points[1][0], points[1][1]),
                 out_along(angle, points[2][0], points[2][1]),
                 radii[0],
                 radii[1],
                 radii[2],
                 14};
    shape_add(field, shape_tube(&tube, arena),
              (Carve){.blend_mm = 0.35f, .material = TEA_WOOD});
}

// A knee high on the column, a slender ankle, a pad.
static void add_leg(Field *field, Arena *arena, float angle)
{
    static const float KNEE[3][2] = {{1.2f, 8.1f}, {6.6f, 10.6f}, {9.2f, 4.7f}};
    static const float ANKLE[3][2] = {{9.2f, 4.7f}, {10.5f, 1.5f}, {12.6f, 0.80f}};
    static const float THICK[3] = {1.30f, 1.05f, 0.72f}, THIN[3] = {0.72f, 0.52f, 0.56f};
    add_tube(field, arena, angle, KNEE, THICK);
    add_tube(field, arena, angle, ANKLE, THIN);
    Frame pad = frame_make(out_along(angle, 13.1f, 0.50f), out_along(angle, 1, 0), v3(0, 1, 0));
    shape_add(field, shape_ellipsoid(pad, v3(1.05f, 1.40f, 0.50f)),
              (Carve){.blend_mm = 0.5f, .material = TEA_WOOD});
}

// What stands on the cloth: a grid and a picture of its own.
static void begin(Field *field, float step_mm, float texel_mm)
{
    field_begin(field, (FieldBody){.low = {-15.5f, 29.8f, -13},
                                   .high = {15.5f, 36.8f, 14},
                                   .step_mm = step_mm,
                                   .texel_mm = texel_mm});
}

static void *build(Field *field, Arena *arena)
{
    turn(field, arena, COLUMN, COUNT_OF(COLUMN), 3);
    for (int i = 0; i < LEGS; i++)
        add_leg(field, arena, PI_F / 3 + (float)i * 2 * PI_F / LEGS);
    turn(field, arena, TOP, COUNT_OF(TOP), 2);
    tea_add_cloth(field);
    tea_add_china(field, arena);
    tea_add_treats(field, arena);
    begin(field, 0.028f, 0.008f);
    tea_add_sugar(field);
    begin(field, 0.045f, 0.009f);
    tea_add_letter(field);
    return NULL;
}

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 17, 0},
     .width_mm = 50,
     .elevation = 14,
     .is_around = true},
    {.file = "lace.jpg",
     .sight = PIECE_TRIANGLES,
     .middle = {0, 28.5f, 18.5f},
     .width_mm = 7,
     .elevation = 24},
    {.file = "china.jpg",
     .sight = PIECE_COLOUR,
     .middle = {-4.6f, 32.2f, -2},
     .width_mm = 13,
     .elevation = 15},
    {.file = "letter.jpg",
     .sight = PIECE_COLOUR,
     .middle = {0.3f, 30.2f, 6.2f},
     .width_mm = 10,
     .elevation = 62},
};

const Piece TEA_PIECE = {
    .name = "tea",
    .summary = "Five o'clock: a tea table for a doll's house, laid for two",
    .low_mm = {-21.2f, -0.3f, -21.2f},
    .high_mm = {21.2f, 36.8f, 21.2f},
    .step_mm = 0.07f,
    .draft_step_mm = 0.07f,
    .dust_mm = 0.5f,
    .sky_mm = 5,
    .component_count = 1,
    .simplify = {.error_mm = 0.0012f, .normal_mm = 0.006f, .colour_mm = 0},
    .build = build,
    .skin_mm = 0.026f,
    .wear_mm = 0.12f,
    .finish = tea_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = tea_shade,
};
