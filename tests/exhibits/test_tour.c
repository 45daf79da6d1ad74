// test_tour.c: tours: every field, problems, what they are checked against, proposals, hostile
// bytes.

#include "test.h"

#include <math.h>

#include "exhibits/model/tour.h"

static Bytes read_example(Arena *arena)
{
    const char *source = getenv("VITRINE_SOURCE");
    const char *path = str_format(arena, "%s/tests/exhibits/tour.json", source ? source : ".");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = arena_alloc(arena, 65536, 1);
    size_t len = fread(bytes, 1, 65536, file);
    fclose(file);
    len = str_trim((Str){(const char *)bytes, len}).len;
    return (Bytes){bytes, len};
}

// With ' for ".
static Status parse_text(const char *text, Arena *arena, Problems *problems, Tour *out)
{
    char *json = arena_copy_text(arena, text);
    for (char *c = json; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return tour_parse((Bytes){(const uint8_t *)json, strlen(json)}, "t.json", arena, problems,
                      out);
}

static void every_field_is_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Tour tour = {0};
    assert_ok(tour_parse(read_example(&arena), "tour.json", &arena, &problems, &tour));
    assert_int_equal(problems.count, 0);
    assert_string_equal(tour.id, "short-walk");
    assert_string_equal(langtext_tag(&tour.title, "ar"), "ar");
    assert_int_equal(tour.step_count, 4);
    const TourStep *room = &tour.steps[0], *cut = &tour.steps[1], *eye = &tour.steps[2];
    const TourStep *fur = &tour.steps[3];
    assert_string_equal(room->room, "hall");
    assert_true(room->stand.is_given && fabsf(room->stand.position[1] + 2.5f) < 1e-6f);
    assert_true(fabsf(room->stand.yaw - 3.14159265f) < 1e-5f && room->stand.pitch < -0.08f);
    assert_string_equal(cut->piece, "hare");
    assert_int_equal(cut->way, TOUR_CUT);
    assert_true(cut->dwell_s == 12.5f);
    assert_string_equal(eye->hotspot, "eye");
    assert_int_equal(eye->way, TOUR_WALK);
    assert_string_equal(langtext_find(&eye->narration, "en"), "eye-en.opus");
    assert_true(fur->view.has_target && fabsf(fur->view.target_m[1] - 0.02f) < 1e-7f);
    assert_int_equal(fur->lens, STORY_LENS_RAKING);
    assert_true(fur->has_lens_point && fabsf(fur->lens_point_m[2] - 0.004f) < 1e-7f);
    assert_true(fur->light.is_given && fur->magnification == 8);
    const char **files;
    assert_string_equal(langtext_find(&eye->captions, "en"), "eye-en.vtt");
    assert_int_equal(tour_files(&tour, &arena, &files), 2);
    assert_string_equal(files[0], "eye-en.opus");
    assert_string_equal(files[1], "eye-en.vtt");
    arena_drop(&arena);
}

static void writing_and_reading_gives_the_same_bytes(void **state)
{
    (void)state;
    Arena arena = {0};
    Tour tour = {0}, again = {0};
    assert_ok(tour_parse(read_example(&arena), "a", &arena, NULL, &tour));
    Bytes first = tour_write(&tour, &arena);
    assert_ok(tour_parse(first, "b", &arena, NULL, &again));
    Bytes second = tour_write(&again, &arena);
    assert_int_equal(again.step_count, 4);
    assert_true(fabsf(again.steps[0].stand.yaw - tour.steps[0].stand.yaw) < 1e-5f);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    arena_drop(&arena);
}

