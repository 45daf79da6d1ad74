// test_shimmer.c: highlights of a rough, glossy surface do not flicker while it moves.
//
// A sheet whose normals lean this way and that from vertex to vertex, a vertex or two a pixel,
// is shown again and again, each time a part of a pixel further. What a pixel shows should
// hardly change: the grain is finer than it.

#include "gl/stage.h"

#include <math.h>

static Stage stage;

#define SHEET_HALF_M 0.1f
#define LEAN 0.25f // of normals

enum { MOVES = 8, HALF = 8 };

typedef struct Scene {
    RenderList list;
    RenderSculpture sculpture;
    RenderClusterDraw draw;
} Scene;

static float dice(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / (float)(1 << 24) * 2 - 1;
}

static void upload_grain(void)
{
    uint32_t state = 7;
    MeshPage sheet = stage_sheet(SHEET_HALF_M, 0, 1, &stage.arena);
    for (uint32_t i = 0; i < sheet.vertex_count; i++) {
        float normal[3] = {LEAN * dice(&state), 1, LEAN * dice(&state)};
        float length = sqrtf(normal[0] * normal[0] + 1 + normal[2] * normal[2]);
        for (int k = 0; k < 3; k++)
            normal[k] /= length;
        mesh_encode_normal(normal, sheet.vertices[i].normal);
    }
    render_upload_page(stage.render, 0, &sheet, NULL);
}

static int set_up(void **state)
{
    (void)state;
    stage_add_renderer(&stage, RENDER_FINE);
    // The lamp stands where the sheet mirrors it to the eye.
    static const RenderLight lamp = {
        .position = {1.2f, 2.2f, 0}, .direction = {-1, -1, 0}, .intensity_cd = 800};
    static const RenderRoom room = {.low = {-4, 0, -4}, .high = {4, 4, 4}, .fill_lux = 20};
    assert_ok(render_set_house(
        stage.render,
        &(RenderHouse){.lights = &lamp, .light_count = 1, .rooms = &room, .room_count = 1}));
    upload_grain();
    return 0;
}

// Seen from the other side, so far off that a vertex or `fine` of them are a pixel.
static void compose(Scene *scene, RenderMode mode, double fine)
{
    const double fov = 0.6981317, cell_m = 2 * (double)SHEET_HALF_M / 64;
    double away = cell_m * fine * stage.height / (2 * tan(fov / 2));
    double at[3] = {0, 1, 0}, eye[3] = {-away * 0.7071, 1 + away * 0.7071, 0};
    *scene = (Scene){.draw = {0, 0, 64 * 64 * 6}};
    scene->sculpture = (RenderSculpture){.placement = placement_make(at, 0, 1),
                                         .center = {at[0], at[1], at[2]},
                                         .radius_m = SHEET_HALF_M * 1.5f,
                                         .roughness = 0.2f,
                                         .color = {0.3f, 0.3f, 0.3f},
                                         .draws = {0, 1}};
    scene->list = (RenderList){.view.camera = stage_view(&stage, eye, at, 40),
                               .view.mode = mode,
                               .view.raking_azimuth_deg = 90,
                               .view.raking_elevation_deg = 45,
                               .view.raking_radius_m = SHEET_HALF_M,
                               .view.raking_normal = {0, 1, 0},
                               .view.raking_center = {0, 1, 0},
                               .sculptures = &scene->sculpture,
                               .sculpture_count = 1,
                               .cluster_draws = &scene->draw,
                               .cluster_draw_count = 1};
}

// How far what a pixel shows is from its mean over the moves: the mean over the sheet's middle,
// in parts of how bright that is. Each move is an eighth of a pixel.
static double flicker(Scene *scene)
{
    static double sums[2 * HALF][2 * HALF], squares[2 * HALF][2 * HALF];
    memset(sums, 0, sizeof sums);
    memset(squares, 0, sizeof squares);
    for (int i = 0; i < MOVES; i++) {
        scene->list.view.shift_px[0] = (float)i / MOVES;
        scene->list.view.shift_px[1] = (float)i * 0.5f / MOVES;
        const uint8_t *rgba = stage_picture(&stage, &scene->list);
        for (int y = 0; y < 2 * HALF; y++) {
            for (int x = 0; x < 2 * HALF; x++) {
                double value = stage_brightness(&stage, rgba, stage.width / 2 - HALF + x,
                                                stage.height / 2 - HALF + y, 1, 1);
                sums[y][x] += value;
                squares[y][x] += value * value;
            }
        }
    }
    double variance = 0, mean = 0;
    for (int i = 0; i < 4 * HALF * HALF; i++) {
        double sum = sums[i / (2 * HALF)][i % (2 * HALF)] / MOVES;
        variance += squares[i / (2 * HALF)][i % (2 * HALF)] / MOVES - sum * sum;
        mean += sum;
    }
    double count = 4.0 * HALF * HALF;
    return sqrt(variance / count) / (mean / count);
}

static void highlights_stand_still(void **state)
{
    (void)state;
    static const RenderMode modes[] = {RENDER_BEAUTY, RENDER_SPECULAR};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        for (double fine = 1.5; fine < 3; fine += 1) {
            Scene scene;
            compose(&scene, modes[i], fine);
            double found = flicker(&scene);
            print_message("mode %d, %.1f vertices a pixel: %.4f\n", (int)modes[i], fine, found);
            assert_true(found < 0.13); // 0.21 to 0.30 where nothing calms them
        }
    }
}

int main(void)
{
    if (!stage_open(&stage, 240, 180))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(highlights_stand_still),
    };
    int failed = cmocka_run_group_tests(tests, set_up, NULL);
    stage_close(&stage);
    return failed;
}
