// vtt.c: captions of a sound, as WebVTT files have them.

#include "data/vtt.h"

#include "data/langtext.h"

#include <string.h>

typedef struct Lines {
    Str rest;
    uint32_t number; // of the line taken last, from 1
} Lines;

static bool next_line(Lines *lines, Str *out)
{
    if (!str_next_line(&lines->rest, out))
        return false;
    lines->number++;
    return true;
}

static bool is_blank(Str line)
{
    return str_trim(line).len == 0;
}

static bool has_arrow(Str line)
{
    return memmem(line.ptr, line.len, "-->", 3) != NULL;
}

// ---- times

// Digits up to something else; how many there were.
static size_t take_digits(Str *rest, uint32_t *out)
{
    size_t len = 0;
    *out = 0;
    for (; len < rest->len && len < 4 && rest->ptr[len] >= '0' && rest->ptr[len] <= '9'; len++)
        *out = *out * 10 + (uint32_t)(rest->ptr[len] - '0');
    *rest = (Str){rest->ptr + len, rest->len - len};
    return len;
}

static bool take(Str *rest, char character)
{
    if (!rest->len || *rest->ptr != character)
        return false;
    *rest = (Str){rest->ptr + 1, rest->len - 1};
    return true;
}

// "01:02.500" or "1:01:02.500".
static bool take_time(Str *rest, double *out)
{
    uint32_t parts[3] = {0}, thousandths;
    size_t count = 0, digits[3];
    do {
        digits[count] = take_digits(rest, &parts[count]);
        count++;
    } while (count < 3 && take(rest, ':'));
    if (count < 2 || !take(rest, '.') || take_digits(rest, &thousandths) != 3)
        return false;
    uint32_t minutes = parts[count - 2], seconds = parts[count - 1];
    bool is_short = digits[count - 2] != 2 || digits[count - 1] != 2 || digits[0] == 0;
    if (is_short || minutes > 59 || seconds > 59)
        return false;
    double hours = count == 3 ? parts[0] : 0;
    *out = hours * 3600 + minutes * 60.0 + seconds + thousandths / 1000.0;
    return true;
}

// What stands behind the times are settings.
static bool read_times(Str line, VttCue *out)
{
    Str rest = str_trim(line);
    if (!take_time(&rest, &out->start_s))
        return false;
    rest = str_trim(rest);
    if (rest.len < 3 || memcmp(rest.ptr, "-->", 3) != 0)
        return false;
    rest = str_trim((Str){rest.ptr + 3, rest.len - 3});
    bool is_time = take_time(&rest, &out->end_s);
    return is_time && (!rest.len || *rest.ptr == ' ' || *rest.ptr == '\t');
}

// ---- texts

// What "&name;" at `at` stands for, and its length; NULL: it stands for itself.
static const char *entity_at(Str text, size_t at, size_t *len)
{
    static const char *const names[][2] = {
        {"&amp;", "&"},       {"&lt;", "<"},       {"&gt;", ">"},
        {"&nbsp;", "\u00a0"}, {"&lrm;", "\u200e"}, {"&rlm;", "\u200f"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        *len = strlen(names[i][0]);
        if (text.len - at >= *len && !memcmp(text.ptr + at, names[i][0], *len))
            return names[i][1];
    }
    return NULL;
}

// Without what stands between < and >, to the end where it is not closed.
static const char *strip_marks(Str text, Arena *arena)
{
    Scratch scratch = scratch_begin(arena);
    char *out = ARENA_ARRAY(scratch.arena, char, text.len + 1);
    size_t used = 0, len;
    bool is_mark = false;
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = is_mark ? NULL : entity_at(text, i, &len);
        if (entity) { // it is never longer than its name
            memcpy(out + used, entity, strlen(entity));
            used += strlen(entity);
            i += len - 1;
        } else if (text.ptr[i] == '<' || is_mark) {
            is_mark = text.ptr[i] != '>';
        } else {
            out[used++] = text.ptr[i];
        }
    }
    const char *clean = langtext_clean(arena, (Str){out, used});
    scratch_end(scratch);
    return clean;
}

// Everything up to the next blank line.
static Str take_block(Lines *lines)
{
    const char *begin = lines->rest.ptr, *end = begin;
    Str line;
    while (next_line(lines, &line) && !is_blank(line))
        end = line.ptr + line.len;
    return (Str){begin, (size_t)(end - begin)};
}

