// skin.h: a whole surface laid out flat by itself, for pictures of forms too involved for
// charts.
//
//     islands   triangles that hang together and look about the same way, seen along one of
//               26 directions; where an island would lie over itself it is split
//     picture   islands turned to their smallest box, in shelves, a few texels apart
//
// Pure: any thread. The same triangles give the same layout, to the bit.

#pragma once
#include "exhibits/sculptor/sculpt.h"

typedef struct SkinDesc {
    Sculpture *sculpture; // triangle_texels and triangle_islands of the range are written
    size_t first_triangle, triangle_count;
    float texel_mm;
    uint32_t first_island; // islands are numbered from here
} SkinDesc;

// Gives the picture's size in texels and the number after the last island's.
void skin_lay_out(const SkinDesc *desc, uint32_t size[2], uint32_t *next_island);
