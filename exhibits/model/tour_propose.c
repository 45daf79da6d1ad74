// tour_propose.c: tours nobody wrote as such: of a piece, by its story; of a house, by its
// rooms, labels and details.

#include "exhibits/model/tour.h"

#include <string.h>

enum { MOST_PIECES = 24 }; // about a quarter of an hour

// ---- of a piece

static TourStep step_of_story(const char *piece, const Story *story, const StoryTourStep *from)
{
    const StoryHotspot *spot = from->hotspot >= 0 ? &story->hotspots[from->hotspot] : NULL;
    return (TourStep){.room = "",
                      .piece = piece,
                      .hotspot = spot ? spot->id : "",
                      .view = from->view,
                      .lens = from->lens,
                      .magnification = from->magnification,
                      .dwell_s = from->dwell_s,
                      .caption = from->text.count || !spot ? from->text : spot->text,
                      .narration = from->audio,
                      .captions = from->captions};
}

Tour tour_of_story(const char *piece, const Story *story, uint32_t index, Arena *arena)
{
    const StoryTour *from = &story->tours[index];
    Tour tour = {.id = str_format(arena, "%s-%s", piece, from->id),
                 .title = from->title,
                 .step_count = from->step_count};
    tour.steps = ARENA_ARRAY(arena, TourStep, (size_t)tour.step_count + 1);
    for (uint32_t i = 0; i < tour.step_count; i++)
        tour.steps[i] = step_of_story(piece, story, &from->steps[i]);
    return tour;
}

// ---- of a house

typedef struct Proposal {
    const TourWorld *world;
    Tour tour;
} Proposal;

// What only the strongest lens shows; the first of several.
static const StoryHotspot *best_hotspot(const Story *story)
{
    const StoryHotspot *best = NULL;
    for (uint32_t i = 0; i < story->hotspot_count; i++)
        if (!best || story->hotspots[i].magnification > best->magnification)
            best = &story->hotspots[i];
    return best;
}

static TourStep *add_step(Proposal *p, const LangText *caption)
{
    TourStep *step = &p->tour.steps[p->tour.step_count++];
    *step = (TourStep){.room = "", .piece = "", .hotspot = "", .caption = *caption};
    return step;
}

static void add_piece(Proposal *p, const TourPiece *piece)
{
    add_step(p, piece->label->count ? piece->label : piece->title)->piece = piece->id;
    const StoryHotspot *spot = best_hotspot(piece->story);
    if (!spot)
        return;
    TourStep *step = add_step(p, &spot->text);
    step->piece = piece->id;
    step->hotspot = spot->id;
}

// The pieces in the order of the route, or as they stand. Returns how many.
static uint32_t order_pieces(const TourWorld *world, const TourPiece **out)
{
    const Plan *plan = world->plan;
    uint32_t count = 0;
    for (uint32_t r = 0; plan && r < plan->route_count; r++)
        for (uint32_t i = 0; i < world->piece_count && count < world->piece_count; i++)
            if (!strcmp(world->pieces[i].id, plan->places[plan->route[r]].piece))
                out[count++] = &world->pieces[i];
    if (count == 0)
        for (; count < world->piece_count; count++)
            out[count] = &world->pieces[count];
    return count;
}

Tour tour_propose(const TourWorld *world, Arena *arena)
{
    static const LangEntry title[] = {
        {"en", "A tour of the house"},      {"fr", "Une visite de la maison"},
        {"de", "Eine Führung durchs Haus"}, {"es", "Una visita por la casa"},
        {"ar", "جولة في المتحف"},           {"ja", "館内ツアー"}};
    Proposal p = {.world = world};
    p.tour = (Tour){.id = "house", .title = {.count = COUNT_OF(title)}};
    p.tour.title.entries = arena_copy(arena, title, sizeof title, sizeof(void *));
    const TourPiece **order = ARENA_ARRAY(arena, const TourPiece *, world->piece_count + 1u);
    uint32_t count = order_pieces(world, order), shown = MIN(count, (uint32_t)MOST_PIECES);
    p.tour.steps = ARENA_ARRAY(arena, TourStep, 3 * (size_t)shown + 1);
    int32_t room = PLAN_NONE;
    for (uint32_t i = 0; i < shown; i++) {
        const TourPiece *piece = order[(size_t)i * count / shown];
        if (piece->room != room && piece->room != PLAN_NONE) {
            const PlanRoom *entered = &world->plan->rooms[piece->room];
            if (entered->text.count)
                add_step(&p, &entered->text)->room = entered->id;
        }
        room = piece->room;
        add_piece(&p, piece);
    }
    return p.tour;
}
