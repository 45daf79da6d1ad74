// test_pack.c: manifests: written, read back, broken rules, hostile bytes.

#include "test.h"

#include "data/pack.h"

static Pack make_pack(Arena *arena)
{
    static const struct {
        const char *name;
        PackKind kind;
        int32_t piece;
    } files[] = {
        {"gallery.json", PACK_PLAN, PACK_NONE},    {"hare/exhibit.json", PACK_RECORD, 0},
        {"hare/story.json", PACK_STORY, 0},        {"bead/exhibit.json", PACK_RECORD, 1},
        {"hare/sculpture.graph", PACK_GRAPH, 0},   {"bead/sculpture.graph", PACK_GRAPH, 1},
        {"hare/sculpture.pages", PACK_PAGES, 0},   {"bead/sculpture.pages", PACK_PAGES, 1},
        {"hare/pictures/wear.jpg", PACK_IMAGE, 0}, {"hare/pictures/eye.jpg", PACK_IMAGE, 0},
    };
    Pack pack = {.id = "small-things",
                 .title = langtext_make(arena, "en", "Small things"),
                 .version = 3,
                 .generator = "test",
                 .piece_count = 2,
                 .file_count = COUNT_OF(files)};
    pack.pieces = ARENA_ARRAY(arena, PackPiece, 2);
    for (int i = 0; i < 2; i++) {
        pack.pieces[i] =
            (PackPiece){.id = i ? "bead" : "hare",
                        .title = langtext_make(arena, "fr", i ? "Grain" : "Lièvre"),
                        .low_mm = {-1.5, 0, -2},
                        .high_mm = {1.5, 38.25, 2},
                        .triangle_count = 1000000,
                        .level_count = 2,
                        .level_triangles = {1000000, 500000},
                        .page_count = 300,
                        .median_edge_um = 41.5};
    }
    pack.files = ARENA_ARRAY(arena, PackFile, COUNT_OF(files));
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        pack.files[i] = (PackFile){.name = files[i].name,
                                   .kind = files[i].kind,
                                   .piece = files[i].piece,
                                   .size_bytes = 100 + i};
        pack_hash((Bytes){(const uint8_t *)files[i].name, 4}, pack.files[i].hash);
    }
    return pack;
}

// Only who has something new to say asks for a newer reader.
static void packs_with_light_are_of_version_2(void **state)
{
    (void)state;
    Arena arena = {0};
    Pack pack = make_pack(&arena), again = {0};
    Bytes plain = pack_write(&pack, &arena);
    assert_non_null(strstr((const char *)plain.ptr, "\"format_version\": 1"));
    pack.files[9] = (PackFile){
        .name = "light/room-1.light", .kind = PACK_LIGHT, .piece = PACK_NONE, .size_bytes = 9};
    Bytes lit = pack_write(&pack, &arena);
    assert_non_null(strstr((const char *)lit.ptr, "\"format_version\": 2"));
    assert_ok(pack_parse(lit, &arena, &again));
    assert_int_equal(again.files[9].kind, PACK_LIGHT);
    arena_drop(&arena);
}

static void manifests_survive_writing_and_reading(void **state)
{
    (void)state;
    Arena arena = {0};
    Pack pack = make_pack(&arena), again = {0};
    Bytes first = pack_write(&pack, &arena);
    assert_ok(pack_parse(first, &arena, &again));
    assert_int_equal(again.version, 3);
    assert_int_equal(again.plan, 0);
    assert_int_equal(again.pieces[0].story, 2);
    assert_int_equal(again.pieces[1].story, PACK_NONE);
    assert_int_equal(again.pieces[1].pages, 7);
    assert_true(again.pieces[0].high_mm[1] == 38.25);
    assert_int_equal(pack_find_file(&again, "hare/pictures/eye.jpg"), 9);
    assert_int_equal(pack_find_piece(&again, "bead"), 1);
    assert_memory_equal(again.files[9].hash, pack.files[9].hash, PACK_HASH_BYTES);
    Bytes second = pack_write(&again, &arena);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    arena_drop(&arena);
}

static void tours_are_of_the_whole(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        PackKind kind;
        int32_t piece;
        bool is_fine;
    } cases[] = {{"tours/walk.json", PACK_TOUR, PACK_NONE, true},
                 {"tours/walk-en.opus", PACK_AUDIO, PACK_NONE, true},
                 {"walk.json", PACK_TOUR, PACK_NONE, false},
                 {"hare/walk.json", PACK_TOUR, 0, false},
                 {"hall.opus", PACK_AUDIO, PACK_NONE, true},
                 {"tours/walk-en.vtt", PACK_CAPTIONS, PACK_NONE, true},
                 {"walk-en.vtt", PACK_CAPTIONS, PACK_NONE, false},
                 {"tours/walk.png", PACK_IMAGE, PACK_NONE, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Pack pack = make_pack(&arena), again;
        PackFile *files = ARENA_ARRAY(&arena, PackFile, pack.file_count + 1);
        memcpy(files, pack.files, pack.file_count * sizeof *files);
        files[pack.file_count++] =
            (PackFile){.name = cases[i].name, .kind = cases[i].kind, .piece = cases[i].piece};
        pack.files = files;
        Bytes json = pack_write(&pack, &arena);
        assert_int_equal(pack_parse(json, &arena, &again) == OK, cases[i].is_fine);
        bool is_tour = cases[i].kind == PACK_TOUR || cases[i].kind == PACK_CAPTIONS;
        assert_int_equal(strstr((const char *)json.ptr, "\"format_version\": 2") != NULL,
                         is_tour);
        arena_drop(&arena);
    }
}

