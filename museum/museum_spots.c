// museum_spots.c: the details of a story on the piece one leans in to: marked from the
// magnification on at which there is something to see, and found by whoever holds the lens over
// them. spots_draw.c is how marks look.

#include "museum/detail.h"
#include "museum/hud_words.h"
#include "museum/spots_draw.h"

#include <math.h>
#include <string.h>

#define ENOUGH 0.6f   // of the magnification a story wants: the lens may have been at its limit
#define AIMED 0.4f    // of the lens's radius: so near its middle a detail is found
#define HIDDEN 0.985  // of the way there: what is nearer hides it
#define LENS_AIR 1.3f // no mark is nearer to a lens than that, in its radii
#define FADE_S 0.3f   // until a mark has appeared
#define PARTS 1.5f    // how far apart two marks come to be by going nearer, in least distances
#define LEAST_PART 1.8f  // times nearer: some of many part then, and one sees that it went on
#define LEAST_NEARER 1.1 // going nearer by less is none
enum { RAYS = 24 };      // a frame, to see what is hidden

// ---- what is before them

// What is known was seen from elsewhere, or another surface. It holds until it is asked again.
static void note_change(Museum *m, const VisitorWorld *world)
{
    MuseumSpots *spots = &m->spots;
    bool is_other = spots->exhibit != m->close;
    if (is_other)
        *spots = (MuseumSpots){.exhibit = m->close, .pressed = -1};
    bool has_moved = memcmp(spots->eye, m->view.eye, sizeof spots->eye) != 0 ||
                     memcmp(spots->forward, m->view.forward, sizeof spots->forward) != 0;
    if (has_moved)
        spots->listed_count = 0; // its place is another
    if (!is_other && !has_moved && spots->revision == world->revision)
        return;
    memcpy(spots->eye, m->view.eye, sizeof spots->eye);
    memcpy(spots->forward, m->view.forward, sizeof spots->forward);
    spots->revision = world->revision;
    memset(spots->is_asked, 0, sizeof spots->is_asked);
}

// From the eye, or with parallel rays from as far off.
static bool is_before(const Museum *m, const VisitorWorld *world, const double at[3])
{
    double way[3];
    sub3(at, m->view.eye, way);
    Ray ray = {0};
    double far = m->view.is_orthographic ? dot3(way, m->view.forward) : length3(way);
    for (int i = 0; i < 3; i++)
        ray.direction[i] =
            m->view.is_orthographic ? m->view.forward[i] : way[i] / MAX(far, 1e-9);
    add_scaled3(at, ray.direction, -far, ray.origin);
    return far > 0 && world->surface(world->context, &ray, far * HIDDEN) < far * HIDDEN;
}

// ---- where they are

typedef struct Look {
    const VisitorWorld *world;
    const Story *story;
    float fade;     // by so much a mark appears in this frame
    int rays;       // left in this frame
    float lens[3];  // middle and radius, in pixels; none: the radius is 0
    bool has_whole; // scripts wait for nothing
} Look;

static float from_lens(const Look *look, const float px[2])
{
    if (look->lens[2] <= 0)
        return 1e9f;
    return hypotf(px[0] - look->lens[0], px[1] - look->lens[1]) / look->lens[2];
}

static void place_of(const Museum *m, const StoryHotspot *hotspot, double out[3])
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    double own[3] = {hotspot->point_m[0], hotspot->point_m[1], hotspot->point_m[2]};
    placement_to_world(&exhibit->placement, own, out);
}

// How large it is seen, as against how its story wants it seen without a lens.
static float enlarged(const Museum *m, const StoryHotspot *hotspot, const double at[3])
{
    double way[3];
    sub3(at, m->view.eye, way);
    float whole = m->visitor.orbit.max_distance_m / 2;
    float wanted = hotspot->view.is_given ? hotspot->view.distance_m : whole;
    return wanted / (float)MAX(length3(way), 1e-6);
}

