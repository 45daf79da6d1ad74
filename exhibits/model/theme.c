// theme.c: what pieces have in common, by what their records say of them.

#include "exhibits/model/theme.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { COMPANY = 3, MAX_KEY = 96 }; // so many pieces are a company

static const char *const names[THEME_BY_COUNT] = {
    [THEME_BY_NOTHING] = "nothing",     [THEME_BY_THEME] = "theme",
    [THEME_BY_TYPE] = "type",           [THEME_BY_MATERIAL] = "material",
    [THEME_BY_TECHNIQUE] = "technique", [THEME_BY_MAKER] = "maker",
    [THEME_BY_CENTURY] = "century"};

const char *theme_by_name(ThemeBy by)
{
    return names[by];
}

bool theme_by_find(const char *name, ThemeBy *out)
{
    for (int i = 0; i < THEME_BY_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (ThemeBy)i;
            return true;
        }
    return false;
}

// ---- what a record says

static const LangText *text_of(const Record *record, ThemeBy by)
{
    switch (by) {
    case THEME_BY_THEME:
        return &record->theme;
    case THEME_BY_TYPE:
        return &record->object_type;
    case THEME_BY_MATERIAL:
        return record->materials.count ? &record->materials.items[0] : NULL;
    case THEME_BY_TECHNIQUE:
        return record->technique.count ? &record->technique.items[0] : NULL;
    case THEME_BY_MAKER:
        return record->maker_count ? &record->makers[0].name : NULL;
    case THEME_BY_NOTHING:
    case THEME_BY_CENTURY:
    case THEME_BY_COUNT:
        break;
    }
    return NULL;
}

// 18 of 1701 to 1800; 0 of all years before the first.
static int century_of(const Record *record)
{
    int year = record->date.latest;
    return year > 0 ? (year - 1) / 100 + 1 : 0;
}

// Whether it says anything; then the same words, whatever their capitals, give the same key.
static bool key_of(const Record *record, ThemeBy by, char out[MAX_KEY])
{
    memset(out, 0, MAX_KEY);
    if (by == THEME_BY_CENTURY) {
        out[0] = '0';
        out[1] = (char)(1 + century_of(record) % 127);
        return record->date.is_known;
    }
    const LangText *text = text_of(record, by);
    Str words = str_trim(str_of(text && text->count ? langtext_find(text, "en") : ""));
    for (size_t i = 0; i < words.len && i + 1 < MAX_KEY; i++)
        out[i] = (char)tolower((unsigned char)words.ptr[i]);
    return words.len > 0;
}

// ---- groups

typedef struct Groups {
    char (*keys)[MAX_KEY];
    uint32_t *first, *sizes; // of each: a record; how many
    uint32_t count, said;    // groups; records that are in one
} Groups;

static Groups find_groups(const Record *const *records, uint32_t count, ThemeBy by,
                          Arena *arena, uint32_t *of)
{
    Groups groups = {.keys = arena_alloc(arena, ((size_t)count + 1) * MAX_KEY, 1),
                     .first = ARENA_ARRAY(arena, uint32_t, (size_t)count + 1),
                     .sizes = ARENA_ARRAY(arena, uint32_t, (size_t)count + 1)};
    for (uint32_t i = 0; i < count; i++) {
        char key[MAX_KEY];
        of[i] = UINT32_MAX;
        if (by == THEME_BY_NOTHING || !key_of(records[i], by, key))
            continue;
        uint32_t at = 0;
        while (at < groups.count && memcmp(groups.keys[at], key, MAX_KEY))
            at++;
        if (at == groups.count) {
            memcpy(groups.keys[at], key, MAX_KEY);
            groups.first[at] = i;
            groups.count++;
        }
        groups.sizes[at]++;
        groups.said++;
        of[i] = at;
    }
    return groups;
}

ThemeBy theme_choose(const Record *const *records, uint32_t count)
{
    ThemeBy best = THEME_BY_NOTHING;
    uint32_t most = count * 2 / 5; // less divides nothing
    for (int by = THEME_BY_THEME; by < THEME_BY_COUNT; by++) {
        Scratch scratch = scratch_begin(NULL);
        uint32_t *of = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)count + 1), company = 0;
        Groups groups = find_groups(records, count, (ThemeBy)by, scratch.arena, of);
        for (uint32_t g = 0; g < groups.count; g++)
            company += groups.sizes[g] >= COMPANY ? groups.sizes[g] : 0;
        bool is_told = by == THEME_BY_THEME && groups.said * 2 >= count && groups.said;
        scratch_end(scratch);
        if (is_told)
            return THEME_BY_THEME;
        if (groups.count > 1 && company > most) {
            most = company;
            best = (ThemeBy)by;
        }
    }
    return best;
}

