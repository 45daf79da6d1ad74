// china.c: porcelain, turned: a pot, two cups on saucers, a bowl, two plates.

#include "exhibits/small-wonders/tea/tea.h"

const Vec3 TEA_PLACES[TEA_THINGS] = {
    [TEA_POT] = {-3.4f, TEA_CLOTH_MM, -4.6f},
    [TEA_CUP_LEFT] = {-6.9f, TEA_CLOTH_MM + 0.27f, 4.4f},
    [TEA_SAUCER_LEFT] = {-6.9f, TEA_CLOTH_MM, 4.4f},
    [TEA_CUP_RIGHT] = {8.3f, TEA_CLOTH_MM + 0.27f, 2.4f},
    [TEA_SAUCER_RIGHT] = {8.3f, TEA_CLOTH_MM, 2.4f},
    [TEA_BOWL] = {3.6f, TEA_CLOTH_MM, -6.2f},
    [TEA_LEMON_PLATE] = {9.6f, TEA_CLOTH_MM, -4.1f},
    [TEA_BISCUIT_PLATE] = {-10.6f, TEA_CLOTH_MM, -2.4f},
};

static const float POT[][2] = {
    {0, -0.03f},    {1.60f, -0.03f}, {1.70f, 0.10f}, {1.56f, 0.26f}, {1.50f, 0.36f},
    {2.05f, 0.66f}, {2.62f, 1.25f},  {2.93f, 2.05f}, {2.92f, 2.85f}, {2.55f, 3.60f},
    {1.96f, 4.10f}, {1.62f, 4.26f},  {1.60f, 4.40f}, {1.72f, 4.46f}, {1.72f, 4.54f},
    {1.58f, 4.60f}, {1.30f, 4.92f},  {0.86f, 5.14f}, {0.44f, 5.26f}, {0.26f, 5.36f},
    {0.22f, 5.48f}, {0.40f, 5.62f},  {0.47f, 5.80f}, {0.40f, 5.98f}, {0.20f, 6.09f},
    {0, 6.12f},
};
static const float CUP[][2] = {
    {0, 0},         {0.86f, 0},     {0.92f, 0.07f}, {0.84f, 0.20f}, {0.80f, 0.28f},
    {1.08f, 0.46f}, {1.42f, 0.86f}, {1.60f, 1.40f}, {1.70f, 1.92f}, {1.86f, 2.22f},
    {1.84f, 2.29f}, {1.76f, 2.25f}, {1.56f, 1.92f}, {1.49f, 1.72f}, {0, 1.72f},
};
static const float SAUCER[][2] = {
    {0, -0.03f},    {1.36f, -0.03f}, {1.42f, 0.08f}, {1.60f, 0.17f}, {2.30f, 0.32f},
    {2.78f, 0.60f}, {3.02f, 0.70f},  {3.02f, 0.78f}, {2.72f, 0.74f}, {2.22f, 0.48f},
    {1.60f, 0.34f}, {1.12f, 0.32f},  {0.98f, 0.28f}, {0, 0.28f},
};
static const float PLATE[][2] = {
    {0, -0.03f},    {1.70f, -0.03f}, {1.78f, 0.08f}, {2.00f, 0.17f}, {2.60f, 0.30f},
    {3.10f, 0.42f}, {3.30f, 0.50f},  {3.30f, 0.58f}, {3.00f, 0.53f}, {2.50f, 0.44f},
    {2.10f, 0.30f}, {1.80f, 0.26f},  {0, 0.26f},
};
static const float BOWL[][2] = {
    {0, -0.03f},    {0.96f, -0.03f}, {1.04f, 0.10f}, {0.92f, 0.26f}, {1.30f, 0.50f},
    {1.78f, 0.98f}, {1.92f, 1.50f},  {1.90f, 1.86f}, {2.04f, 2.06f}, {2.02f, 2.14f},
    {1.92f, 2.12f}, {1.74f, 1.86f},  {1.74f, 1.50f}, {1.50f, 1.20f}, {0, 1.20f},
};

