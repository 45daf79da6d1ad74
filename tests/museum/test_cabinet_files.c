// test_cabinet_files.c: a cabinet as one file: it opens elsewhere, and nothing a stranger's
// says is believed.

#include "io/file.h"
#include "museum/cabinet.h"
#include "test.h"

#include <sqlite3.h>

typedef struct Fixture {
    Arena arena;
    const char *folder, *out;
} Fixture;

static const char picture[] = "\x89PNG\r\n\x1a\nwhat it shows";

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-cabinet-XXXXXX";
    fixture = (Fixture){0};
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    fixture.out = path_join(&fixture.arena, name, "mine.cabinet");
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

static const CabinetPiece hare = {
    .key = {"small-wonders", "hare"}, .title = "The Hare", .house = "S", .note = "small"};
static const CabinetPiece bead = {
    .key = {"other", "bead"}, .title = "The Bead", .house = "O", .note = ""};

static const char *photo_path(Fixture *fixture, const char *folder)
{
    const char *in = path_join(&fixture->arena, fixture->folder, folder);
    const char *path = path_join(&fixture->arena, in, "shot.png");
    assert_ok(file_make_folders(in));
    assert_ok(file_write(path, (Bytes){(const uint8_t *)picture, sizeof picture}));
    return path;
}

static Cabinet *fill(Fixture *fixture)
{
    Cabinet *cabinet = cabinet_open(NULL, &fixture->arena);
    const char *one = photo_path(fixture, "one"), *two = photo_path(fixture, "two");
    const CabinetThing things[] = {{CABINET_PHOTO, one, "{\"a\": 1}"},
                                   {CABINET_PHOTO, two, "{\"a\": 2}"},
                                   {CABINET_PHOTO, "/nowhere/gone.png", "{}"},
                                   {CABINET_MEASURE, "1.2 mm ± 0.1", "0,0,0 1,0,0"}};
    assert_ok(cabinet_collect(cabinet, &bead));
    assert_ok(cabinet_collect(cabinet, &hare));
    assert_ok(cabinet_set_note(cabinet, &hare));
    assert_ok(cabinet_note_detail(cabinet, &hare.key, "cord"));
    for (size_t i = 0; i < COUNT_OF(things); i++)
        assert_ok(cabinet_add(cabinet, &hare, &things[i]));
    return cabinet;
}

static Bytes exported(Fixture *fixture, Cabinet *cabinet)
{
    Bytes file;
    assert_ok(cabinet_export(cabinet, fixture->out));
    assert_ok(file_read(fixture->out, CABINET_MAX_EXPORT_BYTES, &fixture->arena, &file));
    return file;
}

static bool holds(Bytes file, const char *text)
{
    return memmem(file.ptr, file.len, text, strlen(text)) != NULL;
}

static void it_opens_elsewhere(void **state)
{
    Fixture *fixture = *state;
    Cabinet *mine = fill(fixture), *theirs = cabinet_open(NULL, &fixture->arena);
    Bytes file = exported(fixture, mine);
    CabinetReport report;
    CabinetPiece *pieces;
    CabinetThing *things;
    uint32_t count;
    assert_true(holds(file, "what it shows"));
    assert_false(holds(file, fixture->folder)); // where it lay is nobody's business
    assert_ok(file_remove_tree(path_join(&fixture->arena, fixture->folder, "one")));
    assert_ok(cabinet_import(theirs, file, &report));
    assert_int_equal(report.pieces, 2);
    assert_int_equal(report.details, 1);
    assert_int_equal(report.photos, 3);
    assert_int_equal(report.measures, 1);
    assert_ok(cabinet_pieces(theirs, &fixture->arena, &pieces, &count));
    assert_int_equal(count, 2);
    assert_string_equal(pieces[0].title, "The Bead"); // in their order
    assert_string_equal(pieces[1].note, "small");
    assert_ok(cabinet_things(theirs, &hare.key, &fixture->arena, &things, &count));
    assert_int_equal(count, 4);
    assert_string_equal(things[0].name, "shot.png");
    assert_string_equal(things[0].view, "{\"a\": 1}");
    assert_string_equal(things[1].name, "2-shot.png");
    assert_true(holds(exported(fixture, theirs), "what it shows")); // it comes along again
    cabinet_close(mine);
    cabinet_close(theirs);
}

// What comes back to where it was made is there already.
static void twice_is_once(void **state)
{
    Fixture *fixture = *state;
    Cabinet *mine = cabinet_open(NULL, &fixture->arena);
    CabinetThing photo = {CABINET_PHOTO, photo_path(fixture, "one"), "{}"};
    CabinetReport report;
    CabinetPiece found;
    assert_ok(cabinet_set_note(mine, &hare));
    assert_ok(cabinet_add(mine, &hare, &photo));
    Bytes file = exported(fixture, mine);
    assert_ok(cabinet_import(mine, file, &report));
    assert_int_equal(report.pieces + report.details + report.photos + report.measures, 0);
    CabinetPiece other = hare;
    other.note = "large";
    assert_ok(cabinet_set_note(mine, &other));
    for (int i = 0; i < 2; i++)
        assert_ok(cabinet_import(mine, file, &report));
    assert_ok(cabinet_find(mine, &hare.key, &fixture->arena, &found));
    assert_string_equal(found.note, "large · small"); // neither is lost
    cabinet_close(mine);
}

