// scene.c: what stands before and above the ranges.

#include "exhibits/small-wonders/stamp/scene.h"

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/stamp/stamp.h"

static const float LIGHT_X = -0.66f, LIGHT_Y = 0.62f, LIGHT_Z = 0.43f; // z towards the eye

ScenePixel scene_at(const Scene *scene, float x, float y)
{
    int column = (int)floorf((x - SCENE_LEFT_MM) / SCENE_PIXEL_MM);
    int row = (int)floorf((y - SCENE_LOW_MM) / SCENE_PIXEL_MM);
    if (column < 0 || row < 0 || column >= SCENE_WIDTH || row >= SCENE_HEIGHT)
        return (ScenePixel){0};
    return scene->pixels[row * SCENE_WIDTH + column];
}

// ---- round things: clouds and crowns of leaves

typedef struct Puff {
    float x, y, radius;
} Puff;

static const Puff CLOUDS[] = {
    {-5.9f, 2.7f, 0.80f}, {-5.1f, 3.3f, 0.95f}, {-4.1f, 3.5f, 0.80f}, {-3.3f, 3.0f, 0.62f},
    {-4.6f, 2.6f, 0.90f}, {-6.6f, 3.4f, 0.70f}, {3.5f, 3.1f, 0.62f},  {4.4f, 3.6f, 0.85f},
    {5.4f, 3.7f, 0.80f},  {6.3f, 3.2f, 0.90f},  {5.0f, 2.8f, 0.85f},  {3.9f, 2.5f, 0.70f},
    {-2.6f, 2.7f, 0.40f}, {2.9f, 2.6f, 0.42f},
};
static const Puff LEAVES[] = {
    {-5.9f, -2.05f, 0.55f}, {-5.2f, -1.75f, 0.60f},  {-6.4f, -1.5f, 0.62f},
    {-5.6f, -1.2f, 0.55f},  {-6.1f, -2.7f, 0.50f},   {-5.1f, -2.5f, 0.45f},
    {-1.45f, -3.0f, 0.26f}, {-1.15f, -3.2f, 0.22f},  {-1.7f, -2.85f, 0.24f},
    {-4.6f, -2.85f, 0.30f}, {-2.75f, -3.05f, 0.20f},
};

// The one that stands out most at a place; false where there is none. `bump` roughens rims.
static bool find_puff(const Puff *puffs, size_t count, float x, float y, float bump,
                      uint32_t seed, Vec3 *normal)
{
    float most = 0;
    float rough = bump * noise_octaves(v3(x * 2.2f / (bump + 0.3f), y * 2.2f, 1), 3, seed);
    for (size_t i = 0; i < count; i++) {
        float dx = (x - puffs[i].x) / puffs[i].radius, dy = (y - puffs[i].y) / puffs[i].radius;
        float r = sqrtf(dx * dx + dy * dy) + rough, z = 1 - r * r;
        if (z * puffs[i].radius > most) {
            most = z * puffs[i].radius;
            *normal = v3_unit(v3(dx, dy, sqrtf(fmaxf(z, 0))));
        }
    }
    return most > 0;
}

static ScenePixel sky_at(float x, float y)
{
    ScenePixel out = {.kind = SCENE_SKY};
    float wind = noise_octaves(v3(x * 0.28f, y * 1.5f, 5), 3, 21);
    out.tone = 0.16f + 0.44f * smooth_f(0.5f, 6.8f, y) + 0.16f * wind;
    Vec3 normal;
    if (!find_puff(CLOUDS, COUNT_OF(CLOUDS), x, y, 0.32f, 22, &normal))
        return out;
    float light = normal.x * LIGHT_X + normal.y * LIGHT_Y + normal.z * LIGHT_Z;
    float fade = smooth_f(1.7f, 2.9f, y); // clouds end in mist
    out.kind = SCENE_CLOUD;
    out.tone = clamp_f(0.30f - 0.60f * light, 0, 0.45f) * fade;
    out.angle = atan2f(normal.x, -normal.y); // around the ball
    return out;
}

// ---- the bank and the water

static float bank_height(float x)
{
    float left = lerp_f(-2.95f, -5.0f, smooth_f(-1.9f, 1.2f, x));
    float right = -5.25f + 0.75f * smooth_f(2.0f, 5.2f, x);
    float rough = 0.10f * noise_octaves(v3(x * 2.1f, 3, 1), 3, 31);
    return fmaxf(left - 0.35f * smooth_f(-3.2f, -6.5f, x), right) + rough;
}

static ScenePixel ground_at(float x, float y, float below)
{
    ScenePixel out = {.kind = SCENE_GROUND};
    float roll = noise_octaves(v3(x * 1.1f, y * 1.9f, 2), 3, 33);
    float ahead = noise_octaves(v3((x + 0.14f) * 1.1f, y * 1.9f, 2), 3, 33);
    out.tone = 0.46f + 2.6f * (roll - ahead) + 0.30f * smooth_f(-4.6f, -6.6f, y);
    out.tone += 0.25f * smooth_f(0.16f, 0.0f, below) * smooth_f(-2.2f, 0.4f, x);
    out.tone = clamp_f(out.tone, 0.06f, 0.94f);
    out.angle = -0.28f * smooth_f(-2.5f, -0.8f, x) * smooth_f(1.8f, 0.2f, x) + 0.45f * roll;
    return out;
}

