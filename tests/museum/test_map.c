// test_map.c: what is where on the floor plan, what is next, what is near, and how it looks.

#include "test.h"

#include "exhibits/model/layout.h"
#include "museum/map.h"
#include "museum/map_paint.h"

#include <math.h>
#include <string.h>

static Arena arena;

static Map map_of(uint32_t count, Plan *plan)
{
    LayoutPiece *pieces = ARENA_ARRAY(&arena, LayoutPiece, count + 1);
    for (uint32_t i = 0; i < count; i++)
        pieces[i] = (LayoutPiece){.id = str_format(&arena, "piece-%u", i),
                                  .size_m = {0.1f, 0.1f + 0.01f * (float)(i % 9), 0.1f}};
    assert_int_equal(layout_make(pieces, count, &arena, plan), OK);
    Map map;
    map_make(plan, &arena, &map);
    return map;
}

static void everything_has_an_item(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(30, &plan);
    assert_int_equal(map.room_count, plan.room_count);
    assert_int_equal(map.item_count, plan.room_count + 30);
    for (uint32_t i = 0; i < map.item_count; i++) {
        const MapItem *item = &map.items[i];
        uint32_t room = map_room_of(&map, (int32_t)i);
        assert_true(plan_room_contains(&plan.rooms[room], item->at));
        int32_t found = item->is_room ? map_item_of_room(&map, item->index)
                                      : map_item_of_place(&map, item->index);
        assert_int_equal(found, i);
    }
    // A place that shows nothing has none.
    plan.places[4].piece_index = PLAN_NONE;
    map_make(&plan, &arena, &map);
    assert_int_equal(map.item_count, plan.room_count + 29);
    assert_int_equal(map_item_of_place(&map, 4), MAP_NONE);
    assert_int_equal(map_item_of_room(&map, plan.room_count), MAP_NONE);
}

// A name as large as is said touches neither a wall nor a stand.
static void names_have_their_space(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(40, &plan);
    for (uint32_t r = 0; r < map.room_count; r++) {
        const MapItem *item = &map.items[r];
        assert_true(item->space_m > 0.2f);
        float half[2] = {item->space_m * MAP_NAME_WIDE, item->space_m};
        PlanBox name = plan_box(item->at, 0, (float[3]){2 * half[0], 0, 2 * half[1]}, -0.01f);
        for (int c = 0; c < 4; c++)
            assert_true(plan_room_contains(&plan.rooms[r], name.corners[c]));
        for (uint32_t i = 0; i < plan.place_count; i++) {
            PlanBox box =
                plan_box(plan.places[i].position, plan.places[i].yaw, plan.places[i].size_m, 0);
            assert_true(plan.places[i].room != r || !plan_boxes_meet(&name, &box));
        }
    }
}

