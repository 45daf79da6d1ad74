// test_story.c: stories: every field, words of labels, problems, hostile bytes.

#include "test.h"

#include <math.h>

#include "exhibits/model/story.h"

static Bytes read_example(Arena *arena)
{
    const char *source = getenv("VITRINE_SOURCE");
    const char *path = str_format(arena, "%s/tests/exhibits/story.json", source ? source : ".");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = arena_alloc(arena, 65536, 1);
    size_t len = fread(bytes, 1, 65536, file);
    fclose(file);
    len = str_trim((Str){(const char *)bytes, len}).len;
    return (Bytes){bytes, len};
}

static Status parse_text(const char *json, Arena *arena, Problems *problems, Story *out)
{
    return story_parse((Bytes){(const uint8_t *)json, strlen(json)}, "s.json", arena, problems,
                       out);
}

static void every_field_is_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Story story = {0};
    assert_ok(story_parse(read_example(&arena), "story.json", &arena, &problems, &story));
    assert_int_equal(problems.count, 0);
    assert_string_equal(langtext_tag(&story.label, "ja"), "ja");
    assert_int_equal(story.chapter_count, 1);
    assert_string_equal(story.chapters[0].picture.file, "pictures/wear.jpg");
    assert_true(story.making.hours == 60);
    assert_true(story.making.printed_layer_um == 25);
    assert_int_equal(story.making.steps[0].magnification, 4);
    const StoryHotspot *eye = &story.hotspots[0];
    assert_true(fabsf(eye->point_m[1] - 0.0285f) < 1e-7f);
    assert_true(eye->normal[2] == 1);
    assert_int_equal(eye->kind, STORY_TECHNIQUE);
    assert_int_equal(eye->lens, STORY_LENS_RAKING);
    assert_true(fabsf(eye->view.distance_m - 0.06f) < 1e-7f);
    assert_int_equal(story.tours[0].steps[0].hotspot, -1);
    assert_int_equal(story.tours[0].steps[1].hotspot, 0);
    const char **files;
    assert_int_equal(story_files(&story, &arena, &files), 5);
    assert_string_equal(files[1], "wear-en.opus");
    assert_string_equal(files[4], "eye.vtt");
    assert_string_equal(langtext_find(&story.chapters[0].audio, "de"), "wear-en.opus");
    assert_string_equal(langtext_find(&story.hotspots[0].audio, "de"), "eye.opus"); // of all
    assert_string_equal(langtext_find(&story.hotspots[0].captions, NULL), "eye.vtt");
    arena_drop(&arena);
}

static void writing_and_reading_gives_the_same_bytes(void **state)
{
    (void)state;
    Arena arena = {0};
    Story story = {0}, again = {0};
    assert_ok(story_parse(read_example(&arena), "a", &arena, NULL, &story));
    Bytes first = story_write(&story, &arena);
    assert_ok(story_parse(first, "b", &arena, NULL, &again));
    Bytes second = story_write(&again, &arena);
    const char **files;
    assert_int_equal(story_files(&again, &arena, &files), 5); // nothing was left out
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    arena_drop(&arena);
}

static void words_are_counted_as_people_do(void **state)
{
    (void)state;
    assert_int_equal(story_count_words(""), 0);
    assert_int_equal(story_count_words("  one, two\nthree "), 3);
    assert_int_equal(story_count_words("胡桃ほど"), 2);
    assert_int_equal(story_count_words("正直 (Masanao)"), 2);
    assert_int_equal(story_count_words("토끼 한 마리"), 3);
}

static void labels_are_short(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    char text[600] = {0}, json[700];
    for (int i = 0; i < 76; i++)
        strcat(text, "word ");
    snprintf(json, sizeof json, "{\"label\": {\"en\": \"fine\", \"de\": \"%s\"}}", text);
    Story story = {0};
    assert_status(parse_text(json, &arena, &problems, &story), ERR_LIMIT);
    assert_string_equal(problems.items[0].place, "label.de");
    arena_drop(&arena);
}

