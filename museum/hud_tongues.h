// hud_tongues.h: the words of the interface in other languages than English: French, German,
// Spanish, Arabic, Japanese. A word that is missing is said in English.
//
// Any thread.

#pragma once
#include "museum/hud_words.h"

// By HudWord, a file each.
extern const char *const hud_french[WORD_COUNT], *const hud_german[WORD_COUNT],
                                                     *const hud_spanish[WORD_COUNT],
                                                         *const hud_arabic[WORD_COUNT],
                                                             *const hud_japanese[WORD_COUNT];

// By HudWord; NULL for a language that has no table, English among them.
const char *const *hud_find_tongue(const char *language);
