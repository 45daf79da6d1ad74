// test_close_up.c: leant in: what is let go of swings on, ways lead around the piece, a surface
// that becomes finer pushes the eye out, and what one left comes back to the bit.

#include "museum/visitor.h"
#include "test.h"

#include <math.h>

// A ball that may grow, as a scan does that becomes finer.
typedef struct Ball {
    double middle[3], radius_m;
} Ball;

typedef struct Fixture {
    Ball ball;
    VisitorWorld world;
    VisitorPiece piece;
} Fixture;

static double ball_surface(void *context, const Ray *ray, double limit_m)
{
    const Ball *ball = context;
    double distance;
    if (!ray_hit_sphere(ray, ball->middle, ball->radius_m, &distance))
        return limit_m;
    return MIN(distance, limit_m);
}

// Of a ball that has not come yet nothing is known.
static double no_surface(void *context, const Ray *ray, double limit_m)
{
    (void)context;
    (void)ray;
    return limit_m;
}

static bool no_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    (void)context;
    (void)point;
    (void)limit_m;
    (void)out;
    return false;
}

static bool ball_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    const Ball *ball = context;
    VisitorGap gap = {0};
    sub3(point, ball->middle, gap.normal);
    gap.distance_m = fabs(normalize3(gap.normal) - ball->radius_m);
    add_scaled3(ball->middle, gap.normal, ball->radius_m, gap.point);
    *out = gap;
    return gap.distance_m < limit_m;
}

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){.ball = {{3, 1.2, -2}, 0.01}};
    fixture.world = (VisitorWorld){.surface = ball_surface,
                                   .gap = ball_gap,
                                   .context = &fixture.ball,
                                   .revision = 1,
                                   .aspect = 16.0f / 9};
    for (int i = 0; i < 3; i++) {
        fixture.piece.low[i] = fixture.ball.middle[i] - 0.0105;
        fixture.piece.high[i] = fixture.ball.middle[i] + 0.0105;
    }
    fixture.piece.floor_m = fixture.piece.low[1];
    *state = &fixture;
    return 0;
}

static void run(Visitor *visitor, const VisitorWorld *world, double seconds)
{
    for (int i = 0; i < (int)(seconds / VISITOR_STEP_S); i++)
        visitor_step(visitor, &(VisitorActions){0}, world);
}

static void do_once(Visitor *visitor, const VisitorActions *actions, const VisitorWorld *world)
{
    visitor_step(visitor, actions, world);
    run(visitor, world, 2);
    assert_true(visitor_is_still(visitor));
}

static Visitor lean_in_to(const VisitorPiece *piece, const VisitorWorld *world)
{
    Visitor visitor = {
        .spot = {piece->low[0], piece->high[2] + 0.6}, .eye_height_m = 1.6f, .glides = true};
    visitor_lean_in(&visitor, piece, world);
    run(&visitor, world, 1.2);
    assert_int_equal(visitor.state, VISITOR_CLOSE);
    return visitor;
}

static double gap_of(const Fixture *fixture, const Visitor *visitor)
{
    Camera camera = visitor_camera(visitor, &fixture->world);
    return distance3(camera.position, fixture->ball.middle) - fixture->ball.radius_m;
}

// ---- letting go

// Half a second of dragging at one radian a second, in frames of so many steps; then `rest_s`
// with the button still down. How far it turns after that.
static float turn_after(const Fixture *fixture, bool glides, int steps, double rest_s)
{
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    visitor.glides = glides;
    for (int i = 0; i < 60; i += steps) {
        VisitorActions frame = {.is_held = true, .orbit_rad = {(float)steps / 120, 0}};
        visitor_run(&visitor, &frame, steps, &fixture->world);
    }
    for (int i = 0; i < (int)(rest_s / VISITOR_STEP_S); i++)
        visitor_step(&visitor, &(VisitorActions){.is_held = true}, &fixture->world);
    float yaw = visitor.orbit.yaw;
    run(&visitor, &fixture->world, 3);
    assert_true(visitor_is_still(&visitor));
    return remainderf(visitor.orbit.yaw - yaw, 6.2831853f);
}

