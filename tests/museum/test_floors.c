// test_floors.c: rooms at different heights: what is refused, how high the floor is, where one
// walks and where rails are, what one points at.

#include "exhibits/model/gallery_mesh.h"
#include "exhibits/model/house.h"
#include "museum/stairs_plan.h"
#include "museum/visitor.h"

typedef struct Fixture {
    Arena arena;
    Plan plan;
    Gallery gallery;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    fixture.plan = stairs_plan(&fixture.arena);
    gallery_make(&fixture.plan, NULL, &fixture.arena, &fixture.gallery);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_drop(&fixture->arena);
    return 0;
}

// ---- plans

// The sample with one stretch of its text replaced.
static Bytes with(Arena *arena, const char *old, const char *new)
{
    const char *at = strstr(stairs_json, old);
    assert_non_null(at);
    const char *text = str_format(arena, "%.*s%s%s", (int)(at - stairs_json), stairs_json, new,
                                  at + strlen(old));
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static void what_nobody_could_walk_is_refused(void **state)
{
    Fixture *fixture = *state;
    static const char ramp[] = "\"size_m\":[1.2,5.8]", stairs[] = "\"size_m\":[2,0.9]";
    static const struct {
        const char *old, *new, *place, *text;
    } cases[] = {
        {ramp, "\"size_m\":[1.2,4.8]", "flights[2]", "rises 1 in 10.0; a ramp rises at most"},
        {stairs, "\"size_m\":[2,0.6]", "flights[1]", "3 steps 200 mm deep"},
        {stairs, "\"size_m\":[0.6,0.9]", "flights[1]", "is narrower than 0.9 m"},
        {"\"position\":[0.6,-4.7]", "\"position\":[0.4,-4.7]", "flights[2]", "is not inside"},
        {"\"position\":[0.6,-4.7]", "\"position\":[0.6,-4.6]", "flights[2]", "overlaps other"},
        {"\"position\":[0.6,-4.7]", "\"position\":[0.6,-5.2]", "flights[2]",
         "does not lead to"},
        {"\"position\":[0.6,-4.7]", "\"position\":[2.9,-5.7]", "flights[2]",
         "lies where the piece \"one\" stands"},
        {"\"position\":[5.5,-7]", "\"position\":[1,-6]", "flights[2]", "lies where a bench"},
        {"\"position\":[3,-2.25],\"yaw_deg\":180", "\"position\":[3,-2.25],\"yaw_deg\":0",
         "flights[1]", "does not begin on a floor"},
        {"\"size_m\":[6,1.4],\"high_m\":0.48", "\"size_m\":[6,1.4],\"high_m\":0.3",
         "openings[0]", "leads to \"low\", whose floor is 0.48 m lower"},
        {"\"floor_m\":-0.48", "\"floor_m\":-0.4", "openings[0]", "is 0.40 m lower"},
        {"\"height_m\":2.3}",
         "\"height_m\":2.99},{\"rooms\":[\"low\",\"high\"],\"from\":[4,-0.4],"
         "\"to\":[5,-0.4],\"height_m\":3.2}",
         "openings[1]", "is higher than its room"},
        {"\"height_m\":4.2}", "\"height_m\":2.9}", "flights[3]", "leaves less than 2 m"},
        {"\"kind\":\"stairs\",\"position\":[3,-2.25],\"yaw_deg\":180,\"size_m\":[2,0.9],"
         "\"high_m\":0.48",
         "\"kind\":\"stairs\",\"position\":[3,-2.25],\"yaw_deg\":180,\"size_m\":[2,0.9],"
         "\"high_m\":0.2",
         "flights[1]", "would have steps 100 mm high"},
        {"\"kind\":\"ramp\"", "\"kind\":\"escalator\"", "flights[2].kind", "escalator"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Problems problems = {.arena = &arena};
        Plan plan;
        bool is_told = false;
        Bytes json = with(&arena, cases[i].old, cases[i].new);
        if (plan_parse(json, "gallery.json", &arena, &problems, &plan) == OK)
            fail_msg("case %zu is not refused", i);
        for (size_t k = 0; k < problems.count; k++)
            is_told |= strcmp(problems.items[k].place, cases[i].place) == 0 &&
                       strstr(problems.items[k].text, cases[i].text);
        if (!is_told)
            fail_msg("case %zu is told otherwise: %s", i,
                     problems.count ? problem_line(&problems.items[0], &arena) : "nothing");
        arena_drop(&arena);
    }
    (void)fixture;
}

static void plans_with_heights_survive_writing_and_reading(void **state)
{
    Fixture *fixture = *state;
    Bytes first = plan_write(&fixture->plan, &fixture->arena);
    Plan plan;
    assert_ok(plan_parse(first, "again", &fixture->arena, NULL, &plan));
    assert_int_equal(plan.flight_count, fixture->plan.flight_count);
    Bytes second = plan_write(&plan, &fixture->arena);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    for (size_t len = 0; len + 1 < first.len; len += 7) { // the last is an end of line
        Arena arena = {0};
        assert_int_not_equal(plan_parse(bytes_first(first, len), "cut", &arena, NULL, &plan),
                             OK);
        arena_drop(&arena);
    }
}

// Whatever a digit becomes: it is refused, or can be built and walked.
static void hostile_flights_are_refused_or_built(void **state)
{
    (void)state;
    uint32_t seed = 5, built = 0;
    char text[sizeof stairs_json];
    for (int i = 0; i < 1500; i++) {
        Arena arena = {0};
        Plan plan;
        memcpy(text, stairs_json, sizeof text);
        const char *flights = strstr(text, "flights");
        size_t from = (size_t)(flights - text), many = sizeof text - 1 - from;
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            char *at = text + from + (seed >> 8) % many;
            for (; *at && !(*at >= '0' && *at <= '9'); at++)
                ;
            if (*at)
                *at = (char)('0' + (seed >> 20) % 10);
        }
        Bytes json = {(const uint8_t *)text, sizeof text - 1};
        if (plan_parse(json, "hostile", &arena, NULL, &plan) == OK) {
            Gallery gallery;
            GalleryMesh mesh;
            gallery_make(&plan, NULL, &arena, &gallery);
            for (uint32_t room = 0; room < plan.room_count; room++)
                gallery_mesh_make(&plan, room, &arena, &mesh);
            Visitor visitor = visitor_make(&gallery);
            assert_true(isfinite(visitor.floor_m));
            built++;
        }
        arena_drop(&arena);
    }
    assert_true(built > 20 && built < 1400);
}

static void a_wing_is_level_with_the_lobby_at_its_door(void **state)
{
    Fixture *fixture = *state;
    Plan house;
    Plan raised = stairs_plan(&fixture->arena);
    for (uint32_t i = 0; i < raised.room_count; i++)
        raised.rooms[i].floor_m += 2;
    plan_set_floors(&raised);
    HouseWing wings[2] = {{.plan = &fixture->plan}, {.plan = &raised}};
    assert_ok(house_join(wings, 2, &fixture->arena, &house, NULL));
    Problems problems = {.arena = &fixture->arena};
    Status status = plan_check(&house, "house", &problems);
    // Both wings show the same pieces; nothing else is wrong with them.
    for (size_t i = 0; i < problems.count; i++)
        assert_non_null(strstr(problems.items[i].text, "stands elsewhere already"));
    assert_int_equal(status, problems.count ? ERR_INVALID : OK);
    float low = 0;
    for (uint32_t i = 0; i < house.room_count; i++)
        low = MIN(low, house.rooms[i].floor_m);
    assert_float_equal(low, -1.44f, 1e-5f);
    assert_int_equal(house.flight_count, 2 * fixture->plan.flight_count);
}

// ---- the floor

static void floors_are_as_high_as_they_are_built(void **state)
{
    const Fixture *fixture = *state;
    static const struct {
        double spot[2], floor_m;
    } cases[] = {
        {{3, 3}, 0},
        {{2.5, -0.2}, 0}, // the passage is level with the higher room
        {{3, -1}, 0},
        {{4, -5}, -0.48},
        {{3, -2.25}, -0.24}, // half way down the
                             // stairs
        {{0.6, -4.7}, -0.24},
        {{7, -9}, -0.48},
        {{9.1, -9}, -0.96},
        {{8.4, -6}, -1.44},
        {{9.1, -7.55}, -1.2},
        {{6.2, -9}, -0.48},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double floor_m = gallery_floor_m(&fixture->gallery, cases[i].spot);
        if (fabs(floor_m - cases[i].floor_m) > 1e-3)
            fail_msg("at %g,%g it is %g", cases[i].spot[0], cases[i].spot[1], floor_m);
    }
}

// Along a walk from the upper room down: no step, no jerk.
static void eyes_go_down_gently(void **state)
{
    const Fixture *fixture = *state;
    double last = 0, last_slope = 0;
    for (int i = 0; i <= 4000; i++) {
        double spot[2] = {3, 2 - i * 0.0015};
        double floor_m = gallery_floor_m(&fixture->gallery, spot);
        double slope = (floor_m - last) / 0.0015;
        assert_true(slope < 1e-3 && slope > -0.8);
        assert_true(i == 0 || fabs(slope - last_slope) < 0.02);
        last = floor_m;
        last_slope = slope;
    }
    assert_true(fabs(last + 0.48) < 1e-6);
}

static void ways_lead_over_stairs_and_ramps(void **state)
{
    Fixture *fixture = *state;
    double(*way)[2];
    uint32_t count;
    bool is_on_stairs = false;
    double from[2] = {3, 2}, to[2] = {3, -4.2}, at[2] = {3, 2};
    assert_ok(gallery_find_path(&fixture->gallery, from, to, &fixture->arena, &way, &count));
    for (uint32_t i = 0; i < count; i++)
        for (double t = 0; t <= 1; t += 0.01) {
            const double *before = i ? way[i - 1] : from;
            for (int k = 0; k < 2; k++)
                at[k] = before[k] + (way[i][k] - before[k]) * t;
            is_on_stairs |= gallery_is_on_stairs(&fixture->gallery, at);
            assert_true(gallery_is_free(&fixture->gallery, at));
        }
    assert_true(is_on_stairs);
    // Down two flights around a corner, through a door.
    Visitor visitor = visitor_make(&fixture->gallery);
    VisitorWorld world = {.gallery = &fixture->gallery, .aspect = 1.6f};
    VisitorActions nothing = {0};
    assert_ok(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){8.4, -2}));
    double flat_s = 0, stairs_s = 0, flat_m = 0, stairs_m = 0;
    for (int i = 0; i < 60 * 120 && visitor.has_goal; i++) {
        double before[2] = {visitor.spot[0], visitor.spot[1]};
        bool stairs = gallery_is_on_stairs(&fixture->gallery, before);
        visitor_step(&visitor, &nothing, &world);
        double moved = hypot(visitor.spot[0] - before[0], visitor.spot[1] - before[1]);
        *(stairs ? &stairs_s : &flat_s) += VISITOR_STEP_S;
        *(stairs ? &stairs_m : &flat_m) += moved;
    }
    assert_true(hypot(visitor.spot[0] - 8.4, visitor.spot[1] + 2) < 0.05);
    assert_true(fabs(visitor.floor_m + 1.44) < 1e-6);
    Camera camera = visitor_camera(&visitor, &world);
    assert_true(fabs(camera.position[1] + 1.44 - (double)visitor.eye_height_m) < 1e-4);
    assert_true(stairs_m > 2 && stairs_m / stairs_s < flat_m / flat_s);
}

