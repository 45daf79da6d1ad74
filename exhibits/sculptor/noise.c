// noise.c: chance that repeats itself, for grain, wear and the unevenness of a hand.

#include "exhibits/sculptor/noise.h"

#include "exhibits/sculptor/field.h"

uint32_t noise_hash(int32_t x, int32_t y, int32_t z, uint32_t seed)
{
    uint32_t h = seed * 0x9E3779B1u ^ (uint32_t)x * 0x85EBCA6Bu ^ (uint32_t)y * 0xC2B2AE35u ^
                 (uint32_t)z * 0x27D4EB2Fu;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    h *= 0x297A2D39u;
    return h ^ h >> 15;
}

static float unit_of(uint32_t hash)
{
    return (float)(hash >> 8) * (1.0f / 16777216.0f);
}

float chance_next(Chance *chance)
{
    chance->state += 0x9E3779B9u;
    return unit_of(noise_hash((int32_t)chance->state, 17, 5, 1));
}

float chance_between(Chance *chance, float low, float high)
{
    return low + (high - low) * chance_next(chance);
}

float chance_around(Chance *chance, float spread)
{
    float sum = chance_next(chance) + chance_next(chance) + chance_next(chance);
    return (sum * (2.0f / 3.0f) - 1) * spread;
}

float noise_of(uint32_t index, uint32_t seed)
{
    return unit_of(noise_hash((int32_t)index, 3, 11, seed));
}

// All eight corners of a cell at once, in a form that the compiler turns into vectors: corner k
// is k & 1 further in x, k >> 1 & 1 in y, k >> 2 in z. The bits are those of noise_hash.
static inline void corners(int32_t x, int32_t y, int32_t z, uint32_t seed, float out[8])
{
    uint32_t hash[8];
    for (uint32_t k = 0; k < 8; k++)
        hash[k] = seed * 0x9E3779B1u ^ ((uint32_t)x + (k & 1)) * 0x85EBCA6Bu ^
                  ((uint32_t)y + (k >> 1 & 1)) * 0xC2B2AE35u ^
                  ((uint32_t)z + (k >> 2)) * 0x27D4EB2Fu;
    for (int k = 0; k < 8; k++) {
        uint32_t h = hash[k];
        h ^= h >> 15;
        h *= 0x2C1B3C6Du;
        h ^= h >> 12;
        h *= 0x297A2D39u;
        h ^= h >> 15;
        out[k] = (float)(int32_t)(h >> 8) * (1.0f / 16777216.0f) * 2 - 1;
    }
}

FIELD_WIDE float noise_value(Vec3 p, uint32_t seed)
{
    float fx = floorf(p.x), fy = floorf(p.y), fz = floorf(p.z);
    float u = p.x - fx, v = p.y - fy, w = p.z - fz, at[8];
    corners((int32_t)fx, (int32_t)fy, (int32_t)fz, seed, at);
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    w = w * w * (3 - 2 * w);
    float low = lerp_f(lerp_f(at[0], at[1], u), lerp_f(at[2], at[3], u), v);
    float high = lerp_f(lerp_f(at[4], at[5], u), lerp_f(at[6], at[7], u), v);
    return lerp_f(low, high, w);
}

float noise_octaves(Vec3 p, int octaves, uint32_t seed)
{
    float sum = 0, strength = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += noise_value(p, seed + (uint32_t)i) * strength;
        // Turned a little at each octave, so that the lattices do not line up.
        p = v3(p.x * 1.6f + p.y * 1.2f + 3.1f, p.y * 1.6f - p.x * 1.2f + 1.7f,
               p.z * 2.03f + 5.3f);
        strength *= 0.5f;
    }
    return sum;
}

float noise_cells(Vec3 p, uint32_t seed, float *chance_of_cell)
{
    int32_t x0 = (int32_t)floorf(p.x), y0 = (int32_t)floorf(p.y), z0 = (int32_t)floorf(p.z);
    float best = 1e9f;
    uint32_t best_hash = 0;
    for (int i = 0; i < 27; i++) {
        int32_t x = x0 + i % 3 - 1, y = y0 + i / 3 % 3 - 1, z = z0 + i / 9 - 1;
        uint32_t hash = noise_hash(x, y, z, seed);
        Vec3 at = v3((float)x + (float)(hash & 1023) / 1024,
                     (float)y + (float)(hash >> 10 & 1023) / 1024,
                     (float)z + (float)(hash >> 20 & 1023) / 1024);
        Vec3 apart = v3_sub(at, p);
        float distance = v3_dot(apart, apart);
        if (distance < best) {
            best = distance;
            best_hash = hash;
        }
    }
    if (chance_of_cell)
        *chance_of_cell = unit_of(best_hash * 0x9E3779B1u);
    return sqrtf(best);
}
