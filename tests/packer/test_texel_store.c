// test_texel_store.c: pictures of every kind as blocks of texels: exact, wrapped, damaged.

#include "test.h"

#include "data/image.h"
#include "io/file.h"
#include "packer/bake_picture.h"
#include "packer/texel_store.h"

#include <spng.h>
#include <turbojpeg.h>
#include <webp/encode.h>

enum { WIDTH = 300, HEIGHT = 270 }; // three blocks across and down, the last ones partly filled

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
            texel[2] = (uint8_t)(seed >> 24);
            texel[3] = (uint8_t)(255 - x % 5);
        }
    }
    return image;
}

// ---- files of every kind

typedef struct PngKind {
    uint8_t color_type, bit_depth, interlace;
    bool has_trns;
} PngKind;

static Bytes png_of(PngKind kind, uint32_t width, uint32_t height, Arena *arena)
{
    static const size_t channels[] = {[0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4};
    spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
    size_t row_bytes = (width * channels[kind.color_type] * kind.bit_depth + 7) / 8;
    uint8_t *texels = arena_alloc_raw(arena, row_bytes * height, 1);
    for (size_t i = 0; i < row_bytes * height; i++)
        texels[i] = (uint8_t)(i * i / 7 + i / row_bytes);
    struct spng_ihdr header = {.width = width,
                               .height = height,
                               .bit_depth = kind.bit_depth,
                               .color_type = kind.color_type,
                               .interlace_method = kind.interlace};
    assert_int_equal(spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1), 0);
    assert_int_equal(spng_set_ihdr(context, &header), 0);
    if (kind.color_type == 3) {
        struct spng_plte palette = {.n_entries = 256};
        for (int i = 0; i < 256; i++)
            palette.entries[i] = (struct spng_plte_entry){
                .red = (uint8_t)(i * 7), .green = (uint8_t)(255 - i), .blue = (uint8_t)(i * 3)};
        assert_int_equal(spng_set_plte(context, &palette), 0);
    }
    struct spng_trns trns = {.gray = 7, .red = 3, .green = 4, .blue = 5, .n_type3_entries = 9};
    if (kind.has_trns)
        assert_int_equal(spng_set_trns(context, &trns), 0);
    assert_int_equal(spng_encode_image(context, texels, row_bytes * height, SPNG_FMT_PNG,
                                       SPNG_ENCODE_FINALIZE),
                     0);
    size_t len = 0;
    int error = 0;
    void *bytes = spng_get_png_buffer(context, &len, &error);
    assert_non_null(bytes);
    Bytes file = {arena_copy(arena, bytes, len, 1), len};
    free(bytes);
    spng_ctx_free(context);
    return file;
}

static Bytes jpeg_of(const Image *image, int sampling, int flags, Arena *arena)
{
    unsigned char *bytes = NULL;
    unsigned long len = 0;
    tjhandle encoder = tjInitCompress();
    assert_int_equal(tjCompress2(encoder, image->rgba, (int)image->width, 0, (int)image->height,
                                 TJPF_RGBA, &bytes, &len, sampling, 90, flags),
                     0);
    Bytes file = {arena_copy(arena, bytes, len, 1), len};
    tjFree(bytes);
    tjDestroy(encoder);
    return file;
}

static Bytes webp_of(const Image *image, Arena *arena)
{
    uint8_t *bytes = NULL;
    size_t len = WebPEncodeLosslessRGBA(image->rgba, (int)image->width, (int)image->height,
                                        (int)image->width * 4, &bytes);
    assert_true(len > 0);
    Bytes file = {arena_copy(arena, bytes, len, 1), len};
    WebPFree(bytes);
    return file;
}

// ---- stores

enum { FILE_MEMORY = 1 }; // bytes that may stay in memory: then nothing does

static Scan scan_of(const Bytes *files, uint32_t count, Arena *arena)
{
    Scan scan = {.image_count = count, .images = ARENA_ARRAY(arena, ScanImage, count)};
    for (uint32_t i = 0; i < count; i++)
        scan.images[i] =
            (ScanImage){.name = str_format(arena, "paint %u", i), .encoded = files[i]};
    return scan;
}

