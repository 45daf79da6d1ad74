// json.c: strict JSON, read with sentences that an artist understands.

#include "data/json.h"

#include <jansson.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// ---- parsing

typedef struct TextPlace {
    size_t line, column; // from 1; column in bytes
} TextPlace;

static TextPlace place_of(Bytes text, size_t offset)
{
    TextPlace place = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        place.column++;
        if (text.ptr[i] == '\n')
            place = (TextPlace){place.line + 1, 1};
    }
    return place;
}

static Status fail_at(const char *name, Bytes text, size_t offset, Status status,
                      const char *sentence)
{
    TextPlace place = place_of(text, offset);
    return FAIL(status, "%s: line %zu, column %zu: %s", name, place.line, place.column,
                sentence);
}

// jansson recurses without asking how deep, so brackets are counted before it sees the text.
static Status check_depth(Bytes text, int limit, const char *name)
{
    int depth = 0;
    bool is_in_text = false;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte == 0)
            return fail_at(name, text, i, ERR_CORRUPT, "a zero byte, which JSON has not");
        if (is_in_text) {
            is_in_text = byte != '"';
            i += byte == '\\';
        } else if (byte == '"') {
            is_in_text = true;
        } else if (byte == '[' || byte == '{') {
            if (++depth > limit) {
                char sentence[64];
                snprintf(sentence, sizeof sentence, "nested deeper than %d levels", limit);
                return fail_at(name, text, i, ERR_LIMIT, sentence);
            }
        } else if (byte == ']' || byte == '}') {
            depth--;
        }
    }
    return OK;
}

static Status check_utf8(Bytes text, const char *name)
{
    size_t valid = utf8_valid_bytes((Str){(const char *)text.ptr, text.len});
    return valid == text.len
               ? OK
               : fail_at(name, text, valid, ERR_CORRUPT, "bytes that are not UTF-8");
}

