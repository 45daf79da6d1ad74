// test_archive.c: what the strict reader refuses, and that the writer writes nothing else.

#include "archive_samples.h"

#include "io/archive_format.h"

#include <sys/resource.h>

static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Reads every file below a folder of the vfs, whole, and mixes what it read into *digest.
static Status read_all(const char *folder, Arena *arena, uint32_t *digest)
{
    const char **names;
    size_t count;
    TRY(vfs_list(folder, arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i]);
        Bytes bytes = {0};
        if (vfs_is_folder(path))
            TRY(read_all(path, arena, digest));
        else
            TRY(vfs_read(path, 1 << 28, arena, &bytes));
        for (size_t b = 0; b < bytes.len; b++)
            *digest = (*digest ^ bytes.ptr[b]) * 16777619u;
    }
    return OK;
}

static uint32_t last_digest; // of the content that open_and_read read last

// Mounts, reads everything, unmounts.
static Status open_and_read(const char *path)
{
    TRY(vfs_mount(path, "x"));
    Arena arena = {0};
    last_digest = 2166136261u;
    Status status = read_all("x", &arena, &last_digest);
    Fault fault = *fault_last();
    assert_ok(vfs_unmount(path));
    arena_drop(&arena);
    if (status)
        fault_set(status, fault.source_file, fault.source_line, "%s", fault.text);
    return status;
}

static Status try_bytes(Place *place, Bytes bytes)
{
    const char *path = path_join(&place->arena, place->folder, "try.vitrine");
    FILE *file = fopen(path, "wb"); // not file_write: thousands of these need no disk
    assert_non_null(file);
    if (bytes.len)
        assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
    return open_and_read(path);
}

// ---- names

static void names_are_checked(void **state)
{
    (void)state;
    static const char *const good[] = {"a", "a.b", "a/b", "1_2-3.txt", "a/b/c/d/e/f/g/h",
                                       "_", "-"};
    static const char *const bad[] = {
        "",     "/",    "/a",  "a/",        "a//b", ".",     "..",
        "a/..", "../a", ".a",  "a.",        "a/.b", "a./b",  "A",
        "a b",  "a\\b", "a:b", "h\xc3\xa9", "a\n",  "a/./b", "a/b/c/d/e/f/g/h/i",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_ok(archive_check_name(str_of(good[i])));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_status(archive_check_name(str_of(bad[i])), ERR_INVALID);
    assert_status(archive_check_name((Str){"a\0b", 3}), ERR_INVALID);
    char long_name[201];
    memset(long_name, 'n', sizeof long_name);
    assert_ok(archive_check_name((Str){long_name, 200}));
    assert_status(archive_check_name((Str){long_name, 201}), ERR_INVALID);
}

// ---- writing

static void the_same_calls_give_the_same_bytes(void **state)
{
    Place *place = *state;
    Bytes first, second;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &first));
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &second));
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
}

static void the_writer_refuses_what_the_reader_would(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "w.vitrine");
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_add(writer, "a/b", bytes_of("x"), ARCHIVE_STORED));
    assert_status(archive_add(writer, "a/b", bytes_of("x"), ARCHIVE_STORED), ERR_INVALID);
    assert_status(archive_add(writer, "a", bytes_of("x"), ARCHIVE_STORED), ERR_INVALID);
    assert_status(archive_add(writer, "a/b/c", bytes_of("x"), ARCHIVE_STORED), ERR_INVALID);
    assert_status(archive_begin(writer, "A"), ERR_INVALID);
    assert_true(str_starts_with(str_of(fault_last()->text), path));
    assert_ok(archive_add(writer, "a/bc", bytes_of("x"), ARCHIVE_STORED));
    archive_writer_abandon(writer);
    assert_false(file_exists(path));
}

static void what_deflates_too_well_is_stored(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "w.vitrine");
    uint8_t *zeroes = arena_alloc(&place->arena, 1 << 20, 1);
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_add(writer, "zeroes", (Bytes){zeroes, 1 << 20}, ARCHIVE_DEFLATED));
    assert_ok(archive_add(writer, "few", (Bytes){zeroes, 1 << 16}, ARCHIVE_DEFLATED));
    assert_ok(archive_add(writer, "noise", noise(&place->arena, 1000, 1), ARCHIVE_DEFLATED));
    assert_ok(archive_writer_commit(writer));
    FileInfo info;
    assert_ok(file_get_info(path, &info));
    assert_in_range(info.size_bytes, (1 << 20) + 1000, (1 << 20) + 2000);
    assert_ok(open_and_read(path));
}

