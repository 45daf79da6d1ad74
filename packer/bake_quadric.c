// bake_quadric.c: what a vertex remembers of the triangles it stands for. Pure; any thread.

#include "packer/bake_quadric.h"

#include <math.h>

static const float BORDER_WEIGHT = 2.0f; // a border is a line: few planes must hold it

static void subtract(const float a[3], const float b[3], float out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] - b[i];
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const float a[3], const float b[3], float out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

// sum += weight * v v^T
static void add_square(float sum[6], const float v[3], float weight)
{
    float x = v[0] * weight, y = v[1] * weight, z = v[2] * weight;
    sum[0] += x * v[0];
    sum[1] += x * v[1];
    sum[2] += x * v[2];
    sum[3] += y * v[1];
    sum[4] += y * v[2];
    sum[5] += z * v[2];
}

static void multiply(const float m[6], const float v[3], float out[3])
{
    out[0] = m[0] * v[0] + m[1] * v[1] + m[2] * v[2];
    out[1] = m[1] * v[0] + m[3] * v[1] + m[4] * v[2];
    out[2] = m[2] * v[0] + m[4] * v[1] + m[5] * v[2];
}

void quadric_add_triangle(Quadric *corners[3], const float *const positions[3])
{
    float edge1[3], edge2[3], normal[3];
    subtract(positions[1], positions[0], edge1);
    subtract(positions[2], positions[0], edge2);
    cross(edge1, edge2, normal);
    float twice_area = sqrtf(dot(normal, normal));
    if (!(twice_area > 1e-18f))
        return;
    float scale = 1.0f / twice_area;
    for (int i = 0; i < 3; i++)
        normal[i] *= scale;
    float area = 0.5f * twice_area;
    for (int corner = 0; corner < 3; corner++) {
        add_square(corners[corner]->planes, normal, area);
        corners[corner]->weight += area;
    }
}

void quadric_add_border(Quadric *quadric, const float a[3], const float b[3],
                        const float opposite[3])
{
    float edge[3], side[3], upright[3];
    subtract(b, a, edge);
    subtract(opposite, a, side);
    float length2 = dot(edge, edge);
    if (!(length2 > 0.0f))
        return;
    // The part of `side` that is at right angles to the edge.
    float share = dot(side, edge) / length2;
    for (int i = 0; i < 3; i++)
        upright[i] = side[i] - share * edge[i];
    float size = sqrtf(dot(upright, upright));
    if (!(size > 0.0f))
        return;
    for (int i = 0; i < 3; i++)
        upright[i] /= size;
    add_square(quadric->planes, upright, BORDER_WEIGHT * length2);
}

static float moved_constant(const Quadric *quadric, const float way[3])
{
    float product[3];
    multiply(quadric->planes, way, product);
    return quadric->constant + 2.0f * dot(quadric->linear, way) + dot(product, way);
}

float quadric_cost(const Quadric *quadric, const float from[3], const float to[3])
{
    float way[3];
    subtract(to, from, way);
    return MAX(moved_constant(quadric, way), 0.0f) / MAX(quadric->weight, 1e-30f);
}

void quadric_merge(Quadric *into, const float to[3], const Quadric *quadric,
                   const float from[3])
{
    float way[3], product[3];
    subtract(to, from, way);
    into->constant += moved_constant(quadric, way);
    multiply(quadric->planes, way, product);
    for (int i = 0; i < 6; i++)
        into->planes[i] += quadric->planes[i];
    for (int i = 0; i < 3; i++)
        into->linear[i] += quadric->linear[i] + product[i];
    into->weight += quadric->weight;
}
