// test_settings.c: what visitors adjust is there again the next time.

#include "io/file.h"
#include "museum/hud_help.h"
#include "museum/hud_keys.h"
#include "museum/settings.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Fixture {
    Arena arena;
    const char *folder, *path;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-settings-XXXXXX";
    fixture = (Fixture){0};
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    fixture.path = path_join(&fixture.arena, name, "new/settings.json");
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    assert_ok(file_remove_tree(fixture->folder));
    arena_drop(&fixture->arena);
    return 0;
}

static void what_is_kept_comes_back(void **state)
{
    const Fixture *fixture = *state;
    static const Settings cases[] = {{0},
                                     {.eye_height_m = 1.15f},
                                     {.fov_rad = 1.2f, .has_walked = true},
                                     {.eye_height_m = 2.2f, .fov_rad = 0.52f},
                                     {.language = "pt-BR",
                                      .text_size = 1.4f,
                                      .theme = 2,
                                      .is_reduced_motion = true,
                                      .quality = QUALITY_HIGH},
                                     {.volume = 0.35f, .is_without_tone = true},
                                     {.speech = 1},
                                     {.speech = -1},
                                     {.is_muted = true, .is_without_captions = true}};
    Settings found = {.eye_height_m = 1};
    assert_ok(settings_read(fixture->path, &found));
    assert_true(found.eye_height_m == 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_ok(settings_write(fixture->path, &cases[i]));
        assert_ok(settings_read(fixture->path, &found));
        assert_true(fabsf(found.eye_height_m - cases[i].eye_height_m) < 1e-5f);
        assert_true(fabsf(found.fov_rad - cases[i].fov_rad) < 1e-5f);
        assert_true(found.has_walked == cases[i].has_walked);
        assert_string_equal(found.language, cases[i].language);
        assert_true(fabsf(found.text_size - cases[i].text_size) < 1e-5f);
        assert_int_equal(found.theme, cases[i].theme);
        assert_int_equal(found.quality, cases[i].quality);
        assert_true(found.is_reduced_motion == cases[i].is_reduced_motion);
        assert_true(fabsf(found.volume - cases[i].volume) < 1e-5f);
        assert_int_equal(found.speech, cases[i].speech);
        assert_true(found.is_muted == cases[i].is_muted);
        assert_true(found.is_without_tone == cases[i].is_without_tone);
        assert_true(found.is_without_captions == cases[i].is_without_captions);
    }
}

static void nonsense_is_refused(void **state)
{
    const Fixture *fixture = *state;
    static const char *const texts[] = {"",
                                        "[]",
                                        "{\"version\": 2}",
                                        "{}",
                                        "{\"version\": 1, \"eye_height_m\": 40}",
                                        "{\"version\": 1, \"fov_degrees\": 170}",
                                        "{\"version\": 1, \"theme\": \"pink\"}",
                                        "{\"version\": 1, \"speech\": \"loud\"}",
                                        "{\"version\": 1, \"language\": \"no tag\"}",
                                        "{\"version\": 1, \"language\": "
                                        "\"de-DE-1996-and-more-of-it\"}",
                                        "{\"version\": 1, \"text_percent\": 20}",
                                        "{\"version\": 1, \"quality\": \"superb\"}",
                                        "{\"version\": 1, \"has_walked\": 3}",
                                        "{\"version\": 1, \"keys\": []}",
                                        "{\"version\": 1, \"keys\": {\"G\": 4}}",
                                        "{\"version\": 1, \"keys\": {\"G\": \"Hyper\"}}",
                                        "{\"version\": 1, \"keys\": {\"G\": \"Q\"}}",
                                        "{\"version\": 1, \"keys\": {\"G\": \"Esc\", "
                                        "\"Esc\": \"G\"}}",
                                        "{\"version\": 1, \"buttons\": {\"a\": \"b\", "
                                        "\"b\": \"a\"}}",
                                        "{\"version\": 1, \"buttons\": {\"a\": \"x\"}}"};
    assert_ok(file_make_folders(path_folder(&((Fixture *)*state)->arena, fixture->path)));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Settings found = {.has_walked = true};
        Bytes bytes = {(const uint8_t *)texts[i], strlen(texts[i])};
        assert_ok(file_write(fixture->path, bytes));
        assert_true(settings_read(fixture->path, &found) != OK);
        assert_false(found.has_walked);
    }
}