Status json_parse_within(Bytes text, const JsonLimits *limits, const char *name,
                         JsonDocument *out)
{
    if (text.len > limits->bytes)
        return FAIL(ERR_LIMIT, "%s: has %zu bytes; JSON may have %zu", name, text.len,
                    limits->bytes);
    TRY(check_depth(text, limits->depth, name));
    TRY(check_utf8(text, name));
    json_error_t error;
    json_t *root = json_loadb(text.len ? (const char *)text.ptr : "", text.len,
                              JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return FAIL(ERR_CORRUPT, "%s: line %d, column %d: %s", name, MAX(error.line, 1),
                    MAX(error.column, 1), error.text);
    *out = (JsonDocument){root, name};
    return OK;
}

Status json_parse(Bytes text, const char *name, JsonDocument *out)
{
    return json_parse_within(text, &(JsonLimits){JSON_MAX_BYTES, JSON_MAX_DEPTH}, name, out);
}

void json_drop(JsonDocument *document)
{
    json_decref(document->root);
    *document = (JsonDocument){0};
}

// ---- values and their places

JsonValue json_root(const JsonDocument *document)
{
    return (JsonValue){.document = document, .value = document->root};
}

JsonKind json_kind(JsonValue value)
{
    if (!value.value)
        return JSON_KIND_ABSENT;
    static const JsonKind kinds[] = {
        [JSON_OBJECT] = JSON_KIND_OBJECT, [JSON_ARRAY] = JSON_KIND_ARRAY,
        [JSON_STRING] = JSON_KIND_TEXT,   [JSON_INTEGER] = JSON_KIND_NUMBER,
        [JSON_REAL] = JSON_KIND_NUMBER,   [JSON_TRUE] = JSON_KIND_BOOL,
        [JSON_FALSE] = JSON_KIND_BOOL,    [JSON_NULL] = JSON_KIND_NULL,
    };
    return kinds[json_typeof(value.value)];
}

static const char *kind_name(JsonValue value)
{
    static const char *const names[] = {
        [JSON_KIND_ABSENT] = "nothing",     [JSON_KIND_NULL] = "null",
        [JSON_KIND_BOOL] = "true or false", [JSON_KIND_NUMBER] = "a number",
        [JSON_KIND_TEXT] = "a text",        [JSON_KIND_ARRAY] = "a list",
        [JSON_KIND_OBJECT] = "an object",
    };
    return names[json_kind(value)];
}

static const char *step_of(const char *key, size_t index, Arena *arena)
{
    return key ? str_format(arena, ".%s", str_printable(arena, str_of(key)))
               : str_format(arena, "[%zu]", index);
}

// The steps from `from` down to `wanted`, or NULL if it is not there. Only failures ask, so a
// search is cheaper than carrying a path with every value.
static const char *steps_to(json_t *from, const json_t *wanted, Arena *arena)
{
    if (from == wanted)
        return "";
    const char *key;
    json_t *child;
    size_t index;
    json_object_foreach(from, key, child)
    {
        const char *rest = steps_to(child, wanted, arena);
        if (rest)
            return str_format(arena, "%s%s", step_of(key, 0, arena), rest);
    }
    json_array_foreach(from, index, child)
    {
        const char *rest = steps_to(child, wanted, arena);
        if (rest)
            return str_format(arena, "%s%s", step_of(NULL, index, arena), rest);
    }
    return NULL;
}

const char *json_path(JsonValue value, Arena *arena)
{
    if (!value.container)
        return "(top)";
    // The container is looked for, not the value: all nulls and trues of a document are one.
    const char *steps = steps_to(value.document->root, value.container, arena);
    const char *path =
        str_format(arena, "%s%s", steps ? steps : "", step_of(value.key, value.index, arena));
    return path + (path[0] == '.');
}

Status json_fail(JsonValue at, Status status, const char *format, ...)
{
    char sentence[sizeof fault_last()->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);

    Scratch scratch = scratch_begin(NULL);
    const char *name = at.document ? at.document->name : "JSON";
    fault_set(status, __FILE__, __LINE__, "%s: %s: %s", name, json_path(at, scratch.arena),
              sentence);
    scratch_end(scratch);
    return status;
}

static Status expect(JsonValue value, JsonKind kind, const char *wanted)
{
    if (json_kind(value) == kind)
        return OK;
    return json_fail(value, ERR_INVALID, "expected %s, found %s", wanted, kind_name(value));
}

// ---- values on their own

Status json_to_text(JsonValue value, const char **out)
{
    TRY(expect(value, JSON_KIND_TEXT, "a text"));
    *out = json_string_value(value.value);
    return OK;
}

static Status to_bool(JsonValue value, bool *out)
{
    TRY(expect(value, JSON_KIND_BOOL, "true or false"));
    *out = json_is_true(value.value);
    return OK;
}

Status json_to_number(JsonValue value, JsonRange range, double *out)
{
    TRY(expect(value, JSON_KIND_NUMBER, "a number"));
    double number = json_number_value(value.value);
    if (!(number >= range.min && number <= range.max))
        return json_fail(value, ERR_INVALID, "is %.9g, expected a number from %.9g to %.9g",
                         number, range.min, range.max);
    *out = number;
    return OK;
}

Status json_to_int(JsonValue value, JsonRange range, int64_t *out)
{
    static const double largest = 9007199254740992.0; // 2^53: above, doubles skip whole numbers
    range = (JsonRange){MAX(range.min, -largest), MIN(range.max, largest)};
    double number = 0;
    TRY(json_to_number(value, range, &number));
    if (number != floor(number))
        return json_fail(value, ERR_INVALID, "is %.9g, expected a whole number", number);
    *out = (int64_t)number;
    return OK;
}

Status json_to_object(JsonValue value)
{
    return expect(value, JSON_KIND_OBJECT, "an object");
}

Status json_to_array(JsonValue value, size_t max_count)
{
    TRY(expect(value, JSON_KIND_ARRAY, "a list"));
    if (json_count(value) > max_count)
        return json_fail(value, ERR_LIMIT, "has %zu items; the limit is %zu", json_count(value),
                         max_count);
    return OK;
}

size_t json_count(JsonValue value)
{
    return json_kind(value) == JSON_KIND_OBJECT ? json_object_size(value.value)
                                                : json_array_size(value.value);
}

JsonValue json_item(JsonValue array, size_t index)
{
    return (JsonValue){
        .document = array.document,
        .value = json_array_get(array.value, index),
        .container = array.value,
        .index = index,
    };
}

static JsonValue field_at(JsonValue object, void *iterator)
{
    if (!iterator)
        return (JsonValue){.document = object.document};
    return (JsonValue){
        .document = object.document,
        .value = json_object_iter_value(iterator),
        .container = object.value,
        .key = json_object_iter_key(iterator),
    };
}

JsonValue json_first_field(JsonValue object)
{
    return field_at(object, json_object_iter(object.value));
}

JsonValue json_next_field(JsonValue field)
{
    JsonValue object = {.document = field.document, .value = field.container};
    void *here = json_object_key_to_iter(field.key);
    return field_at(object, json_object_iter_next(field.container, here));
}

// ---- fields of an object

JsonValue json_get(JsonValue object, const char *key)
{
    json_t *value = json_object_get(object.value, key);
    return (JsonValue){
        .document = object.document,
        .value = json_is_null(value) ? NULL : value,
        .container = object.value,
        .key = key,
    };
}

// Gives the field; *out_is_there says whether there is something to read from it.
static Status find_field(JsonValue object, const char *key, JsonNeed need, JsonValue *out,
                         bool *out_is_there)
{
    TRY(json_to_object(object));
    *out = json_get(object, key);
    *out_is_there = out->value != NULL;
    if (!out->value && need == JSON_REQUIRED)
        return json_fail(*out, ERR_INVALID, "is missing");
    return OK;
}

Status json_get_text(JsonValue object, const char *key, JsonNeed need, const char **out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    return is_there ? json_to_text(field, out) : OK;
}

Status json_get_bool(JsonValue object, const char *key, JsonNeed need, bool *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    return is_there ? to_bool(field, out) : OK;
}

Status json_get_number(JsonValue object, const char *key, JsonNeed need, JsonRange range,
                       double *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    return is_there ? json_to_number(field, range, out) : OK;
}

Status json_get_int(JsonValue object, const char *key, JsonNeed need, JsonRange range,
                    int64_t *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    return is_there ? json_to_int(field, range, out) : OK;
}

static Status unknown_word(JsonValue field, const char *word, const char *const *words,
                           size_t word_count)
{
    Scratch scratch = scratch_begin(NULL);
    const char *list = "";
    for (size_t i = 0; i < word_count; i++)
        list = str_format(scratch.arena, "%s%s%s", list, i ? ", " : "", words[i]);
    Status status = json_fail(field, ERR_INVALID, "is \"%s\", expected one of: %s",
                              str_printable(scratch.arena, str_of(word)), list);
    scratch_end(scratch);
    return status;
}

Status json_get_word(JsonValue object, const char *key, JsonNeed need, const char *const *words,
                     size_t word_count, int *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    if (!is_there)
        return OK;
    const char *text;
    TRY(json_to_text(field, &text));
    for (size_t i = 0; i < word_count; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = (int)i;
            return OK;
        }
    }
    return unknown_word(field, text, words, word_count);
}

