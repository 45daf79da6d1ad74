// sound_mix.h: SDL2_mixer, as the sound thread uses it; for sound.c alone.

#pragma once
#include "base/str.h"
#include "device/sound.h"

#include <stdatomic.h>

// SoundWish with texts of its own.
typedef struct SoundWishCopy {
    SoundWish wish;
    char file[SOUND_PATH_BYTES], captions[SOUND_PATH_BYTES], tone[SOUND_PATH_BYTES];
} SoundWishCopy;

typedef struct SoundVoice {
    uint32_t number; // of the wish; 0: none
    SoundPhase phase;
    Arena arena; // its file and captions
    Bytes file;
    double seconds, at_s;
    Vtt captions;
    bool has_captions;
    struct _Mix_Music *music; // NULL: it is not decoded now
    bool is_held;             // paused in the mixer
    float fade;               // 0 to 1
} SoundVoice;

typedef struct SoundTone {
    char file[SOUND_PATH_BYTES]; // what it is of
    float room_m[3];
    Arena arena; // its samples
    int16_t *stereo;
    size_t sample_count;
    struct Mix_Chunk *chunk; // NULL: it is not played now
    int channel;
    float fade;
} SoundTone;

// The sound thread's but for `buffer_count`.
typedef struct SoundMix {
    bool is_silent;
    SoundDevice device;
    double retry_s; // not before this time
    SoundVoice voice;
    SoundTone tone, leaving; // the one before fades out
    float volume, duck_db;   // now
    bool is_moving;          // a gain is on its way
    uint32_t opened_count, played_count, broken_count;
    atomic_ullong buffer_count;
} SoundMix;

typedef struct SoundStep {
    const SoundWishCopy *wish;
    double now_s, passed_s;
    bool was_lost; // the device
    bool is_gone;  // and none may be opened
} SoundStep;

// Brings about what is wished, as far as can be by now.
void sound_mix_step(SoundMix *mix, const SoundStep *step);
// Seconds until it has to go on; below 0: not before another wish.
double sound_mix_wait_s(const SoundMix *mix, const SoundStep *step);
SoundState sound_mix_state(const SoundMix *mix);
void sound_mix_end(SoundMix *mix);
