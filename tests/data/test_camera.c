// test_camera.c: cameras, the magnifier's frustum, orbiting, rays.

#include "test.h"

#include "data/camera.h"

#include <cglm/cglm.h>
#include <math.h>

static const Viewport WINDOW = {0, 0, 1280, 720};

static Camera some_camera(void)
{
    return (Camera){.position = {1, 1.62, 3},
                    .yaw = 0.4f,
                    .pitch = -0.2f,
                    .fov_y = 0.9f,
                    .near_m = 0.01f,
                    .far_m = 40};
}

static double random_unit(void)
{
    return rand() / (double)RAND_MAX;
}

static void random_direction(double out[3])
{
    do {
        for (int i = 0; i < 3; i++)
            out[i] = random_unit() * 2 - 1;
    } while (dot3(out, out) > 1 || normalize3(out) < 0.1);
}

// Where the matrices put a point, in window pixels.
static bool project_by_matrix(const View *view, const double world[3], float out_px[2])
{
    vec4 point = {(float)world[0], (float)world[1], (float)world[2], 1}, clip;
    glm_mat4_mulv((vec4 *)view->view_projection, point, clip);
    out_px[0] = view->viewport.x + (clip[0] / clip[3] + 1) / 2 * view->viewport.width;
    out_px[1] = view->viewport.y + (1 - clip[1] / clip[3]) / 2 * view->viewport.height;
    return clip[3] > 0 && fabsf(clip[2]) <= clip[3];
}

static void assert_near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not %.9g within %g", a, b, tolerance);
}

static void yaw_and_pitch_point_where_the_header_says(void **state)
{
    (void)state;
    Camera camera = {0};
    double forward[3];
    camera_forward(&camera, forward);
    assert_near(forward[2], -1, 1e-12);
    camera.yaw = 1.5707963f; // to the left: -x
    camera_forward(&camera, forward);
    assert_near(forward[0], -1, 1e-6);
    camera.pitch = 0.5f;
    camera_forward(&camera, forward);
    assert_near(forward[1], sin(0.5), 1e-6);
    for (int i = 0; i < 100; i++) {
        double direction[3];
        random_direction(direction);
        camera_look_along(&camera, direction);
        camera_forward(&camera, forward);
        assert_near(distance3(direction, forward), 0, 2e-3);
    }
    float yaw = camera.yaw;
    camera_look_along(&camera, (double[3]){0, -1, 0});
    assert_float_equal(camera.yaw, yaw, 0);
    assert_true(camera.pitch < -1.56f);
}

static void rays_and_projections_agree(void **state)
{
    (void)state;
    Camera camera = some_camera();
    for (int round = 0; round < 2; round++) {
        View views[2] = {camera_view(&camera, &WINDOW),
                         camera_magnify(&camera, &WINDOW, (float[2]){900, 200}, 120, 7)};
        for (int i = 0; i < 200; i++) {
            const View *view = &views[i & 1];
            float point[2] = {view->viewport.x + (float)random_unit() * view->viewport.width,
                              view->viewport.y + (float)random_unit() * view->viewport.height};
            Ray ray = view_ray(view, point);
            assert_near(length3(ray.direction), 1, 1e-12);
            double world[3];
            float back[2], by_matrix[2];
            ray_point(&ray, 0.5 + 8 * random_unit(), world);
            assert_true(view_project(view, world, back));
            assert_near(back[0], point[0], 2e-3);
            assert_near(back[1], point[1], 2e-3);
            assert_true(project_by_matrix(view, world, by_matrix));
            assert_near(by_matrix[0], point[0], 0.05);
            assert_near(by_matrix[1], point[1], 0.05);
            assert_true(view_sees_sphere(view, world, 0));
        }
        camera.ortho_height_m = 2;
    }
}

static void planes_are_the_borders_of_the_picture(void **state)
{
    (void)state;
    Camera camera = some_camera();
    for (int kind = 0; kind < 3; kind++) {
        camera.ortho_height_m = kind == 2 ? 3 : 0;
        View view = kind == 1
                        ? camera_magnify(&camera, &WINDOW, (float[2]){300, 500}, 150, 1.25f)
                        : camera_view(&camera, &WINDOW);
        int seen = 0;
        for (int i = 0; i < 20000; i++) {
            double direction[3], world[3];
            random_direction(direction);
            add_scaled3(camera.position, direction, 5 * random_unit(), world);
            float px[2];
            bool in_front = project_by_matrix(&view, world, px);
            const Viewport *port = &view.viewport;
            float inset = MIN(MIN(px[0] - port->x, port->x + port->width - px[0]),
                              MIN(px[1] - port->y, port->y + port->height - px[1]));
            double depth = view_depth(&view, world);
            if (fabsf(inset) < 0.1f || fabs(depth - camera.near_m) < 1e-3)
                continue;
            bool sees = view_sees_sphere(&view, world, 0);
            assert_int_equal(sees, in_front && inset > 0);
            seen += sees;
        }
        assert_true(seen > 20);
    }
}

