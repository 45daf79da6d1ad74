// test_visitor.c: walking, and leaning in to a piece: never through it, and back to exactly
// where one stood.

#include "museum/sample_plan.h"
#include "museum/visitor.h"
#include "test.h"

#define PIECE_RADIUS_M 0.01 // a ball of 20 mm on the riser of the case

static const double ball[3] = {3, 1.14, 2.5};

typedef struct Fixture {
    Arena arena;
    Gallery gallery;
    VisitorWorld world;
    VisitorPiece piece;
} Fixture;

// The piece is a ball.
static double ball_surface(void *context, const Ray *ray, double limit_m)
{
    (void)context;
    double distance;
    if (!ray_hit_sphere(ray, ball, PIECE_RADIUS_M, &distance) || distance > limit_m)
        return limit_m;
    return distance;
}

static bool ball_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    (void)context;
    VisitorGap gap = {.distance_m = fabs(distance3(point, ball) - PIECE_RADIUS_M)};
    sub3(point, ball, gap.normal);
    normalize3(gap.normal);
    memcpy(gap.point, ball, sizeof gap.point);
    add_scaled3(gap.point, gap.normal, PIECE_RADIUS_M, gap.point);
    *out = gap;
    return gap.distance_m < limit_m;
}

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    gallery_make(&sample_plan, NULL, &fixture.arena, &fixture.gallery);
    fixture.world = (VisitorWorld){.gallery = &fixture.gallery,
                                   .surface = ball_surface,
                                   .gap = ball_gap,
                                   .aspect = 16.0f / 9};
    for (int i = 0; i < 3; i++) {
        fixture.piece.low[i] = ball[i] - PIECE_RADIUS_M;
        fixture.piece.high[i] = ball[i] + PIECE_RADIUS_M;
    }
    fixture.piece.floor_m = fixture.piece.low[1];
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_drop(&fixture->arena);
    return 0;
}

static void run(Visitor *visitor, const VisitorActions *actions, const VisitorWorld *world,
                double seconds)
{
    for (int i = 0; i < (int)(seconds / VISITOR_STEP_S); i++)
        visitor_step(visitor, actions, world);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static float random_part(uint32_t *seed) // -1 to 1
{
    return (float)(next_random(seed) % 2001) / 1000 - 1;
}

static void starts_where_the_plan_says(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    assert_true(visitor.spot[0] == 1 && visitor.spot[1] == 1);
    Camera camera = visitor_camera(&visitor, &fixture->world);
    double forward[3];
    camera_forward(&camera, forward);
    assert_true(fabs(forward[0] - sin(0.8)) < 1e-5 && fabs(forward[2] - cos(0.8)) < 1e-5);
    assert_true(fabs(camera.position[1] - 1.62) < 1e-6);
}

static void walks_ahead_at_a_stroll(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    visitor_look(&visitor, 3.14159265f, 0); // south
    VisitorActions ahead = {.move = {0, 1}};
    run(&visitor, &ahead, &fixture->world, 1);
    assert_true(visitor.spot[1] > 2.1 && visitor.spot[1] < 2.5);
    assert_true(fabs(visitor.spot[0] - 1) < 1e-4);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 1);
    assert_true(visitor_is_still(&visitor));
}

static void turns_exactly_as_far_as_asked(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    visitor_look(&visitor, 0.5f, 0);
    VisitorActions turn = {.turn_rad = {0.7f, -0.2f}};
    visitor_step(&visitor, &turn, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 2);
    assert_true(fabsf(visitor.yaw - 1.2f) < 1e-5f && fabsf(visitor.pitch + 0.2f) < 1e-5f);
}

static void the_same_actions_give_the_same_walk(void **state)
{
    Fixture *fixture = *state;
    Visitor visitors[2];
    for (int k = 0; k < 2; k++) {
        uint32_t seed = 11;
        memset(&visitors[k], 0, sizeof visitors[k]);
        visitors[k] = visitor_make(&fixture->gallery);
        for (int i = 0; i < 3000; i++) {
            VisitorActions actions = {.move = {random_part(&seed), random_part(&seed)},
                                      .turn_rad = {random_part(&seed) * 0.05f, 0}};
            visitor_step(&visitors[k], &actions, &fixture->world);
            assert_true(gallery_is_free(&fixture->gallery, visitors[k].spot));
        }
    }
    assert_true(visitors[0].spot[0] == visitors[1].spot[0] &&
                visitors[0].spot[1] == visitors[1].spot[1] &&
                visitors[0].yaw == visitors[1].yaw);
}

