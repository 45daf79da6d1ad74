// magnifier.c: the lens: where it is, how strong, which mode, and how honest.

#include "museum/magnifier.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_ZOOM_UNMEASURED 40.0 // past the piece, where nothing sets a limit
#define LEAST_BAR_PX 100.0
#define MOST_BAND_DIAL_DEG 180.0f

static const char *const mode_names[MAGNIFIER_MODE_COUNT] = {
    [MAGNIFIER_BEAUTY] = "beauty",     [MAGNIFIER_RAKING] = "raking",
    [MAGNIFIER_ALBEDO] = "albedo",     [MAGNIFIER_NORMALS] = "normals",
    [MAGNIFIER_RELIEF] = "relief",     [MAGNIFIER_HEIGHT] = "height",
    [MAGNIFIER_SPECULAR] = "specular",
};

Magnifier magnifier_make(void)
{
    return (Magnifier){
        .at = {0.5f, 0.5f},
        .radius = 0.27f,
        .wanted_zoom = 4,
        .zoom = 4,
        .azimuth_deg = 150,
        .elevation_deg = 15,
        .relief_strength = 1,
    };
}

void magnifier_turn_on(Magnifier *magnifier, float x, float y)
{
    magnifier->is_on = true;
    magnifier->is_pinned = false;
    magnifier_point(magnifier, x, y);
}

void magnifier_turn_off(Magnifier *magnifier)
{
    magnifier->is_on = magnifier->is_pinned = false;
}

void magnifier_point(Magnifier *magnifier, float x, float y)
{
    if (magnifier->is_pinned)
        return;
    magnifier->at[0] = CLAMP(x, 0.0f, 1.0f);
    magnifier->at[1] = CLAMP(y - magnifier->offset_y, 0.0f, 1.0f);
}

void magnifier_move(Magnifier *magnifier, float right, float down)
{
    if (magnifier->is_pinned)
        return;
    magnifier->at[0] = CLAMP(magnifier->at[0] + right, 0.0f, 1.0f);
    magnifier->at[1] = CLAMP(magnifier->at[1] + down, 0.0f, 1.0f);
}

void magnifier_zoom(Magnifier *magnifier, double factor)
{
    // From what is shown, not from what was asked: past the limit the wheel answers at once.
    double most = magnifier->most_zoom > 0 ? magnifier->most_zoom : MOST_ZOOM_UNMEASURED;
    double from = MIN(magnifier->wanted_zoom, MAX(most, MAGNIFIER_LEAST_ZOOM));
    magnifier->wanted_zoom = CLAMP(from * factor, MAGNIFIER_LEAST_ZOOM, 10000);
}

float magnifier_radius_px(const Magnifier *magnifier, float width_px, float height_px)
{
    return magnifier->radius * MIN(height_px, width_px * 1.2f);
}

void magnifier_resize(Magnifier *magnifier, float factor)
{
    magnifier->radius = CLAMP(magnifier->radius * factor, 0.1f, 0.45f);
}

void magnifier_set_light(Magnifier *magnifier, float azimuth_deg, float elevation_deg)
{
    magnifier->azimuth_deg = azimuth_deg - 360 * floorf(azimuth_deg / 360);
    magnifier->elevation_deg = CLAMP(elevation_deg, 5.0f, 90.0f);
}

void magnifier_set_strength(Magnifier *magnifier, float strength)
{
    magnifier->relief_strength = CLAMP(strength, 0.25f, 4.0f);
}

bool magnifier_has_plane(MagnifierMode mode)
{
    return mode == MAGNIFIER_RAKING || mode == MAGNIFIER_HEIGHT || mode == MAGNIFIER_SPECULAR;
}

bool magnifier_has_dial(MagnifierMode mode)
{
    return magnifier_has_plane(mode) || mode == MAGNIFIER_RELIEF;
}

void magnifier_turn_dial(Magnifier *magnifier, const float degrees[2])
{
    float both = degrees[0] + degrees[1];
    if (magnifier->mode == MAGNIFIER_RELIEF)
        magnifier_set_strength(magnifier, magnifier->relief_strength * exp2f(both / 45));
    else if (magnifier->mode == MAGNIFIER_HEIGHT)
        magnifier->band_dial_deg =
            CLAMP(magnifier->band_dial_deg + both, -MOST_BAND_DIAL_DEG, MOST_BAND_DIAL_DEG);
    else if (magnifier_has_plane(magnifier->mode))
        magnifier_set_light(magnifier, magnifier->azimuth_deg + degrees[0],
                            magnifier->elevation_deg + degrees[1]);
}

