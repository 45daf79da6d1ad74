// truth.c: pictures of a scan drawn from its full mesh and its own pictures, on the CPU.
//
// First which triangle every sample sees, then what colour it has there.

#include "bench/truth.h"

#include "bench/relief.h"
#include "data/image.h"
#include "io/file.h"
#include "io/thread.h"
#include "packer/bake_material.h"
#include "packer/bake_picture.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    BAND_ROWS = 24,
    MAX_SAMPLES = 64,
    MAX_MIPPED_SIDE = 16384, // larger pictures are looked at from nearby only
    DISPLAY_STEPS = 1 << 16,
};

struct Truth {
    const Scan *scan;
    float (*normals)[3]; // a vertex each
    ImageMips *colors;   // a picture each, where it is one of colours
    ImageMips *bumps;    // where it is one of normals
    bool has_color;
    float linear_of[256], share_of[256];
    float display_of[DISPLAY_STEPS + 1]; // of light from 0 to 1
};

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
    for (int i = 0; i <= DISPLAY_STEPS; i++)
        truth->display_of[i] = display((float)i / DISPLAY_STEPS);
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

// ---- where samples lie in a pixel

static void sample_place(const TruthView *view, uint32_t sample, double out[2])
{
    static const double card[4][2] = {
        {0.375, 0.125}, {0.875, 0.375}, {0.125, 0.625}, {0.625, 0.875}};
    uint32_t side = (uint32_t)view->samples_a_side;
    out[0] = side ? (sample % side + 0.5) / side : card[sample][0];
    out[1] = side ? (sample / side + 0.5) / side : card[sample][1];
}

static uint32_t sample_count(const TruthView *view)
{
    return view->samples_a_side ? (uint32_t)(view->samples_a_side * view->samples_a_side) : 4;
}

// ---- which triangle is seen

// A corner in the picture: pixels, and one over its depth.
typedef struct Corner {
    double x, y, near;
} Corner;

static Corner project(const View *view, const float position[3])
{
    double at[3], from[3] = {position[0], position[1], position[2]};
    sub3(from, view->eye, at);
    double depth = dot3(at, view->forward), scale = (double)view->focal_px / depth;
    return (Corner){.x = view->viewport.width / 2.0 + dot3(at, view->right) * scale,
                    .y = view->viewport.height / 2.0 - dot3(at, view->up) * scale,
                    .near = depth > (double)view->near_m ? 1 / depth : 0};
}

// Positive where the triangle faces us.
static double area_of(const Corner corners[3])
{
    return (corners[2].x - corners[0].x) * (corners[1].y - corners[0].y) -
           (corners[1].x - corners[0].x) * (corners[2].y - corners[0].y);
}

static void find_weights(const Corner corners[3], double area, double x, double y,
                         double weights[3])
{
    for (int i = 0; i < 3; i++) {
        const Corner *a = &corners[(i + 1) % 3], *b = &corners[(i + 2) % 3];
        weights[i] = ((b->x - x) * (a->y - y) - (a->x - x) * (b->y - y)) / area;
    }
}

typedef struct Looking {
    const Truth *truth;
    const TruthView *view;
    const Corner *corners; // a vertex each
    double places[MAX_SAMPLES][2];
    TruthSight *sight;
} Looking;

typedef struct Band {
    uint32_t first_row, end_row;
    float *nears; // of the band's samples
} Band;

static void cover_pixel(const Looking *looking, const Band *band, uint32_t t,
                        const Corner corners[3], double area, uint32_t x, uint32_t y)
{
    const TruthSight *sight = looking->sight;
    size_t pixel = (size_t)y * sight->width + x;
    size_t own = (size_t)(y - band->first_row) * sight->width + x;
    for (uint32_t s = 0; s < sight->samples; s++) {
        double weights[3];
        find_weights(corners, area, x + looking->places[s][0], y + looking->places[s][1],
                     weights);
        if (weights[0] < 0 || weights[1] < 0 || weights[2] < 0)
            continue;
        float near = (float)(weights[0] * corners[0].near + weights[1] * corners[1].near +
                             weights[2] * corners[2].near);
        if (near <= band->nears[own * sight->samples + s])
            continue;
        band->nears[own * sight->samples + s] = near;
        sight->triangles[pixel * sight->samples + s] = t;
    }
}

