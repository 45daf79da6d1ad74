// test_house.c: several galleries as one house: nothing overlaps, a door to each, and from the
// lobby one walks to everything.

#include "test.h"

#include "exhibits/model/house.h"
#include "exhibits/model/layout.h"
#include "museum/gallery.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static Arena arena;

static Plan *wing_of(uint32_t count, float size_m, const char *prefix)
{
    LayoutPiece *pieces = ARENA_ARRAY(&arena, LayoutPiece, count + 1);
    for (uint32_t i = 0; i < count; i++)
        pieces[i] =
            (LayoutPiece){.id = str_format(&arena, "%s-%u", prefix, i),
                          .size_m = {size_m, size_m * (1 + 0.1f * (float)(i % 5)), size_m}};
    Plan *plan = ARENA_NEW(&arena, Plan);
    assert_int_equal(layout_make(pieces, count, &arena, plan), OK);
    return plan;
}

static void assert_is_whole(const Plan *house)
{
    Problems problems = {.arena = &arena};
    Status status = plan_check(house, "house", &problems);
    for (size_t i = 0; i < problems.count && status; i++)
        printf("%s\n", problem_line(&problems.items[i], &arena));
    assert_int_equal(status, OK);
    Gallery gallery;
    gallery_make(house, NULL, &arena, &gallery);
    double from[2] = {house->start.position[0], house->start.position[1]};
    assert_true(gallery_is_free(&gallery, from));
    for (uint32_t i = 0; i < house->place_count; i++) {
        GalleryStand stand;
        double(*way)[2];
        uint32_t count;
        assert_true(gallery_stand_before(&gallery, i, 1.62, 0.9, &stand));
        assert_int_equal(gallery_find_path(&gallery, from, stand.spot, &arena, &way, &count),
                         OK);
    }
}

static void wings_of_any_number_are_one_house(void **state)
{
    (void)state;
    static const uint32_t counts[] = {3, 9, 30, 5, 14, 1, 45};
    for (uint32_t count = 1; count <= COUNT_OF(counts); count++) {
        HouseWing wings[COUNT_OF(counts)];
        uint32_t places = 0, rooms = 1;
        for (uint32_t i = 0; i < count; i++) {
            wings[i].plan =
                wing_of(counts[i], i % 2 ? 0.8f : 0.06f, str_format(&arena, "w%u", i));
            wings[i].title = langtext_make(&arena, "en", str_format(&arena, "Wing %u", i));
            places += wings[i].plan->place_count;
            rooms += wings[i].plan->room_count;
        }
        Plan house;
        assert_int_equal(house_join(wings, count, &arena, &house, NULL), OK);
        assert_int_equal(house.place_count, places);
        assert_int_equal(house.route_count, places);
        assert_true(house.room_count >= rooms);
        assert_string_equal(house.rooms[house.start.room].id, "lobby");
        assert_is_whole(&house);
        // Lights stay with what they light.
        for (uint32_t i = 0; i < house.light_count; i++) {
            const PlanLight *light = &house.lights[i];
            if (light->place == PLAN_NONE)
                continue;
            const PlanPlace *place = &house.places[light->place];
            assert_int_equal(place->room, light->room);
            assert_true(hypotf(light->target[0] - place->position[0],
                               light->target[2] - place->position[1]) < 0.05f);
        }
        arena_drop(&arena);
    }
}

// An artist's rooms, whose start lies deep inside: a passage leads there.
static void a_wing_is_entered_where_it_can_be(void **state)
{
    (void)state;
    static const char gallery[] =
        "{\"rooms\": ["
        "{\"id\": \"deep\", \"corners\": [[0,0],[6,0],[6,6],[0,6]]},"
        "{\"id\": \"left\", \"corners\": [[-20,6.4],[-0.4,6.4],[-0.4,20],[-20,20]]},"
        "{\"id\": \"right\", \"corners\": [[6.4,6.4],[20,6.4],[20,20],[6.4,20]]},"
        "{\"id\": \"top\", \"corners\": [[-20,-12],[20,-12],[20,-0.4],[-20,-0.4]]}],"
        "\"openings\": [{\"rooms\": [\"deep\", \"top\"], \"from\": [2,0], \"to\": [4,0]}],"
        "\"start\": {\"position\": [3,5], \"yaw_deg\": 180}}";
    Plan deep, house;
    assert_int_equal(plan_parse((Bytes){(const uint8_t *)gallery, strlen(gallery)}, "g", &arena,
                                NULL, &deep),
                     OK);
    HouseWing wings[2] = {{.plan = &deep, .title = langtext_make(&arena, "en", "Deep")},
                          {.plan = wing_of(9, 0.1f, "w")}};
    assert_int_equal(house_join(wings, 2, &arena, &house, NULL), OK);
    assert_is_whole(&house);
    bool has_passage = false;
    for (uint32_t i = 0; i < house.room_count; i++)
        has_passage |= strcmp(house.rooms[i].id, "wing-1-passage") == 0;
    assert_true(has_passage);
    arena_drop(&arena);
}

static void a_wing_without_a_wall_for_a_door_is_told(void **state)
{
    (void)state;
    // Every wall is oblique.
    static const char gallery[] =
        "{\"rooms\": [{\"id\": \"a\", \"corners\": [[0,0],[5,4],[0,9],[-5,4]]}],"
        "\"start\": {\"position\": [0,4]}}";
    Plan plan, house;
    assert_int_equal(plan_parse((Bytes){(const uint8_t *)gallery, strlen(gallery)}, "g", &arena,
                                NULL, &plan),
                     OK);
    HouseWing wing = {.plan = &plan, .title = langtext_make(&arena, "en", "Diamond")};
    assert_int_equal(house_join(&wing, 1, &arena, &house, NULL), ERR_NOT_FOUND);
    assert_non_null(strstr(fault_last()->text, "Diamond"));
    assert_int_equal(house_join(&wing, 0, &arena, &house, NULL), ERR_LIMIT);
    arena_drop(&arena);
}

static void names_are_told_apart(void **state)
{
    (void)state;
    HouseWing wings[3] = {
        {.plan = wing_of(20, 0.1f, "a"), .title = langtext_make(&arena, "en", "A")},
        {.plan = wing_of(20, 0.1f, "b"), .title = langtext_make(&arena, "en", "B")},
        {.plan = wing_of(3, 0.1f, "c"), .title = langtext_make(&arena, "en", "C")}};
    Plan house;
    assert_int_equal(house_join(wings, 3, &arena, &house, NULL), OK);
    for (uint32_t i = 0; i < house.room_count; i++)
        for (uint32_t k = 0; k < i; k++) {
            assert_string_not_equal(house.rooms[i].id, house.rooms[k].id);
            assert_string_not_equal(langtext_find(&house.rooms[i].title, "en"),
                                    langtext_find(&house.rooms[k].title, "en"));
        }
    // A wing of one room is called as the wing is.
    assert_string_equal(langtext_find(&house.rooms[house.room_count - 1].title, "en"), "C");
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wings_of_any_number_are_one_house),
        cmocka_unit_test(a_wing_is_entered_where_it_can_be),
        cmocka_unit_test(a_wing_without_a_wall_for_a_door_is_told),
        cmocka_unit_test(names_are_told_apart),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_drop();
    return failed;
}
