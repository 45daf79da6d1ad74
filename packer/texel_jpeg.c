// texel_jpeg.c: JPEGs row by row, by libjpeg.
//
// libjpeg tells failures by calling back a function that must not return. Ours jumps to
// decode_jpeg, which is the only function with a setjmp; between the two lie frames of libjpeg
// and functions of this file that own nothing: whatever has to be given back is in Jpeg.

#include "packer/texel_parts.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h> // needs stdio.h before it

enum {
    MAX_SCANS = 500,             // of one picture: more is an attempt to keep us busy
    PROGRESSIVE_PIXELS = 1 << 28 // all coefficients are in memory: 2 bytes a channel
};

typedef struct Jpeg {
    struct jpeg_decompress_struct decoder; // first, so that its address is ours
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    char sentence[JMSG_LENGTH_MAX];
    const TexelDecode *decode;
} Jpeg;

NORETURN static void escape(Jpeg *jpeg)
{
    longjmp(jpeg->escape, 1);
}

static void on_error(j_common_ptr common)
{
    Jpeg *jpeg = (Jpeg *)common;
    jpeg->errors.format_message(common, jpeg->sentence);
    escape(jpeg);
}

static void on_message(j_common_ptr common, int level)
{
    if (level < 0) // a warning: part of the picture is guessed
        on_error(common);
}

static void on_print(j_common_ptr common)
{
    (void)common;
}

static void on_progress(j_common_ptr common)
{
    Jpeg *jpeg = (Jpeg *)common;
    if (jpeg->decoder.is_decompressor && jpeg->decoder.input_scan_number > MAX_SCANS) {
        snprintf(jpeg->sentence, sizeof jpeg->sentence, "it has more than %d scans", MAX_SCANS);
        escape(jpeg);
    }
}

NODISCARD static Status check_header(const Jpeg *jpeg)
{
    const struct jpeg_decompress_struct *decoder = &jpeg->decoder;
    const ImageInfo *info = &jpeg->decode->info;
    if (decoder->image_width != info->width || decoder->image_height != info->height)
        return FAIL(ERR_CORRUPT, "the JPEG claims two sizes, %u x %u and %u x %u", info->width,
                    info->height, decoder->image_width, decoder->image_height);
    if (decoder->jpeg_color_space == JCS_CMYK || decoder->jpeg_color_space == JCS_YCCK)
        return FAIL(ERR_UNSUPPORTED, "a JPEG in CMYK, made for printing; expected RGB or grey");
    bool is_whole =
        decoder->progressive_mode || decoder->comps_in_scan < decoder->num_components;
    if (is_whole && (uint64_t)info->width * info->height > PROGRESSIVE_PIXELS)
        return FAIL(
            ERR_LIMIT,
            "a progressive JPEG of %u x %u pixels cannot be read in strips; the limit is "
            "%d pixels; save it as a baseline JPEG",
            info->width, info->height, PROGRESSIVE_PIXELS);
    return OK;
}

static void read_strip(Jpeg *jpeg, uint32_t row_count)
{
    size_t row_bytes = (size_t)jpeg->decode->info.width * 4;
    for (uint32_t row = 0; row < row_count; row++) {
        JSAMPROW at = jpeg->decode->strip + row * row_bytes;
        jpeg_read_scanlines(&jpeg->decoder, &at, 1); // one, or it jumps
    }
}

NODISCARD static Status read_strips(Jpeg *jpeg)
{
    const TexelDecode *decode = jpeg->decode;
    uint32_t height = decode->info.height;
    for (uint32_t first = 0; first < height; first += TEXEL_BLOCK_SIDE) {
        TRY(cancel_check(decode->cancel));
        uint32_t count = MIN(height - first, (uint32_t)TEXEL_BLOCK_SIDE);
        read_strip(jpeg, count);
        TRY(decode->take(decode->context, first, count, decode->strip));
        texel_source_forget(decode->source);
    }
    jpeg_finish_decompress(&jpeg->decoder); // to the end mark: what was cut off is noticed
    return OK;
}

NODISCARD static Status decode_rows(Jpeg *jpeg)
{
    Bytes file = jpeg->decode->source->bytes;
    jpeg_create_decompress(&jpeg->decoder);
    jpeg->decoder.progress = &jpeg->progress;
    jpeg_mem_src(&jpeg->decoder, file.ptr, (unsigned long)file.len);
    jpeg_read_header(&jpeg->decoder, TRUE);
    TRY(check_header(jpeg));
    jpeg->decoder.out_color_space = JCS_EXT_RGBA;
    jpeg->decoder.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg->decoder);
    return read_strips(jpeg);
}

static Status decode_jpeg(Jpeg *jpeg)
{
    if (setjmp(jpeg->escape))
        return FAIL(ERR_CORRUPT, "the JPEG is damaged: %s", jpeg->sentence);
    return decode_rows(jpeg);
}

Status texel_decode_jpeg(const TexelDecode *decode)
{
    if (decode->info.bits_per_channel != 8)
        return FAIL(ERR_UNSUPPORTED, "a JPEG with %d bits a channel; expected 8",
                    decode->info.bits_per_channel);
    Jpeg jpeg = {.decode = decode};
    jpeg.decoder.err = jpeg_std_error(&jpeg.errors);
    jpeg.errors.error_exit = on_error;
    jpeg.errors.emit_message = on_message;
    jpeg.errors.output_message = on_print;
    jpeg.progress.progress_monitor = on_progress;
    Status status = decode_jpeg(&jpeg);
    // Zeroed, half made or whole: it gives back what there is, and cannot fail.
    jpeg_destroy_decompress(&jpeg.decoder);
    return status;
}
