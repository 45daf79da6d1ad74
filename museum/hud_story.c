// hud_story.c: the story panel: everything a piece tells, in one scrolling column.

#include "museum/hud_story.h"

#include "exhibits/model/local.h"
#include "museum/hud_prose.h"
#include "museum/hud_room.h"
#include "museum/hud_words.h"
#include "museum/magnifier.h"

#include <string.h>

#define EDGE 24.0f
#define PANEL_WIDTH (HUD_STORY_WIDTH - EDGE)
#define PADDING 28.0f
#define PARAGRAPH 16.0f

// A pen that writes down the column.
typedef struct Pen {
    Ui *ui;
    const char *language; // wished
    const char *shown;    // of what was written last
    float x, y, width;
    Arena *arena;
} Pen;

static void write_run(Pen *pen, const char *text, const char *lang, UiType type, UiColor color,
                      float before)
{
    if (!text || !*text)
        return;
    pen->y += before;
    pen->y +=
        ui_text(
            pen->ui, pen->x, pen->y,
            &(UiTextDesc){
                .text = text, .lang = lang, .type = type, .color = color, .width = pen->width})
            .height;
}

static void write_heading(Pen *pen, const char *text, const char *lang)
{
    write_run(pen, text, lang, UI_HEADING, UI_INK, 30);
}

// Quietly, where the text that follows is in another language than the reader's, and another
// than what stands above it.
static void note_language(Pen *pen, const char *shown)
{
    if (*shown && !langtext_is_same(shown, pen->shown))
        write_run(pen, local_language_note(pen->language, shown, pen->arena), NULL, UI_SMALL,
                  UI_INK_SOFT, 12);
    pen->shown = *shown ? shown : pen->shown;
}

// Paragraph by paragraph: each is a picture, and a picture's height has an end.
static void write_text(Pen *pen, const LangText *text, float before)
{
    const char *at = langtext_find(text, pen->language), *end;
    note_language(pen, langtext_tag(text, pen->language));
    for (; at && *at; at = end + strspn(end, "\n")) {
        end = strstr(at, "\n\n");
        end = end ? end : at + strlen(at);
        write_run(pen, str_copy(pen->arena, (Str){at, (size_t)(end - at)}),
                  langtext_tag(text, pen->language), UI_BODY, UI_INK, before);
        before = PARAGRAPH;
    }
}

// Markdown: what the story's file calls long, of chapters and of how it was made.
static void write_prose(Pen *pen, const LangText *text, float before)
{
    const char *tag = langtext_tag(text, pen->language);
    note_language(pen, tag);
    pen->y =
        hud_write_prose(pen->ui, &(HudProse){.markdown = langtext_find(text, pen->language),
                                             .lang = tag,
                                             .x = pen->x,
                                             .y = pen->y,
                                             .width = pen->width,
                                             .before = before});
}

static void write_small(Pen *pen, const char *text)
{
    write_run(pen, text, NULL, UI_SMALL, UI_INK_SOFT, 6);
}

static void write_list(Pen *pen, HudWord heading, const LangTexts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        if (i == 0)
            write_heading(pen, hud_word(heading), "en");
        write_text(pen, &texts->items[i], 8);
    }
}

const char *hud_found_text(const Exhibit *exhibit, Arena *arena)
{
    const char *text = str_format(arena, hud_say("%1$u of %2$u details found"),
                                  exhibit->found_count, exhibit->story.hotspot_count);
    return hud_figures(text, arena);
}

static void write_details(Pen *pen, const Exhibit *exhibit)
{
    const Story *story = &exhibit->story;
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        const StoryHotspot *spot = &story->hotspots[i];
        if (i == 0)
            write_heading(pen, hud_word(WORD_DETAILS), "en");
        if (i == 0 && exhibit->found_count)
            write_small(pen, hud_found_text(exhibit, pen->arena));
        write_run(pen, langtext_find(&spot->title, pen->language),
                  langtext_tag(&spot->title, pen->language), UI_BODY, UI_INK, 14);
        write_run(pen, langtext_find(&spot->text, pen->language),
                  langtext_tag(&spot->text, pen->language), UI_SMALL, UI_INK_SOFT, 4);
    }
}

static void write_making(Pen *pen, const StoryMaking *making)
{
    if (making->hours <= 0 && !making->tool_count && !making->step_count)
        return;
    write_heading(pen, hud_word(WORD_MAKING), "en");
    if (making->hours > 0)
        write_small(pen, str_format(pen->arena, "%s %s",
                                    hud_figures(str_format(pen->arena, "%.6g", making->hours),
                                                pen->arena),
                                    hud_word(WORD_HOURS)));
    const char *tools = "";
    for (uint32_t i = 0; i < making->tool_count; i++)
        tools = str_format(pen->arena, "%s%s%s", tools, *tools ? ", " : "",
                           langtext_find(&making->tools[i], pen->language));
    if (*tools)
        write_small(pen, str_format(pen->arena, "%s: %s", hud_word(WORD_TOOLS), tools));
    for (uint32_t i = 0; i < making->step_count; i++)
        write_prose(pen, &making->steps[i].text, 10);
}

