// museum_tour.c: a tour in the museum: does what tour.h asks, hears what is wished of it, and
// writes what is told over the picture. tour_bar.c draws that.

#include "exhibits/model/tongue.h"
#include "io/file.h"
#include "museum/detail.h"
#include "museum/hud_words.h"
#include "museum/museum_parts.h"
#include "museum/tour_bar.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846f
#define STAND_APART_M 1.4f // from what one looks at in a room, at least
#define FROM_WALL 0.3f     // of the way from there to its middle

// ---- which tour

NODISCARD static Status find_tour(const Museum *m, const char *id, const Tour **out)
{
    const Collection *house = &m->collection;
    for (uint32_t i = 0; i < house->tour_count; i++) {
        *out = &house->tours[i];
        if (!id || !strcmp(house->tours[i].id, id))
            return OK;
    }
    Scratch scratch = scratch_begin(NULL);
    const char *ids = "";
    for (uint32_t i = 0; i < MIN(house->tour_count, 20u); i++)
        ids = str_format(scratch.arena, "%s%s%s", ids, *ids ? ", " : "", house->tours[i].id);
    fault_set(ERR_NOT_FOUND, __FILE__, __LINE__, "no tour is called '%s'; there are: %s",
              id ? id : "", *ids ? ids : "none");
    scratch_end(scratch);
    return ERR_NOT_FOUND;
}

NODISCARD Status museum_begin_tour(Museum *m, const char *id)
{
    const Tour *tour;
    TRY(compare_refuse(m));
    TRY(find_tour(m, id, &tour));
    if (museum_is_inside(m))
        museum_step_out(m);
    map_open(m, false);
    museum_close_story(m);
    tour_begin(&m->tour, tour, 0, m->language);
    return OK;
}

NODISCARD Status museum_add_tour(Museum *m, const char *path, const char **id)
{
    Bytes bytes;
    Tour tour;
    TRY(file_read(path, TOUR_MAX_BYTES, m->arena, &bytes));
    TRY(tour_parse(bytes, path, m->arena, NULL, &tour));
    collection_add_tour(&m->collection, &tour, m->arena);
    *id = m->collection.tours[m->collection.tour_count - 1].id;
    return OK;
}

// ---- going

static int32_t room_of(const Museum *m, const char *id)
{
    const Plan *plan = &m->collection.plan;
    for (uint32_t i = 0; i < plan->room_count; i++)
        if (!strcmp(plan->rooms[i].id, id))
            return (int32_t)i;
    return PLAN_NONE;
}

// How far to both sides of the direction of their middle the pieces of a room are seen from
// `at`, in radians; that direction.
static float see_pieces(const Plan *plan, uint32_t room, const float at[2], float *yaw)
{
    float middle[2] = {0, 0}, widest = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < plan->place_count; i++) {
            const PlanPlace *place = &plan->places[i];
            float way[2] = {place->position[0] - at[0], place->position[1] - at[1]};
            float far = hypotf(way[0], way[1]);
            if (place->room != room)
                continue;
            if (far < STAND_APART_M)
                return PI;
            for (int k = 0; k < 2 && turn == 0; k++)
                middle[k] += way[k] / far;
            if (turn == 1)
                widest = MAX(widest, fabsf(remainderf(atan2f(way[0], way[1]) - *yaw, 2 * PI)));
        }
        *yaw = atan2f(middle[0], middle[1]);
    }
    return widest;
}

// Beside a wall or a corner, from where all that stands in the room is seen at one look.
static TourStand usual_stand(const Museum *m, uint32_t index)
{
    const Plan *plan = &m->collection.plan;
    const PlanRoom *room = &plan->rooms[index];
    const float *middle = m->map.map.items[map_item_of_room(&m->map.map, index)].at;
    TourStand best = {.is_given = true, .position = {middle[0], middle[1]}};
    if (plan->start.room == index) // there one looks as one does on coming in
        return (TourStand){.is_given = true,
                           .position = {plan->start.position[0], plan->start.position[1]},
                           .yaw = plan->start.yaw};
    float least = see_pieces(plan, index, middle, &best.yaw);
    for (uint32_t i = 0; i < 2 * room->corner_count; i++) {
        const float *a = room->corners[i / 2],
                    *b = room->corners[(i + 1) / 2 % room->corner_count];
        TourStand stand = {.is_given = true};
        for (int k = 0; k < 2; k++) {
            float wall = (a[k] + b[k]) / 2;
            stand.position[k] = wall + (middle[k] - wall) * FROM_WALL;
        }
        double spot[2] = {stand.position[0], stand.position[1]};
        float wide = see_pieces(plan, index, stand.position, &stand.yaw);
        if (wide >= least || !gallery_is_free(&m->gallery, spot))
            continue;
        least = wide;
        best = stand;
    }
    return best;
}

