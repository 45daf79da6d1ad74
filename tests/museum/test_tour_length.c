// test_tour_length.c: the built-in collection's own tour, walked through its rooms: every step
// is reached, its words are there in six languages, and it takes about eight minutes.

#include <math.h>

#include "museum/tour.h"
#include "test.h"

#define PI 3.14159265358979
#define FOLDER "exhibits/small-wonders"

enum { MOST_PIECES = 32, FRAME_STEPS = 4 };

typedef struct House {
    Arena arena;
    Plan plan;
    Gallery gallery;
    Tour tour;
    uint32_t piece_count;
    TourPiece pieces[MOST_PIECES];
    Story stories[MOST_PIECES];
} House;

static bool read_file(Arena *arena, const char *name, Bytes *out)
{
    const char *source = getenv("VITRINE_SOURCE");
    FILE *file =
        fopen(str_format(arena, "%s/" FOLDER "/%s", source ? source : ".", name), "rb");
    if (!file)
        return false;
    enum { MOST = 1 << 20 };
    uint8_t *bytes = arena_alloc(arena, MOST, 1);
    *out = (Bytes){bytes, fread(bytes, 1, MOST, file)};
    fclose(file);
    return true;
}

static void open_house(House *house)
{
    Bytes bytes;
    Arena *arena = &house->arena;
    assert_true(read_file(arena, PLAN_FILE, &bytes));
    assert_ok(plan_parse(bytes, PLAN_FILE, arena, NULL, &house->plan));
    for (uint32_t i = 0; i < house->plan.place_count; i++) {
        const PlanPlace *place = &house->plan.places[i];
        Story *story = &house->stories[house->piece_count];
        assert_true(house->piece_count < MOST_PIECES);
        assert_true(read_file(arena, str_format(arena, "%s/story.json", place->piece), &bytes));
        assert_ok(story_parse(bytes, place->piece, arena, NULL, story));
        house->pieces[house->piece_count++] = (TourPiece){
            place->piece, &story->label, &story->label, story, (int32_t)place->room};
    }
    gallery_make(&house->plan, NULL, arena, &house->gallery);
    assert_true(read_file(arena, "tours/eight-minutes.json", &bytes));
    assert_ok(tour_parse(bytes, "eight-minutes.json", arena, NULL, &house->tour));
}

static void it_names_what_is_there(void **state)
{
    (void)state;
    House house = {0};
    open_house(&house);
    Problems problems = {.arena = &house.arena};
    tour_check(&house.tour, "eight-minutes.json",
               &(TourWorld){&house.plan, house.piece_count, house.pieces}, &problems);
    for (size_t i = 0; i < problems.count; i++)
        fail_msg("%s", problem_line(&problems.items[i], &house.arena));
    for (uint32_t i = 0; i < house.piece_count; i++) {
        int steps = 0;
        for (uint32_t s = 0; s < house.tour.step_count; s++)
            steps += !strcmp(house.tour.steps[s].piece, house.pieces[i].id);
        if (steps < 2)
            fail_msg("%s has %d steps", house.pieces[i].id, steps);
    }
    arena_drop(&house.arena);
}

static void it_is_told_in_six_languages(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "de", "fr", "es", "ar", "ja"};
    House house = {0};
    open_house(&house);
    for (size_t l = 0; l < COUNT_OF(languages); l++) {
        assert_string_equal(langtext_tag(&house.tour.title, languages[l]), languages[l]);
        for (uint32_t i = 0; i < house.tour.step_count; i++)
            assert_string_equal(langtext_tag(&house.tour.steps[i].caption, languages[l]),
                                languages[l]);
        // Nobody has to hurry, nobody has to wait.
        assert_in_range(tour_minutes(&house.tour, languages[l]), 6, 10);
    }
    arena_drop(&house.arena);
}

// ---- walking it

typedef struct Walk {
    const House *house;
    Visitor visitor;
    const char *close; // the piece one leans in to
} Walk;

static uint32_t place_of(const House *house, const char *piece)
{
    for (uint32_t i = 0; i < house->plan.place_count; i++)
        if (!strcmp(house->plan.places[i].piece, piece))
            return i;
    fail_msg("no piece %s", piece);
    return 0;
}

