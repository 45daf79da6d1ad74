// test_surface.c: surface tiles there and back, damaged ones, and normals over the sphere.

#include "test.h"

#include "data/mesh.h"
#include "data/surface.h"

#include <math.h>

enum { WIDTH = SURFACE_TILE_WIDTH, ROWS = 48, TEXELS = WIDTH * ROWS };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// Waves in every channel, so that a channel that took another's place is seen.
static uint8_t wave(uint32_t channel, uint32_t x, uint32_t y)
{
    float angle = (float)x * (0.02f + 0.01f * (float)channel) + (float)y * 0.07f;
    return (uint8_t)(127.5f + (60.0f + 5.0f * (float)channel) * sinf(angle + (float)channel));
}

static SurfaceTile make_tile(uint32_t maps, Arena *arena)
{
    SurfaceTile tile = surface_tile_default();
    tile.rows = ROWS;
    tile.maps = maps;
    tile.color = arena_alloc_raw(arena, TEXELS * 4, 16);
    tile.shape = arena_alloc_raw(arena, TEXELS * 4, 16);
    tile.extra = arena_alloc_raw(arena, TEXELS * 2, 16);
    for (uint32_t i = 0; i < TEXELS; i++) {
        for (uint32_t c = 0; c < 4; c++) {
            tile.color[i][c] = wave(c, i % WIDTH, i / WIDTH);
            tile.shape[i][c] = wave(c + 4, i % WIDTH, i / WIDTH);
        }
        for (uint32_t c = 0; c < 2; c++)
            tile.extra[i][c] = wave(c + 8, i % WIDTH, i / WIDTH);
    }
    return tile;
}

static int worst(const uint8_t *a, const uint8_t *b, size_t count)
{
    int out = 0;
    for (size_t i = 0; i < count; i++)
        out = MAX(out, abs(a[i] - b[i]));
    return out;
}

static void test_all_maps(void **state)
{
    (void)state;
    Arena arena = {0};
    SurfaceTile tile = make_tile((1u << SURFACE_MAP_COUNT) - 1, &arena), read, peeked;
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    assert_ok(surface_peek(file, &peeked));
    assert_int_equal(peeked.rows, ROWS);
    assert_int_equal(peeked.maps, tile.maps);
    assert_null(peeked.color);
    assert_ok(surface_parse(file, &arena, &read));
    assert_int_equal(read.maps, tile.maps);
    assert_in_range(worst(tile.color[0], read.color[0], TEXELS * 4), 0, 12);
    assert_in_range(worst(tile.shape[0], read.shape[0], TEXELS * 4), 0, 8);
    assert_in_range(worst(tile.extra[0], read.extra[0], TEXELS * 2), 0, 8);
    Bytes again;
    assert_ok(surface_write(&tile, NULL, &arena, &again));
    assert_int_equal(again.len, file.len);
    assert_memory_equal(again.ptr, file.ptr, file.len);
    arena_drop(&arena);
}

// Each map alone: it arrives, and the others have their flat values.
static void test_one_map(void **state)
{
    (void)state;
    static const uint32_t planes[SURFACE_MAP_COUNT][3] = {
        {0, 0, 3}, {0, 3, 1}, {1, 0, 2}, {1, 2, 1}, {1, 3, 1}, {2, 0, 1}, {2, 1, 1}};
    for (uint32_t map = 0; map < SURFACE_MAP_COUNT; map++) {
        Arena arena = {0};
        SurfaceTile tile = make_tile(1u << map, &arena), read;
        Bytes file;
        tile.flat_color[3] = 77;
        tile.flat_shape[2] = 44;
        tile.flat_extra[0] = 11;
        assert_ok(surface_write(&tile, NULL, &arena, &file));
        assert_ok(surface_parse(file, &arena, &read));
        assert_int_equal(read.maps, 1u << map);
        const uint32_t *place = planes[map];
        const uint8_t *got[] = {(uint8_t *)read.color, (uint8_t *)read.shape,
                                (uint8_t *)read.extra};
        const uint8_t *given[] = {tile.color[0], tile.shape[0], tile.extra[0]};
        const uint8_t *flat[] = {tile.flat_color, tile.flat_shape, tile.flat_extra};
        for (uint32_t plane = 0; plane < 3; plane++) {
            uint32_t stride = plane == 2 ? 2 : 4;
            assert_int_equal(got[plane] != NULL, plane == place[0]);
            for (uint32_t i = 0; got[plane] && i < TEXELS * stride; i++) {
                uint32_t c = i % stride;
                if (c >= place[1] && c < place[1] + place[2])
                    assert_in_range(abs(got[plane][i] - given[plane][i]), 0, 12);
                else
                    assert_int_equal(got[plane][i], flat[plane][c]);
            }
        }
        arena_drop(&arena);
    }
}

