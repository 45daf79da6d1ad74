// photo_file.h: a photograph's file: a PNG that grows row by row, with texts beside the
// picture.
//
// Nothing of it stands under its name until all of it does. Reading looks for a text among a
// PNG's chunks and decodes no picture: files come from anywhere, so what they claim of
// themselves is checked, and a chunk that does not add up ends the search.
//
// One thread.

#pragma once
#include "base/str.h"

typedef struct PhotoText {
    const char *keyword; // 1 to 79 bytes of ASCII
    const char *text;    // UTF-8
} PhotoText;

typedef struct PhotoFile PhotoFile;

typedef struct PhotoFileDesc {
    const char *path;
    uint32_t width, height;
    const PhotoText *texts;
    uint32_t text_count;
} PhotoFileDesc;

// Lives in `arena`. Commit or abandon it.
NODISCARD Status photo_file_open(Arena *arena, const PhotoFileDesc *desc, PhotoFile **out);
NODISCARD Status photo_file_add(PhotoFile *file, const uint8_t *rgb, uint32_t row_count);
NODISCARD Status photo_file_commit(PhotoFile *file);
void photo_file_abandon(PhotoFile *file); // NULL is fine, and after a commit

enum { PHOTO_HEAD_BYTES = 4 << 20 }; // texts stand within so much of a file's beginning

// The first text of that name, within `png`. ERR_CORRUPT for what is no PNG or is broken before
// it, ERR_NOT_FOUND where there is none.
NODISCARD Status photo_find_text(Bytes png, const char *keyword, Str *out);
// The beginning of a file, at most PHOTO_HEAD_BYTES of it.
NODISCARD Status photo_read_head(const char *path, Arena *arena, Bytes *out);

// The visitor's folder for pictures, by XDG's user-dirs, else "Pictures" at home, else where
// the program was started.
const char *photo_folder(Arena *arena);
// A new, empty file "vitrine-001.png" or the next number that is free: nobody's picture is ever
// overwritten, not even by two programs at once.
NODISCARD Status photo_reserve(const char *folder, Arena *arena, const char **out);
