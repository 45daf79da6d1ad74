// king.c: the king's form and its charts.

#include "exhibits/small-wonders/king/king.h"

#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/shapes.h"

static const float LEAF_HOLLOW_MM = 0.17f;
enum { LOBES = 24, LEAVES = 9, POINTS = 16, CHIPPED = 3 };

// Radius and height, from below: what was turned, in the order it was turned.
static const float BASE[][2] = {
    {0, 0},          {10.55f, 0},     {10.85f, 0.12f}, {11.0f, 0.45f},  {11.05f, 0.9f},
    {10.95f, 1.35f}, {10.7f, 1.65f},  {10.3f, 1.8f},   {10.05f, 1.82f}, {9.95f, 1.95f},
    {9.95f, 2.2f},   {10.05f, 2.32f}, {10.25f, 2.5f},  {10.42f, 2.9f},  {10.4f, 3.5f},
    {10.1f, 4.3f},   {9.5f, 5.1f},    {8.6f, 5.85f},   {7.6f, 6.4f},    {6.75f, 6.7f},
    {6.45f, 6.76f},  {6.35f, 6.86f},  {6.35f, 7.2f},   {6.45f, 7.3f},   {6.75f, 7.42f},
    {6.95f, 7.7f},   {7.0f, 8.0f},    {6.95f, 8.3f},   {6.75f, 8.58f},  {6.4f, 8.7f},
    {0, 8.7f},
};
static const float STEM[][2] = {
    {0, 8.4f},       {6.1f, 8.4f},   {6.1f, 8.95f},   {5.95f, 9.02f}, {5.2f, 9.3f},
    {4.45f, 10.0f},  {3.85f, 11.2f}, {3.42f, 13.0f},  {3.15f, 15.2f}, {3.02f, 17.4f},
    {3.0f, 19.0f},   {3.1f, 19.1f},  {3.38f, 19.18f}, {3.5f, 19.4f},  {3.38f, 19.62f},
    {3.2f, 19.7f},   {3.25f, 19.8f}, {3.9f, 20.0f},   {4.6f, 20.45f}, {4.98f, 21.1f},
    {4.98f, 21.7f},  {4.6f, 22.35f}, {3.9f, 22.8f},   {3.25f, 23.0f}, {3.2f, 23.1f},
    {3.38f, 23.18f}, {3.5f, 23.4f},  {3.38f, 23.62f}, {3.05f, 23.7f}, {2.9f, 23.85f},
    {2.76f, 24.8f},  {2.68f, 27.0f}, {2.72f, 29.5f},  {2.9f, 32.0f},  {3.2f, 33.8f},
    {3.4f, 34.4f},   {0, 34.4f},
};
static const float COLLARS[][2] = {
    {0, 34.2f},
    {3.45f, 34.2f},
    {3.75f, 34.5f},
    {4.2f, 34.62f},
    {4.5f, 34.72f},
    {4.66f, 34.9f},
    {KING_BAND_RADIUS_MM, 35.05f},
    {KING_BAND_RADIUS_MM, 36.35f},
    {4.66f, 36.5f},
    {4.5f, 36.66f},
    {4.0f, 36.76f},
    {3.45f, 36.95f},
    {3.12f, 37.3f},
    {3.1f, 37.55f},
    {3.4f, 37.72f},
    {4.6f, 37.92f},
    {5.6f, 38.12f},
    {6.0f, 38.36f},
    {6.08f, 38.6f},
    {6.0f, 38.84f},
    {5.6f, 39.06f},
    {4.4f, 39.26f},
    {3.5f, 39.5f},
    {3.3f, 39.8f},
    {3.45f, 39.95f},
    {4.1f, 40.12f},
    {4.42f, 40.4f},
    {4.42f, 40.7f},
    {4.1f, 40.98f},
    {3.45f, 41.15f},
    {0, 41.15f},
};
static const float CUP[][2] = {
    {0, 41.0f},      {3.3f, 41.0f},   {3.22f, 41.5f},  {3.4f, 42.4f},   {3.85f, 44.0f},
    {4.5f, 46.0f},   {5.2f, 48.0f},   {5.75f, 49.4f},  {6.1f, 50.2f},   {6.15f, 50.3f},
    {6.42f, 50.42f}, {6.55f, 50.7f},  {6.42f, 50.98f}, {6.15f, 51.08f}, {6.1f, 51.2f},
    {6.22f, 51.8f},  {6.55f, 52.7f},  {7.05f, 53.7f},  {7.25f, 54.1f},  {7.2f, 54.24f},
    {7.02f, 54.26f}, {6.75f, 53.95f}, {6.35f, 53.3f},  {5.95f, 52.95f}, {5.6f, 52.95f},
    {5.5f, 53.1f},   {5.35f, 53.7f},  {4.85f, 54.6f},  {4.0f, 55.4f},   {2.9f, 56.0f},
    {1.9f, 56.35f},  {1.45f, 56.42f}, {1.35f, 56.5f},  {1.35f, 56.72f}, {1.2f, 56.8f},
    {1.0f, 56.86f},  {0.92f, 57.0f},  {1.0f, 57.14f},  {1.35f, 57.4f},  {1.55f, 57.8f},
    {1.58f, 58.1f},  {1.45f, 58.5f},  {1.1f, 58.85f},  {0.6f, 59.02f},  {0, 59.05f},
};