static void test_flat_maps(void **state)
{
    (void)state;
    Arena arena = {0};
    SurfaceTile tile = make_tile((1u << SURFACE_MAP_COUNT) - 1, &arena), read;
    uint8_t *is_used = ARENA_ARRAY(&arena, uint8_t, TEXELS);
    for (uint32_t i = 0; i < TEXELS; i++) { // equal where somebody looks
        is_used[i] = i % 3 == 0;
        if (is_used[i]) {
            memcpy(tile.color[i], (uint8_t[]){10, 20, 30, 40}, 4);
            memcpy(tile.shape[i], (uint8_t[]){50, 60, 70, 80}, 4);
            memcpy(tile.extra[i], (uint8_t[]){90, 100}, 2);
        }
    }
    Bytes file;
    assert_ok(surface_write(&tile, is_used, &arena, &file));
    assert_in_range(file.len, 1, 100);
    assert_ok(surface_parse(file, &arena, &read));
    assert_int_equal(read.maps, 1u << SURFACE_NORMAL);
    assert_null(read.color);
    assert_null(read.extra);
    assert_memory_equal(read.flat_color, ((uint8_t[]){10, 20, 30, 40}), 4);
    assert_memory_equal(read.flat_extra, ((uint8_t[]){90, 100}), 2);
    for (uint32_t i = 0; i < TEXELS; i++)
        assert_memory_equal(read.shape[i], ((uint8_t[]){50, 60, 70, 80}), 4);
    arena_drop(&arena);
}

// What nobody looks at costs little and leaves its neighbours alone.
static void test_unused_texels(void **state)
{
    (void)state;
    Arena arena = {0};
    SurfaceTile tile = make_tile(1u << SURFACE_COLOR | 1u << SURFACE_NORMAL, &arena), read;
    uint8_t *is_used = ARENA_ARRAY(&arena, uint8_t, TEXELS);
    uint32_t random = 7;
    for (uint32_t i = 0; i < TEXELS; i++) {
        is_used[i] = i % WIDTH / 37 % 2 == 0;
        for (int c = 0; c < 4 && !is_used[i]; c++) {
            tile.color[i][c] = (uint8_t)next_random(&random);
            tile.shape[i][c] = (uint8_t)next_random(&random);
        }
    }
    Bytes all, used;
    assert_ok(surface_write(&tile, NULL, &arena, &all));
    assert_ok(surface_write(&tile, is_used, &arena, &used));
    assert_in_range(used.len, 1, all.len / 3);
    assert_ok(surface_parse(used, &arena, &read));
    for (uint32_t i = 0; i < TEXELS; i++) {
        if (is_used[i]) {
            assert_in_range(worst(tile.color[i], read.color[i], 3), 0, 14);
            assert_in_range(worst(tile.shape[i], read.shape[i], 2), 0, 8);
        }
    }
    arena_drop(&arena);
}

// Noise in all of the largest tile: told coarsely enough to fit.
static void test_the_largest(void **state)
{
    (void)state;
    enum { COUNT = WIDTH * SURFACE_TILE_MAX_ROWS };
    Arena arena = {0};
    SurfaceTile tile = surface_tile_default(), read;
    tile.rows = SURFACE_TILE_MAX_ROWS;
    tile.maps = (1u << SURFACE_MAP_COUNT) - 1;
    tile.color = arena_alloc_raw(&arena, COUNT * 4, 16);
    tile.shape = arena_alloc_raw(&arena, COUNT * 4, 16);
    tile.extra = arena_alloc_raw(&arena, COUNT * 2, 16);
    uint32_t random = 5;
    for (uint32_t i = 0; i < COUNT; i++) {
        for (int c = 0; c < 4; c++) {
            tile.color[i][c] = (uint8_t)next_random(&random);
            tile.shape[i][c] = (uint8_t)next_random(&random);
            tile.extra[i][c / 2] = (uint8_t)next_random(&random);
        }
    }
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    assert_in_range(file.len, SURFACE_TILE_MAX_BYTES / 2, SURFACE_TILE_MAX_BYTES);
    assert_ok(surface_parse(file, &arena, &read));
    assert_int_equal(read.maps, tile.maps);
    arena_drop(&arena);
}

static void test_every_truncation(void **state)
{
    (void)state;
    Arena arena = {0}, parsed = {0};
    SurfaceTile tile = make_tile(1u << SURFACE_NORMAL | 1u << SURFACE_COLOR, &arena), read;
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    for (size_t len = 0; len <= file.len; len++) {
        uint8_t *copy = arena_copy(&parsed, file.ptr, len, 1); // so that reading on is noticed
        Bytes part = {copy, len};
        assert_int_equal(surface_parse(part, &parsed, &read) == OK, len == file.len);
        assert_int_equal(surface_peek(part, &read) == OK, len == file.len);
        arena_reset(&parsed);
    }
    arena_drop(&parsed);
    arena_drop(&arena);
}

