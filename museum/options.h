// options.h: what the command line says. One table of options is the parser and the help.
//
// Main thread, at start.

#pragma once
#include "base/str.h"
#include "museum/collection.h"
#include "museum/quality.h"

typedef struct Options {
    const char *packs[COLLECTION_MAX_PACKS]; // files and folders, as written
    uint32_t pack_count;
    const char *script;       // file; NULL: none
    const char *guided_visit; // folder; NULL: none
    const char *tour;         // id, or a file; NULL: none
    const char *record;       // file the visit is written to as a tour; NULL: none
    const char *stats;        // file written at the end; NULL: none
    const char *settings;     // file of what the visitor adjusted; NULL: the visitor's own
    const char *cabinet_export, *cabinet_import; // files; then nothing is visited
    const char *cabinet;      // of what is collected; NULL: beside it, or the visitor's own
    const char *config;       // kiosk.json; NULL: the defaults
    bool is_kiosk;
    bool is_headless, is_help, is_version, is_script_help, is_reduced_motion;
    bool is_aloud;          // what is shown is said, whatever the settings say
    const char *speech_log; // a file for what would be said; NULL: none
    int width, height;      // 0: the default
    uint32_t memory_mib;    // 0: the default
    double eye_height_m, fov_degrees, pixel_error; // 0: the default
    QualityLevel quality;
    const char *view;      // a photograph to open; NULL: none
    uint32_t photo_scale;  // 0: the default
    const char *language;  // NULL: the system's
    uint32_t text_percent; // 0: 100
} Options;

// ERR_INVALID says which argument it did not understand.
NODISCARD Status options_parse(int count, char **arguments, Options *out);
const char *options_help(Arena *arena);