NODISCARD static Status go_to_room(Museum *m, const TourStep *step)
{
    int32_t room = room_of(m, step->room);
    if (room == PLAN_NONE)
        return FAIL(ERR_NOT_FOUND, "no room is called '%s'", step->room);
    TourStand stand = step->stand.is_given ? step->stand : usual_stand(m, (uint32_t)room);
    double spot[2] = {stand.position[0], stand.position[1]};
    TRY(museum_walk_to_spot(m, spot));
    m->visitor.has_goal_yaw = true; // a plan's yaw 0 faces south, a camera's north
    m->visitor.goal_yaw = remainderf(stand.yaw + PI, 2 * PI);
    m->visitor.goal_pitch = stand.pitch;
    return OK;
}

NODISCARD static Status go(Museum *m, const TourStep *step)
{
    uint32_t exhibit;
    if (step->room[0]) {
        TRY(go_to_room(m, step));
    } else {
        TRY(museum_find_exhibit(m, step->piece, &exhibit));
        TRY(museum_walk_to_exhibit(m, exhibit));
    }
    map_hurry(m, step->way == TOUR_CUT);
    return OK;
}

// ---- showing

static int32_t hotspot_of(const Exhibit *exhibit, const char *id)
{
    for (uint32_t i = 0; i < exhibit->story.hotspot_count; i++)
        if (!strcmp(exhibit->story.hotspots[i].id, id))
            return (int32_t)i;
    return -1;
}

// What the step says is seen as it says; all else as the detail's story does.
static void overrule(const TourStep *step, StoryHotspot *spot)
{
    if (step->view.is_given)
        spot->view = step->view;
    if (step->lens != STORY_LENS_NONE)
        spot->lens = step->lens;
    if (step->magnification > 0)
        spot->magnification = step->magnification;
    if (step->light.is_given)
        spot->light = step->light;
    if (!step->has_lens_point)
        return;
    if (!spot->view.has_target && spot->view.is_given) { // the detail stays in the middle
        memcpy(spot->view.target_m, spot->point_m, sizeof spot->view.target_m);
        spot->view.has_target = true;
    }
    memcpy(spot->point_m, step->lens_point_m, sizeof spot->point_m);
}

static StoryHotspot view_as_spot(const Exhibit *exhibit, const TourStep *step)
{
    StoryHotspot spot = {.id = "", .normal = {0, 0, 1}};
    for (int i = 0; i < 3; i++)
        spot.point_m[i] = step->view.has_target
                              ? step->view.target_m[i]
                              : (float)((exhibit->low_m[i] + exhibit->high_m[i]) / 2);
    return spot;
}

static void show(Museum *m, const TourStep *step)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    int32_t index = step->hotspot[0] ? hotspot_of(exhibit, step->hotspot) : -1;
    bool is_whole = index < 0 && !step->view.is_given && !step->has_lens_point;
    m->is_label_open = false;
    if (is_whole) {
        detail_leave(m);
        m->is_label_open = false;
        magnifier_turn_off(&m->lens);
        return;
    }
    StoryHotspot spot =
        index >= 0 ? exhibit->story.hotspots[index] : view_as_spot(exhibit, step);
    overrule(step, &spot);
    m->detail.lift = museum_tour_foot(m) / 2 / ui_screen(m->ui).height;
    detail_show_spot(m, &spot);
    if (index >= 0) {
        m->detail.is_own = false;
        m->detail.index = (uint32_t)index;
    }
}

