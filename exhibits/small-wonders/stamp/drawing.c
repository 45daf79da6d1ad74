// drawing.c: all that is cut into the plate: hatching by the form, ruled sky and water, what
// is too small to see, and the frame.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/stamp/hatch.h"
#include "exhibits/small-wonders/stamp/stamp.h"

static const float RULE_STEP = 0.024f, BOAT_X = 0.9f, BOAT_Y = -3.55f;

// Each form's own lines, then those that cross them where it is darker, and darker still.
static void cut_forms(const Scene *scene, Plate *plate)
{
    static const Hatch HATCHES[] = {
        {NULL, SCENE_RANGE, 0.066f, 0, 0.05f, 0.36f, 1.9f, 11},
        {NULL, SCENE_RANGE, 0.072f, 0.96f, 0.50f, 0.30f, 1.1f, 12},
        {NULL, SCENE_RANGE, 0.076f, -0.80f, 0.74f, 0.26f, 0.8f, 13},
        {NULL, SCENE_FOREST, 0.050f, 0, 0.10f, 0.46f, 0.36f, 21},
        {NULL, SCENE_FOREST, 0.062f, 1.15f, 0.58f, 0.26f, 0.5f, 22},
        {NULL, SCENE_CLOUD, 0.066f, 0, 0.07f, 0.30f, 0.9f, 31},
        {NULL, SCENE_CLOUD, 0.080f, 0.6f, 0.30f, 0.22f, 0.5f, 32},
        {NULL, SCENE_STONE, 0.058f, 0, 0.08f, 0.36f, 0.9f, 41},
        {NULL, SCENE_STONE, 0.058f, 1.5f, 0.52f, 0.30f, 0.7f, 42},
        {NULL, SCENE_STONE, 0.062f, 0.8f, 0.78f, 0.30f, 0.5f, 43},
        {NULL, SCENE_ROOF, 0.054f, 0, 0.08f, 0.38f, 2.0f, 51},
        {NULL, SCENE_ROOF, 0.060f, 1.5f, 0.60f, 0.26f, 0.5f, 52},
        {NULL, SCENE_TREE, 0.050f, 0, 0.10f, 0.42f, 0.34f, 61},
        {NULL, SCENE_TREE, 0.058f, 0.9f, 0.52f, 0.34f, 0.30f, 62},
        {NULL, SCENE_GROUND, 0.070f, 0, 0.08f, 0.36f, 0.85f, 71},
        {NULL, SCENE_GROUND, 0.074f, 1.0f, 0.46f, 0.30f, 0.5f, 72},
        {NULL, SCENE_GROUND, 0.078f, -0.9f, 0.72f, 0.26f, 0.4f, 73},
    };
    for (size_t i = 0; i < COUNT_OF(HATCHES); i++) {
        Hatch hatch = HATCHES[i];
        hatch.scene = scene;
        hatch_cut(&hatch, plate);
    }
}

// Where masonry ends against something else.
static void cut_outlines(const Scene *scene, Plate *plate)
{
    const float half = 0.0095f;
    for (int row = 0; row + 1 < SCENE_HEIGHT; row++)
        for (int column = 0; column + 1 < SCENE_WIDTH; column++) {
            const ScenePixel *at = &scene->pixels[row * SCENE_WIDTH + column];
            float x = scene_x(column) + SCENE_PIXEL_MM / 2,
                  y = scene_y(row) + SCENE_PIXEL_MM / 2;
            bool is_built = at->kind == SCENE_STONE || at->kind == SCENE_ROOF;
            bool beside = at[1].kind == SCENE_STONE || at[1].kind == SCENE_ROOF;
            bool above =
                at[SCENE_WIDTH].kind == SCENE_STONE || at[SCENE_WIDTH].kind == SCENE_ROOF;
            PlatePoint from = {x, y - SCENE_PIXEL_MM, half}, to = {x, y, half};
            if ((is_built || beside) && at[1].kind != at->kind)
                plate_cut(plate, PLATE_INTAGLIO, from, to);
            from = (PlatePoint){x - SCENE_PIXEL_MM, y, half};
            if ((is_built || above) && at[SCENE_WIDTH].kind != at->kind)
                plate_cut(plate, PLATE_INTAGLIO, from, to);
        }
}

