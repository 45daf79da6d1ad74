// hud_keys.h: what keys and buttons in force are called in what is written.
//
// Main thread only.

#pragma once
#include "museum/bindings.h"

// From then on; it has to last. NULL: as usual.
void hud_hold(const Bindings *bindings);
const Bindings *hud_held(void);

// Of what is usually there: "G", "Esc"; and a sign of a button: "A", "L1".
const char *hud_key(Key usual);
const char *hud_pad(PadButton usual);
// The key itself in the language last spoken; signs by their names.
const char *hud_key_words(Key key);
// A button's words in the language last spoken: "left shoulder".
const char *hud_pad_words(PadButton button);
// "E, click a piece" with the keys that are in force: of those that stand alone, as letters and
// signs do. Into `out`.
void hud_write_keys(const char *text, char *out, size_t size);
