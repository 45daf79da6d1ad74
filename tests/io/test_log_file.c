// test_log_file.c: a log stays within its files, says the same thing once, and outlives a full
// disk.

#include "test.h"

#include "base/str.h"
#include "io/file.h"
#include "io/log_file.h"

#include <sys/stat.h>

typedef struct Place {
    Arena arena;
    const char *folder;
} Place;

static int make_place(void **state)
{
    static Place place;
    place = (Place){0};
    char name[] = "/tmp/vitrine-test-XXXXXX";
    if (!mkdtemp(name))
        return -1;
    place.folder = arena_copy_text(&place.arena, name);
    *state = &place;
    return 0;
}

static int drop_place(void **state)
{
    Place *place = *state;
    Status status = file_remove_tree(place->folder);
    arena_drop(&place->arena);
    return status != OK;
}

static const char *read_log(Place *place, const char *name)
{
    Bytes bytes;
    assert_ok(file_read(path_join(&place->arena, place->folder, name), 1 << 20, &place->arena,
                        &bytes));
    return (const char *)bytes.ptr;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}

static void files_stay_within_their_size(void **state)
{
    Place *place = *state;
    LogFile *log;
    assert_ok(log_file_open(
        &place->arena,
        &(LogFileDesc){.folder = place->folder, .max_bytes = 1000, .max_files = 3}, &log));
    for (int i = 0; i < 200; i++)
        log_file_sink(log, LOG_INFO, str_format(&place->arena, "happening %d", i));
    log_file_close(log);
    FileName *names;
    size_t count;
    assert_ok(file_list(place->folder, &place->arena, &names, &count));
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        FileInfo info;
        assert_ok(file_get_info(path_join(&place->arena, place->folder, names[i].name), &info));
        assert_true(info.size_bytes <= 1000);
    }
    const char *newest = read_log(place, "vitrine.log");
    assert_non_null(strstr(newest, "Z info: happening 199\n"));
    assert_non_null(strstr(read_log(place, "vitrine.1.log"), "happening"));
    assert_null(strstr(newest, "happening 0\n"));
}

static void the_same_is_said_once(void **state)
{
    Place *place = *state;
    LogFile *log;
    assert_ok(log_file_open(&place->arena, &(LogFileDesc){.folder = place->folder}, &log));
    for (int i = 0; i < 50; i++) {
        log_file_sink(log, LOG_WARN, "no network");
        log_file_sink(log, LOG_WARN, "no sound");
    }
    log_file_sink(log, LOG_ERROR, "no network"); // of another level: another thing
    assert_int_equal(count_of(read_log(place, "vitrine.log"), "no network\n"), 2);
    log_file_close(log);
    const char *text = read_log(place, "vitrine.log");
    assert_int_equal(count_of(text, "warning: no network"), 2);
    assert_int_equal(count_of(text, "warning: no network (49 times more)\n"), 1);
    assert_int_equal(count_of(text, "warning: no sound (49 times more)\n"), 1);
    assert_int_equal(count_of(text, "\n"), 5);

    assert_ok(log_file_open(&place->arena, &(LogFileDesc){.folder = place->folder}, &log));
    log_file_sink(log, LOG_INFO, "again");
    log_file_close(log);
    assert_int_equal(count_of(read_log(place, "vitrine.log"), "\n"), 6);
}

static void what_many_others_pushed_out_is_counted(void **state)
{
    Place *place = *state;
    LogFile *log;
    assert_ok(log_file_open(&place->arena, &(LogFileDesc){.folder = place->folder}, &log));
    log_file_sink(log, LOG_INFO, "first");
    log_file_sink(log, LOG_INFO, "first");
    for (int i = 0; i < 100; i++)
        log_file_sink(log, LOG_INFO, str_format(&place->arena, "other %d", i));
    assert_non_null(strstr(read_log(place, "vitrine.log"), "info: first (1 times more)\n"));
    log_file_close(log);
}

// A folder where the file should be is as good as a disk that refuses.
static void lines_that_are_lost_are_counted(void **state)
{
    Place *place = *state;
    LogFile *log;
    LogFileDesc desc = {.folder = place->folder, .max_bytes = 60, .max_files = 1};
    assert_ok(log_file_open(&place->arena, &desc, &log));
    log_file_sink(log, LOG_INFO, "before it was taken away, a long line");
    const char *path = path_join(&place->arena, place->folder, "vitrine.log");
    assert_int_equal(remove(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_ok(file_write(path_join(&place->arena, path, "kept"), (Bytes){0}));
    log_file_sink(log, LOG_INFO, "lost");
    log_file_sink(log, LOG_INFO, "lost too");
    assert_int_equal(log_file_lost(log), 2);
    assert_ok(file_remove_tree(path));
    log_file_sink(log, LOG_INFO, "found");
    assert_int_equal(log_file_lost(log), 2);
    log_file_close(log);
    assert_non_null(strstr(read_log(place, "vitrine.log"), "info: found\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_stay_within_their_size, make_place, drop_place),
        cmocka_unit_test_setup_teardown(the_same_is_said_once, make_place, drop_place),
        cmocka_unit_test_setup_teardown(what_many_others_pushed_out_is_counted, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(lines_that_are_lost_are_counted, make_place,
                                        drop_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
