// bake_texels.c: how wide the texels of a scan's pictures are on its surface.

#include "packer/bake_texels.h"

#include "packer/bake_material.h"
#include "packer/texel_source.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_SAMPLES = 1 << 18 }; // triangles looked at, evenly chosen

Texels bake_texels_find(const Scan *scan, const bool *is_used, Arena *arena)
{
    Texels texels = {.scan = scan,
                     .maps = ARENA_ARRAY(arena, const ScanTexture *, scan->material_count),
                     .sizes =
                         arena_alloc(arena, scan->material_count * sizeof *texels.sizes, 16)};
    for (uint32_t i = 0; i < scan->material_count; i++) {
        for (BakeChannel channel = 0; is_used[i] && channel < BAKE_CHANNEL_COUNT; channel++) {
            const ScanTexture *map = bake_material_map(scan, &scan->materials[i], channel);
            ImageInfo info;
            if (!map || texel_source_probe(&scan->images[map->image], &info))
                continue; // whoever decodes it tells what is wrong
            if ((float)info.width * (float)info.height >
                texels.sizes[i][0] * texels.sizes[i][1]) {
                texels.maps[i] = map;
                texels.sizes[i][0] = (float)info.width;
                texels.sizes[i][1] = (float)info.height;
            }
        }
    }
    return texels;
}

bool bake_texels_at(const Texels *texels, uint32_t triangle, float out[3][2])
{
    uint32_t material = bake_material_of(texels->scan, triangle);
    if (!texels->maps[material])
        return false;
    bake_material_uvs(texels->scan, texels->maps[material], triangle, out);
    for (int i = 0; i < 3; i++) {
        out[i][0] *= texels->sizes[material][0];
        out[i][1] *= texels->sizes[material][1];
    }
    return true;
}

bool bake_texels_of(const Texels *texels, const BakeMesh *mesh, uint32_t triangle,
                    double out[3][2])
{
    float at[3][2];
    if (!bake_texels_at(texels, mesh->sources[triangle], at))
        return false;
    for (int i = 0; i < 6; i++) {
        BakeCorner share = {(float)(i / 2 == 1), (float)(i / 2 == 2)};
        if (mesh->corners)
            share = mesh->corners[triangle][i / 2];
        int k = i % 2;
        out[i / 2][k] = (double)at[0][k] +
                        (double)share.second * ((double)at[1][k] - (double)at[0][k]) +
                        (double)share.third * ((double)at[2][k] - (double)at[0][k]);
    }
    return true;
}

// ---- widths

typedef struct Width {
    float width_m, area_m2;
} Width;

static int compare_widths(const void *a, const void *b)
{
    float left = ((const Width *)a)->width_m, right = ((const Width *)b)->width_m;
    return left < right ? -1 : left > right;
}

static float area_m2(const Scan *scan, uint32_t triangle)
{
    const uint32_t *corners = scan->triangles[triangle];
    const float *p = scan->positions[corners[0]], *q = scan->positions[corners[1]],
                *r = scan->positions[corners[2]];
    float a[3] = {q[0] - p[0], q[1] - p[1], q[2] - p[2]};
    float b[3] = {r[0] - p[0], r[1] - p[1], r[2] - p[2]};
    float x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2],
          z = a[0] * b[1] - a[1] * b[0];
    return 0.5f * sqrtf(x * x + y * y + z * z);
}

static float width_at(const Width *widths, uint32_t count, double area)
{
    double before = 0;
    for (uint32_t i = 0; i < count; i++) {
        before += (double)widths[i].area_m2;
        if (before >= area)
            return widths[i].width_m;
    }
    return widths[count - 1].width_m;
}

TexelWidths bake_texels_measure(const Texels *texels)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t triangle_count = texels->scan->triangle_count, count = 0;
    uint32_t stride = triangle_count / MAX_SAMPLES + 1;
    Width *widths = ARENA_ARRAY_RAW(scratch.arena, Width, triangle_count / stride + 1);
    double area = 0;
    TexelWidths out = {0};
    for (uint32_t t = 0; t < triangle_count; t += stride) {
        float at[3][2];
        if (!bake_texels_at(texels, t, at))
            continue;
        float area_texels = 0.5f * fabsf((at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) -
                                         (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]));
        Width width = {.area_m2 = area_m2(texels->scan, t)};
        if (!(area_texels > 1e-6f) || !(width.area_m2 > 0))
            continue;
        width.width_m = sqrtf(width.area_m2 / area_texels);
        area += (double)width.area_m2;
        out.area_texels += (double)area_texels * stride;
        widths[count++] = width;
    }
    if (count) {
        qsort(widths, count, sizeof *widths, compare_widths);
        out.min_m = width_at(widths, count, 0.01 * area);
        out.median_m = width_at(widths, count, 0.5 * area);
        out.p95_m = width_at(widths, count, 0.95 * area);
    }
    scratch_end(scratch);
    return out;
}
