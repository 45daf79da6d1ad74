// test_detail.c: what the lens shows besides beauty, on a sheet whose waves are known.

#include "gl/stage.h"

#include <math.h>

static Stage stage;

#define SHEET_HALF_M 0.1f

typedef struct Scene {
    RenderList list;
    RenderSculpture sculpture;
    RenderClusterDraw draw;
} Scene;

static int set_up(void **state)
{
    (void)state;
    stage_add_renderer(&stage, RENDER_ECONOMIC);
    MeshPage sheet = stage_sheet(SHEET_HALF_M, 0.0012f, 6, &stage.arena);
    render_upload_page(stage.render, 0, &sheet, NULL);
    // And one that is flat, though its normals say otherwise, as texels' do.
    for (uint32_t i = 0; i < sheet.vertex_count; i++)
        sheet.vertices[i].position[1] = 32500;
    render_upload_page(stage.render, 1, &sheet, NULL);
    return 0;
}

// A sheet from straight above, the light from the left of the picture.
static void compose_relief(Scene *scene, float elevation_deg)
{
    double eye[3] = {0, 1.6, 0.001}, at[3] = {0, 1, 0};
    *scene = (Scene){.draw = {0, 0, 64 * 64 * 6}};
    scene->sculpture = (RenderSculpture){.placement = placement_make(at, 0, 1),
                                         .center = {at[0], at[1], at[2]},
                                         .radius_m = SHEET_HALF_M * 1.5f,
                                         .draws = {0, 1}};
    scene->list = (RenderList){.view.camera = stage_view(&stage, eye, at, 40),
                               .sculptures = &scene->sculpture,
                               .sculpture_count = 1,
                               .cluster_draws = &scene->draw,
                               .cluster_draw_count = 1};
    scene->list.view.mode = RENDER_RAKING;
    scene->list.view.raking_azimuth_deg = 180;
    scene->list.view.raking_elevation_deg = elevation_deg;
    scene->list.view.raking_radius_m = SHEET_HALF_M;
    scene->list.view.raking_normal[1] = 1;
    memcpy(scene->list.view.raking_center, at, sizeof at);
}

// How far pixels of the sheet's middle lie from their mean, in parts of it.
static double contrast(Scene *scene, double *mean)
{
    enum { HALF = 12 };
    const uint8_t *rgba = stage_picture(&stage, &scene->list);
    double sum = 0, sum2 = 0;
    for (int y = -HALF; y < HALF; y++) {
        for (int x = -HALF; x < HALF; x++) {
            double value =
                stage_brightness(&stage, rgba, stage.width / 2 + x, stage.height / 2 + y, 1, 1);
            sum += value;
            sum2 += value * value;
        }
    }
    double count = 4.0 * HALF * HALF;
    *mean = sum / count;
    return sqrt(MAX(sum2 / count - *mean * *mean, 0)) / *mean;
}

static void raking_light_shows_relief(void **state)
{
    (void)state;
    Scene scene;
    double means[3], contrasts[3];
    static const float elevations[3] = {12, 35, 80};
    for (int i = 0; i < 3; i++) {
        compose_relief(&scene, elevations[i]);
        contrasts[i] = contrast(&scene, &means[i]);
        assert_true(means[i] > 0.25 && means[i] < 0.8); // a level surface is a middle grey
    }
    assert_true(contrasts[0] > 1.3 * contrasts[1]);
    assert_true(contrasts[1] > 1.3 * contrasts[2]);
}

// ---- what else the lens shows, on the sheet from near

#define WAVE_M 0.0012 // the sheet's waves: how high; so many on 2 * SHEET_HALF_M
enum { WAVES = 6 };

static void compose_detail(Scene *scene, RenderMode mode, double away_m)
{
    compose_relief(scene, 45);
    double eye[3] = {0, 1 + away_m, 1e-5}, at[3] = {0, 1, 0};
    scene->list.view.camera = stage_view(&stage, eye, at, 40);
    scene->list.view.mode = mode;
}

// How bright the picture is at a place of the sheet, told by its waves' turns from the middle.
static double at_turns(Scene *scene, const uint8_t *rgba, double u, double v, int aside_px)
{
    const double wave_m = 2 * (double)SHEET_HALF_M / WAVES, pi = 3.14159265358979;
    double at[3] = {u * wave_m, 1 + WAVE_M * sin(2 * pi * u) * sin(2 * pi * v), -v * wave_m};
    float px[2];
    assert_true(view_project(&scene->list.view.camera, at, px));
    return stage_brightness(&stage, rgba, (int)px[0] + aside_px, (int)px[1], 1, 1);
}