// Every action goes everywhere it may, and back; nothing is ever lost or twice.
static void keys_change_places_and_come_back(void **state)
{
    const Fixture *fixture = *state;
    uint32_t count;
    const BindingAction *actions = binding_actions(&count);
    Settings settings = {0}, found;
    for (uint32_t i = 0; i < count; i++) {
        Key key;
        PadButton button;
        if (actions[i].key)
            assert_ok(binding_move_key(&settings.bindings, actions[i].key, KEY_Q, &key));
        if (actions[i].key)
            assert_int_equal(binding_key(&settings.bindings, actions[i].key), KEY_Q);
        if (actions[i].pad >= 0)
            assert_ok(binding_move_pad(&settings.bindings, (PadButton)actions[i].pad, PAD_START,
                                       &button));
        assert_true(binding_is_whole(&settings.bindings));
        assert_ok(settings_write(fixture->path, &settings));
        assert_ok(settings_read(fixture->path, &found));
        for (int k = 0; k < KEY_COUNT; k++)
            assert_int_equal(binding_key(&found.bindings, (Key)k),
                             binding_key(&settings.bindings, (Key)k));
        for (int k = 0; k < PAD_BUTTON_COUNT; k++)
            assert_int_equal(binding_pad(&found.bindings, (PadButton)k),
                             binding_pad(&settings.bindings, (PadButton)k));
    }
    assert_false(binding_is_usual(&settings.bindings));
}

static void what_screens_need_stays(void **state)
{
    (void)state;
    static const Key stays[] = {KEY_ESCAPE, KEY_ENTER, KEY_TAB, KEY_LEFT, KEY_UP, KEY_SPACE};
    Bindings bindings = {0};
    Key key;
    PadButton button;
    for (size_t i = 0; i < COUNT_OF(stays); i++) {
        assert_status(binding_move_key(&bindings, KEY_G, stays[i], &key), ERR_INVALID);
        assert_status(binding_move_key(&bindings, stays[i], KEY_Q, &key), ERR_INVALID);
    }
    assert_status(binding_move_pad(&bindings, PAD_X, PAD_B, &button), ERR_INVALID);
    assert_true(binding_is_usual(&bindings));
    // What has to make room is told, and what is heard is as if nothing had moved.
    assert_ok(binding_move_key(&bindings, KEY_G, KEY_E, &key));
    assert_int_equal(key, KEY_E);
    assert_ok(binding_move_pad(&bindings, PAD_X, PAD_A, &button));
    Input input = {.keys[KEY_E].is_down = true, .pad[PAD_A].is_down = true}, raw = input;
    binding_hear(&bindings, true, &input);
    assert_true(input.keys[KEY_G].is_down && !input.keys[KEY_E].is_down);
    assert_true(input.pad[PAD_X].is_down && !input.pad[PAD_A].is_down);
    binding_hear(&bindings, false, &raw);
    assert_true(raw.pad[PAD_A].is_down && raw.keys[KEY_G].is_down);
}

static void help_names_the_keys_in_force(void **state)
{
    (void)state;
    Bindings bindings = {0};
    Key key;
    PadButton button;
    char text[64];
    assert_ok(binding_move_key(&bindings, KEY_G, KEY_F9, &key));
    assert_ok(binding_move_key(&bindings, KEY_E, KEY_Z, &key));
    assert_ok(binding_move_pad(&bindings, PAD_X, PAD_RIGHT_SHOULDER, &button));
    hud_hold(&bindings);
    assert_string_equal(hud_key(KEY_G), "F9");
    assert_string_equal(hud_pad(PAD_X), "R1");
    hud_write_keys("G, Space", text, sizeof text);
    assert_string_equal(text, "F9, Space");
    hud_write_keys("Esc, E: Ctrl Q, F1 G.", text, sizeof text);
    assert_string_equal(text, "Esc, Z: Ctrl Q, F1 F9.");
    hud_write_keys("G", text, 2);
    assert_string_equal(text, "F");
    bool has_lens = false;
    for (const HudHelp *line = hud_help(); line->text; line++)
        has_lens |= line->keys && !strcmp(line->keys, "F9, Space") &&
                    !strcmp(line->pad, "right shoulder");
    assert_true(has_lens);
    hud_hold(NULL);
    assert_string_equal(hud_key(KEY_G), "G");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_comes_back),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(keys_change_places_and_come_back),
        cmocka_unit_test(what_screens_need_stays),
        cmocka_unit_test(help_names_the_keys_in_force),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
