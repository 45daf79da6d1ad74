// test_record.c: records: every field, drafts, problems named one by one, hostile bytes.

#include "test.h"

#include "exhibits/model/record.h"

static Bytes read_example(Arena *arena, const char *name)
{
    const char *source = getenv("VITRINE_SOURCE");
    const char *path = str_format(arena, "%s/tests/exhibits/%s", source ? source : ".", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = arena_alloc(arena, 65536, 1);
    size_t len = fread(bytes, 1, 65536, file);
    fclose(file);
    return (Bytes){bytes, len};
}

static Bytes text_bytes(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static void every_field_is_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Record record = {0};
    assert_ok(record_parse(read_example(&arena, "exhibit.json"), "exhibit.json", &arena,
                           &problems, &record));
    assert_int_equal(problems.count, 0);
    assert_string_equal(record.id, "hare");
    assert_string_equal(langtext_find(&record.title, "fr-CA"), "Lièvre se léchant la patte");
    assert_string_equal(langtext_find(&record.title, "ja"), "Hare, licking its paw");
    assert_int_equal(record.maker_count, 1);
    assert_string_equal(langtext_find(&record.makers[0].place, NULL), "Kyoto");
    assert_true(record.date.is_known);
    assert_int_equal(record.date.latest, 1820);
    assert_int_equal(record.materials.count, 2);
    assert_int_equal(record.dimensions[1].kind, RECORD_WIDTH);
    assert_true(record.dimensions[0].value_mm == 38.2);
    assert_int_equal(record.scale_model, 12);
    assert_int_equal(record.edition.number, 3);
    assert_true(record.diorama.is_there);
    assert_int_equal(record.diorama.scale, 87);
    assert_true(record.diorama.entry_mm[1] == 21.5 && record.diorama.facing_deg == 180);
    assert_true(record.diorama.haze_mm == 40 && record.diorama.haze_color[2] == 0.5f);
    assert_string_equal(langtext_find(&record.inscriptions.items[0], "ja-JP"), "正直");
    assert_int_equal(record.related_count, 2);
    assert_string_equal(record.capture.date, "2023-05-17");
    assert_true(record.capture.gsd_um == 12);
    assert_string_equal(record.source.file, "hare.ply");
    assert_string_equal(record.source.unit, "mm");
    arena_drop(&arena);
}

static void writing_and_reading_gives_the_same_bytes(void **state)
{
    (void)state;
    Arena arena = {0};
    Record record = {0}, again = {0};
    assert_ok(record_parse(read_example(&arena, "exhibit.json"), "a", &arena, NULL, &record));
    record.measured = (RecordMeasured){12.5, 3, 4, 5};
    Bytes first = record_write(&record, &arena);
    assert_ok(record_parse(first, "b", &arena, NULL, &again));
    Bytes second = record_write(&again, &arena);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    assert_true(again.measured.texel_p95_um == 5);
    arena_drop(&arena);
}

static void a_draft_passes_with_notes_and_shows_no_questions(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Record record = {.id = "pan", .title = langtext_make(&arena, "en", "Pan")};
    record.source = (RecordSource){.file = "Reclining Pan.PLY", .unit = "mm"};
    Bytes draft = record_write_draft(&record, &arena);
    Record again = {0};
    assert_ok(record_parse(draft, "pan/exhibit.json", &arena, &problems, &again));
    assert_int_equal(problems.error_count, 0);
    assert_true(problems.note_count > 12);
    assert_int_equal(again.maker_count, 0);
    assert_int_equal(again.materials.count, 0);
    assert_false(again.date.is_known);
    Bytes clean = record_write(&again, &arena);
    const char *text = str_copy(&arena, (Str){(const char *)clean.ptr, clean.len});
    assert_null(strstr(text, RECORD_FILL_IN));
    const char *line = problem_line(&problems.items[0], &arena);
    assert_true(str_starts_with(str_of(line), "note pan/exhibit.json object_type"));
    arena_drop(&arena);
}

static void every_problem_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *json, *line;
    } cases[] = {
        {"{}", "id"},
        {"[]", ""},
        {"{\"id\": \"A b\", \"title\": {\"en\": \"x\"}}", "id"},
        {"{\"id\": \"a\", \"title\": \"x\"}", "title"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"\"}}", "title.en"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"FILL IN: name\"}}", "title"},
        {"{\"id\": \"FILL IN\", \"title\": {\"en\": \"x\"}}", "id"},
        {"{\"id\": \"a\", \"title\": {\"englisch!\": \"x\"}}", "title.englisch!"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"tilte\": 1}", "tilte"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"rights\": \"mine\"}", "rights"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"scale_ratio\": \"big\"}",
         "scale_ratio"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"date\": {\"earliest\": 5, \"latest\": "
         "1}}",
         "date"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"dimensions\": [{\"kind\": \"girth\"}]}",
         "dimensions[0].kind"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"source\": {\"file\": \"../x.ply\"}}",
         "source.file"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"edition\": {\"number\": 5, \"size\": "
         "2}}",
         "edition"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"diorama\": {\"entry_mm\": [1, 2, 3]}}",
         "diorama"},
        {"{\"id\": \"a\", \"title\": {\"en\": \"x\"}, \"scale_ratio\": \"1:87\", \"diorama\": "
         "{}}",
         "diorama.entry_mm"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Problems problems = {.arena = &arena};
        Record record = {0};
        Status status =
            record_parse(text_bytes(cases[i].json), "x.json", &arena, &problems, &record);
        assert_int_not_equal(status, OK);
        assert_null(record.id);
        bool is_told = false;
        for (size_t p = 0; p < problems.count; p++)
            is_told |= problems.items[p].level == PROBLEM_ERROR &&
                       strcmp(problems.items[p].place, cases[i].line) == 0;
        if (!is_told && cases[i].line[0])
            fail_msg("%s: %s", cases[i].json, problem_line(&problems.items[0], &arena));
        arena_drop(&arena);
    }
}

