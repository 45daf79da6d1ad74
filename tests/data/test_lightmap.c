// test_lightmap.c: the light of a room: what is written is read, and nothing else is.

#include "test.h"

#include "data/lightmap.h"

#include <math.h>

static Chart plane(float x, float y, float z, float distance, int group, int place)
{
    Chart chart = charts_plane((float[3]){0}, (float[3]){x, y, z});
    chart.distance = distance;
    for (int k = 0; k < 2; k++) {
        chart.low[k] = -1;
        chart.high[k] = 2;
        chart.size[k] = 6;
    }
    chart.group = group;
    chart.x = place;
    return chart;
}

static Lightmap sample(Arena *arena)
{
    Lightmap map = {.low = {0, 0, 0},
                    .high = {4, 3, 5},
                    .counts = {2, 1, 2},
                    .place_count = 2,
                    .width = 16,
                    .height = 8,
                    .chart_count = 2};
    for (int i = 0; i < LIGHTMAP_HASH_BYTES; i++) {
        map.plan_hash[i] = (uint8_t)i;
        map.key[i] = (uint8_t)(200 - i);
    }
    map.charts = ARENA_ARRAY(arena, Chart, 2);
    map.charts[0] = plane(0, 1, 0, 0, 3, 0);
    map.charts[1] = plane(0, 0.6f, 0.8f, 1.5f, 0, 7);
    map.probes = ARENA_ARRAY(arena, LightProbe, 4);
    map.places = ARENA_ARRAY(arena, LightPlace, 2);
    for (int i = 0; i < 4; i++)
        map.probes[i].sh[0][0] = (float)(10 * i);
    map.places[0] = (LightPlace){.place = 3, .probe = {.sh = {{1, 2, 3}}}};
    map.places[1] = (LightPlace){.place = 8, .probe = {.sh = {{4}}}};
    map.texels = ARENA_ARRAY(arena, uint32_t, 16 * 8);
    for (uint32_t i = 0; i < 16 * 8; i++)
        map.texels[i] = lightmap_pack_color((float[3]){(float)i, 7, 120.0f / (float)(i + 1)});
    return map;
}

static void test_writes_what_it_reads(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena), again;
    Bytes file = lightmap_write(&map, &arena);
    assert_ok(lightmap_parse(file, &arena, &again));
    assert_memory_equal(map.texels, again.texels, 16 * 8 * 4);
    assert_memory_equal(map.plan_hash, again.plan_hash, LIGHTMAP_HASH_BYTES);
    assert_memory_equal(map.key, again.key, LIGHTMAP_HASH_BYTES);
    assert_int_equal(again.charts[1].x, 7);
    assert_int_equal(again.places[1].place, 8);
    Bytes second = lightmap_write(&again, &arena);
    assert_int_equal(file.len, second.len);
    assert_memory_equal(file.ptr, second.ptr, file.len);
    arena_drop(&arena);
}

// Version 2 is version 1 with what a mirror shows.
static void test_environment(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena), again;
    Bytes plain = lightmap_write(&map, &arena);
    assert_int_equal(plain.ptr[8], 1);
    map.environment = ARENA_ARRAY(&arena, uint32_t, ENVIRONMENT_TEXELS);
    for (uint32_t i = 0; i < ENVIRONMENT_TEXELS; i++)
        map.environment[i] = i * 2654435761u >> 20;
    Bytes file = lightmap_write(&map, &arena);
    assert_int_equal(file.ptr[8], 2);
    assert_ok(lightmap_parse(file, &arena, &again));
    assert_memory_equal(map.environment, again.environment, ENVIRONMENT_TEXELS * 4);
    assert_memory_equal(map.texels, again.texels, 16 * 8 * 4);
    assert_int_equal(again.charts[1].x, 7);
    Bytes second = lightmap_write(&again, &arena);
    assert_int_equal(file.len, second.len);
    assert_memory_equal(file.ptr, second.ptr, file.len);
    assert_ok(lightmap_parse(plain, &arena, &again));
    assert_null(again.environment);
    for (size_t len = 0; len < file.len; len += len < 400 ? 1 : 97)
        assert_int_not_equal(lightmap_parse(bytes_first(file, len), &arena, &again), OK);
    arena_drop(&arena);
}

