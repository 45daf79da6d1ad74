// guide.c: a guided visit of whatever stands in the house.

#include "museum/guide.h"

#include "exhibits/model/prose.h"
#include "io/file.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DETAILS = 5, MAX_NAME = 48 };

// What is done with every piece. %1 is the pictures' name before its ending, %2 the piece's id,
// %3 a detail's.
static const char *const arrival[] = {
    "walk-to exhibit:%2", "wait settled", "screenshot \"%1-1-standing.png\"",
    "lean-in exhibit:%2", "wait settled", "screenshot \"%1-2-close.png\"",
    "label close",
};

// Where the story tells of no details: the middle, in two lights.
static const char *const survey[] = {
    "orbit 35 6",
    "wait settled",
    "screenshot \"%1-3-turned.png\"",
    "magnify 0.5 0.5 5 beauty",
    "wait settled",
    "screenshot \"%1-4-magnified.png\"",
    "magnify 0.5 0.5 5 raking 150 14",
    "wait settled",
    "screenshot \"%1-5-raking-light.png\"",
};

static const char *const detail[] = {
    "detail %3",
    "wait settled",
    "screenshot \"%1-detail-%3.png\"",
};

// From the details back to the whole.
static const char *const again[] = {
    "lean-out",
    "lean-in exhibit:%2",
    "label close",
};

static const char *const farewell[] = {
    "magnify off", "story open", "wait settled", "screenshot \"%1-story.png\"",
    "story close", "lean-out",
};

static const char *const restoration[] = {
    "walk-to exhibit:%2",
    "wait settled",
    "screenshot \"%1-under-restoration.png\"",
};

typedef struct Names {
    const char *values[3];
} Names;

static const char *fill_in(Arena *arena, const char *step, const Names *names)
{
    const char *out = "";
    for (const char *c = step; *c; c++) {
        if (c[0] == '%' && c[1] >= '1' && c[1] <= '3')
            out = str_format(arena, "%s%s", out, names->values[*++c - '1']);
        else
            out = str_format(arena, "%s%c", out, *c);
    }
    return out;
}

static const char *add_steps(Arena *arena, const char *text, const char *const *steps,
                             size_t count, const Names *names)
{
    for (size_t i = 0; i < count; i++)
        text = str_format(arena, "%s%s\n", text, fill_in(arena, steps[i], names));
    return text;
}

static const char *add_piece(Arena *arena, const char *text, const Exhibit *exhibit,
                             const char *name)
{
    Names names = {{name, exhibit->id, ""}};
    if (exhibit->restoration)
        return add_steps(arena, text, restoration, COUNT_OF(restoration), &names);
    text = add_steps(arena, text, arrival, COUNT_OF(arrival), &names);
    for (uint32_t i = 0; i < MIN(exhibit->story.hotspot_count, (uint32_t)MAX_DETAILS); i++) {
        names.values[2] = exhibit->story.hotspots[i].id;
        text = add_steps(arena, text, detail, COUNT_OF(detail), &names);
    }
    if (exhibit->story.hotspot_count)
        text = add_steps(arena, text, again, COUNT_OF(again), &names);
    else
        text = add_steps(arena, text, survey, COUNT_OF(survey), &names);
    return add_steps(arena, text, farewell, COUNT_OF(farewell), &names);
}

static const char *write_script(const Museum *m, const char *folder, Arena *arena)
{
    const Plan *plan = &m->collection.plan;
    const char *text = str_format(
        arena, "wait ready\nwait settled\nscreenshot \"%s/00-entrance.png\"\n", folder);
    uint32_t count = plan->route_count ? plan->route_count : plan->place_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = plan->route_count ? plan->route[i] : i;
        int32_t index = m->collection.exhibit_of_place[place];
        if (index < 0)
            continue;
        const Exhibit *exhibit = &m->collection.exhibits[index];
        const char *name =
            str_format(arena, "%s/%02u-%.*s", folder, i + 1, MAX_NAME, exhibit->id);
        text = add_piece(arena, text, exhibit, name);
    }
    return text;
}

static void add(Guide *guide, const char *text)
{
    guide->transcript = str_format(guide->arena, "%s%s", guide->transcript, text);
}

// Further lines are indented below the first.
static void add_line(Guide *guide, const char *name, const char *text)
{
    Str rest = str_of(text ? text : ""), line;
    for (int i = 0; rest.len && str_next_line(&rest, &line); i++)
        add(guide, str_format(guide->arena, i ? "    %s%.*s\n" : "  %s: %.*s\n", i ? "" : name,
                              (int)line.len, line.ptr));
}

