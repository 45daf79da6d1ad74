// screen_story.c: the story of a piece, beside the picture: its pages as tabs, a picture seen
// large, and what is pressed.

#include "museum/screen_story.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 496.0f       // of the sheet
#define LEAST_WIDTH 340.0f // a narrower one is not read with pleasure
#define WORD_WIDTH 124.0f  // of the words before values
#define MOST_PART 0.6f     // of the picture's width: the piece has the rest
#define PLATE_ASPECT 1.5f
#define CAPTION_ROOM 130.0f  // below a picture seen large: its words, the way back
#define LEAST_CAPTION 320.0f // so wide its words stand
#define LEAST_LARGE 120.0f

static const StoryPage *const pages[] = {
    &story_page_story,      &story_page_pictures, &story_page_details, &story_page_making,
    &story_page_provenance, &story_page_record,   &story_page_rights,
};

// ---- how wide

float screens_beside_px(const WidgetFrame *frame)
{
    float unit = frame->scale * frame->text_scale;
    float air = 2 * style_space(STYLE_WIDE) * frame->scale;
    float wide = MIN(WIDTH * unit, frame->width_px * MOST_PART - air);
    return unit > 0 && wide >= LEAST_WIDTH * unit ? wide + air : 0;
}

static float sheet_units(const WidgetFrame *frame)
{
    float beside = screens_beside_px(frame), air = 2 * style_space(STYLE_WIDE) * frame->scale;
    float px = beside > 0 ? beside - air : MAX(frame->width_px - air, 1);
    return px / (frame->scale * frame->text_scale);
}

// ---- pictures of the story

uint32_t story_count_pictures(const Story *story)
{
    StoryShown shown;
    uint32_t count = 0;
    while (story_find_picture(story, count, &shown))
        count++;
    return count;
}

// True where it is the one that is looked for; else one less is.
static bool is_it(const StoryPicture *picture, const LangText *title, uint32_t *number,
                  StoryShown *out)
{
    if (!picture->file || !*picture->file)
        return false;
    *out = (StoryShown){picture, title};
    return (*number)-- == 0;
}

bool story_find_picture(const Story *story, uint32_t number, StoryShown *out)
{
    for (uint32_t i = 0; i < story->chapter_count; i++)
        if (is_it(&story->chapters[i].picture, &story->chapters[i].title, &number, out))
            return true;
    for (uint32_t i = 0; i < story->making.step_count; i++)
        if (is_it(&story->making.steps[i].picture, NULL, &number, out))
            return true;
    for (uint32_t i = 0; i < story->hotspot_count; i++)
        if (is_it(&story->hotspots[i].picture, &story->hotspots[i].title, &number, out))
            return true;
    return false;
}

static uint32_t number_of(const Story *story, const StoryPicture *picture)
{
    StoryShown shown;
    uint32_t number = 0;
    while (story_find_picture(story, number, &shown) && shown.picture != picture)
        number++;
    return number;
}

static const char *path_of(const StoryPen *pen, const StoryPicture *picture)
{
    return path_join(&pen->screens->arena, pen->exhibit->folder ? pen->exhibit->folder : "",
                     picture->file);
}

// ---- what pages are written with

static WidgetId add(StoryPen *pen, const WidgetDesc *desc)
{
    return widget_add(pen->screens->tree, pen->section, desc);
}

void story_section(StoryPen *pen)
{
    bool is_empty = pen->section && pen->section == widgets_count(pen->screens->tree);
    if (!is_empty)
        pen->section =
            widget_add(pen->screens->tree, pen->page, &(WidgetDesc){.gap = STYLE_NEAR});
}

void story_word(StoryPen *pen, const char *word, StyleType type, StyleColor color)
{
    screen_text(pen->screens, pen->section, word, NULL, type, color);
}

void story_text(StoryPen *pen, const LangText *text, StyleType type, StyleColor color)
{
    screen_text(pen->screens, pen->section, langtext_find(text, pen->facts->language),
                langtext_tag(text, pen->facts->language), type, color);
}

void story_heading(StoryPen *pen, const LangText *text)
{
    story_text(pen, text, STYLE_HEADING, STYLE_INK);
}

void story_word_heading(StoryPen *pen, const char *word)
{
    story_word(pen, word, STYLE_HEADING, STYLE_INK);
}

void story_note_language(StoryPen *pen, const LangText *text)
{
    const char *tag = langtext_tag(text, pen->facts->language);
    if (!*tag || langtext_is_same(tag, pen->shown))
        return;
    story_word(pen, local_language_note(pen->facts->language, tag, pen->arena), STYLE_SMALL,
               STYLE_INK_SOFT);
    pen->shown = tag;
}

