// picture.c: an 8-bit sRGB picture as a file.

#include "exhibits/sculptor/picture.h"

#include "base/arena.h"
#include "data/image.h"
#include "io/file.h"

#include <string.h>
#include <turbojpeg.h>

enum { JPEG_QUALITY = 88, PNG_COMPRESSION = 6 };

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
    Arena arena = {0};
    size_t count = (size_t)picture->width * (size_t)picture->height;
    Image image = {.width = (uint32_t)picture->width, .height = (uint32_t)picture->height};
    image.rgba = ARENA_ARRAY_RAW(&arena, uint8_t, count * 4);
    for (size_t i = 0; i < count; i++) {
        memcpy(image.rgba + i * 4, picture->pixels + i * 3, 3);
        image.rgba[i * 4 + 3] = 255;
    }
    Bytes bytes;
    Status status = image_encode_png(&image, PNG_COMPRESSION, &arena, &bytes);
    if (!status)
        status = file_write(path, bytes);
    arena_drop(&arena);
    return status;
}

Status picture_write(const Picture *picture, const char *path)
{
    size_t len = strlen(path);
    bool is_jpeg = len > 4 && strcmp(path + len - 4, ".jpg") == 0;
    return is_jpeg ? write_jpeg(picture, path) : write_png(picture, path);
}
