// detail.c: the details a story tells of: turning the piece to one, and holding the lens over
// it.

#include "museum/detail.h"

#include <math.h>
#include <string.h>

#define RADIANS 0.01745329252f
#define USUAL_STRENGTH 4.0 // of the lens, where the story names none
#define STEEPEST 50.0f     // from above, where the story names no view
#define LEAST_PIXEL_SAMPLES \
    1.1f // a pixel of the picture covers so many samples: the lens shows more

NODISCARD Status detail_find(const Museum *m, const char *id, const StoryHotspot **out)
{
    if (m->close < 0)
        return FAIL(ERR_INVALID, "lean in first");
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    for (uint32_t i = 0; i < exhibit->story.hotspot_count; i++) {
        *out = &exhibit->story.hotspots[i];
        if (!strcmp((*out)->id, id))
            return OK;
    }
    Scratch scratch = scratch_begin(NULL);
    const char *ids = "";
    for (uint32_t i = 0; i < MIN(exhibit->story.hotspot_count, 20u); i++)
        ids = str_format(scratch.arena, "%s%s%s", ids, *ids ? ", " : "",
                         exhibit->story.hotspots[i].id);
    fault_set(ERR_NOT_FOUND, __FILE__, __LINE__, "'%s' tells of no '%s'; there are: %s",
              exhibit->id, id, *ids ? ids : "none");
    scratch_end(scratch);
    return ERR_NOT_FOUND;
}

static bool wants_lens(const StoryHotspot *detail)
{
    return detail->lens != STORY_LENS_NONE || detail->magnification > 0;
}

// Against its normal, unless the story says from where.
static StoryView view_of(const StoryHotspot *detail)
{
    if (detail->view.is_given)
        return detail->view;
    const float *n = detail->normal;
    float elevation = asinf(CLAMP(n[1], -1.0f, 1.0f)) / RADIANS;
    return (StoryView){.azimuth_deg = atan2f(n[0], n[2]) / RADIANS,
                       .elevation_deg = CLAMP(elevation, -10.0f, STEEPEST)};
}

// As far as the story says; with the lens, not so near that it could show no more than the
// picture does.
static float distance_of(const Museum *m, const Exhibit *exhibit, const StoryHotspot *detail,
                         float wish_m)
{
    float whole = m->visitor.orbit.max_distance_m / 2;
    if (!wants_lens(detail))
        return wish_m > 0 ? wish_m : whole;
    float focal_px = m->view.viewport.height / (2 * tanf(VISITOR_CLOSE_FOV_RAD / 2));
    float least = (float)exhibit->sample_m * focal_px * LEAST_PIXEL_SAMPLES;
    return CLAMP(wish_m, MIN(least, whole), whole);
}

void detail_turn_to(Museum *m, const StoryHotspot *detail)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    StoryView view = view_of(detail);
    VisitorAim aim = {
        .yaw = place->yaw + place->piece_yaw + view.azimuth_deg * RADIANS,
        .pitch = -view.elevation_deg * RADIANS,
        .distance_m = distance_of(m, exhibit, detail, view.distance_m),
    };
    double own[3] = {detail->point_m[0], detail->point_m[1], detail->point_m[2]};
    placement_to_world(&exhibit->placement, own, aim.target);
    visitor_aim(&m->visitor, &aim);
    magnifier_turn_off(&m->lens);
}

static MagnifierMode mode_of(StoryLens lens)
{
    static const MagnifierMode modes[STORY_LENS_COUNT] = {
        [STORY_LENS_NONE] = MAGNIFIER_BEAUTY,   [STORY_LENS_BEAUTY] = MAGNIFIER_BEAUTY,
        [STORY_LENS_ALBEDO] = MAGNIFIER_ALBEDO, [STORY_LENS_NORMALS] = MAGNIFIER_NORMALS,
        [STORY_LENS_RAKING] = MAGNIFIER_RAKING, [STORY_LENS_RELIEF] = MAGNIFIER_RELIEF,
    };
    return modes[lens];
}

NODISCARD Status detail_magnify(Museum *m, const StoryHotspot *detail)
{
    if (!wants_lens(detail))
        return OK;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    double own[3] = {detail->point_m[0], detail->point_m[1], detail->point_m[2]}, world[3];
    float px[2];
    int width, height;
    window_size(m->window, &width, &height);
    placement_to_world(&exhibit->placement, own, world);
    if (!view_project(&m->view, world, px) || px[0] < 0 || px[1] < 0 || px[0] > (float)width ||
        px[1] > (float)height)
        return FAIL(ERR_NOT_FOUND, "'%s' is not in the picture from there", detail->id);
    m->lens.offset_y = 0;
    m->lens.mode = mode_of(detail->lens);
    magnifier_turn_on(&m->lens, px[0] / (float)width, px[1] / (float)height);
    m->lens.wanted_zoom =
        MAX(detail->magnification > 0 ? (double)detail->magnification : USUAL_STRENGTH,
            MAGNIFIER_LEAST_ZOOM);
    if (detail->light.is_given)
        magnifier_set_light(&m->lens, detail->light.azimuth_deg, detail->light.elevation_deg);
    return OK;
}
