// hud_help.c: the list of controls and what they do, in every language of the interface.

#include "museum/hud_help.h"

#include "base/base.h"
#include "exhibits/model/tongue.h"
#include "museum/hud_keys.h"
#include "museum/hud_words.h"

#include <stdio.h>

enum { TEXT_BYTES = 160, MOST_BUTTONS = 3 };

#define BUTTON(button) ((button) + 1)

// Keys are those they usually are, and are written as they are in force.
typedef struct Line {
    const char *keys;
    int buttons[MOST_BUTTONS]; // of the pad: BUTTON(...), in a row
    const char *pad;           // or what does not move: sticks
    const char *touch;
    const char *text;
} Line;

static const Line english[] = {
    {N_("W A S D, arrows"),
     {0},
     NC_("gamepad", "left stick"),
     NULL,
     N_("walk; with Shift, run")},
    {N_("drag"), {0}, NC_("gamepad", "right stick"), N_("drag"), N_("look around")},
    {N_("click the floor"), {0}, NULL, N_("tap the floor"), N_("walk there")},
    {"M",
     {BUTTON(PAD_UP)},
     NULL,
     N_("Plan"),
     N_("the floor plan: choose a room or a piece to walk to")},
    {"U",
     {BUTTON(PAD_LEFT_SHOULDER)},
     NULL,
     N_("Guided tour"),
     N_("walking: begin the guided tour, or go back to it")},
    {N_("Space , ."),
     {BUTTON(PAD_A), BUTTON(PAD_LEFT), BUTTON(PAD_RIGHT)},
     NULL,
     N_("its bar"),
     N_("on the tour: pause, back and on; whoever walks is free again")},
    {N_("E, click a piece"),
     {BUTTON(PAD_A)},
     NULL,
     N_("tap a piece"),
     N_("lean in to a piece")},
    {N_("Esc"), {BUTTON(PAD_B)}, NULL, N_("tap outside"), N_("step back to where you stood")},
    {N_("drag, arrows"),
     {0},
     NC_("gamepad", "left stick"),
     N_("drag"),
     N_("leant in: turn around the piece")},
    {N_("wheel, + -"), {0}, NC_("gamepad", "triggers"), N_("pinch"), N_("come closer")},
    {N_("double click, E"),
     {BUTTON(PAD_A)},
     NULL,
     N_("double tap"),
     N_("go there; or to the middle, or under the lens")},
    {N_("right drag"),
     {0},
     NC_("gamepad", "right stick"),
     N_("two fingers"),
     N_("move across the piece")},
    {", .",
     {BUTTON(PAD_LEFT), BUTTON(PAD_RIGHT)},
     NULL,
     N_("Details"),
     N_("the story's details, or a drawer's pieces, one by one")},
    {"N", {0}, NULL, "▶", N_("at a detail: hear what is told of it")},
    {"R", {BUTTON(PAD_RIGHT_STICK)}, NULL, N_("True size"), N_("leant in: true size")},
    {"B",
     {0},
     NULL,
     N_("Coin, Stamp, Hand"),
     N_("leant in: lay a coin, a stamp, a hand beside it")},
    {"Tab",
     {BUTTON(PAD_BACK)},
     NULL,
     N_("tap"),
     N_("go through the buttons over the picture; Esc leaves them")},
    {"F",
     {BUTTON(PAD_LEFT_SHOULDER)},
     NULL,
     N_("Shallow focus"),
     N_("leant in: sharp where you look or magnify, soft elsewhere")},
    {"O",
     {BUTTON(PAD_LEFT_STICK)},
     NULL,
     NULL,
     N_("leant in: parallel rays, for comparing sizes")},
    {N_("G, Space"),
     {BUTTON(PAD_X)},
     NULL,
     N_("two-finger tap"),
     N_("the magnifier; Space held: as long as it is held")},
    {N_("mouse"), {0}, NC_("gamepad", "right stick"), N_("drag"), N_("move the magnifier")},
    {N_("wheel, + -"),
     {BUTTON(PAD_LEFT_SHOULDER), BUTTON(PAD_RIGHT_SHOULDER)},
     NULL,
     N_("pinch, its dial"),
     N_("its strength")},
    {N_("Ctrl wheel, Ctrl + -"),
     {0},
     NC_("gamepad", "triggers"),
     N_("pinch its rim"),
     N_("its size")},
    {"P",
     {BUTTON(PAD_RIGHT_STICK)},
     NULL,
     N_("Pin, below it"),
     N_("pin it; then its dial and rim can be dragged")},
    {N_("1 to 7"),
     {BUTTON(PAD_UP), BUTTON(PAD_DOWN)},
     NULL,
     N_("‹ ›, below it"),
     N_("its mode: beauty, albedo, normals, raking light …")},
    {N_("arrows"),
     {BUTTON(PAD_LEFT), BUTTON(PAD_RIGHT)},
     NULL,
     NULL,
     N_("the mode's dial: light, strength, height of bands")},
    {"T", {BUTTON(PAD_DOWN)}, NULL, N_("Measure (label)"), N_("the tape measure, leant in")},
    {N_("click, Enter"),
     {BUTTON(PAD_A)},
     NULL,
     N_("tap"),
     N_("set a point; arrows or right stick move the reticle")},
    {"N", {BUTTON(PAD_RIGHT)}, NULL, N_("its bar"), N_("tape, chain or angle")},
    {N_("Backspace"),
     {BUTTON(PAD_LEFT)},
     NULL,
     N_("its bar"),
     N_("take a point back; with Shift, all")},
    {"V",
     {BUTTON(PAD_UP)},
     NULL,
     N_("Compare"),
     N_("leant in: compare it with another piece, or itself")},
    {"K", {BUTTON(PAD_Y)}, NULL, N_("Linked"), N_("comparing: move both halves alike, or one")},
    {"J", {BUTTON(PAD_LEFT_STICK)}, NULL, NULL, N_("comparing: the other half")},
    {"I", {BUTTON(PAD_Y)}, NULL, N_("tap the label"), N_("story, sources and rights")},
    {"L", {0}, NULL, N_("Label"), N_("label")},
    {N_("PageUp, PageDown"), {0}, NULL, NULL, N_("eye height: tall, a child, a wheelchair")},
    {N_("walking: + -"), {0}, NULL, NULL, N_("a narrower or wider field of view")},
    {"X",
     {BUTTON(PAD_RIGHT_SHOULDER)},
     NULL,
     N_("Step inside"),
     N_("leant in to a diorama: step inside, and out again")},
    {"0", {0}, NULL, NULL, N_("sound off, and on again; louder and softer in the settings")},
    {"C", {0}, NULL, NULL, N_("look with the mouse alone")},
    {"F3", {0}, NULL, NULL, N_("what is loaded and drawn, in figures and colours")},
    {"F11", {0}, NULL, NULL, N_("full screen")},
    {"F12",
     {0},
     NULL,
     N_("Photograph"),
     N_("take a photograph; with Shift, eight times the window")},
    {N_("Ctrl Q"), {0}, NULL, NULL, N_("leave the museum")},
};

