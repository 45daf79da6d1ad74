// hud_prose.h: a long text, which is Markdown, in a column: headings, emphasis, lists, quotes.

#pragma once
#include "draw/ui.h"

typedef struct HudProse {
    const char *markdown, *lang;
    float x, y, width;
    float before; // the first block
} HudProse;

// Gives where it ends.
float hud_write_prose(Ui *ui, const HudProse *prose);
