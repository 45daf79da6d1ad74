// test_json.c: strict JSON, its sentences, and writing.

#include "test.h"

#include "data/json.h"
#include "io/file.h"

#include <locale.h>

static const JsonRange any_number = {-1e300, 1e300};

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static JsonDocument parse(const char *text)
{
    JsonDocument document;
    assert_ok(json_parse(bytes_of(text), "test.json", &document));
    return document;
}

static void assert_sentence(const char *expected)
{
    assert_string_equal(fault_last()->text, expected);
}

static void fields_are_read_by_type(void **state)
{
    (void)state;
    JsonDocument document =
        parse("{\"t\": \"hare\", \"n\": 2.5, \"i\": 7.0, \"b\": true, \"w\": \"mm\","
              " \"p\": [1, 2, 3], \"o\": {\"x\": 1}, \"z\": null}");
    JsonValue root = json_root(&document);
    const char *text = "unchanged";
    assert_ok(json_get_text(root, "absent", JSON_OPTIONAL, &text));
    assert_ok(json_get_text(root, "z", JSON_OPTIONAL, &text));
    assert_string_equal(text, "unchanged");
    assert_ok(json_get_text(root, "t", JSON_REQUIRED, &text));
    assert_string_equal(text, "hare");
    double number;
    assert_ok(json_get_number(root, "n", JSON_REQUIRED, (JsonRange){2.5, 2.5}, &number));
    assert_true(number == 2.5);
    int64_t whole;
    assert_ok(json_get_int(root, "i", JSON_REQUIRED, (JsonRange){0, 10}, &whole));
    assert_int_equal(whole, 7);
    bool truth = false;
    assert_ok(json_get_bool(root, "b", JSON_REQUIRED, &truth));
    assert_true(truth);
    static const char *const units[] = {"m", "mm"};
    int unit;
    assert_ok(json_get_word(root, "w", JSON_REQUIRED, units, 2, &unit));
    assert_int_equal(unit, 1);
    float point[3];
    assert_ok(json_get_numbers(root, "p", JSON_REQUIRED, any_number, 3, point));
    assert_true(point[2] == 3.0f);
    JsonValue object, array;
    assert_ok(json_get_object(root, "o", JSON_REQUIRED, &object));
    assert_int_equal(json_count(object), 1);
    assert_ok(json_get_array(root, "p", JSON_REQUIRED, 3, &array));
    assert_int_equal(json_count(array), 3);
    assert_int_equal(json_kind(json_item(array, 3)), JSON_KIND_ABSENT);
    json_drop(&document);
    json_drop(&document);
}

static void sentences_name_file_and_place(void **state)
{
    (void)state;
    JsonDocument document =
        parse("{\"dimensions\": [{}, {}, {\"value_mm\": \"12\"}, null, null],"
              " \"unit\": \"ell\", \"n\": 1.5, \"titel\": 1}");
    JsonValue root = json_root(&document), array, item;
    assert_ok(json_get_array(root, "dimensions", JSON_REQUIRED, 5, &array));
    double number;
    item = json_item(array, 2);
    assert_status(json_get_number(item, "value_mm", JSON_REQUIRED, any_number, &number),
                  ERR_INVALID);
    assert_sentence("test.json: dimensions[2].value_mm: expected a number, found a text");
    assert_status(json_get_number(item, "kind", JSON_REQUIRED, any_number, &number),
                  ERR_INVALID);
    assert_sentence("test.json: dimensions[2].kind: is missing");
    assert_status(json_to_object(json_item(array, 4)), ERR_INVALID);
    assert_sentence("test.json: dimensions[4]: expected an object, found null");
    assert_status(json_get_array(root, "dimensions", JSON_REQUIRED, 4, &array), ERR_LIMIT);
    assert_sentence("test.json: dimensions: has 5 items; the limit is 4");
    static const char *const units[] = {"m", "mm"};
    int unit;
    assert_status(json_get_word(root, "unit", JSON_REQUIRED, units, 2, &unit), ERR_INVALID);
    assert_sentence("test.json: unit: is \"ell\", expected one of: m, mm");
    int64_t whole;
    assert_status(json_get_int(root, "n", JSON_REQUIRED, any_number, &whole), ERR_INVALID);
    assert_sentence("test.json: n: is 1.5, expected a whole number");
    assert_status(json_get_int(root, "n", JSON_REQUIRED, (JsonRange){2, 3}, &whole),
                  ERR_INVALID);
    assert_sentence("test.json: n: is 1.5, expected a number from 2 to 3");
    static const char *const known[] = {"dimensions", "unit", "n", "title"};
    assert_status(json_check_fields(root, known, 4), ERR_INVALID);
    assert_sentence("test.json: titel: is not a field that is known here");
    float point[3];
    assert_status(json_get_numbers(root, "dimensions", JSON_REQUIRED, any_number, 3, point),
                  ERR_INVALID);
    assert_sentence("test.json: dimensions: has 5 numbers, expected 3");
    assert_status(json_to_array(root, 1), ERR_INVALID);
    assert_sentence("test.json: (top): expected a list, found an object");
    json_drop(&document);
}