// The same in the language last spoken; the last line is empty.
static HudHelp lines[COUNT_OF(english) + 1];
static char keys[COUNT_OF(english)][TEXT_BYTES], pads[COUNT_OF(english)][TEXT_BYTES];

static const char *say_keys(size_t i)
{
    if (!english[i].keys)
        return NULL;
    hud_write_keys(hud_say(english[i].keys), keys[i], sizeof keys[i]);
    return keys[i];
}

static const char *say_pad(const Bindings *bindings, size_t i)
{
    size_t used = 0;
    if (english[i].pad)
        return hud_say_in("gamepad", english[i].pad);
    if (!english[i].buttons[0])
        return NULL;
    for (int k = 0; k < MOST_BUTTONS && english[i].buttons[k]; k++) {
        PadButton button = binding_pad(bindings, (PadButton)(english[i].buttons[k] - 1));
        used += (size_t)snprintf(pads[i] + used, sizeof pads[i] - used, "%s%s", k ? ", " : "",
                                 hud_pad_words(button));
        used = MIN(used, sizeof pads[i] - 1);
    }
    return pads[i];
}

const HudHelp *hud_help(void)
{
    for (size_t i = 0; i < COUNT_OF(english); i++) {
        lines[i].keys = say_keys(i);
        lines[i].pad = say_pad(hud_held(), i);
        lines[i].touch = english[i].touch ? hud_say(english[i].touch) : NULL;
        lines[i].text = hud_say(english[i].text);
    }
    return lines;
}
