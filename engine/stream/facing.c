// facing.c: parts of clusters that face one way.

#include "stream/facing.h"

#include <math.h>
#include <string.h>

enum { KEYS = 64 };

static const FacingPart everywhere = {.sine = 127};

// A cluster's triangles, sorted in place.
typedef struct Facing {
    uint16_t indices[MESH_CLUSTER_MAX_TRIANGLES][3];
    float normals[MESH_CLUSTER_MAX_TRIANGLES][3]; // of length 1, or 0 of no area
    uint8_t order[MESH_CLUSTER_MAX_TRIANGLES];
} Facing;

static void find_normal(const MeshPage *page, const uint16_t corners[3], float out[3])
{
    const uint16_t *p = page->vertices[corners[0]].position,
                   *q = page->vertices[corners[1]].position,
                   *r = page->vertices[corners[2]].position;
    float a[3], b[3];
    for (int axis = 0; axis < 3; axis++) {
        a[axis] = (float)(q[axis] - p[axis]);
        b[axis] = (float)(r[axis] - p[axis]);
    }
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        out[i] = a[j] * b[k] - a[k] * b[j];
    }
    float size = sqrtf(out[0] * out[0] + out[1] * out[1] + out[2] * out[2]);
    for (int i = 0; i < 3; i++)
        out[i] = size > 0 ? out[i] / size : 0;
}

// The axis along which normals differ most.
static int widest_axis(const Facing *facing, const uint8_t *order, uint32_t count)
{
    float most = -1;
    int widest = 0;
    for (int axis = 0; axis < 3; axis++) {
        float sum = 0, squares = 0;
        for (uint32_t i = 0; i < count; i++) {
            float value = facing->normals[order[i]][axis];
            sum += value;
            squares += value * value;
        }
        float spread = squares - sum * sum / (float)count;
        if (spread > most) {
            most = spread;
            widest = axis;
        }
    }
    return widest;
}

// Those with equal keys stay as they were: mostly side by side.
static void sort_along(const Facing *facing, uint8_t *order, uint32_t count, int axis)
{
    uint8_t keys[MESH_CLUSTER_MAX_TRIANGLES], from[MESH_CLUSTER_MAX_TRIANGLES];
    uint32_t places[KEYS] = {0}, place = 0;
    memcpy(from, order, count);
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = (uint8_t)((facing->normals[from[i]][axis] + 1) * (0.5f * (KEYS - 1)));
        places[keys[i]]++;
    }
    for (int key = 0; key < KEYS; key++) {
        uint32_t here = places[key];
        places[key] = place;
        place += here;
    }
    for (uint32_t i = 0; i < count; i++)
        order[places[keys[i]]++] = from[i];
}

// Halves them until a half is one part.
static void split(const Facing *facing, uint8_t *order, uint32_t count)
{
    uint32_t parts = (count + FACING_TRIANGLES - 1) / FACING_TRIANGLES;
    if (parts < 2)
        return;
    sort_along(facing, order, count, widest_axis(facing, order, count));
    uint32_t half = parts / 2 * FACING_TRIANGLES;
    split(facing, order, half);
    split(facing, order + half, count - half);
}

static FacingPart find_cone(const Facing *facing, const uint8_t *order, uint32_t count)
{
    float sum[3] = {0}, least = 1;
    for (uint32_t i = 0; i < 3 * count; i++)
        sum[i % 3] += facing->normals[order[i / 3]][i % 3];
    float size = sqrtf(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
    if (!(size > 0))
        return everywhere;
    int8_t axis[3];
    for (int i = 0; i < 3; i++)
        axis[i] = (int8_t)lrintf(127 * sum[i] / size);
    float length = sqrtf((float)(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]));
    for (uint32_t i = 0; i < count; i++) {
        const float *normal = facing->normals[order[i]];
        float along = normal[0] * (float)axis[0] + normal[1] * (float)axis[1] +
                      normal[2] * (float)axis[2];
        bool has_area = normal[0] != 0 || normal[1] != 0 || normal[2] != 0;
        least = has_area ? MIN(least, along / length) : least;
    }
    float sine = sqrtf(MAX(1 - least * least, 0.0f));
    int8_t rounded = (int8_t)MIN(ceilf(sine * length + 0.01f), 127.0f);
    if (!(least > 0) || (float)rounded >= length)
        return everywhere;
    return (FacingPart){{axis[0], axis[1], axis[2]}, rounded};
}

static void sort_cluster(MeshPage *page, const MeshCluster *cluster, FacingPart *out)
{
    Facing facing;
    uint32_t count = cluster->triangle_count;
    uint16_t *indices = &page->indices[cluster->first_index];
    memcpy(facing.indices, indices, count * sizeof facing.indices[0]);
    for (uint32_t t = 0; t < count; t++) {
        find_normal(page, facing.indices[t], facing.normals[t]);
        facing.order[t] = (uint8_t)t;
    }
    split(&facing, facing.order, count);
    for (uint32_t t = 0; t < count; t++)
        memcpy(&indices[3 * (size_t)t], facing.indices[facing.order[t]],
               sizeof facing.indices[0]);
    for (uint32_t first = 0; first < count; first += FACING_TRIANGLES)
        *out++ = find_cone(&facing, &facing.order[first], MIN(count - first, FACING_TRIANGLES));
}

void facing_sort(MeshPage *page, FacingPart *out)
{
    for (uint32_t p = 0; p < FACING_PAGE_PARTS; p++)
        out[p] = everywhere;
    for (uint32_t c = 0; c < page->cluster_count; c++)
        sort_cluster(page, &page->clusters[c], &out[c * FACING_PARTS]);
}
