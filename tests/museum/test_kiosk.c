// test_kiosk.c: when visits begin and end by themselves, and what is learnt from crashes.

#include "museum/kiosk_config.h"
#include "museum/kiosk_health.h"
#include "museum/kiosk_idle.h"
#include "museum/kiosk_starts.h"
#include "museum/kiosk_totals.h"
#include "test.h"

#include "base/str.h"
#include "io/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double frame_s = 1 / 60.0;

// Lets so many seconds pass; returns the first thing that happened, and when.
static KioskEvent wait(KioskIdle *idle, double seconds, bool is_told, double *passed_s)
{
    for (double s = 0; s < seconds; s += frame_s) {
        KioskEvent event = kiosk_idle_step(idle, frame_s, false, is_told);
        *passed_s = s + frame_s;
        if (event != KIOSK_NOTHING)
            return event;
    }
    return KIOSK_NOTHING;
}

static void who_leaves_is_asked_then_forgotten(void **state)
{
    (void)state;
    KioskIdle idle = {0};
    double s;
    assert_int_equal(wait(&idle, 1000, false, &s), KIOSK_NOTHING); // attract has no end
    assert_int_equal(kiosk_idle_step(&idle, frame_s, true, false), KIOSK_BEGINS);
    assert_int_equal(kiosk_idle_step(&idle, frame_s, true, false), KIOSK_NOTHING);
    assert_int_equal(wait(&idle, 1000, false, &s), KIOSK_WONDERS);
    assert_float_equal(s, 90, 0.1);
    assert_float_equal(kiosk_idle_left_s(&idle), 10, 0.1);
    assert_int_equal(wait(&idle, 1000, false, &s), KIOSK_RESETS);
    assert_float_equal(s, 10, 0.1);
    assert_int_equal(idle.phase, KIOSK_ATTRACT);
    assert_int_equal(idle.visits, 1);
}

static void one_may_stay_as_often_as_one_likes(void **state)
{
    (void)state;
    KioskIdle idle = {.idle_s = 30, .notice_s = 20};
    double s;
    kiosk_idle_step(&idle, frame_s, true, false);
    for (uint32_t i = 1; i <= 25; i++) {
        assert_int_equal(wait(&idle, 1000, false, &s), KIOSK_WONDERS);
        assert_float_equal(s, 30, 0.1);
        assert_int_equal(wait(&idle, 19, false, &s), KIOSK_NOTHING);
        assert_int_equal(kiosk_idle_step(&idle, frame_s, true, false), KIOSK_STAYS);
        assert_int_equal(idle.extensions, i);
    }
    assert_int_equal(idle.visits, 1);
}

static void who_listens_is_not_asked(void **state)
{
    (void)state;
    KioskIdle idle = {0};
    double s;
    kiosk_idle_step(&idle, frame_s, true, false);
    assert_int_equal(wait(&idle, 60, false, &s), KIOSK_NOTHING);
    assert_int_equal(wait(&idle, 500, true, &s), KIOSK_NOTHING);
    assert_int_equal(wait(&idle, 29, false, &s), KIOSK_NOTHING);
    assert_int_equal(wait(&idle, 5, false, &s), KIOSK_WONDERS);
}

static void a_machine_that_slept_does_not_end_a_visit(void **state)
{
    (void)state;
    KioskIdle idle = {0};
    kiosk_idle_step(&idle, frame_s, true, false);
    assert_int_equal(kiosk_idle_step(&idle, 1e9, false, false), KIOSK_NOTHING);
    assert_int_equal(kiosk_idle_step(&idle, -1e9, false, false), KIOSK_NOTHING);
    assert_float_equal(idle.quiet_s, 1, 1e-9);
}

// ---- crashes

