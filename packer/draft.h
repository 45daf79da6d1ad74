// draft.h: an exhibit's folder of a scan: copies, and drafts of record and story.
//
// Main thread. On failure nothing that was made here stays.

#pragma once
#include "io/thread.h"
#include "packer/import.h"

typedef struct DraftDesc {
    const char *scan_path;
    const char *folder;   // NULL: the scan's name made an id, in the working folder
    const char *language; // tag of the drafts' texts
    ImportOptions import;
} DraftDesc;

typedef struct DraftResult {
    const char *folder, *id;
    const char *format;
    uint32_t triangle_count;
    uint64_t dropped_triangles;
    double size_mm[3]; // width, height, depth
    uint32_t file_count;
} DraftResult;

// ERR_INVALID if the folder has an exhibit already, or another file in the place of a copy.
NODISCARD Status draft_make(const DraftDesc *desc, Arena *arena, DraftResult *out);
