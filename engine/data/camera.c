// camera.c: from a camera to matrices, frusta, rays; the magnifier's camera; orbiting.

#include "data/camera.h"

#include <cglm/cglm.h>
#include <math.h>
#include <string.h>

static const double STEEPEST = 89.9 * 3.14159265358979323846 / 180; // yaw is undefined past it

void camera_axes(const Camera *camera, double right[3], double up[3], double forward[3])
{
    double sin_yaw = sin(camera->yaw), cos_yaw = cos(camera->yaw);
    double sin_pitch = sin(camera->pitch), cos_pitch = cos(camera->pitch);
    forward[0] = -sin_yaw * cos_pitch;
    forward[1] = sin_pitch;
    forward[2] = -cos_yaw * cos_pitch;
    right[0] = cos_yaw;
    right[1] = 0;
    right[2] = -sin_yaw;
    cross3(right, forward, up);
}

void camera_forward(const Camera *camera, double out[3])
{
    double right[3], up[3];
    camera_axes(camera, right, up, out);
}

void camera_look_along(Camera *camera, const double direction[3])
{
    double level = hypot(direction[0], direction[2]);
    if (level > 0)
        camera->yaw = (float)atan2(-direction[0], -direction[2]);
    if (level > 0 || direction[1] != 0)
        camera->pitch = (float)CLAMP(atan2(direction[1], level), -STEEPEST, STEEPEST);
}

void camera_look_at(Camera *camera, const double target[3])
{
    double direction[3];
    sub3(target, camera->position, direction);
    camera_look_along(camera, direction);
}

void camera_fit_depth(Camera *camera, const Viewport *viewport, double nearest_m,
                      double farthest_m)
{
    // A point in the corner is at a smaller depth than distance.
    double tangent = camera->ortho_height_m > 0 ? 0 : tan(camera->fov_y / 2);
    double aspect = viewport->width / MAX(viewport->height, 1.0f);
    double corner = 1 / sqrt(1 + tangent * tangent * (1 + aspect * aspect));
    // 0.02 mm: with 24 bits of depth, things 10 m away are still told apart by 0.3 m.
    double near_m = CLAMP(0.9 * corner * nearest_m, 2e-5, 0.1);
    camera->near_m = (float)near_m;
    camera->far_m = (float)MAX(farthest_m * 1.01, near_m * 2);
}

// Right, up and back as the rows of a rotation.
static void turn_matrix(const View *view, mat4 out)
{
    glm_mat4_identity(out);
    for (int i = 0; i < 3; i++) {
        out[i][0] = (float)view->right[i];
        out[i][1] = (float)view->up[i];
        out[i][2] = (float)-view->forward[i];
    }
}

static void move_matrix(const double position[3], mat4 turn)
{
    for (int row = 0; row < 3; row++) {
        double sum = 0;
        for (int i = 0; i < 3; i++)
            sum += (double)turn[i][row] * position[i];
        turn[3][row] = (float)sum;
    }
}

// A plane of the projection's rows, from eye space to world. `row` is x, y or z; `sign` its
// side.
static void extract_plane(View *view, int index, int row, float sign)
{
    double eye_plane[4], world[3];
    for (int i = 0; i < 4; i++)
        eye_plane[i] = (double)view->projection[i][3] + sign * view->projection[i][row];
    for (int i = 0; i < 3; i++)
        world[i] = eye_plane[0] * view->right[i] + eye_plane[1] * view->up[i] -
                   eye_plane[2] * view->forward[i];
    double length = normalize3(world);
    for (int i = 0; i < 3; i++)
        view->planes[index][i] = (float)world[i];
    view->planes[index][3] = (float)(eye_plane[3] / length - dot3(world, view->eye));
}