// The least of 1, 2 or 5 times a power of ten that is not below a length.
static double round_length(double least)
{
    static const double steps[] = {1, 2, 5, 10};
    double ten = pow(10, floor(log10(least) + 1e-9)), length = 0;
    for (size_t i = 0; i < COUNT_OF(steps) && length < least * (1 - 1e-9); i++)
        length = steps[i] * ten;
    return length;
}

void magnifier_fit_bands(Magnifier *magnifier, double range_m)
{
    enum { BANDS = 12 };
    if (!(range_m > 0)) {
        magnifier->band_um = 0;
        return;
    }
    double wished = range_m * 1e6 / BANDS * exp2((double)magnifier->band_dial_deg / 45);
    double least = MAX(wished, magnifier->um_per_sample / 10);
    if (magnifier->band_um < least * 0.6 || magnifier->band_um > least * 2.8)
        magnifier->band_um = round_length(least);
}

static bool is_same_place(const MagnifierPlace *a, const MagnifierPlace *b)
{
    return a->exhibit == b->exhibit && !memcmp(a->at, b->at, sizeof a->at) &&
           !memcmp(a->eye, b->eye, sizeof a->eye) &&
           !memcmp(a->forward, b->forward, sizeof a->forward);
}

double magnifier_hold_sample(Magnifier *magnifier, const MagnifierPlace *place, double sample_m,
                             bool *is_known)
{
    double held_m = magnifier->rested_sample_m;
    if (!is_same_place(place, &magnifier->rested_at))
        held_m = 0;
    magnifier->rested_at = *place;
    if (*is_known && (held_m == 0 || sample_m < held_m))
        held_m = sample_m;
    magnifier->rested_sample_m = held_m;
    *is_known = held_m > 0;
    return *is_known ? held_m : sample_m;
}

void magnifier_measure(Magnifier *magnifier, const MagnifierSight *sight)
{
    magnifier->most_zoom = 0;
    magnifier->um_per_sample = magnifier->um_per_pixel = 0;
    magnifier->is_enlarged = magnifier->is_native = magnifier->is_at_limit = false;
    magnifier->zoom = MIN(magnifier->wanted_zoom, MOST_ZOOM_UNMEASURED);
    if (!sight->has_hit || !(sight->depth_m > 0) || !(sight->focal_px > 0))
        return;
    double outside_um = sight->depth_m * 1e6 / sight->focal_px; // a pixel, without the lens
    if (sight->sample_m > 0) {
        magnifier->um_per_sample = sight->sample_m * 1e6;
        // So near already that even the weakest lens would enlarge too much: it shows what the
        // picture shows, once to once.
        magnifier->most_zoom =
            MAX(MAGNIFIER_MOST_ENLARGED * outside_um / magnifier->um_per_sample, 1);
        magnifier->zoom = MIN(magnifier->wanted_zoom, magnifier->most_zoom);
        magnifier->is_at_limit = magnifier->wanted_zoom >= magnifier->most_zoom;
    }
    magnifier->um_per_pixel = outside_um / magnifier->zoom;
    double pixels = magnifier->um_per_sample / magnifier->um_per_pixel;
    magnifier->is_enlarged = pixels > MAGNIFIER_ENLARGED;
    magnifier->is_native = pixels > 0.9 && !magnifier->is_enlarged;
}

const char *magnifier_mode_name(MagnifierMode mode)
{
    return mode_names[mode];
}

bool magnifier_find_mode(const char *name, MagnifierMode *out)
{
    for (int i = 0; i < MAGNIFIER_MODE_COUNT; i++) {
        if (!strcmp(name, mode_names[i])) {
            *out = (MagnifierMode)i;
            return true;
        }
    }
    return false;
}

MagnifierBar magnifier_bar(double um_per_pixel)
{
    MagnifierBar bar = {0};
    if (!(um_per_pixel > 0) || !isfinite(um_per_pixel))
        return bar;
    bar.length_um = round_length(um_per_pixel * LEAST_BAR_PX);
    bar.length_px = bar.length_um / um_per_pixel;
    double value = bar.length_um;
    const char *unit = "µm";
    if (value >= 1e6) {
        value /= 1e6;
        unit = "m";
    } else if (value >= 1e4) {
        value /= 1e4;
        unit = "cm";
    } else if (value >= 1e3) {
        value /= 1e3;
        unit = "mm";
    }
    snprintf(bar.text, sizeof bar.text, "%.4g %s", value, unit);
    return bar;
}

const char *magnifier_length_text(double um, Arena *arena)
{
    double value = um >= 1000 ? um / 1000 : um;
    int digits = value >= 10 ? 0 : value >= 1 ? 1 : 2;
    return str_format(arena, "%.*f %s", digits, value, um >= 1000 ? "mm" : "µm");
}