static TexelStore *make_store(const Scan *scan, uint64_t memory_bytes)
{
    TexelStore *store = NULL;
    assert_ok(texel_store_make(&(TexelStoreDesc){.scan = scan, .memory_bytes = memory_bytes},
                               &store));
    assert_int_equal(texel_store_is_file(store), memory_bytes == FILE_MEMORY);
    return store;
}

static Status try_store(const Scan *scan)
{
    TexelStore *store = NULL;
    Status status = texel_store_make(&(TexelStoreDesc){.scan = scan}, &store);
    texel_store_drop(store);
    return status;
}

static void every_kind_is_exact(void **state)
{
    (void)state;
    static const PngKind kinds[] = {
        {0, 1, 0, false},  {0, 4, 0, false}, {0, 8, 0, false},  {0, 16, 0, false},
        {0, 8, 0, true},   {2, 8, 0, false}, {2, 16, 0, false}, {2, 8, 0, true},
        {3, 8, 0, false},  {3, 8, 0, true},  {4, 8, 0, false},  {6, 8, 0, false},
        {6, 16, 0, false}, {6, 8, 1, false}, {2, 8, 1, false},
    };
    enum { OTHERS = 6, COUNT = COUNT_OF(kinds) + OTHERS };
    Arena arena = {0};
    Image image = make_picture(&arena, WIDTH, HEIGHT), decoded;
    Bytes files[COUNT] = {
        webp_of(&image, &arena),
        jpeg_of(&image, TJSAMP_444, 0, &arena),
        jpeg_of(&image, TJSAMP_420, 0, &arena),
        jpeg_of(&image, TJSAMP_422, 0, &arena),
        jpeg_of(&image, TJSAMP_GRAY, 0, &arena),
        jpeg_of(&image, TJSAMP_420, TJFLAG_PROGRESSIVE, &arena),
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        files[OTHERS + i] = png_of(kinds[i], WIDTH, HEIGHT, &arena);
    Scan scan = scan_of(files, COUNT, &arena);
    for (int is_file = 0; is_file < 2; is_file++) {
        TexelStore *store = make_store(&scan, is_file ? FILE_MEMORY : 0);
        TexelReader *reader = texel_reader_make(store, &arena);
        uint8_t(*texels)[4] = arena_alloc(&arena, WIDTH * HEIGHT * 4, 4);
        for (int32_t i = 0; i < COUNT; i++) {
            assert_ok(image_decode(files[i], NULL, &arena, &decoded));
            assert_int_equal(texel_store_size(store, i).width, WIDTH);
            assert_int_equal(texel_store_size(store, i).height, HEIGHT);
            assert_ok(texel_read(
                reader, &(TexelRect){.image = i, .width = WIDTH, .height = HEIGHT}, texels));
            assert_memory_equal(texels, decoded.rgba, WIDTH * HEIGHT * 4);
        }
        texel_store_drop(store);
    }
    arena_drop(&arena);
}

static uint32_t wrapped(int64_t at, ScanWrap wrap, uint32_t size)
{
    if (wrap == SCAN_WRAP_CLAMP)
        return (uint32_t)CLAMP(at, 0, (int64_t)size - 1);
    while (at < 0)
        at += 2 * (int64_t)size;
    if (wrap == SCAN_WRAP_REPEAT)
        return (uint32_t)(at % size);
    at %= 2 * (int64_t)size;
    return (uint32_t)(at < size ? at : 2 * (int64_t)size - 1 - at);
}

static void rectangles_wrap(void **state)
{
    (void)state;
    static const TexelRect rects[] = {
        {.x = 0, .y = 0, .width = 1, .height = 1},
        {.x = 127, .y = 127, .width = 2, .height = 2},
        {.x = 100, .y = 250, .width = 190, .height = 20},
        {.x = -5, .y = -7, .width = 30, .height = 30},
        {.x = 290, .y = 260, .width = 40, .height = 400},
        {.x = -700, .y = -1300, .width = 1500, .height = 2700},
        {.x = 4000, .y = 3, .width = 10, .height = 0},
        {.x = -4000, .y = 9000, .width = 350, .height = 5},
    };
    static const uint32_t sizes[][2] = {{WIDTH, HEIGHT}, {1, 1}, {5, 130}, {128, 256}};
    Arena arena = {0};
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        Image image = make_picture(&arena, sizes[s][0], sizes[s][1]);
        Bytes file;
        assert_ok(image_encode_png(&image, 1, &arena, &file));
        Scan scan = scan_of(&file, 1, &arena);
        TexelStore *store = make_store(&scan, s % 2 ? FILE_MEMORY : 0);
        TexelReader *reader = texel_reader_make(store, &arena);
        for (size_t i = 0; i < COUNT_OF(rects) * 9; i++) {
            TexelRect rect = rects[i / 9];
            rect.wrap_u = (ScanWrap)(i % 3);
            rect.wrap_v = (ScanWrap)(i / 3 % 3);
            ArenaMark mark = arena_mark(&arena);
            uint8_t(*texels)[4] = arena_alloc(&arena, (size_t)rect.width * rect.height * 4, 4);
            assert_ok(texel_read(reader, &rect, texels));
            for (uint32_t at = 0; at < rect.width * rect.height; at++) {
                uint32_t x =
                    wrapped((int64_t)rect.x + at % rect.width, rect.wrap_u, image.width);
                uint32_t y =
                    wrapped((int64_t)rect.y + at / rect.width, rect.wrap_v, image.height);
                assert_memory_equal(texels[at], image.rgba + 4 * (y * image.width + x), 4);
            }
            arena_rewind(&arena, mark);
        }
        texel_store_drop(store);
    }
    arena_drop(&arena);
}

