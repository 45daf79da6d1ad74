// picture.c: an 8-bit sRGB picture as a file.

#include "exhibits/sculptor/picture.h"

#include "base/arena.h"
#include "io/file.h"

#include <errno.h>
#include <spng.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

enum { JPEG_QUALITY = 88 };

static Status write_jpeg(const Picture *picture, const char *path)
{
    Arena arena = {0};
    unsigned long size = tjBufSize(picture->width, picture->height, TJSAMP_444);
    unsigned char *bytes = arena_alloc_raw(&arena, size, 16);
    tjhandle encoder = tjInitCompress();
    bool is_made =
        encoder && tjCompress2(encoder, picture->pixels, picture->width, 0, picture->height,
                               TJPF_RGB, &bytes, &size, TJSAMP_444, JPEG_QUALITY,
                               TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT) == 0;
    Status status = is_made ? file_write(path, (Bytes){bytes, size})
                            : FAIL(ERR_IO, "%s cannot be written as a JPEG", path);
    if (encoder)
        tjDestroy(encoder);
    arena_drop(&arena);
    return status;
}

static Status write_png(const Picture *picture, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return FAIL(ERR_IO, "%s cannot be written: %s", path, strerror(errno));
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    struct spng_ihdr header = {.width = (uint32_t)picture->width,
                               .height = (uint32_t)picture->height,
                               .bit_depth = 8,
                               .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    bool is_written = png && spng_set_png_file(png, file) == 0 &&
                      spng_set_ihdr(png, &header) == 0 &&
                      spng_encode_image(png, picture->pixels,
                                        (size_t)picture->width * (size_t)picture->height * 3,
                                        SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE) == 0;
    spng_ctx_free(png);
    if (fclose(file) != 0 || !is_written)
        return FAIL(ERR_IO, "%s cannot be written as a PNG", path);
    return OK;
}

Status picture_write(const Picture *picture, const char *path)
{
    size_t len = strlen(path);
    bool is_jpeg = len > 4 && strcmp(path + len - 4, ".jpg") == 0;
    return is_jpeg ? write_jpeg(picture, path) : write_png(picture, path);
}
