// image_decode.c: the picture libraries, one function each; and writing PNG.

#include "data/image_decode.h"

#include <spng.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <limits.h>
#include <string.h>

// What a PNG may say beside its pixels: profiles, texts.
enum { PNG_CHUNK_BYTES = 16 * 1024 * 1024, PNG_CHUNKS_BYTES = 32 * 1024 * 1024 };

// ---- PNG

// spng reads to the pixels' end and does not miss the chunks behind: a file that was cut off
// there.
static bool has_png_end(Bytes file)
{
    enum { CHUNK_FRAME_BYTES = 12 }; // length, type, checksum
    Bytes rest = bytes_skip(file, 8);
    while (rest.len >= CHUNK_FRAME_BYTES) {
        if (memcmp(rest.ptr + 4, "IEND", 4) == 0)
            return true;
        size_t len = (size_t)rest.ptr[0] << 24 | (size_t)rest.ptr[1] << 16 |
                     (size_t)rest.ptr[2] << 8 | rest.ptr[3];
        rest = bytes_skip(rest, CHUNK_FRAME_BYTES + len);
    }
    return false;
}

// A result of spng as a Status.
static Status png_status(int result)
{
    return result ? FAIL(ERR_CORRUPT, "the PNG is damaged: %s", spng_strerror(result)) : OK;
}

static Status decode_png(spng_ctx *context, Bytes file, int bits, void *rgba, size_t size_bytes)
{
    int format = bits == 16 ? SPNG_FMT_RGBA16 : SPNG_FMT_RGBA8;
    TRY(png_status(spng_set_chunk_limits(context, PNG_CHUNK_BYTES, PNG_CHUNKS_BYTES)));
    TRY(png_status(spng_set_png_buffer(context, file.ptr, file.len)));
    TRY(png_status(spng_decode_image(context, rgba, size_bytes, format, SPNG_DECODE_TRNS)));
    TRY(png_status(spng_decode_chunks(context)));
    return has_png_end(file) ? OK : FAIL(ERR_CORRUPT, "the PNG is damaged: its end is missing");
}

Status image_decode_png(Bytes file, const ImageInfo *info, int bits, void *rgba)
{
    spng_ctx *context = spng_ctx_new(0);
    if (!context)
        return FAIL(ERR_IO, "no memory to read a PNG");
    size_t size_bytes = (size_t)info->width * info->height * 4 * (size_t)(bits / 8);
    Status status = decode_png(context, file, bits, rgba, size_bytes);
    spng_ctx_free(context);
    return status;
}

// Where the encoder's output grows.
typedef struct PngOutput {
    Arena *arena;
    uint8_t *bytes;
    size_t len, capacity;
} PngOutput;

static int append_png(spng_ctx *context, void *user, void *bytes, size_t len)
{
    (void)context;
    PngOutput *out = user;
    if (len > out->capacity - out->len) {
        size_t capacity = MAX(out->capacity * 2, out->len + len + 4096);
        out->bytes = arena_grow(out->arena, out->bytes, out->capacity, capacity, 16);
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->len, bytes, len);
    out->len += len;
    return 0;
}

static int encode_png(spng_ctx *context, const Image *image, int compression, PngOutput *out)
{
    struct spng_ihdr header = {
        .width = image->width,
        .height = image->height,
        .bit_depth = 8,
        .color_type = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA,
    };
    size_t size_bytes = (size_t)image->width * image->height * 4;
    int result = spng_set_ihdr(context, &header);
    if (!result)
        result = spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, compression);
    if (!result)
        result = spng_set_png_stream(context, append_png, out);
    if (!result)
        result = spng_encode_image(context, image->rgba, size_bytes, SPNG_FMT_PNG,
                                   SPNG_ENCODE_FINALIZE);
    return result;
}

Status image_encode_png(const Image *image, int compression, Arena *arena, Bytes *out)
{
    spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!context)
        return FAIL(ERR_IO, "no memory to write a PNG");
    PngOutput output = {.arena = arena};
    int result = encode_png(context, image, compression, &output);
    spng_ctx_free(context);
    if (result)
        return FAIL(ERR_INVALID, "a picture of %u x %u pixels cannot be written as PNG: %s",
                    image->width, image->height, spng_strerror(result));
    *out = (Bytes){output.bytes, output.len};
    return OK;
}

// ---- JPEG

static Status decode_jpeg(tjhandle decoder, Bytes file, const ImageInfo *info, uint8_t *rgba)
{
    int width = 0, height = 0, subsampling = 0, colours = 0;
    if (tjDecompressHeader3(decoder, file.ptr, (unsigned long)file.len, &width, &height,
                            &subsampling, &colours) != 0)
        return FAIL(ERR_CORRUPT, "the JPEG is damaged: %s", tjGetErrorStr2(decoder));
    if ((uint32_t)width != info->width || (uint32_t)height != info->height)
        return FAIL(ERR_CORRUPT, "the JPEG claims two sizes, %u x %u and %d x %d", info->width,
                    info->height, width, height);
    if (colours == TJCS_CMYK || colours == TJCS_YCCK)
        return FAIL(ERR_UNSUPPORTED, "a JPEG in CMYK, made for printing; expected RGB or grey");
    int flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
    if (tjDecompress2(decoder, file.ptr, (unsigned long)file.len, rgba, width, 0, height,
                      TJPF_RGBA, flags) != 0)
        return FAIL(ERR_CORRUPT, "the JPEG is damaged: %s", tjGetErrorStr2(decoder));
    return OK;
}

Status image_decode_jpeg(Bytes file, const ImageInfo *info, uint8_t *rgba)
{
    if (info->bits_per_channel != 8)
        return FAIL(ERR_UNSUPPORTED, "a JPEG with %d bits a channel; expected 8",
                    info->bits_per_channel);
    tjhandle decoder = tjInitDecompress();
    if (!decoder)
        return FAIL(ERR_IO, "no memory to read a JPEG");
    Status status = decode_jpeg(decoder, file, info, rgba);
    tjDestroy(decoder);
    return status;
}

NODISCARD Status image_encode_jpeg(const Image *image, int quality, Arena *arena, Bytes *out)
{
    int width = (int)image->width, height = (int)image->height;
    tjhandle encoder = tjInitCompress();
    if (!encoder)
        return FAIL(ERR_IO, "no memory to write a JPEG");
    unsigned long size_bytes = tjBufSize(width, height, TJSAMP_444);
    uint8_t *jpeg = arena_alloc_raw(arena, size_bytes, 16);
    int result =
        tjCompress2(encoder, image->rgba, width, 0, height, TJPF_RGBA, &jpeg, &size_bytes,
                    TJSAMP_444, quality, TJFLAG_ACCURATEDCT | TJFLAG_NOREALLOC);
    tjDestroy(encoder);
    if (result != 0)
        return FAIL(ERR_INVALID, "a picture of %d x %d pixels cannot be written as JPEG", width,
                    height);
    *out = (Bytes){jpeg, size_bytes};
    return OK;
}

// ---- WebP

Status image_decode_webp(Bytes file, const ImageInfo *info, uint8_t *rgba)
{
    size_t row_bytes = (size_t)info->width * 4; // at most 16,383 pixels, says the format
    if (row_bytes > INT_MAX ||
        !WebPDecodeRGBAInto(file.ptr, file.len, rgba, row_bytes * info->height, (int)row_bytes))
        return FAIL(ERR_CORRUPT, "the WebP is damaged");
    return OK;
}