static void waits_grow_and_safe_mode_comes(void **state)
{
    (void)state;
    static const double waits[] = {0, 2, 4, 8, 16, 32, 60, 60};
    Arena arena = {0};
    const char *text = "";
    for (size_t i = 0; i < COUNT_OF(waits); i++) {
        KioskStarts starts = kiosk_starts_read(text, "boot-1", 100 + 10.0 * (double)i);
        assert_float_equal(starts.wait_s, waits[i], 0);
        assert_int_equal(starts.is_safe, i >= 3);
        text = kiosk_starts_write(&starts, true, &arena);
    }
    // Five minutes later those are forgotten, but for the one it ended by.
    KioskStarts later = kiosk_starts_read(text, "boot-1", 1000);
    assert_float_equal(later.wait_s, 2, 0);
    assert_false(later.is_safe);
    // A good end, another boot: no wait.
    KioskStarts starts = kiosk_starts_read(text, "boot-1", 180);
    text = kiosk_starts_write(&starts, false, &arena);
    assert_float_equal(kiosk_starts_read(text, "boot-1", 190).wait_s, 0, 0);
    text = kiosk_starts_write(&starts, true, &arena);
    assert_float_equal(kiosk_starts_read(text, "boot-2", 3).wait_s, 0, 0);
    arena_drop(&arena);
}

// A power cut may leave anything.
static void broken_texts_are_no_crashes(void **state)
{
    (void)state;
    Arena arena = {0};
    KioskStarts starts = {.boot = "boot-1", .crash_count = 3, .crashes_s = {10, 20, 30}};
    const char *whole = kiosk_starts_write(&starts, true, &arena);
    for (size_t length = 0; length < strlen(whole); length++) {
        char *part = arena_copy_text(&arena, whole);
        part[length] = 0;
        KioskStarts read = kiosk_starts_read(part, "boot-1", 40);
        assert_true(read.crash_count <= 4 && read.wait_s <= 16);
        for (int bit = 0; bit < 8; bit++) {
            char *flipped = arena_copy_text(&arena, whole);
            flipped[length] = (char)(flipped[length] ^ 1 << bit);
            read = kiosk_starts_read(flipped, "boot-1", 40);
            assert_true(read.crash_count <= 4 && read.wait_s <= 16);
        }
    }
    arena_drop(&arena);
}