static void reduced_motion_is_there_at_once(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    visitor.glides = false;
    assert_ok(visitor_walk_before(&visitor, &fixture->gallery, 1));
    float yaw = visitor.goal_yaw;
    visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
    assert_true(visitor_is_still(&visitor));
    assert_int_equal(gallery_focus(&fixture->gallery, visitor.spot, visitor.yaw), 1);
    assert_true(visitor.yaw == yaw);
    assert_true(gallery_is_free(&fixture->gallery, visitor.spot));
}

static void who_looks_around_on_the_way_is_left_alone(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    assert_ok(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){8.5, 11}));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 1);
    visitor_step(&visitor, &(VisitorActions){.turn_rad = {1.5f, 0}}, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 1);
    float yaw = visitor.yaw;
    run(&visitor, &(VisitorActions){0}, &fixture->world, 20);
    assert_true(!visitor.has_goal && visitor.yaw == yaw);
    assert_true(hypot(visitor.spot[0] - 8.5, visitor.spot[1] - 11) < 0.1);
}

// Up to speed, and to a stand, within a third of a second: neither a jerk nor ice.
static void speeds_up_and_slows_down(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    visitor_look(&visitor, 3.14159265f, 0);
    VisitorActions ahead = {.move = {0, 1}};
    double eye_m = 0, most_change = 0, last = 0;
    for (int i = 0; i < 240; i++) {
        visitor_step(&visitor, i < 120 ? &ahead : &(VisitorActions){0}, &fixture->world);
        double speed = hypot(visitor.velocity[0], visitor.velocity[1]);
        most_change = MAX(most_change, fabs(speed - last) / VISITOR_STEP_S);
        last = speed;
        Camera camera = visitor_camera(&visitor, &fixture->world);
        assert_true(i == 0 || camera.position[1] == eye_m); // the head does not bob
        eye_m = camera.position[1];
        if (i == 40)
            assert_true(speed > 1.3);
        if (i == 160)
            assert_true(speed < 0.1);
    }
    assert_true(most_change < 20);
    assert_true(last == 0);
}

static void walks_before_every_piece(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    for (uint32_t round = 0; round < 8; round++) {
        uint32_t place = round % sample_plan.place_count;
        assert_ok(visitor_walk_before(&visitor, &fixture->gallery, place));
        run(&visitor, &(VisitorActions){0}, &fixture->world, 20);
        assert_true(visitor_is_still(&visitor));
        assert_int_equal(gallery_focus(&fixture->gallery, visitor.spot, visitor.yaw), place);
    }
    assert_status(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){100, 100}), OK);
}

static void a_step_by_hand_ends_a_walk(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    assert_ok(visitor_walk_to(&visitor, &fixture->gallery, (double[2]){10, 4}));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 0.5);
    assert_true(visitor.has_goal);
    visitor_step(&visitor, &(VisitorActions){.move = {0, -1}}, &fixture->world);
    assert_false(visitor.has_goal);
}

// Leans in before the case; on return the visitor is CLOSE.
static Visitor lean_in(Fixture *fixture)
{
    Visitor visitor = visitor_make(&fixture->gallery);
    assert_ok(visitor_walk_before(&visitor, &fixture->gallery, 0));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 8);
    visitor_lean_in(&visitor, &fixture->piece, &fixture->world);
    assert_true(visitor_is_close(&visitor));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 1.2);
    assert_int_equal(visitor.state, VISITOR_CLOSE);
    return visitor;
}

static void frames_the_piece(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    Camera camera = visitor_camera(&visitor, &fixture->world);
    Viewport viewport = {0, 0, 1280, 720};
    View view = camera_view(&camera, &viewport);
    float middle[2], top[2];
    assert_true(view_project(&view, ball, middle));
    assert_true(fabsf(middle[0] - 640) < 1 && middle[1] < 360 && middle[1] > 300);
    double above[3];
    add_scaled3(ball, view.up, PIECE_RADIUS_M, above);
    assert_true(view_project(&view, above, top));
    assert_true(360 - top[1] > 130 && 360 - top[1] < 330); // fills a good part of the picture
}

