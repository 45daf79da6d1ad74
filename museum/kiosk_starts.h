// kiosk_starts.h: what a program that is always started again learns from how it ended before.
//
// A small file tells whether it ended well, and when it did not. The more often that was within
// KIOSK_CRASH_WINDOW_S, the longer it waits before it tries again: 2, 4, 8 ... 60 s. From the
// third time on it starts in safe mode: the built-in collection, the lowest quality. Times are
// the machine's since it booted, and of this boot only: a clock that is set changes nothing.
//
//     TRY(kiosk_starts_begin(path, &starts));
//     thread_sleep_ms(starts.wait_s * 1000) ...
//     kiosk_starts_end(path, &starts);              // it was meant to end
//
// One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

#define KIOSK_CRASH_WINDOW_S 300.0
#define KIOSK_LEAST_WAIT_S 2.0
#define KIOSK_MOST_WAIT_S 60.0

enum { KIOSK_CRASHES_KEPT = 16, KIOSK_SAFE_CRASHES = 3, KIOSK_BOOT_BYTES = 40 };

typedef struct KioskStarts {
    char boot[KIOSK_BOOT_BYTES];          // the machine's boot id
    uint32_t crash_count;                 // within the window, this end included
    double crashes_s[KIOSK_CRASHES_KEPT]; // the oldest first
    double wait_s;                        // before the window opens; 0 after a good end
    bool is_safe;
} KioskStarts;

// What follows from a file's text at a time; broken text counts as a good end. Pure.
KioskStarts kiosk_starts_read(const char *text, const char *boot, double now_s);
// The text to be kept.
const char *kiosk_starts_write(const KioskStarts *starts, bool is_running, Arena *arena);

// Reads the file, notes that it runs. ERR_IO where it cannot be written: *out is right then,
// and nothing is remembered.
NODISCARD Status kiosk_starts_begin(const char *path, KioskStarts *out);
NODISCARD Status kiosk_starts_end(const char *path, KioskStarts *starts);
