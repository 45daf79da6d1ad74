// test_finds.c: what visitors have found is there again the next time, and nothing a file says
// is believed.

#include "io/file.h"
#include "museum/finds.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Fixture {
    Arena arena;
    const char *folder, *path;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-finds-XXXXXX";
    fixture = (Fixture){0};
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    fixture.path = path_join(&fixture.arena, name, "new/settings-finds.json");
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

static const Find samples[] = {
    {"small-wonders", "hare", "signature"},
    {"small-wonders", "hare", "cord"},
    {"small-wonders", "bead", "signature"},
    {"a-pack", "hare", "signature"},
    {"small-wonders", "a", "b"},
    {"small-wonders", "hare", "fur"},
};

static void what_was_found_comes_back(void **state)
{
    Fixture *fixture = *state;
    Finds *finds = finds_open(fixture->path, &fixture->arena);
    assert_int_equal(finds_count(finds), 0);
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        assert_false(finds_has(finds, &samples[i]));
        assert_ok(finds_note(finds, &samples[i]));
        assert_ok(finds_note(finds, &samples[i])); // twice is once
        assert_int_equal(finds_count(finds), i + 1);
    }
    assert_false(file_exists(fixture->path));
    assert_ok(finds_keep(finds));
    finds = finds_open(fixture->path, &fixture->arena);
    assert_int_equal(finds_count(finds), COUNT_OF(samples));
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        assert_true(finds_has(finds, &samples[i]));
    assert_false(finds_has(finds, &(Find){"a-pack", "hare", "cord"}));
}

// The same finds are the same bytes, in whatever order they were made; and what has not changed
// is not written.
static void it_is_written_once(void **state)
{
    Fixture *fixture = *state;
    Bytes first, second;
    for (int round = 0; round < 2; round++) {
        Finds *finds = finds_open(NULL, &fixture->arena);
        assert_ok(finds_keep(finds)); // nowhere
        finds = finds_open(fixture->path, &fixture->arena);
        finds_forget(finds);
        for (size_t i = 0; i < COUNT_OF(samples); i++)
            assert_ok(finds_note(finds, &samples[round ? COUNT_OF(samples) - 1 - i : i]));
        assert_ok(finds_keep(finds));
        assert_ok(file_read(fixture->path, FINDS_MAX_BYTES, &fixture->arena,
                            round ? &second : &first));
    }
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    Finds *finds = finds_open(fixture->path, &fixture->arena);
    assert_ok(file_remove_tree(fixture->path));
    assert_ok(finds_note(finds, &samples[0]));
    assert_ok(finds_keep(finds));
    assert_false(file_exists(fixture->path));
}

static void forgetting_lasts(void **state)
{
    Fixture *fixture = *state;
    Finds *finds = finds_open(fixture->path, &fixture->arena);
    assert_ok(finds_note(finds, &samples[0]));
    assert_ok(finds_keep(finds));
    finds_forget(finds);
    assert_false(finds_has(finds, &samples[0]));
    assert_ok(finds_keep(finds));
    finds = finds_open(fixture->path, &fixture->arena);
    assert_int_equal(finds_count(finds), 0);
    assert_ok(finds_note(finds, &samples[1]));
    assert_true(finds_has(finds, &samples[1]));
}

static void a_broken_file_is_moved_aside(void **state)
{
    Fixture *fixture = *state;
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"version\": 1}",
        "{\"version\": 2, \"packs\": {}}",
        "{\"version\": 1, \"packs\": []}",
        "{\"version\": 1, \"packs\": {\"p\": {\"hare\": \"cord\"}}}",
        "{\"version\": 1, \"packs\": {\"p\": {\"hare\": [7]}}}",
        "{\"version\": 1, \"packs\": {\"p\": {\"hare\": [\"../etc\"]}}}",
        "{\"version\": 1, \"packs\": {\"p\": {\"ok\": [\"ok\"], \"UP\": [\"x\"]}}}",
        "{\"version\": 1, \"packs\": {\"\": {\"hare\": [\"x\"]}}}",
    };
    const char *aside = str_format(&fixture->arena, "%s.broken", fixture->path);
    assert_ok(file_make_folders(path_folder(&fixture->arena, fixture->path)));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Bytes left;
        assert_ok(
            file_write(fixture->path, (Bytes){(const uint8_t *)texts[i], strlen(texts[i])}));
        Finds *finds = finds_open(fixture->path, &fixture->arena);
        assert_int_equal(finds_count(finds), 0);
        assert_false(file_exists(fixture->path));
        assert_ok(file_read(aside, FINDS_MAX_BYTES, &fixture->arena, &left));
        assert_int_equal(left.len, strlen(texts[i]));
        assert_ok(finds_note(finds, &samples[0])); // and the visit goes on
        assert_ok(finds_keep(finds));
        assert_true(file_exists(fixture->path));
    }
}

// A file cut off anywhere is no file.
static void every_truncation_is_refused(void **state)
{
    Fixture *fixture = *state;
    Bytes whole;
    Finds *finds = finds_open(fixture->path, &fixture->arena);
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        assert_ok(finds_note(finds, &samples[i]));
    assert_ok(finds_keep(finds));
    assert_ok(file_read(fixture->path, FINDS_MAX_BYTES, &fixture->arena, &whole));
    for (size_t len = 0; len + 1 < whole.len; len += 7) {
        assert_ok(file_write(fixture->path, bytes_first(whole, len)));
        assert_int_equal(finds_count(finds_open(fixture->path, &fixture->arena)), 0);
    }
}

static void there_is_an_end(void **state)
{
    Fixture *fixture = *state;
    Finds *finds = finds_open(NULL, &fixture->arena);
    char name[24];
    for (int i = 0; i < FINDS_MOST; i++) {
        snprintf(name, sizeof name, "d%d", i * 7919 % FINDS_MOST);
        assert_ok(finds_note(finds, &(Find){"p", "piece", name}));
    }
    assert_int_equal(finds_note(finds, &(Find){"p", "piece", "one-more"}), ERR_LIMIT);
    assert_int_equal(finds_count(finds), FINDS_MOST);
    assert_int_equal(finds_note(finds, &(Find){"p", "piece", "No Id"}), ERR_INVALID);
}

static void it_lies_beside_the_settings(void **state)
{
    Fixture *fixture = *state;
    assert_string_equal(finds_path("/a/settings.json", &fixture->arena),
                        "/a/settings-finds.json");
    assert_string_equal(finds_path("kiosk", &fixture->arena), "kiosk-finds.json");
    assert_string_equal(finds_path("/a/.json", &fixture->arena), "/a/-finds.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_found_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_written_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forgetting_lasts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_broken_file_is_moved_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_truncation_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_an_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_lies_beside_the_settings, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
