// field.c: reads the fields of a JSON object and collects what is wrong with them.

#include "exhibits/model/field.h"
#include "exhibits/model/record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool field_ok(Fields *fields, Status status)
{
    if (status)
        problem_add_fault(fields->problems, fields->file);
    return status == OK;
}

static void add_at(Fields *fields, ProblemLevel level, Status status, const char *place,
                   const char *text)
{
    problem_add(fields->problems, (ProblemAt){level, status, fields->file, place}, "%s", text);
}

void field_problem(Fields *fields, JsonValue at, Status status, const char *format, ...)
{
    char text[sizeof fault_last()->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    Scratch scratch = scratch_begin(fields->problems->arena);
    add_at(fields, PROBLEM_ERROR, status, json_path(at, scratch.arena), text);
    scratch_end(scratch);
}

static const char *path_of_field(JsonValue object, const char *key, Arena *arena)
{
    if (!object.container)
        return arena_copy_text(arena, key);
    return str_format(arena, "%s.%s", json_path(object, arena), key);
}

void field_note(Fields *fields, JsonValue object, const char *key, const char *advice)
{
    Scratch scratch = scratch_begin(fields->problems->arena);
    add_at(fields, PROBLEM_NOTE, OK, path_of_field(object, key, scratch.arena), advice);
    scratch_end(scratch);
}

void field_lack(Fields *fields, JsonValue object, const char *key, const char *advice)
{
    Scratch scratch = scratch_begin(fields->problems->arena);
    add_at(fields, PROBLEM_LACK, ERR_INVALID, path_of_field(object, key, scratch.arena),
           advice);
    scratch_end(scratch);
}

const char *field_fallback(const LangText *text)
{
    return text->count ? langtext_tag(text, "en") : NULL;
}

static void check_fallback(Fields *fields, JsonValue value, const LangText *text)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (!fields->fallback || langtext_is_same(text->entries[i].tag, fields->fallback))
            return;
    if (!text->count)
        return;
    Scratch scratch = scratch_begin(fields->problems->arena);
    add_at(fields, PROBLEM_LACK, ERR_INVALID, json_path(value, scratch.arena),
           str_format(scratch.arena,
                      "is not there in \"%s\", which readers of other languages are shown; "
                      "add it",
                      fields->fallback));
    scratch_end(scratch);
}

static bool is_fill_in(const char *text)
{
    return strncmp(text, RECORD_FILL_IN, strlen(RECORD_FILL_IN)) == 0;
}

static void note_fill_in(Fields *fields, JsonValue value, const char *text)
{
    Scratch scratch = scratch_begin(fields->problems->arena);
    add_at(fields, PROBLEM_NOTE, OK, json_path(value, scratch.arena),
           str_format(scratch.arena, "still to be written: \"%.200s\"", text));
    scratch_end(scratch);
}

static bool value_is_fill_in(Fields *fields, JsonValue value)
{
    if (json_kind(value) != JSON_KIND_TEXT)
        return false;
    const char *text;
    if (json_to_text(value, &text) || !is_fill_in(text))
        return false;
    note_fill_in(fields, value, text);
    return true;
}

bool field_is_there(Fields *fields, JsonValue object, const char *key)
{
    if (!object.value)
        return false;
    JsonValue value = json_get(object, key);
    return json_kind(value) != JSON_KIND_ABSENT && !value_is_fill_in(fields, value);
}

// Whether there is something to read; a required field's absence goes to the getter, which
// knows the sentence. One still to be written counts as absent even if required: the draft of
// an import is no error.
static bool want(Fields *fields, JsonValue object, const char *key, JsonNeed need)
{
    if (!object.value)
        return false;
    JsonValue value = json_get(object, key);
    if (json_kind(value) == JSON_KIND_ABSENT)
        return need == JSON_REQUIRED;
    return !value_is_fill_in(fields, value);
}

void field_text(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                const char **out)
{
    *out = "";
    const char *text = "";
    if (!want(fields, object, key, need))
        return;
    if (field_ok(fields, json_get_text(object, key, need, &text)))
        *out = langtext_clean(fields->arena, str_of(text));
}

// Takes the entries still to be written out, with a note for each.
static void drop_fill_ins(Fields *fields, JsonValue value, LangText *text)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < text->count; i++) {
        if (is_fill_in(text->entries[i].text))
            note_fill_in(fields, value, text->entries[i].text);
        else
            text->entries[kept++] = text->entries[i];
    }
    text->count = kept;
}

typedef Status LangParseFn(JsonValue value, Arena *arena, LangText *out);

