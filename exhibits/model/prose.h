// prose.h: a long text of a story, which is Markdown (CommonMark), as blocks to be laid out.
//
//   # The nut            { HEADING, level 1 }
//   It is *small*.       { PARAGRAPH, spans: "small" is emphasised }
//   > So they say.       { PARAGRAPH within "q" }
//   - a hinge            { PARAGRAPH within "u", is_item_begin }
//     - of brass         { PARAGRAPH within "uu", is_item_begin }
//   3. then              { PARAGRAPH within "o", is_item_begin, number 3 }
//
// A safe subset. There is no raw HTML: what looks like it is text, and stays as it was written.
// Links are their text, followed by the address in brackets where the text does not say it;
// nothing is ever opened. Pictures are their alternative text: a chapter names its own. Code is
// text. What a text may not have (langtext_clean) does not come back by "&#x202e;" either.
//
// Pure, any thread.

#pragma once
#include "base/str.h"

enum { PROSE_MAX_DEPTH = 8 }; // of quotes and lists; what is deeper stands at that depth

typedef enum ProseKind { PROSE_PARAGRAPH, PROSE_HEADING, PROSE_CODE, PROSE_RULE } ProseKind;

typedef struct ProseSpan { // bytes of a block's text; spans do not overlap
    uint32_t begin, end;
    bool is_emphasis, is_strong, is_code;
} ProseSpan;

typedef struct ProseBlock {
    ProseKind kind;
    int level;          // of headings, 1 to 6
    const char *within; // from the outside: 'q' a quote, 'u' a list, 'o' a numbered one
    bool is_item_begin; // the first block of an item of the innermost list
    int number;         // of that item; 0: it has none
    const char *text;   // lines within a block end in U+2028; "" for rules
    uint32_t span_count;
    const ProseSpan *spans;
} ProseBlock;

typedef struct Prose {
    uint32_t count;
    ProseBlock *blocks;
} Prose;

// Any valid UTF-8 is some prose. Everything lives in `arena`.
Prose prose_parse(const char *markdown, Arena *arena);
// All of its words, a line a block, without marks: for transcripts, search and speech.
const char *prose_plain(const Prose *prose, Arena *arena);
