// html.h: writes HTML5 that is well formed by construction: elements close as they opened, and
// every text and value is escaped. Nothing that came from a stranger is ever markup.
//
//     Html html = html_make(arena);
//     HTML_OPEN(&html, "p", "lang", "de");
//     html_text(&html, "5 < 6");
//     html_close(&html);                        <p lang="de">5 &lt; 6</p>
//
// Names of elements and attributes are literals of the caller's. One thread.

#pragma once
#include "base/str.h"
#include "exhibits/model/prose.h"

enum { HTML_MAX_DEPTH = 64 };

typedef struct Html {
    Arena *arena;
    char *text;
    size_t used, room;
    int depth;
    const char *open[HTML_MAX_DEPTH];
} Html;

Html html_make(Arena *arena); // begins with the doctype

// Attributes are names and values by turns, to a NULL name; a NULL value leaves its name out.
void html_open(Html *html, const char *element, const char *const *attributes);
void html_void(Html *html, const char *element, const char *const *attributes); // <br>, <img>
#define HTML_OPEN(html, element, ...) \
    html_open(html, element, (const char *const[]){__VA_ARGS__, NULL})
#define HTML_VOID(html, element, ...) \
    html_void(html, element, (const char *const[]){__VA_ARGS__, NULL})
void html_begin(Html *html, const char *element); // without attributes
void html_close(Html *html);                      // the innermost
// Escaped. What HTML may not have at all (control characters, noncharacters) becomes U+FFFD;
// U+2028 and line feeds become <br>.
void html_text(Html *html, const char *text);
// <element>text</element>
void html_element(Html *html, const char *element, const char *text);
// Blocks of a long text; its headings begin at `level` and skip none.
void html_prose(Html *html, const Prose *prose, int level);

// All of it; every element has to be closed.
Bytes html_end(Html *html);

// "rtl" or "ltr", by a language's usual script, or the script its tag names.
const char *html_direction(const char *tag);