// The same as of a picture in memory, to the bit.
static void samples_are_those_of_pictures(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, WIDTH, HEIGHT);
    for (size_t i = 3; i < 4 * WIDTH * HEIGHT; i += 4)
        image.rgba[i] = 255;
    float linear[256];
    for (int i = 0; i < 256; i++)
        linear[i] = image_linear_of_srgb((uint8_t)i);
    Bytes file;
    assert_ok(image_encode_png(&image, 1, &arena, &file));
    Scan scan = scan_of(&file, 1, &arena);
    for (int is_file = 0; is_file < 2; is_file++) {
        TexelStore *store = make_store(&scan, is_file ? FILE_MEMORY : 0);
        TexelReader *reader = texel_reader_make(store, &arena);
        for (uint32_t i = 0; i < 60000; i++) {
            float uv[2] = {(float)(i % 601) / 150.0f - 2.0f, (float)(i % 499) / 120.0f - 2.0f};
            ScanTexture map = {.wrap_u = (ScanWrap)(i % 3), .wrap_v = (ScanWrap)(i / 3 % 3)};
            float stored[3], direct[3];
            assert_ok(texel_sample(reader, &map, linear, uv, stored));
            bake_picture_sample(&image, &map, linear, uv, direct);
            assert_memory_equal(stored, direct, sizeof stored);
        }
        texel_store_drop(store);
    }
    arena_drop(&arena);
}

// A picture that has more blocks than a reader keeps.
static void blocks_come_and_go(void **state)
{
    (void)state;
    enum { SIDE = 128 * 20 };
    Arena arena = {0};
    Image image = make_picture(&arena, SIDE, SIDE);
    Bytes file;
    assert_ok(image_encode_png(&image, 1, &arena, &file));
    Scan scan = scan_of(&file, 1, &arena);
    TexelStore *store = make_store(&scan, FILE_MEMORY);
    TexelReader *reader = texel_reader_make(store, &arena);
    uint32_t seed = 5;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t x = (seed >> 8) % SIDE;
        seed = seed * 1664525u + 1013904223u;
        uint32_t y = (seed >> 8) % SIDE;
        uint8_t texel[1][4];
        assert_ok(texel_read(
            reader, &(TexelRect){.x = (int32_t)x, .y = (int32_t)y, .width = 1, .height = 1},
            texel));
        assert_memory_equal(texel[0], image.rgba + 4 * ((size_t)y * SIDE + x), 4);
    }
    texel_store_drop(store);
    arena_drop(&arena);
}

