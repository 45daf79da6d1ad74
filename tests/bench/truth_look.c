// truth_look.c: which triangle every sample sees, and where on it.

#include "bench/truth_parts.h"

#include "packer/bake_material.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { BAND_ROWS = 24 };

// ---- where samples lie in a pixel

void truth_sample_place(const TruthView *view, uint32_t sample, double out[2])
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

void truth_run_parallel(size_t count, ParallelFn *run, void *context)
{
    Status status =
        parallel_for(&(ParallelDesc){.count = count, .run = run, .context = context});
    ASSERT(status == OK); // neither work fails
    (void)status;
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
    double places[TRUTH_MAX_SAMPLES][2];
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
        truth_sample_place(view, s, looking.places[s]);
    truth_run_parallel((out->height + BAND_ROWS - 1) / BAND_ROWS, look_bands, &looking);
    arena_drop(&temporary);
}

// ---- a place on a triangle

bool truth_find_place(const Truth *truth, const View *view, uint32_t triangle, double x,
                      double y, TruthPlace *out)
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

double truth_texel_area(const float uvs[3][2], const Image *image)
{
    double a[2], b[2];
    for (int k = 0; k < 2; k++) {
        double size = k ? image->height : image->width;
        a[k] = (double)(uvs[1][k] - uvs[0][k]) * size;
        b[k] = (double)(uvs[2][k] - uvs[0][k]) * size;
    }
    return fabs(a[0] * b[1] - a[1] * b[0]);
}

// ---- places

bool truth_place(const Truth *truth, const TruthView *view, const TruthSight *sight, uint32_t x,
                 uint32_t y, double out[3], double *texel_m)
{
    const Scan *scan = truth->scan;
    TruthPlace place;
    size_t pixel = (size_t)y * sight->width + x;
    uint32_t triangle = sight->triangles[pixel * sight->samples + sight->samples / 2];
    if (triangle == TRUTH_NOTHING)
        return false;
    truth_find_place(truth, view->view, triangle, x + 0.5, y + 0.5, &place);
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
            truth_texel_area((const float(*)[2])uvs, &truth->colors[map->image].levels[0]);
        *texel_m = texels > 0 ? sqrt(length3(normal) / texels) : 0;
    }
    return true;
}
