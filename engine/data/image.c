// image.c: what a picture's header says, and sampling.

#include "data/image.h"

#include "data/image_decode.h"

#include <webp/decode.h>

#include <math.h>
#include <string.h>

enum { DEFAULT_SIDE = 8192, DEFAULT_PIXELS = 1 << 26 };

const char *image_format_name(ImageFormat format)
{
    static const char *const names[] = {
        [IMAGE_PNG] = "PNG", [IMAGE_JPEG] = "JPEG", [IMAGE_WEBP] = "WebP"};
    return names[format];
}

// ---- headers

static uint32_t big_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t big_u16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static Status probe_png(Bytes file, ImageInfo *out)
{
    enum { TYPES = 7, HEADER_BYTES = 33 };
    static const int channels[TYPES] = {[0] = 1, [2] = 3, [3] = 3, [4] = 2, [6] = 4};
    if (file.len < HEADER_BYTES || memcmp(file.ptr + 8, "\0\0\0\15IHDR", 8) != 0)
        return FAIL(ERR_CORRUPT, "a PNG without its header");
    int bits = file.ptr[24], type = file.ptr[25];
    if (type >= TYPES || channels[type] == 0 || bits == 0 || bits > 16 || (bits & (bits - 1)))
        return FAIL(ERR_CORRUPT, "a PNG of unknown colour type %d with %d bits", type, bits);
    *out = (ImageInfo){
        .format = IMAGE_PNG,
        .width = big_u32(file.ptr + 16),
        .height = big_u32(file.ptr + 20),
        .channel_count = channels[type],
        .bits_per_channel = bits,
    };
    return OK;
}

static bool is_jpeg_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
           marker != 0xcc;
}

// The segments of a JPEG up to the one that tells the size.
static Status probe_jpeg(Bytes file, ImageInfo *out)
{
    size_t at = 2;
    while (at + 4 <= file.len) {
        if (file.ptr[at] != 0xff)
            break;
        int marker = file.ptr[at + 1];
        if (marker == 0xff || marker == 0x01) { // padding; a marker without content
            at += marker == 0xff ? 1 : 2;
            continue;
        }
        size_t len = big_u16(file.ptr + at + 2);
        if (is_jpeg_frame(marker) && len >= 8 && at + 10 <= file.len) {
            const uint8_t *frame = file.ptr + at + 4;
            *out = (ImageInfo){
                .format = IMAGE_JPEG,
                .width = big_u16(frame + 3),
                .height = big_u16(frame + 1),
                .channel_count = frame[5],
                .bits_per_channel = frame[0],
            };
            return OK;
        }
        if (len < 2 || is_jpeg_frame(marker) || marker == 0xda) // pixels without a size
            break;
        at += 2 + len;
    }
    return FAIL(ERR_CORRUPT, "a JPEG without a header that tells its size");
}

static Status probe_webp(Bytes file, ImageInfo *out)
{
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(file.ptr, file.len, &features) != VP8_STATUS_OK)
        return FAIL(ERR_CORRUPT, "a WebP without a readable header");
    if (features.has_animation)
        return FAIL(ERR_UNSUPPORTED, "an animated WebP; expected a still picture");
    *out = (ImageInfo){
        .format = IMAGE_WEBP,
        .width = (uint32_t)features.width,
        .height = (uint32_t)features.height,
        .channel_count = features.has_alpha ? 4 : 3,
        .bits_per_channel = 8,
    };
    return OK;
}

Status image_probe(Bytes file, ImageInfo *out)
{
    ImageInfo info;
    if (file.len >= 8 && memcmp(file.ptr, png_signature, 8) == 0)
        TRY(probe_png(file, &info));
    else if (file.len >= 3 && memcmp(file.ptr, "\xff\xd8\xff", 3) == 0)
        TRY(probe_jpeg(file, &info));
    else if (file.len >= 12 && memcmp(file.ptr, "RIFF", 4) == 0 &&
             memcmp(file.ptr + 8, "WEBP", 4) == 0)
        TRY(probe_webp(file, &info));
    else
        return FAIL(ERR_UNSUPPORTED, "the picture is neither PNG, JPEG nor WebP");
    if (info.width == 0 || info.height == 0)
        return FAIL(ERR_CORRUPT, "a picture of %u x %u pixels", info.width, info.height);
    *out = info;
    return OK;
}

// ---- decoding

static Status check_limits(const ImageInfo *info, const ImageLimits *limits)
{
    uint32_t side = limits && limits->side ? limits->side : DEFAULT_SIDE;
    uint64_t pixels = limits && limits->pixels ? limits->pixels : DEFAULT_PIXELS;
    if (info->width > side || info->height > side)
        return FAIL(ERR_LIMIT, "the picture is %u x %u pixels; the limit is %u a side",
                    info->width, info->height, side);
    if ((uint64_t)info->width * info->height > pixels)
        return FAIL(ERR_LIMIT, "the picture has %llu pixels; the limit is %llu",
                    (unsigned long long)info->width * info->height, (unsigned long long)pixels);
    return OK;
}

