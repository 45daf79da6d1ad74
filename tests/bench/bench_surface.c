// bench_surface.c: what the codec of surface tiles costs and keeps. Prints JSON; measures only.
//
//     bench_surface color|normal|grey PICTURE [all]
//
// The picture is cut into tiles of 512 x 512. Black texels of colours count as unused, unless
// `all` is said. SSIM is that of used texels, 11 x 11 with a Gaussian of 1.5, as the picture is
// and at 4x zoom, bilinear; of brightness, and of the worst channel. Normals are taken as being
// around a chart's axis.

#include "data/image.h"
#include "data/surface.h"
#include "io/file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SIDE = SURFACE_TILE_WIDTH,
    TEXELS = SIDE * SIDE,
    ROUNDS = 5,
    ZOOM = 4,
    CROP = 128, // of a tile, that is zoomed
    MAX_DEGREES = 180,
    BINS = 100, // a degree
    WINDOW = 11,
};

typedef enum Kind { KIND_COLOR, KIND_NORMAL, KIND_GREY } Kind;

typedef struct Sums {
    double texels, used, bytes, write_s, read_s;
    double ssim[2], worst[2], windows[2]; // as it is, zoomed
    double degrees, normals;
    double bins[MAX_DEGREES * BINS + 1];
    uint32_t tiles;
} Sums;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// ---- SSIM

typedef struct Plane {
    uint32_t side;
    float *values;
} Plane;

static void make_kernel(float kernel[WINDOW])
{
    float sum = 0;
    for (int i = 0; i < WINDOW; i++)
        sum += kernel[i] = expf(-(float)((i - 5) * (i - 5)) / 4.5f);
    for (int i = 0; i < WINDOW; i++)
        kernel[i] /= sum;
}

// Means of a, b, aa, bb, ab around every place; the second pass of two.
static double ssim_at(float (*rows)[5], uint32_t side, const float kernel[WINDOW])
{
    double m[5] = {0};
    for (int i = 0; i < WINDOW; i++)
        for (int c = 0; c < 5; c++)
            m[c] += (double)(kernel[i] * rows[(size_t)i * side][c]);
    double aa = m[2] - m[0] * m[0], bb = m[3] - m[1] * m[1], ab = m[4] - m[0] * m[1];
    return (2 * m[0] * m[1] + 6.5025) * (2 * ab + 58.5225) /
           ((m[0] * m[0] + m[1] * m[1] + 6.5025) * (aa + bb + 58.5225));
}

// Adds windows all of whose texels are used.
static void add_ssim(Plane a, Plane b, Plane used, double *sum, double *count)
{
    Scratch scratch = scratch_begin(NULL);
    float kernel[WINDOW];
    make_kernel(kernel);
    uint32_t side = a.side;
    float(*rows)[5] = arena_alloc(scratch.arena, (size_t)side * side * sizeof *rows, 16);
    for (size_t at = 5; at + 5 < (size_t)side * side; at++) {
        for (int i = 0; i < WINDOW; i++) {
            float p = a.values[at + (size_t)i - 5], q = b.values[at + (size_t)i - 5];
            const float terms[5] = {p, q, p * p, q * q, p * q};
            for (int c = 0; c < 5; c++)
                rows[at][c] += kernel[i] * terms[c];
        }
    }
    for (uint32_t y = 5; y + 5 < side; y++) {
        for (uint32_t x = 5; x + 5 < side; x++) {
            bool is_used = true;
            for (uint32_t i = 0; i < WINDOW * WINDOW && is_used; i++)
                is_used =
                    used.values[(size_t)(y + i / WINDOW - 5) * side + x + i % WINDOW - 5] >
                    0.999f;
            if (!is_used)
                continue;
            *sum += ssim_at(rows + (size_t)(y - 5) * side + x, side, kernel);
            ++*count;
        }
    }
    scratch_end(scratch);
}

static Plane zoom(Plane from, Arena *arena)
{
    Plane to = {CROP * ZOOM, arena_alloc(arena, CROP * CROP * ZOOM * ZOOM * sizeof(float), 16)};
    uint32_t first = (from.side - CROP) / 2;
    for (uint32_t i = 0; i < to.side * to.side; i++) {
        float x = ((float)(i % to.side) + 0.5f) / ZOOM - 0.5f + (float)first;
        float y = ((float)(i / to.side) + 0.5f) / ZOOM - 0.5f + (float)first;
        const float *at = from.values + (size_t)y * from.side + (size_t)x;
        float u = x - floorf(x), v = y - floorf(y);
        to.values[i] = (at[0] * (1 - u) + at[1] * u) * (1 - v) +
                       (at[from.side] * (1 - u) + at[from.side + 1] * u) * v;
    }
    return to;
}

