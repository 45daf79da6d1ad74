// spots.h: where the details of a story lie in the picture, and which of them are one mark.
//
//     o 1   o o 2  3              o     (2)        near ones are one mark, with their number
//           o     o      -->           o     o
//
// Pure; a plain value. One thread.

#pragma once
#include "base/base.h"

enum { SPOTS_MOST_MARKS = 64 };

typedef struct SpotPoint {
    uint32_t index; // of the story's
    float px[2];    // in the picture
    bool is_hidden; // something is before it
    float strength; // 0 to 1: how far it has appeared
} SpotPoint;

typedef struct SpotMark {
    float px[2];    // where its first point is: so no two marks are nearer than they should be
    float strength; // of the strongest
    bool is_hidden; // all of it is
    uint32_t first; // into the points
    uint32_t count; // of points
} SpotMark;

// Points that are nearer than `apart` px become one mark, and where these would be too many,
// those that are a little farther, too. `mark_of` gives each point's mark. Hidden points gather
// with hidden ones only, and make way for others. The same points give the same marks.
uint32_t spots_gather(const SpotPoint *points, uint32_t count, float apart,
                      SpotMark marks[SPOTS_MOST_MARKS], uint16_t *mark_of);

// How many times nearer one has to look until a mark parts: its two points that are farthest
// from each other come to be so far apart. 0: they are one place.
float spots_part(const SpotPoint *points, const uint16_t *mark_of, uint32_t count,
                 uint32_t mark, float apart);
