// finds.h: which details visitors have found, as older versions kept them: settings-finds.json.
//
//     {"version": 1, "packs": {"small-wonders": {"hare": ["signature", ...], ...}, ...}}
//
// Today they are in the cabinet (cabinet.h), which takes that file in once. Any thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

enum {
    FINDS_MOST = 20000,
    FINDS_MAX_BYTES = 8 * 1024 * 1024, // enough for so many, with the longest names
};

// Words of [a-z0-9-].
typedef struct Find {
    const char *pack, *piece, *detail;
} Find;

// All of them, in `arena`. ERR_NOT_FOUND, ERR_IO, ERR_CORRUPT, ERR_INVALID, ERR_LIMIT.
NODISCARD Status finds_read(const char *path, Arena *arena, Find **out, uint32_t *out_count);
// "settings.json" --> "settings-finds.json", in the same folder.
const char *finds_path(const char *settings_path, Arena *arena);
