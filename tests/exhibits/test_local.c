// test_local.c: numbers, lengths and dates as languages write them.

#include "exhibits/model/local.h"
#include "test.h"

static void quantities_are_written_as_the_language_does(void **state)
{
    (void)state;
    static const struct {
        const char *language, *plain, *expected;
    } cases[] = {
        {"en", "12.3 mm ± 0.1", "12.3\u00a0mm ± 0.1"},
        {"de", "12.3 mm ± 0.1", "12,3\u00a0mm ± 0,1"},
        {"fr", "41.5° ± 0.5", "41,5° ± 0,5"},
        {"es", "Σ 1.5 cm", "Σ 1,5\u00a0cm"},
        {"ja", "12.3 mm ± 0.1", "12.3\u00a0mm ± 0.1"},
        {"ar", "12.3 mm ± 0.1", "١٢٫٣\u00a0مم ± ٠٫١"},
        {"ar", "840 µm ± 20", "٨٤٠\u00a0ميكرومتر ± ٢٠"},
        {"ar", "5 m", "٥\u00a0م"},
        {"ar-EG", "0.85×", "٠٫٨٥×"},
        {"ar-MA", "12.3 mm ± 0.1", "12,3\u00a0مم ± 0,1"},
        {"ar-AE", "12.3", "12.3"},
        {"ar-u-nu-latn", "12.3", "12.3"},
        {"ar-MA-u-nu-arab", "12.3", "١٢٫٣"},
        {"de-AT", "0.5", "0,5"},
        {"de-CH", "14500.5 m", "14’500.5\u00a0m"},
        {"es-MX", "0.5", "0.5"},
        {NULL, "0.5 mm", "0.5\u00a0mm"},
        {"tlh", "0.5 mm", "0.5\u00a0mm"},
        {"ende", "0.5", "0.5"}, // no language of the list, though it begins as one
        {"de", "0.1\u00a0×\u00a00.25\u00a0mm", "0,1\u00a0×\u00a00,25\u00a0mm"},
        {"de", "-3.5", "−3,5"},
        {"de", "3-4", "3-4"},
        {"de", "3 miles, 4 mmm", "3 miles, 4 mmm"}, // no units
        {"de", "At 5. Then", "At 5. Then"},
        {"de", "no figures", "no figures"},
        {"de", "", ""},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Local local = local_of(cases[i].language);
        const char *text = local_text(&local, cases[i].plain, &arena);
        if (strcmp(text, cases[i].expected))
            fail_msg("%s: '%s', expected '%s'", cases[i].language, text, cases[i].expected);
    }
    arena_drop(&arena);
}

static void thousands_stand_apart(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        uint64_t count;
        const char *expected;
    } cases[] = {
        {"en", 0, "0"},
        {"en", 9999, "9999"},
        {"en", 10000, "10\u202f000"},
        {"de", 1048576, "1\u202f048\u202f576"},
        {"ja", 1048576, "1,048,576"},
        {"ar", 1048576, "١٬٠٤٨٬٥٧٦"},
        {"en", UINT64_MAX, "18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Local local = local_of(cases[i].language);
        assert_string_equal(local_count(&local, cases[i].count, &arena), cases[i].expected);
    }
    Local german = local_of("de");
    assert_string_equal(local_number(&german, 12345.678, 2, &arena), "12\u202f345,68");
    assert_string_equal(local_number(&german, -0.5, 1, &arena), "−0,5");
    arena_drop(&arena);
}

static void dates_name_their_month(void **state)
{
    (void)state;
    static const struct {
        const char *language, *iso, *expected;
    } cases[] = {
        {"en", "2023-05-17", "17 May 2023"},
        {"de", "2023-05-17", "17. Mai 2023"},
        {"de", "2023-03-01", "1. März 2023"},
        {"fr", "2023-05-17", "17 mai 2023"},
        {"fr", "2023-05-01", "1er mai 2023"},
        {"es", "2023-05-17", "17 de mayo de 2023"},
        {"ja", "2023-05-17", "2023年5月17日"},
        {"ja", "2023-12", "2023年12月"},
        {"ar", "2023-05-17", "١٧ مايو ٢٠٢٣"},
        {"ar-MA", "2023-05-17", "17 مايو 2023"},
        {"de", "2023-05", "Mai 2023"},
        {"es", "2023-05", "mayo de 2023"},
        {"de", "2023", "2023"},
        {"ar", "2023", "٢٠٢٣"},
        {"de", "about 1780", "about 1780"},
        {"de", "2023-13", "2023-13"},
        {"de", "2023-00-01", "2023-00-01"},
        {"de", "2023-05-32", "2023-05-32"},
        {"de", "2023-05-17T10", "2023-05-17T10"},
        {"de", "2023-", "2023-"},
        {"de", "", ""},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Local local = local_of(cases[i].language);
        const char *text = local_date(&local, cases[i].iso, &arena);
        if (strcmp(text, cases[i].expected))
            fail_msg("%s: '%s', expected '%s'", cases[i].language, text, cases[i].expected);
    }
    arena_drop(&arena);
}

static void texts_in_another_language_say_so(void **state)
{
    (void)state;
    static const struct {
        const char *wished, *shown, *note;
    } cases[] = {
        {"de", "en", "Sprache: English"},
        {"fr", "pt-BR", "Langue : Português"},
        {"en", "ja", "Language: 日本語"},
        {"pt", "en", "Language: English"},
        {"ar", "tlh", "اللغة: tlh"},
        {"de-AT", "de", ""},
        {"en", "en-GB", ""},
        {NULL, "fr", ""},
        {"fr", "", ""},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(local_language_note(cases[i].wished, cases[i].shown, &arena),
                            cases[i].note);
    // What the house speaks and what it calls others are the same names.
    for (size_t i = 0; i < tongue_count(); i++)
        assert_string_equal(local_language_name(tongue_tag(tongue_at(i))),
                            tongue_name(tongue_at(i)));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_are_written_as_the_language_does),
        cmocka_unit_test(thousands_stand_apart),
        cmocka_unit_test(dates_name_their_month),
        cmocka_unit_test(texts_in_another_language_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
