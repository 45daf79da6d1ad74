// search.h: pieces and rooms by what is said of them: titles, makers, materials, places, in all
// languages at once, however one types them.
//
// Each word that was typed begins a word of what is said of a piece; in scripts without blanks
// it stands anywhere in it. What begins a title comes first, then the order of the house. With
// nothing typed all pieces come, by their titles.
//
// An index is made once a language; searching takes no memory but the results'. One thread.

#pragma once
#include "museum/collection.h"

typedef enum SearchField {
    SEARCH_TITLE,
    SEARCH_MAKER,
    SEARCH_MATERIAL,
    SEARCH_PLACE, // where it was made, or is kept; the room it stands in
    SEARCH_OTHER, // what kind of thing it is, of what time
    SEARCH_FIELD_COUNT
} SearchField;

typedef struct SearchEntry {
    const char *folded;
    const char *shown; // as the pack writes it
    const char *lang;
    SearchField field;
} SearchEntry;

typedef struct SearchSubject {
    int32_t exhibit, room; // one of them is -1
    const char *title;     // for readers of the index's language
    const char *lang;      // of the title
    const char *sorted;    // folded
    uint32_t first, count; // entries
} SearchSubject;

typedef struct SearchIndex {
    SearchSubject *subjects; // by title
    uint32_t subject_count;
    SearchEntry *entries;
    uint32_t entry_count, entry_capacity;
} SearchIndex;

typedef struct SearchHit {
    const SearchSubject *subject;
    const SearchEntry *why; // what was found other than the title; NULL: the title
} SearchHit;

// `language` is the reader's; NULL: no wish. All in `arena`.
void search_make(const Collection *collection, const char *language, Arena *arena,
                 SearchIndex *out);
// The number of hits there are; at most `most` of them in `out`.
uint32_t search_find(const SearchIndex *index, const char *typed, SearchHit *out,
                     uint32_t most);
// Which letters lead on from what was typed, in titles and makers as they are shown: for those
// who have no keyboard. UTF-8, each ended by a zero; the number of them.
typedef char SearchLetter[5];
uint32_t search_letters(const SearchIndex *index, const char *typed, SearchLetter *out,
                        uint32_t most);
