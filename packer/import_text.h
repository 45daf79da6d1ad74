// import_text.h: a cursor over the text formats, and numbers read quickly.
//
// The text need not be NUL-terminated; nothing is read past `end`. Any thread.

#pragma once
#include "base/str.h"

typedef struct ImportText {
    const char *at, *end;
} ImportText;

static inline ImportText import_text_of(Bytes bytes)
{
    const char *text = (const char *)bytes.ptr;
    return (ImportText){text, text + bytes.len};
}

static inline bool import_text_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

// Skips blanks within the line, or white space and line ends.
static inline void import_text_skip_blank(ImportText *text)
{
    while (text->at < text->end && import_text_is_blank(*text->at))
        text->at++;
}

static inline void import_text_skip_space(ImportText *text)
{
    while (text->at < text->end && (import_text_is_blank(*text->at) || *text->at == '\n'))
        text->at++;
}

// Behind the next line end, or to the end.
void import_text_skip_line(ImportText *text);
// The next run of characters that are neither blank nor line end; empty at the line's end.
Str import_text_word(ImportText *text);
// What is left of the line, trimmed; the cursor stands behind the line end afterwards.
Str import_text_rest(ImportText *text);
// True, and behind it, if the word stands here and ends here. Case does not matter.
bool import_text_take(ImportText *text, const char *word);

// A decimal number after blanks. "nan", "inf" and what Windows programs write for them
// ("1.#IND") give NaN or infinity, so that the caller can drop the vertex. False if no number
// stands here.
bool import_text_double(ImportText *text, double *out);
bool import_text_int(ImportText *text, int64_t *out);
