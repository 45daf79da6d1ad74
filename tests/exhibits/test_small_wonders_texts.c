// test_small_wonders_texts.c: what the built-in collection says, it says in six languages.

#include "test.h"

#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "exhibits/sculptor/piece.h"
#include "io/file.h"

static const char *const TAGS[] = {"en", "de", "fr", "es", "ar", "ja"};

static Bytes read_file(const char *name, Arena *arena)
{
    const char *source = getenv("VITRINE_SOURCE");
    Bytes bytes;
    assert_ok(file_read(
        str_format(arena, "%s/exhibits/small-wonders/%s", source ? source : ".", name),
        STORY_MAX_BYTES, arena, &bytes));
    return bytes;
}

static size_t paragraph_count(const char *text)
{
    size_t count = 1;
    for (const char *at = text; (at = strstr(at, "\n\n")); at += 2)
        count++;
    return count;
}

// A text in languages is an object with English in it.
static size_t check_text(JsonValue text, const char *file, Arena *arena)
{
    size_t paragraphs = 0;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const char *words = NULL;
        assert_ok(json_get_text(text, TAGS[t], JSON_OPTIONAL, &words));
        if (!words || !words[0])
            fail_msg("%s: %s says nothing in '%s'", file, json_path(text, arena), TAGS[t]);
        size_t count = paragraph_count(words);
        if (t > 0 && count != paragraphs)
            fail_msg("%s: %s has %zu paragraphs in '%s' and %zu in '%s'", file,
                     json_path(text, arena), count, TAGS[t], paragraphs, TAGS[0]);
        paragraphs = count;
    }
    return 1;
}

static size_t check_value(JsonValue value, const char *file, Arena *arena)
{
    size_t checked = 0;
    if (json_kind(value) == JSON_KIND_ARRAY)
        for (size_t i = 0; i < json_count(value); i++)
            checked += check_value(json_item(value, i), file, arena);
    if (json_kind(value) != JSON_KIND_OBJECT)
        return checked;
    if (json_get(value, TAGS[0]).value)
        return check_text(value, file, arena);
    for (JsonValue f = json_first_field(value); f.value; f = json_next_field(f))
        checked += check_value(f, file, arena);
    return checked;
}

static void check_file(const char *name, size_t at_least)
{
    Arena arena = {0};
    JsonDocument document = {0};
    assert_ok(json_parse(read_file(name, &arena), name, &document));
    size_t checked = check_value(json_root(&document), name, &arena);
    if (checked < at_least)
        fail_msg("%s: only %zu texts were found", name, checked);
    json_drop(&document);
    arena_drop(&arena);
}

static void house_speaks_six_languages(void **state)
{
    (void)state;
    check_file("pack.json", 1);
    check_file("gallery.json", 10);
    check_file("tours/eight-minutes.json", 30);
}

static void pieces_speak_six_languages(void **state)
{
    (void)state;
    size_t count;
    const Piece *const *pieces = piece_list(&count);
    assert_int_equal(count, 9);
    for (size_t i = 0; i < count; i++) {
        Arena arena = {0};
        check_file(str_format(&arena, "%s/%s", pieces[i]->name, RECORD_FILE), 12);
        check_file(str_format(&arena, "%s/%s", pieces[i]->name, STORY_FILE), 20);
        arena_drop(&arena);
    }
}

// The model reads every language of them, and a piece's folder has its name.
static void pieces_are_read(void **state)
{
    (void)state;
    size_t count;
    const Piece *const *pieces = piece_list(&count);
    for (size_t i = 0; i < count; i++) {
        Arena arena = {0};
        Record record = {0};
        Story story = {0};
        const char *name = pieces[i]->name;
        assert_ok(
            record_parse(read_file(str_format(&arena, "%s/%s", name, RECORD_FILE), &arena),
                         RECORD_FILE, &arena, NULL, &record));
        assert_ok(story_parse(read_file(str_format(&arena, "%s/%s", name, STORY_FILE), &arena),
                              STORY_FILE, &arena, NULL, &story));
        assert_string_equal(record.id, name);
        assert_string_equal(record.source.unit, "mm");
        assert_int_equal(record.title.count, COUNT_OF(TAGS));
        assert_int_equal(record.alt_text.count, COUNT_OF(TAGS));
        assert_int_equal(story.label.count, COUNT_OF(TAGS));
        arena_drop(&arena);
    }
}

static bool has_picture(const Piece *piece, const char *file)
{
    for (int i = 0; i < piece->picture_count; i++)
        if (strcmp(piece->pictures[i].file, file) == 0)
            return true;
    return false;
}

// The pictures a story names are those the piece is drawn in, each of them told of once.
static void makings_are_shown(void **state)
{
    (void)state;
    size_t count;
    const Piece *const *pieces = piece_list(&count);
    for (size_t i = 0; i < count; i++) {
        Arena arena = {0};
        Story story = {0};
        const char **files;
        assert_ok(story_parse(
            read_file(str_format(&arena, "%s/%s", pieces[i]->name, STORY_FILE), &arena),
            STORY_FILE, &arena, NULL, &story));
        uint32_t file_count = story_files(&story, &arena, &files);
        assert_in_range(pieces[i]->picture_count, 2, 6);
        assert_int_equal(file_count, pieces[i]->picture_count);
        for (uint32_t k = 0; k < file_count; k++)
            if (!has_picture(pieces[i], files[k]))
                fail_msg("%s: nobody draws %s", pieces[i]->name, files[k]);
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(house_speaks_six_languages),
        cmocka_unit_test(pieces_speak_six_languages),
        cmocka_unit_test(pieces_are_read),
        cmocka_unit_test(makings_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