// Put away, the label makes room: the piece glides to the middle of what is free now, keeps the
// side it shows, and goes back beside the label; not once one came closer.
static void takes_the_place_that_the_label_leaves(void **state)
{
    Fixture *fixture = *state;
    VisitorWorld beside = fixture->world, whole = fixture->world;
    beside.frames[0] = (VisitorFrame){0.5f, 0.1f, 0.95f, 0.9f};
    whole.frames[0] = (VisitorFrame){0.05f, 0.1f, 0.95f, 0.9f};
    beside.frame_count = whole.frame_count = 1;
    fixture->world = beside;
    Visitor visitor = lean_in(fixture);
    fixture->world.frame_count = 0;
    Viewport viewport = {0, 0, 1280, 720};
    float before = 0;
    for (int i = 0; i < 4; i++) {
        const VisitorWorld *now = i % 2 ? &whole : &beside;
        if (i == 3)
            run(&visitor, &(VisitorActions){.zoom = 1.5f}, &fixture->world, 0.02);
        float yaw = visitor.orbit.yaw, pitch = visitor.orbit.pitch, px[2];
        if (i)
            visitor_frame_again(&visitor, now);
        float most = 0, last = before;
        for (int frame = 0; frame < 90 && i < 3; frame++) {
            run(&visitor, &(VisitorActions){0}, &fixture->world, 1.0 / 60);
            Camera camera = visitor_camera(&visitor, &fixture->world);
            View view = camera_view(&camera, &viewport);
            assert_true(view_project(&view, ball, px));
            most = i ? fmaxf(most, fabsf(px[0] - last)) : 0;
            last = px[0];
        }
        assert_float_equal(visitor.orbit.yaw, yaw, 1e-4f);
        assert_float_equal(visitor.orbit.pitch, pitch, 1e-4f);
        if (i == 3) { // it stays what one came closer to
            assert_false(visitor.has_aim);
            break;
        }
        assert_true(most < 40); // no jump
        if (i == 1)
            assert_true(fabsf(last - 640) < 2);
        else
            assert_true(last > 700 && (i == 0 || last < before + 320));
        before = last;
    }
}

static void returns_to_exactly_where_one_stood(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = visitor_make(&fixture->gallery);
    assert_ok(visitor_walk_before(&visitor, &fixture->gallery, 0));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 8);
    Visitor stood = visitor;
    for (int glides = 0; glides < 2; glides++) {
        visitor.glides = glides;
        visitor_lean_in(&visitor, &fixture->piece, &fixture->world);
        VisitorActions actions = {.orbit_rad = {1.5f, 0.2f}, .zoom = 3};
        visitor_step(&visitor, &actions, &fixture->world);
        run(&visitor, &(VisitorActions){.move = {1, 1}, .turn_rad = {0.1f, 0.1f}},
            &fixture->world, 2);
        visitor_lean_out(&visitor);
        run(&visitor, &(VisitorActions){0}, &fixture->world, 1.2);
        assert_int_equal(visitor.state, VISITOR_WALKING);
        Camera before = visitor_camera(&stood, &fixture->world);
        Camera after = visitor_camera(&visitor, &fixture->world);
        assert_memory_equal(before.position, after.position, sizeof before.position);
        assert_true(before.yaw == after.yaw && before.pitch == after.pitch &&
                    before.fov_y == after.fov_y);
    }
}

static void orbits_as_far_as_asked_and_stays_above_the_stand(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    float yaw = visitor.orbit.yaw, pitch = visitor.orbit.pitch;
    visitor_step(&visitor, &(VisitorActions){.orbit_rad = {0.7f, 0.2f}}, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 2);
    assert_true(visitor_is_still(&visitor));
    assert_true(fabsf(visitor.orbit.yaw - yaw - 0.7f) < 1e-4f);
    assert_true(fabsf(visitor.orbit.pitch - pitch + 0.2f) < 1e-4f);
    visitor_step(&visitor, &(VisitorActions){.orbit_rad = {0, -3}}, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 2);
    Camera camera = visitor_camera(&visitor, &fixture->world);
    assert_true(camera.position[1] > fixture->piece.floor_m);
}

static void zoom_brings_the_surface_so_many_times_closer(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    Camera camera = visitor_camera(&visitor, &fixture->world);
    double before = distance3(camera.position, ball) - PIECE_RADIUS_M;
    visitor_step(&visitor, &(VisitorActions){.zoom = 3}, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 2);
    camera = visitor_camera(&visitor, &fixture->world);
    double after = distance3(camera.position, ball) - PIECE_RADIUS_M;
    assert_true(fabs(before / after - 3) < 0.03);
}

