// screen_story_told.c: the pages of what is told: the story, its pictures, the details, how it
// was made.

#include "museum/screen_story.h"

#include <stdio.h>

#define RULE_WIDTH 64.0f
#define STEP_WIDTH 28.0f // of a step's number

static void add_rule(StoryPen *pen)
{
    (void)widget_add(pen->screens->tree, pen->section,
                     &(WidgetDesc){.kind = WIDGET_RULE, .width = RULE_WIDTH});
}

// ---- story

static bool has_story(const Exhibit *exhibit)
{
    (void)exhibit;
    return true; // that nobody has told it is said, too
}

const char *story_listen_text(bool is_heard)
{
    return is_heard ? hud_say("Stop") : hud_say("Listen");
}

static void write_listen(StoryPen *pen, uint32_t index)
{
    ScreenStory *told = pen->screens->told;
    char name[24];
    snprintf(name, sizeof name, "listen-%u", (unsigned)index);
    told->listens[index] =
        widget_add(pen->screens->tree, pen->section,
                   &(WidgetDesc){.kind = WIDGET_BUTTON,
                                 .name = name,
                                 .fits = true,
                                 .text = story_listen_text(index + 1 == told->heard)});
}

static void write_chapter(StoryPen *pen, uint32_t index)
{
    const StoryChapter *chapter = &pen->story->chapters[index];
    story_section(pen);
    story_note_language(pen, &chapter->title);
    story_heading(pen, &chapter->title);
    if (chapter->audio.count)
        write_listen(pen, index);
    story_plate(pen, &chapter->picture, "inline");
    story_prose(pen, &chapter->text);
}

// What can be said of a piece without a story.
static void write_untold(StoryPen *pen)
{
    story_note_language(pen, &pen->exhibit->record.alt_text);
    story_text(pen, &pen->exhibit->record.alt_text, STYLE_BODY, STYLE_INK);
    story_word(pen, hud_word(WORD_NO_STORY), STYLE_TEXT, STYLE_INK_SOFT);
}

static void write_story(StoryPen *pen)
{
    const Story *story = pen->story;
    const Exhibit *exhibit = pen->exhibit;
    bool is_long = story->long_text.count > 0 || story->chapter_count > 0;
    story_section(pen);
    if (exhibit->record.materials.count)
        story_note_language(pen, &exhibit->record.materials.items[0]);
    screen_text(pen->screens, pen->section,
                exhibit_caption(exhibit, pen->facts->language, pen->arena),
                langtext_tag(&exhibit->record.title, pen->facts->language), STYLE_SMALL,
                STYLE_INK_SOFT);
    if (exhibit->restoration) {
        story_word(pen, hud_word(WORD_RESTORATION), STYLE_STRONG, STYLE_ACCENT);
        story_word(pen, exhibit->restoration, STYLE_TEXT, STYLE_INK);
    }
    story_section(pen);
    if (story->label.count) {
        story_note_language(pen, &story->label);
        story_text(pen, &story->label, STYLE_BODY, STYLE_INK);
    } else if (!is_long) {
        write_untold(pen);
    }
    if (story->label.count && story->long_text.count)
        add_rule(pen);
    story_prose(pen, &story->long_text);
    pen->screens->told->listens =
        ARENA_ARRAY(&pen->screens->arena, WidgetId, (size_t)story->chapter_count + 1);
    for (uint32_t i = 0; i < story->chapter_count; i++)
        write_chapter(pen, i);
}

const StoryPage story_page_story = {"story", N_("Story"), has_story, write_story};

// ---- pictures

static bool has_pictures(const Exhibit *exhibit)
{
    return story_count_pictures(&exhibit->story) > 0;
}

static void write_pictures(StoryPen *pen)
{
    StoryShown shown;
    for (uint32_t i = 0; story_find_picture(pen->story, i, &shown); i++) {
        story_section(pen);
        story_note_language(pen, &shown.picture->alt_text);
        if (shown.title)
            story_text(pen, shown.title, STYLE_STRONG, STYLE_INK);
        story_plate(pen, shown.picture, "picture");
    }
}

const StoryPage story_page_pictures = {"pictures", N_("Pictures"), has_pictures,
                                       write_pictures};

// ---- details

const char *story_found_text(const Exhibit *exhibit, Arena *arena)
{
    return hud_found_words(exhibit->found_count, exhibit->story.hotspot_count, arena);
}

const char *story_found_mark(const Exhibit *exhibit, uint32_t hotspot, Arena *arena)
{
    static const char *const kinds[STORY_KIND_COUNT] = {
        [STORY_SYMBOL] = N_("symbol"),           [STORY_GESTURE] = N_("gesture"),
        [STORY_TECHNIQUE] = N_("technique"),     [STORY_DAMAGE] = N_("damage"),
        [STORY_INSCRIPTION] = N_("inscription"),
    };
    const char *kind = hud_say(kinds[exhibit->story.hotspots[hotspot].kind]);
    return exhibit->is_found[hotspot]
               ? str_format(arena, "%s · ✓ %s", kind, hud_say_in("a detail", "found"))
               : kind;
}

