// test_mood.c: the miniature mood is a thin lens: what is in focus stays, the rest is spread as
// far as a lens would spread it, evenly, and no eye is where it may not be.

#include "museum/mood.h"
#include "test.h"

#include <math.h>

static const Viewport viewport = {0, 0, 1280, 720};

static Camera some_camera(void)
{
    return (Camera){.position = {1, 2, 3},
                    .yaw = 0.7f,
                    .pitch = -0.3f,
                    .fov_y = 0.56f,
                    .near_m = 0.01f,
                    .far_m = 80};
}

static Mood open_mood(double depth_m, double radius_m, double gap_m)
{
    Mood mood = {.is_on = true};
    mood_see(&mood, &(MoodSight){.depth_m = depth_m, .radius_m = radius_m, .gap_m = gap_m});
    assert_true(mood.is_open);
    return mood;
}

// Of the picture, at a depth.
static void place_in_view(const View *view, float x, float y, double depth, double out[3])
{
    Ray ray = view_ray(view, (float[2]){x, y});
    ray_point(&ray, depth / dot3(ray.direction, view->forward), out);
}

static void what_is_in_focus_stays(void **state)
{
    (void)state;
    Camera camera = some_camera();
    View view = camera_view(&camera, &viewport);
    Mood mood = open_mood(0.06, 0.01, 0.05);
    for (int i = 0; i < MOOD_FRAMES; i++) {
        View from = mood_view(&mood, &view, i);
        for (int k = 0; k < 4; k++) {
            float at[2] = {k % 2 ? 1200.0f : 100.0f, k / 2 ? 30.0f : 700.0f}, px[2];
            double world[3];
            place_in_view(&view, at[0], at[1], mood.focus_m, world);
            assert_true(view_project(&from, world, px));
            assert_true(fabsf(px[0] - at[0]) < 0.02f && fabsf(px[1] - at[1]) < 0.02f);
        }
    }
}

// The circle of confusion: aperture * |depth - focus| / depth, as wide as it is at the focus.
static void the_rest_is_spread_as_by_a_thin_lens(void **state)
{
    (void)state;
    static const double depths_m[] = {0.045, 0.055, 0.07, 0.1, 1, 30};
    Camera camera = some_camera();
    View view = camera_view(&camera, &viewport);
    Mood mood = open_mood(0.06, 0.01, 0.05);
    for (size_t d = 0; d < COUNT_OF(depths_m); d++) {
        double world[3], sum[2] = {0}, square = 0, widest = 0;
        place_in_view(&view, 500, 300, depths_m[d], world);
        for (int i = 0; i < MOOD_FRAMES; i++) {
            View from = mood_view(&mood, &view, i);
            float px[2];
            assert_true(view_project(&from, world, px));
            double x = (double)px[0] - 500, y = (double)px[1] - 300;
            sum[0] += x;
            sum[1] += y;
            square += x * x + y * y;
            widest = MAX(widest, hypot(x, y));
        }
        double radius = mood.aperture_m * fabs(depths_m[d] - mood.focus_m) / depths_m[d] /
                        mood.focus_m * (double)view.focal_px;
        assert_true(fabs(sum[0]) < 0.02 * radius && fabs(sum[1]) < 0.02 * radius);
        assert_true(widest < radius * 1.001 && widest > radius * 0.95);
        // Evenly over the disc: half of its radius's square.
        assert_true(fabs(square / MOOD_FRAMES / (radius * radius) - 0.5) < 0.02);
    }
}

// At any time the mean is right for a smaller aperture.
static void the_aperture_opens_evenly(void **state)
{
    (void)state;
    for (int n = 9; n <= MOOD_FRAMES; n += 2) {
        double square = 0, sum[2] = {0}, widest = 0;
        for (int i = 0; i < n; i++) {
            float at[2];
            mood_place(i, at);
            square += (double)(at[0] * at[0] + at[1] * at[1]);
            widest = MAX(widest, (double)hypotf(at[0], at[1]));
            sum[0] += (double)at[0];
            sum[1] += (double)at[1];
        }
        assert_true(fabs(sum[0]) < 1e-5 && fabs(sum[1]) < 1e-5);
        assert_true(widest < sqrt((double)(n - 1) / (MOOD_FRAMES - 1)));
        assert_true(fabs(square / n - 0.5 * (n - 1) / (MOOD_FRAMES - 1)) < 0.02);
    }
}

static void no_eye_comes_too_near(void **state)
{
    (void)state;
    for (double gap = 0.0005; gap < 0.2; gap *= 1.5) {
        Mood mood = open_mood(0.06, 0.01, gap);
        assert_true(mood.aperture_m <= 0.25 * gap && mood.aperture_m > 0);
    }
}

static void the_wide_view_shows_all_of_them(void **state)
{
    (void)state;
    Camera camera = some_camera();
    View view = camera_view(&camera, &viewport);
    Mood mood = open_mood(0.06, 0.01, 0.05);
    View wide = mood_wide_view(&mood, &view);
    assert_float_equal(wide.focal_px / view.focal_px, 1, 1e-6);
    static const float corners[4][2] = {{0, 0}, {1280, 0}, {0, 720}, {1280, 720}};
    for (int i = 0; i < MOOD_FRAMES * 4; i++) {
        View from = mood_view(&mood, &view, i / 4);
        for (double depth = 0.035; depth < 70; depth *= 1.7) {
            double world[3];
            place_in_view(&from, corners[i % 4][0], corners[i % 4][1], depth, world);
            assert_true(view_sees_sphere(&wide, world, 1e-6));
        }
    }
}

static void the_focus_follows_once_the_lens_rests(void **state)
{
    (void)state;
    Mood mood = open_mood(0.06, 0.01, 0.05);
    MoodSight sight = {.depth_m = 0.08, .radius_m = 0.01, .gap_m = 0.05, .passed_s = 0.1};
    mood_see(&mood, &sight);
    assert_true(mood_is_pending(&mood) && mood.focus_m == 0.06);
    mood_see(&mood, &sight);
    sight.depth_m = 0.07;
    mood_see(&mood, &sight); // it moved on
    mood_see(&mood, &sight);
    mood_see(&mood, &sight);
    assert_true(mood.focus_m == 0.06);
    mood_see(&mood, &sight);
    assert_true(mood.focus_m == 0.07 && !mood_is_pending(&mood));
    // A little finer surface is no other focus; an eye that moves takes it along.
    sight.depth_m = 0.0703;
    mood_see(&mood, &sight);
    assert_true(mood.focus_m == 0.07 && !mood_is_pending(&mood));
    sight.depth_m = 0.09;
    sight.moves = true;
    mood_see(&mood, &sight);
    assert_true(mood.focus_m == 0.09);
    mood_see(&mood, NULL);
    assert_true(!mood.is_open && mood.is_on && !mood_is_pending(&mood));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_focus_stays),
        cmocka_unit_test(the_rest_is_spread_as_by_a_thin_lens),
        cmocka_unit_test(the_aperture_opens_evenly),
        cmocka_unit_test(no_eye_comes_too_near),
        cmocka_unit_test(the_wide_view_shows_all_of_them),
        cmocka_unit_test(the_focus_follows_once_the_lens_rests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