static void a_file_remembers(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(&arena, folder, "state/starts");
    KioskStarts starts;
    assert_ok(kiosk_starts_begin(path, &starts));
    assert_int_equal(starts.crash_count, 0);
    assert_ok(kiosk_starts_begin(path, &starts)); // it had not ended
    assert_int_equal(starts.crash_count, 1);
    assert_float_equal(starts.wait_s, 2, 0);
    assert_ok(kiosk_starts_end(path, &starts));
    assert_ok(kiosk_starts_begin(path, &starts));
    assert_float_equal(starts.wait_s, 0, 0);
    assert_int_equal(kiosk_starts_begin(folder, &starts) != OK, true); // no file at all
    assert_int_equal(starts.crash_count, 0);
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

// ---- what a technician writes down

static const char whole_config[] =
    "{\"version\": 1, \"packs\": [\"a.vitrine\", \"/srv/b.vitrine\"], \"language\": \"de\", "
    "\"text_percent\": 120, \"volume\": 0.5, \"idle_s\": 45, \"notice_s\": 20, "
    "\"attract_tour\": \"eight\", \"quality\": \"low\", \"memory_mib\": 256, "
    "\"photographs\": true, \"operator_pin\": \"4711\", \"state_folder\": \"state\", "
    "\"health_file\": \"/run/health.prom\"}";

static Status read_config(const char *folder, const char *text, Arena *arena, KioskConfig *out)
{
    const char *path = path_join(arena, folder, "kiosk.json");
    assert_ok(file_write(path, (Bytes){(const uint8_t *)text, strlen(text)}));
    return kiosk_config_read(path, arena, out);
}

static void a_config_is_read_whole(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    KioskConfig config;
    assert_ok(read_config(folder, whole_config, &arena, &config));
    assert_int_equal(config.pack_count, 2);
    assert_string_equal(config.packs[0], path_join(&arena, folder, "a.vitrine"));
    assert_string_equal(config.packs[1], "/srv/b.vitrine");
    assert_string_equal(config.language, "de");
    assert_int_equal(config.text_percent, 120);
    assert_float_equal(config.volume, 0.5, 0);
    assert_float_equal(config.idle_s, 45, 0);
    assert_float_equal(config.notice_s, 20, 0);
    assert_int_equal(config.quality, QUALITY_LOW);
    assert_int_equal(config.memory_mib, 256);
    assert_true(config.allows_photographs);
    assert_string_equal(config.operator_pin, "4711");
    assert_string_equal(config.state_folder, path_join(&arena, folder, "state"));
    assert_string_equal(config.health_file, "/run/health.prom");

    setenv("XDG_DATA_HOME", folder, 1);
    assert_ok(kiosk_config_read(NULL, &arena, &config));
    assert_float_equal(config.idle_s, 90, 0);
    assert_string_equal(config.attract_tour, "first");
    assert_string_equal(config.state_folder, path_join(&arena, folder, "vitrine-kiosk"));
    assert_string_equal(config.health_file,
                        path_join(&arena, config.state_folder, "health.prom"));
    assert_int_equal(kiosk_config_read("/nowhere/kiosk.json", &arena, &config), ERR_NOT_FOUND);
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

static void wrong_configs_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place;
    } cases[] = {
        {"{}", "version"},
        {"{\"version\": 2}", "version"},
        {"{\"version\": 1, \"idle\": 90}", "idle"},
        {"{\"version\": 1, \"idle_s\": 29}", "idle_s"},
        {"{\"version\": 1, \"idle_s\": 601}", "idle_s"},
        {"{\"version\": 1, \"notice_s\": 5}", "notice_s"},
        {"{\"version\": 1, \"operator_pin\": \"123\"}", "operator_pin"},
        {"{\"version\": 1, \"operator_pin\": \"12a4\"}", "operator_pin"},
        {"{\"version\": 1, \"quality\": \"best\"}", "quality"},
        {"{\"version\": 1, \"language\": \"deutsch und mehr\"}", "language"},
        {"{\"version\": 1, \"packs\": [\"\"]}", "packs[0]"},
    };
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    KioskConfig config;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(read_config(folder, cases[i].text, &arena, &config), ERR_INVALID);
        assert_non_null(strstr(fault_last()->text, cases[i].place));
    }
    char text[sizeof whole_config];
    for (size_t length = 0; length + 1 < sizeof whole_config; length++) {
        memcpy(text, whole_config, length);
        text[length] = 0;
        assert_int_equal(read_config(folder, text, &arena, &config), ERR_CORRUPT);
        memcpy(text, whole_config, sizeof text);
        text[length] = (char)(text[length] ^ 1 << length % 7);
        if (text[length]) // a letter may be another without harm; nothing may crash
            (void)(read_config(folder, text, &arena, &config) == OK);
    }
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

// ---- totals

static int64_t ask_total(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return value;
}

