// quality.h: how well the museum is drawn: one table of levels, and who chooses one.
//
//   level   error  scale  samples  shadows   shader  at rest: means of   software GL
//   low     2 px   0.75   2        1024      quick   3, lens 5
//   medium  1 px   1      4        2048      quick   3, lens 5           auto begins here
//   high    1 px   1      4        4096      fine    9, lens 9           (others: here)
//   ultra   0.5    1      8        4096      fine    17, lens 17
//
// quality.c holds the table. A view that rests is drawn whole, at full scale, on every level: a
// mean over a few frames, each shifted below a pixel; the lens is never drawn with an error
// above a pixel. Scale is what one sees while walking.
//
// *Auto* starts from the driver and then looks at how long frames take that move: a window of
// them is judged by its slower ones. Too slow is one step down, at once; much faster, for long,
// is one step up. Steps go through the scale first. A step that turned out to be too high is
// left alone for a while, twice as long each time, so that nothing swings. Views at rest do not
// count, and a script's frames never do: its pictures are the same from run to run.
//
// Pure; no clock. One thread.

#pragma once
#include "base/str.h"

typedef enum QualityLevel {
    QUALITY_AUTO, // chosen here; a level in force is one of the others
    QUALITY_LOW,
    QUALITY_MEDIUM,
    QUALITY_HIGH,
    QUALITY_ULTRA,
    QUALITY_COUNT
} QualityLevel;

typedef struct QualityRow {
    const char *name;
    float pixel_error; // of what is drawn, against the scan
    float scale;       // of the resolution while the view moves
    int sample_count;  // of each pixel
    int shadow_side;   // of the atlas
    bool is_fine;      // the shaders' tier: samples of shadows, light at every pixel
    int mean_count, lens_mean_count; // frames a view at rest is a mean of: a power of 2, and 1
} QualityRow;

const QualityRow *quality_row(QualityLevel level); // not of QUALITY_AUTO
// "auto", "low", ...; false if there is no such name.
bool quality_find(const char *name, QualityLevel *out);

typedef struct Quality {
    bool is_auto;
    QualityLevel level; // in force
    float scale;        // in force
    const char *reason; // why: a few words for the stats
    // of auto
    bool is_software;
    double frame_ms; // what a frame may take
    int step;        // of the ladder
    uint32_t count;  // frames in `window`
    float window_ms[32];
    double fast_s;             // for so long frames have left room
    int forbidden;             // step that was too slow; -1: none
    double forbidden_s, ban_s; // for so long yet; how long it was the last time
} Quality;

Quality quality_make(QualityLevel wish, bool is_software, double display_hz);

typedef struct QualityFrame {
    double work_ms;   // it took, without waiting for the display
    double passed_s;  // since the frame before
    bool is_moving;   // all of it was drawn, and not for a view at rest
    bool is_measured; // false in scripts: nothing changes
} QualityFrame;

// True if level or scale have changed.
bool quality_note(Quality *quality, const QualityFrame *frame);
