// truth.c: a scan made ready: its normals, its pictures, and what of it is to be seen at all.

#include "bench/truth_parts.h"

#include "bench/relief.h"
#include "io/file.h"
#include "packer/bake_material.h"

#include <math.h>
#include <string.h>

enum { MAX_MIPPED_SIDE = 16384 }; // larger pictures are looked at from nearby only

// ---- the scan made ready

// Of whatever the scan says nothing: the triangles around a point, by their angles, as the
// packer does it.
static void add_corner_normals(const Scan *scan, const uint32_t *names, float (*sums)[3])
{
    for (uint32_t t = 0; t < scan->triangle_count; t++) {
        const uint32_t *v = scan->triangles[t];
        double edges[3][3], sizes[3], normal[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++)
                edges[i][k] = (double)scan->positions[v[(i + 1) % 3]][k] -
                              (double)scan->positions[v[i]][k];
            sizes[i] = dot3(edges[i], edges[i]);
        }
        cross3(edges[0], edges[1], normal);
        for (int i = 0; i < 3; i++) {
            double weight = sizes[i] * sizes[(i + 2) % 3];
            for (int k = 0; k < 3 && weight > 0; k++)
                sums[names[v[i]]][k] += (float)(normal[k] / weight);
        }
    }
}

static void make_normals(Truth *truth, Arena *arena)
{
    const Scan *scan = truth->scan;
    size_t count = scan->vertex_count;
    truth->normals = arena_alloc_raw(arena, arena_size_of(12, count), 16);
    Arena temporary = {0};
    float(*places)[3] = arena_alloc_raw(&temporary, arena_size_of(12, count), 16);
    float(*sums)[3] = arena_alloc(&temporary, arena_size_of(12, count), 16);
    uint32_t *names = ARENA_ARRAY_RAW(&temporary, uint32_t, count);
    relief_weld(scan, places, names);
    add_corner_normals(scan, names, sums);
    for (uint32_t v = 0; v < count; v++) {
        const float *own = scan->normals ? scan->normals[v] : NULL;
        bool has_own = own && own[0] * own[0] + own[1] * own[1] + own[2] * own[2] > 0.25f;
        memcpy(truth->normals[v], has_own ? own : sums[names[v]], 12);
    }
    arena_drop(&temporary);
}

// As shaders/lib/tone.glsl shows light.
static float display(float light)
{
    return light < 0.0031308f ? light * 12.92f : 1.055f * powf(light, 1 / 2.4f) - 0.055f;
}

NODISCARD static Status decode(const Scan *scan, const ScanTexture *map, ImageContent content,
                               Arena *arena, ImageMips *all)
{
    if (!map || all[map->image].level_count)
        return OK;
    const ScanImage *image = &scan->images[map->image];
    ImageLimits limits = {.side = SCAN_MAX_IMAGE_SIDE, .pixels = UINT64_MAX};
    ImageMips *mips = &all[map->image];
    Image *decoded = ARENA_NEW(arena, Image);
    FileMap map_of_file = {0};
    Bytes encoded = image->encoded;
    if (image->path) {
        TRY(file_map(image->path, &map_of_file));
        encoded =
            bytes_first(bytes_skip(map_of_file.bytes, image->offset_bytes), image->size_bytes);
    }
    Status status = image_decode(encoded, &limits, arena, decoded);
    file_unmap(&map_of_file);
    if (status)
        return fault_prefix(status, "%s", image->name);
    if (decoded->width <= MAX_MIPPED_SIDE && decoded->height <= MAX_MIPPED_SIDE) {
        image_make_mips(decoded, content, arena, mips);
    } else {
        mips->levels[0] = *decoded;
        mips->level_count = 1;
    }
    return OK;
}

NODISCARD Status truth_make(const Scan *scan, Arena *arena, Truth **out)
{
    Truth *truth = ARENA_NEW(arena, Truth);
    truth->scan = scan;
    truth->colors = ARENA_ARRAY(arena, ImageMips, (size_t)scan->image_count + 1);
    truth->bumps = ARENA_ARRAY(arena, ImageMips, (size_t)scan->image_count + 1);
    for (int i = 0; i < 256; i++) {
        truth->linear_of[i] = image_linear_of_srgb((uint8_t)i);
        truth->share_of[i] = (float)i / 255.0f;
    }
    for (int i = 0; i <= TRUTH_DISPLAY_STEPS; i++)
        truth->display_of[i] = display((float)i / TRUTH_DISPLAY_STEPS);
    bool *is_used = bake_used_materials(scan, arena);
    truth->has_color = bake_has_surface(scan, is_used);
    for (uint32_t m = 0; m < scan->material_count; m++) {
        if (!is_used[m])
            continue;
        const ScanMaterial *material = &scan->materials[m];
        TRY(decode(scan, bake_material_map(scan, material, BAKE_COLOR), IMAGE_COLOUR, arena,
                   truth->colors));
        TRY(decode(scan, bake_material_map(scan, material, BAKE_NORMAL), IMAGE_NORMAL, arena,
                   truth->bumps));
    }
    make_normals(truth, arena);
    *out = truth;
    return OK;
}

bool truth_has_color(const Truth *truth)
{
    return truth->has_color;
}