static void turn(Field *field, Arena *arena, const float (*outline)[2], int count,
                 TeaThing thing)
{
    Turning turning = {outline, count, 3};
    Frame frame = frame_make(TEA_PLACES[thing], v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_turning(&turning, frame, arena),
              (Carve){.material = TEA_CHINA, .tag = (uint16_t)thing});
}

static void add_tube(Field *field, Arena *arena, TeaThing thing, Vec3 from, Vec3 bend, Vec3 to,
                     const float radii[3])
{
    Vec3 at = TEA_PLACES[thing];
    Tube tube = {
        v3_add(at, from), v3_add(at, bend), v3_add(at, to), radii[0], radii[1], radii[2], 12};
    shape_add(field, shape_tube(&tube, arena),
              (Carve){.blend_mm = 0.16f, .material = TEA_CHINA, .tag = (uint16_t)thing});
}

static void add_pot(Field *field, Arena *arena)
{
    turn(field, arena, POT, COUNT_OF(POT), TEA_POT);
    static const float SPOUT[] = {0.78f, 0.46f, 0.30f}, LIP[] = {0.30f, 0.29f, 0.34f};
    static const float EAR[] = {0.22f, 0.17f, 0.18f};
    add_tube(field, arena, TEA_POT, v3(-2.3f, 1.5f, 0), v3(-4.1f, 1.5f, 0), v3(-4.35f, 3.5f, 0),
             SPOUT);
    add_tube(field, arena, TEA_POT, v3(-4.35f, 3.5f, 0), v3(-4.45f, 4.1f, 0),
             v3(-4.9f, 4.35f, 0), LIP);
    add_tube(field, arena, TEA_POT, v3(2.2f, 3.75f, 0), v3(4.9f, 5.0f, 0), v3(4.55f, 2.9f, 0),
             EAR);
    add_tube(field, arena, TEA_POT, v3(4.55f, 2.9f, 0), v3(4.2f, 1.6f, 0), v3(2.6f, 1.35f, 0),
             EAR);
    Vec3 mouth = v3_add(TEA_PLACES[TEA_POT], v3(-5.0f, 4.45f, 0));
    shape_add(field, shape_cone(mouth, 0.26f, v3_add(mouth, v3(0.62f, -0.62f, 0)), 0.15f),
              (Carve){.op = PART_CUT, .blend_mm = 0.04f});
}

static void add_cup(Field *field, Arena *arena, TeaThing cup, TeaThing saucer, float way)
{
    turn(field, arena, SAUCER, COUNT_OF(SAUCER), saucer);
    turn(field, arena, CUP, COUNT_OF(CUP), cup);
    static const float EAR[] = {0.13f, 0.105f, 0.12f};
    float c = cosf(way), s = sinf(way);
    add_tube(field, arena, cup, v3(1.6f * c, 1.85f, 1.6f * s), v3(3.2f * c, 2.35f, 3.2f * s),
             v3(2.62f * c, 1.15f, 2.62f * s), EAR);
    add_tube(field, arena, cup, v3(2.62f * c, 1.15f, 2.62f * s), v3(2.3f * c, 0.72f, 2.3f * s),
             v3(1.35f * c, 0.86f, 1.35f * s), EAR);
    Frame level =
        frame_make(v3_add(TEA_PLACES[cup], v3(0, 1.72f, 0)), v3(0, 1, 0), v3(0, 0, 1));
    shape_add(field, shape_cylinder(level, 1.50f, 0.06f, 0.01f),
              (Carve){.op = PART_PAINT, .material = TEA_LIQUID, .tag = (uint16_t)cup});
}

void tea_add_china(Field *field, Arena *arena)
{
    add_pot(field, arena);
    add_cup(field, arena, TEA_CUP_LEFT, TEA_SAUCER_LEFT, 2.5f);
    add_cup(field, arena, TEA_CUP_RIGHT, TEA_SAUCER_RIGHT, 0.7f);
    turn(field, arena, BOWL, COUNT_OF(BOWL), TEA_BOWL);
    turn(field, arena, PLATE, COUNT_OF(PLATE), TEA_LEMON_PLATE);
    turn(field, arena, PLATE, COUNT_OF(PLATE), TEA_BISCUIT_PLATE);
}
