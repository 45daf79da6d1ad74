// langtext.c: one text in several languages: {"en": "Hare", "fr": "Lièvre"}.

#include "data/langtext.h"

#include <string.h>
#include <strings.h>

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool langtext_is_tag(Str tag)
{
    size_t part = 0;
    for (size_t i = 0; i < tag.len; i++) {
        if (tag.ptr[i] == '-' && part == 0)
            return false;
        if (tag.ptr[i] != '-' && !is_letter_or_digit(tag.ptr[i]))
            return false;
        part = tag.ptr[i] == '-' ? 0 : part + 1;
        if (part > 8)
            return false;
    }
    // The first part is a language: "e" is none, and neither is "2d".
    return part > 0 && tag.len >= 2 && tag.len <= 35 && is_letter_or_digit(tag.ptr[1]) &&
           tag.ptr[0] > '9';
}

static size_t language_length(const char *tag)
{
    return strcspn(tag, "-_");
}

static const LangEntry *find_tag(const LangText *text, const char *tag, size_t len)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (strlen(text->entries[i].tag) == len &&
            strncasecmp(text->entries[i].tag, tag, len) == 0)
            return &text->entries[i];
    return NULL;
}

bool langtext_is_same(const char *a, const char *b)
{
    size_t len = language_length(a);
    return len > 0 && language_length(b) == len && strncasecmp(a, b, len) == 0;
}

// Any region or script of the language.
static const LangEntry *find_language(const LangText *text, const char *language)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (langtext_is_same(text->entries[i].tag, language))
            return &text->entries[i];
    return NULL;
}

static const LangEntry *find_entry(const LangText *text, const char *language)
{
    if (text->count == 0)
        return NULL;
    const LangEntry *entry = NULL;
    // The tag, its parent ("zh-Hant" of "zh-Hant-TW"), that one's, ...
    for (size_t len = language ? strlen(language) : 0; len > 0 && !entry;) {
        entry = find_tag(text, language, len);
        while (len > 0 && language[--len] != '-')
            ;
    }
    if (!entry && language)
        entry = find_language(text, language);
    if (!entry)
        entry = find_language(text, "en");
    return entry ? entry : &text->entries[0];
}

const char *langtext_find(const LangText *text, const char *language)
{
    const LangEntry *entry = find_entry(text, language);
    return entry ? entry->text : "";
}

const char *langtext_tag(const LangText *text, const char *language)
{
    const LangEntry *entry = find_entry(text, language);
    return entry ? entry->tag : "";
}

LangText langtext_make(Arena *arena, const char *tag, const char *text)
{
    LangEntry *entry = ARENA_NEW(arena, LangEntry);
    *entry = (LangEntry){arena_copy_text(arena, tag), arena_copy_text(arena, text)};
    return (LangText){1, entry};
}

uint32_t langtext_code_point(const char *text, size_t *len)
{
    uint8_t first = (uint8_t)text[0];
    *len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    uint32_t value = *len == 1 ? first : first & (0x7fu >> *len);
    for (size_t i = 1; i < *len; i++)
        value = value << 6 | ((uint8_t)text[i] & 0x3fu);
    return value;
}

static bool is_stripped(uint32_t c)
{
    bool is_control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    bool is_override = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    bool is_mark = c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || c == 0x2028 || c == 0x2029;
    return is_control || is_override || is_mark;
}

const char *langtext_strip(Arena *arena, Str text)
{
    char *clean = arena_alloc_raw(arena, text.len + 1, 1);
    size_t used = 0;
    for (size_t i = 0, len = 0; i < text.len; i += len) {
        uint32_t c = langtext_code_point(text.ptr + i, &len);
        if (is_stripped(c))
            continue;
        memcpy(clean + used, text.ptr + i, len);
        used += len;
    }
    clean[used] = 0;
    return clean;
}

const char *langtext_clean(Arena *arena, Str text)
{
    return str_copy(arena, str_trim(str_of(langtext_strip(arena, text))));
}

static bool has_tag(const LangText *text, const char *tag)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (strcasecmp(text->entries[i].tag, tag) == 0)
            return true;
    return false;
}

NODISCARD static Status parse_entry(JsonValue field, size_t max_bytes, Arena *arena,
                                    LangText *text)
{
    if (!langtext_is_tag(str_of(field.key)))
        return json_fail(
            field, ERR_INVALID,
            "\"%.40s\" is not a language tag; write \"en\", \"fr\", \"pt-BR\", ...", field.key);
    if (has_tag(text, field.key))
        return json_fail(field, ERR_INVALID, "the language is there twice");
    const char *raw;
    TRY(json_to_text(field, &raw));
    const char *clean = langtext_clean(arena, str_of(raw));
    if (!clean[0])
        return json_fail(field, ERR_INVALID, "the text is empty; write it or leave it out");
    if (strlen(clean) > max_bytes)
        return json_fail(field, ERR_LIMIT, "the text is %zu bytes long; the limit is %zu",
                         strlen(clean), max_bytes);
    text->entries[text->count++] = (LangEntry){arena_copy_text(arena, field.key), clean};
    return OK;
}

NODISCARD static Status parse_map(JsonValue value, size_t max_bytes, Arena *arena,
                                  LangText *out)
{
    if (json_kind(value) == JSON_KIND_TEXT)
        return json_fail(value, ERR_INVALID,
                         "expected a text for each language, like {\"en\": \"...\"}, found a "
                         "single text; say which language it is in");
    TRY(json_to_object(value));
    size_t count = json_count(value);
    if (count > LANGTEXT_MAX_LANGUAGES)
        return json_fail(value, ERR_LIMIT, "%zu languages; the limit is %d", count,
                         LANGTEXT_MAX_LANGUAGES);
    LangText text = {.entries = ARENA_ARRAY(arena, LangEntry, count)};
    for (JsonValue f = json_first_field(value); f.value; f = json_next_field(f))
        TRY(parse_entry(f, max_bytes, arena, &text));
    *out = text;
    return OK;
}

Status langtext_parse(JsonValue value, Arena *arena, LangText *out)
{
    return parse_map(value, LANGTEXT_MAX_BYTES, arena, out);
}

Status langtext_parse_title(JsonValue value, Arena *arena, LangText *out)
{
    return parse_map(value, LANGTEXT_MAX_TITLE_BYTES, arena, out);
}

void langtext_put(JsonWriter *writer, const char *key, const LangText *text)
{
    if (text->count == 0)
        return;
    json_begin_object(writer, key);
    for (uint32_t i = 0; i < text->count; i++)
        json_put_text(writer, text->entries[i].tag, text->entries[i].text);
    json_end(writer);
}
