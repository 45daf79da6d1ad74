// render_paint.c: the small textures materials are made of: how plaster, linen, stone, brushed
// metal, oak and terrazzo differ from being plain. Computed at start; every one repeats.
//
// Red and green: the slope of the surface; blue: lighter or darker; alpha: rougher or smoother.
// 128 means "as it is without".

#include "draw/render_parts.h"

#include "io/thread.h"

#include <math.h>
#include <string.h>

enum { LAYERS = 6, LINEN = 1, MOST_LEVELS = 10 };

#define LINEN_THREADS 48 // over the texture, each way

typedef struct Texel {
    float height, tone, rough;
} Texel;

// ---- noise that repeats

static uint32_t scramble(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ x >> 16;
}

static float chance(int x, int y, uint32_t seed)
{
    return (float)(scramble((uint32_t)x * 0x9e3779b1u ^ scramble((uint32_t)y + seed * 977u)) >>
                   8) /
           16777216.0f;
}

static int wrap(int value, int period)
{
    value %= period;
    return value < 0 ? value + period : value;
}

// Smooth, 0 to 1, with `period_x` x `period_y` cells over the texture; u, v from 0 to 1.
static float noise(float u, float v, int period_x, int period_y, uint32_t seed)
{
    float x = u * (float)period_x, y = v * (float)period_y;
    int cell_x = (int)floorf(x), cell_y = (int)floorf(y);
    float fx = x - (float)cell_x, fy = y - (float)cell_y;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    int x0 = wrap(cell_x, period_x), x1 = wrap(cell_x + 1, period_x);
    int y0 = wrap(cell_y, period_y), y1 = wrap(cell_y + 1, period_y);
    float low = chance(x0, y0, seed) * (1 - fx) + chance(x1, y0, seed) * fx;
    float high = chance(x0, y1, seed) * (1 - fx) + chance(x1, y1, seed) * fx;
    return low * (1 - fy) + high * fy;
}

static float clouds(float u, float v, int period, int octaves, uint32_t seed)
{
    float sum = 0, weight = 0.5f, total = 0;
    for (int i = 0; i < octaves; i++, period *= 2, weight *= 0.5f) {
        sum += weight * noise(u, v, period, period, seed + (uint32_t)i);
        total += weight;
    }
    return sum / total;
}

// ---- materials

// The stipple of a paint roller, and where it went over twice.
static Texel plaster(float u, float v)
{
    float fine = noise(u, v, 110, 110, 1), finer = noise(u, v, 230, 230, 2);
    float broad = clouds(u, v, 4, 3, 3);
    return (Texel){fine * 0.6f + finer * 0.4f + broad * 0.8f, broad * 0.7f + fine * 0.3f,
                   0.4f + 0.2f * fine};
}

// Plain weave: threads over and under, of unequal thickness.
static Texel linen(float u, float v)
{
    const int threads = LINEN_THREADS;
    float wobble = 0.18f * (noise(u, v, 24, 6, 11) - 0.5f);
    float x = u * (float)threads + wobble, y = v * (float)threads + wobble;
    int column = (int)floorf(x), row = (int)floorf(y);
    float across_x = fabsf(x - floorf(x) - 0.5f) * 2,
          across_y = fabsf(y - floorf(y) - 0.5f) * 2;
    bool warp_is_up = (wrap(column, threads) + wrap(row, threads)) % 2 == 0;
    float thick = warp_is_up
                      ? 0.75f + 0.5f * chance(wrap(column, threads), wrap(row / 7, 7), 12)
                      : 0.75f + 0.5f * chance(wrap(column / 7, 7), wrap(row, threads), 13);
    float across = warp_is_up ? across_x : across_y, along = warp_is_up ? across_y : across_x;
    float round_up = sqrtf(MAX(1 - across * across * 0.9f, 0)) * (1 - 0.45f * along * along);
    float height = round_up * thick;
    return (Texel){height, CLAMP(0.15f + 0.75f * height, 0, 1), 0.5f};
}

// Honed limestone: clouds, a few shells and pores.
static Texel stone(float u, float v)
{
    float broad = clouds(u, v, 3, 5, 21), veins = fabsf(clouds(u, v, 5, 4, 27) - 0.5f) * 2;
    float pores = noise(u, v, 170, 170, 31);
    float pore = pores > 0.86f ? (pores - 0.86f) * 7 : 0;
    float speck = noise(u, v, 240, 240, 33);
    float tone = 0.55f * broad + 0.25f * (1 - veins) + 0.2f * speck - 0.35f * pore;
    return (Texel){1 - pore, CLAMP(tone, 0, 1), 0.42f + 0.3f * pore + 0.1f * broad};
}