static const char *length_text(double um, Arena *arena)
{
    return hud_figures(magnifier_length_text(um, arena), arena);
}

static void write_scan(Pen *pen, const Exhibit *exhibit)
{
    const RecordCapture *capture = &exhibit->record.capture;
    Local local = local_of(hud_spoken());
    if (exhibit->phase == EXHIBIT_RESTORATION)
        return;
    write_heading(pen, hud_word(WORD_CAPTURE), "en");
    write_text(pen, &capture->method, 8);
    const char *who = langtext_find(&capture->operator_name, pen->language);
    if (*who || (capture->date && *capture->date))
        write_small(
            pen,
            str_format(pen->arena, "%s%s%s", who, *who ? ", " : "",
                       capture->date ? local_date(&local, capture->date, pen->arena) : ""));
    write_small(pen, str_format(pen->arena, "%s; %s %s",
                                exhibit_size(exhibit, hud_spoken(), pen->arena),
                                local_count(&local, exhibit->triangle_count, pen->arena),
                                hud_word(WORD_TRIANGLES)));
    write_small(pen, str_format(pen->arena, "%s %s",
                                length_text(exhibit->record.measured.mesh_um, pen->arena),
                                hud_word(WORD_SAMPLE_DISTANCE)));
    double texel_um = exhibit->record.measured.texel_median_um;
    if (texel_um > 0)
        write_small(pen, str_format(pen->arena, "%s %s", length_text(texel_um, pen->arena),
                                    hud_word(WORD_TEXEL_DISTANCE)));
}

static void write_story(Pen *pen, const Exhibit *exhibit)
{
    const Story *story = &exhibit->story;
    const LangText *title = &exhibit->record.title;
    write_run(pen, exhibit_title(exhibit, pen->language), langtext_tag(title, pen->language),
              UI_TITLE, UI_INK, 0);
    write_small(pen, exhibit_caption(exhibit, pen->language, pen->arena));
    bool is_told = story->long_text.count > 0 || story->chapter_count > 0;
    if (is_told)
        write_prose(pen, &story->long_text, 18);
    else
        write_text(pen, &story->label, 18);
    if (!is_told && !story->label.count)
        write_run(pen, hud_word(WORD_NO_STORY), "en", UI_BODY, UI_INK_SOFT, 18);
    for (uint32_t i = 0; i < story->chapter_count; i++) {
        const StoryChapter *chapter = &story->chapters[i];
        write_heading(pen, langtext_find(&chapter->title, pen->language),
                      langtext_tag(&chapter->title, pen->language));
        write_prose(pen, &chapter->text, 8);
    }
    write_details(pen, exhibit);
    write_making(pen, &story->making);
    write_list(pen, WORD_INSCRIPTIONS, &exhibit->record.inscriptions);
    write_list(pen, WORD_PROVENANCE, &exhibit->record.provenance);
    write_scan(pen, exhibit);
    const char *rights = exhibit_rights(exhibit, pen->language, pen->arena);
    if (*rights) {
        write_heading(pen, hud_word(WORD_RIGHTS), "en");
        write_small(pen, rights);
    }
}

bool hud_draw_story(Ui *ui, const Exhibit *exhibit, const char *language)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    float width = MIN(PANEL_WIDTH, screen.width - 2 * EDGE);
    UiRect rect = {screen.width - width - EDGE, EDGE, width, screen.height - 2 * EDGE};
    hud_mirror(ui, true);
    ui_panel(ui, rect, UI_PANEL_PAPER, 1);
    UiRect column = {rect.x, rect.y + PADDING, width, rect.height - 2 * PADDING - 44};
    Pen pen = {.ui = ui,
               .language = language,
               .shown = language ? language : "",
               .x = rect.x + PADDING,
               .width = width - 2 * PADDING,
               .arena = scratch.arena};
    pen.y = ui_scroll_begin(ui, HUD_STORY_COLUMN, column);
    write_story(&pen, exhibit);
    ui_scroll_end(ui, pen.y + 12);
    bool is_closed = ui_button(
        ui, "story-close",
        (UiRect){rect.x + width - PADDING - 100, rect.y + rect.height - PADDING - 26, 100, 32},
        hud_word(WORD_CLOSE));
    hud_mirror(ui, false);
    scratch_end(scratch);
    return is_closed;
}
