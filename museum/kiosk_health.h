// kiosk_health.h: how a kiosk is, as a file that monitoring reads: Prometheus' text format
// 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), for node_exporter's
// textfile collector or whoever reads files.
//
// Readers see the old file or the new one, never a part. Pure but for the writing; one thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

#define KIOSK_HEALTH_EVERY_S 15.0

typedef struct KioskHealth {
    double up_s;            // since the program began
    double frame_s;         // since a frame was presented last
    double frames;          // presented in all
    double slowest_frame_s; // of those since the last file
    double memory_bytes;    // resident
    double threads, open_files;
    double visits, resets, extensions, crashes;
    double pieces, pieces_missing; // in the packs; of packs that could not be read
    double packs_missing;
    double log_lines_lost;
    bool is_attracting, is_safe_mode, has_sound;
} KioskHealth;

const char *kiosk_health_text(const KioskHealth *health, Arena *arena);
NODISCARD Status kiosk_health_write(const char *path, const KioskHealth *health);
// Fills in what the system knows of this process: memory, threads, open files.
void kiosk_health_look(KioskHealth *health);
