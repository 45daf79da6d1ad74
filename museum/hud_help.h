// hud_help.h: the list of controls and what they do, in every language of the interface.
//
// Main thread only.

#pragma once

// One line: the control, by device, and what it does. A device without one has NULL.
typedef struct HudHelp {
    const char *keys;
    const char *pad;
    const char *touch;
    const char *text;
} HudHelp;

// Of the language last spoken (hud_speak); English for others. The lines end where text is
// NULL.
const HudHelp *hud_help(void);
// BCP-47; NULL for a language that has no table. For tests: English has one.
const HudHelp *hud_find_help(const char *language);