void story_prose(StoryPen *pen, const LangText *markdown)
{
    if (!markdown->count)
        return;
    story_note_language(pen, markdown);
    screen_prose(pen->screens,
                 &(ScreenProse){.markdown = langtext_find(markdown, pen->facts->language),
                                .lang = langtext_tag(markdown, pen->facts->language),
                                .page = pen->page,
                                .section = &pen->section});
}

void story_plate(StoryPen *pen, const StoryPicture *picture, const char *where)
{
    ScreenStory *told = pen->screens->told;
    char name[32];
    if (!picture->file || !*picture->file)
        return;
    snprintf(name, sizeof name, "%s-%u", where, (unsigned)number_of(pen->story, picture));
    const char *language = pen->facts->language;
    const char *alt = langtext_find(&picture->alt_text, language);
    const char *lang = langtext_tag(&picture->alt_text, language);
    WidgetId holder = add(pen, &(WidgetDesc){.gap = STYLE_CLOSE});
    WidgetDesc words = {.kind = WIDGET_TEXT,
                        .text = alt,
                        .lang = lang,
                        .type = STYLE_SMALL,
                        .color = STYLE_INK_SOFT};
    StoryPlate plate = {.path = path_of(pen, picture)};
    plate.plate = widget_add(pen->screens->tree, holder,
                             &(WidgetDesc){.kind = WIDGET_BUTTON,
                                           .name = name,
                                           .text = alt,
                                           .lang = lang,
                                           .aspect = PLATE_ASPECT});
    plate.caption = widget_add(pen->screens->tree, holder, &words);
    plate.card =
        widget_add(pen->screens->tree, holder,
                   &(WidgetDesc){.look = WIDGET_CARD, .pad = STYLE_APART, .is_hidden = true});
    words.color = STYLE_INK;
    (void)widget_add(pen->screens->tree, plate.card, &words);
    *ARENA_PUSH(&pen->screens->arena, told->plates, told->plate_count, told->plate_capacity) =
        plate;
}

WidgetId story_field(StoryPen *pen, const char *word)
{
    WidgetId row =
        add(pen, &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_NEAR, .folds = true});
    (void)widget_add(
        pen->screens->tree, row,
        &(WidgetDesc){
            .kind = WIDGET_TEXT, .text = word, .color = STYLE_INK_SOFT, .width = WORD_WIDTH});
    return widget_add(pen->screens->tree, row, &(WidgetDesc){.gap = STYLE_TINY, .grows = true});
}

void story_row(StoryPen *pen, const char *word, const char *value, const char *lang)
{
    if (value && *value)
        screen_text(pen->screens, story_field(pen, word), value, lang, STYLE_TEXT, STYLE_INK);
}

void story_row_list(StoryPen *pen, const char *word, const LangText *items, uint32_t count)
{
    if (count == 0)
        return;
    story_note_language(pen, &items[0]);
    WidgetId field = story_field(pen, word);
    for (uint32_t i = 0; i < count; i++)
        screen_text(pen->screens, field, langtext_find(&items[i], pen->facts->language),
                    langtext_tag(&items[i], pen->facts->language), STYLE_TEXT, STYLE_INK);
}

void story_row_text(StoryPen *pen, const char *word, const LangText *value)
{
    if (!value->count)
        return;
    story_note_language(pen, value);
    story_row(pen, word, langtext_find(value, pen->facts->language),
              langtext_tag(value, pen->facts->language));
}

// ---- the sheet

static const Exhibit *exhibit_of(const Screens *screens, const ScreenFacts *facts)
{
    return &facts->collection->exhibits[screens->exhibit];
}

// Into the cabinet, where it can be kept.
static void add_collecting(Screens *screens, const ScreenFacts *facts, WidgetId head)
{
    const Exhibit *exhibit = exhibit_of(screens, facts);
    CabinetKey key = {exhibit->pack_id, exhibit->piece_id};
    if (!facts->cabinet || !key.pack || !key.piece)
        return;
    bool is_collected = cabinet_has(facts->cabinet, &key);
    (void)widget_add(
        screens->tree, head,
        &(WidgetDesc){.kind = WIDGET_BUTTON,
                      .name = "collect",
                      .type = STYLE_STRONG,
                      .value = is_collected,
                      .fits = true,
                      .text = is_collected ? hud_say("Collected") : hud_say("Collect")});
}

