// detail.c: the details a story tells of: going from one to the next, and back.

#include "museum/detail.h"

#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

#define RADIANS 0.01745329252f
#define USUAL_STRENGTH 4.0 // of the lens, where the story names none
#define STEEPEST 50.0f     // from above, where the story names no view
#define LEAST_PIXEL_SAMPLES \
    1.1f // a pixel of the picture covers so many samples: the lens shows more

NODISCARD Status detail_find(const Museum *m, const char *id, uint32_t *out)
{
    if (!visitor_is_close(&m->visitor))
        return FAIL(ERR_INVALID, "lean in first");
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    for (uint32_t i = 0; i < exhibit->story.hotspot_count; i++) {
        *out = i;
        if (!strcmp(exhibit->story.hotspots[i].id, id))
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

bool detail_wants_lens(const StoryHotspot *detail)
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
    if (!detail_wants_lens(detail))
        return wish_m > 0 ? wish_m : whole;
    float focal_px = m->view.viewport.height / (2 * tanf(VISITOR_CLOSE_FOV_RAD / 2));
    float least = (float)exhibit->sample_m * focal_px * LEAST_PIXEL_SAMPLES;
    return CLAMP(wish_m, MIN(least, whole), whole);
}

static VisitorWorld world_of(Museum *m)
{
    int width, height;
    window_size(m->window, &width, &height);
    return museum_world(m, (float)width / (float)MAX(height, 1));
}

// Looks below it, so that it stands above the middle of the picture.
static void lift(VisitorAim *aim, float heights)
{
    double s = sin(aim->yaw), c = cos(aim->yaw), rise = sin(aim->pitch);
    const double up[3] = {s * rise, cos(aim->pitch), c * rise};
    double seen_m = 2 * tan((double)VISITOR_CLOSE_FOV_RAD / 2) * (double)aim->distance_m;
    add_scaled3(aim->target, up, -seen_m * (double)heights, aim->target);
}

static void turn_to(Museum *m, const StoryHotspot *detail)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    StoryView view = view_of(detail);
    VisitorWorld world = world_of(m);
    VisitorAim aim = {
        .yaw = place->yaw + place->piece_yaw + view.azimuth_deg * RADIANS,
        .pitch = -view.elevation_deg * RADIANS,
        .distance_m = distance_of(m, exhibit, detail, view.distance_m),
    };
    const float *target = view.has_target ? view.target_m : detail->point_m;
    double own[3] = {target[0], target[1], target[2]};
    placement_to_world(&exhibit->placement, own, aim.target);
    lift(&aim, m->detail.lift);
    visitor_aim(&m->visitor, &aim, &world);
}

void detail_show_spot(Museum *m, const StoryHotspot *spot)
{
    MuseumDetail *detail = &m->detail;
    if (!detail->is_on) {
        detail->before = visitor_at_rest(&m->visitor);
        detail->lens_before = m->lens;
        detail->was_label_open = m->is_label_open;
    }
    detail->is_on = detail->is_coming = detail->is_own = true;
    detail->spot = *spot;
    m->is_label_open = false;
    magnifier_turn_off(&m->lens);
    turn_to(m, &detail->spot);
}

void detail_show(Museum *m, uint32_t index)
{
    m->detail.lift = 0;
    detail_show_spot(m, &m->collection.exhibits[m->close].story.hotspots[index]);
    m->detail.is_own = false;
    m->detail.index = index;
}

NODISCARD Status detail_step(Museum *m, int step)
{
    if (m->visitor.state != VISITOR_CLOSE)
        return FAIL(ERR_INVALID, "lean in first");
    TRY(compare_refuse(m));
    int count = (int)m->collection.exhibits[m->close].story.hotspot_count;
    if (count == 0)
        return FAIL(ERR_NOT_FOUND, "%s", hud_word(WORD_NO_DETAILS));
    bool has_before = m->detail.is_on && !m->detail.is_own;
    int next = has_before ? ((int)m->detail.index + step % count + count) % count
               : step > 0 ? 0
                          : count - 1;
    detail_show(m, (uint32_t)next);
    return OK;
}

static MagnifierMode mode_of(StoryLens lens)
{
    static const MagnifierMode modes[STORY_LENS_COUNT] = {
        [STORY_LENS_NONE] = MAGNIFIER_BEAUTY,   [STORY_LENS_BEAUTY] = MAGNIFIER_BEAUTY,
        [STORY_LENS_ALBEDO] = MAGNIFIER_ALBEDO, [STORY_LENS_NORMALS] = MAGNIFIER_NORMALS,
        [STORY_LENS_RAKING] = MAGNIFIER_RAKING, [STORY_LENS_RELIEF] = MAGNIFIER_RELIEF,
        [STORY_LENS_HEIGHT] = MAGNIFIER_HEIGHT, [STORY_LENS_SPECULAR] = MAGNIFIER_SPECULAR,
    };
    return modes[lens];
}

// Where it is in the picture, in parts of it.
NODISCARD static Status find_in_picture(const Museum *m, const StoryHotspot *detail,
                                        float out[2])
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    double own[3] = {detail->point_m[0], detail->point_m[1], detail->point_m[2]}, world[3];
    float px[2];
    int width, height;
    window_size(m->window, &width, &height);
    placement_to_world(&exhibit->placement, own, world);
    if (!view_project(&m->view, world, px) || px[0] < 0 || px[1] < 0 || px[0] > (float)width ||
        px[1] > (float)height)
        return FAIL(ERR_NOT_FOUND, "'%s' is not in the picture from there", detail->id);
    out[0] = px[0] / (float)width;
    out[1] = px[1] / (float)height;
    return OK;
}

NODISCARD Status detail_check(const Museum *m)
{
    float at[2];
    if (!m->detail.is_on || m->close < 0)
        return FAIL(ERR_INVALID, "there is no detail in the picture");
    return find_in_picture(m, &m->detail.spot, at);
}

bool detail_arrive(Museum *m)
{
    float at[2];
    if (!m->detail.is_coming || m->visitor.state != VISITOR_CLOSE ||
        !visitor_is_still(&m->visitor))
        return false;
    const StoryHotspot *detail = &m->detail.spot;
    m->detail.is_coming = false;
    if (!m->detail.is_own)
        museum_note_found(m, m->close, m->detail.index);
    if (!detail_wants_lens(detail) || find_in_picture(m, detail, at))
        return false;
    m->lens.offset_y = 0;
    m->lens.mode = mode_of(detail->lens);
    magnifier_turn_on(&m->lens, at[0], at[1]);
    m->lens.is_pinned = true; // the pointer may be anywhere
    m->lens.wanted_zoom =
        MAX(detail->magnification > 0 ? (double)detail->magnification : USUAL_STRENGTH,
            MAGNIFIER_LEAST_ZOOM);
    if (detail->light.is_given)
        magnifier_set_light(&m->lens, detail->light.azimuth_deg, detail->light.elevation_deg);
    return true;
}

void detail_leave(Museum *m)
{
    if (!m->detail.is_on)
        return;
    VisitorWorld world = world_of(m);
    visitor_return(&m->visitor, &m->detail.before, &world);
    m->lens = m->detail.lens_before;
    m->is_label_open = m->detail.was_label_open;
    detail_forget(m);
}

void detail_forget(Museum *m)
{
    m->detail.lift = 0;
    m->detail.is_on = m->detail.is_coming = false;
}
