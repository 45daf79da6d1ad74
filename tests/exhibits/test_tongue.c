// test_tongue.c: the programs speak the languages they say they do.

#include "exhibits/model/tongue.h"
#include "test.h"

static void the_six_languages_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *name;
        bool is_mirrored;
    } expected[] = {{"en", "English", false},  {"ar", "العربية", true},
                    {"de", "Deutsch", false},  {"es", "Español", false},
                    {"fr", "Français", false}, {"ja", "日本語", false}};
    assert_int_equal(tongue_count(), COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const Tongue *tongue = tongue_at(i);
        assert_string_equal(tongue_tag(tongue), expected[i].tag);
        assert_string_equal(tongue_name(tongue), expected[i].name);
        assert_int_equal(tongue_is_mirrored(tongue), expected[i].is_mirrored);
    }
}

static void a_language_is_found_by_its_tag(void **state)
{
    (void)state;
    assert_string_equal(tongue_tag(tongue_find("de-AT")), "de");
    assert_string_equal(tongue_tag(tongue_find("JA")), "ja");
    assert_ptr_equal(tongue_find("ja_JP"), tongue_find("ja"));
    static const char *const none[] = {"tlh", "des", "d", "", NULL};
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        assert_ptr_equal(tongue_find(none[i]), tongue_at(0));
        assert_false(tongue_is_there(none[i]));
    }
    assert_true(tongue_is_there("en-GB"));
}

static void what_is_not_translated_is_english(void **state)
{
    (void)state;
    const Tongue *german = tongue_find("de");
    assert_string_equal(tongue_say(german, "Angle"), "Winkel");
    assert_string_equal(tongue_say_in(german, "gamepad", "Back"), "Back");
    assert_string_equal(tongue_say(german, "Back"), "Zurück");
    assert_string_equal(tongue_say(german, "no such words"), "no such words");
    assert_string_equal(tongue_say_count(german, "%d nut", "%d nuts", 1), "%d nut");
    assert_string_equal(tongue_say_count(german, "%d nut", "%d nuts", 0), "%d nuts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_six_languages_are_there),
        cmocka_unit_test(a_language_is_found_by_its_tag),
        cmocka_unit_test(what_is_not_translated_is_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