static const char *write_many(Place *place, int count)
{
    const char *path = path_join(&place->arena, place->folder, "many.vitrine");
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    for (int i = 0; i < count; i++) {
        Scratch scratch = scratch_begin(&place->arena);
        const char *name = str_format(scratch.arena, "f%d/entry-%04d", i % 100, i);
        assert_ok(archive_add(writer, name, bytes_of(name), ARCHIVE_STORED));
        scratch_end(scratch);
    }
    if (count == ARCHIVE_MAX_ENTRIES)
        assert_status(archive_add(writer, "one-more", (Bytes){0}, ARCHIVE_STORED), ERR_LIMIT);
    assert_ok(archive_writer_commit(writer));
    return path;
}

static void four_thousand_entries_are_found(void **state)
{
    Place *place = *state;
    const char *path = write_many(place, ARCHIVE_MAX_ENTRIES);
    assert_ok(vfs_mount(path, "x"));
    for (int i = 0; i < ARCHIVE_MAX_ENTRIES; i += 7) {
        Bytes bytes;
        const char *name = str_format(&place->arena, "f%d/entry-%04d", i % 100, i);
        assert_ok(vfs_read(path_join(&place->arena, "x", name), 100, &place->arena, &bytes));
        assert_string_equal((const char *)bytes.ptr, name);
    }
    const char **names;
    size_t count;
    assert_ok(vfs_list("x/f17", &place->arena, &names, &count));
    assert_int_equal(count, 41);
    assert_string_equal(names[40], "entry-4017");
    assert_ok(vfs_unmount(path));

    Bytes good;
    assert_ok(file_read(path, 1 << 20, &place->arena, &good));
    uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
    put_u16(bad + good.len - 14, ARCHIVE_MAX_ENTRIES + 1);
    put_u16(bad + good.len - 12, ARCHIVE_MAX_ENTRIES + 1);
    assert_status(try_bytes(place, (Bytes){bad, good.len}), ERR_LIMIT);
}

// ---- reading what is damaged

static void every_truncation_is_refused(void **state)
{
    Place *place = *state;
    Bytes good;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &good));
    for (size_t len = 0; len <= good.len; len++)
        assert_int_equal(try_bytes(place, bytes_first(good, len)) == OK, len == good.len);
    uint8_t *more = arena_alloc(&place->arena, good.len + 1, 1);
    memcpy(more, good.ptr, good.len);
    assert_status(try_bytes(place, (Bytes){more, good.len + 1}), ERR_CORRUPT); // a suffix
    memcpy(more + 1, good.ptr, good.len);
    assert_status(try_bytes(place, (Bytes){more, good.len + 1}), ERR_CORRUPT); // a prefix
}

static size_t central_at(Bytes archive, int number)
{
    size_t at = get_u32(archive.ptr + archive.len - 6);
    while (number-- > 0)
        at += CENTRAL_BYTES + get_u16(archive.ptr + at + 28);
    return at;
}

// Attributes and the maker are the only bytes of an archive that mean nothing to us.
static bool is_free_byte(Bytes archive, size_t at)
{
    for (int i = 0; i < 4; i++) {
        size_t central = central_at(archive, i);
        if ((at >= central + 4 && at < central + 6) ||
            (at >= central + 36 && at < central + 42))
            return true;
    }
    return false;
}

// Two streams may well inflate to the same bytes.
static bool is_deflated_byte(Bytes archive, size_t at)
{
    size_t local = get_u32(archive.ptr + central_at(archive, 1) + 42);
    return at >= local + LOCAL_BYTES && at < get_u32(archive.ptr + central_at(archive, 2) + 42);
}

static void every_flipped_bit_is_noticed(void **state)
{
    Place *place = *state;
    Bytes good;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &good));
    assert_ok(try_bytes(place, good));
    uint32_t good_digest = last_digest;
    uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        ArenaMark mark = arena_mark(&place->arena);
        bad[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Status status = try_bytes(place, (Bytes){bad, good.len});
        bool may_pass = is_free_byte(good, bit / 8) || is_deflated_byte(good, bit / 8);
        if (status == OK && !(may_pass && last_digest == good_digest))
            fail_msg("bit %zu of byte %zu was not noticed", bit % 8, bit / 8);
        bad[bit / 8] ^= (uint8_t)(1 << bit % 8);
        arena_rewind(&place->arena, mark);
    }
}

// ---- reading what is well made but not of our profile

typedef enum Where { IN_BOTH, IN_LOCAL, IN_CENTRAL, IN_END } Where;

typedef struct Change {
    const char *about;
    Where where;
    size_t local_offset; // of a two-byte field; for IN_CENTRAL and IN_END in that record
    uint32_t value;
    Status expected;
    const char *sentence;
} Change;

static void apply(const Change *change, uint8_t *archive, size_t len)
{
    size_t central = central_at((Bytes){archive, len}, 0), field = change->local_offset;
    if (change->where == IN_BOTH || change->where == IN_LOCAL)
        put_u16(archive + field, change->value);
    if (change->where == IN_BOTH)
        put_u16(archive + central + field + 2, change->value);
    if (change->where == IN_CENTRAL)
        put_u16(archive + central + field, change->value);
    if (change->where == IN_END)
        put_u16(archive + len - END_BYTES + field, change->value);
}