// Channel 0 to 2, or 3 for brightness.
static Plane plane_of(const uint8_t (*texels)[4], int channel, Arena *arena)
{
    Plane plane = {SIDE, arena_alloc(arena, TEXELS * sizeof(float), 16)};
    for (uint32_t i = 0; i < TEXELS; i++) {
        const uint8_t *t = texels[i];
        plane.values[i] =
            channel < 3 ? (float)t[channel]
                        : 0.299f * (float)t[0] + 0.587f * (float)t[1] + 0.114f * (float)t[2];
    }
    return plane;
}

static void compare(const uint8_t (*a)[4], const uint8_t (*b)[4], const uint8_t *is_used,
                    int channel, double sums[2], double counts[2])
{
    Scratch scratch = scratch_begin(NULL);
    Plane planes[3] = {plane_of(a, channel, scratch.arena),
                       plane_of(b, channel, scratch.arena),
                       {SIDE, arena_alloc(scratch.arena, TEXELS * sizeof(float), 16)}};
    for (uint32_t i = 0; i < TEXELS; i++)
        planes[2].values[i] = is_used[i] ? 1.0f : 0.0f;
    add_ssim(planes[0], planes[1], planes[2], &sums[0], &counts[0]);
    for (int i = 0; i < 3; i++)
        planes[i] = zoom(planes[i], scratch.arena);
    add_ssim(planes[0], planes[1], planes[2], &sums[1], &counts[1]);
    scratch_end(scratch);
}

static void add_colors(Sums *sums, const SurfaceTile *tile, const SurfaceTile *read,
                       const uint8_t *is_used, Kind kind)
{
    const uint8_t(*a)[4] = (const uint8_t(*)[4])tile->color;
    const uint8_t(*b)[4] = (const uint8_t(*)[4])read->color;
    if (kind == KIND_GREY) {
        a = (const uint8_t(*)[4])tile->shape;
        b = (const uint8_t(*)[4])read->shape;
    }
    double worst[2] = {2, 2}, counts[2];
    for (int channel = kind == KIND_GREY ? 2 : 0; channel < (kind == KIND_GREY ? 3 : 4);
         channel++) {
        double ssim[2] = {0, 0};
        counts[0] = counts[1] = 0;
        compare(a, b, is_used, channel, ssim, counts);
        for (int i = 0; i < 2; i++)
            worst[i] = MIN(worst[i], counts[i] > 0 ? ssim[i] / counts[i] : 2);
        for (int i = 0; i < 2 && (channel == 3 || kind == KIND_GREY); i++)
            sums->ssim[i] += ssim[i];
    }
    for (int i = 0; i < 2; i++) {
        sums->worst[i] += counts[i] > 0 ? worst[i] * counts[i] : 0;
        sums->windows[i] += counts[i];
    }
}

// ---- normals

static void add_normals(Sums *sums, const float (*exact)[3], const SurfaceTile *read)
{
    float frame[3][3], axis[3] = {0, 0, 1};
    surface_make_frame(axis, frame);
    for (uint32_t i = 0; i < TEXELS; i++) {
        float normal[3], far = 0;
        surface_decode_normal((const float(*)[3])frame, read->shape[i], normal);
        for (int c = 0; c < 3; c++)
            far += (normal[c] - exact[i][c]) * (normal[c] - exact[i][c]);
        double degrees = 2 * asin(MIN(0.5 * sqrt((double)far), 1.0)) * 57.29577951;
        sums->degrees += degrees;
        sums->normals++;
        sums->bins[(int)(degrees * BINS)]++;
    }
}

static double percentile(const Sums *sums, double share)
{
    double before = 0;
    int bin = 0;
    while (bin < MAX_DEGREES * BINS && before < share * sums->normals)
        before += sums->bins[bin++];
    return (double)bin / BINS;
}

// ---- tiles

typedef struct Cut {
    SurfaceTile tile;
    uint8_t *is_used;
    float (*exact)[3];
    uint32_t used;
} Cut;

