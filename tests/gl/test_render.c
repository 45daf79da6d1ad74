// test_render.c: what one may rely on in a picture, whatever the driver: shapes cover what they
// should, shadows are dark, nothing unchanged is made again, the lens stays in its circle.

#include "gl/stage.h"

#include <math.h>

static Stage stage;
static RenderMesh floor_mesh;

enum { BALL_SLOT = 0, FAR_SLOT = 200 };

#define BALL_M 0.25f

typedef struct Scene {
    RenderList list;
    RenderMeshDraw meshes[1];
    RenderSculpture sculptures[1];
    RenderClusterDraw draws[1];
} Scene;

// ---- the set

static void make_floor(void)
{
    static const RenderVertex corners[4] = {{{-3, 0, -3}, {0, 1, 0}, {0, 0}, 0},
                                            {{-3, 0, 3}, {0, 1, 0}, {0, 6}, 0},
                                            {{3, 0, 3}, {0, 1, 0}, {6, 6}, 0},
                                            {{3, 0, -3}, {0, 1, 0}, {6, 0}, 0}};
    static const uint32_t indices[6] = {0, 1, 2, 0, 2, 3};
    RenderMeshPart part = {.index_count = 6, .material = {.kind = RENDER_PLASTER}};
    assert_ok(render_make_mesh(stage.render,
                               &(RenderMeshDesc){.vertices = corners,
                                                 .vertex_count = 4,
                                                 .indices = indices,
                                                 .index_count = 6,
                                                 .parts = &part,
                                                 .part_count = 1},
                               &floor_mesh));
}

// Lamps high on the left.
static void make_lights(uint32_t count)
{
    RenderLight lamps[8];
    RenderLight lamp = {.position = {-2, 3, 0},
                        .direction = {2, -2.6f, 0},
                        .intensity_cd = 4000,
                        .cone_deg = 50,
                        .has_shadow = true};
    RenderRoom room = {.low = {-3, 0, -3},
                       .high = {3, 3.2f, 3},
                       .floor_color = {0.5f, 0.5f, 0.5f},
                       .wall_color = {0.3f, 0.3f, 0.3f},
                       .ceiling_color = {0.5f, 0.5f, 0.5f},
                       .fill_lux = 10};
    for (uint32_t i = 0; i < count; i++)
        lamps[i] = lamp;
    assert_ok(render_set_house(stage.render, &(RenderHouse){.lights = lamps,
                                                            .light_count = count,
                                                            .rooms = &room,
                                                            .room_count = 1}));
}

static void set_stage(RenderQuality quality)
{
    stage_add_renderer(&stage, quality);
    MeshPage ball = stage_ball(BALL_M, &stage.arena);
    render_upload_page(stage.render, BALL_SLOT, &ball, NULL);
    make_floor();
    make_lights(1);
}

static int set_up(void **state)
{
    (void)state;
    set_stage(RENDER_ECONOMIC);
    return 0;
}

// A piece of `slot` at `height_m` over the floor's middle, seen from the front and above.
static void compose(Scene *scene, uint32_t slot, double height_m)
{
    double at[3] = {0, height_m, 0}, eye[3] = {0, height_m + 1, 3};
    *scene = (Scene){0};
    scene->meshes[0].mesh = floor_mesh;
    scene->draws[0] = (RenderClusterDraw){slot, 0, 64 * 64 * 6};
    scene->sculptures[0] = (RenderSculpture){.placement = placement_make(at, 0, 1),
                                             .center = {at[0], at[1], at[2]},
                                             .radius_m = BALL_M * 1.05f,
                                             .draws = {0, 1}};
    scene->list = (RenderList){.view.camera = stage_view(&stage, eye, at, 40),
                               .meshes = scene->meshes,
                               .mesh_count = 1,
                               .sculptures = scene->sculptures,
                               .sculpture_count = 1,
                               .cluster_draws = scene->draws,
                               .cluster_draw_count = 1};
}

