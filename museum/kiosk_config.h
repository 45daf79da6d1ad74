// kiosk_config.h: what a technician writes down for a kiosk: kiosk.json. docs/KIOSK.md has the
// manual of it.
//
//     {
//       "version": 1,
//       "packs": ["/srv/museum/netsuke.vitrine"],
//       "language": "de", "text_percent": 120, "volume": 0.6,
//       "idle_s": 90, "notice_s": 10,
//       "attract_tour": "first",
//       "quality": "auto", "memory_mib": 0,
//       "photographs": false,
//       "operator_pin": "4711",
//       "state_folder": "/var/lib/vitrine",
//       "health_file": "/run/vitrine/health.prom"
//     }
//
// All but the version may be left out. Paths are relative to the file's own folder. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "museum/kiosk_idle.h"
#include "museum/quality.h"

enum {
    KIOSK_CONFIG_BYTES = 64 * 1024,
    KIOSK_MAX_PACKS = 64,
    KIOSK_PIN_LEAST = 4,
    KIOSK_PIN_MOST = 12
};

typedef struct KioskConfig {
    const char *packs[KIOSK_MAX_PACKS];
    uint32_t pack_count;   // 0: the built-in collection
    const char *language;  // BCP-47 of the first screen; "" English
    uint32_t text_percent; // 100 to 200
    double volume;         // 0 to 1
    double idle_s, notice_s;
    const char *attract_tour; // id, "first": the house's own, or "" for none
    QualityLevel quality;
    uint32_t memory_mib;      // 0: by the machine
    bool allows_photographs;  // into the state folder
    const char *operator_pin; // digits; "": nobody leaves but by the service manager
    const char *state_folder; // logs, totals, what is learnt from crashes; never ""
    const char *health_file;  // never ""
} KioskConfig;

// Without a file: the defaults, with `state_folder` below the user's data folder. Everything
// lives in `arena`. ERR_NOT_FOUND, ERR_CORRUPT, ERR_INVALID, ERR_LIMIT with the field's name.
NODISCARD Status kiosk_config_read(const char *path, Arena *arena, KioskConfig *out);
