// museum_record.c: what the visitor looks at, as a step of a tour: for visits that are
// recorded.

#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

#define DEGREES 57.29577951f
#define PI 3.14159265358979323846f
#define FAR_M 100.0

static StoryLens lens_of(MagnifierMode mode)
{
    static const StoryLens lenses[MAGNIFIER_MODE_COUNT] = {
        [MAGNIFIER_BEAUTY] = STORY_LENS_BEAUTY,     [MAGNIFIER_ALBEDO] = STORY_LENS_ALBEDO,
        [MAGNIFIER_NORMALS] = STORY_LENS_NORMALS,   [MAGNIFIER_RAKING] = STORY_LENS_RAKING,
        [MAGNIFIER_RELIEF] = STORY_LENS_RELIEF,     [MAGNIFIER_HEIGHT] = STORY_LENS_HEIGHT,
        [MAGNIFIER_SPECULAR] = STORY_LENS_SPECULAR,
    };
    return lenses[mode];
}

static void to_own(const Exhibit *exhibit, const double at[3], float out[3])
{
    double own[3];
    placement_to_object(&exhibit->placement, at, own);
    for (int i = 0; i < 3; i++)
        out[i] = (float)own[i];
}

static StoryView view_now(const Museum *m, const Exhibit *exhibit)
{
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    const Orbit *orbit = &m->visitor.orbit;
    float azimuth = orbit->yaw - place->yaw - place->piece_yaw;
    StoryView view = {.is_given = true,
                      .azimuth_deg = remainderf(azimuth, 2 * PI) * DEGREES,
                      .elevation_deg = -orbit->pitch * DEGREES,
                      .distance_m = orbit->distance_m,
                      .has_target = true};
    to_own(exhibit, orbit->target, view.target_m);
    return view;
}

// Where the lens is held over the piece; beside it, it is of no use to anybody.
static void add_lens(Museum *m, const Exhibit *exhibit, TourStep *step)
{
    const Magnifier *lens = &m->lens;
    float px[2] = {lens->at[0] * m->view.viewport.width, lens->at[1] * m->view.viewport.height};
    Ray ray = view_ray(&m->view, px);
    VisitorWorld world = museum_world(m, m->view.viewport.width / m->view.viewport.height);
    double far = world.surface(world.context, &ray, FAR_M), at[3];
    if (far >= FAR_M)
        return;
    ray_point(&ray, far, at);
    to_own(exhibit, at, step->lens_point_m);
    step->has_lens_point = true;
    step->lens = lens_of(lens->mode);
    step->magnification = (float)lens->zoom;
    if (magnifier_has_plane(lens->mode) || lens->mode == MAGNIFIER_SPECULAR)
        step->light = (StoryLight){true, lens->azimuth_deg, lens->elevation_deg};
}

static bool see_piece(Museum *m, TourStep *step)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    step->piece = exhibit->id;
    if (m->detail.is_on && !m->detail.is_own) {
        step->hotspot = m->detail.spot.id;
        return true;
    }
    if (m->lens.is_on)
        add_lens(m, exhibit, step);
    if (!m->visitor.is_framed || m->lens.is_on) // else all of it, as it is met
        step->view = view_now(m, exhibit);
    return true;
}

static bool see_room(const Museum *m, TourStep *step)
{
    const Visitor *visitor = &m->visitor;
    float at[2] = {(float)visitor->spot[0], (float)visitor->spot[1]};
    int32_t room = plan_find_room(&m->collection.plan, at);
    if (room == PLAN_NONE)
        return false;
    step->room = m->collection.plan.rooms[room].id;
    step->stand = (TourStand){.is_given = true,
                              .position = {at[0], at[1]},
                              .yaw = remainderf(visitor->yaw - PI, 2 * PI),
                              .pitch = visitor->pitch};
    return true;
}

void museum_record_tour(Museum *m, double passed_s)
{
    TourStep step = {.room = "", .piece = "", .hotspot = ""};
    if (!m->record)
        return;
    bool is_at_rest = visitor_is_still(&m->visitor) && !m->detail.is_coming &&
                      map_is_still(m) && m->leans_after_walk < 0 && !museum_is_inside(m);
    bool is_seen = is_at_rest &&
                   (visitor_is_close(&m->visitor) ? see_piece(m, &step) : see_room(m, &step));
    tour_record_see(m->record, is_seen ? &step : NULL, passed_s);
}
