// truth_parts.h: what the files of truth.h share.
//
//   truth.c        the scan made ready
//   truth_look.c   which triangle every sample sees, and where on it
//   truth_shade.c  what it shows there

#pragma once
#include "bench/truth.h"
#include "data/image.h"
#include "io/thread.h"

enum { TRUTH_MAX_SAMPLES = 64, TRUTH_DISPLAY_STEPS = 1 << 16 };

struct Truth {
    const Scan *scan;
    float (*normals)[3]; // a vertex each
    ImageMips *colors;   // a picture each, where it is one of colours
    ImageMips *bumps;    // where it is one of normals
    bool has_color;
    float linear_of[256], share_of[256];
    float display_of[TRUTH_DISPLAY_STEPS + 1]; // of light from 0 to 1
};

// A place on a triangle.
typedef struct TruthPlace {
    uint32_t triangle;
    float shares[3]; // of its corners
    double pixels;   // twice the triangle's area in the picture
} TruthPlace;

// Where a sample lies in its pixel.
void truth_sample_place(const TruthView *view, uint32_t sample, double out[2]);
// `x`, `y` of the picture. False where the point is outside the triangle.
bool truth_find_place(const Truth *truth, const View *view, uint32_t triangle, double x,
                      double y, TruthPlace *out);
// Twice the triangle's area in the picture it takes its texels from.
double truth_texel_area(const float uvs[3][2], const Image *image);
// On all cores; `run` never fails.
void truth_run_parallel(size_t count, ParallelFn *run, void *context);