typedef struct Many {
    const TexelStore *store;
    const Image *image;
    TexelReader *readers[8];
    atomic_uint wrong;
} Many;

static Status read_some(void *context, size_t first, size_t count, int worker)
{
    Many *many = context;
    for (size_t i = first; i < first + count; i++) {
        uint8_t texels[16 * 16][4];
        TexelRect rect = {.image = (int32_t)(i % 3),
                          .x = (int32_t)(i * 37 % (WIDTH - 16)),
                          .y = (int32_t)(i * 53 % (HEIGHT - 16)),
                          .width = 16,
                          .height = 16};
        TRY(texel_read(many->readers[worker], &rect, texels));
        for (int row = 0; row < 16; row++) {
            const uint8_t *expected =
                many->image->rgba + 4 * ((size_t)(rect.y + row) * WIDTH + (size_t)rect.x);
            if (memcmp(texels[16 * row], expected, sizeof texels[0] * 16) != 0)
                atomic_fetch_add(&many->wrong, 1);
        }
    }
    return OK;
}

static void many_threads_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, WIDTH, HEIGHT);
    Bytes png, files[3];
    assert_ok(image_encode_png(&image, 1, &arena, &png));
    files[0] = files[2] = png;
    files[1] = webp_of(&image, &arena);
    Scan scan = scan_of(files, 3, &arena);
    for (int is_file = 0; is_file < 2; is_file++) {
        Many many = {.store = make_store(&scan, is_file ? FILE_MEMORY : 0), .image = &image};
        for (size_t i = 0; i < COUNT_OF(many.readers); i++)
            many.readers[i] = texel_reader_make(many.store, &arena);
        assert_ok(parallel_for(&(ParallelDesc){.count = 4000,
                                               .grain = 10,
                                               .run = read_some,
                                               .context = &many,
                                               .worker_limit = COUNT_OF(many.readers)}));
        assert_int_equal(atomic_load(&many.wrong), 0);
        texel_store_drop((TexelStore *)many.store);
    }
    arena_drop(&arena);
}

// ---- what goes wrong

static void damaged_pictures_are_named(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, WIDTH, HEIGHT);
    const Bytes good[] = {
        png_of((PngKind){2, 8, 0, false}, WIDTH, HEIGHT, &arena),
        png_of((PngKind){2, 8, 1, false}, WIDTH, HEIGHT, &arena),
        jpeg_of(&image, TJSAMP_420, 0, &arena),
        jpeg_of(&image, TJSAMP_420, TJFLAG_PROGRESSIVE, &arena),
        webp_of(&image, &arena),
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        Bytes files[2] = {good[0], good[i]};
        Scan scan = scan_of(files, 2, &arena);
        assert_ok(try_store(&scan));
        for (size_t part = 1; part < 16; part++) {
            ArenaMark mark = arena_mark(&arena);
            size_t len = part == 15 ? good[i].len - 2 : good[i].len * part / 15;
            scan.images[1].encoded = (Bytes){arena_copy(&arena, good[i].ptr, len, 1), len};
            assert_int_not_equal(try_store(&scan), OK);
            assert_non_null(strstr(fault_last()->text, "picture paint 1"));
            arena_rewind(&arena, mark);
        }
    }
    arena_drop(&arena);
}

