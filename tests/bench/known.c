// known.c: pictures that are known by formula: what any texel of any size of picture must be.

#include "bench/known.h"

#include <math.h>

static uint32_t mix(uint32_t key)
{
    key = (key ^ key >> 16) * 0x7feb352du;
    key = (key ^ key >> 15) * 0x846ca68bu;
    return key ^ key >> 16;
}

static uint32_t hash2(uint32_t x, uint32_t y, uint32_t seed)
{
    return mix(x ^ mix(y ^ mix(seed)));
}

// ---- waves: three channels at once, in 1/256 of a step

// Adds noise of `shift` (wavelength 2^shift texels), up to +-size.
static void add_wave(uint32_t x, uint32_t y, int shift, int size, int sums[3])
{
    uint32_t column = x >> shift, row = y >> shift, mask = (1u << shift) - 1;
    uint32_t corners[4] = {
        hash2(column, row, (uint32_t)shift), hash2(column + 1, row, (uint32_t)shift),
        hash2(column, row + 1, (uint32_t)shift), hash2(column + 1, row + 1, (uint32_t)shift)};
    int fx = (int)(((x & mask) << 8) >> shift), fy = (int)(((y & mask) << 8) >> shift);
    for (int k = 0; k < 3; k++) {
        int value[4];
        for (int i = 0; i < 4; i++)
            value[i] = (int)(corners[i] >> (8 * k) & 255) - 128;
        int upper = value[0] * (256 - fx) + value[1] * fx;
        int lower = value[2] * (256 - fx) + value[3] * fx;
        sums[k] += (upper / 256 * (256 - fy) + lower / 256 * fy) * size / 128;
    }
}

// ---- numbers: three columns and five rows a digit, from the upper left, a bit each

static const uint16_t digits[10] = {
    075557, 022222, 071747, 071717, 055711, 074717, 074757, 071111, 075757, 075717,
};

// Whether the digit's ink is at (x, y), 0 to 2 and 0 to 4.
static bool has_ink(uint32_t digit, uint32_t x, uint32_t y)
{
    return digits[digit] >> (3 * (4 - y) + (2 - x)) & 1;
}

// A line of `count` digits, `scale` texels a dot, that starts at (0, 0).
static bool has_number(uint32_t number, uint32_t count, uint32_t scale, uint32_t x, uint32_t y)
{
    uint32_t column = x / (4 * scale), dot = x / scale % 4;
    if (column >= count || dot == 3 || y >= 5 * scale)
        return false;
    for (uint32_t i = column + 1; i < count; i++)
        number /= 10;
    return has_ink(number % 10, dot, y / scale);
}

// In every other square column above row in large digits; below them, in every fourth, a line
// in the smallest there can be.
static bool is_written(uint32_t x, uint32_t y)
{
    uint32_t left = x % KNOWN_SQUARE, top = y % KNOWN_SQUARE;
    uint32_t column = x / KNOWN_SQUARE, row = y / KNOWN_SQUARE;
    if (left < 8 || left >= 56 || (column + row) % 2)
        return false;
    if (top >= 6 && top < 21)
        return has_number(column, 4, 3, left - 8, top - 6);
    if (top >= 26 && top < 41)
        return has_number(row, 4, 3, left - 8, top - 26);
    if (top >= 48 && top < 53 && row % 2)
        return has_number(hash2(column, row, 99), 12, 1, left - 8, top - 48);
    return false;
}

void known_texel(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    int sums[3] = {0};
    add_wave(x, y, 11, 70, sums);
    add_wave(x, y, 8, 40, sums);
    add_wave(x, y, 5, 24, sums);
    // In one of four squares: all of it would fill files with noise.
    bool is_grainy = ((x / KNOWN_SQUARE ^ y / KNOWN_SQUARE) & 3) == 0;
    int grain = !is_grainy ? 0 : hash2(x, y, 7) & 1 ? 6 : -6;
    bool is_line = x % KNOWN_SQUARE == 0 || y % KNOWN_SQUARE == 0, has_text = is_written(x, y);
    for (int k = 0; k < 3; k++) {
        int value = 140 + sums[k] / 256 + grain;
        value = has_text ? value / 4 : is_line ? value / 2 : value;
        rgb[k] = (uint8_t)CLAMP(value, 0, 255);
    }
}

// ---- places in space

static void add_wave3(const float place[3], float length, float size, uint32_t seed,
                      float sums[3])
{
    uint32_t at[3];
    float part[3];
    for (int k = 0; k < 3; k++) {
        float scaled = place[k] / length, whole = floorf(scaled);
        at[k] = (uint32_t)(int32_t)whole;
        part[k] = scaled - whole;
        part[k] = part[k] * part[k] * (3 - 2 * part[k]);
    }
    for (int corner = 0; corner < 8; corner++) {
        float weight = size / 128;
        uint32_t key = seed;
        for (int k = 0; k < 3; k++) {
            uint32_t bit = (uint32_t)corner >> k & 1;
            weight *= bit ? part[k] : 1 - part[k];
            key = mix(key ^ (at[k] + bit));
        }
        for (int k = 0; k < 3; k++)
            sums[k] += weight * ((float)(key >> (8 * k) & 255) - 128);
    }
}

void known_place(const float place[3], uint8_t rgb[3])
{
    static const float sizes[] = {26, 30, 34, 40, 46}; // from four units to a thousand
    float sums[3] = {0}, length = 4;
    for (uint32_t i = 0; i < COUNT_OF(sizes); i++, length *= 4)
        add_wave3(place, length, sizes[i], i, sums);
    // Fine dark rings, as a lathe would leave them.
    float ring = place[1] / 96;
    bool is_ring = (ring - floorf(ring)) * 96 < 3;
    for (int k = 0; k < 3; k++) {
        float value = 150 + sums[k];
        value = is_ring ? value * 0.4f : value;
        rgb[k] = (uint8_t)CLAMP(value, 0.0f, 255.0f);
    }
}