static void go(Walk *walk, const TourStep *step)
{
    const House *house = walk->house;
    double spot[2] = {step->stand.position[0], step->stand.position[1]};
    if (step->piece[0]) {
        assert_ok(
            visitor_walk_before(&walk->visitor, &house->gallery, place_of(house, step->piece)));
        return;
    }
    for (uint32_t i = 0; i < house->plan.room_count && !step->stand.is_given; i++) {
        const PlanRoom *room = &house->plan.rooms[i];
        if (strcmp(room->id, step->room) != 0)
            continue;
        for (uint32_t c = 0; c < room->corner_count; c++)
            for (int k = 0; k < 2; k++)
                spot[k] += room->corners[c][k] / room->corner_count;
    }
    assert_ok(visitor_walk_to(&walk->visitor, &house->gallery, spot));
}

static void lean_in(Walk *walk, const VisitorWorld *world, const TourStep *step)
{
    const double half = 0.02; // metres: all of them are about as large
    const PlanPlace *place = &walk->house->plan.places[place_of(walk->house, step->piece)];
    double floor_m = (double)plan_piece_floor_m(place);
    VisitorPiece piece = {
        .low = {place->position[0] - half, floor_m, place->position[1] - half},
        .high = {place->position[0] + half, floor_m + 2 * half, place->position[1] + half},
        .floor_m = floor_m};
    visitor_lean_in(&walk->visitor, &piece, world);
    walk->close = step->piece;
}

static void show(Walk *walk, const VisitorWorld *world, const TourStep *step)
{
    VisitorAim aim = {.yaw = step->hotspot[0] ? 0.8f : 0, .pitch = -0.3f, .distance_m = 0.06f};
    for (int i = 0; i < 3; i++)
        aim.target[i] = (walk->visitor.piece.low[i] + walk->visitor.piece.high[i]) / 2;
    visitor_aim(&walk->visitor, &aim, world);
}

static void do_ask(Walk *walk, const VisitorWorld *world, TourAsk ask, const TourStep *step)
{
    if (ask == TOUR_ASK_LEAN_OUT)
        visitor_lean_out(&walk->visitor);
    else if (ask == TOUR_ASK_GO)
        go(walk, step);
    else if (ask == TOUR_ASK_LEAN_IN)
        lean_in(walk, world, step);
    else if (ask == TOUR_ASK_SHOW)
        show(walk, world, step);
}

static void it_takes_about_eight_minutes(void **state)
{
    (void)state;
    House house = {0};
    open_house(&house);
    Walk walk = {.house = &house, .visitor = visitor_make(&house.gallery), .close = ""};
    VisitorWorld world = {.gallery = &house.gallery, .aspect = 1.6f};
    VisitorActions none = {0};
    TourPlay play = {0};
    double seconds = 0, walked = 0;
    tour_begin(&play, &house.tour, 0, "en");
    while (play.state != TOUR_OFF && seconds < 1200) {
        const TourStep *step = tour_step(&play);
        bool is_close = visitor_is_close(&walk.visitor);
        TourSight sight = {.is_still = visitor_is_still(&walk.visitor),
                           .is_pictured = true,
                           .is_close = is_close,
                           .is_at_piece = is_close && !strcmp(walk.close, step->piece)};
        TourState before = play.state;
        TourAsk ask = tour_run(&play, &sight, FRAME_STEPS);
        if (before == TOUR_ON_THE_WAY && play.state == TOUR_TELLING && step->piece[0])
            assert_true(sight.is_at_piece);
        do_ask(&walk, &world, ask, step);
        for (int i = 0; i < FRAME_STEPS; i++)
            visitor_step(&walk.visitor, &none, &world);
        seconds += FRAME_STEPS * VISITOR_STEP_S;
        walked += before == TOUR_ON_THE_WAY ? FRAME_STEPS * VISITOR_STEP_S : 0;
    }
    print_message("%.0f s, %.0f of them on the way\n", seconds, walked);
    assert_in_range((int)seconds, 7 * 60, 9 * 60);
    // What a visitor is promised is about what it takes.
    assert_true(fabs((double)tour_seconds(&house.tour, "en") - seconds) < 60);
    arena_drop(&house.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_names_what_is_there),
        cmocka_unit_test(it_is_told_in_six_languages),
        cmocka_unit_test(it_takes_about_eight_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