static void flipped_bits_are_survived(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, 60, 50);
    const Bytes good[] = {
        png_of((PngKind){2, 8, 0, false}, 60, 50, &arena),
        jpeg_of(&image, TJSAMP_420, 0, &arena),
        jpeg_of(&image, TJSAMP_444, TJFLAG_PROGRESSIVE, &arena),
        webp_of(&image, &arena),
    };
    uint32_t seed = 3;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        uint8_t *copy = arena_copy(&arena, good[i].ptr, good[i].len, 1);
        Scan scan = scan_of(&(Bytes){copy, good[i].len}, 1, &arena);
        for (uint32_t n = 0; n < 1200; n++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t bit = n < 800 ? n : (seed >> 4) % (uint32_t)(good[i].len * 8);
            copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
            ImageInfo info; // sizes that are true of nothing, but allowed, take time only
            if (image_probe(scan.images[0].encoded, &info) ||
                (uint64_t)info.width * info.height < 1 << 22)
                if (try_store(&scan))
                    assert_non_null(strstr(fault_last()->text, "picture paint 0"));
            copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
    arena_drop(&arena);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes png = png_of((PngKind){2, 8, 0, false}, 20, 20, &arena);
    uint8_t *lying = (uint8_t *)png.ptr;
    Scan scan = scan_of(&png, 1, &arena);
    lying[17] = 2; // 131,092 wide
    assert_status(try_store(&scan), ERR_LIMIT);
    assert_non_null(strstr(fault_last()->text, "131092"));
    lying[17] = 0;
    lying[18] = lying[22] = 0x28; // 10,260 a side, in some hundred bytes: a bomb
    assert_status(try_store(&scan), ERR_LIMIT);
    assert_non_null(strstr(fault_last()->text, "pixels a byte"));
    Image image = make_picture(&arena, 20, 20);
    Bytes jpeg = jpeg_of(&image, TJSAMP_420, TJFLAG_PROGRESSIVE, &arena);
    uint8_t *frame = NULL;
    for (size_t i = 0; i + 9 < jpeg.len && !frame; i++)
        if (jpeg.ptr[i] == 0xff && jpeg.ptr[i + 1] == 0xc2)
            frame = (uint8_t *)jpeg.ptr + i;
    assert_non_null(frame);
    frame[5] = frame[7] = 0xfe; // 65,044 a side, and progressive
    uint8_t *padded = arena_alloc(&arena, 4 << 20, 1);
    memcpy(padded, jpeg.ptr, jpeg.len);
    scan = scan_of(&(Bytes){padded, 4 << 20}, 1, &arena);
    assert_status(try_store(&scan), ERR_LIMIT);
    assert_non_null(strstr(fault_last()->text, "progressive"));
    arena_drop(&arena);
}

static void only_used_pictures_are_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes files[3] = {png_of((PngKind){2, 8, 0, false}, 20, 20, &arena),
                      {(const uint8_t *)"nothing", 7},
                      png_of((PngKind){0, 8, 0, false}, 30, 40, &arena)};
    Scan scan = scan_of(files, 3, &arena);
    float uvs[3][2] = {{0}};
    ScanMaterial materials[3] = {scan_default_material(), scan_default_material(),
                                 scan_default_material()};
    materials[0].base_color_map.image = 0;
    materials[1].base_color_map.image = 1;
    materials[2].normal_map.image = 2;
    scan.uvs[0] = uvs;
    scan.materials = materials;
    scan.material_count = 3;
    bool is_used[3] = {true, false, true};
    TexelStore *store = NULL;
    assert_ok(texel_store_make(&(TexelStoreDesc){.scan = &scan, .is_used = is_used}, &store));
    assert_int_equal(texel_store_size(store, 0).width, 20);
    assert_int_equal(texel_store_size(store, 1).width, 0);
    assert_int_equal(texel_store_size(store, 2).height, 40);
    assert_int_equal(texel_store_size(store, 3).height, 0);
    assert_int_equal(texel_store_size(store, SCAN_NONE).height, 0);
    assert_int_equal(texel_store_bytes(store), 20 * 20 * 3 + 30 * 40);
    texel_store_drop(store);
    is_used[1] = true;
    assert_status(
        texel_store_make(&(TexelStoreDesc){.scan = &scan, .is_used = is_used}, &store),
        ERR_UNSUPPORTED);
    scan.image_count = 0; // nothing to hold
    assert_ok(texel_store_make(&(TexelStoreDesc){.scan = &scan}, &store));
    assert_int_equal(texel_store_bytes(store), 0);
    texel_store_drop(store);
    arena_drop(&arena);
}

static void work_can_be_cancelled(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes file = png_of((PngKind){2, 8, 0, false}, WIDTH, HEIGHT, &arena);
    Scan scan = scan_of(&file, 1, &arena);
    Cancel cancel = {0};
    cancel_request(&cancel);
    TexelStore *store = NULL;
    assert_status(texel_store_make(&(TexelStoreDesc){.scan = &scan, .cancel = &cancel}, &store),
                  ERR_CANCELLED);
    assert_null(store);
    arena_drop(&arena);
}

