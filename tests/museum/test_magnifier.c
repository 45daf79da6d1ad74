// test_magnifier.c: what the lens says is right: bars, micrometres, limits.

#include <math.h>

#include "data/camera.h"
#include "museum/magnifier.h"
#include "test.h"

static void bar_is_right_within_half_a_percent(void **state)
{
    (void)state;
    for (double um = 0.0007; um < 90000; um *= 1.0137) {
        MagnifierBar bar = magnifier_bar(um);
        assert_true(bar.length_px >= 100 - 1e-6 && bar.length_px <= 250 + 1e-6);
        // Rounded to whole pixels it still tells the truth.
        assert_true(fabs(round(bar.length_px) * um - bar.length_um) <= 0.005 * bar.length_um);
        double digit = bar.length_um / pow(10, floor(log10(bar.length_um) + 1e-9));
        assert_true(fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6);
    }
    assert_true(magnifier_bar(0).length_um == 0 && magnifier_bar(NAN).length_um == 0);
}

static void bar_says_its_length(void **state)
{
    (void)state;
    static const struct {
        double um_per_pixel;
        const char *text;
    } cases[] = {
        {0.004, "0.5 µm"}, {0.01, "1 µm"}, {1.5, "200 µm"}, {10, "1 mm"},
        {30, "5 mm"},      {100, "1 cm"},  {3000, "50 cm"}, {9000, "1 m"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(magnifier_bar(cases[i].um_per_pixel).text, cases[i].text);
}

static void lengths_have_two_digits_that_matter(void **state)
{
    (void)state;
    Arena arena = {0};
    assert_string_equal(magnifier_length_text(12.3, &arena), "12 µm");
    assert_string_equal(magnifier_length_text(3.14, &arena), "3.1 µm");
    assert_string_equal(magnifier_length_text(0.853, &arena), "0.85 µm");
    assert_string_equal(magnifier_length_text(1240, &arena), "1.2 mm");
    arena_drop(&arena);
}

static MagnifierSight sight(double depth_m, double sample_m)
{
    return (MagnifierSight){true, depth_m, sample_m, 1000};
}

static void knows_its_limit(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    magnifier_turn_on(&lens, 0.5f, 0.5f);
    // 100 mm away, 1,000 px focal length: 100 µm a pixel. Samples every 20 µm: native at 5x.
    MagnifierSight here = sight(0.1, 20e-6);
    lens.wanted_zoom = 5;
    magnifier_measure(&lens, &here);
    assert_true(fabs(lens.um_per_pixel - 20) < 1e-9 && fabs(lens.um_per_sample - 20) < 1e-9);
    assert_true(lens.is_native && !lens.is_enlarged && !lens.is_at_limit);
    lens.wanted_zoom = 5.6;
    magnifier_measure(&lens, &here);
    assert_true(lens.is_enlarged && !lens.is_native);
    lens.wanted_zoom = 50;
    magnifier_measure(&lens, &here);
    assert_true(fabs(lens.zoom - 10) < 1e-9 && lens.is_at_limit && lens.is_enlarged);
    // The wheel answers at once: one notch back from the limit is below it.
    magnifier_zoom(&lens, 0.8);
    magnifier_measure(&lens, &here);
    assert_true(fabs(lens.zoom - 8) < 1e-9);
    magnifier_zoom(&lens, 0.0001);
    assert_true(lens.wanted_zoom == MAGNIFIER_LEAST_ZOOM);
}

static void shows_things_as_they_are_when_too_near(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    magnifier_turn_on(&lens, 0.5f, 0.5f);
    MagnifierSight here = sight(0.001, 50e-6); // 1 µm a pixel: 50 pixels a sample already
    magnifier_measure(&lens, &here);
    assert_true(lens.zoom == 1 && lens.is_enlarged);
}

static void says_nothing_where_it_knows_nothing(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    magnifier_measure(&lens, &(MagnifierSight){0});
    assert_true(lens.um_per_pixel == 0 && lens.um_per_sample == 0 && !lens.is_enlarged);
    MagnifierSight unknown = sight(0.1, 0);
    magnifier_measure(&lens, &unknown);
    assert_true(lens.um_per_pixel > 0 && lens.um_per_sample == 0 && !lens.is_enlarged);
}

static void measures_what_the_lens_camera_shows(void **state)
{
    (void)state;
    Camera camera = {.fov_y = 0.56f, .near_m = 0.001f, .far_m = 50};
    Viewport viewport = {0, 0, 1280, 720};
    View outside = camera_view(&camera, &viewport);
    float center[2] = {900, 200};
    Magnifier lens = magnifier_make();
    lens.wanted_zoom = 7;
    magnifier_measure(&lens, &(MagnifierSight){true, 0.25, 0, outside.focal_px});
    View inside = camera_magnify(&camera, &viewport, center, 190, (float)lens.zoom);
    // Two points 1 mm apart, across, at that depth under the lens.
    Ray ray = view_ray(&outside, center);
    double a[3], b[3];
    ray_point(&ray, 0.25 / dot3(ray.direction, outside.forward), a);
    memcpy(b, a, sizeof b);
    b[0] += 0.001;
    float from[2], to[2];
    assert_true(view_project(&inside, a, from) && view_project(&inside, b, to));
    double pixels = hypot(to[0] - from[0], to[1] - from[1]);
    assert_true(fabs(pixels * lens.um_per_pixel - 1000) < 5); // half a percent
}

// However strong it gets, by whatever steps: what is in its middle stays there.
static void the_middle_stays_in_the_middle(void **state)
{
    (void)state;
    static const float centers[][2] = {{640, 360}, {3, 717}, {900, 200}, {1279, 1}};
    Viewport viewport = {0, 0, 1280, 720};
    for (int is_parallel = 0; is_parallel < 2; is_parallel++) {
        for (size_t i = 0; i < COUNT_OF(centers); i++) {
            Camera camera = {.fov_y = 0.56f,
                             .ortho_height_m = is_parallel ? 0.12f : 0,
                             .yaw = 0.7f,
                             .pitch = -0.3f,
                             .near_m = 0.001f,
                             .far_m = 50};
            View outside = camera_view(&camera, &viewport);
            Ray ray = view_ray(&outside, centers[i]);
            double at[3];
            ray_point(&ray, 0.2, at);
            Magnifier lens = magnifier_make();
            for (int step = 0; step < 200; step++) {
                double before = lens.wanted_zoom;
                magnifier_zoom(&lens, 1.02);
                assert_true(lens.wanted_zoom <= before * 1.0201); // and there are no leaps
                View inside = camera_magnify(&camera, &viewport, centers[i], 190,
                                             (float)lens.wanted_zoom);
                float px[2];
                assert_true(view_project(&inside, at, px));
                assert_true(hypot(px[0] - centers[i][0], px[1] - centers[i][1]) < 0.25);
            }
        }
    }
}

static void follows_pins_and_resizes(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    magnifier_turn_on(&lens, 0.2f, 0.3f);
    magnifier_point(&lens, 0.4f, 2);
    assert_true(lens.at[0] == 0.4f && lens.at[1] == 1);
    lens.is_pinned = true;
    magnifier_point(&lens, 0.9f, 0.9f);
    assert_true(lens.at[0] == 0.4f);
    magnifier_move(&lens, 0.1f, 0.1f);
    assert_true(lens.at[0] == 0.4f);
    lens.is_pinned = false;
    magnifier_move(&lens, 0.1f, -3);
    assert_true(fabsf(lens.at[0] - 0.5f) < 1e-6f && lens.at[1] == 0);
    magnifier_resize(&lens, 100);
    assert_true(lens.radius == 0.45f);
    magnifier_set_light(&lens, -30, 1);
    assert_true(lens.azimuth_deg == 330 && lens.elevation_deg == 5);
    magnifier_turn_off(&lens);
    assert_true(!lens.is_on && !lens.is_pinned);
    MagnifierMode mode;
    assert_true(magnifier_find_mode("raking", &mode) && mode == MAGNIFIER_RAKING);
    assert_false(magnifier_find_mode("sepia", &mode));
}

static void dials_belong_to_modes(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    const float up[2] = {0, 45}, aside[2] = {30, 0}, none[2] = {0, 0};
    const float elevation = lens.elevation_deg, azimuth = lens.azimuth_deg;
    magnifier_turn_dial(&lens, up); // beauty has none
    assert_true(lens.elevation_deg == elevation && lens.relief_strength == 1);
    lens.mode = MAGNIFIER_SPECULAR;
    magnifier_turn_dial(&lens, aside);
    assert_true(fabsf(lens.azimuth_deg - azimuth - 30) < 0.01f && lens.relief_strength == 1);
    lens.mode = MAGNIFIER_RELIEF;
    magnifier_turn_dial(&lens, up);
    assert_true(fabsf(lens.relief_strength - 2) < 0.01f);
    magnifier_turn_dial(&lens, none);
    assert_true(fabsf(lens.relief_strength - 2) < 0.01f);
    for (int i = 0; i < 10; i++)
        magnifier_turn_dial(&lens, up);
    assert_true(lens.relief_strength == 4);
}

static void bands_are_round_and_stay(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    magnifier_fit_bands(&lens, 0.0011);
    assert_true(fabs(lens.band_um - 100) < 1e-9); // 92 would be a dozen
    magnifier_fit_bands(&lens, 0.0014);
    assert_true(fabs(lens.band_um - 100) < 1e-9);
    magnifier_fit_bands(&lens, 0.009);
    assert_true(fabs(lens.band_um - 1000) < 1e-9);
    lens.um_per_sample = 30000; // nothing lower than a tenth of a sample
    magnifier_fit_bands(&lens, 0.009);
    assert_true(fabs(lens.band_um - 5000) < 1e-9);
    magnifier_fit_bands(&lens, 0);
    assert_true(lens.band_um == 0);
}

static void what_was_found_holds_while_it_rests(void **state)
{
    (void)state;
    Magnifier lens = magnifier_make();
    MagnifierPlace here = {.at = {0.5f, 0.5f}, .eye = {1, 2, 3}, .exhibit = 4}, there = here;
    there.eye[1] = 2.5;
    bool is_known = false;
    assert_true(magnifier_hold_sample(&lens, &here, 0.5, &is_known) == 0.5 && !is_known);
    is_known = true;
    assert_true(magnifier_hold_sample(&lens, &here, 0.2, &is_known) == 0.2 && is_known);
    // What told it is pushed out, or seen in part: it stays.
    is_known = false;
    assert_true(magnifier_hold_sample(&lens, &here, 0.4, &is_known) == 0.2 && is_known);
    assert_true(magnifier_hold_sample(&lens, &here, 0.3, &is_known) == 0.2 && is_known);
    assert_true(magnifier_hold_sample(&lens, &here, 0.1, &is_known) == 0.1 && is_known);
    // Elsewhere nothing is known.
    is_known = false;
    assert_true(magnifier_hold_sample(&lens, &there, 0.4, &is_known) == 0.4 && !is_known);
    is_known = false;
    assert_true(magnifier_hold_sample(&lens, &here, 0.4, &is_known) == 0.4 && !is_known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_found_holds_while_it_rests),
        cmocka_unit_test(dials_belong_to_modes),
        cmocka_unit_test(bands_are_round_and_stay),
        cmocka_unit_test(bar_is_right_within_half_a_percent),
        cmocka_unit_test(bar_says_its_length),
        cmocka_unit_test(lengths_have_two_digits_that_matter),
        cmocka_unit_test(knows_its_limit),
        cmocka_unit_test(shows_things_as_they_are_when_too_near),
        cmocka_unit_test(says_nothing_where_it_knows_nothing),
        cmocka_unit_test(measures_what_the_lens_camera_shows),
        cmocka_unit_test(the_middle_stays_in_the_middle),
        cmocka_unit_test(follows_pins_and_resizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
