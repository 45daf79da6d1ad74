// medallion.c: the medallion's form and its charts.

#include "exhibits/small-wonders/medallion/medallion.h"

#include "exhibits/sculptor/shapes.h"

enum { BEADS = 132 };

Vec3 medallion_seen(SkySide side, Vec3 p)
{
    float way = side == SKY_NORTH ? 1.0f : -1.0f;
    return v3(p.x * way, p.y - MEDALLION_MIDDLE_MM, p.z * way);
}

// Radius and height over the middle plane, of one half; the other is its mirror.
static const float FACE[][2] = {
    {0, 0.70f},      {9.30f, 0.70f},  {9.30f, 1.06f},  {9.36f, 1.20f},  {9.45f, 1.29f},
    {9.55f, 1.32f},  {9.65f, 1.29f},  {9.72f, 1.21f},  {9.76f, 1.12f},  {9.79f, 1.05f},
    {10.23f, 1.05f}, {10.26f, 1.10f}, {11.08f, 1.10f}, {11.14f, 1.00f}, {11.74f, 0.98f},
    {11.86f, 0.95f}, {11.95f, 0.87f}, {11.98f, 0.76f}, {11.98f, 0.62f}, {11.93f, 0.57f},
    {11.93f, 0},
};

static Frame disc_frame(void)
{
    return frame_make(v3(0, MEDALLION_MIDDLE_MM, 0), v3(0, 0, 1), v3(0, 1, 0));
}

static void add_disc(Field *field, Arena *arena)
{
    enum { HALF = COUNT_OF(FACE) };
    float(*outline)[2] = arena_alloc(arena, 2 * HALF * sizeof *outline, 16);
    for (int i = 0; i < HALF; i++) {
        outline[i][0] = FACE[i][0], outline[i][1] = -FACE[i][1];
        outline[2 * HALF - 1 - i][0] = FACE[i][0], outline[2 * HALF - 1 - i][1] = FACE[i][1];
    }
    Turning turning = {(const float(*)[2])outline, 2 * HALF, 0};
    shape_add(field, shape_turning(&turning, disc_frame(), arena),
              (Carve){.material = MEDALLION_DISC});
}

// A ball's cap within a cylinder, above the middle plane: enamel that has flowed.
static void eval_dome(const Part *part, const FieldPoints *at, float *restrict values)
{
    float ball = part->size[0], sink = part->size[1], rim = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float around = sqrtf(p.x * p.x + p.z * p.z), y = p.y + sink;
        float cap = sqrtf(around * around + y * y) - ball;
        values[i] = fmaxf(fmaxf(cap, around - rim), 0.5f - p.y);
    }
}

static void add_dome(Field *field, SkySide side)
{
    const float rim = 9.34f, top = 1.72f, edge = 1.04f, rise = top - edge;
    float ball = (rim * rim + rise * rise) / (2 * rise);
    Frame frame = disc_frame();
    if (side == SKY_SOUTH)
        frame = frame_make(frame.origin, v3(0, 0, -1), v3(0, 1, 0));
    Part dome = {
        .eval = eval_dome, .frame = frame, .size = {ball, ball - top, rim}, .lipschitz = 1.01f};
    shape_add(field, dome,
              (Carve){.material = side == SKY_NORTH ? MEDALLION_NORTH : MEDALLION_SOUTH});
}

// Grains of gold in a ring, one part: each place looks at the grain of its own sector.
static void eval_beads(const Part *part, const FieldPoints *at, float *restrict values)
{
    float ring = part->size[0], radius = part->size[1], high = part->size[2];
    const float sector = 2 * PI_F / BEADS;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float angle = atan2f(p.x, p.z);
        angle = sector * roundf(angle / sector);
        float x = p.x - ring * sinf(angle), z = p.z - ring * cosf(angle);
        float y = fabsf(p.y) - high;
        values[i] = sqrtf(x * x + y * y + z * z) - radius;
    }
}

static void add_beads(Field *field)
{
    Part beads = {.eval = eval_beads,
                  .frame = disc_frame(),
                  .size = {11.44f, 0.265f, 0.97f},
                  .lipschitz = 1.01f};
    shape_add(field, beads, (Carve){.blend_mm = 0.02f, .material = MEDALLION_GOLD});
}

// ---- the foot and the crown

