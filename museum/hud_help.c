// hud_help.c: the list of controls and what they do, in every language of the interface.

#include "museum/hud_help.h"

#include "base/base.h"
#include "exhibits/model/tongue.h"
#include "museum/hud_words.h"

static const HudHelp english[] = {
    {N_("W A S D, arrows"), NC_("gamepad", "left stick"), NULL, N_("walk; with Shift, run")},
    {N_("drag"), NC_("gamepad", "right stick"), N_("drag"), N_("look around")},
    {N_("click the floor"), NULL, N_("tap the floor"), N_("walk there")},
    {"M", NC_("gamepad", "up"), N_("Plan"),
     N_("the floor plan: choose a room or a piece to walk to")},
    {"U", NC_("gamepad", "left shoulder"), N_("Guided tour"),
     N_("walking: begin the guided tour, or go back to it")},
    {N_("Space , ."), NC_("gamepad", "A, left, right"), N_("its bar"),
     N_("on the tour: pause, back and on; whoever walks is free again")},
    {N_("E, click a piece"), "A", N_("tap a piece"), N_("lean in to a piece")},
    {N_("Esc"), "B", N_("tap outside"), N_("step back to where you stood")},
    {N_("drag, arrows"), NC_("gamepad", "left stick"), N_("drag"),
     N_("leant in: turn around the piece")},
    {N_("wheel, + -"), NC_("gamepad", "triggers"), N_("pinch"), N_("come closer")},
    {N_("double click, E"), "A", N_("double tap"),
     N_("go there; or to the middle, or under the lens")},
    {N_("right drag"), NC_("gamepad", "right stick"), N_("two fingers"),
     N_("move across the piece")},
    {", .", NC_("gamepad", "left, right"), N_("Details"),
     N_("the story's details, or a drawer's pieces, one by one")},
    {"N", "Back", "▶", N_("at a detail: hear what is told of it")},
    {"R", NC_("gamepad", "right stick pressed"), N_("True size"),
     N_("leant in: true size; B lays things beside it")},
    {"F", NC_("gamepad", "left shoulder"), N_("Shallow focus"),
     N_("leant in: sharp where you look or magnify, soft elsewhere")},
    {"O", NC_("gamepad", "left stick pressed"), NULL,
     N_("leant in: parallel rays, for comparing sizes")},
    {N_("G, Space"), "X", N_("two-finger tap"),
     N_("the magnifier; Space held: as long as it is held")},
    {N_("mouse"), NC_("gamepad", "right stick"), N_("drag"), N_("move the magnifier")},
    {N_("wheel, + -"), NC_("gamepad", "shoulders"), N_("pinch, its dial"), N_("its strength")},
    {N_("Ctrl wheel, Ctrl + -"), NC_("gamepad", "triggers"), N_("pinch its rim"),
     N_("its size")},
    {"P", NC_("gamepad", "right stick pressed"), N_("Pin, below it"),
     N_("pin it; then its dial and rim can be dragged")},
    {N_("1 to 7"), NC_("gamepad", "up, down"), N_("‹ ›, below it"),
     N_("its mode: beauty, albedo, normals, raking light …")},
    {N_("arrows"), NC_("gamepad", "left, right"), NULL,
     N_("the mode's dial: light, strength, height of bands")},
    {"T", NC_("gamepad", "down"), N_("Measure (label)"), N_("the tape measure, leant in")},
    {N_("click, Enter"), "A", N_("tap"),
     N_("set a point; arrows or right stick move the reticle")},
    {"N", NC_("gamepad", "right"), N_("its bar"), N_("tape, chain or angle")},
    {N_("Backspace"), "Back", N_("its bar"), N_("take a point back; with Shift, all")},
    {"V", NC_("gamepad", "up"), N_("Compare"),
     N_("leant in: compare it with another piece, or itself")},
    {"K", "Y", N_("Linked"), N_("comparing: move both halves alike, or one")},
    {"J", "Back", NULL, N_("comparing: the other half")},
    {N_("Tab, I"), "Y", N_("tap the label"), N_("story, sources and rights")},
    {"L", "Back", NULL, N_("label")},
    {N_("PageUp, PageDown"), NULL, NULL, N_("eye height: tall, a child, a wheelchair")},
    {N_("walking: + -"), NULL, NULL, N_("a narrower or wider field of view")},
    {"X", NC_("gamepad", "right shoulder"), N_("Step inside"),
     N_("leant in to a diorama: step inside, and out again")},
    {"0", NULL, NULL, N_("sound off, and on again; louder and softer in the settings")},
    {"C", NULL, NULL, N_("look with the mouse alone")},
    {"F3", NULL, NULL, N_("what is loaded and drawn, in figures and colours")},
    {"F11", NULL, NULL, N_("full screen")},
    {"F12", NULL, N_("Photograph"),
     N_("take a photograph; with Shift, eight times the window")},
    {N_("Ctrl Q"), NULL, NULL, N_("leave the museum")},
};

// The same in the language last spoken; the last line is empty.
static HudHelp lines[COUNT_OF(english) + 1];

static const char *say(const char *english_words)
{
    return english_words ? hud_say(english_words) : NULL;
}

const HudHelp *hud_help(void)
{
    for (size_t i = 0; i < COUNT_OF(english); i++) {
        const HudHelp *line = &english[i];
        lines[i].keys = say(line->keys);
        lines[i].pad = line->pad ? hud_say_in("gamepad", line->pad) : NULL;
        lines[i].touch = say(line->touch);
        lines[i].text = say(line->text);
    }
    return lines;
}
