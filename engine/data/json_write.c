// json_write.c: JSON written always the same way.

#include "data/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(JsonWriter *writer, const char *text, size_t len)
{
    if (len > writer->capacity - writer->len) {
        size_t capacity = MAX(writer->capacity * 2, writer->len + len + 256);
        writer->text = arena_grow(writer->arena, writer->text, writer->capacity, capacity, 1);
        writer->capacity = capacity;
    }
    memcpy(writer->text + writer->len, text, len);
    writer->len += len;
}

static void put_word(JsonWriter *writer, const char *word)
{
    put(writer, word, strlen(word));
}

static void put_line_end(JsonWriter *writer)
{
    put_word(writer, "\n");
    for (int i = 0; i < writer->depth; i++)
        put_word(writer, "  ");
}

static void put_quoted(JsonWriter *writer, const char *text)
{
    ASSERT(utf8_is_valid(str_of(text)));
    put_word(writer, "\"");
    while (*text) {
        size_t plain = 0;
        while ((uint8_t)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        put(writer, text, plain);
        text += plain;
        if (!*text)
            break;
        char escaped[8];
        if (*text == '"' || *text == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", *text);
        else if (*text == '\n')
            snprintf(escaped, sizeof escaped, "\\n");
        else
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)(uint8_t)*text);
        put_word(writer, escaped);
        text++;
    }
    put_word(writer, "\"");
}

// Comma, line and key before a value.
static void begin_item(JsonWriter *writer, const char *key)
{
    bool is_field = writer->is_object[writer->depth];
    ASSERT(is_field == (key != NULL)); // fields have a key, items and the top have none
    if (writer->has_items[writer->depth])
        put_word(writer, ",");
    writer->has_items[writer->depth] = true;
    if (writer->depth > 0)
        put_line_end(writer);
    if (key) {
        put_quoted(writer, key);
        put_word(writer, ": ");
    }
}

static void begin_container(JsonWriter *writer, const char *key, bool is_object)
{
    begin_item(writer, key);
    ASSERT(writer->depth < JSON_MAX_DEPTH);
    put_word(writer, is_object ? "{" : "[");
    writer->depth++;
    writer->is_object[writer->depth] = is_object;
    writer->has_items[writer->depth] = false;
}

// 15 digits say it as people would; 17 always read back as the same number. A point whatever
// the locale.
static void put_double(JsonWriter *writer, double number)
{
    ASSERT(isfinite(number));
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    for (char *c = text; *c; c++)
        *c = *c == ',' ? '.' : *c;
    put_word(writer, text);
}

JsonWriter json_writer_make(Arena *arena)
{
    return (JsonWriter){.arena = arena};
}

void json_begin_object(JsonWriter *writer, const char *key)
{
    begin_container(writer, key, true);
}

void json_begin_array(JsonWriter *writer, const char *key)
{
    begin_container(writer, key, false);
}

void json_end(JsonWriter *writer)
{
    ASSERT(writer->depth > 0);
    bool had_items = writer->has_items[writer->depth];
    bool is_object = writer->is_object[writer->depth];
    writer->depth--;
    if (had_items)
        put_line_end(writer);
    put_word(writer, is_object ? "}" : "]");
}

void json_put_text(JsonWriter *writer, const char *key, const char *text)
{
    begin_item(writer, key);
    put_quoted(writer, text);
}

void json_put_number(JsonWriter *writer, const char *key, double number)
{
    begin_item(writer, key);
    put_double(writer, number);
}

void json_put_int(JsonWriter *writer, const char *key, int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)number);
    begin_item(writer, key);
    put_word(writer, text);
}

void json_put_bool(JsonWriter *writer, const char *key, bool value)
{
    begin_item(writer, key);
    put_word(writer, value ? "true" : "false");
}

void json_put_null(JsonWriter *writer, const char *key)
{
    begin_item(writer, key);
    put_word(writer, "null");
}

void json_put_numbers(JsonWriter *writer, const char *key, const double *numbers, size_t count)
{
    begin_item(writer, key);
    put_word(writer, "[");
    for (size_t i = 0; i < count; i++) {
        put_word(writer, i ? ", " : "");
        put_double(writer, numbers[i]);
    }
    put_word(writer, "]");
}

Bytes json_writer_text(JsonWriter *writer)
{
    ASSERT(writer->depth == 0 && writer->has_items[0]);
    put_word(writer, "\n");
    return (Bytes){(const uint8_t *)writer->text, writer->len};
}
