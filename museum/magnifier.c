// magnifier.c: the lens: where it is, how strong, which mode, and how honest.

#include "museum/magnifier.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_ZOOM_UNMEASURED 40.0 // past the piece, where nothing sets a limit
#define LEAST_BAR_PX 100.0

static const char *const mode_names[MAGNIFIER_MODE_COUNT] = {
    [MAGNIFIER_BEAUTY] = "beauty",
    [MAGNIFIER_RAKING] = "raking",
    [MAGNIFIER_ALBEDO] = "albedo",
    [MAGNIFIER_NORMALS] = "normals",
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

void magnifier_zoom(Magnifier *magnifier, double factor)
{
    // From what is shown, not from what was asked: past the limit the wheel answers at once.
    double most = magnifier->most_zoom > 0 ? magnifier->most_zoom : MOST_ZOOM_UNMEASURED;
    double from = MIN(magnifier->wanted_zoom, MAX(most, MAGNIFIER_LEAST_ZOOM));
    magnifier->wanted_zoom = CLAMP(from * factor, MAGNIFIER_LEAST_ZOOM, 10000);
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
    double least = um_per_pixel * LEAST_BAR_PX;
    double ten = pow(10, floor(log10(least) + 1e-9));
    static const double steps[] = {1, 2, 5, 10};
    for (size_t i = 0; i < COUNT_OF(steps) && bar.length_um < least; i++)
        bar.length_um = steps[i] * ten;
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