static Status decode(Bytes file, const ImageInfo *info, void *rgba)
{
    switch (info->format) {
    case IMAGE_PNG:
        return image_decode_png(file, info, 8, rgba);
    case IMAGE_JPEG:
        return image_decode_jpeg(file, info, rgba);
    case IMAGE_WEBP:
        return image_decode_webp(file, info, rgba);
    }
    return FAIL(ERR_UNSUPPORTED, "an unknown kind of picture");
}

Status image_decode(Bytes file, const ImageLimits *limits, Arena *arena, Image *out)
{
    ImageInfo info;
    TRY(image_probe(file, &info));
    TRY(check_limits(&info, limits));
    ArenaMark mark = arena_mark(arena);
    size_t size_bytes = arena_size_of(4, (size_t)info.width * info.height);
    uint8_t *rgba = arena_alloc_raw(arena, size_bytes, 64);
    Status status = decode(file, &info, rgba);
    if (status) {
        arena_rewind(arena, mark);
        return status;
    }
    *out = (Image){info.width, info.height, rgba};
    return OK;
}

Status image_decode_16(Bytes file, const ImageLimits *limits, Arena *arena, Image16 *out)
{
    ImageInfo info;
    TRY(image_probe(file, &info));
    if (info.format != IMAGE_PNG)
        return FAIL(ERR_UNSUPPORTED, "a %s has no 16-bit channels; expected a PNG",
                    image_format_name(info.format));
    TRY(check_limits(&info, limits));
    ArenaMark mark = arena_mark(arena);
    size_t size_bytes = arena_size_of(8, (size_t)info.width * info.height);
    uint16_t *rgba = arena_alloc_raw(arena, size_bytes, 64);
    Status status = image_decode_png(file, &info, 16, rgba);
    if (status) {
        arena_rewind(arena, mark);
        return status;
    }
    *out = (Image16){info.width, info.height, rgba};
    return OK;
}

// ---- sampling

// Two neighbouring texels of a row or column, and how far the sample is towards the second.
typedef struct Neighbours {
    uint32_t first, second;
    float towards_second;
} Neighbours;

// Brings u into 0 to 1.
static float wrap_unit(float u, ImageWrap wrap)
{
    if (!isfinite(u))
        return 0.0f;
    switch (wrap) {
    case IMAGE_REPEAT:
        return u - floorf(u);
    case IMAGE_CLAMP:
        return CLAMP(u, 0.0f, 1.0f);
    case IMAGE_MIRROR:
        u = fabsf(fmodf(u, 2.0f));
        return u > 1.0f ? 2.0f - u : u;
    }
    return 0.0f;
}

static Neighbours find_neighbours(float u, ImageWrap wrap, uint32_t size)
{
    float place = wrap_unit(u, wrap) * (float)size - 0.5f;
    float floor_place = floorf(place);
    // Beyond either edge lies the other end when repeating, else the edge itself.
    bool is_repeating = wrap == IMAGE_REPEAT;
    uint32_t first = floor_place < 0.0f ? (is_repeating ? size - 1 : 0)
                                        : MIN((uint32_t)floor_place, size - 1);
    uint32_t second = MIN((uint32_t)(floor_place + 1.0f), size);
    if (second == size)
        second = is_repeating ? 0 : size - 1;
    return (Neighbours){first, second, place - floor_place};
}

static void load_texel(const ImageSampler *sampler, uint32_t x, uint32_t y, float out[4])
{
    const Image *image = sampler->image;
    const uint8_t *texel = image->rgba + 4 * ((size_t)y * image->width + x);
    for (int c = 0; c < 3; c++)
        out[c] = sampler->is_srgb ? image_linear_of_srgb(texel[c]) : (float)texel[c] / 255.0f;
    out[3] = (float)texel[3] / 255.0f;
}

void image_sample(const ImageSampler *sampler, float u, float v, float out_rgba[4])
{
    Neighbours x = find_neighbours(u, sampler->wrap_u, sampler->image->width);
    Neighbours y = find_neighbours(v, sampler->wrap_v, sampler->image->height);
    float texels[4][4];
    load_texel(sampler, x.first, y.first, texels[0]);
    load_texel(sampler, x.second, y.first, texels[1]);
    load_texel(sampler, x.first, y.second, texels[2]);
    load_texel(sampler, x.second, y.second, texels[3]);
    for (int c = 0; c < 4; c++) {
        float top = texels[0][c] + (texels[1][c] - texels[0][c]) * x.towards_second;
        float bottom = texels[2][c] + (texels[3][c] - texels[2][c]) * x.towards_second;
        out_rgba[c] = top + (bottom - top) * y.towards_second;
    }
}
