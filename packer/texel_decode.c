// texel_decode.c: pictures of any size in strips: PNG, and what has to be decoded whole.

#include "packer/texel_parts.h"

#include <spng.h>

#include <string.h>

enum {
    PNG_CHUNK_BYTES = 16 * 1024 * 1024, // beside the pixels: profiles, texts
    PNG_CHUNKS_BYTES = 32 * 1024 * 1024,
    PNG_HEADER_BYTES = 33,
    PNG_INTERLACE_AT = 28,
    WHOLE_PIXELS = 1 << 28, // 1 GiB of RGBA
};

// ---- PNG

static Status png_status(int result)
{
    return result ? FAIL(ERR_CORRUPT, "the PNG is damaged: %s", spng_strerror(result)) : OK;
}

// spng does not miss the chunks behind the pixels.
static bool has_png_end(const TexelSource *source)
{
    enum { CHUNK_FRAME_BYTES = 12, FORGET_BYTES = 1 << 26 };
    Bytes rest = bytes_skip(source->bytes, 8);
    const uint8_t *forgotten = rest.ptr;
    while (rest.len >= CHUNK_FRAME_BYTES) {
        if (memcmp(rest.ptr + 4, "IEND", 4) == 0)
            return true;
        size_t len = (size_t)rest.ptr[0] << 24 | (size_t)rest.ptr[1] << 16 |
                     (size_t)rest.ptr[2] << 8 | rest.ptr[3];
        rest = bytes_skip(rest, CHUNK_FRAME_BYTES + len);
        if (rest.ptr - forgotten > FORGET_BYTES) {
            texel_source_forget(source);
            forgotten = rest.ptr;
        }
    }
    return false;
}

NODISCARD static Status begin_png(spng_ctx *context, Bytes file)
{
    TRY(png_status(spng_set_chunk_limits(context, PNG_CHUNK_BYTES, PNG_CHUNKS_BYTES)));
    return png_status(spng_set_png_buffer(context, file.ptr, file.len));
}

NODISCARD static Status decode_png_row(spng_ctx *context, const ImageInfo *info, uint32_t row,
                                       uint8_t *out)
{
    int result = spng_decode_row(context, out, (size_t)info->width * 4);
    bool is_last = row + 1 == info->height;
    if (result == (is_last ? SPNG_EOI : 0))
        return OK;
    return result && result != SPNG_EOI
               ? png_status(result)
               : FAIL(ERR_CORRUPT, "the PNG is damaged: it has another number of rows");
}

NODISCARD static Status decode_png_rows(const TexelDecode *decode, spng_ctx *context)
{
    const ImageInfo *info = &decode->info;
    TRY(begin_png(context, decode->source->bytes));
    TRY(png_status(spng_decode_image(context, NULL, 0, SPNG_FMT_RGBA8,
                                     SPNG_DECODE_TRNS | SPNG_DECODE_PROGRESSIVE)));
    for (uint32_t first = 0; first < info->height; first += TEXEL_BLOCK_SIDE) {
        TRY(cancel_check(decode->cancel));
        uint32_t count = MIN(info->height - first, (uint32_t)TEXEL_BLOCK_SIDE);
        for (uint32_t row = 0; row < count; row++)
            TRY(decode_png_row(context, info, first + row,
                               decode->strip + (size_t)row * info->width * 4));
        TRY(decode->take(decode->context, first, count, decode->strip));
        texel_source_forget(decode->source);
    }
    TRY(png_status(spng_decode_chunks(context)));
    return has_png_end(decode->source)
               ? OK
               : FAIL(ERR_CORRUPT, "the PNG is damaged: its end is missing");
}

NODISCARD static Status decode_png(const TexelDecode *decode)
{
    spng_ctx *context = spng_ctx_new(0);
    if (!context)
        return FAIL(ERR_IO, "no memory to read a PNG");
    Status status = decode_png_rows(decode, context);
    spng_ctx_free(context);
    return status;
}

static bool is_interlaced(Bytes file)
{
    return file.len >= PNG_HEADER_BYTES && file.ptr[PNG_INTERLACE_AT] != 0;
}

NODISCARD static Status find_png_alpha(spng_ctx *context, Bytes file, bool *out)
{
    struct spng_trns trns;
    TRY(begin_png(context, file));
    int result = spng_get_trns(context, &trns);
    if (result && result != SPNG_ECHUNKAVAIL)
        return png_status(result);
    *out = result == 0;
    return OK;
}

Status texel_channels(Bytes file, const ImageInfo *info, uint32_t *out)
{
    bool has_alpha = info->channel_count == 2 || info->channel_count == 4;
    if (info->format == IMAGE_PNG && !has_alpha) {
        spng_ctx *context = spng_ctx_new(0);
        if (!context)
            return FAIL(ERR_IO, "no memory to read a PNG");
        Status status = find_png_alpha(context, file, &has_alpha);
        spng_ctx_free(context);
        TRY(status);
    }
    *out = has_alpha ? 4 : info->channel_count == 1 ? 1 : 3;
    return OK;
}

// ---- whole

NODISCARD static Status decode_whole(const TexelDecode *decode, Arena *arena)
{
    const ImageInfo *info = &decode->info;
    if ((uint64_t)info->width * info->height > WHOLE_PIXELS)
        return FAIL(
            ERR_LIMIT,
            "an interlaced PNG of %u x %u pixels cannot be read in strips; the limit is "
            "%d pixels; save it without interlacing",
            info->width, info->height, WHOLE_PIXELS);
    ArenaMark mark = arena_mark(arena);
    Image image;
    TRY(image_decode(decode->source->bytes,
                     &(ImageLimits){.side = SCAN_MAX_IMAGE_SIDE, .pixels = WHOLE_PIXELS}, arena,
                     &image));
    Status status = OK;
    for (uint32_t first = 0; first < info->height && !status; first += TEXEL_BLOCK_SIDE) {
        status = cancel_check(decode->cancel);
        if (!status)
            status = decode->take(decode->context, first,
                                  MIN(info->height - first, (uint32_t)TEXEL_BLOCK_SIDE),
                                  image.rgba + (size_t)first * info->width * 4);
    }
    arena_rewind(arena, mark);
    return status;
}

Status texel_decode(const TexelDecode *decode, Arena *arena)
{
    switch (decode->info.format) {
    case IMAGE_PNG:
        return is_interlaced(decode->source->bytes) ? decode_whole(decode, arena)
                                                    : decode_png(decode);
    case IMAGE_JPEG:
        return texel_decode_jpeg(decode);
    case IMAGE_WEBP:
        return decode_whole(decode, arena);
    }
    return FAIL(ERR_UNSUPPORTED, "an unknown kind of picture");
}
