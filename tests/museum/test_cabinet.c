// test_cabinet.c: what visitors keep is there again the next time, whatever becomes of the
// program, the disk or the file meanwhile.

#include "io/file.h"
#include "museum/cabinet.h"
#include "museum/finds.h"
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { KILLS = 300 };

typedef struct Fixture {
    Arena arena;
    const char *folder, *path;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-cabinet-XXXXXX";
    fixture = (Fixture){0};
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    fixture.path = path_join(&fixture.arena, name, "new/cabinet.sqlite");
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

static const CabinetPiece hare = {.key = {"small-wonders", "hare"},
                                  .title = "The Hare",
                                  .house = "Small Wonders",
                                  .note = "smaller than I thought"};
static const CabinetPiece bead = {.key = {"small-wonders", "bead"},
                                  .title = "The Bead",
                                  .house = "Small Wonders",
                                  .note = ""};
static const CabinetPiece lost = {
    .key = {"another-pack", "hare"}, .title = "Hase", .house = "Das Haus", .note = ""};

static void expect_order(Fixture *fixture, Cabinet *cabinet, const char *expected)
{
    CabinetPiece *pieces;
    uint32_t count;
    const char *found = "";
    assert_ok(cabinet_pieces(cabinet, &fixture->arena, &pieces, &count));
    for (uint32_t i = 0; i < count; i++)
        found = str_format(&fixture->arena, "%s%s%s%s", found, i ? " " : "",
                           pieces[i].is_collected ? "" : "-", pieces[i].title);
    assert_string_equal(found, expected);
}

static void what_is_collected_comes_back(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    CabinetPiece found;
    assert_null(cabinet_trouble(cabinet));
    assert_true(cabinet_is_kept(cabinet));
    assert_ok(cabinet_collect(cabinet, &hare));
    assert_ok(cabinet_collect(cabinet, &hare)); // twice is once
    assert_ok(cabinet_collect(cabinet, &lost));
    assert_ok(cabinet_set_note(cabinet, &hare));
    assert_ok(cabinet_set_note(cabinet, &(CabinetPiece){.key = bead.key,
                                                        .title = "The Bead",
                                                        .house = "Small Wonders",
                                                        .note = "to collect"}));
    cabinet_close(cabinet);
    cabinet = cabinet_open(fixture->path, &fixture->arena);
    assert_int_equal(cabinet_piece_count(cabinet), 2);
    assert_true(cabinet_has(cabinet, &hare.key));
    assert_false(cabinet_has(cabinet, &bead.key)); // a note alone
    assert_ok(cabinet_find(cabinet, &hare.key, &fixture->arena, &found));
    assert_string_equal(found.note, hare.note);
    assert_string_equal(found.house, "Small Wonders");
    expect_order(fixture, cabinet, "The Hare Hase -The Bead");
    assert_ok(cabinet_uncollect(cabinet, &hare.key));
    expect_order(fixture, cabinet, "Hase -The Bead -The Hare"); // its note stays
    assert_ok(cabinet_set_note(cabinet, &bead));
    expect_order(fixture, cabinet, "Hase -The Hare");
    cabinet_close(cabinet);
}

static void pieces_are_moved(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(NULL, &fixture->arena);
    assert_ok(cabinet_collect(cabinet, &hare));
    assert_ok(cabinet_collect(cabinet, &bead));
    assert_ok(cabinet_collect(cabinet, &lost));
    assert_ok(cabinet_move(cabinet, &lost.key, -1));
    expect_order(fixture, cabinet, "The Hare Hase The Bead");
    assert_ok(cabinet_move(cabinet, &lost.key, -7)); // as far as it goes
    expect_order(fixture, cabinet, "Hase The Hare The Bead");
    assert_ok(cabinet_uncollect(cabinet, &hare.key));
    assert_ok(cabinet_move(cabinet, &lost.key, 1));
    expect_order(fixture, cabinet, "The Bead Hase");
    assert_ok(cabinet_move(cabinet, &hare.key, 1)); // not collected: nothing moves
    assert_ok(cabinet_collect(cabinet, &hare));
    expect_order(fixture, cabinet, "The Bead Hase The Hare");
    cabinet_close(cabinet);
}

static void things_are_kept_by_piece(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    CabinetThing photo = {CABINET_PHOTO, "/home/a/one.png", "{}"},
                 tape = {CABINET_MEASURE, "12.3 mm ± 0.1", "0,0,0 1,0,0"}, *things;
    CabinetPiece found;
    uint32_t count;
    assert_ok(cabinet_add(cabinet, &hare, &tape));
    assert_ok(cabinet_add(cabinet, &hare, &photo));
    assert_ok(cabinet_add(cabinet, &hare, &photo));
    assert_ok(cabinet_things(cabinet, &hare.key, &fixture->arena, &things, &count));
    assert_int_equal(count, 2);
    assert_int_equal(things[0].kind, CABINET_PHOTO);
    assert_string_equal(things[1].name, tape.name);
    assert_string_equal(things[1].view, tape.view);
    assert_ok(cabinet_find(cabinet, &hare.key, &fixture->arena, &found));
    assert_int_equal(found.photo_count, 1);
    assert_int_equal(found.measure_count, 1);
    assert_false(found.is_collected);
    assert_ok(cabinet_remove(cabinet, &hare.key, &photo));
    assert_ok(cabinet_things(cabinet, &hare.key, &fixture->arena, &things, &count));
    assert_int_equal(count, 1);
    cabinet_close(cabinet);
}

static void details_are_kept_and_forgotten(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    const char **details;
    uint32_t count;
    assert_ok(cabinet_note_detail(cabinet, &hare.key, "signature"));
    assert_ok(cabinet_note_detail(cabinet, &hare.key, "signature"));
    assert_ok(cabinet_note_detail(cabinet, &hare.key, "cord"));
    assert_status(cabinet_note_detail(cabinet, &hare.key, "../etc"), ERR_INVALID);
    cabinet_close(cabinet);
    cabinet = cabinet_open(fixture->path, &fixture->arena);
    assert_true(cabinet_has_detail(cabinet, &hare.key, "cord"));
    assert_false(cabinet_has_detail(cabinet, &bead.key, "cord"));
    assert_ok(cabinet_details(cabinet, &hare.key, &fixture->arena, &details, &count));
    assert_int_equal(count, 2);
    assert_string_equal(details[0], "cord");
    assert_ok(cabinet_forget_details(cabinet));
    assert_int_equal(cabinet_detail_count(cabinet), 0);
    cabinet_close(cabinet);
}

static void what_is_no_word_is_refused(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(NULL, &fixture->arena);
    CabinetPiece piece = hare;
    char *much = arena_alloc(&fixture->arena, CABINET_MAX_NOTE_BYTES + 2, 1);
    memset(much, 'a', CABINET_MAX_NOTE_BYTES + 1);
    piece.note = much;
    assert_status(cabinet_set_note(cabinet, &piece), ERR_LIMIT);
    piece.note = "\xff";
    assert_status(cabinet_set_note(cabinet, &piece), ERR_INVALID);
    piece = (CabinetPiece){.key = {"A Pack", "hare"}, .title = "", .house = "", .note = ""};
    assert_status(cabinet_collect(cabinet, &piece), ERR_INVALID);
    piece.key = (CabinetKey){NULL, "hare"}; // under restoration
    assert_status(cabinet_collect(cabinet, &piece), ERR_INVALID);
    piece = bead;
    piece.title = much; // a name may be cut off
    assert_ok(cabinet_collect(cabinet, &piece));
    assert_ok(cabinet_find(cabinet, &bead.key, &fixture->arena, &piece));
    assert_int_equal(strlen(piece.title), CABINET_MAX_NAME_BYTES);
    assert_int_equal(cabinet_piece_count(cabinet), 1);
    assert_false(cabinet_is_kept(cabinet));
    cabinet_close(cabinet);
}

static void write_text(const char *path, const char *text)
{
    assert_ok(file_write(path, (Bytes){(const uint8_t *)text, strlen(text)}));
}

static void older_finds_are_taken_in_once(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    const char *old = path_join(&fixture->arena, fixture->folder, "settings-finds.json");
    assert_ok(cabinet_take_finds(cabinet, old)); // there is none
    write_text(old,
               "{\"version\": 1, \"packs\": {\"small-wonders\": {\"hare\": [\"signature\", "
               "\"cord\"], \"bead\": [\"a\"]}, \"b\": {\"hare\": [\"cord\"]}}}");
    assert_ok(cabinet_take_finds(cabinet, old));
    assert_int_equal(cabinet_detail_count(cabinet), 4);
    assert_true(cabinet_has_detail(cabinet, &hare.key, "cord"));
    assert_false(file_exists(old));
    assert_true(file_exists(str_format(&fixture->arena, "%s.imported", old)));
    write_text(old,
               "{\"version\": 1, \"packs\": {\"p\": {\"ok\": [\"ok\"], \"UP\": [\"x\"]}}}");
    assert_status(cabinet_take_finds(cabinet, old), ERR_INVALID);
    assert_int_equal(cabinet_detail_count(cabinet), 4); // nothing of a bad one
    assert_true(file_exists(old));
    cabinet_close(cabinet);
    assert_string_equal(finds_path("/a/settings.json", &fixture->arena),
                        "/a/settings-finds.json");
    assert_string_equal(cabinet_path_beside("/a/settings.json", &fixture->arena),
                        "/a/settings-cabinet.sqlite");
}

static void there_is_an_end(void **state)
{
    Fixture *fixture = *state;
    Cabinet *cabinet = cabinet_open(NULL, &fixture->arena);
    const char *old = path_join(&fixture->arena, fixture->folder, "settings-finds.json");
    FileWriter *writer;
    assert_ok(file_writer_open(&fixture->arena, old, &writer));
    const char *text = "{\"version\": 1, \"packs\": {\"p\": {\"hare\": [\"d0\"";
    for (int i = 1; i <= CABINET_MOST; i++) {
        assert_ok(file_writer_append(writer, (Bytes){(const uint8_t *)text, strlen(text)}));
        text = str_format(&fixture->arena, ",\"d%d\"", i);
    }
    text = "]}}}";
    assert_ok(file_writer_append(writer, (Bytes){(const uint8_t *)text, strlen(text)}));
    assert_ok(file_writer_commit(writer));
    assert_ok(cabinet_take_finds(cabinet, old));
    assert_int_equal(cabinet_detail_count(cabinet), CABINET_MOST);
    assert_status(cabinet_note_detail(cabinet, &hare.key, "one-more"), ERR_LIMIT);
    assert_int_equal(cabinet_detail_count(cabinet), CABINET_MOST);
    cabinet_close(cabinet);
}

static void a_broken_file_is_moved_aside(void **state)
{
    Fixture *fixture = *state;
    static const char *const texts[] = {"no database", "SQLite format 3"};
    const char *aside = str_format(&fixture->arena, "%s.broken", fixture->path);
    assert_ok(file_make_folders(path_folder(&fixture->arena, fixture->path)));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Bytes left;
        write_text(fixture->path, texts[i]);
        Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
        assert_true(cabinet_is_kept(cabinet));
        assert_non_null(strstr(cabinet_trouble(cabinet), "broken"));
        assert_ok(file_read(aside, 1 << 20, &fixture->arena, &left));
        assert_int_equal(left.len, strlen(texts[i]));
        assert_ok(cabinet_collect(cabinet, &hare)); // and the visit goes on
        cabinet_close(cabinet);
        assert_ok(file_remove_tree(fixture->path));
    }
}