static void other_kinds_of_zip_are_refused(void **state)
{
    static const Change changes[] = {
        {"encrypted", IN_BOTH, 6, 1, ERR_UNSUPPORTED, "is encrypted"},
        {"descriptor", IN_BOTH, 6, 8, ERR_UNSUPPORTED, "has a data descriptor"},
        {"patched data", IN_BOTH, 6, 32, ERR_UNSUPPORTED, "unknown flags 0x0020"},
        {"strong encryption", IN_BOTH, 6, 64, ERR_UNSUPPORTED, "is encrypted"},
        {"bzip2", IN_BOTH, 8, 12, ERR_UNSUPPORTED, "is packed by method 12"},
        {"deflated, says only one", IN_CENTRAL, 10, 8, ERR_CORRUPT, "header that differs"},
        {"another time", IN_LOCAL, 10, 7, ERR_CORRUPT,
         "at byte 0: \"index.json\": has a header that differs"},
        {"another checksum", IN_CENTRAL, 16, 7, ERR_CORRUPT, "header that differs"},
        {"stored, packed", IN_BOTH, 18, 5, ERR_CORRUPT, "has 17 bytes packed to 5"},
        {"bomb", IN_CENTRAL, 26, 0x100, ERR_CORRUPT, "packed to 17"},
        {"extra field", IN_BOTH, 28, 4, ERR_UNSUPPORTED, "an extra field of 4 bytes"},
        {"comment", IN_CENTRAL, 32, 3, ERR_UNSUPPORTED, "a comment of 3 bytes"},
        {"second disk", IN_CENTRAL, 34, 1, ERR_UNSUPPORTED, "another part"},
        {"moved", IN_CENTRAL, 42, 1, ERR_CORRUPT, "is at byte 1, expected 0"},
        {"long name", IN_CENTRAL, 28, 0xffff, ERR_CORRUPT, "reaches beyond the directory"},
        {"archive comment", IN_END, 20, 1, ERR_CORRUPT, "a comment that is not there"},
        {"this disk", IN_END, 4, 1, ERR_UNSUPPORTED, "one part of an archive of several"},
        {"directory's disk", IN_END, 6, 1, ERR_UNSUPPORTED, "one part"},
        {"zip64 count", IN_END, 10, 0xffff, ERR_UNSUPPORTED, "zip64"},
        {"entries here", IN_END, 8, 3, ERR_UNSUPPORTED, "one part"},
        {"directory size", IN_END, 12, 7, ERR_CORRUPT, "does not reach the end record"},
    };
    Place *place = *state;
    Bytes good;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &good));
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
        apply(&changes[i], bad, good.len);
        Status status = try_bytes(place, (Bytes){bad, good.len});
        if (status != changes[i].expected || !strstr(fault_last()->text, changes[i].sentence) ||
            !strstr(fault_last()->text, "try.vitrine: at byte "))
            fail_msg("%s: %s: %s", changes[i].about, status_name(status), fault_last()->text);
    }
}

static void links_are_refused(void **state)
{
    Place *place = *state;
    Bytes good;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &good));
    uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
    size_t central = central_at(good, 0);
    put_u16(bad + central + 4, 0x031e); // made on Unix
    put_u16(bad + central + 40, 0100644);
    assert_ok(try_bytes(place, (Bytes){bad, good.len}));
    put_u16(bad + central + 40, 0120777);
    assert_status(try_bytes(place, (Bytes){bad, good.len}), ERR_UNSUPPORTED);
    assert_non_null(strstr(fault_last()->text, "is a symbolic link"));
    put_u16(bad + central + 40, 0040755);
    assert_status(try_bytes(place, (Bytes){bad, good.len}), ERR_UNSUPPORTED);
}

// Writes two entries, then replaces their names, of the same lengths, in all four places.
static Status try_names(Place *place, const char *first, const char *second)
{
    const char *path = path_join(&place->arena, place->folder, "names.vitrine");
    char names[2][32];
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(i ? second : first);
        memset(names[i], i ? 'y' : 'x', len);
        names[i][len] = 0;
    }
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_add(writer, names[0], bytes_of("1"), ARCHIVE_STORED));
    assert_ok(archive_add(writer, names[1], bytes_of("2"), ARCHIVE_STORED));
    assert_ok(archive_writer_commit(writer));
    Bytes good;
    assert_ok(file_read(path, 10000, &place->arena, &good));
    uint8_t *bytes = arena_copy(&place->arena, good.ptr, good.len, 1);
    memcpy(bytes + LOCAL_BYTES, first, strlen(first));
    memcpy(bytes + LOCAL_BYTES + strlen(first) + 1 + LOCAL_BYTES, second, strlen(second));
    memcpy(bytes + central_at(good, 0) + CENTRAL_BYTES, first, strlen(first));
    memcpy(bytes + central_at(good, 1) + CENTRAL_BYTES, second, strlen(second));
    return try_bytes(place, (Bytes){bytes, good.len});
}