// ---- ruled lines

// A white gap is left around what stands before the sky.
static float sky_tone(const Scene *scene, float x, float y)
{
    if (fabsf(x - scene->summit[0]) < 0.13f && fabsf(y - scene->summit[1] - 0.1f) < 0.22f)
        return 0; // somebody stands there

    static const float AROUND[4][2] = {
        {0, -0.05f}, {0.04f, -0.02f}, {-0.04f, -0.02f}, {0, 0.04f}};
    ScenePixel here = scene_at(scene, x, y);
    if (here.kind != SCENE_SKY)
        return 0;
    for (int i = 0; i < 4; i++) {
        uint8_t kind = scene_at(scene, x + AROUND[i][0], y + AROUND[i][1]).kind;
        if (kind != SCENE_SKY && kind != SCENE_NONE)
            return 0;
    }
    return here.tone;
}

static void rule_sky(const Scene *scene, Plate *plate)
{
    const float apart = 0.064f;
    for (float y = SCENE_SHORE_MM; y < 6.7f; y += apart)
        for (float x = -6.6f; x < 6.6f; x += RULE_STEP) {
            float from = sky_tone(scene, x, y), to = sky_tone(scene, x + RULE_STEP, y);
            if (from < 0.03f || to < 0.03f)
                continue;
            float wave = 0.006f * sinf(x * 1.7f + y * 3),
                  next = 0.006f * sinf((x + RULE_STEP) * 1.7f + y * 3);
            plate_cut(plate, PLATE_INTAGLIO,
                      (PlatePoint){x, y + wave, apart * (0.06f + 0.42f * from)},
                      (PlatePoint){x + RULE_STEP, y + next, apart * (0.06f + 0.42f * to)});
        }
}

static float water_y(float x, float y)
{
    float near = smooth_f(SCENE_SHORE_MM, -5.5f, y);
    return y + 0.030f * near * sinf(x * (5 - 2 * near) + y * 37) +
           0.014f * near * sinf(x * 11 + y * 91);
}

static float water_half(const Scene *scene, float x, float y, float apart)
{
    ScenePixel here = scene_at(scene, x, y);
    if (fabsf(x - BOAT_X) < 0.42f && fabsf(y - BOAT_Y - 0.18f) < 0.22f)
        return 0;
    float tone = here.kind == SCENE_LAKE ? here.tone : 0;
    return tone < 0.10f ? 0 : apart * (0.05f + 0.42f * tone);
}

// Lines of the water: nearer ones lie farther apart.
static void rule_water(const Scene *scene, Plate *plate)
{
    float apart = 0.046f;
    for (float y = SCENE_SHORE_MM - 0.03f; y > -6.25f; y -= apart) {
        apart = 0.046f + 0.034f * smooth_f(SCENE_SHORE_MM, -5.5f, y);
        for (float x = -6.6f; x < 6.6f; x += RULE_STEP) {
            float from = water_half(scene, x, y, apart);
            float to = water_half(scene, x + RULE_STEP, y, apart);
            if (from > 0 && to > 0)
                plate_cut(plate, PLATE_INTAGLIO, (PlatePoint){x, water_y(x, y), from},
                          (PlatePoint){x + RULE_STEP, water_y(x + RULE_STEP, y), to});
        }
    }
}

// ---- small things

typedef struct Mark {
    float x, y, X, Y, half, half_to;
} Mark;

static void cut_marks(Plate *plate, const Mark *marks, size_t count, float x, float y,
                      float scale)
{
    for (size_t i = 0; i < count; i++)
        plate_cut(
            plate, PLATE_INTAGLIO,
            (PlatePoint){x + marks[i].x * scale, y + marks[i].y * scale, marks[i].half * scale},
            (PlatePoint){x + marks[i].X * scale, y + marks[i].Y * scale,
                         marks[i].half_to * scale});
}

