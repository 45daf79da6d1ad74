// theme.h: what pieces have in common, by what their records say of them: themes for rooms.
//
// Deterministic; pure; any thread.

#pragma once
#include "exhibits/model/layout.h"
#include "exhibits/model/record.h"

// What a theme is made of.
typedef enum ThemeBy {
    THEME_BY_NOTHING, // there are none
    THEME_BY_THEME,   // as the records say
    THEME_BY_TYPE,
    THEME_BY_MATERIAL, // the first of each
    THEME_BY_TECHNIQUE,
    THEME_BY_MAKER,
    THEME_BY_CENTURY,
    THEME_BY_COUNT
} ThemeBy;

const char *theme_by_name(ThemeBy by); // "nothing", "theme", "type", ...
bool theme_by_find(const char *name, ThemeBy *out);

// What divides them best: most pieces are in company, and not all in the same. What records say
// is their theme comes before all else, once half of them say it.
ThemeBy theme_choose(const Record *const *records, uint32_t count);

// Themes in the order of their first pieces, centuries in theirs; `of` gets one for each
// record. Pieces of which nothing is said are of a theme of their own, the last.
void theme_divide(const Record *const *records, uint32_t count, ThemeBy by, Arena *arena,
                  LayoutTheme **themes, uint32_t *theme_count, uint32_t *of);