// No triangle stands in the light's way: it is texels that do. Hollow and ridge face the lamp
// alike, but from the hollow the ridge before it hides the lamp.
static void texels_cast_shadows(void **state)
{
    (void)state;
    Scene scene;
    static const float elevations[2] = {5, 40};
    for (int i = 0; i < 2; i++) {
        compose_detail(&scene, RENDER_RAKING, 0.5);
        scene.draw.slot = 1;
        scene.list.view.raking_elevation_deg = elevations[i];
        const uint8_t *rgba = stage_picture(&stage, &scene.list);
        double ridge = at_turns(&scene, rgba, 0.25, 0.25, 0);
        double hollow = at_turns(&scene, rgba, -0.25, 0.25, 0);
        if (i == 0)
            assert_true(hollow < 0.6 * ridge);
        else
            assert_true(hollow > 0.9 * ridge);
    }
}

static void hollows_are_dark_and_ridges_light(void **state)
{
    (void)state;
    Scene scene;
    double ratio = 1;
    for (float strength = 0.5f; strength < 3; strength *= 2) {
        compose_detail(&scene, RENDER_RELIEF, 0.25);
        scene.list.view.detail_strength = strength;
        const uint8_t *rgba = stage_picture(&stage, &scene.list);
        double ridge = at_turns(&scene, rgba, 0.25, 0.25, 0);
        double hollow = at_turns(&scene, rgba, -0.25, 0.25, 0);
        assert_true(ridge > hollow * ratio);
        ratio = ridge / hollow; // more of it where it is stronger
    }
    assert_true(ratio > 1.3);
}

static void contours_lie_where_heights_are_round(void **state)
{
    (void)state;
    const double band_m = 0.0003, pi = 3.14159265358979;
    Scene scene;
    compose_detail(&scene, RENDER_HEIGHT, 0.06);
    scene.list.view.band_m = (float)band_m;
    const uint8_t *rgba = stage_picture(&stage, &scene.list);
    for (int i = -2; i <= 2; i++) {
        double u = asin(i * band_m / WAVE_M) / (2 * pi), on = 1;
        for (int k = -1; k <= 1; k++)
            on = MIN(on, at_turns(&scene, rgba, u, 0.25, k));
        double left = at_turns(&scene, rgba, u, 0.25, -3);
        double right = at_turns(&scene, rgba, u, 0.25, 4);
        assert_true(on < 0.93 * MIN(left, right));
    }
    // Coarser bands, fewer lines: the same place between them is plain.
    scene.list.view.band_m = 0.01f;
    rgba = stage_picture(&stage, &scene.list);
    double u = asin(2 * band_m / WAVE_M) / (2 * pi);
    double on = at_turns(&scene, rgba, u, 0.25, 0), right = at_turns(&scene, rgba, u, 0.25, 3);
    assert_true(fabs(on - right) < 0.06 * right);
}

static void highlights_follow_the_light(void **state)
{
    (void)state;
    Scene scene;
    double slopes[2][2]; // light from the right, from the left; slope that faces right, left
    for (int i = 0; i < 2; i++) {
        compose_detail(&scene, RENDER_SPECULAR, 0.06);
        scene.list.view.raking_azimuth_deg = i ? 180 : 0;
        scene.list.view.raking_elevation_deg = 70;
        const uint8_t *rgba = stage_picture(&stage, &scene.list);
        slopes[i][0] = at_turns(&scene, rgba, 0.5, 0.25, 0);
        slopes[i][1] = at_turns(&scene, rgba, 0, 0.25, 0);
    }
    assert_true(slopes[0][0] > 1.2 * slopes[0][1]);
    assert_true(slopes[1][1] > 1.2 * slopes[1][0]);
}

int main(void)
{
    if (!stage_open(&stage, 240, 180))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raking_light_shows_relief),
        cmocka_unit_test(texels_cast_shadows),
        cmocka_unit_test(hollows_are_dark_and_ridges_light),
        cmocka_unit_test(contours_lie_where_heights_are_round),
        cmocka_unit_test(highlights_follow_the_light),
    };
    int failed = cmocka_run_group_tests(tests, set_up, NULL);
    stage_close(&stage);
    return failed;
}
