// sounds.c: sounds of a collection against what is said of them.

#include "packer/sounds.h"

#include "data/opus.h"
#include "data/vtt.h"
#include "io/file.h"

enum { TONE_MAX_S = 60 }; // docs/PACK.md

#define LATE_S 0.5 // captions that end so much behind their sound are of another

typedef struct Place {
    const char *folder, *prefix;
    Problems *problems;
} Place;

// False where it is not there or broken: that has been told.
static bool read_seconds(const char *folder, const char *name, double *out)
{
    Scratch scratch = scratch_begin(NULL);
    OpusInfo info = {0};
    Bytes file;
    bool is_read = !file_read(path_join(scratch.arena, folder, name), OPUS_MAX_BYTES,
                              scratch.arena, &file) &&
                   !opus_check(file, &info);
    *out = info.seconds;
    scratch_end(scratch);
    return is_read;
}

static bool read_end(const char *folder, const char *name, double *out)
{
    Scratch scratch = scratch_begin(NULL);
    Vtt vtt = {0};
    Bytes file;
    bool is_read = !file_read(path_join(scratch.arena, folder, name), VTT_MAX_BYTES,
                              scratch.arena, &file) &&
                   !vtt_parse(file, scratch.arena, &vtt);
    *out = vtt.end_s;
    scratch_end(scratch);
    return is_read;
}

static void check_pair(const Place *p, const LangText *audio, const LangText *captions)
{
    for (uint32_t i = 0; i < captions->count && audio->count; i++) {
        const LangEntry *file = &captions->entries[i];
        double seconds, end_s;
        if (!read_seconds(p->folder, langtext_find(audio, file->tag), &seconds) ||
            !read_end(p->folder, file->text, &end_s) || end_s <= seconds + LATE_S)
            continue;
        Scratch scratch = scratch_begin(p->problems->arena);
        const char *name = str_format(scratch.arena, "%s%s", p->prefix, file->text);
        problem_add(p->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, name, ""},
                    "its last caption ends at %.1f s, its sound at %.1f s", end_s, seconds);
        scratch_end(scratch);
    }
}

void sounds_check_story(const char *folder, const char *prefix, const Story *story,
                        Problems *problems)
{
    const Place place = {folder, prefix, problems};
    for (uint32_t i = 0; i < story->chapter_count; i++)
        check_pair(&place, &story->chapters[i].audio, &story->chapters[i].captions);
    for (uint32_t i = 0; i < story->hotspot_count; i++)
        check_pair(&place, &story->hotspots[i].audio, &story->hotspots[i].captions);
    for (uint32_t i = 0; i < story->tour_count; i++)
        for (uint32_t s = 0; s < story->tours[i].step_count; s++)
            check_pair(&place, &story->tours[i].steps[s].audio,
                       &story->tours[i].steps[s].captions);
}

void sounds_check_tour(const char *folder, const char *prefix, const Tour *tour,
                       Problems *problems)
{
    const Place place = {folder, prefix, problems};
    for (uint32_t i = 0; i < tour->step_count; i++)
        check_pair(&place, &tour->steps[i].narration, &tour->steps[i].captions);
}

void sounds_check_tone(const char *folder, const char *name, Problems *problems)
{
    double seconds;
    if (read_seconds(folder, name, &seconds) && seconds > TONE_MAX_S)
        problem_add(problems, (ProblemAt){PROBLEM_ERROR, ERR_LIMIT, name, ""},
                    "a room's tone is played around and around and lasts at most %d s, this "
                    "lasts %.0f",
                    TONE_MAX_S, seconds);
}
