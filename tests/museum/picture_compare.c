// picture_compare.c: how far one picture is from another; test_views.py runs it.
//
//   vitrine-picture-compare A B      roots of mean squares, of 255: of all, and of the tile
//   that
//                                    differs most; both of means of 4 x 4 pixels, so that
//                                    neither edges that moved by a part of a pixel nor JPEG's
//                                    noise count
//   vitrine-picture-compare A --jpeg B   writes A as JPEG
//
// Pictures are PNG, JPEG or WebP. Exit status 2 where one cannot be read or sizes differ.

#include "data/image.h"
#include "io/file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

enum { CELL = 4, TILE = 12, QUALITY = 90 }; // pixels; cells; of 100

static Status read_picture(const char *path, Arena *arena, Image *out)
{
    Bytes file;
    TRY(file_read(path, 1 << 26, arena, &file));
    return image_decode(file, NULL, arena, out);
}

static Status write_jpeg(const Image *image, const char *path)
{
    unsigned char *packed = NULL;
    unsigned long size = 0;
    tjhandle encoder = tjInitCompress();
    int failed =
        tjCompress2(encoder, image->rgba, (int)image->width, 0, (int)image->height, TJPF_RGBX,
                    &packed, &size, TJSAMP_444, QUALITY, TJFLAG_ACCURATEDCT);
    Status status = failed ? FAIL(ERR_UNSUPPORTED, "%s", tjGetErrorStr2(encoder))
                           : file_write(path, (Bytes){packed, size});
    tjFree(packed);
    tjDestroy(encoder);
    return status;
}

// The sum of what two cells' means differ by, squared, in red, green and blue.
static double cell_error(const Image *a, const Image *b, uint32_t x, uint32_t y)
{
    double sum = 0;
    for (int c = 0; c < 3; c++) {
        double difference = 0;
        for (uint32_t i = 0; i < CELL * CELL; i++) {
            size_t at = ((size_t)(y + i / CELL) * a->width + x + i % CELL) * 4 + c;
            difference += a->rgba[at] - b->rgba[at];
        }
        sum += difference * difference / (CELL * CELL * CELL * CELL);
    }
    return sum / 3;
}

static double tile_error(const Image *a, const Image *b, uint32_t left, uint32_t top)
{
    double sum = 0;
    for (uint32_t i = 0; i < TILE * TILE; i++)
        sum += cell_error(a, b, left + i % TILE * CELL, top + i / TILE * CELL);
    return sum / (TILE * TILE);
}

static void compare(const Image *a, const Image *b)
{
    double sum = 0, worst = 0;
    uint32_t side = TILE * CELL, count = 0, worst_x = 0, worst_y = 0;
    for (uint32_t y = 0; y + side <= a->height; y += side) {
        for (uint32_t x = 0; x + side <= a->width; x += side, count++) {
            double error = tile_error(a, b, x, y);
            sum += error;
            if (error > worst)
                worst = error, worst_x = x, worst_y = y;
        }
    }
    printf("%.2f %.2f %u %u\n", sqrt(sum / fmax(count, 1)), sqrt(worst), worst_x, worst_y);
}

static Status run(int count, char **words, Arena *arena)
{
    bool writes = count == 4 && strcmp(words[2], "--jpeg") == 0;
    if (count != 3 && !writes)
        return FAIL(ERR_INVALID, "usage: %s A B, or A --jpeg B", words[0]);
    Image a, b;
    TRY(read_picture(words[1], arena, &a));
    if (writes)
        return write_jpeg(&a, words[3]);
    TRY(read_picture(words[2], arena, &b));
    if (a.width != b.width || a.height != b.height)
        return FAIL(ERR_INVALID, "%u x %u and %u x %u", a.width, a.height, b.width, b.height);
    compare(&a, &b);
    return OK;
}

int main(int count, char **words)
{
    Arena arena = {0};
    Status status = run(count, words, &arena);
    if (status != OK)
        fprintf(stderr, "%s\n", fault_last()->text);
    arena_drop(&arena);
    return status == OK ? 0 : 2;
}