// A map that was cut off, in a table that tells its new size: the codec itself has to notice.
static void test_truncated_maps(void **state)
{
    (void)state;
    enum { TABLE = 8 + 8 * SURFACE_MAP_COUNT };
    Arena arena = {0}, parsed = {0};
    SurfaceTile tile = make_tile(1u << SURFACE_COLOR, &arena), read;
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    for (size_t len = TABLE; len < file.len; len += 1 + len / 64) {
        uint8_t *copy = arena_copy(&parsed, file.ptr, len, 1);
        for (int i = 0; i < 4; i++)
            copy[12 + i] = (uint8_t)((len - TABLE) >> (8 * i));
        assert_status(surface_parse((Bytes){copy, len}, &parsed, &read), ERR_CORRUPT);
        arena_reset(&parsed);
    }
    arena_drop(&parsed);
    arena_drop(&arena);
}

// Whatever a flipped bit does, it fails with a sentence or gives a whole tile.
static void test_bit_flips(void **state)
{
    (void)state;
    Arena arena = {0}, parsed = {0};
    SurfaceTile tile = make_tile((1u << SURFACE_MAP_COUNT) - 1, &arena), read;
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    uint8_t *copy = arena_copy(&arena, file.ptr, file.len, 1);
    uint32_t random = 1, refused = 0;
    for (uint32_t i = 0; i < 1500; i++) {
        // The heads are where lies are told: the table, and those of the first map.
        uint32_t bit = i < 1000 ? i * 6 + i % 6 : next_random(&random) % (file.len * 8);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Status status = surface_parse((Bytes){copy, file.len}, &parsed, &read);
        refused += status != OK;
        if (status)
            assert_true(strlen(fault_last()->text) > 10);
        else
            assert_in_range(read.rows, SURFACE_TILE_ROW_STEP, SURFACE_TILE_MAX_ROWS);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        arena_reset(&parsed);
    }
    assert_in_range(refused, 300, 1500);
    arena_drop(&parsed);
    arena_drop(&arena);
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        uint32_t at, value; // of a byte
        Status expected;
    } lies[] = {
        {0, 'x', ERR_CORRUPT},    // not a tile
        {4, 0, ERR_CORRUPT},      // no rows
        {4, 47, ERR_CORRUPT},     // no multiple
        {5, 8, ERR_CORRUPT},      // too many rows
        {6, 1, ERR_CORRUPT},      // spare
        {8, 77, ERR_UNSUPPORTED}, // a coding of the future
        {8, 0, ERR_CORRUPT},      // bytes of a map that has none
        {16, 1, ERR_CORRUPT},     // flat, of what cannot be
        {16, 2, ERR_CORRUPT},     // a map without bytes
        {15, 0xff, ERR_CORRUPT},  // larger than the file
        {12, 0, ERR_CORRUPT},     // maps that do not fill it
        {4, 64, ERR_CORRUPT},     // other rows than the picture's
    };
    Arena arena = {0};
    SurfaceTile tile = make_tile(1u << SURFACE_COLOR, &arena), read;
    Bytes file;
    assert_ok(surface_write(&tile, NULL, &arena, &file));
    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        uint8_t *copy = arena_copy(&arena, file.ptr, file.len, 1);
        copy[lies[i].at] = (uint8_t)lies[i].value;
        assert_status(surface_parse((Bytes){copy, file.len}, &arena, &read), lies[i].expected);
    }
    arena_drop(&arena);
}

// ---- normals

static void random_direction(uint32_t *random, float out[3])
{
    float length2;
    do {
        length2 = 0;
        for (int i = 0; i < 3; i++) {
            out[i] = (float)(next_random(random) % 20001) / 10000.0f - 1.0f;
            length2 += out[i] * out[i];
        }
    } while (length2 > 1.0f || length2 < 0.01f);
    for (int i = 0; i < 3; i++)
        out[i] /= sqrtf(length2);
}

