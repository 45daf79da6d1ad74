// truth_shade.c: what a scan shows at a place: its colour or its normal, as display values.

#include "bench/truth_parts.h"

#include "packer/bake_material.h"
#include "packer/bake_picture.h"

#include <math.h>
#include <string.h>

// ---- pictures

// Between the two levels whose texels are as wide as `pixels` a texel.
static void read_picture(const ImageMips *mips, const ScanTexture *map, const float uvs[3][2],
                         const TruthPlace *place, double finer, const float of_byte[256],
                         float out[3])
{
    float uv[2] = {0}, next[3];
    for (int i = 0; i < 3; i++) {
        uv[0] += place->shares[i] * uvs[i][0];
        uv[1] += place->shares[i] * uvs[i][1];
    }
    double texels = truth_texel_area(uvs, &mips->levels[0]) / fmax(place->pixels, 1e-12);
    double level = fmax(0.5 * log2(fmax(texels, 1e-12)) - finer, 0);
    level = fmin(level, mips->level_count - 1);
    int below = (int)level, above = MIN(below + 1, mips->level_count - 1);
    bake_picture_sample(&mips->levels[below], map, of_byte, uv, out);
    float share = (float)(level - below);
    if (share <= 0)
        return;
    bake_picture_sample(&mips->levels[above], map, of_byte, uv, next);
    for (int k = 0; k < 3; k++)
        out[k] += (next[k] - out[k]) * share;
}

// ---- colours without light

static void own_color(const Truth *truth, const TruthPlace *place, float color[3])
{
    const Scan *scan = truth->scan;
    if (!scan->colors)
        return;
    const uint32_t *v = scan->triangles[place->triangle];
    for (int k = 0; k < 3; k++) {
        float sum = 0;
        for (int i = 0; i < 3; i++)
            sum += place->shares[i] * truth->linear_of[scan->colors[v[i]][k]];
        color[k] *= MAX(sum, 0.0f);
    }
}

static void albedo(const Truth *truth, const TruthPlace *place, double finer, float out[3])
{
    const Scan *scan = truth->scan;
    const ScanMaterial *material = &scan->materials[bake_material_of(scan, place->triangle)];
    const ScanTexture *map = bake_material_map(scan, material, BAKE_COLOR);
    memcpy(out, material->base_color, 3 * sizeof *out);
    if (map) {
        float uvs[3][2], texel[3];
        bake_material_uvs(scan, map, place->triangle, uvs);
        read_picture(&truth->colors[map->image], map, (const float(*)[2])uvs, place, finer,
                     truth->linear_of, texel);
        for (int k = 0; k < 3; k++)
            out[k] *= texel[k];
    }
    own_color(truth, place, out);
}

// ---- normals

static void normalize(float v[3])
{
    float size = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int k = 0; k < 3 && size > 0; k++)
        v[k] /= size;
}

// The directions in which a picture's u grows and its v shrinks, along the surface.
static bool find_ways(const Scan *scan, uint32_t triangle, const float uvs[3][2],
                      const float normal[3], float along[3], float across[3])
{
    const uint32_t *v = scan->triangles[triangle];
    float u1 = uvs[1][0] - uvs[0][0], v1 = uvs[1][1] - uvs[0][1];
    float u2 = uvs[2][0] - uvs[0][0], v2 = uvs[2][1] - uvs[0][1];
    float sign = u1 * v2 - u2 * v1 < 0 ? -1.0f : 1.0f, dot = 0, size = 0, side = 0, upward[3];
    for (int k = 0; k < 3; k++) {
        float edge1 = scan->positions[v[1]][k] - scan->positions[v[0]][k];
        float edge2 = scan->positions[v[2]][k] - scan->positions[v[0]][k];
        along[k] = (edge1 * v2 - edge2 * v1) * sign;
        upward[k] = (edge1 * u2 - edge2 * u1) * sign;
        dot += along[k] * normal[k];
    }
    for (int k = 0; k < 3; k++) {
        along[k] -= dot * normal[k];
        size += along[k] * along[k];
    }
    normalize(along);
    for (int k = 0; k < 3; k++) {
        int next = (k + 1) % 3, last = (k + 2) % 3;
        across[k] = normal[next] * along[last] - normal[last] * along[next];
        side += across[k] * upward[k];
    }
    for (int k = 0; k < 3 && side < 0; k++)
        across[k] = -across[k];
    return size > 0;
}

static void surface_normal(const Truth *truth, const TruthPlace *place, double finer,
                           float out[3])
{
    const Scan *scan = truth->scan;
    const uint32_t *v = scan->triangles[place->triangle];
    memset(out, 0, 3 * sizeof *out);
    for (int i = 0; i < 3; i++) {
        float own[3];
        memcpy(own, truth->normals[v[i]], sizeof own);
        normalize(own);
        for (int k = 0; k < 3; k++)
            out[k] += place->shares[i] * own[k];
    }
    normalize(out);
    const ScanMaterial *material = &scan->materials[bake_material_of(scan, place->triangle)];
    const ScanTexture *map = bake_material_map(scan, material, BAKE_NORMAL);
    float uvs[3][2], texel[3], along[3], across[3];
    if (!map)
        return;
    bake_material_uvs(scan, map, place->triangle, uvs);
    if (!find_ways(scan, place->triangle, (const float(*)[2])uvs, out, along, across))
        return;
    read_picture(&truth->bumps[map->image], map, (const float(*)[2])uvs, place, finer,
                 truth->share_of, texel);
    float right = (texel[0] * 2 - 1) * material->normal_scale;
    float up = (texel[1] * 2 - 1) * material->normal_scale;
    for (int k = 0; k < 3; k++)
        out[k] = right * along[k] + up * across[k] + (texel[2] * 2 - 1) * out[k];
    normalize(out);
}

