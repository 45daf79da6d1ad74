// museum_parts.h: what the files museum_*.c share; for them alone.

#pragma once
#include "museum/museum.h"

double museum_now_ms(void);
uint64_t museum_target_bytes(const Museum *museum); // of the quality in force

VisitorWorld museum_world(Museum *museum, float aspect); // museum_frame.c

// museum_draw.c: draws the list where anything has changed. Fills in how its views are drawn.
void museum_draw(Museum *museum, RenderList *list, const MuseumFrame *how, bool was_uncovered);
