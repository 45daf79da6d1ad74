// vtt.h: captions of a sound, as WebVTT files have them.
//
//     WEBVTT
//
//     00:00.500 --> 00:04.000
//     An owl of limewood,
//     no higher than a thumb.
//
// Notes, styles and regions are passed over, and so are settings behind the times: captions
// stand where the house puts them. Texts come without marks: <i>, <v Name> and the like are
// left out, &amp; is &. Anything else that is no caption is a mistake with its line. Any
// thread.

#pragma once
#include "base/str.h"

enum { VTT_MAX_BYTES = 256 * 1024, VTT_MAX_CUES = 4096, VTT_MAX_TEXT_BYTES = 2048 };

typedef struct VttCue {
    double start_s, end_s; // of the sound; starts never fall
    const char *text;      // cleaned, lines by '\n'; may be empty
} VttCue;

typedef struct Vtt { // zeroed: no captions
    uint32_t count;
    VttCue *cues;
    double end_s; // of the last that ends
} Vtt;

// Everything lives in `arena`. ERR_INVALID says the line and what was expected; ERR_CORRUPT for
// what is no text, ERR_LIMIT for too much.
NODISCARD Status vtt_parse(Bytes file, Arena *arena, Vtt *out);

// What is to be read at a time: the newest cue that has begun and not ended, or -1.
int32_t vtt_find(const Vtt *vtt, double at_s);