static void the_lens_keeps_the_point_under_its_centre(void **state)
{
    (void)state;
    Camera camera = some_camera();
    for (int round = 0; round < 200; round++) {
        camera.ortho_height_m = round % 4 == 0 ? 1 : 0;
        View main = camera_view(&camera, &WINDOW);
        float center[2] = {(float)random_unit() * 1280, (float)random_unit() * 720};
        float radius = 40 + (float)random_unit() * 200, zoom = 1 + (float)random_unit() * 30;
        View lens = camera_magnify(&camera, &WINDOW, center, radius, zoom);
        assert_near(lens.viewport.width, 2 * radius, 1e-3);
        Ray ray = view_ray(&main, center);
        double world[3];
        float px[2], lens_px[2], lens_offset[2];
        ray_point(&ray, 2, world);
        assert_true(view_project(&lens, world, px));
        assert_near(px[0], center[0], 5e-3);
        assert_near(px[1], center[1], 5e-3);
        // Around it everything is `zoom` times as far away from the centre.
        double beside[3];
        add_scaled3(world, main.right, 0.01, beside);
        add_scaled3(beside, main.up, 0.003, beside);
        view_project(&main, beside, px);
        view_project(&lens, beside, lens_px);
        for (int i = 0; i < 2; i++) {
            lens_offset[i] = lens_px[i] - center[i];
            assert_near(lens_offset[i], (px[i] - center[i]) * zoom, 5e-3 * zoom);
        }
        assert_near(view_pixel_m(&lens, world) * zoom, view_pixel_m(&main, world), 1e-8);
        assert_true(lens.pixels_per_radian >= lens.focal_px * 0.9999f);
    }
}

static void a_pixel_is_as_large_as_said(void **state)
{
    (void)state;
    Camera camera = some_camera();
    View view = camera_magnify(&camera, &WINDOW, (float[2]){1200, 650}, 100, 12);
    Ray ray = view_ray(&view, (float[2]){1200, 650});
    double world[3], beside[3];
    ray_point(&ray, 0.7, world);
    double pixel_m = view_pixel_m(&view, world);
    add_scaled3(world, view.right, 10 * pixel_m, beside);
    float px[2], beside_px[2];
    view_project(&view, world, px);
    view_project(&view, beside, beside_px);
    assert_near(beside_px[0] - px[0], 10, 0.01);
}

static void the_near_plane_cuts_nothing(void **state)
{
    (void)state;
    Camera camera = some_camera();
    for (int round = 0; round < 100; round++) {
        double nearest = 1e-4 * pow(10, 4 * random_unit());
        camera_fit_depth(&camera, &WINDOW, nearest, 20);
        assert_true(camera.near_m > 0 && camera.near_m < camera.far_m);
        View view = camera_view(&camera, &WINDOW);
        float point[2] = {(float)random_unit() * 1280, (float)random_unit() * 720};
        Ray ray = view_ray(&view, point);
        double world[3];
        ray_point(&ray, nearest, world);
        assert_true(view_depth(&view, world) > camera.near_m);
        ray_point(&ray, 20, world);
        assert_true(view_depth(&view, world) < camera.far_m);
    }
}

