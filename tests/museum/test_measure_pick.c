// test_measure_pick.c: points of the tape lie on the surface, and stay on it while it loads.

#include "data/camera.h"
#include "museum/measure_pick.h"
#include "stream/strip.h"
#include "test.h"

#include <math.h>

typedef struct Fixture {
    Arena arena, frame;
    Strip strip;
    SculptureReader reader;
    Streamer *streamer;
    SculptureId id;
    Placement placement;
} Fixture;

static Bytes bytes_at(const void *context, const char *path)
{
    const Strip *strip = context;
    return strcmp(path, "strip.graph") ? strip->pages_bytes : strip->graph_bytes;
}

static Status read_strip(const void *context, const char *path, uint64_t offset,
                         size_t size_bytes, Arena *arena, Bytes *out)
{
    *out = (Bytes){arena_copy(arena, bytes_at(context, path).ptr + offset, size_bytes, 16),
                   size_bytes};
    return OK;
}

static Status size_strip(const void *context, const char *path, uint64_t *out_bytes)
{
    *out_bytes = bytes_at(context, path).len;
    return OK;
}

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    fixture.strip = strip_make(400, 4, 3, &fixture.arena);
    fixture.reader = (SculptureReader){&fixture.strip, read_strip, size_strip};
    assert_ok(
        streamer_make(&(StreamerDesc){.slot_count = 200}, &fixture.arena, &fixture.streamer));
    fixture.id = streamer_open(fixture.streamer, "strip.graph", "strip.pages", &fixture.reader);
    fixture.placement = placement_make((double[3]){3, -2, 7}, 0.6f, 1);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    streamer_drop(fixture->streamer);
    arena_drop(&fixture->arena);
    arena_drop(&fixture->frame);
    return 0;
}

static MeasureSurface surface_of(const Fixture *fixture)
{
    return (MeasureSurface){.streamer = fixture->streamer,
                            .sculpture = fixture->id,
                            .placement = fixture->placement,
                            .claim_m = 1e-9};
}

// Before a place of the strip, in its own space.
static Camera camera_before(const Fixture *fixture, float column, double distance)
{
    float on[3];
    strip_point(&fixture->strip, column, on);
    double own[3] = {on[0] + 0.2 * distance, on[1] + 0.1 * distance, on[2] + distance};
    double at[3] = {on[0], on[1], on[2]}, target[3];
    Camera camera = {.fov_y = 0.8f, .near_m = (float)distance / 9, .far_m = 1000};
    placement_to_world(&fixture->placement, own, camera.position);
    placement_to_world(&fixture->placement, at, target);
    camera_look_at(&camera, target);
    return camera;
}

static const Viewport viewport = {0, 0, 1280, 720};

static void run_frame(Fixture *fixture, const View *view)
{
    StreamerUpload next;
    arena_reset(&fixture->frame);
    streamer_begin_frame(fixture->streamer, &fixture->frame);
    while (streamer_next_upload(fixture->streamer, &next)) {
    }
    streamer_cut(
        fixture->streamer, fixture->id,
        &(StreamerView){.view = view, .placement = fixture->placement, .is_two_sided = true});
    streamer_end_frame(fixture->streamer);
}

static void settle(Fixture *fixture, const View *view)
{
    for (int i = 0; i < 5000; i++) {
        run_frame(fixture, view);
        if (streamer_stats(fixture->streamer).is_settled)
            return;
        thread_sleep_ms(1);
    }
    fail_msg("not settled after 5,000 frames");
}

// How far a point is off the surface as it is resident.
static double gap_of(const Fixture *fixture, const MeasurePoint *point)
{
    PickHit hit;
    double world[3];
    placement_to_world(&fixture->placement, point->at_m, world);
    return streamer_nearest(fixture->streamer, fixture->id, &fixture->placement, world, 1, &hit)
               ? hit.distance
               : INFINITY;
}

static void a_point_is_what_one_sees(void **state)
{
    Fixture *fixture = *state;
    MeasureSurface surface = surface_of(fixture);
    Camera camera = camera_before(fixture, 900, 0.5);
    View view = camera_view(&camera, &viewport);
    float middle[2] = {640, 360}, above[2] = {640, 2}, back[2];
    MeasurePoint point = {.sample_m = 77};
    assert_false(measure_pick(&surface, &view, middle, &point)); // nothing is there yet
    settle(fixture, &view);
    assert_false(measure_pick(&surface, &view, above, &point));
    assert_true(point.sample_m == 77);
    assert_true(measure_pick(&surface, &view, middle, &point));
    double world[3];
    placement_to_world(&fixture->placement, point.at_m, world);
    assert_true(view_project(&view, world, back));
    assert_true(fabsf(back[0] - 640) < 0.01f && fabsf(back[1] - 360) < 0.01f);
    assert_true(fabs(point.aim_m - view_pixel_m(&view, world)) < 1e-9);
    assert_true(point.sample_m > 0 && point.claim_m == 1e-9);
    assert_true(gap_of(fixture, &point) < 1e-6);
}

static void a_kept_point_stays_on_the_surface(void **state)
{
    Fixture *fixture = *state;
    MeasureSurface surface = surface_of(fixture);
    int coarse = 0;
    for (int place = 0; place < 8; place++) {
        Camera camera = camera_before(fixture, 200.0f * (float)(place + 1), 8);
        View far = camera_view(&camera, &viewport);
        settle(fixture, &far);
        float px[2] = {640, 360};
        MeasurePoint point, was;
        assert_true(measure_pick(&surface, &far, px, &point));
        was = point;
        coarse += !point.is_finest;
        View near = camera_magnify(&camera, &viewport, px, 4, 3000);
        for (int i = 0; i < 5000; i++) {
            run_frame(fixture, &near);
            if (measure_refine(&surface, &point))
                assert_true(point.sample_m < was.sample_m || point.is_finest);
            // Finer detail may just have come; it is met in the frame it comes in.
            assert_true(gap_of(fixture, &point) <= (point.is_finest ? 1e-6 : point.sample_m));
            if (streamer_stats(fixture->streamer).is_settled)
                break;
            thread_sleep_ms(1);
        }
        measure_refine(&surface, &point);
        assert_true(point.is_finest && point.sample_m <= was.sample_m);
        assert_true(point.aim_m == was.aim_m);
        // Where one looked, not aside.
        MeasurePoint anew;
        assert_true(measure_pick(&surface, &far, px, &anew));
        assert_true(distance3(anew.at_m, point.at_m) < 1e-6);
        // And there it stays.
        assert_false(measure_refine(&surface, &point));
    }
    assert_true(coarse >= 6); // there was something to refine
}

static void points_in_numbers_go_to_the_nearest(void **state)
{
    Fixture *fixture = *state;
    MeasureSurface surface = surface_of(fixture);
    Camera camera = camera_before(fixture, 900, 0.5);
    View view = camera_view(&camera, &viewport);
    settle(fixture, &view);
    float on[3];
    strip_point(&fixture->strip, 900, on);
    MeasurePoint point;
    assert_true(
        measure_pick_near(&surface, (double[3]){on[0], on[1], on[2] + 0.01}, 0.02, &point));
    assert_true(point.aim_m == 0 && gap_of(fixture, &point) < 1e-6);
    assert_true(fabs(point.at_m[0] - on[0]) < 0.02);
    assert_false(
        measure_pick_near(&surface, (double[3]){on[0], on[1], on[2] + 1}, 0.02, &point));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_point_is_what_one_sees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kept_point_stays_on_the_surface, set_up, tear_down),
        cmocka_unit_test_setup_teardown(points_in_numbers_go_to_the_nearest, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
