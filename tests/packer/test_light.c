// test_light.c: light computed beforehand: right, the same every time, and where it belongs.

#include "test.h"

#include "packer/light.h"

#include "exhibits/model/gallery_light.h"

#include <math.h>

// Two rooms of 2 x 2 m that no door joins; only the first has a lamp.
static float corners_a[4][2] = {{0, 0}, {0, 2}, {2, 2}, {2, 0}};
static float corners_b[4][2] = {{2.3f, 0}, {2.3f, 2}, {4.3f, 2}, {4.3f, 0}};

typedef struct House {
    Plan plan;
    PlanRoom rooms[2];
    PlanLight lamp;
    PlanPlace place;
} House;

static void make_house(House *house)
{
    *house = (House){
        .rooms = {{.id = "a", .corner_count = 4, .corners = corners_a, .height_m = 2.4f},
                  {.id = "b", .corner_count = 4, .corners = corners_b, .height_m = 2.4f}},
        .lamp = {.room = 0,
                 .place = PLAN_NONE,
                 .position = {1.5f, 2.2f, 1.5f},
                 .target = {1.5f, 0, 1.5f},
                 .kelvin = 3400,
                 .candela = 1000,
                 .inner_rad = 0.5f,
                 .outer_rad = 0.6f,
                 .casts_shadow = true},
        .place = {.piece = "cube",
                  .room = 0,
                  .stand = PLAN_PLINTH,
                  .position = {0.5f, 0.5f},
                  .size_m = {0.3f, 0.6f, 0.3f}},
    };
    for (int i = 0; i < 2; i++) {
        house->rooms[i].walls = house->rooms[i].floor = PLAN_PLASTER_DARK;
        house->rooms[i].ceiling = PLAN_PLASTER_DARK;
    }
    house->plan = (Plan){.room_count = 2,
                         .rooms = house->rooms,
                         .light_count = 1,
                         .lights = &house->lamp,
                         .place_count = 1,
                         .places = &house->place};
}

static const uint8_t no_hash[LIGHTMAP_HASH_BYTES];

static void light(const House *house, const LightBlocker *blockers, int workers, Arena *arena,
                  Lightmap *maps)
{
    LightDesc desc = {.plan = &house->plan,
                      .blockers = blockers,
                      .plan_hash = no_hash,
                      .key = no_hash,
                      .quality = LIGHT_DRAFT,
                      .worker_limit = workers};
    assert_ok(light_house(&desc, arena, maps));
}

static float lux_at(const Lightmap *map, int group, const float at[3], const float normal[3])
{
    float texel[2], lux[3];
    Chart point = charts_plane(at, normal);
    point.group = group;
    for (int k = 0; k < 2; k++) {
        point.low[k] = point.high[k] = 0;
        for (int i = 0; i < 3; i++)
            point.low[k] += (k ? point.v : point.u)[i] * at[i];
        point.high[k] = point.low[k];
    }
    const Chart *chart = lightmap_find(map, &point);
    assert_non_null(chart);
    charts_texel(chart, at, texel);
    lightmap_unpack_color(map->texels[(size_t)texel[1] * map->width + (size_t)texel[0]], lux);
    return 0.2126f * lux[0] + 0.7152f * lux[1] + 0.0722f * lux[2];
}

static float floor_lux(const Lightmap *map, float x, float z)
{
    return lux_at(map, PLAN_PLASTER_DARK, (float[3]){x, 0, z}, (float[3]){0, 1, 0});
}

// Washers light the walls of both rooms, so differences are looked at.
static void test_lamp_is_as_bright_as_it_says(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap with[2], without[2];
    make_house(&house);
    light(&house, NULL, 0, &arena, with);
    house.plan.light_count = 0;
    light(&house, NULL, 0, &arena, without);
    float lux = floor_lux(&with[0], 1.5f, 1.5f) - floor_lux(&without[0], 1.5f, 1.5f);
    float wanted = 1000 / (2.2f * 2.2f);
    // What bounces adds a little: all is nearly black.
    assert_in_range((int)(lux / wanted * 1000), 960, 1060);
    float other = floor_lux(&with[1], 3.5f, 1.5f) - floor_lux(&without[1], 3.5f, 1.5f);
    assert_true(fabsf(other) < 0.02f * floor_lux(&without[1], 3.5f, 1.5f) + 0.1f);
    arena_drop(&arena);
}

