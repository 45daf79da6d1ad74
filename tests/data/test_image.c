// test_image.c: headers, limits, decoding, mips, sampling, PNG writing.

#include "test.h"

#include "data/image.h"
#include "io/file.h"

#include <turbojpeg.h>
#include <webp/encode.h>

#include <math.h>
#include <sys/resource.h>

// Peak memory of this process so far.
static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Soft slopes with a little noise, so that lossy codecs keep them well.
static Image make_picture(Arena *arena, uint32_t width, uint32_t height)
{
    Image image = {width, height, arena_alloc_raw(arena, 4 * (size_t)width * height, 1)};
    uint8_t *texel = image.rgba;
    uint32_t seed = 1;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++, texel += 4) {
            seed = seed * 1664525u + 1013904223u;
            texel[0] = (uint8_t)(x * 240 / width + (seed >> 30));
            texel[1] = (uint8_t)(y * 240 / height + (seed >> 29));
            texel[2] = (uint8_t)(seed >> 28);
            texel[3] = (uint8_t)(255 - x % 5);
        }
    }
    return image;
}

static Bytes png_of(const Image *image, Arena *arena)
{
    Bytes file;
    assert_ok(image_encode_png(image, 6, arena, &file));
    return file;
}

static Bytes jpeg_of(const Image *image, int flags, Arena *arena)
{
    unsigned char *bytes = NULL;
    unsigned long len = 0;
    tjhandle encoder = tjInitCompress();
    assert_int_equal(tjCompress2(encoder, image->rgba, (int)image->width, 0, (int)image->height,
                                 TJPF_RGBA, &bytes, &len, TJSAMP_420, 90, flags),
                     0);
    Bytes file = {arena_copy(arena, bytes, len, 1), len};
    tjFree(bytes);
    tjDestroy(encoder);
    return file;
}

static Bytes webp_of(const Image *image, bool is_lossless, Arena *arena)
{
    uint8_t *bytes = NULL;
    int stride = (int)image->width * 4;
    size_t len = is_lossless ? WebPEncodeLosslessRGBA(image->rgba, (int)image->width,
                                                      (int)image->height, stride, &bytes)
                             : WebPEncodeRGBA(image->rgba, (int)image->width,
                                              (int)image->height, stride, 90, &bytes);
    assert_true(len > 0);
    Bytes file = {arena_copy(arena, bytes, len, 1), len};
    WebPFree(bytes);
    return file;
}

static void assert_close(const Image *a, const Image *b, int tolerance)
{
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    for (size_t i = 0; i < 4 * (size_t)a->width * a->height; i++)
        assert_in_range(a->rgba[i] - b->rgba[i] + 255, 255 - tolerance, 255 + tolerance);
}

static void every_format_is_decoded(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, 37, 23), decoded;
    assert_ok(image_decode(png_of(&image, &arena), NULL, &arena, &decoded));
    assert_close(&image, &decoded, 0);
    assert_ok(image_decode(webp_of(&image, true, &arena), NULL, &arena, &decoded));
    assert_close(&image, &decoded, 0);

    for (size_t i = 3; i < 4 * 37 * 23; i += 4)
        image.rgba[i] = 255;
    assert_ok(image_decode(jpeg_of(&image, 0, &arena), NULL, &arena, &decoded));
    assert_close(&image, &decoded, 24);
    assert_ok(
        image_decode(jpeg_of(&image, TJFLAG_PROGRESSIVE, &arena), NULL, &arena, &decoded));
    assert_close(&image, &decoded, 24);
    assert_ok(image_decode(webp_of(&image, false, &arena), NULL, &arena, &decoded));
    assert_close(&image, &decoded, 24);
    arena_drop(&arena);
}