// ---- the tower

static const float TOWER_X = -3.72f, TOWER_FOOT = -3.1f, TOWER_TOP = 1.15f, ROOF_TOP = 3.05f;

static bool is_opening(float x, float y)
{
    static const float HOLES[][3] = {{-3.92f, 0.15f, 0.30f},  {-3.55f, -1.05f, 0.30f},
                                     {-3.95f, -2.0f, 0.26f},  {-2.42f, -2.55f, 0.24f},
                                     {-2.05f, -2.55f, 0.24f}, {-3.72f, -2.98f, 0.52f}};
    for (size_t i = 0; i < COUNT_OF(HOLES); i++) {
        float wide = i == 5 ? 0.17f : 0.062f, dx = fabsf(x - HOLES[i][0]);
        float up = y - HOLES[i][1], arch = HOLES[i][2] - dx * dx / wide * 0.9f;
        if (dx < wide && up > 0 && up < arch)
            return true;
    }
    return false;
}

// A wall around an axis: dark on the right, lines along its courses.
static ScenePixel round_wall(float s, float y, SceneKind kind)
{
    float light = s * LIGHT_X * 1.15f + sqrtf(fmaxf(0, 1 - s * s)) * 0.62f;
    float rise = clamp_f((y - SCENE_EYE_MM) * 0.16f, -0.3f, 0.6f);
    ScenePixel out = {.kind = (uint8_t)kind};
    out.tone = clamp_f(0.92f - 0.95f * light - 0.18f * smooth_f(0.8f, 1.0f, s), 0.05f, 0.95f);
    out.angle = atanf(-rise * s / sqrtf(fmaxf(0.08f, 1 - s * s)));
    return out;
}

static bool tower_at(float x, float y, ScenePixel *out)
{
    float dx = x - TOWER_X, half = 0.62f + 0.10f * smooth_f(-1.0f, TOWER_FOOT, y);
    bool is_gallery = y > TOWER_TOP - 0.35f;
    if (is_gallery)
        half = 0.80f - 0.22f * smooth_f(TOWER_TOP - 0.15f, TOWER_TOP - 0.35f, y);
    if (y > TOWER_TOP) {
        float roof = 0.93f * (ROOF_TOP - y) / (ROOF_TOP - TOWER_TOP),
              bell = roof * roof * 0.16f;
        if (y < ROOF_TOP && fabsf(dx) < roof + bell - 0.05f) {
            *out = round_wall(dx / (roof + bell), y, SCENE_ROOF);
            out->tone = clamp_f(out->tone * 0.8f + 0.22f, 0, 0.97f);
            out->angle = atan2f(TOWER_TOP - ROOF_TOP,
                                dx * (ROOF_TOP - TOWER_TOP) / fmaxf(ROOF_TOP - y, 0.05f));
            return true;
        }
        return false;
    }
    if (y < TOWER_FOOT || fabsf(dx) > half)
        return false;
    *out = round_wall(dx / half, y, SCENE_STONE);
    float under = smooth_f(TOWER_TOP - 0.75f, TOWER_TOP - 0.36f, y);
    out->tone += is_gallery ? 0 : 0.40f * under; // the gallery's shade
    if (is_opening(x, y))
        out->tone = 0.96f;
    out->tone = clamp_f(out->tone, 0, 0.97f);
    return true;
}

static bool house_at(float x, float y, ScenePixel *out)
{
    bool is_wall = x > -3.1f && x < -1.78f && y > -3.12f && y < -2.12f;
    float slope = (-1.38f - y) * 1.15f;
    bool is_roof = y >= -2.16f && y < -1.38f && x > -3.1f - 0.0f && x < -2.55f + slope + 0.12f;
    if (is_wall) {
        *out = (ScenePixel){is_opening(x, y) ? 0.95f : 0.20f, 0.02f, SCENE_STONE};
        out->tone += 0.35f * smooth_f(-2.35f, -2.14f, y);
        return true;
    }
    if (is_roof)
        *out = (ScenePixel){0.52f + 0.15f * smooth_f(-2.7f, -1.8f, x), -0.86f, SCENE_ROOF};
    return is_roof;
}

// ---- pines

typedef struct Pine {
    float x, foot, top, half;
    int boughs;
    uint32_t seed;
} Pine;

static const Pine PINES[] = {
    {6.15f, -5.0f, 2.1f, 1.15f, 11, 51},
    {4.75f, -5.1f, 3.7f, 1.30f, 14, 52},
    {3.55f, -5.1f, -1.3f, 0.72f, 9, 53},
    {5.55f, -5.3f, -1.9f, 0.80f, 9, 54},
};