static void problems_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *json, *place, *words;
    } cases[] = {
        {"{'id': 'a', 'title': {'en': 'x'}}", "(top)", "steps"},
        {"{'title': {'en': 'x'}, 'steps': [{'room': 'a'}]}", "id", ""},
        {"{'id': 'A b', 'title': {'en': 'x'}, 'steps': [{'room': 'a'}]}", "id", ""},
        {"{'steps': [{'caption': {'en': 'lost'}}]}", "steps[0]", "\"room\" or a \"piece\""},
        {"{'steps': [{'room': 'a', 'piece': 'b'}]}", "steps[0].piece", "a step of its own"},
        {"{'steps': [{'room': 'a', 'lens': 'raking'}]}", "steps[0].lens", ""},
        {"{'steps': [{'piece': 'b', 'stand': {'position': [0, 1], 'yaw_deg': 0}}]}",
         "steps[0].stand", "stands in a room"},
        {"{'steps': [{'piece': 'b', 'way': 'fly'}]}", "steps[0].way", ""},
        {"{'steps': [{'piece': 'b', 'lens': 'x-ray'}]}", "steps[0].lens", ""},
        {"{'steps': [{'piece': 'b', 'dwell_s': 0}]}", "steps[0].dwell_s", ""},
        {"{'steps': [{'piece': 'b', 'light': {'azimuth_deg': 0, 'elevation_deg': 1}}]}",
         "steps[0].light.elevation_deg", ""},
        {"{'steps': [{'piece': 'b', 'view': {'azimuth_deg': 0, 'elevation_deg': 1, "
         "'distance_mm': 3, 'target_mm': [1, 2]}}]}",
         "steps[0].view.target_mm", ""},
        {"{'steps': [{'piece': 'b', 'narration': {'de': 'a.opus'}}]}", "steps[0].narration.de",
         "written down"},
        {"{'steps': [{'piece': 'b', 'caption': {'de': 'x'}, 'narration': {'de': "
         "'../a.opus'}}]}",
         "steps[0].narration.de", "small letters"},
        {"{'steps': [{'piece': 'b', 'caption': {'de': 'x'}, 'narration': {'de': 'a.mp3'}}]}",
         "steps[0].narration.de", ".opus"},
        {"{'steps': [{'piece': 'b', 'captions': {'de': 'a.vtt'}}]}", "steps[0].captions",
         "is the \"caption\""},
        {"{'steps': [{'piece': 'b', 'caption': {'de': 'x'}, 'narration': {'de': 'a.opus'}, "
         "'captions': {'de': 'a.txt'}}]}",
         "steps[0].captions.de", ".vtt"},
        {"{'stpes': []}", "stpes", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Problems problems = {.arena = &arena};
        Tour tour = {0};
        assert_int_not_equal(parse_text(cases[i].json, &arena, &problems, &tour), OK);
        bool is_told = false;
        for (size_t p = 0; p < problems.count; p++)
            is_told |= !strcmp(problems.items[p].place, cases[i].place) &&
                       problems.items[p].level == PROBLEM_ERROR &&
                       strstr(problems.items[p].text, cases[i].words);
        if (!is_told)
            fail_msg("%s: %s", cases[i].json, problem_line(&problems.items[0], &arena));
        arena_drop(&arena);
    }
}

static void a_step_without_words_is_a_note(void **state)
{
    (void)state;
    Arena arena = {0};
    Problems problems = {.arena = &arena};
    Tour tour = {0};
    assert_ok(parse_text("{'id': 'a', 'title': {'en': 'x'}, 'steps': [{'piece': 'b', "
                         "'caption': {'en': 'FILL IN: what is there to see?'}}]}",
                         &arena, &problems, &tour));
    assert_int_equal(tour.steps[0].caption.count, 0);
    assert_true(problems.note_count > 0 && problems.error_count == 0);
    arena_drop(&arena);
}

// ---- against a house

static StoryHotspot spots[] = {
    {.id = "ear", .magnification = 3}, {.id = "eye", .magnification = 12}, {.id = "paw"}};
static Story tale = {.hotspot_count = 3, .hotspots = spots};
static Story silence;

static void what_is_named_has_to_be_there(void **state)
{
    (void)state;
    Arena arena = {0};
    PlanRoom rooms[] = {{.id = "hall"}};
    Plan plan = {.room_count = 1, .rooms = rooms};
    TourPiece pieces[] = {{.id = "hare", .story = &tale}};
    TourWorld world = {&plan, 1, pieces};
    Tour tour = {0};
    assert_ok(tour_parse(read_example(&arena), "a", &arena, NULL, &tour));
    Problems none = {.arena = &arena};
    tour_check(&tour, "tours/a.json", &world, &none);
    assert_int_equal(none.count, 0);

    static const struct {
        const char *room, *piece, *hotspot, *words;
    } wrong[] = {{"attic", "", "", "no room \"attic\""},
                 {"", "toad", "", "no piece \"toad\""},
                 {"", "hare", "wing", "no hotspot \"wing\""}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        Problems problems = {.arena = &arena};
        tour.steps[0] = (TourStep){
            .room = wrong[i].room, .piece = wrong[i].piece, .hotspot = wrong[i].hotspot};
        tour_check(&tour, "tours/a.json", &world, &problems);
        assert_int_equal(problems.error_count, 1);
        assert_string_equal(problems.items[0].place, "steps[0]");
        assert_non_null(strstr(problems.items[0].text, wrong[i].words));
    }
    Problems problems = {.arena = &arena};
    tour.steps[0] = (TourStep){.room = "hall", .piece = "", .hotspot = ""};
    tour_check(&tour, "tours/a.json", &(TourWorld){NULL, 1, pieces}, &problems);
    assert_non_null(strstr(problems.items[0].text, "layout"));
    arena_drop(&arena);
}

static void words_take_their_time(void **state)
{
    (void)state;
    LangEntry entries[] = {{"en", "one two three four five six seven eight nine ten eleven "
                                  "twelve"},
                           {"de", "eins"}};
    TourStep step = {.caption = {2, entries}};
    assert_true(fabsf(tour_dwell_s(&step, "en") - 8.3f) < 0.01f);
    assert_true(tour_dwell_s(&step, "de") == TOUR_LEAST_DWELL_S);
    step.dwell_s = 20;
    assert_true(tour_dwell_s(&step, "en") == 20);
    TourStep steps[] = {step, step, step};
    for (int i = 0; i < 3; i++)
        steps[i].piece = i < 2 ? "hare" : "toad";
    Tour tour = {.step_count = 3, .steps = steps};
    assert_true(tour_seconds(&tour, "en") > 65 && tour_seconds(&tour, "en") < 80);
    assert_int_equal(tour_minutes(&tour, "en"), 1);
}