static void fields_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    JsonDocument document = parse("{\"z\": 1, \"a\": 2, \"m\": 3, \"b\": 4}");
    char keys[8] = "";
    JsonValue root = json_root(&document);
    for (JsonValue f = json_first_field(root); f.value; f = json_next_field(f))
        strcat(keys, f.key);
    assert_string_equal(keys, "zamb");
    json_drop(&document);
}

static void strictness_is_explained(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len;
        Status status;
        const char *sentence;
    } cases[] = {
        {"", 0, ERR_CORRUPT, "line 1, column 1"},
        {"[1,\n 2,, 3]", 11, ERR_CORRUPT, "line 2, column 4"},
        {"[\"a\0b\"]", 7, ERR_CORRUPT, "line 1, column 4: a zero byte"},
        {"[\"\\u0000\"]", 10, ERR_CORRUPT, "\\u0000"},
        {"[\n\"h\xe9ron\"]", 10, ERR_CORRUPT, "line 2, column 3: bytes that are not UTF-8"},
        {"{\"a\":1,\"a\":2}", 13, ERR_CORRUPT, "duplicate object key"},
        {"\"text\"", 6, ERR_CORRUPT, "'[' or '{' expected"},
        {"[1] x", 5, ERR_CORRUPT, "end of file expected"},
        {"[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", 34, ERR_LIMIT,
         "column 17: nested deeper than 16"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        JsonDocument document;
        Bytes text = {(const uint8_t *)cases[i].text, cases[i].len};
        assert_status(json_parse(text, "x.json", &document), cases[i].status);
        if (!strstr(fault_last()->text, cases[i].sentence) ||
            !str_starts_with(str_of(fault_last()->text), "x.json: line "))
            fail_msg("\"%s\" does not say \"%s\"", fault_last()->text, cases[i].sentence);
    }
    JsonDocument document = parse("[[[[[[[[[[[[[[[[\"[[[\\\"[\"]]]]]]]]]]]]]]]]");
    json_drop(&document);
}

static void a_megabyte_is_the_end(void **state)
{
    (void)state;
    Arena arena = {0};
    char *text = arena_alloc(&arena, JSON_MAX_BYTES + 1, 1);
    memset(text, ' ', JSON_MAX_BYTES + 1);
    memcpy(text, "[]", 2);
    JsonDocument document;
    assert_ok(json_parse((Bytes){(uint8_t *)text, JSON_MAX_BYTES}, "x", &document));
    json_drop(&document);
    assert_status(json_parse((Bytes){(uint8_t *)text, JSON_MAX_BYTES + 1}, "x", &document),
                  ERR_LIMIT);
    memset(text, '[', JSON_MAX_BYTES); // would overrun the stack of a reader that recurses
    assert_status(json_parse((Bytes){(uint8_t *)text, JSON_MAX_BYTES}, "x", &document),
                  ERR_LIMIT);
    arena_drop(&arena);
}

static void truncations_and_flips_are_refused_or_read(void **state)
{
    (void)state;
    static const char good[] = "{\"t\": \"h\\u00e9\xc3\xa9\", \"n\": [1, -2.5e3, true, null]}";
    enum { LEN = sizeof good - 1 };
    char bad[LEN];
    for (size_t len = 0; len <= LEN; len++) {
        JsonDocument document = {0};
        memcpy(bad, good, LEN);
        Status status = json_parse((Bytes){(uint8_t *)bad, len}, "x", &document);
        assert_int_equal(status == OK, len == LEN);
        json_drop(&document);
    }
    for (size_t bit = 0; bit < LEN * 8; bit++) {
        JsonDocument document = {0};
        memcpy(bad, good, LEN);
        bad[bit / 8] ^= (char)(1 << bit % 8);
        Status status = json_parse((Bytes){(uint8_t *)bad, LEN}, "x", &document);
        assert_true(status == OK || document.root == NULL);
        json_drop(&document);
    }
}

// What other readers must accept and we do not: no object or array at the top, no key twice,
// no NUL.
static bool is_beyond_our_rules(const char *name)
{
    static const char *const ours[] = {
        "y_structure_lonely_",       "y_structure_string_empty.json",
        "y_object_duplicated_key",   "y_object_escaped_null_in_key.json",
        "y_string_null_escape.json", "y_structure_true_in_array_no",
    };
    for (size_t i = 0; i < COUNT_OF(ours); i++) {
        if (str_starts_with(str_of(name), ours[i]))
            return true;
    }
    return false;
}