NODISCARD static Status do_ask(Museum *m, TourAsk ask, const TourStep *step)
{
    uint32_t exhibit;
    switch (ask) {
    case TOUR_ASK_LEAN_OUT:
        museum_lean_out(m);
        return OK;
    case TOUR_ASK_GO:
        return go(m, step);
    case TOUR_ASK_LEAN_IN:
        TRY(museum_find_exhibit(m, step->piece, &exhibit));
        TRY(museum_lean_in(m, (int32_t)exhibit));
        m->is_label_open = false;
        return OK;
    case TOUR_ASK_SHOW:
        show(m, step);
        return OK;
    case TOUR_ASK_NOTHING:
        break;
    }
    return OK;
}

void museum_run_tour(Museum *m, int steps)
{
    if (!tour_is_on(&m->tour))
        return;
    const TourStep *step = tour_step(&m->tour);
    int32_t exhibit = step->piece[0] ? collection_find(&m->collection, step->piece) : -1;
    TourSight sight = {
        .is_still = visitor_is_still(&m->visitor) && diorama_is_still(&m->inside) &&
                    m->leans_after_walk < 0 && map_is_still(m) && !m->detail.is_coming,
        .is_pictured = m->scene.is_complete && streamer_stats(m->streamer).is_settled,
        .is_close = visitor_is_close(&m->visitor),
        .is_at_piece = exhibit >= 0 && visitor_is_close(&m->visitor) && m->close == exhibit,
    };
    const Narration *narration = &m->narration;
    if (narration->subject.of == NARRATION_OF_STEP &&
        narration->subject.index == m->tour.step) {
        sight.is_awaited = narration->state == NARRATION_LOADING;
        sight.is_speaking = narration->state == NARRATION_TELLING;
        sight.narration_s = narration->seconds;
    }
    TourAsk ask = tour_run(&m->tour, &sight, steps);
    if (do_ask(m, ask, step)) { // the others may still be reached
        museum_tell(m, fault_last()->status);
        tour_turn(&m->tour, 1);
    }
    if (m->tour.state != TOUR_OFF)
        return;
    museum_say(m, hud_say("That was the tour. Stay as long as you like."));
    museum_lean_out(m);
}

// ---- what is wished of it

// Whoever walks, turns a piece, looks closer or reads is a visitor again.
static bool is_going_away(const Museum *m, const Wishes *w)
{
    const VisitorActions *v = &w->visitor;
    bool moves = v->move[0] != 0 || v->move[1] != 0 || v->orbit_rad[0] != 0 ||
                 v->orbit_rad[1] != 0 || v->pan[0] != 0 || v->pan[1] != 0 ||
                 (v->zoom > 0 && v->zoom != 1);
    bool goes = w->taps || w->leans_in || w->goes_back || w->toggles_map || w->steps_inside ||
                w->toggles_compare || w->toggles_tape || w->toggles_mood;
    bool looks = w->toggles_lens || w->holds_lens || w->lens_mode || w->lens_mode_step ||
                 w->lens_zoom > 0 || w->toggles_true_size || w->toggles_orthographic ||
                 w->toggles_story || w->toggles_label;
    bool turns_head = v->turn_rad[0] != 0 || v->turn_rad[1] != 0;
    return moves || goes || looks || (turns_head && !m->visitor.has_goal);
}

static void step_by(Museum *m, int by)
{
    tour_turn(&m->tour, by);
    if (m->tour.state == TOUR_OFF)
        museum_lean_out(m);
}

static void hear_playing(Museum *m, const Input *input, Wishes *wishes)
{
    const InputButton *keys = input->keys, *pad = input->pad;
    int by = keys[KEY_PERIOD].was_pressed + keys[KEY_PAGE_DOWN].was_pressed +
             pad[PAD_RIGHT].was_pressed - keys[KEY_COMMA].was_pressed -
             keys[KEY_PAGE_UP].was_pressed - pad[PAD_LEFT].was_pressed;
    bool by_space =
        keys[KEY_SPACE].is_down || keys[KEY_SPACE].was_pressed || keys[KEY_SPACE].was_released;
    if (by_space)
        wishes->toggles_lens = wishes->holds_lens = wishes->keeps_lens = false;
    if ((keys[KEY_SPACE].was_pressed && !ui_wants_keys(m->ui)) || pad[PAD_A].was_pressed) {
        tour_pause(&m->tour, !m->tour.is_paused);
        wishes->leans_in &= !pad[PAD_A].was_pressed;
    }
    if (by) {
        step_by(m, by);
        wishes->detail_step = 0;
        wishes->eye_m = 0;
    }
    if (!tour_is_on(&m->tour) || !is_going_away(m, wishes))
        return;
    tour_leave(&m->tour);
    wishes->goes_back = false; // that was all
}