static void an_object_sees_the_same_view(void **state)
{
    (void)state;
    Camera camera = some_camera();
    View view = camera_view(&camera, &WINDOW);
    Placement placement = placement_make((double[3]){0.2, 1.2, 0.4}, 0.8f, 0.25f);
    ObjectView object_view = view_to_object(&view, &placement);
    mat4 to_eye, to_clip;
    view_object_matrix(&view, &placement, to_eye);
    glm_mat4_mul(view.projection, to_eye, to_clip);
    for (int i = 0; i < 500; i++) {
        double object[3], world[3], back[3];
        random_direction(object);
        for (int k = 0; k < 3; k++)
            object[k] *= 6;
        placement_to_world(&placement, object, world);
        placement_to_object(&placement, world, back);
        assert_near(distance3(object, back), 0, 1e-5);
        for (int k = 0; k < 6; k++) {
            const float *o = object_view.planes[k], *w = view.planes[k];
            double in_object = o[0] * object[0] + o[1] * object[1] + o[2] * object[2] + o[3];
            double in_world = w[0] * world[0] + w[1] * world[1] + w[2] * world[2] + w[3];
            assert_near(in_object * placement.scale, in_world, 1e-5);
        }
        double eye[3] = {object_view.eye[0], object_view.eye[1], object_view.eye[2]};
        assert_near(distance3(eye, object) * placement.scale, distance3(view.eye, world), 1e-5);
        float px[2];
        if (view_project(&view, world, px) && view_depth(&view, world) > 0.1) {
            vec4 point = {(float)object[0], (float)object[1], (float)object[2], 1}, clip;
            glm_mat4_mulv(to_clip, point, clip);
            assert_near((clip[0] / clip[3] + 1) * 640, px[0], 0.01 + fabs(px[0]) * 1e-5);
        }
    }
}

static void an_orbit_shows_all_of_a_box_and_stays_in_its_limits(void **state)
{
    (void)state;
    Camera camera = some_camera();
    double low[3] = {-1, 0.5, 2}, high[3] = {1, 3.5, 2.2};
    for (int round = 0; round < 50; round++) {
        Orbit orbit = orbit_frame(low, high, &camera, 16.0f / 9, (float)random_unit() * 6,
                                  (float)random_unit() * 2 - 1);
        Camera placed = orbit_camera(&orbit, &camera);
        View view = camera_view(&placed, &WINDOW);
        for (int corner = 0; corner < 8; corner++) {
            double point[3];
            float px[2];
            for (int i = 0; i < 3; i++)
                point[i] = corner >> i & 1 ? high[i] : low[i];
            assert_true(view_project(&view, point, px));
            assert_true(px[0] > 0 && px[0] < 1280 && px[1] > 0 && px[1] < 720);
        }
        assert_near(distance3(placed.position, orbit.target), orbit.distance_m, 1e-5);
        orbit_turn(&orbit, 9, 9);
        assert_true(orbit.pitch <= orbit.max_pitch && fabsf(orbit.yaw) < 3.15f);
        orbit_zoom(&orbit, 1e6f);
        assert_float_equal(orbit.distance_m, orbit.min_distance_m, 0);
        orbit_pan(&orbit, &view, 1e6f, -1e6f);
        for (int i = 0; i < 3; i++)
            assert_true(orbit.target[i] >= low[i] && orbit.target[i] <= high[i]);
    }
}

static void panning_drags_the_target_with_the_pointer(void **state)
{
    (void)state;
    Camera camera = some_camera();
    double low[3] = {-1, -1, -1}, high[3] = {1, 1, 1};
    Orbit orbit = orbit_frame(low, high, &camera, 16.0f / 9, 0.3f, 0.1f);
    Camera before = orbit_camera(&orbit, &camera);
    View view = camera_view(&before, &WINDOW);
    double grabbed[3];
    memcpy(grabbed, orbit.target, sizeof grabbed);
    orbit_pan(&orbit, &view, 30, -12);
    Camera after = orbit_camera(&orbit, &camera);
    View moved = camera_view(&after, &WINDOW);
    float px[2];
    assert_true(view_project(&moved, grabbed, px));
    assert_near(px[0], 640 + 30, 0.01);
    assert_near(px[1], 360 - 12, 0.01);
}

static void rays_hit_what_they_should(void **state)
{
    (void)state;
    Ray ray = {.origin = {0, 0, 5}, .direction = {0, 0, -1}};
    double distance, weights[2];
    assert_true(ray_hit_sphere(&ray, (double[3]){0.5, 0, 0}, 1, &distance));
    assert_near(distance, 5 - sqrt(0.75), 1e-12);
    assert_false(ray_hit_sphere(&ray, (double[3]){2, 0, 0}, 1, &distance));
    assert_false(ray_hit_sphere(&ray, (double[3]){0, 0, 8}, 1, &distance));
    assert_true(ray_hit_sphere(&ray, (double[3]){0, 0, 5}, 1, &distance));
    assert_near(distance, 0, 0);
    assert_true(ray_hit_box(&ray, (double[3]){-1, -1, -1}, (double[3]){1, 1, 1}, &distance));
    assert_near(distance, 4, 1e-12);
    assert_false(ray_hit_box(&ray, (double[3]){1, -1, -1}, (double[3]){2, 1, 1}, &distance));
    assert_false(ray_hit_box(&ray, (double[3]){-1, -1, 6}, (double[3]){1, 1, 7}, &distance));
    assert_true(ray_hit_plane(&ray, (double[3]){0, 0, 2}, 4, &distance));
    assert_near(distance, 3, 1e-12);
    assert_false(ray_hit_plane(&ray, (double[3]){0, 1, 0}, 4, &distance));
    assert_false(ray_hit_plane(&ray, (double[3]){0, 0, 1}, 6, &distance));
    double a[3] = {-1, -1, 0}, b[3] = {1, -1, 0}, c[3] = {0, 1, 0};
    assert_true(ray_hit_triangle(&ray, a, b, c, &distance, weights));
    assert_near(distance, 5, 1e-12);
    assert_near(weights[0], 0.25, 1e-12);
    assert_near(weights[1], 0.5, 1e-12);
    assert_true(ray_hit_triangle(&ray, a, c, b, &distance, weights));
    ray.origin[0] = 0.9;
    assert_false(ray_hit_triangle(&ray, a, b, c, &distance, weights));
}

