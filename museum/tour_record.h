// tour_record.h: writes a visit down as a tour: where one stayed, what one looked at there and
// how, for how long. Its words are still to be written: a question stands in their place.
//
// Pure but for its memory: fed with what is seen, in the museum's time. One thread.

#pragma once
#include "exhibits/model/tour.h"

#define TOUR_RECORD_ROOM_S 3.0  // who stands so long in a room has stayed there
#define TOUR_RECORD_PIECE_S 1.5 // at a piece, in one view

typedef struct TourRecord {
    Arena *arena;
    Tour tour;
    size_t capacity;
    TourStep now; // where one stays
    double stayed_s;
    bool is_kept; // as the tour's last step
} TourRecord;

TourRecord tour_record_make(Arena *arena);
// What is seen now: a step without words; NULL while anything moves. Ids have to last.
void tour_record_see(TourRecord *record, const TourStep *seen, double passed_s);
// The file of it; without any steps where nobody stayed anywhere.
Bytes tour_record_write(TourRecord *record);