static void what_is_let_go_swings_on(void **state)
{
    const Fixture *fixture = *state;
    float usual = turn_after(fixture, true, 1, 0);
    assert_true(usual > 0.15f && usual < 0.35f); // gently
    assert_float_equal(turn_after(fixture, true, 1, 0.5), 0, 0.001);
    assert_float_equal(turn_after(fixture, false, 1, 0), 0, 0);
    // However many frames there were.
    static const int steps[] = {2, 4, 5, 12};
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        assert_float_equal(turn_after(fixture, true, steps[i], 0), usual, 1e-4);
}

static void a_pinch_swings_on(void **state)
{
    const Fixture *fixture = *state;
    float distance_m[3];
    for (int kind = 0; kind < 3; kind++) { // let go; after a rest; where nothing glides
        Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
        visitor.glides = kind != 2;
        float before = visitor.orbit.distance_m;
        for (int i = 0; i < 15; i++) {
            VisitorActions frame = {.is_held = true, .zoom = 0.98f, .pan = {0, 0}};
            visitor_run(&visitor, &frame, 4, &fixture->world);
        }
        float held = visitor.orbit.distance_m;
        assert_float_equal(held / before, powf(0.98f, -15), 0.01); // it follows at once
        for (int i = 0; i < 60 && kind == 1; i++)
            visitor_step(&visitor, &(VisitorActions){.is_held = true}, &fixture->world);
        run(&visitor, &fixture->world, 3);
        assert_true(visitor_is_still(&visitor));
        distance_m[kind] = visitor.orbit.distance_m / held;
    }
    assert_true(distance_m[0] > 1.05f && distance_m[0] < 1.3f); // gently
    assert_float_equal(distance_m[1], 1, 0.002);
    assert_float_equal(distance_m[2], 1, 0);
}

static void what_is_held_follows_at_once(void **state)
{
    const Fixture *fixture = *state;
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    float yaw = visitor.orbit.yaw;
    visitor_step(&visitor, &(VisitorActions){.is_held = true, .orbit_rad = {0.02f, 0}},
                 &fixture->world);
    assert_float_equal(visitor.orbit.yaw - yaw, 0.02, 1e-6);
}

static void a_hand_stops_what_swings(void **state)
{
    const Fixture *fixture = *state;
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    for (int i = 0; i < 60; i++)
        visitor_step(&visitor, &(VisitorActions){.is_held = true, .orbit_rad = {0.02f, 0}},
                     &fixture->world);
    run(&visitor, &fixture->world, 0.1);
    assert_false(visitor_is_still(&visitor));
    visitor_step(&visitor, &(VisitorActions){.is_held = true}, &fixture->world);
    float yaw = visitor.orbit.yaw;
    run(&visitor, &fixture->world, 1);
    assert_true(visitor.orbit.yaw == yaw);
}

static void with_reduced_motion_everything_is_at_once(void **state)
{
    const Fixture *fixture = *state;
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    visitor.glides = false;
    float yaw = visitor.orbit.yaw;
    visitor_step(&visitor, &(VisitorActions){.orbit_rad = {2.5f, 0}, .zoom = 2},
                 &fixture->world);
    assert_true(visitor_is_still(&visitor));
    assert_float_equal(visitor.orbit.yaw - yaw, 2.5, 1e-4);
    VisitorAim aim = {.yaw = 1, .distance_m = 0.02f};
    memcpy(aim.target, fixture->ball.middle, sizeof aim.target);
    visitor_aim(&visitor, &aim, &fixture->world);
    assert_true(visitor_is_still(&visitor) && visitor.orbit.yaw == 1);
}

// ---- ways

// As near as one comes.
static Visitor come_near(const Fixture *fixture)
{
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    do_once(&visitor, &(VisitorActions){.zoom = 1000}, &fixture->world);
    assert_true(gap_of(fixture, &visitor) < 1.2 * visitor_least_distance(&fixture->piece));
    return visitor;
}