static void test_pieces_cast_shadows(void **state)
{
    (void)state;
    static float corners[3][3] = {{1.2f, 1, 1.2f}, {1.9f, 1, 1.2f}, {1.5f, 1, 1.9f}};
    static uint32_t indices[3] = {0, 1, 2};
    Arena arena = {0};
    House house;
    Lightmap open[2], shaded[2];
    LightBlocker piece = {3, 3, corners, indices};
    make_house(&house);
    light(&house, NULL, 0, &arena, open);
    light(&house, &piece, 0, &arena, shaded);
    assert_true(floor_lux(&shaded[0], 1.5f, 1.5f) < 0.5f * floor_lux(&open[0], 1.5f, 1.5f));
    // The piece's own probe does not see the piece; that of the place is there.
    assert_int_equal(shaded[0].place_count, 1);
    assert_non_null(lightmap_place(&shaded[0], 0));
    assert_true(lightmap_place(&shaded[0], 0)->sh[1][0] > 1);
    assert_null(lightmap_place(&shaded[1], 0));
    arena_drop(&arena);
}

static void test_workers_do_not_matter(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap one[2], three[2];
    make_house(&house);
    house.rooms[0].fill_lux = 100;
    light(&house, NULL, 1, &arena, one);
    light(&house, NULL, 3, &arena, three);
    for (int i = 0; i < 2; i++) {
        Bytes a = lightmap_write(&one[i], &arena), b = lightmap_write(&three[i], &arena);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.ptr, b.ptr, a.len);
    }
    arena_drop(&arena);
}

// All that is drawn finds its light, and none of it is black: corners see some of the room.
static void test_every_vertex_has_light(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap maps[2];
    GalleryMesh mesh;
    make_house(&house);
    house.rooms[0].fill_lux = 150;
    light(&house, NULL, 0, &arena, maps);
    gallery_mesh_make(&house.plan, 0, &arena, &mesh);
    for (uint32_t p = 0; p < mesh.part_count; p++) {
        int group = gallery_light_group(mesh.parts[p].material);
        for (uint32_t i = 0; i < mesh.parts[p].index_count && group >= 0; i++) {
            const GalleryVertex *vertex =
                &mesh.vertices[mesh.indices[mesh.parts[p].first_index + i]];
            float lux = lux_at(&maps[0], group, vertex->position, vertex->normal);
            // Feet of plinths, lamps at the ceiling, backs of the skirting.
            bool is_hidden = vertex->position[1] < 0.07f || vertex->position[1] > 2.1f ||
                             group == (int)house.plan.rooms[0].trim;
            assert_true(lux > 0.05f || is_hidden);
            assert_true(lux < 12001);
        }
    }
    arena_drop(&arena);
}

// A white ceiling panel over a nearly black floor: its light is what geometry says.
static void test_panel_is_as_bright_as_it_says(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap with[2], without[2];
    make_house(&house);
    house.plan.light_count = house.plan.place_count = 0;
    light(&house, NULL, 0, &arena, without);
    house.rooms[0].fill_lux = 200;
    light(&house, NULL, 0, &arena, with);
    GalleryPanel panel = gallery_panel(&house.rooms[0]);
    // On the floor below its middle the panel gives fill_lux, of which the museum shows a
    // share.
    float wanted = 200 * gallery_panel_nits(&panel) / panel.luminance_nits;
    float lux = floor_lux(&with[0], 1, 1) - floor_lux(&without[0], 1, 1);
    assert_in_range((int)(lux / wanted * 1000), 850, 1150);
    arena_drop(&arena);
}

// A sky behind a window: its light is what geometry says, and it falls downwards.
static void test_windows_let_daylight_in(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap with[2], without[2];
    make_house(&house);
    PlanWindow window = {.room = 0,
                         .wall = 0,
                         .from = {0, 0.5f},
                         .to = {0, 1.5f},
                         .sill_m = 1,
                         .head_m = 2,
                         .reveal_m = 0.02f};
    house.plan.light_count = house.plan.place_count = 0;
    house.plan.windows = &window;
    house.plan.window_count = 1;
    light(&house, NULL, 0, &arena, without); // a night
    house.plan.sky = (PlanSky){.nits = 1000, .kelvin = 3400};
    light(&house, NULL, 0, &arena, with);
    float near = floor_lux(&with[0], 0.7f, 1) - floor_lux(&without[0], 0.7f, 1);
    float far = floor_lux(&with[0], 1.8f, 1) - floor_lux(&without[0], 1.8f, 1);
    // What a wall of 1 x 1 m sends to a level place 0.7 m in front of it and 1 m below its
    // edge.
    double wanted = 0;
    for (int i = 0; i < 10000; i++) {
        double z = (i % 100 + 0.5) / 100 - 0.5, y = 1 + (i / 100 + 0.5) / 100, x = 0.7;
        double square = x * x + y * y + z * z, up = y / sqrt(square);
        wanted +=
            1000 * (double)gallery_sky_share((float)up) * up * x / sqrt(square) / square * 1e-4;
    }
    // The frame, which stands out of the wall here, and its bars take a third.
    assert_in_range((int)(near / wanted * 1000), 500, 850);
    assert_true(far < near && far > near * 0.1f);
    float other = floor_lux(&with[1], 3.5f, 1.5f) - floor_lux(&without[1], 3.5f, 1.5f);
    assert_true(fabsf(other) < 0.02f * floor_lux(&without[1], 3.5f, 1.5f) + 0.1f);
    arena_drop(&arena);
}

