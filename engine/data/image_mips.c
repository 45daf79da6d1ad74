// image_mips.c: mip chains.

#include "data/image.h"

#include <math.h>

enum { LIGHT_STEPS = 1 << 16 }; // a step is at most a twentieth of an sRGB step

// Reading and writing one channel's bytes as numbers that may be averaged.
typedef struct Converter {
    ImageContent content;
    float number_of[256];
    const uint8_t *srgb_of; // LIGHT_STEPS + 1 of them; colours only
} Converter;

// Up to three texels of a row or column of the level above, and their shares.
typedef struct Taps {
    uint32_t first;
    int count;
    float weights[3];
} Taps;

// Half of an odd size, rounded down, takes 2 + 1 / size texels each, so that all count equally:
//
//     |  0  |  1  |  2  |  3  |  4  |    five texels
//     |      0        |      1      |    become two
static void find_taps(uint32_t from, uint32_t to, Taps *taps)
{
    double scale = (double)from / to;
    for (uint32_t i = 0; i < to; i++) {
        double start = i * scale, end = (i + 1) * scale;
        Taps tap = {.first = (uint32_t)start};
        for (uint32_t t = tap.first; t < from && tap.count < 3; t++) {
            double share = MIN(end, t + 1.0) - MAX(start, (double)t);
            if (share < 1e-6)
                break;
            tap.weights[tap.count++] = (float)(share / scale);
        }
        taps[i] = tap;
    }
}

static void make_converter(ImageContent content, Arena *arena, Converter *out)
{
    out->content = content;
    for (int i = 0; i < 256; i++) {
        out->number_of[i] = (float)i / 255.0f;
        if (content == IMAGE_COLOUR)
            out->number_of[i] = image_linear_of_srgb((uint8_t)i);
        else if (content == IMAGE_NORMAL)
            out->number_of[i] = (float)i / 255.0f * 2.0f - 1.0f;
    }
    if (content != IMAGE_COLOUR)
        return;
    uint8_t *srgb_of = ARENA_ARRAY_RAW(arena, uint8_t, LIGHT_STEPS + 1);
    for (int i = 0; i <= LIGHT_STEPS; i++)
        srgb_of[i] = image_srgb_of_linear((float)i / LIGHT_STEPS);
    out->srgb_of = srgb_of;
}

static uint8_t byte_of(float number)
{
    return (uint8_t)(CLAMP(number, 0.0f, 1.0f) * 255.0f + 0.5f);
}

static void store_normal(const float sum[4], uint8_t *texel)
{
    float length = sqrtf(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
    bool is_lost = length < 1e-4f; // opposite normals leave nothing: straight up
    for (int c = 0; c < 3; c++) {
        float part = is_lost ? (c == 2 ? 1.0f : 0.0f) : sum[c] / length;
        texel[c] = byte_of(part * 0.5f + 0.5f);
    }
}

static void store_texel(const Converter *converter, const float sum[4], uint8_t *texel)
{
    switch (converter->content) {
    case IMAGE_NORMAL:
        store_normal(sum, texel);
        break;
    case IMAGE_COLOUR:
        for (int c = 0; c < 3; c++)
            texel[c] =
                converter->srgb_of[(int)(CLAMP(sum[c], 0.0f, 1.0f) * LIGHT_STEPS + 0.5f)];
        break;
    case IMAGE_DATA:
        for (int c = 0; c < 3; c++)
            texel[c] = byte_of(sum[c]);
        break;
    }
    texel[3] = byte_of(sum[3]);
}

static void add_row(const Converter *converter, const Image *from, uint32_t y, const Taps *x,
                    float weight, float sum[4])
{
    const uint8_t *texel = from->rgba + 4 * ((size_t)y * from->width + x->first);
    for (int t = 0; t < x->count; t++, texel += 4) {
        float share = weight * x->weights[t];
        for (int c = 0; c < 3; c++)
            sum[c] += share * converter->number_of[texel[c]];
        sum[3] += share * (float)texel[3] / 255.0f;
    }
}

static void halve(const Converter *converter, const Image *from, const Image *to)
{
    Scratch scratch = scratch_begin(NULL);
    Taps *across = ARENA_ARRAY_RAW(scratch.arena, Taps, to->width);
    Taps *down = ARENA_ARRAY_RAW(scratch.arena, Taps, to->height);
    find_taps(from->width, to->width, across);
    find_taps(from->height, to->height, down);
    uint8_t *texel = to->rgba;
    for (uint32_t y = 0; y < to->height; y++) {
        for (uint32_t x = 0; x < to->width; x++, texel += 4) {
            float sum[4] = {0};
            for (int t = 0; t < down[y].count; t++)
                add_row(converter, from, down[y].first + (uint32_t)t, &across[x],
                        down[y].weights[t], sum);
            store_texel(converter, sum, texel);
        }
    }
    scratch_end(scratch);
}

void image_make_mips(const Image *image, ImageContent content, Arena *arena, ImageMips *out)
{
    ASSERT(image->width && image->height);
    ASSERT(MAX(image->width, image->height) >> IMAGE_MAX_LEVELS == 0);
    Scratch scratch = scratch_begin(arena);
    Converter converter = {0};
    make_converter(content, scratch.arena, &converter);
    ImageMips mips = {.levels = {*image}, .level_count = 1};
    while (mips.levels[mips.level_count - 1].width > 1 ||
           mips.levels[mips.level_count - 1].height > 1) {
        const Image *from = &mips.levels[mips.level_count - 1];
        Image *to = &mips.levels[mips.level_count++];
        to->width = MAX(from->width / 2, 1u);
        to->height = MAX(from->height / 2, 1u);
        to->rgba = arena_alloc_raw(arena, (size_t)to->width * to->height * 4, 64);
        halve(&converter, from, to);
    }
    scratch_end(scratch);
    *out = mips;
}
