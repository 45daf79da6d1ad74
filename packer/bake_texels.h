// bake_texels.h: how wide the texels of a scan's pictures are on its surface.
//
// Pure; any thread.

#pragma once
#include "packer/bake_mesh.h"
#include "packer/scan.h"

// The picture with most texels of each material.
typedef struct Texels {
    const Scan *scan;
    const ScanTexture **maps; // a material each; NULL without a picture
    float (*sizes)[2];        // of the picture: width, height
} Texels;

// In `arena`. Reads the headers of pictures only.
Texels bake_texels_find(const Scan *scan, const bool *is_used, Arena *arena);

// Where the corners of a triangle of the scan lie, in texels. False without a picture.
bool bake_texels_at(const Texels *texels, uint32_t triangle, float out[3][2]);

// The same of a triangle of the mesh, which may be a part of the scan's.
bool bake_texels_of(const Texels *texels, const BakeMesh *mesh, uint32_t triangle,
                    double out[3][2]);

// Widths on the surface in metres, half of the surface having finer ones than the median.
typedef struct TexelWidths {
    float min_m; // of the finest hundredth
    float median_m, p95_m;
    double area_texels; // of all triangles together; 0 without pictures
} TexelWidths;

TexelWidths bake_texels_measure(const Texels *texels);
