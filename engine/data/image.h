// image.h: pictures. Headers first, limits, decoding, mip chains, sampling, PNG writing.
//
// Pure functions: bytes in, bytes out; any thread. What a file claims about its size is checked
// before anything is allocated for it. Pixels are as stored: no colour management, no turning
// by EXIF; grey becomes RGB, absent alpha becomes opaque.
//
// ERR_UNSUPPORTED: none of PNG, JPEG, WebP, or a kind of them that we do not read (animation,
// CMYK, 12-bit JPEG). ERR_LIMIT: larger than allowed. ERR_CORRUPT: damaged, truncated, or a
// JPEG that decodes only with warnings. Sentences do not name the file: the caller knows its
// name and adds it with fault_prefix.

#pragma once
#include "base/str.h"

typedef enum ImageFormat { IMAGE_PNG, IMAGE_JPEG, IMAGE_WEBP } ImageFormat;

typedef struct ImageInfo {
    ImageFormat format;
    uint32_t width, height;
    int channel_count;    // 1 grey, 2 grey and alpha, 3 colour (or palette), 4 colour and alpha
    int bits_per_channel; // 1, 2, 4, 8, 12 or 16
} ImageInfo;

// What the caller is willing to hold. Zero means the default.
typedef struct ImageLimits {
    uint32_t side;   // 8,192
    uint64_t pixels; // 2^26
} ImageLimits;

// Rows from the top, four bytes a pixel: red, green, blue, alpha, no padding.
typedef struct Image {
    uint32_t width, height;
    uint8_t *rgba;
} Image;

// As Image, 16 bits a channel in the machine's byte order.
typedef struct Image16 {
    uint32_t width, height;
    uint16_t *rgba;
} Image16;

const char *image_format_name(ImageFormat format); // "PNG", ...

// From the first bytes alone; the rest may be missing or broken.
NODISCARD Status image_probe(Bytes file, ImageInfo *out);

// `limits` may be NULL for the defaults. Pixels live in `arena`. 16-bit PNG loses its low
// bytes.
NODISCARD Status image_decode(Bytes file, const ImageLimits *limits, Arena *arena, Image *out);
// PNG only (heights, gloss); fewer bits are widened. Others: ERR_UNSUPPORTED.
NODISCARD Status image_decode_16(Bytes file, const ImageLimits *limits, Arena *arena,
                                 Image16 *out);

// The file in `arena`. `compression` 1 (fast) to 9 (small).
NODISCARD Status image_encode_png(const Image *image, int compression, Arena *arena,
                                  Bytes *out);

// The same as JPEG, opaque; `quality` 1 to 100.
NODISCARD Status image_encode_jpeg(const Image *image, int quality, Arena *arena, Bytes *out);

// ---- mip chains: each level half as large (rounded down, at least 1), down to 1 x 1

typedef enum ImageContent {
    IMAGE_COLOUR, // sRGB: averaged as light
    IMAGE_DATA,   // averaged as it is (roughness, metal, occlusion)
    IMAGE_NORMAL, // tangent-space normals: averaged, then made unit length again
} ImageContent;

enum { IMAGE_MAX_LEVELS = 17 }; // 65,536 down to 1

typedef struct ImageMips {
    Image levels[IMAGE_MAX_LEVELS]; // levels[0] is the picture itself, not copied
    int level_count;
} ImageMips;

void image_make_mips(const Image *image, ImageContent content, Arena *arena, ImageMips *out);

// ---- sampling

typedef enum ImageWrap { IMAGE_REPEAT, IMAGE_CLAMP, IMAGE_MIRROR } ImageWrap;

typedef struct ImageSampler {
    const Image *image;
    ImageWrap wrap_u, wrap_v;
    bool is_srgb; // colours become linear light (alpha never does)
} ImageSampler;

// Bilinear at (u, v), v from the top as in glTF; texel centres at (i + 0.5) / width.
// Values 0 to 1. Not finite coordinates sample at 0.
void image_sample(const ImageSampler *sampler, float u, float v, float out_rgba[4]);

float image_linear_of_srgb(uint8_t byte);  // 0 to 1
uint8_t image_srgb_of_linear(float light); // clamped