static void headers_are_read_alone(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, 300, 200);
    const Bytes files[] = {png_of(&image, &arena), jpeg_of(&image, 0, &arena),
                           webp_of(&image, false, &arena)};
    static const char *const names[] = {"PNG", "JPEG", "WebP"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        ImageInfo info;
        assert_ok(image_probe(bytes_first(files[i], 700), &info));
        assert_string_equal(image_format_name(info.format), names[i]);
        assert_int_equal(info.width, 300);
        assert_int_equal(info.height, 200);
        assert_int_equal(info.bits_per_channel, 8);
        assert_int_equal(info.channel_count, i == 1 ? 3 : 4);
    }
    ImageInfo info;
    assert_status(image_probe((Bytes){0}, &info), ERR_UNSUPPORTED);
    assert_status(image_probe((Bytes){(const uint8_t *)"GIF89a..........", 16}, &info),
                  ERR_UNSUPPORTED);
    arena_drop(&arena);
}

static void limits_come_before_memory(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, 100, 50), decoded;
    Bytes file = png_of(&image, &arena);
    assert_status(image_decode(file, &(ImageLimits){.side = 99}, &arena, &decoded), ERR_LIMIT);
    assert_status(image_decode(file, &(ImageLimits){.pixels = 4999}, &arena, &decoded),
                  ERR_LIMIT);
    assert_ok(image_decode(file, &(ImageLimits){100, 5000}, &arena, &decoded));

    long before = peak_kib();
    uint8_t *claims = arena_copy(&arena, file.ptr, file.len, 1);
    memset(claims + 16, 0x7f, 8); // two thousand million a side
    assert_status(image_decode((Bytes){claims, file.len}, NULL, &arena, &decoded), ERR_LIMIT);
    assert_true(peak_kib() - before < 1024);
    arena_drop(&arena);
}

