// screen_story.h: what the files screen_story*.c share; for them alone.
//
//   screen_story.c         the sheet, its tabs, a picture seen large, what is pressed
//   screen_story_told.c    story, pictures, details, how it was made
//   screen_story_record.c  provenance, record, rights
//   screen_prose.c         Markdown as texts

#pragma once
#include "exhibits/model/local.h"
#include "museum/screen_parts.h"

// A picture of the story, wherever it is shown: a plate, which one presses, and its
// alternative text below; where it is broken, that text alone, in a frame.
typedef struct StoryPlate {
    const char *path; // in the vfs
    WidgetId plate, caption, card;
    float aspect; // of its frame, where that is to be the picture's own; else 0
} StoryPlate;

typedef struct ScreenStory {
    StoryPlate *plates;
    uint32_t plate_count, plate_capacity;
    WidgetId found;       // how many; 0: it is not said
    WidgetId *details;    // of the hotspots
    uint32_t found_count; // that is said
    WidgetId *listens;    // of the chapters: the button that has it read aloud; 0: none
    uint32_t heard;       // the chapter whose button says so, from 1
} ScreenStory;

// A picture by its number in the story, from 0, or NULL: of chapters, the making, details.
typedef struct StoryShown {
    const StoryPicture *picture;
    const LangText *title; // of what it belongs to; NULL: it has none
} StoryShown;

uint32_t story_count_pictures(const Story *story);
bool story_find_picture(const Story *story, uint32_t number, StoryShown *out);

// A pen that fills a page, section by section.
typedef struct StoryPen {
    Screens *screens;
    const ScreenFacts *facts;
    const Exhibit *exhibit;
    const Story *story;
    WidgetId page, section;
    const char *shown; // language of what was written last
    uint32_t picture;  // number of the next one
    Arena *arena;      // for as long as the page is written
} StoryPen;

// What follows stands together, below some air.
void story_section(StoryPen *pen);
void story_heading(StoryPen *pen, const LangText *text);
void story_word_heading(StoryPen *pen, const char *word);
// "Language: English", where what follows is in another language than the reader's, and than
// what stands above it.
void story_note_language(StoryPen *pen, const LangText *text);
void story_text(StoryPen *pen, const LangText *text, StyleType type, StyleColor color);
void story_word(StoryPen *pen, const char *word, StyleType type, StyleColor color);
void story_prose(StoryPen *pen, const LangText *markdown);
// Nothing where there is none. `where` makes its names unique: a picture is shown twice.
void story_plate(StoryPen *pen, const StoryPicture *picture, const char *where);
// "Material   Boxwood"; nothing without a value.
void story_row(StoryPen *pen, const char *word, const char *value, const char *lang);
void story_row_list(StoryPen *pen, const char *word, const LangText *items, uint32_t count);
WidgetId story_field(StoryPen *pen, const char *word); // the column beside the word
void story_row_text(StoryPen *pen, const char *word, const LangText *value);

// "7 of 9 details found"; of one: what it is, and that it was found.
const char *story_found_text(const Exhibit *exhibit, Arena *arena);
const char *story_found_mark(const Exhibit *exhibit, uint32_t hotspot, Arena *arena);

const char *story_listen_text(bool is_heard);

// Pages, and whether there is anything on them.
typedef struct StoryPage {
    const char *name, *word;
    bool (*is_told)(const Exhibit *exhibit);
    void (*write)(StoryPen *pen);
} StoryPage;

extern const StoryPage story_page_story, story_page_pictures, story_page_details,
    story_page_making, story_page_provenance, story_page_record, story_page_rights;

// screen_prose.c: below what is in `parent`; headings begin sections of `page`.
typedef struct ScreenProse {
    const char *markdown, *lang;
    WidgetId page;
    WidgetId *section;
} ScreenProse;

void screen_prose(Screens *screens, const ScreenProse *prose);
