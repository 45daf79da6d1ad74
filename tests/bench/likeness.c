// likeness.c: how much one picture is like another, where both show something.

#include "bench/likeness.h"

#include <math.h>

enum { REACH = 5, TAPS = 2 * REACH + 1 };

// What SSIM needs of a pixel, each times the pixel's weight; then of its window.
enum { SUM_WEIGHT, SUM_A, SUM_B, SUM_AA, SUM_BB, SUM_AB, SUM_COUNT };

typedef float Sums[SUM_COUNT];

static float luma(const uint8_t rgb[3])
{
    return 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
}

static void fill_taps(float taps[TAPS])
{
    float sum = 0;
    for (int i = 0; i < TAPS; i++) {
        float away = (float)(i - REACH) / 1.5f;
        taps[i] = expf(-away * away / 2);
        sum += taps[i];
    }
    for (int i = 0; i < TAPS; i++)
        taps[i] /= sum;
}

static void blur(const Sums *from, Sums *to, int64_t width, int64_t height, int64_t step_x,
                 int64_t step_y)
{
    float taps[TAPS];
    fill_taps(taps);
    for (int64_t y = 0; y < height; y++) {
        for (int64_t x = 0; x < width; x++) {
            Sums sums = {0};
            for (int i = 0; i < TAPS; i++) {
                int64_t at_x = x + (i - REACH) * step_x, at_y = y + (i - REACH) * step_y;
                if (at_x < 0 || at_y < 0 || at_x >= width || at_y >= height)
                    continue;
                for (int k = 0; k < SUM_COUNT; k++)
                    sums[k] += taps[i] * from[at_y * width + at_x][k];
            }
            for (int k = 0; k < SUM_COUNT; k++)
                to[y * width + x][k] = sums[k];
        }
    }
}

static double window_ssim(const Sums sums)
{
    double weight = (double)sums[SUM_WEIGHT];
    double a = (double)sums[SUM_A] / weight, b = (double)sums[SUM_B] / weight;
    double aa = (double)sums[SUM_AA] / weight - a * a,
           bb = (double)sums[SUM_BB] / weight - b * b;
    double ab = (double)sums[SUM_AB] / weight - a * b;
    const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
    return (2 * a * b + c1) * (2 * ab + c2) / ((a * a + b * b + c1) * (aa + bb + c2));
}

static double mean_ssim(const Picture *a, const Picture *b, const uint8_t *mask)
{
    size_t count = (size_t)a->width * a->height;
    Arena arena = {0};
    Sums *sums = arena_alloc(&arena, arena_size_of(sizeof *sums, count), 16);
    Sums *half = arena_alloc_raw(&arena, arena_size_of(sizeof *half, count), 16);
    for (size_t i = 0; i < count; i++) {
        if (!mask[i])
            continue;
        float left = luma(a->rgb[i]), right = luma(b->rgb[i]);
        float own[SUM_COUNT] = {1, left, right, left * left, right * right, left * right};
        for (int k = 0; k < SUM_COUNT; k++)
            sums[i][k] = own[k];
    }
    blur(sums, half, a->width, a->height, 1, 0);
    blur(half, sums, a->width, a->height, 0, 1);
    double total = 0;
    uint64_t pixels = 0;
    for (size_t i = 0; i < count; i++) {
        if (!mask[i])
            continue;
        total += window_ssim(sums[i]);
        pixels++;
    }
    arena_drop(&arena);
    return pixels ? total / (double)pixels : 0;
}

Likeness likeness_measure(const Picture *a, const Picture *b, const uint8_t *mask)
{
    Likeness likeness = {0};
    uint64_t sum = 0;
    size_t count = (size_t)a->width * a->height;
    for (size_t i = 0; i < count; i++) {
        if (!mask[i])
            continue;
        likeness.pixels++;
        for (int k = 0; k < 3; k++) {
            int difference = a->rgb[i][k] - b->rgb[i][k];
            sum += (uint64_t)(difference * difference);
        }
    }
    if (!likeness.pixels)
        return likeness;
    double mean = (double)sum / (3.0 * (double)likeness.pixels);
    likeness.psnr_db = sum ? MIN(10 * log10(255 * 255 / mean), LIKENESS_SAME) : LIKENESS_SAME;
    likeness.ssim = mean_ssim(a, b, mask);
    return likeness;
}