// Fine lines along u.
static Texel brushed(float u, float v)
{
    float line = 0.5f * noise(u, v, 6, 512, 41) + 0.3f * noise(u, v, 14, 256, 42) +
                 0.2f * noise(u, v, 3, 128, 43);
    return (Texel){line, line, 0.35f + 0.3f * line};
}

// Grain along u: rings cut lengthwise, pores, and the bright flecks of rays.
static Texel oak(float u, float v)
{
    float bend =
        0.055f * (noise(u, v, 3, 4, 51) - 0.5f) + 0.018f * (noise(u, v, 7, 9, 52) - 0.5f);
    float rings = (v + bend) * 22 + 1.3f * noise(u, v, 2, 5, 53);
    float ring = rings - floorf(rings);
    float late = ring * ring * ring; // late wood darkens slowly and ends at once
    float width = 0.7f + 0.6f * noise(u, v, 4, 22, 54);
    float fibre = noise(u, v, 26, 420, 55), fibre2 = noise(u, v, 12, 190, 56);
    float pores = noise(u, v, 60, 500, 57);
    float pore = pores > 0.72f ? (pores - 0.72f) * 2.6f * (0.45f + late) : 0;
    float fleck = noise(u, v, 14, 130, 58);
    fleck = fleck > 0.82f ? (fleck - 0.82f) * 1.2f : 0;
    float broad = clouds(u, v, 2, 3, 59);
    float tone = 0.66f - 0.34f * late * width + 0.26f * (fibre - 0.5f) +
                 0.20f * (fibre2 - 0.5f) + 0.25f * (broad - 0.5f) - pore + fleck;
    float height = 0.5f * fibre2 - 2.2f * pore;
    return (Texel){height, CLAMP(tone, 0, 1),
                   CLAMP(0.42f + 0.25f * (fibre - 0.5f) + pore, 0, 1)};
}

// Chips of marble in a lighter ground.
static Texel terrazzo(float u, float v)
{
    const int CELLS = 34;
    float x = u * (float)CELLS, y = v * (float)CELLS, nearest = 9, tone = 0.62f;
    x += 0.5f * (noise(u, v, 80, 80, 61) - 0.5f);
    y += 0.5f * (noise(u, v, 80, 80, 62) - 0.5f);
    for (int i = 0; i < 9; i++) {
        int cell_x = (int)floorf(x) + i % 3 - 1, cell_y = (int)floorf(y) + i / 3 - 1;
        int cx = wrap(cell_x, CELLS), cy = wrap(cell_y, CELLS);
        float dx = (float)cell_x + 0.2f + 0.6f * chance(cx, cy, 63) - x;
        float dy = (float)cell_y + 0.2f + 0.6f * chance(cx, cy, 64) - y;
        float size = 0.12f + 0.42f * chance(cx, cy, 65) * chance(cx, cy, 66);
        float away = sqrtf(dx * dx * 1.4f + dy * dy) / size;
        if (away < nearest) {
            nearest = away;
            tone = chance(cx, cy, 67);
        }
    }
    float chip = CLAMP((1 - nearest) * 9 + 0.5f, 0, 1);
    float ground = 0.55f + 0.10f * clouds(u, v, 6, 3, 68);
    return (Texel){0, ground * (1 - chip) + (0.15f + 0.8f * tone) * chip, 0.5f - 0.12f * chip};
}

static Texel (*const painters[LAYERS])(float u, float v) = {plaster, linen, stone,
                                                            brushed, oak,   terrazzo};

// How steep a layer's slopes are at its strongest, in heights a texel.
static const float steepness[LAYERS] = {1.6f, 1.0f, 0.8f, 1.6f, 1.1f, 0};

// ---- pictures

typedef struct Painting {
    size_t side;
    int level_count;
    Texel *texels;
    uint8_t *levels[MOST_LEVELS]; // all layers of each
} Painting;

static Status paint_rows(void *context, size_t first, size_t count, int worker)
{
    Painting *painting = context;
    size_t side = painting->side;
    (void)worker;
    for (size_t row = first; row < first + count; row++) {
        float size = (float)side, v = ((float)(row % side) + 0.5f) / size;
        for (size_t x = 0; x < side; x++)
            painting->texels[row * side + x] =
                painters[row / side](((float)x + 0.5f) / size, v);
    }
    return OK;
}

static uint8_t byte_of(float value)
{
    return (uint8_t)(CLAMP(value, 0.0f, 1.0f) * 255 + 0.5f);
}

