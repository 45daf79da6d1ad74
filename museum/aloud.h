// aloud.h: what is said of a screen to those who do not see it.
//
//     "Text size"  "slider"  "120 %"        a control: its text, what it is, how it stands
//     "Reading"                             and before it, what stands between it and the
//                                           control before: so all is heard on the way through
//
// A text that scrolls and has nothing to press in it is said whole. Pure but for the words of
// the interface (hud_words.h); main thread.

#pragma once
#include "draw/widget.h"

typedef struct AloudPart {
    const char *text, *lang; // lang NULL: the interface's
} AloudPart;

enum { ALOUD_MAX_PARTS = 96 };

typedef struct Aloud {
    AloudPart parts[ALOUD_MAX_PARTS];
    uint32_t count;
} Aloud;

// Adds a part, unless it is NULL or "".
void aloud_add(Aloud *aloud, const char *text, const char *lang);
// The same where it is not said already.
uint64_t aloud_hash(const Aloud *aloud);

// What the screen is called: its first title. A dialog's, where one is open.
void aloud_title(const Widgets *tree, Aloud *out);
// What stands before a control, its text and what it is.
void aloud_control(const Widgets *tree, WidgetId id, Aloud *out);
// How it stands: on or off, a figure, the one chosen, what was typed; nothing of a plain
// button. Texts may live in `arena`.
void aloud_value(const Widgets *tree, WidgetId id, Arena *arena, Aloud *out);
