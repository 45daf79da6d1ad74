// test_words.c: the interface speaks every language it says it does, whole.

#include "base/str.h"
#include "museum/hud_help.h"
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

// The same controls in the same order, and every sentence in the language's own words.
static void help_is_whole_in_every_language(void **state)
{
    (void)state;
    const HudHelp *english = hud_find_help("en");
    for (size_t i = 0; i < COUNT_OF(tongues); i++) {
        const HudHelp *own = hud_find_help(tongues[i]), *line = english;
        assert_non_null(own);
        for (; line->text && own->text; line++, own++) {
            const char *const ours[] = {line->keys, line->pad, line->touch}, *const theirs[] = {
                                                                                 own->keys,
                                                                                 own->pad,
                                                                                 own->touch};
            for (size_t k = 0; k < COUNT_OF(ours); k++) {
                if (!ours[k] != !theirs[k])
                    fail_msg("%s: '%s' is on another device", tongues[i], line->text);
                assert_true(!theirs[k] || (*theirs[k] && utf8_is_valid(str_of(theirs[k]))));
            }
            if (!strcmp(line->text, own->text))
                fail_msg("%s says '%s' in English", tongues[i], line->text);
            assert_true(utf8_is_valid(str_of(own->text)));
        }
        assert_true(!line->text && !own->text);
    }
    hud_speak("de");
    assert_ptr_equal(hud_help(), hud_find_help("de-AT"));
    hud_speak("tlh");
    assert_ptr_equal(hud_help(), english);
    hud_speak(NULL);
}

// Where help names a button, the button says so.
static void help_names_buttons_as_they_are(void **state)
{
    (void)state;
    static const HudWord buttons[] = {WORD_TRUE_SIZE, WORD_SHOW_DETAILS, WORD_COMPARE,
                                      WORD_LINKED,    WORD_PHOTOGRAPH,   WORD_SHOW_PLAN};
    const HudHelp *english = hud_find_help("en");
    for (size_t i = 0; i < COUNT_OF(tongues); i++) {
        const char *const *words = hud_find_tongue(tongues[i]);
        const HudHelp *own = hud_find_help(tongues[i]);
        hud_speak(NULL);
        size_t found = 0;
        for (size_t k = 0; english[k].text; k++) {
            for (size_t b = 0; english[k].touch && b < COUNT_OF(buttons); b++) {
                if (strcmp(english[k].touch, hud_word(buttons[b])))
                    continue;
                assert_string_equal(own[k].touch, words[buttons[b]]);
                found++;
            }
        }
        assert_int_equal(found, COUNT_OF(buttons));
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
        cmocka_unit_test(help_is_whole_in_every_language),
        cmocka_unit_test(help_names_buttons_as_they_are),
        cmocka_unit_test(the_language_is_found_by_its_tag),
        cmocka_unit_test(one_speaks_what_one_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