static bool pine_at(const Pine *pine, float x, float y, ScenePixel *out)
{
    float t = (y - pine->foot) / (pine->top - pine->foot), dx = x - pine->x;
    if (t < 0 || t > 1)
        return false;
    float side = dx < 0 ? -1.0f : 1.0f;
    if (t < 0.10f) {
        if (fabsf(dx) > 0.075f * pine->half)
            return false;
        *out = (ScenePixel){0.72f + 0.2f * side, PI_F / 2, SCENE_TREE};
        return true;
    }
    // Each bough droops: looked at along a line that falls outwards.
    float fall = 0.42f * fabsf(dx);
    float row = (t + fall / (pine->top - pine->foot)) * (float)pine->boughs;
    row += 0.35f * (side > 0 ? 1 : 0);
    uint32_t bough = (uint32_t)(int32_t)floorf(row) * 2 + (dx < 0);
    float phase = row - floorf(row);
    float longest = 0.62f + 0.55f * noise_of(bough, pine->seed);
    float needle = 0.13f * noise_value(v3(x * 14, y * 14, 0), pine->seed);
    float reach = pine->half * powf(1 - t, 0.82f) * longest * (1 - 0.55f * phase) + needle;
    if (fabsf(dx) > reach)
        return false;
    out->kind = SCENE_TREE;
    out->tone = 0.68f + 0.20f * side * smooth_f(0, 0.3f, fabsf(dx)) + 0.42f * (0.55f - phase);
    out->tone += 0.9f * needle;
    out->tone = clamp_f(out->tone, 0.12f, 0.97f);
    out->angle = -side * (0.55f - 0.35f * fabsf(dx) / fmaxf(reach, 0.1f)) + 1.2f * needle;
    return true;
}

static bool front_at(float x, float y, ScenePixel *out)
{
    for (size_t i = COUNT_OF(PINES); i-- > 0;)
        if (pine_at(&PINES[i], x, y, out))
            return true;
    Vec3 normal;
    if (find_puff(LEAVES, COUNT_OF(LEAVES), x, y, 0.42f, 61, &normal)) {
        float light = normal.x * LIGHT_X + normal.y * LIGHT_Y + normal.z * LIGHT_Z;
        float clump = noise_octaves(v3(x * 7, y * 7, 2), 2, 62);
        *out = (ScenePixel){clamp_f(0.84f - 0.62f * light + 0.5f * clump, 0.08f, 0.97f),
                            atan2f(normal.x, -normal.y) + 1.3f * clump, SCENE_TREE};
        return true;
    }
    return house_at(x, y, out) || tower_at(x, y, out);
}

// The water shows what stands above it, a little longer and darker, torn by ripples.
static ScenePixel lake_at(const Scene *scene, float x, float y)
{
    float down = SCENE_SHORE_MM - y, torn = noise_value(v3(x * 1.1f, y * 13, 1), 71);
    ScenePixel seen =
        scene_at(scene, x + 0.22f * torn * down, SCENE_SHORE_MM + down * 1.18f + 0.10f * torn);
    float tone = seen.kind == SCENE_NONE ? 0.3f : seen.kind == SCENE_CLOUD ? 0.12f : seen.tone;
    float glitter = noise_octaves(v3(x * 0.55f, y * 6.5f, 4), 3, 72);
    float near = smooth_f(-2.2f, -4.8f, y);
    tone = lerp_f(tone * 0.86f + 0.06f, 0.34f, 0.45f * near) + 0.30f * glitter;
    tone -= 0.5f * smooth_f(0.05f, 0.0f, down); // a bright line along the shore
    return (ScenePixel){clamp_f(tone, 0, 0.85f), 0, SCENE_LAKE};
}

typedef void FillFn(const Scene *scene, float x, float y, ScenePixel *pixel);

static void fill_back(const Scene *scene, float x, float y, ScenePixel *pixel)
{
    (void)scene;
    if (stamp_opening(x, y) < 0)
        *pixel = sky_at(x, y);
}

static void fill_front(const Scene *scene, float x, float y, ScenePixel *pixel)
{
    ScenePixel front;
    float below = bank_height(x) - y;
    if (pixel->kind == SCENE_NONE)
        return;
    if (front_at(x, y, &front))
        *pixel = front;
    else if (below > 0)
        *pixel = ground_at(x, y, below);
    else if (y < SCENE_SHORE_MM && pixel->kind == SCENE_SKY)
        *pixel = lake_at(scene, x, y);
}

static void fill(Scene *scene, FillFn *with)
{
    for (int row = SCENE_HEIGHT - 1; row >= 0; row--)
        for (int column = 0; column < SCENE_WIDTH; column++)
            with(scene, scene_x(column), scene_y(row),
                 &scene->pixels[row * SCENE_WIDTH + column]);
}

Scene *scene_make(Arena *arena)
{
    Scene *scene = ARENA_NEW(arena, Scene);
    scene->pixels = ARENA_ARRAY(arena, ScenePixel, (size_t)SCENE_WIDTH * SCENE_HEIGHT);
    fill(scene, fill_back);
    scene_add_ranges(scene);
    fill(scene, fill_front);
    return scene;
}