// Two people in a boat: one rows, one reads.
static const Mark BOAT[] = {
    {-0.52f, 0.10f, -0.40f, -0.04f, 0.015f, 0.045f},
    {-0.40f, -0.03f, 0.36f, -0.04f, 0.05f, 0.055f},
    {0.36f, -0.04f, 0.56f, 0.12f, 0.045f, 0.012f},
    {-0.46f, 0.05f, 0.50f, 0.05f, 0.014f, 0.014f},
    {-0.18f, 0.05f, -0.22f, 0.26f, 0.050f, 0.036f},
    {-0.23f, 0.335f, -0.23f, 0.345f, 0.042f, 0.040f},
    {-0.21f, 0.22f, -0.02f, 0.15f, 0.018f, 0.014f},
    {-0.02f, 0.15f, 0.02f, -0.16f, 0.012f, 0.010f},
    {0.02f, -0.14f, 0.05f, -0.22f, 0.022f, 0.020f},
    {0.28f, 0.05f, 0.27f, 0.25f, 0.046f, 0.034f},
    {0.27f, 0.33f, 0.27f, 0.34f, 0.040f, 0.040f},
    {0.27f, 0.20f, 0.15f, 0.18f, 0.014f, 0.012f},
    {0.10f, 0.16f, 0.17f, 0.25f, 0.012f, 0.012f},
    {0.22f, 0.375f, 0.33f, 0.36f, 0.012f, 0.012f},
    {-0.5f, -0.14f, 0.5f, -0.14f, 0.010f, 0.006f},
    {-0.3f, -0.20f, 0.65f, -0.21f, 0.008f, 0.004f},
};
// On the summit, arms raised, with a pole.
static const Mark CLIMBER[] = {
    {0, 0.30f, -0.10f, 0, 0.055f, 0.045f},     {0, 0.30f, 0.12f, 0, 0.055f, 0.045f},
    {0, 0.30f, 0, 0.62f, 0.085f, 0.075f},      {0, 0.80f, 0, 0.82f, 0.085f, 0.080f},
    {0, 0.58f, -0.24f, 0.86f, 0.035f, 0.030f}, {0, 0.58f, 0.28f, 0.62f, 0.035f, 0.030f},
    {0.30f, 0, 0.29f, 1.30f, 0.022f, 0.022f},  {0.29f, 1.25f, 0.66f, 1.12f, 0.070f, 0.020f},
};
static const Mark BIRD[] = {
    {-0.5f, 0.20f, -0.18f, 0.22f, 0.010f, 0.04f},
    {-0.18f, 0.22f, 0, 0, 0.04f, 0.045f},
    {0, 0, 0.22f, 0.24f, 0.045f, 0.04f},
    {0.22f, 0.24f, 0.55f, 0.16f, 0.04f, 0.008f},
};
static const Mark PENNANT[] = {
    {0, -0.05f, 0, 0.62f, 0.012f, 0.010f},
    {0, 0.57f, 0.20f, 0.54f, 0.050f, 0.040f},
    {0.20f, 0.54f, 0.46f, 0.57f, 0.040f, 0.006f},
};

static void cut_small_things(const Scene *scene, Plate *plate)
{
    static const float BIRDS[][3] = {
        {1.9f, 4.6f, 0.26f}, {2.4f, 4.9f, 0.20f}, {2.35f, 4.45f, 0.15f}, {-1.6f, 4.3f, 0.13f}};
    cut_marks(plate, BOAT, COUNT_OF(BOAT), BOAT_X, BOAT_Y, 0.95f);
    cut_marks(plate, CLIMBER, COUNT_OF(CLIMBER), scene->summit[0], scene->summit[1], 0.19f);
    cut_marks(plate, PENNANT, COUNT_OF(PENNANT), -3.72f, 3.02f, 0.9f);
    for (size_t i = 0; i < COUNT_OF(BIRDS); i++)
        cut_marks(plate, BIRD, COUNT_OF(BIRD), BIRDS[i][0], BIRDS[i][1], BIRDS[i][2]);
}

void *drawing_make(Arena *arena)
{
    Arena own = {0};
    Plate *plate = ARENA_NEW(arena, Plate);
    plate->arena = arena;
    Scene *scene = scene_make(&own);
    cut_forms(scene, plate);
    cut_outlines(scene, plate);
    rule_sky(scene, plate);
    rule_water(scene, plate);
    cut_small_things(scene, plate);
    drawing_frame(plate);
    plate_finish(plate);
    arena_drop(&own);
    return plate;
}