static Status encode_rows(void *context, size_t first, size_t count, int worker)
{
    Painting *painting = context;
    size_t side = painting->side;
    (void)worker;
    for (size_t row = first; row < first + count; row++) {
        size_t layer = row / side, y = row % side;
        const Texel *texels = painting->texels + layer * side * side;
        for (size_t x = 0; x < side; x++) {
            const Texel *at = &texels[y * side + x];
            float right = texels[y * side + (x + 1) % side].height;
            float down = texels[(y + 1) % side * side + x].height;
            uint8_t *out = painting->levels[0] + (row * side + x) * 4;
            out[0] = byte_of(0.5f + (at->height - right) * steepness[layer] * 0.5f);
            out[1] = byte_of(0.5f + (at->height - down) * steepness[layer] * 0.5f);
            out[2] = byte_of(at->tone);
            out[3] = byte_of(at->rough);
        }
    }
    return OK;
}

static void halve(const uint8_t *from, size_t side, uint8_t *to)
{
    size_t half = side / 2;
    for (size_t i = 0; i < half * half; i++) {
        const uint8_t *texel = from + (i / half * 2 * side + i % half * 2) * 4;
        for (size_t k = 0; k < 4; k++)
            to[i * 4 + k] = (uint8_t)((texel[k] + texel[4 + k] + texel[side * 4 + k] +
                                       texel[side * 4 + 4 + k] + 2) /
                                      4);
    }
}

// A weave whose threads are no wider than texels beats against them: it fades to its mean,
// level by level.
static void calm_weave(uint8_t *texels, size_t side)
{
    float wide = (float)side / LINEN_THREADS, keep = CLAMP((wide - 1.2f) / 2.4f, 0.0f, 1.0f);
    float mean[4] = {0};
    for (size_t i = 0; i < side * side * 4; i++)
        mean[i % 4] += (float)texels[i] / (float)(side * side);
    for (size_t i = 0; i < side * side * 4; i++)
        texels[i] = (uint8_t)(mean[i % 4] + ((float)texels[i] - mean[i % 4]) * keep + 0.5f);
}

static Status halve_layers(void *context, size_t first, size_t count, int worker)
{
    Painting *painting = context;
    (void)worker;
    for (size_t layer = first; layer < first + count; layer++) {
        for (int level = 1; level < painting->level_count; level++) {
            size_t side = painting->side >> (level - 1);
            halve(painting->levels[level - 1] + layer * side * side * 4, side,
                  painting->levels[level] + layer * (side / 2) * (side / 2) * 4);
        }
        for (int level = 0; layer == LINEN && level < painting->level_count; level++) {
            size_t side = painting->side >> level;
            calm_weave(painting->levels[level] + layer * side * side * 4, side);
        }
    }
    return OK;
}

static Status paint(Arena *arena, Painting *painting)
{
    painting->texels = ARENA_ARRAY_RAW(arena, Texel, LAYERS * painting->side * painting->side);
    for (int level = 0; level < painting->level_count; level++) {
        size_t side = painting->side >> level;
        painting->levels[level] = ARENA_ARRAY_RAW(arena, uint8_t, LAYERS * side * side * 4);
    }
    ParallelDesc rows = {.count = LAYERS * painting->side, .grain = 32, .context = painting};
    rows.run = paint_rows;
    TRY(parallel_for(&rows));
    rows.run = encode_rows;
    TRY(parallel_for(&rows));
    return parallel_for(
        &(ParallelDesc){.count = LAYERS, .run = halve_layers, .context = painting});
}

GpuTexture paint_make_details(Gpu *gpu, int side)
{
    Scratch scratch = scratch_begin(NULL);
    Painting painting = {.side = (size_t)side};
    while (painting.level_count < MOST_LEVELS && side >> painting.level_count)
        painting.level_count++;
    GpuTexture texture = {0};
    if (paint(scratch.arena, &painting) == OK)
        texture = gpu_make_texture(gpu, &(GpuTextureDesc){.kind = GPU_TEXTURE_ARRAY,
                                                          .format = GPU_RGBA8,
                                                          .width = side,
                                                          .height = side,
                                                          .depth = LAYERS,
                                                          .level_count = painting.level_count,
                                                          .is_repeated = true,
                                                          .pixels = painting.levels[0],
                                                          .label = "material details"});
    for (int level = 1; level < painting.level_count && texture.id; level++)
        gpu_write_texture(gpu, texture,
                          &(GpuTextureWrite){.level = level,
                                             .width = side >> level,
                                             .height = side >> level,
                                             .depth = LAYERS,
                                             .pixels = painting.levels[level]});
    scratch_end(scratch);
    return texture;
}