// Everything that follows from eye, basis and projection.
static void complete_view(View *view)
{
    double back[3] = {-view->eye[0], -view->eye[1], -view->eye[2]};
    turn_matrix(view, view->view);
    glm_mat4_mul(view->projection, view->view, view->turn_projection);
    move_matrix(back, view->view);
    glm_mat4_mul(view->projection, view->view, view->view_projection);
    for (int row = 0; row < 3; row++) {
        extract_plane(view, row * 2, row, 1);
        extract_plane(view, row * 2 + 1, row, -1);
    }
}

static View make_view(const Camera *camera, const Viewport *viewport)
{
    ASSERT(camera->near_m > 0 && camera->near_m < camera->far_m);
    View view = {.viewport = *viewport, .near_m = camera->near_m, .far_m = camera->far_m};
    memcpy(view.eye, camera->position, sizeof view.eye);
    camera_axes(camera, view.right, view.up, view.forward);
    float height = MAX(viewport->height, 1.0f);
    float aspect = MAX(viewport->width, 1.0f) / height;
    if (camera->ortho_height_m > 0) {
        float half = camera->ortho_height_m / 2;
        view.is_orthographic = true;
        glm_ortho(-half * aspect, half * aspect, -half, half, camera->near_m, camera->far_m,
                  view.projection);
        view.focal_px = height / camera->ortho_height_m;
    } else {
        glm_perspective(camera->fov_y, aspect, camera->near_m, camera->far_m, view.projection);
        view.focal_px = height / (2 * tanf(camera->fov_y / 2));
    }
    view.pixels_per_radian = view.focal_px;
    return view;
}

View camera_view(const Camera *camera, const Viewport *viewport)
{
    View view = make_view(camera, viewport);
    complete_view(&view);
    return view;
}

static void window_to_clip(const Viewport *viewport, const float point_px[2], float clip[2])
{
    clip[0] = 2 * (point_px[0] - viewport->x) / MAX(viewport->width, 1.0f) - 1;
    clip[1] = 1 - 2 * (point_px[1] - viewport->y) / MAX(viewport->height, 1.0f);
}

View camera_magnify(const Camera *camera, const Viewport *viewport, const float center_px[2],
                    float radius_px, float zoom)
{
    ASSERT(radius_px > 0 && zoom >= 1);
    View view = make_view(camera, viewport);
    float center[2];
    window_to_clip(viewport, center_px, center);
    float tangents[2];
    for (int i = 0; i < 2; i++) {
        float extent = i == 0 ? viewport->width : viewport->height;
        float scale = zoom * MAX(extent, 1.0f) / (2 * radius_px);
        tangents[i] = center[i] / view.projection[i][i];
        // clip' = (clip - center * w) * scale, and w is -z or, orthographic, 1.
        view.projection[i][i] *= scale;
        if (view.is_orthographic)
            view.projection[3][i] = (view.projection[3][i] - center[i]) * scale;
        else
            view.projection[2][i] = (view.projection[2][i] + center[i]) * scale;
    }
    view.viewport = (Viewport){center_px[0] - radius_px, center_px[1] - radius_px,
                               2 * radius_px, 2 * radius_px};
    view.focal_px *= zoom;
    view.pixels_per_radian = view.focal_px;
    if (!view.is_orthographic)
        view.pixels_per_radian *= 1 + tangents[0] * tangents[0] + tangents[1] * tangents[1];
    complete_view(&view);
    return view;
}

View view_crop(const View *whole, const Viewport *part)
{
    View view = *whole;
    const float middle_px[2] = {part->x + part->width / 2, part->y + part->height / 2};
    const float extents[2] = {whole->viewport.width / MAX(part->width, 1.0f),
                              whole->viewport.height / MAX(part->height, 1.0f)};
    float center[2], away = 0;
    window_to_clip(&whole->viewport, middle_px, center);
    for (int i = 0; i < 2; i++) {
        int column = view.is_orthographic ? 3 : 2;
        float sign = view.is_orthographic ? -1.0f : 1.0f;
        float tangent = (center[i] + view.projection[2][i]) / view.projection[i][i];
        away += tangent * tangent;
        view.projection[i][i] *= extents[i];
        view.projection[column][i] =
            (view.projection[column][i] + sign * center[i]) * extents[i];
    }
    view.viewport = (Viewport){0, 0, part->width, part->height};
    if (!view.is_orthographic)
        view.pixels_per_radian = view.focal_px * (1 + away);
    complete_view(&view);
    return view;
}

