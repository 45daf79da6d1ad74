// narration.c: what is told now: a step of a tour, a detail of a piece or a chapter.

#include "museum/narration.h"

#include <stdio.h>
#include <string.h>

// The folder's file for a reader; false where there is none or its name is too long.
static bool find_file(const char *folder, const LangText *files, const char *language,
                      char out[SOUND_PATH_BYTES])
{
    const char *name = files ? langtext_find(files, language) : "";
    out[0] = 0;
    if (!*name || !folder)
        return false;
    int len = snprintf(out, SOUND_PATH_BYTES, "%s/%s", folder, name);
    if (len > 0 && len < SOUND_PATH_BYTES)
        return true;
    out[0] = 0;
    return false;
}

// Captions in a language that the visitor does not read give way to a text in one that is read.
static bool captions_serve(const NarrationDesc *desc)
{
    if (!desc->captions || !desc->captions->count)
        return false;
    const char *tag = langtext_tag(desc->captions, desc->language);
    const char *text = desc->text ? langtext_tag(desc->text, desc->language) : "";
    const char *wished = desc->language ? desc->language : "";
    return !*tag || langtext_is_same(tag, wished) || !langtext_is_same(text, wished);
}

bool narration_begin(Narration *n, const NarrationDesc *desc)
{
    uint32_t number = n->number, cues = n->cue_count;
    *n = (Narration){.number = number, .cue_count = cues, .cue_index = -1};
    if (!find_file(desc->folder, desc->sounds, desc->language, n->file))
        return false;
    n->subject = desc->subject;
    n->state = NARRATION_LOADING;
    n->number = number + 1;
    n->captions_lang = "";
    if (captions_serve(desc) &&
        find_file(desc->folder, desc->captions, desc->language, n->captions))
        n->captions_lang = langtext_tag(desc->captions, desc->language);
    return true;
}

void narration_pause(Narration *n, bool is_paused)
{
    n->is_paused = is_paused && n->state != NARRATION_OFF;
}

void narration_end(Narration *n)
{
    uint32_t number = n->number, cues = n->cue_count;
    *n = (Narration){.number = number, .cue_count = cues, .cue_index = -1};
}

bool narration_is_of(const Narration *n, NarrationSubject subject)
{
    return n->state != NARRATION_OFF && n->state != NARRATION_OVER &&
           n->subject.of == subject.of && n->subject.exhibit == subject.exhibit &&
           n->subject.index == subject.index;
}

static void read_captions(Narration *n, const Vtt *captions)
{
    n->has_cues = n->is_heard && captions && captions->count > 0;
    int32_t index = n->has_cues && n->at_s > 0 ? vtt_find(captions, n->at_s) : -1;
    n->cue_count += index >= 0 && index != n->cue_index;
    n->cue_index = index;
    if (n->has_cues)
        n->cue = index >= 0 ? captions->cues[index].text : "";
}

void narration_run(Narration *n, const NarrationEars *ears, double passed_s)
{
    const SoundState *sound = &ears->sound;
    // Behind the last caption the text does not come up.
    n->cue = n->state == NARRATION_OVER && n->has_cues ? "" : NULL;
    if (n->state == NARRATION_OFF || n->state == NARRATION_OVER)
        return;
    if (sound->narration != n->number || sound->phase == SOUND_LOADING)
        return;
    n->state = NARRATION_TELLING;
    n->seconds = sound->seconds;
    bool plays = sound->phase == SOUND_PLAYING || sound->phase == SOUND_ENDED;
    n->is_heard = sound->device == SOUND_OPEN && ears->is_open && sound->phase != SOUND_BROKEN;
    if (plays && !ears->keeps_clock)
        n->at_s = sound->at_s;
    else if (!n->is_paused)
        n->at_s += passed_s;
    if (sound->phase == SOUND_BROKEN || n->at_s >= n->seconds)
        n->state = NARRATION_OVER;
    read_captions(n, sound->captions);
}

void narration_wish(const Narration *n, SoundWish *wish)
{
    bool is_on = n->state == NARRATION_LOADING || n->state == NARRATION_TELLING;
    wish->narration = is_on ? n->number : 0;
    wish->file = n->file;
    wish->captions = n->captions;
    wish->at_s = n->at_s;
    wish->is_paused = n->is_paused;
}

const char *narration_name(NarrationOf of)
{
    static const char *const names[NARRATION_OF_COUNT] = {
        [NARRATION_OF_NOTHING] = "",
        [NARRATION_OF_STEP] = "step",
        [NARRATION_OF_DETAIL] = "detail",
        [NARRATION_OF_CHAPTER] = "chapter",
    };
    return names[of];
}
