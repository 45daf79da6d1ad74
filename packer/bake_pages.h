// bake_pages.h: groups in pages, encoded, coarsest first; and the graph that finds them.

#pragma once
#include "packer/bake.h"
#include "packer/bake_graph.h"
#include "packer/bake_texels.h"
#include "packer/texel_store.h"

typedef struct PagesDesc {
    const BakeMesh *mesh;
    const BakeGraph *graph;
    const BakeOptions *options; // write, threads, cancel, progress
    bool has_surface;           // anything but shape is known
    const Scan *scan;
    const Texels *texels;
    const TexelStore *store; // its pictures; NULL without
    bool is_copied;          // see TileScan
    double progress_first, progress_last;
} PagesDesc;

// Fills *out but for the mesh's own numbers (box, counts, median edge), and the statistics of
// what was written. Everything in *out lives in `arena`.
NODISCARD Status bake_pages(const PagesDesc *desc, Arena *arena, MeshGraph *out,
                            BakeStats *stats);