// By the four arrows one comes from everything to everything.
static void arrows_reach_everything(void **state)
{
    (void)state;
    static const int ways[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    static const uint32_t counts[] = {1, 9, 30, 300};
    for (size_t k = 0; k < COUNT_OF(counts); k++) {
        Plan plan;
        Map map = map_of(counts[k], &plan);
        uint8_t *was_seen = ARENA_ARRAY(&arena, uint8_t, map.item_count);
        int32_t *queue = ARENA_ARRAY(&arena, int32_t, map.item_count);
        uint32_t count = 1, at = 0;
        was_seen[0] = 1;
        for (; at < count; at++)
            for (int way = 0; way < 4; way++) {
                int32_t next = map_next(&map, queue[at], ways[way][0], ways[way][1]);
                if (!was_seen[next]) {
                    was_seen[next] = 1;
                    queue[count++] = next;
                }
            }
        assert_int_equal(count, map.item_count);
    }
}

static void an_arrow_goes_its_way(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(30, &plan);
    for (uint32_t i = 0; i < map.item_count; i++) {
        int32_t right = map_next(&map, (int32_t)i, 1, 0),
                up = map_next(&map, (int32_t)i, 0, -1);
        assert_true(right == (int32_t)i || map.items[right].at[0] > map.items[i].at[0]);
        assert_true(up == (int32_t)i || map.items[up].at[1] < map.items[i].at[1]);
    }
    int32_t last = (int32_t)map.room_count - 1;
    assert_int_equal(map_next_room(&map, last, 1), 0);
    assert_int_equal(map_next_room(&map, 0, -1), last);
    int32_t piece = map_item_of_place(&map, 7);
    assert_int_equal(map_next_room(&map, piece, 0), map_room_of(&map, piece));
}

static void pointing_finds_pieces_then_rooms(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(9, &plan);
    const float *stand = plan.places[3].position;
    assert_int_equal(map_find(&map, (float[2]){stand[0] + 0.3f, stand[1]}, 0.5f),
                     map_item_of_place(&map, 3));
    assert_int_equal(map_find(&map, map.items[0].at, 0.01f), 0);
    assert_int_equal(map_find(&map, (float[2]){-500, 0}, 0.5f), MAP_NONE);
}

static void it_fits_where_it_is_put(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(30, &plan);
    MapFrame frame = map_fit(&map, (float[2]){100, 50}, (float[2]){600, 400}, 1);
    float low[2], high[2], back[2];
    map_to_frame(&frame, map.low, low);
    map_to_frame(&frame, map.high, high);
    assert_true(low[0] >= 100 && low[1] >= 50 && high[0] <= 700 && high[1] <= 450);
    bool fills =
        high[0] - low[0] > 550 - 4 * frame.scale || high[1] - low[1] > 350 - 4 * frame.scale;
    assert_true(fills);
    map_from_frame(&frame, low, back);
    assert_true(hypotf(back[0] - map.low[0], back[1] - map.low[1]) < 1e-3f);
}

static const uint8_t *pixel(const Image *image, const MapFrame *frame, const float metres[2])
{
    float at[2];
    map_to_frame(frame, metres, at);
    return image->rgba + 4 * ((size_t)at[1] * image->width + (size_t)at[0]);
}

static bool is_ink(const uint8_t *rgba)
{
    return rgba[3] == 255 && rgba[0] < 80;
}

// Walls are ink, doors are gaps in them, rooms have a tint that tells whether one was there,
// and around the house is nothing.
static void the_picture_shows_walls_and_doors(void **state)
{
    (void)state;
    Plan plan;
    Map map = map_of(18, &plan);
    Image image = {.width = 640, .height = 480};
    image.rgba = arena_alloc(&arena, (size_t)4 * 640 * 480, 4);
    uint8_t *visited = ARENA_ARRAY(&arena, uint8_t, plan.room_count);
    MapPaint paint = {.plan = &plan, .line_px = 1, .visited = visited};
    paint.frame = map_fit(&map, (float[2]){0, 0}, (float[2]){640, 480}, 1);
    map_paint(&paint, &image);
    assert_int_equal(image.rgba[3], 0);
    assert_true(plan.opening_count > 0);
    for (uint32_t i = 0; i < plan.opening_count; i++) {
        const PlanOpening *door = &plan.openings[i];
        float middle[2] = {0, 0}, beside[2];
        for (int end = 0; end < 2; end++)
            for (int axis = 0; axis < 2; axis++)
                middle[axis] += (door->from[end][axis] + door->to[end][axis]) / 4;
        assert_false(is_ink(pixel(&image, &paint.frame, middle)));
        for (int axis = 0; axis < 2; axis++)
            beside[axis] = middle[axis] + 0.8f * (door->to[0][axis] - door->from[0][axis]);
        assert_true(is_ink(pixel(&image, &paint.frame, beside)));
    }
    uint8_t before[4];
    memcpy(before, pixel(&image, &paint.frame, map.items[1].at), 4);
    visited[1] = 1;
    map_paint(&paint, &image);
    const uint8_t *after = pixel(&image, &paint.frame, map.items[1].at);
    assert_true(after[3] == 255 && after[0] < before[0]);
    // A window without any room is no reason to fall over.
    Image tiny = {.width = 1, .height = 1, .rgba = image.rgba};
    paint.frame = map_fit(&map, (float[2]){0, 0}, (float[2]){1, 1}, 1);
    map_paint(&paint, &tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_has_an_item),
        cmocka_unit_test(names_have_their_space),
        cmocka_unit_test(arrows_reach_everything),
        cmocka_unit_test(an_arrow_goes_its_way),
        cmocka_unit_test(pointing_finds_pieces_then_rooms),
        cmocka_unit_test(it_fits_where_it_is_put),
        cmocka_unit_test(the_picture_shows_walls_and_doors),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_drop(&arena);
    scratch_drop();
    return failed;
}
