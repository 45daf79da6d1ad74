// catalogue_parts.h: what the files catalogue*.c share; for them alone.

#pragma once
#include "data/pack.h"
#include "exhibits/model/local.h"
#include "exhibits/model/plan.h"
#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "exhibits/model/tour.h"
#include "packer/catalogue.h"
#include "packer/html.h"

#define CATALOGUE_STILLS "_stills" // in CATALOGUE_FILES; no piece is called so
#define CATALOGUE_FILES "_files"   // no language is called so
#define CATALOGUE_MOUNT "pack"

enum { CATALOGUE_MAX_LANGUAGES = 64 };

typedef struct CataloguePiece {
    const PackPiece *entry;
    Record record;
    Story story;         // empty where there is none
    const char *picture; // of it, in CATALOGUE_FILES; NULL: none
    int picture_size[2]; // 0: not known
    bool *has_still;     // by hotspot
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

enum { CATALOGUE_STILL_WIDE = 900, CATALOGUE_STILL_HIGH = 675 };
enum { CATALOGUE_DETAIL_WIDE = 480, CATALOGUE_DETAIL_HIGH = 360 };

// catalogue_still.c: draws what has no picture yet. A piece that cannot be drawn goes without,
// which is logged. Adds to `count` how many files were written.
NODISCARD Status catalogue_draw(Catalogue *catalogue, const CatalogueDesc *desc,
                                unsigned *count);
// A file in the catalogue's folder.
NODISCARD Status catalogue_put(const CatalogueDesc *desc, const char *name, Bytes bytes,
                               Arena *arena);

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
// A sound that can be played, with its captions, from a folder of the pack's; nothing for none.
void page_sound(Page *page, const char *folder, const LangText *audio,
                const LangText *captions);
// <element>text</element>, a name or line; nothing for no text.
void page_line(Page *page, const char *element, const LangText *text);
// The text inside of an open element, marked where it is in another language.
void page_words(Page *page, const LangText *text);

// Down to <main>, and from there to the end. `file`: of this page, in every language.
void page_begin(Page *page, const char *title, const char *file);
Bytes page_end(Page *page);

Bytes catalogue_piece_page(const Catalogue *catalogue, uint32_t piece, const char *language,
                           Arena *arena);
// The picture of the piece itself, with its words; nothing where there is none.
void catalogue_picture(Page *page, const CataloguePiece *piece);
// What a piece's record says, as a table of rows, and whom one has to thank.
void catalogue_record(Page *page, const CataloguePiece *piece);
void catalogue_rights(Page *page, const Record *record);