// Draws until no light waits for shadows to come to rest.
static const uint8_t *settled_picture(Scene *scene)
{
    const uint8_t *rgba;
    int frames = 0;
    do {
        rgba = stage_picture(&stage, &scene->list);
        assert_true(++frames < 10);
    } while (render_stats(stage.render).is_pending);
    return rgba;
}

static double brightness_at(const uint8_t *rgba, const Scene *scene, double x, double y,
                            double z)
{
    float px[2];
    assert_true(view_project(&scene->list.view.camera, (double[3]){x, y, z}, px));
    assert_true(px[0] > 1 && px[1] > 1 && px[0] < (float)stage.width - 2 &&
                px[1] < (float)stage.height - 2);
    return stage_brightness(&stage, rgba, (int)px[0] - 1, (int)px[1] - 1, 3, 3);
}

// ---- shapes and light

static void balls_cover_their_disc(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    scene.list.mesh_count = 0;
    uint8_t *with = stage_keep(&stage, stage_picture(&stage, &scene.list));
    scene.list.sculpture_count = 0;
    int covered = stage_count_changed(&stage, with, stage_picture(&stage, &scene.list), 8);
    // Seen along its middle: a circle of r / sqrt(d^2 - r^2).
    double distance2 = 1 + 9, radius_px = BALL_M / sqrt(distance2 - BALL_M * BALL_M) *
                                          (double)scene.list.view.camera.focal_px;
    double expected = 3.14159265 * radius_px * radius_px;
    assert_true(fabs(covered / expected - 1) < 0.06);
}

static void lit_sides_are_brighter(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    const uint8_t *rgba = stage_picture(&stage, &scene.list);
    double towards = brightness_at(rgba, &scene, -0.15, 1.12, 0.16);
    double away = brightness_at(rgba, &scene, 0.15, 0.88, 0.16);
    assert_true(towards > 1.5 * away);
    assert_true(away > 0.02); // bounced light leaves nothing black
}

static void shadows_fall_on_the_floor(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 0.5);
    const uint8_t *rgba = settled_picture(&scene);
    // From the lamp through the ball's middle to the floor, and the same place mirrored in z.
    double reach = 3.0 / (3.0 - 0.5), x = -2 + 2 * reach;
    double shadowed = brightness_at(rgba, &scene, x, 0, 0);
    double lit = brightness_at(rgba, &scene, x, 0, 1);
    scene.list.sculpture_count = 0;
    rgba = settled_picture(&scene);
    double open = brightness_at(rgba, &scene, x, 0, 0);
    assert_true(shadowed < 0.6 * lit);
    assert_true(shadowed < 0.6 * open);
}

// A lamp without shadows behind the wall, aimed at the floor on this side.
static void lamps_of_other_rooms_stay_there(void **state)
{
    (void)state;
    RenderLight lamps[2] = {{.position = {-2, 3, 0},
                             .direction = {2, -2.6f, 0},
                             .intensity_cd = 4000,
                             .cone_deg = 50,
                             .has_shadow = true},
                            {.position = {4.5f, 3, 0},
                             .direction = {-4.5f, -3, 0},
                             .intensity_cd = 40000,
                             .cone_deg = 60}};
    RenderRoom rooms[2] = {{.low = {-3, 0, -3}, .high = {3, 3.2f, 3}, .fill_lux = 10},
                           {.low = {3.3f, 0, -3}, .high = {9, 3.2f, 3}, .fill_lux = 10}};
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *pictures[2];
    for (uint32_t i = 0; i < 2; i++) {
        assert_ok(render_set_house(stage.render, &(RenderHouse){.lights = lamps,
                                                                .light_count = i + 1,
                                                                .rooms = rooms,
                                                                .room_count = 2}));
        pictures[i] = stage_keep(&stage, settled_picture(&scene));
    }
    assert_int_equal(stage_count_changed(&stage, pictures[0], pictures[1], 2), 0);
    make_lights(1);
}

