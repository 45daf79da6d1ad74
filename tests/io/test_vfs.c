// test_vfs.c: what is written into an archive or a folder is read through the vfs.

#include "archive_samples.h"

#include "io/thread.h"

#include <physfs.h>

static void only_our_archiver_is_left(void **state)
{
    (void)state;
    const PHYSFS_ArchiveInfo **archivers = PHYSFS_supportedArchiveTypes();
    assert_non_null(archivers[0]);
    assert_string_equal(archivers[0]->description, "zip of the strict profile");
    assert_null(archivers[1]);
}

static void entries_are_read_whole(void **state)
{
    Place *place = *state;
    const char *path = write_sample(place);
    assert_ok(vfs_mount(path, "packs/hare"));
    Bytes bytes;
    assert_ok(vfs_read("packs/hare/index.json", 100, &place->arena, &bytes));
    assert_string_equal((const char *)bytes.ptr, "{\"title\": \"hare\"}");
    assert_ok(vfs_read("packs/hare/a/b/text.txt", 100, &place->arena, &bytes));
    assert_int_equal(bytes.len, 49);
    assert_true(str_ends_with((Str){(const char *)bytes.ptr, bytes.len}, "hare hare"));
    assert_ok(vfs_read("packs/hare/a/pages.bin", 30, &place->arena, &bytes));
    assert_string_equal((const char *)bytes.ptr, "012345678901234567890123456789");
    assert_ok(vfs_read("packs/hare/a/empty", 0, &place->arena, &bytes));
    assert_int_equal(bytes.len, 0);
    assert_status(vfs_read("packs/hare/a/pages.bin", 29, &place->arena, &bytes), ERR_LIMIT);
    uint64_t size_bytes;
    assert_ok(vfs_size("packs/hare/a/pages.bin", &size_bytes));
    assert_int_equal(size_bytes, 30);
}

static void names_are_found_and_listed(void **state)
{
    Place *place = *state;
    assert_ok(vfs_mount(write_sample(place), "hare"));
    assert_true(vfs_exists("hare/a/b/text.txt"));
    assert_true(vfs_is_folder("hare/a/b"));
    assert_true(vfs_is_folder("hare"));
    assert_false(vfs_is_folder("hare/index.json"));
    assert_false(vfs_exists("hare/a/b/c"));
    assert_false(vfs_exists("hare/A"));
    const char **names;
    size_t count;
    assert_ok(vfs_list("hare/a", &place->arena, &names, &count));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "b");
    assert_string_equal(names[1], "empty");
    assert_string_equal(names[2], "pages.bin");
    assert_ok(vfs_list("", &place->arena, &names, &count));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "hare");
    assert_ok(vfs_list("hare", &place->arena, &names, &count));
    assert_int_equal(count, 2);
    assert_status(vfs_list("nowhere", &place->arena, &names, &count), ERR_NOT_FOUND);
    assert_status(vfs_list("hare/index.json", &place->arena, &names, &count), ERR_INVALID);
}

static void refusals_name_the_file(void **state)
{
    Place *place = *state;
    const char *path = write_sample(place);
    assert_ok(vfs_mount(path, "hare"));
    Bytes bytes;
    assert_status(vfs_read("hare/fox", 100, &place->arena, &bytes), ERR_NOT_FOUND);
    assert_true(str_starts_with(str_of(fault_last()->text), "hare/fox: "));
    assert_status(vfs_read("hare/a", 100, &place->arena, &bytes), ERR_INVALID);
    assert_status(vfs_read("hare/../hare/index.json", 100, &place->arena, &bytes), ERR_INVALID);
    assert_status(vfs_mount(path, "again"), ERR_INVALID);
    assert_status(vfs_mount("/nowhere/x.vitrine", "x"), ERR_NOT_FOUND);
    assert_true(str_starts_with(str_of(fault_last()->text), "/nowhere/x.vitrine: "));
    assert_status(vfs_mount("/dev/null", "x"), ERR_INVALID);
    assert_ok(vfs_unmount(path));
    assert_false(vfs_exists("hare/index.json"));
    assert_status(vfs_unmount(path), ERR_NOT_FOUND);
}

