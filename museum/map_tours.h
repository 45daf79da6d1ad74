// map_tours.h: guided tours on the floor plan: which there are, the way each takes, and
// beginning one. For map_*.c. Main thread only.
//
//   mouse    a row shows the way, a click begins the tour
//   touch    a tap shows the way, another tap begins it
//   keys     U: the next tour, Enter begins it, arrows go back to pieces
//   pad      Y likewise, A begins it
//
// The way of a tour that one is on, or has left for a moment, is always there.

#pragma once
#include "draw/ui.h"
#include "museum/map_view.h"

enum { MAP_MOST_TOURS = 4, MAP_MOST_STOPS = 64, MAP_MOST_CORNERS = 1024 };

// The way of a tour, as it lies on the plan.
typedef struct MapRoute {
    int32_t tour; // of the collection's; -1: none
    uint32_t stop_count, corner_count;
    float stops[MAP_MOST_STOPS][2];
    uint32_t step_of[MAP_MOST_STOPS];   // of the tour
    bool is_piece[MAP_MOST_STOPS];      // or a room
    uint32_t corner_of[MAP_MOST_STOPS]; // where the way has come to it
    float corners[MAP_MOST_CORNERS][2]; // metres
} MapRoute;

// How many rows tours take of an index that has so many; 0: they have no place there.
int32_t map_tour_rows(const Museum *museum, int32_t rows);
// The row the pointer is over; -1: none.
int32_t map_tour_under(const MapView *view, const float at[2]);
// True if it was about a tour: what is next, or to begin it.
bool map_hear_tours(Museum *museum, const Input *input, bool goes);
// The pointer's: as map_view.c does it for pieces. True if it is over a row.
bool map_point_tour(Museum *museum, const float at[2], bool moved, bool pressed, bool released,
                    bool is_finger);
void map_forget_tours(Museum *museum); // the plan is closed

// Draws the way that is to be seen; over the plan, below its marks.
void map_draw_route(Museum *museum);
// Rows in `rect`, from its top.
void map_draw_tours(Museum *museum, UiRect rect);
