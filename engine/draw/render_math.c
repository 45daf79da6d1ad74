// render_math.c: colours, matrices relative to the eye, hashes.

#include "draw/render_parts.h"

#include <cglm/cglm.h>
#include <math.h>
#include <string.h>

float linear_of_srgb(float value)
{
    return value <= 0.04045f ? value / 12.92f : powf((value + 0.055f) / 1.055f, 2.4f);
}

bool is_zero3(const float v[3])
{
    return v[0] == 0 && v[1] == 0 && v[2] == 0;
}

void linear_color(const float srgb[3], const float fallback[3], float out[3])
{
    const float *from = is_zero3(srgb) ? fallback : srgb;
    for (int i = 0; i < 3; i++)
        out[i] = linear_of_srgb(from[i]);
}

void model_matrix(const Placement *placement, const double eye[3], float out[16])
{
    static const Placement identity = {.rotation = {0, 0, 0, 1}, .scale = 1};
    if (placement->scale == 0)
        placement = &identity;
    for (int axis = 0; axis < 3; axis++) {
        double unit[3] = {axis == 0, axis == 1, axis == 2}, turned[3];
        placement_turn_to_world(placement, unit, turned);
        for (int i = 0; i < 3; i++)
            out[axis * 4 + i] = (float)turned[i] * placement->scale;
        out[axis * 4 + 3] = 0;
    }
    for (int i = 0; i < 3; i++)
        out[12 + i] = (float)(placement->position[i] - eye[i]);
    out[15] = 1;
}

void multiply4(const float a[16], const float b[16], float out[16])
{
    float result[16];
    for (int column = 0; column < 4; column++) {
        for (int row = 0; row < 4; row++) {
            float sum = 0;
            for (int i = 0; i < 4; i++)
                sum += a[i * 4 + row] * b[column * 4 + i];
            result[column * 4 + row] = sum;
        }
    }
    memcpy(out, result, sizeof result);
}

// With depth reversed, a point at depth d along the view gets n (f - d) / (d (f - n)); without
// perspective (f - d) / (f - n). Both rows come from `forward`, so nothing is lost to rounding.
void view_projection(const View *view, bool is_reversed, float out[16])
{
    memcpy(out, view->turn_projection, 16 * sizeof *out);
    if (!is_reversed)
        return;
    double near_m = view->near_m, far_m = view->far_m, range = far_m - near_m;
    double slope = view->is_orthographic ? -1 / range : -near_m / range;
    for (int i = 0; i < 3; i++)
        out[i * 4 + 2] = (float)(slope * view->forward[i]);
    out[14] = (float)(view->is_orthographic ? far_m / range : near_m * far_m / range);
}

// FNV-1a.
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size_bytes)
{
    const uint8_t *byte = bytes;
    for (size_t i = 0; i < size_bytes; i++)
        hash = (hash ^ byte[i]) * 0x100000001b3u;
    return hash;
}