static void near_plane_never_cuts_the_surface(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    visitor_step(&visitor, &(VisitorActions){.zoom = 1000}, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 3);
    Camera camera = visitor_camera(&visitor, &fixture->world);
    double gap = distance3(camera.position, ball) - PIECE_RADIUS_M;
    assert_true(gap < 0.0015); // as near as a millimetre to a piece of 20 mm
    assert_true(camera.near_m < gap && camera.near_m > 0.0001);
}

static void never_through_the_surface(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    uint32_t seed = 5;
    for (int i = 0; i < 20000; i++) {
        VisitorActions actions = {0};
        if (i % 20 == 0)
            actions = (VisitorActions){
                .orbit_rad = {random_part(&seed), random_part(&seed)},
                .zoom = expf(random_part(&seed)),
                .pan = {random_part(&seed) * 0.5f, random_part(&seed) * 0.5f},
            };
        visitor_step(&visitor, &actions, &fixture->world);
        if (i % 10 == 0) {
            Camera camera = visitor_camera(&visitor, &fixture->world);
            double gap = distance3(camera.position, ball) - PIECE_RADIUS_M;
            if (gap < 0.0003 || camera.near_m > gap)
                fail_msg("step %d: %g m from the surface, near plane %g m", i, gap,
                         camera.near_m);
        }
    }
}

static void leaving_does_not_lead_through_the_piece(void **state)
{
    Fixture *fixture = *state;
    for (int i = 0; i < 12; i++) {
        Visitor visitor = lean_in(fixture);
        VisitorActions actions = {.orbit_rad = {(float)i * 0.55f, 0.1f}, .zoom = 40};
        visitor_step(&visitor, &actions, &fixture->world);
        run(&visitor, &(VisitorActions){0}, &fixture->world, 2);
        visitor_lean_out(&visitor);
        while (visitor.state == VISITOR_LEAVING) {
            Camera camera = visitor_camera(&visitor, &fixture->world);
            assert_true(distance3(camera.position, ball) > PIECE_RADIUS_M + 0.0003);
            visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
        }
    }
}

static void turns_to_an_aim_until_one_turns_oneself(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    VisitorAim aim = {.target = {ball[0], ball[1] + 0.004, ball[2]},
                      .yaw = visitor.orbit.yaw + 1,
                      .pitch = -0.4f,
                      .distance_m = visitor.orbit.distance_m * 0.7f};
    visitor_aim(&visitor, &aim, &fixture->world);
    assert_false(visitor_is_still(&visitor));
    run(&visitor, &(VisitorActions){0}, &fixture->world, 4);
    assert_true(visitor_is_still(&visitor));
    assert_float_equal(remainder(visitor.orbit.yaw - aim.yaw, 2 * M_PI), 0, 1e-5);
    assert_float_equal(visitor.orbit.pitch, aim.pitch, 1e-6);
    assert_float_equal(visitor.orbit.distance_m, aim.distance_m, 1e-6);
    assert_true(distance3(visitor.orbit.target, aim.target) < 1e-9);
    aim.yaw += 1;
    visitor_aim(&visitor, &aim, &fixture->world);
    run(&visitor, &(VisitorActions){0}, &fixture->world, 0.1);
    visitor_step(&visitor, &(VisitorActions){.orbit_rad = {0.1f, 0}}, &fixture->world);
    assert_false(visitor.has_aim);
}

// How many pixels a pattern across the picture's middle takes.
static double middle_pixel_m(const Visitor *visitor, const VisitorWorld *world)
{
    Camera camera = visitor_camera(visitor, world);
    View view = camera_view(&camera, &(Viewport){0, 0, 1600, 900});
    Ray ray = view_ray(&view, (float[2]){800, 450});
    double at[3], distance = ball_surface(NULL, &ray, 10);
    assert_true(distance < 10);
    ray_point(&ray, distance, at);
    return view_pixel_m(&view, at);
}

// One wish, and the time it takes.
static void do_once(Visitor *visitor, const VisitorActions *actions, const VisitorWorld *world)
{
    visitor_step(visitor, actions, world);
    run(visitor, &(VisitorActions){0}, world, 2);
}

