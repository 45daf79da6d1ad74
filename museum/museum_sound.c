// museum_sound.c: what is heard where one is: the tone of the room, and what is told.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/hud_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_VOLUME 0.8f
#define CAPTION_WIDTH 620.0f // that is still read at a glance
#define CAPTION_EDGE 24.0f
#define CAPTION_FOOT 64.0f // the row of hints
#define CAPTION_PADDING 16.0f

void museum_make_sound(Museum *m, bool is_headless)
{
    // Nobody listens to pictures, but who names a driver wants to know.
    bool is_silent = is_headless && !getenv("SDL_AUDIODRIVER");
    m->tone_room = PLAN_NONE;
    if (sound_make(&(SoundDesc){.is_silent = is_silent}, m->arena, &m->sound))
        log_fault(LOG_WARN, "all stays silent");
}

// ---- how loud

float museum_volume(const Museum *m)
{
    return m->settings.volume > 0 ? m->settings.volume : USUAL_VOLUME;
}

void museum_toggle_sound(Museum *m)
{
    m->settings.is_muted = !m->settings.is_muted;
    m->has_adjusted = true;
    museum_say(m, m->settings.is_muted ? hud_say("Sound is off") : hud_say("Sound is on"));
}

// ---- the tone of the room one is in

// Between rooms the one before is heard on.
static void wish_tone(Museum *m, SoundWish *wish)
{
    const Plan *plan = &m->collection.plan;
    int32_t room =
        plan_find_room(plan, (float[2]){(float)m->visitor.spot[0], (float)m->visitor.spot[1]});
    if (room != PLAN_NONE)
        m->tone_room = room;
    if (m->tone_room == PLAN_NONE || m->settings.is_without_tone)
        return;
    const PlanRoom *inside = &plan->rooms[m->tone_room];
    float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};
    for (uint32_t i = 0; i < inside->corner_count; i++) {
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = MIN(low[axis], inside->corners[i][axis]);
            high[axis] = MAX(high[axis], inside->corners[i][axis]);
        }
    }
    wish->tone = inside->tone;
    wish->room_m[0] = high[0] - low[0];
    wish->room_m[1] = inside->height_m;
    wish->room_m[2] = high[1] - low[1];
}

// ---- what is told

static void follow_tour(Museum *m)
{
    const TourPlay *play = &m->tour;
    Narration *narration = &m->narration;
    bool is_step = narration->subject.of == NARRATION_OF_STEP;
    if (!tour_is_on(play)) {
        if (is_step)
            narration_end(narration);
        return;
    }
    NarrationSubject subject = {NARRATION_OF_STEP, -1, play->step};
    bool is_again = play->state == TOUR_ON_THE_WAY && narration->at_s > 0;
    if (!is_step || narration->subject.index != play->step || is_again) {
        const TourStep *step = tour_step(play);
        (void)narration_begin(narration, &(NarrationDesc){.subject = subject,
                                                          .folder = play->tour->folder,
                                                          .sounds = &step->narration,
                                                          .captions = &step->captions,
                                                          .text = &step->caption,
                                                          .language = m->language});
    }
    narration_pause(narration,
                    play->is_paused || play->state != TOUR_TELLING || play->told_s == 0);
}

// What is told of a piece ends where one turns away from it.
static void follow_piece(Museum *m)
{
    Narration *narration = &m->narration;
    NarrationSubject subject = narration->subject;
    if (subject.of != NARRATION_OF_DETAIL && subject.of != NARRATION_OF_CHAPTER)
        return;
    bool is_left =
        subject.of == NARRATION_OF_DETAIL
            ? m->close != subject.exhibit || !m->detail.is_on || m->detail.is_own ||
                  m->detail.index != subject.index
            : !museum_is_reading(m) || (m->close >= 0 ? m->close : m->focus) != subject.exhibit;
    bool is_elsewhere = m->map.is_open || (screens_cover(&m->screens) &&
                                           screens_top(&m->screens) != SCREEN_STORY);
    if (is_left || narration->state == NARRATION_OVER)
        narration_end(narration);
    else
        narration_pause(narration, is_elsewhere);
}

void museum_tell_of(Museum *m, NarrationSubject subject)
{
    if (narration_is_of(&m->narration, subject)) {
        narration_end(&m->narration);
        return;
    }
    const Exhibit *exhibit = &m->collection.exhibits[subject.exhibit];
    NarrationDesc desc = {
        .subject = subject, .folder = exhibit->folder, .language = m->language};
    if (subject.of == NARRATION_OF_DETAIL) {
        const StoryHotspot *spot = &exhibit->story.hotspots[subject.index];
        desc.sounds = &spot->audio;
        desc.captions = &spot->captions;
        desc.text = &spot->text;
    } else {
        const StoryChapter *chapter = &exhibit->story.chapters[subject.index];
        desc.sounds = &chapter->audio;
        desc.captions = &chapter->captions;
        desc.text = &chapter->text;
    }
    if (!narration_begin(&m->narration, &desc))
        return;
    if (m->settings.is_muted) // who asks for it wants to hear it
        museum_toggle_sound(m);
}

bool museum_detail_sounds(const Museum *m, NarrationSubject *out)
{
    if (!m->detail.is_on || m->detail.is_own || m->close < 0)
        return false;
    *out = (NarrationSubject){NARRATION_OF_DETAIL, m->close, m->detail.index};
    return m->collection.exhibits[m->close].story.hotspots[m->detail.index].audio.count > 0;
}

void museum_wish_sound(Museum *m, const Wishes *wishes)
{
    NarrationSubject subject;
    if (wishes->toggles_sound)
        museum_toggle_sound(m);
    if (wishes->toggles_narration && museum_detail_sounds(m, &subject))
        museum_tell_of(m, subject);
}