View view_from_aside(const View *from, const double aside_m[2], double depth_m)
{
    View view = *from;
    ASSERT(!view.is_orthographic && depth_m > 0);
    for (int i = 0; i < 2; i++) {
        add_scaled3(view.eye, i == 0 ? view.right : view.up, aside_m[i], view.eye);
        view.projection[2][i] -= view.projection[i][i] * (float)(aside_m[i] / depth_m);
    }
    complete_view(&view);
    return view;
}

Ray view_ray(const View *view, const float point_px[2])
{
    float clip[2];
    window_to_clip(&view->viewport, point_px, clip);
    Ray ray;
    memcpy(ray.origin, view->eye, sizeof ray.origin);
    memcpy(ray.direction, view->forward, sizeof ray.direction);
    double *moved = view->is_orthographic ? ray.origin : ray.direction;
    for (int i = 0; i < 2; i++) {
        double shift = view->is_orthographic ? -view->projection[3][i] : view->projection[2][i];
        double offset = (clip[i] + shift) / view->projection[i][i];
        add_scaled3(moved, i == 0 ? view->right : view->up, offset, moved);
    }
    normalize3(ray.direction);
    return ray;
}

double view_depth(const View *view, const double world[3])
{
    double offset[3];
    sub3(world, view->eye, offset);
    return dot3(offset, view->forward);
}

bool view_project(const View *view, const double world[3], float out_px[2])
{
    double offset[3], clip[2];
    sub3(world, view->eye, offset);
    double depth = dot3(offset, view->forward);
    if (!(depth > 0))
        return false;
    for (int i = 0; i < 2; i++) {
        double eye = dot3(offset, i == 0 ? view->right : view->up);
        clip[i] = view->is_orthographic
                      ? view->projection[i][i] * eye + view->projection[3][i]
                      : view->projection[i][i] * eye / depth - view->projection[2][i];
    }
    out_px[0] = (float)(view->viewport.x + (clip[0] + 1) / 2 * view->viewport.width);
    out_px[1] = (float)(view->viewport.y + (1 - clip[1]) / 2 * view->viewport.height);
    return true;
}

double view_pixel_m(const View *view, const double world[3])
{
    return (view->is_orthographic ? 1 : view_depth(view, world)) / view->focal_px;
}

bool view_sees_sphere(const View *view, const double center[3], double radius)
{
    for (int i = 0; i < 6; i++) {
        const float *plane = view->planes[i];
        double distance =
            plane[0] * center[0] + plane[1] * center[1] + plane[2] * center[2] + plane[3];
        if (distance < -radius)
            return false;
    }
    return true;
}

void view_object_matrix(const View *view, const Placement *placement, mat4 out)
{
    mat4 turn, model;
    turn_matrix(view, turn);
    glm_mat4_identity(model);
    for (int i = 0; i < 3; i++) {
        double axis[3] = {i == 0, i == 1, i == 2}, turned[3];
        placement_turn_to_world(placement, axis, turned);
        for (int k = 0; k < 3; k++)
            model[i][k] = (float)(turned[k] * placement->scale);
    }
    double offset[3];
    sub3(placement->position, view->eye, offset);
    glm_mat4_mul(turn, model, out);
    move_matrix(offset, turn);
    memcpy(out[3], turn[3], sizeof turn[3]);
}