static void parallel_rays_keep_the_size_of_what_is_in_the_middle(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    do_once(&visitor, &(VisitorActions){.zoom = 2.5f}, &fixture->world);
    double before = middle_pixel_m(&visitor, &fixture->world);
    visitor_set_orthographic(&visitor, true, &fixture->world);
    assert_float_equal(middle_pixel_m(&visitor, &fixture->world) / before, 1, 1e-5);
    do_once(&visitor, &(VisitorActions){.zoom = 2}, &fixture->world);
    assert_float_equal(middle_pixel_m(&visitor, &fixture->world) / before, 0.5, 1e-4);
    do_once(&visitor, &(VisitorActions){.orbit_rad = {0.7f, 0.1f}}, &fixture->world);
    visitor_set_orthographic(&visitor, false, &fixture->world);
    assert_float_equal(middle_pixel_m(&visitor, &fixture->world) / before, 0.5, 1e-3);
}

// Near or far, everything of the piece is before the near plane, and perspective comes back
// outside of it.
static void parallel_rays_never_begin_in_the_piece(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    uint32_t seed = 5;
    for (int i = 0; i < 10000; i++) {
        VisitorActions actions = {0};
        if (i % 7 == 0)
            actions = (VisitorActions){
                .orbit_rad = {random_part(&seed), random_part(&seed)},
                .zoom = expf(random_part(&seed)),
                .pan = {random_part(&seed) * 0.5f, random_part(&seed) * 0.5f},
            };
        if (i % 50 == 0)
            visitor_set_orthographic(&visitor, i % 100 == 0, &fixture->world);
        if (i % 130 == 0)
            visitor_set_true_size(&visitor, 0.2);
        if (i % 170 == 0)
            visitor_end_true_size(&visitor, &fixture->world);
        visitor_step(&visitor, &actions, &fixture->world);
        Camera camera = visitor_camera(&visitor, &fixture->world);
        double gap = distance3(camera.position, ball) - PIECE_RADIUS_M;
        if (!(gap >= 0.0003) || camera.near_m > gap || !isfinite(camera.ortho_height_m))
            fail_msg("step %d: %g m from the surface, near plane %g m", i, gap, camera.near_m);
    }
}

static void true_size_lasts_until_one_zooms(void **state)
{
    Fixture *fixture = *state;
    Visitor visitor = lean_in(fixture);
    float before = visitor.orbit.distance_m;
    visitor_set_true_size(&visitor, 0.225);
    do_once(&visitor, &(VisitorActions){.orbit_rad = {0.7f, 0.1f}}, &fixture->world);
    assert_true(visitor.is_true_size);
    assert_float_equal(middle_pixel_m(&visitor, &fixture->world), 0.225 / 900, 1e-10);
    visitor_end_true_size(&visitor, &fixture->world);
    assert_false(visitor.is_orthographic);
    assert_float_equal(visitor.orbit.distance_m, before, 1e-7);
    visitor_set_true_size(&visitor, 0.225);
    do_once(&visitor, &(VisitorActions){.zoom = 2}, &fixture->world);
    assert_false(visitor.is_true_size);
    assert_true(visitor.is_orthographic);
    assert_float_equal(middle_pixel_m(&visitor, &fixture->world), 0.225 / 1800, 1e-8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_where_the_plan_says),
        cmocka_unit_test(walks_ahead_at_a_stroll),
        cmocka_unit_test(turns_exactly_as_far_as_asked),
        cmocka_unit_test(the_same_actions_give_the_same_walk),
        cmocka_unit_test(reduced_motion_is_there_at_once),
        cmocka_unit_test(who_looks_around_on_the_way_is_left_alone),
        cmocka_unit_test(speeds_up_and_slows_down),
        cmocka_unit_test(walks_before_every_piece),
        cmocka_unit_test(a_step_by_hand_ends_a_walk),
        cmocka_unit_test(frames_the_piece),
        cmocka_unit_test(takes_the_place_that_the_label_leaves),
        cmocka_unit_test(returns_to_exactly_where_one_stood),
        cmocka_unit_test(orbits_as_far_as_asked_and_stays_above_the_stand),
        cmocka_unit_test(zoom_brings_the_surface_so_many_times_closer),
        cmocka_unit_test(near_plane_never_cuts_the_surface),
        cmocka_unit_test(never_through_the_surface),
        cmocka_unit_test(turns_to_an_aim_until_one_turns_oneself),
        cmocka_unit_test(parallel_rays_keep_the_size_of_what_is_in_the_middle),
        cmocka_unit_test(parallel_rays_never_begin_in_the_piece),
        cmocka_unit_test(true_size_lasts_until_one_zooms),
        cmocka_unit_test(leaving_does_not_lead_through_the_piece),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
