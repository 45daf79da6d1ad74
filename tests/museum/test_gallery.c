// test_gallery.c: nobody walks through anything, everybody gets everywhere; rooms are closed.

#include "museum/gallery.h"
#include "exhibits/model/gallery_mesh.h"
#include "museum/sample_plan.h"
#include "test.h"

typedef struct Fixture {
    Arena arena;
    Gallery gallery;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    gallery_make(&sample_plan, NULL, &fixture.arena, &fixture.gallery);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_drop(&fixture->arena);
    return 0;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void the_sample_is_sound(void **state)
{
    (void)state;
    Problems problems = {0};
    assert_ok(plan_check(&sample_plan, "sample", &problems));
}

static void knows_where_one_may_stand(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    static const struct {
        double spot[2];
        bool is_free;
    } cases[] = {
        {{1, 1}, true},    {{0.2, 1}, false},   {{-1, 1}, false},   {{3, 2.5}, false},
        {{3, 3.5}, true},  {{6.15, 2.6}, true}, {{6.15, 1}, false}, {{10, 10}, false},
        {{8.5, 11}, true}, {{1.5, 4.2}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (gallery_is_free(gallery, cases[i].spot) != cases[i].is_free)
            fail_msg("%g,%g", cases[i].spot[0], cases[i].spot[1]);
    }
}

// Two hundred people walk for a minute, changing their minds about twice a second.
static void nobody_walks_through_anything(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    uint32_t seed = 7;
    int rooms_seen = 0;
    for (int person = 0; person < 200; person++) {
        double spot[2] = {1, 1}, step[2] = {0, 0}, moved = 0;
        for (int i = 0; i < 60 * 120; i++) {
            if (next_random(&seed) % 60 == 0) {
                double angle = next_random(&seed) % 628 / 100.0;
                double speed = next_random(&seed) % 4 ? 0.03 : 0.3; // a walk, or a long frame
                step[0] = sin(angle) * speed;
                step[1] = cos(angle) * speed;
            }
            double next[2];
            gallery_move(gallery, spot, step, next);
            moved += hypot(next[0] - spot[0], next[1] - spot[1]);
            memcpy(spot, next, sizeof spot);
            if (i % 8 == 0 && !gallery_is_free(gallery, spot))
                fail_msg("person %d, step %d: stands at %g,%g", person, i, spot[0], spot[1]);
        }
        assert_true(moved > 5); // and nobody is stuck
        rooms_seen |=
            1 << (plan_find_room(gallery->plan, (float[2]){(float)spot[0], (float)spot[1]}) +
                  1);
    }
    assert_true((rooms_seen & 14) == 14);
}

static void pushing_along_a_wall_slides(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    double spot[2] = {0.5, 1};
    for (int i = 0; i < 120; i++)
        gallery_move(gallery, spot, (double[2]){-0.01, 0.01}, spot);
    assert_true(fabs(spot[0] - GALLERY_RADIUS_M) < 1e-4);
    assert_true(spot[1] > 2.1);
}

static void sliding_around_a_case_leads_past_it(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    double spot[2] = {2.7, 1.2};
    for (int i = 0; i < 400; i++)
        gallery_move(gallery, spot, (double[2]){0, 0.012}, spot);
    assert_true(spot[1] > 4.5);
}

static void a_wedge_can_be_left_again(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    double spot[2] = {7.6, 9};
    for (int i = 0; i < 300; i++)
        gallery_move(gallery, spot, (double[2]){0.001, 0.012}, spot);
    for (int i = 0; i < 150; i++)
        gallery_move(gallery, spot, (double[2]){0, -0.012}, spot);
    assert_true(spot[1] < 9.2);
}

static void finds_ways_that_can_be_walked(void **state)
{
    Fixture *fixture = *state;
    const Gallery *gallery = &fixture->gallery;
    uint32_t seed = 3;
    for (int i = 0; i < 60; i++) {
        double ends[2][2];
        for (int k = 0; k < 2; k++) {
            do {
                ends[k][0] = next_random(&seed) % 1100 / 100.0;
                ends[k][1] = next_random(&seed) % 1200 / 100.0;
            } while (!gallery_is_free(gallery, ends[k]));
        }
        double(*way)[2];
        uint32_t count;
        assert_ok(gallery_find_path(gallery, ends[0], ends[1], &fixture->arena, &way, &count));
        assert_true(count >= 1 && count < 24);
        double spot[2] = {ends[0][0], ends[0][1]};
        for (uint32_t at = 0; at < count; at++) {
            for (int tries = 0; tries < 4; tries++) {
                double step[2] = {way[at][0] - spot[0], way[at][1] - spot[1]};
                gallery_move(gallery, spot, step, spot);
            }
            if (hypot(way[at][0] - spot[0], way[at][1] - spot[1]) > 0.05)
                fail_msg("way %d, corner %u: got to %g,%g instead of %g,%g", i, at, spot[0],
                         spot[1], way[at][0], way[at][1]);
        }
        assert_true(hypot(spot[0] - ends[1][0], spot[1] - ends[1][1]) < 0.05);
    }
}

static void stands_before_pieces_and_sees_them(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    for (uint32_t place = 0; place < sample_plan.place_count; place++) {
        GalleryStand at;
        assert_true(gallery_stand_before(gallery, place, 1.6, 0.9, &at));
        assert_true(gallery_is_free(gallery, at.spot));
        assert_int_equal(gallery_focus(gallery, at.spot, at.camera_yaw), place);
        assert_int_equal(gallery_focus(gallery, at.spot, at.camera_yaw + 3.14159f), PLAN_NONE);
    }
    // Through a wall nothing is in focus, and the nearest is the one in one's own room.
    assert_int_equal(gallery_focus(gallery, (double[2]){9, 4.6}, 0), PLAN_NONE);
    assert_int_equal(gallery_nearest_place(gallery, (double[2]){5.7, 1}), 0);
}

static void sees_through_doors_only(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    assert_true(gallery_sees(gallery, (double[2]){5, 2.6}, (double[2]){8, 2.6}));
    assert_false(gallery_sees(gallery, (double[2]){5, 1}, (double[2]){8, 1}));
}

static void points_at_floors_and_pieces(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    Ray ray = {{1, 1.6, 1}, {0.3, -1, 0.2}};
    normalize3(ray.direction);
    GalleryHit hit;
    assert_true(gallery_pick(gallery, &ray, &hit));
    assert_true(hit.place == PLAN_NONE && fabs(hit.spot[0] - 1.48) < 0.01);
    ray = (Ray){{1, 1.6, 1}, {2, -0.4, 1.5}};
    normalize3(ray.direction);
    assert_true(gallery_pick(gallery, &ray, &hit));
    assert_int_equal(hit.place, 0);
    ray = (Ray){{1, 1.6, 1}, {-1, 0, 0}};
    assert_false(gallery_pick(gallery, &ray, &hit));
    ray = (Ray){{1, 1.6, 1}, {-1, -0.1, 0}}; // the floor behind the wall
    normalize3(ray.direction);
    assert_false(gallery_pick(gallery, &ray, &hit));
}

static void meshes_are_whole(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    for (uint32_t room = 0; room < sample_plan.room_count; room++) {
        GalleryMesh mesh;
        gallery_mesh_make(&sample_plan, room, arena, &mesh);
        assert_true(mesh.vertex_count > 100 && mesh.vertex_count < 40000);
        uint32_t sum = 0;
        for (uint32_t i = 0; i < mesh.part_count; i++) {
            assert_int_equal(mesh.parts[i].first_index, sum);
            assert_true(mesh.parts[i].material >= 0);
            assert_true(mesh.parts[i].material < GALLERY_MATERIAL_COUNT);
            sum += mesh.parts[i].index_count;
        }
        assert_int_equal(sum, mesh.index_count);
        double floor_m2 = 0;
        for (uint32_t i = 0; i < mesh.index_count; i += 3) {
            const GalleryVertex *v[3];
            double a[3], b[3], front[3];
            for (int k = 0; k < 3; k++) {
                assert_true(mesh.indices[i + k] < mesh.vertex_count);
                v[k] = &mesh.vertices[mesh.indices[i + k]];
                assert_true(v[k]->shade >= 0 && v[k]->shade <= 1);
            }
            for (int k = 0; k < 3; k++) {
                a[k] = v[1]->position[k] - v[0]->position[k];
                b[k] = v[2]->position[k] - v[0]->position[k];
            }
            cross3(a, b, front);
            assert_true(front[0] * v[0]->normal[0] + front[1] * v[0]->normal[1] +
                            front[2] * v[0]->normal[2] >=
                        0);
            bool is_floor = v[0]->position[1] == 0 && v[1]->position[1] == 0 &&
                            v[2]->position[1] == 0 && v[0]->normal[1] == 1;
            floor_m2 += is_floor ? front[1] / 2 : 0;
        }
        static const double passages_m2[] = {0.36, 0.36, 0};
        static const double rooms_m2[] = {30, 23.5, 4.7 * 2.7 + 2.7 * 4};
        assert_true(fabs(floor_m2 - rooms_m2[room] - passages_m2[room]) < 0.01);
    }
}

static void light_ceilings_fit_their_rooms(void **state)
{
    (void)state;
    for (uint32_t room = 0; room < sample_plan.room_count; room++) {
        GalleryPanel panel = gallery_panel(&sample_rooms[room]);
        if (!panel.is_there)
            continue;
        for (int i = 0; i < 4; i++) {
            float corner[2] = {panel.center[0] + (i & 1 ? 1 : -1) * panel.half_size[0],
                               panel.center[2] + (i & 2 ? 1 : -1) * panel.half_size[1]};
            assert_true(plan_room_contains(&sample_rooms[room], corner));
        }
        assert_true(panel.luminance_nits > 20 && panel.luminance_nits < 2000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_sound),
        cmocka_unit_test(knows_where_one_may_stand),
        cmocka_unit_test(nobody_walks_through_anything),
        cmocka_unit_test(pushing_along_a_wall_slides),
        cmocka_unit_test(sliding_around_a_case_leads_past_it),
        cmocka_unit_test(a_wedge_can_be_left_again),
        cmocka_unit_test(finds_ways_that_can_be_walked),
        cmocka_unit_test(stands_before_pieces_and_sees_them),
        cmocka_unit_test(sees_through_doors_only),
        cmocka_unit_test(points_at_floors_and_pieces),
        cmocka_unit_test(meshes_are_whole),
        cmocka_unit_test(light_ceilings_fit_their_rooms),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
