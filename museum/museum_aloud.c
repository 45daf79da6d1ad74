// museum_aloud.c: what happens in the museum, said aloud to those who do not see it.
//
// What is said follows from what is shown: each topic is a text, made every frame, and is said
// when it becomes another one.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/aloud.h"
#include "museum/hud_words.h"

// In the order in which they are said where several change at once.
enum {
    TOPIC_SCREEN,  // what the one that is open is called
    TOPIC_CONTROL, // what has the focus on it
    TOPIC_VALUE,   // how that stands
    TOPIC_PLAN,    // what has the focus on the floor plan
    TOPIC_BUTTON,  // what has the focus over the picture
    TOPIC_ROOM,    // one is in
    TOPIC_PIECE,   // one stands before
    TOPIC_LABEL,   // of the piece one leans in to
    TOPIC_DETAIL,  // one looks at
    TOPIC_CAPTION, // of the tour
    TOPIC_TOAST,
    TOPIC_COUNT,
};

_Static_assert((int)TOPIC_COUNT <= (int)MUSEUM_TOPICS, "each has its place in MuseumAloud");

// ---- topics: what each says now; false where it is not to be asked, and stays as it was

typedef bool TellFn(Museum *m, Aloud *out);

static bool is_covered(const Museum *m)
{
    return screens_cover(&m->screens) || m->map.is_open;
}

static bool tell_screen(Museum *m, Aloud *out)
{
    if (screens_are_open(&m->screens) && !m->screens.tree)
        return false; // it is being built
    if (screens_are_open(&m->screens))
        aloud_title(m->screens.tree, out);
    return true;
}

static bool tell_control(Museum *m, Aloud *out)
{
    if (screens_are_open(&m->screens) && !m->screens.tree)
        return false;
    if (screens_are_open(&m->screens))
        aloud_control(m->screens.tree, widgets_focused(m->screens.tree), out);
    return true;
}

static bool tell_value(Museum *m, Aloud *out)
{
    if (screens_are_open(&m->screens) && !m->screens.tree)
        return false;
    if (screens_are_open(&m->screens))
        aloud_value(m->screens.tree, widgets_focused(m->screens.tree), &m->frame, out);
    return true;
}

static void add_room(const Museum *m, uint32_t room, Aloud *out)
{
    const LangText *title = &m->collection.plan.rooms[room].title;
    aloud_add(out, langtext_find(title, m->language), langtext_tag(title, m->language));
}

static void add_title(const Museum *m, const Exhibit *exhibit, Aloud *out)
{
    aloud_add(out, exhibit_title(exhibit, m->language),
              langtext_tag(&exhibit->record.title, m->language));
    aloud_add(out, exhibit->restoration ? hud_word(WORD_RESTORATION) : NULL, NULL);
}

static bool tell_plan(Museum *m, Aloud *out)
{
    if (!m->map.is_open)
        return true;
    if (m->map.focus == MAP_NONE) {
        aloud_add(out, hud_word(WORD_PLAN_TITLE), NULL);
        return true;
    }
    const MapItem *item = &m->map.map.items[m->map.focus];
    uint32_t room = map_room_of(&m->map.map, m->map.focus);
    if (!item->is_room)
        add_title(m,
                  &m->collection.exhibits[m->collection.plan.places[item->index].piece_index],
                  out);
    aloud_add(out, hud_figures(str_format(&m->frame, "%u", room + 1), &m->frame), NULL);
    add_room(m, room, out);
    aloud_add(out, m->map.visited[room] ? hud_word(WORD_VISITED) : NULL, NULL);
    return true;
}

static bool tell_button(Museum *m, Aloud *out)
{
    aloud_add(out, ui_focused_name(m->ui), NULL);
    aloud_add(out, out->count ? hud_say("button") : NULL, NULL);
    return true;
}

static bool tell_room(Museum *m, Aloud *out)
{
    if (is_covered(m) || visitor_is_close(&m->visitor))
        return false;
    int32_t room = plan_find_room(
        &m->collection.plan, (float[2]){(float)m->visitor.spot[0], (float)m->visitor.spot[1]});
    if (room < 0) // in a passage: the next one is told
        return false;
    add_room(m, (uint32_t)room, out);
    return true;
}

static bool tell_piece(Museum *m, Aloud *out)
{
    if (is_covered(m) || m->visitor.state != VISITOR_WALKING)
        return false;
    if (m->focus < 0)
        return true;
    const Exhibit *exhibit = &m->collection.exhibits[m->focus];
    add_title(m, exhibit, out);
    aloud_add(out, exhibit_caption(exhibit, m->language, &m->frame),
              langtext_tag(&exhibit->record.title, m->language));
    return true;
}

static bool tell_label(Museum *m, Aloud *out)
{
    if (is_covered(m))
        return false;
    if (m->close < 0 || !m->is_label_open || tour_is_on(&m->tour))
        return true;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    if (m->close != m->focus) // else its name was told on arriving
        add_title(m, exhibit, out);
    aloud_add(out, exhibit_label(exhibit, m->language, &m->frame),
              exhibit_label_tag(exhibit, m->language));
    return true;
}