static void hashes_are_blake2b(void **state)
{
    (void)state;
    // BLAKE2b-256 of "abc".
    static const uint8_t expected[4] = {0xbd, 0xdd, 0x81, 0x3c};
    uint8_t whole[PACK_HASH_BYTES], parts[PACK_HASH_BYTES];
    pack_hash((Bytes){(const uint8_t *)"abc", 3}, whole);
    assert_memory_equal(whole, expected, sizeof expected);
    PackHasher hasher;
    pack_hash_begin(&hasher);
    pack_hash_add(&hasher, (Bytes){(const uint8_t *)"a", 1});
    pack_hash_add(&hasher, (Bytes){(const uint8_t *)"bc", 2});
    pack_hash_end(&hasher, parts);
    assert_memory_equal(whole, parts, sizeof whole);
}

static void broken_rules_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *find, *replace;
        Status status;
    } cases[] = {
        {"\"format_version\": 1", "\"format_version\": 3", ERR_UNSUPPORTED},
        {"\"id\": \"small-things\"", "\"id\": \"Small Things\"", ERR_INVALID},
        {"\"version\": 3", "\"version\": 0", ERR_INVALID},
        {"\"id\": \"bead\"", "\"id\": \"hare\"", ERR_INVALID},
        {"\"bead/exhibit.json\"", "\"hare/exhibit2.json\"", ERR_INVALID},
        {"\"hare/story.json\"", "\"hare/../story.json\"", ERR_INVALID},
        {"\"hare/story.json\"", "\"hare/exhibit.json\"", ERR_INVALID},
        {"\"kind\": \"story\"", "\"kind\": \"record\"", ERR_INVALID},
        {"\"kind\": \"story\"", "\"kind\": \"font\"", ERR_INVALID},
        {"\"kind\": \"graph\"", "\"kind\": \"image\"", ERR_INVALID},
        {"\"hare/pictures/wear.jpg\"", "\"Hare/pictures/wear.jpg\"", ERR_INVALID},
        {"\"pages\": 300", "\"pages\": 300000000", ERR_LIMIT},
        {"38.25", "-38.25", ERR_INVALID},
        {"\"size_bytes\": 103", "\"size_bytes\": 5000000000", ERR_LIMIT},
        {"\"blake2b\": \"", "\"blake2b\": \"g", ERR_INVALID},
    };
    Arena arena = {0};
    Pack pack = make_pack(&arena);
    Bytes good = pack_write(&pack, &arena);
    const char *text = str_copy(&arena, (Str){(const char *)good.ptr, good.len});
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *at = strstr(text, cases[i].find);
        assert_non_null(at);
        const char *before = str_copy(&arena, (Str){text, (size_t)(at - text)});
        const char *broken =
            str_format(&arena, "%s%s%s", before, cases[i].replace, at + strlen(cases[i].find));
        Pack out = {0};
        Status status =
            pack_parse((Bytes){(const uint8_t *)broken, strlen(broken)}, &arena, &out);
        if (status != cases[i].status)
            fail_msg("%s: %s: %s", cases[i].replace, status_name(status), fault_last()->text);
        assert_null(out.id);
    }
    arena_drop(&arena);
}

static void hostile_bytes_are_refused_or_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Pack pack = make_pack(&arena);
    Bytes good = pack_write(&pack, &arena);
    good.len = str_trim((Str){(const char *)good.ptr, good.len}).len;
    ArenaMark mark = arena_mark(&arena);
    for (size_t len = 0; len < good.len; len++) {
        Pack out = {0};
        assert_int_not_equal(pack_parse(bytes_first(good, len), &arena, &out), OK);
        arena_rewind(&arena, mark);
    }
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        uint8_t *copy = arena_copy(&arena, good.ptr, good.len, 1);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Pack out = {0};
        Status status = pack_parse((Bytes){copy, good.len}, &arena, &out);
        assert_true(status == OK || out.piece_count == 0);
        arena_rewind(&arena, mark);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manifests_survive_writing_and_reading),
        cmocka_unit_test(packs_with_light_are_of_version_2),
        cmocka_unit_test(tours_are_of_the_whole),
        cmocka_unit_test(hashes_are_blake2b),
        cmocka_unit_test(broken_rules_are_refused),
        cmocka_unit_test(hostile_bytes_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