static bool is_large_enough(const StoryHotspot *hotspot, float times)
{
    return hotspot->magnification <= 1 || times >= hotspot->magnification * ENOUGH;
}

static bool is_in_picture(const Museum *m, const float px[2])
{
    return px[0] >= 0 && px[1] >= 0 && px[0] <= m->view.viewport.width &&
           px[1] <= m->view.viewport.height;
}

// Whoever comes upon it by themselves is told its name, once.
static void find_by_lens(Museum *m, const Look *look, const SpotPoint *point, float times)
{
    Exhibit *exhibit = &m->collection.exhibits[m->close];
    const StoryHotspot *hotspot = &look->story->hotspots[point->index];
    float zoom = (float)m->lens.zoom;
    if (point->is_hidden || exhibit->is_found[point->index] || !m->lens_is_known ||
        !m->spots.is_asked[point->index] || from_lens(look, point->px) * zoom > AIMED ||
        !is_large_enough(hotspot, times * zoom))
        return;
    museum_note_found(m, m->close, point->index);
    Scratch scratch = scratch_begin(NULL);
    const char *title = langtext_find(&hotspot->title, m->language);
    museum_say(
        m, str_format(scratch.arena, "%s · %s", title, hud_found_text(exhibit, scratch.arena)));
    scratch_end(scratch);
}

// Whether it is to be marked; where.
static bool find_point(Museum *m, Look *look, uint32_t index, SpotPoint *out)
{
    MuseumSpots *spots = &m->spots;
    const StoryHotspot *hotspot = &look->story->hotspots[index];
    double at[3];
    place_of(m, hotspot, at);
    *out = (SpotPoint){.index = index};
    if (!view_project(&m->view, at, out->px) || !is_in_picture(m, out->px)) {
        spots->strength[index] = 0;
        return false;
    }
    if (!spots->is_asked[index] && (look->rays > 0 || look->has_whole)) {
        look->rays--;
        spots->is_hidden[index] = is_before(m, look->world, at);
        spots->is_asked[index] = spots->is_known[index] = true;
    }
    out->is_hidden = spots->is_hidden[index];
    float times = enlarged(m, hotspot, at);
    if (m->lens.is_on)
        find_by_lens(m, look, out, times);
    float goal = spots->is_known[index] && is_large_enough(hotspot, times);
    bool is_shown = m->detail.is_on && !m->detail.is_own && m->detail.index == index;
    if (is_shown || from_lens(look, out->px) < LENS_AIR)
        goal = spots->strength[index] = 0;
    float by = look->has_whole ? 1 : look->fade;
    spots->strength[index] += CLAMP(goal - spots->strength[index], -by, by);
    out->strength = spots->strength[index];
    return out->strength > 0;
}

static Look look_at(const Museum *m, const VisitorWorld *world, bool is_scripted)
{
    const Viewport *viewport = &m->view.viewport;
    Look look = {.world = world,
                 .story = &m->collection.exhibits[m->close].story,
                 .fade = (float)m->passed_s / FADE_S,
                 .rays = RAYS,
                 .has_whole = is_scripted || m->is_reduced_motion};
    if (m->lens.is_on) {
        look.lens[0] = m->lens.at[0] * viewport->width;
        look.lens[1] = m->lens.at[1] * viewport->height;
        look.lens[2] =
            MAX(magnifier_radius_px(&m->lens, viewport->width, viewport->height), 1.0f);
    }
    return look;
}

// ---- what is pressed

