// magnifier.h: the lens: where it is, how strong, which mode, and how honest.
//
// The lens is a second camera over the picture (camera_magnify). What it says is measured: how
// wide a pixel of the screen is where its centre meets the surface, and how far apart the
// scan's samples are around there. Strength ends at MAGNIFIER_MOST_ENLARGED pixels a sample:
// past that, the lens would show nothing that was scanned.
//
// Pure; a Magnifier is a plain value. One thread.

#pragma once
#include "base/str.h"

#define MAGNIFIER_LEAST_ZOOM 2.0
// Pixels a sample at the dial's mark. At one to one and upright, pixels may lie half on a light
// line and half on a dark one, all over the lens, and no filter tells them apart. A little
// more, and where pixels lie on samples changes every twelve: pairs of lines show wherever one
// looks.
#define MAGNIFIER_NATIVE 1.08
#define MAGNIFIER_ENLARGED 1.1 // pixels a sample from which the badge shows
#define MAGNIFIER_MOST_ENLARGED 2.0

typedef enum MagnifierMode {
    MAGNIFIER_BEAUTY,
    MAGNIFIER_ALBEDO,
    MAGNIFIER_NORMALS,
    MAGNIFIER_RAKING,
    MAGNIFIER_RELIEF,
    MAGNIFIER_HEIGHT,
    MAGNIFIER_SPECULAR,
    MAGNIFIER_MODE_COUNT
} MagnifierMode;

// What the lens sees in its middle.
typedef struct MagnifierSight {
    bool has_hit;
    double depth_m;  // of the hit along the camera's forward direction
    double sample_m; // between neighbouring samples of the scan around there; 0: unknown
    double focal_px; // of the picture outside the lens (View.focal_px)
} MagnifierSight;

// Where a lens looks.
typedef struct MagnifierPlace {
    float at[2];               // of the lens
    double eye[3], forward[3]; // of the picture's camera
    int32_t exhibit;
} MagnifierPlace;

typedef struct Magnifier {
    bool is_on, is_pinned;
    float at[2];        // middle, in parts of the picture from the upper left
    float radius;       // in heights of the picture; see magnifier_radius_px
    double wanted_zoom; // what the visitor asked for
    MagnifierMode mode;
    float azimuth_deg, elevation_deg; // of the light that rakes and shines
    float relief_strength;            // 0.25 to 4
    float band_dial_deg;              // coarser or finer bands than fit by themselves
    float offset_y; // for fingers: the lens hangs this much above them, in heights
    // what it shows, set by magnifier_measure
    double zoom;                        // wanted_zoom, or the honest limit
    double most_zoom;                   // 0: not known
    double um_per_sample, um_per_pixel; // 0: not known
    bool is_enlarged, is_native, is_at_limit;
    // The finest samples that were found while it rested; where that was. Loading what is under
    // a stronger lens may push out what told how strong it may be.
    MagnifierPlace rested_at;
    double rested_sample_m; // 0: nothing was found yet
    double band_um;         // of height, set by magnifier_fit_bands; 0: there is no plane
} Magnifier;

Magnifier magnifier_make(void); // off

void magnifier_turn_on(Magnifier *magnifier, float x, float y);
void magnifier_turn_off(Magnifier *magnifier);
// Follows the pointer unless pinned.
void magnifier_point(Magnifier *magnifier, float x, float y);
// By parts of the picture; unless pinned, too.
void magnifier_move(Magnifier *magnifier, float right, float down);
void magnifier_zoom(Magnifier *magnifier, double factor);
// In a picture, or half of one, so large: upright ones are as wide as the lens allows.
float magnifier_radius_px(const Magnifier *magnifier, float width_px, float height_px);
void magnifier_resize(Magnifier *magnifier, float factor); // 0.1 to 0.45
void magnifier_set_light(Magnifier *magnifier, float azimuth_deg, float elevation_deg);

// The dial of the mode: degrees to the right and up. Turns the light, sets how strong relief is
// or how high bands are; nothing in modes without one.
void magnifier_turn_dial(Magnifier *magnifier, const float degrees[2]);
bool magnifier_has_dial(MagnifierMode mode);
bool magnifier_has_plane(MagnifierMode mode); // heights or light over a plane under the lens
void magnifier_set_strength(Magnifier *magnifier, float strength); // of relief

// Chooses the height of a band, 1, 2 or 5 times a power of ten: about a dozen for what lies
// under the lens, and none lower than a tenth of a sample, which would be noise. It stays as
// long as it is not altogether wrong. `range_m` 0: there is no plane.
void magnifier_fit_bands(Magnifier *magnifier, double range_m);

// What samples to take for those under the lens, which rests at `place` or has just come there:
// the finest that were known there. `is_known` is whether `sample_m` is, and becomes true if
// any is.
double magnifier_hold_sample(Magnifier *magnifier, const MagnifierPlace *place, double sample_m,
                             bool *is_known);

// Takes the measure of what is in the middle: sets zoom and the numbers after it.
void magnifier_measure(Magnifier *magnifier, const MagnifierSight *sight);

const char *magnifier_mode_name(MagnifierMode mode); // "beauty"
bool magnifier_find_mode(const char *name, MagnifierMode *out);

// A scale bar: 1, 2 or 5 times a power of ten, 100 to 250 pixels long, so that even rounded to
// whole pixels it is right within 0.5 %.
typedef struct MagnifierBar {
    double length_um; // 0: no measure, no bar
    double length_px;
    char text[32]; // "200 µm", "5 mm", "2 cm"
} MagnifierBar;

MagnifierBar magnifier_bar(double um_per_pixel);
// "12 µm", "0.85 µm", "1.2 mm": two digits that matter.
const char *magnifier_length_text(double um, Arena *arena);
