// rooms_words.h: the words on the walls: introductions of rooms, signs over doors; for rooms.c.
//
// Painted when their room is seen, in the visitor's language; those of rooms that are not seen
// go first when there are many. Main thread.

#pragma once
#include "draw/render.h"
#include "draw/text.h"
#include "exhibits/model/gallery_text.h"

typedef struct RoomsWord {
    GalleryText at;
    GpuTexture texture; // none: not painted yet
    float half_m[2];    // of what is painted, in the middle of the board
    bool is_broken;     // could not be painted: not tried again
    bool is_old;        // painted in another language; stands until it is painted anew
} RoomsWord;

typedef struct RoomsWords {
    uint32_t count, painted;
    RoomsWord *words;
    float density; // that they are painted with, pixels a metre
} RoomsWords;

RoomsWords words_make(const Plan *plan, Arena *arena);
void words_drop(RoomsWords *words, Gpu *gpu);
// A larger window wants finer letters; then all are painted anew.
void words_fit(RoomsWords *words, Gpu *gpu, float picture_height_px);

// They are in another language: those seen stand until they are painted anew.
void words_forget(RoomsWords *words, Gpu *gpu, const bool *is_seen);

typedef struct WordsDesc {
    Gpu *gpu;
    Text *text;
    const Plan *plan;
    const char *language;
    const bool *is_seen; // by room
} WordsDesc;

// Paints one that is missing. False when none is.
bool words_paint_next(RoomsWords *words, const WordsDesc *desc);
// `room_index`: the room's, in the renderer's house.
RenderCard words_card(const RoomsWord *word, uint32_t room_index);