// Light of the environment in a direction from the middle of the room.
static void mirrored(const Lightmap *map, const float d[3], float out[3])
{
    float nearest = -2;
    for (int i = 0; i < ENVIRONMENT_SIDE * ENVIRONMENT_SIDE; i++) {
        int x = i % ENVIRONMENT_SIDE, y = i / ENVIRONMENT_SIDE;
        float at[3], facing = 0;
        environment_direction((float)x + 0.5f, (float)y + 0.5f, at);
        for (int k = 0; k < 3; k++)
            facing += at[k] * d[k];
        if (facing <= nearest)
            continue;
        nearest = facing;
        lightmap_unpack_color(map->environment[y * ENVIRONMENT_WIDTH + x], out);
    }
}

// A mirror shows the light ceiling above, walls in their colour, the sky where the window is,
// and what stands in the middle of the room does not hide it.
static void test_mirrors_show_the_room(void **state)
{
    (void)state;
    Arena arena = {0};
    House house;
    Lightmap maps[2];
    make_house(&house);
    PlanWindow window = {.room = 0,
                         .wall = 0,
                         .from = {0, 0.5f},
                         .to = {0, 1.5f},
                         .sill_m = 0.6f,
                         .head_m = 1.8f,
                         .reveal_m = 0.02f};
    house.plan.light_count = 0;
    house.plan.windows = &window;
    house.plan.window_count = 1;
    house.plan.sky = (PlanSky){.nits = 1000, .kelvin = 6500};
    house.rooms[0].fill_lux = 200;
    house.place.position[0] = house.place.position[1] = 1;
    house.place.size_m[1] = 1.3f; // the room's very middle is inside of it
    light(&house, NULL, 0, &arena, maps);
    GalleryPanel panel = gallery_panel(&house.rooms[0]);
    float nits[3];
    mirrored(&maps[0], (float[3]){0.05f, 1, 0.03f}, nits);
    assert_float_equal(nits[1], gallery_panel_nits(&panel), gallery_panel_nits(&panel) * 0.15f);
    mirrored(&maps[0], (float[3]){-1, 0.15f, 0.2f}, nits);
    assert_true(nits[2] > 200 && nits[2] > nits[0]); // daylight
    mirrored(&maps[0], (float[3]){0.1f, 0.1f, 1}, nits);
    assert_true(nits[1] > 0.5f && nits[1] < 200); // a wall
    // Each level has as much light as the one before.
    float means[ENVIRONMENT_LEVELS] = {0};
    for (int level = 0; level < ENVIRONMENT_LEVELS; level++) {
        EnvironmentLevel at = environment_level(level);
        float inner = (float)(at.side - 2), all = 0;
        for (int i = 0; i < at.side * at.side; i++) {
            int x = i % at.side, y = i / at.side;
            float along[3];
            if (x == 0 || y == 0 || x == at.side - 1 || y == at.side - 1)
                continue;
            environment_direction(((float)x - 0.5f) / inner * (ENVIRONMENT_SIDE - 2) + 1,
                                  ((float)y - 0.5f) / inner * (ENVIRONMENT_SIDE - 2) + 1,
                                  along);
            float wide = fabsf(along[0]) + fabsf(along[1]) + fabsf(along[2]);
            lightmap_unpack_color(
                maps[0].environment[(at.y + y) * ENVIRONMENT_WIDTH + at.x + x], nits);
            means[level] += nits[1] * wide * wide * wide; // the texel's solid angle
            all += wide * wide * wide;
        }
        means[level] /= all;
        assert_float_equal(means[level], means[0], means[0] * 0.1f);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lamp_is_as_bright_as_it_says),
        cmocka_unit_test(test_panel_is_as_bright_as_it_says),
        cmocka_unit_test(test_windows_let_daylight_in),
        cmocka_unit_test(test_mirrors_show_the_room),
        cmocka_unit_test(test_pieces_cast_shadows),
        cmocka_unit_test(test_workers_do_not_matter),
        cmocka_unit_test(test_every_vertex_has_light),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