static void the_nearest_point_of_a_triangle_is_the_nearest(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        double corners[3][3], point[3], nearest[3], best = 1e30;
        for (int i = 0; i < 3; i++)
            random_direction(corners[i]);
        random_direction(point);
        double squared = triangle_nearest(point, corners[0], corners[1], corners[2], nearest);
        assert_near(sqrt(squared), distance3(point, nearest), 1e-12);
        for (int i = 0; i <= 60; i++)
            for (int k = 0; i + k <= 60; k++) {
                double sample[3] = {0};
                double weights[3] = {i / 60.0, k / 60.0, (60 - i - k) / 60.0};
                for (int w = 0; w < 3; w++)
                    add_scaled3(sample, corners[w], weights[w], sample);
                best = MIN(best, distance3(point, sample));
            }
        assert_true(sqrt(squared) <= best + 1e-12);
        assert_near(sqrt(squared), best, 0.06);
    }
}

// Parts of a view, put side by side, show what it shows, as large and in the same place.
static void parts_fit_together(void **state)
{
    (void)state;
    const Viewport whole_port = {0, 0, 1200, 800};
    for (int kind = 0; kind < 3; kind++) {
        Camera camera = {.position = {1, 2, 3},
                         .yaw = 0.4f,
                         .pitch = -0.2f,
                         .fov_y = 0.7f,
                         .near_m = 0.1f,
                         .far_m = 50};
        camera.ortho_height_m = kind == 1 ? 2.5f : 0;
        View whole = kind == 2
                         ? camera_magnify(&camera, &whole_port, (float[2]){500, 300}, 200, 3)
                         : camera_view(&camera, &whole_port);
        for (int i = 0; i < 6; i++) {
            Viewport part = {(float)(i % 3) * 400, (float)(i / 3) * 400, 400, 400};
            View view = view_crop(&whole, &part);
            float px[2] = {part.x + 130, part.y + 310}, own[2] = {130, 310}, seen[2];
            Ray ray = view_ray(&whole, px), own_ray = view_ray(&view, own);
            double at[3];
            ray_point(&ray, 4, at);
            assert_true(view_project(&view, at, seen));
            assert_float_equal(seen[0], own[0], 0.01);
            assert_float_equal(seen[1], own[1], 0.01);
            assert_true(distance3(ray.direction, own_ray.direction) < 1e-5);
            assert_float_equal(view_pixel_m(&view, at), view_pixel_m(&whole, at), 1e-9);
            assert_true(view_sees_sphere(&view, at, 0.001));
            assert_true(view.pixels_per_radian >= whole.focal_px * 0.999f);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_fit_together),
        cmocka_unit_test(yaw_and_pitch_point_where_the_header_says),
        cmocka_unit_test(rays_and_projections_agree),
        cmocka_unit_test(planes_are_the_borders_of_the_picture),
        cmocka_unit_test(the_lens_keeps_the_point_under_its_centre),
        cmocka_unit_test(a_pixel_is_as_large_as_said),
        cmocka_unit_test(the_near_plane_cuts_nothing),
        cmocka_unit_test(an_object_sees_the_same_view),
        cmocka_unit_test(an_orbit_shows_all_of_a_box_and_stays_in_its_limits),
        cmocka_unit_test(panning_drags_the_target_with_the_pointer),
        cmocka_unit_test(rays_hit_what_they_should),
        cmocka_unit_test(the_nearest_point_of_a_triangle_is_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
