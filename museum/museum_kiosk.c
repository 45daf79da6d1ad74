// museum_kiosk.c: what a kiosk asks of the museum: to forget who was there, and to forbid.

#include "museum/museum_parts.h"

#include "museum/detail.h"

void museum_reset(Museum *m, const MuseumReset *to)
{
    compare_end(m);
    detail_forget(m);
    if (museum_is_inside(m))
        museum_step_out(m);
    tour_end(&m->tour);
    map_open(m, false);
    screens_close(&m->screens);
    tape_clear(m);
    tape_put(m, false);
    narration_end(&m->narration);
    m->settings = (Settings){
        .quality = m->settings.quality, .volume = to->volume, .is_muted = to->volume <= 0};
    m->has_adjusted = false;
    m->text_size = to->text_size;
    m->is_reduced_motion = to->is_reduced_motion;
    m->lens = magnifier_make();
    m->mood = (Mood){0};
    m->inside = (Diorama){0};
    m->visitor = visitor_make(&m->gallery);
    m->visitor.glides = !to->is_reduced_motion;
    m->close = m->focus = m->leans_after_walk = -1;
    m->carried = (VisitorActions){0};
    m->is_label_open = m->lens_is_held = m->is_framed_with_label = false;
    m->overlay.is_open = false;
    m->toast.left_s = 0;
    m->reading = 0;
    m->controls.is_captured = false;
    for (int i = 0; i < THING_COUNT; i++)
        m->life.is_beside[i] = false;
    museum_forget_finds(m);
    museum_speak(m, to->language);
    m->has_adjusted = false;
}

void museum_forbid(const Museum *m, Wishes *wishes)
{
    if (!m->kiosk.is_on)
        return;
    wishes->quits = wishes->toggles_fullscreen = wishes->toggles_overlay = false;
    wishes->takes_picture &= m->kiosk.allows_photographs;
}

void museum_fill_kiosk_stats(const Museum *m, Stats *stats)
{
    const MuseumKiosk *kiosk = &m->kiosk;
    stats->kiosk = !kiosk->is_on          ? "off"
                   : kiosk->is_attracting ? "attract"
                   : kiosk->is_asked      ? "asks"
                                          : "visit";
    stats->kiosk_visits = (double)kiosk->visits;
}
