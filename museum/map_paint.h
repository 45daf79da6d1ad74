// map_paint.h: the floor plan as a picture, as a printed one shows it: walls as solid black,
// doors as gaps in them, rooms in the tint of their walls, stands and benches as outlines.
//
// Pure; any thread.

#pragma once
#include "data/image.h"
#include "museum/map.h"

typedef struct MapPaint {
    const Plan *plan;
    MapFrame frame;         // of pixels
    float line_px;          // of thin lines
    const uint8_t *visited; // by room: others are paler; NULL: none was
    int theme;              // a StyleTheme, which stands a floor higher
} MapPaint;

// What rooms are filled with: whatever is written on it is 4.5:1 or better (a test computes
// it).
void map_room_color(int theme, int walls, bool is_visited, float out[3]);

// Over a transparent image: premultiplied display values. Its pixels are the caller's.
void map_paint(const MapPaint *paint, Image *out);