static void test_truncations_and_flips(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena), again;
    Bytes file = lightmap_write(&map, &arena);
    for (size_t len = 0; len < file.len; len++)
        assert_int_not_equal(lightmap_parse(bytes_first(file, len), &arena, &again), OK);
    uint8_t *bent = ARENA_ARRAY(&arena, uint8_t, file.len);
    for (size_t bit = 0; bit < file.len * 8; bit++) {
        memcpy(bent, file.ptr, file.len);
        bent[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_not_equal(lightmap_parse((Bytes){bent, file.len}, &arena, &again), OK);
    }
    arena_drop(&arena);
}

// A liar who knows the checksum: every field that is out of bounds is refused by itself.
static void test_lies(void **state)
{
    (void)state;
    Arena arena = {0};
    for (int lie = 0; lie < 9; lie++) {
        Lightmap map = sample(&arena), again;
        switch (lie) {
        case 0:
            map.charts[1].x = 11;
            break;
        case 1:
            map.charts[0].size[1] = 3;
            break;
        case 2:
            map.charts[0].normal[1] = 0.5f;
            break;
        case 3:
            map.charts[0].low[0] = NAN;
            break;
        case 4:
            map.probes[2].sh[1][4] = INFINITY;
            break;
        case 5:
            map.places[1].place = 3;
            break;
        case 6:
            map.high[1] = -1;
            break;
        case 7:
            map.charts[1].low[1] = 3;
            break;
        case 8:
            map.places[0].probe.sh[2][8] = 2e6f;
            break;
        }
        Bytes file = lightmap_write(&map, &arena);
        assert_status(lightmap_parse(file, &arena, &again), ERR_CORRUPT);
    }
    arena_drop(&arena);
}

// Sizes are refused before anything is allocated for them.
static void test_limits(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena), again;
    Bytes good = lightmap_write(&map, &arena);
    uint8_t *bent = ARENA_ARRAY(&arena, uint8_t, good.len);
    const struct {
        size_t at;
        uint32_t value;
        Status wanted;
    } fields[] = {
        {8, 9, ERR_UNSUPPORTED},    {104, 0xffff, ERR_LIMIT},  {110, 0xffff, ERR_LIMIT},
        {112, 1 << 30, ERR_LIMIT},  {116, 1 << 30, ERR_LIMIT}, {120, 1 << 30, ERR_LIMIT},
        {12, 1 << 30, ERR_CORRUPT}, {112, 0, ERR_CORRUPT},     {116, 8193, ERR_LIMIT}};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        memcpy(bent, good.ptr, good.len);
        size_t bytes = fields[i].at == 104 || fields[i].at == 110 ? 2 : 4;
        memcpy(bent + fields[i].at, &fields[i].value, bytes);
        assert_status(lightmap_parse((Bytes){bent, good.len}, &arena, &again),
                      fields[i].wanted);
    }
    arena_drop(&arena);
}

static void test_colors(void **state)
{
    (void)state;
    float values[] = {0, 1e-9f, 0.001f, 0.3f, 1, 99.5f, 255.9f, 511.6f, 12000, 65408, 1e9f};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        float lux[3] = {values[i], values[i] / 3, 0}, out[3];
        lightmap_unpack_color(lightmap_pack_color(lux), out);
        float wanted = MIN(values[i], 65408.0f);
        assert_float_equal(out[0], wanted, wanted / 256 + 1e-4f);
        assert_float_equal(out[1], MIN(values[i] / 3, 65408.0f), wanted / 256 + 1e-4f);
        assert_float_equal(out[2], 0, 0);
    }
    assert_int_equal(lightmap_pack_color((float[3]){NAN, -1, -INFINITY}), 0);
}

