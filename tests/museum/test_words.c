// test_words.c: the interface speaks every language it says it does, whole.

#include "base/str.h"
#include "museum/hud_tongues.h"
#include "test.h"

static const char *const tongues[] = {"fr", "de", "es", "ar", "ja"};

static void every_word_is_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tongues); i++) {
        const char *const *words = hud_find_tongue(tongues[i]);
        assert_non_null(words);
        for (int w = 0; w < WORD_COUNT; w++) {
            if (!words[w] || !*words[w])
                fail_msg("%s has no word %d, '%s'", tongues[i], w, hud_word((HudWord)w));
            assert_true(utf8_is_valid(str_of(words[w])));
        }
    }
}

static void the_language_is_found_by_its_tag(void **state)
{
    (void)state;
    assert_ptr_equal(hud_find_tongue("de-AT"), hud_find_tongue("de"));
    assert_ptr_equal(hud_find_tongue("JA"), hud_find_tongue("ja_JP"));
    assert_null(hud_find_tongue("en"));
    assert_null(hud_find_tongue("des"));
    assert_null(hud_find_tongue(""));
    assert_null(hud_find_tongue(NULL));
}

static void one_speaks_what_one_is_told(void **state)
{
    (void)state;
    assert_string_equal(hud_word(WORD_ANGLE), "Angle");
    hud_speak("de");
    assert_string_equal(hud_word(WORD_ANGLE), "Winkel");
    hud_speak("tlh");
    assert_string_equal(hud_word(WORD_ANGLE), "Angle");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_there),
        cmocka_unit_test(the_language_is_found_by_its_tag),
        cmocka_unit_test(one_speaks_what_one_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