static void who_sits_is_led_over_the_ramp(void **state)
{
    Fixture *fixture = *state;
    VisitorWorld world = {.gallery = &fixture->gallery, .aspect = 1.6f};
    VisitorActions nothing = {0};
    for (int sits = 0; sits < 2; sits++) {
        Visitor visitor = visitor_make(&fixture->gallery);
        visitor.eye_height_m = sits ? 1.15f : 1.62f;
        bool took_stairs = false;
        assert_ok(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){3, -4.2}));
        for (int i = 0; i < 60 * 120 && visitor.has_goal; i++) {
            visitor_step(&visitor, &nothing, &world);
            took_stairs |= gallery_is_on_stairs(&fixture->gallery, visitor.spot);
        }
        assert_true(hypot(visitor.spot[0] - 3, visitor.spot[1] + 4.2) < 0.05);
        assert_int_equal(took_stairs, !sits);
        // Where there are only stairs, they are taken.
        assert_ok(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){8.4, -2}));
        assert_true(visitor.waypoint_count < VISITOR_MAX_WAYPOINTS);
    }
}

static void rails_stop_feet_and_not_eyes(void **state)
{
    const Fixture *fixture = *state;
    static const double cases[][4] = {
        {5, -1.4, 5, -3},       // over the edge of the landing
        {0.6, -4.5, 2.5, -4.5}, // out of the ramp
        {2.5, -4.5, 0.6, -4.5}, // into it
        {3, -2.25, 5.5, -2.25}, // off the stairs
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double *from = cases[i], *to = cases[i] + 2;
        double step[2] = {to[0] - from[0], to[1] - from[1]}, at[2];
        assert_true(gallery_is_free(&fixture->gallery, from));
        gallery_move(&fixture->gallery, from, step, at);
        if (hypot(at[0] - to[0], at[1] - to[1]) < 0.3)
            fail_msg("case %zu walks through a rail", i);
        assert_true(gallery_sees(&fixture->gallery, from, to));
    }
}