// ---- their names

static LangText century_title(int century, Arena *arena)
{
    static const char *const tags[] = {"en", "fr", "de", "es", "ar", "ja"};
    static const char *const before[] = {"Before our era",   "Avant notre ère",
                                         "Vor unserer Zeit", "Antes de nuestra era",
                                         "قبل الميلاد",      "紀元前"};
    static const char *const roman[] = {
        "",   "I",   "II",   "III", "IV", "V",   "VI",   "VII",   "VIII", "IX", "X",
        "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX",  "XX", "XXI"};
    int teen = century % 100 / 10, last = century % 10;
    const char *ending = teen == 1   ? "th"
                         : last == 1 ? "st"
                         : last == 2 ? "nd"
                         : last == 3 ? "rd"
                                     : "th";
    const char *number = century < (int)COUNT_OF(roman) ? roman[MAX(century, 0)]
                                                        : str_format(arena, "%d", century);
    const char *after[] = {str_format(arena, "%d%s century", century, ending),
                           str_format(arena, "%s%s siècle", number, century == 1 ? "er" : "e"),
                           str_format(arena, "%d. Jahrhundert", century),
                           str_format(arena, "Siglo %s", number),
                           str_format(arena, "القرن %d", century),
                           str_format(arena, "%d世紀", century)};
    LangText title = {.entries = ARENA_ARRAY(arena, LangEntry, COUNT_OF(tags))};
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        title.entries[title.count++] = (LangEntry){tags[i], century > 0 ? after[i] : before[i]};
    return title;
}

static LangText rest_title(Arena *arena)
{
    static const LangEntry rest[] = {{"en", "And more"},    {"fr", "Et d'autres"},
                                     {"de", "Und anderes"}, {"es", "Y otras"},
                                     {"ar", "وغيرها"},      {"ja", "そのほか"}};
    return (LangText){.count = COUNT_OF(rest),
                      .entries = arena_copy(arena, rest, sizeof rest, sizeof(void *))};
}

// Names of rooms begin with a capital.
static LangText room_title(const LangText *text, Arena *arena)
{
    LangText title = {.entries = ARENA_ARRAY(arena, LangEntry, (size_t)text->count + 1)};
    for (uint32_t i = 0; i < text->count; i++) {
        Str words = str_trim(str_of(text->entries[i].text));
        char *copy = arena_copy_text(arena, str_copy(arena, words));
        copy[0] = (char)toupper((unsigned char)copy[0]);
        title.entries[title.count++] = (LangEntry){text->entries[i].tag, copy};
    }
    return title;
}

// Of groups of centuries: which comes how late.
static uint32_t rank_of(const Record *const *records, const Groups *groups, uint32_t group)
{
    uint32_t rank = 0;
    for (uint32_t g = 0; g < groups->count; g++)
        rank +=
            century_of(records[groups->first[g]]) < century_of(records[groups->first[group]]);
    return rank;
}

void theme_divide(const Record *const *records, uint32_t count, ThemeBy by, Arena *arena,
                  LayoutTheme **themes, uint32_t *theme_count, uint32_t *of)
{
    *theme_count = 0;
    *themes = NULL;
    if (by == THEME_BY_NOTHING) {
        memset(of, 0, count * sizeof *of);
        return;
    }
    Scratch scratch = scratch_begin(arena);
    Groups groups = find_groups(records, count, by, scratch.arena, of);
    LayoutTheme *made = ARENA_ARRAY(arena, LayoutTheme, (size_t)groups.count + 1);
    uint32_t *place = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)groups.count + 1);
    for (uint32_t g = 0; g < groups.count; g++) {
        const Record *first = records[groups.first[g]];
        place[g] = by == THEME_BY_CENTURY ? rank_of(records, &groups, g) : g;
        made[place[g]].title = by == THEME_BY_CENTURY ? century_title(century_of(first), arena)
                                                      : room_title(text_of(first, by), arena);
    }
    *theme_count = groups.count;
    if (!groups.count) { // nothing is said of any
        scratch_end(scratch);
        memset(of, 0, count * sizeof *of);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        of[i] = of[i] == UINT32_MAX ? groups.count : place[of[i]];
    if (groups.said < count)
        made[(*theme_count)++].title = rest_title(arena);
    *themes = made;
    scratch_end(scratch);
}
