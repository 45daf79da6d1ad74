// mood.c: miniature mood: a shallow depth of field, as pictures of small things have.

#include "museum/mood.h"

#include <math.h>

#define PI 3.14159265358979323846
// Half the aperture, of the focus's depth: what is infinitely far is spread over an eleventh of
// the picture's height, as seen leaning in. Farther off than a piece is usually framed, it is
// no longer opened.
#define APERTURE_PART 0.025
#define APERTURE_RADII 0.13
#define APERTURE_GAP 0.25 // no eye comes too near to the surface
#define SAME_FOCUS 0.01   // of its depth
#define WAITS_S 0.25

void mood_see(Mood *mood, const MoodSight *sight)
{
    if (!sight || !mood->is_on) {
        *mood = (Mood){.is_on = mood->is_on};
        return;
    }
    bool is_same = fabs(sight->depth_m - mood->wish_m) < SAME_FOCUS * sight->depth_m;
    mood->still_s = is_same ? mood->still_s + sight->passed_s : 0;
    mood->wish_m = is_same ? mood->wish_m : sight->depth_m;
    if (!mood->is_open || sight->moves || mood->still_s >= WAITS_S)
        mood->focus_m = mood->wish_m;
    mood->is_open = true;
    double aperture = MIN(APERTURE_PART * mood->focus_m, APERTURE_RADII * sight->radius_m);
    mood->aperture_m = MIN(aperture, APERTURE_GAP * sight->gap_m);
}

bool mood_is_pending(const Mood *mood)
{
    return mood->is_open && mood->focus_m != mood->wish_m;
}

// Two spirals that are each other's opposite, evenly over a disc that grows.
void mood_place(int index, float out[2])
{
    const double pairs = (MOOD_FRAMES - 1) / 2.0, golden = 0.6180339887498949;
    int pair = (index - 1) / 2;
    double far = index > 0 ? sqrt((pair + 0.5) / pairs) : 0, angle = pair * PI * golden;
    double side = index % 2 ? 1 : -1;
    out[0] = (float)(side * far * cos(angle));
    out[1] = (float)(side * far * sin(angle));
}

View mood_view(const Mood *mood, const View *view, int index)
{
    float place[2];
    mood_place(index, place);
    const double aside_m[2] = {(double)place[0] * mood->aperture_m,
                               (double)place[1] * mood->aperture_m};
    return mood->is_open && index > 0 ? view_from_aside(view, aside_m, mood->focus_m) : *view;
}

View mood_wide_view(const Mood *mood, const View *view)
{
    if (!mood->is_open)
        return *view;
    // What is infinitely far moves most, but for what is nearer than half the focus.
    float most_px = (float)(mood->aperture_m / mood->focus_m) * view->focal_px * 1.2f + 2;
    const Viewport *port = &view->viewport;
    return view_crop(view, &(Viewport){port->x - most_px, port->y - most_px,
                                       port->width + 2 * most_px, port->height + 2 * most_px});
}
