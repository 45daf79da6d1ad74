// sculpt.h: from a piece's parts to its finished surface.
//
// Space is split into patches; each is meshed, coloured and simplified on its own, on several
// threads, and welded in the order of space: the result does not depend on timing.
// A torn surface is refused with a sentence that says where; sculpt_check finds holes and
// crumbs.

#pragma once
#include "base/status.h"
#include "exhibits/sculptor/piece.h"

// What a chart shows, four bytes a texel, rows from the top. Of a printed chart only the size:
// glb_write has it drawn.
typedef struct SculptPicture {
    uint32_t width, height;
    float texel_mm;
    uint8_t *colour; // sRGB
    uint8_t *gloss;  // occlusion, roughness, metal
    uint8_t *normal; // on the triangles' own, as glTF tells it
} SculptPicture;

typedef struct Sculpture {
    const Piece *piece;     // whose it is, for its print; or NULL
    SculptVertex *vertices; // millimetres
    uint32_t *indices;
    size_t vertex_count, index_count;
    size_t raw_triangle_count, part_count;
    size_t dust_count; // crumbs and closed hollows, swept away
    int inlay_count;   // bodies beside the first, and wires: all of them touch something
    // Of a painted piece:
    SculptPicture *pictures; // one a chart, or a body
    int picture_count;
    uint8_t *triangle_charts;       // which picture each triangle is on
    uint32_t *triangle_islands;     // which patch of it, where a skin was laid out; or NULL
    float (*triangle_texels)[3][2]; // where its corners lie, in texels from the upper left
} Sculpture;

// Told from the calling thread which step is under way.
typedef void SculptProgress(void *context, const char *step);

typedef struct SculptDesc {
    const Piece *piece;
    float step_mm;     // 0: the piece's own
    float texel_scale; // texels of pictures are so much wider; 0: no pictures are painted
    size_t part_limit; // only so many first parts, as the work stood then; 0: all
    int worker_limit;  // 0: all cores
    SculptProgress *progress; // or NULL
    void *context;
} SculptDesc;

NODISCARD Status sculpt_make(const SculptDesc *desc, Arena *arena, Sculpture *out);

// A byte of sRGB for an amount of light.
uint8_t sculpt_srgb(float linear);

// Removes separate surfaces smaller than `size_mm` (sawdust between two cuts) and the walls of
// closed hollows that nobody can look into.
void sculpt_sweep(Sculpture *sculpture, float size_mm);

// Every edge has as many triangles on one side as on the other, and there are `component_count`
// connected parts beside the inlays. ERR_INVALID with the place of the first fault otherwise.
NODISCARD Status sculpt_check(const Sculpture *sculpture, int component_count);
