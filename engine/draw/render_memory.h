// render_memory.h: one number of bytes, divided among all that pictures are made of. Pure.
//
//   |---- targets ----|-- house --|-- slots --|-------- tiles --------|
//    by the window's   walls,      of pages    of their surface
//    size and the      light,
//    quality           texts
//
// The parts are fixed when the program starts, before anything is uploaded; each is kept by
// whoever fills it: residency.h knows of no more slots and bytes, targets are lowered to
// theirs. How slots and tiles share what is left depends on what the packs hold: a page of a
// bare scan brings a small tile, one of a painted scan as much as a dozen slots take.

#pragma once
#include "draw/render.h"

typedef struct RenderMemory {
    uint64_t budget_bytes; // what was asked for, or the least that will do
    uint64_t target_bytes, house_bytes;
    // Of the house's: at most for what light, labels, and walls that are not seen take.
    uint64_t light_bytes, label_bytes, mesh_bytes;
    uint32_t slot_count; // for StreamerDesc and RenderDesc
    uint64_t tile_bytes; // for StreamerDesc
} RenderMemory;

typedef struct RenderMemoryDesc {
    uint64_t budget_bytes;
    const RenderDesc *look; // what one would like to draw with, in a window of that size
    int width, height;
    double slot_part;     // of what slots and tiles share, for slots; 0: as bare scans need
    uint32_t piece_count; // of each a page always stays
} RenderMemoryDesc;

// Growing a buffer takes, for a moment, the old one and the new one: that is counted, too.
RenderMemory render_divide_memory(const RenderMemoryDesc *desc);
// The part for slots that suits a piece with so many texels on a triangle; 0: a bare scan.
double render_slot_part(double texels_a_triangle);
// And one that costs pieces of different needs equally much, each against its own.
double render_slot_part_between(double least, double most);
// What its targets take; the lens's at its largest.
uint64_t render_target_bytes(const RenderDesc *look, int width, int height);
// Takes samples, then shadows, back until its targets fit, as far as that goes: a view at rest
// is a mean of many frames, whatever its samples are.
void render_fit_targets(RenderDesc *look, int width, int height, uint64_t limit_bytes);

// Where nobody names a number: by what the card has, or says it has free, and by main memory,
// which is also a software driver's. 0: not known.
uint64_t render_default_memory(const GpuInfo *info, uint64_t main_memory_bytes);