static bool tell_detail(Museum *m, Aloud *out)
{
    if (is_covered(m))
        return false;
    if (!m->detail.is_on || m->detail.is_own || m->close < 0 || tour_is_on(&m->tour) ||
        museum_is_narrated(m))
        return true;
    const StoryHotspot *spot =
        &m->collection.exhibits[m->close].story.hotspots[m->detail.index];
    aloud_add(out, langtext_find(&spot->title, m->language),
              langtext_tag(&spot->title, m->language));
    aloud_add(out, langtext_find(&spot->text, m->language),
              langtext_tag(&spot->text, m->language));
    return true;
}

static bool tell_caption(Museum *m, Aloud *out)
{
    if (is_covered(m))
        return false;
    const TourStep *step = tour_is_on(&m->tour) ? tour_step(&m->tour) : NULL;
    if (step && !museum_is_narrated(m))
        aloud_add(out, langtext_find(&step->caption, m->language),
                  langtext_tag(&step->caption, m->language));
    return true;
}

static bool tell_toast(Museum *m, Aloud *out)
{
    aloud_add(out, m->toast.left_s > 0 ? m->toast.text : NULL, NULL);
    return true;
}

static const struct {
    TellFn *tell;
    bool follows; // what is being said; else it interrupts it
} topics[TOPIC_COUNT] = {
    [TOPIC_SCREEN] = {tell_screen, false}, [TOPIC_CONTROL] = {tell_control, false},
    [TOPIC_VALUE] = {tell_value, false},   [TOPIC_PLAN] = {tell_plan, false},
    [TOPIC_BUTTON] = {tell_button, false}, [TOPIC_ROOM] = {tell_room, false},
    [TOPIC_PIECE] = {tell_piece, false},   [TOPIC_LABEL] = {tell_label, true},
    [TOPIC_DETAIL] = {tell_detail, false}, [TOPIC_CAPTION] = {tell_caption, false},
    [TOPIC_TOAST] = {tell_toast, true},
};

// ---- saying it

static void say(Museum *m, const Aloud *aloud, bool interrupts)
{
    for (uint32_t i = 0; i < aloud->count; i++) {
        const AloudPart *part = &aloud->parts[i];
        bool is_own = part->lang && *part->lang;
        speech_say(m->aloud.speech,
                   &(SpeechSentence){.text = part->text,
                                     .lang = is_own ? part->lang : hud_spoken(),
                                     .interrupts = interrupts && i == 0});
    }
}

// The same words of another control are news.
static uint64_t add_focus(const Museum *m, uint64_t hash, int topic)
{
    bool is_control = topic == TOPIC_CONTROL || topic == TOPIC_VALUE;
    if (!hash || !is_control || !m->screens.tree)
        return hash;
    return (hash ^ widgets_focused(m->screens.tree)) * 0x100000001b3u;
}

void museum_say_aloud(Museum *m)
{
    MuseumAloud *aloud = &m->aloud;
    bool has_said = false;
    if (!aloud->is_on || !speech_is_on(aloud->speech) || !museum_is_ready(m))
        return;
    for (int topic = 0; topic < TOPIC_COUNT; topic++) {
        Aloud words = {0};
        if (!topics[topic].tell(m, &words))
            continue;
        uint64_t hash = add_focus(m, aloud_hash(&words), topic);
        if (hash != aloud->said[topic] && words.count) {
            say(m, &words, !has_said && !topics[topic].follows);
            has_said = true;
        }
        aloud->said[topic] = hash;
    }
}

void museum_open_aloud(Museum *m, const MuseumDesc *desc)
{
    int wish = desc->is_aloud ? 1 : m->settings.speech;
    bool is_alone = desc->is_scripted || desc->is_headless;
    bool may_speak = desc->speech_record || desc->is_aloud || !is_alone;
    m->aloud.is_on = wish >= 0;
    if (!may_speak || wish < 0)
        return;
    if (speech_open(&(SpeechDesc){.record = desc->speech_record, .if_read = wish == 0},
                    &m->aloud.speech))
        log_fault(LOG_WARN, "nothing is said aloud");
}

bool museum_is_aloud(const Museum *m)
{
    return m->aloud.is_on && speech_is_on(m->aloud.speech);
}

void museum_set_aloud(Museum *m, bool is_on)
{
    MuseumAloud *aloud = &m->aloud;
    m->settings.speech = is_on ? 1 : -1;
    if (!is_on)
        speech_hush(aloud->speech);
    if (is_on && !speech_is_on(aloud->speech)) { // it only waited for a screen reader
        speech_close(aloud->speech);
        aloud->speech = NULL;
        if (speech_open(&(SpeechDesc){0}, &aloud->speech))
            log_fault(LOG_WARN, "nothing is said aloud");
    }
    aloud->is_on = is_on;
}
