// environment.c: what is seen from the middle of a room in every direction.

#include "data/environment.h"

#include <math.h>
#include <string.h>

enum { MOST_SAMPLES = 256 };

// What is left to blur where a level is made from the one before: alphas add as squares,
// nearly.
static const float alphas[ENVIRONMENT_LEVELS] = {0, 0.0625f, 0.242f, 0.504f, 0.827f};

EnvironmentLevel environment_level(int level)
{
    int side = ENVIRONMENT_SIDE >> level;
    if (level == 0)
        return (EnvironmentLevel){0, 0, side};
    return (EnvironmentLevel){ENVIRONMENT_WIDTH - 2 * side, ENVIRONMENT_SIDE, side};
}

static void direction_at(float u, float v, float out[3])
{
    if (u < 0 || u > 1) {
        u = u < 0 ? -u : 2 - u;
        v = 1 - v;
    }
    if (v < 0 || v > 1) {
        v = v < 0 ? -v : 2 - v;
        u = 1 - u;
    }
    float x = u * 2 - 1, z = v * 2 - 1, y = 1 - fabsf(x) - fabsf(z);
    if (y < 0) {
        float folded_x = (1 - fabsf(z)) * (x < 0 ? -1.0f : 1.0f);
        z = (1 - fabsf(x)) * (z < 0 ? -1.0f : 1.0f);
        x = folded_x;
    }
    float length = sqrtf(x * x + y * y + z * z);
    out[0] = x / length;
    out[1] = y / length;
    out[2] = z / length;
}

void environment_direction(float x, float y, float out[3])
{
    const float inner = ENVIRONMENT_SIDE - 2;
    direction_at((x - 1) / inner, (y - 1) / inner, out);
}

static size_t texel_of(EnvironmentLevel level, int x, int y)
{
    return (size_t)(level.y + y) * ENVIRONMENT_WIDTH + (size_t)(level.x + x);
}

static void add_border(EnvironmentLevel level, float (*texels)[3])
{
    int last = level.side - 1;
    for (int side = 0; side < 2; side++) {
        int edge = side ? last : 0, inside = side ? last - 1 : 1;
        for (int i = 1; i < last; i++) {
            memcpy(texels[texel_of(level, edge, i)], texels[texel_of(level, inside, last - i)],
                   sizeof *texels);
            memcpy(texels[texel_of(level, i, edge)], texels[texel_of(level, last - i, inside)],
                   sizeof *texels);
        }
        // All four corners are the same direction: straight down.
        for (int other = 0; other < 2; other++)
            memcpy(texels[texel_of(level, edge, other ? last : 0)],
                   texels[texel_of(level, side ? 1 : last - 1, other ? 1 : last - 1)],
                   sizeof *texels);
    }
}

static void sample(float (*texels)[3], EnvironmentLevel level, const float d[3], float out[3])
{
    float sum = fabsf(d[0]) + fabsf(d[1]) + fabsf(d[2]), x = d[0] / sum, z = d[2] / sum;
    if (d[1] < 0) {
        float folded_x = (1 - fabsf(z)) * (x < 0 ? -1.0f : 1.0f);
        z = (1 - fabsf(x)) * (z < 0 ? -1.0f : 1.0f);
        x = folded_x;
    }
    float inner = (float)(level.side - 2);
    float u = (x * 0.5f + 0.5f) * inner + 0.5f, v = (z * 0.5f + 0.5f) * inner + 0.5f;
    int at_x = CLAMP((int)u, 0, level.side - 2), at_y = CLAMP((int)v, 0, level.side - 2);
    float part_x = u - (float)at_x, part_y = v - (float)at_y;
    const float(*low)[3] = (const float(*)[3])texels + texel_of(level, at_x, at_y);
    const float(*high)[3] = low + ENVIRONMENT_WIDTH;
    for (int k = 0; k < 3; k++)
        out[k] = (low[0][k] * (1 - part_x) + low[1][k] * part_x) * (1 - part_y) +
                 (high[0][k] * (1 - part_x) + high[1][k] * part_x) * part_y;
}