static const float BASE[][2] = {
    {0, 0},         {6.70f, 0},     {6.85f, 0.06f}, {6.90f, 0.20f}, {6.90f, 0.78f},
    {6.82f, 0.92f}, {6.60f, 1.00f}, {6.42f, 1.06f}, {6.36f, 1.22f}, {6.10f, 1.46f},
    {5.62f, 1.66f}, {5.20f, 1.78f}, {5.12f, 1.86f}, {5.12f, 2.06f}, {4.90f, 2.22f},
    {4.40f, 2.30f}, {0, 2.30f},
};
static const float STEM[][2] = {
    {0, 2.0f},      {3.70f, 2.0f},  {3.90f, 2.30f}, {4.02f, 2.42f}, {4.06f, 2.56f},
    {4.00f, 2.70f}, {3.84f, 2.80f}, {3.60f, 2.84f}, {3.52f, 2.92f}, {2.90f, 3.06f},
    {2.30f, 3.34f}, {1.80f, 3.76f}, {1.44f, 4.26f}, {1.24f, 4.72f}, {1.22f, 4.80f},
    {1.46f, 4.86f}, {1.52f, 4.94f}, {1.46f, 5.02f}, {1.30f, 5.06f}, {1.62f, 5.16f},
    {1.88f, 5.34f}, {1.98f, 5.58f}, {1.88f, 5.82f}, {1.62f, 6.00f}, {1.30f, 6.10f},
    {1.44f, 6.14f}, {1.50f, 6.22f}, {1.44f, 6.30f}, {1.24f, 6.36f}, {1.34f, 6.56f},
    {1.58f, 6.80f}, {1.86f, 7.02f}, {2.02f, 7.22f}, {2.06f, 7.38f}, {1.98f, 7.50f},
    {1.80f, 7.54f}, {0, 7.54f},
};
static const float CROWN[][2] = {
    {0, 30.2f},      {0.74f, 30.2f},  {0.92f, 30.80f}, {0.98f, 30.92f}, {0.92f, 31.04f},
    {0.74f, 31.08f}, {0.46f, 31.14f}, {0.38f, 31.30f}, {0.42f, 31.42f}, {0.66f, 31.56f},
    {0.82f, 31.78f}, {0.88f, 32.04f}, {0.82f, 32.30f}, {0.66f, 32.52f}, {0.42f, 32.68f},
    {0.24f, 32.80f}, {0.20f, 32.92f}, {0.27f, 33.02f}, {0.27f, 33.12f}, {0.18f, 33.22f},
    {0, 33.26f},
};

static void add_turned(Field *field, Arena *arena, const float (*outline)[2], int count,
                       MedallionMaterial material)
{
    Turning turning = {outline, count, 4};
    Frame frame = frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_turning(&turning, frame, arena),
              (Carve){.material = (uint8_t)material});
}

static void *build(Field *field, Arena *arena)
{
    Medallion *medallion = ARENA_NEW(arena, Medallion);
    medallion->sky = sky_make(arena);
    medallion->rim = rim_make(arena);
    add_turned(field, arena, BASE, COUNT_OF(BASE), MEDALLION_EBONY);
    add_turned(field, arena, STEM, COUNT_OF(STEM), MEDALLION_GOLD);
    add_turned(field, arena, CROWN, COUNT_OF(CROWN), MEDALLION_GOLD);
    add_disc(field, arena);
    add_beads(field);
    add_dome(field, SKY_NORTH);
    add_dome(field, SKY_SOUTH);
    return medallion;
}

// ---- charts

#define MIDDLE                    \
    {                             \
        0, MEDALLION_MIDDLE_MM, 0 \
    }
#define NORTHWARD                      \
    {                                  \
        MIDDLE, {-1, 0, 0}, {0, 0, 1}, \
        {                              \
            0, 1, 0                    \
        }                              \
    } // along the disc's axis
#define SOUTHWARD                      \
    {                                  \
        MIDDLE, {1, 0, 0}, {0, 0, -1}, \
        {                              \
            0, 1, 0                    \
        }                              \
    }
