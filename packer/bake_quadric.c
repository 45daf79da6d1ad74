// bake_quadric.c: what a vertex remembers of the triangles it stands for. Pure; any thread.

#include "packer/bake_quadric.h"

#include <math.h>

static const float BORDER_WEIGHT = 2.0f; // a border is a line: few planes must hold it
static const float SLIVER = 0.03f;       // height to length

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

// The gradient of a value that is 0 at the first corner and `rise` at the others.
typedef struct Slopes {
    float along[2][3]; // gradient = rise[0] * along[0] + rise[1] * along[1]
} Slopes;

static Slopes find_slopes(const float edge1[3], const float edge2[3], float twice_area)
{
    float a = dot(edge1, edge1), b = dot(edge1, edge2), c = dot(edge2, edge2);
    float scale = 1.0f / (twice_area * twice_area);
    Slopes slopes;
    for (int i = 0; i < 3; i++) {
        slopes.along[0][i] = (c * edge1[i] - b * edge2[i]) * scale;
        slopes.along[1][i] = (a * edge2[i] - b * edge1[i]) * scale;
    }
    return slopes;
}

static void add_gradients(Quadric *corners[3], const QuadricVertex vertices[3],
                          const Slopes *slopes, float weight, uint32_t attribute_count)
{
    float squares[6] = {0};
    for (uint32_t k = 0; k < attribute_count; k++) {
        float rise1 = vertices[1].attributes[k] - vertices[0].attributes[k];
        float rise2 = vertices[2].attributes[k] - vertices[0].attributes[k];
        float gradient[3];
        for (int i = 0; i < 3; i++)
            gradient[i] = rise1 * slopes->along[0][i] + rise2 * slopes->along[1][i];
        add_square(squares, gradient, weight);
        for (int corner = 0; corner < 3; corner++) {
            for (int i = 0; i < 3; i++)
                corners[corner]->gradients[k][i] += weight * gradient[i];
        }
    }
    for (int corner = 0; corner < 3; corner++) {
        for (int i = 0; i < 6; i++)
            corners[corner]->squares[i] += squares[i];
    }
}

void quadric_add_triangle(Quadric *corners[3], const QuadricVertex vertices[3],
                          uint32_t attribute_count)
{
    float edge1[3], edge2[3], normal[3];
    subtract(vertices[1].position, vertices[0].position, edge1);
    subtract(vertices[2].position, vertices[0].position, edge2);
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
        corners[corner]->plane_weight += area;
        corners[corner]->weight += area / 3.0f;
    }
    // A sliver's gradient across is noise divided by almost nothing.
    float longest2 = MAX(dot(edge1, edge1), dot(edge2, edge2));
    if (attribute_count && twice_area > SLIVER * longest2) {
        Slopes slopes = find_slopes(edge1, edge2, twice_area);
        add_gradients(corners, vertices, &slopes, area / 3.0f, attribute_count);
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

static float moved_plane_constant(const Quadric *quadric, const float way[3])
{
    float product[3];
    multiply(quadric->planes, way, product);
    return quadric->plane_constant + 2.0f * dot(quadric->plane_linear, way) + dot(product, way);
}

QuadricCost quadric_cost(const Quadric *quadric, QuadricVertex from, QuadricVertex to,
                         uint32_t attribute_count)
{
    float way[3], product[3];
    subtract(to.position, from.position, way);
    float plane = moved_plane_constant(quadric, way);
    multiply(quadric->squares, way, product);
    float square =
        quadric->square_constant + 2.0f * dot(quadric->square_linear, way) + dot(product, way);
    for (uint32_t k = 0; k < attribute_count; k++) {
        float change = to.attributes[k] - from.attributes[k];
        float expected = quadric->differences[k] + dot(quadric->gradients[k], way);
        square += change * (change * quadric->weight - 2.0f * expected);
    }
    float weight = MAX(quadric->plane_weight, 1e-30f);
    return (QuadricCost){MAX(plane, 0.0f) / weight, MAX(square, 0.0f)};
}

void quadric_merge(Quadric *into, QuadricVertex to, const Quadric *quadric, QuadricVertex from,
                   uint32_t attribute_count)
{
    float way[3], product[3], square_product[3];
    subtract(to.position, from.position, way);
    into->plane_constant += moved_plane_constant(quadric, way);
    multiply(quadric->planes, way, product);
    multiply(quadric->squares, way, square_product);
    float square = quadric->square_constant + 2.0f * dot(quadric->square_linear, way) +
                   dot(square_product, way);
    for (int i = 0; i < 6; i++) {
        into->planes[i] += quadric->planes[i];
        into->squares[i] += quadric->squares[i];
    }
    for (int i = 0; i < 3; i++) {
        into->plane_linear[i] += quadric->plane_linear[i] + product[i];
        into->square_linear[i] += quadric->square_linear[i] + square_product[i];
    }
    for (uint32_t k = 0; k < attribute_count; k++) {
        const float *gradient = quadric->gradients[k];
        float change = to.attributes[k] - from.attributes[k];
        float expected = quadric->differences[k] + dot(gradient, way);
        square += change * (change * quadric->weight - 2.0f * expected);
        into->differences[k] += expected - change * quadric->weight;
        for (int i = 0; i < 3; i++) {
            into->gradients[k][i] += gradient[i];
            into->square_linear[i] -= change * gradient[i];
        }
    }
    into->square_constant += square;
    into->plane_weight += quadric->plane_weight;
    into->weight += quadric->weight;
}

void quadric_best_attributes(const Quadric *quadric, uint32_t attribute_count, float *out)
{
    float scale = quadric->weight > 0.0f ? 1.0f / quadric->weight : 0.0f;
    for (uint32_t k = 0; k < attribute_count; k++)
        out[k] = quadric->differences[k] * scale;
}