static LangText text(Arena *arena, const char *english)
{
    return langtext_make(arena, "en", english);
}

static void a_house_without_tours_gets_one(void **state)
{
    (void)state;
    Arena arena = {0};
    LangText hare = text(&arena, "Hare"), toad = text(&arena, "Toad"), none = {0};
    LangText label = text(&arena, "A hare sits.");
    spots[1].text = text(&arena, "Look it in the eye.");
    PlanRoom rooms[] = {{.id = "hall", .text = text(&arena, "Come in.")}, {.id = "attic"}};
    PlanPlace places[] = {{.piece = "hare"}, {.piece = "toad"}};
    uint32_t route[] = {1, 0};
    Plan plan = {.room_count = 2,
                 .rooms = rooms,
                 .place_count = 2,
                 .places = places,
                 .route_count = 2,
                 .route = route};
    TourPiece pieces[] = {{"hare", &hare, &label, &tale, 0},
                          {"toad", &toad, &none, &silence, 1}};
    Tour tour = tour_propose(&(TourWorld){&plan, 2, pieces}, &arena);
    assert_int_equal(tour.step_count, 4); // the attic has no introduction
    assert_string_equal(tour.steps[0].piece, "toad");
    assert_string_equal(langtext_find(&tour.steps[0].caption, "en"), "Toad");
    assert_string_equal(tour.steps[1].room, "hall");
    assert_string_equal(langtext_find(&tour.steps[2].caption, "en"), "A hare sits.");
    assert_string_equal(tour.steps[3].hotspot, "eye"); // the strongest lens
    Tour again;
    assert_ok(tour_parse(tour_write(&tour, &arena), "x", &arena, NULL, &again));
    assert_int_equal(tour_propose(&(TourWorld){0}, &arena).step_count, 0);
    arena_drop(&arena);
}

static void of_many_pieces_some_are_shown(void **state)
{
    (void)state;
    enum { MANY = 300 };
    Arena arena = {0};
    static TourPiece pieces[MANY];
    LangText title = text(&arena, "One of many"), none = {0};
    for (int i = 0; i < MANY; i++)
        pieces[i] =
            (TourPiece){str_format(&arena, "p-%d", i), &title, &none, &silence, PLAN_NONE};
    Tour tour = tour_propose(&(TourWorld){NULL, MANY, pieces}, &arena);
    assert_in_range(tour.step_count, 10, 40);
    assert_string_equal(tour.steps[0].piece, "p-0");
    assert_true(atoi(tour.steps[tour.step_count - 1].piece + 2) > MANY * 9 / 10);
    arena_drop(&arena);
}

static void a_story_brings_tours_of_its_piece(void **state)
{
    (void)state;
    Arena arena = {0};
    spots[1].text = text(&arena, "Look it in the eye.");
    StoryTourStep steps[] = {{.hotspot = -1, .dwell_s = 8, .text = text(&arena, "The whole.")},
                             {.hotspot = 1, .dwell_s = 9}};
    StoryTour minute = {.id = "minute", .step_count = 2, .steps = steps};
    Story story = {.hotspot_count = 3, .hotspots = spots, .tour_count = 1, .tours = &minute};
    Tour tour = tour_of_story("hare", &story, 0, &arena);
    assert_string_equal(tour.id, "hare-minute");
    assert_string_equal(tour.steps[0].hotspot, "");
    assert_string_equal(tour.steps[1].hotspot, "eye");
    assert_string_equal(langtext_find(&tour.steps[1].caption, "en"), "Look it in the eye.");
    assert_true(tour.steps[1].dwell_s == 9);
    arena_drop(&arena);
}

static void hostile_bytes_are_refused_or_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes good = read_example(&arena);
    ArenaMark mark = arena_mark(&arena);
    for (size_t len = 0; len < good.len; len++) {
        Tour tour = {0};
        assert_int_not_equal(tour_parse(bytes_first(good, len), "x", &arena, NULL, &tour), OK);
        arena_rewind(&arena, mark);
    }
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        uint8_t *copy = arena_copy(&arena, good.ptr, good.len, 1);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Tour tour = {0};
        Status status = tour_parse((Bytes){copy, good.len}, "x", &arena, NULL, &tour);
        assert_true(status == OK || tour.step_count == 0);
        arena_rewind(&arena, mark);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read),
        cmocka_unit_test(writing_and_reading_gives_the_same_bytes),
        cmocka_unit_test(problems_are_told),
        cmocka_unit_test(a_step_without_words_is_a_note),
        cmocka_unit_test(what_is_named_has_to_be_there),
        cmocka_unit_test(words_take_their_time),
        cmocka_unit_test(a_house_without_tours_gets_one),
        cmocka_unit_test(of_many_pieces_some_are_shown),
        cmocka_unit_test(a_story_brings_tours_of_its_piece),
        cmocka_unit_test(hostile_bytes_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
