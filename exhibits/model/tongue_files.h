// tongue_files.h: the catalogues of translations that are built into the programs.

#pragma once
#include "base/str.h"

typedef struct TongueFile {
    const char *tag; // "de", of assets/po/de.po
    Bytes catalog;   // as msgfmt wrote it
} TongueFile;

// Made at build time, by tag.
extern const TongueFile tongue_files[];
extern const size_t tongue_file_count;