// Directions around z in which a surface of this alpha mirrors, seen straight from above; the
// third is their weight, too. The farthest tail is left out: so few directions would look there
// that a lamp became dots.
static int make_lobe(float alpha, int samples, float lobe[MOST_SAMPLES][3])
{
    int count = 0;
    for (int i = 0; i < MIN(samples, MOST_SAMPLES); i++) {
        float u = 0.94f * ((float)i + 0.5f) / (float)samples;
        float turn = 2.39996323f * (float)i; // the golden angle
        float cosine2 = (1 - u) / (1 + (alpha * alpha - 1) * u);
        float up = 2 * cosine2 - 1, wide = sqrtf(MAX(1 - up * up, 0.0f));
        if (up <= 0)
            continue;
        lobe[count][0] = wide * cosf(turn);
        lobe[count][1] = wide * sinf(turn);
        lobe[count++][2] = up;
    }
    return count;
}

static void blur_texel(float (*texels)[3], EnvironmentLevel from, const float n[3],
                       const float (*lobe)[3], int count, float out[3])
{
    float side = n[2] >= 0 ? 1.0f : -1.0f, a = -1 / (side + n[2]), b = n[0] * n[1] * a;
    float x[3] = {1 + side * n[0] * n[0] * a, side * b, -side * n[0]};
    float y[3] = {b, side + n[1] * n[1] * a, -n[1]};
    float sum[3] = {0}, total = 1e-9f;
    for (int i = 0; i < count; i++) {
        float along[3], seen[3];
        for (int k = 0; k < 3; k++)
            along[k] = x[k] * lobe[i][0] + y[k] * lobe[i][1] + n[k] * lobe[i][2];
        sample(texels, from, along, seen);
        for (int k = 0; k < 3; k++)
            sum[k] += seen[k] * lobe[i][2];
        total += lobe[i][2];
    }
    for (int k = 0; k < 3; k++)
        out[k] = sum[k] / total;
}

// The level before, twice as coarse: nothing is left that few directions could miss.
static void halve(float (*texels)[3], EnvironmentLevel from, EnvironmentLevel to)
{
    float inner = (float)(to.side - 2);
    for (int i = 0; i < to.side * to.side; i++) {
        int x = i % to.side, y = i / to.side;
        float *out = texels[texel_of(to, x, y)];
        memset(out, 0, 3 * sizeof *out);
        for (int part = 0; part < 4; part++) {
            float along[3], seen[3];
            direction_at(((float)x - (part & 1 ? 0.25f : 0.75f)) / inner,
                         ((float)y - (part & 2 ? 0.25f : 0.75f)) / inner, along);
            sample(texels, from, along, seen);
            for (int k = 0; k < 3; k++)
                out[k] += seen[k] / 4;
        }
    }
}

void environment_blur_level(float (*texels)[3], int index, int samples)
{
    Scratch scratch = scratch_begin(NULL);
    float(*halved)[3] = arena_alloc_raw(scratch.arena, ENVIRONMENT_TEXELS * sizeof *halved, 16);
    float lobe[MOST_SAMPLES][3];
    EnvironmentLevel level = environment_level(index);
    int count = make_lobe(alphas[index], samples, lobe);
    float inner = (float)(level.side - 2);
    if (index == 1)
        add_border(environment_level(0), texels);
    halve(texels, environment_level(index - 1), level);
    memcpy(halved, texels, ENVIRONMENT_TEXELS * sizeof *halved);
    for (int k = 0; k < (level.side - 2) * (level.side - 2); k++) {
        int x = k % (level.side - 2) + 1, y = k / (level.side - 2) + 1;
        float along[3];
        direction_at(((float)x - 0.5f) / inner, ((float)y - 0.5f) / inner, along);
        blur_texel(halved, level, along, (const float(*)[3])lobe, count,
                   texels[texel_of(level, x, y)]);
    }
    add_border(level, texels);
    scratch_end(scratch);
}

void environment_blur(float (*texels)[3], int samples)
{
    for (int i = 1; i < ENVIRONMENT_LEVELS; i++)
        environment_blur_level(texels, i, samples);
}

void environment_turn(const uint32_t *from, int quarters, uint32_t *out)
{
    memset(out, 0, ENVIRONMENT_TEXELS * sizeof *out);
    for (int i = 0; i < ENVIRONMENT_LEVELS; i++) {
        EnvironmentLevel level = environment_level(i);
        int last = level.side - 1;
        for (int at = 0; at < level.side * level.side; at++) {
            int x = at % level.side, z = at / level.side, to_x = x, to_z = z;
            for (int k = 0; k < (quarters & 3); k++) {
                int before = to_x;
                to_x = to_z;
                to_z = last - before;
            }
            out[texel_of(level, to_x, to_z)] = from[texel_of(level, x, z)];
        }
    }
}
