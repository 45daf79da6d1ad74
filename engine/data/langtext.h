// langtext.h: one text in several languages: {"en": "Hare", "fr": "Lièvre"}.
//
// Tags are BCP-47 ("en", "pt-BR", "zh-Hant"), compared without regard to case, kept in the
// order of the file. No language is privileged, but somebody's must be shown: see
// langtext_find. A zeroed LangText is "no text". Any thread.

#pragma once
#include "data/json.h"

typedef struct LangEntry {
    const char *tag;
    const char *text; // never NULL, never empty
} LangEntry;

typedef struct LangText {
    uint32_t count;
    LangEntry *entries;
} LangText;

typedef struct LangTexts {
    uint32_t count;
    LangText *items;
} LangTexts;

enum {
    LANGTEXT_MAX_LANGUAGES = 64,
    LANGTEXT_MAX_BYTES = 64 * 1024, // of one text in one language
    LANGTEXT_MAX_TITLE_BYTES = 1024,
};

// The text for a reader of `language` (NULL: no wish): the exact tag; else its parents, each a
// part shorter ("zh-Hant-TW", "zh-Hant", "zh"); else the same language in whatever region or
// script; else English; else the first. "" when there is none at all.
const char *langtext_find(const LangText *text, const char *language);
// The tag of what langtext_find gives, for layout (direction, fonts) and speech; "" for none.
const char *langtext_tag(const LangText *text, const char *language);

// "de-AT" and "de": a reader of one reads the other. False where one is empty.
bool langtext_is_same(const char *a, const char *b);

// Reads {"tag": "string", ...}; texts are cleaned. ERR_INVALID for anything else than a map of
// well-formed tags, each once, to texts that say something; ERR_LIMIT for too many or too long.
NODISCARD Status langtext_parse(JsonValue value, Arena *arena, LangText *out);
// As that, of what stands on boards and in lists: LANGTEXT_MAX_TITLE_BYTES in each language.
NODISCARD Status langtext_parse_title(JsonValue value, Arena *arena, LangText *out);
// Writes it as a field; nothing at all for no text.
void langtext_put(JsonWriter *writer, const char *key, const LangText *text);

// A text in one language, in `arena`.
LangText langtext_make(Arena *arena, const char *tag, const char *text);

// `text` without control characters (but for newlines and tabs), without the marks that
// override the direction of text, without blanks at both ends; in `arena`. The input is valid
// UTF-8.
const char *langtext_clean(Arena *arena, Str text);
// The same with the blanks at both ends, for a part of a text.
const char *langtext_strip(Arena *arena, Str text);
// language[-Script][-REGION][-more]: each part 1 to 8 letters or digits.
bool langtext_is_tag(Str tag);

// The code point at `text`, which is valid UTF-8, and its length in bytes.
uint32_t langtext_code_point(const char *text, size_t *len);
