// treats.c: what one eats, what one stirs it with, and a letter.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/tea/tea.h"

static Frame lying(Vec3 at, float turn)
{
    return frame_make(at, v3(sinf(turn), 0, cosf(turn)), v3(0, 1, 0));
}

static Vec3 on(TeaThing thing, float x, float y, float z)
{
    return v3_add(TEA_PLACES[thing], v3(x, y, z));
}

// ---- spoons

static void add_spoon(Field *field, Arena *arena, Vec3 at, float turn)
{
    Frame f = lying(at, turn);
    Carve silver = {.blend_mm = 0.06f, .material = TEA_SILVER};
    Frame bowl = f;
    bowl.origin = frame_to_world(&f, v3(0, 1.65f, 0.10f));
    shape_add(field, shape_ellipsoid(bowl, v3(0.46f, 0.72f, 0.20f)), silver);
    Tube stem = {frame_to_world(&f, v3(0, 1.0f, 0.13f)),
                 frame_to_world(&f, v3(0, 0.1f, 0.34f)),
                 frame_to_world(&f, v3(0, -2.0f, 0.05f)),
                 0.115f,
                 0.085f,
                 0.13f,
                 14};
    shape_add(field, shape_tube(&stem, arena), silver);
    Frame end = f;
    end.origin = frame_to_world(&f, v3(0, -2.1f, 0.01f));
    shape_add(field, shape_ellipsoid(end, v3(0.27f, 0.46f, 0.10f)), silver);
    bowl.origin = frame_to_world(&f, v3(0, 1.65f, 0.29f));
    shape_add(field, shape_ellipsoid(bowl, v3(0.40f, 0.66f, 0.24f)),
              (Carve){.op = PART_CUT, .blend_mm = 0.03f});
}

// ---- lemon, sugar, biscuits

static void add_lemon(Field *field)
{
    static const float SLICES[][5] = {{-0.75f, 0.62f, 0.35f, 0.30f, 0.35f},
                                      {0.95f, 0.70f, -0.45f, 0.52f, 2.2f}};
    for (size_t i = 0; i < COUNT_OF(SLICES); i++) {
        const float *s = SLICES[i];
        Vec3 up = v3_unit(v3(sinf(s[4]) * s[3], 1, cosf(s[4]) * s[3]));
        Frame frame = frame_make(on(TEA_LEMON_PLATE, s[0], s[1], s[2]), up, v3(0, 0.1f, 1));
        shape_add(field, shape_cylinder(frame, 1.42f, 0.19f, 0.06f),
                  (Carve){.material = TEA_LEMON, .tag = (uint16_t)i});
    }
    // A wedge, so that nothing of the upper slice hangs in the air.
    shape_add(field, shape_ball(on(TEA_LEMON_PLATE, 0.3f, 0.42f, 0.0f), 0.26f),
              (Carve){.material = TEA_LEMON, .tag = 2});
}

const Vec3 TEA_FLY_AT = {0.15f, 2.62f, 0.5f}; // on the bowl

static void add_sugar(Field *field)
{
    static const float LUMPS[][4] = {{-0.75f, 1.45f, 0.55f, 0.3f}, {0.70f, 1.48f, 0.60f, 1.1f},
                                     {0.05f, 1.46f, -0.80f, 0.7f}, {-0.9f, 1.50f, -0.55f, 1.9f},
                                     {0.95f, 1.46f, -0.45f, 2.3f}, {0.08f, 2.14f, 0.36f, 0.5f},
                                     {-0.35f, 2.10f, -0.52f, 1.3f}};
    for (size_t i = 0; i < COUNT_OF(LUMPS); i++) {
        const float *l = LUMPS[i];
        Vec3 up = v3_unit(v3(0.22f * sinf(l[3] * 9), 1, 0.22f * cosf(l[3] * 7)));
        if (i == 5)
            up = v3_unit(v3(0.03f, 1, 0.12f));
        Frame frame =
            frame_make(on(TEA_BOWL, l[0], l[1], l[2]), v3(sinf(l[3]), 0, cosf(l[3])), up);
        shape_add(field, shape_box(frame, v3(0.46f, 0.46f, 0.42f), 0.07f),
                  (Carve){.material = TEA_SUGAR, .tag = (uint16_t)i});
    }
}

static void add_fly(Field *field)
{
    Frame f = lying(on(TEA_BOWL, TEA_FLY_AT.x, TEA_FLY_AT.y, TEA_FLY_AT.z), 0.9f);
    Carve body = {.blend_mm = 0.03f, .material = TEA_FLY};
    static const float BODY[][4] = {{-0.20f, 0.02f, 0.125f, 0.20f},
                                    {0.06f, 0.04f, 0.105f, 0.13f},
                                    {0.23f, 0.03f, 0.095f, 0.085f}};
    for (size_t i = 0; i < COUNT_OF(BODY); i++) {
        const float *b = BODY[i];
        Frame at = f;
        at.origin = frame_to_world(&f, v3(0, b[0], b[1]));
        shape_add(field, shape_ellipsoid(at, v3(b[2], b[3], b[2] * 0.92f)),
                  (Carve){.blend_mm = 0.03f, .material = TEA_FLY, .tag = (uint16_t)i});
    }
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Vec3 root = frame_to_world(&f, v3(0.05f * s, 0.02f, 0.11f));
        Vec3 tip = frame_to_world(&f, v3(0.27f * s, -0.46f, 0.06f));
        shape_add(field, shape_cone(root, 0.035f, tip, 0.062f),
                  (Carve){.blend_mm = 0.02f, .material = TEA_FLY, .tag = 3});
        for (int k = 0; k < 3; k++) {
            float y = 0.14f - 0.10f * (float)k;
            Vec3 hip = frame_to_world(&f, v3(0.05f * s, y, 0.02f));
            Vec3 foot = frame_to_world(&f, v3(0.27f * s, y + 0.12f - 0.12f * (float)k, -0.12f));
            shape_add(field, shape_cone(hip, 0.036f, foot, 0.034f), body);
        }
    }
}