static bool has_details(const Exhibit *exhibit)
{
    return exhibit->story.hotspot_count > 0;
}

static void write_detail(StoryPen *pen, uint32_t index)
{
    const StoryHotspot *spot = &pen->story->hotspots[index];
    const char *language = pen->facts->language;
    char name[24];
    snprintf(name, sizeof name, "detail-%u", (unsigned)index);
    Widgets *tree = pen->screens->tree;
    story_note_language(pen, &spot->title);
    WidgetId row = widget_add(tree, pen->section, &(WidgetDesc){.gap = STYLE_TINY});
    pen->screens->told->details[index] =
        widget_add(tree, row,
                   &(WidgetDesc){.kind = WIDGET_BUTTON,
                                 .name = name,
                                 .text = langtext_find(&spot->title, language),
                                 .lang = langtext_tag(&spot->title, language),
                                 .note = story_found_mark(pen->exhibit, index, pen->arena),
                                 .type = STYLE_BODY,
                                 .look = WIDGET_ENTRY});
    WidgetId below =
        widget_add(tree, row, &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_CLOSE});
    (void)widget_add(tree, below, &(WidgetDesc){0}); // as far in as the title
    (void)widget_add(tree, below,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = langtext_find(&spot->text, language),
                                   .lang = langtext_tag(&spot->text, language),
                                   .color = STYLE_INK_SOFT,
                                   .grows = true});
}

static void write_details(StoryPen *pen)
{
    ScreenStory *told = pen->screens->told;
    told->details =
        ARENA_ARRAY(&pen->screens->arena, WidgetId, (size_t)pen->story->hotspot_count);
    story_section(pen);
    told->found = widget_add(pen->screens->tree, pen->section,
                             &(WidgetDesc){.kind = WIDGET_TEXT,
                                           .name = "found",
                                           .text = story_found_text(pen->exhibit, pen->arena),
                                           .type = STYLE_SMALL,
                                           .color = STYLE_INK_SOFT});
    for (uint32_t i = 0; i < pen->story->hotspot_count; i++)
        write_detail(pen, i);
}

const StoryPage story_page_details = {"details", N_("Details"), has_details, write_details};

// ---- making

static bool has_making(const Exhibit *exhibit)
{
    const StoryMaking *making = &exhibit->story.making;
    return making->hours > 0 || making->tool_count || making->step_count ||
           making->printed_process.count || making->printed_layer_um > 0;
}

static void write_facts(StoryPen *pen, const StoryMaking *making)
{
    Local local = local_of(hud_spoken());
    story_section(pen);
    if (making->hours > 0)
        story_row(pen, hud_say("Hours of work"),
                  local_text(&local, str_format(pen->arena, "%.6g", making->hours), pen->arena),
                  NULL);
    story_row_list(pen, hud_word(WORD_TOOLS), making->tools, making->tool_count);
    story_row_text(pen, hud_say("Print"), &making->printed_process);
    if (making->printed_layer_um > 0)
        story_row(pen, hud_say("Layers of"),
                  local_text(&local,
                             str_format(pen->arena, "%.6g µm", making->printed_layer_um),
                             pen->arena),
                  NULL);
}

// The number beside what was done.
static void write_step(StoryPen *pen, const StoryMaking *making, uint32_t index)
{
    const StoryMakingStep *step = &making->steps[index];
    Widgets *tree = pen->screens->tree;
    story_section(pen);
    story_note_language(pen, &step->text);
    WidgetId row = widget_add(tree, pen->section, &(WidgetDesc){.axis = WIDGET_ROW});
    const char *number =
        hud_figures(str_format(pen->arena, "%u", (unsigned)index + 1), pen->arena);
    (void)widget_add(tree, row,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = number,
                                   .type = STYLE_STRONG,
                                   .color = STYLE_ACCENT,
                                   .width = STEP_WIDTH});
    pen->section = widget_add(tree, row, &(WidgetDesc){.gap = STYLE_NEAR, .grows = true});
    story_prose(pen, &step->text);
    story_plate(pen, &step->picture, "inline");
    if (step->magnification > 0)
        story_word(
            pen,
            str_format(pen->arena, hud_say("Under a magnification of %s"),
                       hud_figures(str_format(pen->arena, "%.3g×", (double)step->magnification),
                                   pen->arena)),
            STYLE_SMALL, STYLE_INK_SOFT);
}

static void write_making(StoryPen *pen)
{
    const StoryMaking *making = &pen->story->making;
    write_facts(pen, making);
    for (uint32_t i = 0; i < making->step_count; i++)
        write_step(pen, making, i);
}

const StoryPage story_page_making = {"making", N_("Making"), has_making, write_making};
