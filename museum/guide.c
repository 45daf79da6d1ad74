// guide.c: a guided visit of whatever stands in the house.

#include "museum/guide.h"

#include "io/file.h"

#include <stdio.h>
#include <string.h>

// What is done with every piece, in order. %1 is the pictures' name before its ending, %2 the
// piece's id.
static const char *const steps[] = {
    "walk-to exhibit:%2",
    "wait settled",
    "screenshot \"%1-1-room.png\"",
    "lean-in exhibit:%2",
    "wait settled",
    "screenshot \"%1-2-near.png\"",
    "label close",
    "orbit 38 8",
    "zoom 1.25",
    "wait settled",
    "screenshot \"%1-3-turned.png\"",
    "magnify 0.5 0.47 5 beauty",
    "wait settled",
    "screenshot \"%1-4-magnified.png\"",
    "magnify 0.5 0.47 5 raking 150 14",
    "wait settled",
    "screenshot \"%1-5-raking-light.png\"",
    "magnify off",
    "story open",
    "wait settled",
    "screenshot \"%1-6-story.png\"",
    "story close",
    "lean-out",
};

static const char *fill_in(Arena *arena, const char *step, const char *name, const char *id)
{
    const char *out = "";
    for (const char *c = step; *c; c++) {
        if (c[0] == '%' && (c[1] == '1' || c[1] == '2'))
            out = str_format(arena, "%s%s", out, *++c == '1' ? name : id);
        else
            out = str_format(arena, "%s%c", out, *c);
    }
    return out;
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
        const char *name = str_format(arena, "%s/%02u-%s", folder, i + 1, exhibit->id);
        for (size_t step = 0; step < COUNT_OF(steps); step++)
            text = str_format(arena, "%s%s\n", text,
                              fill_in(arena, steps[step], name, exhibit->id));
    }
    return text;
}

static void add(Guide *guide, const char *text)
{
    guide->transcript = str_format(guide->arena, "%s%s", guide->transcript, text);
}

static void add_line(Guide *guide, const char *name, const char *text)
{
    if (text && *text)
        add(guide, str_format(guide->arena, "  %s: %s\n", name, text));
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

// What a picture shows, in words and figures.
static void describe(Guide *guide, Museum *m, const Stats *stats)
{
    Arena *arena = guide->arena;
    if (stats->magnifier_zoom > 0) {
        add(guide,
            str_format(arena,
                       "  the magnifier, %s light, %.1f times; %s between samples of the "
                       "scan, %s a pixel%s\n",
                       stats->magnifier_mode, stats->magnifier_zoom,
                       magnifier_length_text(stats->um_per_texel, arena),
                       magnifier_length_text(stats->um_per_pixel, arena),
                       stats->magnifier_enlarged ? "; enlarged past what was scanned" : ""));
    } else if (m->close >= 0 && stats->surface_distance_mm > 0) {
        add(guide, str_format(arena, "  from %.3g mm\n", stats->surface_distance_mm));
    }
    add(guide, str_format(arena, "  %.0f triangles in %.0f draws, %.1f ms a frame\n",
                          stats->triangles_drawn, stats->draw_calls, stats->frames.median_ms));
}

void guide_note_picture(void *context, Museum *m, const char *path)
{
    Guide *guide = context;
    Arena *arena = guide->arena;
    Str name = path_name(path);
    Stats stats = museum_stats(m, arena);
    int32_t shown = m->close >= 0 ? m->close : m->focus;
    add(guide, str_format(arena, "\n%.*s\n", (int)name.len, name.ptr));
    describe(guide, m, &stats);
    // The piece is introduced by its first picture.
    if (shown < 0 || !strstr(path, "-1-room"))
        return;
    const Exhibit *exhibit = &m->collection.exhibits[shown];
    add_line(guide, "title", exhibit_title(exhibit, m->language));
    add_line(guide, "caption", exhibit_caption(exhibit, m->language, arena));
    add_line(guide, "label", exhibit_label(exhibit, m->language, arena));
    add_line(guide, "seen", langtext_find(&exhibit->record.alt_text, m->language));
    add_line(guide, "under restoration", exhibit->restoration);
    add_line(guide, "rights", exhibit_rights(exhibit, m->language, arena));
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