// Goes nearer to what lies between them, until they part. False where one cannot.
static bool go_nearer(Museum *m, const SpotsShown *shown, uint32_t mark)
{
    float times =
        spots_part(shown->points, shown->mark_of, shown->count, mark, PARTS * shown->apart_px);
    VisitorWorld world = museum_world(m, m->view.viewport.width / m->view.viewport.height);
    const Orbit *orbit = &m->visitor.orbit;
    VisitorAim aim = {.yaw = orbit->yaw, .pitch = orbit->pitch};
    times = times > 0 ? MAX(times, LEAST_PART) : 0; // none parts what is one place
    double least = visitor_least_distance(&m->visitor.piece), count = shown->marks[mark].count;
    aim.distance_m = (float)MAX((double)(orbit->distance_m / MAX(times, 1e-3f)), 2 * least);
    if (times <= 0 || (double)orbit->distance_m < LEAST_NEARER * (double)aim.distance_m)
        return false;
    const Story *story = &m->collection.exhibits[m->close].story;
    for (uint32_t i = 0; i < shown->count; i++) {
        double at[3];
        if (shown->mark_of[i] != mark)
            continue;
        place_of(m, &story->hotspots[shown->points[i].index], at);
        add_scaled3(aim.target, at, 1 / count, aim.target);
    }
    visitor_aim(&m->visitor, &aim, &world);
    return true;
}

static void list(Museum *m, const SpotsShown *shown, uint32_t mark)
{
    MuseumSpots *spots = &m->spots;
    spots->listed_count = spots->list_from = 0;
    for (uint32_t i = 0; i < shown->count; i++)
        if (shown->mark_of[i] == mark)
            spots->listed[spots->listed_count++] = (uint16_t)shown->points[i].index;
    memcpy(spots->list_px, shown->marks[mark].px, sizeof spots->list_px);
}

static void press(Museum *m, const SpotsShown *shown, uint32_t mark)
{
    const SpotMark *pressed = &shown->marks[mark];
    m->spots.listed_count = 0;
    if (pressed->count == 1)
        detail_show(m, shown->points[pressed->first].index);
    else if (!go_nearer(m, shown, mark))
        list(m, shown, mark);
}

bool museum_close_spot_list(Museum *m)
{
    bool was_open = m->spots.listed_count > 0;
    m->spots.listed_count = 0;
    return was_open;
}

static bool are_away(const Museum *m)
{
    return m->visitor.state != VISITOR_CLOSE || museum_is_inside(m) || tour_is_on(&m->tour) ||
           m->tape.is_out || screens_are_open(&m->screens);
}

static void count_marks(MuseumSpots *spots, const SpotsShown *shown)
{
    spots->mark_count = shown->mark_count;
    spots->cluster_count = spots->hidden_count = 0;
    for (uint32_t i = 0; i < shown->mark_count; i++) {
        spots->cluster_count += shown->marks[i].count > 1;
        spots->hidden_count += shown->marks[i].is_hidden;
    }
}

void museum_draw_spots(Museum *m, const Input *input, const HudRoom *room, bool is_scripted)
{
    SpotPoint points[STORY_MAX_HOTSPOTS];
    uint16_t mark_of[STORY_MAX_HOTSPOTS];
    SpotsShown shown = {.points = points, .mark_of = mark_of};
    m->spots.mark_count = m->spots.cluster_count = m->spots.hidden_count = 0;
    if (are_away(m)) {
        m->spots.exhibit = -1;
        return;
    }
    VisitorWorld world = museum_world(m, m->view.viewport.width / m->view.viewport.height);
    note_change(m, &world);
    Look look = look_at(m, &world, is_scripted);
    for (uint32_t i = 0; i < look.story->hotspot_count; i++)
        shown.count += find_point(m, &look, i, &points[shown.count]);
    shown.apart_px = spots_apart_px(m);
    shown.mark_count =
        spots_gather(points, shown.count, shown.apart_px, shown.marks, shown.mark_of);
    count_marks(&m->spots, &shown);
    spots_draw_shown(m);
    int32_t mark = spots_draw(m, input, &shown, room);
    if (mark >= 0)
        press(m, &shown, (uint32_t)mark);
    int32_t chosen = spots_draw_list(m, input);
    if (chosen >= 0)
        detail_show(m, (uint32_t)chosen);
}