NODISCARD Status guide_make(const Museum *m, const char *folder, Arena *arena, Guide *out)
{
    *out = (Guide){.folder = folder, .arena = arena, .transcript = "A guided visit\n"};
    TRY(file_make_folders(folder));
    Stats stats = museum_stats(m, arena);
    add(out, str_format(arena, "  drawn by %s, shown by %s, %.0f x %.0f pixels\n",
                        stats.renderer, stats.driver, stats.width, stats.height));
    return script_parse(str_of(write_script(m, folder, arena)), "guided visit", arena,
                        &out->script);
}

// From how near a picture was taken, and through what.
static void describe(Guide *guide, const Stats *stats)
{
    Arena *arena = guide->arena;
    if (stats->surface_distance_mm >= 100)
        add(guide, str_format(arena, "  seen from %.0f cm\n", stats->surface_distance_mm / 10));
    else if (stats->surface_distance_mm > 0)
        add(guide, str_format(arena, "  seen from %.3g mm\n", stats->surface_distance_mm));
    if (stats->magnifier_zoom <= 0)
        return;
    add(guide, str_format(arena, "  through the magnifier, %s, %.1f times",
                          stats->magnifier_mode, stats->magnifier_zoom));
    if (stats->um_per_texel > 0)
        add(guide, str_format(arena, "; %s between samples of the scan, %s a pixel%s",
                              magnifier_length_text(stats->um_per_texel, arena),
                              magnifier_length_text(stats->um_per_pixel, arena),
                              stats->magnifier_enlarged ? ", enlarged" : ""));
    add(guide, "\n");
}

static void introduce(Guide *guide, const Museum *m, const Exhibit *exhibit)
{
    Arena *arena = guide->arena;
    add_line(guide, "title", exhibit_title(exhibit, m->language));
    add_line(guide, "caption", exhibit_caption(exhibit, m->language, arena));
    add_line(guide, "label", exhibit_label(exhibit, m->language, arena));
    add_line(guide, "seen", langtext_find(&exhibit->record.alt_text, m->language));
    add_line(guide, "under restoration", exhibit->restoration);
    add_line(guide, "rights", exhibit_rights(exhibit, m->language, arena));
}

static void tell_detail(Guide *guide, const Museum *m, const Exhibit *exhibit, const char *path)
{
    for (uint32_t i = 0; i < exhibit->story.hotspot_count; i++) {
        const StoryHotspot *spot = &exhibit->story.hotspots[i];
        if (!strstr(path, str_format(guide->arena, "-detail-%s.png", spot->id)))
            continue;
        add_line(guide, "detail", langtext_find(&spot->title, m->language));
        add_line(guide, "text", langtext_find(&spot->text, m->language));
    }
}

// Of Markdown, its words.
static const char *plain_text(const LangText *text, const char *language, Arena *arena)
{
    Prose prose = prose_parse(langtext_find(text, language), arena);
    return prose_plain(&prose, arena);
}

static void tell_story(Guide *guide, const Museum *m, const Exhibit *exhibit)
{
    const Story *story = &exhibit->story;
    add_line(guide, "story", plain_text(&story->long_text, m->language, guide->arena));
    for (uint32_t i = 0; i < story->chapter_count; i++) {
        add_line(guide, "chapter", langtext_find(&story->chapters[i].title, m->language));
        add_line(guide, "text",
                 plain_text(&story->chapters[i].text, m->language, guide->arena));
    }
}

void guide_note_picture(void *context, Museum *m, const char *path)
{
    Guide *guide = context;
    Arena *arena = guide->arena;
    Str name = path_name(path);
    Stats stats = museum_stats(m, arena);
    int32_t shown = m->close >= 0 ? m->close : m->focus;
    add(guide, str_format(arena, "\n%.*s\n", (int)name.len, name.ptr));
    describe(guide, &stats);
    if (shown < 0)
        return;
    const Exhibit *exhibit = &m->collection.exhibits[shown];
    if (strstr(path, "-1-standing.png") || strstr(path, "-under-restoration.png"))
        introduce(guide, m, exhibit);
    else if (strstr(path, "-detail-"))
        tell_detail(guide, m, exhibit, path);
    else if (strstr(path, "-story.png"))
        tell_story(guide, m, exhibit);
}

NODISCARD Status guide_end(Guide *guide, const Museum *m)
{
    const char *path = path_join(guide->arena, guide->folder, "transcript.txt");
    TRY(file_write(path,
                   (Bytes){(const uint8_t *)guide->transcript, strlen(guide->transcript)}));
    Stats stats = museum_stats(m, guide->arena);
    printf("driver    %s\nrenderer  %s\npictures  %s\ntranscript %s\n", stats.driver,
           stats.renderer, guide->folder, path);
    return OK;
}
