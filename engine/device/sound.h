// sound.h: what is heard: one narration, and under it the tone of a room.
//
//   main thread --SoundWish, every frame--> sound thread --> SDL2_mixer and its own thread
//               <--SoundState--             reads and checks files, opens devices, fades
//
// A wish says what is to be heard now; the thread brings it about. It opens a device when
// something is to be heard for the first time, tries again where one is lost, and sleeps while
// nothing changes. Without a device all is silent, and narrations and captions are read all the
// same: who tells by them needs no ears. The tone is SOUND_DUCK_DB quieter while one speaks.
//
// Main thread only. vfs_start() first; drop before the window is closed.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "data/vtt.h"

enum { SOUND_PATH_BYTES = 256, SOUND_TONE_MAX_S = 60 };

#define SOUND_DUCK_DB -12.0f
#define SOUND_RETURNS_S 2.0 // a device that is there again is heard again by then

typedef struct Sound Sound;

// What is to be heard. Paths are of the vfs, and are copied.
typedef struct SoundWish {
    // A narration and its captions. Each has a number of its own; 0: none. Begins at `at_s`,
    // and goes on there when a device comes back.
    uint32_t narration;
    const char *file;     // Ogg Opus (data/opus.h)
    const char *captions; // WebVTT; NULL or "": it has none
    double at_s;
    bool is_paused;
    // The tone of a room: its own file, or computed for its size; none where both are nothing.
    const char *tone; // of at most SOUND_TONE_MAX_S; NULL or "": none
    float room_m[3];
    float volume; // 0 to 1; 0 is silence
} SoundWish;

typedef enum SoundDevice {
    SOUND_NO_DEVICE, // not wanted yet, or there is none
    SOUND_OPEN,
    SOUND_LOST, // there was one
} SoundDevice;

typedef enum SoundPhase {
    SOUND_NOTHING,
    SOUND_LOADING, // its file is being read
    SOUND_READY,   // read: paused, or there is nothing to hear it with
    SOUND_PLAYING,
    SOUND_ENDED,
    SOUND_BROKEN, // it cannot be played; the log says why
} SoundPhase;

typedef struct SoundState {
    SoundDevice device;
    uint32_t narration; // this is about
    SoundPhase phase;
    double seconds, at_s; // of the narration, once it is read
    // Good until the wish names another narration; NULL: none, or not yet.
    const Vtt *captions;
    float tone_gain;       // 1, or SOUND_DUCK_DB of it
    uint32_t opened_count; // devices, ever
    uint64_t buffer_count; // of samples mixed, ever
    uint32_t played_count; // narrations that were begun to be heard
    uint32_t broken_count; // files that could not be played
    uint64_t step_count;   // how often the thread woke, ever
    bool is_at_rest;       // nothing is read or faded
} SoundState;

typedef struct SoundDesc {
    bool is_silent; // no device is ever opened
} SoundDesc;

// ERR_IO where there can be no thread.
NODISCARD Status sound_make(const SoundDesc *desc, Arena *arena, Sound **out);
void sound_drop(Sound *sound); // NULL is fine

void sound_wish(Sound *sound, const SoundWish *wish);
SoundState sound_state(Sound *sound);

// As if the device were pulled out, and put in again: for tests.
void sound_lose_device(Sound *sound);
void sound_return_device(Sound *sound);