static void a_missing_folder_is_named(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes file = png_of((PngKind){2, 8, 0, false}, WIDTH, HEIGHT, &arena);
    Scan scan = scan_of(&file, 1, &arena);
    TexelStoreDesc desc = {
        .scan = &scan, .memory_bytes = FILE_MEMORY, .folder = "/nowhere/at/all"};
    TexelStore *store = NULL;
    char *before = getenv("TMPDIR") ? arena_copy_text(&arena, getenv("TMPDIR")) : NULL;
    unsetenv("TMPDIR");
    assert_status(texel_store_make(&desc, &store), ERR_IO);
    assert_non_null(strstr(fault_last()->text, "/nowhere/at/all"));
    setenv("TMPDIR", "/tmp", 1); // what the user says comes first
    assert_ok(texel_store_make(&desc, &store));
    texel_store_drop(store);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    arena_drop(&arena);
}

// A disk that has less room than the pictures take: asked for, not filled.
static void a_full_disk_is_told(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes png = png_of((PngKind){6, 8, 0, false}, 20, 20, &arena);
    enum { FILE_BYTES = 4 << 20 }; // enough not to look like a bomb
    uint8_t *lying = arena_alloc(&arena, FILE_BYTES, 1);
    memcpy(lying, png.ptr, png.len);
    lying[18] = lying[22] = 0xff; // 65,300 a side: 16 GiB a picture, by its header
    png = (Bytes){lying, FILE_BYTES};
    Bytes files[1000];
    for (size_t i = 0; i < COUNT_OF(files); i++)
        files[i] = png;
    Scan scan = scan_of(files, COUNT_OF(files), &arena);
    assert_status(try_store(&scan), ERR_IO);
    assert_non_null(strstr(fault_last()->text, "no room"));
    assert_non_null(strstr(fault_last()->text, "GiB"));
    arena_drop(&arena);
}

// Large pictures stay in their file.
static void parts_of_files_are_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = make_picture(&arena, WIDTH, HEIGHT);
    Bytes jpeg = jpeg_of(&image, TJSAMP_444, 0, &arena);
    Image decoded;
    assert_ok(image_decode(jpeg, NULL, &arena, &decoded));
    uint8_t *bytes = arena_alloc(&arena, jpeg.len + 10000, 1);
    memcpy(bytes + 5000, jpeg.ptr, jpeg.len);
    const char *path = str_format(&arena, "/tmp/test_texel_store.%ld", (long)getpid());
    assert_ok(file_write(path, (Bytes){bytes, jpeg.len + 10000}));
    ScanImage images[] = {
        {.name = "far", .path = path, .offset_bytes = 5000, .size_bytes = jpeg.len}};
    Scan scan = {.image_count = 1, .images = images};
    TexelStore *store = make_store(&scan, 0);
    TexelReader *reader = texel_reader_make(store, &arena);
    uint8_t(*texels)[4] = arena_alloc(&arena, WIDTH * HEIGHT * 4, 4);
    assert_ok(texel_read(reader, &(TexelRect){.width = WIDTH, .height = HEIGHT}, texels));
    assert_memory_equal(texels, decoded.rgba, WIDTH * HEIGHT * 4);
    texel_store_drop(store);
    images[0].size_bytes += 5001;
    assert_status(try_store(&scan), ERR_IO);
    assert_ok(file_remove_tree(path));
    assert_status(try_store(&scan), ERR_NOT_FOUND);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_exact),
        cmocka_unit_test(rectangles_wrap),
        cmocka_unit_test(samples_are_those_of_pictures),
        cmocka_unit_test(blocks_come_and_go),
        cmocka_unit_test(many_threads_read),
        cmocka_unit_test(damaged_pictures_are_named),
        cmocka_unit_test(flipped_bits_are_survived),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(only_used_pictures_are_read),
        cmocka_unit_test(work_can_be_cancelled),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(parts_of_files_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