static void read_lang(Fields *fields, JsonValue value, LangParseFn *parse, LangText *out)
{
    if (value_is_fill_in(fields, value))
        return;
    if (!field_ok(fields, parse(value, fields->arena, out)))
        return;
    if (out->count == 0)
        field_problem(fields, value, ERR_INVALID,
                      "no language is in it; write it or leave it out");
    drop_fill_ins(fields, value, out);
    check_fallback(fields, value, out);
}

static void get_lang(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                     LangParseFn *parse, LangText *out)
{
    *out = (LangText){0};
    if (!object.value)
        return;
    JsonValue value = json_get(object, key);
    if (json_kind(value) != JSON_KIND_ABSENT)
        read_lang(fields, value, parse, out);
    else if (need == JSON_REQUIRED)
        (void)field_ok(fields, json_get_object(object, key, need, &value));
}

void field_lang(Fields *fields, JsonValue object, const char *key, JsonNeed need, LangText *out)
{
    get_lang(fields, object, key, need, langtext_parse, out);
}

void field_title(Fields *fields, JsonValue object, JsonNeed need, LangText *out)
{
    get_lang(fields, object, "title", need, langtext_parse_title, out);
}

void field_langs(Fields *fields, JsonValue object, const char *key, size_t max_count,
                 LangTexts *out)
{
    *out = (LangTexts){0};
    JsonValue array = field_array(fields, object, key, max_count);
    size_t count = json_count(array);
    out->items = ARENA_ARRAY(fields->arena, LangText, count);
    for (size_t i = 0; i < count; i++) {
        LangText text = {0};
        read_lang(fields, json_item(array, i), langtext_parse, &text);
        if (text.count)
            out->items[out->count++] = text;
    }
}

void field_number(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                  JsonRange range, double *out)
{
    if (want(fields, object, key, need))
        (void)field_ok(fields, json_get_number(object, key, need, range, out));
}

void field_float(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                 JsonRange range, float *out)
{
    double number = *out;
    field_number(fields, object, key, need, range, &number);
    *out = (float)number;
}

void field_int(Fields *fields, JsonValue object, const char *key, JsonNeed need,
               JsonRange range, int64_t *out)
{
    if (want(fields, object, key, need))
        (void)field_ok(fields, json_get_int(object, key, need, range, out));
}

void field_count(Fields *fields, JsonValue object, const char *key, uint32_t max, uint32_t *out)
{
    int64_t number = *out;
    field_int(fields, object, key, JSON_OPTIONAL, (JsonRange){0, max}, &number);
    *out = (uint32_t)number;
}

void field_bool(Fields *fields, JsonValue object, const char *key, bool *out)
{
    if (want(fields, object, key, JSON_OPTIONAL))
        (void)field_ok(fields, json_get_bool(object, key, JSON_OPTIONAL, out));
}

void field_numbers(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                   JsonRange range, size_t count, float *out)
{
    if (want(fields, object, key, need))
        (void)field_ok(fields, json_get_numbers(object, key, need, range, count, out));
}

void field_word(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                FieldWords words, int *out)
{
    if (want(fields, object, key, need))
        (void)field_ok(fields, json_get_word(object, key, need, words.words, words.count, out));
}

JsonValue field_object(Fields *fields, JsonValue object, const char *key)
{
    JsonValue value = {0};
    if (!want(fields, object, key, JSON_OPTIONAL) ||
        !field_ok(fields, json_get_object(object, key, JSON_OPTIONAL, &value)))
        return (JsonValue){0};
    return value;
}

JsonValue field_array(Fields *fields, JsonValue object, const char *key, size_t max_count)
{
    JsonValue value = {0};
    if (!want(fields, object, key, JSON_OPTIONAL) ||
        !field_ok(fields, json_get_array(object, key, JSON_OPTIONAL, max_count, &value)))
        return (JsonValue){0};
    return value;
}

JsonValue field_item(Fields *fields, JsonValue array, size_t index)
{
    JsonValue item = json_item(array, index);
    return field_ok(fields, json_to_object(item)) ? item : (JsonValue){0};
}

void field_known(Fields *fields, JsonValue object, const char *const *known, size_t count)
{
    if (object.value)
        (void)field_ok(fields, json_check_fields(object, known, count));
}

bool field_is_pack_name(const char *name)
{
    size_t len = strlen(name);
    if (len == 0 || len > 120 || !path_is_inside(name))
        return false;
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-/") != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool is_first = i == 0 || name[i - 1] == '/';
        bool is_last = i + 1 == len || name[i + 1] == '/';
        if ((is_first || is_last) && (name[i] == '.' || name[i] == '/'))
            return false;
    }
    return true;
}

