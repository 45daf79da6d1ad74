// hud_tongues.h: the words of the interface in other languages than English: French, German,
// Spanish, Arabic, Japanese. A word that is missing is said in English.
//
// Any thread.

#pragma once
#include "museum/hud_words.h"

// By HudWord; NULL for a language that has no table, English among them.
const char *const *hud_find_tongue(const char *language);
