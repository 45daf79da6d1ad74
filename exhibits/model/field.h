// field.h: reads the fields of a JSON object and collects what is wrong with them.
//
// Every function here sets its result, or leaves it as it was and adds a problem; the caller
// goes on with the next field and asks problem_verdict at the end. A value that is a text
// beginning with RECORD_FILL_IN is a field still to be written: a note, and absent.
// Used by record.c, story.c and plan.c.

#pragma once
#include "data/json.h"
#include "data/langtext.h"
#include "exhibits/model/problem.h"

typedef struct Fields {
    Problems *problems;   // never NULL
    Arena *arena;         // where results live
    const char *file;     // for problems
    const char *fallback; // a language that every text has to have; NULL: any
} Fields;

// True if it is OK; else the fault becomes a problem.
bool field_ok(Fields *fields, Status status);
// A problem about a value.
void field_problem(Fields *fields, JsonValue at, Status status, const char *format, ...)
    PRINTF_LIKE(4, 5);
// Advice about a field that is not there.
void field_note(Fields *fields, JsonValue object, const char *key, const char *advice);
// The same of one that every visitor needs.
void field_lack(Fields *fields, JsonValue object, const char *key, const char *advice);
// The language others fall back to: English where `text` has it, else its first.
const char *field_fallback(const LangText *text);

bool field_is_there(Fields *fields, JsonValue object, const char *key);
void field_text(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                const char **out); // cleaned; "" if absent
void field_lang(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                LangText *out);
// "title": shorter than other texts.
void field_title(Fields *fields, JsonValue object, JsonNeed need, LangText *out);
void field_langs(Fields *fields, JsonValue object, const char *key, size_t max_count,
                 LangTexts *out);
void field_number(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                  JsonRange range, double *out);
void field_float(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                 JsonRange range, float *out);
void field_int(Fields *fields, JsonValue object, const char *key, JsonNeed need,
               JsonRange range, int64_t *out);
void field_count(Fields *fields, JsonValue object, const char *key, uint32_t max,
                 uint32_t *out);
void field_bool(Fields *fields, JsonValue object, const char *key, bool *out);
void field_numbers(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                   JsonRange range, size_t count, float *out);

typedef struct FieldWords {
    const char *const *words;
    size_t count;
} FieldWords;
void field_word(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                FieldWords words, int *out);

// The object or array at `key`; absent if it is not there, or not one (a problem).
JsonValue field_object(Fields *fields, JsonValue object, const char *key);
JsonValue field_array(Fields *fields, JsonValue object, const char *key, size_t max_count);
// Item `index` if it is an object; else absent and a problem.
JsonValue field_item(Fields *fields, JsonValue array, size_t index);
// Problems for fields not among `known`.
void field_known(Fields *fields, JsonValue object, const char *const *known, size_t count);

// A path below the record's folder, of the names a pack may hold; "" if absent.
void field_file(Fields *fields, JsonValue object, const char *key, const char **out);
// Files by language, or one for all of them: {"en": "a.opus"} or "a.opus" (whose tag is "").
// The name ends with `suffix`.
void field_files(Fields *fields, JsonValue object, const char *key, const char *suffix,
                 LangText *out);
// Sounds and their captions, `audio` and `captions`. What is spoken is written down, too: in
// `text`, which is called `name`, in the sound's language.
void field_sounds(Fields *fields, JsonValue object, const LangText *text, const char *name,
                  LangText *audio, LangText *captions);
void field_put_files(JsonWriter *writer, const char *key, const LangText *files);
// An id: 1 to 64 of [a-z0-9-], first and last a letter or digit.
void field_id(Fields *fields, JsonValue object, const char *key, JsonNeed need,
              const char **out);
bool field_is_id(const char *id);
bool field_is_pack_name(const char *name); // [a-z0-9_.-] and '/', as archives want it

void field_put_langs(JsonWriter *writer, const char *key, const LangTexts *texts);
// Writes the field unless the text is empty, or the number 0.
void field_put_text(JsonWriter *writer, const char *key, const char *text);
void field_put_number(JsonWriter *writer, const char *key, double number);
