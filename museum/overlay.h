// overlay.h: the developer's overlay (F3): budgets, what is loaded and drawn, how long frames
// take, and the levels of the sculptures as colours.
//
// It shows what was true of the last frame in which a view was drawn, so that a settled view
// stays settled while one reads it. Main thread only.

#pragma once
#include "draw/ui.h"
#include "museum/quality.h"
#include "museum/rest.h"
#include "stream/streamer.h"

enum { OVERLAY_FRAMES = 120, OVERLAY_LEVELS = 8 };

typedef enum OverlayBudget {
    OVERLAY_GEOMETRY,
    OVERLAY_TILES,
    OVERLAY_TARGETS,
    OVERLAY_ALL, // that the driver holds for us: also light, texts, walls
    OVERLAY_BUDGET_COUNT
} OverlayBudget;

typedef struct OverlayBytes {
    uint64_t used, peak, budget; // budget 0: none of its own
} OverlayBytes;

typedef struct Overlay {
    bool is_open;
    float frames_ms[OVERLAY_FRAMES]; // a ring
    uint32_t frame_count;            // ever
    OverlayBytes bytes[OVERLAY_BUDGET_COUNT];
    StreamerStats streamer;
    RenderStats render;
    uint32_t level_triangles[OVERLAY_LEVELS]; // of the picture; the last: and coarser
} Overlay;

typedef struct OverlayFrame {
    const StreamerStats *streamer;
    const RenderStats *render;
    uint64_t target_bytes, target_budget, budget; // of targets; of all
    double time_ms;
} OverlayFrame;

// After a frame in which a view was drawn.
void overlay_note(Overlay *overlay, const OverlayFrame *frame);

typedef struct OverlayView {
    const Quality *quality;
    double error_px;           // the largest that is drawn
    double pixel_error;        // that is allowed
    int mean_count, mean_goal; // of the picture at rest; 0: it moves
} OverlayView;

// The colour of a level, sRGB.
const float *overlay_level_color(uint32_t level);
// Colours the sculptures of a list by level, in `frame`; counts their triangles.
void overlay_color_levels(Overlay *overlay, const Streamer *streamer, Arena *frame,
                          RenderList *list);
void overlay_draw(Ui *ui, const Overlay *overlay, const OverlayView *view);