static Frame upright(void)
{
    return frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
}

static Vec3 around(float angle, float r, float y)
{
    return v3(r * sinf(angle), y, r * cosf(angle));
}

// The part lives in the arena, for what is carved on it.
static const Part *turn(Field *field, const float (*outline)[2], int count)
{
    Turning turning = {outline, count, 3};
    Part *part = ARENA_NEW(field->arena, Part);
    *part = shape_turning(&turning, upright(), field->arena);
    shape_add(field, *part, (Carve){.material = KING_TURNED});
    return part;
}

// Grooves between lobes, cut from the foot's shoulder to its neck.
static void carve_lobes(Field *field)
{
    Chance chance = {21};
    for (int i = 0; i < LOBES; i++) {
        float angle = ((float)i + 0.5f + chance_around(&chance, 0.05f)) * 2 * PI_F / LOBES;
        Tube groove = {around(angle, 10.62f, 2.62f),
                       around(angle, 10.32f, 5.5f),
                       around(angle, 6.95f, 6.95f + chance_around(&chance, 0.06f)),
                       0.10f,
                       0.56f + chance_around(&chance, 0.03f),
                       0.09f,
                       10};
        shape_add_tube(field, &groove,
                       (Carve){.op = PART_CUT, .blend_mm = 0.16f, .material = KING_CARVED});
    }
}

// On the cup: at an angle, and how far up, from 0 to 1.
static Vec3 cup_point(float angle, float t)
{
    return around(angle, 3.24f + 2.72f * powf(fmaxf(t, 0), 1.25f), lerp_f(41.9f, 49.9f, t));
}

// A leaf's outline, two arcs that meet in points, standing on the frame's plane; its walls lean
// by `lean` a millimetre of height, so that tools and eyes reach them. On a cup (`extra`) it is
// as thick as `lift` says, whatever lies under it.
static void eval_leaf(const Part *part, const FieldPoints *at, float *restrict values)
{
    const Part *cup = part->extra;
    float radius = part->size[0], shift = part->size[1], reach = part->size[2];
    float lean = part->size[3], lift = part->size[4], steep = 1 / sqrtf(1 + lean * lean);
    if (cup)
        cup->eval(cup, at, values);
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float x = fabsf(p.x) + shift, wall = sqrtf(x * x + p.y * p.y) - radius + lean * p.z;
        float outline = fmaxf(wall * steep, fabsf(p.z) - reach);
        values[i] = cup ? fmaxf(outline, values[i] - lift) : outline;
    }
}

static Part leaf(Frame frame, float half_wide, float half_long, float lean)
{
    float radius = (half_wide * half_wide + half_long * half_long) / (2 * half_wide);
    return (Part){.eval = eval_leaf,
                  .frame = frame,
                  .size = {radius, radius - half_wide, 1.6f, lean},
                  .lipschitz = 1.01f};
}

// The floor of a hollowed leaf above or below a place on its frame.
static Vec3 leaf_floor(const Frame *frame, const Part *cup, float lift, float x, float y)
{
    Vec3 p = frame_to_world(frame, v3(x, y, 0));
    float distance;
    cup->eval(cup, &(FieldPoints){1, &p.x, &p.y, &p.z}, &distance);
    return v3_mad(p, frame->up, lift - LEAF_HOLLOW_MM - distance);
}