static void ways_lead_around_the_piece(void **state)
{
    const Fixture *fixture = *state;
    for (int i = 0; i < 16; i++) {
        Visitor visitor = come_near(fixture);
        VisitorAim aim = {.yaw = (float)i * 0.4f,
                          .pitch = (float)(i % 4) * -0.4f,
                          .distance_m = (float)visitor_least_distance(&fixture->piece)};
        // On the surface, where that view looks.
        double back[3];
        camera_forward(&(Camera){.yaw = aim.yaw, .pitch = aim.pitch}, back);
        add_scaled3(fixture->ball.middle, back, -fixture->ball.radius_m, aim.target);
        visitor_aim(&visitor, &aim, &fixture->world);
        double least = INFINITY;
        for (int k = 0; k < 240; k++) {
            visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
            least = MIN(least, gap_of(fixture, &visitor));
        }
        assert_true(visitor_is_still(&visitor));
        assert_true(least > 0.0009);
        assert_true(distance3(visitor.orbit.target, aim.target) < 1e-12);
        assert_float_equal(remainder(visitor.orbit.yaw - aim.yaw, 2 * M_PI), 0, 1e-6);
    }
}

static void a_way_into_the_piece_ends_before_it(void **state)
{
    const Fixture *fixture = *state;
    Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
    VisitorAim aim = {.yaw = 0.5f, .distance_m = 0.002f};
    memcpy(aim.target, fixture->ball.middle, sizeof aim.target);
    visitor_aim(&visitor, &aim, &fixture->world);
    run(&visitor, &fixture->world, 2);
    assert_true(gap_of(fixture, &visitor) > 0.0009 && gap_of(fixture, &visitor) < 0.003);
}

static void goes_to_what_a_ray_meets(void **state)
{
    const Fixture *fixture = *state;
    for (int is_parallel = 0; is_parallel < 2; is_parallel++) {
        Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
        visitor_set_orthographic(&visitor, is_parallel, &fixture->world);
        Viewport viewport = {0, 0, 1600, 900};
        Camera camera = visitor_camera(&visitor, &fixture->world);
        View view = camera_view(&camera, &viewport);
        Ray ray = view_ray(&view, (float[2]){900, 350});
        double at[3], hit = ball_surface((void *)&fixture->ball, &ray, 1);
        assert_true(hit < 1);
        ray_point(&ray, hit, at);
        double pixel_m = view_pixel_m(&view, at);
        assert_true(visitor_go_to(&visitor, &ray, &fixture->world));
        run(&visitor, &fixture->world, 2);
        camera = visitor_camera(&visitor, &fixture->world);
        view = camera_view(&camera, &viewport);
        float px[2];
        assert_true(view_project(&view, at, px));
        assert_true(fabsf(px[0] - 800) < 0.5f && fabsf(px[1] - 450) < 0.5f);
        double nearer = pixel_m / view_pixel_m(&view, at);
        assert_true(nearer > 2 && nearer < 3);
        // Away from the piece there is nothing to go to.
        for (int i = 0; i < 3; i++)
            ray.direction[i] = -view.forward[i];
        add_scaled3(view.eye, ray.direction, 1, ray.origin);
        assert_false(visitor_go_to(&visitor, &ray, &fixture->world));
    }
}

static void what_one_left_comes_back_to_the_bit(void **state)
{
    const Fixture *fixture = *state;
    for (int kind = 0; kind < 3; kind++) {
        Visitor visitor = lean_in_to(&fixture->piece, &fixture->world);
        do_once(
            &visitor,
            &(VisitorActions){.orbit_rad = {0.7f, 0.2f}, .zoom = 2.3f, .pan = {0.1f, 0.05f}},
            &fixture->world);
        if (kind == 1)
            visitor_set_orthographic(&visitor, true, &fixture->world);
        if (kind == 2)
            visitor_set_true_size(&visitor, 0.1);
        run(&visitor, &fixture->world, 0.1);
        Visitor home = visitor_at_rest(&visitor), again;
        Camera before = visitor_camera(&visitor, &fixture->world);
        visitor_aim(&visitor, &(VisitorAim){.target = {3, 1.205, -2}, 2, -0.3f, 0.015f},
                    &fixture->world);
        run(&visitor, &fixture->world, 0.4);
        visitor_step(&visitor, &(VisitorActions){.orbit_rad = {1, 0}, .zoom = 3},
                     &fixture->world);
        run(&visitor, &fixture->world, 0.2);
        visitor_return(&visitor, &home, &fixture->world);
        run(&visitor, &fixture->world, 2);
        Camera after = visitor_camera(&visitor, &fixture->world);
        again = visitor_at_rest(&visitor);
        assert_memory_equal(&again.orbit, &home.orbit, sizeof home.orbit);
        assert_memory_equal(&after, &before, sizeof before);
        assert_true(again.is_orthographic == home.is_orthographic &&
                    again.is_true_size == home.is_true_size);
    }
}