static void ranges_are_exact(void **state)
{
    Place *place = *state;
    const char *path = write_sample(place);
    assert_ok(vfs_mount(path, ""));
    Bytes bytes;
    assert_ok(vfs_read_range("a/pages.bin", 5, 10, &place->arena, &bytes));
    assert_memory_equal(bytes.ptr, "5678901234", 10);
    assert_ok(vfs_read_range("a/pages.bin", 30, 0, &place->arena, &bytes));
    assert_status(vfs_read_range("a/pages.bin", 25, 6, &place->arena, &bytes), ERR_CORRUPT);
    assert_status(vfs_read_range("a/pages.bin", UINT64_MAX, 2, &place->arena, &bytes),
                  ERR_CORRUPT);
    assert_status(vfs_read_range("a/pages.bin", 1, SIZE_MAX, &place->arena, &bytes),
                  ERR_CORRUPT);

    VfsFile file = {0};
    vfs_close(&file);
    assert_ok(vfs_open("a/b/text.txt", &place->arena, &file)); // deflated, and read backwards
    char text[5] = {0};
    assert_ok(vfs_read_at(&file, 45, 4, text));
    assert_string_equal(text, "hare");
    assert_ok(vfs_read_at(&file, 4, 4, text));
    assert_string_equal(text, " har");
    assert_status(vfs_read_at(&file, 46, 4, text), ERR_CORRUPT);
    assert_status(vfs_unmount(path), ERR_IO); // a file is open
    vfs_close(&file);
    assert_ok(vfs_unmount(path));
}

static void checksums_are_verified_by_whole_reads(void **state)
{
    Place *place = *state;
    const char *path = write_sample(place);
    Bytes good;
    assert_ok(file_read(path, 10000, &place->arena, &good));
    uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
    const uint8_t *digits = memmem(bad, good.len, "0123456789", 10);
    bad[digits - bad] = 'x';
    const uint8_t *deflated = memmem(bad, good.len, "a/b/text.txt", 12);
    bad[deflated - bad + 13] ^= 0x10;
    assert_ok(file_write(path, (Bytes){bad, good.len}));
    assert_ok(vfs_mount(path, "x"));
    Bytes bytes;
    assert_status(vfs_read("x/a/pages.bin", 100, &place->arena, &bytes), ERR_CORRUPT);
    assert_non_null(strstr(fault_last()->text, "x/a/pages.bin: at byte "));
    assert_non_null(strstr(fault_last()->text, "checksum"));
    assert_status(vfs_read("x/a/b/text.txt", 100, &place->arena, &bytes), ERR_CORRUPT);
    assert_ok(vfs_read_range("x/a/pages.bin", 0, 10, &place->arena, &bytes)); // cannot be
    assert_ok(vfs_read("x/index.json", 100, &place->arena, &bytes));
}

static void a_rebuilt_pack_does_not_disturb_a_mounted_one(void **state)
{
    Place *place = *state;
    const char *path = write_sample(place);
    assert_ok(vfs_mount(path, "x"));
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_add(writer, "new", bytes_of("new"), ARCHIVE_STORED));
    assert_ok(archive_writer_commit(writer));
    Bytes bytes;
    assert_ok(vfs_read("x/a/pages.bin", 100, &place->arena, &bytes));
    assert_memory_equal(bytes.ptr, "0123456789", 10);
    assert_ok(vfs_unmount(path));
    assert_ok(vfs_mount(path, "x"));
    assert_ok(vfs_read("x/new", 100, &place->arena, &bytes));
}

static void folders_are_mounted_without_links(void **state)
{
    Place *place = *state;
    Arena *arena = &place->arena;
    const char *folder = path_join(arena, place->folder, "folder");
    assert_ok(file_make_folders(path_join(arena, folder, "sub")));
    assert_ok(file_write(path_join(arena, folder, "sub/Story.txt"), bytes_of("once")));
    assert_ok(file_write(path_join(arena, place->folder, "secret"), bytes_of("secret")));
    assert_int_equal(symlink("../secret", path_join(arena, folder, "link")), 0);
    assert_int_equal(symlink("..", path_join(arena, folder, "up")), 0);
    assert_ok(vfs_mount(folder, "dev"));
    Bytes bytes;
    assert_ok(vfs_read("dev/sub/Story.txt", 100, arena, &bytes));
    assert_string_equal((const char *)bytes.ptr, "once");
    assert_status(vfs_read("dev/link", 100, arena, &bytes), ERR_INVALID);
    assert_status(vfs_read("dev/up/secret", 100, arena, &bytes), ERR_INVALID);
    const char **names;
    size_t count;
    assert_ok(vfs_list("dev", arena, &names, &count));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "sub");
}

