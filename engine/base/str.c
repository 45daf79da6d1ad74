// str.c: slices of bytes and text, formatting into an arena, paths.

#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

Str str_of(const char *text)
{
    return (Str){text, text ? strlen(text) : 0};
}

bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_starts_with(Str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.ptr, prefix, len) == 0;
}

bool str_ends_with(Str text, const char *suffix)
{
    size_t len = strlen(suffix);
    return text.len >= len && memcmp(text.ptr + text.len - len, suffix, len) == 0;
}

bool str_ends_with_nocase(Str text, const char *suffix)
{
    size_t len = strlen(suffix);
    return text.len >= len && strncasecmp(text.ptr + text.len - len, suffix, len) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str text)
{
    while (text.len && is_space(text.ptr[0]))
        text = (Str){text.ptr + 1, text.len - 1};
    while (text.len && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool str_next_line(Str *rest, Str *line)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    *line = (Str){rest->ptr, len};
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    size_t eaten = end ? len + 1 : len;
    *rest = (Str){rest->ptr + eaten, rest->len - eaten};
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool str_next_word(Str *rest, Str *word)
{
    size_t start = 0;
    while (start < rest->len && is_blank(rest->ptr[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !is_blank(rest->ptr[end]))
        end++;
    *word = (Str){rest->ptr + start, end - start};
    *rest = (Str){rest->ptr + end, rest->len - end};
    return word->len > 0;
}

// strtod and strtoll want a terminator and skip leading blanks; a number has neither.
static bool copy_number(Str text, char *buffer, size_t size)
{
    if (text.len == 0 || text.len >= size || is_space(text.ptr[0]))
        return false;
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = 0;
    return true;
}

bool str_to_double(Str text, double *out)
{
    char buffer[64];
    if (!copy_number(text, buffer, sizeof buffer))
        return false;
    char *end = NULL;
    double value = strtod(buffer, &end);
    if (end != buffer + text.len)
        return false;
    *out = value;
    return true;
}

bool str_to_int(Str text, int64_t *out)
{
    char buffer[32];
    if (!copy_number(text, buffer, sizeof buffer))
        return false;
    char *end = NULL;
    errno = 0;
    long long value = strtoll(buffer, &end, 10);
    if (end != buffer + text.len || errno == ERANGE)
        return false;
    *out = value;
    return true;
}

const char *str_copy(Arena *arena, Str text)
{
    char *copy = arena_alloc_raw(arena, text.len + 1, 1);
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    return copy;
}

const char *str_format(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(len >= 0);
    char *text = arena_alloc_raw(arena, (size_t)len + 1, 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

const char *path_join(Arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || folder[0] == 0)
        return arena_copy_text(arena, name);
    bool has_slash = folder[strlen(folder) - 1] == '/';
    return str_format(arena, has_slash ? "%s%s" : "%s/%s", folder, name);
}

const char *path_folder(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    if (slash == path)
        return "/";
    return str_copy(arena, (Str){path, (size_t)(slash - path)});
}

Str path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

Str path_stem(const char *path)
{
    Str name = path_name(path);
    for (size_t i = name.len; i > 1; i--)
        if (name.ptr[i - 1] == '.')
            return (Str){name.ptr, i - 1};
    return name;
}

bool path_is_inside(const char *path)
{
    if (path[0] == 0 || path[0] == '/' || strchr(path, '\\') || strchr(path, ':'))
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t len = strcspn(part, "/");
        if (len == 2 && part[0] == '.' && part[1] == '.')
            return false;
    }
    return true;
}

// How many continuation bytes follow, and the lowest code point that needs them all.
static int utf8_following(uint8_t first, uint32_t *value, uint32_t *lowest)
{
    if (first < 0x80)
        return *value = first, *lowest = 0, 0;
    if ((first & 0xe0) == 0xc0)
        return *value = first & 0x1fu, *lowest = 0x80, 1;
    if ((first & 0xf0) == 0xe0)
        return *value = first & 0x0fu, *lowest = 0x800, 2;
    if ((first & 0xf8) == 0xf0)
        return *value = first & 0x07u, *lowest = 0x10000, 3;
    return -1;
}

// Bytes of the character that text begins with; 0 if they are not valid UTF-8.
static size_t utf8_first(Str text, uint32_t *out)
{
    uint32_t value, lowest;
    int following = utf8_following((uint8_t)text.ptr[0], &value, &lowest);
    if (following < 0 || (size_t)following >= text.len)
        return 0;
    for (int i = 1; i <= following; i++) {
        uint8_t next = (uint8_t)text.ptr[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3fu);
    }
    if (value < lowest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *out = value;
    return (size_t)following + 1;
}

size_t utf8_valid_bytes(Str text)
{
    size_t valid = 0;
    while (valid < text.len) {
        uint32_t value;
        size_t len = utf8_first((Str){text.ptr + valid, text.len - valid}, &value);
        if (!len)
            break;
        valid += len;
    }
    return valid;
}

bool utf8_is_valid(Str text)
{
    return utf8_valid_bytes(text) == text.len;
}

// Control characters, and those that turn the direction of the text around them.
static bool is_invisible(uint32_t value)
{
    return value < 0x20 || (value >= 0x7f && value < 0xa0) ||
           (value >= 0x200e && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e) ||
           (value >= 0x2066 && value <= 0x2069);
}

const char *str_printable(Arena *arena, Str text)
{
    enum { MAX_BYTES = 80 };
    char shown[MAX_BYTES + 1];
    size_t len = 0, i = 0;
    while (i < text.len) {
        uint32_t value = 0;
        size_t bytes = utf8_first((Str){text.ptr + i, text.len - i}, &value);
        bool is_shown = bytes && !is_invisible(value);
        size_t shown_bytes = is_shown ? bytes : 1;
        if (len + shown_bytes > MAX_BYTES)
            break;
        if (is_shown)
            memcpy(shown + len, text.ptr + i, bytes);
        else
            shown[len] = '?';
        len += shown_bytes;
        i += MAX(bytes, (size_t)1);
    }
    shown[len] = 0;
    return str_format(arena, "%s%s", shown, i < text.len ? "..." : "");
}