void field_file(Fields *fields, JsonValue object, const char *key, const char **out)
{
    field_text(fields, object, key, JSON_OPTIONAL, out);
    if (!(*out)[0] || field_is_pack_name(*out))
        return;
    field_problem(fields, json_get(object, key), ERR_INVALID,
                  "\"%.120s\" cannot be a file in a pack; rename it to small letters, digits, "
                  "'_', '-' and '.', without blanks, in this folder or below",
                  *out);
    *out = "";
}

static void check_file(Fields *fields, JsonValue at, const char *name, const char *suffix)
{
    if (field_is_pack_name(name) && str_ends_with(str_of(name), suffix))
        return;
    field_problem(fields, at, ERR_INVALID,
                  "\"%.120s\" cannot be such a file in a pack; its name is of small letters, "
                  "digits, '_', '-' and '.', and ends in %s",
                  name, suffix);
}

void field_files(Fields *fields, JsonValue object, const char *key, const char *suffix,
                 LangText *out)
{
    JsonValue value = json_get(object, key);
    *out = (LangText){0};
    if (json_kind(value) != JSON_KIND_TEXT) {
        const char *fallback = fields->fallback; // of texts: a sound may be in one language
        fields->fallback = NULL;
        field_lang(fields, object, key, JSON_OPTIONAL, out);
        fields->fallback = fallback;
    } else {
        const char *name;
        field_text(fields, object, key, JSON_OPTIONAL, &name);
        if (name[0])
            *out = langtext_make(fields->arena, "", name);
    }
    for (uint32_t i = 0; i < out->count; i++)
        check_file(fields,
                   out->entries[i].tag[0] ? json_get(value, out->entries[i].tag) : value,
                   out->entries[i].text, suffix);
}

static bool has_language(const LangText *text, const char *tag)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (!tag[0] || !text->entries[i].tag[0] || !strcmp(text->entries[i].tag, tag))
            return true;
    return false;
}

void field_sounds(Fields *fields, JsonValue object, const LangText *text, const char *name,
                  LangText *audio, LangText *captions)
{
    field_files(fields, object, "audio", ".opus", audio);
    field_files(fields, object, "captions", ".vtt", captions);
    for (uint32_t i = 0; i < audio->count; i++) {
        const char *tag = audio->entries[i].tag;
        if (text->count == 0)
            field_lack(fields, object, name,
                       "not there; everything spoken is written down too");
        else if (!has_language(text, tag))
            field_problem(fields, json_get(json_get(object, "audio"), tag), ERR_INVALID,
                          "what is spoken is written down too: add \"%s\" to \"%s\"", tag,
                          name);
        if (text->count == 0)
            break;
    }
    if (captions->count && !audio->count)
        field_problem(fields, json_get(object, "captions"), ERR_INVALID,
                      "captions are of a sound; name it in \"audio\", or leave them out");
    if (audio->count && !captions->count)
        field_note(fields, object, "captions",
                   "not there; with a WebVTT file it is read as it is spoken");
}

void field_put_files(JsonWriter *writer, const char *key, const LangText *files)
{
    if (files->count == 1 && !files->entries[0].tag[0])
        json_put_text(writer, key, files->entries[0].text);
    else
        langtext_put(writer, key, files);
}

bool field_is_id(const char *id)
{
    size_t len = strlen(id);
    return len >= 1 && len <= RECORD_MAX_ID &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && id[0] != '-' &&
           id[len - 1] != '-';
}

void field_id(Fields *fields, JsonValue object, const char *key, JsonNeed need,
              const char **out)
{
    field_text(fields, object, key, need, out);
    if (!(*out)[0] || field_is_id(*out))
        return;
    field_problem(fields, json_get(object, key), ERR_INVALID,
                  "\"%.80s\" is not an id: 1 to %d small letters, digits and '-' are, with a "
                  "letter or digit at both ends",
                  *out, RECORD_MAX_ID);
    *out = "";
}

void field_put_langs(JsonWriter *writer, const char *key, const LangTexts *texts)
{
    if (texts->count == 0)
        return;
    json_begin_array(writer, key);
    for (uint32_t i = 0; i < texts->count; i++)
        langtext_put(writer, NULL, &texts->items[i]);
    json_end(writer);
}

void field_put_text(JsonWriter *writer, const char *key, const char *text)
{
    if (text && text[0])
        json_put_text(writer, key, text);
}

void field_put_number(JsonWriter *writer, const char *key, double number)
{
    if (number != 0)
        json_put_number(writer, key, number);
}
