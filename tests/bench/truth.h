// truth.h: pictures of a scan drawn from its full mesh and its own pictures, on the CPU: what
// ours are measured against.
//
// Colours without light, or normals as seen: exactly what the lens's modes of these names show,
// so that a difference is one of surface detail alone. Faces that look away are left out, as
// the museum leaves them out. One thread calls, all cores work.

#pragma once
#include "bench/likeness.h"
#include "data/camera.h"
#include "packer/scan.h"

typedef enum TruthMode { TRUTH_ALBEDO, TRUTH_NORMALS, TRUTH_MODE_COUNT } TruthMode;

typedef struct Truth Truth;

// Decodes the pictures, of any size. `scan` must outlive it. Lives in `arena`.
NODISCARD Status truth_make(const Scan *scan, Arena *arena, Truth **out);
bool truth_has_color(const Truth *truth); // or it is all of one colour

// What is seen of the scan through a camera that looks straight ahead (no lens off the middle).
typedef struct TruthView {
    const View *view;
    // 4: sixteen samples a pixel, each shaded, pictures read as fine as samples are. 0: as a
    // graphics card draws with four samples: shaded once a pixel and triangle, pictures read as
    // fine as pixels are.
    int samples_a_side;
} TruthView;

typedef struct TruthSight {
    uint32_t width, height, samples; // of a pixel
    uint32_t *triangles;             // a sample each; TRUTH_NOTHING where there is none
} TruthSight;

#define TRUTH_NOTHING UINT32_MAX

void truth_look(const Truth *truth, const TruthView *view, Arena *arena, TruthSight *out);
Picture truth_shade(const Truth *truth, const TruthView *view, const TruthSight *sight,
                    TruthMode mode, Arena *arena);

// The place of the scan in the middle of a pixel, and how wide a texel is there (0: it has
// none). False where nothing is seen.
bool truth_place(const Truth *truth, const TruthView *view, const TruthSight *sight, uint32_t x,
                 uint32_t y, double place[3], double *texel_m);
