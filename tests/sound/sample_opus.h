// sample_opus.h: sounds for tests: Ogg Opus files, written here. Tests only.

#pragma once
#include "base/str.h"

typedef struct SampleOpus {
    double seconds;
    int channels; // 0: 1
    float hz;     // of a sine; 0: silence
    float level;  // its amplitude, of full scale
} SampleOpus;

// In `arena`. Pages of a second each.
Bytes sample_opus(const SampleOpus *desc, Arena *arena);

// Writes the page's checksum again, after something was changed in it.
void sample_opus_sign(uint8_t *page, size_t size_bytes);