// ---- a surface that becomes another

static void a_finer_surface_pushes_the_eye_out(void **state)
{
    Fixture *fixture = *state;
    static const double sizes_m[] = {0.0101, 0.0105, 0.0112, 0.0118, 0.0125};
    for (int i = 0; i < 3; i++) {
        fixture->piece.low[i] = fixture->ball.middle[i] - 0.0145;
        fixture->piece.high[i] = fixture->ball.middle[i] + 0.0145;
    }
    double least = visitor_least_distance(&fixture->piece);
    for (size_t i = 0; i < COUNT_OF(sizes_m); i++) {
        fixture->ball.radius_m = 0.01;
        fixture->world.revision++;
        Visitor visitor = come_near(fixture);
        Camera before = visitor_camera(&visitor, &fixture->world);
        fixture->ball.radius_m = sizes_m[i];
        fixture->world.revision++;
        visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
        assert_true(gap_of(fixture, &visitor) >= 0.999 * least);
        // The shortest way out, looking as before.
        Camera after = visitor_camera(&visitor, &fixture->world);
        assert_true(distance3(after.position, before.position) <
                    sizes_m[i] - 0.01 + 0.1 * least);
        assert_true(after.yaw == before.yaw && after.pitch == before.pitch);
        assert_true(after.near_m < gap_of(fixture, &visitor));
        visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
        assert_true(visitor_is_still(&visitor));
    }
}

// ---- framing

static bool shows_all(const Visitor *visitor, const VisitorPiece *piece,
                      const VisitorWorld *world)
{
    Camera camera = visitor_camera(visitor, world);
    View view = camera_view(&camera, &(Viewport){0, 0, 1000 * world->aspect, 1000});
    for (int corner = 0; corner < 8; corner++) {
        double at[3];
        float px[2];
        for (int i = 0; i < 3; i++)
            at[i] = corner >> i & 1 ? piece->high[i] : piece->low[i];
        if (!view_project(&view, at, px) || px[0] < 0 || px[1] < 0 ||
            px[0] > 1000 * world->aspect || px[1] > 1000)
            return false;
    }
    return true;
}

static void pieces_of_any_shape_fit_into_any_window(void **state)
{
    (void)state;
    static const double sizes_m[][3] = {
        {0.02, 0.02, 0.02},  {0.024, 0.0005, 0.024}, {0.3, 0.004, 0.004}, {0.004, 0.004, 0.3},
        {0.004, 0.3, 0.004}, {0.2, 0.25, 0.001},     {0.001, 0.25, 0.2},
    };
    static const float aspects[] = {0.4f, 0.75f, 1, 16.0f / 9, 3.5f};
    for (size_t i = 0; i < COUNT_OF(sizes_m) * COUNT_OF(aspects); i++) {
        const double *size = sizes_m[i / COUNT_OF(aspects)];
        VisitorWorld world = {.aspect = aspects[i % COUNT_OF(aspects)]};
        VisitorPiece piece = {.low = {1, 1.1, 2}, .floor_m = 1.1};
        for (int k = 0; k < 3; k++)
            piece.high[k] = piece.low[k] + size[k];
        Visitor visitor = lean_in_to(&piece, &world);
        assert_true(shows_all(&visitor, &piece, &world));
        // Farthest away it is whole from every side, however one turns it.
        do_once(&visitor, &(VisitorActions){.zoom = 0.01f}, &world);
        for (int k = 0; k < 12; k++) {
            do_once(&visitor, &(VisitorActions){.orbit_rad = {0.5f, 0}}, &world);
            assert_true(shows_all(&visitor, &piece, &world));
        }
    }
}

