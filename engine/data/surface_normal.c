// surface_normal.c: the normals of surface.h.

#include "data/surface.h"

#include "data/mesh.h"

#include <math.h>
#include <stdlib.h>

static const float SQRT_2 = 1.41421356f;

void surface_encode_axis(const float axis[3], uint8_t out[2])
{
    mesh_encode_normal(axis, out);
    int u = out[0] - 127, v = out[1] - 127;
    if (abs(u) + abs(v) != 127)
        return;
    // On the equator: a step towards the pole, along the longer of the two.
    int at = abs(u) > abs(v) ? 0 : 1;
    out[at] = (uint8_t)(out[at] > 127 ? out[at] - 1 : out[at] + 1);
}

void surface_make_frame(const float axis[3], float out[3][3])
{
    float x = axis[0], y = axis[1], z = axis[2];
    float sign = z >= 0.0f ? 1.0f : -1.0f;
    float a = -1.0f / (sign + z);
    float b = x * y * a;
    out[0][0] = 1.0f + sign * x * x * a;
    out[0][1] = sign * b;
    out[0][2] = -sign * x;
    out[1][0] = b;
    out[1][1] = sign + y * y * a;
    out[1][2] = -y;
    for (int i = 0; i < 3; i++)
        out[2][i] = axis[i];
}

static uint8_t byte_of(float p)
{
    return (uint8_t)(CLAMP(127.0f + 127.0f / SQRT_2 * p, 0.0f, 254.0f) + 0.5f);
}

void surface_encode_normal(const float frame[3][3], const float normal[3], uint8_t out[2])
{
    float n[3];
    for (int i = 0; i < 3; i++)
        n[i] = frame[i][0] * normal[0] + frame[i][1] * normal[1] + frame[i][2] * normal[2];
    // Straight back is a whole circle of the map; any of it will do, and a direction that is
    // nothing but rounding will not.
    float length = sqrtf(MAX(1.0f + n[2], 0.0f));
    bool is_back = length < 0.01f;
    out[0] = byte_of(is_back ? SQRT_2 : n[0] / length);
    out[1] = byte_of(is_back ? 0.0f : n[1] / length);
}

void surface_decode_normal(const float frame[3][3], const uint8_t encoded[2], float out[3])
{
    float p[2];
    for (int i = 0; i < 2; i++)
        p[i] = ((float)encoded[i] - 127.0f) * (SQRT_2 / 127.0f);
    // The corners of the square lie outside the map.
    float r2 = MIN(p[0] * p[0] + p[1] * p[1], 2.0f);
    float across = sqrtf(2.0f - r2);
    float n[3] = {p[0] * across, p[1] * across, 1.0f - r2};
    for (int i = 0; i < 3; i++)
        out[i] = frame[0][i] * n[0] + frame[1][i] * n[1] + frame[2][i] * n[2];
}
