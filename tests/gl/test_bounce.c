// test_bounce.c: what bounces in rooms while a visitor walks on through a house: found in
// steps, the same as at once, and no light is drawn again that has not changed.

#include "gl/stage.h"

static Stage stage;
static RenderMesh floor_mesh;

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

// One room, or a second one as well.
static void set_rooms(uint32_t count, float wall, bool has_time)
{
    RenderLight lamp = {.position = {-2, 3, 0},
                        .direction = {2, -2.6f, 0},
                        .intensity_cd = 4000,
                        .cone_deg = 50,
                        .has_shadow = true};
    RenderRoom rooms[2];
    for (int i = 0; i < 2; i++)
        rooms[i] = (RenderRoom){.low = {-3, 0, -3},
                                .high = {3, 3.2f, i ? 3.5f : 3},
                                .floor_color = {0.5f, 0.5f, 0.5f},
                                .wall_color = {0.3f, 0.3f, i ? wall : 0.3f},
                                .ceiling_color = {0.5f, 0.5f, 0.5f},
                                .fill_lux = 10};
    assert_ok(render_set_house(stage.render, &(RenderHouse){.lights = &lamp,
                                                            .light_count = 1,
                                                            .rooms = rooms,
                                                            .room_count = count,
                                                            .has_time = has_time}));
}

static void set_stage(void)
{
    stage_add_renderer(&stage, RENDER_ECONOMIC);
    MeshPage ball = stage_ball(BALL_M, &stage.arena);
    render_upload_page(stage.render, 0, &ball, NULL);
    make_floor();
    set_rooms(1, 0, false);
}

static int set_up(void **state)
{
    (void)state;
    set_stage();
    return 0;
}

// A ball over the floor, both in a room.
static void compose(Scene *scene, uint32_t room)
{
    double at[3] = {0, 0.7, 0}, eye[3] = {0, 1.7, 3};
    *scene = (Scene){0};
    scene->meshes[0] = (RenderMeshDraw){.mesh = floor_mesh, .room = room};
    scene->draws[0] = (RenderClusterDraw){0, 0, 64 * 64 * 6};
    scene->sculptures[0] = (RenderSculpture){.placement = placement_make(at, 0, 1),
                                             .center = {at[0], at[1], at[2]},
                                             .radius_m = BALL_M * 1.05f,
                                             .draws = {0, 1},
                                             .room = room};
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

// ---- walking on

static uint64_t find_all_light(void)
{
    uint64_t before = render_stats(stage.render).light_steps, count = 0;
    while (render_find_light(stage.render)) {
        count++;
        assert_int_equal(render_stats(stage.render).light_steps, before + count);
        assert_true(count < 100);
    }
    return count;
}

// Who walks on waits for no room: what was known stands in, and what comes of the steps is what
// would have come at once.
static void rooms_that_have_time_are_lit_in_steps(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, 1);
    set_rooms(2, 0.9f, true);
    assert_int_equal(render_stats(stage.render).light_steps, 0);
    uint8_t *like_the_first = stage_keep(&stage, settled_picture(&scene));
    assert_true(stage_brightness(&stage, like_the_first, 0, 0, stage.width, stage.height) >
                0.05);
    assert_true(find_all_light() >= 8);
    assert_true(render_stats(stage.render).is_pending); // another picture is to be drawn
    uint8_t *in_steps = stage_keep(&stage, settled_picture(&scene));
    assert_true(stage_count_changed(&stage, like_the_first, in_steps, 2) > 1000);

    set_rooms(2, 0.2f, true); // the room that one knew, in another colour
    assert_int_equal(stage_count_changed(&stage, in_steps, settled_picture(&scene), 0), 0);
    (void)render_find_light(stage.render);
    set_rooms(2, 0.9f, true); // and back, before anything was found
    assert_int_equal(find_all_light(), 0);

    set_stage();
    set_rooms(2, 0.9f, false);
    assert_int_equal(find_all_light(), 0);
    compose(&scene, 1);
    assert_int_equal(stage_count_changed(&stage, in_steps, settled_picture(&scene), 1), 0);
    set_rooms(1, 0, false);
}

// What happens elsewhere in the house leaves the light on a wall as it is.
static void light_stands_while_other_rooms_change(void **state)
{
    (void)state;
    Scene scene;
    compose(&scene, 0);
    set_rooms(1, 0, false);
    uint8_t *before = stage_keep(&stage, settled_picture(&scene));
    set_rooms(2, 0.9f, true);
    assert_int_equal(stage_count_changed(&stage, before, stage_picture(&stage, &scene.list), 0),
                     0);
    assert_int_equal(render_stats(stage.render).meshes_lit, 0);
    set_rooms(1, 0, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rooms_that_have_time_are_lit_in_steps),
        cmocka_unit_test(light_stands_while_other_rooms_change),
    };
    if (!stage_open(&stage, 320, 240))
        return 77;
    int failed = cmocka_run_group_tests(tests, set_up, NULL);
    stage_close(&stage);
    return failed;
}