static void conformance_files_are_read_or_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    const char *folder = shared_file(&arena, "conformance/json");
    FileName *names;
    size_t count, read = 0;
    assert_ok(file_list(folder, &arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_ends_with(str_of(names[i].name), ".json"))
            continue;
        Bytes text;
        assert_ok(file_read(path_join(&arena, folder, names[i].name), 1 << 24, &arena, &text));
        JsonDocument document = {0};
        Status status = json_parse(text, names[i].name, &document);
        json_drop(&document);
        char kind = names[i].name[0];
        bool must_be_read = kind == 'y' && !is_beyond_our_rules(names[i].name);
        bool must_be_refused = kind == 'n' || (kind == 'y' && !must_be_read);
        if (must_be_read && status)
            fail_msg("refused: %s", fault_last()->text);
        if (must_be_refused && !status)
            fail_msg("read: %s", names[i].name);
        read++;
    }
    print_message("%zu files\n", read);
    arena_drop(&arena);
}

static void write_sample(JsonWriter *writer)
{
    static const double corner[] = {0.1, -2, 1e-7};
    json_begin_object(writer, NULL);
    json_put_text(writer, "title", "a \"hare\"\\\n\x01 \xc3\xa9");
    json_put_int(writer, "count", -9007199254740993);
    json_put_number(writer, "size", 12.5);
    json_put_number(writer, "third", 1.0 / 3.0);
    json_put_number(writer, "hundred", 100);
    json_put_bool(writer, "ok", true);
    json_put_null(writer, "none");
    json_put_numbers(writer, "corner", corner, 3);
    json_begin_array(writer, "empty");
    json_end(writer);
    json_begin_array(writer, "list");
    json_put_number(writer, NULL, 1);
    json_begin_object(writer, NULL);
    json_end(writer);
    json_end(writer);
    json_end(writer);
}

static const char sample[] = "{\n"
                             "  \"title\": \"a \\\"hare\\\"\\\\\\n\\u0001 \xc3\xa9\",\n"
                             "  \"count\": -9007199254740993,\n"
                             "  \"size\": 12.5,\n"
                             "  \"third\": 0.3333333333333333,\n"
                             "  \"hundred\": 100,\n"
                             "  \"ok\": true,\n"
                             "  \"none\": null,\n"
                             "  \"corner\": [0.1, -2, 1e-07],\n"
                             "  \"empty\": [],\n"
                             "  \"list\": [\n"
                             "    1,\n"
                             "    {}\n"
                             "  ]\n"
                             "}\n";

static void writing_is_always_the_same(void **state)
{
    (void)state;
    Arena arena = {0};
    for (int round = 0; round < 2; round++) {
        if (round)
            setlocale(LC_ALL, "de_DE.UTF-8"); // absent on many machines: then the same again
        JsonWriter writer = json_writer_make(&arena);
        write_sample(&writer);
        Bytes text = json_writer_text(&writer);
        assert_int_equal(text.len, sizeof sample - 1);
        assert_memory_equal(text.ptr, sample, text.len);
        JsonDocument document;
        assert_ok(json_parse(text, "x", &document));
        double third;
        assert_ok(
            json_get_number(json_root(&document), "third", JSON_REQUIRED, any_number, &third));
        assert_true(third == 1.0 / 3.0);
        json_drop(&document);
    }
    setlocale(LC_ALL, "C");
    arena_drop(&arena);
}

static void callers_may_widen_the_limits(void **state)
{
    (void)state;
    JsonDocument document;
    const char *deep = "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]";
    assert_status(json_parse(bytes_of(deep), "deep.json", &document), ERR_LIMIT);
    assert_ok(json_parse_within(bytes_of(deep), &(JsonLimits){64, 18}, "deep.json", &document));
    json_drop(&document);
    assert_status(
        json_parse_within(bytes_of(deep), &(JsonLimits){35, 18}, "deep.json", &document),
        ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_read_by_type),
        cmocka_unit_test(sentences_name_file_and_place),
        cmocka_unit_test(fields_come_in_the_order_of_the_file),
        cmocka_unit_test(strictness_is_explained),
        cmocka_unit_test(a_megabyte_is_the_end),
        cmocka_unit_test(callers_may_widen_the_limits),
        cmocka_unit_test(truncations_and_flips_are_refused_or_read),
        cmocka_unit_test(conformance_files_are_read_or_refused),
        cmocka_unit_test(writing_is_always_the_same),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
