// test_words.c: the interface speaks every language it says it does, whole.

#include "base/str.h"
#include "exhibits/model/tongue.h"
#include "museum/hud_help.h"
#include "museum/hud_words.h"
#include "test.h"

static int reset(void **state)
{
    (void)state;
    hud_speak(NULL);
    return 0;
}

static void every_word_is_there(void **state)
{
    (void)state;
    for (int w = 0; w < WORD_COUNT; w++)
        assert_true(hud_word((HudWord)w) && *hud_word((HudWord)w));
}

static void help_is_in_the_language_last_spoken(void **state)
{
    (void)state;
    const HudHelp english = hud_help()[0];
    for (size_t i = 1; i < tongue_count(); i++) {
        hud_speak(tongue_tag(tongue_at(i)));
        const HudHelp *own = hud_help();
        assert_string_not_equal(own->text, english.text);
        assert_string_not_equal(own->pad, english.pad);
        assert_null(own->touch);
        size_t count = 0;
        while (own[count].text)
            count++;
        assert_in_range(count, 30, 200);
    }
}

// A gamepad's button called Back is not the way back.
static void buttons_of_gamepads_keep_their_names(void **state)
{
    (void)state;
    hud_speak("de");
    size_t found = 0;
    for (const HudHelp *line = hud_help(); line->text; line++)
        found += line->pad && !strcmp(line->pad, "Back");
    assert_in_range(found, 1, 10);
    assert_string_equal(hud_word(WORD_LEAVE_COMPARISON), "Zurück");
}

// Where help names a button, the button says so.
static void help_names_buttons_as_they_are(void **state)
{
    (void)state;
    static const HudWord buttons[] = {WORD_TRUE_SIZE, WORD_SHOW_DETAILS, WORD_COMPARE,
                                      WORD_LINKED,    WORD_PHOTOGRAPH,   WORD_SHOW_PLAN};
    for (size_t i = 0; i < tongue_count(); i++) {
        hud_speak(tongue_tag(tongue_at(i)));
        for (size_t b = 0; b < COUNT_OF(buttons); b++) {
            size_t found = 0;
            for (const HudHelp *line = hud_help(); line->text; line++)
                found += line->touch && !strcmp(line->touch, hud_word(buttons[b]));
            if (found == 0)
                fail_msg("%s: help does not name '%s'", hud_spoken(), hud_word(buttons[b]));
        }
    }
}

static void one_speaks_what_one_is_told_at_once(void **state)
{
    (void)state;
    assert_string_equal(hud_word(WORD_ANGLE), "Angle");
    assert_string_equal(hud_arrow_back(), "‹");
    hud_speak("de");
    assert_string_equal(hud_word(WORD_ANGLE), "Winkel");
    assert_string_equal(hud_say("Angle"), "Winkel");
    assert_string_equal(hud_say_in("gamepad", "up"), "oben");
    assert_string_equal(hud_spoken(), "de");
    hud_speak("ar-EG");
    assert_string_equal(hud_word(WORD_ANGLE), "زاوية");
    assert_string_equal(hud_spoken(), "ar-EG");
    assert_true(hud_is_mirrored());
    assert_string_equal(hud_arrow_back(), "›");
    hud_speak("tlh");
    assert_string_equal(hud_word(WORD_ANGLE), "Angle");
    assert_string_equal(hud_spoken(), "en");
    assert_false(hud_is_mirrored());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_word_is_there, reset),
        cmocka_unit_test_setup(help_is_in_the_language_last_spoken, reset),
        cmocka_unit_test_setup(buttons_of_gamepads_keep_their_names, reset),
        cmocka_unit_test_setup(help_names_buttons_as_they_are, reset),
        cmocka_unit_test_setup(one_speaks_what_one_is_told_at_once, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
