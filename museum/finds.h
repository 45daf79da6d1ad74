// finds.h: which details of their stories visitors have found, kept from one visit to the next.
//
//     museum_make --> finds_open --> finds_has, for every detail there is
//     a detail is found --> finds_note          (memory)
//     one leans out, or goes --> finds_keep     (the file, whole or not at all)
//
// A detail is known by its pack, its piece and itself, as the pack names them: packs may be
// renamed, moved or mixed with others, and what was found in one that is not open today is
// kept. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

enum {
    FINDS_MOST = 20000,
    FINDS_MAX_BYTES = 8 * 1024 * 1024, // enough for so many, with the longest names
};

// Words of [a-z0-9-]. In what finds_open gives they live in its arena; what is handed in is
// copied.
typedef struct Find {
    const char *pack, *piece, *detail;
} Find;

typedef struct Finds Finds;

// Lives in `arena`, which it grows in. Of a `path` that is not there nothing was found; NULL:
// nothing is kept. A file that cannot be read is moved aside (PATH.broken), which is logged.
Finds *finds_open(const char *path, Arena *arena);
bool finds_has(const Finds *finds, const Find *find);
// ERR_LIMIT past FINDS_MOST, ERR_INVALID of words that are none; fine where it is there
// already.
NODISCARD Status finds_note(Finds *finds, const Find *find);
uint32_t finds_count(const Finds *finds);
// Nothing was ever found, by anybody; in the file with the next finds_keep.
void finds_forget(Finds *finds);
// Writes what has changed since it was read or kept.
NODISCARD Status finds_keep(Finds *finds);
// "settings.json" --> "settings-finds.json", in the same folder.
const char *finds_path(const char *settings_path, Arena *arena);
