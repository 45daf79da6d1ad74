// sight.h: which rooms are seen through which doors, and how much of each.
//
//        +-----------+   +---------+
//        |  eye      |   |  . '    |    From the eye a room is seen within an arc, seen from
//        |   o - . _ d o o r       |    above: what its doors leave of the arc of the room in
//        |     ' - . _   |  ' - .  |    front of it. Nearer rooms come first.
//        +-----------+   +---------+
//
// Heights are the picture's affair. Pure; one thread.

#pragma once
#include "data/camera.h"
#include "exhibits/model/plan.h"

enum { SIGHT_MAX_DOORS = 5 }; // one behind the other

// Angles about the vertical; half >= pi is all around.
typedef struct SightArc {
    double middle, half; // half <= 0: nothing
} SightArc;

typedef struct Sight {
    double eye[3];
    uint32_t room_count;
    SightArc *arcs;  // by room
    uint32_t *order; // of the rooms that are seen: nearest first
    uint32_t seen_count;
} Sight;

Sight sight_make(const Plan *plan, Arena *arena);

// Looks from `room`, which is seen all around; in a passage also from those next to it. Rooms
// with is_open[room] < 0 are not looked into.
void sight_look(Sight *sight, const Plan *plan, const int32_t *is_open, uint32_t room,
                bool is_in_passage, const View *view);
bool sight_sees(const Sight *sight, uint32_t room);
// Whether a door leaves any of a sphere in a room to be seen. It may be outside of the picture.
bool sight_sees_sphere(const Sight *sight, uint32_t room, const double center[3],
                       double radius_m);
