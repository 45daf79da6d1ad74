// test_narration.c: what is told, how far it is and what is read of it, without a sound.

#include "museum/narration.h"
#include "test.h"

static LangEntry sounds[] = {{"en", "a-en.opus"}, {"de", "a-de.opus"}};
static LangEntry files[] = {{"en", "a-en.vtt"}};
static LangEntry texts[] = {{"en", "A hum."}, {"de", "Ein Summen."}};
static VttCue cues[] = {{1, 3, "A hum."}, {3, 4, "And no more."}};
static const Vtt captions = {2, cues, 4};
static const NarrationSubject first = {NARRATION_OF_DETAIL, 3, 1};

static const LangText all_sounds = {2, sounds}, all_files = {1, files}, all_texts = {2, texts};

static NarrationDesc desc_of(const char *language)
{
    return (NarrationDesc){first, "packs/0/owl", &all_sounds, &all_files, &all_texts, language};
}

// A sound of five seconds.
static NarrationEars ears_of(const Narration *n, SoundPhase phase, double at_s)
{
    return (NarrationEars){.sound = {.device = SOUND_OPEN,
                                     .narration = n->number,
                                     .phase = phase,
                                     .seconds = 5,
                                     .at_s = at_s,
                                     .captions = &captions},
                           .is_open = true};
}

static void hear(Narration *n, SoundPhase phase, double at_s)
{
    NarrationEars ears = ears_of(n, phase, at_s);
    narration_run(n, &ears, 0.1);
}

static void a_sound_of_ones_language_is_chosen(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("de-AT");
    assert_true(narration_begin(&n, &desc));
    assert_string_equal(n.file, "packs/0/owl/a-de.opus");
    assert_string_equal(n.captions, ""); // they are English, and there is a German text
    desc.language = "fr";
    assert_true(narration_begin(&n, &desc));
    assert_string_equal(n.file, "packs/0/owl/a-en.opus");
    assert_string_equal(n.captions, "packs/0/owl/a-en.vtt");
    assert_string_equal(n.captions_lang, "en");
    assert_int_equal(n.number, 2);
    desc.sounds = &(LangText){0};
    assert_false(narration_begin(&n, &desc));
    assert_int_equal(n.state, NARRATION_OFF);
    desc = desc_of("en");
    desc.folder = NULL; // of a tour that is in no pack
    assert_false(narration_begin(&n, &desc));
}

static void captions_come_as_it_is_told(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("en");
    assert_true(narration_begin(&n, &desc));
    assert_true(narration_is_of(&n, first));
    hear(&n, SOUND_LOADING, 0);
    assert_int_equal(n.state, NARRATION_LOADING);
    hear(&n, SOUND_PLAYING, 0.5);
    assert_int_equal(n.state, NARRATION_TELLING);
    assert_string_equal(n.cue, "");
    hear(&n, SOUND_PLAYING, 1.5);
    assert_string_equal(n.cue, "A hum.");
    hear(&n, SOUND_PLAYING, 2.5);
    hear(&n, SOUND_PLAYING, 3.5);
    assert_string_equal(n.cue, "And no more.");
    assert_int_equal(n.cue_count, 2);
    hear(&n, SOUND_ENDED, 5);
    assert_int_equal(n.state, NARRATION_OVER);
    assert_false(narration_is_of(&n, first));
    assert_string_equal(n.cue, ""); // the text does not come up behind it
    SoundWish wish = {0};
    narration_wish(&n, &wish);
    assert_int_equal(wish.narration, 0);
}

// Of another one than is wished by now nothing is taken.
static void what_another_sound_says_is_not_heard(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("en");
    assert_true(narration_begin(&n, &desc));
    NarrationEars ears = ears_of(&n, SOUND_ENDED, 5);
    ears.sound.narration = 7;
    narration_run(&n, &ears, 0.1);
    assert_int_equal(n.state, NARRATION_LOADING);
}

static void without_ears_it_takes_as_long(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        Narration n = {0};
        NarrationDesc desc = desc_of("en");
        assert_true(narration_begin(&n, &desc));
        NarrationEars ears = ears_of(&n, SOUND_READY, 0);
        ears.sound.device = kind == 0 ? SOUND_NO_DEVICE : kind == 1 ? SOUND_LOST : SOUND_OPEN;
        ears.is_open = kind != 2; // muted
        int steps = 0;
        while (n.state != NARRATION_OVER && steps < 1000) {
            narration_run(&n, &ears, 0.1);
            assert_null(n.cue); // the text is read instead
            steps++;
        }
        assert_in_range(steps, 50, 51);
    }
}

static void a_pause_stops_the_time(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("en");
    assert_true(narration_begin(&n, &desc));
    hear(&n, SOUND_READY, 0);
    double at_s = n.at_s;
    narration_pause(&n, true);
    hear(&n, SOUND_READY, 0);
    assert_true(n.at_s == at_s);
    SoundWish wish = {0};
    narration_wish(&n, &wish);
    assert_true(wish.is_paused);
    assert_true(wish.at_s == at_s);
    assert_string_equal(wish.file, "packs/0/owl/a-en.opus");
    narration_pause(&n, false);
    hear(&n, SOUND_READY, 0);
    assert_true(n.at_s > at_s);
}

// A script goes by its own time, however fast a device plays.
static void scripts_keep_their_clock(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("en");
    assert_true(narration_begin(&n, &desc));
    NarrationEars ears = ears_of(&n, SOUND_PLAYING, 4);
    ears.keeps_clock = true;
    for (int i = 0; i < 15; i++)
        narration_run(&n, &ears, 0.1);
    assert_float_equal(n.at_s, 1.5, 1e-6);
    assert_string_equal(n.cue, "A hum.");
}

static void what_is_broken_is_over_at_once(void **state)
{
    (void)state;
    Narration n = {0};
    NarrationDesc desc = desc_of("en");
    assert_true(narration_begin(&n, &desc));
    hear(&n, SOUND_BROKEN, 0);
    assert_int_equal(n.state, NARRATION_OVER);
    assert_false(n.is_heard);
    assert_null(n.cue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_of_ones_language_is_chosen),
        cmocka_unit_test(captions_come_as_it_is_told),
        cmocka_unit_test(what_another_sound_says_is_not_heard),
        cmocka_unit_test(without_ears_it_takes_as_long),
        cmocka_unit_test(a_pause_stops_the_time),
        cmocka_unit_test(scripts_keep_their_clock),
        cmocka_unit_test(what_is_broken_is_over_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