static void add_biscuits(Field *field)
{
    static const float BISCUITS[][5] = {{-0.88f, 0.42f, 0.54f, 0, 0},
                                        {0.90f, 0.42f, 0.50f, 0, 0},
                                        {0.03f, 0.42f, -1.02f, 0, 0},
                                        {0.10f, 0.76f, 0.05f, 0.10f, 1.2f}};
    for (size_t i = 0; i < COUNT_OF(BISCUITS); i++) {
        const float *b = BISCUITS[i];
        Vec3 up = v3_unit(v3(b[3] * sinf(b[4]), 1, b[3] * cosf(b[4])));
        Frame frame = frame_make(on(TEA_BISCUIT_PLATE, b[0], b[1], b[2]), up, v3(0, 0.1f, 1));
        Part round = shape_cylinder(frame, 0.95f, 0.19f, 0.09f);
        shape_add(field, round, (Carve){.material = TEA_BISCUIT, .tag = (uint16_t)i});
    }
    // One has been bitten.
    Vec3 bite = on(TEA_BISCUIT_PLATE, 1.62f, 0.45f, 1.25f);
    for (int i = 0; i < 4; i++)
        shape_add(field,
                  shape_ball(v3_add(bite, v3(-0.28f * (float)i + 0.1f, 0.05f,
                                             0.28f * (float)i - 0.45f)),
                             0.34f),
                  (Carve){.op = PART_CUT, .material = TEA_BISCUIT, .tag = 9});
    Chance chance = {99};
    for (int i = 0; i < 34; i++) {
        bool is_far = i % 3 == 0;
        float r =
            is_far ? chance_between(&chance, 3.5f, 4.6f) : chance_between(&chance, 1.75f, 2.0f);
        float a = chance_around(&chance, 1.3f) + 0.9f,
              size = chance_between(&chance, 0.07f, 0.15f);
        float y = is_far ? 0.03f : 0.29f;
        shape_add(field, shape_ball(on(TEA_BISCUIT_PLATE, r * cosf(a), y, r * sinf(a)), size),
                  (Carve){.material = TEA_BISCUIT, .tag = 9});
    }
}

// ---- the letter

Frame tea_letter_frame(void)
{
    return frame_make(v3(0.8f, TEA_CLOTH_MM + 0.035f, 7.0f), v3(-0.21f, 0, -0.98f),
                      v3(0, 1, 0));
}

// Folded twice once, and not quite flat any more.
static void eval_letter(const Part *part, const FieldPoints *at, float *restrict values)
{
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float y = clamp_f(p.y, -6, 6), third = TEA_LETTER_HALF_Y / 3;
        float lift = 0.16f * fmaxf(0, fabsf(y) - third) - 0.0f;
        lift += 0.02f * p.x * p.x * 0.3f;
        float over = fmaxf(fabsf(p.x) - TEA_LETTER_HALF_X, fabsf(p.y) - TEA_LETTER_HALF_Y);
        float away = fabsf(p.z - fminf(lift, 0.6f)) * 0.95f - 0.052f;
        values[i] = fmaxf(over, away);
    }
}

void tea_add_letter(Field *field)
{
    Part sheet = {.eval = eval_letter, .frame = tea_letter_frame(), .lipschitz = 1.35f};
    shape_add(field, sheet, (Carve){.material = TEA_LETTER});
    Frame f = tea_letter_frame();
    Vec3 from = frame_to_world(&f, v3(1.0f, -2.3f, 0.17f));
    Vec3 to = frame_to_world(&f, v3(3.9f, 2.2f, 0.10f)), neck = v3_lerp(from, to, 0.16f);
    shape_add(field, shape_cone(v3_lerp(from, to, 0.15f), 0.15f, to, 0.12f),
              (Carve){.material = TEA_PEN, .tag = 0});
    shape_add(field, shape_cone(neck, 0.12f, from, 0.045f),
              (Carve){.material = TEA_PEN, .tag = 1});
    shape_add(field, shape_ball(to, 0.16f), (Carve){.material = TEA_PEN, .tag = 0});
}

void tea_add_treats(Field *field, Arena *arena)
{
    add_spoon(field, arena, v3(-7.6f, TEA_CLOTH_MM + 0.08f, 9.0f), 1.2f);
    add_spoon(field, arena, v3(8.6f, TEA_CLOTH_MM + 0.08f, 7.2f), 1.9f);
    add_lemon(field);
    add_biscuits(field);
}

void tea_add_sugar(Field *field)
{
    add_sugar(field);
    add_fly(field);
}