#define UPRIGHT                          \
    {                                    \
        {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, \
        {                                \
            0, 0, 1                      \
        }                                \
    }
#define QUARTER (PI_F / 2)

static const PieceChart CHARTS[] = {
    // The line of the table, unrolled, finer than the rest.
    {NORTHWARD, RIM_TABLE_MM, QUARTER, {0, -10.36f, 0.9f}, {0, -9.70f, 1.4f}, 0.1f, 0.0034f},
    {SOUTHWARD, RIM_TABLE_MM, QUARTER, {0, -10.36f, 0.9f}, {0, -9.70f, 1.4f}, 0.1f, 0.0040f},
    // The faces.
    {{MIDDLE, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
     0,
     0,
     {-12.1f, -12.1f, 0.3f},
     {12.1f, 12.1f, 3},
     0.12f,
     0.0064f},
    {{MIDDLE, {-1, 0, 0}, {0, 1, 0}, {0, 0, -1}},
     0,
     0,
     {-12.1f, -12.1f, 0.3f},
     {12.1f, 12.1f, 3},
     0.12f,
     0.0080f},
    // The edge.
    {NORTHWARD, RIM_OUTER_MM, 0, {0, -1.5f, 11.2f}, {0, 1.5f, 12.6f}, 0.05f, 0.012f},
    // Base, stem and crown: from above, from below, from the side.
    {UPRIGHT, 6, QUARTER, {0, -7.2f, -0.5f}, {0, -3.95f, 2.6f}, 0.9f, 0.020f},
    {UPRIGHT, 3, QUARTER, {0, -5.3f, 2.0f}, {0, 0.1f, 3.6f}, 0.9f, 0.016f},
    {UPRIGHT, 1.5f, QUARTER, {0, -3.5f, 3.6f}, {0, 0.1f, 6.02f}, 0.9f, 0.012f},
    {UPRIGHT, 1.5f, QUARTER, {0, -3.5f, 6.0f}, {0, 0.1f, 8.5f}, 0.9f, 0.012f},
    {UPRIGHT, 0.7f, QUARTER, {0, -1.5f, 30}, {0, 0.1f, 34}, 0.9f, 0.010f},
    {UPRIGHT, 6, -QUARTER, {0, -0.1f, -0.5f}, {0, 7.2f, 0.5f}, 0.9f, 0.030f},
    {UPRIGHT, 6, 0, {0, -0.1f, 0}, {0, 3.05f, 7.2f}, -0.5f, 0.016f},
    {UPRIGHT, 2, 0, {0, 2.9f, 0}, {0, 8.5f, 3.6f}, -0.5f, 0.012f},
    {UPRIGHT, 0.8f, 0, {0, 29, 0}, {0, 34, 1.5f}, -0.5f, 0.010f},
};

// The details of story.json.
static const PieceSpot SPOTS[] = {
    {{0, MEDALLION_MIDDLE_MM, 1.72f}, 0.5f},
};

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 16, 0},
     .width_mm = 31,
     .azimuth = 20,
     .elevation = 10,
     .is_around = true},
    {.file = "sky.jpg",
     .sight = PIECE_COLOUR,
     .middle = {0.6f, 14.2f, 1.4f},
     .width_mm = 7.5f,
     .elevation = 2},
    {.file = "triangles.jpg",
     .sight = PIECE_TRIANGLES,
     .middle = {9.3f, 24, 1.2f},
     .width_mm = 6,
     .azimuth = 20,
     .elevation = 10},
    {.file = "relief.jpg",
     .sight = PIECE_RELIEF,
     .middle = {0.35f, 12.95f, 1.4f},
     .width_mm = 3.7f,
     .elevation = 2,
     .lamp_azimuth = -60,
     .lamp_elevation = 18},
};

const Piece MEDALLION_PIECE = {
    .name = "medallion",
    .summary = "Caelum: both skies on a medallion, as if in enamel and gold",
    .low_mm = {-12.6f, -0.3f, -7.4f},
    .high_mm = {12.6f, 33.8f, 7.4f},
    .step_mm = 0.05f,
    .draft_step_mm = 0.10f,
    .sky_mm = 5,
    .component_count = 1,
    .simplify = {.error_mm = 0.0007f, .normal_mm = 0.005f, .colour_mm = 0},
    .spots = SPOTS,
    .spot_count = COUNT_OF(SPOTS),
    .build = build,
    .charts = CHARTS,
    .chart_count = COUNT_OF(CHARTS),
    .finish = medallion_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = medallion_shade,
};