static void the_first_mounted_wins(void **state)
{
    Place *place = *state;
    Arena *arena = &place->arena;
    const char *folder = path_join(arena, place->folder, "folder");
    assert_ok(file_make_folders(folder));
    assert_ok(file_write(path_join(arena, folder, "index.json"), bytes_of("newer")));
    assert_ok(vfs_mount(folder, ""));
    assert_ok(vfs_mount(write_sample(place), ""));
    Bytes bytes;
    assert_ok(vfs_read("index.json", 100, arena, &bytes));
    assert_string_equal((const char *)bytes.ptr, "newer");
    const char **names;
    size_t count;
    assert_ok(vfs_list("", arena, &names, &count));
    assert_int_equal(count, 2); // a and one index.json
}

typedef struct Reader {
    Bytes expected;
    uint32_t seed;
    Status status;
    char text[512];
} Reader;

static Status read_pieces(Reader *reader, Arena *arena)
{
    VfsFile file = {0};
    TRY(vfs_open("x/noise", arena, &file));
    uint8_t piece[1000];
    Status status = OK;
    for (int i = 0; i < 300 && !status; i++) {
        reader->seed = reader->seed * 1664525u + 1013904223u;
        uint64_t offset = reader->seed % (reader->expected.len - sizeof piece);
        status = vfs_read_at(&file, offset, sizeof piece, piece);
        if (!status && memcmp(piece, reader->expected.ptr + offset, sizeof piece) != 0)
            status = FAIL(ERR_CORRUPT, "another piece was read");
    }
    vfs_close(&file);
    return status;
}

static void run_reader(void *context)
{
    Reader *reader = context;
    Arena arena = {0};
    for (int i = 0; i < 10 && !reader->status; i++)
        reader->status = read_pieces(reader, &arena);
    snprintf(reader->text, sizeof reader->text, "%s", fault_last()->text);
    arena_drop(&arena);
}

static void many_threads_read_one_archive(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "noise.vitrine");
    Bytes bytes = noise(&place->arena, 300000, 1);
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_add(writer, "noise", bytes, ARCHIVE_STORED));
    assert_ok(archive_writer_commit(writer));
    assert_ok(vfs_mount(path, "x"));
    Thread threads[4] = {0};
    Reader readers[4] = {0};
    for (uint32_t i = 0; i < 4; i++) {
        readers[i] = (Reader){.expected = bytes, .seed = i};
        assert_ok(thread_start(&threads[i], "reader", run_reader, &readers[i]));
    }
    for (int i = 0; i < 4; i++) {
        thread_join(&threads[i]);
        if (readers[i].status)
            fail_msg("%s", readers[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_our_archiver_is_left, make_place, drop_place),
        cmocka_unit_test_setup_teardown(entries_are_read_whole, make_place, drop_place),
        cmocka_unit_test_setup_teardown(names_are_found_and_listed, make_place, drop_place),
        cmocka_unit_test_setup_teardown(refusals_name_the_file, make_place, drop_place),
        cmocka_unit_test_setup_teardown(ranges_are_exact, make_place, drop_place),
        cmocka_unit_test_setup_teardown(checksums_are_verified_by_whole_reads, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(a_rebuilt_pack_does_not_disturb_a_mounted_one,
                                        make_place, drop_place),
        cmocka_unit_test_setup_teardown(folders_are_mounted_without_links, make_place,
                                        drop_place),
        cmocka_unit_test_setup_teardown(the_first_mounted_wins, make_place, drop_place),
        cmocka_unit_test_setup_teardown(many_threads_read_one_archive, make_place, drop_place),
    };
    return cmocka_run_group_tests_name("vfs", tests, NULL, NULL);
}