// Where the corners of the piece's box are, as a part of the picture.
static VisitorFrame seen_in(const Visitor *visitor, const VisitorWorld *world)
{
    const VisitorPiece *piece = &visitor->piece;
    Camera camera = visitor_camera(visitor, world);
    View view = camera_view(&camera, &(Viewport){0, 0, 1000 * world->aspect, 1000});
    VisitorFrame seen = {.left = 9, .top = 9, .right = -9, .bottom = -9};
    for (int corner = 0; corner < 8; corner++) {
        double at[3];
        float px[2];
        for (int i = 0; i < 3; i++)
            at[i] = corner >> i & 1 ? piece->high[i] : piece->low[i];
        assert_true(view_project(&view, at, px));
        seen.left = MIN(seen.left, px[0] / (1000 * world->aspect));
        seen.right = MAX(seen.right, px[0] / (1000 * world->aspect));
        seen.top = MIN(seen.top, px[1] / 1000);
        seen.bottom = MAX(seen.bottom, px[1] / 1000);
    }
    return seen;
}

static bool is_within(const VisitorFrame *seen, const VisitorFrame *frame)
{
    return seen->left > frame->left && seen->right < frame->right && seen->top > frame->top &&
           seen->bottom < frame->bottom;
}

static void pieces_stay_clear_of_what_is_written(void **state)
{
    (void)state;
    static const double sizes_m[][3] = {
        {0.025, 0.052, 0.025}, {0.05, 0.05, 0.036},  {0.3, 0.02, 0.1},
        {0.024, 0.003, 0.024}, {0.002, 0.06, 0.002}, {0.02, 0.02, 0.2},
    };
    static const VisitorFrame frames[][VISITOR_FRAMES] = {
        {{0.28f, 0.09f, 0.98f, 0.89f}, {0.02f, 0.09f, 0.98f, 0.4f}},
        {{0.02f, 0.1f, 0.72f, 0.9f}, {0.02f, 0.1f, 0.98f, 0.45f}}, // written from the right
        {{0.44f, 0.17f, 0.97f, 0.88f}, {0.03f, 0.17f, 0.97f, 0.5f}},
        {{0.59f, 0.1f, 0.96f, 0.93f}, {0.04f, 0.1f, 0.96f, 0.5f}},
    };
    static const float aspects[] = {16.0f / 9, 16.0f / 9, 4.0f / 3, 0.6f};
    for (size_t i = 0; i < COUNT_OF(sizes_m) * COUNT_OF(frames); i++) {
        const double *size = sizes_m[i / COUNT_OF(frames)];
        const VisitorFrame *free_parts = frames[i % COUNT_OF(frames)];
        VisitorWorld world = {.aspect = aspects[i % COUNT_OF(frames)],
                              .frames = {free_parts[0], free_parts[1]},
                              .frame_count = VISITOR_FRAMES};
        VisitorPiece piece = {.low = {1, 1.1, 2}, .floor_m = 1.1};
        for (int k = 0; k < 3; k++)
            piece.high[k] = piece.low[k] + size[k];
        Visitor visitor = lean_in_to(&piece, &world);
        VisitorFrame seen = seen_in(&visitor, &world);
        int at = is_within(&seen, &free_parts[0]) ? 0 : 1;
        assert_true(is_within(&seen, &free_parts[at]));
        // It fills one side of it, but for some air, or is as large as in an empty picture.
        VisitorWorld empty = {.aspect = world.aspect};
        float alone_m = lean_in_to(&piece, &empty).orbit.distance_m;
        float distance_m = visitor.orbit.distance_m;
        float wide = (seen.right - seen.left) / (free_parts[at].right - free_parts[at].left);
        float high = (seen.bottom - seen.top) / (free_parts[at].bottom - free_parts[at].top);
        assert_true(distance_m > 0.999f * alone_m);
        assert_true(MAX(wide, high) > 0.7f || distance_m < 1.001f * alone_m);
        // Half a turn later it is where it was, not on the picture's other side.
        do_once(&visitor, &(VisitorActions){.orbit_rad = {3.1415927f, 0}}, &world);
        VisitorFrame turned = seen_in(&visitor, &world);
        assert_true(fabsf(turned.left - seen.left) < 0.01f);
        assert_true(fabsf(turned.right - seen.right) < 0.01f);
    }
}

