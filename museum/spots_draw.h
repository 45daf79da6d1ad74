// spots_draw.h: how marks of details look over the picture, and the list of those that lie in
// one place. For museum_spots.c. Main thread only.
//
//   (o) to be found   (v) found   . behind something   (3) several: pressed, one goes nearer,
//                                                          or they are listed
#pragma once
#include "museum/museum_parts.h"
#include "museum/spots.h"

typedef struct SpotsShown {
    const SpotPoint *points;
    uint32_t count;
    uint16_t *mark_of; // each point's
    uint32_t mark_count;
    SpotMark marks[SPOTS_MOST_MARKS];
    float apart_px;
} SpotsShown;

// So far apart that each can be pressed alone, by the device in hand.
float spots_apart_px(const Museum *museum);
// Which mark was pressed, or -1.
int32_t spots_draw(Museum *museum, const Input *input, const SpotsShown *shown,
                   const HudRoom *room);
// Around what is being shown, where no lens is.
void spots_draw_shown(Museum *museum);
// Which detail was chosen, or -1. Nothing where there is no list.
int32_t spots_draw_list(Museum *museum, const Input *input);