// The piece's name and the way back.
static WidgetId add_sheet(Screens *screens, const ScreenFacts *facts)
{
    const Exhibit *exhibit = exhibit_of(screens, facts);
    WidgetId sheet = widget_add(screens->tree, WIDGET_ROOT,
                                &(WidgetDesc){.look = WIDGET_SHEET,
                                              .pad = STYLE_WIDE,
                                              .gap = STYLE_NEAR,
                                              .width = sheet_units(&screens->frame),
                                              .align = WIDGET_END,
                                              .grows = true});
    WidgetId head =
        widget_add(screens->tree, sheet,
                   &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_APART, .folds = true});
    (void)widget_add(
        screens->tree, head,
        &(WidgetDesc){.kind = WIDGET_TEXT,
                      .text = exhibit_title(exhibit, facts->language),
                      .lang = langtext_tag(&exhibit->record.title, facts->language),
                      .type = STYLE_HEADING,
                      .align_y = WIDGET_CENTER,
                      .grows = true});
    WidgetId buttons = widget_add( // side by side, where they stand below the name, too
        screens->tree, head,
        &(WidgetDesc){
            .axis = WIDGET_FLOW, .gap = STYLE_NEAR, .align = WIDGET_END, .fits = true});
    add_collecting(screens, facts, buttons);
    (void)widget_add(screens->tree, buttons,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "back",
                                   .type = STYLE_STRONG,
                                   .fits = true,
                                   .text = hud_word(WORD_CLOSE)});
    return sheet;
}

static void add_page(Screens *screens, const ScreenFacts *facts, WidgetId tabs,
                     const StoryPage *page)
{
    Scratch scratch = scratch_begin(&screens->arena);
    const Exhibit *exhibit = exhibit_of(screens, facts);
    StoryPen pen = {.screens = screens,
                    .facts = facts,
                    .exhibit = exhibit,
                    .story = &exhibit->story,
                    .shown = facts->language ? facts->language : "",
                    .arena = scratch.arena};
    pen.page = widget_add(screens->tree, tabs,
                          &(WidgetDesc){.name = page->name,
                                        .text = hud_say(page->word),
                                        .gap = STYLE_WIDE,
                                        .scrolls = true,
                                        .grows = true});
    page->write(&pen);
    scratch_end(scratch);
}

// ---- a picture seen large

// As large as the screen allows with the words below it: its width and height.
static void large_frame(const WidgetFrame *frame, float aspect, float out[2])
{
    float unit = frame->scale * frame->text_scale;
    float air = 4 * style_space(STYLE_WIDE) * frame->scale, most = frame->width_px - air;
    float high = MAX(frame->height_px - air - CAPTION_ROOM * unit, LEAST_LARGE * frame->scale);
    float wide = MIN(high * aspect, most);
    out[0] = MAX(wide, MIN(LEAST_CAPTION * unit, most)) / unit;
    out[1] = wide / aspect / unit;
}

static void add_large(Screens *screens, const ScreenFacts *facts)
{
    StoryShown shown;
    const Exhibit *exhibit = exhibit_of(screens, facts);
    if (!story_find_picture(&exhibit->story, screens->large - 1, &shown))
        return;
    StoryPen pen = {.screens = screens, .exhibit = exhibit};
    StoryPlate plate = {.path = path_of(&pen, shown.picture)};
    Picture picture = pictures_ask(facts->pictures, plate.path);
    float aspect = picture.aspect > 0 ? picture.aspect : PLATE_ASPECT;
    plate.aspect = aspect;
    WidgetId dialog = widget_add(screens->tree, WIDGET_ROOT,
                                 &(WidgetDesc){.kind = WIDGET_DIALOG,
                                               .pad = STYLE_WIDE,
                                               .gap = STYLE_NEAR,
                                               .align = WIDGET_CENTER,
                                               .align_y = WIDGET_CENTER,
                                               .fits = true});
    const char *alt = langtext_find(&shown.picture->alt_text, facts->language);
    const char *lang = langtext_tag(&shown.picture->alt_text, facts->language);
    float size[2];
    large_frame(&screens->frame, aspect, size);
    plate.plate = widget_add(screens->tree, dialog,
                             &(WidgetDesc){.kind = WIDGET_BUTTON,
                                           .name = "large",
                                           .text = alt,
                                           .lang = lang,
                                           .width = size[0],
                                           .aspect = size[0] / size[1]});
    (void)widget_add(screens->tree, dialog,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = alt,
                                   .lang = lang,
                                   .color = STYLE_INK_SOFT,
                                   .width = size[0]});
    (void)widget_add(screens->tree, dialog,
                     &(WidgetDesc){.kind = WIDGET_BUTTON,
                                   .name = "small",
                                   .type = STYLE_STRONG,
                                   .text = hud_say("Back"),
                                   .align = WIDGET_END,
                                   .fits = true});
    ScreenStory *told = screens->told;
    *ARENA_PUSH(&screens->arena, told->plates, told->plate_count, told->plate_capacity) = plate;
}