static void cover(const Looking *looking, const Band *band, uint32_t t)
{
    const uint32_t *v = looking->truth->scan->triangles[t];
    Corner corners[3];
    double low[2] = {DBL_MAX, DBL_MAX}, high[2] = {-DBL_MAX, -DBL_MAX};
    for (int i = 0; i < 3; i++) {
        corners[i] = looking->corners[v[i]];
        low[0] = fmin(low[0], corners[i].x);
        low[1] = fmin(low[1], corners[i].y);
        high[0] = fmax(high[0], corners[i].x);
        high[1] = fmax(high[1], corners[i].y);
        if (corners[i].near <= 0)
            return;
    }
    double area = area_of(corners);
    if (high[1] < band->first_row || low[1] >= band->end_row || high[0] < 0 ||
        low[0] >= looking->sight->width || area <= 0)
        return;
    uint32_t from_x = (uint32_t)fmax(low[0], 0),
             from_y = (uint32_t)fmax(low[1], band->first_row);
    uint32_t to_x = (uint32_t)fmin(high[0] + 1, looking->sight->width);
    uint32_t to_y = (uint32_t)fmin(high[1] + 1, band->end_row);
    for (uint32_t y = from_y; y < to_y; y++) {
        for (uint32_t x = from_x; x < to_x; x++)
            cover_pixel(looking, band, t, corners, area, x, y);
    }
}

static Status look_bands(void *context, size_t first, size_t count, int worker)
{
    Looking *looking = context;
    TruthSight *sight = looking->sight;
    (void)worker;
    for (size_t i = first; i < first + count; i++) {
        Scratch scratch = scratch_begin(NULL);
        Band band = {.first_row = (uint32_t)i * BAND_ROWS};
        band.end_row = MIN(band.first_row + BAND_ROWS, sight->height);
        size_t samples = (size_t)BAND_ROWS * sight->width * sight->samples;
        band.nears = ARENA_ARRAY(scratch.arena, float, samples);
        for (uint32_t t = 0; t < looking->truth->scan->triangle_count; t++)
            cover(looking, &band, t);
        scratch_end(scratch);
    }
    return OK;
}

static void run_parallel(size_t count, ParallelFn *run, void *context)
{
    Status status =
        parallel_for(&(ParallelDesc){.count = count, .run = run, .context = context});
    ASSERT(status == OK); // neither work fails
    (void)status;
}

void truth_look(const Truth *truth, const TruthView *view, Arena *arena, TruthSight *out)
{
    const Scan *scan = truth->scan;
    *out = (TruthSight){.width = (uint32_t)view->view->viewport.width,
                        .height = (uint32_t)view->view->viewport.height,
                        .samples = sample_count(view)};
    size_t samples = (size_t)out->width * out->height * out->samples;
    out->triangles = ARENA_ARRAY_RAW(arena, uint32_t, samples);
    memset(out->triangles, 0xff, samples * sizeof *out->triangles);
    Arena temporary = {0};
    Corner *corners = ARENA_ARRAY_RAW(&temporary, Corner, scan->vertex_count);
    for (uint32_t v = 0; v < scan->vertex_count; v++)
        corners[v] = project(view->view, scan->positions[v]);
    Looking looking = {.truth = truth, .view = view, .corners = corners, .sight = out};
    for (uint32_t s = 0; s < out->samples; s++)
        sample_place(view, s, looking.places[s]);
    run_parallel((out->height + BAND_ROWS - 1) / BAND_ROWS, look_bands, &looking);
    arena_drop(&temporary);
}

// ---- a place on a triangle

typedef struct Place {
    uint32_t triangle;
    float shares[3]; // of its corners
    double pixels;   // twice the triangle's area in the picture
} Place;