static void nobody_leans_over_a_rail(void **state)
{
    const Fixture *fixture = *state;
    for (uint32_t i = 0; i < 12 * fixture->plan.place_count; i++) {
        uint32_t place = i / 12;
        double eye_m = 1.0 + 0.3 * (i % 4), fov = 0.5 + 0.3 * (i / 4 % 3);
        GalleryStand stand;
        assert_true(gallery_stand_before(&fixture->gallery, place, eye_m, fov, &stand));
        assert_true(fabs(gallery_floor_m(&fixture->gallery, stand.spot) -
                         (double)fixture->plan.places[place].floor_m) < 1e-6);
    }
}

static void points_at_floors_of_every_height(void **state)
{
    const Fixture *fixture = *state;
    static const struct {
        double eye[3], at[3];
    } cases[] = {
        {{3, 1.6, -1}, {3, -0.48, -5}},     {{4, 1.14, -7.5}, {3.2, 0, -1}},
        {{3, 1.6, 2}, {3, 0, -1}},          {{4, 1.14, -6}, {0.6, -0.24, -4.7}},
        {{3, 1.14, -4}, {3, -0.24, -2.25}}, {{8.4, 0.2, -4}, {9.1, -0.96, -9}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Ray ray = {.origin = {cases[i].eye[0], cases[i].eye[1], cases[i].eye[2]}};
        sub3(cases[i].at, ray.origin, ray.direction);
        normalize3(ray.direction);
        GalleryHit hit;
        assert_true(gallery_pick(&fixture->gallery, &ray, &hit));
        if (hypot(hit.spot[0] - cases[i].at[0], hit.spot[1] - cases[i].at[2]) > 0.02)
            fail_msg("case %zu points at %g,%g", i, hit.spot[0], hit.spot[1]);
        double on[3];
        float slope[2];
        gallery_lie(&fixture->gallery, hit.spot, on, slope);
        assert_true(fabs(on[1] - cases[i].at[1]) < 0.09); // on nosings, not in treads
    }
}

// ---- what is built

static void stairs_are_built_where_one_walks(void **state)
{
    Fixture *fixture = *state;
    // Rays straight down: where feet are, there is a floor, but for half a step.
    for (uint32_t room = 1; room < 3; room++) {
        GalleryMesh mesh;
        gallery_mesh_make(&fixture->plan, room, &fixture->arena, &mesh);
        for (uint32_t i = 0; i < fixture->plan.flight_count; i++) {
            const PlanFlight *flight = &fixture->plan.flights[i];
            if (flight->room != room)
                continue;
            for (int k = 0; k < 25; k++) {
                float aside =
                    (0.1f + 0.2f * (float)(k % 5) - 0.5f) * (flight->size_m[0] - 0.3f);
                float along = (0.1f + 0.2f * (float)(k / 5) - 0.5f) * flight->size_m[1];
                float c = cosf(flight->yaw), s = sinf(flight->yaw);
                double at[2] = {flight->position[0] + aside * c + along * s,
                                flight->position[1] - aside * s + along * c};
                double want = gallery_floor_m(&fixture->gallery, at), top = -100;
                for (uint32_t t = 0; t < mesh.index_count; t += 3) {
                    const float *p[3];
                    double w[3];
                    for (int n = 0; n < 3; n++)
                        p[n] = mesh.vertices[mesh.indices[t + n]].position;
                    for (int n = 0; n < 3; n++) {
                        const float *a = p[(n + 1) % 3], *b = p[(n + 2) % 3];
                        w[n] = ((double)a[0] - at[0]) * ((double)b[2] - at[1]) -
                               ((double)a[2] - at[1]) * ((double)b[0] - at[0]);
                    }
                    double sum = w[0] + w[1] + w[2];
                    if (fabs(sum) < 1e-9 || w[0] / sum < 0 || w[1] / sum < 0 || w[2] / sum < 0)
                        continue;
                    double y = (w[0] * (double)p[0][1] + w[1] * (double)p[1][1] +
                                w[2] * (double)p[2][1]) /
                               sum;
                    if (y < want + 0.3)
                        top = MAX(top, y);
                }
                double most = flight->kind == PLAN_STAIRS ? 0.13 : 0.02;
                if (fabs(top - want) > most)
                    fail_msg("flight %u: the floor is at %g, feet are at %g", i, top, want);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_could_walk_is_refused),
        cmocka_unit_test(plans_with_heights_survive_writing_and_reading),
        cmocka_unit_test(hostile_flights_are_refused_or_built),
        cmocka_unit_test(a_wing_is_level_with_the_lobby_at_its_door),
        cmocka_unit_test(floors_are_as_high_as_they_are_built),
        cmocka_unit_test(eyes_go_down_gently),
        cmocka_unit_test(ways_lead_over_stairs_and_ramps),
        cmocka_unit_test(who_sits_is_led_over_the_ramp),
        cmocka_unit_test(rails_stop_feet_and_not_eyes),
        cmocka_unit_test(nobody_leans_over_a_rail),
        cmocka_unit_test(points_at_floors_of_every_height),
        cmocka_unit_test(stairs_are_built_where_one_walks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