static void without_a_place_it_is_in_memory(void **state)
{
    Fixture *fixture = *state;
    const char *in_the_way = path_join(&fixture->arena, fixture->folder, "file");
    write_text(in_the_way, "x");
    Cabinet *cabinet =
        cabinet_open(path_join(&fixture->arena, in_the_way, "c.sqlite"), &fixture->arena);
    assert_false(cabinet_is_kept(cabinet));
    assert_non_null(cabinet_trouble(cabinet));
    assert_ok(cabinet_collect(cabinet, &hare));
    assert_true(cabinet_has(cabinet, &hare.key));
    cabinet_close(cabinet);
}

// ---- ends that nobody chose

// Collects, notes and finds without end, and says of each that it is done.
static void write_until_killed(Fixture *fixture, uint32_t from, int answers)
{
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    for (uint32_t i = from;; i++) {
        char name[24];
        snprintf(name, sizeof name, "p%u", (unsigned)i);
        CabinetPiece piece = {.key = {"pack", name}, .title = name, .house = "", .note = name};
        bool is_done = !cabinet_collect(cabinet, &piece) &&
                       !cabinet_set_note(cabinet, &piece) &&
                       !cabinet_note_detail(cabinet, &piece.key, "d");
        if (!is_done || write(answers, &i, sizeof i) != sizeof i)
            _exit(1);
    }
}