static void a_failed_export_leaves_the_old_file(void **state)
{
    Fixture *fixture = *state;
    Cabinet *mine = fill(fixture);
    (void)exported(fixture, mine);
    const char *in_the_way = path_join(&fixture->arena, fixture->folder, "mine.cabinet/x");
    assert_true(cabinet_export(mine, in_the_way) != OK);
    assert_true(file_exists(fixture->out));
    assert_false(file_exists(str_format(&fixture->arena, "%s.part", fixture->out)));
    cabinet_close(mine);
}

// Nothing that comes in can break what is here, and of a bad one nothing comes in.
static void take_bad(Cabinet *theirs, Bytes file)
{
    CabinetReport report;
    uint32_t before = cabinet_piece_count(theirs);
    if (cabinet_import(theirs, file, &report))
        assert_int_equal(cabinet_piece_count(theirs), before);
}

static void every_truncation_is_refused(void **state)
{
    Fixture *fixture = *state;
    Cabinet *mine = fill(fixture), *theirs = cabinet_open(NULL, &fixture->arena);
    Bytes file = exported(fixture, mine);
    CabinetReport report;
    for (size_t len = 0; len < file.len; len += len < 200 ? 1 : 97)
        assert_true(cabinet_import(theirs, bytes_first(file, len), &report) != OK);
    assert_int_equal(cabinet_piece_count(theirs), 0);
    assert_int_equal(cabinet_detail_count(theirs), 0);
    assert_ok(cabinet_import(theirs, file, &report));
    cabinet_close(mine);
    cabinet_close(theirs);
}

static void flipped_bits_break_nothing(void **state)
{
    Fixture *fixture = *state;
    Cabinet *mine = fill(fixture), *theirs = cabinet_open(NULL, &fixture->arena);
    Bytes file = exported(fixture, mine);
    uint8_t *copy = arena_copy(&fixture->arena, file.ptr, file.len, 8);
    assert_ok(cabinet_collect(theirs, &hare));
    for (size_t i = 0; i < file.len * 8; i += i < 800 ? 1 : 31) {
        copy[i / 8] ^= (uint8_t)(1 << i % 8);
        take_bad(theirs, (Bytes){copy, file.len});
        copy[i / 8] ^= (uint8_t)(1 << i % 8);
    }
    assert_true(cabinet_has(theirs, &hare.key));
    cabinet_close(mine);
    cabinet_close(theirs);
}

// A file as somebody would make it who means harm.
static Bytes forge(Fixture *fixture, const char *sql)
{
    Bytes file;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->out, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_ok(file_read(fixture->out, CABINET_MAX_EXPORT_BYTES, &fixture->arena, &file));
    return file;
}

static void what_a_stranger_wrote_is_not_carried_out(void **state)
{
    Fixture *fixture = *state;
    static const char *const forgeries[] = {
        "CREATE TRIGGER t AFTER INSERT ON piece BEGIN DELETE FROM piece; END",
        "CREATE VIEW v AS SELECT * FROM piece",
        "CREATE TABLE more(a)",
        "DROP TABLE thing; CREATE VIEW thing AS SELECT pack, piece, 1 AS id, 0 AS kind, "
        "load_extension('/tmp/x') AS name, '' AS view, NULL AS picture FROM piece",
        "UPDATE thing SET name = '/etc/passwd' WHERE kind = 0 AND name = 'gone.png'",
        "UPDATE thing SET name = '../../.ssh/id_rsa' WHERE name = 'gone.png'",
        "UPDATE thing SET kind = 7 WHERE kind = 1",
        "UPDATE thing SET picture = 'ELF' || hex(kind) WHERE 0; UPDATE thing SET picture = "
        "x'7f454c46' WHERE kind = 0",
        "UPDATE piece SET pack = 'Not An Id'",
        "UPDATE piece SET title = 'a' || char(0) || 'b'",
        "UPDATE piece SET note = CAST(x'ff' AS TEXT)",
        "UPDATE piece SET note = hex(zeroblob(100000))",
        "UPDATE detail SET detail = '../x'",
        "PRAGMA user_version = 2",
        "PRAGMA application_id = 1",
        "PRAGMA journal_mode = WAL",
    };
    Cabinet *mine = fill(fixture), *theirs = cabinet_open(NULL, &fixture->arena);
    assert_ok(cabinet_collect(theirs, &hare));
    for (size_t i = 0; i < COUNT_OF(forgeries); i++) {
        CabinetReport report;
        (void)exported(fixture, mine);
        if (!cabinet_import(theirs, forge(fixture, forgeries[i]), &report))
            fail_msg("taken: %s", forgeries[i]);
        assert_int_equal(cabinet_piece_count(theirs), 1);
        assert_int_equal(cabinet_detail_count(theirs), 0);
    }
    cabinet_close(mine);
    cabinet_close(theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_opens_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(twice_is_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failed_export_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_truncation_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(flipped_bits_break_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_stranger_wrote_is_not_carried_out, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
