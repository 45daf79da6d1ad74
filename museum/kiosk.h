// kiosk.h: the museum where nobody looks after it: `vitrine --kiosk`.
//
//   kiosk_open    reads kiosk.json; waits, where it crashed before; opens its log; leaves packs
//                 out that cannot be read, and takes the built-in ones where none is left
//   kiosk_hear    before each frame: who is there, and what nobody may do
//   kiosk_note    after each frame: the watchdog, health, totals
//   kiosk_close   it was meant to end
//
// Nothing about persons is kept. All time is counted in frames or by the monotonic clock.
// Main thread only. docs/KIOSK.md is the technician's manual.

#pragma once
#include "museum/collection.h"
#include "museum/kiosk_config.h"
#include "museum/museum.h"

typedef struct Kiosk Kiosk;

typedef struct KioskDesc {
    const char *config;          // file; NULL: the defaults
    const char *const *built_in; // packs to show where no other can be
    uint32_t built_in_count;
    const char *const *packs; // of the command line; the config's where there are none
    uint32_t pack_count;
    bool is_scripted; // a test drives it: no waiting, the script's time
} KioskDesc;

// What the museum is to be made with, and `packs`. Everything lives in `arena`. ERR_NOT_FOUND
// where there is nothing at all to show; errors of kiosk.json.
NODISCARD Status kiosk_open(const KioskDesc *desc, Arena *arena, Kiosk **out);
void kiosk_describe(const Kiosk *kiosk, MuseumDesc *out);
// Once the museum stands.
void kiosk_begin(Kiosk *kiosk, Museum *museum);
// Takes out of *input what nobody may do. `passed_s`: since the last frame.
void kiosk_hear(Kiosk *kiosk, Museum *museum, Input *input, double passed_s);
// Whether a frame is to be drawn although nothing has changed: someone waits for a sign of
// life.
bool kiosk_wants_frame(const Kiosk *kiosk);
void kiosk_note(Kiosk *kiosk, Museum *museum, double passed_s);
// Packs that could not be read can be now: end, and begin anew.
bool kiosk_wants_restart(const Kiosk *kiosk);
void kiosk_close(Kiosk *kiosk); // NULL is fine