NODISCARD static Status read_cue(Lines *lines, Str times, Arena *arena, Vtt *vtt,
                                 size_t *capacity)
{
    VttCue cue = {0};
    uint32_t line = lines->number;
    if (!read_times(times, &cue))
        return FAIL(ERR_INVALID, "line %u: expected times like \"00:01.000 --> 00:04.500\"",
                    line);
    if (cue.end_s <= cue.start_s)
        return FAIL(ERR_INVALID, "line %u: this caption ends before it begins", line);
    if (vtt->count && cue.start_s < vtt->cues[vtt->count - 1].start_s)
        return FAIL(ERR_INVALID, "line %u: this caption begins before the one above it", line);
    if (vtt->count == VTT_MAX_CUES)
        return FAIL(ERR_LIMIT, "line %u: a file has at most %d captions", line, VTT_MAX_CUES);
    Str text = take_block(lines);
    if (text.len > VTT_MAX_TEXT_BYTES)
        return FAIL(ERR_LIMIT, "line %u: a caption has at most %d bytes, this has %zu",
                    line + 1, VTT_MAX_TEXT_BYTES, text.len);
    if (has_arrow(text))
        return FAIL(ERR_INVALID, "line %u: a blank line has to stand before the next times",
                    line + 1);
    cue.text = strip_marks(text, arena);
    size_t count = vtt->count;
    *ARENA_PUSH(arena, vtt->cues, count, *capacity) = cue;
    vtt->count = (uint32_t)count;
    vtt->end_s = MAX(vtt->end_s, cue.end_s);
    return OK;
}

static bool is_word(Str line, const char *word)
{
    size_t len = strlen(word);
    return str_starts_with(line, word) &&
           (line.len == len || line.ptr[len] == ' ' || line.ptr[len] == '\t');
}

NODISCARD static Status read_blocks(Lines *lines, Arena *arena, Vtt *vtt)
{
    size_t capacity = 0;
    Str line;
    while (next_line(lines, &line)) {
        if (is_blank(line))
            continue;
        if (is_word(line, "NOTE") || is_word(line, "STYLE") || is_word(line, "REGION")) {
            (void)take_block(lines);
            continue;
        }
        if (!has_arrow(line) && !next_line(lines, &line)) // a name for the caption
            return FAIL(ERR_INVALID, "line %u: times and a text have to follow here",
                        lines->number);
        TRY(read_cue(lines, line, arena, vtt, &capacity));
    }
    return OK;
}

Status vtt_parse(Bytes file, Arena *arena, Vtt *out)
{
    Lines lines = {{(const char *)file.ptr, file.len}, 0};
    Vtt vtt = {0};
    Str line = {0};
    if (file.len > VTT_MAX_BYTES)
        return FAIL(ERR_LIMIT, "captions have at most %d KiB, these have %zu",
                    VTT_MAX_BYTES / 1024, file.len / 1024);
    if (!utf8_is_valid(lines.rest) || (file.len && memchr(file.ptr, 0, file.len)))
        return FAIL(ERR_CORRUPT, "captions are UTF-8 text, and this is none");
    if (str_starts_with(lines.rest, "\xef\xbb\xbf"))
        lines.rest = (Str){lines.rest.ptr + 3, lines.rest.len - 3};
    if (!next_line(&lines, &line) || !is_word(line, "WEBVTT"))
        return FAIL(ERR_INVALID, "line 1: captions begin with the word WEBVTT");
    if (has_arrow(take_block(&lines))) // the rest of the head
        return FAIL(ERR_INVALID, "line 2: a blank line has to stand below WEBVTT");
    TRY(read_blocks(&lines, arena, &vtt));
    *out = vtt;
    return OK;
}

int32_t vtt_find(const Vtt *vtt, double at_s)
{
    uint32_t first = 0, last = vtt->count; // the first that has not begun
    while (first < last) {
        uint32_t middle = (first + last) / 2;
        if (vtt->cues[middle].start_s <= at_s)
            first = middle + 1;
        else
            last = middle;
    }
    for (int32_t i = (int32_t)first - 1; i >= 0; i--)
        if (vtt->cues[i].end_s > at_s)
            return i;
    return -1;
}