static void build(Screens *screens, const ScreenFacts *facts)
{
    const Exhibit *exhibit = exhibit_of(screens, facts);
    uint32_t count = 0, chosen = 0;
    screens->told = ARENA_NEW(&screens->arena, ScreenStory);
    screens->told->found_count = exhibit->found_count;
    screens->told->heard = facts->heard;
    WidgetId sheet = add_sheet(screens, facts);
    WidgetId tabs = widget_add(
        screens->tree, sheet,
        &(WidgetDesc){.kind = WIDGET_TABS, .name = "pages", .gap = STYLE_NEAR, .grows = true});
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        if (!pages[i]->is_told(exhibit))
            continue;
        chosen = screens->tab && !strcmp(screens->tab, pages[i]->name) ? count : chosen;
        add_page(screens, facts, tabs, pages[i]);
        count++;
    }
    widget_set_value(screens->tree, tabs, (float)chosen);
    if (screens->large)
        add_large(screens, facts);
}

// ---- what comes late: pictures, details that are found

static void dress_plate(Screens *screens, const ScreenFacts *facts, StoryPlate *plate)
{
    Widgets *tree = screens->tree;
    WidgetInfo info = widget_info(tree, plate->plate);
    if (!info.is_shown || info.visible.height <= 0)
        return;
    Picture picture = pictures_ask(facts->pictures, plate->path);
    widget_set_picture(tree, plate->plate, picture.texture, picture.aspect);
    if (plate->aspect > 0 && picture.state == PICTURE_THERE && picture.aspect != plate->aspect)
        screens->wants_anew = true;
    if (picture.state != PICTURE_BROKEN || !plate->card)
        return;
    widget_set_hidden(tree, plate->plate, true);
    widget_set_hidden(tree, plate->caption, true);
    widget_set_hidden(tree, plate->card, false);
}

// Which chapter is read aloud.
static void dress_listens(Screens *screens, const ScreenFacts *facts, const Exhibit *exhibit)
{
    ScreenStory *told = screens->told;
    if (told->heard == facts->heard || !told->listens)
        return;
    told->heard = facts->heard;
    for (uint32_t i = 0; i < exhibit->story.chapter_count; i++)
        if (told->listens[i])
            widget_set_text(screens->tree, told->listens[i],
                            story_listen_text(i + 1 == told->heard));
}

void screen_dress_story(Screens *screens, const ScreenFacts *facts)
{
    ScreenStory *told = screens->told;
    const Exhibit *exhibit = exhibit_of(screens, facts);
    for (uint32_t i = 0; i < told->plate_count; i++)
        dress_plate(screens, facts, &told->plates[i]);
    dress_listens(screens, facts, exhibit);
    if (told->found_count == exhibit->found_count || !told->found)
        return;
    Scratch scratch = scratch_begin(&screens->arena);
    told->found_count = exhibit->found_count;
    widget_set_text(screens->tree, told->found, story_found_text(exhibit, scratch.arena));
    for (uint32_t i = 0; i < exhibit->story.hotspot_count; i++)
        widget_set_note(screens->tree, told->details[i],
                        story_found_mark(exhibit, i, scratch.arena));
    scratch_end(scratch);
}

// ---- hearing

static ScreenWish show_large(Screens *screens, uint32_t large, const char *from)
{
    if (large)
        snprintf(screens->large_from, sizeof screens->large_from, "%s", from);
    screens->large = large;
    screens_forget(screens);
    snprintf(screens->focus, sizeof screens->focus, "%s",
             large ? "small" : screens->large_from);
    return (ScreenWish){.kind = SCREEN_HEARD};
}

static ScreenWish choose_page(Screens *screens, const char *name)
{
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (!strcmp(pages[i]->name, name))
            screens->tab = pages[i]->name;
    return (ScreenWish){.kind = SCREEN_HEARD};
}

static ScreenWish hear(Screens *screens, const ScreenFacts *facts, const WidgetEvent *event)
{
    unsigned number;
    (void)facts;
    bool is_pressed = event->kind == WIDGET_PRESSED;
    if (screens->large &&
        (event->kind == WIDGET_BACK ||
         (is_pressed && (screen_is(event, "small") || screen_is(event, "large")))))
        return show_large(screens, 0, "");
    if (event->kind == WIDGET_CHANGED)
        return choose_page(screens, event->name);
    if (!is_pressed)
        return (ScreenWish){0};
    if (sscanf(event->name, "picture-%u", &number) == 1 ||
        sscanf(event->name, "inline-%u", &number) == 1)
        return show_large(screens, number + 1, event->name);
    if (screen_is(event, "collect"))
        return (ScreenWish){.kind = SCREEN_COLLECTS};
    if (sscanf(event->name, "listen-%u", &number) == 1)
        return (ScreenWish){.kind = SCREEN_LISTENS, .index = (int32_t)number};
    if (sscanf(event->name, "detail-%u", &number) == 1)
        return (ScreenWish){.kind = SCREEN_LOOKS, .index = (int32_t)number};
    return (ScreenWish){0};
}

const ScreenKind screen_story = {"story", build, hear};
