// museum_spots.c: the details of a story on the piece one leans in to: marked from the
// magnification on at which there is something to see, and found by whoever holds the lens over
// them.

#include "museum/detail.h"
#include "museum/hud_story.h"
#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <math.h>
#include <stdio.h>

#define ENOUGH 0.6f  // of the magnification a story wants: the lens may have been at its limit
#define AIMED 0.4f   // of the lens's radius: so near its middle a detail is found
#define HIDDEN 0.985 // of the way there: what is nearer hides it
#define MARK 24.0f   // units
#define HINT 7.0f
#define APART 30.0f   // between two marks; nearer ones stand for each other
#define LENS_AIR 1.3f // no mark is nearer to a lens than that, in its radii
enum { MOST_MARKS = 32 };

typedef struct Spot {
    uint32_t index;
    float px[2];
    float enlarged; // as against how its story wants it seen, without a lens
    bool is_hidden;
} Spot;

// Where a detail is in the picture. False where it is not in it, or faces away.
static bool find_spot(Museum *m, const VisitorWorld *world, uint32_t index, Spot *out)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const StoryHotspot *hotspot = &exhibit->story.hotspots[index];
    double own[3], at[3], way[3];
    for (int i = 0; i < 3; i++)
        own[i] = (double)hotspot->point_m[i];
    placement_to_world(&exhibit->placement, own, at);
    *out = (Spot){.index = index};
    if (!view_project(&m->view, at, out->px) || out->px[0] < 0 || out->px[1] < 0 ||
        out->px[0] > m->view.viewport.width || out->px[1] > m->view.viewport.height)
        return false;
    sub3(at, m->view.eye, way);
    float whole = m->visitor.orbit.max_distance_m / 2;
    float wanted = hotspot->view.is_given ? hotspot->view.distance_m : whole;
    double far = length3(way);
    out->enlarged = wanted / (float)MAX(far, 1e-6);
    Ray ray = {0};
    for (int i = 0; i < 3; i++) {
        ray.origin[i] = m->view.eye[i];
        ray.direction[i] = way[i] / MAX(far, 1e-9);
    }
    out->is_hidden = world->surface(world->context, &ray, far * HIDDEN) < far * HIDDEN;
    return true;
}

static bool is_large_enough(const Museum *m, const Spot *spot, float lens_zoom)
{
    const Story *story = &m->collection.exhibits[m->close].story;
    float wanted = story->hotspots[spot->index].magnification;
    return wanted <= 1 || spot->enlarged * lens_zoom >= wanted * ENOUGH;
}

// From the lens's middle, in its radii; large without a lens.
static float from_lens(const Museum *m, const float px[2])
{
    const Viewport *viewport = &m->view.viewport;
    if (!m->lens.is_on)
        return 1e9f;
    float radius = magnifier_radius_px(&m->lens, viewport->width, viewport->height);
    return hypotf(px[0] - m->lens.at[0] * viewport->width,
                  px[1] - m->lens.at[1] * viewport->height) /
           MAX(radius, 1.0f);
}

// Whoever comes upon it by themselves is told its name, once.
static void find_by_lens(Museum *m, const Spot *spot)
{
    Exhibit *exhibit = &m->collection.exhibits[m->close];
    if (spot->is_hidden || exhibit->is_found[spot->index] || !m->lens_is_known ||
        from_lens(m, spot->px) * (float)m->lens.zoom > AIMED ||
        !is_large_enough(m, spot, (float)m->lens.zoom))
        return;
    exhibit_note_found(exhibit, spot->index);
    Scratch scratch = scratch_begin(NULL);
    const char *title = langtext_find(&exhibit->story.hotspots[spot->index].title, m->language);
    museum_say(
        m, str_format(scratch.arena, "%s · %s", title, hud_found_text(exhibit, scratch.arena)));
    scratch_end(scratch);
}

static bool is_apart(const Spot *spots, uint32_t count, const float px[2], float apart_px)
{
    for (uint32_t i = 0; i < count; i++)
        if (hypotf(spots[i].px[0] - px[0], spots[i].px[1] - px[1]) < apart_px)
            return false;
    return true;
}

// What something hides is only hinted at.
static void hint(Museum *m, const Spot *spot)
{
    float rgba[4], unit = ui_px(m->ui, 1);
    UiRect rect = {spot->px[0] / unit - HINT / 2, spot->px[1] / unit - HINT / 2, HINT, HINT};
    ui_color(m->ui, UI_ON_PICTURE, 0.4f, rgba);
    ui_box(m->ui, rect, rgba, HINT / 2);
}

static void mark(Museum *m, const Spot *spot, const HudRoom *room)
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    char id[32], number[16];
    float unit = ui_px(m->ui, 1);
    UiRect rect = {spot->px[0] / unit - MARK / 2, spot->px[1] / unit - MARK / 2, MARK, MARK};
    if (!hud_is_free(room, rect))
        return;
    if (spot->is_hidden) {
        hint(m, spot);
        return;
    }
    snprintf(id, sizeof id, "spot-%u", (unsigned)spot->index);
    snprintf(number, sizeof number, "%u", (unsigned)spot->index + 1);
    const char *title = langtext_find(&exhibit->story.hotspots[spot->index].title, m->language);
    if (ui_symbol(m->ui, id, rect, exhibit->is_found[spot->index] ? "•" : number, title))
        detail_show(m, spot->index);
}

void museum_draw_spots(Museum *m, const HudRoom *room)
{
    Spot marked[MOST_MARKS];
    uint32_t count = 0;
    if (m->visitor.state != VISITOR_CLOSE || museum_is_inside(m) || tour_is_on(&m->tour) ||
        m->tape.is_out || m->is_story_open || screens_are_open(&m->screens))
        return;
    const Story *story = &m->collection.exhibits[m->close].story;
    VisitorWorld world = museum_world(m, m->view.viewport.width / m->view.viewport.height);
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        Spot spot;
        if (!find_spot(m, &world, i, &spot))
            continue;
        if (m->lens.is_on)
            find_by_lens(m, &spot);
        bool is_shown = m->detail.is_on && !m->detail.is_own && m->detail.index == i;
        if (is_shown || count == MOST_MARKS || from_lens(m, spot.px) < LENS_AIR ||
            !is_large_enough(m, &spot, 1) ||
            !is_apart(marked, count, spot.px, ui_px(m->ui, APART)))
            continue;
        marked[count++] = spot;
        mark(m, &spot, room);
    }
}