static void names_may_not_clash(void **state)
{
    Place *place = *state;
    assert_ok(try_names(place, "a", "b/a"));
    assert_ok(try_names(place, "a/b", "a/c"));
    assert_ok(try_names(place, "a/b.c", "a/b/c")); // "b.c" and the folder "b" differ
    static const char *const clashes[][2] = {
        {"a", "a"},   {"a/b", "a/b"},     {"a", "a/b"},
        {"a/b", "a"}, {"a/b/c/d", "a/b"}, {"a/b", "a/b/c/d"},
    };
    for (size_t i = 0; i < COUNT_OF(clashes); i++) {
        assert_status(try_names(place, clashes[i][0], clashes[i][1]), ERR_INVALID);
        assert_non_null(strstr(fault_last()->text, " used "));
    }
    static const char *const bad[] = {"../a", "/a", "a/", "A", "a\\b", "..", ".a"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_status(try_names(place, "good", bad[i]), ERR_INVALID);
}

// One deflated entry whose data claims more or less than it is.
static void wrong_sizes_of_deflated_data_are_refused(void **state)
{
    Place *place = *state;
    Bytes good;
    assert_ok(file_read(write_sample(place), 10000, &place->arena, &good));
    size_t local = get_u32(good.ptr + central_at(good, 1) + 42);
    size_t central = central_at(good, 1);
    static const uint32_t sizes[] = {0,     1,        48,       50,        65536,
                                     70000, 16777216, 16777217, 0xffffffff};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        uint8_t *bad = arena_copy(&place->arena, good.ptr, good.len, 1);
        put_u32(bad + local + 22, sizes[i]);
        put_u32(bad + central + 24, sizes[i]);
        Status status = try_bytes(place, (Bytes){bad, good.len});
        assert_status(status, sizes[i] > 65536 ? ERR_LIMIT : ERR_CORRUPT);
    }
}

static void an_archive_may_be_empty(void **state)
{
    Place *place = *state;
    const char *path = path_join(&place->arena, place->folder, "empty.vitrine");
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(archive_writer_commit(writer));
    assert_ok(open_and_read(path));
}

// ---- what others made

static void read_folder(Arena *arena, const char *folder, bool must_refuse, size_t *read,
                        size_t *refused)
{
    FileName *names;
    size_t count;
    assert_ok(file_list(folder, arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i].name);
        if (names[i].is_folder) {
            bool is_failure = strcmp(names[i].name, "failure") == 0;
            read_folder(arena, path, must_refuse || is_failure, read, refused);
            continue;
        }
        if (!str_ends_with(str_of(names[i].name), ".zip"))
            continue;
        Status status = open_and_read(path);
        print_message("%s: %s\n", status_name(status), status ? fault_last()->text : path);
        if (status == OK && must_refuse)
            fail_msg("%s was read", path);
        *(status ? refused : read) += 1;
    }
}

static void archives_of_others_are_read_or_refused(void **state)
{
    Place *place = *state;
    size_t read = 0, refused = 0;
    Arena names = {0}; // who skips drops it, and the place is still to be tidied
    const char *broken = shared_file(&names, "broken/zip");
    const char *others = shared_file(&names, "conformance/zip");
    long before = peak_kib();
    read_folder(&place->arena, broken, true, &read, &refused);
    read_folder(&place->arena, others, false, &read, &refused);
    arena_drop(&names);
    print_message("%zu read, %zu refused\n", read, refused);
    assert_true(refused >= 4);
    assert_true(peak_kib() - before < 64 * 1024);
}

#define AT_A_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_checked),
        AT_A_PLACE(archives_of_others_are_read_or_refused),
        AT_A_PLACE(the_same_calls_give_the_same_bytes),
        AT_A_PLACE(the_writer_refuses_what_the_reader_would),
        AT_A_PLACE(what_deflates_too_well_is_stored),
        AT_A_PLACE(four_thousand_entries_are_found),
        AT_A_PLACE(every_truncation_is_refused),
        AT_A_PLACE(every_flipped_bit_is_noticed),
        AT_A_PLACE(other_kinds_of_zip_are_refused),
        AT_A_PLACE(links_are_refused),
        AT_A_PLACE(names_may_not_clash),
        AT_A_PLACE(wrong_sizes_of_deflated_data_are_refused),
        AT_A_PLACE(an_archive_may_be_empty),
    };
    return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