static void problems_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *json, *place;
    } cases[] = {
        {"{'label': 'x'}", "label"},
        {"{'chapters': [{'title': {'en': 'a'}}]}", "chapters[0].text"},
        {"{'chapters': [{'title': {'en': 'a'}, 'text': {'en': 'b'}, 'image': '../x.png'}]}",
         "chapters[0].image"},
        {"{'chapters': [{'title': {'en': 'a'}, 'text': {'en': 'b'}, 'image': 'My Cat.png'}]}",
         "chapters[0].image"},
        {"{'hotspots': [{'id': 'a', 'point_mm': [1, 2]}]}", "hotspots[0].point_mm"},
        {"{'hotspots': [{'id': 'a', 'point_mm': [1, 2, 3], 'normal': [0, 0, 0]}]}",
         "hotspots[0].normal"},
        {"{'hotspots': [{'kind': 'joke'}]}", "hotspots[0].kind"},
        {"{'hotspots': [{'light': {'azimuth_deg': 0, 'elevation_deg': 2}}]}",
         "hotspots[0].light.elevation_deg"},
        {"{'tours': [{'id': 'a', 'title': {'en': 'x'}, 'steps': [{'hotspot': 'b'}]}]}",
         "tours[0].steps[0].hotspot"},
        {"{'hotspots': [{'audio': 'a.mp3'}]}", "hotspots[0].audio"},
        {"{'hotspots': [{'audio': {'en': '../a.opus'}}]}", "hotspots[0].audio.en"},
        {"{'hotspots': [{'audio': 'a.opus', 'captions': 'a.srt'}]}", "hotspots[0].captions"},
        {"{'hotspots': [{'captions': 'a.vtt'}]}", "hotspots[0].captions"},
        {"{'hotspots': [{'audio': {'de': 'a.opus'}, 'transcript': {'en': 'x'}}]}",
         "hotspots[0].audio.de"},
        {"{'chapters': [{'title': {'en': 'a'}, 'text': {'en': 'b'}, 'audio': {'de': "
         "'a.opus'}}]}",
         "chapters[0].audio.de"},
        {"{'makng': 1}", "makng"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Problems problems = {.arena = &arena};
        char *json = arena_copy_text(&arena, cases[i].json);
        for (char *c = json; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        Story story = {0};
        assert_int_not_equal(parse_text(json, &arena, &problems, &story), OK);
        bool is_told = false;
        for (size_t p = 0; p < problems.count; p++)
            is_told |= strcmp(problems.items[p].place, cases[i].place) == 0;
        if (!is_told)
            fail_msg("%s: %s", json, problem_line(&problems.items[0], &arena));
        arena_drop(&arena);
    }
}

static void details_name_every_mode_of_the_lens(void **state)
{
    (void)state;
    static const char *const names[] = {"none",   "beauty", "albedo", "normals",
                                        "raking", "relief", "height", "specular"};
    assert_int_equal(COUNT_OF(names), STORY_LENS_COUNT);
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char json[256];
        snprintf(
            json, sizeof json,
            "{\"hotspots\": [{\"id\": \"a\", \"point_mm\": [1, 2, 3], \"normal\": [0, 0, 1], "
            "\"title\": {\"en\": \"x\"}, \"text\": {\"en\": \"y\"}, "
            "\"kind\": \"symbol\", \"lens\": \"%s\"}]}",
            names[i]);
        Problems problems = {.arena = &arena};
        Story story = {0};
        assert_ok(parse_text(json, &arena, &problems, &story));
        assert_int_equal(story.hotspots[0].lens, i);
        Bytes written = story_write(&story, &arena);
        const char *text = str_copy(&arena, (Str){(const char *)written.ptr, written.len});
        assert_true(i == STORY_LENS_NONE || strstr(text, names[i]));
    }
    arena_drop(&arena);
}

static void hostile_bytes_are_refused_or_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes good = read_example(&arena);
    ArenaMark mark = arena_mark(&arena);
    for (size_t len = 0; len < good.len; len++) {
        Story story = {0};
        assert_int_not_equal(story_parse(bytes_first(good, len), "x", &arena, NULL, &story),
                             OK);
        arena_rewind(&arena, mark);
    }
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        uint8_t *copy = arena_copy(&arena, good.ptr, good.len, 1);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Story story = {0};
        Status status = story_parse((Bytes){copy, good.len}, "x", &arena, NULL, &story);
        assert_true(status == OK || story.hotspot_count == 0);
        arena_rewind(&arena, mark);
    }
    Bytes big = {arena_alloc(&arena, STORY_MAX_BYTES + 1, 1), STORY_MAX_BYTES + 1};
    Story story = {0};
    assert_status(story_parse(big, "x", &arena, NULL, &story), ERR_LIMIT);
    arena_drop(&arena);
}

static void details_beside_the_piece_are_found(void **state)
{
    (void)state;
    const double low_mm[3] = {-10, 0, -5}, high_mm[3] = {10, 40, 5};
    StoryHotspot spots[] = {{.id = "crown", .point_m = {0, 0.041f, 0}},
                            {.id = "in-metres", .point_m = {0, 5, 0}}};
    Story story = {.hotspots = spots, .hotspot_count = 2};
    assert_ptr_equal(story_find_astray(&story, low_mm, high_mm), &spots[1]);
    spots[1].point_m[1] = 0.039f;
    assert_null(story_find_astray(&story, low_mm, high_mm));
    story.hotspot_count = 0;
    assert_null(story_find_astray(&story, low_mm, high_mm));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read),
        cmocka_unit_test(writing_and_reading_gives_the_same_bytes),
        cmocka_unit_test(words_are_counted_as_people_do),
        cmocka_unit_test(labels_are_short),
        cmocka_unit_test(problems_are_told),
        cmocka_unit_test(details_beside_the_piece_are_found),
        cmocka_unit_test(details_name_every_mode_of_the_lens),
        cmocka_unit_test(hostile_bytes_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