static void sleep_us(long microseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL);
}

static void nothing_acknowledged_is_lost(void **state)
{
    Fixture *fixture = *state;
    uint32_t done = 0, random = 20261; // pieces are told of from 1 on, one after the other
    for (int round = 0; round < KILLS; round++) {
        int ends[2], outcome;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (!child) {
            close(ends[0]);
            write_until_killed(fixture, done + 1, ends[1]);
        }
        close(ends[1]);
        random = random * 1664525 + 1013904223;
        if (round % 2 && read(ends[0], &done, sizeof done) != sizeof done)
            fail_msg("nothing could be written"); // every other one has surely begun
        sleep_us(random >> 18); // up to 16 ms: from before the file is open on
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &outcome, 0), child);
        assert_true(WIFSIGNALED(outcome));
        uint32_t told; // as far as it came, and no farther
        while (read(ends[0], &told, sizeof told) == sizeof told)
            done = told;
        close(ends[0]);
    }
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    assert_null(cabinet_trouble(cabinet)); // whole, and never moved aside
    assert_true(done > 0);
    print_message("%u pieces acknowledged in %d killed visits\n", (unsigned)done, KILLS);
    for (uint32_t i = 1; i <= done; i++) {
        CabinetPiece found;
        const char *name = str_format(&fixture->arena, "p%u", (unsigned)i);
        CabinetKey key = {"pack", name};
        assert_true(cabinet_has(cabinet, &key));
        assert_true(cabinet_has_detail(cabinet, &key, "d"));
        assert_ok(cabinet_find(cabinet, &key, &fixture->arena, &found));
        assert_string_equal(found.note, name);
    }
    assert_true(cabinet_piece_count(cabinet) <= done + 1); // one may have been under way
    cabinet_close(cabinet);
    assert_false(file_exists(str_format(&fixture->arena, "%s.broken", fixture->path)));
}