void museum_wish_tour(Museum *m, const Input *input, Wishes *wishes)
{
    bool calls = input->keys[KEY_U].was_pressed ||
                 (input->pad[PAD_LEFT_SHOULDER].was_pressed && !visitor_is_close(&m->visitor));
    if (tour_is_on(&m->tour)) {
        hear_playing(m, input, wishes);
        return;
    }
    if (!calls || m->map.is_open || museum_is_inside(m))
        return;
    if (m->tour.state == TOUR_LEFT)
        tour_rejoin(&m->tour);
    else
        museum_tell(m, museum_begin_tour(m, NULL));
}

// ---- over the picture

static TourBar bar_of(const Museum *m)
{
    const TourPlay *play = &m->tour;
    const Tour *offered = play->state != TOUR_OFF        ? play->tour
                          : m->collection.tour_count > 0 ? &m->collection.tours[0]
                                                         : NULL;
    return (TourBar){.play = play,
                     .tour = offered,
                     .language = m->language,
                     .narration = &m->narration,
                     .has_captions = !m->settings.is_without_captions,
                     .invitation = m->kiosk.is_attracting ? m->kiosk.invitation : NULL};
}

uint32_t museum_tour_frames(Museum *m, VisitorFrame out[VISITOR_FRAMES])
{
    TourBar bar = bar_of(m);
    return tour_bar_frames(m->ui, &bar, out);
}

float museum_tour_foot(Museum *m)
{
    const float hints = 64;
    if (!tour_is_on(&m->tour))
        return hints;
    TourBar bar = bar_of(m);
    return tour_bar_height(m->ui, &bar);
}

// It is offered where one comes in, and to fingers, which have no key for it.
static bool is_offered(const Museum *m)
{
    const Plan *plan = &m->collection.plan;
    float at[2] = {(float)m->visitor.spot[0], (float)m->visitor.spot[1]};
    bool is_free =
        m->visitor.state == VISITOR_WALKING && !museum_is_reading(m) && !m->lens.is_on;
    return is_free && (m->controls.device == CONTROLS_TOUCH ||
                       plan_find_room(plan, at) == (int32_t)plan->start.room);
}

void museum_draw_tour(Museum *m, HudRoom *room)
{
    TourBar bar = bar_of(m);
    TourBarClicks clicks = {0};
    if (!bar.tour)
        return;
    if (tour_is_on(&m->tour))
        tour_bar_draw(m->ui, &bar, room, &clicks);
    else if (m->tour.state == TOUR_LEFT || is_offered(m))
        tour_bar_draw_call(m->ui, &bar, room, &clicks);
    if (clicks.begins && m->tour.state == TOUR_LEFT)
        tour_rejoin(&m->tour);
    else if (clicks.begins)
        museum_tell(m, museum_begin_tour(m, NULL));
    if (clicks.pauses)
        tour_pause(&m->tour, !m->tour.is_paused);
    if (clicks.step)
        step_by(m, clicks.step);
    if (clicks.ends)
        tour_end(&m->tour);
}

void museum_fill_tour_stats(const Museum *m, Stats *stats)
{
    const TourPlay *play = &m->tour;
    stats->tour = play->state == TOUR_OFF ? "" : play->tour->id;
    stats->tour_state = tour_state_name(play);
    stats->tours = m->collection.tour_count;
    stats->tour_step = play->state == TOUR_OFF ? 0 : play->step + 1;
    stats->tour_steps = play->state == TOUR_OFF ? 0 : play->tour->step_count;
    stats->tour_told_s = play->told_s;
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++)
        stats->details_found_in_all += m->collection.exhibits[i].found_count;
    if (m->close >= 0)
        stats->details_found = m->collection.exhibits[m->close].found_count;
}
