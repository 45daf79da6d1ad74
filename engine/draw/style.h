// style.h: the tokens everything written over the picture is made of: type scale, spacing,
// radii, colours. Nobody else names a size or a colour.
//
// Sizes are units: 1/96 inch on a desktop. Type grows with the visitor's text size, spacing
// does not. Colours are sRGB, 0 to 1, and come in three themes. Whatever is written in one
// colour on another is a pair of style_pairs: at least 4.5:1, controls' edges at least 3:1, in
// every theme (a test computes it).
//
// Any thread.

#pragma once
#include "draw/text.h"

typedef enum StyleType {
    STYLE_TEXT,    // interface
    STYLE_STRONG,  // what one presses
    STYLE_SMALL,   // captions, read-outs
    STYLE_NUMBER,  // the lens's figures
    STYLE_BODY,    // stories, serif
    STYLE_HEADING, // of a part, of a chapter
    STYLE_TITLE,   // of a piece
    STYLE_DISPLAY, // the name of a screen
    STYLE_TYPE_COUNT
} StyleType;

typedef enum StyleColor {
    STYLE_INK,        // text
    STYLE_INK_SOFT,   // captions
    STYLE_GROUND,     // paper
    STYLE_RAISED,     // what is pointed at, what one types into
    STYLE_LINE,       // rules: decoration
    STYLE_EDGE,       // of controls
    STYLE_ACCENT,     // what is on or chosen; text, too
    STYLE_ON_ACCENT,  // text on it
    STYLE_FOCUS,      // the ring around what keys and pads are at
    STYLE_ON_PICTURE, // text straight on the picture
    STYLE_SHADE,      // behind text on the picture
    STYLE_SCRIM,      // over the picture, behind a screen
    STYLE_WARNING,
    STYLE_COLOR_COUNT
} StyleColor;

typedef enum StyleTheme {
    STYLE_LIGHT,
    STYLE_DARK,
    STYLE_CONTRAST, // black and white
    STYLE_THEME_COUNT
} StyleTheme;

// Distances: between things that belong together, and those that do not.
typedef enum StyleSpace {
    STYLE_NONE,
    STYLE_TINY,  // 4
    STYLE_CLOSE, // 8
    STYLE_NEAR,  // 12
    STYLE_APART, // 16
    STYLE_WIDE,  // 24
    STYLE_BROAD, // 36
    STYLE_VAST,  // 56
    STYLE_SPACE_COUNT
} StyleSpace;

#define STYLE_RADIUS_CONTROL 5.0f
#define STYLE_RADIUS_SHEET 4.0f
#define STYLE_RING 2.5f       // thickness of the focus ring, and how far off it is
#define STYLE_TARGET 44.0f    // of what is pressed, at least; pixels
#define STYLE_TARGET_MM 15.0f // the same under a finger, where one knows the display
#define STYLE_FADE_S 0.14     // of a screen that comes
#define STYLE_LEAST_CONTRAST 4.5
#define STYLE_LEAST_EDGE 3.0

float style_space(StyleSpace space);
// In units, at a text size of 100 %.
TextStyle style_type(StyleType type);
const float *style_color(StyleTheme theme, StyleColor color); // r, g, b, opacity
// As RenderQuad wants it: premultiplied.
void style_paint(StyleTheme theme, StyleColor color, float opacity, float out[4]);
const char *style_theme_name(StyleTheme theme); // "light", "dark", "contrast"

// What is drawn on what.
typedef struct StylePair {
    StyleColor front, back;
    bool is_text; // else the edge of a control
} StylePair;

extern const StylePair style_pairs[];
extern const size_t style_pair_count;

// As the Web Content Accessibility Guidelines 2.1 define it, 1 to 21; opacity is ignored.
double style_contrast(const float a[3], const float b[3]);