// No file may become larger than it is: as on a full disk, the system refuses to write.
static int collect_on_full_disk(Fixture *fixture)
{
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    signal(SIGXFSZ, SIG_IGN);
    CabinetPiece piece = bead;
    char *text = arena_alloc(&fixture->arena, CABINET_MAX_NOTE_BYTES, 1);
    memset(text, 'a', CABINET_MAX_NOTE_BYTES - 1);
    piece.note = text;
    if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096}))
        return 2;
    if (cabinet_set_note(cabinet, &piece) != ERR_IO)
        return 3;
    if (!strlen(fault_last()->text) || !cabinet_has(cabinet, &hare.key))
        return 4;
    CabinetPiece found;
    if (cabinet_find(cabinet, &bead.key, &fixture->arena, &found) || *found.note)
        return 5;
    return 0;
}

static void a_full_disk_loses_nothing(void **state)
{
    Fixture *fixture = *state;
    int outcome;
    Cabinet *cabinet = cabinet_open(fixture->path, &fixture->arena);
    assert_ok(cabinet_collect(cabinet, &hare));
    cabinet_close(cabinet);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child)
        _exit(collect_on_full_disk(fixture));
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
    cabinet = cabinet_open(fixture->path, &fixture->arena);
    assert_null(cabinet_trouble(cabinet));
    expect_order(fixture, cabinet, "The Hare");
    assert_ok(cabinet_collect(cabinet, &bead)); // once there is room again
    cabinet_close(cabinet);
}

// Two programs at once.
static void two_may_write(void **state)
{
    Fixture *fixture = *state;
    Cabinet *one = cabinet_open(fixture->path, &fixture->arena);
    Cabinet *other = cabinet_open(fixture->path, &fixture->arena);
    assert_ok(cabinet_collect(one, &hare));
    assert_true(cabinet_has(other, &hare.key));
    assert_ok(cabinet_collect(other, &bead));
    expect_order(fixture, one, "The Hare The Bead");
    cabinet_close(one);
    cabinet_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_collected_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pieces_are_moved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(things_are_kept_by_piece, set_up, tear_down),
        cmocka_unit_test_setup_teardown(details_are_kept_and_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_word_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(older_finds_are_taken_in_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_an_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_broken_file_is_moved_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_place_it_is_in_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_acknowledged_is_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_may_write, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