static void several_problems_are_told_at_once(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Record record = {0};
    const char *json =
        "{\"id\": 5, \"title\": [], \"rights\": \"x\", \"date\": 3, \"maker\": {}}";
    assert_status(record_parse(text_bytes(json), "x.json", &arena, &problems, &record),
                  ERR_INVALID);
    assert_int_equal(problems.error_count, 5);
    arena_drop(&arena);
}

static void directions_are_not_overridden(void **state)
{
    (void)state;
    Arena arena = {0};
    Record record = {0};
    const char *json =
        "{\"id\": \"a\", \"title\": {\"en\": \" a\\u202eb\\u0007c\\u2066d\\n\"}}";
    assert_ok(record_parse(text_bytes(json), "x.json", &arena, NULL, &record));
    assert_string_equal(langtext_find(&record.title, NULL), "abcd");
    arena_drop(&arena);
}

static void hostile_bytes_are_refused_or_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes good = read_example(&arena, "exhibit.json");
    good.len = str_trim((Str){(const char *)good.ptr, good.len}).len;
    ArenaMark mark = arena_mark(&arena);
    for (size_t len = 0; len < good.len; len++) {
        Record record = {0};
        assert_int_not_equal(record_parse(bytes_first(good, len), "x", &arena, NULL, &record),
                             OK);
        arena_rewind(&arena, mark);
    }
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        uint8_t *copy = arena_copy(&arena, good.ptr, good.len, 1);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Record record = {0};
        Status status = record_parse((Bytes){copy, good.len}, "x", &arena, NULL, &record);
        assert_true(status == OK || record.id == NULL);
        arena_rewind(&arena, mark);
    }
    arena_drop(&arena);
}

static void ids_are_made_of_anything(void **state)
{
    (void)state;
    Arena arena = {0};
    assert_string_equal(record_make_id(&arena, "Reclining Pan (1863)"), "reclining-pan-1863");
    assert_string_equal(record_make_id(&arena, "__"), "piece");
    assert_string_equal(record_make_id(&arena, "ヴィーナス"), "piece");
    assert_false(record_is_id("-a"));
    assert_false(record_is_id(""));
    assert_true(record_is_id("a-1"));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read),
        cmocka_unit_test(writing_and_reading_gives_the_same_bytes),
        cmocka_unit_test(a_draft_passes_with_notes_and_shows_no_questions),
        cmocka_unit_test(every_problem_is_told),
        cmocka_unit_test(several_problems_are_told_at_once),
        cmocka_unit_test(directions_are_not_overridden),
        cmocka_unit_test(hostile_bytes_are_refused_or_read),
        cmocka_unit_test(ids_are_made_of_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
