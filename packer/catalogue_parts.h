// catalogue_parts.h: what the files catalogue*.c share; for them alone.

#pragma once
#include "data/pack.h"
#include "exhibits/model/local.h"
#include "exhibits/model/plan.h"
#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "exhibits/model/tour.h"
#include "packer/html.h"

#define CATALOGUE_FILES "_files" // no language is called so

enum { CATALOGUE_MAX_LANGUAGES = 64 };

typedef struct CataloguePiece {
    const PackPiece *entry;
    Record record;
    Story story; // empty where there is none
    bool has_picture;
} CataloguePiece;

typedef struct Catalogue {
    Arena *arena;
    Pack pack;
    CataloguePiece *pieces;
    bool has_plan;
    Plan plan;
    uint32_t tour_count;
    Tour *tours;
    uint32_t language_count;
    const char *languages[CATALOGUE_MAX_LANGUAGES]; // in small letters: folders, too
} Catalogue;

// A page in one language.
typedef struct Page {
    Html html;
    const Catalogue *catalogue;
    const char *language;
    Local local;
} Page;

// The house's own words in the page's language. Texts of xgettext.
const char *page_say(const Page *page, const char *english);
const char *page_figures(const Page *page, const char *text);

// The language and direction of what is not in the page's own; NULL where it is.
const char *page_lang(const Page *page, const char *tag);
const char *page_dir(const Page *page, const char *tag);
// A plain text as paragraphs; a long one as it is written; both say which language they fell
// back to. Nothing for no text.
void page_plain(Page *page, const LangText *text);
void page_prose(Page *page, const LangText *text, int level);
// <element>text</element>, a name or line; nothing for no text.
void page_line(Page *page, const char *element, const LangText *text);
// The text inside of an open element, marked where it is in another language.
void page_words(Page *page, const LangText *text);

// Down to <main>, and from there to the end. `file`: of this page, in every language.
void page_begin(Page *page, const char *title, const char *file);
Bytes page_end(Page *page);

Bytes catalogue_piece_page(const Catalogue *catalogue, uint32_t piece, const char *language,
                           Arena *arena);
// What a piece's record says, as a table of rows, and whom one has to thank.
void catalogue_record(Page *page, const CataloguePiece *piece);
void catalogue_rights(Page *page, const Record *record);