// One cut of a knife held upright: a wedge, deepest in its middle line.
static void carve_vein(Field *field, const Frame *frame, Vec3 from, Vec3 to)
{
    const float wide = 0.30f, deep = 0.085f;
    Vec3 way = v3_unit(v3_sub(to, from)), beside = v3_unit(v3_cross(way, frame->up));
    Vec3 middle = v3_mad(v3_lerp(from, to, 0.5f), frame->up, wide * 1.4142f - deep);
    Frame wedge = frame_make(middle, way, v3_unit(v3_add(frame->up, beside)));
    shape_add(field,
              shape_box(wedge, v3(wide, v3_length(v3_sub(to, from)) * 0.5f, wide), 0.01f),
              (Carve){.op = PART_CUT, .material = KING_CARVED});
}

static void carve_leaf(Field *field, const Part *cup, float angle, float to, float half_wide,
                       float lift, Chance *chance)
{
    Vec3 low = cup_point(angle, -0.02f), high = cup_point(angle, to);
    Vec3 out = around(angle, 1, 0), way = v3_unit(v3_sub(high, low));
    Frame frame =
        frame_make(v3_lerp(low, high, 0.5f), way, v3_mad(out, way, -v3_dot(out, way)));
    float half = v3_length(v3_sub(high, low)) * 0.5f;
    Part solid = leaf(frame, half_wide, half, 0.8f);
    solid.extra = cup;
    solid.size[4] = lift;
    shape_add(field, solid, (Carve){.material = KING_CARVED});
    shape_add(field, leaf(frame, half_wide * 0.74f, half * 0.85f, -1.1f),
              (Carve){.op = PART_INSET, .depth_mm = LEAF_HOLLOW_MM, .material = KING_CARVED});
    for (int pair = 0; pair < 6; pair++)
        for (int side = -1; side <= 1; side += 2) {
            float y = half * (-0.62f + 0.21f * (float)pair) + chance_around(chance, 0.05f);
            float wide = half_wide * 0.66f * (1 - fabsf(y + 0.9f) / half) * (float)side;
            if (fabsf(wide) > 0.2f)
                carve_vein(field, &frame, leaf_floor(&frame, cup, lift, 0.05f * (float)side, y),
                           leaf_floor(&frame, cup, lift, wide, y + 0.75f));
        }
    shape_add(field,
              shape_cone(leaf_floor(&frame, cup, lift, 0, -half * 0.76f), 0.10f,
                         leaf_floor(&frame, cup, lift, 0, half * 0.80f), 0.03f),
              (Carve){.blend_mm = 0.14f, .material = KING_CARVED});
}

static void carve_cup(Field *field, const Part *cup)
{
    Chance chance = {33};
    for (int i = 0; i < LEAVES; i++)
        carve_leaf(field, cup, ((float)i + 0.5f) * 2 * PI_F / LEAVES, 1.0f, 1.30f, 0.30f,
                   &chance);
    for (int i = 0; i < LEAVES; i++) {
        float angle = ((float)i + chance_around(&chance, 0.03f)) * 2 * PI_F / LEAVES;
        carve_leaf(field, cup, angle, 0.80f + chance_around(&chance, 0.015f), 1.36f, 0.62f,
                   &chance);
    }
}

// Notches in the rim, a pearl on every point; one of them is gone.
static void carve_crown(Field *field)
{
    for (int i = 0; i < POINTS; i++) {
        float angle = (float)i * 2 * PI_F / POINTS, half = PI_F / POINTS;
        Vec3 from = around(angle, 5.9f, 54.35f), to = around(angle, 8.0f, 54.15f);
        shape_add(field, shape_cone(from, 0.62f, to, 0.82f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.08f, .material = KING_CARVED});
        if (i != CHIPPED)
            shape_add(field, shape_ball(around(angle + half, 7.08f, 54.36f), 0.40f),
                      (Carve){.blend_mm = 0.05f, .material = KING_CARVED});
    }
    float angle = ((float)CHIPPED + 0.5f) * 2 * PI_F / POINTS;
    shape_add(field, shape_ball(around(angle + 0.03f, 7.45f, 54.5f), 0.62f),
              (Carve){.op = PART_CUT, .material = KING_CHIP});
    shape_add(field, shape_ball(around(angle - 0.05f, 6.95f, 54.75f), 0.60f),
              (Carve){.op = PART_CUT, .material = KING_CHIP});
}

