// museum_mood.c: where the miniature mood is in force, and what it focuses on.

#include "museum/museum_parts.h"

#include <string.h>

#define SURFACE_LIMIT_M 100.0

// What measures shows everything sharp: the tape, parallel rays. A lens has its own eye.
static bool is_fit(const Museum *m)
{
    return m->mood.is_on && m->visitor.state == VISITOR_CLOSE && !m->tape.is_out &&
           !m->view.is_orthographic && !m->compare.is_on;
}

// Under the lens, else in the middle; where nothing is, the middle of the piece.
static double focus_depth(Museum *m, const VisitorWorld *world)
{
    const Viewport *port = &m->view.viewport;
    const float middle[2] = {0.5f, 0.5f}, *places[2] = {m->lens.at, middle};
    double at[3];
    memcpy(at, m->collection.exhibits[m->close].center, sizeof at);
    for (int i = m->lens.is_on ? 0 : 1; i < 2; i++) {
        float px[2] = {places[i][0] * port->width, places[i][1] * port->height};
        Ray ray = view_ray(&m->view, px);
        double distance = world->surface(world->context, &ray, SURFACE_LIMIT_M);
        if (distance >= SURFACE_LIMIT_M)
            continue;
        ray_point(&ray, distance, at);
        break;
    }
    return MAX(view_depth(&m->view, at), 1e-4);
}

void museum_see_mood(Museum *m, const VisitorWorld *world, double passed_s)
{
    if (!is_fit(m)) {
        mood_see(&m->mood, NULL);
        return;
    }
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    VisitorGap gap;
    MoodSight sight = {.depth_m = focus_depth(m, world),
                       .radius_m = exhibit->radius_m,
                       .gap_m = exhibit->radius_m,
                       .passed_s = passed_s,
                       .moves = !visitor_is_still(&m->visitor)};
    if (world->gap(world->context, m->view.eye, sight.gap_m, &gap))
        sight.gap_m = gap.distance_m;
    mood_see(&m->mood, &sight);
}

int museum_mean_count(const Museum *m)
{
    int usual = quality_row(m->quality.level)->mean_count;
    return m->mood.is_open ? MAX(usual, MOOD_FRAMES) : usual;
}