static void totals_add_up(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(&arena, folder, "state/totals.sqlite");
    KioskTotals *totals;
    for (int day = 0; day < 3; day++) {
        assert_ok(kiosk_totals_open(path, &arena, &totals));
        for (int i = 0; i < 10; i++) {
            kiosk_totals_add(totals, KIOSK_VISITS, "");
            kiosk_totals_add(totals, KIOSK_LOOKED, i % 2 ? "p/hare" : "p/owl");
            if (i == 5)
                assert_ok(kiosk_totals_keep(totals));
        }
        kiosk_totals_add(totals, KIOSK_MAGNIFIED, "p/owl");
        assert_int_equal(kiosk_totals_count(totals, KIOSK_VISITS), 10);
        kiosk_totals_close(totals);
    }
    assert_int_equal(ask_total(path, "SELECT sum(count) FROM totals WHERE what = 'visit'"), 30);
    assert_int_equal(
        ask_total(path,
                  "SELECT sum(count) FROM totals WHERE what = 'looked' AND piece = 'p/owl'"),
        15);
    assert_int_equal(ask_total(path, "SELECT sum(count) FROM totals WHERE what = 'magnified'"),
                     3);
    // No more than an hour or two of rows.
    assert_true(ask_total(path, "SELECT count(*) FROM totals") <= 8);
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

static void totals_outlive_what_is_wrong(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(&arena, folder, "totals.sqlite");
    KioskTotals *totals;
    static const char junk[] =
        "this is no database, and quite long enough to be looked at, for "
        "SQLite reads a hundred bytes before it says so";
    assert_ok(file_write(path, (Bytes){(const uint8_t *)junk, sizeof junk}));
    assert_ok(kiosk_totals_open(path, &arena, &totals));
    assert_true(file_exists(path_join(&arena, folder, "totals.sqlite.broken")));
    // Somebody else holds it: nothing is lost.
    sqlite3 *other;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    kiosk_totals_add(totals, KIOSK_VISITS, "");
    assert_int_equal(kiosk_totals_keep(totals), ERR_IO);
    sqlite3_close(other);
    assert_ok(kiosk_totals_keep(totals));
    for (int i = 0; i < KIOSK_TOTALS_WAITING + 10; i++)
        kiosk_totals_add(totals, KIOSK_LOOKED, str_format(&arena, "p/%d", i));
    kiosk_totals_close(totals);
    assert_int_equal(ask_total(path, "SELECT sum(count) FROM totals"),
                     KIOSK_TOTALS_WAITING + 1);
    assert_int_equal(kiosk_totals_open("/proc/nowhere/t", &arena, &totals) != OK, true);
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

// ---- health

static void health_is_told(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(&arena, folder, "run/health.prom");
    KioskHealth health = {.up_s = 12.5, .visits = 3, .is_safe_mode = true};
    kiosk_health_look(&health);
    assert_true(health.memory_bytes > 1e6 && health.threads >= 1 && health.open_files >= 3);
    for (int i = 0; i < 2; i++)
        assert_ok(kiosk_health_write(path, &health));
    Bytes bytes;
    assert_ok(file_read(path, 1 << 16, &arena, &bytes));
    const char *text = (const char *)bytes.ptr;
    assert_non_null(
        strstr(text, "\n# TYPE vitrine_visits_total counter\nvitrine_visits_total 3\n"));
    assert_non_null(strstr(text, "\nvitrine_safe_mode 1\n"));
    assert_non_null(strstr(text, "\nvitrine_up_seconds 12.5\n"));
    assert_int_equal(text[bytes.len - 1], '\n');
    // Every value has its help and type before it, and every name is there once.
    for (const char *at = text; *at; at = strchr(at, '\n') + 1) {
        char name[64];
        if (*at == '#')
            continue;
        assert_int_equal(sscanf(at, "%63[a-z_] ", name), 1);
        const char *type = strstr(text, str_format(&arena, "# TYPE %s ", name));
        assert_non_null(type);
        assert_null(strstr(type + 1, str_format(&arena, "# TYPE %s ", name)));
    }
    FileName *names;
    size_t count;
    assert_ok(file_list(path_join(&arena, folder, "run"), &arena, &names, &count));
    assert_int_equal(count, 1); // nothing half-written beside it
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_is_asked_then_forgotten),
        cmocka_unit_test(one_may_stay_as_often_as_one_likes),
        cmocka_unit_test(who_listens_is_not_asked),
        cmocka_unit_test(a_machine_that_slept_does_not_end_a_visit),
        cmocka_unit_test(waits_grow_and_safe_mode_comes),
        cmocka_unit_test(broken_texts_are_no_crashes),
        cmocka_unit_test(a_file_remembers),
        cmocka_unit_test(a_config_is_read_whole),
        cmocka_unit_test(wrong_configs_are_named),
        cmocka_unit_test(totals_add_up),
        cmocka_unit_test(health_is_told),
        cmocka_unit_test(totals_outlive_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
