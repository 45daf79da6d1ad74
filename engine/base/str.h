// str.h: slices of bytes and text, formatting into an arena, paths.
//
// Texts are NUL-terminated UTF-8 `const char *` unless a signature says Str. Any thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

// Read-only bytes that belong to somebody else.
typedef struct Bytes {
    const uint8_t *ptr;
    size_t len;
} Bytes;

// Text without a terminator that belongs to somebody else.
typedef struct Str {
    const char *ptr;
    size_t len;
} Str;

static inline Bytes bytes_first(Bytes bytes, size_t len)
{
    return (Bytes){bytes.ptr, MIN(len, bytes.len)};
}

static inline Bytes bytes_skip(Bytes bytes, size_t len)
{
    len = MIN(len, bytes.len);
    return (Bytes){bytes.ptr + len, bytes.len - len};
}

Str str_of(const char *text); // NULL gives an empty slice
bool str_equal(Str a, Str b);
bool str_starts_with(Str text, const char *prefix);
bool str_ends_with(Str text, const char *suffix);
bool str_ends_with_nocase(Str text, const char *suffix); // ASCII
Str str_trim(Str text);                                  // ASCII white space at both ends
// Cuts off and returns what stands before the next '\n' (a '\r' before it is dropped too).
// False when nothing is left.
bool str_next_line(Str *rest, Str *line);
// Cuts off and returns the next run of characters other than blank and tab. False at the end.
bool str_next_word(Str *rest, Str *word);
// Whole-slice numbers in the C locale; false if anything else stands there or it overflows.
bool str_to_double(Str text, double *out);
bool str_to_int(Str text, int64_t *out);

const char *str_copy(Arena *arena, Str text);
const char *str_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
// For sentences about a stranger's bytes: at most 80 of them, control characters and what is
// not UTF-8 as '?', "..." where it was cut.
const char *str_printable(Arena *arena, Str text);

// "a/b" + "c" -> "a/b/c". An absolute `name` stands alone.
const char *path_join(Arena *arena, const char *folder, const char *name);
const char *path_folder(Arena *arena, const char *path); // "a/b.c" -> "a", "b" -> "."
Str path_name(const char *path);                         // "a/b.c" -> "b.c"
Str path_stem(const char *path);                         // "a/b.c" -> "b"
// Relative, not empty, no "..", no backslash, no drive letter, no NUL: stays below its folder.
bool path_is_inside(const char *path);

// Valid UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF.
bool utf8_is_valid(Str text);
size_t utf8_valid_bytes(Str text); // the longest beginning that is valid