Status json_get_object(JsonValue object, const char *key, JsonNeed need, JsonValue *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    if (!is_there)
        return OK;
    TRY(json_to_object(field));
    *out = field;
    return OK;
}

Status json_get_array(JsonValue object, const char *key, JsonNeed need, size_t max_count,
                      JsonValue *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    if (!is_there)
        return OK;
    TRY(json_to_array(field, max_count));
    *out = field;
    return OK;
}

Status json_get_numbers(JsonValue object, const char *key, JsonNeed need, JsonRange range,
                        size_t count, float *out)
{
    JsonValue field;
    bool is_there;
    TRY(find_field(object, key, need, &field, &is_there));
    if (!is_there)
        return OK;
    TRY(json_to_array(field, SIZE_MAX));
    if (json_count(field) != count)
        return json_fail(field, ERR_INVALID, "has %zu numbers, expected %zu", json_count(field),
                         count);
    double number = 0;
    for (size_t i = 0; i < count; i++) // twice, for *out is set only on OK
        TRY(json_to_number(json_item(field, i), range, &number));
    for (size_t i = 0; i < count; i++)
        out[i] = (float)json_number_value(json_array_get(field.value, i));
    return OK;
}

static bool is_among(const char *key, const char *const *known, size_t known_count)
{
    for (size_t i = 0; i < known_count; i++) {
        if (strcmp(key, known[i]) == 0)
            return true;
    }
    return false;
}

Status json_check_fields(JsonValue object, const char *const *known, size_t known_count)
{
    TRY(json_to_object(object));
    for (JsonValue f = json_first_field(object); f.value; f = json_next_field(f)) {
        if (!is_among(f.key, known, known_count))
            return json_fail(f, ERR_INVALID, "is not a field that is known here");
    }
    return OK;
}