NODISCARD Status museum_command_sound(Museum *m, const char *word)
{
    NarrationSubject subject;
    if (!strcmp(word, "on") || !strcmp(word, "off"))
        m->settings.is_muted = !strcmp(word, "off");
    else if (!strcmp(word, "end"))
        narration_end(&m->narration);
    else if (!m->sound)
        return FAIL(ERR_DEVICE, "there is no sound");
    else if (!strcmp(word, "lose"))
        sound_lose_device(m->sound);
    else if (!strcmp(word, "return"))
        sound_return_device(m->sound);
    else if (museum_detail_sounds(m, &subject))
        museum_tell_of(m, subject);
    else
        return FAIL(ERR_INVALID, "no detail that can be heard is looked at");
    return OK;
}

void museum_hear(Museum *m, const MuseumFrame *how)
{
    if (!m->sound)
        return;
    follow_tour(m);
    follow_piece(m);
    SoundWish wish = {.volume = m->settings.is_muted ? 0 : museum_volume(m)};
    wish_tone(m, &wish);
    narration_wish(&m->narration, &wish);
    sound_wish(m->sound, &wish);
    m->heard = sound_state(m->sound);
    narration_run(&m->narration, &(NarrationEars){m->heard, wish.volume > 0, how->is_scripted},
                  how->steps * VISITOR_STEP_S);
}

uint32_t museum_heard_chapter(const Museum *m)
{
    const NarrationSubject *subject = &m->narration.subject;
    bool is_heard = subject->of == NARRATION_OF_CHAPTER &&
                    subject->exhibit == m->screens.exhibit &&
                    narration_is_of(&m->narration, *subject);
    return is_heard ? subject->index + 1 : 0;
}

bool museum_is_narrated(const Museum *m)
{
    bool is_told = m->narration.state == NARRATION_LOADING ||
                   m->narration.state == NARRATION_TELLING ||
                   (m->narration.state == NARRATION_OVER && m->narration.is_heard);
    return is_told && m->heard.device == SOUND_OPEN && !m->settings.is_muted;
}

bool museum_is_quiet(const Museum *m)
{
    return m->narration.state != NARRATION_LOADING;
}

// ---- captions of what is told of a piece

// As low as there is room: in the middle, or beside what is written there.
static UiRect place_captions(Ui *ui, float free, UiRect size, const HudRoom *room)
{
    float width = size.width + 2 * CAPTION_PADDING, height = size.height + 2 * CAPTION_PADDING;
    float lowest = ui_screen(ui).height - CAPTION_FOOT - height;
    const float xs[] = {(free - width) / 2, free - width - CAPTION_EDGE, CAPTION_EDGE};
    for (float y = lowest; y > lowest / 2; y -= 8) {
        for (size_t i = 0; i < COUNT_OF(xs); i++) {
            UiRect panel = {xs[i], y, width, height};
            if (hud_is_free(room, hud_place(ui, panel)))
                return panel;
        }
    }
    return (UiRect){xs[0], lowest, width, height};
}

void museum_draw_captions(Museum *m, float story_width, HudRoom *room)
{
    const Narration *narration = &m->narration;
    if (narration->subject.of == NARRATION_OF_STEP || !narration->cue || !*narration->cue ||
        m->settings.is_without_captions)
        return;
    float free = ui_screen(m->ui).width - story_width;
    float most = MIN(CAPTION_WIDTH, free - 2 * CAPTION_EDGE);
    UiTextDesc words = {.text = narration->cue,
                        .lang = narration->captions_lang,
                        .type = UI_BODY,
                        .color = UI_ON_PICTURE};
    words.width = MIN(ceilf(ui_measure(m->ui, &words).width) + 1, most); // as wide as it is
    words.align = TEXT_CENTER;
    UiRect size = {.width = words.width, .height = ui_measure(m->ui, &words).height};
    UiRect panel = hud_place(m->ui, place_captions(m->ui, free, size, room));
    hud_take(room, panel);
    ui_panel(m->ui, panel, UI_PANEL_SHADE, 1);
    (void)ui_text(m->ui, panel.x + CAPTION_PADDING, panel.y + CAPTION_PADDING, &words);
}

// ---- figures

const char *museum_sound_device(const Museum *m)
{
    static const char *const names[] = {
        [SOUND_NO_DEVICE] = "none", [SOUND_OPEN] = "open", [SOUND_LOST] = "lost"};
    return names[m->heard.device];
}

void museum_fill_sound_stats(const Museum *m, Stats *stats)
{
    const Narration *narration = &m->narration;
    const SoundState *heard = &m->heard;
    bool is_on = narration->state == NARRATION_LOADING || narration->state == NARRATION_TELLING;
    stats->sound_device = museum_sound_device(m);
    stats->sound_devices = heard->opened_count;
    stats->sound_buffers = (double)heard->buffer_count;
    stats->sound_narration = is_on ? narration_name(narration->subject.of) : "";
    stats->sound_at_s = narration->at_s;
    stats->sound_seconds = narration->seconds;
    stats->sound_is_heard = narration->is_heard;
    stats->sound_cue = narration->cue ? narration->cue : "";
    stats->sound_cues = narration->cue_count;
    stats->sound_broken = heard->broken_count;
    stats->sound_volume = m->settings.is_muted ? 0 : round(100 * (double)museum_volume(m));
    stats->sound_room = m->tone_room >= 0 && !m->settings.is_without_tone
                            ? m->collection.plan.rooms[m->tone_room].id
                            : "";
}
