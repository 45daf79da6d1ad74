// test_settings.c: what visitors adjust is there again the next time.

#include "io/file.h"
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
                                        "{\"version\": 1, \"has_walked\": 3}"};
    assert_ok(file_make_folders(path_folder(&((Fixture *)*state)->arena, fixture->path)));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Settings found = {.has_walked = true};
        Bytes bytes = {(const uint8_t *)texts[i], strlen(texts[i])};
        assert_ok(file_write(fixture->path, bytes));
        assert_true(settings_read(fixture->path, &found) != OK);
        assert_false(found.has_walked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_comes_back),
        cmocka_unit_test(nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