static Cut cut(const Image *image, uint32_t left, uint32_t top, Kind kind, bool is_all,
               Arena *arena)
{
    Cut out = {.tile = surface_tile_default()};
    float frame[3][3], axis[3] = {0, 0, 1};
    surface_make_frame(axis, frame);
    out.tile.rows = SIDE;
    out.tile.color = arena_alloc(arena, TEXELS * 4, 16);
    out.tile.shape = arena_alloc(arena, TEXELS * 4, 16);
    out.is_used = arena_alloc(arena, TEXELS, 16);
    out.exact = arena_alloc(arena, TEXELS * sizeof *out.exact, 16);
    for (uint32_t i = 0; i < TEXELS; i++) {
        const uint8_t *from =
            image->rgba + 4 * ((size_t)(top + i / SIDE) * image->width + left + i % SIDE);
        memcpy(out.tile.color[i], from, 4);
        out.tile.shape[i][2] = from[1];
        out.is_used[i] = is_all || kind != KIND_COLOR || from[0] + from[1] + from[2] > 20;
        out.used += out.is_used[i];
        float length2 = 0, *n = out.exact[i];
        for (int c = 0; c < 3; c++) {
            n[c] = (float)from[c] / 127.5f - 1;
            length2 += n[c] * n[c];
        }
        for (int c = 0; c < 3; c++)
            n[c] = length2 > 0.01f ? n[c] / sqrtf(length2) : axis[c];
        surface_encode_normal((const float(*)[3])frame, n, out.tile.shape[i]);
    }
    static const SurfaceMap maps[] = {SURFACE_COLOR, SURFACE_NORMAL, SURFACE_ROUGHNESS};
    out.tile.maps = 1u << maps[kind];
    return out;
}

static Status add_tile(Sums *sums, const Cut *cut, Kind kind, Arena *arena)
{
    double start_s = now_s(), best_s = 1e9;
    Bytes bytes;
    SurfaceTile read;
    TRY(surface_write(&cut->tile, cut->is_used, arena, &bytes));
    sums->write_s += now_s() - start_s;
    for (int i = 0; i < ROUNDS; i++) {
        ArenaMark mark = arena_mark(arena);
        start_s = now_s();
        TRY(surface_parse(bytes, arena, &read));
        best_s = MIN(best_s, now_s() - start_s);
        if (i + 1 < ROUNDS)
            arena_rewind(arena, mark);
    }
    sums->read_s += best_s;
    sums->tiles++;
    sums->texels += TEXELS;
    sums->used += cut->used;
    sums->bytes += (double)bytes.len;
    if (!read.maps)
        return OK; // a tile of one value
    if (kind == KIND_NORMAL)
        add_normals(sums, (const float(*)[3])cut->exact, &read);
    else
        add_colors(sums, &cut->tile, &read, cut->is_used, kind);
    return OK;
}

static Status run(const char *path, Kind kind, bool is_all, Sums *sums)
{
    Arena arena = {0}, tiles = {0};
    Bytes file;
    Image image;
    Status status = file_read(path, 1u << 30, &arena, &file);
    if (!status)
        status = image_decode(file, NULL, &arena, &image);
    for (uint32_t i = 0; !status && i < (image.width / SIDE) * (image.height / SIDE); i++) {
        Cut tile = cut(&image, i % (image.width / SIDE) * SIDE, i / (image.width / SIDE) * SIDE,
                       kind, is_all, &tiles);
        if (tile.used > TEXELS / 10)
            status = add_tile(sums, &tile, kind, &tiles);
        arena_reset(&tiles);
    }
    arena_drop(&tiles);
    arena_drop(&arena);
    return status;
}

static void print(const Sums *sums, Kind kind)
{
    printf("{\"tiles\": %u, \"used\": %.2f, \"bytes_per_used_texel\": %.3f, "
           "\"write_mtexel_s\": %.0f, \"read_mtexel_s\": %.0f",
           sums->tiles, sums->used / sums->texels, sums->bytes / sums->used,
           sums->texels / sums->write_s * 1e-6, sums->texels / sums->read_s * 1e-6);
    if (kind == KIND_NORMAL)
        printf(", \"mean_degrees\": %.3f, \"p99_degrees\": %.2f", sums->degrees / sums->normals,
               percentile(sums, 0.99));
    else
        printf(", \"ssim\": %.4f, \"ssim_4x\": %.4f, \"ssim_worst_channel\": %.4f, "
               "\"ssim_4x_worst_channel\": %.4f",
               sums->ssim[0] / sums->windows[0], sums->ssim[1] / sums->windows[1],
               sums->worst[0] / sums->windows[0], sums->worst[1] / sums->windows[1]);
    printf("}\n");
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = {"color", "normal", "grey"};
    static Sums sums;
    Kind kind = KIND_COLOR;
    while (argc >= 3 && kind < COUNT_OF(kinds) && strcmp(argv[1], kinds[kind]) != 0)
        kind++;
    if (argc < 3 || kind == COUNT_OF(kinds)) {
        fprintf(stderr, "bench_surface color|normal|grey PICTURE [all]\n");
        return 2;
    }
    if (run(argv[2], kind, argc > 3, &sums)) {
        fprintf(stderr, "%s: %s\n", argv[2], fault_last()->text);
        return 1;
    }
    print(&sums, kind);
    return 0;
}
