// camera.h: from a camera to matrices, frusta, rays; the magnifier's camera; orbiting.
//
// Right-handed, y up, metres, radians. A camera with yaw 0 and pitch 0 looks along -z; yaw
// turns it counter-clockwise seen from above, pitch up. Window points are in pixels, x to the
// right and y down from the window's upper left corner. Clip space is OpenGL's (z from -1 to
// 1).
//
// The eye is in doubles (geometry.h says why). Draw with view_object_matrix() and
// `turn_projection`, or subtract `eye` from places before they become floats: then a camera
// gliding past a scan at 1 mm does not tremble.
//
// Pure functions, any thread.

#pragma once
#include "data/geometry.h"

#include <cglm/types.h>

typedef struct Camera {
    double position[3];
    float yaw, pitch;
    float fov_y;          // vertical field of view; unused where orthographic
    float ortho_height_m; // above 0: orthographic, this high
    float near_m, far_m;  // 0 < near_m < far_m
} Camera;

// Pixels of the window, or of the picture that is rendered to.
typedef struct Viewport {
    float x, y, width, height;
} Viewport;

typedef struct View {
    mat4 view, projection, view_projection;
    mat4 turn_projection; // of points relative to the eye: projection * view without moving
    vec4 planes[6]; // world: inside where dot(xyz, p) + w >= 0; left right low high near far
    double eye[3];
    double right[3], up[3], forward[3];
    Viewport viewport;
    bool is_orthographic;
    float near_m, far_m;
    // Pixels a unit of height takes at depth 1 (orthographic: at any depth), so that a pixel is
    // depth / focal_px metres wide.
    float focal_px;
    // The same for what is seen at a distance: error_px = error_m / distance_m * this. Equal to
    // focal_px but for a lens off the middle, where perspective stretches the picture.
    float pixels_per_radian;
} View;

// Turns it to look along `direction`, or at `target`. Straight up or down keeps the yaw.
void camera_look_along(Camera *camera, const double direction[3]);
void camera_look_at(Camera *camera, const double target[3]);
// To the right, up and ahead; of length 1.
void camera_axes(const Camera *camera, double right[3], double up[3], double forward[3]);
void camera_forward(const Camera *camera, double out[3]);

// Near and far planes for a scene of which nothing is nearer to the eye than `nearest_m` and
// nothing farther than `farthest_m`. Even in the picture's corners the near plane cuts nothing.
void camera_fit_depth(Camera *camera, const Viewport *viewport, double nearest_m,
                      double farthest_m);

View camera_view(const Camera *camera, const Viewport *viewport);

// The magnifier: what the round lens of `radius_px` around `center_px` shows. The same eye and
// the same direction with a narrower frustum off the middle, so that the point under the lens's
// centre stays there and everything around it is exactly `zoom` times as large. The view's
// viewport is the square around the lens. `zoom` is at least 1.
View camera_magnify(const Camera *camera, const Viewport *viewport, const float center_px[2],
                    float radius_px, float zoom);

// A part of what a view shows, as large in pixels as there: for pictures that are drawn piece
// by piece. `part` is in the window's pixels, and may lie outside of the view; what is seen
// there begins at 0, 0 of the new view's window.
View view_crop(const View *view, const Viewport *part);

// The same in perspective, from an eye that stands aside, to the right and up: what lies at
// `depth_m` stays where it is in the picture, what is nearer or farther moves. A thin lens sees
// from all such places of its aperture at once.
View view_from_aside(const View *view, const double aside_m[2], double depth_m);

// From the eye (orthographic: from the eye's plane) through a point of the window.
Ray view_ray(const View *view, const float point_px[2]);
// Where a point appears. False if it is not in front of the eye; then *out_px stays.
bool view_project(const View *view, const double world[3], float out_px[2]);
// Along `forward` from the eye.
double view_depth(const View *view, const double world[3]);
// How large one pixel is on a surface at `world` that faces the camera.
double view_pixel_m(const View *view, const double world[3]);
// Whether any of a sphere may be seen.
bool view_sees_sphere(const View *view, const double center[3], double radius);
// Object to eye space, with the eye at the origin: to be used with `projection`.
void view_object_matrix(const View *view, const Placement *placement, mat4 out);

// A view as an object sees it: everything in the object's own space and units. For cut.h.
typedef struct ObjectView {
    float planes[6][4]; // inside where dot(xyz, p) + w >= 0
    float eye[3];
    float forward[3];
    bool is_orthographic;
    float pixels_per_radian; // orthographic: pixels per unit of the object
} ObjectView;

ObjectView view_to_object(const View *view, const Placement *placement);

// ---- orbiting: looking at a thing from around it

typedef struct Orbit {
    double target[3];
    float yaw, pitch; // the camera's: it stands behind the target, looking at it
    float distance_m; // from target to eye
    float min_distance_m, max_distance_m;
    float min_pitch, max_pitch;
    double target_low[3], target_high[3]; // panning keeps the target inside this box
} Orbit;

// Around a box so that all of it is in the picture, from the direction of `yaw` and `pitch`.
Orbit orbit_frame(const double low[3], const double high[3], const Camera *camera, float aspect,
                  float yaw, float pitch);
void orbit_turn(Orbit *orbit, float yaw, float pitch); // adds, within the limits
void orbit_zoom(Orbit *orbit, float factor);           // 2 halves the distance
// Moves the target in the picture's plane, as if it were dragged by pixels of `view`.
void orbit_pan(Orbit *orbit, const View *view, float right_px, float down_px);
// `camera` with the orbit's position and direction.
Camera orbit_camera(const Orbit *orbit, const Camera *camera);