#define CROSS_MM 61.05f
static void carve_cross(Field *field)
{
    const float half = 2.25f;
    Frame frame = {v3(0, CROSS_MM, 0), v3(1, 0, 0), v3(0, 1, 0), v3(0, 0, 1)};
    shape_add(field, shape_box(frame, v3(half, half, 0.66f), 0.10f),
              (Carve){.blend_mm = 0.05f, .material = KING_CARVED});
    for (int i = 0; i < 4; i++) {
        float x = i & 1 ? 2.42f : -2.42f, y = i & 2 ? 2.42f : -2.42f;
        Frame axis = frame_make(v3(x, CROSS_MM + y, 0), v3(0, 0, 1), v3(0, 1, 0));
        shape_add(field, shape_cylinder(axis, 1.82f, 2, 0),
                  (Carve){.op = PART_CUT, .blend_mm = 0.10f, .material = KING_CARVED});
    }
    // A border on either face, and a boss in the middle.
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        for (int i = 0; i < 4; i++) {
            float turn = (float)i * PI_F / 2, x = sinf(turn), y = cosf(turn);
            Vec3 in = v3(x * 0.95f, CROSS_MM + y * 0.95f, 0.80f * s);
            Vec3 out = v3(x * 1.95f, CROSS_MM + y * 1.95f, 0.78f * s);
            shape_add(field, shape_cone(in, 0.20f, out, 0.36f),
                      (Carve){.op = PART_CUT, .blend_mm = 0.05f, .material = KING_CARVED});
        }
        shape_add(field, shape_ball(v3(0, CROSS_MM, 0.52f * s), 0.46f),
                  (Carve){.blend_mm = 0.14f, .material = KING_CARVED});
    }
}

static void *build(Field *field, Arena *arena)
{
    (void)arena;
    carve_cross(field); // first: its cuts must not reach the ball it stands on
    turn(field, BASE, COUNT_OF(BASE));
    carve_lobes(field);
    turn(field, STEM, COUNT_OF(STEM));
    turn(field, COLLARS, COUNT_OF(COLLARS));
    const Part *cup = turn(field, CUP, COUNT_OF(CUP));
    carve_cup(field, cup);
    carve_crown(field);
    return NULL;
}

// ---- charts