// `x`, `y` of the picture. False where the point is outside the triangle.
static bool find_place(const Truth *truth, const View *view, uint32_t triangle, double x,
                       double y, Place *out)
{
    const uint32_t *v = truth->scan->triangles[triangle];
    Corner corners[3];
    double weights[3], sum = 0;
    for (int i = 0; i < 3; i++)
        corners[i] = project(view, truth->scan->positions[v[i]]);
    out->triangle = triangle;
    out->pixels = area_of(corners);
    find_weights(corners, out->pixels, x, y, weights);
    for (int i = 0; i < 3; i++)
        sum += weights[i] * corners[i].near;
    for (int i = 0; i < 3; i++)
        out->shares[i] = (float)(weights[i] * corners[i].near / sum);
    return weights[0] >= 0 && weights[1] >= 0 && weights[2] >= 0;
}

static double texel_area(const float uvs[3][2], const Image *image)
{
    double a[2], b[2];
    for (int k = 0; k < 2; k++) {
        double size = k ? image->height : image->width;
        a[k] = (double)(uvs[1][k] - uvs[0][k]) * size;
        b[k] = (double)(uvs[2][k] - uvs[0][k]) * size;
    }
    return fabs(a[0] * b[1] - a[1] * b[0]);
}

// Between the two levels whose texels are as wide as `pixels` a texel.
static void read_picture(const ImageMips *mips, const ScanTexture *map, const float uvs[3][2],
                         const Place *place, double finer, const float of_byte[256],
                         float out[3])
{
    float uv[2] = {0}, next[3];
    for (int i = 0; i < 3; i++) {
        uv[0] += place->shares[i] * uvs[i][0];
        uv[1] += place->shares[i] * uvs[i][1];
    }
    double texels = texel_area(uvs, &mips->levels[0]) / fmax(place->pixels, 1e-12);
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

static void own_color(const Truth *truth, const Place *place, float color[3])
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

static void albedo(const Truth *truth, const Place *place, double finer, float out[3])
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

static void surface_normal(const Truth *truth, const Place *place, double finer, float out[3])
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

static void shade_place(const Truth *truth, const View *view, const Place *place, double finer,
                        TruthMode mode, float out[3])
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
        out[k] = truth->display_of[(int)(CLAMP(out[k], 0.0f, 1.0f) * DISPLAY_STEPS + 0.5f)];
}

// ---- pixels

typedef struct Shading {
    const Truth *truth;
    const TruthView *view;
    const TruthSight *sight;
    TruthMode mode;
    double places[MAX_SAMPLES][2];
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
    Place place;
    // A card shades in the pixel's middle where the triangle is there.
    if (side || !find_place(shading->truth, view, triangle, x + 0.5, y + 0.5, &place)) {
        const double *at = shading->places[sample];
        find_place(shading->truth, view, triangle, x + at[0], y + at[1], &place);
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
        sample_place(view, s, shading.places[s]);
    run_parallel(sight->height, shade_rows, &shading);
    return picture;
}

// ---- places

bool truth_place(const Truth *truth, const TruthView *view, const TruthSight *sight, uint32_t x,
                 uint32_t y, double out[3], double *texel_m)
{
    const Scan *scan = truth->scan;
    Place place;
    size_t pixel = (size_t)y * sight->width + x;
    uint32_t triangle = sight->triangles[pixel * sight->samples + sight->samples / 2];
    if (triangle == TRUTH_NOTHING)
        return false;
    find_place(truth, view->view, triangle, x + 0.5, y + 0.5, &place);
    double corners[3][3], edges[2][3], normal[3];
    memset(out, 0, 3 * sizeof *out);
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++) {
            corners[i][k] = (double)scan->positions[scan->triangles[triangle][i]][k];
            out[k] += (double)place.shares[i] * corners[i][k];
        }
    }
    sub3(corners[1], corners[0], edges[0]);
    sub3(corners[2], corners[0], edges[1]);
    cross3(edges[0], edges[1], normal);
    *texel_m = 0;
    const ScanMaterial *material = &scan->materials[bake_material_of(scan, triangle)];
    const ScanTexture *map = bake_material_map(scan, material, BAKE_COLOR);
    if (map) {
        float uvs[3][2];
        bake_material_uvs(scan, map, triangle, uvs);
        double texels =
            texel_area((const float(*)[2])uvs, &truth->colors[map->image].levels[0]);
        *texel_m = texels > 0 ? sqrt(length3(normal) / texels) : 0;
    }
    return true;
}