// Every truncation is refused; a flipped bit is refused or gives some picture.
static void try_damage(Bytes good, size_t stride)
{
    Arena arena = {0};
    Image decoded;
    for (size_t len = 0; len < good.len; len++) {
        uint8_t *cut = malloc(len + 1); // a fresh one, so that overruns are seen
        memcpy(cut, good.ptr, len);
        if (image_decode((Bytes){cut, len}, NULL, &arena, &decoded) == OK)
            fail_msg("%zu of %zu bytes were read as a picture", len, good.len);
        free(cut);
    }
    uint8_t *bad = arena_copy(&arena, good.ptr, good.len, 1);
    for (size_t bit = 0; bit < good.len * 8; bit += stride) {
        bad[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ArenaMark mark = arena_mark(&arena);
        ImageLimits limits = {.side = 1024, .pixels = 1 << 18};
        Status status = image_decode((Bytes){bad, good.len}, &limits, &arena, &decoded);
        assert_true(status == OK || fault_last()->text[0]);
        arena_rewind(&arena, mark);
        bad[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    arena_drop(&arena);
}

static void damaged_pictures_are_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, 24, 17);
    try_damage(png_of(&image, &arena), 1);
    try_damage(jpeg_of(&image, 0, &arena), 1);
    try_damage(jpeg_of(&image, TJFLAG_PROGRESSIVE, &arena), 3);
    try_damage(webp_of(&image, true, &arena), 1);
    try_damage(webp_of(&image, false, &arena), 1);
    arena_drop(&arena);
}

static void read_folder(Arena *arena, const char *name, size_t *read, size_t *refused)
{
    const char *folder = shared_file(arena, name);
    FileName *names;
    size_t count;
    assert_ok(file_list(folder, arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        Bytes file;
        Image image;
        ArenaMark mark = arena_mark(arena);
        assert_ok(file_read(path_join(arena, folder, names[i].name), 1 << 28, arena, &file));
        bool is_png_suite =
            strstr(name, "conformance/png") && str_ends_with(str_of(names[i].name), ".png");
        bool is_read = image_decode(file, NULL, arena, &image) == OK;
        if (is_png_suite && is_read != (names[i].name[0] != 'x')) // x is for broken ones
            fail_msg("%s: %s", names[i].name, is_read ? "was read" : fault_last()->text);
        if (!is_read)
            print_message("%s: %s\n", names[i].name, fault_last()->text);
        *read += is_read;
        *refused += !is_read;
        arena_rewind(arena, mark);
    }
}

static void conformance_pictures_are_read(void **state)
{
    (void)state;
    Arena arena = {0};
    size_t read = 0, refused = 0;
    read_folder(&arena, "conformance/png", &read, &refused);
    read_folder(&arena, "conformance/jpeg", &read, &refused);
    print_message("%zu read, %zu refused\n", read, refused);
    assert_true(read > 80);
    arena_drop(&arena);
}

static void broken_pictures_cost_little(void **state)
{
    (void)state;
    Arena arena = {0};
    size_t read = 0, refused = 0;
    long before = peak_kib();
    read_folder(&arena, "broken/image", &read, &refused);
    assert_int_equal(read, 0);
    assert_int_equal(refused, 3);
    assert_true(peak_kib() - before < 64 * 1024);
    arena_drop(&arena);
}

static void sixteen_bits_stay(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes file;
    assert_ok(
        file_read(shared_file(&arena, "conformance/png/basi0g16.png"), 1 << 20, &arena, &file));
    Image16 deep;
    Image image;
    assert_ok(image_decode_16(file, NULL, &arena, &deep));
    assert_ok(image_decode(file, NULL, &arena, &image));
    bool has_low_bits = false;
    for (size_t i = 0; i < 4 * (size_t)deep.width * deep.height; i++) {
        assert_int_equal(deep.rgba[i] >> 8, image.rgba[i]);
        has_low_bits |= (deep.rgba[i] & 255) != deep.rgba[i] >> 8;
    }
    assert_true(has_low_bits);
    Image small = make_picture(&arena, 4, 4);
    assert_ok(image_decode_16(png_of(&small, &arena), NULL, &arena, &deep));
    assert_int_equal(deep.rgba[5], small.rgba[5] * 257);
    assert_status(image_decode_16(jpeg_of(&small, 0, &arena), NULL, &arena, &deep),
                  ERR_UNSUPPORTED);
    arena_drop(&arena);
}

static void srgb_follows_its_formula(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        double c = i / 255.0;
        double light = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
        assert_true(fabs(image_linear_of_srgb((uint8_t)i) - light) < 1e-7);
        assert_int_equal(image_srgb_of_linear(image_linear_of_srgb((uint8_t)i)), i);
    }
    assert_int_equal(image_srgb_of_linear(-1), 0);
    assert_int_equal(image_srgb_of_linear(7), 255);
    assert_int_equal(image_srgb_of_linear(NAN), 0);
}

static void mips_average_light_numbers_or_normals(void **state)
{
    (void)state;
    Arena arena = {0};
    uint8_t texels[] = {0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255};
    Image image = {2, 2, texels};
    ImageMips mips;
    image_make_mips(&image, IMAGE_DATA, &arena, &mips);
    assert_int_equal(mips.level_count, 2);
    assert_int_equal(mips.levels[1].rgba[0], 128);
    image_make_mips(&image, IMAGE_COLOUR, &arena, &mips);
    assert_int_equal(mips.levels[1].rgba[0], 188); // half the light
    assert_int_equal(mips.levels[1].rgba[3], 255);
    uint8_t normals[] = {255, 128, 128, 255, 128, 255, 128, 255}; // +x and +y
    image = (Image){2, 1, normals};
    image_make_mips(&image, IMAGE_NORMAL, &arena, &mips);
    assert_in_range(mips.levels[1].rgba[0], 217, 219); // (0.707, 0.707, 0)
    assert_in_range(mips.levels[1].rgba[1], 217, 219);
    assert_in_range(mips.levels[1].rgba[2], 127, 129);
    arena_drop(&arena);
}

static void mips_of_odd_sizes_count_every_texel_alike(void **state)
{
    (void)state;
    Arena arena = {0};
    uint8_t texels[5 * 4] = {0};
    for (int lit = 0; lit < 5; lit++) {
        memset(texels, 0, sizeof texels);
        texels[lit * 4] = 250;
        Image image = {5, 1, texels};
        ImageMips mips;
        image_make_mips(&image, IMAGE_DATA, &arena, &mips);
        assert_int_equal(mips.level_count, 3);
        assert_int_equal(mips.levels[1].width, 2);
        assert_int_equal(mips.levels[1].height, 1);
        assert_int_equal(mips.levels[1].rgba[0] + mips.levels[1].rgba[4], 100);
        assert_int_equal(mips.levels[2].rgba[0], 50);
    }
    Image picture = make_picture(&arena, 301, 7);
    ImageMips mips;
    image_make_mips(&picture, IMAGE_COLOUR, &arena, &mips);
    assert_int_equal(mips.level_count, 9);
    assert_ptr_equal(mips.levels[0].rgba, picture.rgba);
    assert_int_equal(mips.levels[8].width, 1);
    arena_drop(&arena);
}

static void assert_sample(const Image *image, ImageWrap wrap, float u, float expected)
{
    float rgba[4];
    image_sample(&(ImageSampler){.image = image, .wrap_u = wrap, .wrap_v = wrap}, u, 0.5f,
                 rgba);
    if (fabsf(rgba[0] - expected) > 1e-4f)
        fail_msg("at %g: %g, expected %g", u, rgba[0], expected);
}

static void samples_wrap_and_blend(void **state)
{
    (void)state;
    uint8_t texels[] = {0, 0, 0, 255, 51, 0, 0, 255, 102, 0, 0, 255, 255, 0, 0, 255};
    Image image = {4, 1, texels}; // 0, 0.2, 0.4, 1
    static const struct {
        ImageWrap wrap;
        float u, expected;
    } cases[] = {
        {IMAGE_REPEAT, 0.125f, 0.0f}, {IMAGE_REPEAT, 0.375f, 0.2f},
        {IMAGE_REPEAT, 0.25f, 0.1f},  {IMAGE_REPEAT, 0.0f, 0.5f},
        {IMAGE_REPEAT, 1.0f, 0.5f},   {IMAGE_REPEAT, -0.625f, 0.2f},
        {IMAGE_REPEAT, 7.375f, 0.2f}, {IMAGE_CLAMP, 0.0f, 0.0f},
        {IMAGE_CLAMP, -3.0f, 0.0f},   {IMAGE_CLAMP, 1.0f, 1.0f},
        {IMAGE_CLAMP, 9.0f, 1.0f},    {IMAGE_CLAMP, 0.75f, 0.7f},
        {IMAGE_MIRROR, 1.0f, 1.0f},   {IMAGE_MIRROR, 1.25f, 0.7f},
        {IMAGE_MIRROR, 2.375f, 0.2f}, {IMAGE_MIRROR, -0.375f, 0.2f},
        {IMAGE_REPEAT, NAN, 0.5f},    {IMAGE_MIRROR, INFINITY, 0.0f},
        {IMAGE_REPEAT, 3e38f, 0.5f},  {IMAGE_REPEAT, -1e-9f, 0.5f},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_sample(&image, cases[i].wrap, cases[i].u, cases[i].expected);
    float rgba[4];
    image_sample(&(ImageSampler){.image = &image, .is_srgb = true}, 0.375f, 0.5f, rgba);
    assert_true(fabsf(rgba[0] - image_linear_of_srgb(51)) < 1e-6f);
    assert_true(rgba[3] == 1.0f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_come_before_memory), // first: peaks of memory only grow
        cmocka_unit_test(broken_pictures_cost_little),
        cmocka_unit_test(every_format_is_decoded),
        cmocka_unit_test(headers_are_read_alone),
        cmocka_unit_test(damaged_pictures_are_refused),
        cmocka_unit_test(conformance_pictures_are_read),
        cmocka_unit_test(sixteen_bits_stay),
        cmocka_unit_test(srgb_follows_its_formula),
        cmocka_unit_test(mips_average_light_numbers_or_normals),
        cmocka_unit_test(mips_of_odd_sizes_count_every_texel_alike),
        cmocka_unit_test(samples_wrap_and_blend),
    };
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
