// hud_help.h: the list of controls and what they do, in the language last spoken.
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

// Of the language last spoken (hud_speak). The lines end where text is NULL; they are good
// until the next call.
const HudHelp *hud_help(void);