ObjectView view_to_object(const View *view, const Placement *placement)
{
    ObjectView object = {.is_orthographic = view->is_orthographic,
                         .pixels_per_radian = view->pixels_per_radian};
    double eye[3], forward[3];
    placement_to_object(placement, view->eye, eye);
    placement_turn_to_object(placement, view->forward, forward);
    for (int i = 0; i < 3; i++) {
        object.eye[i] = (float)eye[i];
        object.forward[i] = (float)forward[i];
    }
    if (view->is_orthographic)
        object.pixels_per_radian *= placement->scale;
    for (int i = 0; i < 6; i++) {
        const float *plane = view->planes[i];
        double normal[3] = {plane[0], plane[1], plane[2]}, turned[3];
        double at_position = dot3(normal, placement->position) + plane[3];
        placement_turn_to_object(placement, normal, turned);
        for (int k = 0; k < 3; k++)
            object.planes[i][k] = (float)turned[k];
        object.planes[i][3] = (float)(at_position / placement->scale);
    }
    return object;
}

Orbit orbit_frame(const double low[3], const double high[3], const Camera *camera, float aspect,
                  float yaw, float pitch)
{
    Orbit orbit = {.yaw = yaw, .min_pitch = (float)-STEEPEST, .max_pitch = (float)STEEPEST};
    orbit.pitch = CLAMP(pitch, orbit.min_pitch, orbit.max_pitch);
    memcpy(orbit.target_low, low, sizeof orbit.target_low);
    memcpy(orbit.target_high, high, sizeof orbit.target_high);
    for (int i = 0; i < 3; i++)
        orbit.target[i] = (low[i] + high[i]) / 2;

    Camera turned = *camera;
    turned.yaw = yaw;
    turned.pitch = orbit.pitch;
    double right[3], up[3], forward[3];
    camera_axes(&turned, right, up, forward);
    double tangent_y = tan(camera->fov_y / 2), tangent_x = tangent_y * aspect;
    double distance = 0;
    for (int corner = 0; corner < 8; corner++) {
        double offset[3];
        for (int i = 0; i < 3; i++)
            offset[i] = (corner >> i & 1 ? high[i] : low[i]) - orbit.target[i];
        double before = -dot3(offset, forward);
        distance = MAX(distance, before + fabs(dot3(offset, right)) / tangent_x);
        distance = MAX(distance, before + fabs(dot3(offset, up)) / tangent_y);
    }
    double radius = distance3(low, high) / 2;
    orbit.distance_m = (float)(distance * 1.05);
    orbit.min_distance_m = (float)(radius * 0.01);
    orbit.max_distance_m = orbit.distance_m * 3;
    return orbit;
}

void orbit_turn(Orbit *orbit, float yaw, float pitch)
{
    orbit->yaw = remainderf(orbit->yaw + yaw, 2 * (float)GLM_PI);
    orbit->pitch = CLAMP(orbit->pitch + pitch, orbit->min_pitch, orbit->max_pitch);
}

void orbit_zoom(Orbit *orbit, float factor)
{
    ASSERT(factor > 0);
    orbit->distance_m =
        CLAMP(orbit->distance_m / factor, orbit->min_distance_m, orbit->max_distance_m);
}

void orbit_pan(Orbit *orbit, const View *view, float right_px, float down_px)
{
    double pixel_m = view_pixel_m(view, orbit->target);
    add_scaled3(orbit->target, view->right, -right_px * pixel_m, orbit->target);
    add_scaled3(orbit->target, view->up, down_px * pixel_m, orbit->target);
    for (int i = 0; i < 3; i++)
        orbit->target[i] = CLAMP(orbit->target[i], orbit->target_low[i], orbit->target_high[i]);
}

Camera orbit_camera(const Orbit *orbit, const Camera *camera)
{
    Camera placed = *camera;
    placed.yaw = orbit->yaw;
    placed.pitch = orbit->pitch;
    double forward[3];
    camera_forward(&placed, forward);
    add_scaled3(orbit->target, forward, -orbit->distance_m, placed.position);
    return placed;
}