static void test_finds_its_surfaces(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena);
    const float up[3] = {0, 1, 0};
    Chart piece = charts_plane((float[3]){0, 0.001f, 0}, up);
    piece.group = 3;
    for (int k = 0; k < 2; k++) {
        piece.low[k] = 0;
        piece.high[k] = 1.5f;
    }
    assert_ptr_equal(lightmap_find(&map, &piece), &map.charts[0]);
    for (int wrong = 0; wrong < 4; wrong++) {
        Chart other = piece;
        other.group += wrong == 0;
        other.distance += wrong == 1 ? 0.01f : 0;
        other.normal[1] *= wrong == 2 ? -1.0f : 1.0f;
        other.high[1] += wrong == 3 ? 1.0f : 0;
        assert_null(lightmap_find(&map, &other));
    }
    // Where two hold it, the smaller one is its own.
    map.charts[1] = map.charts[0];
    map.charts[1].high[0] = 1.6f;
    map.charts[0].area_m2 = 9;
    map.charts[1].area_m2 = 7;
    assert_ptr_equal(lightmap_find(&map, &piece), &map.charts[1]);
    arena_drop(&arena);
}

static void test_probes_between(void **state)
{
    (void)state;
    Arena arena = {0};
    Lightmap map = sample(&arena);
    LightProbe probe;
    lightmap_probe(&map, (float[3]){1, 1.5f, 1.25f}, &probe); // the middle of the first cell
    assert_float_equal(probe.sh[0][0], 0, 1e-4);
    lightmap_probe(&map, (float[3]){2, 0, 1.25f}, &probe); // between it and its neighbour
    assert_float_equal(probe.sh[0][0], 5, 1e-4);
    lightmap_probe(&map, (float[3]){99, 99, 99}, &probe);
    assert_float_equal(probe.sh[0][0], 30, 1e-3);
    assert_float_equal(lightmap_place(&map, 8)->sh[0][0], 4, 0);
    assert_null(lightmap_place(&map, 4));
    arena_drop(&arena);
}

static float lux_of(const LightProbe *probe, const float n[3])
{
    const float *sh = probe->sh[0], x = n[0], y = n[1], z = n[2];
    return sh[0] + sh[1] * x + sh[2] * y + sh[3] * z + sh[4] * x * y + sh[5] * y * z +
           sh[6] * (3 * z * z - 1) + sh[7] * z * x + sh[8] * (x * x - y * y);
}

// A room that is turned and moved, and somebody in it who is, too, sees the same light.
static void test_moves_with_its_room(void **state)
{
    (void)state;
    Arena arena = {0};
    static const float at[][3] = {{1, 1, 1}, {3.3f, 0.2f, 4.9f}, {2.1f, 2.9f, 3.7f}};
    static const float own[][3] = {
        {1, 0, 0}, {0, 0, -1}, {0.6f, 0, 0.8f}, {0.48f, 0.6f, -0.64f}, {-0.36f, -0.8f, 0.48f}};
    for (int quarters = 0; quarters < 4; quarters++) {
        Lightmap was = sample(&arena);
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < LIGHTMAP_COEFFICIENTS; k++)
                was.probes[i].sh[0][k] = (float)((i * 31 + k * 17) % 23) - 7;
        Lightmap map = was;
        LightmapMove move = {.quarters = quarters, .by = {-3, 0.5f, 11}, .first_place = 40};
        lightmap_move(&move, &arena, &map);
        assert_int_equal(map.places[1].place, 48);
        assert_int_equal(was.places[1].place, 8);
        float east[3] = {1, 0, 0};
        static const float turned_east[4][2] = {{1, 0}, {0, -1}, {-1, 0}, {0, 1}};
        lightmap_turn_direction(&move, east);
        assert_float_equal(east[0], turned_east[quarters][0], 0);
        assert_float_equal(east[2], turned_east[quarters][1], 0);
        for (size_t i = 0; i < COUNT_OF(at); i++) {
            for (size_t k = 0; k < COUNT_OF(own); k++) {
                float house[3] = {at[i][0], at[i][1], at[i][2]}, n[3];
                memcpy(n, own[k], sizeof n);
                lightmap_move_point(&move, house);
                lightmap_turn_direction(&move, n);
                LightProbe before, after;
                lightmap_probe(&was, at[i], &before);
                lightmap_probe(&map, house, &after);
                assert_float_equal(lux_of(&before, own[k]), lux_of(&after, n), 1e-3f);
            }
        }
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_what_it_reads),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_moves_with_its_room),
        cmocka_unit_test(test_truncations_and_flips),
        cmocka_unit_test(test_lies),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_finds_its_surfaces),
        cmocka_unit_test(test_probes_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
