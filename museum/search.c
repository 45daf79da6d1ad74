// search.c: pieces and rooms by what is said of them, in all languages at once.

#include "museum/search.h"

#include "draw/text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 8, FIRST_WITHOUT_BLANKS = 0x2e80 };

// ---- the index

typedef struct Builder {
    SearchIndex *index;
    const char *language;
    Arena *arena;
    int32_t subject;
} Builder;

static void add_entry(Builder *builder, SearchField field, const char *text, const char *lang)
{
    SearchIndex *index = builder->index;
    const char *folded = text_fold(text, builder->arena);
    if (!*folded)
        return;
    SearchEntry *entry =
        ARENA_PUSH(builder->arena, index->entries, index->entry_count, index->entry_capacity);
    *entry = (SearchEntry){folded, text, lang, field};
    index->subjects[builder->subject].count++;
}

// In the reader's language first: what is found there is told first.
static void add_text(Builder *builder, SearchField field, const LangText *text)
{
    const char *own = langtext_find(text, builder->language);
    if (*own)
        add_entry(builder, field, own, langtext_tag(text, builder->language));
    for (uint32_t i = 0; i < text->count; i++)
        if (text->entries[i].text != own)
            add_entry(builder, field, text->entries[i].text, text->entries[i].tag);
}

static void add_texts(Builder *builder, SearchField field, const LangTexts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++)
        add_text(builder, field, &texts->items[i]);
}

static void add_record(Builder *builder, const Record *record)
{
    add_text(builder, SEARCH_TITLE, &record->title);
    for (uint32_t i = 0; i < record->maker_count; i++) {
        add_text(builder, SEARCH_MAKER, &record->makers[i].name);
        add_text(builder, SEARCH_PLACE, &record->makers[i].place);
    }
    add_texts(builder, SEARCH_MATERIAL, &record->materials);
    add_texts(builder, SEARCH_MATERIAL, &record->technique);
    add_text(builder, SEARCH_PLACE, &record->holder);
    add_text(builder, SEARCH_OTHER, &record->object_type);
    add_text(builder, SEARCH_OTHER, &record->date.display);
    add_text(builder, SEARCH_OTHER, &record->theme);
}

static void begin_subject(Builder *builder, SearchSubject subject)
{
    SearchIndex *index = builder->index;
    builder->subject = (int32_t)index->subject_count++;
    subject.first = index->entry_count;
    subject.sorted = text_fold(subject.title, builder->arena);
    index->subjects[builder->subject] = subject;
}

static void add_exhibit(Builder *builder, const Collection *collection, uint32_t i)
{
    const Exhibit *exhibit = &collection->exhibits[i];
    if (exhibit->place == PLAN_NONE)
        return; // there is no walking there
    begin_subject(builder, (SearchSubject){.exhibit = (int32_t)i,
                                           .room = -1,
                                           .title = exhibit_title(exhibit, builder->language),
                                           .lang = langtext_tag(&exhibit->record.title,
                                                                builder->language)});
    add_record(builder, &exhibit->record);
    if (exhibit->room < collection->plan.room_count)
        add_text(builder, SEARCH_PLACE, &collection->plan.rooms[exhibit->room].title);
}

static void add_room(Builder *builder, const Plan *plan, uint32_t i)
{
    const LangText *title = &plan->rooms[i].title;
    if (!title->count)
        return;
    begin_subject(builder, (SearchSubject){.exhibit = -1,
                                           .room = (int32_t)i,
                                           .title = langtext_find(title, builder->language),
                                           .lang = langtext_tag(title, builder->language)});
    add_text(builder, SEARCH_TITLE, title);
}

static int by_title(const void *a, const void *b)
{
    const SearchSubject *left = a, *right = b;
    int order = strcmp(left->sorted, right->sorted);
    return order ? order : left->exhibit - right->exhibit;
}

void search_make(const Collection *collection, const char *language, Arena *arena,
                 SearchIndex *out)
{
    size_t most = (size_t)collection->exhibit_count + collection->plan.room_count + 1;
    *out = (SearchIndex){.subjects = ARENA_ARRAY(arena, SearchSubject, most)};
    Builder builder = {out, language, arena, 0};
    for (uint32_t i = 0; i < collection->exhibit_count; i++)
        add_exhibit(&builder, collection, i);
    for (uint32_t i = 0; i < collection->plan.room_count; i++)
        add_room(&builder, &collection->plan, i);
    qsort(out->subjects, out->subject_count, sizeof *out->subjects, by_title);
}

// ---- asking

typedef struct Words {
    Str words[MAX_WORDS];
    uint32_t count;
} Words;

static Words split(const char *folded)
{
    Words words = {0};
    Str rest = str_of(folded), word;
    while (words.count < MAX_WORDS && str_next_word(&rest, &word))
        words.words[words.count++] = word;
    return words;
}