static void exposure_and_fade_are_monotone(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    double last = -1;
    for (int step = 0; step < 7; step++) {
        scene.list.exposure = 1.0f / 4000 * powf(2.5f, (float)step);
        const uint8_t *rgba = stage_picture(&stage, &scene.list);
        double mean = stage_brightness(&stage, rgba, 0, 0, stage.width, stage.height);
        assert_true(mean > last);
        last = mean;
    }
    assert_true(last > 0.4); // the floor is white, what lies beyond it stays black
    scene.list.fade = 1;
    const uint8_t *rgba = stage_picture(&stage, &scene.list);
    assert_true(stage_brightness(&stage, rgba, 0, 0, stage.width, stage.height) < 0.004);
}

static void pale_pieces_are_metered_darker(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    float last = 0;
    for (int step = 1; step <= 4; step++) {
        for (int k = 0; k < 3; k++)
            scene.sculptures[0].color[k] = (float)step * 0.24f;
        float white_lux = render_meter(stage.render, &scene.list, 0);
        assert_true(white_lux >= last && white_lux > 1);
        last = white_lux;
    }
    // A white ball, shown so, is bright on its lit side and not burnt out.
    scene.list.exposure = 1 / last;
    const uint8_t *rgba = stage_picture(&stage, &scene.list);
    double lit = brightness_at(rgba, &scene, -0.12, 1.17, 0.10);
    assert_true(lit > 0.6 && lit < 0.97);
}

// ---- what stays

// Walking goes on, a few maps a frame; who stands waits for the last triangles, and then for
// one frame only.
static void shadows_of_a_view_at_rest_are_drawn_at_once(void **state)
{
    (void)state;
    enum { LAMPS = 8 };
    make_lights(LAMPS);
    Scene scene;
    compose(&scene, BALL_SLOT, 0.7);
    settled_picture(&scene);
    scene.sculptures[0].placement.position[0] += 0.2;
    stage_picture(&stage, &scene.list);
    RenderStats walking = render_stats(stage.render);
    assert_true(walking.shadow_maps_drawn > 0 && walking.shadow_maps_drawn < LAMPS);
    assert_true(walking.is_pending);
    uint32_t left = LAMPS - walking.shadow_maps_drawn;

    scene.list.view.is_kept = scene.list.is_loading = true;
    scene.list.view.share = 1;
    stage_picture(&stage, &scene.list);
    assert_int_equal(render_stats(stage.render).shadow_maps_drawn, 0);
    assert_true(render_stats(stage.render).is_pending);

    scene.list.is_loading = false;
    stage_picture(&stage, &scene.list);
    assert_int_equal(render_stats(stage.render).shadow_maps_drawn, left);
    assert_int_equal(render_stats(stage.render).meshes_lit, 1);
    assert_false(render_stats(stage.render).is_pending);
    stage_picture(&stage, &scene.list);
    assert_int_equal(render_stats(stage.render).shadow_maps_drawn, 0);
    assert_int_equal(render_stats(stage.render).meshes_lit, 0);
    make_lights(1);
}

static void unchanged_lists_give_the_same_picture(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 0.7);
    uint8_t *first = stage_keep(&stage, settled_picture(&scene));
    const uint8_t *second = stage_picture(&stage, &scene.list);
    assert_int_equal(stage_count_changed(&stage, first, second, 0), 0);
    RenderStats stats = render_stats(stage.render);
    assert_int_equal(stats.shadow_maps_drawn, 0);
    assert_int_equal(stats.meshes_lit, 0);
    assert_false(stats.is_pending);
}

static void late_light_comes_in_the_end(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 0.4);
    (void)settled_picture(&scene);
    compose(&scene, BALL_SLOT, 0.9); // its shadow moves
    (void)stage_picture(&stage, &scene.list);
    assert_true(render_stats(stage.render).is_pending);
    uint8_t *late = stage_keep(&stage, settled_picture(&scene));
    set_stage(RENDER_ECONOMIC); // all anew: nothing is left of earlier light
    compose(&scene, BALL_SLOT, 0.9);
    assert_int_equal(stage_count_changed(&stage, late, settled_picture(&scene), 2), 0);
}

