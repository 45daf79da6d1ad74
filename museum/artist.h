// artist.h: an artist's folder, built into the cache before it is shown.
//
// `vitrine-pack build` runs as a child process, and only when something in the folder, or the
// tool itself, has changed. Main thread, at boot.

#pragma once
#include "base/str.h"

typedef struct ArtistDesc {
    const char *folder;         // with exhibit.json
    const char *program_folder; // where vitrine-pack stands
} ArtistDesc;

// *out is the pack's path, in `arena`. ERR_INVALID with the tool's own sentence if it refuses
// the folder; ERR_IO if it cannot be run or the cache cannot be written.
NODISCARD Status artist_build(const ArtistDesc *desc, Arena *arena, const char **out);

// Changes with any name, size or time of change below a folder.
NODISCARD Status artist_fingerprint(const char *folder, uint64_t *out);