static uint32_t first_letter(const char *text, size_t *bytes)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t letter = length == 1 ? at[0] : at[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        letter = letter << 6 | (at[i] & 0x3f);
    *bytes = length;
    return letter;
}

static bool has_no_blanks(Str word)
{
    size_t bytes;
    return word.len > 0 && first_letter(word.ptr, &bytes) >= FIRST_WITHOUT_BLANKS;
}

// Where in a folded text a word is begun so, or NULL.
static const char *find_word(const char *folded, Str word)
{
    bool is_anywhere = has_no_blanks(word);
    for (const char *at = folded; *at; at++) {
        bool begins = at == folded || at[-1] == ' ' || is_anywhere;
        if (begins && !strncmp(at, word.ptr, word.len))
            return at;
    }
    return NULL;
}

static const SearchEntry *find_in(const SearchIndex *index, const SearchSubject *subject,
                                  Str word)
{
    for (uint32_t i = 0; i < subject->count; i++) {
        const SearchEntry *entry = &index->entries[subject->first + i];
        if (find_word(entry->folded, word))
            return entry;
    }
    return NULL;
}

// 0: not found; the more, the sooner it comes.
static int judge(const SearchIndex *index, const SearchSubject *subject, const Words *words,
                 const SearchEntry **why)
{
    bool is_title = true, begins = false;
    *why = NULL;
    for (uint32_t i = 0; i < words->count; i++) {
        const SearchEntry *entry = find_in(index, subject, words->words[i]);
        if (!entry)
            return 0;
        bool is_shown = entry->field == SEARCH_TITLE && entry->shown == subject->title;
        is_title &= entry->field == SEARCH_TITLE;
        begins |= is_shown && !strncmp(entry->folded, words->words[i].ptr, words->words[i].len);
        if (!is_shown && !*why)
            *why = entry;
    }
    return begins ? 3 : is_title ? 2 : 1;
}

uint32_t search_find(const SearchIndex *index, const char *typed, SearchHit *out, uint32_t most)
{
    Scratch scratch = scratch_begin(NULL);
    Words words = split(text_fold(typed, scratch.arena));
    uint32_t count = 0;
    for (int rank = words.count ? 3 : 2; rank > 0; rank--) {
        for (uint32_t i = 0; i < index->subject_count; i++) {
            SearchHit hit = {.subject = &index->subjects[i]};
            bool is_listed = words.count > 0 || hit.subject->exhibit >= 0;
            int judged = judge(index, hit.subject, &words, &hit.why);
            if (judged != rank || !is_listed)
                continue;
            if (count < most)
                out[count] = hit;
            count++;
        }
    }
    scratch_end(scratch);
    return count;
}

// ---- letters

static int by_letter(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void note_letter(const char *at, SearchLetter *out, uint32_t *count, uint32_t most)
{
    size_t bytes;
    SearchLetter letter = {0};
    if (!*at || *at == ' ' || *count == most)
        return;
    (void)first_letter(at, &bytes);
    memcpy(letter, at, bytes);
    for (uint32_t i = 0; i < *count; i++)
        if (!strcmp(out[i], letter))
            return;
    memcpy(out[(*count)++], letter, sizeof letter);
}

static void note_entry(const SearchEntry *entry, Str begun, SearchLetter *out, uint32_t *count,
                       uint32_t most)
{
    bool is_anywhere = has_no_blanks(begun);
    for (const char *at = entry->folded; *at; at++) {
        bool begins = at == entry->folded || at[-1] == ' ' || is_anywhere;
        if (begins && !strncmp(at, begun.ptr, begun.len))
            note_letter(at + begun.len, out, count, most);
    }
}

uint32_t search_letters(const SearchIndex *index, const char *typed, SearchLetter *out,
                        uint32_t most)
{
    Scratch scratch = scratch_begin(NULL);
    const char *folded = text_fold(typed, scratch.arena);
    Words words = split(folded);
    size_t length = strlen(typed);
    bool is_new = words.count == 0 || (length > 0 && typed[length - 1] == ' ');
    Str begun = is_new ? str_of("") : words.words[words.count - 1];
    uint32_t count = 0;
    words.count -= is_new ? 0 : 1;
    for (uint32_t i = 0; i < index->subject_count; i++) {
        const SearchSubject *subject = &index->subjects[i];
        const SearchEntry *why;
        if (!judge(index, subject, &words, &why))
            continue;
        for (uint32_t j = 0; j < subject->count; j++) {
            const SearchEntry *entry = &index->entries[subject->first + j];
            bool is_shown = entry->field == SEARCH_TITLE && entry->shown == subject->title;
            if (is_shown ||
                (entry->field == SEARCH_MAKER && !strcmp(entry->lang, subject->lang)))
                note_entry(entry, begun, out, &count, most);
        }
    }
    qsort(out, count, sizeof *out, by_letter);
    scratch_end(scratch);
    return count;
}