// ---- display values

static void tone(float color[3])
{
    const float start = 0.8f, desaturation = 0.15f, d = 1 - start;
    float peak = MAX(color[0], MAX(color[1], color[2]));
    if (peak < start)
        return;
    float pressed = 1 - d * d / (peak + d - start);
    float grey = 1 - 1 / (desaturation * (peak - pressed) + 1);
    for (int k = 0; k < 3; k++)
        color[k] = color[k] * pressed / peak * (1 - grey) + pressed * grey;
}

static void shade_place(const Truth *truth, const View *view, const TruthPlace *place,
                        double finer, TruthMode mode, float out[3])
{
    if (mode == TRUTH_ALBEDO) {
        albedo(truth, place, finer, out);
    } else {
        float normal[3];
        surface_normal(truth, place, finer, normal);
        double own[3] = {normal[0], normal[1], normal[2]};
        float seen[3] = {(float)dot3(own, view->right), (float)dot3(own, view->up),
                         -(float)dot3(own, view->forward)};
        for (int k = 0; k < 3; k++)
            out[k] = powf(MAX(seen[k] * 0.5f + 0.5f, 0.0f), 2.2f);
    }
    tone(out);
    for (int k = 0; k < 3; k++)
        out[k] =
            truth->display_of[(int)(CLAMP(out[k], 0.0f, 1.0f) * TRUTH_DISPLAY_STEPS + 0.5f)];
}

// ---- pixels

typedef struct Shading {
    const Truth *truth;
    const TruthView *view;
    const TruthSight *sight;
    TruthMode mode;
    double places[TRUTH_MAX_SAMPLES][2];
    Picture *picture;
} Shading;

static void shade_sample(const Shading *shading, uint32_t x, uint32_t y, uint32_t sample,
                         float out[3])
{
    const TruthSight *sight = shading->sight;
    const View *view = shading->view->view;
    size_t pixel = (size_t)y * sight->width + x;
    uint32_t triangle = sight->triangles[pixel * sight->samples + sample];
    int side = shading->view->samples_a_side;
    TruthPlace place;
    // A card shades in the pixel's middle where the triangle is there.
    if (side || !truth_find_place(shading->truth, view, triangle, x + 0.5, y + 0.5, &place)) {
        const double *at = shading->places[sample];
        truth_find_place(shading->truth, view, triangle, x + at[0], y + at[1], &place);
    }
    shade_place(shading->truth, view, &place, side ? log2(side) : 0, shading->mode, out);
}

static void shade_pixel(const Shading *shading, uint32_t x, uint32_t y)
{
    const TruthSight *sight = shading->sight;
    size_t pixel = (size_t)y * sight->width + x;
    const uint32_t *seen = &sight->triangles[pixel * sight->samples];
    float sum[3] = {0}, color[3] = {0};
    uint32_t covered = 0, last = TRUTH_NOTHING;
    for (uint32_t s = 0; s < sight->samples; s++) {
        if (seen[s] == TRUTH_NOTHING)
            continue;
        if (shading->view->samples_a_side || seen[s] != last)
            shade_sample(shading, x, y, s, color);
        last = seen[s];
        covered++;
        for (int k = 0; k < 3; k++)
            sum[k] += color[k];
    }
    Picture *picture = shading->picture;
    picture->covered[pixel] = (uint8_t)(covered * 255 / sight->samples);
    for (int k = 0; k < 3; k++)
        picture->rgb[pixel][k] = (uint8_t)(sum[k] * 255 / (float)sight->samples + 0.5f);
}

static Status shade_rows(void *context, size_t first, size_t count, int worker)
{
    const Shading *shading = context;
    (void)worker;
    for (size_t y = first; y < first + count; y++) {
        for (uint32_t x = 0; x < shading->sight->width; x++)
            shade_pixel(shading, x, (uint32_t)y);
    }
    return OK;
}

Picture truth_shade(const Truth *truth, const TruthView *view, const TruthSight *sight,
                    TruthMode mode, Arena *arena)
{
    Picture picture = {.width = sight->width, .height = sight->height};
    size_t pixels = (size_t)sight->width * sight->height;
    picture.rgb = arena_alloc_raw(arena, arena_size_of(3, pixels), 16);
    picture.covered = ARENA_ARRAY_RAW(arena, uint8_t, pixels);
    Shading shading = {
        .truth = truth, .view = view, .sight = sight, .mode = mode, .picture = &picture};
    for (uint32_t s = 0; s < sight->samples; s++)
        truth_sample_place(view, s, shading.places[s]);
    truth_run_parallel(sight->height, shade_rows, &shading);
    return picture;
}
