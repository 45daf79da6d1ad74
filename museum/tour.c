// tour.c: plays a tour: which step one is at, how one gets there, how long one stays.

#include "museum/tour.h"

static void set_out(TourPlay *play)
{
    play->state = TOUR_ON_THE_WAY;
    play->asked = TOUR_ASK_NOTHING;
    play->told_s = play->waited_s = 0;
    play->dwell_s = (double)tour_dwell_s(&play->tour->steps[play->step], play->language);
}

void tour_begin(TourPlay *play, const Tour *tour, uint32_t step, const char *language)
{
    *play = (TourPlay){.tour = tour, .language = language};
    play->step = MIN(step, tour->step_count - 1);
    set_out(play);
}

void tour_end(TourPlay *play)
{
    play->state = TOUR_OFF;
    play->is_paused = false;
}

void tour_turn(TourPlay *play, int by)
{
    if (play->state == TOUR_OFF)
        return;
    int64_t step = MAX((int64_t)play->step + by, 0);
    if (step >= (int64_t)play->tour->step_count) {
        tour_end(play);
        return;
    }
    play->step = (uint32_t)step;
    set_out(play);
}

void tour_pause(TourPlay *play, bool is_paused)
{
    if (tour_is_on(play))
        play->is_paused = is_paused;
}

void tour_leave(TourPlay *play)
{
    if (!tour_is_on(play))
        return;
    play->state = TOUR_LEFT;
    play->is_paused = false;
}

void tour_rejoin(TourPlay *play)
{
    if (play->state == TOUR_LEFT)
        set_out(play);
}

bool tour_is_on(const TourPlay *play)
{
    return play->state == TOUR_ON_THE_WAY || play->state == TOUR_TELLING;
}

const TourStep *tour_step(const TourPlay *play)
{
    return play->state == TOUR_OFF ? NULL : &play->tour->steps[play->step];
}

// What follows on what was asked and has come to rest; nothing: one is there.
static TourAsk next_ask(const TourPlay *play, const TourSight *sight)
{
    bool is_room = play->tour->steps[play->step].room[0] != 0;
    switch (play->asked) {
    case TOUR_ASK_NOTHING:
        if (sight->is_at_piece)
            return TOUR_ASK_SHOW;
        return sight->is_close ? TOUR_ASK_LEAN_OUT : TOUR_ASK_GO;
    case TOUR_ASK_LEAN_OUT:
        return TOUR_ASK_GO;
    case TOUR_ASK_GO:
        return is_room ? TOUR_ASK_NOTHING : TOUR_ASK_LEAN_IN;
    case TOUR_ASK_LEAN_IN:
        return sight->is_at_piece ? TOUR_ASK_SHOW : TOUR_ASK_NOTHING;
    case TOUR_ASK_SHOW:
        break;
    }
    return TOUR_ASK_NOTHING;
}

static TourAsk go_on(TourPlay *play, const TourSight *sight)
{
    if (!sight->is_still)
        return TOUR_ASK_NOTHING;
    play->asked = next_ask(play, sight);
    if (play->asked == TOUR_ASK_NOTHING)
        play->state = TOUR_TELLING;
    return play->asked;
}

// Nobody tells of a picture that is not there yet.
static void tell(TourPlay *play, const TourSight *sight, double passed_s)
{
    if (play->is_paused)
        return;
    bool is_ready = sight->is_pictured && !sight->is_awaited;
    if (play->told_s == 0 && !is_ready && play->waited_s < TOUR_PATIENCE_S) {
        play->waited_s += passed_s;
        return;
    }
    play->told_s += passed_s;
    if (sight->narration_s > 0)
        play->dwell_s = MAX(play->dwell_s, sight->narration_s + TOUR_SILENCE_S);
    if (play->told_s >= play->dwell_s && !sight->is_speaking)
        tour_turn(play, 1);
}

TourAsk tour_run(TourPlay *play, const TourSight *sight, int steps)
{
    if (play->state == TOUR_ON_THE_WAY)
        return go_on(play, sight);
    if (play->state == TOUR_TELLING)
        tell(play, sight, steps * VISITOR_STEP_S);
    return TOUR_ASK_NOTHING;
}

float tour_part(const TourPlay *play)
{
    if (play->state != TOUR_TELLING || play->dwell_s <= 0)
        return 0;
    return (float)MIN(play->told_s / play->dwell_s, 1);
}

const char *tour_state_name(const TourPlay *play)
{
    static const char *const names[] = {[TOUR_OFF] = "off",
                                        [TOUR_ON_THE_WAY] = "walking",
                                        [TOUR_TELLING] = "telling",
                                        [TOUR_LEFT] = "left"};
    return play->is_paused ? "paused" : names[play->state];
}
