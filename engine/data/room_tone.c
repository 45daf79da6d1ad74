// room_tone.c: how a room sounds when nobody speaks: quiet, low noise, computed.

#include "data/room_tone.h"

#include <math.h>

#define TURN 6.283185307f
#define LOWEST_HZ 35.0f // below that loudspeakers only suffer
#define AIR_HZ 2400.0f
#define AIR 0.05f            // of what is heard is air
#define BREATH 0.18f         // how far it swells
#define MIDDLE_M3 50.0f      // of a chamber
#define CHAMBER_HZ 900.0f    // above which it is silent there
#define LEAST_HALL_HZ 160.0f // in the largest hall

typedef struct Filters {
    float low, lower, high, air;             // coefficients
    float at_low, at_lower, at_high, at_air; // what they remember
} Filters;

// White noise, -1 to 1, by number.
static float noise(uint32_t number)
{
    number ^= number >> 16;
    number *= 0x7feb352du;
    number ^= number >> 15;
    number *= 0x846ca68bu;
    number ^= number >> 16;
    return (float)(number >> 8) / (float)(1 << 23) - 1;
}

static float coefficient(float hz)
{
    return 1 - expf(-TURN * hz / ROOM_TONE_RATE);
}

static Filters filters_of(const float size_m[3])
{
    float volume = 1;
    for (int i = 0; i < 3; i++)
        volume *= CLAMP(size_m[i], 1.0f, 1000.0f);
    float hz = CHAMBER_HZ * cbrtf(MIDDLE_M3 / volume);
    hz = CLAMP(hz, LEAST_HALL_HZ, CHAMBER_HZ);
    return (Filters){.low = coefficient(hz),
                     .lower = coefficient(hz / 2),
                     .high = coefficient(LOWEST_HZ),
                     .air = coefficient(AIR_HZ)};
}

static float filter(Filters *f, float white)
{
    f->at_low += (white - f->at_low) * f->low;
    f->at_lower += (f->at_low - f->at_lower) * f->lower;
    f->at_high += (f->at_lower - f->at_high) * f->high;
    f->at_air += (white - f->at_air) * f->air;
    return f->at_lower - f->at_high + AIR * f->at_air;
}

// Swells that fit into it a whole number of times.
static float breath(size_t frame, int side)
{
    float turn = TURN * (float)frame / ROOM_TONE_FRAMES;
    return 1 + BREATH * (sinf(turn + (float)side) + sinf(3 * turn + 2 * (float)side)) / 2;
}

// Twice around the ring: the second time the filters remember its end.
static void fill_side(const float size_m[3], int side, float gain, int16_t *stereo,
                      double *squares)
{
    Filters filters = filters_of(size_m);
    uint32_t seed = 0x9e3779b9u * (uint32_t)(side + 1);
    for (int i = 0; i < 3; i++)
        seed = seed * 31 + (uint32_t)lroundf(size_m[i] * 1000);
    for (size_t i = 0; i < 2 * (size_t)ROOM_TONE_FRAMES; i++) {
        size_t frame = i % ROOM_TONE_FRAMES;
        float value = filter(&filters, noise(seed + (uint32_t)frame)) * breath(frame, side);
        if (i < ROOM_TONE_FRAMES)
            continue;
        *squares += (double)(value * value);
        if (stereo)
            stereo[2 * frame + (size_t)side] =
                (int16_t)CLAMP(lroundf(value * gain * 32767), -32767, 32767);
    }
}

void room_tone_make(const float size_m[3], int16_t *stereo)
{
    double squares = 0, ignored = 0;
    for (int side = 0; side < 2; side++)
        fill_side(size_m, side, 1, NULL, &squares);
    float level = sqrtf((float)(squares / (2.0 * ROOM_TONE_FRAMES)));
    float gain = powf(10, ROOM_TONE_DB / 20) / MAX(level, 1e-6f);
    for (int side = 0; side < 2; side++)
        fill_side(size_m, side, gain, stereo, &ignored);
}

float room_tone_level(const int16_t *samples, size_t count)
{
    double squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += (double)samples[i] * samples[i];
    return count ? (float)(sqrt(squares / (double)count) / 32768) : 0;
}

void room_tone_soften(int16_t *samples, size_t count)
{
    float level = room_tone_level(samples, count), most = powf(10, ROOM_TONE_DB / 20);
    for (size_t i = 0; level > most && i < count; i++)
        samples[i] = (int16_t)lroundf((float)samples[i] * most / level);
}
