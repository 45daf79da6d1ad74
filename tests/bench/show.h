// show.h: pictures of one sculpture of a pack, alone in the dark, streamed and drawn by the
// very code the museum draws with. For measuring. Main thread.

#pragma once
#include "bench/likeness.h"
#include "draw/render.h"
#include "museum/quality.h"

typedef struct Show Show;

typedef struct ShowDesc {
    const char *pack;
    int width, height;
    QualityLevel quality; // QUALITY_AUTO: what auto begins with on software drivers
    float pixel_error;    // 0: the quality's
    uint32_t memory_mib;  // 0: as much as the museum takes by itself
    bool is_lit;          // by three lamps in a grey room, for RENDER_BEAUTY
} ShowDesc;

// The pack's first piece, its graph and coarsest form loaded. Drop it, also where this failed.
NODISCARD Status show_open(const ShowDesc *desc, Arena *arena, Show **out);
void show_close(Show *show); // NULL is fine
const MeshGraph *show_graph(const Show *show);

typedef struct Shot {
    Picture picture; // its `covered` is NULL
    uint32_t triangles;
    float error_px;
    uint64_t loaded_bytes;   // for this view, until it was settled: pages with their tiles
    uint64_t geometry_bytes; // the same without tiles, with tables
    double settle_ms, cut_ms;
} Shot;

// Waits until nothing better would be loaded for this view, and draws it as one at rest: as the
// whole picture or, with `is_lens`, as what the magnifier shows. In `arena`.
// `mean_count` frames are its mean; 0: as many as the quality says.
NODISCARD Status show_draw(Show *show, const View *view, RenderMode mode, bool is_lens,
                           int mean_count, Arena *arena, Shot *out);
