// test_file.c: ordinary files and folders.

#include "test.h"

#include "io/file.h"

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
    bool is_left = file_exists(place->folder);
    arena_drop(&place->arena);
    return status != OK || is_left;
}

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static void what_is_written_is_read(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "a.txt");
    assert_false(file_exists(path));
    assert_ok(file_write(path, bytes_of("old")));
    assert_ok(file_write(path, bytes_of("new text")));
    Bytes bytes;
    assert_ok(file_read(path, 8, &place->arena, &bytes));
    assert_int_equal(bytes.len, 8);
    assert_string_equal((const char *)bytes.ptr, "new text");
    assert_status(file_read(path, 7, &place->arena, &bytes), ERR_LIMIT);

    FileMap map = {0};
    assert_ok(file_map(path, &map));
    assert_int_equal(map.bytes.len, 8);
    assert_memory_equal(map.bytes.ptr, "new text", 8);
    file_unmap(&map);
    file_unmap(&map);

    FileInfo info;
    assert_ok(file_get_info(path, &info));
    assert_int_equal(info.size_bytes, 8);
    assert_true(info.modified_ns > 0);
    assert_false(info.is_folder);
}

static void refusals_name_the_file(void **state)
{
    Place *place = *state;
    Bytes bytes;
    FileMap map = {0};
    const char *path = path_join(&place->arena, place->folder, "nothing");
    assert_status(file_read(path, 10, &place->arena, &bytes), ERR_NOT_FOUND);
    assert_non_null(strstr(fault_last()->text, path));
    assert_status(file_map(path, &map), ERR_NOT_FOUND);
    assert_status(file_read(place->folder, 10, &place->arena, &bytes), ERR_IO);
    FileName *names;
    size_t count;
    assert_status(file_list(path, &place->arena, &names, &count), ERR_NOT_FOUND);
    assert_status(file_write(path_join(&place->arena, path, "below"), bytes_of("x")),
                  ERR_NOT_FOUND);
}

static void a_pipe_does_not_hang(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    Bytes bytes;
    assert_status(file_read(path, 10, &place->arena, &bytes), ERR_IO);
}

static void an_empty_file_is_an_empty_slice(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "empty");
    assert_ok(file_write(path, (Bytes){0}));
    FileMap map = {0};
    Bytes bytes = {0};
    assert_ok(file_map(path, &map));
    assert_int_equal(map.bytes.len, 0);
    file_unmap(&map);
    assert_ok(file_read(path, 0, &place->arena, &bytes));
    assert_int_equal(bytes.len, 0);
}

static void an_abandoned_file_leaves_nothing(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "part");
    FileWriter *writer;
    assert_ok(file_writer_open(&place->arena, path, &writer));
    assert_ok(file_writer_append(writer, bytes_of("half")));
    FileName *names;
    size_t count;
    assert_ok(file_list(place->folder, &place->arena, &names, &count));
    assert_int_equal(count, 1); // under its temporary name
    assert_string_not_equal(names[0].name, "part");
    file_writer_abandon(writer);
    file_writer_abandon(writer);
    assert_ok(file_list(place->folder, &place->arena, &names, &count));
    assert_int_equal(count, 0);
}

static void a_file_grows_in_pieces_and_is_patched(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "big");
    enum { PIECES = 300 };
    uint8_t piece[1000];
    FileWriter *writer;
    assert_ok(file_writer_open(&place->arena, path, &writer));
    for (int i = 0; i < PIECES; i++) {
        memset(piece, i, sizeof piece);
        assert_ok(file_writer_append(writer, (Bytes){piece, sizeof piece}));
    }
    uint8_t *large = arena_alloc(&place->arena, 200000, 1);
    assert_ok(file_writer_append(writer, (Bytes){large, 200000}));
    assert_ok(file_writer_append(writer, bytes_of("end")));
    assert_ok(file_writer_patch(writer, 1500, bytes_of("patch")));
    assert_int_equal(file_writer_size(writer), PIECES * 1000 + 200003);
    assert_ok(file_writer_commit(writer));
    Bytes bytes;
    assert_ok(file_read(path, 1 << 20, &place->arena, &bytes));
    assert_int_equal(bytes.len, PIECES * 1000 + 200003);
    assert_memory_equal(bytes.ptr + 1500, "patch", 5);
    assert_int_equal(bytes.ptr[1499], 1);
    assert_int_equal(bytes.ptr[299999], 299 & 255);
    assert_memory_equal(bytes.ptr + bytes.len - 3, "end", 3);
}

static void folders_are_made_listed_and_removed(void **state)
{
    Place *place = *state;
    Arena *arena = &place->arena;
    const char *deep = path_join(arena, place->folder, "x/y/z");
    assert_ok(file_make_folders(deep));
    assert_ok(file_make_folders(deep));
    assert_true(file_is_folder(deep));
    assert_ok(file_write(path_join(arena, place->folder, "b"), bytes_of("b")));
    assert_ok(file_write(path_join(arena, deep, "c"), bytes_of("c")));
    assert_int_equal(symlink("/", path_join(arena, deep, "link")), 0);
    assert_int_equal(symlink("/nowhere", path_join(arena, place->folder, "a")), 0);

    FileName *names;
    size_t count;
    assert_ok(file_list(place->folder, arena, &names, &count));
    assert_int_equal(count, 3);
    assert_string_equal(names[0].name, "a");
    assert_true(names[0].is_link);
    assert_string_equal(names[1].name, "b");
    assert_string_equal(names[2].name, "x");
    assert_true(names[2].is_folder);

    assert_ok(file_remove_tree(path_join(arena, place->folder, "x")));
    assert_ok(file_remove_tree(path_join(arena, place->folder, "x")));
    assert_false(file_exists(deep));
    assert_true(file_is_folder("/")); // the link was not followed
    assert_status(file_make_folders(path_join(arena, place->folder, "b/below")), ERR_IO);
}

static void user_folders_follow_xdg(void **state)
{
    Place *place = *state;
    const char *out;
    setenv("HOME", "/home/someone", 1);
    unsetenv("XDG_CACHE_HOME");
    setenv("XDG_DATA_HOME", "relative is ignored", 1);
    assert_ok(file_cache_folder("app", &place->arena, &out));
    assert_string_equal(out, "/home/someone/.cache/app");
    assert_ok(file_data_folder("app", &place->arena, &out));
    assert_string_equal(out, "/home/someone/.local/share/app");
    setenv("XDG_CACHE_HOME", "/fast", 1);
    assert_ok(file_cache_folder("app", &place->arena, &out));
    assert_string_equal(out, "/fast/app");
    unsetenv("HOME");
    assert_status(file_data_folder("app", &place->arena, &out), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, make_place, drop_place),
        cmocka_unit_test_setup_teardown(refusals_name_the_file, make_place, drop_place),
        cmocka_unit_test_setup_teardown(a_pipe_does_not_hang, make_place, drop_place),
        cmocka_unit_test_setup_teardown(an_empty_file_is_an_empty_slice, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(an_abandoned_file_leaves_nothing, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(a_file_grows_in_pieces_and_is_patched, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(folders_are_made_listed_and_removed, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(user_folders_follow_xdg, make_place, drop_place),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
