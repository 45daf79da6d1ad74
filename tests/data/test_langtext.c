// test_langtext.c: one text in several languages: found, cleaned, limited.

#include "test.h"

#include "data/langtext.h"

static Status parse(Arena *arena, const char *json, bool is_title, LangText *out)
{
    JsonDocument document = {0};
    assert_ok(json_parse((Bytes){(const uint8_t *)json, strlen(json)}, "t", &document));
    Status status = is_title ? langtext_parse_title(json_root(&document), arena, out)
                             : langtext_parse(json_root(&document), arena, out);
    json_drop(&document);
    return status;
}

static void the_best_language_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *wish, *found;
    } cases[] = {
        {"de", "Hase"},  {"DE", "Hase"},     {"de-AT", "Hase"}, {"pt-BR", "Coelho"},
        {"pt", "Lebre"}, {"pt-PT", "Lebre"}, {"ja", "Hare"},    {NULL, "Hare"},
        {"d", "Hare"},   {"deu", "Hare"},    {"", "Hare"},
    };
    Arena arena = {0};
    LangText text = {0};
    assert_ok(parse(&arena,
                    "{\"de\": \"Hase\", \"pt\": \"Lebre\", \"pt-BR\": \"Coelho\", "
                    "\"en\": \"Hare\"}",
                    false, &text));
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(langtext_find(&text, cases[i].wish), cases[i].found);
    assert_string_equal(langtext_tag(&text, "de-CH"), "de");
    assert_ok(parse(&arena, "{\"ja\": \"兎\", \"fr\": \"Lièvre\"}", false, &text));
    assert_string_equal(langtext_find(&text, "de"), "兎"); // no English: the first
    assert_ok(
        parse(&arena,
              "{\"zh\": \"1\", \"zh-Hans\": \"2\", \"zh-Hant\": \"3\", \"sr-Latn-RS\": \"4\"}",
              false, &text));
    assert_string_equal(langtext_find(&text, "zh-Hant-TW"), "3"); // the nearest parent
    assert_string_equal(langtext_find(&text, "zh-hans-u-nu-hanidec"), "2");
    assert_string_equal(langtext_find(&text, "zh-CN"), "1");
    assert_string_equal(langtext_find(&text, "sr"), "4");
    assert_string_equal(langtext_find(&text, "-"), "1");
    LangText none = {0};
    assert_string_equal(langtext_find(&none, "en"), "");
    assert_string_equal(langtext_tag(&none, "en"), "");
    arena_drop(&arena);
}

static void a_language_is_the_same_in_every_region(void **state)
{
    (void)state;
    assert_true(langtext_is_same("de-AT", "de"));
    assert_true(langtext_is_same("DE", "de_CH"));
    assert_false(langtext_is_same("de", "den"));
    assert_false(langtext_is_same("de", "en"));
    assert_false(langtext_is_same("", ""));
}

static void texts_are_cleaned(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *clean;
    } cases[] = {
        {"  Hare \n", "Hare"},
        {"a\tb\nc", "a\tb\nc"},
        {"bell\a and \x1b[31mred\x7f", "bell and [31mred"},
        {"\u202egnp.exe\u202c", "gnp.exe"}, // would read as "exe.png"
        {"\u2067a\u2069b\u200fc", "ab\u200fc"},
        {"\ufeffmark\u2028lines\u2029", "marklines"},
        {"\xc2\x85\xc2\x9fx", "x"},
        {"兎\u0301👩\u200d🎨", "兎\u0301👩\u200d🎨"}, // joiners and accents are text
        {" \u202e ", ""},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(langtext_clean(&arena, str_of(cases[i].raw)), cases[i].clean);
    arena_drop(&arena);
}

static void tags_are_well_formed(void **state)
{
    (void)state;
    static const char *const good[] = {"en", "pt-BR", "zh-Hant-TW", "de-1996"};
    static const char *const bad[] = {"",     "e n",        "en_US",        "en-",
                                      "-en",  "en--US",     "<b>",          "日本",
                                      "en\n", "toolongone", "en-toolongone"};
    for (size_t i = 0; i < COUNT_OF(good); i++)
        if (!langtext_is_tag(str_of(good[i])))
            fail_msg("%s is a tag", good[i]);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (langtext_is_tag(str_of(bad[i])))
            fail_msg("%s is no tag", bad[i]);
}

static void other_things_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        Status status;
    } cases[] = {
        {"[]", ERR_INVALID},
        {"{\"en\": 3}", ERR_INVALID},
        {"{\"en\": \"\"}", ERR_INVALID},
        {"{\"en\": \" \\u202e \"}", ERR_INVALID},
        {"{\"en_US\": \"a\"}", ERR_INVALID},
        {"{\"en\": \"a\", \"EN\": \"b\"}", ERR_INVALID},
        {"{\"en\": {\"en\": \"a\"}}", ERR_INVALID},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        LangText text = {0};
        assert_status(parse(&arena, cases[i].json, false, &text), cases[i].status);
        assert_int_equal(text.count, 0);
    }
    arena_drop(&arena);
}

static const char *text_of(Arena *arena, size_t len)
{
    char *letters = arena_alloc(arena, len + 1, 1);
    memset(letters, 'a', len);
    return str_format(arena, "{\"en\": \"%s\"}", letters);
}

static void lengths_are_limited(void **state)
{
    (void)state;
    Arena arena = {0};
    LangText text = {0};
    assert_ok(parse(&arena, text_of(&arena, LANGTEXT_MAX_BYTES), false, &text));
    assert_status(parse(&arena, text_of(&arena, LANGTEXT_MAX_BYTES + 1), false, &text),
                  ERR_LIMIT);
    assert_ok(parse(&arena, text_of(&arena, LANGTEXT_MAX_TITLE_BYTES), true, &text));
    assert_status(parse(&arena, text_of(&arena, LANGTEXT_MAX_TITLE_BYTES + 1), true, &text),
                  ERR_LIMIT);
    const char *many = "{\"a0\": \"x\"";
    for (int i = 1; i <= LANGTEXT_MAX_LANGUAGES; i++)
        many = str_format(&arena, "%s, \"a%d\": \"x\"", many, i);
    assert_status(parse(&arena, str_format(&arena, "%s}", many), false, &text), ERR_LIMIT);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_language_is_found),
        cmocka_unit_test(a_language_is_the_same_in_every_region),
        cmocka_unit_test(texts_are_cleaned),
        cmocka_unit_test(tags_are_well_formed),
        cmocka_unit_test(other_things_are_refused),
        cmocka_unit_test(lengths_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