// Walking through a long house: the light of rooms left behind goes, and comes back.
static void many_rooms_keep_few_lights(void **state)
{
    (void)state;
    enum { ROOMS = 40 };
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    RenderMesh first = floor_mesh, others[ROOMS];
    uint8_t *before = stage_keep(&stage, settled_picture(&scene));
    uint64_t held[2];
    for (int i = 0; i < ROOMS; i++) {
        make_floor();
        others[i] = floor_mesh;
        scene.meshes[0].mesh = floor_mesh;
        assert_int_equal(stage_count_changed(&stage, before, settled_picture(&scene), 2), 0);
        if (i >= ROOMS - 2)
            held[i - ROOMS + 2] = gpu_memory(stage.gpu).texture_bytes;
    }
    assert_int_equal(held[0], held[1]); // one more room, not one more light
    scene.meshes[0].mesh = first;
    assert_int_equal(stage_count_changed(&stage, before, settled_picture(&scene), 2), 0);
    for (int i = 0; i < ROOMS; i++)
        render_drop_mesh(stage.render, others[i]);
    floor_mesh = first;
}

static void slots_keep_their_pages_when_others_come(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    scene.list.mesh_count = 0;
    uint8_t *before = stage_keep(&stage, settled_picture(&scene));
    MeshPage ball = stage_ball(BALL_M, &stage.arena);
    render_upload_page(stage.render, FAR_SLOT, &ball, NULL);
    assert_int_equal(stage_count_changed(&stage, before, stage_picture(&stage, &scene.list), 0),
                     0);
    scene.draws[0].slot = FAR_SLOT;
    assert_int_equal(stage_count_changed(&stage, before, stage_picture(&stage, &scene.list), 0),
                     0);
}

static void tiers_agree(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 0.7);
    const uint8_t *rgba = settled_picture(&scene);
    double coarse[3] = {brightness_at(rgba, &scene, -0.12, 0.85, 0.16),
                        brightness_at(rgba, &scene, 0.12, 0.60, 0.18),
                        brightness_at(rgba, &scene, -0.5, 0, 0.3)};
    set_stage(RENDER_FINE);
    compose(&scene, BALL_SLOT, 0.7);
    rgba = settled_picture(&scene);
    double fine[3] = {brightness_at(rgba, &scene, -0.12, 0.85, 0.16),
                      brightness_at(rgba, &scene, 0.12, 0.60, 0.18),
                      brightness_at(rgba, &scene, -0.5, 0, 0.3)};
    for (int i = 0; i < 3; i++)
        assert_true(fabs(coarse[i] - fine[i]) < 0.04);
    set_stage(RENDER_ECONOMIC);
}

// ---- views at rest

