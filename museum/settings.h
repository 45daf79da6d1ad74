// settings.h: what visitors adjust to themselves, kept from one visit to the next: how high
// their eyes are, how wide they see, which language they read and how, and what they have been
// told once.
//
// A small file, settings.json in the visitor's preference folder. What the command line says
// counts for this visit and is not kept. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "museum/bindings.h"
#include "museum/quality.h"

enum { SETTINGS_MAX_BYTES = 16 * 1024, SETTINGS_TAG_BYTES = 16 };

typedef struct Settings {
    float eye_height_m;                // 0: not adjusted
    float fov_rad;                     // vertical, walking; 0: not adjusted
    char language[SETTINGS_TAG_BYTES]; // BCP-47; "": none was chosen
    float text_size;                   // 1 to 2; 0: not adjusted
    int theme;                         // a StyleTheme
    bool is_reduced_motion;
    int speech; // 1: on, -1: off, 0: as the desktop has a screen reader
    QualityLevel quality;
    float volume; // above 0 to 1; 0: not adjusted
    bool is_muted;
    bool is_without_tone;     // of rooms
    bool is_without_captions; // of what is heard
    bool has_walked; // by clicking or tapping on the floor: the hint is not needed any more
    Bindings bindings;
} Settings;

// A file that is not there is the default. ERR_CORRUPT, ERR_INVALID, ERR_LIMIT where it cannot
// be read; *out is the default then.
NODISCARD Status settings_read(const char *path, Settings *out);
NODISCARD Status settings_write(const char *path, const Settings *settings);