static void what_lies_flat_is_looked_down_on(void **state)
{
    (void)state;
    VisitorWorld world = {.aspect = 1.6f};
    VisitorPiece coin = {.low = {1, 1.1, 2}, .high = {1.024, 1.102, 2.024}, .floor_m = 1.1};
    VisitorPiece vase = {.low = {1, 1.1, 2}, .high = {1.1, 1.3, 2.1}, .floor_m = 1.1};
    Visitor over_coin = lean_in_to(&coin, &world), before_vase = lean_in_to(&vase, &world);
    assert_true(over_coin.orbit.pitch < -0.6f && before_vase.orbit.pitch > -0.3f);
}

// While it is not known where the surface is, nobody goes to where it may turn out to be. What
// was wished is done when it is known.
static void what_is_wished_waits_for_the_shape(void **state)
{
    const Fixture *fixture = *state;
    VisitorWorld rough = fixture->world;
    rough.surface = no_surface;
    rough.gap = no_gap;
    rough.is_rough = true;
    for (int kind = 0; kind < 6; kind++) {
        Visitor visitor = lean_in_to(&fixture->piece, &rough);
        visitor.glides = kind % 2 == 0;
        VisitorAim aim = {.yaw = 2, .pitch = -0.3f, .distance_m = 0.002f};
        memcpy(aim.target, fixture->ball.middle, sizeof aim.target);
        aim.target[0] -= 0.009;
        if (kind < 2)
            visitor_aim(&visitor, &aim, &rough);
        else if (kind < 4)
            visitor_step(&visitor, &(VisitorActions){.zoom = 50}, &rough);
        else
            visitor_step(&visitor, &(VisitorActions){.pan = {3, 0}, .zoom = 50}, &rough);
        for (int i = 0; i < 240; i++) {
            visitor_step(&visitor, &(VisitorActions){0}, &rough);
            assert_true(gap_of(fixture, &visitor) > 0);
        }
        assert_false(visitor_is_still(&visitor));
        for (int i = 0; i < 360; i++) {
            visitor_step(&visitor, &(VisitorActions){0}, &fixture->world);
            assert_true(gap_of(fixture, &visitor) > 0.0009);
        }
        assert_true(visitor_is_still(&visitor));
        if (kind < 4) // as near as one may come
            assert_true(gap_of(fixture, &visitor) < 0.003);
    }
}

// Turning and going back need no shape.
static void who_waits_for_the_shape_may_turn_it(void **state)
{
    const Fixture *fixture = *state;
    VisitorWorld rough = fixture->world;
    rough.surface = no_surface;
    rough.gap = no_gap;
    rough.is_rough = true;
    Visitor visitor = lean_in_to(&fixture->piece, &rough);
    float yaw = visitor.orbit.yaw, distance_m = visitor.orbit.distance_m;
    do_once(&visitor, &(VisitorActions){.orbit_rad = {0.5f, 0}}, &rough);
    assert_float_equal(remainder((double)visitor.orbit.yaw - (double)yaw, 2 * M_PI), 0.5, 1e-4);
    visitor_step(&visitor, &(VisitorActions){.zoom = 0.8f}, &rough);
    run(&visitor, &rough, 2);
    assert_true(visitor.orbit.distance_m > distance_m * 1.2f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_let_go_swings_on, set_up),
        cmocka_unit_test_setup(a_pinch_swings_on, set_up),
        cmocka_unit_test_setup(what_is_held_follows_at_once, set_up),
        cmocka_unit_test_setup(a_hand_stops_what_swings, set_up),
        cmocka_unit_test_setup(with_reduced_motion_everything_is_at_once, set_up),
        cmocka_unit_test_setup(ways_lead_around_the_piece, set_up),
        cmocka_unit_test_setup(a_way_into_the_piece_ends_before_it, set_up),
        cmocka_unit_test_setup(goes_to_what_a_ray_meets, set_up),
        cmocka_unit_test_setup(what_one_left_comes_back_to_the_bit, set_up),
        cmocka_unit_test_setup(a_finer_surface_pushes_the_eye_out, set_up),
        cmocka_unit_test_setup(what_is_wished_waits_for_the_shape, set_up),
        cmocka_unit_test_setup(who_waits_for_the_shape_may_turn_it, set_up),
        cmocka_unit_test(pieces_of_any_shape_fit_into_any_window),
        cmocka_unit_test(pieces_stay_clear_of_what_is_written),
        cmocka_unit_test(what_lies_flat_is_looked_down_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
