// tongue.h: the house's own words in the languages of its visitors. Texts of exhibits come from
// their packs.
//
// English stands in the sources, marked for xgettext; translations are assets/po/*.po, made
// into .mo files and built into the programs. Libintl is not used: it speaks one language a
// process, by its locale and environment, and from files that have to lie somewhere.
// Who wants to say something new writes it in English, runs `cmake --build ... --target po`
// and fills in what came to be empty in assets/po.
//
// Main thread only.

#pragma once
#include "base/base.h"

// Words that stand in tables are marked, and asked for later. N_: as they are; NC_: one that
// is translated differently in one context.
#define N_(english) english
#define NC_(context, english) english

typedef struct Tongue Tongue;

// The languages there are; English is the first, the others follow by their tags.
size_t tongue_count(void);
const Tongue *tongue_at(size_t number);
// By a BCP-47 tag ("de-AT" is German); English for NULL and for what there is not.
const Tongue *tongue_find(const char *tag);
bool tongue_is_there(const char *tag);

const char *tongue_tag(const Tongue *tongue);  // "de"
const char *tongue_name(const Tongue *tongue); // what it calls itself: "Deutsch"
bool tongue_is_mirrored(const Tongue *tongue); // it is written from the right

// English where it is not translated. The text lasts as long as the program.
const char *tongue_say(const Tongue *tongue, const char *english) FORMAT_ARG(2);
const char *tongue_say_in(const Tongue *tongue, const char *context, const char *english)
    FORMAT_ARG(3);
// The form of the word for `n` things: ("%d piece", "%d pieces", n).
const char *tongue_say_count(const Tongue *tongue, const char *one, const char *many,
                             uint64_t n) FORMAT_ARG(2);
