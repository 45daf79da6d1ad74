// json.h: strict JSON, read with sentences that an artist understands, and written always the
// same way.
//
// Reading: at most 1 MiB, 16 levels, valid UTF-8, no NUL (not even escaped), no key twice in an
// object, an object or array at the top. ERR_CORRUPT for what is not JSON, ERR_LIMIT beyond the
// limits; the sentence has file, line and column.
//
// Fields are fetched by type and range; ERR_INVALID names the place:
//     "record.json: dimensions[2].value_mm: expected a number, found a text"
//
// Any thread; a document belongs to one thread at a time. (Functions with json_ that are not in
// here are jansson's, and only json.c calls them.)

#pragma once
#include "base/str.h"

enum { JSON_MAX_BYTES = 1024 * 1024, JSON_MAX_DEPTH = 16 };

typedef struct JsonDocument {
    struct json_t *root;
    const char *name; // of the file, for sentences
} JsonDocument;

// `name` must live as long as the document. Drop the document when done; texts got from it are
// dead then.
NODISCARD Status json_parse(Bytes text, const char *name, JsonDocument *out);

typedef struct JsonLimits {
    size_t bytes;
    int depth;
} JsonLimits;

// The same with limits of the caller's, for files an artist brings rather than a stranger.
NODISCARD Status json_parse_within(Bytes text, const JsonLimits *limits, const char *name,
                                   JsonDocument *out);
void json_drop(JsonDocument *document); // a zeroed one is fine

typedef enum JsonKind {
    JSON_KIND_ABSENT,
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_NUMBER,
    JSON_KIND_TEXT,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
} JsonKind;

// A value and where it stands. Copied freely; dead with its document. Zeroed: absent.
typedef struct JsonValue {
    const JsonDocument *document;
    struct json_t *value;     // NULL: absent
    struct json_t *container; // the object or array it stands in; NULL for the root
    const char *key;          // in an object
    size_t index;             // in an array
} JsonValue;

JsonValue json_root(const JsonDocument *document);
JsonKind json_kind(JsonValue value);

// Its place for people: "dimensions[2].value_mm", "(top)" for the root.
const char *json_path(JsonValue value, Arena *arena);
// Raises a fault about a value: "name: path: sentence".
Status json_fail(JsonValue at, Status status, const char *format, ...) PRINTF_LIKE(3, 4);

// ---- fields of an object
//
// JSON_REQUIRED: ERR_INVALID if absent. JSON_OPTIONAL: OK, and *out stays as it was. A null is
// as good as absent. Wrong kind or out of range: ERR_INVALID. `object` must be an object.

typedef enum JsonNeed { JSON_OPTIONAL, JSON_REQUIRED } JsonNeed;

// Any kind; absent (JSON_KIND_ABSENT) if it is not there or null.
JsonValue json_get(JsonValue object, const char *key);

NODISCARD Status json_get_text(JsonValue object, const char *key, JsonNeed need,
                               const char **out);
NODISCARD Status json_get_bool(JsonValue object, const char *key, JsonNeed need, bool *out);

// Both ends belong to the range.
typedef struct JsonRange {
    double min, max;
} JsonRange;

NODISCARD Status json_get_number(JsonValue object, const char *key, JsonNeed need,
                                 JsonRange range, double *out);
// A whole number; at most 2^53 in size.
NODISCARD Status json_get_int(JsonValue object, const char *key, JsonNeed need, JsonRange range,
                              int64_t *out);
// One of `words`; *out becomes its index.
NODISCARD Status json_get_word(JsonValue object, const char *key, JsonNeed need,
                               const char *const *words, size_t word_count, int *out);
NODISCARD Status json_get_object(JsonValue object, const char *key, JsonNeed need,
                                 JsonValue *out);
// ERR_LIMIT if it has more than max_count items.
NODISCARD Status json_get_array(JsonValue object, const char *key, JsonNeed need,
                                size_t max_count, JsonValue *out);
// An array of exactly `count` numbers, e.g. a point.
NODISCARD Status json_get_numbers(JsonValue object, const char *key, JsonNeed need,
                                  JsonRange range, size_t count, float *out);

// ERR_INVALID for a field that is not among `known`: most often a slip of the pen.
NODISCARD Status json_check_fields(JsonValue object, const char *const *known,
                                   size_t known_count);

// ---- items of an array, fields one after the other, and values on their own

size_t json_count(JsonValue value); // items or fields; 0 for other kinds and absent ones
JsonValue json_item(JsonValue array, size_t index); // absent past the end

// for (JsonValue f = json_first_field(object); f.value; f = json_next_field(f)) ... f.key ...
// in the order of the file.
JsonValue json_first_field(JsonValue object);
JsonValue json_next_field(JsonValue field);

NODISCARD Status json_to_text(JsonValue value, const char **out);
NODISCARD Status json_to_number(JsonValue value, JsonRange range, double *out);
NODISCARD Status json_to_int(JsonValue value, JsonRange range, int64_t *out);
NODISCARD Status json_to_object(JsonValue value); // OK if it is one
NODISCARD Status json_to_array(JsonValue value, size_t max_count);

// ---- writing: fields in the order of the calls, indented by two, numbers as short as they can
// be without loss, ASCII and UTF-8 as they are. Texts must be valid UTF-8, numbers finite.
//
//     JsonWriter writer = json_writer_make(arena);
//     json_begin_object(&writer, NULL);
//     json_put_text(&writer, "title", "A hare");
//     json_begin_array(&writer, "sizes");
//     json_put_number(&writer, NULL, 1.5);      // no key in an array
//     json_end(&writer);
//     json_end(&writer);
//     Bytes text = json_writer_text(&writer);   // ends with a new line

typedef struct JsonWriter {
    Arena *arena; // where the text grows
    char *text;
    size_t len, capacity;
    int depth;
    bool has_items[JSON_MAX_DEPTH + 1];
    bool is_object[JSON_MAX_DEPTH + 1];
} JsonWriter;

JsonWriter json_writer_make(Arena *arena);
void json_begin_object(JsonWriter *writer, const char *key);
void json_begin_array(JsonWriter *writer, const char *key);
void json_end(JsonWriter *writer);
void json_put_text(JsonWriter *writer, const char *key, const char *text);
void json_put_number(JsonWriter *writer, const char *key, double number);
void json_put_int(JsonWriter *writer, const char *key, int64_t number);
void json_put_bool(JsonWriter *writer, const char *key, bool value);
void json_put_null(JsonWriter *writer, const char *key);
// An array of numbers on one line.
void json_put_numbers(JsonWriter *writer, const char *key, const double *numbers, size_t count);
Bytes json_writer_text(JsonWriter *writer); // everything begun must be ended