static double difference(const uint8_t *a, const uint8_t *b) // mean of squares
{
    double sum = 0;
    for (int i = 0; i < stage.width * stage.height * 4; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum / (stage.width * stage.height * 4.0);
}

static void what_is_kept_is_not_drawn_again(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *plain = stage_keep(&stage, settled_picture(&scene));
    scene.list.view.is_kept = true;
    scene.list.view.share = 1;
    assert_true(stage_count_changed(&stage, plain, stage_picture(&stage, &scene.list), 1) == 0);
    // Even of a list without the ball: nothing of it is looked at.
    scene.list.view.share = 0;
    scene.list.sculpture_count = 0;
    assert_true(stage_count_changed(&stage, plain, stage_picture(&stage, &scene.list), 1) == 0);
    assert_true(render_stats(stage.render).triangles > 64 * 64); // what it took then
    // And it fades, by its share.
    scene.list.view.is_kept = false;
    uint8_t *empty = stage_keep(&stage, stage_picture(&stage, &scene.list));
    scene.list.sculpture_count = 1;
    scene.list.view.is_kept = true;
    scene.list.view.share = 1;
    stage_picture(&stage, &scene.list);
    scene.list.sculpture_count = 0;
    scene.list.view.share = 0.25f;
    const uint8_t *faded = stage_picture(&stage, &scene.list);
    int x = stage.width / 2, y = stage.height / 2;
    double old = stage_brightness(&stage, plain, x, y, 4, 4);
    double new = stage_brightness(&stage, empty, x, y, 4, 4);
    double now = stage_brightness(&stage, faded, x, y, 4, 4);
    assert_true(fabs(old - new) > 0.05 && fabs(now - (0.75 * old + 0.25 * new)) < 0.005);
}

// Against the mean of very many.
static void means_are_better_than_single_frames(void **state)
{
    (void)state;
    static const float few[5][2] = {
        {0, 0}, {-0.375f, -0.375f}, {0.375f, 0.375f}, {-0.125f, 0.125f}, {0.125f, -0.125f}};
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *plain = stage_keep(&stage, settled_picture(&scene));
    RenderView *view = &scene.list.view;
    view->is_kept = true;
    const uint8_t *picture = NULL;
    for (int i = 0; i < 64; i++) {
        view->share = 1 / (float)(i + 1);
        view->shift_px[0] = ((float)(i % 8) + 0.5f) / 8 - 0.5f;
        view->shift_px[1] = ((float)(i / 8) + 0.5f) / 8 - 0.5f;
        picture = stage_picture(&stage, &scene.list);
    }
    uint8_t *truth = stage_keep(&stage, picture);
    for (int i = 0; i < 5; i++) {
        view->share = 1 / (float)(i + 1);
        memcpy(view->shift_px, few[i], sizeof view->shift_px);
        picture = stage_picture(&stage, &scene.list);
    }
    assert_true(difference(picture, truth) < 0.5 * difference(plain, truth));
}

static void smaller_pictures_are_stretched(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *whole = stage_keep(&stage, settled_picture(&scene));
    scene.list.view.scale = 0.5f;
    const uint8_t *half = stage_picture(&stage, &scene.list);
    double off = difference(whole, half);
    assert_true(off > 0 && off < 30); // the ball's rim
    // What is left of a frame on a larger scale does not show at its edges.
    for (int i = 0; i < 4; i++) {
        int x = i % 2 ? stage.width - 8 : 0, y = i / 2 ? stage.height - 8 : 0;
        assert_true(fabs(stage_brightness(&stage, whole, x, y, 8, 8) -
                         stage_brightness(&stage, half, x, y, 8, 8)) < 0.02);
    }
}

static void quality_changes_while_it_runs(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *before = stage_keep(&stage, settled_picture(&scene));
    assert_ok(render_set_quality(
        stage.render,
        &(RenderDesc){.quality = RENDER_FINE, .shadow_side = 4096, .sample_count = 2}));
    uint8_t *fine = stage_keep(&stage, settled_picture(&scene));
    double off = difference(before, fine);
    assert_true(off > 0 && off < 16);
    assert_ok(render_set_quality(stage.render, &(RenderDesc){.quality = RENDER_ECONOMIC}));
    assert_true(difference(before, settled_picture(&scene)) < 0.05);
}

// ---- the lens

static void add_lens(Scene *scene, float radius_px, float zoom)
{
    const View *main = &scene->list.view.camera;
    Camera camera = {.fov_y = 40 * 3.14159265f / 180, .near_m = 0.02f, .far_m = 40};
    memcpy(camera.position, main->eye, sizeof camera.position);
    camera_look_along(&camera, main->forward);
    RenderLens *lens = &scene->list.lens;
    *lens = (RenderLens){.view = scene->list.view,
                         .center_px = {(float)stage.width / 2, (float)stage.height / 2},
                         .radius_px = radius_px};
    lens->view.camera =
        camera_magnify(&camera, &main->viewport, lens->center_px, radius_px, zoom);
}

static void lenses_stay_in_their_circle(void **state)
{
    (void)state;
    const float radius = 40;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *without = stage_keep(&stage, settled_picture(&scene));
    add_lens(&scene, radius, 3);
    scene.list.lens.view.mode = RENDER_NORMALS;
    const uint8_t *with = stage_picture(&stage, &scene.list);
    int inside = 0, inside_changed = 0;
    for (int i = 0; i < stage.width * stage.height; i++) {
        double x = i % stage.width + 0.5 - stage.width / 2.0;
        double y = i / stage.width + 0.5 - stage.height / 2.0, away = hypot(x, y);
        bool is_changed = memcmp(with + i * 4, without + i * 4, 3) != 0;
        inside += away < radius - 2;
        inside_changed += away < radius - 2 && is_changed;
        if (away > radius * 1.5 + 24) // the rim and its shadow are nearer
            assert_false(is_changed);
    }
    assert_true(inside_changed > inside * 9 / 10);
}

// Up to its very edge the glass neither bends nor darkens what is measured in it.
static void the_glass_shows_what_is_there(void **state)
{
    (void)state;
    const float radius = 40;
    Scene scene;
    compose(&scene, BALL_SLOT, 1);
    uint8_t *without = stage_keep(&stage, settled_picture(&scene));
    add_lens(&scene, radius, 1);
    scene.list.lens.dial[1] = 1;
    const uint8_t *with = stage_picture(&stage, &scene.list);
    int rim_changed = 0;
    for (int i = 0; i < stage.width * stage.height; i++) {
        double x = i % stage.width + 0.5 - stage.width / 2.0;
        double y = i / stage.width + 0.5 - stage.height / 2.0, away = hypot(x, y);
        int off = 0;
        for (int k = 0; k < 3; k++)
            off = MAX(off, abs(with[i * 4 + k] - without[i * 4 + k]));
        if (away < radius - 1)
            assert_true(off <= 3);
        rim_changed += away > radius + 1 && away < radius + 8 && off > 3;
    }
    assert_true(rim_changed > 500);
}

// A bell of glass hides nothing of what is in it, is seen where one looks along its wall, and
// is away for who leans in.
static void bells_hide_nothing(void **state)
{
    (void)state;
    Scene scene;
    RenderCase bell = {.half_size = {0.4f, 0.45f, 0.4f}, .is_bell = true};
    compose(&scene, BALL_SLOT, BALL_M);
    uint8_t *without = stage_keep(&stage, settled_picture(&scene));
    scene.list.cases = &bell;
    scene.list.case_count = 1;
    uint8_t *with = stage_keep(&stage, settled_picture(&scene));
    double inside[2];
    for (int i = 0; i < 2; i++)
        inside[i] = brightness_at(i ? with : without, &scene, 0, BALL_M, 0);
    assert_true(fabs(inside[1] / inside[0] - 1) < 0.06);
    int seen = stage_count_changed(&stage, without, with, 12);
    if (seen < 100 || seen > stage.width * stage.height / 8)
        fail_msg("%d pixels are clearly others", seen);
    bell.fade = 1;
    assert_int_equal(stage_count_changed(&stage, without, settled_picture(&scene), 0), 0);
}

int main(void)
{
    if (!stage_open(&stage, 240, 180))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balls_cover_their_disc),
        cmocka_unit_test(lit_sides_are_brighter),
        cmocka_unit_test(shadows_fall_on_the_floor),
        cmocka_unit_test(lamps_of_other_rooms_stay_there),
        cmocka_unit_test(bells_hide_nothing),
        cmocka_unit_test(exposure_and_fade_are_monotone),
        cmocka_unit_test(pale_pieces_are_metered_darker),
        cmocka_unit_test(unchanged_lists_give_the_same_picture),
        cmocka_unit_test(late_light_comes_in_the_end),
        cmocka_unit_test(many_rooms_keep_few_lights),
        cmocka_unit_test(slots_keep_their_pages_when_others_come),
        cmocka_unit_test(tiers_agree),
        cmocka_unit_test(what_is_kept_is_not_drawn_again),
        cmocka_unit_test(shadows_of_a_view_at_rest_are_drawn_at_once),
        cmocka_unit_test(means_are_better_than_single_frames),
        cmocka_unit_test(smaller_pictures_are_stretched),
        cmocka_unit_test(quality_changes_while_it_runs),
        cmocka_unit_test(lenses_stay_in_their_circle),
        cmocka_unit_test(the_glass_shows_what_is_there),
    };
    int failed = cmocka_run_group_tests(tests, set_up, NULL);
    stage_close(&stage);
    return failed;
}
