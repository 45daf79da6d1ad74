// picture_rows.c: writes a picture row by row, so that it need not fit into memory.
//
// A JPEG of a million rows is made of many small ones: every eight rows are compressed on their
// own, with the same tables, and put behind one another with restart markers between them.
// After a restart a decoder forgets the row of blocks before, just as a new picture would.

#include "bench/picture_rows.h"

#include "base/str.h"

#include <spng.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

enum { STRIP_ROWS = 8, JPEG_QUALITY = 95 };

struct PictureRows {
    const char *path;
    FILE *file;
    uint32_t width, height, row;
    spng_ctx *png;
    tjhandle jpeg;
    uint8_t *strip;
    unsigned long strip_capacity;
};

NODISCARD static Status open_png(PictureRows *rows)
{
    struct spng_ihdr header = {.width = rows->width,
                               .height = rows->height,
                               .bit_depth = 8,
                               .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    rows->png = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!rows->png || spng_set_png_file(rows->png, rows->file) ||
        spng_set_ihdr(rows->png, &header) ||
        spng_set_option(rows->png, SPNG_IMG_COMPRESSION_LEVEL, 1) ||
        spng_set_option(rows->png, SPNG_FILTER_CHOICE, SPNG_FILTER_CHOICE_SUB) ||
        spng_encode_image(rows->png, NULL, 0, SPNG_FMT_PNG,
                          SPNG_ENCODE_PROGRESSIVE | SPNG_ENCODE_FINALIZE))
        return FAIL(ERR_LIMIT, "%s: cannot be begun as PNG", rows->path);
    return OK;
}

NODISCARD static Status open_jpeg(PictureRows *rows)
{
    if (rows->width % STRIP_ROWS || rows->height % STRIP_ROWS || rows->width > 65528 ||
        rows->height > 65528)
        return FAIL(ERR_INVALID, "a JPEG's sides are multiples of 8 and at most 65,528");
    rows->jpeg = tjInitCompress();
    rows->strip_capacity = tjBufSize((int)rows->width, STRIP_ROWS, TJSAMP_444);
    rows->strip = tjAlloc((int)rows->strip_capacity);
    return rows->jpeg && rows->strip ? OK : FAIL(ERR_LIMIT, "%s: no memory", rows->path);
}

NODISCARD Status picture_rows_open(Arena *arena, const char *path, uint32_t width,
                                   uint32_t height, PictureRows **out)
{
    PictureRows *rows = ARENA_NEW(arena, PictureRows);
    *rows =
        (PictureRows){.path = arena_copy_text(arena, path), .width = width, .height = height};
    rows->file = fopen(path, "wb");
    if (!rows->file)
        return FAIL(ERR_IO, "%s: cannot be written", path);
    *out = rows;
    return str_ends_with_nocase(str_of(path), ".png") ? open_png(rows) : open_jpeg(rows);
}

// Where the segment of a marker starts, or NULL.
static uint8_t *find_segment(uint8_t *jpeg, size_t len, uint8_t marker)
{
    for (size_t at = 2; at + 4 <= len; at += 2 + (size_t)jpeg[at + 2] * 256 + jpeg[at + 3]) {
        if (jpeg[at] != 0xff)
            return NULL;
        if (jpeg[at + 1] == marker)
            return &jpeg[at];
    }
    return NULL;
}

// The first strip's headers, for a picture of all rows, with restarts every strip.
static void write_header(PictureRows *rows, uint8_t *frame, const uint8_t *scan)
{
    uint32_t blocks = rows->width / STRIP_ROWS;
    uint8_t restart[6] = {0xff, 0xdd, 0, 4, (uint8_t)(blocks >> 8), (uint8_t)blocks};
    frame[5] = (uint8_t)(rows->height >> 8);
    frame[6] = (uint8_t)rows->height;
    fwrite(rows->strip, (size_t)(scan - rows->strip), 1, rows->file);
    fwrite(restart, sizeof restart, 1, rows->file);
}

NODISCARD static Status add_strip(PictureRows *rows, const uint8_t *rgb)
{
    unsigned long len = rows->strip_capacity;
    if (tjCompress2(rows->jpeg, rgb, (int)rows->width, 0, STRIP_ROWS, TJPF_RGB, &rows->strip,
                    &len, TJSAMP_444, JPEG_QUALITY, TJFLAG_NOREALLOC))
        return FAIL(ERR_LIMIT, "%s: %s", rows->path, tjGetErrorStr2(rows->jpeg));
    uint8_t *frame = find_segment(rows->strip, len, 0xc0);
    uint8_t *scan = find_segment(rows->strip, len, 0xda);
    if (!frame || !scan)
        return FAIL(ERR_UNSUPPORTED, "%s: the JPEG library wrote another kind", rows->path);
    uint8_t *data = scan + 2 + (size_t)scan[2] * 256 + scan[3];
    uint8_t *end = rows->strip + len - 2; // the end marker
    uint32_t strip = rows->row / STRIP_ROWS;
    if (strip == 0) {
        write_header(rows, frame, scan);
        fwrite(scan, (size_t)(data - scan), 1, rows->file);
    } else {
        fwrite((uint8_t[2]){0xff, (uint8_t)(0xd0 + (strip - 1) % 8)}, 2, 1, rows->file);
    }
    fwrite(data, (size_t)(end - data), 1, rows->file);
    rows->row += STRIP_ROWS;
    if (rows->row == rows->height)
        fwrite((uint8_t[2]){0xff, 0xd9}, 2, 1, rows->file);
    return OK;
}

NODISCARD Status picture_rows_add(PictureRows *rows, const uint8_t *rgb, uint32_t count)
{
    ASSERT(rows->row + count <= rows->height && (rows->png || count % STRIP_ROWS == 0));
    size_t row_bytes = (size_t)rows->width * 3;
    if (rows->jpeg) {
        for (uint32_t i = 0; i < count; i += STRIP_ROWS)
            TRY(add_strip(rows, rgb + i * row_bytes));
        return OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        int result = spng_encode_row(rows->png, rgb + i * row_bytes, row_bytes);
        rows->row++;
        if (result && result != SPNG_EOI)
            return FAIL(ERR_IO, "%s: %s", rows->path, spng_strerror(result));
    }
    return OK;
}

NODISCARD Status picture_rows_close(PictureRows *rows)
{
    spng_ctx_free(rows->png);
    tjFree(rows->strip);
    if (rows->jpeg)
        tjDestroy(rows->jpeg);
    bool has_failed = ferror(rows->file) != 0 || rows->row != rows->height;
    has_failed |= fclose(rows->file) != 0;
    return has_failed ? FAIL(ERR_IO, "%s: not everything was written", rows->path) : OK;
}
