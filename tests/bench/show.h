// show.h: pictures of one sculpture of a pack, alone in the dark, streamed and drawn by the
// very code the museum draws with. For measuring. Main thread.

#pragma once
#include "bench/likeness.h"
#include "draw/render.h"

typedef struct Show Show;

typedef struct ShowDesc {
    const char *pack;
    int width, height;
    float pixel_error;    // 0: 1
    uint32_t slot_count;  // 0: 1,024
    uint32_t layer_count; // of tiles; 0: 16
    int frames_a_side;    // 0: 1; 2: a picture is the mean of four frames
} ShowDesc;

// The pack's first piece, its graph and coarsest form loaded. Drop it, also where this failed.
NODISCARD Status show_open(const ShowDesc *desc, Arena *arena, Show **out);
void show_close(Show *show); // NULL is fine
const MeshGraph *show_graph(const Show *show);

typedef struct Shot {
    Picture picture; // its `covered` is NULL
    uint32_t triangles;
    float error_px;
    uint64_t loaded_bytes; // for this view, until it was settled
    double settle_ms, cut_ms;
} Shot;

// Waits until nothing better would be loaded for this view. In `arena`.
NODISCARD Status show_draw(Show *show, const View *view, RenderMode mode, Arena *arena,
                           Shot *out);