#define UPRIGHT                          \
    {                                    \
        {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, \
        {                                \
            0, 0, 1                      \
        }                                \
    }
#define ABOVE (PI_F / 2)
#define FROM_ABOVE(radius, low, high)                                            \
    {                                                                            \
        UPRIGHT, radius, ABOVE, {0, -11.3f, low}, {0, 0.05f, high}, 0.2f, 0.020f \
    }
#define FROM_BELOW(radius, low, high)                                                   \
    {                                                                                   \
        UPRIGHT, radius, -ABOVE, {0, -0.05f, -(high)}, {0, 11.3f, -(low)}, 0.2f, 0.022f \
    }

static const PieceChart CHARTS[] = {
    // The cross first: nothing else may take it.
    {{{0, CROSS_MM, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
     0,
     0,
     {-2.6f, -1.9f, 0.1f},
     {2.6f, 2.6f, 1.4f},
     0.4f,
     0.010f},
    {{{0, CROSS_MM, 0}, {-1, 0, 0}, {0, 1, 0}, {0, 0, -1}},
     0,
     0,
     {-2.6f, -1.9f, 0.1f},
     {2.6f, 2.6f, 1.4f},
     0.4f,
     0.010f},
    {{{0, CROSS_MM, 0}, {-1, 0, 0}, {0, 0, 1}, {0, 1, 0}},
     2,
     0,
     {0, -1, 0.3f},
     {0, 1, 3.4f},
     0.25f,
     0.012f},
    // The band with the game, finer than the rest; then the sides.
    {UPRIGHT, KING_BAND_RADIUS_MM, 0, {0, 34.86f, 4.5f}, {0, 36.54f, 4.9f}, 0.5f, 0.005f},
    // The dome before the crown around it, which is as high.
    {UPRIGHT, 5, 0, {0, 52.8f, 2}, {0, 56.4f, 5.65f}, 0.3f, 0.016f},
    {UPRIGHT, 9.5f, 0, {0, -0.1f, 4}, {0, 9.1f, 11.3f}, 0.55f, 0.020f},
    {UPRIGHT, 4.6f, 0, {0, 8.9f, 2}, {0, 54.9f, 7.8f}, 0.55f, 0.016f},
    {UPRIGHT, 1.5f, 0, {0, 56.3f, 0}, {0, 59.6f, 2.2f}, 0.55f, 0.012f},
    // What looks up or down, storey by storey.
    FROM_BELOW(8, -0.5f, 0.6f),
    FROM_ABOVE(10, 0.4f, 2.26f),
    FROM_ABOVE(8, 2.2f, 7.0f),
    FROM_ABOVE(6.5f, 6.9f, 9.1f),
    FROM_BELOW(10, 1.9f, 3.0f),
    FROM_BELOW(6.5f, 7.1f, 8.1f),
    FROM_ABOVE(4, 8.9f, 19.75f),
    FROM_ABOVE(4, 19.6f, 23.14f),
    FROM_ABOVE(4, 23.1f, 30),
    FROM_ABOVE(4, 34.8f, 37.6f),
    FROM_ABOVE(5, 37.5f, 39.85f),
    FROM_ABOVE(4, 39.8f, 42.0f),
    FROM_BELOW(3.5f, 18.0f, 19.42f),
    FROM_BELOW(4, 19.4f, 21.5f),
    FROM_BELOW(3.5f, 22.9f, 23.42f),
    FROM_BELOW(4, 33.0f, 35.2f),
    FROM_BELOW(5, 37.2f, 38.7f),
    FROM_BELOW(4, 39.6f, 40.8f),
    FROM_BELOW(6, 50.1f, 50.9f),
    FROM_BELOW(6, 42.0f, 50.2f),
    FROM_ABOVE(5, 41.5f, 50.45f),
    FROM_ABOVE(6, 50.4f, 52.0f),
    FROM_ABOVE(5, 51.9f, 56.75f),
    FROM_ABOVE(1.2f, 56.4f, 57.2f),
    FROM_ABOVE(1, 57.1f, 60.5f),
    FROM_BELOW(1.2f, 56.6f, 58.2f),
    // Whatever is left, whichever way it looks.
    {UPRIGHT, 9.5f, 0, {0, -0.1f, 0}, {0, 9.1f, 11.3f}, 0.9f, 0.040f},
    {UPRIGHT, 4.6f, 0, {0, 8.9f, 0}, {0, 62, 8.2f}, 0.9f, 0.040f},
};

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "turning.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 31.5f, 0},
     .width_mm = 100,
     .elevation = 10,
     .part_count = 43},
    {.file = "carving.jpg",
     .sight = PIECE_RELIEF,
     .middle = {0, 51.2f, 0},
     .width_mm = 42,
     .elevation = 14,
     .lamp_azimuth = -60,
     .lamp_elevation = 28},
    {.file = "stain.jpg",
     .sight = PIECE_COLOUR,
     .middle = {0, 54.6f, 0},
     .width_mm = 36,
     .azimuth = 62,
     .elevation = 22},
    {.file = "game.jpg",
     .sight = PIECE_COLOUR,
     .middle = {1.1f, 35.65f, 4.6f},
     .width_mm = 3.6f,
     .azimuth = 14,
     .elevation = 2},
};

const Piece KING_PIECE = {
    .name = "king",
    .summary = "The King Who Lost: a red chess king, as if turned and carved in stained resin",
    .low_mm = {-11.6f, -0.3f, -11.6f},
    .high_mm = {11.6f, 63.8f, 11.6f},
    .step_mm = 0.050f,
    .draft_step_mm = 0.12f,
    .sky_mm = 6,
    .component_count = 1,
    .simplify = {.error_mm = 0.0012f, .normal_mm = 0.007f, .colour_mm = 0},
    .build = build,
    .charts = CHARTS,
    .chart_count = COUNT_OF(CHARTS),
    .wear_mm = 0.11f,
    .finish = king_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = king_shade,
};
