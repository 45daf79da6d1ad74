// photo_rim.c: the loupe of a photograph: shaders/post.frag's rim once more, for pictures that
// are put together of tiles.

#include "museum/photo_rim.h"

#include "draw/render.h"

#include <math.h>

static double smooth(double low, double high, double x)
{
    double t = CLAMP((x - low) / (high - low), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

// What polished metal mirrors.
static double studio(const double along[3])
{
    double panel = -0.47 * along[0] + 0.73 * along[1] + 0.50 * along[2];
    double window = 0.66 * along[0] - 0.62 * along[1] + 0.42 * along[2];
    return 0.20 + 0.20 * smooth(-0.7, 0.9, along[1]) + 0.95 * smooth(0.72, 0.95, panel) +
           0.34 * smooth(0.80, 0.97, window);
}

static void add_metal(const double outward[2], double across, const double tint[3],
                      double share, double color[3])
{
    double up = sqrt(MAX(1 - across * across, 0));
    const double normal[3] = {outward[0] * across, outward[1] * across, up};
    const double along[3] = {2 * up * normal[0], 2 * up * normal[1], 2 * up * up - 1};
    double light = studio(along);
    for (int k = 0; k < 3; k++)
        color[k] += share * (tint[k] * light + MAX(light - 0.75, 0) * (1 - tint[k]));
}

// The lip of steel takes a third of the ring.
static void add_bar(const double outward[2], double across, double share, double color[3])
{
    static const double brass[3] = {0.87, 0.66, 0.36}, steel[3] = {0.30, 0.295, 0.29};
    double t = CLAMP(across, 0.0, 1.0) * 1.5 - 0.5;
    if (t < 0)
        add_metal(outward, t * 4 + 1, steel, share, color);
    else
        add_metal(outward, t * 2 - 1, brass, share, color);
}

static double covers(double inside_px)
{
    return CLAMP(inside_px + 0.5, 0.0, 1.0);
}

double photo_rim_reach(double radius_px, int scale)
{
    RenderRim rim = render_rim((float)(radius_px / scale));
    return (double)(rim.bevel_px + rim.ring_px) * scale;
}

PhotoRim photo_rim(double right_px, double up_px, double radius_px, int scale)
{
    enum { ACROSS = 5 };
    static const double edge_of_glass = 0.11;
    double away = hypot(right_px, up_px), out = away - radius_px;
    RenderRim rim = render_rim((float)(radius_px / scale));
    double bevel = (double)rim.bevel_px * scale, ring = (double)rim.ring_px * scale;
    PhotoRim pixel = {.glass = covers(-out),
                      .metal = MIN(covers(out), covers(bevel + ring - out))};
    if (pixel.metal <= 0)
        return pixel;
    const double outward[2] = {right_px / MAX(away, 1e-3), up_px / MAX(away, 1e-3)};
    double bar[3] = {0}, glass = covers(bevel - out);
    for (int i = 0; i < ACROSS; i++)
        add_bar(outward, (out - bevel + (i + 0.5) / ACROSS - 0.5) / ring, 1.0 / ACROSS, bar);
    for (int k = 0; k < 3; k++)
        pixel.color[k] = 255 * MIN(bar[k] + (edge_of_glass - bar[k]) * glass, 1.0);
    return pixel;
}
