// text.h: paragraphs of any language, laid out by Pango, painted by Cairo, as textures.
//
// Ink is white and premultiplied: whoever draws a picture tints it (RenderQuad.color). Texts
// are UTF-8 and never parsed as markup. Direction follows each paragraph's own letters; "left"
// is then where a reader of that script begins.
//
//     +--------------------------- width_px ---------------------------+
//     | margin_px                                                      |
//     |   first paragraph                                              |
//     |   (space_before_px of the second)                              |
//     |   second paragraph                                             |
//     +----------------------------------------------------------------+
//
// Main thread only: it makes textures.

#pragma once
#include "device/gpu.h"

typedef struct Text Text;

typedef enum TextFamily {
    TEXT_SANS,  // interface: Inter, then what the system has for the script
    TEXT_SERIF, // titles and stories: EB Garamond, likewise
    TEXT_FAMILY_COUNT
} TextFamily;

typedef enum TextWeight { TEXT_REGULAR, TEXT_MEDIUM, TEXT_SEMIBOLD, TEXT_BOLD } TextWeight;
typedef enum TextAlign { TEXT_LEFT, TEXT_CENTER, TEXT_RIGHT } TextAlign;

typedef struct TextStyle {
    TextFamily family;
    float size_px; // of the em; 0: 16
    TextWeight weight;
    bool is_italic;
    TextAlign align;
    float line_height; // times size_px; 0: 1.35
    float tracking_em; // added between letters
    float opacity;     // of the ink; 0 means 1
    bool has_color;    // paint `color` instead of white, for pictures with a background
    float color[3];    // sRGB
} TextStyle;

// Some bytes of a paragraph that look otherwise. Spans do not overlap.
typedef struct TextSpan {
    uint32_t begin, end;
    bool is_italic, is_bold;
    bool is_plain; // sans, a little smaller: code among serifs
} TextSpan;

typedef struct TextParagraph {
    const char *text; // UTF-8; NULL is skipped
    const char *lang; // BCP-47, chooses glyph shapes and fonts; NULL: unknown
    TextStyle style;
    const TextSpan *spans;
    uint32_t span_count;
    float space_before_px; // not before the first
    int max_lines;         // 0: all; the last one ends in an ellipsis
} TextParagraph;

typedef struct TextFlow {
    const TextParagraph *paragraphs;
    uint32_t count;
    float width_px;      // of the picture with its margins; 0: as wide as the longest line
    float min_height_px; // of the picture
    float margin_px;     // on all sides; at least 2 are kept for overhanging letters
    bool has_background;
    float background[3]; // sRGB, opaque
    bool has_levels;     // a mip chain: for cards seen from afar
} TextFlow;

typedef struct TextPicture {
    GpuTexture texture;
    float width_px, height_px; // of the whole texture
    float margin_px;           // that was kept
} TextPicture;

typedef struct TextDesc {
    const char *font_folder; // only the fonts below it, for tests; NULL: the system's
} TextDesc;

// ERR_NOT_FOUND if there is no font at all. Without a `gpu` texts are measured, not painted.
NODISCARD Status text_make(Arena *arena, Gpu *gpu, const TextDesc *desc, Text **out);
void text_drop(Text *text); // NULL is fine

// For comparing what people type: without case, accents, width, vowel signs and the difference
// between both kana; everything that is no letter or figure is one blank. In `arena`.
const char *text_fold(const char *text, Arena *arena);

// The size a flow will have, without painting it.
void text_measure(Text *text, const TextFlow *flow, float *width_px, float *height_px);

// How many letters of a flow no font on this machine has.
uint32_t text_count_unknown(Text *text, const TextFlow *flow);

// A picture of the caller's own: gpu_drop_texture when done. ERR_LIMIT if it would be larger
// than the driver takes, ERR_DEVICE if the driver refuses.
NODISCARD Status text_paint(Text *text, const TextFlow *flow, TextPicture *out);

// The same from a cache: painted once, kept while it is asked for. Valid for this frame. An
// empty picture (id 0) and a logged fault where it fails.
TextPicture text_cached(Text *text, const TextFlow *flow);
// Once a frame: forgets pictures nobody asked for lately.
void text_end_frame(Text *text);
