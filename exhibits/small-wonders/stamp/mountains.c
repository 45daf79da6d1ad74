// mountains.c: ranges seen across the lake: a landscape of heights, looked at column by column.

#include <string.h>

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/stamp/scene.h"

// The land: x to both sides of the eye, z away from it; a unit is a millimetre of the picture
// at z = FOCUS.
enum { LAND = 800, BLUR = 5, RIDGE_OCTAVES = 5, STEPS = 2200, SHADOW_STEPS = 36 };
static const float LAND_LEFT = -12.5f, LAND_NEAR = 5.4f, LAND_CELL = 25.0f / LAND;
static const float LAND_DEEP = 11.0f / LAND; // a cell's depth
static const float FOCUS = 8.5f, EYE = 0.58f;

typedef struct Land {
    float *heights, *smooth; // the second for the lines' direction
} Land;

static float ridges(float x, float z)
{
    float sum = 0, strength = 0.5f, before = 1;
    for (uint32_t i = 0; i < RIDGE_OCTAVES; i++) {
        float ridge = 1 - fabsf(noise_value(v3(x, 7.3f, z), 40 + i));
        ridge *= ridge;
        sum += ridge * strength * before;
        before = clamp_f(ridge * 1.4f, 0, 1); // fine ridges only on coarse ones
        strength *= 0.52f;
        float turned = x * 1.62f + z * 1.22f;
        z = z * 1.62f - x * 1.22f + 3.7f;
        x = turned + 1.9f;
    }
    return sum;
}

typedef struct Peak {
    float x, z, height, width, turn;
} Peak;

static const Peak PEAKS[] = {
    {0.9f, 9.6f, 8.1f, 2.55f, 0.5f},  {-4.6f, 11.6f, 5.9f, 2.6f, 1.7f},
    {-1.7f, 10.9f, 5.2f, 1.9f, 2.6f}, {5.4f, 10.8f, 5.6f, 2.4f, 0.2f},
    {-9.0f, 12.5f, 5.6f, 3.0f, 1.1f}, {9.0f, 12.4f, 6.4f, 2.9f, 2.2f},
    {3.1f, 12.2f, 4.6f, 2.2f, 2.9f},  {-6.9f, 8.4f, 2.3f, 1.6f, 0.9f},
    {7.4f, 8.3f, 2.7f, 1.7f, 1.4f},
};

static float height_of(float x, float z)
{
    float wx = x + 0.35f * noise_value(v3(x * 0.8f, 1, z * 0.8f), 3);
    float wz = z + 0.35f * noise_value(v3(x * 0.8f, 9, z * 0.8f), 4);
    float height = 0;
    for (size_t i = 0; i < COUNT_OF(PEAKS); i++) {
        float dx = wx - PEAKS[i].x, dz = wz - PEAKS[i].z, r = sqrtf(dx * dx + dz * dz);
        float angle = atan2f(dz, dx), turn = PEAKS[i].turn;
        float arete = 1 + 0.24f * cosf(3 * angle + turn) + 0.10f * cosf(5 * angle - turn);
        height = fmaxf(height, PEAKS[i].height * expf(-r * arete / PEAKS[i].width));
    }
    float rough = ridges(x * 0.62f, z * 0.62f) - 0.40f;
    float horn = 1 - 0.72f * smooth_f(4.2f, 7.2f, height); // summits stay whole
    height += rough * (0.30f + 0.52f * fminf(height, 4.5f)) * horn;
    // Wooded hills along the shore, open towards the peak.
    float open = smooth_f(0.4f, 3.2f, fabsf(x - 0.5f));
    float hill = (0.15f + 0.75f * open) * (0.55f + 0.5f * noise_value(v3(x * 0.7f, 2, z), 8));
    height = fmaxf(height * smooth_f(6.2f, 8.8f, z), hill * smooth_f(5.85f, 6.9f, z));
    float shore = 5.9f + 0.12f * noise_value(v3(x * 1.3f, 4, 0), 6);
    return z < shore ? -0.02f : height + 0.02f;
}

static Land make_land(Arena *arena)
{
    Land land = {ARENA_ARRAY_RAW(arena, float, LAND *LAND),
                 ARENA_ARRAY_RAW(arena, float, LAND *LAND)};
    for (int z = 0; z < LAND; z++)
        for (int x = 0; x < LAND; x++)
            land.heights[z * LAND + x] =
                height_of(LAND_LEFT + (float)x * LAND_CELL, LAND_NEAR + (float)z * LAND_DEEP);
    for (int z = 0; z < LAND; z++)
        for (int x = 0; x < LAND; x++) {
            float sum = 0;
            for (int k = -BLUR; k <= BLUR; k++)
                for (int j = -BLUR; j <= BLUR; j++)
                    sum += land.heights[MIN(MAX(z + k, 0), LAND - 1) * LAND +
                                        MIN(MAX(x + j, 0), LAND - 1)];
            land.smooth[z * LAND + x] = sum / ((2 * BLUR + 1) * (2 * BLUR + 1));
        }
    return land;
}

