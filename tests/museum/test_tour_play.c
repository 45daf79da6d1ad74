// test_tour_play.c: playing a tour: what it asks for and in which order, its time, pause, back
// and on, leaving and joining again.

#include "museum/tour.h"
#include "test.h"

static TourStep steps[] = {{.room = "hall", .piece = "", .hotspot = "", .dwell_s = 5},
                           {.room = "", .piece = "hare", .hotspot = "", .dwell_s = 6},
                           {.room = "", .piece = "hare", .hotspot = "eye", .dwell_s = 7},
                           {.room = "", .piece = "toad", .hotspot = "", .dwell_s = 8}};
static const Tour tour = {.id = "walk", .step_count = 4, .steps = steps};

// A visitor who does at once what is asked, and comes to rest a few frames later.
typedef struct Guest {
    const char *piece; // leant in to; "": none
    const char *shown; // detail
    int busy;          // frames
    bool is_blind;     // the picture does not come
} Guest;

enum { FRAME_STEPS = 4, BUSY = 3 };

static TourAsk run_frame(TourPlay *play, Guest *guest)
{
    const TourStep *step = tour_step(play);
    guest->busy -= guest->busy > 0;
    TourSight sight = {.is_still = guest->busy == 0,
                       .is_pictured = !guest->is_blind,
                       .is_close = *guest->piece != 0,
                       .is_at_piece = *guest->piece && !strcmp(guest->piece, step->piece)};
    TourAsk ask = tour_run(play, &sight, FRAME_STEPS);
    guest->busy = ask ? BUSY : guest->busy;
    if (ask == TOUR_ASK_LEAN_OUT)
        guest->piece = "";
    if (ask == TOUR_ASK_LEAN_IN)
        guest->piece = step->piece;
    if (ask == TOUR_ASK_SHOW)
        guest->shown = step->hotspot;
    return ask;
}

// Frames until the next step begins, or the tour is over.
static int run_step(TourPlay *play, Guest *guest, char *asks)
{
    uint32_t step = play->step;
    int frames = 0;
    *asks = 0;
    while (play->state != TOUR_OFF && play->step == step && frames < 10000) {
        TourAsk ask = run_frame(play, guest);
        if (ask)
            strncat(asks, &"-ogli"[ask], 1);
        frames++;
    }
    return frames;
}

static void a_tour_is_played_to_its_end(void **state)
{
    (void)state;
    // o: leans out; g: goes; l: leans in; i: shows.
    static const char *const ways[] = {"g", "gli", "i", "ogli"};
    TourPlay play = {0};
    Guest guest = {.piece = "", .shown = ""};
    char asks[64];
    tour_begin(&play, &tour, 0, "en");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(play.step, i);
        assert_string_equal(tour_state_name(&play), "walking");
        int frames = run_step(&play, &guest, asks);
        assert_string_equal(asks, ways[i]);
        int least = (int)((double)steps[i].dwell_s / VISITOR_STEP_S) / FRAME_STEPS;
        assert_in_range(frames, least, least + 20);
    }
    assert_int_equal(play.state, TOUR_OFF);
    assert_null(tour_step(&play));
}

static void who_leant_in_leans_out_for_a_room(void **state)
{
    (void)state;
    TourPlay play = {0};
    Guest guest = {.piece = "toad", .shown = ""};
    char asks[64];
    tour_begin(&play, &tour, 0, "en");
    run_step(&play, &guest, asks);
    assert_string_equal(asks, "og");
}

static void time_waits_for_the_picture(void **state)
{
    (void)state;
    TourPlay play = {0};
    Guest guest = {.piece = "hare", .shown = "", .is_blind = true};
    tour_begin(&play, &tour, 2, "en");
    for (int i = 0; i < 60; i++)
        run_frame(&play, &guest);
    assert_int_equal(play.state, TOUR_TELLING);
    assert_true(play.told_s == 0);
    guest.is_blind = false;
    for (int i = 0; i < 30; i++)
        run_frame(&play, &guest);
    assert_true(play.told_s > 0.9 && play.told_s < 1.1 && tour_part(&play) > 0.1f);
    // What has begun goes on, and what never comes is not waited for.
    guest.is_blind = true;
    run_frame(&play, &guest);
    assert_true(play.told_s > 1);
    tour_begin(&play, &tour, 2, "en");
    for (int i = 0; i < (int)(TOUR_PATIENCE_S / VISITOR_STEP_S) / FRAME_STEPS + 40; i++)
        run_frame(&play, &guest);
    assert_true(play.told_s > 0);
}

static void it_pauses_and_turns(void **state)
{
    (void)state;
    TourPlay play = {0};
    Guest guest = {.piece = "", .shown = ""};
    tour_begin(&play, &tour, 1, "en");
    while (play.told_s < 1)
        run_frame(&play, &guest);
    tour_pause(&play, true);
    assert_string_equal(tour_state_name(&play), "paused");
    for (int i = 0; i < 1000; i++)
        run_frame(&play, &guest);
    assert_int_equal(play.step, 1);
    tour_turn(&play, 1); // paused, one still goes from step to step
    for (int i = 0; i < 1000; i++)
        run_frame(&play, &guest);
    assert_int_equal(play.step, 2);
    assert_string_equal(guest.shown, "eye");
    assert_true(play.told_s == 0);
    tour_pause(&play, false);
    run_frame(&play, &guest);
    assert_true(play.told_s > 0);
    tour_turn(&play, -5);
    assert_int_equal(play.step, 0);
    tour_turn(&play, 4);
    assert_int_equal(play.state, TOUR_OFF);
    tour_turn(&play, 1);
    tour_rejoin(&play);
    assert_int_equal(play.state, TOUR_OFF);
}

static void it_is_left_and_joined_again(void **state)
{
    (void)state;
    TourPlay play = {0};
    Guest guest = {.piece = "", .shown = ""};
    tour_begin(&play, &tour, 2, "en");
    while (play.told_s < 2)
        run_frame(&play, &guest);
    tour_leave(&play);
    assert_false(tour_is_on(&play));
    assert_string_equal(tour_state_name(&play), "left");
    guest = (Guest){.piece = "toad", .shown = ""};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(run_frame(&play, &guest), TOUR_ASK_NOTHING);
    assert_string_equal(guest.piece, "toad"); // the visitor's own business
    tour_rejoin(&play);
    assert_int_equal(play.step, 2);
    while (play.told_s == 0)
        run_frame(&play, &guest);
    assert_string_equal(guest.piece, "hare");
    assert_string_equal(guest.shown, "eye");
    tour_end(&play);
    tour_leave(&play);
    assert_int_equal(play.state, TOUR_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tour_is_played_to_its_end),
        cmocka_unit_test(who_leant_in_leans_out_for_a_room),
        cmocka_unit_test(time_waits_for_the_picture),
        cmocka_unit_test(it_pauses_and_turns),
        cmocka_unit_test(it_is_left_and_joined_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