static float degrees_between(const float a[3], const float b[3])
{
    float d[3] = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    float half = 0.5f * sqrtf(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    return 2.0f * asinf(MIN(half, 1.0f)) * 57.29578f;
}

static void test_frames(void **state)
{
    (void)state;
    uint32_t random = 3;
    for (int i = 0; i < 20000; i++) {
        float axis[3], frame[3][3];
        random_direction(&random, axis);
        if (i < 2)
            memcpy(axis, (float[3]){0, 0, i ? -1.0f : 1.0f}, sizeof axis);
        surface_make_frame(axis, frame);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                float dot = frame[a][0] * frame[b][0] + frame[a][1] * frame[b][1] +
                            frame[a][2] * frame[b][2];
                assert_float_equal(dot, a == b ? 1.0f : 0.0f, 2e-6f);
            }
        }
        float across[3] = {frame[0][1] * frame[1][2] - frame[0][2] * frame[1][1],
                           frame[0][2] * frame[1][0] - frame[0][0] * frame[1][2],
                           frame[0][0] * frame[1][1] - frame[0][1] * frame[1][0]};
        assert_in_range(degrees_between(across, axis) * 1000, 0, 1); // right-handed
    }
}

// No axis lies where the frame turns over, and none is far from the one asked for.
static void test_axes(void **state)
{
    (void)state;
    uint32_t random = 5;
    for (int i = 0; i < 50000; i++) {
        float axis[3], decoded[3];
        uint8_t encoded[2];
        random_direction(&random, axis);
        if (i % 2)
            axis[2] *= 1e-3f; // the equator and around it
        float length = sqrtf(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        for (int c = 0; c < 3; c++)
            axis[c] /= length;
        surface_encode_axis(axis, encoded);
        mesh_decode_normal(encoded, decoded);
        assert_true(fabsf(decoded[2]) > 0.005f);
        assert_true(degrees_between(axis, decoded) < 1.5f);
    }
}

static void test_normals_over_the_sphere(void **state)
{
    (void)state;
    // Up to this far from the axis, at most so wrong, in degrees: half the diagonal of a step
    // is 0.0079 of the map, and there a radian is cos(angle / 2) / sqrt(2) wide.
    static const float within[][2] = {{10, 0.65f}, {45, 0.70f}, {90, 0.91f}, {150, 2.6f}};
    uint32_t random = 9;
    for (int i = 0; i < 200000; i++) {
        float axis[3], frame[3][3], normal[3], decoded[3];
        uint8_t encoded[2];
        random_direction(&random, axis);
        random_direction(&random, normal);
        surface_make_frame(axis, frame);
        surface_encode_normal((const float(*)[3])frame, normal, encoded);
        surface_decode_normal((const float(*)[3])frame, encoded, decoded);
        float far = degrees_between(axis, normal), wrong = degrees_between(normal, decoded);
        for (size_t k = 0; k < COUNT_OF(within); k++) {
            if (far < within[k][0] && wrong > within[k][1])
                fail_msg("%f degrees from the axis a normal is %f wrong", (double)far,
                         (double)wrong);
        }
        assert_in_range(encoded[0], 0, 254);
        assert_in_range(encoded[1], 0, 254);
    }
}

static void test_normals_along_the_axis(void **state)
{
    (void)state;
    uint32_t random = 11;
    for (int i = 0; i < 1000; i++) {
        float axis[3], frame[3][3], back[3], decoded[3];
        uint8_t encoded[2];
        random_direction(&random, axis);
        surface_make_frame(axis, frame);
        surface_encode_normal((const float(*)[3])frame, axis, encoded);
        assert_int_equal(encoded[0], 127);
        assert_int_equal(encoded[1], 127);
        surface_decode_normal((const float(*)[3])frame, encoded, decoded);
        assert_true(degrees_between(axis, decoded) < 0.01f);
        for (int c = 0; c < 3; c++)
            back[c] = -axis[c];
        surface_encode_normal((const float(*)[3])frame, back, encoded);
        surface_decode_normal((const float(*)[3])frame, encoded, decoded);
        assert_true(degrees_between(back, decoded) < 1.0f);
    }
    // What no writer makes still is a direction.
    float frame[3][3], decoded[3], axis[3] = {0, 0, 1};
    surface_make_frame(axis, frame);
    for (int i = 0; i < 65536; i++) {
        uint8_t any[2] = {(uint8_t)(i & 255), (uint8_t)(i >> 8)};
        surface_decode_normal((const float(*)[3])frame, any, decoded);
        float length2 =
            decoded[0] * decoded[0] + decoded[1] * decoded[1] + decoded[2] * decoded[2];
        assert_float_equal(length2, 1.0f, 1e-5f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_maps),
        cmocka_unit_test(test_one_map),
        cmocka_unit_test(test_flat_maps),
        cmocka_unit_test(test_unused_texels),
        cmocka_unit_test(test_the_largest),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_truncated_maps),
        cmocka_unit_test(test_bit_flips),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_axes),
        cmocka_unit_test(test_normals_over_the_sphere),
        cmocka_unit_test(test_normals_along_the_axis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