static float land_at(const float *heights, float x, float z)
{
    float u = clamp_f((x - LAND_LEFT) / LAND_CELL, 0, LAND - 1.01f);
    float v = clamp_f((z - LAND_NEAR) / LAND_DEEP, 0, LAND - 1.01f);
    int i = (int)u, k = (int)v;
    const float *at = heights + k * LAND + i;
    return lerp_f(lerp_f(at[0], at[1], u - (float)i),
                  lerp_f(at[LAND], at[LAND + 1], u - (float)i), v - (float)k);
}

static Vec3 slope_at(const float *heights, float x, float z, float reach)
{
    float dx = land_at(heights, x + reach, z) - land_at(heights, x - reach, z);
    float dz = land_at(heights, x, z + reach) - land_at(heights, x, z - reach);
    return v3(dx / (2 * reach), 0, dz / (2 * reach));
}

static const Vec3 SUN = {-0.72f, 0.56f, -0.41f};

static float shadow_at(const Land *land, Vec3 p)
{
    float open = 1, step = 0.05f;
    for (int i = 0; i < SHADOW_STEPS; i++) {
        p = v3_mad(p, SUN, step);
        float over = p.y - land_at(land->heights, p.x, p.z);
        open = fminf(open, smooth_f(-0.10f, 0.03f, over));
        step *= 1.04f;
    }
    return open;
}

// Where the way down leads in the picture.
static float fall_angle(const Land *land, Vec3 p)
{
    Vec3 g = slope_at(land->smooth, p.x, p.z, 0.08f);
    Vec3 down = v3(-g.x, -(g.x * g.x + g.z * g.z), -g.z);
    float u = down.x * p.z - p.x * down.z, v = down.y * p.z - (p.y - EYE) * down.z;
    return atan2f(v, u);
}

static ScenePixel look_at_land(const Land *land, Vec3 p)
{
    Vec3 g = slope_at(land->heights, p.x, p.z, 0.035f);
    Vec3 normal = v3_unit(v3(-g.x, 1, -g.z));
    float light = fmaxf(0, v3_dot(normal, SUN)) * (0.15f + 0.85f * shadow_at(land, p));
    float haze = smooth_f(6, 14.5f, p.z);
    ScenePixel out = {.kind = SCENE_RANGE, .angle = fall_angle(land, p)};
    float snow = smooth_f(1.6f, 3.6f, p.y + 1.2f * noise_value(v3_scale(p, 1.3f), 12)) *
                 smooth_f(0.30f, 0.50f, normal.y);
    float dark = 1.0f - 1.02f * light;
    out.tone = clamp_f(lerp_f(dark, dark * 0.74f - 0.10f, snow), 0.02f, 0.95f);
    out.tone = lerp_f(out.tone, 0.20f + 0.38f * out.tone, haze * 0.75f);
    float wood = smooth_f(1.05f, 0.75f, p.y + 0.25f * noise_value(v3_scale(p, 4), 13));
    if (wood > 0.5f && p.z < 8.6f) {
        out.kind = SCENE_FOREST;
        float clump = noise_octaves(v3(p.x * 7, p.y * 9, p.z * 4), 2, 14);
        out.tone = clamp_f(1.02f - 0.40f * light + 0.45f * clump, 0.2f, 0.97f);
        out.angle = 1.45f + 0.35f * noise_value(v3(p.x * 3, p.y * 3, p.z), 15);
    }
    return out;
}

static void look_along_column(Scene *scene, const Land *land, int column)
{
    float u = scene_x(column);
    int filled = 0;
    for (int i = 0; i < STEPS; i++) {
        float z = LAND_NEAR + 0.4f + (float)i * (10.4f / STEPS), x = u * z / FOCUS;
        float y = land_at(land->heights, x, z);
        float v = SCENE_EYE_MM + FOCUS * (y - EYE) / z;
        int row = (int)((v - SCENE_LOW_MM) / SCENE_PIXEL_MM);
        if (y < 0) {
            filled = MAX(filled, row);
            continue;
        }
        if (row <= filled)
            continue;
        ScenePixel pixel = look_at_land(land, v3(x, y, z));
        for (int r = filled + 1; r <= MIN(row, SCENE_HEIGHT - 1); r++) {
            ScenePixel *at = &scene->pixels[r * SCENE_WIDTH + column];
            if (at->kind != SCENE_NONE)
                *at = pixel;
        }
        filled = row;
        if (v > scene->summit[1]) {
            scene->summit[0] = u;
            scene->summit[1] = v;
        }
    }
}

void scene_add_ranges(Scene *scene)
{
    Arena arena = {0};
    Land land = make_land(&arena);
    scene->summit[1] = -10;
    for (int column = 0; column < SCENE_WIDTH; column++)
        look_along_column(scene, &land, column);
    arena_drop(&arena);
}
